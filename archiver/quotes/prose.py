"""The prose around an article's embeds, as it is read: its paragraphs, and where the embeds stand between them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from archiver.find.frontmatter import front_matter_end
from archiver.find.lexer import Opaque, Tag, lex
from archiver.find.spans import Span
from archiver.find.view import BARRIER, View, view_markdown, view_page, view_text
from archiver.records import Embed, Format

REACH = 6_000
"""How far from an embed a passage of its post may stand, in characters as read: about twenty paragraphs."""

_SOURCE_REACH: dict[Format, int] = {"text": REACH, "markdown": 2 * REACH, "html": 6 * REACH}
# A typographic mark, one written as an entity, or a straight one where text and not an attribute begins.
_QUOTATION = re.compile(
    "[“”„‟«»‹›「」『』〝＂‘‚]|&(?:[lr][ads]?quo|[bs]bquo|quot|apos|#(?:34|39|171|187|8[2][12][0-9]|x(?:22|27|ab|bb|201[89a-f]|203[9a]|300[c-f])));"
    "|(?:^|(?<=[\\s>(\\[—–*_-]))[\"'](?=[^\\W_]|[¿¡…*_<@#])",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\n[ \t]*(?:\n\s*)+")
_LONG_LINE = 160
"""No line that somebody wrapped by hand is this long: where one is, a line break ends a paragraph."""


@dataclass(kw_only=True)
class Prose:
    """What is read of an article: `text`, its paragraphs `blocks`, and `walls`, `(offset, embed)`, between them."""

    text: str
    blocks: list[Span] = field(default_factory=list)
    walls: list[tuple[int, Embed | None]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _views: list[View] = field(default_factory=list)

    def source_span(self, start: int, end: int) -> Span:
        """Where a stretch of the text, which crosses no wall, stands in the source."""
        index = bisect_right(self._starts, start) - 1
        view, base = self._views[index], self._starts[index]
        return view.source_start(start - base), view.source_end(end - base)


def read_prose(source: str, form: Format, embeds: Sequence[Embed]) -> Prose | None:
    """The prose within reach of the embeds (in order, none overlapping); None where it holds no quotation mark."""
    stretches = list(_stretches(source, form, embeds))
    if not any(_QUOTATION.search(source, start, end) for start, end, _ in stretches):
        return None
    tokens: list[Tag | Opaque] = []
    if form == "html":
        last = stretches[-1][1]
        tokens = list(takewhile(lambda token: token.start < last, lex(source)))
    prose, pieces, length = Prose(text=""), list[str](), 0
    for start, end, embed in stretches:
        view = _view(source, form, tokens, start, end)
        if view.text:
            prose._starts.append(length)
            prose._views.append(view)
            prose.blocks += _blocks(view.text, form, length)
            pieces.append(view.text)
            length += len(view.text)
        prose.walls.append((length, embed))
        pieces.append("\n")
        length += 1
    prose.text = "".join(pieces)
    return prose


def _stretches(source: str, form: Format, embeds: Sequence[Embed]) -> Iterator[tuple[int, int, Embed | None]]:
    """The stretches of the source that are read, each with the embed that ends it; None where it only breaks off."""
    reach = _SOURCE_REACH[form]
    position = front_matter_end(source) if form == "markdown" else 0
    for number, embed in enumerate(embeds):
        if embed.start - position > (2 * reach if number else reach):
            if number:
                yield position, position + reach, None
            position = embed.start - reach
        yield position, max(position, embed.start), embed
        position = max(position, embed.end)
    yield position, min(len(source), position + reach), None


def _view(source: str, form: Format, tokens: Sequence[Tag | Opaque], start: int, end: int) -> View:
    if form == "text":
        return view_text(source, start, end)
    if form == "markdown":
        return view_markdown(source, start, end)
    first, behind = bisect_left(tokens, start, key=_start), bisect_left(tokens, end, key=_start)
    return view_page(source, tokens[first:behind], (), start, end)


def _start(token: Tag | Opaque) -> int:
    return token.start


def _blocks(text: str, form: Format, base: int) -> Iterator[Span]:
    """The paragraphs of a view, without the white space around them."""
    if form == "html":
        breaks = re.compile(rf"[\n{BARRIER}]+")
    elif form == "text" and (not _BREAK.search(text.strip()) or any(len(x) >= _LONG_LINE for x in text.split("\n"))):
        breaks = re.compile(r"\n+")
    else:
        breaks = _BREAK
    position = 0
    for start, end in [*(match.span() for match in breaks.finditer(text)), (len(text), len(text))]:
        piece = text[position:start]
        if stripped := piece.strip():
            begin = position + piece.index(stripped[0])
            yield base + begin, base + begin + len(stripped)
        position = end
