"""Agreement: whether a quoted passage stands in the text of a post, and what follows from that."""

import re
import unicodedata

from archiver.likeness import best_likeness
from archiver.quotes.lexicon import tell_language
from archiver.records import Passage

THRESHOLD = 0.6
"""The local score from which a passage is taken where the post's text says nothing (measured: README, Quotations)."""

TRANSLATED = 0.9
"""The same where the post's text is known in another language: it could only be a translation."""

AGREES, DISAGREES = 0.87, 0.65
"""Shares of its characters that a passage has in common with its best place in the post: from the first on it is a
quotation, whatever the local score; below the second it is none. Reporters mend spelling, drop emoji and cut words."""

SHORT = 3
"""So few words, or fewer, may stand in a post by chance: they must be there exactly, and be likely before."""

SHORT_UNSPACED = 8
"""The same in letters, for scripts that put no spaces between words."""

LIKELY = 0.4
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_ADDRESS = re.compile(r"(?:https?://|pic\.(?:twitter|x)\.com/)\S+")
_UNFINISHED = re.compile(r"(?:…|\.\.\.|(?<![\d/])1/\d*|🧵)\s*$")
_GAP = re.compile(r"\[[^\]\n]{0,80}\]|\(?(?:…|\.\.\.)\)?")


def accept(passage: Passage, post_text: str | None) -> tuple[float, float | None] | None:
    """The passage's score and its agreement with the post's text if it is a quotation of the post, else None.

    Where the text is known agreement decides: words that stand in it are a quotation whatever the local score, words
    that do not are none, and a passage longer than the text must hold that. A text in another language than the
    passage's can neither confirm nor refute it, and one without words, or that says it goes on elsewhere (`1/7`, `…`),
    cannot refute it; then, and where no text is known, the local score decides alone.
    """
    if post_text is None:
        return (passage.score, None) if passage.score >= THRESHOLD else None
    words, post = plain_words(passage.text), plain_words(post_text)
    agreement = agree(passage.text, post_text)
    is_short = _is_short(passage.text, words)
    if agreement >= (1.0 if is_short else AGREES) and (not is_short or passage.score >= LIKELY):
        return passage.score, agreement
    shared = agreement if len(post) >= len(words) else agree(post_text, passage.text)
    can_refute = bool(post) and not _UNFINISHED.search(_ADDRESS.sub("", post_text))
    if shared < DISAGREES and can_refute and not _other_language(words, post):
        return None
    needed = TRANSLATED if _other_language(words, post) else THRESHOLD
    return (passage.score, agreement) if passage.score >= needed and not is_short else None


def _is_short(text: str, words: list[str]) -> bool:
    """Whether a passage is so short that its words may stand in a post by chance."""
    return sum(map(len, words)) <= SHORT_UNSPACED if _UNSPACED.search(text) else len(words) <= SHORT


def agree(passage: str, post: str) -> float:
    """How much of a passage stands in a post, from 0 to 1 in hundredths: letter by letter, without case and marks.

    A passage with gaps (`…`, `[sic]`) is as good as its pieces, each by its length.

    >>> agree("Best thing, I ever made!", "The best thing I ever made 🍌")
    1.0
    """
    target = " ".join(plain_words(post))
    pieces = [" ".join(plain_words(piece)) for piece in _GAP.split(passage)]
    pieces = [piece for piece in pieces if piece]
    if not target or not pieces:
        return 0.0
    length = sum(map(len, pieces))
    return int(sum(_stands_in(piece, target) * len(piece) for piece in pieces) / length * 100) / 100


def _stands_in(piece: str, target: str) -> float:
    """The share of a piece that stands in one place of the target."""
    if len(piece) > len(target):  # only the shorter of two can stand in the other: what is missing counts
        return best_likeness(target, piece) * len(target) / len(piece)
    if f" {piece} " in f" {target} " or (_UNSPACED.search(piece) and piece in target):
        return 1.0
    return min(best_likeness(piece, target), 0.99)


def plain_words(text: str) -> list[str]:
    """The words of a text for comparison: no case, marks or accents of typing, no addresses; apostrophes join."""
    plain = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", text)).casefold()
    return _WORD.findall(re.sub("[’'‘]", "", plain))


def _other_language(words: list[str], post: list[str]) -> bool:
    """Whether passage and post are known to be in different languages: a translation shares no words."""
    one, other = tell_language(words), tell_language(post)
    return one is not None and other is not None and one != other
