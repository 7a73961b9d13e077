"""Attributions in words that are not known, told by what no language lacks: a date's zone, a lead, a post's link."""

import re
from collections.abc import Sequence

from archiver.find.attribution_parts import LINE_REACH, Dated, read_date, skip_gap
from archiver.find.handles import Anchor
from archiver.find.leads import Lead, lead_before
from archiver.find.remains import Remains
from archiver.find.view import Link, overlapping
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform
from archiver.times import ZONES
from archiver.urls import resolve

# How far behind a handle its date may begin, and how far end, in a language whose words are not known (`markers.md`
# §1.6: every dated form met has them within about 40).
_DATE_REACH = 40
_ZONE_REACH = 2 * _DATE_REACH
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]")
_WORDED = tuple((platform, platform.handle) for platform in PLATFORMS if platform.wordings and platform.handle)
_ZONED = re.compile(r"P[SD]T\b[^)\n]{0,20}\)?$")


def unworded_attribution(
    text: str, anchor: Anchor, floor: int, leads: list[Lead], links: Sequence[Link]
) -> Remains | None:
    """The attribution in words that are not known, by what no language lacks.

    That is a date that ends in the platform's zone close behind, or else a lead directly above, or a link to a post
    that is the whole line. The name is left out: where it begins, nothing says.
    """
    if anchor.bare:
        return None
    end = text.find("\n", anchor.end, anchor.end + LINE_REACH)
    end = end if end >= 0 else min(len(text), anchor.end + LINE_REACH)
    ends_line = end - anchor.end <= _DATE_REACH and (end == len(text) or text[end] == "\n")
    if not ends_line and not _holds_zone(text[anchor.end : anchor.end + _ZONE_REACH]):
        return None
    reach = max(floor, anchor.reach)
    start = max(reach, text.rfind("\n", reach, anchor.start) + 1)
    lead = lead_before(leads, anchor.start)
    lead = lead if lead and floor <= lead.start else None
    for platform, handles in _WORDED:
        if not handles.fullmatch(anchor.handle):
            continue
        dated = _zoned_date(text, anchor.end, platform)
        if lead is not None and lead.platform == platform.name and lead.end > start:
            start = skip_gap(text, lead.end)
        if dated:
            return _unnamed(platform, anchor, start, dated.end, dated, text)
        alone = ends_line and anchor.start - start <= LINE_REACH
        below = lead is not None and lead.platform == platform.name and not text[lead.end : start].strip(" .\n\t>")
        if alone and (below or _is_post_link(links, start, end, anchor, platform)):
            return _unnamed(platform, anchor, start, max(anchor.end, start + len(text[start:end].rstrip())), None, text)
    return None


def _zoned_date(text: str, end: int, platform: Platform) -> Dated | None:
    """The date with a clock in the platform's zone that begins close behind a handle, on its line."""
    line = text[end : end + _ZONE_REACH].partition("\n")[0]
    if platform.zone is None or not _holds_zone(line):
        return None
    until = end + len(line)
    for word in _WORD_START.finditer(text, end, min(until, end + _DATE_REACH)):
        dated = read_date(text, word.start(), platform, None)
        if dated and _ZONED.search(text, max(dated.start, dated.end - 30), dated.end):
            # English is known whole: what stands so in other English words is prose about a time.
            return None if _ENGLISH_ON.search(text, end, dated.start) else dated
    return None


def _holds_zone(text: str) -> bool:
    return any(zone in text for zone in ZONES)


_ENGLISH_ON = re.compile(r"(?:^|[ \n])(?:on|at|live|from|is|was)[ \n]")


def _is_post_link(links: Sequence[Link], start: int, end: int, anchor: Anchor, platform: Platform) -> bool:
    return any(
        link.start <= min(start, anchor.start)
        and end <= link.end
        and (reference := resolve(link.url))
        and reference.platform == platform.name
        for link in overlapping(links, start, end)
    )


def _unnamed(platform: Platform, anchor: Anchor, start: int, end: int, dated: Dated | None, text: str) -> Remains:
    if anchor.start - start > LINE_REACH:
        start = anchor.start
    return Remains(
        platform=platform.name,
        rule="handle in unknown words",
        start=start,
        end=end,
        handle=anchor.handle,
        moment=dated.moment if dated else None,
        posted_text=text[dated.start : dated.end] if dated else None,
    )
