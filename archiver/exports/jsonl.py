"""JSON Lines: an archive as one object a line, every row of every table, and back.

The first line names the format, the last counts the rows of each table, so that a file that was cut off is known. In
between each line has the `table` that it is of, and then every column of that, in the order of the schema, `null` where
nothing is known. `posted_at_options` is an array, a file in `sqlar` is base64 (RFC 4648 §4).
"""

import base64
import json
from binascii import Error as Base64Error
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from archiver import store
from archiver.errors import ReadError
from archiver.exports.rows import Located, Row, read_options

FORMAT = "archiver-export"
_HEAD_BYTES = 1_000
"""More than any first line has, of which not all of another file is to be read."""


def write_jsonl(db: store.Database, out: BinaryIO) -> None:
    """Write all tables of the archive; the same archive gives the same bytes, in memory that does not grow with it.

    Raises DamagedFileError, before anything is written, where a file in it is not as it was kept.
    """
    store.check_files(db)
    _write_line(out, {"format": FORMAT, "schema": store.SCHEMA_VERSION})
    counts: Counter[str] = Counter()
    for table, columns in store.COLUMNS.items():
        for row in store.load_rows(db, table):
            _write_line(out, {"table": table, **_as_json(dict(zip(columns, row, strict=True)))})
            counts[table] += 1
    _write_line(out, {"rows": {table: counts[table] for table in store.COLUMNS}})


def _write_line(out: BinaryIO, value: dict[str, Any]) -> None:
    out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _as_json(row: Row) -> Row:
    if row.get("posted_at_options") is not None:
        row["posted_at_options"] = read_options(row["posted_at_options"])
    if isinstance(row.get("data"), bytes):
        row["data"] = base64.b64encode(row["data"]).decode()
    return row


def is_jsonl(path: Path) -> bool:
    """Whether a file begins as an export does, be it that another program wrote its lines again."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.readline(_HEAD_BYTES).removeprefix(BOM_UTF8)
    try:
        head = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(head, dict) and head.get("format") == FORMAT


def read_jsonl(path: Path) -> Iterator[Located]:
    """The rows of an export with their places (`line 12`), in its order.

    Raises ReadError, naming the file and the line, where that is not what `write_jsonl` writes, or ends too early.
    """
    counts: Counter[str] = Counter()
    promised: dict[str, Any] | None = None
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            where = f"line {number}"
            value = _read_line(path, where, line.removeprefix(BOM_UTF8) if number == 1 else line)
            if promised is not None:
                raise _error(path, where, "something follows the line that ends the export")
            if number == 1:
                _check_head(path, value)
            elif "rows" in value:
                promised = value["rows"]
                if not isinstance(promised, dict):
                    raise _error(path, where, "it does not count rows")
            else:
                located = _located(path, where, value)
                counts[located.table] += 1
                yield located
    if promised is None:
        raise ReadError(f"{path} was cut off: the last line, which counts the rows, is missing.", kind="truncated")
    if promised != {table: counts[table] for table in promised} or counts.keys() - promised.keys():
        raise ReadError(f"{path} has lost rows: it has not as many as its last line counts.", kind="truncated")


def _read_line(path: Path, where: str, line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        cause = "it was cut off" if not line.endswith(b"\n") else "it is not JSON"
        raise _error(path, where, cause) from error
    if not isinstance(value, dict):
        raise _error(path, where, "it is not an object")
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _check_head(path: Path, value: dict[str, Any]) -> None:
    version = value.get("schema")
    if value.get("format") != FORMAT or type(version) is not int:
        raise _error(path, "line 1", "it is not the first line of an export of Archiver")
    if version > store.SCHEMA_VERSION:
        raise ReadError(f"{path} was made by a newer Archiver; update this one to import it.", kind="newer")


def _located(path: Path, where: str, value: dict[str, Any]) -> Located:
    table = value.pop("table", None)
    try:
        row = _as_stored(value)
    except (Base64Error, ValueError, TypeError) as error:
        raise _error(path, where, "its data is not base64") from error
    return Located(table=table if isinstance(table, str) else "", where=where, row=row)


def _as_stored(row: Row) -> Row:
    if isinstance(row.get("posted_at_options"), list):
        row["posted_at_options"] = json.dumps(row["posted_at_options"])
    if "data" in row and row["data"] is not None:
        row["data"] = base64.b64decode(row["data"], validate=True)
    return row


def _error(path: Path, where: str, cause: str) -> ReadError:
    return ReadError(f"{path}, {where}: {cause}.", kind="malformed")
