"""What an article says about itself, and the checks each value has to pass."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from archiver.languages import read_language
from archiver.readers.dates import read_published

LONGEST = 2000
LONGEST_BYLINE = 300
"""Characters. A longer title or name is no title or name but a page that lost its end tag."""

MOST_ITEMS = 50
"""Authors of one article; more is not a byline."""

NULLS = frozenset({"null", "undefined", "nan", "~"})
"""What templates print for a value they do not have."""

BYLINE_LEAD = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """The fields of an Article that come from its own metadata; None is unknown."""

    title: str | None = None
    published_at: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None

    def or_else(self, other: "Metadata") -> "Metadata":
        """These values, and those of `other` where there is none."""
        names = [field.name for field in fields(self)]
        return Metadata(**{name: getattr(self, name) or getattr(other, name) for name in names})


def first(values: Iterable[str], check: Callable[[str], str | None]) -> str | None:
    """The first value that passes its check."""
    return next((checked for value in values if (checked := check(value))), None)


def checked_metadata(values: dict[str, list[str]]) -> Metadata:
    """The first value of each field, best first, that passes the field's check."""
    return Metadata(**{name: first(values.get(name, []), check) for name, check in CHECKS.items()})


def clean(text: str) -> str | None:
    """The text on one line without control characters; None if nothing or no value is left."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        return None
    line = " ".join("".join(char for char in line if unicodedata.category(char) != "Cc").split())
    return line if line and line.lower() not in NULLS else None


def read_byline(text: str) -> str | None:
    """The names without the `By` before them; None for a profile's address in place of a name."""
    line = clean(BYLINE_LEAD.sub("", text.strip(), count=1))
    return line if line and len(line) <= LONGEST_BYLINE and not _is_address(line) else None


def read_address(text: str) -> str | None:
    """An absolute http(s) URL as written."""
    url = text.strip()
    if len(url) > LONGEST or re.search(r"[\s\x00-\x1f<>\"]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def strings(value: Any) -> list[str]:
    """The strings in a value that may be one, a number, a date, a mapping with a `name`, or a list of such.

    Looks no deeper, since a value from outside may contain itself.
    """
    items = value[:MOST_ITEMS] if isinstance(value, list) else [value]
    named = (item.get("name") if isinstance(item, dict) else item for item in items)
    return [text for item in named if (text := _scalar(item)) is not None]


def _scalar(value: Any) -> str | None:
    match value:
        case bool():
            return None
        case str() | int() | float():
            return str(value)
        case date() | datetime():
            return value.isoformat()
        case _:
            return None


def _is_address(text: str) -> bool:
    return bool(re.match(r"https?:|www\.|[/@]|[\w-]+(?:\.[\w-]+)+/", text))


CHECKS: dict[str, Callable[[str], str | None]] = {
    "title": clean,
    "published_at": read_published,
    "byline": read_byline,
    "language": read_language,
    "url": read_address,
}
