"""Languages: the tags that name them, in one spelling, and the small words and titles that tell about their texts."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
LONGEST = 35
"""Characters: RFC 5646 §4.4.1."""

TITLES = frozenset(
    "mr mrs ms dr st sen rep gov sgt det prof mme mlle sr sra srta dra hr fr dott sig capt lt col gen rev hon messrs".split()  # noqa: E501, SIM905
)
"""Abbreviations before a name, in small letters and without their full stop, which ends no sentence."""


def read_language(text: str) -> str | None:
    """A BCP 47 tag in the spelling that RFC 5646 §2.1.1 recommends, None for what is no tag.

    Case says nothing in a tag: a region of two letters is in capitals, a script of four begins with one, all else and
    what follows a single letter is small. The underscore of a locale (`pt_BR`) becomes the tag's hyphen.

    >>> read_language("en-us"), read_language("ZH_hant_tw"), read_language("de-x-GB"), read_language("English, US")
    ('en-US', 'zh-Hant-TW', 'de-x-gb', None)
    """
    tag = text.strip().replace("_", "-").lower()
    if len(tag) > LONGEST or not TAG.fullmatch(tag):
        return None
    language, *rest = tag.split("-")
    single = next((place for place, part in enumerate(rest) if len(part) == 1), len(rest))
    return "-".join([language, *map(_spelled, rest[:single]), *rest[single:]])


def _spelled(subtag: str) -> str:
    return subtag.upper() if len(subtag) == 2 else subtag.capitalize() if len(subtag) == 4 else subtag


def count_languages(words: Iterable[str]) -> Counter[str]:
    """How many of the words, in lower case, are small words of each language, by the lists of stopwords-iso.

    >>> count_languages("nous avons vu les bateaux dans le port".split()).most_common(1)
    [('fr', 6)]
    """
    known = _small_words()
    return Counter(language for word in words for language in known.get(word, ()))


def tell_language(words: Iterable[str], among: Iterable[str]) -> str | None:
    """The one of some languages that most of the words, in lower case, are of; None where that is not clear.

    >>> tell_language("nous avons vu les bateaux dans le port".split(), ["en", "fr"])
    'fr'
    """
    counts = count_languages(words)
    ranked = sorted(((counts[language], language) for language in among), reverse=True)
    (most, language), (next_most, _) = ranked[:2]
    return language if most > next_most else None


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """For each small word the languages that have it."""
    import stopwordsiso  # takes 50 ms, and most texts leave no doubt

    found: dict[str, tuple[str, ...]] = {}
    for language in sorted(stopwordsiso.langs()):
        for word in stopwordsiso.stopwords(language):
            found[word] = (*found.get(word, ()), language)
    return found
