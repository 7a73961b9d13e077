"""Embed code: the elements of a page that stand for a post, and what they say about it."""

import base64
import binascii
import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from archiver.find.built import find_built
from archiver.find.flattened import find_remains
from archiver.find.lexer import Element, Opaque, Tag, find_elements, lex
from archiver.find.needles import holds_any
from archiver.find.remains import Remains
from archiver.find.view import View, view_page
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Markup, Platform, Reference
from archiver.records import Form
from archiver.urls import resolve

# Elements that show what an address leads to; any attribute of theirs may be the one (`src`, `data-src`,
# `data-lazy-src`, `data-cmp-src`, …: consent and lazy-loading tools each have their own name for it).
_FRAMES = frozenset({"iframe", "amp-iframe", "embed", "object", "frame"})
# Components of page builders and of MDX (`<XEmbed url="…"/>`, `<ReactPlayer url="…"/>`, CKEditor's `<oembed url="…">`),
# known by their names; links and buttons are named after platforms too.
_COMPONENT = re.compile(rf"embed|player|tweet|^(?:{'|'.join(platform.name for platform in PLATFORMS)})")
# Elements whose address leads away or loads a picture: feeds and navigation are made of them.
_LEADING_AWAY = frozenset({"a", "img", "link", "meta", "button", "input", "form", "area", "base", "option"})
# Attributes in which page builders leave the address of what their script would have put there.
_PLACEHOLDER = re.compile(
    r"\b(?:data-(?:oembed-url|oembed|extcontent_url|href|resourceurl|embedded-url|embed-url|feed|url|src|video-src|"
    r"video-url|permalink|post-url|tweet-url|iframe-src|iframe-url|media-url|service-url|youtube-url|link|content-url)"
    r"|tweet-url|tweeturl|embed-url)\s*=",
    re.IGNORECASE,
)
# Buttons and counters carry addresses too, and are no embeds.
_BUTTON = re.compile(r"share|follow|like|comment|button|btn|count|social-(?:link|icon)|print|copy", re.IGNORECASE)
# A frame's address where a picture's would wait: some page builders load everything through `img`.
_FRAME_IN_IMG = re.compile(
    r"\bdata-[\w-]{0,30}?src\s{0,9}=[\"'\s]{0,9}[^\"'\s>]{0,200}?(?:embed|player)", re.IGNORECASE
)
# Embed code that waits in an attribute, escaped once or twice, with quotes that JSON may have escaped again.
_WAITING = re.compile(r"(?:&lt;|&amp;lt;|<)(?:iframe|blockquote|amp-)", re.IGNORECASE)
# Attributes whose text is read or copied as it is; a script that fills an element in keeps its code in any other.
_FOR_READERS = re.compile(r"alt|caption|clipboard|copy|description|label|quote|share|title|value")
# How many elements that may be embeds are looked through for one inside; pages nest a few wrappers, no more.
_DEPTH = 8
# Embed code is at most some 15 kB long (Instagram's version 14); the text of anything larger is not read.
_LARGEST = 100_000
_BASE64 = re.compile(r"\s*[A-Za-z0-9+/\s]{40,}={0,2}\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
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


def find_marked(source: str, tokens: Sequence[Tag | Opaque]) -> list[Marked]:
    """The embed elements among a page's tokens, in order, none inside another."""
    elements = find_elements(source, tokens, _may_be_embed, depth=_DEPTH)
    found: list[Marked] = []
    for element in elements:
        # What is inside official embed code is part of it; what only may be an embed is looked through.
        if found and found[-1].official and element.start < found[-1].end:
            continue
        if marked := _read(source, tokens, element):
            found.append(marked)
    found += [marked for token in tokens if isinstance(token, Opaque) and (marked := _read_opaque(source, token))]
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


def is_traced(source: str) -> bool:
    """Whether a source holds anything that embed markup, an address or a shortcode leaves: worth a parse."""
    return _holds_trace()(source)


@cache
def _holds_trace() -> Callable[[str], bool]:
    return holds_any(trace for platform in PLATFORMS for trace in platform.traces)


@cache
def _declared() -> tuple[dict[str, list[tuple[Platform, Markup]]], re.Pattern[str]]:
    """The declarations by the name of their element, and a pattern for the attributes that any element may have."""
    table: dict[str, list[tuple[Platform, Markup]]] = {}
    anywhere = []
    for platform in PLATFORMS:
        for markup in platform.markup:
            table.setdefault(markup.tag, []).append((platform, markup))
            if markup.tag == "*":
                anywhere.append(re.escape(markup.having.lstrip(".")))
    return table, re.compile("|".join(anywhere) or "(?!)")


def _may_be_embed(tag: Tag) -> bool:
    """Whether an element is worth reading, by its start tag alone."""
    table, anywhere = _declared()
    if tag.name in _FRAMES or (tag.name in table and _markups(tag)):
        return True
    written = tag.written
    if "/" in written and _is_component(tag.name):
        return True
    if tag.name == "img" and "data-" in written and _FRAME_IN_IMG.search(written):
        return True
    if len(written) < 8 or tag.name in _LEADING_AWAY:
        return anywhere.search(written) is not None
    return bool(_PLACEHOLDER.search(written) or anywhere.search(written) or _WAITING.search(written)) or (
        tag.name in {"video", "source"} and "youtu" in written
    )


@lru_cache(maxsize=1024)
def _is_component(name: str) -> bool:
    return _COMPONENT.search(name) is not None and _BUTTON.search(name) is None


def _markups(tag: Tag) -> list[tuple[Platform, Markup]]:
    """The declarations that an element is an instance of."""
    table, anywhere = _declared()
    candidates = table.get(tag.name, [])
    if anywhere.search(tag.written):
        candidates = candidates + table.get("*", [])
    if not candidates:
        return []
    written = tag.written.lower()  # names have no case in HTML, but one in JSX: `tweetId`
    likely = [each for each in candidates if each[1].having.lstrip(".") in written]
    attributes = tag.attributes if likely else {}
    return [(platform, markup) for platform, markup in likely if _is_instance(attributes, markup)]


def _is_instance(attributes: dict[str, str], markup: Markup) -> bool:
    if markup.without and markup.without in attributes:
        return False
    if markup.having.startswith("."):
        return markup.having[1:] in attributes.get("class", "").split()
    return bool(attributes.get(markup.having))


def _read(source: str, tokens: Sequence[Tag | Opaque], element: Element) -> Marked | None:
    markups = _markups(element.tag)
    if markups and (declared := _read_declared(source, tokens, element, markups)):
        return declared
    if element.tag.name in _FRAMES:
        return _read_frame(tokens, element)
    if _is_component(element.tag.name):
        return _read_component(element)
    if element.tag.name == "img":
        return _read_frame_in_img(element)
    return _read_placeholder(element)


def _read_declared(
    source: str, tokens: Sequence[Tag | Opaque], element: Element, markups: Sequence[tuple[Platform, Markup]]
) -> Marked | None:
    if element.end - element.start > _LARGEST:
        return None
    view = view_page(source, _within(tokens, element), (), element.start, element.end)
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


def _within(tokens: Sequence[Tag | Opaque], element: Element) -> Sequence[Tag | Opaque]:
    first = bisect_left(tokens, element.start, key=_start)
    return tokens[first : bisect_left(tokens, element.end, first, key=_start)]


def _start(token: Tag | Opaque) -> int:
    return token.start


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


def _read_frame(tokens: Sequence[Tag | Opaque], element: Element) -> Marked | None:
    """A frame, by whichever of its attributes leads to a post, or by those of the parts inside it."""
    values = list(element.tag.attributes.values())
    for token in _within(tokens, element):
        if isinstance(token, Tag) and token.name in {"param", "embed"} and not token.closes:
            values += token.attributes.values()
    reference = next((found for value in values if "/" in value and (found := resolve(value))), None)
    return _carried(element, reference, "iframe", official=True)


def _read_component(element: Element) -> Marked | None:
    """A component, by whichever of its attributes leads to a post; `href` and `to` lead a reader away."""
    values = (value for name, value in element.tag.attributes.items() if name not in {"href", "to"} and "/" in value)
    reference = next((found for value in values if (found := resolve(value))), None)
    return _carried(element, reference, "iframe", official=False)


def _read_frame_in_img(element: Element) -> Marked | None:
    values = (value for name, value in element.tag.attributes.items() if _FRAME_IN_IMG.match(f"{name}={value}"))
    reference = next((found for value in values if (found := resolve(value))), None)
    return _carried(element, reference, "iframe", official=False)


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


def _read_placeholder(element: Element) -> Marked | None:
    """An element that a script would have filled, by the address or the embed code in its attributes."""
    attributes = element.tag.attributes
    if element.tag.name in _LEADING_AWAY or _BUTTON.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"):
        return None
    for name, value in attributes.items():
        is_address = _PLACEHOLDER.match(f"{name}=") or element.tag.name in {"video", "source"}
        if is_address and "/" in value and (reference := resolve(value)):
            return _carried(element, reference, "iframe", official=False)
        if (
            len(value) <= _LARGEST
            and _WAITING.search(value)
            and not _FOR_READERS.search(name)
            and (code := _waiting(value))
        ):
            return _carried(element, code.reference, "iframe", official=False, code=code)
    return None


def _waiting(code: str) -> Marked | None:
    """The embed code that waits somewhere as text, escaped once or twice, and names a post."""
    for _ in range(2):
        for quoted in (code, code.replace('\\"', '"').replace("\\/", "/")):
            for marked in find_marked(quoted, list(lex(quoted))):
                if marked.reference:
                    return marked
        code = html.unescape(code)
    return None


_SCRIPT_TAG = re.compile(
    r"<(?P<name>script|textarea)(?P<written>[^>]*)>(?P<content>.*?)(?:</(?P=name)|$)", re.IGNORECASE | re.DOTALL
)


def _read_opaque(source: str, token: Opaque) -> Marked | None:
    """A script or a text field that stands for a post: a widget's own, or embed code that waits for consent."""
    if token.name not in {"script", "textarea"}:
        return None
    match = _SCRIPT_TAG.match(source, token.start, token.end)
    if match is None:
        return None
    element = Element(Tag("script", token.start, token.end, False, match["written"]), token.end)
    for platform, markup in _markups(element.tag):
        if reference := _attribute_reference(element.tag, platform, markup):
            return _carried(element, reference, markup.form, official=True)
    for code in _hidden_code(match, token.name, element.tag):
        if waiting := _waiting(code):
            return _carried(element, waiting.reference, "iframe", official=True, code=waiting)
    return None


_INVISIBLE = re.compile(r"display\s*:\s*none")


def _hidden_code(match: re.Match[str], name: str, tag: Tag) -> Iterator[str]:
    """Embed code in a script element: as a template, in base64 (Borlabs), or in an attribute; in a hidden text field.

    A text field that a reader sees has code to be copied.
    """
    content, attributes = match["content"], tag.attributes
    hidden = "hidden" in attributes or _INVISIBLE.search(attributes.get("style", ""))
    if name == "textarea" and hidden and not _FOR_READERS.search(f"{attributes.get('class')} {attributes.get('id')}"):
        yield content
    if attributes.get("type") in {"text/template", "text/html", "text/x-template"}:
        if _BASE64.fullmatch(content):
            try:
                yield base64.b64decode(content).decode("utf-8", "replace")
            except binascii.Error:
                return
        else:
            yield content
    if "data-content" in tag.written:
        yield tag.attributes.get("data-content", "")
