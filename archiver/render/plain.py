"""The body of a plain-text article: its source, character for character, in paragraphs."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from archiver.readers.text import SCRAPED
from archiver.records import Embed
from archiver.render.slots import cut, slot
from archiver.sanitize import showable

_GAP = re.compile(r"(\n(?:[^\S\n]*\n)+)")
"""Blank lines between paragraphs, `\\r\\n` included."""


def render_text(content: str, embeds: Sequence[Embed]) -> str:
    """The text as paragraphs with a slot per embed; white space between them is kept as text.

    The text content of the result, markers put in the slots, is `content` itself, but for controls and lone surrogates,
    which no HTML document may hold: each is U+FFFD.
    """
    pieces = list(cut(content, embeds))
    scraped = SCRAPED.match(content) is not None
    return "".join(_piece(piece, scraped and position == 0) for position, piece in enumerate(pieces))


def _piece(piece: str | Embed, has_header: bool) -> str:
    if isinstance(piece, Embed):
        return slot(piece.ordinal)
    return "".join(_paragraphs(_GAP.split(piece), has_header))


def _paragraphs(parts: list[str], has_header: bool) -> Iterator[str]:
    """Text and gaps alternate; the first text that says anything may be a scraper's header."""
    for part in parts:
        text = part.strip()
        if not text:
            yield show(part)
            continue
        start = part.index(text)
        opening = '<p class="header" dir="auto">' if has_header else '<p dir="auto">'
        yield f"{show(part[:start])}{opening}{show(text)}</p>{show(part[start + len(text) :])}"
        has_header = False


def show(text: str) -> str:
    """The text as HTML that reads back as the same text: an HTML parser would turn a bare `\\r` into `\\n`."""
    return showable(escape(text, quote=False)).replace("\r", "&#13;")
