"""Repetitions: words that an article has of a post, and that stand again in the post itself.

The figures are of tweets that real pages embed, each page turned to text on one line (2026-11-26).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_WORD = re.compile(r"(?:https?://|pic\.)\S+|[^\W_]+(?:[’'][^\W_]+)*")
_QUOTED = re.compile("[\"“”„«»‘’']")
_OPENING, _CLOSING = re.compile(r"[\"“„«»‘'][#@]?$"), re.compile(r"[^\w\s]*[\"”“»’']")
_LEAST_QUOTED, _LEAST = 5, 4


class _Words(NamedTuple):
    """Words that stand twice, as stretches of the text."""

    start: int
    end: int
    again: int
    again_end: int


def last_quoted(text: str, first: int, starts: Sequence[int], end: int) -> int:
    """Where words end that an article quotes of a post and that stand again behind one of `starts`, -1 if nowhere.

    There they are the post's, without quotation marks. Of 211 tweets 7 more are whole on one line with it, 1 is wrong
    that was not read, and none is lost.
    """
    if _QUOTED.search(text, first, end) is None:
        return -1
    return _last(
        (
            words
            for words in _repeated(text, first, end, _LEAST_QUOTED)
            if _in_quotation(text, words.start, words.end) and not _in_quotation(text, words.again, words.again_end)
        ),
        starts,
    )


def last_repeated(text: str, first: int, starts: Sequence[int], end: int) -> int:
    """Where any words end that stand again behind one of `starts`: four of them, or a name; -1 if nowhere.

    Of 178 tweets the words right before 16 have four of the tweet's, or those before 14 a name, and 3 have so twice
    themselves. Far from a post it tells nothing, since an article keeps to its subject, nor does it behind another
    post: who answers one repeats it.
    """
    names = (words for words in _repeated(text, first, end, 2) if _is_name(text[words.start : words.end]))
    return max(_last(_repeated(text, first, end, _LEAST), starts), _last(names, starts))


def _repeated(text: str, first: int, end: int, least: int) -> Iterator[_Words]:
    """All runs of so many words or more that stand twice, the first place of each with every other."""
    words = [(match.start(), match.end(), match[0].casefold()) for match in _WORD.finditer(text, first, end)]
    runs: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - least + 1):
        before = runs.setdefault(tuple(word for _, _, word in words[at : at + least]), at)
        if before + least <= at:
            length = _same(words, before, at)
            (start, *_), (_, close, _) = words[before], words[before + length - 1]
            yield _Words(start, close, words[at][0], words[at + length - 1][1])


def _same(words: Sequence[tuple[int, int, str]], one: int, other: int) -> int:
    """How many words from the first place on are the same as from the other, which they do not reach."""
    length = 0
    while one + length < other and other + length < len(words) and words[one + length][2] == words[other + length][2]:
        length += 1
    return length


def _last(repeated: Iterator[_Words], starts: Sequence[int]) -> int:
    """The last place where such words end and one of `starts` follows before they stand again."""
    ends = (words.end for words in repeated if any(words.end < start <= words.again for start in starts))
    return max(ends, default=-1)


def _is_name(text: str) -> bool:
    """Whether the first two words have capitals and go on in small letters, with a space between them."""
    return all(word.isalpha() and word.istitle() for word in text.split(" ", 2)[:2])


def _in_quotation(text: str, begin: int, end: int) -> bool:
    """Whether a quotation mark opens right before or closes right behind `text[begin:end]`."""
    return _OPENING.search(text, max(0, begin - 2), begin) is not None or _CLOSING.match(text, end) is not None
