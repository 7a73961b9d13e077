"""What of a page may stay in one that fetches nothing and runs nothing: an allow-list, and pictures by their words."""

import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import urljoin

import nh3
from lxml.html import HtmlElement  # type: ignore[import-untyped]

TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "div", "section", "article", "blockquote", "pre", "hr", "br", "wbr"),
    *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "img", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col"),
    *("a", "em", "strong", "b", "i", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "span", "q", "cite"),
    *("code", "kbd", "samp", "var", "abbr", "dfn", "time", "bdi", "bdo", "ruby", "rt", "rp"),
}
"""Structure and emphasis; nothing that loads, runs, submits or frames."""

ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "time": {"datetime"},
    "abbr": {"title"},
}
UNREADABLE = {
    *("script", "style", "template", "noscript", "iframe", "frame", "frameset", "object", "embed", "applet", "canvas"),
    *("svg", "math", "audio", "video", "select", "textarea", "button", "input", "datalist", "title", "head", "noembed"),
    *("noframes", "dialog", "xmp", "plaintext"),
}
"""Elements whose content is no reading matter, or is read by other rules than the text around it."""

REL = "noopener noreferrer nofollow"
PICTURE = re.compile(r"\.\./media/[0-9a-f]{64}\.(?:png|jpg|gif|webp|avif)")
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_SIZE = re.compile(r"\d{1,5}")

_UNSHOWABLE = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no HTML document may hold: controls but white space, and lone surrogates (HTML Standard §13.2.3.5)."""

_SLOT = re.compile(r"<!--embed (\d{1,9})-->")
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Around the number of a slot while the sanitiser removes comments: no characters and never will be (Unicode §23.7)."""
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_MARKED = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


def sanitize_html(html: str, *, base: str | None = None) -> str:
    """The HTML with only allowed elements and attributes, well formed, comments gone.

    Links stay where they lead to http(s) or mailto once resolved against `base` (the article's own address); an image
    stays only if it is a picture of the site (`../media/<sha256>.<ext>`). Linear in the length for ordinary nesting.

    >>> sanitize_html('<p onclick="x()">Hi <a href="javascript:x()">you</a><script>x()</script>')
    '<p>Hi <a rel="noopener noreferrer nofollow">you</a></p>'
    """
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=UNREADABLE,
        attribute_filter=partial(_attribute, base),
        url_schemes={"http", "https", "mailto"},
        link_rel=REL,
        allowed_classes={"span": {"picture"}},
    )


def clean_body(body: str) -> str:
    """A finished body, which has a slot for each embed, with only what may stay in a page that runs nothing.

    One that is so is not changed. An archive may come from anybody, and nobody says that its bodies are still as the
    sanitiser left them.

    >>> clean_body("<p>Hi</p><!--embed 1--><script>x()</script><!--other-->")
    '<p>Hi</p><!--embed 1-->'
    """
    marked = _SLOT.sub(rf"{_OPEN}\1{_CLOSE}", _MARKS.sub("", body))
    return _MARKED.sub(r"<!--embed \1-->", sanitize_html(marked))


def showable(text: str) -> str:
    r"""The text with U+FFFD for each character that no HTML document may hold, and that may steer a terminal.

    >>> showable("a\x1b[2Jb") == "a\ufffd[2Jb"
    True
    """
    return _UNSHOWABLE.sub("\ufffd", text)


def web_address(address: str | None) -> str | None:
    """The address if it may be linked to: one that a browser runs, or opens as a page of its own, is none.

    >>> web_address("https://example.com/a"), web_address("javascript:alert(1)"), web_address("data:text/html,a")
    ('https://example.com/a', None, None)
    """
    return address if address and address.startswith(("https://", "http://")) else None


def replace_pictures(tree: HtmlElement, paths: Mapping[str, str]) -> None:
    """Point each `<img>` of the tree at its picture of the site; put the alt text of any other in its place.

    `paths` leads from the `src` as the page writes it to `../media/…`.
    """
    for image in list(tree.iter("img")):
        path = paths.get(image.get("src", ""))
        if path:
            image.set("src", path)
        else:
            _put_words(image)


def _put_words(image: HtmlElement) -> None:
    alt = image.get("alt", "").strip()
    tail, parent = image.tail, image.getparent()
    if alt:
        image.clear()
        image.tag, image.text, image.tail = "span", alt, tail
        image.set("class", "picture")
    elif parent is not None:
        image.drop_tree()


def _attribute(base: str | None, tag: str, name: str, value: str) -> str | None:
    """The value that an allowed attribute keeps, or None where it must go."""
    if (tag, name) == ("a", "href"):
        return _link(base, value)
    if (tag, name) == ("img", "src"):
        return value if PICTURE.fullmatch(value) else None
    if tag == "img" and name in ("width", "height"):
        return value if _SIZE.fullmatch(value) else None
    return value


def _link(base: str | None, href: str) -> str | None:
    href = href.strip()
    if href.startswith("#"):
        return None
    try:
        resolved = urljoin(base, href) if base else href
    except ValueError:  # "Invalid IPv6 URL": not an address
        return None
    return resolved if _LINK.match(resolved) else None
