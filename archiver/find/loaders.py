"""Loader scripts: what embed code calls to fill it in, and what serves nothing once there is a card in its place."""

import re
from collections.abc import Collection, Iterator
from fnmatch import translate
from functools import cache

from archiver.find.code import code_spans
from archiver.find.lexer import Opaque, Tag, lex
from archiver.find.patched import patched_spans
from archiver.find.spans import Span, Spans
from archiver.platforms import PLATFORMS
from archiver.records import Format
from archiver.urls import split_address

_SCRIPT = re.compile(r"<script(?P<written>[^>]*)>(?P<code>.*)</script\s*>", re.IGNORECASE | re.DOTALL)
_IN_CODE = re.compile(r"""["'](?P<url>(?:https?:)?//[^\s"'<>]{4,200})["']""")
_SNIPPET = 1_000
"""Characters. The snippets that platforms give out to call their script have 250 to 750; more is a page's own program,
which does other things too."""


def find_loaders(source: str, format: Format, hosts: Collection[str]) -> list[Span]:  # noqa: A002
    """The elements of a page that only call a platform's script, in order; in plain text there are none.

    `hosts` are the servers of the page's posts, for platforms that have many. A script counts by its address, in
    whichever attribute that waits, or by the one that a short snippet calls; an AMP component by the element it is for.
    """
    if format == "text" or "<" not in source:
        return []
    is_loader = re.compile("|".join(_patterns(frozenset(hosts))))
    patched = Spans(patched_spans(source, format))
    code = Spans(code_spans(source, format) if format == "markdown" else ())
    return [
        (token.start, token.end)
        for token in lex(source)
        if any(is_loader.match(address) for address in _addresses(source, token))
        and not patched.overlaps(token.start, token.end)
        and not code.overlaps(token.start, token.end)
    ]


@cache
def _patterns(hosts: frozenset[str]) -> tuple[str, ...]:
    forms = [loader for platform in PLATFORMS for loader in platform.loaders]
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
    """The addresses that a script or a preload calls, without scheme and query."""
    if isinstance(token, Tag):
        urls = list(token.attributes.values()) if token.name == "link" else []
    elif token.name == "script" and (script := _SCRIPT.fullmatch(source, token.start, token.end)):
        urls = list(Tag("script", token.start, token.end, False, script["written"]).attributes.values())
        urls += [found["url"] for found in _IN_CODE.finditer(script["code"])] if len(script[0]) <= _SNIPPET else []
    else:
        return
    for url in urls:
        if "/" in url and (parts := split_address(url)):
            yield f"{parts[0]}{parts[1]}"
