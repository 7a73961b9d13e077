"""What a platform looks like, as values: the fields that every platform file fills."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, get_args
from urllib.parse import parse_qs, unquote, urlsplit

from archiver.records import Form, Format


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A post, as one URL names it. `handle` is what stands in the URL, which need not be the author's."""

    platform: str
    native_id: str
    permalink: str
    handle: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UrlForm:
    """One shape of URL that names a post.

    `hosts` are without `www.`, `m.` and `mobile.`. `path` is matched at the start of the path and has the group
    `id`, and `handle` where the URL has one; `query` names the parameter that holds the id where the path does not.
    """

    hosts: tuple[str, ...]
    path: re.Pattern[str]
    query: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Markup:
    """One kind of element that stands for a post.

    `tag` and `having` select it: a class (`.twitter-tweet`), an attribute (`data-tweetid`), or None for every
    element of that name whose URL resolves to a post of the platform. `urls` are looked at in order until one
    resolves: an attribute's name, or `a:first` / `a:last` for the links inside; `template` makes a URL of an
    attribute that holds a bare id.
    """

    form: Form
    tag: str
    having: str | None = None
    urls: tuple[str, ...]
    template: str = "{}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortcode:
    """One shortcode of a publishing system: what it opens with, and a pattern whose first group is `url`, or `id`
    for `template`."""

    opening: str
    pattern: re.Pattern[str]
    formats: tuple[Format, ...] = ("text", "markdown", "html")
    template: str = "{}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """How one language flattens an embed: LEAD, caption, BEFORE name (@handle) AFTER, ON date.

    `before` and `after` are what stands directly before the name and after the handle; a language uses either or
    both. `on` are the words that join a date. All are matched as written, letter case included.
    """

    language: str
    leads: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    on: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Dashed:
    """An attribution `— Name (@handle) date`, as X and Bluesky print it below a post's text.

    `handle` must match the handle whole. `zone` is the platform's zone if its dates have a clock.
    """

    handle: re.Pattern[str]
    zone: tzinfo | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A source that holds exactly one embed of the platform, and the fields that must be read from it."""

    source: str
    format: Format
    expect: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """What one platform looks like. All rules about it live in its own file under `platforms/`.

    `permalink` and `profile` are formats: `{id}`, `{handle}` and the named groups of the URL form. `id_time` decodes
    when an id was given out, in UTC. `tokens` are texts that only a post leaves (`pic.twitter.com/…`). `zone` is the
    one in which the platform prints clocks. `lead_word` stands in every lead, and one of
    `token_words` in every token. Every embed markup, address and shortcode holds one of `traces`, and every trace one
    of `needles`: only a page that has both, at one place, is parsed. `examples` and
    `misses` are the platform's own test table.
    """

    name: str
    label: str
    urls: tuple[UrlForm, ...]
    permalink: Callable[[re.Match[str], str], str]
    native_id: Callable[[str], str] = str
    profile: str
    nobody: frozenset[str] = frozenset()
    id_time: Callable[[str], str | None] | None = None
    zone: tzinfo | None = None
    handle: re.Pattern[str]
    markup: tuple[Markup, ...] = ()
    shortcodes: tuple[Shortcode, ...] = ()
    wordings: tuple[Wording, ...] = ()
    dashed: Dashed | None = None
    tokens: re.Pattern[str] | None = None
    lead_word: str = ""
    token_words: tuple[str, ...] = ()
    needles: tuple[str, ...]
    traces: tuple[str, ...]
    examples: tuple[Example, ...]
    misses: tuple[tuple[Format, str], ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms in which its embeds are found, in the order of the contract."""
        found: set[Form] = {markup.form for markup in self.markup}
        found.add("url")
        if self.shortcodes:
            found.add("shortcode")
        if self.wordings or self.dashed or self.tokens:
            found.add("text")
        return tuple(form for form in get_args(Form) if form in found)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose wording is known; empty if its remains have no words."""
        return tuple(dict.fromkeys(wording.language for wording in self.wordings))

    def profile_url(self, handle: str) -> str:
        """The address of an account's page, for a handle without `@`."""
        return self.profile.format(handle=handle)


_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/", re.IGNORECASE)
_PREFIXES = ("www.", "m.", "mobile.")


def resolve(url: str, platforms: tuple[Platform, ...]) -> Reference | None:
    """The post that a URL names on one of `platforms`, or None.

    The one road from URLs to posts: scheme-relative URLs, web-archive prefixes, host variants and tracking
    parameters are dealt with here and nowhere else.
    """
    parts = _split(_ARCHIVED.sub("", url.strip(), count=1))
    if parts is None:
        return None
    host, path, query = parts
    for platform in platforms:
        for form in platform.urls:
            if host in form.hosts and (match := form.path.match(path)):
                return _reference(platform, form, match, query)
    return None


def _split(url: str) -> tuple[str, str, str] | None:
    if url.startswith("//"):
        url = f"https:{url}"
    elif not url.lower().startswith(("http://", "https://")):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    path = f"/{parts.fragment.removeprefix('!').lstrip('/')}" if parts.fragment.startswith("!") else parts.path
    return host, unquote(path), parts.query


def _reference(platform: Platform, form: UrlForm, match: re.Match[str], query: str) -> Reference | None:
    groups = match.groupdict()
    written = parse_qs(query).get(form.query, [""])[0] if form.query else groups["id"]
    if not written:
        return None
    permalink = platform.permalink(match, written)
    # A parameter may hold anything; the id in a path is what the form's pattern allows.
    if form.query and resolve(permalink, (platform,)) is None:
        return None
    handle = groups.get("handle")
    return Reference(
        platform=platform.name,
        native_id=platform.native_id(written),
        permalink=permalink,
        handle=None if handle is None or handle.lower() in platform.nobody else handle,
    )
