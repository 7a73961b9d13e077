"""What a file is that cannot be imported, as far as its first bytes tell: mostly an export of another format."""

from pathlib import Path

from archiver.exports.index import HEAD
from archiver.exports.spreadsheet import TABLES, head_of

IMPORTED = "import one in jsonl, parquet, bagit or index, or the archive itself"

_HEAD_BYTES = 500
_BEGINNINGS = {
    "activitystreams": '{"@context": ["https://www.w3.org/ns/activitystreams"',
    "jsonld": '{"@context": "https://schema.org", "@graph": [',
}
_TABLE_HEADS = {",".join(head_of(table)): table for table in TABLES}


def describe(path: Path) -> str:
    """What there is instead of something that can be imported, and what helps, to follow the name of the file."""
    if path.is_dir():
        is_csv = any((path / f"{table}.csv").is_file() for table in TABLES)
        return f"is an export in csv, which cannot be imported; {IMPORTED}" if is_csv else _UNKNOWN
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "is in UTF-16; what can be imported is in UTF-8: save it so"
    text = head.decode("utf-8-sig", "replace")
    first = text.splitlines()[0].strip() if text.strip() else ""
    for form, beginning in _BEGINNINGS.items():
        if first.startswith(beginning):
            return f"is an export in {form}, which cannot be imported; {IMPORTED}"
    if first in _TABLE_HEADS:
        return f"is the table {_TABLE_HEADS[first]} of an export in csv, which cannot be imported; {IMPORTED}"
    return _index(first) or _UNKNOWN


_UNKNOWN = "is neither an archive nor an export or an index of Archiver"


def _index(first: str) -> str | None:
    """What a spreadsheet made of an index."""
    for name, separator in (("semicolons", ";"), ("tabs", "\t")):
        if first.replace('"', "") == HEAD.replace(",", separator):
            return f"has {name} between its values; an index has commas: save it so"
    if first.replace('"', "").replace(" ", "") == HEAD:
        return f"has another first line than an index, which is {HEAD}"
    return None
