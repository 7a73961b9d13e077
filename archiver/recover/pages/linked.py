"""JSON-LD: the post among the things that a page describes for search engines (schema.org)."""

from collections.abc import Iterator
from typing import Any

from archiver.records import Observation
from archiver.recover.pages.page import Page, is_of, iso_moment, objects, text_at, whole

KINDS = frozenset(
    {"SocialMediaPosting", "DiscussionForumPosting", "BlogPosting", "VideoObject", "ImageObject", "Photograph"}
)
"""Types that a post has: X, Facebook, Tumblr and forums; videos; Instagram's pictures of 2018 to 2020."""

TITLED = frozenset({"youtube", "vimeo", "dailymotion"})
"""Platforms of whose videos the title are the words; the `name` of others is made up (“Ada on TikTok”)."""

_WORDS, _TITLES = ("articleBody", "text", "caption"), ("name",)
_ADDRESSES = ("url", "@id", "mainEntityOfPage", "mainEntityofPage", "contentUrl", "embedUrl")


def read_linked(page: Page) -> Observation | None:
    """What the JSON-LD of a page says of its post; None where nothing in it is named as that.

    A thing that names no address is the post where it is the only one of its kinds, and the page is of the post.
    """
    things = [one for one in objects(page.linked) if KINDS & set(_kinds(one))]
    named = [one for one in things if any(is_of(url, page.post) for url in _addresses(one))]
    if not named and page.names_post:
        named = [one for one in things if not any(_addresses(one))] if len(things) == 1 else []
    return _observation(page, named[0]) if named else None


def _kinds(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _addresses(thing: dict[str, Any]) -> Iterator[str]:
    for name in _ADDRESSES:
        value = thing.get(name)
        url = text_at(value, "@id") if isinstance(value, dict) else value
        if isinstance(url, str) and "/" in url:
            yield url


def _observation(page: Page, thing: dict[str, Any]) -> Observation:
    author = thing.get("author") or thing.get("creator")
    author = author[0] if isinstance(author, list) and author else author
    handle = text_at(author, "additionalName") or text_at(author, "alternateName")
    posted_at, precision = iso_moment(thing.get("dateCreated") or thing.get("datePublished") or thing.get("uploadDate"))
    words = _TITLES if page.post.platform in TITLED else _WORDS
    return Observation(
        handle=handle.removeprefix("@") if handle and " " not in handle else None,
        author_name=text_at(author, "givenName") or text_at(author, "name"),
        posted_at=posted_at,
        precision=precision,
        text=next((text for name in words if (text := whole(text_at(thing, name)))), None),
        language=text_at(thing, "inLanguage"),
    )
