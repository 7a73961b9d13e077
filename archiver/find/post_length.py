"""How long a post's text is, as its platform counts."""

import re
from collections.abc import Sequence

from archiver.platforms.base import TextLimit

ADDRESS = re.compile(r"https?://\S+")
TOKEN = re.compile(r"pic\.(?:twitter|x)\.com/\w+")
ADDRESS_LENGTH = 23
"""What X counts for any address, however long it is (docs.x.com, "Counting characters")."""

_WIDE = re.compile("[^\\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037\ufe0f\U0001f3fb-\U0001f3ff]")
"""What X counts as two characters where it counts letters by their width (docs.x.com, as above). What only changes the
sign before it counts as one here, since sequences are not told."""


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
