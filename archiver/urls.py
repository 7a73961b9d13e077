"""Addresses: the one road from a URL, however it is written, to the post that it names."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform, Reference, UrlForm

_ARCHIVED = re.compile(r"(?:https?:)?//web\.archive\.org/web/\d+(?:[a-z]{2}_)?/", re.IGNORECASE)
# An address in the path of another: of an archive, a proxy, or a picture that shows a post.
_WITHIN = re.compile(r"[^?#]+/(?P<scheme>https?):/{1,2}(?=[^/])")
_AMPERSAND = re.compile(r"&(?:amp|#0{0,2}38);")
_NAMED = re.compile(r"\w{1,20}=")
_PREFIXES = ("www.", "m.", "mobile.", "amp.")

# Addresses that carry another one in a parameter: embed services, redirectors and oEmbed endpoints.
_CARRIERS: dict[str, tuple[str, ...]] = {
    "cdn.embedly.com": ("url", "src"),
    "cdn.iframe.ly": ("url",),
    "iframe.ly": ("url",),
    "graph.facebook.com": ("url",),
    "publish.twitter.com": ("url",),
    "publish.x.com": ("url",),
    "l.facebook.com": ("u",),
    "l.instagram.com": ("u",),
}


@lru_cache(maxsize=64)  # of one embed the same address is asked for several times
def resolve(url: str, depth: int = 0) -> Reference | None:
    """The post that a URL names on any platform, or None.

    Scheme-relative URLs, addresses within others, carriers, host variants and tracking parameters are dealt with here
    and nowhere else; `depth` bounds carriers within carriers.

    >>> resolve("https://mobile.twitter.com/northpilots/status/20?s=20").permalink
    'https://twitter.com/northpilots/status/20'
    """
    url = _ARCHIVED.sub("", url.strip(), count=1)
    if within := _WITHIN.match(url):
        url = f"{within['scheme']}://{url[within.end() :]}"
    parts = split_address(url)
    if parts is None or depth > 2:
        return None
    host, path, query = parts
    for name in _CARRIERS.get(host, ()):
        if found := _inner(host, query, name, depth):
            return found
    for platform, form in _forms(host):
        match = form.path.match(path)
        if match is None:
            continue
        found = _inner(host, query, form.inner, depth) if form.inner else _reference(platform, form, match, host, query)
        if found:
            return found
    return None


def _inner(host: str, query: str, name: str, depth: int) -> Reference | None:
    values = parse_qs(query).get(name)
    if not values:
        return None
    address = f"//{host}{values[0]}" if values[0].startswith("/") and values[0][1:2] != "/" else values[0]
    return resolve(address, depth + 1)


def split_address(url: str) -> tuple[str, str, str] | None:
    """Host without `www.` and the like, decoded path and query of an address, or of the one that an archive keeps.

    With the host goes a port that is not the usual one: it is another server, which only a form for any host may name.
    What a `#!` address hides in its fragment is its path, what stands there as `name=value` its last parameter. An `&`
    may still be written as in HTML. None for what cannot be one.
    """
    url = _AMPERSAND.sub("&", _ARCHIVED.sub("", url.strip(), count=1))
    if url.startswith("spotify:"):  # a URI, as players and embed code carry it: spotify:track:ID
        url = f"https://spotify/{url[8:].replace(':', '/')}"
    elif url.startswith("//"):
        url = f"https:{url}"
    elif not url[:8].lower().startswith(("http://", "https://")):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    except ValueError:
        return None
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    host += port
    path = f"/{parts.fragment.removeprefix('!').lstrip('/')}" if parts.fragment.startswith("!") else parts.path
    query = f"{parts.query}&{parts.fragment}" if _NAMED.match(parts.fragment) else parts.query
    return host, re.sub(r"/{2,}", "/", unquote(path)), query


@cache
def _tables() -> tuple[dict[str, list[tuple[Platform, UrlForm]]], list[tuple[Platform, UrlForm]]]:
    """The forms by host, and those of any host."""
    hosts: dict[str, list[tuple[Platform, UrlForm]]] = {}
    anywhere: list[tuple[Platform, UrlForm]] = []
    for platform in PLATFORMS:
        for form in platform.urls:
            for host in form.hosts:
                (anywhere if host == "*" else hosts.setdefault(host, [])).append((platform, form))
    return hosts, anywhere


def _forms(host: str) -> Iterator[tuple[Platform, UrlForm]]:
    hosts, anywhere = _tables()
    yield from hosts.get(host, ())
    if (domain := host.partition(".")[2]) and (forms := hosts.get(f"*.{domain}")):
        yield from forms
    yield from anywhere


def _reference(platform: Platform, form: UrlForm, match: re.Match[str], host: str, query: str) -> Reference | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    place = {"host": host.partition(":")[0], "label": host.partition(".")[0]}
    if form.query or form.joined:
        values = {name: found[0] for name, found in parse_qs(query).items() if name in form.query}
        if form.joined:
            parts = {**place, **groups, **values}
            groups["id"] = form.joined.format_map(parts) if len(values) == len(form.query) else ""
        else:
            groups["id"] = next((values[name] for name in form.query if name in values), groups.get("id", ""))
    # A parameter may hold anything; the id in a path is what the form's pattern allows.
    if not groups.get("id"):
        return None
    if form.query or form.joined:
        value = form.value.fullmatch(groups["id"])
        if value is None:
            return None
        groups |= value.groupdict()
    if form.handle:
        groups["handle"] = form.handle.format_map({**place, **groups})
    if groups.get("handle", "").lower() in platform.nobody:
        del groups["handle"]
    permalink = form.permalink or platform.permalink
    return Reference(
        platform=platform.name,
        native_id=platform.native_id(groups["id"]),
        permalink=permalink.format_map({"host": host, "handle": "", **groups}),
        handle=groups.get("handle"),
    )
