"""What a source is made of: a declaration, what answers without the post say, and values of the documented types."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from archiver.records import Observation, Outcome, Post
from archiver.times import iso

Told = Mapping[str, Any]
"""The JSON object of an answer."""


class SourceError(ValueError):
    """An answer that says nothing about the post; `outcome` is why."""

    def __init__(self, message: str, outcome: Outcome = "unreadable") -> None:
        super().__init__(message)
        self.outcome = outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """An answer without the post that says what became of it: its HTTP status and, where that is not enough, `says`:
    the field `error` of its JSON, or all of its body. `told_in` is where that is documented."""

    status: int
    outcome: Outcome
    told_in: str
    says: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One way to ask about a post.

    `url` makes the address to ask, None where the post's own does not say enough. `read` is given the answer and the
    post; what it raises of SourceError says why the answer cannot be used. `signs` are the answers that say what became
    of the post; all others count as what their status says by itself. `hosts` are those that a redirect may lead to,
    besides the one that is asked; `limit` names its pace in `fetch.pace.LIMITS`. `types` are the media types that the
    answer may have; `is_page` says that it is for people, so that robots.txt may forbid to ask for it.
    """

    name: str
    url: Callable[[Post], str | None]
    read: Callable[[bytes, Post], Observation]
    signs: tuple[Sign, ...] = ()
    types: tuple[str, ...] = ("application/json",)
    is_page: bool = False
    hosts: tuple[str, ...] = ()
    limit: str = ""


def read_answer(source: Source, content: bytes, post: Post) -> Observation:
    """What an answer says of the post. Raises SourceError where it says nothing, or is about another one."""
    found = source.read(content, post)
    if not (found.text or found.handle or found.author_name):
        raise SourceError("it says nothing about the post")
    return found


def read_signs(source: Source, status: int | None, body: bytes) -> Sign | None:
    """The first of a source's signs that an answer without the post has; `body` is unpacked."""
    said = _said(body)
    return next((sign for sign in source.signs if sign.status == status and sign.says in {None, said}), None)


def _said(body: bytes) -> str | None:
    """The error that a body names, or all that it says if that is a few words."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace").strip() if len(body) < 100 else None
    return text_at(told, "error") if isinstance(told, dict) else None


def json_reader(read: Callable[[Told, Post], Observation]) -> Callable[[bytes, Post], Observation]:
    """A reader of bytes that hold a JSON object, from one of that object."""

    def parse(content: bytes, post: Post) -> Observation:
        try:
            told = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise SourceError("it is no JSON") from error
        if not isinstance(told, dict):
            raise SourceError("it is no JSON object")
        return read(told, post)

    return parse


def check_same(native_id: str | None, post: Post) -> None:
    """Raise SourceError where what an answer has is not the post that was asked about."""
    if native_id != post.native_id:
        raise SourceError("it is about another post", "another-post")


# Values of an answer: of the type that is documented, or not known.


def text_at(told: Told, *path: str) -> str | None:
    """The text that is there under these names, without space around it; None where there is none."""
    value = value_at(told, *path)
    return (value.strip() or None) if isinstance(value, str) else None


def value_at(told: Any, *path: str) -> Any:
    """What is there under these names, of whatever type; None where there is nothing."""
    for name in path:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def objects_at(told: Told, *path: str) -> list[Told]:
    """The objects of the list that is there under these names."""
    value = value_at(told, *path)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def moment_of(text: str | None) -> datetime | None:
    """A time with an offset, in UTC; None where it is none.

    >>> moment_of("2024-10-02T18:10:12+02:00"), moment_of("2024-10-02 16:10:12")
    (datetime.datetime(2024, 10, 2, 16, 10, 12, tzinfo=datetime.timezone.utc), None)
    """
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo and 1970 < moment.year < 2100 else None


def milliseconds_of(text: str | None) -> str | None:
    """A time with an offset, in UTC to the millisecond; None where it is none.

    >>> milliseconds_of("2024-10-02T16:10:12.345678Z")
    '2024-10-02T16:10:12.345Z'
    """
    moment = moment_of(text)
    return iso(moment, "millisecond") if moment else None


def utc_day_of(text: str | None) -> str | None:
    """The day of a time with an offset, in UTC; None where it is none.

    >>> utc_day_of("2016-11-24T23:30:00-05:00"), utc_day_of("2016-11-24")
    ('2016-11-25', None)
    """
    moment = moment_of(text)
    return moment.astimezone(UTC).date().isoformat() if moment else None


def day_of(text: str | None) -> str | None:
    """The day of a time without a zone (`2013-08-02 10:13:34`); None where it is none."""
    try:
        return datetime.fromisoformat(text or "").date().isoformat()
    except ValueError:
        return None


def handle_in(url: str | None, *hosts: str, below: str = "") -> str | None:
    """The handle in the address of a profile: the one part of its path below `below`; None where it is another kind of
    address.

    >>> handle_in("https://vimeo.com/lakeside", "vimeo.com"), handle_in("https://vimeo.com/", "vimeo.com")
    ('lakeside', None)
    >>> handle_in("https://www.flickr.com/photos/lakeside/", "www.flickr.com", below="photos/")
    'lakeside'
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    path = parts.path.strip("/")
    if parts.hostname not in hosts or not path.startswith(below):
        return None
    handle, _, more = path.removeprefix(below).partition("/")
    return handle.removeprefix("@") or None if not more else None
