"""Migrations: an archive of an earlier version brought into the shape of this one, step by step."""

from collections.abc import Callable, Mapping

from sqlite_utils import Database

from archiver.store.schema import TABLES


def m002_observed_ids(db: Database) -> None:
    """Embeds tell the id that they have by themselves, and the time in it; articles are read again for the rest."""
    _add_columns(db, "embeds")
    db.conn.execute("UPDATE embeds SET observed_id = post_id")
    db.conn.execute("UPDATE articles SET reader = ''")


def _add_columns(db: Database, table: str) -> None:
    """Add the columns that a table lacks, empty."""
    there = {column.name for column in db.table(table).columns}
    for name, kind in TABLES[table].columns.items():
        if name not in there:
            db.table(table).add_column(name, kind)


MIGRATIONS: Mapping[int, Callable[[Database], None]] = {2: m002_observed_ids}
"""What brings an archive to each version from the one before it."""


def migrate(db: Database, version: int) -> None:
    """Bring an archive of an earlier version up to this one's; must run inside a transaction."""
    for number, step in sorted(MIGRATIONS.items()):
        if number > version:
            step(db)
