"""Embeds: what the finder's modules found, each put into the one record.

They get their ordinals last (`numbered`): not before all are found is it known which stay, and in which order.
"""

import html
import re
from collections.abc import Sequence

from archiver.find.lexer import Opaque, Tag, balance
from archiver.find.markup import Marked
from archiver.find.remains import Remains
from archiver.find.standalone import Standalone
from archiver.find.view import Link, View, overlapping, page_text
from archiver.platforms import BY_NAME
from archiver.platforms.base import Reference
from archiver.records import Embed, Form, Origin
from archiver.times import Moment, read_datetime
from archiver.urls import resolve


def numbered(embeds: list[Embed]) -> list[Embed]:
    """The embeds with their ordinals, in the order given.

    They are the finder's own until it returns them, and a record is copied at twenty times the cost.
    """
    for ordinal, embed in enumerate(embeds, start=1):
        object.__setattr__(embed, "ordinal", ordinal)
    return embeds


def from_standalone(source: str, each: Standalone) -> Embed:
    """The embed that an address or a shortcode is."""
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
        rule=each.rule,
    )


def from_marked(source: str, marked: Marked) -> Embed:
    """The embed that an element is, with what its text says."""
    remains = marked.remains or Remains(platform=marked.platform, rule=marked.rule, start=0, end=0)
    times = marked.view.times if marked.view else []
    text = remains.text or (
        (marked.view.text[: remains.start] if marked.remains else _unsigned_text(source, marked))
        if marked.view
        else None
    )
    return _embed(
        source,
        marked.start,
        marked.end,
        remains._replace(rule=marked.rule),
        marked.reference,
        times,
        text=tidy_text(text, marked.platform) if text else None,
        form=marked.form,
        conflict=_conflict(marked),
    )


_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)


def _unsigned_text(source: str, marked: Marked) -> str | None:
    """The paragraphs of a post in code whose attribution says nothing that can be read: those before the link to it."""
    if (
        marked.form != "blockquote"
        or BY_NAME[marked.platform].dashed is None
        or not marked.view
        or not marked.reference
    ):
        return None
    native_id = marked.reference.native_id
    own = [link for link in marked.view.links if (r := resolve(link.url)) and r.native_id == native_id]
    ends = [end.end() for end in _PARAGRAPH_END.finditer(source, marked.start, own[-1].source_start)] if own else []
    return page_text(source[marked.start : ends[-1]]) if ends else None


def _conflict(marked: Marked) -> str | None:
    """What embed code says that cannot be: its attributes name one post, and all its links lead to others."""
    if marked.reference is None or marked.view is None:
        return None
    linked = [r for link in marked.view.links if (r := resolve(link.url)) and r.platform == marked.platform]
    if not linked or any(reference.native_id == marked.reference.native_id for reference in linked):
        return None
    return f"the code names {marked.reference.permalink}, its link leads to {linked[-1].permalink}"


def tidy_text(text: str, platform: str) -> str | None:
    """A post's text as its lines are laid out: single spaces, at most one blank line in a row, no note of a picture."""
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    if "\n\n\n" in lines:
        lines = re.sub(r"\n{3,}", "\n\n", lines)
    return lines.strip().removesuffix(BY_NAME[platform].text_end).rstrip() or None


_LINK_BEHIND = re.compile(r"\s?\((https?://[^\s()]{8,500})\)")
# What a converter to Markdown left of a date: `… on <time style="…" datetime="…">`, often without its end.
_TIME_BEHIND = re.compile(
    r"\s?(?:[^\W\d_]{1,5}\s)?<time\s(?:[^<>]{0,300}?\s)?datetime=[\"']([^\"'<>]{4,40})[\"'][^<>]{0,300}>(?:\s?</time>)?"
)


def from_remains(source: str, view: View, remains: Remains, tokens: Sequence[Tag | Opaque]) -> Embed:
    """The embed that remains in a view are, with the links and times on them; balanced among a page's `tokens`."""
    start, end = view.source_span(remains.start, remains.end)
    links = overlapping(view.links, remains.start, remains.end) if view.links else []
    times = overlapping(view.times, remains.start, remains.end) if view.times else []
    references = [r for link in links if (r := resolve(link.url)) and r.platform == remains.platform]
    behind = _LINK_BEHIND.match(source, end)
    if behind and (reference := resolve(behind[1])) and reference.platform == remains.platform:
        references, end = [*references, reference], behind.end()
    if links or times:
        start = min(start, *(cover.source_start for cover in (*links, *times)))
        end = max(end, *(cover.source_end for cover in (*links, *times)))
    if not times and not remains.moment and (time := _TIME_BEHIND.match(source, end)):
        times, end = [Link(remains.end, remains.end, html.unescape(time[1]), *time.span())], time.end()
    if tokens:
        start, end = balance(tokens, start, end)
    text = tidy_text(remains.text, remains.platform) if remains.text else remains.text
    return _embed(source, start, end, remains, references[-1] if references else None, times, text=text)


def _embed(
    source: str,
    start: int,
    end: int,
    remains: Remains,
    reference: Reference | None,
    times: Sequence[Link],
    *,
    text: str | None,
    form: Form = "text",
    conflict: str | None = None,
) -> Embed:
    moment, origin = _moment(remains, times)
    handle, handle_origin = _handle(remains, reference)
    return Embed(
        ordinal=0,
        platform=remains.platform,
        form=form,
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
        text=text,
        language=remains.language,
        handle_origin=handle_origin,
        time_origin=origin,
        rule=remains.rule,
        conflict=conflict,
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
