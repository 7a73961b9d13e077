"""Quotation marks: which close which, and the quoted passages that they make in a text's paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archiver.find.spans import Span

CLOSERS = {
    "“": "”“",  # en, zh, ko, pt-BR and 300 more; the German closer after it is a common slip
    "‘": "’",  # en
    "„": "“”\"",  # de, cs, bg, … close with “; pl, ro, hu, … with ”; a typewriter's mark is a common slip
    "‚": "‘’'",  # de, cs; pl, hu
    "‟": "”",
    "«": "»",  # fr, ru, es, it, no, uk, el, fa, …
    "»": "«»",  # de (books and many papers), da, hu close with «; sv and fi also with »
    "‹": "›",
    "›": "‹›",
    "”": "”",  # sv, fi, he
    "「": "」",  # ja, zh-Hant
    "『": "』",
    "〝": "〞〟",
    '"': '"',
    "'": "'",
    "＂": "＂",
}  # fmt: skip
"""Each opening mark with those that close it.

Pairs of CLDR 48.2 (`delimiters` of all locales), without those that begin with an apostrophe (’…’, ’…‘): and straight
marks, and the guillemets of Swedish and Finnish books. Some locales of Arabic write ”…“, which is read as “…”."""

_APOSTROPHES = "’'"
_SINGLE = frozenset("‘'‚‹›")
_REPEATED = {"«": "«»", "»": "»«"}
MOST_PARAGRAPHS = 12
"""So many paragraphs may one quotation reach over; a mark that nothing closes reaches over none."""

_MARK = re.compile("[“”„‟«»‹›「」『』〝〞〟\"＂‘’‚']")
_OPENERS_BEFORE = re.compile(r"[\s(\[{—–\-/:;,¿¡*_>|~=…（【\ufffc]")
_ENDS_BEHIND = re.compile(r"[\s)\]}.,;:!?…—–\-/*_<|~。、，．！？：；）】\ufffc]")
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
# English words that begin with an apostrophe: 'tis, 'em, '90s.
_ELIDED = re.compile(r"(?:tis|twas|em|til|cause|bout|cos|n|\d\ds?)\b", re.IGNORECASE)


class Mark(NamedTuple):
    """One mark where it may open a quotation, close one, or both."""

    at: int
    char: str
    opens: bool
    closes: bool


class Quoted(NamedTuple):
    """The words inside a pair of outermost marks: their span in the text, and that of each of their paragraphs."""

    start: int
    end: int
    paragraphs: tuple[Span, ...]
    opener: str


def find_quoted(text: str, blocks: Sequence[Span], walls: Sequence[int] = ()) -> list[Quoted]:
    """The quotations in a text's paragraphs (`blocks`), in order, those inside another left out.

    One that its paragraph does not close goes on where the next begins with the same mark, or holds only the closing
    one; never over a wall (an offset between two blocks). Takes linear time.
    """
    marks = [list(_read_marks(text, *block)) for block in blocks]
    found: list[Quoted] = []
    skip_to = 0
    for number, block in enumerate(blocks):
        quoted, left_open = _within(text, [mark for mark in marks[number] if mark.at >= skip_to])
        found += quoted
        if left_open is None:
            continue
        index = bisect_left(walls, block[1])
        wall = walls[index] if index < len(walls) else len(text) + 1
        if over := _onward(text, blocks, marks, number, left_open, wall):
            while found and found[-1].start > left_open.at:
                found.pop()
            found.append(over)
            skip_to = over.end + 1
    return found


def _read_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    for match in _MARK.finditer(text, start, end):
        at, char = match.start(), match[0]
        before = text[at - 1] if at > start else " "
        behind = text[at + 1] if at + 1 < end else " "
        opens, closes = _sides(char, before, behind)
        if opens and char in "'‘" and _ELIDED.match(text, at + 1):
            opens = False
        if opens or closes:
            yield Mark(at, char, opens, closes)


def _sides(char: str, before: str, behind: str) -> tuple[bool, bool]:
    """Whether a mark may open and may close, by what stands before and behind it."""
    free_before = bool(_OPENERS_BEFORE.match(before) or _MARK.match(before) or _WITHOUT_SPACES.match(before))
    free_behind = bool(_ENDS_BEHIND.match(behind) or _MARK.match(behind) or _WITHOUT_SPACES.match(behind))
    tight_before, tight_behind = not before.isspace(), not behind.isspace()
    if char in "「『〝„‚‟":
        return True, False
    if char in "」』〞〟":
        return False, True
    if char in "«‹":
        return free_before, tight_before and free_behind
    if char in "»›":
        return free_before and tight_behind, free_behind
    if char in "’”":
        return char == "”" and free_before and tight_behind, free_behind and tight_before
    if char in "“‘":
        return tight_behind and (free_before or char == "“"), tight_before and free_behind
    return free_before and tight_behind, free_behind and tight_before


def _within(text: str, marks: Sequence[Mark]) -> tuple[list[Quoted], Mark | None]:
    """The quotations closed in one paragraph, and the mark that opens one which is not."""
    found: list[Quoted] = []
    searched: dict[str, int] = {}  # up to which mark no closer was found for an opening one: each is looked at once
    left_open: Mark | None = None
    at = 0
    while at < len(marks):
        mark = marks[at]
        closing = _closing(text, marks, mark, max(at + 1, searched.get(mark.char, 0))) if mark.opens else None
        if closing is None:
            if mark.opens:
                searched[mark.char] = len(marks)
                if mark.char not in _SINGLE and left_open is None:
                    left_open = mark
            at += 1
            continue
        start, end = _trimmed(text, mark.at + 1, marks[closing].at)
        if start < end:
            found.append(Quoted(start, end, ((start, end),), mark.char))
        if left_open is not None and mark.char == left_open.char:
            left_open = None
        at = closing + 1
    return found, left_open


def _closing(text: str, marks: Sequence[Mark], opener: Mark, at: int) -> int | None:
    """The first mark from `at` on that closes what the opener began."""
    closers = CLOSERS.get(opener.char, "")
    maybe = None
    for number in range(at, len(marks)):
        mark = marks[number]
        if maybe is not None and (number - at > _APOSTROPHES_ON or (mark.opens and mark.char == opener.char)):
            return maybe
        if not mark.closes or mark.char not in closers or mark.at == opener.at + 1:
            continue
        if mark.char in _APOSTROPHES and _is_plural_possessive(text, mark.at):
            maybe = number
            continue
        return number
    return maybe


_APOSTROPHES_ON = 8
"""After so many more marks a possessive is taken for the end after all; without a bound, time would be squared."""


def _is_plural_possessive(text: str, at: int) -> bool:
    """Whether the apostrophe stands as in `the players' tunnel`: behind an s, with a small letter to come."""
    return text[at - 1 : at] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()


def _onward(
    text: str, blocks: Sequence[Span], marks: Sequence[Sequence[Mark]], number: int, opener: Mark, wall: int
) -> Quoted | None:
    """The quotation that begins in paragraph `number` and is closed in a later one."""
    paragraphs = [_trimmed(text, opener.at + 1, blocks[number][1])]
    repeats = _REPEATED.get(opener.char, opener.char)
    for following in range(number + 1, min(number + 1 + MOST_PARAGRAPHS, len(blocks))):
        start, end = blocks[following]
        if start >= wall:
            return None
        own = marks[following]
        first = own[0] if own else None
        repeated = first is not None and first.char in repeats and not text[start : first.at].strip("*_ ")
        if not repeated and opener.char in '"＂':
            return None
        closing = next((m for m in own[repeated:] if m.char in CLOSERS[opener.char] or m.char == opener.char), None)
        if closing is not None and not closing.closes:
            return None
        inner = first.at + 1 if repeated and first is not None else start
        paragraphs.append(_trimmed(text, inner, closing.at if closing else end))
        if closing is not None:
            return Quoted(paragraphs[0][0], paragraphs[-1][1], tuple(paragraphs), opener.char)
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, end - (len(piece) - len(piece.rstrip())))
