"""Sources: how each platform is asked about a post, and what its answer says, as declarations and pure functions.

Meta's oEmbed (Instagram, Facebook, Threads) is none of them: its terms forbid to keep what it returns.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from bs4 import BeautifulSoup

from archiver.capture.named import bluesky_media, mastodon_media, oembed_media, telegram_media
from archiver.find import find_embeds
from archiver.find.view import page_text
from archiver.platforms import BY_NAME
from archiver.records import Observation, Outcome, Post
from archiver.times import iso, read_datetime

NOT_ASKED: Mapping[str, str] = dict.fromkeys(
    ("instagram", "facebook", "threads"), "Meta’s terms forbid to keep what its oEmbed returns"
)
"""Platforms that could be asked and are not, and why
(https://developers.facebook.com/docs/graph-api/reference/oembed-post)."""


class SourceError(ValueError):
    """An answer that says nothing about the post; `outcome` is why."""

    def __init__(self, message: str, outcome: Outcome = "unreadable") -> None:
        super().__init__(message)
        self.outcome = outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One way to ask about a post.

    `url` makes the address to ask, None where the post's own does not say enough. `read` is given the answer and the
    post; what it raises of SourceError says why the answer cannot be used. `hosts` are those that a redirect may lead
    to, besides the one that is asked; `limit` names its pace in `fetch.pace.LIMITS`. `types` are the media types that
    the answer may have; `is_page` says that it is for people, so that robots.txt may forbid to ask for it.
    """

    name: str
    url: Callable[[Post], str | None]
    read: Callable[[bytes, Post], Observation]
    types: tuple[str, ...] = ("application/json",)
    is_page: bool = False
    hosts: tuple[str, ...] = ()
    limit: str = ""


def sources_of(platform: str) -> tuple[Source, ...]:
    """The sources of a platform, in the order in which they are asked."""
    return tuple(SOURCES[name] for name in BY_NAME[platform].sources)


def read_answer(source: Source, content: bytes, post: Post) -> Observation:
    """What an answer says of the post. Raises SourceError where it says nothing, or is about another one."""
    found = source.read(content, post)
    if not (found.text or found.handle or found.author_name):
        raise SourceError("it says nothing about the post")
    return found


Told = Mapping[str, Any]


def _json(read: Callable[[Told, Post], Observation]) -> Callable[[bytes, Post], Observation]:
    """A reader of bytes that hold a JSON object, from one of that object."""

    def parse(content: bytes, post: Post) -> Observation:
        try:
            told = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise SourceError("it is no JSON") from error
        if not isinstance(told, dict):
            raise SourceError("it is no JSON object")
        return read(told, post)

    return parse


# Values of an answer: of the type that is documented, or not known.


def _text(told: Told, *path: str) -> str | None:
    """The text that is there under these names, without space around it; None where there is none."""
    value = _at(told, *path)
    return (value.strip() or None) if isinstance(value, str) else None


def _at(told: Any, *path: str) -> Any:
    for name in path:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def _moment(text: str | None) -> str | None:
    """A time with an offset, in UTC to the millisecond; None where it is none.

    >>> _moment("2024-10-02T16:10:12.345678Z"), _moment("2024-10-02 16:10:12")
    ('2024-10-02T16:10:12.345Z', None)
    """
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return iso(moment.astimezone(UTC), "millisecond") if moment.tzinfo and 1970 < moment.year < 2100 else None


def _day(text: str | None) -> str | None:
    """The day of a time without a zone (`2013-08-02 10:13:34`); None where it is none."""
    try:
        return datetime.fromisoformat(text or "").date().isoformat()
    except ValueError:
        return None


def _handle_in(url: str | None, *hosts: str) -> str | None:
    """The handle in the address of a profile: the first part of its path; None where it is another kind of address.

    >>> _handle_in("https://vimeo.com/lakeside", "vimeo.com"), _handle_in("https://vimeo.com/", "vimeo.com")
    ('lakeside', None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    handle, _, more = parts.path.strip("/").partition("/")
    return handle.removeprefix("@") or None if parts.hostname in hosts and not more else None


# Bluesky: docs.bsky.app, app.bsky.feed.getPostThread


def _bluesky_url(post: Post) -> str | None:
    parts = urlsplit(post.permalink or "").path.split("/")
    if len(parts) < 3 or parts[1] != "profile":
        return None
    uri = quote(f"at://{parts[2]}/app.bsky.feed.post/{post.native_id}", safe="")
    return f"https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?depth=0&parentHeight=0&uri={uri}"


def _read_bluesky(told: Told, post: Post) -> Observation:
    thread = _at(told, "thread")
    if _at(thread, "notFound") is True:
        raise SourceError("the post is not there", "not-found")
    found = _at(thread, "post")
    if (_text(found, "uri") or "").rpartition("/")[2] != post.native_id:
        raise SourceError("it is about another post", "another-post")
    labels = _at(found, "author", "labels")
    if isinstance(labels, list) and any(_at(label, "val") == "!no-unauthenticated" for label in labels):
        raise SourceError("its author shows it only to who is logged in", "withheld")
    # What the author's program says of the time, which the platform passes on, may be anything; `indexedAt` is its own.
    at = _moment(_text(found, "indexedAt"))
    languages = _at(found, "record", "langs")
    did = _text(found, "author", "did")
    return Observation(
        permalink=f"https://bsky.app/profile/{did}/post/{post.native_id}" if did else None,
        handle=_text(found, "author", "handle"),
        author_name=_text(found, "author", "displayName"),
        posted_at=at,
        precision="millisecond" if at else None,
        text=_text(found, "record", "text"),
        language=languages[0] if isinstance(languages, list) and len(languages) == 1 else None,
        media=tuple(bluesky_media(_at(found, "embed"))),
    )


# Mastodon: docs.joinmastodon.org/entities/Status


def _mastodon_url(post: Post) -> str | None:
    host = urlsplit(post.permalink or "").hostname
    return f"https://{host}/api/v1/statuses/{post.native_id}" if host else None


def _read_mastodon(told: Told, post: Post) -> Observation:
    if _text(told, "id") != post.native_id:
        raise SourceError("it is about another post", "another-post")
    at = _moment(_text(told, "created_at"))
    account, host = _text(told, "account", "acct"), urlsplit(post.permalink or "").hostname
    paragraphs = (page_text(html).strip() for html in (_text(told, "content") or "").split("</p>"))
    content = "\n\n".join(filter(None, (_text(told, "spoiler_text"), *paragraphs)))
    return Observation(
        handle=account if account is None or "@" in account else f"{account}@{host}",
        author_name=_text(told, "account", "display_name"),
        posted_at=at,
        precision="millisecond" if at else None,
        text=content or None,
        language=_text(told, "language"),
        media=tuple(mastodon_media(told)),
    )


# oEmbed: oembed.com; what each platform's answer holds is in its own documentation


def _oembed(endpoint: str) -> Callable[[Post], str | None]:
    return lambda post: f"{endpoint}{quote(post.permalink, safe='')}" if post.permalink else None


def _read_code(told: Told, post: Post) -> Observation:
    """What the embed code in an answer says, read as in an article."""
    found = next(iter(find_embeds(_text(told, "html") or "", "html")), None)
    if found is None:
        raise SourceError("it has no embed code")
    _check_same(found.native_id, post)
    return Observation(
        permalink=found.permalink,
        handle=found.handle or _handle_in(_text(told, "author_url"), "twitter.com", "x.com"),
        author_name=found.author_name or (_text(told, "author_name") if post.platform == "twitter" else None),
        posted_at=found.posted_at,
        precision=found.precision,
        text=found.text,
        media=tuple(oembed_media(told)),
    )


def _read_video(*hosts: str) -> Callable[[bytes, Post], Observation]:
    """What an answer about a video says: its title are the words that are with it."""

    def read(told: Told, post: Post) -> Observation:
        for found in find_embeds(_text(told, "html") or "", "html"):
            _check_same(found.native_id, post)
        day = _day(_text(told, "upload_date"))
        return Observation(
            handle=_text(told, "author_unique_id") or _handle_in(_text(told, "author_url"), *hosts),
            author_name=_text(told, "author_name"),
            posted_at=day,
            precision="day" if day else None,
            text=_text(told, "title"),
            media=tuple(oembed_media(told)),
        )

    return _json(read)


def _check_same(native_id: str | None, post: Post) -> None:
    if native_id != post.native_id:
        raise SourceError("it is about another post", "another-post")


# Telegram: the page that its embed code frames (core.telegram.org/widgets/post)


def _telegram_url(post: Post) -> str | None:
    return f"{post.permalink}?embed=1" if (post.permalink or "").startswith("https://t.me/") else None


def _read_telegram(content: bytes, post: Post) -> Observation:
    page = BeautifulSoup(content, "html.parser", from_encoding="utf-8")
    message = page.select_one("[data-post]")
    if message is None:
        raise SourceError("the page has no message on it", "not-found" if page.select(_NO_MESSAGE) else "unreadable")
    told, asked = (id_.lower().split("/") for id_ in (str(message["data-post"]), post.native_id or ""))
    if (told[0], told[-1]) != (asked[0], asked[-1]):  # between them may be the topic of a group
        raise SourceError("it is about another post", "another-post")
    time = message.select_one(".tgme_widget_message_date time[datetime]")
    at = read_datetime(str(time["datetime"])) if time else None
    name, text = message.select_one(".tgme_widget_message_owner_name"), message.select_one(".js-message_text")
    return Observation(
        handle=str(message["data-post"]).partition("/")[0],
        author_name=" ".join(name.get_text().split()) or None if name else None,
        posted_at=at.at if at else None,
        precision=at.precision if at else None,
        text=page_text(str(text)).strip() or None if text else None,
        media=tuple(telegram_media(message)),
    )


_NO_MESSAGE = ".tgme_widget_message_error"


def _declared() -> Iterator[Source]:
    yield Source(name="bluesky", url=_bluesky_url, read=_json(_read_bluesky), limit="public.api.bsky.app")
    yield Source(name="bluesky-oembed", url=_oembed("https://embed.bsky.app/oembed?url="), read=_json(_read_code))
    yield Source(name="mastodon", url=_mastodon_url, read=_json(_read_mastodon), limit="mastodon")
    yield Source(
        name="x-oembed",
        url=_oembed("https://publish.x.com/oembed?omit_script=1&dnt=1&url="),
        read=_json(_read_code),
        hosts=("publish.twitter.com",),
    )
    yield Source(
        name="tiktok-oembed",
        url=_oembed("https://www.tiktok.com/oembed?url="),
        read=_read_video("www.tiktok.com"),
    )
    yield Source(
        name="youtube-oembed",
        url=_oembed("https://www.youtube.com/oembed?format=json&url="),
        read=_read_video("www.youtube.com"),
    )
    yield Source(
        name="vimeo-oembed",
        url=_oembed("https://vimeo.com/api/oembed.json?url="),
        read=_read_video("vimeo.com"),
    )
    yield Source(name="telegram-page", url=_telegram_url, read=_read_telegram, types=("text/html",), is_page=True)
    yield Source(name="reddit-oembed", url=_oembed("https://www.reddit.com/oembed?url="), read=_json(_read_code))


SOURCES: Mapping[str, Source] = {source.name: source for source in _declared()}
"""All sources by their names, which platforms refer to."""
