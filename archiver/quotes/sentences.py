"""The sentences around quotations, and their words, with what each tells of posting or saying."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from archiver.find.spans import Span
from archiver.languages import TITLES
from archiver.quotes.lexicon import UNSPACED_CUES, UNSPACED_PATTERN, Lexicon
from archiver.quotes.marks import Quoted
from archiver.quotes.speech import Cue

MASK = "\ue000"
_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(r"[,;:–—()|“”„«»\"]| -")
_SENTENCE_END = re.compile(r"(?P<end>[.!?…]+|[。！？])[”“\"'’»«」』)\]]*(?P<gap>\s*)")
_LAST_WORD = re.compile(r"[^\W_]+$")
_STOP = re.compile(r"[.,:;“„«\"]")
_LONGEST_TITLE, _LONGEST_SPEAKER, _MOST_WORDS = 7, 60, 4
_LONGEST_SENTENCE, _MOST_QUOTED = 1_500, 12
_OPENS = "“„«»‘‚‹›\"'「『¿¡(—–-…"
_TERMINAL = ".!?…。！？"
ACTS: tuple[Cue, ...] = ("post", "told", "comment", "say")
"""Verbs of saying, the strongest first."""


class Word(NamedTuple):
    """A word of the prose: as written, where, what it tells, and whether punctuation stands before it."""

    text: str
    start: int
    cues: frozenset[Cue]
    cut: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span, its paragraph's number, its words outside quotations, and its quotations' indexes."""

    start: int
    end: int
    block: int
    words: tuple[Word, ...]
    quoted: tuple[int, ...]

    def tells(self, cue: Cue) -> bool:
        """Whether any of its words tells this."""
        return any(cue in word.cues for word in self.words)


def read_sentences(text: str, blocks: Sequence[Span], quoted: Sequence[Quoted], lexicon: Lexicon) -> Iterator[Sentence]:
    """The sentences of the paragraphs; one with a quotation of several paragraphs goes on to where that ends."""
    masked = mask(text, quoted)
    number = 0
    for block, start, end in _joined(blocks, quoted):
        edges = [start, *_cuts(list(_ends(masked, start, end)), quoted, number, start, end), end]
        for begin, behind in pairwise(edges):
            first = number
            while number < len(quoted) and quoted[number].start < behind:
                number += 1
            words = tuple(_read_words(masked, begin, behind, lexicon))
            yield Sentence(begin, behind, block, words, tuple(range(first, number)))


def _cuts(ends: Sequence[int], quoted: Sequence[Quoted], number: int, start: int, end: int) -> Iterator[int]:
    """Where a paragraph is cut into sentences; one without end is cut behind a quotation, to be read in linear time."""
    last, count = start, 0
    inner = [each.end + 1 for each in quoted[number : bisect_left(quoted, end, key=_start_of)]]
    for edge, is_end in sorted([*((edge, True) for edge in ends), *((edge, False) for edge in inner)]):
        count += not is_end
        if last < edge < end and (is_end or count >= _MOST_QUOTED or edge - last > _LONGEST_SENTENCE):
            yield edge
            last, count = edge, 0


def _start_of(quoted: Quoted) -> int:
    return quoted.start


def _joined(blocks: Sequence[Span], quoted: Sequence[Quoted]) -> Iterator[tuple[int, int, int]]:
    """The paragraphs by number, those that one quotation reaches over made one."""
    over = deque(each for each in quoted if len(each.paragraphs) > 1)
    number = 0
    while number < len(blocks):
        first, (start, end) = number, blocks[number]
        while over and over[0].start < end:
            behind = over.popleft().end
            while end < behind and number + 1 < len(blocks):
                number += 1
                end = blocks[number][1]
        yield first, start, end
        number += 1


def mask(text: str, quoted: Sequence[Quoted]) -> str:
    """The text with the words of quotations blotted out, but for the stop that ends them."""
    pieces, position = [], 0
    for each in quoted:
        last = text[each.end - 1]
        pieces += [text[position : each.start], MASK * (each.end - each.start - 1), last if last in _TERMINAL else MASK]
        position = each.end
    return "".join([*pieces, text[position:]])


def _ends(masked: str, start: int, end: int) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(masked, start, end):
        following = masked[match.end() : match.end() + 1]
        if match["end"][0] in "。！？":
            # A quotation that ends with a full stop goes on with its particle: 「…。」と話した
            if not (following in "とっ" and following):
                yield match.end()
            continue
        word = _LAST_WORD.search(masked[max(start, match.start() - _LONGEST_TITLE) : match.start()])
        is_quoted = masked[match.start("end") - 1 : match.start("end")] == MASK
        if not match["gap"] or (word and (word[0].lower() in TITLES or (len(word[0]) == 1 and not is_quoted))):
            continue
        if following.isupper() or following.isdigit() or following in _OPENS or not following.isalpha():
            if is_quoted and (following in "—–-" or (match["end"][0] in "?!" and _goes_on(masked, match.end(), end))):
                continue
            yield match.end()


def _goes_on(masked: str, start: int, end: int) -> bool:
    """Whether what follows a quoted question is its speaker: `“Where?” Mara Lind asked.`"""
    stop = _STOP.search(masked, start, min(end, start + _LONGEST_SPEAKER))
    return stop is not None and stop[0] == "." and len(masked[start : stop.start()].split()) <= _MOST_WORDS


def _read_words(masked: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Word]:
    found = list(_WORD.finditer(masked, start, end))
    cues: dict[int, frozenset[Cue]] = {}
    for at, length, told in lexicon.look_up([match[0].lower() for match in found]):
        cues.update(dict.fromkeys(range(at, at + length), told))
    previous = start
    for at, match in enumerate(found):
        cut = at > 0 and _CUT.search(masked, previous, match.start()) is not None
        yield from _split_unspaced(match, cues.get(at, frozenset()), cut)
        previous = match.end()


def _split_unspaced(match: re.Match[str], cues: frozenset[Cue], cut: bool) -> Iterator[Word]:
    word = match[0]
    if word.isascii() or not any("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in word):
        yield Word(word, match.start(), cues, cut)
        return
    position = 0
    for part in UNSPACED_PATTERN.finditer(word):
        if part.start() > position:
            yield Word(word[position : part.start()], match.start() + position, cues, cut)
        yield Word(part[0], match.start() + part.start(), frozenset({UNSPACED_CUES[part[0]]}), False)
        position = part.end()
    if position < len(word):
        yield Word(word[position:], match.start() + position, cues, cut)


def act_of(word: Word) -> Cue | None:
    """What kind of saying a word is a verb of, the strongest first."""
    return _act(word.cues) if word.cues else None


@cache
def _act(cues: frozenset[Cue]) -> Cue | None:
    return next((act for act in ACTS if act in cues), None)


def verb_before(words: Sequence[Word]) -> int | None:
    """The last verb of saying among the words before a quotation."""
    return next((at for at in range(len(words) - 1, -1, -1) if act_of(words[at])), None)


def verb_behind(words: Sequence[Word]) -> int | None:
    """The first verb of saying among the words behind a quotation, unless it is far or in a clause of its own."""
    for at, word in enumerate(words[:_VERB_REACH]):
        if act_of(word):
            return at
    return None


_VERB_REACH = 9
