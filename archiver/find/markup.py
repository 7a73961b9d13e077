"""Embed code: the elements of a page that stand for a post, and what they say about it."""

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from archiver.find.built import find_built
from archiver.find.carriers import (
    FRAMES,
    LARGEST,
    PARTS,
    block_address,
    carried_addresses,
    hidden_code,
    may_carry,
    opening_tag,
    waiting_code,
)
from archiver.find.flattened import find_remains
from archiver.find.grammar import any_of
from archiver.find.lexer import Element, Opaque, Tag, find_elements, lex
from archiver.find.needles import holds_any
from archiver.find.remains import Remains
from archiver.find.view import View, view_page
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Markup, Platform, Reference
from archiver.records import Form
from archiver.urls import resolve

# How many elements that may be embeds are looked through for one inside; pages nest a few wrappers, no more.
_DEPTH = 8


class Marked(NamedTuple):
    """One element that stands for a post: its span in the source, the post it names, and what its text says.

    `official` is embed code as a platform writes it; what only carries an address gives way to what it contains.
    """

    platform: str
    form: Form
    start: int
    end: int
    reference: Reference | None
    rule: str
    view: View | None = None
    remains: Remains | None = None
    official: bool = True


def find_marked(source: str, tokens: Sequence[Tag | Opaque], *, waiting: bool = True) -> list[Marked]:
    """The embed elements among a page's tokens, in order, none inside another.

    With `waiting` also those whose code waits as text for a script or for consent.
    """
    elements = find_elements(source, tokens, _may_be_embed, depth=_DEPTH)
    found: list[Marked] = []
    inside = _Inside(tokens if elements else ())
    for element in elements:
        # What is inside official embed code is part of it; what only may be an embed is looked through.
        if found and found[-1].official and element.start < found[-1].end:
            continue
        if marked := _read(source, inside, element, waiting=waiting):
            found.append(marked)
    if waiting:
        found += [
            marked
            for before, token in zip_longest((None, *tokens), tokens)
            if isinstance(token, Opaque) and (marked := _read_opaque(source, token, before))
        ]
    found += [
        Marked(
            platform=built.reference.platform,
            form=built.script.form,
            start=built.start,
            end=built.end,
            reference=built.reference,
            rule=f"call of {built.script.opening}",
        )
        for built in find_built(source, tokens)
    ]
    return _outermost(sorted(found, key=lambda marked: (marked.start, -marked.end)))


def _outermost(found: list[Marked]) -> list[Marked]:
    """Of elements within each other the outer one, but an inner one where the outer only carries an address."""
    kept: list[Marked] = []
    for marked in found:
        while kept and not kept[-1].official and marked.end <= kept[-1].end and _differs(kept[-1], marked):
            kept.pop()
        if not kept or marked.start >= kept[-1].end:
            kept.append(marked)
    return kept


def _differs(outer: Marked, inner: Marked) -> bool:
    return inner.official or inner.reference != outer.reference


def is_traced(data: bytes) -> bool:
    """Whether a source holds what embed markup, an address or a shortcode leaves, by its UTF-8: worth a parse."""
    return _holds_trace()(data)


@cache
def _holds_trace() -> Callable[[bytes], bool]:
    return holds_any(trace for platform in PLATFORMS for trace in platform.traces)


_Declaration = tuple[str, Platform, Markup]
"""What one platform declares of an element, behind the word that its start tag must hold."""


@cache
def _declared() -> tuple[dict[str, list[_Declaration]], re.Pattern[str]]:
    """The declarations by the name of their element, and a pattern for the attributes that any element may have."""
    table: dict[str, list[_Declaration]] = {}
    for platform in PLATFORMS:
        for markup in platform.markup:
            table.setdefault(markup.tag, []).append((markup.having.lstrip("."), platform, markup))
    return table, any_of(word for word, _, _ in table.get("*", ()))


def _may_be_embed(tag: Tag) -> bool:
    """Whether an element is worth reading, by its start tag alone."""
    if not tag.written:
        return tag.name in FRAMES
    table, anywhere = _declared()
    if anywhere.search(tag.written) is not None:
        return True
    return (tag.name in table and bool(_instances(tag, table[tag.name]))) or may_carry(tag)


def _markups(tag: Tag) -> list[tuple[Platform, Markup]]:
    """The declarations that an element is an instance of."""
    table, anywhere = _declared()
    candidates = table.get(tag.name, [])
    if anywhere.search(tag.written):
        candidates = candidates + table.get("*", [])
    return _instances(tag, candidates)


def _instances(tag: Tag, candidates: Sequence[_Declaration]) -> list[tuple[Platform, Markup]]:
    """Those of the declarations that an element is an instance of."""
    if not candidates:
        return []
    written = tag.written.lower()  # names have no case in HTML, but one in JSX: `tweetId`
    likely = [(platform, markup) for word, platform, markup in candidates if word in written]
    attributes = tag.attributes if likely else {}
    return [(platform, markup) for platform, markup in likely if _is_instance(attributes, markup)]


def _is_instance(attributes: Mapping[str, str], markup: Markup) -> bool:
    if markup.without and markup.without in attributes:
        return False
    if markup.having.startswith("."):
        return markup.having[1:] in attributes.get("class", "").split()
    return bool(attributes.get(markup.having))


class _Inside:
    """The tokens of a source, by where they begin: asked for those inside an element."""

    def __init__(self, tokens: Sequence[Tag | Opaque]) -> None:
        self._tokens = tokens
        self._starts = [token.start for token in tokens]

    def of(self, element: Element) -> Sequence[Tag | Opaque]:
        first = bisect_left(self._starts, element.start)
        return self._tokens[first : bisect_left(self._starts, element.end, first)]


def _read(source: str, inside: _Inside, element: Element, *, waiting: bool) -> Marked | None:
    markups = _markups(element.tag)
    if markups and (declared := _read_declared(source, inside, element, markups)):
        return declared
    return _read_carrier(inside, element, waiting=waiting)


def _read_declared(
    source: str, inside: _Inside, element: Element, markups: Sequence[tuple[Platform, Markup]]
) -> Marked | None:
    if element.end - element.start > LARGEST:
        return None
    view = view_page(source, inside.of(element), (), element.start, element.end)
    said = find_remains(view.text, opens_block=None, links=view.links)
    for platform, markup in markups:
        reference = _attribute_reference(element.tag, platform, markup) or _linked(view, platform, markup)
        own = [remains for remains in said if remains.platform == platform.name and remains.is_signed]
        if reference or own or _is_orphan(element.tag, markup, view):
            return Marked(
                platform=platform.name,
                form=markup.form,
                start=element.start,
                end=element.end,
                reference=reference,
                rule=f"{element.tag.name}{markup.having if markup.having[0] == '.' else f'[{markup.having}]'}",
                view=view,
                remains=own[-1] if own else None,
            )
    return None


def _is_orphan(tag: Tag, markup: Markup, view: View) -> bool:
    """Whether a quote has an embed's class and words, and nothing that names its post: its link was taken away."""
    if tag.name != "blockquote" or not markup.having.startswith("."):
        return False
    is_led = any(tag.attributes.get(name) for name in markup.urls) or (view.links and "a:first" in markup.urls)
    return not is_led and any(character.isalnum() for character in view.text)


def _attribute_reference(tag: Tag, platform: Platform, markup: Markup) -> Reference | None:
    attributes = tag.attributes
    for name in markup.urls:
        value = attributes.get(name, "").strip()
        is_address = markup.template == "{id}" or "//" in value
        url = value if is_address else markup.template.format(id=value)
        if value and (reference := _own(url, platform)):
            return reference
    return None


def _own(url: str, platform: Platform) -> Reference | None:
    reference = resolve(url)
    return reference if reference and reference.platform == platform.name else None


def _linked(view: View, platform: Platform, markup: Markup) -> Reference | None:
    references = [reference for link in view.links if (reference := _own(link.url, platform))]
    if not references:
        return None
    if "a:last" in markup.urls:
        return references[-1]
    return references[0] if "a:first" in markup.urls else None


def _carried(
    element: Element, reference: Reference | None, form: Form, *, official: bool, code: Marked | None = None
) -> Marked | None:
    """The element for the post that its address, or the embed code in it, leads to; with what that code says."""
    if reference is None:
        return None
    return Marked(
        platform=reference.platform,
        form=form,
        start=element.start,
        end=element.end,
        reference=reference,
        rule=f"{'code' if code else 'address'} in {element.tag.name}",
        view=code.view if code else None,
        remains=code.remains if code else None,
        official=official,
    )


def _read_carrier(inside: _Inside, element: Element, *, waiting: bool) -> Marked | None:
    """An element by the address or the embed code that it carries; the code only where it may be `waiting`."""
    is_frame = element.tag.name in FRAMES
    tags = [element.tag]
    if is_frame:
        parts = (token for token in inside.of(element) if isinstance(token, Tag) and not token.closes)
        tags += [part for part in parts if part.name in PARTS]
    for address in carried_addresses(tags):
        if reference := resolve(address):
            return _carried(element, reference, "iframe", official=is_frame)
    for code in waiting_code(element.tag) if waiting else ():
        if marked := _read_waiting(code):
            return _carried(element, marked.reference, "iframe", official=False, code=marked)
    return None


def _read_waiting(code: str) -> Marked | None:
    """The embed code that waits somewhere as text, escaped once or twice, and names a post.

    What waits in it in turn is not looked for: each step would read the rest again.
    """
    plain = html.unescape(code)
    for escaped in dict.fromkeys((code, plain)):
        for quoted in dict.fromkeys((escaped, escaped.replace('\\"', '"').replace("\\/", "/"))):
            for marked in find_marked(quoted, list(lex(quoted)), waiting=False):
                if marked.reference:
                    return marked
    return None


def _read_opaque(source: str, token: Opaque, before: Tag | Opaque | None) -> Marked | None:
    """A script or a text field that stands for a post: a widget's own, or embed code that waits for consent; or the
    comment that is all of a block in WordPress. `before` is the token before it."""
    if token.name == "comment":
        return _read_block(source, token)
    tag = opening_tag(source, token)
    if tag is None:
        return None
    element = Element(tag, token.end)
    for platform, markup in _markups(tag):
        if reference := _attribute_reference(tag, platform, markup):
            return _carried(element, reference, markup.form, official=True)
    opens = isinstance(before, Tag) and not before.closes and not source[before.end : token.start].strip()
    parent = before if isinstance(before, Tag) and opens else None
    for code in hidden_code(source, token, tag, parent):
        if marked := _read_waiting(code):
            return _carried(element, marked.reference, "iframe", official=True, code=marked)
    return None


def _read_block(source: str, comment: Opaque) -> Marked | None:
    address = block_address(source, comment)
    reference = resolve(address) if address else None
    if reference is None:
        return None
    return Marked(
        platform=reference.platform,
        form="url",
        start=comment.start,
        end=comment.end,
        reference=reference,
        rule="address in wp:embed",
    )
