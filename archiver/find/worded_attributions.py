"""Attributions in a platform's words: BEFORE name (@handle) AFTER, ON date."""

import re
from typing import NamedTuple

from archiver.find.attribution_parts import LINE_ENDS, PARAGRAPH, Dated, read_date, skip_gap, tidy_name
from archiver.find.grammar import grammar
from archiver.find.handles import Anchor
from archiver.find.leads import Lead, lead_before
from archiver.find.mentions import goes_on, is_quoted
from archiver.find.remains import Remains
from archiver.find.view import BARRIER
from archiver.platforms.base import Platform, Wording
from archiver.times import ZONES

_LONGEST_NAME = 80
# What a flattener that parts all strings with an empty line makes of a linked name.
_PARTED_NAME = re.compile(r"(?: ?\n\n)?[^\n]{1,80}\n\n ?")
_HONORIFIC = "さん"  # Instagram put it behind every Japanese name as long as it printed the date
_ENGLISH_JOINT = "on"  # Instagram printed it in other languages too, while their dates were English (2014)


def worded_attribution(text: str, anchor: Anchor, floor: int, leads: list[Lead]) -> Remains | None:
    """The attribution that a platform's words make with this handle: BEFORE name (@handle) AFTER, ON date."""
    phrases = _phrases_around(text, anchor, floor, leads)
    if phrases is None or not (phrases.platform.handle and phrases.platform.handle.fullmatch(anchor.handle)):
        return None
    platform, wording, end = phrases.platform, phrases.wording, phrases.end
    dated = _joined_date(text, end, platform, wording)
    if dated:
        end = dated.end + (text[dated.start - 1] == "(" and text.startswith(")", dated.end))
    else:
        end = _dangling(text, end, wording)
    if anchor.bare and dated is None and end == phrases.end and not LINE_ENDS.match(text, end):
        return None
    if dated is None and (is_quoted(text, phrases.start, end) or goes_on(text, end, wording.on)):
        return None
    name = tidy_name(text[phrases.name : anchor.start])
    if name and wording.language == "ja" and end > phrases.end:
        name = name.removesuffix(_HONORIFIC) or name
    return Remains(
        platform=platform.name,
        rule=f"wording ({wording.language})",
        start=phrases.start,
        end=end,
        handle=anchor.handle,
        author_name=name,
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


def _phrases_around(text: str, anchor: Anchor, floor: int, leads: list[Lead]) -> _Phrases | None:
    reach, known = max(floor, anchor.reach), grammar()
    for before in reversed(list(known.before.finditer(text, reach, anchor.start))):
        if PARAGRAPH.search(text, before.end(), anchor.start) and not _PARTED_NAME.fullmatch(
            text, before.end(), anchor.start
        ):
            continue
        for platform, wording in known.before_owners[before[0].replace("\n", " ")]:
            after = _after(text, anchor.end, wording)
            if after is not None:
                return _Phrases(before.start(), before.end(), after, platform, wording)
    after_match = known.after.match(text, anchor.end)
    if after_match is None:
        return None
    platform, wording = known.after_owners[after_match["phrase"].replace("\n", " ")]
    if anchor.bare:
        return _Phrases(anchor.start, anchor.start, after_match.end(), platform, wording)
    edge = _first_edge(text, reach, anchor.start, leads)
    if edge is None:
        return None
    start, name = edge
    return _Phrases(start, anchor.start if name is None else name, after_match.end(), platform, wording)


def _after(text: str, end: int, wording: Wording) -> int | None:
    """The end of a circumfix: a language that has words behind the handle too must have one of them there."""
    if not wording.after:
        return end
    start = skip_gap(text, end)
    longest = max((len(phrase) for phrase in wording.after if text.startswith(phrase, start)), default=None)
    return None if longest is None else start + longest


# Behind one of these the name begins in a language that has it first, surest first. A period or a closing sign ends a
# sentence only before a space, since names hold periods (`L.C`, `Shop.no`); ideographic ones have none behind.
_FIRST_EDGES = tuple(
    re.compile(edge)
    for edge in (
        rf"[\n{BARRIER}]\s*",
        r"\s{2,}(?=\S)",
        r"(?:[。！？」』】]|[.!?…:](?=\s)|https?://\S+(?=\s)|[#＃]\w+(?=\s))\s*(?=\S)",
    )
)
_OPENING = "«‹“„\"'`‘「『<>=*{$"


def _first_edge(text: str, reach: int, handle: int, leads: list[Lead]) -> tuple[int, int | None] | None:
    """Where an attribution that has its name first begins, and where its name does if that is certain.

    None where no name stands before the handle: a sentence about the wording, or a template for it.
    """
    end = reach + len(text[reach:handle].rstrip())
    if end == reach or text[end - 1] in _OPENING or text[end - 1] == "\n" or "\n" in text[end:handle]:
        return None
    lead = lead_before(leads, end)
    behind = lead.end if lead else -1
    floor = max(reach, behind, end - _LONGEST_NAME)
    for kind in _FIRST_EDGES:
        edges = [edge.end() for edge in kind.finditer(text, floor, end)]
        if edges and edges[-1] < end:
            return edges[-1], edges[-1]
    if floor == behind or floor == reach == 0:
        name = skip_gap(text, floor)
        return name, name
    return handle, None


def _joined_date(text: str, end: int, platform: Platform, wording: Wording) -> Dated | None:
    start = skip_gap(text, end)
    comma = skip_gap(text, start + 1) if text.startswith((",", "،"), start) else start
    for word in (*wording.on, _ENGLISH_JOINT):
        if text.startswith(word, comma):
            dated = read_date(text, skip_gap(text, comma + len(word)), platform, wording.language)
            if dated := dated or _parted_date(text, comma + len(word), platform, wording.language):
                return dated
    return read_date(text, comma, platform, wording.language)


_PARTED = re.compile(r" ?\n\n")


def _parted_date(text: str, end: int, platform: Platform, language: str | None) -> Dated | None:
    """The date behind an empty line, which a flattener made between strings, if it has its own line to itself.

    It has the platform's zone: where the date is lost, an article's own may follow.
    """
    gap = _PARTED.match(text, end)
    dated = read_date(text, gap.end(), platform, language) if gap else None
    is_zoned = dated is not None and any(zone in text[dated.start : dated.end] for zone in ZONES)
    return dated if dated and is_zoned and LINE_ENDS.match(text, dated.end) else None


# Instagram's own slip in Bulgarian: `на %месец %-ден, %година в 4:16 PDT`.
_UNFILLED = re.compile(r"на %месец %-ден, %година(?: в \d{1,2}:\d\d(?: P[SD]T)?)?")


def _dangling(text: str, end: int, wording: Wording) -> int:
    """The end of an attribution without a date: behind a joining word that ends its line, as `… (@handle) on`, or
    behind a date whose template was not filled."""
    start = skip_gap(text, end)
    if unfilled := _UNFILLED.match(text, start):
        return unfilled.end()
    for word in wording.on:
        if text.startswith(word, start) and LINE_ENDS.match(text, start + len(word)):
            return start + len(word)
    return end
