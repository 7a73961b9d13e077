"""Loaders: what calls a platform and shows no post, such as the scripts of embed code, buttons and tracking pixels."""

import re
from collections.abc import Collection, Iterator
from fnmatch import translate
from functools import cache
from itertools import zip_longest

from archiver.find.code import code_spans
from archiver.find.lexer import Opaque, Tag, lex
from archiver.find.patched import patched_spans
from archiver.find.spans import Span, Spans
from archiver.platforms import PLATFORMS
from archiver.records import Format
from archiver.urls import split_address

_SCRIPT = re.compile(r"<script(?P<written>[^>]*)>(?P<code>.*)</script\s*>", re.IGNORECASE | re.DOTALL)
_IN_CODE = re.compile(r"""["'](?P<url>(?:https?:)?//[^\s"'<>]{4,200})["']""")
_CALLING = {"link", "iframe", "img", "amp-pixel"}
_SNIPPET = 1_000
"""Characters. The snippets that platforms give out to call their script have 250 to 750; more is a page's own program,
which does other things too."""


def find_loaders(source: str, format: Format, hosts: Collection[str]) -> list[Span]:  # noqa: A002
    """The elements of a page that only call a platform, in order; in plain text there are none.

    `hosts` are the servers of the page's posts, for platforms that have many. A script counts by its address, in
    whichever attribute that waits, or by the one that a short snippet calls; a frame and a picture by theirs; an AMP
    component by the element it is for.
    """
    if format == "text" or "<" not in source:
        return []
    is_loader = re.compile("|".join(_patterns(frozenset(hosts))))
    patched = Spans(patched_spans(source, format))
    code = Spans(code_spans(source, format) if format == "markdown" else ())
    tokens = list(lex(source))
    return [
        (token.start, end)
        for token, following in zip_longest(tokens, tokens[1:])
        if any(is_loader.match(address) for address in _addresses(source, token))
        and (end := _end(token, following)) is not None
        and not patched.overlaps(token.start, end)
        and not code.overlaps(token.start, end)
    ]


def _end(token: Tag | Opaque, following: Tag | Opaque | None) -> int | None:
    """Where an element ends; None for a frame that holds other elements, or is never closed."""
    if isinstance(token, Opaque) or token.name != "iframe":
        return token.end
    closes = isinstance(following, Tag) and following.closes and following.name == "iframe"
    return following.end if following and closes else None


@cache
def _patterns(hosts: frozenset[str]) -> tuple[str, ...]:
    forms = [form for platform in PLATFORMS for form in (*platform.loaders, *platform.callers)]
    components = {markup.tag for platform in PLATFORMS for markup in platform.markup if markup.tag.startswith("amp-")}
    forms += [f"cdn.ampproject.org/v0/{component}-[0-9]*.js" for component in sorted(components)]
    return tuple(
        dict.fromkeys(
            translate(form.replace("{host}", host))
            for form in forms
            for host in (sorted(hosts) if "{host}" in form else [""])
        )
    )


def _addresses(source: str, token: Tag | Opaque) -> Iterator[str]:
    """The addresses that a script, a preload, a frame or a picture calls, without scheme and query."""
    if isinstance(token, Tag):
        urls = list(token.attributes.values()) if token.name in _CALLING and not token.closes else []
    elif token.name == "script" and (script := _SCRIPT.fullmatch(source, token.start, token.end)):
        urls = list(Tag("script", token.start, token.end, False, script["written"]).attributes.values())
        urls += [found["url"] for found in _IN_CODE.finditer(script["code"])] if len(script[0]) <= _SNIPPET else []
    else:
        return
    for url in urls:
        if "/" in url and (parts := split_address(url)):
            yield f"{parts[0]}{parts[1]}"
