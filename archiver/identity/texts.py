"""Texts of posts compared: what is left when links, white space, case, accents and kinds of quotation marks are set
aside."""

import re
import unicodedata
from functools import lru_cache

from archiver.likeness import likeness

EQUAL = 0.97
"""From here on two texts are the same but for slips of a scraper: a lost emoji, a straightened quotation mark."""

ALIKE = 0.8
"""From here on two texts may be of one post, edited or cut; below they are of two."""

SHORTEST = 8
"""Fewer characters than this are no text to know a post by: "Wow!", an emoji."""

LONGEST = 5_000
"""Characters that are compared: more than any platform's post has by which texts are told (`facts.md` §2)."""

# Flatteners keep, cut, shorten or drop the addresses in a post, and glue them to words: X's own have up to ten letters
# and digits. An address that was cut begins a word; every alternative looks at a word once, however long it is.
_ADDRESSES = re.compile(
    r"<?(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co)/(?:[A-Za-z0-9]{1,10}(?=pic\.)|[A-Za-z0-9]{1,10})…?>?"
    r"|<?https?://[^\s<>]+>?|(?<!\S)[^\s/]+/\S*…(?!\S)|\[image or embed\]"
)
_BRACKETS = re.compile(r"https?://|[<>]")

# What scrapers straighten, lose or put in each other's place: quotation marks of all kinds, dashes, accents, and what
# is not seen at all (joiners, marks of direction, variants of emoji).
_STRAIGHT: dict[int, str | None] = {
    ord(letter): mark for mark, letters in (("'", '"‘’‚‛“”„‟«»‹›`´ʼ′″'), ("-", "‐‑‒–—―−")) for letter in letters
}
_MARKS = re.compile(r"(?<!\S)[-*+>|_~#•·]+(?!\S)")
"""What stands alone where Markdown has a list or a quotation; a dash, too."""
_UNSEEN = re.compile(r"[\u0300-\u036f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")


def text_match(one: str | None, other: str | None) -> float | None:
    """How alike two texts of posts are, from 0 to 1; None where either is not known or too short to tell by.

    A text that ends in an ellipsis is compared with the beginning of the other: platforms and feeds cut them.

    >>> text_match("Low tide, high spirits. pic.twitter.com/Ab3dEf6hIj", "Low tide,\\nhigh spirits.")
    1.0
    >>> text_match("The ferry is late ag…", "The ferry is late again, third day in a row"), text_match("Wow!", "Wow!")
    (1.0, None)
    """
    if one is None or other is None:
        return None
    a, b = plain_text(one), plain_text(other)
    if len(a) < SHORTEST or len(b) < SHORTEST:
        return None
    if len(a) < len(b) and _is_cut(one):
        b = b[: len(a)]
    elif len(b) < len(a) and _is_cut(other):
        a = a[: len(b)]
    return 1.0 if a == b else round(likeness(a, b), 3)


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """The words of a text alone, folded, with single spaces, without addresses and a cut's ellipsis."""
    words = " ".join(_MARKS.sub(" ", fold(_ADDRESSES.sub(" ", text[:LONGEST]))).split())
    return words.rstrip(" .") if _is_cut(words) else words


def fold(text: str) -> str:
    """A text in one case and composed (NFKC), its quotation marks and dashes straight, without accents.

    Accents are those of Latin, Greek and Cyrillic letters: other scripts have vowels and consonants for marks.

    >>> fold("“L’été” – ﬁn"), fold("が")
    ("'l'ete' - fin", 'が')
    """
    bare = _UNSEEN.sub("", unicodedata.normalize("NFKD", text.translate(_STRAIGHT)))
    return unicodedata.normalize("NFKC", bare.casefold())


def plain_word(word: str) -> str:
    """A word of a text, folded, and without what stands around an address.

    >>> plain_word("<https://t.co/Ab3dEf6hIj>"), plain_word("“Été”")
    ('t.co/ab3def6hij', "'ete'")
    """
    return fold(_BRACKETS.sub("", word))


def _is_cut(text: str) -> bool:
    return text.rstrip().endswith(("…", "..."))
