"""The file archive.db: opened, recognised, brought into shape, and closed so that one file can be copied."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archiver.errors import ArchiveError
from archiver.store.documentation import save_descriptions
from archiver.store.failures import DAMAGED, archive_errors, hindrance, sqlite_errors
from archiver.store.migrations import back_up, create_counted, create_table, migrate
from archiver.store.schema import (
    ADDED_SINCE,
    APPLICATION_ID,
    SCHEMA_VERSION,
    SEARCHED,
    SQLAR,
    TABLES,
    TOKENIZER,
    TRIGGERS,
)
from archiver.store.views import VIEWS

BUSY_SECONDS = 5.0
"""How long to wait for another writer: a batch of a thousand articles is committed in well under a second."""


def open_archive(path: Path, *, create: bool, backed_up: Callable[[Path], object] = lambda _: None) -> Database:
    """The archive at `path`, open for writing and in the shape of this version; close it with `close_archive`.

    Of one that an earlier version made a copy is kept beside it first, with whose path `backed_up` is called. Raises
    ArchiveError if the file is missing (unless `create`), not SQLite, another program's, of a newer version, in use for
    longer than `BUSY_SECONDS`, or not to be opened. Such a file is left as it was.
    """
    with archive_errors(path):
        db = _connect(path, "rwc" if create else "rw")
        try:
            version = _check_ours(db, path, empty_is_fine=create, for_writing=True)
            if 0 < version < SCHEMA_VERSION:
                backed_up(back_up(db, path, version))
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
        try:
            return _load(path, "ro")
        except sqlite3.OperationalError as error:
            # In WAL mode SQLite writes beside the file even to read it.
            code, folder_is_closed = error.sqlite_errorcode, sqlite3.SQLITE_READONLY_DIRECTORY
            is_closed = code == folder_is_closed or (code == sqlite3.SQLITE_CANTOPEN and not hindrance(path))
            if is_closed and _has_log(path):
                raise ArchiveError(
                    f"{path} cannot be read here: its folder is read-only, and a part of it is in {path.name}-wal; "
                    "copy both to another folder."
                ) from error
            if code != folder_is_closed:
                raise
            return _load(path, "ro&immutable=1")  # without a log, the file is all there is to read


def _load(path: Path, mode: str) -> Database:
    db = _connect(path, mode)
    try:
        _check_ours(db, path, empty_is_fine=False, for_writing=False)
    except BaseException:
        db.close()
        raise
    return db


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def archive_behind(connection: sqlite3.Connection) -> Database | None:
    """The archive that another program (a Datasette) has a connection to; None if it is none, or of another version.

    Nothing is set on the connection, and closing it is the other program's.
    """
    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    try:
        ours = (_pragma(db, "application_id"), _pragma(db, "user_version")) == (APPLICATION_ID, SCHEMA_VERSION)
    except sqlite3.DatabaseError:  # no database, or a damaged one: the other program's to tell
        return None
    return db if ours else None


def close_archive(db: Database) -> None:
    """Complete the indexes, then leave one file that can be copied: no `-wal`, no `-shm` beside it.

    While another program (a Datasette) has the file open, its `-wal` stays, emptied.
    """
    with archive_errors(archive_path(db)):
        try:
            complete_indexes(db)
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.conn.execute("PRAGMA busy_timeout = 0")
            with suppress(sqlite3.OperationalError):  # in use elsewhere: SQLite leaves WAL only for a sole connection
                db.disable_wal()
        finally:
            db.close()


@contextmanager
def archive(path: Path, *, create: bool, backed_up: Callable[[Path], object] = lambda _: None) -> Iterator[Database]:
    """The archive at `path`, open for writing while the block runs, and then closed, come what may.

    Raises ArchiveError as `open_archive` does, and where the block meets a damaged page.
    """
    db = open_archive(path, create=create, backed_up=backed_up)
    try:
        with sqlite_errors(path):
            yield db
    except BaseException:
        with suppress(ArchiveError):  # what went wrong first is told: a query that broke off may still lock a table
            close_archive(db)
        raise
    close_archive(db)


def check_pages(path: Path) -> None:
    """Raise ArchiveError if a page of the archive at `path` is not one of a database; a file yet to be made is fine.

    All of the file is read, 5 ms of a processor for a megabyte: for what is done seldom, not for each run.
    """
    if not path.exists() or not path.stat().st_size:
        return
    with archive_errors(path), closing(_connect(path, "ro")) as db:
        if db.conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise ArchiveError(f"{path} {DAMAGED}.")


def find_faults(db: Database) -> Iterator[str]:
    """What is wrong with the file itself, in words: its pages and indexes, and what keeps captures from being changed.

    All of it is read: see https://www.sqlite.org/pragma.html#pragma_integrity_check
    """
    for (said,) in db.conn.execute("PRAGMA integrity_check(100)"):
        if said != "ok":
            yield said
    there = {name for (name,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for name in sorted(TRIGGERS.keys() - there):
        yield f"the trigger {name} is missing, which keeps captures as they are"


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """The archive at `path`, open for reading while the block runs.

    Raises ArchiveError as `load_archive` does, and where the block meets a damaged page.
    """
    db = load_archive(path)
    try:
        with sqlite_errors(path):
            yield db
    finally:
        db.close()


def apply_schema(db: Database) -> None:
    """Bring the tables, keys, indexes, triggers and views into the shape of this version, where they are not."""
    with transaction(db):
        version = _pragma(db, "user_version")
        db.conn.execute(SQLAR)
        if 0 < version < SCHEMA_VERSION:
            migrate(db, version)
        for name in TABLES:
            create_table(db, name)
        for trigger in TRIGGERS.values():
            db.conn.execute(trigger)
        for name, query in VIEWS.items():
            db.create_view(name, query.strip(), replace=True)
        save_descriptions(db)
        if version != SCHEMA_VERSION:
            db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def complete_indexes(db: Database) -> None:
    """Build each full-text index that is not there, with the triggers that keep it, and the indexes for counting.

    A first load runs without them and is indexed here in one go, which for text is three times as fast as row by row
    (measured: facts, SQLite). An interrupted first load has no index yet; the next run builds it here.
    """
    with transaction(db):
        create_counted(db)
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


def query_ids(db: Database, sql: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
    """The rows of one query about `ids`, as `query_wanted` has them."""
    want(db, ids)
    return query_wanted(db, sql)


def want(db: Database, ids: Iterable[str]) -> None:
    """Let the table `wanted` hold these ids, however many there are, and whatever characters they have.

    For use inside a `transaction`, since it writes to a temporary table.
    """
    db.conn.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.conn.execute("DELETE FROM wanted")
    db.conn.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((id_,) for id_ in ids))


def query_wanted(db: Database, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query about the ids that are wanted, of which it says `column IN wanted`.

    Joined with that table instead, SQLite goes through all of the other one: it does not know how small this is.
    """
    return db.conn.execute(sql).fetchall()


def archive_path(db: Database) -> Path:
    """Where the file of `db` is."""
    return Path(db.conn.execute("PRAGMA database_list").fetchone()[2])


def _connect(path: Path, mode: str) -> Database:
    if mode != "rwc" and not path.exists():
        raise ArchiveError(f"{path} does not exist; `archiver run` makes an archive.")
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ArchiveError(f"{path} is not a file.")
    return Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS))


def _check_ours(db: Database, path: Path, *, empty_is_fine: bool, for_writing: bool) -> int:
    """The version of the archive; 0 if it is yet to be made. Raises ArchiveError if it is not to be opened."""
    owner, version = _pragma(db, "application_id"), _pragma(db, "user_version")
    if owner == APPLICATION_ID and version > SCHEMA_VERSION:
        raise ArchiveError(f"{path} was made by a newer Archiver; update this one to open it.")
    if owner == APPLICATION_ID and version < SCHEMA_VERSION and not for_writing:
        raise ArchiveError(f"{path} was made by an earlier Archiver; the next `archiver run` brings it up to date.")
    if owner == APPLICATION_ID:
        _check_tables(db, path, version)
        return version
    if owner or db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ArchiveError(f"{path} is a database of another program; --db names the archive.")
    if not empty_is_fine:
        raise ArchiveError(f"{path} is empty: no archive was ever written to it; `archiver run` does that.")
    return 0


def _check_tables(db: Database, path: Path, version: int) -> None:
    if version != SCHEMA_VERSION:
        return
    there = set(db.table_names())
    if missing := [name for name in TABLES if name not in there | ADDED_SINCE]:
        raise ArchiveError(f"{path} lacks the table {missing[0]}, and so was changed by another program: it {DAMAGED}.")


def _pragma(db: Database, name: str) -> int:
    return int(db.conn.execute(f"PRAGMA {name}").fetchone()[0])
