"""Excerpts: texts that begin within a sentence, and where in them a post does."""

import re
from collections.abc import Sequence

from archiver.find.article_prose import closes, has_sign, last_word, says_something

_TAG = re.compile(r"[#＃]\w|(?<!\w)@\w")
_FACE = re.compile(r"(?<![\w:;])[:;]['’-]?[)(DPp/|](?!\w)")
# Words that point to a sentence before them.
_REFERS_BACK = re.compile(
    r"(?:He|She|They|His|Her|Their|Them|That|But|Also|Then|Er|Deshalb|Dann|Aber|Il|Elle|Ils|Elles|Mais|Puis|Pero|Luego|"
    r"Ele|Ela|Eles|Elas|Mas|Ma|Però|Egli|Maar|Hij|Zij)(?:[’']\w+)?(?=\s)"
)
# Posts that may be longer than this seldom are as long as they may be; others mostly.
_LONG_LIMIT = 200
_LEAST_LEFT = 16
# What is left before the first whole word of an excerpt that is cut behind a word and not in one.
_BEHIND_WORD = re.compile(r"[ ,;)\]’”»–—-]*")


def begins_within(text: str) -> bool:
    """Whether a text begins within a sentence: its first word in a small letter, whatever of the one before is left.

    One in seven excerpts of newspapers is cut behind a word.

    >>> begins_within(" that was late"), begins_within(" Late again")
    (True, False)
    """
    begin = _BEHIND_WORD.match(text)
    return begin is not None and text[begin.end() : begin.end() + 1].islower()


def behind_cut(text: str, starts: Sequence[int], end: int, limit: int) -> int | None:
    """Where a post's text begins behind the sentence or line that an excerpt begins in; None where that may hold it.

    A colon before a capital leads up to a post (11 to 2, 150 more embedded tweets from public repositories included).
    What the excerpt cuts was longer than what is left of it. Posts that may have 280 characters seldom fill them; those
    that may have 140 mostly do, so that there only a tag, a mention or a face in what follows tells. Of the posts cut
    120 characters before their attribution 13 more are read where lines are kept, and 7 more where they are not. A line
    that ends without any mark, or that the next goes on, is the post's: of 3,150 excerpts from public repositories 13
    more are whole with it, and 6 below a heading are not. So is a sentence that was shouted, or that the next points
    back to, or that hardly anything follows.
    """
    start = next(iter(starts), None)
    if start is None or has_sign(text[:start]) or _goes_on(text[start]) or not says_something(text[start:end]):
        return None
    before = text[:start].rstrip()
    if text[start - 1] == "\n":
        return start if closes(before) else None
    if before.endswith(":"):
        return start if text[start].isupper() else None
    if before.endswith("!") or _REFERS_BACK.match(text, start) or last_word(text[start:end]) < _LEAST_LEFT:
        return None
    is_told = limit > _LONG_LIMIT or _TAG.search(text, start, end) or _FACE.search(text, start, end)
    return start if is_told else None


def _goes_on(first: str) -> bool:
    """Whether what begins with this letter or mark is none that begins a post, since it goes on with what is before."""
    return first.islower() or first in ".…,;:!?)"
