"""Flattened remains: the attributions, leads and tokens that embed code leaves when a page becomes text.

Everything here works on the text of a `View`; offsets are the view's.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archiver.find.grammar import LEAD_WORDS, LETTER, grammar
from archiver.find.leads import LEAD_REACH, Lead, find_leads, lead_before
from archiver.find.mentions import goes_on, is_quoted
from archiver.find.own_text import Signed, own_block, own_line
from archiver.find.phrases import PHRASE_WORDS, find_phrases
from archiver.find.post_length import limit_on
from archiver.find.remains import Remains
from archiver.find.spans import Spans
from archiver.find.view import BARRIER, Link, overlapping
from archiver.platforms import BY_NAME, PLATFORMS
from archiver.platforms.base import Platform, Wording
from archiver.times import ZONES, Moment, clock_end, read_printed
from archiver.urls import resolve

# Display names are at most 50 characters on X and 64 on Instagram; pages wrap and decorate them.
NAME_REACH = 160
# An Instagram caption has at most 2,200 characters (Instagram Help Centre); the rest is white space and entities.
CAPTION_LIMIT = 2_600
_LONGEST_LEAD = 60
TOKEN_WORDS = tuple(dict.fromkeys(word for platform in PLATFORMS for word in platform.token_words))
WORDS = (*LEAD_WORDS, *PHRASE_WORDS, *TOKEN_WORDS)
"""One of these, or a handle behind an @, stands in all remains."""

_HANDLE = re.compile(r"[(（]\s?@(?P<handle>[A-Za-z0-9._-]{1,80}(?:(?<=\.) [A-Za-z0-9._]{1,30})?)\s?[)）]")
_BARE_HANDLE = re.compile(rf"@(?P<handle>[A-Za-z0-9._]{{1,30}})(?![A-Za-z0-9_@]|{LETTER})")
# As platforms print it, doubled (Chinese), as other encodings have it, decoded twice, lost.
_DASH = re.compile(r"[—―−]+|–|\x97|â€[”“]|\ufffd|-(?<![\w-]-)-{0,2}(?=\s)")
_DASH_OR_DIGIT = re.compile(r"[\d—―−–\x97€\ufffd-]")  # without one before a handle or behind it there is no attribution
_STRONG_DASHES = "—―−\x97â"
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
_LONGEST_NAME_FIRST = 80
_HONORIFIC = "さん"  # Instagram put it behind every Japanese name as long as it printed the date


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
    is_excerpt = opens_text and text[:1].islower()
    for anchor in _find_handles(text):
        if anchor.start < floor:
            continue
        has_room = anchor.bare or anchor.reach < anchor.start  # for words before the handle, or for a name
        remains = _worded(text, anchor, floor, leads) if has_room else None
        if remains is None and (leads or links or _DASH_OR_DIGIT.search(text, anchor.reach, anchor.end + _LINE_REACH)):
            remains = _dashed(text, anchor, floor, links, in_code=opens_block is None)
            remains = remains or _unworded(text, anchor, floor, leads, links)
        if remains:
            tail, remains = remains, _with_lead(text, remains, leads, floor)
            if tail is not remains:  # with a lead of its own, behind which its text is
                found.append(remains)
            elif found and _repeats(text, found[-1], remains):
                found[-1] = found[-1]._replace(end=remains.end)
            else:
                found.append(_with_own_text(text, remains, floor, opens_block, is_excerpt=is_excerpt))
            floor = remains.end
    if not (words or leads):
        return found
    lone = _clear_of(found, find_phrases(text, links)) if words else []
    lone = _with_own_texts(text, lone, found, opens_block) if lone else []
    lone += _lone_leads(text, leads, [*found, *lone]) if leads else []
    if lone_tokens and words:
        lone += _lone_tokens(text, found)
    return sorted([*found, *lone], key=_start_of) if lone else found


def _block_start(text: str, floor: int, opens_block: bool | None) -> int | None:
    """Where behind `floor` a block is known to begin: at once behind another embed, or at a line's beginning."""
    if opens_block is None:
        return None
    if floor or opens_block:
        return floor
    newline = text.find("\n")
    return newline + 1 if newline >= 0 else None


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


class _Anchor(NamedTuple):
    """A handle as printed: its stretch with the parentheses, or without where none stand around it.

    `reach` is how far back its attribution may begin: a name holds no other handle.
    """

    handle: str
    start: int
    end: int
    bare: bool
    reach: int


# An @ in parentheses that follows no name, which would be mail; or else one where a bare handle may sign.
_SIGNING = re.compile(
    r"@(?:(?P<opened>(?<![^\W_]@)(?:(?<=[(（]@)|(?<=[(（].@)|(?<=[(（]..@)))|(?<=[ \n]@)|(?<=\A@))", re.DOTALL
)
_FEW = 256


def find_handles(text: str) -> list[int]:
    """Where a text has an @ that an attribution may be around: in parentheses, or behind a platform's words."""
    found: list[int] = []
    position = text.find("@")
    for _ in range(_FEW):  # single characters are found faster than patterns, but not where there are many
        if position < 0:
            return found
        if (match := _SIGNING.match(text, position)) and (match.lastgroup or _bare_handle(text, position)):
            found.append(position)
        position = text.find("@", position + 1)
    many = _SIGNING.finditer(text, position) if position >= 0 else ()
    return found + [match.start() for match in many if match.lastgroup or _bare_handle(text, match.start())]


def _find_handles(text: str) -> Iterator[_Anchor]:
    position, behind = text.find("@"), 0
    while position >= 0:
        before = text[position - 1 : position]
        opening = position - 1 if before == "(" or before == "（" else position - 2
        reach = max(behind, position - NAME_REACH)
        if position and (match := _HANDLE.match(text, max(0, opening))):
            start, behind = match.span()
            yield _Anchor(match[1].replace(" ", ""), start, behind, False, reach)
            position = text.find("@", behind)
            continue
        if match := _bare_handle(text, position):
            handle = match[1].rstrip(".")
            behind = position + 1 + len(handle)
            yield _Anchor(handle, position, behind, True, reach)
        position = text.find("@", position + 1)


def _bare_handle(text: str, position: int) -> re.Match[str] | None:
    """The handle without parentheses at an @ where one may sign: behind the words, or alone before them."""
    before = text[position - 1 : position]
    if before == " ":
        return _BARE_HANDLE.match(text, position) if _ends_in_words(text, position) else None
    if before not in ("", "\n"):
        return None
    match = _BARE_HANDLE.match(text, position)
    return match if match and grammar().after.match(text, match.end()) else None


def _ends_in_words(text: str, end: int) -> bool:
    known = grammar()
    if text[max(0, end - known.bare_length) : end] not in known.bare_ends:
        return False
    return text.endswith(known.bare, max(0, end - _LONGEST_LEAD), end)


def _worded(text: str, anchor: _Anchor, floor: int, leads: list[Lead]) -> Remains | None:
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
    if anchor.bare and dated is None and end == phrases.end and not _LINE_ENDS.match(text, end):
        return None
    if dated is None and (is_quoted(text, phrases.start, end) or goes_on(text, end, wording.on)):
        return None
    name = _name(text[phrases.name : anchor.start])
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


def _phrases_around(text: str, anchor: _Anchor, floor: int, leads: list[Lead]) -> _Phrases | None:
    reach, known = max(floor, anchor.reach), grammar()
    for before in reversed(list(known.before.finditer(text, reach, anchor.start))):
        if _PARAGRAPH.search(text, before.end(), anchor.start):
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
    start = _skip_gap(text, end)
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
    floor = max(reach, behind, end - _LONGEST_NAME_FIRST)
    for kind in _FIRST_EDGES:
        edges = [edge.end() for edge in kind.finditer(text, floor, end)]
        if edges and edges[-1] < end:
            return edges[-1], edges[-1]
    if floor == behind or floor == reach == 0:
        name = _skip_gap(text, floor)
        return name, name
    return handle, None


class _Dated(NamedTuple):
    moment: Moment
    start: int
    end: int


def _read_date(text: str, start: int, platform: Platform, language: str | None) -> _Dated | None:
    printed = read_printed(text, start, language=language, zone=platform.zone)
    return _Dated(printed.moment, start, printed.end) if printed else None


def _joined_date(text: str, end: int, platform: Platform, wording: Wording) -> _Dated | None:
    start = _skip_gap(text, end)
    comma = _skip_gap(text, start + 1) if text.startswith((",", "،"), start) else start
    for word in (*wording.on, _ENGLISH_JOINT):
        if text.startswith(word, comma):
            dated = _read_date(text, _skip_gap(text, comma + len(word)), platform, wording.language)
            if dated:
                return dated
    return _read_date(text, comma, platform, wording.language)


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
        signed = Signed(limit_on(limits, day), remains.author_name, remains.handle, platform.spoken_of)
        start = own_block(text, end, block, signed, is_cut=is_excerpt and block == 0)
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


_DASHED = tuple((platform, platform.dashed) for platform in PLATFORMS if platform.dashed)


def _dashed(text: str, anchor: _Anchor, floor: int, links: Sequence[Link], *, in_code: bool) -> Remains | None:
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
    if edge is None and dated is None:
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
    return Remains(
        platform=platform.name,
        rule="handle and date" if edge is None else "dash, handle and date" if dated else "dash and handle",
        start=start,
        end=end,
        handle=anchor.handle,
        author_name=_name(text[name_start : anchor.start]) if name_start is not None else None,
        moment=dated.moment if dated else None,
        posted_text=text[dated.start : dated.end] if dated else printed,
    )


_DIGIT = re.compile(r"\d")
_BY = re.compile(r"[*_\s]*(?:by|von|par|por|di|da|av|af|door|przez|autor(?:in|a)?:?|от|автор:?)\s", re.IGNORECASE)


def _opens_with_by(text: str, start: int) -> bool:
    """Whether a line begins there, and with what stands before the name of an article's author."""
    return (start == 0 or text[start - 1] == "\n") and _BY.match(text, start) is not None


def _link_behind(text: str, handle: int, platform: Platform, links: Sequence[Link]) -> Link | None:
    """The link to a post of the platform that begins right behind a handle, with a few words on it."""
    start = _skip_gap(text, handle)
    for link in overlapping(links, start, start + 1):
        if handle <= link.start <= start < link.end <= start + _LINE_REACH and "\n" not in text[start : link.end]:
            reference = resolve(link.url)
            return link if reference and reference.platform == platform.name else None
    return None


def _date_behind(text: str, handle: int, platform: Platform) -> tuple[_Dated | None, int]:
    """The date behind a handle and where an attribution ends; also of Markdown read as text: `[October 2, 2020][3]`."""
    start = _skip_gap(text, handle)
    is_link = text.startswith("[", start)
    dated = _read_date(text, _skip_gap(text, start + 1) if is_link else start, platform, None)
    if dated and platform.dashed and platform.dashed.clock:
        dated = dated._replace(end=clock_end(text, dated.end) or dated.end)
    closing = _LINK_END.match(text, dated.end) if dated and is_link else None
    if dated is None or (is_link and closing is None):
        return None, handle
    return dated, closing.end() if closing else dated.end


_LINK_END = re.compile(r"\s?\](?:\[\d{1,3}\])?")


def _dash_before(text: str, reach: int, end: int) -> tuple[int, int] | None:
    """Where the dash before a name stands and where the name begins; an em dash goes before a hyphen in a name."""
    em = text.rfind("—", reach, end)  # nearly always there, and then nothing else needs to be looked for
    if (
        em >= 0
        and text[em + 1 : end].strip()
        and not _PARAGRAPH.search(text, em + 1, end)
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
    if not _LINE_ENDS.match(text, end) or _CREDIT.match(text, dash):
        return False
    return opens_line or bool(_TOKEN_END.search(before))


def _titles_a_post(links: Sequence[Link], start: int, handle: int) -> bool:
    """Whether a post's address lies on words before a handle, as in a list of links: an embed's lies on its date."""
    return any(
        link.end <= handle and link.start < link.end and resolve(link.url) for link in overlapping(links, start, handle)
    )


# How far behind a handle its date may begin and end, and how long the line of an attribution may be without one, in
# a language whose words are not known (`markers.md` §1.6: every dated form met has them within about 40).
_DATE_REACH, _LINE_REACH = 40, 100
_ZONE_REACH = 2 * _DATE_REACH
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]")
_WORDED = tuple((platform, platform.handle) for platform in PLATFORMS if platform.wordings and platform.handle)
_ZONED = re.compile(r"P[SD]T\b[^)\n]{0,20}\)?$")


def _unworded(text: str, anchor: _Anchor, floor: int, leads: list[Lead], links: Sequence[Link]) -> Remains | None:
    """The attribution in words that are not known, by what no language lacks.

    That is a date that ends in the platform's zone close behind, or else a lead directly above, or a link to a post
    that is the whole line. The name is left out: where it begins, nothing says.
    """
    if anchor.bare:
        return None
    end = text.find("\n", anchor.end, anchor.end + _LINE_REACH)
    end = end if end >= 0 else min(len(text), anchor.end + _LINE_REACH)
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
            start = _skip_gap(text, lead.end)
        if dated:
            return _unnamed(platform, anchor, start, dated.end, dated, text)
        alone = ends_line and anchor.start - start <= _LINE_REACH
        below = lead is not None and lead.platform == platform.name and not text[lead.end : start].strip(" .\n\t>")
        if alone and (below or _is_post_link(links, start, end, anchor, platform)):
            return _unnamed(platform, anchor, start, max(anchor.end, start + len(text[start:end].rstrip())), None, text)
    return None


def _zoned_date(text: str, end: int, platform: Platform) -> _Dated | None:
    """The date with a clock in the platform's zone that begins close behind a handle, on its line."""
    line = text[end : end + _ZONE_REACH].partition("\n")[0]
    if platform.zone is None or not _holds_zone(line):
        return None
    until = end + len(line)
    for word in _WORD_START.finditer(text, end, min(until, end + _DATE_REACH)):
        dated = _read_date(text, word.start(), platform, None)
        if dated and _ZONED.search(text, max(dated.start, dated.end - 30), dated.end):
            # English is known whole: what stands so in other English words is prose about a time.
            return None if _ENGLISH_ON.search(text, end, dated.start) else dated
    return None


def _holds_zone(text: str) -> bool:
    return any(zone in text for zone in ZONES)


_ENGLISH_JOINT = "on"  # Instagram printed it in other languages too, while their dates were English (2014)
_ENGLISH_ON = re.compile(r"(?:^|[ \n])(?:on|at|live|from|is|was)[ \n]")


def _is_post_link(links: Sequence[Link], start: int, end: int, anchor: _Anchor, platform: Platform) -> bool:
    return any(
        link.start <= min(start, anchor.start)
        and end <= link.end
        and (reference := resolve(link.url))
        and reference.platform == platform.name
        for link in overlapping(links, start, end)
    )


def _unnamed(platform: Platform, anchor: _Anchor, start: int, end: int, dated: _Dated | None, text: str) -> Remains:
    if anchor.start - start > _LINE_REACH:
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


def _bare_edge(text: str, reach: int, handle: int) -> tuple[int, int | None]:
    """Where an attribution without a dash begins, and where its name does if that is certain."""
    end = reach + len(text[reach:handle].rstrip())
    for kind in _EDGES:
        edges = [edge.end() for edge in kind.finditer(text, reach, end) if end - _LONGEST_NAME <= edge.end()]
        if edges:
            return (edges[-1], edges[-1]) if edges[-1] < end else (handle, None)
    return (0, 0) if reach == 0 and 0 < end <= _LONGEST_NAME else (handle, None)


def _with_lead(text: str, remains: Remains, leads: list[Lead], floor: int) -> Remains:
    """The remains with the lead before them, if there is one, and the caption that stands between."""
    if not leads:
        return remains
    lead = lead_before(leads, remains.start)
    if lead is None or lead.platform != remains.platform or lead.start < floor or remains.start - lead.end > LEAD_REACH:
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


def _lone_leads(text: str, leads: list[Lead], found: list[Remains]) -> list[Remains]:
    """Leads whose tail is lost, where they stand as a line of their own begins or ends."""
    alone = [lead for lead in leads if _LINE_ENDS.match(text, lead.end)]
    if not alone:
        return []
    taken = Spans((remains.start, remains.end) for remains in found)
    return [
        Remains(platform=lead.platform, rule="lead alone", start=lead.start, end=lead.end, language=lead.language)
        for lead in alone
        if not taken.overlaps(lead.start, lead.start + 1)
    ]


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
