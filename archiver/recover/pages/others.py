"""Pages of posts on Facebook, Bluesky, Mastodon, Reddit, Telegram and Threads as they were."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import Tag

from archiver.capture.sources import SOURCES, SourceError
from archiver.records import Observation
from archiver.recover.pages.page import Page, iso_moment, lines_of, unix_moment, whole, words_of

_NAMED = re.compile(r"(?P<name>.{1,100}?) \(@(?P<handle>[\w.@-]{1,120})\)(?: [•·on].*)?", re.DOTALL)
_ABOUT_PAGE = re.compile(
    r"\d (?:likes?|followers?|talking about this|were here)\b"
    r"|\b(?:See posts, photos|Log in|Join Facebook|on Facebook\.)"
)


def read_facebook(page: Page) -> Iterator[Observation | None]:
    """What a page of a post on Facebook says of it: what stood on it where that was one post, then the tags.

    `og:description` is cut after some hundred characters, with an ellipsis; where a post is not shown, it may be that
    of the page that posted it.
    """
    words, times = page.soup.select("div.userContent"), page.soup.select("abbr[data-utime]")
    if len(words) == 1 and page.names_post:
        posted_at, precision = unix_moment(times[0].get("data-utime")) if len(times) == 1 else (None, None)
        yield Observation(posted_at=posted_at, precision=precision, text=whole(lines_of(words[0])))
    if page.names_post and page.meta("og:type") in {"article", "video.other"}:
        text = whole(page.meta("og:description"))
        yield Observation(text=None if text and _ABOUT_PAGE.search(text) else text)


def read_bluesky(page: Page) -> Iterator[Observation | None]:
    """What a page of a post on Bluesky says of it: what it has for readers without script, then the tags.

    `og:description` has a note on pictures behind the words, in brackets.
    """
    parts = {name: page.soup.find(id=f"bsky_{name}") for name in ("post_text", "handle", "display_name")}
    time = page.soup.find(id="bsky_post_indexedat")
    posted_at, precision = iso_moment(words_of(time) if time else None)  # type: ignore[arg-type]
    if parts["handle"]:
        yield Observation(
            handle=(words_of(parts["handle"]) or "").removeprefix("@") or None,  # type: ignore[arg-type]
            author_name=words_of(parts["display_name"]),  # type: ignore[arg-type]
            posted_at=posted_at,
            precision=precision,
            text=lines_of(parts["post_text"]),  # type: ignore[arg-type]
        )
    named = _NAMED.fullmatch(page.meta("og:title") or "")
    if named and page.names_post:
        text = whole(page.meta("og:description"))
        yield Observation(
            handle=named["handle"], author_name=named["name"], text=None if text and text.endswith("]") else text
        )


def read_mastodon(page: Page) -> Iterator[Observation | None]:
    """What a page of a post on a Mastodon server says of it: what the server wrote until 2022, then the tags.

    `og:description` has what is attached before the words, in the language of the page; only English is known here.
    """
    host = urlsplit(page.post.permalink or "").hostname
    status = page.soup.select_one(".detailed-status")
    if status and (content := status.select_one(".e-content")):
        time = status.select_one("time.formatted[datetime], data.dt-published[value]")
        posted_at, precision = iso_moment(str(time.get("datetime") or time.get("value")) if time else None)
        handle = words_of(status.select_one(".display-name__account"))
        yield Observation(
            handle=_full(handle, host),
            author_name=words_of(status.select_one(".display-name__html, .p-name")),
            posted_at=posted_at,
            precision=precision,
            text=_paragraphs(content),
        )
    named = _NAMED.fullmatch(page.meta("og:title") or "")
    if named and page.names_post:
        posted_at, precision = iso_moment(page.meta("og:published_time"))
        yield Observation(
            handle=_full(page.meta("profile:username") or named["handle"], host),
            author_name=named["name"],
            posted_at=posted_at,
            precision=precision,
            text=_described(page),
        )


def _paragraphs(content: Tag) -> str | None:
    """The words of a post in paragraphs, with a line between them."""
    found = [lines_of(paragraph) for paragraph in content.find_all("p") if isinstance(paragraph, Tag)]
    return "\n\n".join(filter(None, found)) or lines_of(content)


def _full(handle: str | None, host: str | None) -> str | None:
    """A handle with its server, as this archive knows accounts of Mastodon."""
    handle = (handle or "").removeprefix("@")
    return (handle if "@" in handle else f"{handle}@{host}") if handle and host else None


def _described(page: Page) -> str | None:
    root = page.soup.find("html")
    if root is None or not str(root.get("lang") or "").startswith("en"):  # type: ignore[union-attr]
        return None
    text = whole(page.meta("og:description"))
    if text and text.startswith("Attached: "):
        text = text.partition("\n\n")[2].strip() or None
    return None if text and text.startswith("Content warning: ") else text


def read_reddit(page: Page) -> Iterator[Observation | None]:
    """What a page of a post on Reddit says of it: the element that is the post, its title counts."""
    id_ = f"t3_{page.post.native_id}"
    new = page.soup.select_one(f'shreddit-post[id="{id_}"]')
    if new:
        posted_at, precision = iso_moment(str(new.get("created-timestamp") or "").replace("+0000", "+00:00"))
        yield Observation(
            handle=str(new.get("author") or "") or None,
            posted_at=posted_at,
            precision=precision,
            text=str(new.get("post-title") or "").strip() or None,
        )
    old = page.soup.select_one(f'.thing[data-fullname="{id_}"]')
    if old:
        time = old.select_one("time[datetime]")
        posted_at, precision = iso_moment(str(time["datetime"])) if time else (None, None)
        yield Observation(
            handle=str(old.get("data-author") or "") or words_of(old.select_one(".tagline .author")),
            posted_at=posted_at,
            precision=precision,
            text=words_of(old.select_one("a.title")),
        )


def read_telegram(page: Page) -> Iterator[Observation | None]:
    """What a page of a message on Telegram says of it, where it is the page that embed code frames.

    The other page's tags are those of the channel where the message is gone, so they are not read.
    """
    try:
        yield SOURCES["telegram-page"].read(page.content, page.post)
    except SourceError:
        return


def read_threads(page: Page) -> Iterator[Observation | None]:
    """What the tags of a page of a post on Threads say of it: name and handle, and the words where they are whole."""
    named = _NAMED.fullmatch(page.meta("og:title") or "")
    if named and page.names_post:
        yield Observation(handle=named["handle"], author_name=named["name"], text=whole(page.meta("og:description")))
