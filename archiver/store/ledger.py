"""A ledger: the files of a folder as they were noted, as they are there, as they are to be; none of it in memory."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Entry(NamedTuple):
    """A file of the folder: its name (relative, with `/`), its size in bytes, and the digest of what it was made from,
    where that is noted."""

    name: str
    size: int
    digest: str | None = None


class Ledger:
    """Three lists of files: those that were noted `before`, those that are `there`, and those that belong there `now`.

    For as many files as there may be: they are in a temporary file of SQLite's, which goes when the ledger does
    (https://www.sqlite.org/inmemorydb.html, temporary databases).
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE before (name TEXT PRIMARY KEY, size INTEGER, digest TEXT, place INTEGER) WITHOUT ROWID;"
            "CREATE TABLE there (name TEXT PRIMARY KEY, size INTEGER) WITHOUT ROWID;"
            "CREATE TABLE now (name TEXT PRIMARY KEY, size INTEGER, digest TEXT, place INTEGER) WITHOUT ROWID;"
            "BEGIN"
        )

    def close(self) -> None:
        """Remove the temporary file."""
        self._db.close()

    def note_before(self, entries: Iterable[Entry]) -> None:
        """Let these be the files that were noted, in this order. What `entries` raises leaves none."""
        self._db.execute("DELETE FROM before")
        try:
            self._db.executemany(
                "INSERT OR REPLACE INTO before VALUES (?, ?, ?, ?)",
                ((*entry, place) for place, entry in enumerate(entries)),
            )
        except BaseException:
            self._db.execute("DELETE FROM before")
            raise

    def note_there(self, files: Iterable[tuple[str, int]]) -> None:
        """Let these be the files that are there, with their sizes."""
        self._db.execute("DELETE FROM there")
        self._db.executemany("INSERT INTO there VALUES (?, ?)", files)

    def keep(self) -> list[str]:
        """Let those belong there now that were noted before, in that order; the names of those of them that are not
        there so large."""
        self._db.execute("DELETE FROM now")
        self._db.execute("INSERT INTO now SELECT * FROM before")
        sql = "SELECT name FROM before LEFT JOIN there USING (name) WHERE there.size IS NOT before.size ORDER BY name"
        return [name for (name,) in self._db.execute(sql)]

    def put(self, entry: Entry) -> None:
        """Let a file belong there now."""
        self._db.execute("INSERT OR REPLACE INTO now VALUES (?, ?, ?, NULL)", entry)

    def keep_one(self, name: str) -> None:
        """Let a file belong there now as it was noted before."""
        self._db.execute("INSERT OR REPLACE INTO now SELECT * FROM before WHERE name = ?", (name,))

    def drop(self, name: str) -> bool:
        """Let a file belong there no more; whether it did."""
        return self._db.execute("DELETE FROM now WHERE name = ?", (name,)).rowcount > 0

    def known(self, name: str) -> Entry | None:
        """A file as it was noted before; None where it was not."""
        row = self._db.execute("SELECT name, size, digest FROM before WHERE name = ?", (name,)).fetchone()
        return None if row is None else Entry(*row)

    def before_in(self, folder: str) -> Iterator[str]:
        """The names of the files that were noted in a folder, in the order in which they were."""
        return _names(self._db.execute("SELECT name FROM before WHERE name GLOB ? ORDER BY place", (f"{folder}/*",)))

    def now(self) -> Iterator[Entry]:
        """The files that belong there now: those that `arrange` has put in order, then the others by name."""
        rows = self._db.execute("SELECT name, size, digest FROM now ORDER BY place IS NULL, place, name")
        return (Entry(*row) for row in rows)

    def others(self) -> Iterator[str]:
        """The names of the files that are there and do not belong there."""
        return _names(self._db.execute("SELECT name FROM there WHERE name NOT IN (SELECT name FROM now) ORDER BY name"))

    def arrange(self, names: Iterable[str]) -> None:
        """Put these first, in this order, and no others before any; those that do not belong there are passed over."""
        self._db.execute("UPDATE now SET place = NULL WHERE place IS NOT NULL")
        self._db.executemany("UPDATE now SET place = ? WHERE name = ?", enumerate(names))


def _names(rows: Iterable[tuple[str]]) -> Iterator[str]:
    return (name for (name,) in rows)
