"""Inline code in text and Markdown: a post's words may hold some, but nothing is to be found in it."""

from collections.abc import Sequence
from dataclasses import replace

from archiver.find.spans import Span, Spans
from archiver.records import Embed

# Controls that say nothing: no letters, no spaces, and in hardly any text.
_MASKS = "\x1a\x10\x11\x12\x13\x14\x15\x16\x17\x18"


class InlineCode:
    """The inline code of a source. `source` is the same with each of its characters masked, so that all else stands
    where it stood; `blocks` is the code that is none."""

    def __init__(self, source: str, code: Sequence[Span]) -> None:
        self._source = source
        inline = [span for span in code if _is_inline(source, *span)]
        self._mask = next((mask for mask in _MASKS if mask not in source), "") if inline else ""
        self.spans = Spans(inline if self._mask else ())
        hidden = frozenset(self.spans)
        self.blocks = [span for span in code if span not in hidden]
        pieces, position = list[str](), 0
        for start, end in self.spans:
            pieces += [source[position:start], self._mask * (end - start)]
            position = end
        self.source = "".join([*pieces, source[position:]]) if pieces else source

    def is_text_of(self, embed: Embed) -> bool:
        """Whether all code in an embed of the masked source stands in its text, and says nothing of who posted."""
        return self.source.count(self._mask, embed.start, embed.end) == (embed.text or "").count(self._mask)

    def shown_in(self, embed: Embed) -> Embed:
        """An embed of the masked source as it stands there, with its code."""
        marker = self._source[embed.start : embed.end]
        if not embed.text or self._mask not in embed.text:
            return replace(embed, marker=marker)
        code = iter("".join(self._source[start:end] for start, end in self.spans.overlapping(embed.start, embed.end)))
        shown = (next(code, character) if character == self._mask else character for character in embed.text)
        return replace(embed, marker=marker, text="".join(shown))


def _is_inline(source: str, start: int, end: int) -> bool:
    return source.startswith("`", start) and source.find("\n", start, end) < 0
