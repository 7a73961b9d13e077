"""Exchange: all tables of an archive, row by row, as they leave it for another program or another archive."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archiver.errors import DamagedFileError
from archiver.store.database import open_archive
from archiver.store.failures import archive_errors
from archiver.store.members import unpack
from archiver.store.rows import SURROGATE, insert_sql
from archiver.store.schema import TABLES

SQLAR_COLUMNS: Mapping[str, type] = {"name": str, "mode": int, "mtime": int, "sz": int, "data": bytes}

LOCAL = frozenset({"imports", "imported", "descriptions"})
"""What says where the rows of this archive came from, and what its columns hold: it never leaves."""

DERIVED = frozenset({"authors", "posts", "quotes", "candidates", "account_names", "renames", "flags"})
"""What follows from the other tables; it leaves for those who read it, and is derived again where it comes in."""

COLUMNS: Mapping[str, Mapping[str, type]] = {
    **{name: table.columns for name, table in TABLES.items() if name not in LOCAL},
    "sqlar": SQLAR_COLUMNS,
}
"""The tables that leave an archive, and their columns."""

GENERATED: Mapping[str, tuple[str, ...]] = {
    name: tuple(TABLES[name].generated) if name in TABLES else () for name in COLUMNS
}
"""The columns of each that SQLite makes from the others: for those who read them, and never read back."""

REQUIRED: Mapping[str, frozenset[str]] = {
    **{name: frozenset((table.key, *table.required)) for name, table in TABLES.items() if name not in LOCAL},
    "sqlar": frozenset(SQLAR_COLUMNS),
}
"""The columns of each that are never empty."""

_LATER = frozenset({"indexed", "patches", "redactions"})
"""Tables that an archive gets when it is next written to, without a new version of the schema: they refer to none."""

_OWN_RUNS = "(SELECT id FROM imports)"
_LEAVING: Mapping[str, str] = {"runs": f"WHERE id NOT IN {_OWN_RUNS}", "problems": f"WHERE run_id NOT IN {_OWN_RUNS}"}
"""Imports are runs of this archive, and what did not fit is its problem: neither leaves."""


def load_rows(db: Database, table: str, *, generated: bool = False) -> Iterator[tuple[Any, ...]]:
    """All rows of a table of `COLUMNS` that leave the archive, with those columns, in the order of its key.

    With `generated`, the columns of `GENERATED` follow. A table or a column that the archive does not have yet is
    empty. Memory stays flat.
    """
    if not db.table(table).exists():
        return iter(())
    there = {column.name for column in db.table(table).columns}
    names = ", ".join(f'"{name}"' if name in there else "NULL" for name in COLUMNS[table])
    if generated:
        names = ", ".join((names, *GENERATED[table]))
    where = _LEAVING.get(table, "") if db.table("imports").exists() else ""
    key = "name" if table == "sqlar" else TABLES[table].key
    return iter(db.conn.execute(f'SELECT {names} FROM "{table}" {where} ORDER BY "{key}"'))  # noqa: S608


@contextmanager
def frozen(db: Database) -> Iterator[None]:
    """The archive as it is now, whatever others write to it while the block runs."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.rollback()


def changed_at(db: Database) -> str | None:
    """When the archive was last written to by a run that ended; None before the first."""
    return db.conn.execute("SELECT max(finished_at) FROM runs").fetchone()[0]  # type: ignore[no-any-return]


@contextmanager
def stage(path: Path) -> Iterator[Database]:
    """A new archive at `path` for rows from a file, whatever they refer to, while the block runs; it is not completed,
    only read through this connection."""
    db = open_archive(path, create=True)
    with archive_errors(path):
        try:
            db.conn.execute("PRAGMA foreign_keys = OFF")
            db.conn.execute("PRAGMA synchronous = OFF")
            db.conn.execute("BEGIN")
            yield db
        finally:
            db.close()


def last_run(db: Database) -> int:
    """The id of the latest run; 0 before the first."""
    return db.conn.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()[0]  # type: ignore[no-any-return]


def insert_row(db: Database, table: str, row: Mapping[str, Any]) -> bool:
    """Insert a row of a table of `COLUMNS`; False if its key is there. Columns that it lacks are empty."""
    columns = tuple(COLUMNS[table])
    sql = f"{insert_sql(table, columns)} ON CONFLICT DO NOTHING"
    return db.conn.execute(sql, [row.get(name) for name in columns]).rowcount > 0


def find_missing(db: Database) -> str | None:
    """A table or a column that an archive of this version has and this one has not, in words; None where all are there.

    Only what came with a later release of the same version may be missing.
    """
    for table, columns in COLUMNS.items():
        there = {column.name for column in db.table(table).columns} if db.table(table).exists() else set()
        if missing := columns.keys() - there:
            if not there and table in _LATER:
                continue
            return f"{table}: it has no {min(missing)}"
    return None


def find_dangling(db: Database) -> str | None:
    """A reference to a row that is not there, in words; None where every row is. Derived tables are not looked at."""
    for table in (name for name in TABLES if name not in LOCAL | DERIVED | _LATER):
        for column, (parent, key) in TABLES[table].references.items():
            if parent in DERIVED:
                continue
            sql = f'SELECT id FROM "{table}" WHERE "{column}" NOT IN (SELECT "{key}" FROM "{parent}") LIMIT 1'  # noqa: S608
            if row := db.conn.execute(sql).fetchone():
                return f"{table} {row[0]}: what it refers to is not among the {parent}"
    return None


def find_damaged(db: Database) -> str | None:
    """A file of `sqlar` that is not as it was when it was read, in words; None where all are."""
    return next((f"sqlar {name}: {fault}" for name, fault in find_member_faults(db)), None)


def check_files(db: Database, *, sources: bool = True) -> None:
    """Raise DamagedFileError at a file of `sqlar` that is not as it was when it was read or fetched.

    For what copies them: a copy that cannot be read is worse than none. Without `sources`, only pictures are looked at.
    """
    for name, _ in find_member_faults(db, sources=sources):
        raise DamagedFileError(name)


def find_member_faults(db: Database, *, sources: bool = True) -> Iterator[tuple[str, str]]:
    """The files of `sqlar` that are not as they were when they were read or fetched, by name, with what is wrong, in
    words; without `sources`, of pictures only."""
    members = (
        "SELECT name, digest, sz, data FROM (SELECT DISTINCT {1} AS name, {2} AS digest FROM {0}) "
        "JOIN sqlar USING (name) ORDER BY 1"
    )
    queries = [members.format(*kept) for kept in _KEPT[not sources :]]
    if sources:
        column = "SELECT {1} FROM {0} WHERE {1} IS NOT NULL"
        named = " UNION ".join(column.format(*kept) for kept in _KEPT)
        queries.append(f"SELECT name, NULL, sz, data FROM sqlar WHERE name NOT IN ({named})")  # noqa: S608
    for query in queries:
        for name, sha256, size, data in db.conn.execute(query):
            if fault := _fault_of_member(name, size, data, sha256):
                yield name, fault


def _fault_of_member(name: str, size: Any, data: Any, sha256: str | None) -> str | None:
    if not isinstance(size, int) or not isinstance(data, bytes):
        return "it is no file"
    try:
        unpack(name, size, data, sha256)
    except DamagedFileError:
        return "it does not unpack to its size" if sha256 is None else "it is not the file that was read"
    return None


_KEPT = (
    ("articles", "id", "sha256"),
    ("pictures", "name", "sha256"),
    ("media", "name", "sha256"),
    ("media", "thumb", "thumb_sha256"),
)
"""The tables of which a row has a file in `sqlar`, by which column, and the column of its digest; first the sources."""


def find_misread(db: Database) -> str | None:
    """An article whose text is not that of its file, or an embed that is not in it, in words; None where all are.

    The text of a page is not its source, so there only the source can tell; without it an embed must end within as
    many characters as the source had bytes. The files have to be intact (`find_damaged`).
    """
    articles = (
        "SELECT id, format, encoding, size, text, sz, data FROM articles LEFT JOIN sqlar ON name = id ORDER BY id"
    )
    for id_, form, encoding, size, text, packed, data in db.conn.execute(articles):
        try:
            source = None if data is None else _decoded(unpack(id_, packed, data, None), encoding)
        except LookupError:
            return f"articles {id_}: its encoding is not known"
        if form != "html" and (text is None or source not in (None, text)):
            return f"articles {id_}: its text is not that of its file"
        content = source if form == "html" else text
        for ordinal, start, end, marker in db.conn.execute(_PLACES, (id_,)):
            if end > size or (content is not None and content[start:end] != marker):
                return f"embeds {id_}#{ordinal}: its marker is not what stands there in the article"
    return None


def _decoded(data: bytes, encoding: str) -> str:
    return SURROGATE.sub("\ufffd", data.decode(encoding, "replace"))


_PLACES = 'SELECT ordinal, start, "end", marker FROM embeds WHERE article_id = ? ORDER BY ordinal'
