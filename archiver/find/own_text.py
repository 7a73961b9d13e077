"""The text of a post that stands before its attribution: taken where something tells its left edge, else left alone."""

import re
from typing import NamedTuple

from archiver.find.article_prose import (
    author_names,
    behind_prose,
    behind_spoken,
    ends_open,
    has_sign,
    is_prose,
    last_word,
    says_much,
)
from archiver.find.excerpts import behind_cut
from archiver.find.post_length import ADDRESS, TOKEN, fits
from archiver.languages import TITLES
from archiver.platforms.base import TextLimit
from archiver.times import read_printed

# What a list or a heading puts before a post: "5." or "5)" alone in its line, or at the line's beginning, a bullet.
_NUMBER = re.compile(r"\s*(?:\d{1,3}[.)]|[*•-]|#{1,6})(?=\s)\s*(?:>\s)?")
_LIST_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s*")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+[^\W\d]")
_LINE_END = re.compile(r"\n\s*")
_SENTENCE_AND_MORE = re.compile(r"[.!?…][\"”»’)\]]*\s+[^\W\d]")
_HASHTAG = re.compile(r"[#＃]\w")
_LEAST_LEAD = 40
_BEGINS_TEXT = re.compile(r"(?!https?://|pic\.)(?:[^\W\d_]|[#＃@\"“„«‘'])")
_WIDEST_INDENT = 80
_LAYOUT_REACH = 2_000


class Signed(NamedTuple):
    """What an attribution says that tells where its post's text begins: how long that may be, whose it is, and how
    articles speak of such posts."""

    limit: TextLimit
    name: str | None = None
    handle: str | None = None
    spoken_of: re.Pattern[str] | None = None


def own_block(text: str, start: int, block: int | None, signed: Signed, *, is_cut: bool = False) -> int | None:
    """Where the text of a post begins whose attribution begins at `start`, or None where that cannot be known.

    The text reaches back over whole lines, as many as one post can hold, but not over what is already another embed's
    (before `block`), nor over lines and sentences that are known to be the article's: those that tell of the author,
    those in another language, and others that `article_prose` knows. Where none is known and the line is too long,
    nothing is taken: it began earlier, with an article's own sentences. `block` is where a block is known to begin, at
    an embed's end or at the text's own beginning, None where the text begins within one; `is_cut` says that the block
    is cut there, in a sentence.
    """
    limit = signed.limit
    floor = _behind_tokens(text, block or 0, start)
    floor = max(floor, _attribution_end(text, max(floor, start - 2 * limit.characters), start))
    has_line = _has_own_line(text, floor, start)
    is_open = block is None and floor == 0
    edge = None if is_open else _first_line(text, start, floor, signed, has_line=has_line)
    if not has_line and (glued := _first_glued(text, start, floor if edge is None else edge, signed)) is not None:
        edge = glued
    first = max(floor, start - 2 * limit.characters) if edge is None else edge
    starts = _starts(text, first, start, has_line=has_line)
    if starts and starts[0] < start:
        last = first + last_word(text[first:start])
        starts = [begin for begin in starts if begin <= last]
        author = author_names(signed.name, signed.handle)
        is_cut = is_cut and edge == floor == 0
        told = behind_prose(text, first, starts, start, author, is_open=edge is None, is_cut=is_cut)
        if not has_line and (edge is None or floor == 0):
            spoken = behind_spoken(text, first, starts, signed.spoken_of, only_leads=edge is None)
            told = max((start for start in (told, spoken) if start is not None), default=None)
        if told is None and is_cut:
            told = behind_cut(text, starts, start, limit.characters)
        if told is not None and not _is_longer(text, told, start, limit):
            edge = told
    if edge is None:
        return None
    own = text[_behind_number(text, edge, start) : start].lstrip()
    return start - len(own) if own.strip("> \t\r\n") else None


LONGEST_LINE = 300
"""How long a line may be that is taken for a post's text where posts may be of any length."""

# A line that ends in hashtags behind some words: an article has tags in its sentences, if any.
_TAGGED = re.compile(r"(?:[^\s#＃]\S*\s+){3,}(?:[#＃]\w+\s*){2,}")


_OPENS_QUOTATION = re.compile(r"(?:^|[\s(])[\"“„«»‘']$")


def own_line(text: str, start: int, floor: int) -> int | None:
    """Where the text of a post begins that is one line with its attribution at `start`, or the one above; None if none.

    For platforms whose posts may be longer than an article: all that a flattener put on the attribution's line is the
    embed's, unless the line is long. The line above is where it ends in hashtags.
    """
    line = max(text.rfind("\n", floor, start) + 1, floor)
    if own := text[line:start].lstrip():
        return start - len(own) if len(own) <= LONGEST_LINE and not _OPENS_QUOTATION.search(own) else None
    near = max(floor, line - 2 * LONGEST_LINE)
    end = near + len(text[near:line].rstrip())
    above = max(text.rfind("\n", near, end) + 1, near)
    is_long = end - above > LONGEST_LINE
    return above if not is_long and _TAGGED.fullmatch(text, above, end) else None


def _first_line(text: str, start: int, floor: int, signed: Signed, *, has_line: bool) -> int | None:
    """Where the first of the lines begins that may be a post's whose attribution begins at `start`.

    `has_line` says whether the attribution has a line of its own; then so has every block before it.
    """
    edge, line, behind_gap = None, start, False
    while line > floor:
        below = line
        line = max(text.rfind("\n", floor, line - 1) + 1, floor) if line - 1 > floor else floor
        if text[line:below].isspace():
            behind_gap = edge is not None
        elif behind_gap and not has_line and below - line > signed.limit.characters:
            break  # as mostly; else its addresses have to be counted
        elif _is_longer(text, _behind_number(text, line, below), start, signed.limit):
            break
        elif edge is None:
            edge = line
        elif _LIST_NUMBER.fullmatch(text, line, below) or _HEADING.match(text, line, below):
            break
        elif behind_gap:
            if _is_told(text[line:below], signed):
                break
            if (has_line or line > 0) and _joins(text, line, below):
                edge, behind_gap = line, False
            elif not has_line:
                break
        elif has_line and _is_articles(text, line, below, start, signed):
            break
        else:
            edge = line
    return edge


def _has_own_line(text: str, floor: int, start: int) -> bool:
    """Whether the attribution at `start` begins a line; then so does every block before it."""
    return text[max(floor, start - _WIDEST_INDENT) : start].rstrip(" \t").endswith("\n")


def _behind_number(text: str, line: int, end: int) -> int:
    """Where a line goes on behind what a list or a heading puts before it."""
    numbered = _NUMBER.match(text, line, end)
    return numbered.end() if numbered else line


def _is_told(block: str, signed: Signed) -> bool:
    """Whether a block is known as the article's: since it names the author, is prose, or speaks of such posts.

    Articles that do may mention an account or hold a pictograph, and hardly a hashtag.
    """
    lowered = block.lower()
    speaks = signed.spoken_of is not None and signed.spoken_of.search(block) is not None
    if (speaks and _HASHTAG.search(block) is None) or is_prose(block, None):
        return True
    return any(name in lowered for name in author_names(signed.name, signed.handle))


def _joins(text: str, line: int, below: int) -> bool:
    """Whether a line above an empty one belongs to the post below, since it says what articles do not.

    Then so do the lines between them. Of 211 embedded posts that were turned to text with empty lines between
    paragraphs, 14 are whole with it that were not without, and none is wrong. Where the attribution is on the last
    line of such a post, as some extractors leave it, 8 more of 30 are whole, and none of 120 others is lost.
    """
    begins = line == 0 or text[line - 1] == "\n"
    above = text[line:below]
    return begins and (has_sign(above) or ends_open(above))


def _is_articles(text: str, line: int, below: int, start: int, signed: Signed) -> bool:
    """Whether a line above one of a post's is known to be no line of it, in a text whose lines are paragraphs.

    It is where it leads up to the post or is known as prose. Where empty lines part the paragraphs, the lines of one
    belong together.
    """
    if text.rfind("\n\n", max(0, start - _LAYOUT_REACH), start) >= 0:
        return False
    above = text[line:below]
    return _leads_up(above, text, below) or is_prose(above, signed.spoken_of)


def _leads_up(line: str, text: str, below: int) -> bool:
    """Whether a line leads up to a post: to a colon behind a full sentence, or by a long one to a colon or an ellipsis.

    A long line before a list, an address or a picture that begin the next one, at `below`, may be the post's own. Of
    375 lines right above a tweet 56 lead up to it, and of 234 within one 4.
    """
    bare = line.rstrip()
    if bare.endswith(":") and _SENTENCE_AND_MORE.search(line) is not None:
        return True
    is_lead = len(bare) >= _LEAST_LEAD and bare.endswith((":", "…", "..."))
    return is_lead and _BEGINS_TEXT.match(text, below) is not None and not has_sign(line)


def _is_longer(text: str, start: int, end: int, limit: TextLimit) -> bool:
    may_be = (end - start) * limit.wide > limit.characters or text.find("/", start, end) >= 0
    return may_be and not fits(text[start:end], limit)


# Where one block ends and the next begins in a text that a flattener put together with nothing between blocks.
_GLUED = r"(?:(?<=[a-zß-ÿ\d)”’\"].)(?=[A-ZÀ-Þ@#]|\.@|[“\"‘]\w|pic\.)|[”’)\"](?<=[a-zß-ÿ]..)(?=[A-ZÀ-Þ@#]))"
_GLUE = re.compile(rf"[.!?:…]{_GLUED}")
# Behind these, and behind an initial, a full stop ends no sentence.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
_SHORTENED = (*map(str.capitalize, sorted(TITLES)), *_MONTHS)
_ENDS = r"(?<!(?<!\.)\b[A-Z]\.)" + "".join(rf"(?<!\b{word}\.)" for word in _SHORTENED)
# There, or behind a sentence or a line. All it may begin with comes first, since that is searched for fastest.
_START = re.compile(rf"[.!?:…。！？\n](?:(?<=[.!?:…])(?:{_ENDS}[\"”»’)\]]*\s+|{_GLUED})|(?<=[。！？\n])\s*)")
_LEAST_GLUED = 2


def _first_glued(text: str, start: int, floor: int, signed: Signed) -> int | None:
    """Where the first of the blocks begins that may be a post's, in a text whose blocks are glued; None in any other.

    Of 634 tweets in the flattened pages of newsrooms 250 had none of their words without this, and 98 of them have with
    it; of 54 that were looked at 52 had exactly theirs.
    """
    limit = signed.limit
    if text.rfind("\n", max(0, start - 2 * limit.characters), start) >= 0:
        return None
    edges = [match.end() for match in _GLUE.finditer(text, max(0, start - _LAYOUT_REACH), start)]
    if len(edges) < _LEAST_GLUED:
        return None
    edges = [floor, *(edge for edge in edges if edge > floor)]
    first = edges.pop()
    if first == floor or first > floor + last_word(text[floor:start]) or _is_longer(text, first, start, limit):
        return None
    while edges:
        above = edges.pop()
        block = text[above:first]
        if _is_longer(text, above, start, limit) or block.endswith(":") or is_prose(block, signed.spoken_of):
            break
        first = above
    return first


def _starts(text: str, first: int, end: int, *, has_line: bool) -> list[int]:
    """Where behind `first` lines begin, or, where the attribution has none of its own, sentences do.

    None stands in a quotation, or is an address that hardly any words follow: so no post begins.
    """
    starts = [match.end() for match in (_LINE_END if has_line else _START).finditer(text, first, end)]
    starts = [start for start in starts if not _is_address(text, start) or says_much(text[start:end])]
    quotations = list(_QUOTATION.finditer(text, first, end)) if starts and not has_line else []
    return [start for start in starts if not any(each.start() < start < each.end() for each in quotations)]


def _is_address(text: str, start: int) -> bool:
    return (ADDRESS.match(text, start) or TOKEN.match(text, start)) is not None


_QUOTATION = re.compile(
    r"(?<![^\s(])(?:\"(?=\w)[^\"\n]{1,280}\"(?!\w)|“[^”“\n]{1,280}”|„[^“”„\n]{1,280}[“”]|«[^»«\n]{1,280}»)"
)


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
    for token in reversed(list(TOKEN.finditer(text, floor, start))):
        if last_word(text[token.end() : behind]) >= 0:
            return token.end()
        behind = token.start()
    return floor
