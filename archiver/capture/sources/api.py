"""Sources that answer programs with a post as data: Bluesky's AppView, and the servers of Mastodon."""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from archiver.capture.sources.base import (
    Sign,
    Source,
    SourceError,
    Told,
    check_same,
    json_reader,
    milliseconds_of,
    objects_at,
    text_at,
    utc_day_of,
    value_at,
)
from archiver.capture.sources.media import bluesky_media, mastodon_media
from archiver.find.view import page_text
from archiver.records import Observation, Post

APPVIEW = "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?depth=0&parentHeight=0&uri="

_THREAD = "https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread"
_ACCOUNTS = "https://atproto.com/specs/account"
BLUESKY_SIGNS = (
    Sign(status=400, says="NotFound", outcome="not-found", told_in=_THREAD),
    *(
        Sign(status=400, says=error, outcome="account-gone", told_in=_ACCOUNTS)
        for error in ("AccountTakedown", "AccountDeactivated", "RepoTakendown", "RepoSuspended", "RepoDeactivated")
    ),
)

_STATUSES = "https://docs.joinmastodon.org/methods/statuses/"
MASTODON_SIGNS = (
    # “Status is private or does not exist”; who may see one cannot be changed, so that one that was embedded is gone.
    Sign(status=404, says="Record not found", outcome="not-found", told_in=_STATUSES),
    # Of a server that is none of Mastodon's, or none any more.
    Sign(status=404, outcome="unclear", told_in=_STATUSES),
    # “Instance is in authorized-fetch mode”
    Sign(status=401, outcome="login-wall", told_in=_STATUSES),
)


def api_sources() -> Iterator[Source]:
    """Bluesky's and Mastodon's."""
    yield Source(
        name="bluesky",
        url=_bluesky_url,
        read=json_reader(_read_bluesky),
        signs=BLUESKY_SIGNS,
        limit="public.api.bsky.app",
    )
    yield Source(
        name="mastodon", url=_mastodon_url, read=json_reader(_read_mastodon), signs=MASTODON_SIGNS, limit="mastodon"
    )


# Bluesky: docs.bsky.app, app.bsky.feed.getPostThread


def _bluesky_url(post: Post) -> str | None:
    parts = urlsplit(post.permalink or "").path.split("/")
    if len(parts) < 3 or parts[1] != "profile":
        return None
    return APPVIEW + quote(f"at://{parts[2]}/app.bsky.feed.post/{post.native_id}", safe="")


def _read_bluesky(told: Told, post: Post) -> Observation:
    thread = value_at(told, "thread")
    if value_at(thread, "notFound") is True:
        raise SourceError("the post is not there", "not-found")
    found = value_at(thread, "post")
    check_same((text_at(found, "uri") or "").rpartition("/")[2], post)
    if any(value_at(label, "val") == "!no-unauthenticated" for label in objects_at(found, "author", "labels")):
        raise SourceError("its author shows it only to who is logged in", "withheld")
    # What the author's program says of the time, which the platform passes on, may be anything; `indexedAt` is its own.
    at = milliseconds_of(text_at(found, "indexedAt"))
    languages = value_at(found, "record", "langs")
    did = text_at(found, "author", "did")
    return Observation(
        permalink=f"https://bsky.app/profile/{did}/post/{post.native_id}" if did else None,
        handle=text_at(found, "author", "handle"),
        author_name=text_at(found, "author", "displayName"),
        author_since=utc_day_of(text_at(found, "author", "createdAt")),
        posted_at=at,
        precision="millisecond" if at else None,
        text=text_at(found, "record", "text"),
        language=languages[0] if isinstance(languages, list) and len(languages) == 1 else None,
        media=tuple(bluesky_media(value_at(found, "embed"))),
    )


# Mastodon: docs.joinmastodon.org/entities/Status


def _mastodon_url(post: Post) -> str | None:
    host = urlsplit(post.permalink or "").netloc
    return f"https://{host}/api/v1/statuses/{post.native_id}" if host else None


def _read_mastodon(told: Told, post: Post) -> Observation:
    check_same(text_at(told, "id"), post)
    at = milliseconds_of(text_at(told, "created_at"))
    account, host = text_at(told, "account", "acct"), urlsplit(post.permalink or "").hostname
    paragraphs = (page_text(html).strip() for html in (text_at(told, "content") or "").split("</p>"))
    content = "\n\n".join(filter(None, (text_at(told, "spoiler_text"), *paragraphs)))
    return Observation(
        handle=account if account is None or "@" in account else f"{account}@{host}",
        author_name=text_at(told, "account", "display_name"),
        author_since=utc_day_of(text_at(told, "account", "created_at")),
        posted_at=at,
        precision="millisecond" if at else None,
        edited_at=milliseconds_of(text_at(told, "edited_at")),
        text=content or None,
        language=text_at(told, "language"),
        media=tuple(mastodon_media(told)),
    )
