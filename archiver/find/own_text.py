"""The text of a post that stands before its attribution: taken where its left edge is certain, left alone elsewhere."""

import re

# A list's number before a post that a page counts: "5." or "5)" alone in its line, or at the line's beginning.
_NUMBER = re.compile(r"\s*\d{1,3}[.)](?=\s)\s*")
_ADDRESS = re.compile(r"https?://\S+")
_TOKEN = re.compile(r"pic\.(?:twitter|x)\.com/\w+")
ADDRESS_LENGTH = 23
"""What X counts for any address, however long it is (docs.x.com, "Counting characters")."""

Limits = tuple[tuple[str, int], ...]
"""How long a post could be: for each limit the day (ISO) until which it held, oldest first."""


def own_block(text: str, start: int, floor: int, limit: int) -> int | None:
    """Where the text of a post begins whose attribution begins at `start`, or None where that cannot be known.

    The text reaches back over whole lines, as many as one post can hold, but not over an empty line or over what is
    already another embed's (before `floor`). A line that began earlier with an article's own sentences is longer than
    any post; then nothing is taken. `floor` must be where a block begins: at an embed's end, or at the text's own
    beginning.
    """
    floor = _behind_tokens(text, floor, start)
    edge = None
    line = start
    while line > floor:
        below = line
        line = max(text.rfind("\n", floor, line - 1) + 1, floor) if line - 1 > floor else floor
        if not text[line:below].strip() and text[below:start].strip():
            break
        if (start - line > limit or text.find("/", line, start) >= 0) and counted_length(text[line:start]) > limit:
            break
        edge = line
    if edge is None:
        return None
    numbered = _NUMBER.match(text, edge, start)
    own = text[numbered.end() if numbered else edge : start].lstrip()
    return start - len(own) if own else None


def _behind_tokens(text: str, floor: int, start: int) -> int:
    """The floor, raised to behind a token that ends another post: nothing of a post's own text follows its picture."""
    if text.find("/", floor, start) < 0:
        return floor
    behind = start
    for token in reversed(list(_TOKEN.finditer(text, floor, start))):
        if any(character.isalnum() for character in _ADDRESS.sub("", text[token.end() : behind])):
            return token.end()
        behind = token.start()
    return floor


def counted_length(text: str) -> int:
    """The length of a text as X counts it: addresses at 23, a picture's token not at all.

    >>> counted_length("Look https://example.com/a/very/long/address/indeed pic.twitter.com/Ab3dEf6hIj")
    28
    """
    if "/" in text:
        text = _TOKEN.sub("", _ADDRESS.sub("x" * ADDRESS_LENGTH, text))
    return len(" ".join(text.split()))


def limit_on(limits: Limits, day: str | None) -> int:
    """How long a post of that day could be; without a day, how long any could."""
    return next((limit for until, limit in limits if day is not None and day < until), limits[-1][1])
