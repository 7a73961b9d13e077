"""Formats: what an archive can be exported to, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archiver import store
from archiver.exports import bag, index, jsonl, linked, parquet, spreadsheet
from archiver.exports.activitystreams import write_activitystreams

WriteFile = Callable[[store.Database, BinaryIO], None]
WriteFolder = Callable[[store.Database, Path], None]
WriteTable = Callable[[store.Database, str, BinaryIO], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """A format: it is written to one file or to a folder, and if it is a folder of tables, also one table at a time.

    `about` says in a few words what it is. `fresh` says that the folder must not be there yet, and that it is made of a
    copy of the archive: all others are written from the archive as it is when they begin.
    """

    name: str
    about: str
    file: WriteFile | None = None
    folder: WriteFolder | None = None
    table: WriteTable | None = None
    tables: tuple[str, ...] = ()
    fresh: bool = False


def _write_wacz(db: store.Database, out: BinaryIO) -> None:
    from archiver.exports.wacz import write_wacz  # what reads evidence takes long to load

    write_wacz(db, out)


EXPORTS = {
    export.name: export
    for export in (
        Export(name="jsonl", about="all of it, a row a line", file=jsonl.write_jsonl),
        Export(
            name="csv",
            about="a folder of tables, without the files",
            folder=spreadsheet.write_csv,
            table=spreadsheet.write_table,
            tables=spreadsheet.TABLES,
        ),
        Export(
            name="parquet",
            about="a folder of typed tables, all of it",
            folder=parquet.write_parquet,
            table=parquet.write_table,
            tables=tuple(store.COLUMNS),
        ),
        Export(name="activitystreams", about="the posts (ActivityStreams 2)", file=write_activitystreams),
        Export(name="jsonld", about="posts and articles (schema.org)", file=linked.write_jsonld),
        Export(name="bagit", about="a bag of the archive, its files and evidence", folder=bag.write_bag, fresh=True),
        Export(name="wacz", about="the evidence of captures, to replay it (WACZ 1.1.1)", file=_write_wacz),
        Export(name="index", about="who made which post, to share it: a CSV without texts", file=index.write_index),
    )
}
"""Name → format, the complete ones first."""
