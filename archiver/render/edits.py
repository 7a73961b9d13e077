"""Edits: what is written where an embed or a loader script stood, in the format of the article around it."""

import base64
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archiver.find.patched import card_end, card_start, loader_comment
from archiver.records import Article
from archiver.render.card import Card
from archiver.render.pasted import card_styles, html_card, inline_card, markdown_card, text_card

_QUOTE = re.compile(r"[ \t]*(?:>[ \t]*)*")
_LINE_END = re.compile(r"[\r\n]")
_LINE = 4_000
"""Characters in which more on a line is looked for."""

_BULLET = re.compile(r"([ \t>]*)([-*+]|\d{1,9}[.)])([ \t]+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A span of the source, in characters and in bytes, and the card that goes there; none in a loader's place."""

    start: int
    end: int
    first_byte: int
    last_byte: int
    card: Card | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an edit writes: what it replaces, packed, the `styles` that its card needs, and its `line` before it.

    `before` is what of that stands behind the card before, if there is one; `behind` is the rest of the line, further
    cards included.
    """

    edit: Edit
    payload: str
    styles: str
    line: str
    before: str
    behind: str
    newline: str

    @property
    def container(self) -> str:
        """What a further line begins with to stay in the same quote or list item of Markdown."""
        if bullet := _BULLET.match(self.line):
            return f"{bullet[1]}{' ' * (len(bullet[2]) + len(bullet[3]))}"
        quote = _QUOTE.match(self.line)
        return quote[0] if quote else ""

    @property
    def opens(self) -> bool:
        """Whether the edit begins its block."""
        return not _BULLET.sub("", self.before, count=1).strip(" \t>")

    @property
    def is_in_row(self) -> bool:
        """Whether it stands in a row of a Markdown table, which is one line whatever stands in its cells."""
        return self.line.lstrip().startswith("|")

    @property
    def following(self) -> str:
        """What parts the card from the rest of its line."""
        return self.parting if self.behind.strip() else ""

    @property
    def parting(self) -> str:
        """An empty line."""
        return f"{self.newline}{self.container.rstrip()}{self.newline}{self.container}"


def list_places(article: Article, edits: Sequence[Edit]) -> Iterator[Place]:
    content = article.content
    newline = next((mark for mark in ("\r\n", "\n", "\r") if mark in content), "\n")
    styled = article.format == "text" or card_styles() in content
    card_end = 0
    for edit in edits:
        line = max(content.rfind(mark, 0, edit.start) for mark in "\r\n") + 1
        place = Place(
            edit=edit,
            payload=_packed(article.data[edit.first_byte : edit.last_byte]),
            styles="" if styled or not edit.card else card_styles(),
            line=content[line : edit.start],
            before=content[max(line, card_end) : edit.start],
            behind=_LINE_END.split(content[edit.end : edit.end + _LINE], maxsplit=1)[0],
            newline=newline,
        )
        yield place
        if edit.card:
            styled, card_end = styled or not place.is_in_row, edit.end


def _write_html(place: Place) -> str:
    card = place.edit.card
    if card is None:
        return loader_comment(place.payload)
    return f"{card_start(card.ordinal or 0, place.payload)}{place.styles}{html_card(card)}{card_end()}"


def _write_markdown(place: Place) -> str:
    """HTML is a block of its own in Markdown: one line, which nothing else stands on."""
    card = place.edit.card
    if card is None:
        return loader_comment(place.payload)
    start = card_start(card.ordinal or 0, place.payload)
    if place.is_in_row:
        return f"{start}{inline_card(card)}{card_end()}"
    opening = "" if place.opens else place.parting
    return f"{start}{opening}{place.styles}{html_card(card)}{card_end(place.following)}"


def _write_quote(place: Place) -> str:
    card = place.edit.card
    if card is None or place.is_in_row:
        return _write_markdown(place)
    line = f"{place.newline}{place.container}"
    quote = line.join(markdown_card(card).split("\n"))
    opening = line if place.opens else place.parting
    return f"{card_start(card.ordinal or 0, place.payload)}{opening}{quote}{line}{card_end(place.following)}"


def _write_text(place: Place) -> str:
    if place.edit.card is None:
        return ""
    card = place.newline.join(text_card(place.edit.card).split("\n"))
    opening = place.newline * (2 if place.before.strip() else 1) if place.before else ""
    return f"{opening}{card}{place.newline * 2 if place.behind.strip() else ''}"


WRITERS: dict[str, Callable[[Place], str]] = {
    "html": _write_html,
    "markdown": _write_markdown,
    "quote": _write_quote,
    "text": _write_text,
}


def _packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 9)).decode()
