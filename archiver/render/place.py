"""Placing of embeds in a parsed page: each token becomes a block of its own, where a block may stand."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from archiver.render.slots import Tokens
from archiver.sanitize import UNREADABLE

FLOW = {
    *("body", "div", "section", "article", "main", "blockquote", "li", "dd", "td", "th", "figure", "figcaption"),
    *("aside", "header", "footer", "details", "center", "form", "fieldset"),
}
"""Elements in which a card may stand (flow content, HTML Standard §3.2.5.2.2); any other is split around it."""


class Placed(NamedTuple):
    """The slots of a page in document order; the strays are of what stands in scripts, wherever these stand."""

    slots: list[HtmlElement]
    strays: list[HtmlElement]


def place_tokens(body: HtmlElement, tokens: Tokens) -> Placed:
    """The `<div>`s that now hold one token each, as far under `body` as a block may stand.

    A token in an attribute or comment stands right before that; one in unreadable matter (a script, a select) right
    before this, and all unreadable matter is gone from the tree afterwards.
    """
    root = body.getroottree().getroot()
    _rescue_attributes(root, body, tokens)
    stray = _drop_unreadable(root, body, tokens)
    slots = [slot for text in _texts(body, tokens) for slot in _cut_text(text, tokens)]
    for slot in reversed(slots):  # from the end: what follows a slot has then been moved already
        _lift(slot)
    apart = {slot: not stray.isdisjoint(tokens.found(slot.text)) for slot in slots}
    return Placed([slot for slot in slots if not apart[slot]], [slot for slot in slots if apart[slot]])


def _texts(root: HtmlElement, tokens: Tokens) -> list[etree._ElementUnicodeResult]:
    return list(root.xpath(".//text()[contains(., $prefix)]", prefix=tokens.prefix))


def _rescue_attributes(root: HtmlElement, body: HtmlElement, tokens: Tokens) -> None:
    query = "descendant-or-self::*[@*[contains(., $p)]] | descendant::comment()[contains(., $p)]"
    for node in reversed(root.xpath(query, p=tokens.prefix)):
        held = [*_values(node), node.text or ""] if node.tag is etree.Comment else _values(node)
        _insert_before(node, body, [token for value in held for token in tokens.found(value)], tokens)


def _values(node: HtmlElement) -> list[str]:
    return [str(value) for value in node.attrib.values()]


def _drop_unreadable(root: HtmlElement, body: HtmlElement, tokens: Tokens) -> set[int]:
    """Take unreadable matter away; the ordinals of the tokens that were in scripts."""
    stray: set[int] = set()
    for node in reversed(list(root.iter(*UNREADABLE))):
        held = tokens.found("".join(node.itertext()))
        stray.update(held if node.tag == "script" else ())
        _insert_before(node, body, held, tokens)
        if node.getparent() is not None:
            node.drop_tree()
    return stray


def _insert_before(node: HtmlElement, body: HtmlElement, ordinals: list[int], tokens: Tokens) -> None:
    """Text tokens before the node, or at the body's start where the node is outside or around the body."""
    if not ordinals:
        return
    text = "".join(tokens.token(ordinal) for ordinal in ordinals)
    parent = node.getparent()
    if node is body or body not in node.iterancestors() or parent is None:
        body.text = text + (body.text or "")
        return
    previous = node.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _cut_text(text: etree._ElementUnicodeResult, tokens: Tokens) -> Iterator[HtmlElement]:
    """Make elements of the tokens in one text node."""
    holder: HtmlElement = text.getparent()
    pieces = tokens.pattern.split(str(text))  # text, ordinal, text, ordinal, text
    before, rest = pieces[0], pieces[1:]
    slots = [_slot(holder, tokens.token(int(rest[i])), rest[i + 1]) for i in range(0, len(rest), 2)]
    if text.is_tail:
        holder.tail = before
        parent = holder.getparent()
        at = parent.index(holder) + 1
    else:
        holder.text = before
        parent, at = holder, 0
    parent[at:at] = slots
    yield from slots


def _slot(maker: HtmlElement, token: str, tail: str) -> HtmlElement:
    slot: HtmlElement = maker.makeelement("div")
    slot.text, slot.tail = token, tail
    return slot


def _lift(slot: HtmlElement) -> None:
    """Split the elements around the slot until it stands where a block may."""
    parent = slot.getparent()
    while parent is not None and parent.tag not in FLOW and parent.getparent() is not None:
        _split(parent, slot)
        parent = slot.getparent()


def _split(parent: HtmlElement, slot: HtmlElement) -> None:
    after = parent.makeelement(parent.tag, dict(parent.attrib))
    after.text, rest, slot.tail, parent.tail = slot.tail, parent.tail, None, None
    after.extend(list(slot.itersiblings()))
    parent.addnext(slot)
    last = slot
    if _has_children(after) or after.text:
        slot.addnext(after)
        last = after
    last.tail = rest
    if not _has_children(parent) and not parent.text:
        parent.drop_tree()


def _has_children(node: HtmlElement) -> bool:
    """Whether a node has any: lxml counts them all for its length."""
    return next(node.iterchildren(), None) is not None
