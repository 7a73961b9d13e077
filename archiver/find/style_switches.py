"""Switches: where a text goes on in another language or another typography, as where an article shows a post."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from archiver.languages import count_languages

_TYPESET = re.compile("[’‘“”„]")
_TYPED = re.compile("[\"']")
# So many of a language's small words have to stand on its side of a switch, and at most half as many of the other's.
_LEAST = 3
_WORD = re.compile(r"(?:https?://|pic\.)\S+|[@#]\w+|([^\W\d_]{2,})")  # what is no word is matched and left empty


def language_switch(text: str, starts: Sequence[int], floor: int, end: int) -> int | None:
    """The one of `starts`, in order, before which `text[floor:end]` is in one language and behind it in another.

    Told by the small words of each language; None where too few of them are there, or where
    both sides share them, as those of neighbours do. Of several the one that parts them best. Of 211 tweets 14 stand
    behind sentences in another language, and none is taken apart.
    """
    counted = [_small_words(text[a:b]) for a, b in pairwise([floor, *starts, end])]
    before, behind = Counter[str](), sum(counted, Counter())
    best, parted = None, 0
    for start, words in zip(starts, counted, strict=False):  # what follows the last start is on its other side
        if words:
            before += words
            behind -= words
            if (margin := _margin(before, behind)) > parted:
                best, parted = start, margin
    return best


def marks_switch(text: str, starts: Sequence[int], floor: int, end: int) -> int | None:
    """The one of `starts` behind which quotation marks and apostrophes are typed, where before it they are typeset.

    Newsrooms' systems set them in articles and not in embed code: of 211 tweets 13 follow typeset ones of the article
    with typed ones only, and none has both so.
    """
    typeset = [match.start() for match in _TYPESET.finditer(text, floor, end)]
    typed = _TYPED.search(text, floor, end)
    if not typeset or typed is None or typed.start() < typeset[-1]:
        return None
    between = [start for start in starts if typeset[-1] < start <= typed.start()]
    return between[0] if len(between) == 1 else None


def _margin(before: Counter[str], behind: Counter[str]) -> int:
    """How many small words part two sides in different languages, 0 where the languages may be the same."""
    if not before or not behind:
        return 0
    one, other = _language(before), _language(behind)
    own, foreign = before[one] - before[other], behind[other] - behind[one]
    if one == other or min(before[one], behind[other]) < _LEAST or before[one] > 2 * own or behind[other] > 2 * foreign:
        return 0
    return own + foreign


def _language(counts: Counter[str]) -> str:
    return min(counts, key=lambda language: (-counts[language], language))


def _small_words(text: str) -> Counter[str]:
    return count_languages(_WORD.findall(text.casefold()))
