"""The index: a CSV of handles and native ids that archives share, without a word of any article.

It says which account made which post, where the post was, and when as far as that is known: enough for another archive
to know the post again of which it has only the remains.
"""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from archiver import store
from archiver.errors import ReadError
from archiver.exports.rows import Located

HEAD = ",".join(store.INDEX_COLUMNS)


def write_index(db: store.Database, out: BinaryIO) -> None:
    """Write a line for each post whose id and author are known, by post; redacted ones are left out."""
    lines = csv.writer(codecs.getwriter("utf-8")(out), lineterminator="\n")  # it does not close what it writes to
    lines.writerow(store.INDEX_COLUMNS)
    lines.writerows(store.load_index(db))


def is_index(path: Path) -> bool:
    """Whether a file begins as an index does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline(200).rstrip(b"\r\n") in (HEAD.encode(), f"\ufeff{HEAD}".encode())


def read_index(path: Path) -> Iterator[Located]:
    """The lines of an index with their places (`line 12`); one that is there twice comes once.

    Raises ReadError, naming the file and the line, where that is not what `write_index` writes.
    """
    seen: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, strict=True)
        try:
            next(lines)
            for cells in lines:
                located = _located(path, f"line {lines.line_num}", cells)
                if located.row["id"] not in seen:
                    yield located
                seen.add(located.row["id"])
        except (csv.Error, UnicodeDecodeError) as error:
            raise _error(path, f"line {lines.line_num + 1}", "it is not CSV in UTF-8") from error


def _located(path: Path, where: str, cells: list[str]) -> Located:
    if len(cells) != len(store.INDEX_COLUMNS):
        raise _error(path, where, f"it has {len(cells)} values in place of {len(store.INDEX_COLUMNS)}")
    platform, native_id, handle, permalink, posted_at, precision = (cell or None for cell in cells)
    if platform is None or native_id is None or handle is None:
        raise _error(path, where, "platform, native_id and handle are needed")
    row = {
        "id": f"{platform}:{native_id} {handle.lower()}",
        "platform": platform,
        "native_id": native_id,
        "handle": handle,
        "permalink": permalink,
        "posted_at": posted_at,
        "precision": precision,
        "post_id": f"{platform}:{native_id}",
        "author_id": f"{platform}:{handle.lower()}",
    }
    return Located(table="indexed", where=where, row=row)


def _error(path: Path, where: str, cause: str) -> ReadError:
    return ReadError(f"{path}, {where}: {cause}.", kind="malformed")
