"""Texts of posts compared: what is left when links, white space and letter case are set aside."""

import re
import unicodedata

from archiver.likeness import likeness

EQUAL = 0.97
"""From here on two texts are the same but for slips of a scraper: a lost emoji, a straightened quotation mark."""

ALIKE = 0.8
"""From here on two texts may be of one post, edited or cut; below they are of two."""

SHORTEST = 8
"""Fewer characters than this are no text to know a post by: "Wow!", an emoji."""

# Flatteners keep, cut, shorten or drop the addresses in a post, and glue them to words.
_ADDRESSES = re.compile(r"<?https?://[^\s<>]+>?|(?:pic\.(?:twitter|x)\.com|t\.co)/\w+|\S+…(?=\s|$)|\[image or embed\]")
_CUT = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_SPACE = re.compile(r"\s+")


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
    if _CUT.search(one.rstrip()) and len(a) < len(b):
        b = b[: len(a)]
    elif _CUT.search(other.rstrip()) and len(b) < len(a):
        a = a[: len(b)]
    return 1.0 if a == b else round(likeness(a, b), 3)


def plain_text(text: str) -> str:
    """The words of a text alone: composed, in one case, single spaces, without addresses and a cut's ellipsis."""
    words = _CUT.sub("", _ADDRESSES.sub(" ", unicodedata.normalize("NFKC", text)))
    return _SPACE.sub(" ", words).strip().casefold()
