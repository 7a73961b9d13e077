"""Parts of attributions that all kinds share: the name, the date, and the white space and line ends beside them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from archiver.find.view import Link, overlapping
from archiver.platforms.base import Platform
from archiver.times import Moment, read_printed, unclear_end
from archiver.urls import split_address

PARAGRAPH = re.compile(r"\n\s*\n")
"""What no attribution reaches over: the end of a paragraph."""

LINE_ENDS = re.compile(r"[ \t]*(?:\.[ \t]*)?(?:\n|$)")
"""The end of a line, and the period that some flatteners put there."""

LINE_REACH = 100
"""How far from its handle the line of an attribution may reach where no known words say it, in characters."""

_GAP = re.compile(r"[ \t]{0,80}(?:\r?\n[ \t]{0,80})?")


class Dated(NamedTuple):
    """A date as printed: its moment, None where its month may be another one, and its stretch."""

    moment: Moment | None
    start: int
    end: int


def read_date(text: str, start: int, platform: Platform, language: str | None) -> Dated | None:
    """The date that is printed exactly at `start`, by the platform's clock."""
    printed = read_printed(text, start, language=language, zone=platform.zone)
    if printed:
        return Dated(printed.moment, start, printed.end)
    end = unclear_end(text, start)
    return Dated(None, start, end) if end else None


_ORDINAL = re.compile(r"\d(?:st|nd|rd|th|er)(?!\w)")


def has_ordinal(text: str, start: int, end: int) -> bool:
    """Whether a printed date has its day as people write it (`9th November 2017`), and no platform prints it."""
    return _ORDINAL.search(text, start, end) is not None


def skip_gap(text: str, start: int) -> int:
    """Where the white space that begins at `start` ends: within a line, or with one line break."""
    match = _GAP.match(text, start)
    return match.end() if match else start


def leads_elsewhere(platform: Platform, links: Sequence[Link], start: int, end: int) -> bool:
    """Whether there are links on a stretch of text and none of them leads to the platform."""
    urls = [link.url for link in overlapping(links, start, end)] if links else []
    hosts = [parts[0] for url in urls if (parts := split_address(url))]
    own = {host for form in platform.urls for host in form.hosts}
    return bool(urls) and not any(host == each or host.endswith(f".{each}") for host in hosts for each in own)


def tidy_name(between: str) -> str | None:
    """The name that stands between two places, its white space made single spaces; None if there is none."""
    return " ".join(between.split()) or None
