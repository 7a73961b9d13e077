"""Tables: made as the schema has them, and brought there, step by step, from the shape of an earlier version."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from archiver.errors import ArchiveError
from archiver.store.failures import sqlite_errors
from archiver.store.schema import TABLES


def create_table(db: Database, name: str) -> None:
    """Make a table with its keys and indexes; those that are there stay as they are."""
    table = TABLES[name]
    db.create_table(
        name,
        dict(table.columns),
        pk=table.key,
        not_null=table.required,
        foreign_keys=[(column, *target) for column, target in table.references.items()],
        strict=True,
        ignore=True,
    )
    _add_generated(db, name)
    indexes = [(columns,) if isinstance(columns, str) else columns for columns in table.indexes]
    led = {columns[0] for columns in indexes}
    for columns in (*((column,) for column in table.references if column not in led), *indexes):
        db.table(name).create_index(columns, if_not_exists=True)


def create_counted(db: Database) -> None:
    """Make the indexes that counting is for, where they are not."""
    for name, table in TABLES.items():
        for columns in table.counted:
            db.table(name).create_index((columns,) if isinstance(columns, str) else columns, if_not_exists=True)


def m002_observed_ids(db: Database) -> None:
    """Embeds tell the id that they have by themselves, and the time in it; articles are read again for the rest.

    The names of accounts are counted, since from now on they are only counted on and off.
    """
    _add_columns(db, "embeds")
    create_table(db, "account_names")
    db.conn.execute("DROP INDEX IF EXISTS idx_embeds_author_id")
    db.conn.execute(_COUNT_NAMES)
    db.conn.execute("UPDATE embeds SET observed_id = post_id")
    db.conn.execute("UPDATE articles SET reader = ''")


def m003_what_is_counted(db: Database) -> None:
    """Posts and articles can be filtered and counted by year and state, and articles tell the run that read them.

    Of those that were read before the run is not known.
    """
    if "run_id" not in db.table("articles").columns_dict:
        db.conn.execute("ALTER TABLE articles ADD COLUMN run_id INTEGER REFERENCES runs(id)")
    for name in TABLES:
        _add_generated(db, name)
    db.conn.execute("DROP INDEX IF EXISTS idx_embeds_post_id")  # led by a wider one now


def m004_captures(db: Database) -> None:
    """What platforms answer about posts is kept, in a table that is only ever added to."""
    create_table(db, "captures")


def m005_what_came_of_posts(db: Database) -> None:
    """Captures tell when a web archive made its copy, and posts which copy their values are from and what has become of
    them; pictures are kept.

    What was answered about posts already is counted when they are derived again, with the articles that embed them,
    which are read again for that.
    """
    for name in ("captures", "posts"):
        _add_columns(db, name)
    create_table(db, "captures")  # with the indexes that evidence needs
    db.conn.execute("DROP INDEX IF EXISTS idx_captures_run_id")  # led by a wider one now
    create_table(db, "media")
    create_table(db, "redactions")
    db.conn.execute("INSERT OR IGNORE INTO redactions SELECT id FROM posts WHERE status = 'redacted'")
    db.conn.execute("DROP INDEX IF EXISTS idx_captures_author_id")  # led by a wider one now
    db.conn.execute(
        "UPDATE articles SET reader = '' WHERE id IN "
        "(SELECT article_id FROM embeds WHERE post_id IN (SELECT post_id FROM captures))"
    )


_COUNT_NAMES = """
INSERT INTO account_names (id, author_id, kind, value, embeds, first_seen, last_seen)
SELECT author_id || ' ' || kind || ' ' || value, author_id, kind, value, count(*),
  min(substr(published_at, 1, 10)), max(substr(published_at, 1, 10))
FROM (SELECT author_id, article_id, 'handle' AS kind, handle AS value FROM embeds
  UNION ALL SELECT author_id, article_id, 'name', author_name FROM embeds) JOIN articles ON articles.id = article_id
WHERE author_id IS NOT NULL AND value <> '' GROUP BY author_id, kind, value
"""


def _add_columns(db: Database, table: str) -> None:
    """Add the columns that a table lacks, empty."""
    there = {column.name for column in db.table(table).columns}
    for name, kind in TABLES[table].columns.items():
        if name not in there:
            db.table(table).add_column(name, kind)


def _add_generated(db: Database, table: str) -> None:
    """Add the generated columns that a table lacks; `table_info` does not list those that are there."""
    there = {row[1] for row in db.conn.execute(f"PRAGMA table_xinfo({table})")}
    for name, expression in TABLES[table].generated.items():
        if name not in there:
            db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {name} TEXT GENERATED ALWAYS AS ({expression}) VIRTUAL")


MIGRATIONS: Mapping[int, Callable[[Database], None]] = {
    2: m002_observed_ids,
    3: m003_what_is_counted,
    4: m004_captures,
    5: m005_what_came_of_posts,
}
"""What brings an archive to each version from the one before it."""


def migrate(db: Database, version: int) -> None:
    """Bring an archive of an earlier version up to this one's; must run inside a transaction."""
    for number, step in sorted(MIGRATIONS.items()):
        if number > version:
            step(db)


def back_up(db: Database, path: Path, version: int) -> Path:
    """A copy of an archive of an earlier version as it is, in a new file beside it, whose path comes back.

    Raises ArchiveError if it cannot be written.
    """
    names = (f"{path.name}.v{version}{f'.{number}' if number > 1 else ''}.bak" for number in count(1))
    copy = next(copy for copy in map(path.with_name, names) if not copy.exists())
    fresh = copy.with_name(f".{copy.name}.new")
    db.conn.execute("BEGIN")
    try:
        db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()  # else the copying waits for a lock for ever
        fresh.write_bytes(b"")
        with closing(sqlite3.connect(fresh)) as connection, sqlite_errors(copy):
            db.conn.backup(connection)
        fresh.replace(copy)
    except OSError as error:
        reason = error.strerror or error
        raise ArchiveError(f"{path} is to be kept as it was, and {copy} cannot be written: {reason}.") from error
    finally:
        db.conn.execute("ROLLBACK")
        fresh.unlink(missing_ok=True)
    return copy
