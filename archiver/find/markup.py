"""Embed code: the elements of a page that stand for a post, and what they say about it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from archiver.find.flattened import Remains, find_remains
from archiver.find.lexer import Element, Opaque, Tag, find_elements
from archiver.find.view import View, view_page
from archiver.platforms import PLATFORMS, resolve
from archiver.platforms.base import Markup, Platform, Reference
from archiver.records import Form


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """One element that stands for a post: its span in the source, the post it names, and what its text says."""

    platform: str
    form: Form
    start: int
    end: int
    reference: Reference | None
    view: View
    remains: Remains | None


def find_marked(source: str, tokens: Sequence[Tag | Opaque]) -> list[Marked]:
    """The embed elements among a page's tokens, in order."""
    elements = find_elements(source, tokens, lambda tag: bool(_markups(tag)))
    return [marked for element in elements if (marked := _read(source, tokens, element))]


def is_traced(source: str) -> bool:
    """Whether a source holds anything that embed markup, an address or a shortcode leaves: worth a parse.

    Most pages have a platform's name in their share links; what stands around it is looked at only there.
    """
    for needle, traces in _needles().items():
        position = source.find(needle)
        while position >= 0:
            for before, trace in traces:
                if source.startswith(trace, position - before):
                    return True
            position = source.find(needle, position + 1)
    return False


@cache
def _needles() -> dict[str, tuple[tuple[int, str], ...]]:
    """Each needle, with the traces that hold it and how far into them."""
    return {
        needle: tuple((trace.find(needle), trace) for trace in platform.traces if needle in trace)
        for platform in PLATFORMS
        for needle in platform.needles
    }


@cache
def _table() -> dict[str, tuple[tuple[Platform, Markup], ...]]:
    names = {markup.tag for platform in PLATFORMS for markup in platform.markup}
    return {
        name: tuple((platform, markup) for platform in PLATFORMS for markup in platform.markup if markup.tag == name)
        for name in names
    }


def _markups(tag: Tag) -> list[tuple[Platform, Markup]]:
    """The declarations that an element may be an instance of, by its start tag alone."""
    return [(platform, markup) for platform, markup in _table().get(tag.name, ()) if _has(tag, platform, markup)]


def _has(tag: Tag, platform: Platform, markup: Markup) -> bool:
    if markup.having is None:
        return _reference_in_attributes(tag, platform, markup) is not None
    if markup.having.lstrip(".") not in tag.written:
        return False
    if markup.having.startswith("."):
        return markup.having[1:] in tag.attributes.get("class", "").split()
    return bool(tag.attributes.get(markup.having))


def _reference_in_attributes(tag: Tag, platform: Platform, markup: Markup) -> Reference | None:
    attributes = tag.attributes
    for name in markup.urls:
        value = attributes.get(name, "").strip()
        url = value if "/" in value else markup.template.format(value)
        if value and (reference := _own(url, platform)):
            return reference
    return None


def _own(url: str, platform: Platform) -> Reference | None:
    reference = resolve(url)
    return reference if reference and reference.platform == platform.name else None


def _read(source: str, tokens: Sequence[Tag | Opaque], element: Element) -> Marked | None:
    first = bisect_left(tokens, element.start, key=_start)
    inner = tokens[first : bisect_left(tokens, element.end, first, key=_start)]
    view = view_page(source, inner, (), element.start, element.end)
    said = find_remains(view.text)
    for platform, markup in _markups(element.tag):
        reference = _reference_in_attributes(element.tag, platform, markup) or _linked(view, platform, markup)
        own = [remains for remains in said if remains.platform == platform.name and remains.handle]
        if reference or own:
            return Marked(
                platform=platform.name,
                form=markup.form,
                start=element.start,
                end=element.end,
                reference=reference,
                view=view,
                remains=own[-1] if own else None,
            )
    return None


def _start(token: Tag | Opaque) -> int:
    return token.start


def _linked(view: View, platform: Platform, markup: Markup) -> Reference | None:
    references = [reference for link in view.links if (reference := _own(link.url, platform))]
    if not references:
        return None
    if "a:last" in markup.urls:
        return references[-1]
    return references[0] if "a:first" in markup.urls else None
