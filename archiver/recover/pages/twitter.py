"""X's pages of posts as they were: written by the server until 2020, with data for others since, and bare JSON."""

import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bs4 import Tag

from archiver.records import Observation, Precision
from archiver.recover.pages.page import Page, at, iso_moment, lines_of, text_at, unix_moment, whole, words_of
from archiver.times import iso

_QUOTED = re.compile(r"[“\"](?P<text>.*)[”\"]", re.DOTALL)
_TITLE = re.compile(r"(?P<name>.{1,60}) on (?:Twitter|X)(?:: .*)?", re.DOTALL)
_CREATED = "%a %b %d %H:%M:%S %z %Y"
"""`Fri Oct 02 11:16:31 +0000 2020`, as the first programming interface wrote times."""


def read_twitter(page: Page) -> Iterator[Observation | None]:
    """What a page of a post on X says of it, from the most certain on."""
    yield _json(page)
    yield _server_rendered(page)
    yield _mobile(page)
    yield _first_pages(page)
    yield _tags(page)


def _server_rendered(page: Page) -> Observation | None:
    """2012 to 2020: the post is the element with its id that a permalink page makes large."""
    id_ = page.post.native_id
    tweet = page.soup.select_one(f'.permalink-tweet[data-tweet-id="{id_}"], .permalink-tweet[data-item-id="{id_}"]')
    if tweet is None:
        return None
    words = tweet.select_one(".js-tweet-text, .tweet-text")
    time = tweet.select_one("._timestamp[data-time], [data-time]")
    posted_at, precision = unix_moment(time.get("data-time")) if time else (None, None)
    return Observation(
        handle=str(tweet.get("data-screen-name") or "") or None,
        author_name=str(tweet.get("data-name") or "") or words_of(tweet.select_one(".fullname")),
        posted_at=posted_at,
        precision=precision,
        text=_words(words),
        language=_language(words),
    )


def _mobile(page: Page) -> Observation | None:
    """The mobile pages of 2012 to 2020, which worked without script."""
    words = page.soup.select_one(f'.main-tweet .tweet-text[data-id="{page.post.native_id}"]')
    tweet = words.find_parent(class_="main-tweet") if words else None
    if words is None or tweet is None:
        return None
    handle = words_of(tweet.select_one(".username"))
    return Observation(
        handle=handle.removeprefix("@").strip() if handle else None,
        author_name=words_of(tweet.select_one(".fullname")),
        text=_words(words),
    )


def _first_pages(page: Page) -> Observation | None:
    """2007 to 2011: one entry on the page, and its time in the link to the post."""
    entry = page.soup.select_one("#permalink .entry-content, .hentry.status .entry-content")
    if entry is None or not page.soup.select_one(f'a.entry-date[href$="/{page.post.native_id}"], #permalink'):
        return None
    if len(page.soup.select(".entry-content")) != 1:
        return None
    return Observation(
        handle=words_of(page.soup.select_one(".screen-name")),
        author_name=words_of(page.soup.select_one(".full-name")),
        text=lines_of(entry),
    )


def _words(tag: Tag | None) -> str | None:
    """The words of a post, with its addresses in full where the page has them."""
    if tag is None:
        return None
    for link in tag.select("a[data-expanded-url]"):
        link.string = str(link["data-expanded-url"])
    for link in tag.select("a.u-hidden"):
        link.insert_before(" ")
    return lines_of(tag)


def _language(tag: Tag | None) -> str | None:
    language = str(tag.get("lang") or "") if tag else ""
    return language if language not in {"", "und"} else None


def _tags(page: Page) -> Observation | None:
    """The tags for others: the whole post in quotation marks as `og:description`, until 2023."""
    title = _TITLE.fullmatch(page.meta("og:title") or "")
    if title is None or not page.names_post:
        return None
    quoted = _QUOTED.fullmatch(page.meta("og:description") or "")
    return Observation(author_name=title["name"], text=whole(quoted["text"].strip()) if quoted else None)


def _json(page: Page) -> Observation | None:
    """An answer of a programming interface that an archive kept in place of the page: both versions of it."""
    if page.content.lstrip()[:1] != b"{":
        return None
    try:
        told = json.loads(page.content)
    except (ValueError, RecursionError):
        return None
    if text_at(told, "data", "id") == page.post.native_id:
        return _second_version(told)
    return _first_version(told) if text_at(told, "id_str") == page.post.native_id else None


def _second_version(told: Any) -> Observation:
    users = at(told, "includes", "users")
    author = text_at(told, "data", "author_id")
    user = next((one for one in users or () if text_at(one, "id") == author), None) if isinstance(users, list) else None
    posted_at, precision = iso_moment(at(told, "data", "created_at"))
    return Observation(
        handle=text_at(user, "username"),
        author_name=text_at(user, "name"),
        posted_at=posted_at,
        precision=precision,
        text=_unescaped(text_at(told, "data", "text")),
        language=text_at(told, "data", "lang"),
    )


def _first_version(told: Any) -> Observation:
    posted_at, precision = _created(text_at(told, "created_at"))
    text = text_at(told, "extended_tweet", "full_text") or text_at(told, "full_text")
    return Observation(
        handle=text_at(told, "user", "screen_name"),
        author_name=text_at(told, "user", "name"),
        posted_at=posted_at,
        precision=precision,
        text=_unescaped(text or (None if at(told, "truncated") else text_at(told, "text"))),
        language=text_at(told, "lang"),
    )


def _unescaped(text: str | None) -> str | None:
    """A text without the entities for `&`, `<` and `>` that both versions have in it."""
    return html.unescape(text) if text else None


def _created(text: str | None) -> tuple[str | None, Precision | None]:
    try:
        return iso(datetime.strptime(text or "", _CREATED), "second"), "second"
    except ValueError:
        return None, None
