"""The prefilter: whether a page is worth a parse, by what is found faster than elements are."""

import re
from collections.abc import Callable
from functools import cache

from archiver.find.leads import find_leads
from archiver.find.markup import is_traced
from archiver.find.needles import holds_any, utf8
from archiver.find.phrases import holds_phrase
from archiver.find.state import may_hold_state
from archiver.urls import resolve

# Bluesky's code has a link between the parenthesis and the handle.
_PRINTED_HANDLE = re.compile(r"[(（]\s?(?:<a\s[^<>]{0,400}>)?@[A-Za-z0-9._]")
_LINK_REACH = 410
_WRITTEN_AT = ("&#64;", "&#x40;", "&commat;")  # as what hides addresses from robots writes an @
_FEW = 256
# What embed code waits in, and attributes and brackets around addresses that are no traces, since pages have them in
# links too.
_CARRIERS = (
    *("text/template", "text/x-template", "brlbs", "BorlabsCookie", "&lt;iframe", "&lt;blockquote"),
    *("<oembed", "[embed", "data-oembed", "data-embedded-url", "data-embed-url", "data-extcontent_url"),
    *("data-resourceurl", "wp:embed", "wp:core-embed", "wp:core/embed", "text/plain"),
)
# Addresses that stand in the page's text, or wait in an attribute.
_BEFORE = (" ", "\n", "\t", ">", "]", *(f"data-{name}={mark}" for name in ("href", "url") for mark in "\"'"))
_BEFORE_SCHEME = "|".join(rf"(?<={re.escape(before)}{scheme}://)" for before in _BEFORE for scheme in ("https", "http"))
_SHOWN_ADDRESS = re.compile(rf"://(?:{_BEFORE_SCHEME})[^\s<>\"'\[\]]{{4,500}}")


def may_hold_embeds(source: str) -> bool:
    """Whether a page may hold an embed: no page that does is refused, and few that do not are taken."""
    data = utf8(source)
    return (
        is_traced(data)
        or prints_handle(source, 0, len(source))
        or bool(find_leads(source))
        or holds_phrase(source, 0, len(source), data)
        or _holds_carrier()(data)
        or may_hold_state(source, data)
        or _shows_post(source)
    )


@cache
def _holds_carrier() -> Callable[[bytes], bool]:
    return holds_any(_CARRIERS)


def _shows_post(source: str) -> bool:
    """Whether the address of a post stands in a page's text, or in an attribute where such wait for a script."""
    return any(_address_of(source, match) for match in _SHOWN_ADDRESS.finditer(source))


def _address_of(source: str, match: re.Match[str]) -> bool:
    scheme = "https" if source.endswith("https", 0, match.start()) else "http"
    return resolve(f"{scheme}{match[0]}".replace("&amp;", "&")) is not None


def prints_handle(source: str, start: int, end: int) -> bool:
    """Whether a handle in parentheses may stand there: as the pattern says, found by its @ where there are few."""
    if any(source.find(written, start, end) >= 0 for written in _WRITTEN_AT):
        return True
    position = source.find("@", start, end)
    for _ in range(_FEW):
        if position < 0:
            return False
        before = _LINK_REACH if source.startswith(">", position - 1) else 2
        if _PRINTED_HANDLE.search(source, max(start, position - before), min(position + 2, end)):
            return True
        position = source.find("@", position + 1, end)
    return position >= 0 and _PRINTED_HANDLE.search(source, max(start, position - _LINK_REACH), end) is not None
