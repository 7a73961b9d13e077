"""The text of a post that stands before its attribution: taken where something tells its left edge, else left alone."""

import re
from collections.abc import Sequence
from itertools import pairwise

from archiver.find.switches import language_switch
from archiver.times import read_printed

# A list's number before a post that a page counts: "5." or "5)" alone in its line, or at the line's beginning.
_NUMBER = re.compile(r"\s*\d{1,3}[.)](?=\s)\s*")
_ADDRESS = re.compile(r"https?://\S+")
_TOKEN = re.compile(r"pic\.(?:twitter|x)\.com/\w+")
# What posts hold and an article's own sentences hardly do: hashtags, mentions, addresses, pictographs.
_SIGN = re.compile(r"[#＃]\w|(?<!\w)@\w|https?://|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_SPEAKS_OF_IT = re.compile(r"(?<!pic\.)tw(?:eet|itter(?!\.com))|ツイート", re.IGNORECASE)
_SENTENCE_AND_MORE = re.compile(r"[.!?…][\"”»’)\]]*\s+[^\W\d]")
_WIDEST_INDENT = 80
_LAYOUT_REACH = 2_000
ADDRESS_LENGTH = 23
"""What X counts for any address, however long it is (docs.x.com, "Counting characters")."""

Limits = tuple[tuple[str, int], ...]
"""How long a post could be: for each limit the day (ISO) until which it held, oldest first."""


def own_block(
    text: str, start: int, floor: int, limit: int, name: str | None = None, handle: str | None = None
) -> int | None:
    """Where the text of a post begins whose attribution begins at `start`, or None where that cannot be known.

    The text reaches back over whole lines, as many as one post can hold, but not over what is already another embed's
    (before `floor`), nor over lines and sentences that are known to be the article's: those that tell of the author
    by `name` or `handle`, those in another language, and what `_is_articles` knows. Where none is known and the line
    is too long, nothing is taken: it began earlier, with an article's own sentences. `floor` must be where a block
    begins: at an embed's end, or at the text's own beginning.
    """
    floor = _behind_tokens(text, floor, start)
    floor = max(floor, _attribution_end(text, max(floor, start - 2 * limit), start))
    has_line = _has_own_line(text, floor, start)
    edge = _first_line(text, start, floor, limit, has_line=has_line)
    first = max(floor, start - 2 * limit) if edge is None else edge
    block_end = _LINE_END if has_line else _SENTENCE_END
    starts = [match.end() for match in block_end.finditer(text, first, start)]
    within = bool(starts) and starts[0] < start
    told = _behind_articles(text, first, starts, start, author_names(name, handle)) if within else None
    if told is not None and not _is_longer(text, told, start, limit):
        edge = told
    if edge is None:
        return None
    numbered = _NUMBER.match(text, edge, start)
    own = text[numbered.end() if numbered else edge : start].lstrip()
    return start - len(own) if own else None


LONGEST_LINE = 300
"""How long a line may be that is taken for a post's text together with its attribution."""


def own_line(text: str, start: int, floor: int) -> int | None:
    """Where the text of a post begins that stands on one line with its attribution at `start`, None where none does.

    For platforms whose posts may be longer than an article: all that a flattener put on the line is the embed's,
    unless the line is long.
    """
    line = max(text.rfind("\n", floor, start) + 1, floor)
    own = text[line:start].lstrip()
    return start - len(own) if own and len(own) <= LONGEST_LINE else None


def _first_line(text: str, start: int, floor: int, limit: int, *, has_line: bool) -> int | None:
    """Where the first of the lines begins that may be a post's whose attribution begins at `start`.

    `has_line` says whether the attribution has a line of its own; then so has every block before it.
    """
    edge, line, behind_gap = None, start, False
    while line > floor:
        below = line
        line = max(text.rfind("\n", floor, line - 1) + 1, floor) if line - 1 > floor else floor
        if text[line:below].isspace():
            if edge is not None and not has_line:
                break
            behind_gap = edge is not None
        elif _is_longer(text, line, start, limit):
            break
        elif edge is None:
            edge = line
        elif behind_gap:
            if not _is_a_posts(text, line, below):
                break
            edge, behind_gap = line, False
        elif has_line and _is_articles(text, line, below, start):
            break
        else:
            edge = line
    return edge


def _has_own_line(text: str, floor: int, start: int) -> bool:
    """Whether the attribution at `start` begins a line; then so does every block before it."""
    return text[max(floor, start - _WIDEST_INDENT) : start].rstrip(" \t").endswith("\n")


def _is_a_posts(text: str, line: int, below: int) -> bool:
    """Whether a line above an empty one belongs to the post below, since it says what articles do not.

    Of 211 embedded posts that were turned to text with empty lines between paragraphs, 7 are whole with it that were
    not without, and none is wrong.
    """
    begins = line == 0 or text[line - 1] == "\n"
    return begins and _SIGN.search(text, line, below) is not None and _last_word(text[line:below]) >= 0


def _is_articles(text: str, line: int, below: int, start: int) -> bool:
    """Whether a line above one of a post's is known to be no line of it, in a text whose lines are paragraphs.

    It is where it speaks of tweets, as 53 lines before 211 embedded posts do and 2 within them, or goes on behind a
    full sentence to a colon. Where empty lines part the paragraphs, the lines of one belong together.
    """
    if text.rfind("\n\n", max(0, start - _LAYOUT_REACH), start) >= 0:
        return False
    above = text[line:below]
    return bool(_SPEAKS_OF_IT.search(above) or (above.rstrip().endswith(":") and _SENTENCE_AND_MORE.search(above)))


def _is_longer(text: str, start: int, end: int, limit: int) -> bool:
    return (end - start > limit or text.find("/", start, end) >= 0) and counted_length(text[start:end]) > limit


_SENTENCE_END = re.compile(r"[.!?…:][\"”»’)\]]*\s+|[。！？]\s*|\s*\n\s*")
_LINE_END = re.compile(r"\s*\n\s*")


def _behind_articles(text: str, first: int, starts: list[int], end: int, author: Sequence[str]) -> int | None:
    """The one of `starts`, in order, before which `text[first:end]` is known to be the article's; None without one."""
    last = first + _last_word(text[first:end])
    starts = [start for start in starts if start <= last]
    named = _last_named(text[first:end], author)
    behind = next((start for start in starts if start > first + named), None) if named is not None else None
    floor = first if behind is None else behind
    switch = language_switch(text, [start for start in starts if start > floor], floor, end)
    return behind if switch is None else switch


def _last_word(text: str) -> int:
    """Where the last letter or digit of a text stands that is of no address and no token, -1 where none does."""
    bare = _TOKEN.sub(_blank, _ADDRESS.sub(_blank, text)) if "/" in text else text
    return next((at for at in range(len(bare) - 1, -1, -1) if bare[at].isalnum()), -1)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _last_named(text: str, author: Sequence[str]) -> int | None:
    lowered = text.lower()
    if len(lowered) != len(text):  # one of the few letters that become two
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return max((at for name in author if (at := lowered.rfind(name)) >= 0), default=None)


_NAME_WORD = re.compile(r"[^\W\d_]{2,}")


def author_names(name: str | None, handle: str | None) -> tuple[str, ...]:
    """What an article calls an author by, and hardly any author themselves: the handle, two words of the name.

    Of 211 embedded posts 2 hold so much of their author's name, and of the sentences before them 18 do.

    >>> author_names("Dr. Nora K. Quist", "nquist")
    ('@nquist', 'dr nora', 'nora quist')
    """
    words = [word.lower() for word in _NAME_WORD.findall(name or "")]
    return (*((f"@{handle.lower()}",) if handle else ()), *(f"{one} {two}" for one, two in pairwise(words)))


_SIGNED = re.compile(r"(?<=\w)\)\s{1,2}(?=\S)")


def _attribution_end(text: str, start: int, end: int) -> int:
    """The end of what is left of an attribution that an excerpt begins in (`…ames) May 4, 2020`), 0 without one."""
    found, closing = 0, text.find(")", start, end)
    while closing >= 0:
        if (match := _SIGNED.match(text, closing)) and (printed := read_printed(text, match.end())):
            found = printed.end
        closing = text.find(")", closing + 1, end)
    return found


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
