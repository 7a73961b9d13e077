"""Whose words: what tells an article's own sentences, before an embedded post, from the post's.

The figures are of 211 tweets that real pages embed, each page turned to text in three ways (2026-11-26).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from archiver.find.post_length import ADDRESS, TOKEN, counted_length
from archiver.find.repetitions import last_quoted, last_repeated
from archiver.find.style_switches import language_switch, marks_switch

# What posts hold and an article's own sentences hardly do: hashtags, mentions, addresses, pictographs.
_SIGN = re.compile(r"[#＃]\w|(?<!\w)@\w|https?://|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_TAG_WORD = re.compile(r"[#＃@]\w+")
_NAME_WORD = re.compile(r"[^\W\d_]{2,}")
_REPORTED = re.compile(r"[,，][\"”»’“]\s+\w|[\"”»“],\s+\w|[!?][\"”»“]\s+[a-zà-ÿ]")
_CLOSED = re.compile(r"[.!?…:;,\"”»’'“)\]\d\u3000-\ud7ff\uff00-\uffef]\s*$")
# What a sentence that shows something says before its colon, however short it is.
_SHOWS = re.compile(
    r"\b(?:below|following|responses|reactions|replies|comments|ci-dessous|suivant\w*|folgend\w*|siguiente\w*|"
    r"continuación|seguente|seguito|abaixo|volgende|hieronder|poniżej|ниже)\b[^.!?…:]{0,60}$",
    re.IGNORECASE,
)
_LEAST_SHOWING, _LEAST_SHOWN = 40, 16
# What newsrooms begin a post with.
_OPENER = re.compile(
    r"(?:JUST IN|BREAKING(?: NEWS)?|EILMELDUNG|DERNIÈRE MINUTE|ÚLTIMA HORA|ULTIM['’]?ORA)\b"
    r"|(?:NEW|DEVELOPING|EXCLUSIVE|ALERT|EIL|ALERTE|URGENTE?|СРОЧНО|PILNE)\s?(?::|[-–—|]\s)(?!\s*https?:)"
)
_BEGINS = re.compile(r"[^\W\d_]|[#＃@\"“„«‘']")
_SHORT, _LONG, _LONG_WIDE = 60, 150, 180


def has_sign(text: str) -> bool:
    """Whether a text says something, and holds what posts do and an article's own sentences hardly."""
    return _SIGN.search(text) is not None and last_word(text) >= 0


def ends_open(text: str) -> bool:
    """Whether a paragraph is neither so short as headings are nor long, and ends without any mark.

    8 paragraphs in posts, above another of the same post, are so, and none right above a post. It tells nothing of
    Chinese, Japanese and Korean, whose articles lead up to a post in half a sentence.
    """
    return _SHORT < counted_length(text) < _LONG and not closes(text)


def closes(text: str) -> bool:
    """Whether a text ends in a mark, whatever addresses and tokens follow; letters of East Asia need none."""
    return _CLOSED.search(_bare(text)) is not None


def is_prose(block: str, spoken_of: re.Pattern[str] | None) -> bool:
    """Whether a block before a post's is known to be the article's.

    It is where it has nothing that posts have and speaks of such posts, as 53 blocks before tweets do and 1 in them, or
    is long (118 to 4; wide letters count as two: 25 to 0 with 90 of them).
    """
    if _SIGN.search(block):
        return False
    is_long = len(block) > _LONG or counted_length(block, wide=2) > _LONG_WIDE
    return is_long or (spoken_of is not None and spoken_of.search(block) is not None)


def behind_prose(
    text: str, first: int, starts: Sequence[int], end: int, author: Sequence[str], *, is_open: bool, is_cut: bool
) -> int | None:
    """The one of `starts`, in order, before which `text[first:end]` is known to be the article's; None without one.

    `author` is what the article may call the author by (`author_names`). `is_open` says that no line tells where the
    post begins, and `is_cut` that an excerpt begins at `first`: elsewhere a post's own lead-ups, repetitions and second
    beginnings are more than an article's.
    """
    told = [_last_named(text, first, end, author), _last_reported(text, first, end)]
    told.append(last_quoted(text, first, starts, end))
    if is_cut and "\n" not in text[first:end].rstrip():
        told.append(last_repeated(text, first, starts, end))
    if is_open or is_cut:
        told.append(_last_showing(text, first, starts, end))
        told.append(max((start - 1 for start in starts if _OPENER.match(text, start)), default=-1))
    behind = (next((start for start in starts if start > last), None) for last in told if last >= 0)
    found = max((start for start in behind if start is not None), default=None)
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


def _last_showing(text: str, first: int, starts: Sequence[int], end: int) -> int:
    """Where the last sentence ends that leads up to something shown, with a colon, -1 where none does.

    It is long or says so, and has nothing that posts have: of the sentences with a colon right before 250 tweets
    21 have 40 letters or more, and of those within one 2.
    """
    return max(
        (
            start - 1
            for begin, start in pairwise([first, *starts])
            if _shows(text[begin:start]) and _opens(text, start) and last_word(text[start:end]) >= _LEAST_SHOWN
        ),
        default=-1,
    )


def _shows(sentence: str) -> bool:
    bare = sentence.strip().rstrip('"”»')
    if not bare.endswith((":", "：")) or _SIGN.search(bare):
        return False
    return len(bare) >= _LEAST_SHOWING or _SHOWS.search(bare[:-1]) is not None


def _opens(text: str, start: int) -> bool:
    """Whether a letter stands there that may begin a sentence, or a tag or mention."""
    letter = text[start]
    return (letter.isalpha() and not letter.islower()) or _TAG_WORD.match(text, start) is not None


def _last_reported(text: str, start: int, end: int) -> int:
    """Where words are reported as newspapers do, with a comma beside the closing mark (`…,” she said`), -1 if nowhere.

    So do those that end in another mark and go on in a small letter (`…!” she said`). The sentence before 13 of the
    posts does, and none within one.
    """
    return max((match.end() for match in _REPORTED.finditer(text, start, end)), default=-1)


def last_word(text: str) -> int:
    """Where the last letter or digit of a text stands that is of no address and no token, -1 where none does."""
    return _last_letter(_bare(text))


def says_something(text: str) -> bool:
    """Whether a text has words that are of no tag, mention or address."""
    return _last_letter(_TAG_WORD.sub(" ", _bare(text))) >= 0


def says_much(text: str) -> bool:
    """Whether a text has some words that are of no tag, mention or address."""
    return sum(map(str.isalnum, _TAG_WORD.sub(" ", _bare(text)))) >= _LEAST_SHOWN


def _last_letter(text: str) -> int:
    return next((at for at in range(len(text) - 1, -1, -1) if text[at].isalnum()), -1)


def _bare(text: str) -> str:
    """A text with spaces in place of addresses and tokens."""
    return TOKEN.sub(_blank, ADDRESS.sub(_blank, text)) if "/" in text else text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
