"""Fragments: the words of a post whose links a flattener put on lines of their own, in the midst of its sentences."""

import re
from collections.abc import Iterator

from archiver.find.post_length import fits, with_attached
from archiver.find.spans import Span
from archiver.platforms.base import TextLimit

_LINKS = re.compile(r"\s*+(?:(?:[#＃@]\w[\w.]*+|https?://\S++|pic\.(?:twitter|x)\.com/\w++)\s*+)++")
_GOES_ON = re.compile(r"\s*(?:[.,;:!?)…’”»%]|(?P<letter>[^\W\d_]))")
_ENDS = re.compile(r"[.!?…:。！？][\"”»’')\]]*\s*$")
# Characters of a paragraph with all its links: what a post may hold, and addresses, which count as less.
_REACH = 1_000


def paragraph_start(text: str, end: int, floor: int, limit: TextLimit) -> int | None:
    """Where behind `floor` the paragraph begins that ends at `end`, if it has links on lines of their own and is no
    longer than a post could be; None otherwise.

    A line goes on with the one above if it begins in a small letter or a mark, if the one above is a link, or if it is
    a link itself and either nothing but links follows or the one above has no end.
    """
    lines = _lines_up(text, end, floor)
    last, stop = next(lines, (end, end))
    start, below, is_tail = last, text[last:stop], True
    for begin, stop in lines:
        above = text[begin:stop]
        is_link = _LINKS.fullmatch(below) is not None
        is_tail = is_tail and is_link
        if not (_goes_on(below, is_link=is_link) or _LINKS.fullmatch(above) or _ends_open(above, is_link, is_tail)):
            break
        start, below = begin, above
    return start if start < last and fits(text[start:end], with_attached(limit, text, end) or limit) else None


def _lines_up(text: str, end: int, floor: int) -> Iterator[Span]:
    """The lines that say something, from the one that ends at `end` upwards, as far as a post may reach."""
    stop = end
    while stop > floor and end - stop <= _REACH:
        begin = max(text.rfind("\n", floor, stop) + 1, floor)
        if text[begin:stop].strip():
            yield begin, stop
        stop = begin - 1


def _goes_on(line: str, *, is_link: bool) -> bool:
    """Whether a line begins as none does that begins a paragraph."""
    begin = _GOES_ON.match(line)
    return begin is not None and not is_link and (begin["letter"] or "a").islower()


def _ends_open(above: str, is_link: bool, is_tail: bool) -> bool:
    return is_link and (is_tail or _ENDS.search(above) is None)
