"""Publishing: a copy of the archive that is compact, indexed, and one file that nobody needs to write to."""

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from archiver.errors import ArchiverError
from archiver.store.database import archive_path, index_text
from archiver.store.failures import archive_errors
from archiver.store.schema import SEARCHED

_DROP_SOURCES = "DELETE FROM sqlar WHERE name IN (SELECT id FROM articles)"


def publish_archive(db: Database, path: Path, *, sources: bool, force: bool) -> None:
    """Write a snapshot of the archive to `path`, which others see whole or not at all.

    It has no journal (WAL needs a folder that can be written), no free pages, full-text indexes of one segment and
    SQLite's statistics for its query planner. Without `sources` it lacks the articles' files, not their texts. From one
    file, the same version of SQLite makes the same bytes; archives that came to hold the same by other ways may differ
    in the order of their rows.

    Raises ArchiverError if something is there already and `force` is not given, or if it is a folder, the archive
    itself, or in use; ArchiveError if the archive cannot be read, or the snapshot not be written.
    """
    _check_target(path, archive_path(db), force=force)
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(b"")  # so that what is wrong with the folder is said before any work is done
        try:
            _make(db, fresh, path, sources=sources)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise ArchiverError(f"{path} cannot be written: {error.strerror or error}.") from error


def _make(db: Database, fresh: Path, path: Path, *, sources: bool) -> None:
    with archive_errors(archive_path(db)):
        db.conn.execute("VACUUM INTO ?", (str(fresh),))
    with archive_errors(path):
        _finish(fresh, sources=sources)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())


def _check_target(path: Path, source: Path, *, force: bool) -> None:
    if path.is_dir():
        raise ArchiverError(f"{path} is a folder; give the snapshot a name.")
    if path.exists() and path.samefile(source):
        raise ArchiverError(f"{path} is the archive itself; give the snapshot another name.")
    if path.exists() and not force:
        raise ArchiverError(f"{path} exists and stays; --force writes over it.")
    if path.with_name(f"{path.name}-wal").exists():
        raise ArchiverError(f"{path} is in use by another program; close that first.")


def _finish(path: Path, *, sources: bool) -> None:
    """Bring the copy into its last shape."""
    db = Database(sqlite3.connect(path))
    try:
        db.conn.execute("PRAGMA journal_mode = DELETE")
        index_text(db)
        if not sources:
            db.conn.execute(_DROP_SOURCES)
        for table in SEARCHED:
            # SQLite gives no word that VACUUM keeps the row numbers that the index holds.
            for command in ("rebuild", "optimize"):
                db.conn.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES (?)", (command,))  # noqa: S608
        db.conn.execute("ANALYZE")
        db.conn.commit()
        # It counts changes of the schema, of which a snapshot of a snapshot has seen more.
        db.conn.execute("PRAGMA schema_version = 1")
        db.conn.execute("VACUUM")
    finally:
        db.close()
