"""The finder: looks before it parses, then puts together what the other modules of this package find."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archiver.find.flattened import LEAD_NEEDLES, LEAD_REACH, Remains, find_leads, find_remains
from archiver.find.lexer import Opaque, Tag, balance, lex
from archiver.find.markup import Marked, find_marked
from archiver.find.standalone import Standalone, find_addresses, find_shortcodes
from archiver.find.view import Link, View, view_markdown, view_page, view_text
from archiver.platforms import PLATFORMS, resolve
from archiver.platforms.base import Reference
from archiver.records import Embed, Format, Origin
from archiver.times import Moment, read_datetime

_NEEDLES = tuple(dict.fromkeys(needle for platform in PLATFORMS for needle in platform.needles))
# Markup, addresses, shortcodes and tokens need one of these; a search for one character costs next to nothing.
_SYNTAX = ("/", "<", "[", "{")
_CODE_SYNTAX = ("<", "[", "{", "://")
_PRINTED_HANDLE = re.compile(r"[(（]\s?@[A-Za-z0-9._]")
_CODE = re.compile(
    r"^[ \t>]{0,12}(?P<fence>```+|~~~+)[^\n]*\n(?:.*\n)*?[ \t>]{0,12}(?P=fence)"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]{1,2000}(?P=ticks)(?!`)",
    re.MULTILINE,
)
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
    hits = [needle for needle in (_NEEDLES if _holds_any(source, _SYNTAX) else LEAD_NEEDLES) if needle in source]
    if not hits and "@" not in source:
        return []
    traced = bool(hits) and _holds_any(source, _CODE_SYNTAX) and _is_traced(source)
    return _numbered(_find_in_text(source, format, hits, traced))


def _is_traced(source: str) -> bool:
    return any(_holds_any(source, platform.needles) and _holds_any(source, platform.traces) for platform in PLATFORMS)


def _may_hold_embeds(source: str) -> bool:
    return _is_traced(source) or bool(_PRINTED_HANDLE.search(source)) or bool(find_leads(source))


def _holds_any(source: str, literals: Iterable[str]) -> bool:
    # A loop: `any` with a generator takes longer than most of these searches.
    for literal in literals:  # noqa: SIM110
        if literal in source:
            return True
    return False


def _numbered(found: list[Embed]) -> list[Embed]:
    """The embeds in order with their ordinals, without those that begin inside another."""
    kept: list[Embed] = []
    for embed in sorted(found, key=lambda embed: (embed.start, -embed.end)):
        if not kept or embed.start >= kept[-1].end:
            ordinal = len(kept) + 1
            kept.append(embed if embed.ordinal == ordinal else replace(embed, ordinal=ordinal))
    return kept


# Text and Markdown


def _find_in_text(source: str, format: Format, hits: Sequence[str], traced: bool) -> list[Embed]:  # noqa: A002
    code = [match.span() for match in _CODE.finditer(source)] if "`" in source or "~~~" in source else []
    found: list[Embed] = []
    if traced:
        tokens = list(lex(source)) if "<" in source else []
        found += [_from_marked(source, marked) for marked in find_marked(source, tokens)]
        found += [_from_standalone(source, each) for each in find_shortcodes(source, format)]
        found += [_from_standalone(source, each) for each in find_addresses(source)]
        found = [embed for embed in found if not _overlaps(code, embed.start, embed.end)]
    taken = sorted([*code, *((embed.start, embed.end) for embed in found)])
    view_of = view_markdown if format == "markdown" else view_text
    for start, end in _windows(source, hits, taken):
        view = view_of(source, start, end)
        for remains in find_remains(view.text):
            found.append(_from_remains(source, view, remains, [], ordinal=len(found) + 1))
    return found


def _overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in spans)


def _windows(source: str, hits: Sequence[str], taken: Sequence[Span]) -> Iterator[Span]:
    """The stretches of a text that may hold remains: around each handle and needle, clear of what is taken."""
    for start, end in _merged(source, sorted(_anchors(source, hits))):
        for hole_start, hole_end in taken:
            if hole_end <= start or hole_start >= end:
                continue
            if start < hole_start:
                yield start, hole_start
            start = max(start, hole_end)
        if start < end:
            yield start, end


def _anchors(source: str, hits: Sequence[str]) -> Iterator[int]:
    position = source.find("@")
    while position >= 0:
        if position == 0 or not source[position - 1].isalnum():  # an address before the @ is mail
            yield position
        position = source.find("@", position + 1)
    for needle in hits:
        position = source.find(needle)
        while position >= 0:
            yield position
            position = source.find(needle, position + len(needle))


def _merged(source: str, anchors: list[int]) -> Iterator[Span]:
    """Windows around anchors, joined where they touch, or where the earlier has a lead whose tail may be the later."""
    window: Span | None = None
    for anchor in anchors:
        start, end = max(0, anchor - _BEFORE), min(len(source), anchor + _AFTER)
        if window is None:
            window = start, end
        elif start <= window[1] or (
            start - window[1] < LEAD_REACH and find_leads(source[max(window[0], window[1] - 2 * _AFTER) : window[1]])
        ):
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
    view = view_page(source, tokens, [(embed.start, embed.end) for embed in found])
    # A token without attribution stands in feeds and widgets here: an embed would still have its markup.
    found += [_from_remains(source, view, remains, tokens) for remains in find_remains(view.text, lone_tokens=False)]
    return [*found, *_standalone_in_page(source, view)]


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
    for cover in [*links, *times]:
        start, end = min(start, cover.source_start), max(end, cover.source_end)
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
