"""Flattened remains: the attributions, leads and tokens that embed code leaves when a page becomes text.

Everything here works on the text of a `View`; offsets are the view's.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from archiver.find.attribution_parts import LINE_ENDS
from archiver.find.attributions import attribution_at
from archiver.find.excerpts import begins_within
from archiver.find.fragments import paragraph_start
from archiver.find.grammar import LEAD_WORDS
from archiver.find.handles import find_anchors
from archiver.find.leads import LEAD_REACH, Lead, find_leads, lead_before
from archiver.find.mentions import is_quoted, is_sample
from archiver.find.own_text import Signed, own_block, own_line
from archiver.find.phrases import PHRASE_WORDS, find_phrases
from archiver.find.post_length import limit_on, with_attached
from archiver.find.remains import Remains
from archiver.find.spans import Spans
from archiver.find.view import BARRIER, Link, overlapping
from archiver.platforms import BY_NAME, PLATFORMS
from archiver.platforms.base import Platform

# An Instagram caption has at most 2,200 characters (Instagram Help Centre); the rest is white space and entities.
_CAPTION_LIMIT = 2_600
_AFTER_TOKEN = re.compile(r"(?:\s++|[)\]>]|\(?https?://t\.co/\w++\)?|pic\.(?:twitter|x)\.com/\w++){0,8}+")

TOKEN_WORDS = tuple(dict.fromkeys(word for platform in PLATFORMS for word in platform.token_words))
"""One of these stands in every token."""

_TEMPLATE = re.compile(r"\$\{|\{\{|\{%|<%|%s")
WORDS = (*LEAD_WORDS, *PHRASE_WORDS, *TOKEN_WORDS)
"""One of these, or a handle behind an @, stands in all remains."""


def find_remains(
    text: str,
    *,
    lone_tokens: bool = True,
    opens_block: bool | None = True,
    opens_text: bool = False,
    links: Sequence[Link] = (),
    leads: list[Lead] | None = None,
    words: bool = True,
) -> list[Remains]:
    """The remains of embeds in a view's text, in order, none overlapping another.

    `opens_block` says whether the view begins where a block of the article does, and not in the midst of one; None
    leaves the text before attributions to the caller; `opens_text` whether the article itself begins there. `links`
    are the view's, and `leads` those that the text is known to have. Without `words`, none of `WORDS` but leads' is
    there, and no phrase or token is looked for.
    """
    found: list[Remains] = []
    leads = find_leads(text) if leads is None else leads
    floor = 0
    is_excerpt = opens_text and begins_within(text)
    phrases = find_phrases(text, links) if words else []
    ends = sorted([*(phrase.end for phrase in phrases), *(lead.end for lead in leads if _is_alone(text, lead))])
    for anchor in find_anchors(text):
        if anchor.start < floor:
            continue
        remains = attribution_at(text, anchor, floor, leads, links, in_code=opens_block is None)
        if remains:
            tail, remains = remains, _with_lead(text, remains, leads, floor)
            if tail is not remains:  # with a lead of its own, behind which its text is
                found.append(remains)
            elif found and _repeats(text, found[-1], remains):
                found[-1] = found[-1]._replace(end=remains.end)
            else:
                known = _end_above(text, ends, remains.start, floor)
                found.append(_with_own_text(text, remains, known, opens_block, is_excerpt=is_excerpt))
            floor = remains.end
    if not (words or leads):
        return _without_samples(found, links)
    lone = _clear_of(found, phrases)
    lone = _with_own_texts(text, lone, found, opens_block) if lone else []
    lone += _lone_leads(text, leads, [*found, *lone]) if leads else []
    if lone_tokens and words:
        lone += _lone_tokens(text, found)
    return _without_samples(sorted([*found, *lone], key=_start_of) if lone else found, links)


def _without_samples(found: list[Remains], links: Sequence[Link]) -> list[Remains]:
    """The remains without those of templates and documentation: whose link is a program's, which writes the address of
    each post there, or that nobody signed and no link leads from."""
    is_program = any(_TEMPLATE.search(link.url) for link in links) if links else False
    if not is_program and not any(is_sample(remains.author_name, remains.handle) for remains in found):
        return found
    return [remains for remains in found if not _is_sample(remains, overlapping(links, remains.start, remains.end))]


def _is_sample(remains: Remains, links: Sequence[Link]) -> bool:
    if any(_TEMPLATE.search(link.url) for link in links):
        return True
    return not links and is_sample(remains.author_name, remains.handle)


def _block_start(text: str, floor: int, opens_block: bool | None) -> int | None:
    """Where behind `floor` a block is known to begin: at once behind another embed, or at a line's beginning."""
    if opens_block is None:
        return None
    if floor or opens_block:
        return floor
    newline = text.find("\n")
    return newline + 1 if newline >= 0 else None


def _end_above(text: str, ends: list[int], start: int, floor: int) -> int:
    """Where the last of what is known to be no text of a post ends before `start`: embeds, phrases, leads, elements."""
    index = bisect_right(ends, start)
    barrier = text.rfind(BARRIER, max(floor, start - LEAD_REACH), start) + 1
    return max(floor, barrier, ends[index - 1] if index else 0)


def _clear_of(found: list[Remains], more: list[Remains]) -> list[Remains]:
    """Those of `more` that overlap nothing found, nor each other."""
    if not more:
        return []
    taken = Spans((remains.start, remains.end) for remains in found)
    kept: list[Remains] = []
    for remains in sorted(more, key=_start_of):
        if not taken.overlaps(remains.start, remains.end) and not (kept and remains.start < kept[-1].end):
            kept.append(remains)
    return kept


def _with_own_texts(text: str, remains: list[Remains], found: list[Remains], opens_block: bool | None) -> list[Remains]:
    """The remains of phrases with the texts before them, none reaching back over another or over what was found."""
    ends = sorted([0, *(each.end for each in (*found, *remains))])
    return [_with_own_text(text, each, ends[bisect_right(ends, each.start) - 1], opens_block) for each in remains]


def _start_of(remains: Remains) -> int:
    return remains.start


def _with_own_text(
    text: str, remains: Remains, floor: int, opens_block: bool | None, *, is_excerpt: bool = False
) -> Remains:
    """The remains with the post's text before them, where a platform's posts are short enough to tell its edge.

    An excerpt is a text that begins within a sentence.
    """
    platform = BY_NAME[remains.platform]
    limits, day = platform.text_limits, remains.moment.at if remains.moment else None
    if remains.text or not (limits or (day is not None and day < platform.text_in_line)):
        return remains
    block = _block_start(text, floor, opens_block)
    if opens_block is None or block == remains.start or not (limits or block is not None):
        return remains
    end = _text_end(text, remains.start, block or 0, platform)
    if limits:
        limit = limit_on(limits, day)
        signed = Signed(limit, remains.author_name, remains.handle, platform.spoken_of)
        start = own_block(text, end, block, signed, is_cut=is_excerpt and block == 0)
        if start is None and (more := with_attached(limit, text, end)):
            start = own_block(text, end, block, signed._replace(limit=more), is_cut=is_excerpt and block == 0)
        if "\n" in text[remains.start : remains.end]:  # as between the link that its date is and what is before
            paragraph = paragraph_start(text, end, block or 0, limit)
            start = paragraph if start is None else min(start, paragraph or start)
    else:
        start = own_line(text, end, block or 0)
    if start is None:
        return remains
    return remains._replace(start=start, text=text[start:end].strip(), signed=remains.start)


_WIDEST_GAP = 80


def _text_end(text: str, start: int, floor: int, platform: Platform) -> int:
    """Where the text before an attribution ends: before what a platform prints in place of pictures, if it is there."""
    if not platform.text_end:
        return start
    reach = max(floor, start - _WIDEST_GAP)
    behind = reach + len(text[reach:start].rstrip())
    return behind - len(platform.text_end) if text.endswith(platform.text_end, floor, behind) else start


def _with_lead(text: str, remains: Remains, leads: list[Lead], floor: int) -> Remains:
    """The remains with the lead before them, if there is one, and the caption that stands between."""
    if not leads:
        return remains
    lead = lead_before(leads, remains.start)
    if lead is None or lead.platform != remains.platform or lead.start < floor or remains.start - lead.end > LEAD_REACH:
        return remains
    caption = text[lead.end : remains.start]
    if BARRIER in caption or len(caption.strip()) > _CAPTION_LIMIT:
        return remains
    return remains._replace(start=lead.start, text=_caption(caption), language=remains.language or lead.language)


def _caption(between: str) -> str | None:
    """The caption between lead and tail, without the periods that some flatteners put behind every block."""
    text = between.strip().removeprefix(".").strip()
    return text or None


def _repeats(text: str, before: Remains, remains: Remains) -> bool:
    """Whether remains only print the tail again that stands directly before them."""
    same = (before.platform, before.handle, before.moment) == (remains.platform, remains.handle, remains.moment)
    return same and not text[before.end : remains.start].strip(" \n\t.>")


def _lone_leads(text: str, leads: list[Lead], found: list[Remains]) -> list[Remains]:
    """Leads whose tail is lost, where they stand as a line of their own begins or ends."""
    alone = [lead for lead in leads if _is_alone(text, lead)]
    if not alone:
        return []
    taken = Spans((remains.start, remains.end) for remains in found)
    return [
        Remains(platform=lead.platform, rule="lead alone", start=lead.start, end=lead.end, language=lead.language)
        for lead in alone
        if not taken.overlaps(lead.start, lead.start + 1)
    ]


def _is_alone(text: str, lead: Lead) -> bool:
    return LINE_ENDS.match(text, lead.end) is not None


def _lone_tokens(text: str, found: list[Remains]) -> list[Remains]:
    """Tokens that only a post leaves, and whose attribution is lost."""
    if not any(word in text for word in TOKEN_WORDS):
        return []
    taken = Spans((remains.start, remains.end) for remains in found)
    starts = sorted(remains.start for remains in found)
    return [
        Remains(platform=platform.name, rule="token alone", start=match.start(), end=match.end())
        for platform in PLATFORMS
        if platform.tokens is not None
        for match in platform.tokens.finditer(text)
        if not taken.overlaps(*match.span())
        and not _leads_to(text, match.end(), starts)
        and not is_quoted(text, *match.span())
    ]


def _leads_to(text: str, end: int, starts: list[int]) -> bool:
    """Whether an attribution follows a token with nothing between them that a reader would call words."""
    index = bisect_left(starts, end)
    return index < len(starts) and _AFTER_TOKEN.fullmatch(text, end, starts[index]) is not None
