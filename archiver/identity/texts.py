"""Texts of posts compared: what is left when links, white space and letter case are set aside."""

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

# Flatteners keep, cut, shorten or drop the addresses in a post, and glue them to words. An address that was cut begins
# a word; every alternative looks at a word once, however long it is.
_ADDRESSES = re.compile(
    r"<?https?://[^\s<>]+>?|(?:pic\.(?:twitter|x)\.com|t\.co)/\w+|(?<!\S)[^\s/]+/\S*…(?!\S)|\[image or embed\]"
)


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
    """The words of a text alone: composed, in one case, single spaces, without addresses and a cut's ellipsis."""
    words = " ".join(unicodedata.normalize("NFKC", _ADDRESSES.sub(" ", text[:LONGEST])).split())
    return (words.rstrip(" .") if _is_cut(words) else words).casefold()


def _is_cut(text: str) -> bool:
    return text.rstrip().endswith(("…", "..."))
