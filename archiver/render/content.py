"""The main content of a saved page: the smallest element around what reads as the article and around every embed.

readability-lxml says which paragraphs are the article, but rebuilds the page from them and loses embeds on the way
(all were kept on 55 % of 212 real pages with embeds). So its verdict only chooses among the page's own elements,
inside of which nothing goes but navigation, advertising and the like that hold no embed and hardly such a paragraph.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement  # type: ignore[import-untyped]
from readability import Document  # type: ignore[import-untyped]
from readability.readability import Unparseable  # type: ignore[import-untyped]

_TEXT_TAGS = ("p", "li", "pre", "td", "blockquote", "h2", "h3")
_INLINE = {"a", "b", "i", "em", "strong", "span", "br", "img", "u", "small", "sub", "sup", "cite", "q", "time"}
_BLOCK_EDGE = re.compile(r"</?(?:p|li|pre|td|blockquote|h2|h3|div)\b[^<>]*>")
_SHARE = 0.85
"""How much of the article's text the element must hold: readability sometimes takes a teaser with it."""

_MOST_ASIDE = 0.05
"""What is called an aside and holds more of the article's text is not one; a row of share links is less."""

_MOST_ELEMENTS = 50_000
"""Beyond, readability's scoring takes seconds; the longest of 480 real pages has 12,000."""

_ASIDE_TAGS = {"nav", "aside", "footer", "menu"}
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert(?:isement|ising)?s?|banner|breadcrumbs?|comments?|cookies?|consent|disqus|footer|"
    r"masthead|menu|nav(?:bar|igation)?|newsletter|outbrain|pager|pagination|paywall|popup|promo|recirc|recommended|"
    r"related|share|sharing|sidebar|signup|skip|social|sponsor(?:ed)?|subscribe|taboola|teasers?|toolbar|trending|"
    r"widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SECTIONS = ("article", "section", "main", "aside", "nav")
"""What a `<header>` in it is that of, else it is the page's (HTML Standard §4.3.8)."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
"""What a heading stands over is an aside or not; by its own name (`widget-title`) nothing is told."""

_ASIDE_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"}
logging.getLogger("readability").setLevel(logging.CRITICAL)  # it logs a traceback for each page it cannot read


def choose_content(
    body: HtmlElement, slots: list[HtmlElement], html: str, *, strays: Sequence[HtmlElement] = ()
) -> HtmlElement:
    """The smallest element of the body that holds all slots and nearly all text of the article, cleared of the rest.

    `html` is the page that `body` was parsed from, for readability to judge. The `strays`, slots whose place says
    nothing, come to its beginning or its end where they stand outside.
    """
    every = [*slots, *strays]
    weights = _weigh(body, set(every), _article_texts(body, html)) or _weigh(body, set(every), None)
    main = _descend(body, weights, _around(slots))
    _gather(body, main, strays)
    _clear(main, weights, set(_around(every)))
    return main


def _gather(body: HtmlElement, main: HtmlElement, strays: Sequence[HtmlElement]) -> None:
    """Bring what strays outside of the main content into it, with the order of all slots kept."""
    outside = [stray for stray in strays if main not in stray.iterancestors()]
    if not outside:
        return
    places = {element: place for place, element in enumerate(body.iter())}
    early = sum(places[stray] < places[main] for stray in outside)
    for stray in outside:
        stray.drop_tree()  # its tail stays where it was
        stray.tail = None
    main[0:0] = outside[:early]
    main.extend(outside[early:])


def _article_texts(body: HtmlElement, html: str) -> set[str]:
    """The paragraphs which readability calls the article; empty where it finds none."""
    if sum(1 for _ in body.iter()) > _MOST_ELEMENTS:
        return set()
    try:
        summary = Document(html).summary(html_partial=True)
    except Unparseable:
        return set()
    return {_letters(text) for text in _BLOCK_EDGE.split(summary)} - {""}


def _letters(html: str) -> str:
    """The letters and digits of a piece of HTML: how the same paragraph looks in both trees."""
    return re.sub(r"<[^<>]*>|&#?\w+;|\W", "", html)


def _weigh(body: HtmlElement, slots: set[HtmlElement], texts: set[str] | None) -> dict[HtmlElement, int]:
    """How many letters of the article each element holds, itself and below; of all paragraphs without `texts`."""
    weights: dict[HtmlElement, int] = {}
    for block in filter(_is_text_block, body.iter(*_TEXT_TAGS, "div")):
        text = re.sub(r"\W", "", str(block.xpath("string()")))
        if text and block not in slots and (block.tag == "p" if texts is None else text in texts):
            _add(weights, block, len(text))
    return weights


def _is_text_block(element: HtmlElement) -> bool:
    return element.tag != "div" or all(child.tag in _INLINE for child in element)


def _add(weights: dict[HtmlElement, int], block: HtmlElement, letters: int) -> None:
    for element in (block, *block.iterancestors()):
        weights[element] = weights.get(element, 0) + letters


def _around(slots: Iterable[HtmlElement]) -> dict[HtmlElement, int]:
    """How many slots stand in each element."""
    counts: dict[HtmlElement, int] = {}
    for slot in slots:
        _add(counts, slot, 1)
    return counts


def _descend(body: HtmlElement, weights: dict[HtmlElement, int], slots: dict[HtmlElement, int]) -> HtmlElement:
    needed, all_slots, element = weights.get(body, 0) * _SHARE, slots.get(body, 0), body

    def enough(child: HtmlElement) -> bool:
        return weights.get(child, 0) >= needed > 0 and slots.get(child, 0) == all_slots and child.tag not in _TEXT_TAGS

    while (child := next(filter(enough, element), None)) is not None:
        element = child
    return element


def _clear(main: HtmlElement, weights: dict[HtmlElement, int], slots: set[HtmlElement]) -> None:
    most = weights.get(main, 0) * _MOST_ASIDE
    for element in list(_asides(main)):
        if weights.get(element, 0) <= most and element not in slots and element.getparent() is not None:
            element.drop_tree()


def _asides(main: HtmlElement) -> Iterator[HtmlElement]:
    return (element for element in main.iterdescendants() if isinstance(element.tag, str) and _is_aside(element))


def _is_aside(element: HtmlElement) -> bool:
    return (
        element.tag in _ASIDE_TAGS
        or (element.tag == "header" and next(element.iterancestors(*_SECTIONS), None) is None)
        or "hidden" in element.attrib
        or element.get("role") in _ASIDE_ROLES
        or (element.tag not in _HEADINGS and bool(_ASIDE_NAMES.search(_names(element))))
    )


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"
