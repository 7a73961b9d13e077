"""Cards that stand in other people's documents: HTML beside foreign styles, a quote in Markdown, lines of text."""

import re
import textwrap
from collections.abc import Iterator
from functools import cache

from archiver.find.patched import FRAME_END, FRAME_WIDTH, PASTED_END, PASTED_START
from archiver.render.card import Card, render_card
from archiver.render.styles import scoped_styles
from archiver.render.templates import templates_folder
from archiver.render.words import clock_words, date_words

PREFIX = "archiver-"
"""Before each class and id of a card, so that no stylesheet of a page that we do not know means one of them."""

_NAMED = re.compile(r'(?<=\s)(class|id|aria-labelledby)="([^"]*)"')
_BETWEEN_TAGS = re.compile(r">\s+<")
_MARKED_UP = re.compile(r"[\\`*_\[\]<>#&~|!$^{}]|(?<=w)\.|:(?=//)")
_MEANING = re.compile(r"[\\`*_\[\]|~!@:.^$]")
_LINE_START = re.compile(r"^(?:[-+=](?=[-+=\s]|$)|\d+[.)])")


def html_card(card: Card) -> str:
    """The card as one line of HTML that is well-formed XML too; its styles are `card_styles`."""
    html = _BETWEEN_TAGS.sub("><", render_card(card)).replace("<br>", "<br/>")
    named = _NAMED.sub(lambda found: f'{found[1]}="{" ".join(PREFIX + name for name in found[2].split())}"', html)
    return re.sub(r"\r\n|\r|\n", "&#10;", named)


def inline_card(card: Card) -> str:
    """The same, in the middle of a line of Markdown: no character of its words means anything there."""
    pieces = re.split(r"(<[^>]*>)", html_card(card))
    return "".join(
        piece if piece.startswith("<") else _MEANING.sub(lambda found: f"&#{ord(found[0])};", piece) for piece in pieces
    )


@cache
def card_styles() -> str:
    """A `<style>` with the rules of cards, none of which reaches anything else of a page."""
    css = "\n".join(file.read_text("utf-8") for file in sorted(templates_folder().glob("*.css"), reverse=True))
    return f"<style>{scoped_styles(css, card='.card', prefix=PREFIX)}</style>"


def markdown_card(card: Card) -> str:
    """The card as a quote in Markdown that reads the same in every renderer: no HTML, no image."""
    head = " · ".join(part for part in (_signed(card, "**{}**"), _escaped(_when(card))) if part)
    body = _marked_up_lines(card.text) if card.text else [f"*{_escaped(card.absent)}*"]
    address = [f"<{card.permalink}>"] if card.permalink else []
    blocks = [[head], body, address, [_escaped(f"{card.provenance}.")] if card.is_known else []]
    lines = [line for block in blocks if block for line in ("", *block)][1:]
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def text_card(card: Card, *, width: int = FRAME_WIDTH) -> str:
    """The card as lines of plain text in a frame of hyphens, `width` characters wide; addresses are never broken."""
    title = f"-- {card.label} {card.noun} "
    head = ", ".join(part for part in (_signed(card, "{}"), _when(card)) if part)
    quoted = [f"    {line}".rstrip() for line in _wrapped(card.text, width - 4)] if card.text else []
    body = quoted or list(_wrapped(_plain(card.absent), width))
    origin = list(_wrapped(_plain(f"{card.provenance}."), width)) if card.is_known else []
    tail = [*origin, *([card.permalink] if card.permalink else [])]
    top, bottom = title.ljust(width, "-"), FRAME_END.rjust(width, "-")
    return "\n".join([top, *_wrapped(head, width), "", *body, *(["", *tail] if tail else []), bottom])


def pasted_card(card: Card, form: str) -> str:
    """The card to paste into a document, as `html`, `markdown` or `text`; a later scan takes it for no embed."""
    if form == "text":
        return text_card(card)
    if form == "markdown":
        return f"{PASTED_START}\n{markdown_card(card)}\n{PASTED_END}"
    return f"{PASTED_START}{card_styles()}{html_card(card)}{PASTED_END}"


def _signed(card: Card, name_form: str) -> str:
    """Who posted it, and where; `name_form` is how the name is set."""
    escape = _escaped if "*" in name_form else str
    place = f"on {card.label}"
    if card.name and card.handle:
        return f"{name_form.format(escape(card.name))} {escape(f'(@{card.handle})')} {escape(place)}"
    who = card.name or (f"@{card.handle}" if card.handle else f"A {card.noun}")
    return f"{name_form.format(escape(who))} {escape(place)}"


def _when(card: Card) -> str:
    return ", ".join(part for part in (date_words(card.posted_at), clock_words(card.posted_at)) if part)


def _plain(words: str) -> str:
    """Our own words with the apostrophe that every encoding has."""
    return words.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]


def _marked_up_lines(text: str) -> list[str]:
    """The lines of a post as Markdown; two spaces at the end of each keep the break behind it."""
    lines = text.splitlines()
    following = [*lines[1:], ""]
    return [
        _escaped(line.rstrip()) + ("  " if line.strip() and after.strip() else "")
        for line, after in zip(lines, following, strict=True)
    ]


def _escaped(line: str) -> str:
    """The line as Markdown that is read as just these characters, and makes no link."""
    text = line.lstrip()
    escaped = _MARKED_UP.sub(lambda found: f"\\{found[0]}", text)
    escaped = _LINE_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", escaped)
    return "&#160;" * (len(line) - len(text)) + escaped
