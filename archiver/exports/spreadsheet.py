"""CSV: each table of an archive as a file of comma-separated values (RFC 4180, in UTF-8, lines ended by `\\n`)."""

import codecs
import csv
from pathlib import Path
from typing import BinaryIO

from archiver import store

TABLES = tuple(table for table in store.COLUMNS if table != "sqlar")
"""The tables of text and numbers: the files that an archive keeps are no matter for CSV."""


def write_csv(db: store.Database, folder: Path) -> None:
    """Write `TABLE.csv` for each of `TABLES`; what is not known is an empty cell."""
    for table in TABLES:
        with (folder / f"{table}.csv").open("wb") as out:
            write_table(db, table, out)


def write_table(db: store.Database, table: str, out: BinaryIO) -> None:
    """Write one table with the names of its columns, those last that SQLite makes, in the order of its key."""
    lines = csv.writer(codecs.getwriter("utf-8")(out), lineterminator="\n")  # it does not close what it writes to
    lines.writerow(head_of(table))
    lines.writerows(store.load_rows(db, table, generated=True))


def head_of(table: str) -> tuple[str, ...]:
    """The names of the columns."""
    return (*store.COLUMNS[table], *store.GENERATED[table])
