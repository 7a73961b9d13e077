"""Carriers: elements that are no platform's own, and the addresses or the embed code that they carry."""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archiver.find.lexer import Opaque, Tag
from archiver.platforms import PLATFORMS

# Elements that show what an address leads to; any attribute of theirs may be the one (`src`, `data-src`,
# `data-lazy-src`, `data-cmp-src`, …: consent and lazy-loading tools each have their own name for it).
FRAMES = frozenset({"iframe", "amp-iframe", "embed", "object", "frame"})
# Components of page builders and of MDX (`<XEmbed url="…"/>`, `<ReactPlayer url="…"/>`, CKEditor's `<oembed url="…">`),
# known by their names; links and buttons are named after platforms too.
_COMPONENT = re.compile(rf"embed|player|tweet|^(?:{'|'.join(platform.name for platform in PLATFORMS)})")
# Elements whose address leads away or loads a picture: feeds and navigation are made of them.
_LEADING_AWAY = frozenset({"a", "img", "link", "meta", "button", "input", "form", "area", "base", "option"})
# Attributes, in lower case, in which page builders leave the address of what their script would have put there. A
# pattern that begins with a literal is searched for ten times as fast, so what may not stand before is behind it.
_PLACEHOLDER = re.compile(
    r"data-(?<!\wdata-)(?:oembed-url|oembed|extcontent_url|href|resourceurl|embedded-url|embed-url|feed|url|src|"
    r"video-src|video-url|permalink|post-url|tweet-url|iframe-src|iframe-url|media-url|service-url|youtube-url|link|"
    r"content-url)\s*="
)
_PLACEHOLDERS = ("tweet-url", "tweeturl", "embed-url")
_NAMED_PLACEHOLDER = re.compile("url(?:" + "|".join(rf"(?<=\b{name})" for name in _PLACEHOLDERS) + r")\s*=")
# Buttons, counters and boxes carry addresses too, and are no embeds.
_BUTTON = re.compile(
    r"share|follow|like|comment|button|btn|count|social-(?:link|icon)|print|copy|\b(?:fb|facebook)-(?:page|save|send)\b",
    re.IGNORECASE,
)
# A frame's address where a picture's would wait: some page builders load everything through `img`.
_FRAME_IN_IMG = re.compile(
    r"\bdata-[\w-]{0,30}?src\s{0,9}=[\"'\s]{0,9}[^\"'\s>]{0,200}?(?:embed|player)", re.IGNORECASE
)
# Embed code that waits in an attribute, escaped once or twice, with quotes that JSON may have escaped again.
_WAITING = re.compile(r"(?:&lt;|&amp;lt;|<)(?:iframe|blockquote|amp-)", re.IGNORECASE)
# A frame that somebody pasted where an editor asked for a link's address: the rest of it is attributes of the link.
_FRAME_IN_LINK = re.compile(r"\bhref=[\"']?(?:https?://)?(?=(?:<|&lt;)iframe\s)", re.IGNORECASE)
# The attribute in which Borlabs Cookie 3 keeps embed code in base64.
_IN_BASE64 = "data-borlabs-cookie-content"
# Attributes whose text is read or copied as it is; a script that fills an element in keeps its code in any other.
_FOR_READERS = re.compile(r"alt|caption|clipboard|copy|description|label|quote|share|title|value")
# Embed code is at most some 15 kB long (Instagram's version 14); the text of anything larger is not read.
LARGEST = 100_000
# What may stand inside a frame with the address in its place: Flash's parameters.
PARTS = frozenset({"param", "embed"})
_BASE64 = re.compile(r"\s*[A-Za-z0-9+/\s]{40,}={0,2}\s*")
_UNSEEN = re.compile(r"display\s*:\s*none")
_UNSEEN_CLASSES = frozenset({"hidden", "d-none", "visually-hidden", "screen-reader-text", "sr-only"})
# WordPress' block for an embed without anything inside, which the theme fills in. Its JSON holds no `--` and no `>`.
_BLOCK = re.compile(r"<!--\s{1,9}wp:(?:(?:core/)?embed|core-embed/[\w-]{1,40})\s[^>]{0,4000}/-->")
_BLOCK_URL = re.compile(r'"url"\s{0,9}:\s{0,9}(?P<url>"(?:[^"\\]|\\.){1,2000}+")')
_OPENING = re.compile(r"<(?:script|textarea)(?P<written>[^>]*)>?", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:script|textarea)[^<>]{0,100}>?$", re.IGNORECASE)


def may_carry(tag: Tag) -> bool:
    """Whether an element may carry a post, by its start tag alone."""
    written = tag.written
    if tag.name in FRAMES or ("/" in written and _is_component(tag.name)):
        return True
    if tag.name == "img":
        return "data-" in written and _FRAME_IN_IMG.search(written) is not None
    if tag.name == "a":
        return _FRAME_IN_LINK.search(written) is not None
    if len(written) < 8 or tag.name in _LEADING_AWAY:
        return False
    return bool(_holds_placeholder(written) or _WAITING.search(written) or _IN_BASE64 in written) or (
        tag.name in {"video", "source"} and "youtu" in written
    )


def _holds_placeholder(written: str) -> bool:
    """Whether a tag has one of the attributes: found by the words that stand in each of them, which few tags hold."""
    lower = written.lower()
    return ("data-" in lower and _PLACEHOLDER.search(lower) is not None) or (
        "url" in lower and _NAMED_PLACEHOLDER.search(lower) is not None
    )


@lru_cache(maxsize=1024)
def _is_component(name: str) -> bool:
    return _COMPONENT.search(name) is not None and _BUTTON.search(name) is None


def carried_addresses(tags: Iterable[Tag]) -> Iterator[str]:
    """The values in an element, and in the parts of a frame, that may be the address of what it shows."""
    for tag in tags:
        attributes = tag.attributes
        for name, value in attributes.items():
            if "/" in value and _shows(tag, name, value, attributes):
                yield value


def _shows(tag: Tag, name: str, value: str, attributes: Mapping[str, str]) -> bool:
    """Whether an attribute holds what its element shows, and not what it leads to or loads as a picture."""
    if tag.name in FRAMES or tag.name in PARTS:
        return True
    if _is_component(tag.name):
        return name not in {"href", "to"}
    if tag.name == "img":
        return _FRAME_IN_IMG.match(f"{name}={value}") is not None
    if tag.name in {"video", "source"}:
        return True
    is_placeholder = name in _PLACEHOLDERS or _PLACEHOLDER.match(f"{name}=") is not None
    return is_placeholder and not _is_button(tag, attributes)


def _is_button(tag: Tag, attributes: Mapping[str, str]) -> bool:
    named = f"{tag.name} {attributes.get('class', '')} {attributes.get('id', '')}"
    return tag.name in _LEADING_AWAY or _BUTTON.search(named) is not None


def waiting_code(tag: Tag) -> Iterator[str]:
    """The embed code that waits in an element's attributes for a script to put it there, or was put into a link's."""
    attributes = tag.attributes
    if tag.name == "a" and len(tag.written) <= LARGEST and (pasted := _FRAME_IN_LINK.search(tag.written)):
        yield f"{tag.written[pasted.end() :]}>"
    if _is_button(tag, attributes):
        return
    if 0 < len(encoded := attributes.get(_IN_BASE64, "")) <= LARGEST and _BASE64.fullmatch(encoded):
        yield _decoded(encoded)
    for name, value in attributes.items():
        if len(value) <= LARGEST and _WAITING.search(value) and not _FOR_READERS.search(name):
            yield value


def opening_tag(source: str, token: Opaque) -> Tag | None:
    """The start tag of a script or a text field; None for anything else."""
    match = _OPENING.match(source, token.start, token.end) if token.name in {"script", "textarea"} else None
    return Tag("script", token.start, match.end(), False, match["written"]) if match else None


def block_address(source: str, comment: Opaque) -> str | None:
    """The address in a comment that is an embed's whole block in WordPress; None for any other comment.

    A block that is opened and closed has its address, or what that became, between two comments.
    """
    if not _BLOCK.fullmatch(source, comment.start, comment.end):
        return None
    found = _BLOCK_URL.search(source, comment.start, comment.end)
    try:
        return str(json.loads(found["url"])) if found else None
    except ValueError:
        return None


def hidden_code(source: str, token: Opaque, tag: Tag, parent: Tag | None) -> Iterator[str]:
    """Embed code in a script: as a template, in base64 (Borlabs), or in an attribute; or in a hidden text field.

    A text field that a reader sees has code to be copied; one may also be hidden by the `parent` that it is first in.
    """
    attributes = tag.attributes
    content = _CLOSING.sub("", source[tag.end : token.end])
    hidden = _is_unseen(attributes) or (parent is not None and _is_unseen(parent.attributes))
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if token.name == "textarea" and hidden and not _FOR_READERS.search(named):
        yield content
    is_waiting = attributes.get("type") == "text/plain" and content.lstrip().startswith("<")  # no program
    if is_waiting or attributes.get("type") in {"text/template", "text/html", "text/x-template"}:
        if not _BASE64.fullmatch(content):
            yield content
        else:
            yield _decoded(content)
    if content := attributes.get("data-content", ""):
        yield content


def _is_unseen(attributes: Mapping[str, str]) -> bool:
    """Whether an element is hidden by an attribute, a style of its own, or a class that most style sheets have."""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _UNSEEN.search(attributes.get("style", "")) is not None
        or not _UNSEEN_CLASSES.isdisjoint(attributes.get("class", "").split())
    )


def _decoded(content: str) -> str:
    """What base64 says, nothing if it is cut short."""
    try:
        return base64.b64decode(content).decode("utf-8", "replace")
    except binascii.Error:
        return ""
