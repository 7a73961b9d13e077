"""The body of an HTML article: its main content as safe HTML, with a slot where each embed stood."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring  # type: ignore[import-untyped]

from archiver.records import Article, Embed
from archiver.render.content import choose_content
from archiver.render.pictures import picture_paths
from archiver.render.place import place_tokens
from archiver.render.slots import Tokens, complete, slot_ordinals
from archiver.sanitize import UNREADABLE, replace_pictures, sanitize_html, showable

_DEEPEST = 200
"""Open elements at once: real pages stay below 60; libxml2 gives up at 256, and the sanitiser's time is quadratic."""

_MOST_TAGS = 200_000
"""Ten times the tags of the largest of 480 real pages; such a tree takes two seconds."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_VOID = {*("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")}
_NEVER_DEEP = _VOID | {*("p", "li", "dt", "dd", "td", "th", "tr", "option", "html", "body", "head")}
_HIDING = UNREADABLE - _VOID - {"head", "frameset", "plaintext"}
_BREAKING = re.compile(r"(?:p|div|h[1-6]|li|tr|br|blockquote|section|article|ul|ol|table|hr|figure)", re.IGNORECASE)


def render_body(article: Article, embeds: Sequence[Embed]) -> str:
    """The main content of an HTML article as safe HTML; `fill_slots` puts the cards into its slots.

    Each embed has exactly one slot, in document order. Where the main content cannot be told without losing one, the
    whole page is taken; where the page cannot be parsed at all (nesting beyond 200 levels), its bare text is. Images
    beside the page become `../media/…` (see `picture_paths`). Never raises on any `content`.
    """
    tokens = Tokens(article.sha256)
    source = showable(tokens.put(article.content, embeds))
    order = [embed.ordinal for embed in sorted(embeds, key=lambda embed: (embed.start, embed.ordinal))]
    html = next((html for html in _attempts(article, source, tokens) if _kept(html, order)), "")
    return complete(html or _bare_text(source, tokens), embeds)


def _kept(html: str, order: list[int]) -> bool:
    """Whether each embed has one slot, in order, and there is anything to read at all."""
    return slot_ordinals(html) == order and bool(order or re.sub(r"<[^<>]*>", "", html).strip())


def _attempts(article: Article, source: str, tokens: Tokens) -> Iterator[str]:
    """The body, made with less and less judgement: main content, whole page."""
    pictures = picture_paths(article.pictures)
    for choose in (True, False):
        html = safe_body(source, tokens, choose=choose, title=article.title, url=article.url, pictures=pictures)
        if html is not None:
            yield html


def safe_body(
    source: str,
    tokens: Tokens,
    *,
    pictures: Mapping[str, str],
    choose: bool = False,
    title: str | None = None,
    url: str | None = None,
) -> str | None:
    """The HTML `source` made safe, its tokens now slots; None where it cannot be parsed.

    `choose` leaves only the main content. A slot may be missing where the source hid the token.
    """
    body = _parse(source)
    if body is None:
        return None
    placed = place_tokens(body, tokens)
    main = choose_content(body, placed.slots, source, strays=placed.strays) if choose else body
    _settle_headings(main, title)
    replace_pictures(main, pictures)
    return tokens.to_slots(sanitize_html(_inner(main), base=url)).strip()


def _parse(source: str) -> HtmlElement | None:
    """The page's `<body>`, or None for a page that is empty, nested too deep or otherwise refused by libxml2."""
    if not source.strip() or not _is_tractable(source):
        return None
    try:
        root = document_fromstring(source.encode(), parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except etree.ParserError:
        return None
    body: HtmlElement | None = root.find("body")
    return body


def _is_tractable(source: str) -> bool:
    """Whether the page is small and shallow enough to parse; elements that HTML closes by itself do not nest."""
    depth = 0
    for count, found in enumerate(_tags(source)):
        if found[2].lower() not in _NEVER_DEEP and not found[0].endswith("/>"):
            depth = max(depth + (-1 if found[1] else 1), 0)
        if depth > _DEEPEST or count > _MOST_TAGS:
            return False
    return True


def _inner(element: HtmlElement) -> str:
    """The HTML inside the element."""
    return escape(element.text or "", quote=False) + "".join(tostring(child, encoding="unicode") for child in element)


def _settle_headings(main: HtmlElement, title: str | None) -> None:
    """The page shows the title itself: drop the heading that repeats it, and let any other come second."""
    for heading in list(main.iter("h1")):
        if title and _words(heading.text_content()) == _words(title) and heading is not main:
            heading.drop_tree()
        else:
            heading.tag = "h2"


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare_text(source: str, tokens: Tokens) -> str:
    """The readable text of any source as paragraphs, in linear time: tags away, and what is not to be read."""
    blocks = re.split(r"\s*\n\s*", unescape("".join(_text_pieces(source))))
    pieces = (tokens.pattern.sub(r"</p>\g<0><p>", escape(block, quote=False)) for block in blocks if block)
    return tokens.to_slots("\n".join(f"<p>{piece}</p>" for piece in pieces)).replace("<p></p>", "")


def _text_pieces(source: str) -> Iterator[str]:
    """The text between tags, with a line break where a block begins or ends."""
    position, closing = 0, ""
    for found in _tags(source):
        name = found[2].lower()
        if not closing:
            yield " ".join(source[position : found.start()].split()) + " "
        closing = name if name in _HIDING and not found[1] else ""
        position = found.end()
        yield "\n" if _BREAKING.fullmatch(name) else ""
    if not closing:
        yield source[position:]


def _tags(source: str) -> Iterator[re.Match[str]]:
    """The tags of a source in order, without those inside an unreadable element or a comment."""
    closing = ""
    for found in _TAG.finditer(source):
        name = found[2].lower()
        if closing and not (found[1] and name == closing):
            continue
        closing = name if name in _HIDING and not found[1] and not found[0].endswith("/>") else ""
        yield found
