"""Flattened remains: the attributions, leads and tokens that embed code leaves when a page becomes text.

Everything here works on the text of a `View`; offsets are the view's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from archiver.find.view import BARRIER
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform, Wording
from archiver.times import Moment, read_printed

# Display names are at most 50 characters on X and 64 on Instagram; pages wrap and decorate them.
NAME_REACH = 160
# An Instagram caption has at most 2,200 characters (Instagram Help Centre); the rest is white space and entities.
CAPTION_LIMIT = 2_600
LEAD_REACH = 4_000
_LONGEST_LEAD = 60
LEAD_WORDS = tuple(dict.fromkeys(platform.lead_word for platform in PLATFORMS if platform.lead_word))
WORDS = (*LEAD_WORDS, *dict.fromkeys(word for platform in PLATFORMS for word in platform.token_words))

_HANDLE = re.compile(r"[(（]\s?@(?P<handle>[A-Za-z0-9._-]{1,80}(?:(?<=\.) [A-Za-z0-9._]{1,30})?)\s?[)）]")
_BARE_HANDLE = re.compile(r"@(?P<handle>[A-Za-z0-9._]{1,30})(?![\w@])")
_DASH = re.compile(r"—|–|\x97|\ufffd|(?<![\w-])--?(?=\s)")
_STRONG_DASHES = "—\x97"
_PARAGRAPH = re.compile(r"\n\s*\n")
_LINE_ENDS = re.compile(r"[ \t]*(?:\.[ \t]*)?(?:\n|$)")
_GAP = re.compile(r"[ \t]{0,80}(?:\r?\n[ \t]{0,80})?")
_TOKEN_END = re.compile(r"(?:t\.co|pic\.(?:twitter|x)\.com)/\w+\)?$")
_AFTER_TOKEN = re.compile(r"(?:\s++|[)\]>]|\(?https?://t\.co/\w++\)?|pic\.(?:twitter|x)\.com/\w++){0,8}+")
# Behind one of these an attribution without a dash begins, surest first: a link or media token, a new line, a wide
# space (where a flattener dropped the dash), the end of a sentence.
_EDGES = tuple(
    re.compile(edge)
    for edge in (r"(?:t\.co|pic\.(?:twitter|x)\.com)/\w{8,10}\s*", r"\n\s*", r"\s{2,}(?=\S)", r"[.!?…)\"”’»]\s*(?=\S)")
)
_LONGEST_NAME = 50


class Remains(NamedTuple):
    """What is left of one embed in a text: its stretch of the view, and what can be read from it."""

    platform: str
    start: int
    end: int
    handle: str | None = None
    author_name: str | None = None
    moment: Moment | None = None
    posted_text: str | None = None
    text: str | None = None
    language: str | None = None


def find_remains(text: str, *, lone_tokens: bool = True) -> list[Remains]:
    """The remains of embeds in a view's text, in order, none overlapping another."""
    found: list[Remains] = []
    leads = find_leads(text)
    floor = 0
    for anchor in _find_handles(text):
        if anchor.start < floor:
            continue
        if tail := _worded(text, anchor, floor) or _dashed(text, anchor, floor):
            remains = _with_lead(text, tail, leads, floor)
            # With a lead of its own it is the same post embedded again.
            if found and remains.start == tail.start and _repeats(text, found[-1], remains):
                found[-1] = found[-1]._replace(end=remains.end)
            else:
                found.append(remains)
            floor = remains.end
    lone = _lone_leads(text, leads, found) if leads else []
    if lone_tokens:
        lone += _lone_tokens(text, found)
    return sorted([*found, *lone], key=_start_of) if lone else found


def _start_of(remains: Remains) -> int:
    return remains.start


class _Anchor(NamedTuple):
    """A handle as printed: its stretch with the parentheses, or without where none stand around it."""

    handle: str
    start: int
    end: int
    bare: bool = False


class _Lead(NamedTuple):
    platform: str
    language: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The wordings of all platforms as patterns, and whose each phrase is."""

    leads: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    bare: tuple[str, ...]
    owners: dict[str, tuple[Platform, Wording]]


@cache
def _grammar() -> _Grammar:
    kinds: dict[str, list[str]] = {"leads": [], "before": [], "after": []}
    owners: dict[str, tuple[Platform, Wording]] = {}
    for platform in PLATFORMS:
        for wording in platform.wordings:
            for kind, phrases in kinds.items():
                for phrase in getattr(wording, kind):
                    phrases.append(phrase)
                    owners.setdefault(phrase, (platform, wording))
    return _Grammar(
        leads=_any_of(kinds["leads"]),
        before=_any_of(kinds["before"]),
        after=_any_of(kinds["after"]),
        bare=tuple(f"{phrase} " for phrase in kinds["before"]),
        owners=owners,
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    # A page may wrap its lines at any space. `(?!)` matches nothing, where no platform has such phrases.
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(re.escape(p).replace(r"\ ", r"[ \n]") for p in longest_first) or "(?!)")


def _owner(phrase: str) -> tuple[Platform, Wording]:
    return _grammar().owners[phrase.replace("\n", " ")]


def _find_handles(text: str) -> Iterator[_Anchor]:
    position = text.find("@")
    while position >= 0:
        after = position + 1
        opening = position - 1 if text.startswith(("(", "（"), position - 1) else position - 2
        if position and (match := _HANDLE.match(text, max(opening, 0))):
            yield _Anchor(match["handle"].replace(" ", ""), *match.span())
            after = match.end()
        elif text.endswith(_grammar().bare, max(0, position - 60), position) and (
            match := _BARE_HANDLE.match(text, position)
        ):
            yield _Anchor(match["handle"].rstrip("."), position, position + len(match[0].rstrip(".")), bare=True)
        position = text.find("@", after)


def find_leads(text: str) -> list[_Lead]:
    """The leads in a text (`View this post on …`), in order; looked for only around what every lead holds."""
    found: list[_Lead] = []
    for word in LEAD_WORDS:
        position = text.find(word)
        while position >= 0:
            match = _grammar().leads.search(text, max(0, position - _LONGEST_LEAD), position + _LONGEST_LEAD)
            if match and match.start() <= position < match.end() and not (found and match.start() < found[-1].end):
                platform, wording = _owner(match[0])
                found.append(_Lead(platform.name, wording.language, *match.span()))
            position = text.find(word, position + len(word))
    return sorted(found, key=lambda lead: lead.start)


def has_open_lead(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text has a lead that no attribution follows there; its tail may come later."""
    leads = find_leads(text[max(start, end - LEAD_REACH) : end])
    if not leads:
        return False
    behind = max(start, end - LEAD_REACH) + leads[-1].end
    return not (_grammar().before.search(text, behind, end) or _grammar().after.search(text, behind, end))


def _worded(text: str, anchor: _Anchor, floor: int) -> Remains | None:
    """The attribution that a platform's words make with this handle: BEFORE name (@handle) AFTER, ON date."""
    phrases = _phrases_around(text, anchor, floor)
    if phrases is None or not phrases.platform.handle.fullmatch(anchor.handle):
        return None
    platform, wording, end = phrases.platform, phrases.wording, phrases.end
    dated = _joined_date(text, end, platform, wording)
    end = dated.end if dated else _dangling(text, end, wording)
    if anchor.bare and end == anchor.end and not _LINE_ENDS.match(text, end):
        return None
    return Remains(
        platform=platform.name,
        start=phrases.start,
        end=end,
        handle=anchor.handle,
        author_name=_name(text[phrases.name : anchor.start]),
        moment=dated.moment if dated else None,
        posted_text=text[dated.start : dated.end] if dated else None,
        language=wording.language,
    )


class _Phrases(NamedTuple):
    """The words around a name and its handle: where they begin, where the name does, where they end, and whose."""

    start: int
    name: int
    end: int
    platform: Platform
    wording: Wording


def _phrases_around(text: str, anchor: _Anchor, floor: int) -> _Phrases | None:
    reach = max(floor, anchor.start - NAME_REACH)
    before = None
    for before in _grammar().before.finditer(text, reach, anchor.start):  # noqa: B007 (the last one counts)
        pass
    if before is not None and not _PARAGRAPH.search(text, before.end(), anchor.start):
        platform, wording = _owner(before[0])
        after = _after(text, anchor.end, wording)
        if after is not None:
            return _Phrases(before.start(), before.end(), after, platform, wording)
    after_match = _grammar().after.match(text, anchor.end)
    if after_match is None or anchor.bare:
        return None
    platform, wording = _owner(after_match[0])
    if wording.before:
        return None
    start, name = _bare_edge(text, reach, anchor.start)
    return _Phrases(start, anchor.start if name is None else name, after_match.end(), platform, wording)


def _after(text: str, end: int, wording: Wording) -> int | None:
    """The end of a circumfix: a language that has words behind the handle too must have one of them there."""
    if not wording.after:
        return end
    return next((end + len(phrase) for phrase in wording.after if text.startswith(phrase, end)), None)


class _Dated(NamedTuple):
    moment: Moment
    start: int
    end: int


def _read_date(text: str, start: int, platform: Platform, language: str | None) -> _Dated | None:
    printed = read_printed(text, start, language=language, zone=platform.zone)
    return _Dated(printed.moment, start, printed.end) if printed else None


def _joined_date(text: str, end: int, platform: Platform, wording: Wording) -> _Dated | None:
    for word in wording.on:
        start = _skip_gap(text, end)
        if text.startswith(word, start):
            return _read_date(text, _skip_gap(text, start + len(word)), platform, wording.language)
    return _read_date(text, _skip_gap(text, end), platform, wording.language)


def _skip_gap(text: str, start: int) -> int:
    match = _GAP.match(text, start)
    return match.end() if match else start


def _dangling(text: str, end: int, wording: Wording) -> int:
    """The end of an attribution without a date: behind a joining word that ends its line, as `… (@handle) on`."""
    start = _skip_gap(text, end)
    for word in wording.on:
        if text.startswith(word, start) and _LINE_ENDS.match(text, start + len(word)):
            return start + len(word)
    return end


def _dashed(text: str, anchor: _Anchor, floor: int) -> Remains | None:
    """The attribution below a post's text: DASH name (@handle) date, where dash or date may be lost but not both."""
    platform = next((p for p in PLATFORMS if p.dashed and p.dashed.handle.fullmatch(anchor.handle)), None)
    if platform is None or anchor.bare:
        return None
    reach = max(floor, anchor.start - NAME_REACH)
    dated = _read_date(text, _skip_gap(text, anchor.end), platform, None)
    edge = _dash_before(text, reach, anchor.start)
    if edge is None and dated is None:
        return None
    if edge is not None and dated is None and not _closes_a_post(text, edge[0], anchor.end):
        return None
    start, name_start = edge or _bare_edge(text, reach, anchor.start)
    return Remains(
        platform=platform.name,
        start=start,
        end=dated.end if dated else anchor.end,
        handle=anchor.handle,
        author_name=_name(text[name_start : anchor.start]) if name_start is not None else None,
        moment=dated.moment if dated else None,
        posted_text=text[dated.start : dated.end] if dated else None,
    )


def _dash_before(text: str, reach: int, end: int) -> tuple[int, int] | None:
    """Where the dash before a name stands and where the name begins; an em dash goes before a hyphen in a name."""
    dashes = [d for d in _DASH.finditer(text, reach, end) if "\n\n" not in text[d.end() : end].lstrip()]
    dashes = [d for d in dashes if text[d.end() : end].strip()]
    for strong in (True, False):
        for dash in reversed(dashes):
            if (dash[0] in _STRONG_DASHES) is strong:
                return dash.start(), dash.end()
    return None


def _closes_a_post(text: str, dash: int, end: int) -> bool:
    """Whether an undated `— Name (@handle)` stands where an embed's does: alone at its line's end, behind a token."""
    before = text[max(0, dash - 40) : dash].rstrip(" ")
    opens_line = not before or before.endswith("\n")
    return bool(_LINE_ENDS.match(text, end)) and (opens_line or bool(_TOKEN_END.search(before)))


def _bare_edge(text: str, reach: int, handle: int) -> tuple[int, int | None]:
    """Where an attribution without a dash begins, and where its name does if that is certain."""
    end = reach + len(text[reach:handle].rstrip())
    for kind in _EDGES:
        edges = [edge.end() for edge in kind.finditer(text, reach, end) if end - _LONGEST_NAME <= edge.end()]
        if edges:
            return (edges[-1], edges[-1]) if edges[-1] < end else (handle, None)
    return (0, 0) if reach == 0 and 0 < end <= _LONGEST_NAME else (handle, None)


def _with_lead(text: str, remains: Remains, leads: list[_Lead], floor: int) -> Remains:
    """The remains with the lead before them, if there is one, and the caption that stands between."""
    if not leads:
        return remains
    lead = next(
        (
            lead
            for lead in reversed(leads)
            if lead.platform == remains.platform and floor <= lead.start and lead.end <= remains.start
        ),
        None,
    )
    if lead is None or remains.start - lead.end > LEAD_REACH:
        return remains
    caption = text[lead.end : remains.start]
    if BARRIER in caption or len(caption.strip()) > CAPTION_LIMIT:
        return remains
    return remains._replace(start=lead.start, text=_caption(caption), language=remains.language or lead.language)


def _caption(between: str) -> str | None:
    """The caption between lead and tail, without the periods that some flatteners put behind every block."""
    text = between.strip().removeprefix(".").strip()
    return text or None


def _name(between: str) -> str | None:
    return " ".join(between.split()) or None


def _repeats(text: str, before: Remains, remains: Remains) -> bool:
    """Whether remains only print the tail again that stands directly before them."""
    same = (before.platform, before.handle, before.moment) == (remains.platform, remains.handle, remains.moment)
    return same and not text[before.end : remains.start].strip(" \n\t.>")


def _lone_leads(text: str, leads: list[_Lead], found: list[Remains]) -> list[Remains]:
    """Leads whose tail is lost, where they stand as a line of their own begins or ends."""
    return [
        Remains(platform=lead.platform, start=lead.start, end=lead.end, language=lead.language)
        for lead in leads
        if not any(remains.start <= lead.start < remains.end for remains in found) and _LINE_ENDS.match(text, lead.end)
    ]


def _lone_tokens(text: str, found: list[Remains]) -> list[Remains]:
    """Tokens that only a post leaves, and whose attribution is lost."""
    if "/" not in text:
        return []
    taken = [(remains.start, remains.end) for remains in found]
    return [
        Remains(platform=platform.name, start=match.start(), end=match.end())
        for platform in PLATFORMS
        if platform.tokens is not None
        for match in platform.tokens.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
        and not any(_AFTER_TOKEN.fullmatch(text, match.end(), start) for start, _ in taken if start >= match.end())
    ]
