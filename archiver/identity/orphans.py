"""Orphans: the words of known posts that stand in articles as ordinary prose, where nothing says whose they are.

Looked for as BLAST looks for genes (seed and extend): of each text a few runs of three words are noted; an article's
words are slid over once, and only where such a run stands are the texts compared. So the time is that of reading the
articles, however many posts are known.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from archiver.likeness import likeness
from archiver.records import Orphan

NEAR = 0.9
"""How alike the letters of a passage and of a post's text must be: one changed word in a text of fifty characters."""

SHORTEST, FEWEST_WORDS = 40, 6
"""What a text needs to be known by: greetings, slogans and refrains that anybody may say are mostly shorter."""

RUN = 3
"""Words that are looked up together. In a text of `FEWEST_WORDS` two runs stand side by side, so that one changed word
leaves one of them whole."""

SEGMENT, MOST_SEGMENTS = 8, 12
"""Of each stretch of about so many words the rarest run is noted, of at most so many stretches: a text that is `NEAR`
has changed words in fewer."""

MOST_SHARING = 20
"""A run that more texts than this share (“happy birthday to”) is not looked up: what tells these apart is elsewhere."""

MOST_TRIES = 50
"""So often is a text compared in vain with one article, lest one that says the same over and over take for ever. That
it stands there exactly is seen all the same."""

PROMISING = 0.75
"""How alike a passage as long as the text must be for its edges to be moved: a text that is `NEAR` and lost a tenth
of its words in the middle has as many strange ones behind it."""

REACH = 500
"""Characters between a passage and an embed in which only addresses may stand for the one to touch the other."""

INSIDE_QUOTE = 1_000
"""Characters to either side in which the marks of a quotation are looked for."""

# Ideographs and kana are a word each: Chinese and Japanese put no spaces between words.
_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WITHIN = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+(?:[{_WITHIN}]+[^\W_{_ALONE}]*)*")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_ADDRESS = re.compile(
    r"https?://\S+|(?:pic\.(?:twitter|x)\.com|t\.co)/\w+|(?<!\S)[^\s/…]+/[^\s…]*…|\[image or embed\]", re.IGNORECASE
)

_CLOSED_BY = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "《": "》"}
_CLOSED_BESIDE = {**_CLOSED_BY, "”": "”", "»": "«»", "‚": "‘’", "‘": "’", "’": "’", '"': '"', "'": "'", "`": "'`"}
_MARKS = re.compile(f"[{''.join(sorted({*_CLOSED_BY, *''.join(_CLOSED_BY.values())}))}]")
_BESIDE = re.escape("".join(_CLOSED_BESIDE))
_BEFORE = re.compile(rf"[{_BESIDE}][^\w\n{_BESIDE}]{{0,2}}\Z")
_BEHIND = re.compile(r"[^\w\n]{1,12}")


class Known(NamedTuple):
    """A text that is known, as folded words, and the posts (id, id of the author) that have it."""

    words: tuple[str, ...]
    posts: list[tuple[str, str | None]]


class Place(NamedTuple):
    """A passage `text[start:end]` of an article that is, as far as `score`, the text of these posts."""

    start: int
    end: int
    score: float
    posts: tuple[tuple[str, str | None], ...]


class Span(NamedTuple):
    """Where an embed is in an article's readable text, empty where that has left it out, and whose it is."""

    start: int
    end: int
    post_id: str | None
    author_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownTexts:
    """The texts to look for, and in which of them, at which word, each noted run stands.

    Runs are keyed by their `hash`, which is smaller than the words; what else may have the same one is told apart when
    the texts are compared.
    """

    texts: Sequence[Known]
    runs: dict[int, tuple[tuple[int, int], ...]]


def know_texts(posts: Iterable[tuple[str, str | None, str]]) -> KnownTexts:
    """What to look for, of posts given as id, id of the author, and text; texts that are too short are left out."""
    texts: dict[tuple[str, ...], Known] = {}
    seen: dict[str, str] = {}  # each word is kept once, however many texts have it
    for post_id, author_id, text in posts:
        words = tuple(seen.setdefault(word, word) for word in _words(_without_addresses(text)))
        if len(words) >= FEWEST_WORDS and _length(words) >= SHORTEST:
            texts.setdefault(words, Known(words, [])).posts.append((post_id, author_id))
    votes = Counter(word for known in texts.values() for word in known.words)
    runs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(texts):
        for run, offset in {words[at : at + RUN]: at for at in _noted(words, votes)}.items():
            runs[hash(run)].append((number, offset))
    telling = {key: tuple(found) for key, found in runs.items() if len(found) <= MOST_SHARING}
    return KnownTexts(texts=list(texts.values()), runs=telling)


def _length(words: Sequence[str]) -> int:
    """The length of a text of these words, single spaces between them."""
    return sum(map(len, words)) + len(words) - 1


def _noted(words: Sequence[str], votes: Counter[str]) -> Iterator[int]:
    """Where in a text its noted runs begin: in each stretch the one whose words are rarest, the first of several."""
    stretches = min(max(len(words) // SEGMENT, FEWEST_WORDS // RUN), MOST_SEGMENTS)
    edges = [len(words) * number // stretches for number in range(stretches + 1)]
    for start, end in pairwise(edges):
        yield min(range(start, end - RUN + 1), key=lambda at: (sorted(votes[w] for w in words[at : at + RUN]), at))


def find_places(text: str, known: KnownTexts) -> list[Place]:
    """Where texts that are known stand in an article's readable text, in order; no two share a word.

    Of two that do, the one that accounts for more of the article goes before. A text is found where one of its noted
    runs stands unchanged; one whose runs all are too common for that is not. Linear in `text`; never raises.
    """
    plain = _without_addresses(text)
    words = _words(plain)
    found: dict[tuple[int, int, float], list[tuple[str, str | None]]] = defaultdict(list)
    for number, fit in _fits(words, known):
        found[fit] += known.texts[number].posts
    if not found:
        return []
    spans = [match.span() for match in _WORD.finditer(plain)]
    return sorted(
        Place(spans[first][0], spans[last - 1][1], score, tuple(sorted(set(found[first, last, score]))))
        for first, last, score in _best(found, len(words))
    )


@dataclass(slots=True)
class _Search:
    """How far the search for one text in one article has come."""

    covered: int = 0
    tried: int = -1
    tries: int = 0


def _fits(words: Sequence[str], known: KnownTexts) -> Iterator[tuple[int, tuple[int, int, float]]]:
    """Which text stands where: first word, word behind the last, and score."""
    searches: dict[int, _Search] = defaultdict(_Search)
    runs, keys = known.runs, list(map(hash, zip(words, words[1:], words[2:], strict=False)))
    if runs.keys().isdisjoint(keys):
        return
    for index, key in enumerate(keys):
        if key not in runs:
            continue
        for number, offset in runs[key]:
            search, start = searches[number], max(index - offset, 0)
            if start < search.covered or start == search.tried:
                continue
            search.tried = start
            text = known.texts[number].words
            fit: tuple[int, int, float] | None = (start, start + len(text), 1.0)
            if not _is_at(text, words, start):
                if search.tries == MOST_TRIES:
                    continue
                fit = _fit("".join(text), len(text), words, start)
                search.tries += fit is None
            if fit is not None:
                search.covered = fit[1]
                yield number, fit


def _is_at(text: tuple[str, ...], words: Sequence[str], start: int) -> bool:
    end = start + len(text)
    return end <= len(words) and words[end - 1] == text[-1] and tuple(words[start:end]) == text


def _fit(letters: str, size: int, words: Sequence[str], start: int) -> tuple[int, int, float] | None:
    """The passage near `start` that is most like the text: its edges move word by word as long as that helps."""
    first, last = start, min(start + size, len(words))
    score = _alike(letters, words[first:last])
    if score < PROMISING:
        return None
    while True:
        moved = [(first + 1, last), (first, last - 1), (first - 1, last), (first, last + 1)]
        inside = [(a, b) for a, b in moved if 0 <= a < b <= len(words)]
        better = max(((_alike(letters, words[a:b]), -(b - a), a, b) for a, b in inside), default=None)
        if better is None or better[0] <= score:
            break
        score, _, first, last = better
    return (first, last, round(score, 3)) if score >= NEAR else None


def _alike(letters: str, words: Sequence[str]) -> float:
    return likeness(letters, "".join(words), at_least=PROMISING)


def _best(fits: Iterable[tuple[int, int, float]], size: int) -> Iterator[tuple[int, int, float]]:
    """Of passages that share a word those that account for most words of the article, the first of several."""
    used = bytearray(size)
    for first, last, score in sorted(fits, key=lambda fit: (-(fit[1] - fit[0]) * fit[2], fit)):
        if not any(used[first:last]):
            used[first:last] = b"\x01" * (last - first)
            yield first, last, score


# Whether they stand there without attribution


def find_orphans(article_id: str, text: str, places: Iterable[Place], embeds: Iterable[Span]) -> list[Orphan]:
    """The places of an article that are orphans, one for each post that has the text.

    None are those which share a character with an embed, touch one of the same post or of its author (the text of a
    flattened post stands beside its attribution), or are in quotation marks. `text` is the article's readable text.
    """
    spans = sorted(embeds, key=lambda span: (span.start, span.end))
    return [
        Orphan(
            id=f"{article_id} {place.start} {post_id}",
            post_id=post_id,
            article_id=article_id,
            start=place.start,
            end=place.end,
            score=place.score,
            text=text[place.start : place.end],
        )
        for place in places
        if not _is_attributed(text, place, spans) and not _is_quoted(text, place.start, place.end)
        for post_id, _ in place.posts
    ]


def _is_attributed(text: str, place: Place, spans: Sequence[Span]) -> bool:
    """Whether the place is in an embed, or beside one of the same post or author; `spans` are in order."""
    behind = bisect_left(spans, place.end, key=lambda span: span.start)
    if behind and spans[behind - 1].end > place.start:
        return True
    posts, authors = {post for post, _ in place.posts}, {author for _, author in place.posts if author}
    gaps = []
    if behind:
        gaps.append((spans[behind - 1], text[max(spans[behind - 1].end, place.start - REACH) : place.start]))
    if behind < len(spans):
        gaps.append((spans[behind], text[place.end : min(spans[behind].start, place.end + REACH)]))
    return any(
        (span.post_id in posts or span.author_id in authors) and not _WORD.search(_without_addresses(gap))
        for span, gap in gaps
    )


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks stand right before and right behind the passage, or around it further away."""
    before, behind = text[max(start - INSIDE_QUOTE, 0) : start], text[end : end + INSIDE_QUOTE]
    left, right = _BEFORE.search(before), _BEHIND.match(behind)
    if left and right and any(mark in right[0] for mark in _CLOSED_BESIDE.get(left[0][0], "")):
        return True
    opener = "".join(_MARKS.findall(before)[-1:])
    closers, closing = _CLOSED_BY.get(opener, ""), _MARKS.search(behind)
    if not closing or closing[0] not in closers:
        return False
    return sum(text.count(mark, start, end) for mark in closers) <= text.count(opener, start, end)


# Texts as words


def _words(text: str) -> list[str]:
    """The words of a text without addresses, each folded, as many as `_WORD` matches."""
    return list(map(_folded, _WORD.findall(text)))


@lru_cache(maxsize=2**16)
def _folded(word: str) -> str:
    """A word in one form and one case, without invisible characters."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.translate(_INVISIBLE)).casefold()


def _without_addresses(text: str) -> str:
    """The text with spaces in place of links and picture tokens: scrapers drop, cut and add them."""
    return _ADDRESS.sub(lambda found: " " * len(found[0]), text) if "/" in text or "[" in text else text
