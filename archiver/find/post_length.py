"""How long a post's text is, as its platform counts."""

import re
from collections.abc import Sequence

from archiver.platforms.base import TextLimit

ADDRESS = re.compile(r"https?://\S+")
TOKEN = re.compile(r"pic\.(?:twitter|x)\.com/\w+")
_ATTACHED = re.compile(r"https?://t\.co/\w{1,20}\)?\s*(?:pic\.(?:twitter|x)\.com/\w+)?\s*\Z")
_ATTACHED_REACH = 120
ADDRESS_LENGTH = 23
"""What X counts for any address, however long it is (docs.x.com, "Counting characters")."""

_WIDE = re.compile("[^\\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037\ufe0f\U0001f3fb-\U0001f3ff]")
"""What X counts as two characters where it counts letters by their width (docs.x.com, as above). What only changes the
sign before it counts as one here, since sequences are not told."""


def fits(text: str, limit: TextLimit) -> bool:
    """Whether a post could be as long as a text."""
    return counted_length(text, limit.wide) <= limit.characters


def with_attached(limit: TextLimit, text: str, end: int) -> TextLimit | None:
    """The limit of a text in which the address at its `end` does not count, as it does not if it is an attached post's;
    None where none is there, or all count.

    >>> with_attached(TextLimit("9999", 140, attached=True), "Low tide. https://t.co/aB3dE6fH9j ", 34).characters
    164
    """
    if not limit.attached or not _ATTACHED.search(text, max(0, end - _ATTACHED_REACH), end):
        return None
    return limit._replace(characters=limit.characters + ADDRESS_LENGTH + 1)


def counted_length(text: str, wide: int = 1) -> int:
    """The length of a text as X counts it: addresses at 23, a picture's token not at all, a wide letter as `wide`.

    >>> counted_length("Look https://example.com/a/very/long/address/indeed pic.twitter.com/Ab3dEf6hIj")
    28
    >>> counted_length("霧の港", wide=2)
    6
    """
    if "/" in text:
        text = TOKEN.sub("", ADDRESS.sub("x" * ADDRESS_LENGTH, text))
    text = " ".join(text.split())
    return len(text) if wide == 1 or text.isascii() else len(text) + (wide - 1) * len(_WIDE.findall(text))


def limit_on(limits: Sequence[TextLimit], day: str | None) -> TextLimit:
    """How long a post of that day could be; without a day, how long any could."""
    return next((limit for limit in limits if day is not None and day < limit.until), limits[-1])
