"""Whose words: what tells an article's own sentences, before an embedded post, from the post's.

The figures are of 211 tweets that real pages embed, each page turned to text in three ways (2026-11-26).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from archiver.find.post_length import ADDRESS, TOKEN, counted_length
from archiver.find.style_switches import language_switch, marks_switch

# What posts hold and an article's own sentences hardly do: hashtags, mentions, addresses, pictographs.
_SIGN = re.compile(r"[#＃]\w|(?<!\w)@\w|https?://|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_TAG = re.compile(r"[#＃]\w|(?<!\w)@\w")
_TAG_WORD = re.compile(r"[#＃@]\w+")
_NAME_WORD = re.compile(r"[^\W\d_]{2,}")
_REPORTED = re.compile(r"[,，][\"”»’“]\s+\w|[\"”»“],\s+\w|[!?][\"”»“]\s+[a-zà-ÿ]")
_CLOSED = re.compile(r"[.!?…:;,\"”»’'“)\]\d\u3000-\ud7ff\uff00-\uffef]\s*$")
_QUOTED = re.compile("[\"“”„«»‘’']")
_QUOTABLE = re.compile(r"(?:https?://|pic\.)\S+|[^\W_]+(?:[’'][^\W_]+)*")
_OPENING, _CLOSING = re.compile(r"[\"“„«»‘'][#@]?$"), re.compile(r"[^\w\s]*[\"”“»’']")
_LEAST_QUOTED = 5
_BEGINS = re.compile(r"[^\W\d_]|[#＃@\"“„«‘']")
_SHORT, _LONG, _LONG_LIMIT = 60, 150, 200


def has_sign(text: str) -> bool:
    """Whether a text says something, and holds what posts do and an article's own sentences hardly."""
    return _SIGN.search(text) is not None and last_word(text) >= 0


def ends_open(text: str) -> bool:
    """Whether a paragraph is neither so short as headings are nor long, and ends without any mark.

    8 paragraphs in posts, above another of the same post, are so, and none right above a post. It tells nothing of
    Chinese, Japanese and Korean, whose articles lead up to a post in half a sentence.
    """
    return _SHORT < counted_length(text) < _LONG and _CLOSED.search(_bare(text)) is None


def is_prose(block: str, spoken_of: re.Pattern[str] | None) -> bool:
    """Whether a block before a post's is known to be the article's.

    It is where it has nothing that posts have and speaks of such posts, as 53 blocks before tweets do and 1 in them, or
    is long (118 to 4).
    """
    if _SIGN.search(block):
        return False
    return len(block) > _LONG or (spoken_of is not None and spoken_of.search(block) is not None)


def behind_prose(text: str, first: int, starts: Sequence[int], end: int, author: Sequence[str]) -> int | None:
    """The one of `starts`, in order, before which `text[first:end]` is known to be the article's; None without one.

    `author` is what the article may call the author by (`author_names`).
    """
    told = max(
        _last_named(text, first, end, author), _last_reported(text, first, end), _last_quoted(text, first, starts, end)
    )
    found = next((start for start in starts if start > told), None) if told >= 0 else None
    for switch in (language_switch, marks_switch):
        floor = first if found is None else found
        start = switch(text, [start for start in starts if start > floor], floor, end)
        found = found if start is None else start
    return found


def behind_spoken(
    text: str, first: int, starts: Sequence[int], spoken_of: re.Pattern[str] | None, *, only_leads: bool
) -> int | None:
    """The one of `starts`, in order, behind the last sentence that speaks of such posts and has nothing they have.

    With `only_leads`, where nothing else tells that a post begins on the line at all, such a sentence has to lead up to
    it with a colon. Of 516 tweets cut 120 characters before their attribution, on one line, 5 more are whole with it,
    and 7 of 366 that are not cut; 1 of those is wrong that was not read, and none is lost. Right behind another embed
    it tells nothing: who answers a tweet speaks of it.
    """
    found = None
    for begin, start in pairwise([first, *starts]):
        if spoken_of is None or spoken_of.search(text, begin, start) is None or _SIGN.search(text, begin, start):
            continue
        if not only_leads or (text[begin:start].rstrip().endswith(":") and _BEGINS.match(text, start)):
            found = start
    return found


def behind_cut(text: str, starts: Sequence[int], end: int, limit: int) -> int | None:
    """Where a post's text begins behind the sentence or line that an excerpt begins in; None where that may hold it.

    A colon before a capital leads up to a post (11 to 2, 150 more embedded tweets from public repositories included).
    What the excerpt cuts was longer than what is left of it. Posts that may have 280 characters seldom fill them; those
    that may have 140 mostly do, so that there only a tag or a mention in what follows tells. Of the posts cut 120
    characters before their attribution 13 more are read where lines are kept, and 7 more where they are not. A line
    that ends without any mark, or that the next goes on, is the post's: of 3,150 excerpts from public repositories 13
    more are whole with it, and 6 below a heading are not.
    """
    start = next(iter(starts), None)
    if start is None or _SIGN.search(text, 0, start) or _goes_on(text[start]) or not _says_something(text[start:end]):
        return None
    if text[start - 1] == "\n":
        return start if _CLOSED.search(_bare(text[:start])) else None
    if text[:start].rstrip().endswith(":"):
        return start if text[start].isupper() else None
    return start if limit > _LONG_LIMIT or _TAG.search(text, start, end) else None


def _goes_on(first: str) -> bool:
    """Whether what begins with this letter or mark is none that begins a post, since it goes on with what is before."""
    return first.islower() or first in ".…,;:!?)"


def author_names(name: str | None, handle: str | None) -> tuple[str, ...]:
    """What an article calls an author by, and hardly any author themselves: the handle, two words of the name.

    The sentence before 18 of the posts has so much of their author's name, and 2 posts have.

    >>> author_names("Dr. Nora K. Quist", "nquist")
    ('@nquist', 'dr nora', 'nora quist')
    """
    words = [word.lower() for word in _NAME_WORD.findall(name or "")]
    return (*((f"@{handle.lower()}",) if handle else ()), *(f"{one} {two}" for one, two in pairwise(words)))


def _last_named(text: str, start: int, end: int, author: Sequence[str]) -> int:
    """Where the last of an author's names begins, -1 where none stands there."""
    lowered = text[start:end].lower()
    if len(lowered) != end - start:  # one of the few letters that become two
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text[start:end])
    return max((start + at for name in author if (at := lowered.rfind(name)) >= 0), default=-1)


def _last_reported(text: str, start: int, end: int) -> int:
    """Where words are reported as newspapers do, with a comma beside the closing mark (`…,” she said`), -1 if nowhere.

    So do those that end in another mark and go on in a small letter (`…!” she said`). The sentence before 13 of the
    posts does, and none within one.
    """
    return max((match.end() for match in _REPORTED.finditer(text, start, end)), default=-1)


def _last_quoted(text: str, first: int, starts: Sequence[int], end: int) -> int:
    """Where words end that an article quotes of a post and that stand again behind one of `starts`, -1 if nowhere.

    There they are the post's, without quotation marks. Of 211 tweets 7 more are whole on one line with it, 1 is wrong
    that was not read, and none is lost.
    """
    if _QUOTED.search(text, first, end) is None:
        return -1
    words = [(match.start(), match.end(), match[0].casefold()) for match in _QUOTABLE.finditer(text, first, end)]
    runs: dict[tuple[str, ...], int] = {}
    last = -1
    for at in range(len(words) - _LEAST_QUOTED + 1):
        before = runs.setdefault(tuple(word for _, _, word in words[at : at + _LEAST_QUOTED]), at)
        if before + _LEAST_QUOTED > at:
            continue
        length = _same(words, before, at)
        close = words[before + length - 1][1]
        if (
            close > last
            and _in_quotation(text, words[before][0], close)
            and not _in_quotation(text, words[at][0], words[at + length - 1][1])
            and any(close < start <= words[at][0] for start in starts)
        ):
            last = close
    return last


def _same(words: Sequence[tuple[int, int, str]], one: int, other: int) -> int:
    """How many words from the first place on are the same as from the other, which they do not reach."""
    length = 0
    while one + length < other and other + length < len(words) and words[one + length][2] == words[other + length][2]:
        length += 1
    return length


def _in_quotation(text: str, begin: int, end: int) -> bool:
    """Whether a quotation mark opens right before or closes right behind `text[begin:end]`."""
    return _OPENING.search(text, max(0, begin - 2), begin) is not None or _CLOSING.match(text, end) is not None


def last_word(text: str) -> int:
    """Where the last letter or digit of a text stands that is of no address and no token, -1 where none does."""
    return _last_letter(_bare(text))


def _says_something(text: str) -> bool:
    """Whether a text has words that are of no tag, mention or address."""
    return _last_letter(_TAG_WORD.sub(" ", _bare(text))) >= 0


def _last_letter(text: str) -> int:
    return next((at for at in range(len(text) - 1, -1, -1) if text[at].isalnum()), -1)


def _bare(text: str) -> str:
    """A text with spaces in place of addresses and tokens."""
    return TOKEN.sub(_blank, ADDRESS.sub(_blank, text)) if "/" in text else text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
