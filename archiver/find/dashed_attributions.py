"""Attributions below a post's text: DASH name (@handle) date, where the dash or the date may be lost."""

import re
from collections.abc import Sequence

from archiver.find.attribution_parts import (
    LINE_ENDS,
    LINE_REACH,
    PARAGRAPH,
    Dated,
    has_ordinal,
    leads_elsewhere,
    read_date,
    skip_gap,
    tidy_name,
)
from archiver.find.handles import Anchor
from archiver.find.remains import Remains
from archiver.find.view import Link, overlapping
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform
from archiver.times import clock_end
from archiver.urls import resolve

_DASHED = tuple((platform, platform.dashed) for platform in PLATFORMS if platform.dashed)
# As platforms print it, doubled (Chinese), as other encodings have it, decoded twice, lost.
_DASH = re.compile(r"[—―−]+|–|\x97|â€[”“]|\ufffd|-(?<![\w-]-)-{0,2}(?=\s)")
_STRONG_DASHES = "—―−\x97â"
_TOKEN_END = re.compile(r"(?:t\.co|pic\.(?:twitter|x)\.com)/\w+\)?$")
# Behind one of these an attribution without a dash begins, surest first: a link or media token, a new line, a wide
# space (where a flattener dropped the dash), the end of a sentence.
_EDGES = tuple(
    re.compile(edge)
    for edge in (r"(?:t\.co|pic\.(?:twitter|x)\.com)/\w{8,10}\s*", r"\n\s*", r"\s{2,}(?=\S)", r"[.!?…)\"”’»]\s*(?=\S)")
)
_LONGEST_NAME = 50


def dashed_attribution(
    text: str, anchor: Anchor, floor: int, links: Sequence[Link], *, in_code: bool
) -> Remains | None:
    """The attribution below a post's text: DASH name (@handle) date, where dash or date may be lost but not both.

    A link to a post behind the handle is where the date is, though it is none that can be read; only the platform's own
    code has one there that does not look like a date.
    """
    if anchor.bare:
        return None
    platform = next((platform for platform, dashed in _DASHED if dashed.handle.fullmatch(anchor.handle)), None)
    if platform is None:
        return None
    reach = max(floor, anchor.reach)
    dated, end = _date_behind(text, anchor.end, platform)
    edge = _dash_before(text, reach, anchor.start)
    if dated is None and edge is not None and text[edge[0]] in _STRONG_DASHES:
        dated = _date_below(text, anchor.end, platform) or _unread_date(text, anchor.end)
        end = dated.end if dated else end
    if (
        dated
        and has_ordinal(text, dated.start, dated.end)
        and (edge is None or not _ends_line(text, anchor.end, dated))
    ):
        return None
    if edge is None and (dated is None or dated.moment is None):
        return None
    if dated is None and "\n\n" in text[anchor.start : anchor.end]:
        return None
    link = None if dated else _link_behind(text, anchor.end, platform, links)
    printed = text[link.start : link.end].strip() if link and _DIGIT.search(text, link.start, link.end) else None
    link = link if printed or in_code else None
    end = link.end if link else end
    if edge is not None and dated is None and not _closes_a_post(text, edge[0], end):
        return None
    start, name_start = edge or _bare_edge(text, reach, anchor.start)
    # Without a dash it may be the byline of the article itself.
    if edge is None and dated and ("\n" in text[anchor.end : dated.start] or _opens_with_by(text, start)):
        return None
    if dated is None and _titles_a_post(links, start, anchor.start):
        return None
    # An account elsewhere, as under a letter or a quote.
    if dated is None and leads_elsewhere(platform, links, anchor.start, anchor.end):
        return None
    return Remains(
        platform=platform.name,
        rule="handle and date" if edge is None else "dash, handle and date" if dated else "dash and handle",
        start=start,
        end=end,
        handle=anchor.handle,
        author_name=tidy_name(text[name_start : anchor.start]) if name_start is not None else None,
        moment=dated.moment if dated else None,
        posted_text=text[dated.start : dated.end] if dated else printed,
    )


def _ends_line(text: str, handle: int, dated: Dated) -> bool:
    """Whether a date stands on the line of its handle and nothing else behind it."""
    return "\n" not in text[handle : dated.start] and LINE_ENDS.match(text, dated.end) is not None


_EMPTY_LINE = re.compile(r"[ \t]{0,80}\n(?:[ \t]{0,80}\n){1,2}[ \t]{0,80}")
_DIGIT = re.compile(r"\d")
_BY = re.compile(r"[*_\s]*(?:by|von|par|por|di|da|av|af|door|przez|autor(?:in|a)?:?|от|автор:?)\s", re.IGNORECASE)


def _opens_with_by(text: str, start: int) -> bool:
    """Whether a line begins there, and with what stands before the name of an article's author."""
    return (start == 0 or text[start - 1] == "\n") and _BY.match(text, start) is not None


def _link_behind(text: str, handle: int, platform: Platform, links: Sequence[Link]) -> Link | None:
    """The link to a post of the platform that begins right behind a handle, with a few words on it."""
    start = skip_gap(text, handle)
    for link in overlapping(links, start, start + 1):
        if handle <= link.start <= start < link.end <= start + LINE_REACH and "\n" not in text[start : link.end]:
            reference = resolve(link.url)
            return link if reference and reference.platform == platform.name else None
    return None


def _date_behind(text: str, handle: int, platform: Platform) -> tuple[Dated | None, int]:
    """The date behind a handle and where an attribution ends; also of Markdown read as text: `[October 2, 2020][3]`."""
    start = skip_gap(text, handle)
    is_link = text.startswith("[", start)
    start = skip_gap(text, start + 1) if is_link else start
    dated = _date_at(text, start, platform)
    closing = _LINK_END.match(text, dated.end) if dated and is_link else None
    if dated is None or (is_link and closing is None):
        return None, handle
    return dated, closing.end() if closing else dated.end


def _date_at(text: str, start: int, platform: Platform) -> Dated | None:
    """The date that begins there, with the clock before or behind it where the platform prints one."""
    if platform.dashed is None or not platform.dashed.clock:
        return read_date(text, start, platform, None)
    clock = _CLOCK_FIRST.match(text, start)
    dated = read_date(text, clock.end() if clock else start, platform, None)
    if dated is None:
        return None
    return dated._replace(start=start) if clock else dated._replace(end=clock_end(text, dated.end) or dated.end)


def _date_below(text: str, handle: int, platform: Platform) -> Dated | None:
    """The date behind an empty line, which a flattener made between two elements, if it has its own line to itself."""
    empty = _EMPTY_LINE.match(text, handle)
    dated = _date_at(text, empty.end(), platform) if empty else None
    return dated if dated and LINE_ENDS.match(text, dated.end) else None


def _unread_date(text: str, handle: int) -> Dated | None:
    """What ends the line of a handle as a date would, in a language or spelling that is not known: day, month, year."""
    date = _LIKE_DATE.match(text, skip_gap(text, handle))
    return Dated(None, *date.span()) if date and LINE_ENDS.match(text, date.end()) else None


_LIKE_MONTH = r"[^\W\d_][^\s\d,،()\[\]<>:@/]{1,19}"
_LIKE_DATE = re.compile(
    rf"(?:\d{{1,2}}\.? {_LIKE_MONTH}(?: {_LIKE_MONTH})?,? (?:19|20)\d\d"
    rf"|{_LIKE_MONTH} \d{{1,2}}, (?:19|20)\d\d|(?:19|20)\d\d {_LIKE_MONTH} \d{{1,2}})(?!\d)"
)
_CLOCK_FIRST = re.compile(r"(?:lúc )?\d{1,2}:\d\d ")  # Vietnamese: lúc 16:10 2 tháng 10, 2024
_LINK_END = re.compile(r"\s?\](?:\[\d{1,3}\])?")


def _dash_before(text: str, reach: int, end: int) -> tuple[int, int] | None:
    """Where the dash before a name stands and where the name begins; an em dash goes before a hyphen in a name."""
    em = text.rfind("—", reach, end)  # nearly always there, and then nothing else needs to be looked for
    if (
        em >= 0
        and text[em + 1 : end].strip()
        and not PARAGRAPH.search(text, em + 1, end)
        and "\x97" not in text[em:end]
    ):
        return em - text.startswith("—", max(em - 1, reach), em), em + 1
    dashes = [d for d in _DASH.finditer(text, reach, end) if "\n\n" not in text[d.end() : end].lstrip()]
    dashes = [d for d in dashes if text[d.end() : end].strip()]
    for strong in (True, False):
        for dash in reversed(dashes):
            if (dash[0][0] in _STRONG_DASHES) is strong:
                return dash.start(), dash.end()
    return None


# A newsroom's credit line also begins with a dash and ends with a handle.
_CREDIT = re.compile(
    r"\W{0,3}(?:(?:additional|with|original) )?(?:report(?:ing|ed)|edit(?:ing|ed)|writ(?:ing|ten)|compil(?:ing|ed)|"
    r"words|text|story|photos?|photograph(?:y|s)?|videos?|graphics?|illustrations?|translat(?:ion|ed)|produc(?:tion|ed)|"
    r"research) by\b",
    re.IGNORECASE,
)


def _closes_a_post(text: str, dash: int, end: int) -> bool:
    """Whether an undated `— Name (@handle)` stands where an embed's does: alone at its line's end, behind a token.

    A hyphen that opens a line is a list's.
    """
    before = text[max(0, dash - 40) : dash].rstrip(" ")
    opens_line = (not before or before.endswith("\n")) and text[dash] != "-"
    if not LINE_ENDS.match(text, end) or _CREDIT.match(text, dash):
        return False
    return opens_line or bool(_TOKEN_END.search(before))


def _titles_a_post(links: Sequence[Link], start: int, handle: int) -> bool:
    """Whether a post's address lies on words before a handle, as in a list of links: an embed's lies on its date."""
    return any(
        link.end <= handle and link.start < link.end and resolve(link.url) for link in overlapping(links, start, handle)
    )


def _bare_edge(text: str, reach: int, handle: int) -> tuple[int, int | None]:
    """Where an attribution without a dash begins, and where its name does if that is certain."""
    end = reach + len(text[reach:handle].rstrip())
    for kind in _EDGES:
        edges = [edge.end() for edge in kind.finditer(text, reach, end) if end - _LONGEST_NAME <= edge.end()]
        if edges:
            edge = _behind_sentence(text, edges[-1], end)
            return (edge, edge) if edge < end else (handle, None)
    return (0, 0) if reach == 0 and 0 < end <= _LONGEST_NAME else (handle, None)


# A sentence of some words before a name on its line: an initial or `Panic!` is the name's own.
_SENTENCE = re.compile(r"(?:[^\s.!?…]+\s+){2,}[^\s.!?…]+[.!?…][\"”’»)]*\s+(?=\S)")


def _behind_sentence(text: str, start: int, end: int) -> int:
    """Where a name begins that a post's own words may stand before on its line, as where the dash became a space."""
    while match := _SENTENCE.match(text, start, end):
        start = match.end()
    return start
