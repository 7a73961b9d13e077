"""Bylines and phrases: remains that name no handle in parentheses but have words or signs of their own."""

import re
from collections.abc import Sequence

from archiver.find.attribution_parts import has_ordinal, leads_elsewhere
from archiver.find.grammar import any_of
from archiver.find.mentions import is_quoted
from archiver.find.needles import holds_any, utf8
from archiver.find.remains import Remains
from archiver.find.view import BARRIER, Link, overlapping
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Byline, Phrase, Platform
from archiver.times import Printed, is_weekday, read_printed
from archiver.urls import resolve

LINE_REACH = 300
"""How far back a line is looked at that a phrase begins in, in characters."""

_BYLINE_REACH = 160
# How far behind where a date begins its first digit may stand: behind a month's name and a line break with its indent.
_DIGIT_REACH = 200
_DIGIT = re.compile(r"\d")
# Captions have up to 2,200 characters on TikTok.
_LINES_REACH = 2_400
# Looked ahead, not taken: "En Lucha en Viernes" has the word twice, and the second is the one.
_WEEKDAY_ON = re.compile(
    r"[ \n](?=(?:(?P<on>[^\s\d]{1,8})[ \n]{1,3})?(?P<weekday>[^\W\d_][^\s\d,،]{1,19})"
    r"(?P<rest>(?: [^\W\d_]\w{1,9})?[,،]? ))"
)
# A date of East Asia, which goes before its weekday (2020年10月2日金曜日), also behind the English words.
_DATE_ON = re.compile(r"[ \n](?=(?:(?P<on>[^\s\d]{1,8}) )?(?P<date>\d{4} ?[年년]))")
_WEEKDAY = re.compile(r"[ ,،]{0,2}(?P<weekday>[^\W\d_]{2,20})")
_PARAGRAPH = re.compile(r"\n[ \t>]{0,40}+\n")
# Facebook prints the day and no clock; blogs print both, or the day as an ordinal number.
_CLOCK = re.compile(r"[\s,|–—-]{0,4}(?:[^\W\d]{1,5} )?\d{1,2}[:.h]\d\d(?!\d)")
_PRINTED_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)")
# As far in a page's source, where links stand between the words.
_SOURCE_REACH = 1_000
_IN_SMALL_LETTERS = re.compile(r"\s+[a-z]")
_UNDATED_END = re.compile(r"(?P<name>[^\n]{1,80}?)\.(?=[ \t]*(?:\n|$))")

_OWNERS: dict[str, list[tuple[Platform, Byline | Phrase]]] = {}
for _each in PLATFORMS:
    for _words in _each.phrases:
        _OWNERS.setdefault(_words.anchor, []).append((_each, _words))
    for _signed_by in _each.bylines:
        for _before in _signed_by.before:
            _OWNERS.setdefault(_before, []).append((_each, _signed_by))

_SPELLED = (spelling for owners in _OWNERS.values() for _, owner in owners for spelling in owner.spelled)
PHRASE_WORDS = (*_OWNERS, *dict.fromkeys(_SPELLED))
"""What every byline or phrase holds, to be searched for before anything else is done."""


_holds_phrase = holds_any(PHRASE_WORDS)
_WORDS = any_of(PHRASE_WORDS)
_GROUP_NAME = re.compile(r"\(\?P<\w+>")


def _beginning(anchor: str) -> str:
    """A pattern for an anchor where what must follow does: most of what begins as a phrase goes on otherwise."""
    escaped = re.escape(anchor)
    ways = [
        f"{escaped}[ \\n]"
        if isinstance(owner, Byline)
        else f"(?i:{_GROUP_NAME.sub('(?:', owner.pattern.pattern)})"
        if owner.pattern.flags & re.IGNORECASE
        else _GROUP_NAME.sub("(?:", owner.pattern.pattern)
        for _, owner in _OWNERS[anchor]
    ]
    # The anchor comes first, since literals are what a search is fast for; then it is looked at again from its start.
    return f"{escaped}(?<=(?={'|'.join(dict.fromkeys(ways))}){escaped})"


_PHRASES = re.compile("|".join(_beginning(anchor) for anchor in sorted(_OWNERS, key=len, reverse=True)))


def find_phrases(text: str, links: Sequence[Link] = ()) -> list[Remains]:
    """The bylines and phrases in a text, in order: `Posted by NAME on WEEKDAY, DATE`, `via GIPHY` and their like.

    `links` are the view's. A byline whose name has no capital (`Posted by admin on …`) is a blog's own, unless it
    links to a post of the platform.
    """
    if not _holds_phrase(utf8(text)):
        return []
    read = (_first(text, match, links) for match in _PHRASES.finditer(text))
    return [remains for remains in read if remains]


def _first(text: str, match: re.Match[str], links: Sequence[Link]) -> Remains | None:
    """What the first of an anchor's owners reads that reads anything."""
    for platform, owner in _OWNERS[match[0]]:
        remains = _read(text, platform, owner, match)
        if remains is None:
            continue
        if is_quoted(text, remains.start, remains.end):
            continue
        if isinstance(owner, Phrase) and owner.linked and not _is_linked(remains, links):
            continue
        if isinstance(owner, Byline) and leads_elsewhere(platform, links, remains.start, remains.end):
            continue
        if isinstance(owner, Byline) and (remains.author_name or "").islower() and not _is_linked(remains, links):
            continue
        return remains
    return None


def _is_linked(remains: Remains, links: Sequence[Link]) -> bool:
    found = (resolve(link.url) for link in overlapping(links, remains.start, remains.end))
    return any(reference is not None and reference.platform == remains.platform for reference in found)


def holds_phrase(text: str, start: int, end: int, data: bytes | None = None) -> bool:
    """Whether a stretch of a page's source, which may be given as its UTF-8 too, holds what some phrase begins with, or
    some byline that what follows does not make prose."""
    return _holds_phrase(utf8(text[start:end]) if data is None else data) and any(
        match[0] not in _OWNERS or any(_may_follow(text, match.end(), owner) for _, owner in _OWNERS[match[0]])
        for match in _WORDS.finditer(text, start, end)
    )


def _may_follow(text: str, end: int, owner: Byline | Phrase) -> bool:
    """Whether an owner's words may end there in a page's source: a byline goes on with a name, and mostly a date."""
    if isinstance(owner, Phrase):
        return True
    if owner.on:
        return _DIGIT.search(text, end, end + _SOURCE_REACH) is not None
    return _IN_SMALL_LETTERS.match(text, end) is None


def _read(text: str, platform: Platform, owner: Byline | Phrase, match: re.Match[str]) -> Remains | None:
    if isinstance(owner, Byline):
        return _byline(text, platform, owner, match.start(), match.end())
    return _phrase(text, platform, owner, match.start())


def _byline(text: str, platform: Platform, byline: Byline, start: int, name: int) -> Remains | None:
    if not byline.on:
        match = _UNDATED_END.match(text, name + 1)
        return _signed(platform, byline, start, match.end(), match["name"]) if match else None
    if not _DIGIT.search(text, name, name + _BYLINE_REACH + _DIGIT_REACH):
        return None
    if dated := _weekday_and_date(text, byline, name):
        joint, printed = dated
        day, end = joint.start("weekday"), printed.end
    elif turned := _date_and_weekday(text, byline, name):
        joint, printed, end = turned
        day = joint.start("date")
    else:
        return None
    return _signed(platform, byline, start, end, text[name : joint.start()])._replace(
        moment=printed.moment, posted_text=text[day:end]
    )


def _weekday_and_date(text: str, byline: Byline, name: int) -> tuple[re.Match[str], Printed] | None:
    """The first weekday of what may be a byline's name and date that a date follows, written large as by Facebook.

    It stands behind a joining word, the last of several before it.
    """
    found: tuple[re.Match[str], Printed] | None = None
    for match in _WEEKDAY_ON.finditer(text, name, _reach(text, name)):
        if found and match.start("weekday") > found[0].start("weekday"):
            break
        joined = (match["on"] or "").lower()
        if joined not in byline.on or match["weekday"][0].islower() or not is_weekday(match["weekday"]):
            continue
        # Where no word is needed, one that is there is still no part of the name.
        if (found is None or joined) and (printed := _date_at(text, match.end("rest"), byline)):
            found = match, printed
    return found


def _date_and_weekday(text: str, byline: Byline, name: int) -> tuple[re.Match[str], Printed, int] | None:
    """The first date behind a joining word that its weekday follows at once, and where that ends."""
    for match in _DATE_ON.finditer(text, name, _reach(text, name)):
        if (match["on"] or "").lower() in byline.on and (printed := _date_at(text, match.start("date"), byline)):
            weekday = _WEEKDAY.match(text, printed.end)
            if weekday and is_weekday(weekday["weekday"]) and not _CLOCK.match(text, weekday.end()):
                return match, printed, weekday.end()
    return None


def _reach(text: str, name: int) -> int:
    """How far a byline whose name begins there may reach: to the end of its paragraph."""
    paragraph = _PARAGRAPH.search(text, name, name + _BYLINE_REACH)
    return paragraph.start() if paragraph else name + _BYLINE_REACH


def _date_at(text: str, start: int, byline: Byline) -> Printed | None:
    printed = read_printed(text, start, language=byline.language) or read_printed(text, start)
    if printed is None or _PRINTED_CLOCK.search(text, start, printed.end) or _CLOCK.match(text, printed.end):
        return None
    if has_ordinal(text, start, printed.end):
        return None
    return printed


def _signed(platform: Platform, byline: Byline, start: int, end: int, name: str) -> Remains:
    name = " ".join(name.split())
    return Remains(
        platform=platform.name,
        rule=f"byline ({byline.language})",
        start=start,
        end=end,
        author_name=name or None,
        language=byline.language,
    )


def _phrase(text: str, platform: Platform, phrase: Phrase, position: int) -> Remains | None:
    match = phrase.pattern.match(text, position)
    if match is None:
        return None
    groups, start = match.groupdict(), position
    if phrase.before is not None:
        reach = _behind_last(text, phrase.anchor, max(0, position - phrase.reach), position)
        line = max(text.rfind("\n", reach, position) + 1, reach)
        before = phrase.before.search(text[line:position])
        if before is None:
            return None
        groups, start = groups | before.groupdict(), line + before.start()
        if phrase.above is not None:
            first = _block_above(text, line)
            above = phrase.above.match(text[first : line - 1]) if first is not None else None
            if first is None or above is None:
                return None
            groups, start = groups | above.groupdict(), first
    if phrase.lines_before is not None:
        reach = _behind_last(text, phrase.anchor, max(0, position - _LINES_REACH), position)
        if reach > 0 and text[reach - 1] != "\n":
            reach = text.find("\n", reach, position) + 1 or position
        block = text[reach:position]
        lines = phrase.lines_before.match(block) if block.rstrip(" \t>").endswith("\n") else None
        if lines is None:
            return None
        groups = groups | lines.groupdict()
        start = reach + (lines.start("handle") - 1 if "handle" in groups else lines.start("text"))
    return Remains(
        platform=platform.name,
        rule=f"phrase “{phrase.anchor.strip()}”",
        start=start,
        end=match.end(),
        handle=groups.get("handle"),
        author_name=groups.get("name"),
        text=groups.get("text"),
        language=phrase.language,
    )


def _behind_last(text: str, anchor: str, start: int, end: int) -> int:
    """Where behind the last of an anchor in a stretch of text what is before the next one begins."""
    found = text.rfind(anchor, start, end)
    return found + len(anchor) if found >= 0 else start


def _block_above(text: str, line: int) -> int | None:
    """Where the line above the one at `line` begins, if nothing but white space or a known element is above it."""
    reach = max(0, line - 1 - LINE_REACH)
    start = text.rfind("\n", reach, line - 1) + 1
    if (start == 0 and reach > 0) or not text[start : line - 1].strip():
        return None
    before = text[max(0, start - LINE_REACH) : max(0, start - 1)].rpartition("\n")[2]
    return None if before.strip(f" \t\r{BARRIER}") else start
