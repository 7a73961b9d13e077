"""Folders: the archive's short name for each PATH that was given, and which of its files are gone."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePath, PurePosixPath

from sqlite_utils import Database

from archiver.store.database import transaction
from archiver.store.rows import storable_name


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a PATH is in the archive: in `folder`, below `prefix` (empty for the whole folder; no `/` at its end)."""

    folder: str
    prefix: str = ""

    def source(self, name: str) -> str:
        """The name within the folder of what is `name` within the PATH; the PATH itself is ``.``.

        >>> Place(folder="news", prefix="2020").source("may/a.txt")
        '2020/may/a.txt'
        """
        return "/".join(part for part in (self.prefix, storable_name(name)) if part not in ("", ".")) or "."

    def holds(self, source: str) -> bool:
        """Whether a source of the folder is below this place, or is a record of it."""
        return is_below(source, self.prefix)


def is_below(source: str, top: str) -> bool:
    """Whether `source` is `top`, a file in it, or a record of it (`top#12`); everything is below ``""`` and ``.``.

    >>> is_below("a/b.txt", "a"), is_below("a.jsonl#12", "a.jsonl"), is_below("ab.txt", "a")
    (True, True, False)
    """
    return top in ("", ".", source) or source.startswith((f"{top}/", f"{top}#"))


def register_folder(db: Database, path: Path) -> Place:
    """The place of a file or directory, registered under a new name if it is in no registered folder.

    The name is the last component of the path, or the shortest longer tail that is free (`b/news`). A folder of that
    name whose directory no longer exists was moved here: it keeps its name and gets the new path, unless it was
    imported and never met, since its directory may never have been on this machine. A file is a place
    in the folder of its directory. A path that does not exist is a file if it has a suffix; so what is said of it
    goes when it is there.
    """
    path = path.resolve()
    with transaction(db):
        known = _folders(db)
        registered = {place: name for name, place in known.items()}
        for top in (path, *path.parents):
            if str(top) in registered and _is_folder(top):
                db.conn.execute("DELETE FROM imported WHERE id = ?", (f"{registered[str(top)]}/",))
                return _place(registered[str(top)], top, path)
        is_file = not _is_folder(path) and (path.suffix or os.path.exists(path))  # noqa: PTH110 (as below)
        top = path.parent if is_file else path
        foreign = imported_folders(db)
        name = next(name for name in folder_names(top) if _is_free(name, known, foreign))
        db.conn.execute(
            "INSERT INTO folders (id, path) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET path = excluded.path",
            (name, storable_name(str(top))),
        )
    return _place(name, top, path)


def missing_articles(db: Database, place: Place, seen: Collection[str], unreadable: Collection[str]) -> list[str]:
    """The ids of the stored articles of `place` whose source is not among those that this run has `seen`.

    What is below an `unreadable` source (a directory that could not be listed) is not missing, only unseen.
    """
    stored = db.conn.execute("SELECT id, source FROM articles WHERE folder = ? ORDER BY id", (place.folder,))
    return [
        article
        for article, source in stored
        if source not in seen and place.holds(source) and not any(is_below(source, top) for top in unreadable)
    ]


def known_articles(db: Database, folder: str) -> dict[str, tuple[str, str]]:
    """For each stored source of `folder`: the SHA-256 of its bytes and the version of the program that read it."""
    rows = db.conn.execute("SELECT source, sha256, reader FROM articles WHERE folder = ?", (folder,))
    return {source: (sha256, reader) for source, sha256, reader in rows}


def _is_folder(path: Path) -> bool:
    """Whether it is a folder; what may not even be looked at is none."""
    return os.path.isdir(path)  # noqa: PTH112 (Path.is_dir raises PermissionError)


def _folders(db: Database) -> dict[str, str]:
    return dict(db.conn.execute("SELECT id, path FROM folders").fetchall())


def _place(name: str, top: Path, path: Path) -> Place:
    prefix = path.relative_to(top).as_posix()
    return Place(folder=name, prefix="" if prefix == "." else storable_name(prefix))


def add_folder(db: Database, name: str, path: str) -> str:
    """The name here of another archive's folder: that of its path if it is known, else its own, else a free one.

    Must run inside a transaction. The directory need not exist.
    """
    known = _folders(db)
    here = next((here for here, place in known.items() if place == path), None)
    if here is not None:
        return here
    names = chain((name,), folder_names(PurePosixPath(path)))
    free = next(one for one in names if not any(is_below(one, other) or is_below(other, one) for other in known))
    db.conn.execute("INSERT INTO folders (id, path) VALUES (?, ?)", (free, path))
    return free


def imported_folders(db: Database) -> frozenset[str]:
    """The names of the folders that an import brought."""
    rows = db.conn.execute("SELECT folders.id FROM folders JOIN imported ON imported.id = folders.id || '/'")
    return frozenset(name for (name,) in rows)


def folder_names(path: PurePath) -> Iterator[str]:
    """Possible names of a folder, best first; it never ends."""
    parts = [storable_name(part) for part in path.parts[1:]] or ["root"]
    for start in reversed(range(len(parts))):
        yield "/".join(parts[start:])
    for number in count(2):
        yield f"{parts[-1]} {number}"


def _is_free(name: str, known: dict[str, str], foreign: Collection[str]) -> bool:
    """Whether no two articles can get the same id: "b/news" would clash with the folder `news` in a folder "b"."""
    if name in known:
        return name not in foreign and not _is_folder(Path(known[name]))
    return not any(is_below(name, other) or is_below(other, name) for other in known)
