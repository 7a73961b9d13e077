"""Standalone forms: a post's address alone in its block, and the shortcodes of publishing systems."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from archiver.find.needles import utf8, which_of
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Reference, Shortcode
from archiver.records import Form, Format
from archiver.urls import resolve

# A block that is an address and nothing else; an address in a sentence is a link, not an embed (oEmbed consumers draw
# the same line, e.g. WordPress's WP_Embed::autoembed).
_LINE = re.compile(r"[ \t>]*+(?P<whole><?(?P<url>https?://[^\s<>\"]{8,500})>?)[ \t]*\r?$", re.MULTILINE)
_INDENT = 48
_FEW = 64
_EMBED = Shortcode(
    opening="[embed",
    pattern=re.compile(r"\[embed[^\]\n]{0,200}\]\s*(?P<url>https?://[^\s\[\]\"<>]{8,500})\s*\[/embed\]"),
)


class Standalone(NamedTuple):
    """One address or shortcode: its span, and the post it names."""

    form: Form
    start: int
    end: int
    reference: Reference
    rule: str


def find_addresses(text: str) -> list[Standalone]:
    """The lines of a text that are a post's address and nothing else."""
    found = []
    for position in _find_schemes(text):
        line = _line_of(text, position)
        if line is not None and (match := _LINE.match(text, line)) and (reference := resolve(match["url"])):
            start, end = match.span("whole")
            found.append(Standalone(form="url", start=start, end=end, reference=reference, rule="address alone"))
    return found


def _line_of(text: str, position: int) -> int | None:
    """Where the line of an address begins, None where that is far before it."""
    reach = max(0, position - _INDENT)
    line = text.rfind("\n", reach, position) + 1
    return line if line or reach == 0 else None


# One that may be the first of its line.
_SCHEME = re.compile(r"://(?:(?<=[\s><]http://)|(?<=[\s><]https://))")


def _find_schemes(text: str) -> Iterator[int]:
    """Where addresses have their `://`, at least those that a line begins with.

    Where there are few slashes they are found first: one character is found faster than three, some twenty times.
    """
    position = text.find("/")
    for _ in range(_FEW):
        if position < 0:
            return
        if text.startswith("://", position - 1):
            yield position - 1
            position += 1
        position = text.find("/", position + 1)
    if position >= 0:
        yield from (match.start() for match in _SCHEME.finditer(text, max(0, position - 1)))


def find_shortcodes(source: str, format: Format, data: bytes | None = None) -> list[Standalone]:  # noqa: A002
    """The shortcodes in a source, which may be given as its UTF-8 too, that name a post."""
    if "[" not in source and "{" not in source:
        return []
    data = utf8(source) if data is None else data
    held = _openings(format)(data)
    shortcodes = [shortcode for shortcode in _shortcodes(format) if shortcode.opening in held]
    # Literals are found fastest in bytes, whatever the characters of a text.
    words = {word for word in {shortcode.word for shortcode in shortcodes} if word.encode() in data}
    return [
        Standalone(form="shortcode", start=match.start(), end=match.end(), reference=reference, rule="shortcode")
        for shortcode in shortcodes
        if shortcode.word in words
        for match in shortcode.pattern.finditer(source)
        if not _is_escaped(source, *match.span())
        if (reference := resolve(_address(shortcode, match)))
    ]


def _address(shortcode: Shortcode, match: re.Match[str]) -> str:
    return shortcode.template.format_map({**match.groupdict(), "id": match[1]})


def _is_escaped(source: str, start: int, end: int) -> bool:
    """Whether a shortcode is in brackets once more: WordPress shows it as it is (Shortcode API, "Escaping")."""
    return source.startswith("[[", start - 1) and source.startswith("]]", end - 1)


@cache
def _openings(format: Format) -> Callable[[bytes], set[str]]:  # noqa: A002
    return which_of(shortcode.opening for shortcode in _shortcodes(format))


@cache
def _shortcodes(format: Format) -> tuple[Shortcode, ...]:  # noqa: A002
    declared = (shortcode for platform in PLATFORMS for shortcode in platform.shortcodes)
    return (_EMBED, *(shortcode for shortcode in declared if format in shortcode.formats))
