"""Quoted text: posts that a text sets apart from its own words, by Markdown's marks or by indenting them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from archiver.find.embeds import tidy_text
from archiver.find.leads import LEAD_REACH
from archiver.find.post_length import fits, limit_on, with_attached
from archiver.find.view import view_markdown, view_text
from archiver.platforms import BY_NAME
from archiver.records import Embed, Format
from archiver.urls import resolve

_QUOTED = re.compile(r"[ \t]{0,12}(?P<item>(?:[-*+]|\d{1,3}[.)])[ \t]{1,4})?>")
"""How a quoted line begins in Markdown; in a list its first line is behind the item's mark."""
_INDENT = re.compile(r" {0,40}")
_LEAST_INDENT = "  "
_NUMBER_LINE = re.compile(r"[ ]{0,40}\d{1,3}[.)][ \t]{0,9}\n")
_LONGEST_DATE = 30
_LINE_REACH = 400
_DASHES = ("—", "–", "―", "--")


def is_indented(source: str, position: int) -> bool:
    """Whether a line of plain text is indented as those of a quote are."""
    return source.startswith(_LEAST_INDENT, source.rfind("\n", max(0, position - _LINE_REACH), position) + 1)


class Quotes:
    """The quotes of one source, whose embeds are asked about in order."""

    def __init__(self) -> None:
        # How deep the lines of an embed are indented that is quoted so, by where it ends: what follows at once and as
        # deep is the same quote, and nothing has to be looked for twice.
        self._depths: dict[int, int] = {}

    def with_text(self, source: str, embed: Embed, format: Format, signed: int | None, floor: int) -> Embed:  # noqa: A002
        """The embed with all that stands before it in the same quote behind `floor`, and nothing outside: there the
        left edge of its text is certain.

        `signed` is where its attribution stands, if its text is before that; `floor` where the embed before it ends.
        """
        ends = embed.start if signed is None else signed
        line = source.rfind("\n", max(0, floor - 1), ends) + 1
        if line < floor or (format == "text" and not is_indented(source, ends)):
            return embed
        if format == "markdown":
            start = _quote_start(source, line, floor)
        else:
            start = self._indented_start(source, line, floor, embed.end)
        if start is None:
            return embed
        view = (view_markdown if format == "markdown" else view_text)(source, start, ends)
        above = tidy_text(view.text, embed.platform)
        if above is None or (start == line and embed.text is None) or (format == "text" and not _fits(above, embed)):
            return embed
        text = tidy_text(f"{view.text}{embed.text}", embed.platform) if embed.text and signed is None else above
        reference = next((r for link in view.links if (r := resolve(link.url)) and r.platform == embed.platform), None)
        begin = start + len(source[start:ends]) - len(source[start:ends].lstrip("> \t\n"))
        found = replace(embed, start=begin, marker=source[begin : embed.end], text=text)
        if embed.native_id or reference is None or reference.platform == "twitter":
            return found
        return replace(found, native_id=reference.native_id, permalink=reference.permalink)

    def _indented_start(self, source: str, line: int, floor: int, end: int) -> int | None:
        """Where behind `floor` the lines begin that plain text shows as a quote: indented alike, behind an empty line
        more than the text before it, and with an attribution at their end. So Pandoc writes quotes; `end` is the
        embed's.
        """
        depth = _depth(source, line)
        if depth is None:
            return None
        start, is_behind_empty = line, False
        for above in _lines_above(source, line, floor):
            indent = _depth(source, above)
            if indent is None:
                is_behind_empty = True
            elif indent == depth:
                start, is_behind_empty = above, False
            elif indent < depth and is_behind_empty and _ends_signed(source, end, depth):
                break
            else:
                return None
        else:
            if self._depths.get(floor) != depth:
                return None
        self._depths[end] = depth
        return _behind_number(source, start)


def _fits(text: str, embed: Embed) -> bool:
    """Whether a text is no longer than a post could be on its day; on a platform without limits none is."""
    limits = BY_NAME[embed.platform].text_limits
    limit = limit_on(limits, embed.posted_at) if limits else None
    return limit is not None and fits(text, with_attached(limit, text, len(text)) or limit)


def _lines_above(source: str, line: int, floor: int) -> Iterator[int]:
    """Where the lines above one begin that begin behind `floor`, the nearest first, as far as a text may reach."""
    first = line
    while line > floor:
        line = source.rfind("\n", floor, line - 1) + 1
        if line < floor or first - line > LEAD_REACH or (line == floor and floor and source[floor - 1] != "\n"):
            return
        yield line


def _depth(source: str, line: int) -> int | None:
    """By how many spaces a line is indented; None for an empty one."""
    indent = _INDENT.match(source, line)
    assert indent is not None  # noqa: S101  (it may be empty; mypy must know)
    return None if source.startswith("\n", indent.end()) else len(indent[0])


def _quote_start(source: str, line: int, floor: int) -> int | None:
    """Where behind `floor` the quote in Markdown begins that a line is of; None if it is of none."""
    start = None
    for above in (line, *_lines_above(source, line, floor)):
        quoted = _QUOTED.match(source, above)
        if quoted is None:
            break
        if quoted["item"]:
            return quoted.end()
        start = above
    return start


def _behind_number(source: str, start: int) -> int:
    """Where lines begin without the number that a list has alone on the first of them."""
    number = _NUMBER_LINE.match(source, start)
    return number.end() if number else start


def _ends_signed(source: str, end: int, depth: int) -> bool:
    """Whether the lines that are indented as deep as the one in which an embed ends, or deeper, end in an attribution,
    this one or that of another post below."""
    last = [source[source.rfind("\n", 0, end) + 1 : end]]
    for line in source[end : end + LEAD_REACH].split("\n")[1:]:
        if line.strip():
            if len(line) - len(line.lstrip()) < depth:
                break
            last.append(line)
    dates = len(last[-1].strip()) <= _LONGEST_DATE  # behind an attribution that is broken before its date
    return any(line.lstrip().startswith(_DASHES) for line in (last[-2:] if dates else last[-1:]))
