"""Cards that stand in other people's documents: HTML beside foreign styles, a quote in Markdown, lines of text."""

import re
import textwrap
from collections.abc import Iterator
from functools import cache

from archiver.find.patched import FRAME_END, FRAME_WIDTH, PASTED_END, PASTED_START
from archiver.render.card import Card, render_card
from archiver.render.templates import templates_folder
from archiver.render.words import when_words
from archiver.sanitize import showable

_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MARKED_UP = re.compile(r"[\\`*_\[\]<>#&~|!$^{}]|(?<=w)\.|:(?=//)")
_MEANING = re.compile(r"[\\`*_\[\]|~!@:.^$]")
_LINE_START = re.compile(r"^(?:[-+=](?=[-+=\s]|$)|\d+[.)])")


def html_card(card: Card) -> str:
    """The card as one line of HTML that is well-formed XML too; its styles are `card_styles`."""
    html = _BETWEEN_TAGS.sub("><", render_card(card)).replace("<br>", "<br/>")
    # Not the class of our own pages, which other pages have for things of theirs.
    return re.sub(r"\r\n|\r|\n", "&#10;", html.replace('class="card archiver-card"', 'class="archiver-card"', 1))


def inline_card(card: Card) -> str:
    """The same, in the middle of a line of Markdown: no character of its words means anything there."""
    pieces = re.split(r"(<[^>]*>)", html_card(card))
    return "".join(
        piece if piece.startswith("<") else _MEANING.sub(lambda found: f"&#{ord(found[0])};", piece) for piece in pieces
    )


@cache
def card_styles() -> str:
    """A `<style>` with the rules of cards, none of which reaches anything else of a page."""
    css = _COMMENT.sub("", (templates_folder() / "card.css").read_text("utf-8"))
    return f"<style>{' '.join(css.split())}</style>"


def markdown_card(card: Card) -> str:
    """The card as a quote in Markdown that reads the same in every renderer: no HTML, no image."""
    head = " · ".join(part for part in (_signed(card, "**{}**"), _escaped(when_words(card.posted_at))) if part)
    blocks = [
        [head],
        *([f"*{_escaped(line)}*"] for line in (card.notice, _sentence(card.disagreement)) if line),
        _marked_up_lines(card.text) if card.text else [],
        *([f"*{_escaped(line)}*"] for line in _described(card)),
        [f"*{_escaped(card.missing)}*"] if card.missing else [],
        [f"<{card.permalink}>"] if card.permalink else [],
        [_escaped(card.provenance)] if card.facts else [],
    ]
    lines = [line for block in blocks if block for line in ("", *block)][1:]
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def text_card(card: Card, *, width: int = FRAME_WIDTH) -> str:
    """The card as lines of plain text in a frame of hyphens, `width` characters wide; addresses are never broken."""
    blocks = [
        list(_wrapped(", ".join(part for part in (_signed(card, "{}"), when_words(card.posted_at)) if part), width)),
        *(list(_wrapped(_plain(line), width)) for line in (card.notice, _sentence(card.disagreement)) if line),
        [f"    {line}".rstrip() for line in _wrapped(card.text or "", width - 4)],
        *(list(_wrapped(line, width)) for line in _described(card)),
        list(_wrapped(_plain(card.missing), width)),
        [
            *_wrapped(_plain(card.provenance) if card.facts else "", width),
            *([card.permalink] if card.permalink else []),
        ],
    ]
    lines = [line for block in blocks if block for line in ("", *block)][1:]
    title = f"-- {card.label} {card.noun} "
    return "\n".join([title.ljust(width, "-"), *lines, FRAME_END.rjust(width, "-")])


def pasted_card(card: Card, form: str) -> str:
    """The card to paste into a document, as `html`, `markdown` or `text`; a later scan takes it for no embed."""
    if form == "text":
        return showable(text_card(card))
    if form == "markdown":
        return showable(f"{PASTED_START}\n{markdown_card(card)}\n{PASTED_END}")
    return f"{PASTED_START}{card_styles()}{html_card(card)}{PASTED_END}"


def _signed(card: Card, name_form: str) -> str:
    """Who posted it, and where; `name_form` is how the name is set."""
    escape = _escaped if "*" in name_form else str
    place = f"on {card.label}"
    if card.name and card.handle:
        return f"{name_form.format(escape(card.name))} {escape(f'(@{card.handle})')} {escape(place)}"
    who = card.name or (f"@{card.handle}" if card.handle else f"A {card.noun}")
    return f"{name_form.format(escape(who))} {escape(place)}"


def _described(card: Card) -> list[str]:
    """A line for each picture or video of the post that somebody described: what is told where none can be shown."""
    told = (("Video" if one.kind == "video" else "Picture", (one.alt or "").split()) for one in card.media)
    return [f"{what}: {' '.join(words)}" for what, words in told if words]


def _sentence(line: str) -> str:
    return f"{line}." if line else ""


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
