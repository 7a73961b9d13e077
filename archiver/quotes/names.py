"""The names of the authors of an article's embeds, and where its prose speaks of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from archiver.quotes.lexicon import common_words
from archiver.records import Embed

# Parts of account names that are nobody's own.
_NOT_OWN = frozenset(
    {
        *("the", "and", "of", "for", "mp", "md", "phd", "jr", "sr", "mrs", "mr", "ms", "dr", "sir", "tv", "real"),
        *("official", "oficial", "offiziell", "officiel", "news", "team", "club", "music", "band", "live"),
        *("von", "van", "der", "den", "del", "de", "la", "le", "di", "da", "dos", "das", "el", "al", "bin"),
    }
)
# What stands before a name with a capital and is none.
_TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lady", "lord", "sen", "rep", "gov", "cllr", "rev"),
        *("senator", "governor", "president", "mayor", "councillor", "chancellor", "minister", "secretary", "chief"),
        *("captain", "coach", "judge", "justice", "officer", "sergeant", "professor", "father", "sister", "reverend"),
        *("king", "queen", "prince", "princess", "duke", "duchess", "count", "countess"),
        *("instagram", "twitter", "facebook", "tiktok", "threads", "bluesky"),
    }
)
_UNSPACED = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_PART = re.compile(r"[^\W\d_]+")
_SHORTEST, _HANDLE_PART, _PERSONAL = 3, 4, 2
_MOST_NAMESAKES, _MOST_AUTHORS = 8, 200
_LONGEST_UNSPACED, _LONGEST_HANDLE = 200, 40
_INFLECTED = frozenset({"pl", "ru"})
"""Languages that decline names."""

_WITHOUT_ARTICLES = frozenset({"pl", "ru", "tr", None})
_WITH_ENDINGS = frozenset({"sv", "da"})
"""Languages whose definite article is an ending."""


class Written(Protocol):
    """Anything with a text and a place."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...


class Names:
    """The authors by index, each with the words that name it; `author_of_embed` is one index per embed.

    What the prose's language is like: `has_articles`, `has_leading_articles` before the noun, `nouns_have_capitals`,
    `common` its commonest words, and `inverts`, that a subject may follow its verb before the words that are said.
    """

    def __init__(self, embeds: Sequence[Embed], text: str, language: str | None) -> None:
        self.author_of_embed: list[int] = []
        self.count = 0
        self._text = text
        self._inflects = language in _INFLECTED
        self.has_articles = language not in _WITHOUT_ARTICLES
        self.has_leading_articles = self.has_articles and language not in _WITH_ENDINGS
        self.common = common_words(language)
        self.nouns_have_capitals = language == "de"
        self.inverts = language != "en"
        self._parts: dict[str, list[int]] = {}
        self._parts_of: dict[int, Sequence[str]] = {}
        self._known: dict[str, frozenset[int]] = {}
        self._last: set[tuple[str, int]] = set()
        self._handles: dict[str, list[int]] = {}
        self._author_by_key: dict[tuple[str | None, str | None], int] = {}
        for number, embed in enumerate(embeds):
            self.author_of_embed.append(self._author(embed, number))

    def _author(self, embed: Embed, number: int) -> int:
        key: tuple[str | None, str | None] = ((embed.handle or "").lower() or None, embed.author_name)
        if key == (None, None):
            key = (None, f"\0{number}")
        if key not in self._author_by_key:
            self._author_by_key[key] = self.count
            self._name(self.count, own_parts(embed.author_name or ""))
            handle = _letters(embed.handle or "")
            for part in _parts_of_handle(handle) if self.count < _MOST_AUTHORS else ():
                _note(self._handles, part, self.count)
            self.count += 1
        return self._author_by_key[key]

    def _name(self, author: int, parts: Sequence[str]) -> None:
        self._known.clear()
        self._parts_of[author] = parts
        for part in parts:
            _note(self._parts, part, author)
        # An organisation is named by its last word at least: the others are too often something else.
        self._last |= {(part, author) for part in (parts if len(parts) <= _PERSONAL else parts[-1:])}

    def rename(self, author: int, words: Iterable[str]) -> None:
        """Let these words name an author whom the prose calls something else than the account does."""
        for part in self._parts_of[author]:
            if author in self._parts[part]:
                self._parts[part].remove(author)
        self._name(author, [word.lower() for word in words if len(word) >= _SHORTEST])

    def recognised(self, words: Iterable[str]) -> set[int]:
        """The authors whose last name, only name or handle is among the words of the prose."""
        return {
            author
            for word in set(words)
            for author, part in self._named_by(word)
            if part is None or (part, author) in self._last
        }

    def author_of(self, words: Sequence[str]) -> int | None:
        """The author whom any of the words names."""
        return self.find(words)[1]

    def find(self, words: Sequence[str], *, starts: bool = True) -> tuple[int, int | None]:
        """Where the last name of an author among the words stands, and whose it is: of two, whom more words name.

        `starts` says that the words may begin a sentence, so that the first has a capital whatever it is.
        """
        return self._pick(words, reversed(range(len(words))), starts)

    def first(self, words: Sequence[str]) -> tuple[int, int | None]:
        """The same of the first name."""
        return self._pick(words, iter(range(len(words))), True)

    def _pick(self, words: Sequence[str], order: Iterator[int], starts: bool) -> tuple[int, int | None]:
        named = [self._named(word) for word in words]
        for at in order:
            own = {author for author in named[at] if not self._is_namesake(words, at, author, starts)}
            if own:
                near = named[max(0, at - 2) : at + 3]
                return at, max(sorted(own), key=lambda author: sum(author in each for each in near))
        return -1, None

    def _is_namesake(self, words: Sequence[str], at: int, author: int, starts: bool) -> bool:
        """Whether a name beside it says that somebody else is meant: Kate Orrin, Nadia Pell for Nadia Orrin."""
        parts = self._parts_of.get(author, ())
        if len(parts) < _PERSONAL or self.nouns_have_capitals:
            return False
        beside = None
        if words[at].lower() in parts[1:] and at > starts:
            beside = words[at - 1]
        elif words[at].lower() == parts[0] and at + 1 < len(words):
            beside = words[at + 1]
        if beside is None or not beside[0].isupper() or beside.isupper() or _UNSPACED.search(beside):
            return False
        return author not in self._named(beside) and beside.lower() not in _TITLES | self.common

    def is_owner(self, phrase: Sequence[Written], at: int) -> bool:
        """Whether the name at an index is only whose something is: `Bell's manager`."""
        word = phrase[at]
        behind = word.start + len(word.text)
        if self._text[behind : behind + 1] in {"'", "’"}:
            return at + 2 < len(phrase) and phrase[at + 1].text == "s"
        low = word.text.lower()
        return self.nouns_have_capitals and low not in self._parts and low[:-1] in self._parts and at + 1 < len(phrase)

    def _named(self, word: str) -> frozenset[int]:
        """The authors whom a word may name; a word is looked up once."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = frozenset(author for author, _ in self._named_by(word))
        return found

    def _named_by(self, word: str) -> Iterator[tuple[int, str | None]]:
        """The authors whom a word may name, each with the part of the name; None for a handle's."""
        if word[0].islower():
            return
        low = word.lower()
        for part in _forms(low, inflects=self._inflects):
            for author in self._parts.get(part, ()):
                yield author, part
        for author in self._handles.get(low, ()):
            yield author, None


def _forms(low: str, *, inflects: bool) -> Iterator[str]:
    """What of a written word may be part of a name: itself, without an ending, or within it where no space parts."""
    yield low
    if low.endswith("s"):
        yield low[:-1]
    if inflects and len(low) >= _PERSONAL + _SHORTEST:
        stem = low.rstrip("аеёиоуыэюяйьмaeiouyąęó")
        yield from (stem + ending for ending in ("а", "я", "ь", "й", "a", "y", "i") if stem + ending != low)
        if stem != low:
            yield stem
    if "\u3040" <= low[0] <= "\u9fff" or "\uac00" <= low[0] <= "\ud7af":
        for start in range(min(len(low), _LONGEST_UNSPACED)):
            yield from (low[start : start + length] for length in range(2, 9) if start + length <= len(low))


def own_parts(name: str) -> tuple[str, ...]:
    """The words of an account's name that are its own, in lower case.

    >>> own_parts("Alec Farrow MP 🐟")
    ('alec', 'farrow')
    """
    parts = (part.lower() for part in _PART.findall(name))
    return tuple(p for p in parts if p not in _NOT_OWN and (len(p) >= _SHORTEST or not p.isascii()))


def _letters(handle: str) -> str:
    """A handle's letters; of a federated one those before its server."""
    local = handle.lstrip("@").split("@")[0].lower()
    return "".join(_PART.findall(local.partition(".bsky")[0]))[:_LONGEST_HANDLE]


def _parts_of_handle(handle: str) -> Iterator[str]:
    """What a name of the prose may be of a handle: four letters at an edge, or five and more anywhere."""
    yield from {handle[:_HANDLE_PART], handle[-_HANDLE_PART:]}
    for start in range(len(handle)):
        yield from (handle[start:end] for end in range(start + _HANDLE_PART + 1, len(handle) + 1))


def _note(table: dict[str, list[int]], key: str, author: int) -> None:
    holders = table.setdefault(key, [])
    if author not in holders and len(holders) < _MOST_NAMESAKES:
        holders.append(author)
