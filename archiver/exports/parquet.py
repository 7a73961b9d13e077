"""Parquet: each table of an archive as a typed file for DuckDB, pandas and the like, and back.

Every column is there as the archive has it. Beside each time stand two typed ones, which are derived and not read back:
`…_utc`, the moment (milliseconds, UTC), where it is known to the minute or better, and `…_day`, where the day is.
`posted_at_options` is a list of texts, and what is true or false in the archive is that.

The only module that imports pyarrow, and only when it is needed: it takes a second to load.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from archiver import store
from archiver.errors import ArchiverError, ReadError
from archiver.exports.rows import Located, Row, read_options

TIMES = ("published_at", "posted_at", "decoded_at", "started_at", "finished_at", "first_seen", "last_seen")
"""Columns of times: texts in ISO 8601, as long as they are precise."""

TRUTHS = {("candidates", "chosen"), ("candidates", "by_author")}
"""Columns that are 0 or 1 because SQLite has no other word for it."""

OPTIONS = "posted_at_options"
VERSION = "archiver.schema"
"""The key of the file's metadata that holds the version of the schema."""

BATCH_ROWS, BATCH_BYTES = 1_000, 4_000_000
"""How many rows, or characters and bytes, are Python's before they are Arrow's, which take a fraction of the memory."""

GROUP_ROWS, GROUP_BYTES = 50_000, 16_000_000
"""A row group is written when it has so many rows or bytes: DuckDB reads groups of some ten thousand rows well."""


def write_parquet(db: store.Database, folder: Path) -> None:
    """Write `TABLE.parquet` for each table. Raises ArchiverError where pyarrow is not installed."""
    for table in store.COLUMNS:
        with (folder / f"{table}.parquet").open("wb") as out:
            write_table(db, table, out)


def write_table(db: store.Database, table: str, out: BinaryIO) -> None:
    """Write one table, row group by row group: the same rows give the same bytes from the same version of pyarrow.

    Raises DamagedFileError where one of the files in `sqlar` is not as it was kept.
    """
    if table == "sqlar":
        store.check_files(db)
    arrow = _pyarrow()
    from pyarrow import parquet

    schema = _schema(arrow, table)
    try:
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            for batches in _groups(db, table, lambda rows: arrow.RecordBatch.from_pylist(rows, schema=schema)):
                writer.write_table(arrow.Table.from_batches(batches))
    except arrow.ArrowException as error:
        raise ArchiverError(f"The table {table} holds what Archiver did not write: {error}.") from error


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise ArchiverError("Parquet needs pyarrow: install embed-archiver[parquet].") from error
    return pyarrow


def _schema(arrow: Any, table: str) -> Any:
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bytes: arrow.binary()}
    fields = []
    for name, kind in store.COLUMNS[table].items():
        typed = arrow.bool_() if (table, name) in TRUTHS else kinds[kind]
        typed = arrow.list_(arrow.string()) if name == OPTIONS else typed
        fields.append(arrow.field(name, typed, nullable=name not in store.REQUIRED[table]))
        if name in TIMES:
            fields.append(arrow.field(f"{name}_utc", arrow.timestamp("ms", tz="UTC")))
            fields.append(arrow.field(f"{name}_day", arrow.date32()))
    return arrow.schema(fields, metadata={VERSION: str(store.SCHEMA_VERSION)})


def _groups(db: store.Database, table: str, batch: Callable[[list[Row]], Any]) -> Iterator[list[Any]]:
    """The rows of a table as batches, so many together as make a row group."""
    batches: list[Any] = []
    count = size = 0
    for rows in _batches(db, table):
        batches.append(batch(rows))
        count += len(rows)
        size += batches[-1].nbytes
        if count >= GROUP_ROWS or size >= GROUP_BYTES:
            yield batches
            batches, count, size = [], 0, 0
    if batches:
        yield batches


def _batches(db: store.Database, table: str) -> Iterator[list[Row]]:
    rows: list[Row] = []
    size = 0
    for values in store.load_rows(db, table):
        rows.append(_typed(table, dict(zip(store.COLUMNS[table], values, strict=True))))
        size += sum(len(value) for value in values if isinstance(value, str | bytes))
        if len(rows) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _typed(table: str, row: Row) -> Row:
    """The row in the types of its schema, its times typed too."""
    if row.get(OPTIONS) is not None:
        row[OPTIONS] = read_options(row[OPTIONS])
    for owner, name in TRUTHS:
        if owner == table:
            row[name] = bool(row[name])
    for name in TIMES:
        if name in row:
            row[f"{name}_utc"], row[f"{name}_day"] = _moment(row[name])
    return row


def _moment(text: str | None) -> tuple[datetime | None, date | None]:
    """The moment and the day that a time is known to; a day alone is no moment.

    >>> _moment("2020-10-02"), _moment("2020-10")
    ((None, datetime.date(2020, 10, 2)), (None, None))
    """
    if text is None or len(text) < len("2020-10-02"):
        return None, None
    try:
        day = date.fromisoformat(text[:10])
        return (datetime.fromisoformat(text), day) if len(text) > len("2020-10-02") else (None, day)
    except ValueError:  # somebody wrote into the archive what is no time
        return None, None


def is_parquet(path: Path) -> bool:
    """Whether it is a folder of an export: it holds a file for the articles."""
    return path.is_dir() and (path / "articles.parquet").is_file()


def read_parquet(path: Path) -> Iterator[Located]:
    """The rows of an export with their places (`embeds.parquet, row 12`), table by table.

    Raises ReadError, naming the file, where a table is missing or is not what `write_parquet` writes; ArchiverError
    where pyarrow is not installed.
    """
    for table in store.COLUMNS:
        file = path / f"{table}.parquet"
        if not file.is_file():
            raise ReadError(f"{file} is missing: an export has a file for each table.", kind="missing")
        yield from _read_table(file, table)


def _read_table(file: Path, table: str) -> Iterator[Located]:
    arrow = _pyarrow()
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(file) as source:
            _check_version(file, source.schema_arrow.metadata or {})
            _check_columns(file, _schema(arrow, table), source.schema_arrow)
            number = 0
            for batch in source.iter_batches(batch_size=1000, columns=list(store.COLUMNS[table])):
                for row in batch.to_pylist():
                    number += 1
                    yield Located(table=table, where=f"{file.name}, row {number}", row=_as_stored(table, row))
    except (arrow.ArrowException, OSError) as error:
        raise ReadError(f"{file} is damaged, or is no Parquet file.", kind="damaged") from error


def _check_version(file: Path, metadata: Mapping[bytes, bytes]) -> None:
    version = metadata.get(VERSION.encode(), b"")
    if not version.isdigit():
        raise ReadError(f"{file} was not made by Archiver.", kind="foreign")
    if int(version) > store.SCHEMA_VERSION:
        raise ReadError(f"{file} was made by a newer Archiver; update this one to import it.", kind="newer")


def _check_columns(file: Path, ours: Any, theirs: Any) -> None:
    """Raise ReadError unless every column is there with its type."""
    types: Mapping[str, Any] = {field.name: field.type for field in theirs}
    for field in ours:
        if types.get(field.name) != field.type:
            raise ReadError(f"{file}: its column {field.name} is missing, or is not of {field.type}.", kind="malformed")


def _as_stored(table: str, row: Row) -> Row:
    for name, value in row.items():
        if (table, name) in TRUTHS and value is not None:
            row[name] = int(value)
    if row.get(OPTIONS) is not None:
        row[OPTIONS] = json.dumps(row[OPTIONS])
    return row
