"""Mementos: the copies that web archives have of an address, as their lists name them (CDX, TimeMap)."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from archiver.times import iso

_LINK = re.compile(r"<(?P<url>[^<>]*)>(?P<told>(?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s,;\"]+))*)")
_TOLD = re.compile(r"(?P<name>[\w*-]+)\s*=\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s,;\"]+))")
_STAMPED = re.compile(r"/(?P<stamp>\d{14})(?P<flag>[a-z]{2}_)?/(?P<original>\S+)$")


class ListError(ValueError):
    """A list of copies that is not written as it should be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Memento:
    """A copy: `at` is when it was made (UTC), `original` the address that was kept, as it was written, `url` where the
    archive gives out its bytes. Copies with one `digest` have the same bytes; None where that is not known."""

    at: datetime
    original: str
    url: str
    digest: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link of a `Link` header or a TimeMap (RFC 8288, RFC 6690): its address, its relations, and its `datetime`."""

    url: str
    relations: frozenset[str]
    told: dict[str, str] = field(default_factory=dict)


def read_cdx(content: bytes, playback: str) -> tuple[list[Memento], str | None]:
    """The copies that a CDX server lists (`output=json`), and the key with which the list goes on, None at its end.

    `playback` stands before the time in the addresses of copies. The first row names the columns; a key comes behind an
    empty row; nothing at all, or `[]`, is an empty list. Raises ListError.
    """
    rows = _rows(content)
    if not rows:
        return [], None
    names, *rest = rows
    if not {"timestamp", "original"} <= set(names):
        raise ListError("it has no row that names its columns")
    key = None
    if len(rest) > 1 and not rest[-2] and len(rest[-1]) == 1:
        key, rest = rest[-1][0], rest[:-2]
    found = [dict(zip(names, row, strict=True)) for row in rest if len(row) == len(names)]
    if len(found) != len(rest):
        raise ListError("it has rows of another length")
    return [memento for row in found if (memento := _memento(row, playback))], key


def _rows(content: bytes) -> list[list[str]]:
    try:
        rows: Any = json.loads(content) if content.strip() else []
    except (ValueError, RecursionError) as error:
        raise ListError("it is no JSON") from error
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ListError("it is no list of rows")
    return [[str(value) for value in row] for row in rows]


def _memento(row: dict[str, str], playback: str) -> Memento | None:
    at, original = read_stamp(row["timestamp"]), row["original"]
    url = f"{playback}{row['timestamp']}id_/{original}"
    return Memento(at=at, original=original, url=url, digest=row.get("digest")) if at else None


def read_stamp(stamp: str) -> datetime | None:
    """The time that 14 digits say, as archives write them; None where they say none.

    >>> str(read_stamp("20201002111631")), read_stamp("20201399000000")
    ('2020-10-02 11:16:31+00:00', None)
    """
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def read_links(text: str) -> Iterator[Link]:
    """The links of a `Link` header or of a document in link-format.

    >>> [link.told["datetime"] for link in read_links('<http://a/>; rel="first memento"; datetime="Fri, 02 Oct 2020"')]
    ['Fri, 02 Oct 2020']
    """
    for match in _LINK.finditer(text):
        told = {one["name"].lower(): one["quoted"] or one["bare"] or "" for one in _TOLD.finditer(match["told"])}
        yield Link(url=match["url"], relations=frozenset(told.get("rel", "").split()), told=told)


def read_timemap(content: bytes) -> list[Memento]:
    """The copies that a TimeMap lists (RFC 7089 §5). Raises ListError where it is none."""
    links = list(read_links(content.decode("utf-8", "replace")))
    original = next((link.url for link in links if "original" in link.relations), None)
    if original is None:
        raise ListError("it names no original")
    found = []
    for link in links:
        if "memento" in link.relations and (at := read_http_date(link.told.get("datetime"))):
            stamped = _STAMPED.search(link.url)
            kept = stamped["original"] if stamped else original
            found.append(Memento(at=at, original=kept, url=raw_url(link.url)))
    return found


def read_http_date(text: str | None) -> datetime | None:
    """The time of a header such as `Memento-Datetime`; None where it is none."""
    try:
        moment = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def raw_url(url: str) -> str:
    """The address at which an archive gives out the bytes as they were, in place of a page it has changed to be shown.

    It is a convention of archives that have 14 digits in their addresses; others give out what they give out.

    >>> raw_url("https://arquivo.pt/wayback/20201002111631/https://example.com/")
    'https://arquivo.pt/wayback/20201002111631id_/https://example.com/'
    """
    return _STAMPED.sub(r"/\g<stamp>id_/\g<original>", url)


def original_in(url: str) -> str | None:
    """The address that was kept, in the address of its copy; None where that does not show it."""
    match = _STAMPED.search(url)
    return match["original"] if match else None


def nearest(mementos: Iterable[Memento], dates: Sequence[datetime]) -> list[Memento]:
    """The copies, those first that are nearest to any of the dates; without dates the oldest first."""

    def distance(memento: Memento) -> tuple[timedelta, datetime, str]:
        away = min((abs(memento.at - date) for date in dates), default=timedelta(0))
        return away, memento.at, memento.original

    return sorted(mementos, key=distance)


def moment_in(text: str | None) -> datetime | None:
    """The middle of what a time in ISO 8601 says, as precise as it is; None where it is none.

    >>> moment_in("2020-10").isoformat(), moment_in("2020-10-02T11:16Z").isoformat()
    ('2020-10-15T12:00:00+00:00', '2020-10-02T11:16:00+00:00')
    """
    value = text or ""
    whole = value + {4: "-07-01T12:00Z", 7: "-15T12:00Z", 10: "T12:00Z"}.get(len(value), "")
    try:
        moment = datetime.fromisoformat(whole)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def when(moment: datetime) -> str:
    """A copy's time as records have it."""
    return iso(moment, "second")


def counted(copies: int) -> str:
    """A number of copies in words.

    >>> counted(0), counted(1), counted(2)
    ('no copy', '1 copy', '2 copies')
    """
    return f"{copies or 'no'} cop{'ies' if copies > 1 else 'y'}"
