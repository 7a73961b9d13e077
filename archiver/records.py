"""The nouns: what is read, what is found in it, and what follows from that.

All are frozen and picklable, so that the same functions run in a thread, a process pool or a notebook. `None`
always means unknown. Times are strings in ISO 8601, as long as they are precise (`2020-10-02`, `2020-10-02T11:16Z`,
`2020-10-02T11:16:31.214Z`); a day is the calendar day as printed, anything finer is UTC.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Form = Literal["text", "blockquote", "iframe", "amp", "shortcode", "url"]
Format = Literal["text", "markdown", "html"]
Precision = Literal["year", "month", "day", "minute", "second", "millisecond"]
Origin = Literal["capture", "memento", "id", "markup", "marker", "quote", "index"]
"""Where a derived value comes from, best first: a captured answer, a web archive's copy of its page, decoded from
the post's id, an attribute or link of embed code, the visible text of a marker, a quotation in the article's prose, an
index of another archive."""

Outcome = Literal[
    "captured",
    "answered",
    "redirected",
    "not-found",
    "gone",
    "account-gone",
    "private",
    "login-wall",
    "embedding-off",
    "unclear",
    "not-here",
    "forbidden",
    "withheld",
    "rejected",
    "rate-limited",
    "server-error",
    "timeout",
    "unreachable",
    "disconnected",
    "refused",
    "elsewhere",
    "too-large",
    "wrong-type",
    "unreadable",
    "another-post",
    "disallowed",
    "robots",
    "not-archived",
    "saved",
    "media",
]
"""What came of a request about a post: it is kept; or an answer that is not, and why; or none, and why. `unclear` is
one that may mean that the post is gone, that it is not shown to all, or that it is another; `not-here` that of a source
whose not having it says nothing; `robots` is for the rules that a host has for its pages, `login-wall` a page for who
is not logged in, `not-archived` a web archive that has no copy, `saved` one that has made one when asked to, `media` is
for a picture or a video that an answer names."""

MediaKind = Literal["image", "poster", "video"]
"""What a file of a post is: a picture, a still that stands for a video, a video."""

Life = Literal[
    "alive", "edited", "deleted", "account-gone", "private", "login-wall", "embedding-off", "rate-limited", "unknown"
]
"""What has become of a post at its platform; `unknown` also where too few answers yet say that it is gone."""

FlagKind = Literal["time", "handle", "text", "age", "edited"]
"""What a flag is about: when a post was made, who made it, what it says, whether it can be that old, and whether its
embed code was changed by hand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One input to read: `path` on disk, known in the archive as `folder`/`name`.

    `name` is the path relative to the PATH the user gave, with `/`; `folder` is the archive's name for that PATH.
    """

    folder: str
    name: str
    path: Path

    @property
    def id(self) -> str:
        """The id of the article read from it."""
        return f"{self.folder}/{self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """An input that could not be read, or only in part: `detail` is one sentence for a person."""

    folder: str
    source: str
    kind: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """An image that a saved page has beside it: `src` as the page writes it, `type` sniffed from the bytes."""

    src: str
    type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One document that was read.

    `content` is the decoded source, nothing added, removed or translated (a byte order mark and `\\r` included):
    spans count its characters. `data` are the bytes it was decoded from with `encoding`.
    """

    folder: str
    source: str
    format: Format
    encoding: str
    sha256: str
    content: str = field(repr=False)
    data: bytes = field(repr=False)
    mtime: int = 0
    title: str | None = None
    published_at: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    pictures: tuple[Picture, ...] = ()

    @property
    def id(self) -> str:
        """The archive's id of the article: folder and source, which no two articles share."""
        return f"{self.folder}/{self.source}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Embed:
    """One place in an article where a post appears or used to appear.

    `source[start:end] == marker` for the decoded source of the article. `posted_at` is what the article prints or
    its markup's `datetime`, never a time decoded from an id: that belongs to the post. `posted_at_options` are the
    two UTC minutes which a 12-hour clock without am/pm leaves open; `posted_at` is then the printed day.
    `decoded_at` is when the post's id was given out, where that can be read from it. `observed_id` is the id of the
    post as this embed alone tells it; `post_id` is that of the post it turned out to be of, among all in the archive.
    `conflict` is a sentence on what in its markup contradicts itself, as hand-edited code does.
    `handle_origin` and `time_origin` say whether those values were read from markup or from the visible text; `rule`
    names the rule of the finder that took it.
    """

    ordinal: int
    platform: str
    form: Form
    start: int
    end: int
    marker: str
    native_id: str | None = None
    permalink: str | None = None
    handle: str | None = None
    author_name: str | None = None
    posted_at: str | None = None
    precision: Precision | None = None
    posted_text: str | None = None
    posted_at_options: tuple[str, str] | None = None
    text: str | None = None
    language: str | None = None
    handle_origin: Origin | None = None
    time_origin: Origin | None = None
    rule: str | None = None
    conflict: str | None = None
    decoded_at: str | None = None
    observed_id: str | None = None
    post_id: str | None = None
    author_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaLink:
    """A picture or a video as an answer names it: its address, and the words for those who cannot see it."""

    url: str
    kind: MediaKind
    alt: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """What an answer of a platform says of a post, as `Embed` says what an article does.

    `author_since` is the day on which the account was made, `edited_at` when the post was edited last.
    """

    permalink: str | None = None
    handle: str | None = None
    author_name: str | None = None
    author_since: str | None = None
    posted_at: str | None = None
    precision: Precision | None = None
    edited_at: str | None = None
    text: str | None = None
    language: str | None = None
    media: tuple[MediaLink, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What a source answered once about a post, as far as it says something of its life."""

    source: str
    fetched_at: str
    outcome: Outcome
    run_id: int | None = None
    edited_at: str | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One request about a post and what came of it, with its evidence where an answer came.

    `id` is a random UUID. `url` is the address that was asked, `source` the name of the source that it is one of,
    `fetched_at` when (UTC, to the millisecond), `status` that of HTTP. `memento_at` is of when the copy is that a web
    archive gave out, None where the platform itself was asked. `file` is a WARC file, `byte_offset` where the response
    record begins in it, `record_id` that record's, `sha256` that of its payload. The rest is what the answer says of
    the post, as in `Observation`, where `outcome` is `captured`.
    """

    id: str
    post_id: str
    source: str
    url: str
    method: str
    fetched_at: str
    outcome: Outcome
    memento_at: str | None = None
    status: int | None = None
    detail: str | None = None
    file: str | None = None
    byte_offset: int | None = None
    record_id: str | None = None
    sha256: str | None = None
    run_id: int | None = None
    permalink: str | None = None
    author_id: str | None = None
    handle: str | None = None
    author_name: str | None = None
    author_since: str | None = None
    posted_at: str | None = None
    precision: Precision | None = None
    edited_at: str | None = None
    language: str | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PostMedia:
    """A picture or a video that an answer names, and the file that was kept of it, if any was.

    `id` is the answer's row (`capture_id`) and `ordinal`, from 1. `outcome` is `kept`, or why there is no file:
    `unasked` where nobody wanted it, `left` where its turn did not come, or what came of asking. `type` is sniffed from
    the bytes, `sha256` is theirs, `size` counts them; `width` and `height` are pixels as shown, None where nobody could
    measure. The file is in `sqlar` as `name`, or in the folder beside the archive as `file`. `thumb` is a smaller
    picture of it, in `sqlar`, with the SHA-256 `thumb_sha256`.
    """

    id: str
    post_id: str
    capture_id: str
    ordinal: int
    kind: MediaKind
    url: str
    outcome: str
    detail: str | None = None
    request_id: str | None = None
    type: str | None = None
    size: int | None = None
    sha256: str | None = None
    width: int | None = None
    height: int | None = None
    name: str | None = None
    file: str | None = None
    thumb: str | None = None
    thumb_sha256: str | None = None
    thumb_width: int | None = None
    thumb_height: int | None = None
    alt: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What was embedded, derived from all embeds and captures of it; each `…_source` says where a value comes from.

    `memento_at` is of when the web archive's copy is that values come from whose source is `memento`. `life` is what
    has become of it at its platform, None where that was never asked: since when answers say so, how many in a row, and
    when one last said anything (`identity.lives`).
    """

    id: str
    platform: str
    native_id: str | None = None
    permalink: str | None = None
    permalink_source: Origin | None = None
    author_id: str | None = None
    author_source: Origin | None = None
    posted_at: str | None = None
    precision: Precision | None = None
    posted_at_source: Origin | None = None
    posted_at_options: tuple[str, str] | None = None
    text: str | None = None
    text_source: Origin | None = None
    language: str | None = None
    memento_at: str | None = None
    status: str | None = None
    life: Life | None = None
    life_since: str | None = None
    life_answers: int | None = None
    checked_at: str | None = None
    edited_after: str | None = None
    edited_before: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """An account on a platform; `handle` as written most often, the id has it in lower case."""

    id: str
    platform: str
    handle: str
    name: str | None = None
    name_source: Origin | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexedPost:
    """A line of an index that archives share: a post with its id, and who made it.

    `id` is that of the post and the handle in lower case. `decoded_at` is when the post's id was given out, where that
    can be read from it; `posted_at` is what the other archive knew.
    """

    id: str
    platform: str
    native_id: str
    handle: str
    permalink: str | None
    posted_at: str | None
    precision: Precision | None
    decoded_at: str | None
    post_id: str
    author_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A post that a marker without an id may be of: `marker_id` is what the marker alone tells, a provisional id.

    `chosen` says that it is that post; of several that may be it none is. `distance` is in seconds, from the printed
    minute or day to the time in the post's id: negative before it, 0 within it, None where no time was compared.
    `window` says whether that is as near as is usual (core) or as was ever seen (wide), `by_author` whether the post is
    known to be by the account that the marker names. `text_match` is how alike the texts are (0 to 1), None where one
    of them is not known. `rule` names what was compared.
    """

    id: str
    marker_id: str
    post_id: str
    chosen: bool
    score: float
    rule: str
    window: Literal["core", "wide"]
    by_author: bool
    distance: float | None = None
    text_match: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountName:
    """A display name or a spelling of the handle under which an account was seen.

    `first_seen` and `last_seen` are the dates of the earliest and the latest article that has it; None if no article
    that has it is dated.
    """

    id: str
    author_id: str
    kind: Literal["name", "handle"]
    value: str
    embeds: int
    first_seen: str | None = None
    last_seen: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rename:
    """Two handles under which one native post was signed: one account that was renamed, or code that was edited.

    Which handle came first is not told; the dates of its articles are in `AccountName`.
    """

    id: str
    post_id: str
    author_id: str
    other_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """Something about a post that does not agree, or cannot be: `detail` is one sentence for a fact-checker.

    `embed_id` is the embed that says otherwise than the rest. `cause` names the known harmless cause that fits, None
    where there is none.
    """

    id: str
    kind: FlagKind
    cause: str | None
    post_id: str
    embed_id: str
    article_id: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Orphan:
    """The text of a post that stands in an article as ordinary prose: its embed is gone, its attribution too.

    `start` and `end` are characters of the article's readable text; `score` is how alike it is to the post's, 0 to 1.
    """

    id: str
    post_id: str
    article_id: str
    start: int
    end: int
    score: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One quoted passage near an embed, which may or may not be taken from its post.

    `embed` is the embed's ordinal. `start` and `end` count characters of the decoded source and cover the words inside
    the outermost quotation marks. `text` is what a reader sees there: no markup, paragraphs parted by an empty line,
    the marks that open each further paragraph dropped. `score`, from 0 to 1 in hundredths, says how much of the
    article around it speaks for the post, `reason` in words why.
    """

    embed: int
    start: int
    end: int
    text: str
    score: float
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A passage that was taken for a quotation of a post.

    `post_id` is None where the embed's post has no id. `agreement`, from 0 to 1, is how much of the passage stands in
    the post's text; None where that is not known.
    """

    id: str
    embed_id: str
    post_id: str | None
    start: int
    end: int
    score: float
    agreement: float | None
    reason: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Replaced:
    """A stretch of a patched article, in bytes, and the bytes of the original that stood there."""

    start: int
    end: int
    original: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Patch:
    """What undoing the patch of a plain text needs: `id` is the SHA-256 of the patched bytes, `original` that of the
    bytes before; `source` is the name of the file."""

    id: str
    source: str
    original: str
    replaced: tuple[Replaced, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that reading one input gives: the article, its embeds and the quoted passages beside them in order, and what
    could not be read of it.

    `text` is what a reader or a search wants to see: the source itself for text and Markdown, the words of `body` for
    HTML. `body` is, for an HTML article, its main content as safe HTML with a slot where each embed stood; None for
    text and Markdown, whose pages are made from `text`.
    """

    article: Article
    embeds: tuple[Embed, ...] = ()
    passages: tuple[Passage, ...] = ()
    text: str | None = None
    body: str | None = None
    problems: tuple[Problem, ...] = ()
