"""Pages: what the saved page of a post says of it, in whatever shape its platform wrote pages then.

Pure functions from bytes. Nothing is guessed: a description that is cut is no text, and a page that says no more than
the platform's name, or asks to log in, is none of a post.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from archiver.capture.sources import SourceError
from archiver.platforms import BY_NAME
from archiver.records import Observation, Post
from archiver.recover.pages.instagram import read_instagram
from archiver.recover.pages.linked import read_linked
from archiver.recover.pages.others import (
    read_bluesky,
    read_facebook,
    read_mastodon,
    read_reddit,
    read_telegram,
    read_threads,
)
from archiver.recover.pages.page import Page, combined, is_of
from archiver.recover.pages.twitter import read_twitter
from archiver.recover.pages.videos import read_tiktok, read_title, read_youtube
from archiver.recover.pages.walls import is_wall, is_wall_address, wants_password
from archiver.urls import resolve

__all__ = ["is_of", "is_wall_address", "read_page"]

READERS: Mapping[str, Callable[[Page], Iterator[Observation | None]]] = {
    "twitter": read_twitter,
    "instagram": read_instagram,
    "tiktok": read_tiktok,
    "youtube": read_youtube,
    "facebook": read_facebook,
    "bluesky": read_bluesky,
    "mastodon": read_mastodon,
    "reddit": read_reddit,
    "telegram": read_telegram,
    "threads": read_threads,
    **dict.fromkeys(("vimeo", "dailymotion", "soundcloud", "spotify", "flickr"), read_title),
}
"""Readers of platforms' own pages; of all pages the JSON-LD is read."""

LONGEST_NAME = 200
"""Characters; Facebook's names of pages, the longest, have at most 75."""

_HANDLE = re.compile(r"[\w.@-]{1,120}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")  # BCP 47


def read_page(content: bytes, charset: str | None, post: Post) -> Observation:
    """What a page says of the post, whose id must stand in it, letter case included.

    `charset` is what the page's Content-Type says. Raises SourceError with why it says nothing: `login-wall`,
    `another-post` or `unreadable`.
    """
    page = Page(content, charset, post)
    if is_wall(page):
        raise SourceError(f"it is “{page.title[:60]}”, not the post", "login-wall")
    if not _has_id(page):
        raise SourceError("the post’s id is not in it", "another-post")
    found = _checked(combined(_readings(page)), post)
    if found.text or found.handle or found.author_name:
        return found
    if wants_password(page):
        raise SourceError("it asks to log in", "login-wall")
    raise SourceError("it says nothing of the post in a form that is known", "unreadable")


def _checked(found: Observation, post: Post) -> Observation:
    """What was read without what cannot be: a handle that is none of the platform's, a name of a page's length, a
    language that is no tag."""
    handle = BY_NAME[post.platform].handle or _HANDLE
    return replace(
        found,
        handle=found.handle if found.handle and handle.fullmatch(found.handle) else None,
        author_name=found.author_name if len(found.author_name or "") <= LONGEST_NAME else None,
        language=found.language if _LANGUAGE.fullmatch(found.language or "") else None,
    )


def _readings(page: Page) -> Iterator[Observation | None]:
    if reader := READERS.get(page.post.platform):
        yield from reader(page)
    yield read_linked(page)
    yield _addressed(page)


def _addressed(page: Page) -> Observation | None:
    """The post's address as the page has it."""
    for url in (page.meta("og:url"), *(str(link.get("href")) for link in page.soup.find_all("link", rel="canonical"))):
        if url and is_of(url, page.post) and (found := resolve(url)):
            return Observation(permalink=found.permalink)
    return None


def _has_id(page: Page) -> bool:
    """Whether the bytes hold the post's id; of Telegram's, a channel of any case and a number, the number."""
    id_ = (page.post.native_id or "").rpartition("/")[2]
    return bool(id_) and id_.encode() in page.content
