"""Checks: what a row from outside has to be before anything of it is stored."""

import base64
import json
import re
import stat
from binascii import Error as Base64Error
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, get_args

from archiver import store
from archiver.exports.rows import Row
from archiver.identity import decoded_time
from archiver.imports.told import find_untold
from archiver.platforms import BY_NAME
from archiver.platforms.base import Platform
from archiver.readers.metadata import read_address
from archiver.records import Form, Format, MediaKind, Origin, Outcome, Precision
from archiver.times.clocks import DECIMAL
from archiver.urls import resolve

LARGEST = 2**63
"""An SQLite integer has 64 bits: https://www.sqlite.org/datatype3.html"""

LONGEST_ID = 400
"""Characters of an id or a handle: the longest of the platforms' examples has fewer than a hundred."""

DAYS_APART = 2
"""Between a time as an index has it and that of the id: a day printed in another zone, and an upload of hours."""

FORMS, FORMATS, ORIGINS = frozenset(get_args(Form)), frozenset(get_args(Format)), frozenset(get_args(Origin))
OUTCOMES, KINDS_OF_MEDIA = frozenset(get_args(Outcome)), frozenset(get_args(MediaKind))

TIMES: Mapping[Precision, re.Pattern[str]] = {
    "year": re.compile(r"\d{4}"),
    "month": re.compile(r"\d{4}-\d\d"),
    "day": re.compile(r"\d{4}-\d\d-\d\d"),
    "minute": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ"),
    "second": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "millisecond": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
}
"""How a time of each precision is written (README, “One embed, as `archiver scan` prints it”)."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ID = re.compile(r"[^\s@\x00-\x1f][^\s\x00-\x1f]*")
_HANDLE = re.compile(r"[^\x00-\x1f/]+")
_KINDS: Mapping[type, str] = {str: "a text", int: "a whole number", float: "a number", bytes: "bytes"}


def find_fault(table: str, row: Row) -> str | None:
    """Why a row cannot be one of that table, in words; None where it can.

    A column that the row lacks is empty. What only other rows can tell (that its article is there) is not looked at.
    """
    if table not in store.COLUMNS:
        return f"there is no table {_said(table)}"
    if unknown := row.keys() - store.COLUMNS[table].keys():
        return f"{table} have no {_said(min(unknown))}"
    values = {name: row.get(name) for name in store.COLUMNS[table]}
    faults = (fault for name, kind in store.COLUMNS[table].items() if (fault := _of_value(table, name, kind, values)))
    fault = next(faults, None)
    return fault if fault or table not in _OF_ROW else next(_OF_ROW[table](values), None)


def _of_value(table: str, name: str, kind: type, values: Row) -> str | None:
    value = values[name]
    if value is None:
        return f"{name} is missing" if name in store.REQUIRED[table] else None
    if type(value) is int and kind is float and -LARGEST <= value < LARGEST:
        value = float(value)
    if type(value) is not kind:
        return f"{name} is not {_KINDS[kind]}"
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        return f"{name} is too large"
    if isinstance(value, str) and _SURROGATE.search(value):
        return f"{name} is no text: it has half of a character"
    return None


def _of_folder(row: Row) -> Iterator[str]:
    if not _is_inside(row["id"]):
        yield f"id {_said(row['id'])} leads out of the archive"


def _of_run(row: Row) -> Iterator[str]:
    for name in ("started_at", "finished_at"):
        if row[name] is not None and not _is_time(row[name], "second"):
            yield f"{name} {_said(row[name])} is no time"


def _of_article(row: Row) -> Iterator[str]:
    if row["id"] != f"{row['folder']}/{row['source']}":
        yield f"id {_said(row['id'])} is not its folder and its source"
    if not _is_inside(row["source"]):
        yield f"source {_said(row['source'])} leads out of its folder"
    for name in ("title", "byline"):
        if "\0" in (row[name] or ""):
            yield f"{name} {_said(row[name])} has a NUL, which no text of a page keeps"
    if row["format"] not in FORMATS:
        yield f"format {_said(row['format'])} is not known"
    if not _SHA256.fullmatch(row["sha256"]):
        yield f"sha256 {_said(row['sha256'])} is no SHA-256"
    if row["url"] is not None and read_address(row["url"]) is None:
        yield f"url {_said(row['url'])} is no address on the web"
    if row["published_at"] is not None and not any(_is_time(row["published_at"], one) for one in TIMES):
        yield f"published_at {_said(row['published_at'])} is no time"


def _of_embed(row: Row) -> Iterator[str]:
    if row["id"] != f"{row['article_id']}#{row['ordinal']}":
        yield f"id {_said(row['id'])} is not its article and its ordinal"
    if row["form"] not in FORMS:
        yield f"form {_said(row['form'])} is not known"
    if row["ordinal"] < 1 or not 0 <= row["start"] < row["end"]:
        yield "ordinal, start and end are no place in an article"
    for name in ("handle_origin", "time_origin"):
        if row[name] is not None and row[name] not in ORIGINS:
            yield f"{name} {_said(row[name])} is not known"
    if untold := find_untold(row):
        yield f"{untold} {_said(row[untold])} is not what its marker says"
    yield from _of_post(row)
    yield from _of_options(row)


def _of_indexed(row: Row) -> Iterator[str]:
    if row["id"] != f"{row['platform']}:{row['native_id']} {row['handle'].lower()}":
        yield f"id {_said(row['id'])} is not its post and its handle"
    yield from _of_post(row)
    yield from _of_platform(BY_NAME[row["platform"]], row)


def _of_platform(platform: Platform, row: Row) -> Iterator[str]:
    """What its platform says of a line of an index: the ids, the handles and the times that there can be."""
    post = (platform.name, row["native_id"])
    if row["permalink"] is not None and _post_at(row["permalink"]) != post:
        yield f"permalink {_said(row['permalink'])} does not lead to that post on {platform.label}"
    if len(row["native_id"]) > LONGEST_ID or _is_no_number(platform, row["native_id"]):
        yield f"native_id {_said(row['native_id'])} is no id of {platform.label}"
    if len(row["handle"]) > LONGEST_ID or (platform.handle and not platform.handle.fullmatch(row["handle"])):
        yield f"handle {_said(row['handle'])} is no handle of {platform.label}"
    if row["posted_at"] is None:
        return
    if platform.opened and row["posted_at"] < platform.opened[: len(row["posted_at"])]:
        yield f"posted_at {_said(row['posted_at'])} is before {platform.label} opened"
    decoded = decoded_time(platform.name, row["native_id"], row["permalink"])
    if decoded and not _is_near(row["posted_at"], decoded.at):
        yield f"posted_at {_said(row['posted_at'])} is not when its id was given out, {decoded.at}"


def _post_at(address: str) -> tuple[str, str] | None:
    found = resolve(address)
    return (found.platform, found.native_id) if found else None


def _is_no_number(platform: Platform, native_id: str) -> bool:
    """Whether an id is of digits, as those of the platform are that hold a time, and of more than they can have."""
    clock = platform.id_time
    return bool(clock and clock.alphabet == DECIMAL and native_id.isdecimal() and clock.number(native_id) is None)


def _is_near(posted_at: str, decoded_at: str) -> bool:
    """Whether a time is that of an id, give or take `DAYS_APART` days."""
    at = datetime.fromisoformat(decoded_at)
    days = (at + timedelta(days=days) for days in (-DAYS_APART, DAYS_APART))
    first, last = (day.date().isoformat()[: len(posted_at)] for day in days)
    return first <= posted_at[:10] <= last


def _of_post(row: Row) -> Iterator[str]:
    """What an embed and a row of an index say of a post."""
    if row["platform"] not in BY_NAME:
        yield f"platform {_said(row['platform'])} is not known to this version"
    if row["native_id"] is not None and not _ID.fullmatch(row["native_id"]):
        yield f"native_id {_said(row['native_id'])} is no id"
    if row["handle"] is not None and not _HANDLE.fullmatch(row["handle"]):
        yield f"handle {_said(row['handle'])} is no handle"
    if row["permalink"] is not None and read_address(row["permalink"]) is None:
        yield f"permalink {_said(row['permalink'])} is no address on the web"
    if (row["posted_at"] is None) != (row["precision"] is None):
        yield "posted_at and precision are only known together"
    if row["posted_at"] is not None and not _is_time(row["posted_at"], row["precision"]):
        yield f"posted_at {_said(row['posted_at'])} is no time to the {_said(row['precision'])}"


def _of_options(row: Row) -> Iterator[str]:
    if row["posted_at_options"] is None:
        return
    options = _json(row["posted_at_options"])
    is_pair = isinstance(options, list) and len(options) == 2
    if not is_pair or not all(isinstance(one, str) and _is_time(one, "minute") for one in options):
        yield f"posted_at_options {_said(row['posted_at_options'])} are not two minutes"
    elif row["precision"] != "day" or json.dumps(options) != row["posted_at_options"]:
        yield "posted_at_options need a posted_at to the day"


def _of_passage(row: Row) -> Iterator[str]:
    if row["id"] != f"{row['embed_id']}@{row['start']}" or row["embed_id"].rpartition("#")[0] != row["article_id"]:
        yield f"id {_said(row['id'])} is not its embed and its start"
    if not 0 <= row["start"] < row["end"] or not 0 <= row["score"] <= 1:
        yield "start, end and score are not of a passage"


def _of_orphan(row: Row) -> Iterator[str]:
    if row["id"] != f"{row['article_id']} {row['start']} {row['post_id']}":
        yield f"id {_said(row['id'])} is not its article, its start and its post"
    if not 0 <= row["start"] < row["end"] or not 0 <= row["score"] <= 1:
        yield "start, end and score are not of a place in an article"


def _of_picture(row: Row) -> Iterator[str]:
    top = f"{row['article_id']}.files/"
    if row["id"] != f"{top}{row['src']}" or not row["name"].startswith(top):
        yield f"id {_said(row['id'])} is not its article and its src"
    if not _SHA256.fullmatch(row["sha256"]):
        yield f"sha256 {_said(row['sha256'])} is no SHA-256"


def _of_patch(row: Row) -> Iterator[str]:
    if not _SHA256.fullmatch(row["id"]) or not _SHA256.fullmatch(row["original"]):
        yield "id and original are no SHA-256"
    spans = _json(row["replaced"])
    if not isinstance(spans, list) or not all(_is_span(span) for span in spans):
        yield "replaced are no stretches of a text"


def _of_capture(row: Row) -> Iterator[str]:
    platform, _, native_id = row["post_id"].partition(":")
    is_provisional = native_id.startswith("@")
    yield from _of_post({**row, "platform": platform, "native_id": None if is_provisional else native_id or None})
    if row["outcome"] not in OUTCOMES:
        yield f"outcome {_said(row['outcome'])} is not known"
    if not _is_time(row["fetched_at"], "millisecond"):
        yield f"fetched_at {_said(row['fetched_at'])} is no time"
    yield from _of_memento(row)
    if row["edited_at"] is not None and not _is_time(row["edited_at"], "millisecond"):
        yield f"edited_at {_said(row['edited_at'])} is no time"
    if row["author_since"] is not None and not _is_time(row["author_since"], "day"):
        yield f"author_since {_said(row['author_since'])} is no day"
    if row["sha256"] is not None and not _SHA256.fullmatch(row["sha256"]):
        yield f"sha256 {_said(row['sha256'])} is no SHA-256"
    if row["file"] is not None and ("/" in row["file"] or not _is_inside(row["file"])):
        yield f"file {_said(row['file'])} is no name of a file"
    if row["author_id"] != (f"{platform}:{row['handle'].lower()}" if row["handle"] else None):
        yield f"author_id {_said(row['author_id'])} is not its handle"
    if row["outcome"] != "captured" and row["text"] is not None:
        yield "text is only there where it was captured"


def _of_memento(row: Row) -> Iterator[str]:
    if row["memento_at"] is not None and not _is_time(row["memento_at"], "second"):
        yield f"memento_at {_said(row['memento_at'])} is no time"


def _of_media(row: Row) -> Iterator[str]:
    if row["id"] != f"{row['capture_id']}#{row['ordinal']}":
        yield f"id {_said(row['id'])} is not its answer and its ordinal"
    if row["kind"] not in KINDS_OF_MEDIA:
        yield f"kind {_said(row['kind'])} is not known"
    if row["type"] is not None and row["type"] not in store.EXTENSIONS:
        yield f"type {_said(row['type'])} is not one that is kept"
    for name in ("sha256", "thumb_sha256"):
        if row[name] is not None and not _SHA256.fullmatch(row[name]):
            yield f"{name} {_said(row[name])} is no SHA-256"
    if row["file"] is not None and ("/" in row["file"] or not _is_inside(row["file"])):
        yield f"file {_said(row['file'])} is no name of a file"
    if any(row[name] is not None and row[name] < 1 for name in ("width", "height", "thumb_width", "thumb_height")):
        yield "width and height are not those of a picture"
    if (row["sha256"] is None) != (row["name"] is None and row["file"] is None):
        yield "sha256 is that of a file, in sqlar or beside the archive"
    if (row["thumb"] is None) != (row["thumb_sha256"] is None):
        yield "thumb and thumb_sha256 are only known together"


def _of_problem(row: Row) -> Iterator[str]:
    if row["id"] != f"{row['folder']}/{row['source']}#{row['kind']}":
        yield f"id {_said(row['id'])} is not its source and its kind"


def _of_member(row: Row) -> Iterator[str]:
    if not _is_inside(row["name"]):
        yield f"name {_said(row['name'])} leads out of the archive"
    if not stat.S_ISREG(row["mode"] & 0xFFFF):
        yield "mode is not that of a file"
    if row["sz"] < len(row["data"]):
        yield "its data is longer than its size"


_OF_ROW: Mapping[str, Callable[[Row], Iterator[str]]] = {
    "folders": _of_folder,
    "runs": _of_run,
    "articles": _of_article,
    "embeds": _of_embed,
    "passages": _of_passage,
    "orphans": _of_orphan,
    "pictures": _of_picture,
    "patches": _of_patch,
    "captures": _of_capture,
    "media": _of_media,
    "indexed": _of_indexed,
    "problems": _of_problem,
    "sqlar": _of_member,
}
"""For each table what its columns have to be to each other; derived tables are derived again, whatever they say."""


def _is_time(text: str, precision: object) -> bool:
    pattern = TIMES.get(precision) if isinstance(precision, str) else None  # type: ignore[call-overload]
    return bool(pattern and pattern.fullmatch(text) and _is_calendar(text))


def _is_calendar(text: str) -> bool:
    """Whether there is such a day and such a time of day."""
    try:
        if len(text) > 10:
            datetime.fromisoformat(text)
        else:
            date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return text[:4] != "0000"


def _is_inside(path: str) -> bool:
    """Whether a path stays in the folder that it is unpacked in."""
    return bool(path) and not path.startswith("/") and not {"..", ""} & set(path.split("/")) and "\0" not in path


def _is_span(span: Any) -> bool:
    if not (isinstance(span, list) and len(span) == 3 and isinstance(span[2], str)):
        return False
    try:
        base64.b64decode(span[2], validate=True)
    except (Base64Error, ValueError):
        return False
    return all(type(one) is int for one in span[:2]) and 0 <= span[0] <= span[1]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _said(value: object) -> str:
    """A value in a sentence: in quotes, and no longer than one is read."""
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:57]}…{text[0]}"
