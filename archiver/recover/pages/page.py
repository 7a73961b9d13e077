"""Page: what a saved page of a platform holds besides its looks: its tags for others, and the data in its scripts."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

from archiver.records import Observation, Post, Precision
from archiver.times import iso, read_datetime
from archiver.urls import resolve

MOST_VALUES = 500_000
"""Values of a page's data that are looked at: the largest pages, YouTube's, have a tenth of that."""

_DATA = re.compile(
    r"(?:window\._sharedData|window\['SIGI_STATE'\]|ytInitialPlayerResponse(?:\"\])?)\s{0,9}=\s{0,9}(?=\{)"
    r"|window\.__additionalDataLoaded\([^,{]{1,300},\s{0,9}(?=\{)"
)
"""What stands before the data of a post in scripts: Instagram's of 2014 to 2022, TikTok's of 2021, YouTube's."""


@dataclass(frozen=True)
class Page:
    """A page that is, or should be, of `post`."""

    content: bytes = field(repr=False)
    charset: str | None
    post: Post

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The parsed page."""
        return BeautifulSoup(self.content, "html.parser", from_encoding=self.charset)

    @cached_property
    def title(self) -> str:
        """The page's title, on one line."""
        return words_of(self.soup.title) or ""

    def meta(self, name: str) -> str | None:
        """The content of the first `<meta>` of that property, name or itemprop."""
        for attribute in ("property", "name", "itemprop"):
            for tag in self.soup.find_all("meta", attrs={attribute: name}):
                if isinstance(tag, Tag) and (value := str(tag.get("content") or "").strip()):
                    return value
        return None

    @property
    def names_post(self) -> bool:
        """Whether the page says of itself that it is of the post: its canonical address or `og:url` is the post's."""
        links = [str(tag.get("href") or "") for tag in self.soup.find_all("link", rel="canonical")]
        return any(is_of(url, self.post) for url in (self.meta("og:url"), *links) if url)

    @cached_property
    def linked(self) -> tuple[Any, ...]:
        """The values of its JSON-LD scripts."""
        found = (_parsed(script.get_text()) for script in self.soup.find_all("script", type="application/ld+json"))
        return tuple(value for value in found if value is not None)

    @cached_property
    def data(self) -> tuple[Any, ...]:
        """The values of its other scripts that hold data."""
        return tuple(self._data())

    def _data(self) -> Iterator[Any]:
        for script in self.soup.find_all("script"):
            text, kind = script.get_text(), str(script.get("type") or "")
            if kind.startswith("application/json"):
                yield _parsed(text)
            elif kind != "application/ld+json":
                for match in _DATA.finditer(text):
                    yield _parsed(text, match.end())

    def find(self, test: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        """The first object of the data, however deep, that passes the test."""
        return next((one for one in objects(self.data) if test(one)), None)


def is_of(url: str, post: Post) -> bool:
    """Whether an address, or the one that an archive keeps, names the post: its id, letter case included."""
    found = resolve(url)
    if found is None or found.platform != post.platform:
        return False
    if post.platform == "telegram":  # whose channels have any case
        return found.native_id.lower() == (post.native_id or "").lower()
    return found.native_id == post.native_id


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in a value of JSON, those that come first first."""
    stack, left = [value], MOST_VALUES
    while stack and left:
        left -= 1
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(reversed(item.values()))
        elif isinstance(item, list | tuple):
            stack.extend(reversed(item))


def _parsed(text: str, start: int = 0) -> Any:
    """The JSON that begins there; None where there is none."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text[start:].lstrip())[0]
    except (ValueError, RecursionError):
        return None


# Values: of the type that they should have, or not known.


def at(told: Any, *path: str | int) -> Any:
    """What is there under these names and numbers; None where there is nothing."""
    for step in path:
        if isinstance(step, int):
            told = told[step] if isinstance(told, list) and step < len(told) else None
        else:
            told = told.get(step) if isinstance(told, dict) else None
    return told


def text_at(told: Any, *path: str | int) -> str | None:
    """The text that is there, without space around it; None where there is none."""
    value = at(told, *path)
    return (value.strip() or None) if isinstance(value, str) else None


def words_of(tag: Tag | None) -> str | None:
    """The words of an element on one line; None where it has none or is not there."""
    return " ".join(tag.get_text().split()) or None if tag else None


def lines_of(tag: Tag | None) -> str | None:
    """The words of an element with its own line breaks: those of the source, `<br>`, and pictures by their `alt`."""
    if tag is None:
        return None
    parts: list[str] = []
    for node in tag.descendants:
        if type(node) is NavigableString:  # what derives from it is a comment, or script
            parts.append(str(node))
        elif isinstance(node, Tag) and node.name == "br":
            parts.append("\n")
        elif isinstance(node, Tag) and node.name == "img":
            parts.append(str(node.get("alt") or ""))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(lines).strip() or None


def whole(text: str | None) -> str | None:
    """A text that is not cut; None for one that ends in an ellipsis, its author's or not: that cannot be told."""
    return None if text is None or text.rstrip().endswith(("…", "...")) else text


def unix_moment(value: Any, per_second: int = 1) -> tuple[str | None, Precision | None]:
    """A number of seconds since 1970 (or of parts of one), also as text, as a time to the second."""
    try:
        moment = datetime.fromtimestamp(int(value) / per_second, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None, None
    return (iso(moment, "second"), "second") if 1990 < moment.year < 2100 else (None, None)


def iso_moment(value: Any) -> tuple[str | None, Precision | None]:
    """A time in ISO 8601, as precise as it is."""
    moment = read_datetime(value) if isinstance(value, str) else None
    return (moment.at, moment.precision) if moment else (None, None)


def combined(found: Iterator[Observation | None]) -> Observation:
    """What all say together: each value of the first that has it, a time with its precision."""
    told = [one for one in found if one]
    dated = next((one for one in told if one.posted_at), None)
    names = ("permalink", "handle", "author_name", "text", "language")
    values: dict[str, Any] = {
        name: next((one_ for one in told if (one_ := getattr(one, name))), None) for name in names
    }
    return Observation(
        posted_at=dated.posted_at if dated else None, precision=dated.precision if dated else None, **values
    )
