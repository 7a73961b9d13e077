"""Publishing: a copy of the archive that is compact, indexed, and one file that nobody needs to write to."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from archiver.errors import ArchiveError, ArchiverError
from archiver.store.database import archive_path, complete_indexes
from archiver.store.exchange import check_files
from archiver.store.failures import archive_errors
from archiver.store.media import check_large_media, copy_large_media, media_folder
from archiver.store.schema import SEARCHED
from archiver.store.shown import as_stored, take_out
from archiver.writing import named_errors, new_file

_DROP_SOURCES = "DELETE FROM sqlar WHERE name IN (SELECT id FROM articles)"


def publish_archive(db: Database, path: Path, *, sources: bool, force: bool) -> int:
    """Write a snapshot of the archive to `path`, which others see whole or not at all; how many bytes it has.

    It has no journal (WAL needs a folder that can be written), no free pages, full-text indexes of one segment and
    SQLite's statistics for its query planner. What is not shown of the archive (`as_shown`) is not in it. Without
    `sources` it lacks the articles' files, not their texts. From one file, the same version of SQLite makes the same
    bytes; archives that came to hold the same by other ways may differ in the order of their rows. Media that are
    beside the archive are copied to a folder beside the snapshot.

    A link is followed, and a pipe or a device written to. Raises ArchiverError if a file is there already and `force`
    is not given, or if it is a folder, the archive itself, or in use; ArchiveError if the archive cannot be read, the
    snapshot not be written, or a file beside the archive is not as it was kept; DamagedFileError at one in it.
    """
    _check_target(path, archive_path(db))
    check_files(db, sources=sources)
    check_large_media(db)
    with new_file(path, force=force) as fresh:
        with as_stored(db) as withheld:
            _make(db, fresh, path, sources=sources, withheld=withheld)
        size = fresh.stat().st_size
    copy_large_media(db, media_folder(path))
    return size


def _make(db: Database, fresh: Path, path: Path, *, sources: bool, withheld: Sequence[tuple[str, bool]]) -> None:
    try:
        db.conn.execute("VACUUM INTO ?", (str(fresh),))
        _finish(fresh, sources=sources, withheld=withheld)
    except (sqlite3.DatabaseError, ArchiveError) as error:
        cause = error.__cause__ if isinstance(error, ArchiveError) else error
        if not isinstance(cause, sqlite3.DatabaseError):
            raise
        # What is wrong with a copy that was just made was wrong with the archive.
        with archive_errors(path if _is_of_target(cause) else archive_path(db)):
            raise cause from None
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())


def _is_of_target(error: sqlite3.DatabaseError) -> bool:
    """Whether what went wrong while one file was copied to another is the other's, which alone is written."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in _WRITING and code not in _READING


_WRITING = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR})
_READING = frozenset({sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ})
"""Primary result codes of SQLite that writing gives, and those of them that reading does, too:
https://www.sqlite.org/rescode.html"""


def _check_target(path: Path, source: Path) -> None:
    with named_errors(path):
        if path.is_dir():
            raise ArchiverError(f"{path} is a folder; give the snapshot a name.")
        if path.exists() and path.samefile(source):
            raise ArchiverError(f"{path} is the archive itself; give the snapshot another name.")
        if path.with_name(f"{path.name}-wal").exists():
            raise ArchiverError(f"{path} is in use by another program; close that first.")


def _finish(path: Path, *, sources: bool, withheld: Sequence[tuple[str, bool]]) -> None:
    """Bring the copy into its last shape."""
    with closing(Database(sqlite3.connect(path))) as db:
        db.conn.execute("PRAGMA journal_mode = DELETE")
        complete_indexes(db)
        take_out(db, withheld)
        if not sources:
            db.conn.execute(_DROP_SOURCES)
        for table in SEARCHED:
            # SQLite gives no word that VACUUM keeps the row numbers that the index holds.
            for command in ("rebuild", "optimize"):
                db.conn.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES (?)", (command,))  # noqa: S608
        db.conn.execute("DROP TABLE IF EXISTS sqlite_stat1")  # else its rows keep the places that they had
        db.conn.commit()
    # In a connection of its own: the order of what ANALYZE writes depends on how one came to know the tables.
    with closing(Database(sqlite3.connect(path))) as db:
        db.conn.execute("ANALYZE")
        db.conn.commit()
        # It counts changes of the schema, of which a snapshot of a snapshot has seen more.
        db.conn.execute("PRAGMA schema_version = 1")
        db.conn.execute("VACUUM")
