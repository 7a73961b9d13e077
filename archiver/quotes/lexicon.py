"""The lexicon: what the words of a text tell of posting and saying, looked up in the lists of `speech`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from archiver import languages
from archiver.quotes.speech import COMMON, UNSPACED, WORDS, Cue

_COMMON_WORDS = {language: frozenset(listed.split()) for language, listed in COMMON.items()}
_EVERYWHERE: frozenset[Cue] = frozenset({"post", "place"})


def tell_language(words: Iterable[str]) -> str | None:
    """The language of the lexicon that most of the words, in lower case, are of; None where that is not clear."""
    return languages.tell_language(words, WORDS)


def common_words(language: str | None) -> frozenset[str]:
    """The words met most often in a language, in lower case; none where it is not known."""
    return _COMMON_WORDS.get(language or "", frozenset())


def _entries(listed: str) -> list[str]:
    return [" ".join(entry.split()) for entry in listed.split(",")]


class Lexicon:
    """What words and phrases tell in one language, or in all where it is not known."""

    def __init__(self, language: str | None) -> None:
        self._whole: dict[str, set[Cue]] = {}
        self._begins: dict[str, set[Cue]] = {}
        for name, listed in WORDS.items():
            for cue, entries in listed.items():
                if cue in _EVERYWHERE or language in {name, None}:
                    self._add(cue, _entries(entries))
        self._longest: dict[str, int] = {}
        for entry in self._whole:
            first, length = entry.split(" ", 1)[0], entry.count(" ") + 1
            self._longest[first] = max(length, self._longest.get(first, 0))
        self._lengths = sorted({len(stem) for stem in self._begins}, reverse=True)

    def _add(self, cue: Cue, entries: Iterable[str]) -> None:
        for entry in entries:
            table = self._begins if entry.endswith("*") else self._whole
            table.setdefault(entry.rstrip("*"), set()).add(cue)

    def look_up(self, words: Sequence[str]) -> Iterator[tuple[int, int, frozenset[Cue]]]:
        """For each of the words (in lower case) that tells something: where it begins, how many it takes, and what."""
        at = 0
        while at < len(words):
            length, cues = self._longest_at(words, at)
            if cues:
                yield at, length, frozenset(cues)
            at += length

    def _longest_at(self, words: Sequence[str], at: int) -> tuple[int, set[Cue]]:
        word = words[at]
        for length in range(min(self._longest.get(word, 0), len(words) - at), 0, -1):
            if cues := self._whole.get(" ".join(words[at : at + length])):
                return length, cues
        return 1, next((cues for n in self._lengths if (cues := self._begins.get(word[:n]))), set())


@cache
def lexicon(language: str | None) -> Lexicon:
    """The lexicon of a language, made once."""
    return Lexicon(language)


UNSPACED_CUES: dict[str, Cue] = {entry: cue for cue, listed in UNSPACED.items() for entry in _entries(listed)}
UNSPACED_PATTERN = re.compile("|".join(map(re.escape, sorted(UNSPACED_CUES, key=len, reverse=True))))
