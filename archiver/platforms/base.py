"""What a platform looks like, as values: the fields that every platform file fills."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, NamedTuple, get_args

from archiver.records import Form, Format
from archiver.times import IdClock, UndatedIds

QUOTE = r"(?:[\"'“”″]|&quot;|&#82\d\d;)?"
"""What may stand around a shortcode's argument: WordPress makes curly quotes of straight ones."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A post, as one URL names it. `handle` is what stands in the URL, which need not be the author's."""

    platform: str
    native_id: str
    permalink: str
    handle: str | None = None


class TextLimit(NamedTuple):
    """How many characters a post could have until a day (ISO), as how many of them a wide one counts, and whether an
    address at its end does, which may be that of an attached post."""

    until: str
    characters: int
    wide: int = 1
    attached: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class UrlForm:
    """One shape of URL that names a post.

    `hosts` are without `www.`, `m.` and `mobile.`; `*.example.com` stands for any subdomain, `*` for any host at all.
    `path` is matched at the start of the path and has the group `id`, and `handle` where the URL has one. `query`
    names the parameters of which the first that is there holds the id where the path does not; `value` is what such
    an id must be, and `joined` a format that makes one of several parameters, groups, `{host}` and its first `{label}`.
    `inner` names the parameter that holds another address, which is resolved in its place. `handle` is a format for the
    handle where no group is it. `permalink` is one for `{id}`, `{handle}`, `{host}` and the other groups; without one
    the platform's own is used.
    """

    hosts: tuple[str, ...]
    path: re.Pattern[str]
    query: tuple[str, ...] = ()
    value: re.Pattern[str] = re.compile(r"[\w:.-]{1,120}")
    joined: str = ""
    inner: str | None = None
    handle: str = ""
    permalink: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Markup:
    """One kind of element that stands for a post.

    `tag` (`*` for any) and `having` select it: a class (`.twitter-tweet`) or an attribute (`data-tweetid`);
    `without` is an attribute that it does not have. `urls` are
    looked at in order until one resolves: an attribute's name, or `a:first` / `a:last` for the links inside;
    `template` makes a URL of an attribute that holds a bare id. Iframes and other carriers of addresses need no
    declaration: what they carry is resolved by the platforms' URL forms.
    """

    form: Form
    tag: str
    having: str
    without: str = ""
    urls: tuple[str, ...]
    template: str = "{id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """One call by which a page's own script puts a post there: what it opens with, and a pattern for the call.

    The pattern's groups fill `template`, an address. Its group `place` is the `id` of the element that is filled.
    """

    form: Form
    opening: str
    pattern: re.Pattern[str]
    template: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortcode:
    """One shortcode of a publishing system: what it opens with, and a pattern whose first group is `url`, or `id`
    for `template`, which may name other groups.

    `word` stands in each that opens as those of other platforms do. A pattern that begins with a literal is searched
    for ten times as fast, so that what may not stand before one is looked for behind it: `\\[vimeo(?<!\\[\\[vimeo)`.
    """

    opening: str
    word: str = ""
    pattern: re.Pattern[str]
    formats: tuple[Format, ...] = ("text", "markdown", "html")
    template: str = "{id}"


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

    `handle` must match the handle whole. `clock` says whether one may stand behind the date, without a zone.
    """

    handle: re.Pattern[str]
    clock: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Byline:
    """An attribution by name alone, `BEFORE name ON weekday, date`, as Facebook prints it below a post's text.

    The name ends at the last of the words `on` before a weekday, since names hold such words too; an empty one of them
    says that the weekday may follow at once. Without any the byline has no date. `spelled` is how a source may spell
    the words before, with a link in them.
    """

    language: str
    before: tuple[str, ...]
    on: tuple[str, ...]
    spelled: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """Words that a platform's embed code leaves and that have a form of their own.

    `pattern` is matched where the literal `anchor` stands and may have the groups `handle` and `name`. `before` is
    matched against what stands before the anchor in its line (up to `reach` characters: titles on Reddit may have 300),
    up to its end, and may have the same groups and `text`; where it does not match there is no embed. `above` is the
    same for the line above, which must be the first of its block. `lines_before` is the same as `before` for all lines
    since the anchor stood before, where it begins a line. `spelled` is how a source may spell the anchor, with
    a link in it. What is `linked` counts only where a link leads from it to a post of the platform.
    """

    anchor: str
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None = None
    reach: int = 300
    above: re.Pattern[str] | None = None
    lines_before: re.Pattern[str] | None = None
    spelled: tuple[str, ...] = ()
    linked: bool = False
    language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A source that holds exactly one embed of the platform, and the fields that must be read from it."""

    source: str
    format: Format
    expect: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """What one platform looks like. All rules about it live in its own file under `platforms/`.

    `permalink` and `profile` are formats: `{id}`, `{handle}` and the named groups of the URL form. `id_time`
    decodes when an id was given out, in UTC; where ids hold no time `undated` says why. `arrived` is found in the
    permalinks of posts whose ids say when a server got them, not when they were made. `zone` is the one in which
    the platform prints clocks, `day_zone` that of the days it prints without one. `captured_at` are formats, with
    `{id}` and `{handle}`, of the addresses at which web archives have its posts; `sources` name what the platform
    itself is asked by, in order (`archiver.capture.sources`). `media_hosts` are the hosts of its pictures and
    videos: `*.` stands for any subdomain, `{host}` for the server of a post. `tokens` are texts that only a post
    leaves (`pic.twitter.com/…`). `text_limits` are how much a post could hold, each until a day (ISO),
    where that is little enough to tell where the text before an attribution begins; `text_in_line` is the day (ISO)
    until which embed code put a text of any length there, which is taken from the attribution's own line. `text_end`
    is what stands at its end in place of pictures and is none of it. `spoken_of` is what articles call such posts, and
    posts themselves hardly.

    `loaders` are the addresses of the scripts that its embed code calls, without scheme, `www.` and query; `*` stands
    for anything, `{host}` for the server of a post. `callers` are those, in the same form, of what else of it pages
    load that shows no post: buttons, boxes, tracking pixels and their scripts.

    `opened` is the day (ISO) of its first public posts: nothing was posted before.

    `noun` is what a reader calls one of its posts; `medium` what each of them shows or plays besides its words, None
    where a post may be words alone.
    `lead_word` stands in every lead, and one of `token_words` in every token. Every embed markup, address and
    shortcode holds one of `traces`, and every trace one of `needles`: only a page that has both, at one place, is
    parsed. `examples` and `misses` are the platform's own test table.
    """

    name: str
    label: str
    noun: str = "post"
    medium: str | None = None
    opened: str | None = None
    urls: tuple[UrlForm, ...]
    permalink: str = ""
    native_id: Callable[[str], str] = str
    profile: str
    nobody: frozenset[str] = frozenset()
    id_time: IdClock | None = None
    undated: UndatedIds | None = None
    arrived: re.Pattern[str] | None = None
    zone: tzinfo | None = None
    day_zone: tzinfo | None = None
    captured_at: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    media_hosts: tuple[str, ...] = ()
    handle: re.Pattern[str] | None = None
    markup: tuple[Markup, ...] = ()
    scripts: tuple[Script, ...] = ()
    shortcodes: tuple[Shortcode, ...] = ()
    wordings: tuple[Wording, ...] = ()
    dashed: Dashed | None = None
    bylines: tuple[Byline, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    loaders: tuple[str, ...] = ()
    callers: tuple[str, ...] = ()
    text_limits: tuple[TextLimit, ...] = ()
    text_in_line: str = ""
    spoken_of: re.Pattern[str] | None = None
    text_end: str = ""
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
        found: set[Form] = {markup.form for markup in self.markup} | {"iframe", "url"}
        found |= {script.form for script in self.scripts}
        if self.shortcodes:
            found.add("shortcode")
        if self.wordings or self.dashed or self.tokens or self.bylines or self.phrases:
            found.add("text")
        return tuple(form for form in get_args(Form) if form in found)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose wording is known; empty if its remains have no words."""
        known = [wording.language for wording in self.wordings] + [byline.language for byline in self.bylines]
        return tuple(dict.fromkeys(known))

    def profile_url(self, handle: str) -> str:
        """The address of an account's page, for a handle without `@`."""
        return self.profile.format(handle=handle)
