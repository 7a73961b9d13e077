"""The file archive.db: opened, recognised, brought into shape, and closed so that one file can be copied."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archiver.errors import ArchiveError
from archiver.store.migrations import create_table, migrate
from archiver.store.schema import APPLICATION_ID, SCHEMA_VERSION, SEARCHED, SQLAR, TABLES, TOKENIZER, VIEWS

BUSY_SECONDS = 5.0
"""How long to wait for another writer: a batch of a thousand articles is committed in well under a second."""

SENTENCES = {
    sqlite3.SQLITE_BUSY: "is in use by another program; try again when that has finished",
    sqlite3.SQLITE_LOCKED: "is in use by another program; try again when that has finished",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: it is a folder, or its folder is missing or closed to you",
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_READONLY: "cannot be written",
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_FULL: "cannot be written: the disk is full",
    sqlite3.SQLITE_TOOBIG: "cannot hold a text or a file of more than 1 GB",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
}
"""What SQLite's primary result codes mean to a person: https://www.sqlite.org/rescode.html"""


def open_archive(path: Path, *, create: bool) -> Database:
    """The archive at `path`, open for writing and in the shape of this version; close it with `close_archive`.

    Raises ArchiveError if the file is missing (unless `create`), not SQLite, another program's, of a newer version,
    in use for longer than `BUSY_SECONDS`, or not to be opened. Such a file is left as it was.
    """
    with archive_errors(path):
        db = _connect(path, "rwc" if create else "rw")
        try:
            _check_ours(db, path, empty_is_fine=create, for_writing=True)
            db.enable_wal()
            for setting in ("cache_size = -16384", "synchronous = NORMAL", "foreign_keys = ON"):
                db.conn.execute(f"PRAGMA {setting}")
            apply_schema(db)
        except BaseException:
            db.close()
            raise
        return db


def load_archive(path: Path) -> Database:
    """The archive at `path` for reading only, even from a read-only medium; close it with `.close()`.

    Raises ArchiveError as `open_archive` does.
    """
    with archive_errors(path):
        db = _connect(path, "ro")
        try:
            _check_ours(db, path, empty_is_fine=False, for_writing=False)
        except BaseException:
            db.close()
            raise
        return db


def close_archive(db: Database) -> None:
    """Complete the full-text index, then leave one file that can be copied: no `-wal`, no `-shm` beside it.

    While another program (a Datasette) has the file open, its `-wal` stays, emptied.
    """
    with archive_errors(archive_path(db)):
        try:
            index_text(db)
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.conn.execute("PRAGMA busy_timeout = 0")
            with suppress(sqlite3.OperationalError):  # in use elsewhere: SQLite leaves WAL only for a sole connection
                db.disable_wal()
        finally:
            db.close()


@contextmanager
def archive(path: Path, *, create: bool) -> Iterator[Database]:
    """The archive at `path`, open for writing while the block runs, and then closed, come what may."""
    db = open_archive(path, create=create)
    try:
        yield db
    finally:
        close_archive(db)


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """The archive at `path`, open for reading while the block runs."""
    db = load_archive(path)
    try:
        yield db
    finally:
        db.close()


def apply_schema(db: Database) -> None:
    """Bring the tables, keys, indexes and views into the shape of `schema`; changes nothing when they are."""
    version = _pragma(db, "user_version")
    with transaction(db):
        db.conn.execute(SQLAR)
        if 0 < version < SCHEMA_VERSION:
            migrate(db, version)
        for name in TABLES:
            create_table(db, name)
        for name, query in VIEWS.items():
            db.create_view(name, query.strip(), replace=True)
        if version != SCHEMA_VERSION:
            db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def index_text(db: Database) -> None:
    """Build each full-text index that is not there, with the triggers that keep it.

    A first load runs without triggers and is indexed here in one go, which is three times as fast as row by row
    (measured: facts, SQLite). An interrupted first load has no index yet; the next run builds it here.
    """
    with transaction(db):
        for name, columns in SEARCHED.items():
            db.table(name).enable_fts(columns, tokenize=TOKENIZER, create_triggers=True, replace=True)


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing: what is written inside is committed at the end, or on any error not at all.

    Foreign keys are checked at the end, so rows may come in any order. Raises ArchiveError if the file cannot be
    written.
    """
    with archive_errors(archive_path(db)):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            db.conn.execute("PRAGMA defer_foreign_keys = ON")
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise


def query_ids(db: Database, sql: str, ids: Iterable[str], *more: object) -> list[tuple[Any, ...]]:
    """The rows of a query about `ids`, of which it says `column IN wanted`.

    Joined with that table instead, SQLite goes through all of the other one: it does not know how small this is.
    `more` are the query's own parameters. However many ids there are, and whatever characters they have. For use
    inside a `transaction`, since it writes to a temporary table.
    """
    db.conn.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.conn.execute("DELETE FROM wanted")
    db.conn.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((id_,) for id_ in ids))
    return db.conn.execute(sql, more).fetchall()


@contextmanager
def archive_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file at `path` into ArchiveError; errors in our SQL stay what they are."""
    try:
        yield
    except PermissionError as error:
        raise ArchiveError(f"{path} {SENTENCES[sqlite3.SQLITE_PERM]}.") from error
    except sqlite3.DatabaseError as error:
        if str(error).startswith("Could not decode to UTF-8"):  # Python's own, without a code
            raise ArchiveError(f"{path} is damaged: it holds a text that is not UTF-8.") from error
        sentence = SENTENCES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if sentence is None:
            raise
        raise ArchiveError(f"{path} {sentence}.") from error


def archive_path(db: Database) -> Path:
    """Where the file of `db` is."""
    return Path(db.conn.execute("PRAGMA database_list").fetchone()[2])


def _connect(path: Path, mode: str) -> Database:
    if mode != "rwc" and not path.exists():
        raise ArchiveError(f"{path} does not exist.")
    return Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS))


def _check_ours(db: Database, path: Path, *, empty_is_fine: bool, for_writing: bool) -> None:
    owner, version = _pragma(db, "application_id"), _pragma(db, "user_version")
    if owner == APPLICATION_ID and version > SCHEMA_VERSION:
        raise ArchiveError(f"{path} was made by a newer Archiver; update this one to open it.")
    if owner == APPLICATION_ID and version < SCHEMA_VERSION and not for_writing:
        raise ArchiveError(f"{path} was made by an earlier Archiver; the next `archiver run` brings it up to date.")
    if owner == APPLICATION_ID:
        return
    if owner or db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ArchiveError(f"{path} is a database of another program.")
    if not empty_is_fine:
        raise ArchiveError(f"{path} is empty: no archive was ever written to it.")


def _pragma(db: Database, name: str) -> int:
    return int(db.conn.execute(f"PRAGMA {name}").fetchone()[0])
