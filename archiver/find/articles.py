"""The finder: looks before it parses, then puts together what the other modules of this package find."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archiver.find.flattened import LEAD_REACH, LEAD_WORDS, WORDS, Remains, find_leads, find_remains, has_open_lead
from archiver.find.lexer import Opaque, Tag, balance, lex
from archiver.find.markup import Marked, find_marked, is_traced
from archiver.find.standalone import Standalone, find_addresses, find_shortcodes
from archiver.find.view import Link, View, view_markdown, view_page, view_text
from archiver.platforms import resolve
from archiver.platforms.base import Reference
from archiver.records import Embed, Format, Origin
from archiver.times import Moment, read_datetime

_PRINTED_HANDLE = re.compile(r"[(（]\s?@[A-Za-z0-9._]")
_BARE_ADDRESS = re.compile(r"[>\n]\s*+https?://")
_TICKS = re.compile(r"(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]{1,2000}(?P=ticks)(?!`)")
_FENCE = re.compile(r"^(?P<indent>[ \t>]{0,12})(?P<fence>(?P<mark>[`~])(?P=mark){2,})(?P<info>[^`\n]*)$", re.MULTILINE)
# How far around an anchor the remains of an embed can reach: a name and its wording before it, a date after it.
_BEFORE, _AFTER = 260, 320

Span = tuple[int, int]


def find_embeds(source: str, format: Format) -> list[Embed]:  # noqa: A002 (the contract's word)
    """The embeds of an article in document order, none overlapping another.

    `source` is the decoded article; `start` and `end` of each embed count its characters, so that
    `source[start:end] == marker`. Never raises, whatever the text; takes linear time.
    """
    if format == "html":
        return _numbered(_find_in_page(source) if _may_hold_embeds(source) else [])
    return _numbered(_find_in_text(source, format))


def _may_hold_embeds(source: str) -> bool:
    return is_traced(source) or bool(_PRINTED_HANDLE.search(source)) or bool(find_leads(source))


def _numbered(found: list[Embed]) -> list[Embed]:
    """The embeds in order with their ordinals, without those that begin inside another."""
    kept: list[Embed] = []
    for embed in sorted(found, key=lambda embed: (embed.start, -embed.end)) if len(found) > 1 else found:
        if not kept or embed.start >= kept[-1].end:
            ordinal = len(kept) + 1
            kept.append(embed if embed.ordinal == ordinal else replace(embed, ordinal=ordinal))
    return kept


# Text and Markdown


def _find_in_text(source: str, format: Format) -> list[Embed]:  # noqa: A002
    found: list[Embed] = []
    if "<" in source and is_traced(source):
        found += [_from_marked(source, marked) for marked in find_marked(source, list(lex(source)))]
    found += [_from_standalone(source, each) for each in find_shortcodes(source, format)]
    found += [_from_standalone(source, each) for each in find_addresses(source)]
    anchors = sorted(_anchors(source))
    if not found and not anchors:
        return []
    code = _find_code(source, format) if "`" in source or "~~~" in source else []
    found = [embed for embed in found if not _overlaps(code, embed.start, embed.end)]
    taken = sorted([*code, *((embed.start, embed.end) for embed in found)])
    view_of = view_markdown if format == "markdown" else view_text
    for start, end in _windows(source, anchors, taken):
        view = view_of(source, start, end)
        for remains in find_remains(view.text):
            found.append(_from_remains(source, view, remains, [], ordinal=len(found) + 1))
    return found


def _find_code(source: str, format: Format) -> list[Span]:  # noqa: A002
    """The fences and the inline code of a text, in order (CommonMark §4.5, §6.1)."""
    fences: list[Span] = []
    opening: re.Match[str] | None = None
    for line in _FENCE.finditer(source):
        # A fence ends at the latest with the quote that it stands in.
        if opening is None or (">" in opening["indent"] and ">" not in line["indent"]):
            opening = line
        elif line["fence"].startswith(opening["fence"]) and not line["info"].strip():
            fences.append((opening.start(), line.end()))
            opening = None
    if opening is not None and format == "markdown" and ">" not in opening["indent"]:
        fences.append((opening.start(), len(source)))
    return sorted(
        [*fences, *(match.span() for gap in _gaps(fences, len(source)) for match in _TICKS.finditer(source, *gap))]
    )


def _overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in spans)


def _windows(source: str, anchors: list[int], taken: Sequence[Span]) -> Iterator[Span]:
    """The stretches of a text that may hold remains: around each anchor, clear of what is taken."""
    for start, end in _merged(source, anchors):
        for hole_start, hole_end in taken:
            if hole_end <= start or hole_start >= end:
                continue
            if start < hole_start:
                yield start, hole_start
            start = max(start, hole_end)
        if start < end:
            yield start, end


def _anchors(source: str) -> Iterator[int]:
    """Where remains may be: at each @ that is not mail's, and at the words of leads and tokens."""
    position = source.find("@")
    while position >= 0:
        if position == 0 or not source[position - 1].isalnum():
            yield position
        position = source.find("@", position + 1)
    for word in WORDS if "/" in source else LEAD_WORDS:
        position = source.find(word)
        while position >= 0:
            yield position
            position = source.find(word, position + len(word))


def _merged(source: str, anchors: list[int]) -> Iterator[Span]:
    """Windows around anchors, joined where they touch, or where the earlier has a lead whose tail may be the later."""
    window: Span | None = None
    for anchor in anchors:
        start, end = max(0, anchor - _BEFORE), min(len(source), anchor + _AFTER)
        if window is None:
            window = start, end
        elif start <= window[1] or (start - window[1] < LEAD_REACH and has_open_lead(source, *window)):
            window = window[0], end
        else:
            yield window
            window = start, end
    if window is not None:
        yield window


# Pages


def _find_in_page(source: str) -> list[Embed]:
    tokens = list(lex(source))
    found = [_from_marked(source, marked) for marked in find_marked(source, tokens)]
    known = [(embed.start, embed.end) for embed in found]
    if not _has_more_to_read(source, known):
        return found
    view = view_page(source, tokens, known)
    # A token without attribution stands in feeds and widgets here: an embed would still have its markup.
    found += [_from_remains(source, view, remains, tokens) for remains in find_remains(view.text, lone_tokens=False)]
    return [*found, *_standalone_in_page(source, view)]


def _has_more_to_read(source: str, known: Sequence[Span]) -> bool:
    """Whether a page holds, outside its embed elements, a printed handle, a lead, or an address in no attribute."""
    leads = any(not _overlaps(known, lead.start, lead.end) for lead in find_leads(source))
    return bool(leads or find_shortcodes(source, "html")) or any(
        _PRINTED_HANDLE.search(source, start, end) or _BARE_ADDRESS.search(source, start, end)
        for start, end in _gaps(known, len(source))
    )


def _gaps(spans: Sequence[Span], length: int) -> Iterator[Span]:
    """What lies between spans, which are in order."""
    position = 0
    for start, end in [*spans, (length, length)]:
        yield position, start
        position = end


def _standalone_in_page(source: str, view: View) -> Iterator[Embed]:
    for each in [*find_shortcodes(view.text, "html"), *find_addresses(view.text)]:
        if not any(link.start < each.end and each.start < link.end for link in view.links):
            start, end = view.source_start(each.start), view.source_end(each.end)
            yield _from_standalone(source, replace(each, start=start, end=end))


# What was found → embeds


def _from_standalone(source: str, each: Standalone) -> Embed:
    return Embed(
        ordinal=0,
        platform=each.reference.platform,
        form=each.form,
        start=each.start,
        end=each.end,
        marker=source[each.start : each.end],
        native_id=each.reference.native_id,
        permalink=each.reference.permalink,
        handle=each.reference.handle,
        handle_origin="markup" if each.reference.handle else None,
    )


def _from_marked(source: str, marked: Marked) -> Embed:
    remains = marked.remains or Remains(platform=marked.platform, start=len(marked.view.text), end=0)
    embed = _embed(source, marked.start, marked.end, remains, marked.reference, marked.view.times)
    text = remains.text or _tidy(marked.view.text[: remains.start]) if marked.remains else None
    return replace(embed, form=marked.form, text=_tidy(text) if text else None)


def _tidy(text: str) -> str | None:
    """A post's text as its lines are laid out: single spaces, no more than one blank line in a row."""
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() or None


_LINK_BEHIND = re.compile(r"\s?\((https?://[^\s()]{8,500})\)")


def _from_remains(source: str, view: View, remains: Remains, tokens: Sequence[Tag | Opaque], ordinal: int = 0) -> Embed:
    start, end = view.source_start(remains.start), view.source_end(remains.end)
    links = [link for link in view.links if link.start < remains.end and remains.start < link.end]
    times = [time for time in view.times if time.start < remains.end and remains.start < time.end]
    references = [r for link in links if (r := resolve(link.url)) and r.platform == remains.platform]
    behind = _LINK_BEHIND.match(source, end)
    if behind and (reference := resolve(behind[1])) and reference.platform == remains.platform:
        references, end = [*references, reference], behind.end()
    for cover in (*links, *times):
        start, end = min(start, cover.source_start), max(end, cover.source_end)
    if tokens:
        start, end = balance(tokens, start, end)
    return _embed(source, start, end, remains, references[-1] if references else None, times, ordinal)


def _embed(
    source: str,
    start: int,
    end: int,
    remains: Remains,
    reference: Reference | None,
    times: Sequence[Link],
    ordinal: int = 0,
) -> Embed:
    moment, origin = _moment(remains, times)
    handle, handle_origin = _handle(remains, reference)
    return Embed(
        ordinal=ordinal,
        platform=remains.platform,
        form="text",
        start=start,
        end=end,
        marker=source[start:end],
        native_id=reference.native_id if reference else None,
        permalink=reference.permalink if reference else None,
        handle=handle,
        author_name=remains.author_name,
        posted_at=moment.at if moment else None,
        precision=moment.precision if moment else None,
        posted_text=remains.posted_text,
        posted_at_options=moment.options if moment else None,
        text=remains.text,
        language=remains.language,
        handle_origin=handle_origin,
        time_origin=origin,
    )


def _moment(remains: Remains, times: Sequence[Link]) -> tuple[Moment | None, Origin | None]:
    """The time of an embed: what its markup's `datetime` says, which is exact, else what is printed."""
    for time in reversed(times):
        if moment := read_datetime(time.url):
            return moment, "markup"
    return remains.moment, "marker" if remains.moment else None


def _handle(remains: Remains, reference: Reference | None) -> tuple[str | None, Origin | None]:
    """The author's handle: as printed, since an address may name someone else (X redirects any handle)."""
    if remains.handle:
        return remains.handle, "marker"
    return (reference.handle, "markup") if reference and reference.handle else (None, None)
