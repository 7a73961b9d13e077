"""TikTok's and YouTube's pages of videos as they were: the data in their scripts, and their tags for others."""

import re
from collections.abc import Iterator

from archiver.records import Observation
from archiver.recover.pages.page import Page, at, iso_moment, text_at, unix_moment, whole, words_of

_HANDLE = re.compile(r"(?:https?:)?//(?:www\.)?youtube\.com/@(?P<handle>[\w.-]{1,60})/?")


def read_tiktok(page: Page) -> Iterator[Observation | None]:
    """What a page of a video on TikTok says of it: the object with its id and a description.

    It is in `SIGI_STATE`, `__NEXT_DATA__` or `__UNIVERSAL_DATA_FOR_REHYDRATION__`; the tags say it in other words.
    """
    video = page.find(lambda one: str(one.get("id")) == page.post.native_id and isinstance(one.get("desc"), str))
    if video is None:
        return
    posted_at, precision = unix_moment(at(video, "createTime"))
    author = at(video, "author")
    yield Observation(
        handle=text_at(author, "uniqueId") or (author if isinstance(author, str) and author else None),
        author_name=text_at(author, "nickname") or text_at(video, "nickname"),
        posted_at=posted_at,
        precision=precision,
        text=text_at(video, "desc"),
    )


def read_youtube(page: Page) -> Iterator[Observation | None]:
    """What a page of a video on YouTube says of it; its title are the words that are with it."""
    yield _player(page)
    yield _items(page)


def _player(page: Page) -> Observation | None:
    """The data of the player, from 2019 on."""
    answer = page.find(lambda one: text_at(one, "videoDetails", "videoId") == page.post.native_id)
    if answer is None:
        return None
    more = at(answer, "microformat", "playerMicroformatRenderer")
    posted_at, precision = iso_moment(at(more, "publishDate") or at(more, "uploadDate"))
    return Observation(
        handle=_handle(text_at(more, "ownerProfileUrl")),
        author_name=text_at(answer, "videoDetails", "author"),
        posted_at=posted_at,
        precision=precision,
        text=text_at(answer, "videoDetails", "title"),
    )


def _items(page: Page) -> Observation | None:
    """The microdata, from 2010 on."""
    if page.meta("videoId") != page.post.native_id and not page.names_post:
        return None
    link = page.soup.select_one('[itemprop="author"] link[itemprop="url"]')
    name = page.soup.select_one('[itemprop="author"] [itemprop="name"]')
    posted_at, precision = iso_moment(page.meta("datePublished") or page.meta("uploadDate"))
    title = page.meta("og:title") or (page.meta("name") if page.soup.select('meta[itemprop="name"]') else None)
    return Observation(
        handle=_handle(str(link.get("href"))) if link else None,
        author_name=(str(name.get("content") or "") or words_of(name)) if name else None,
        posted_at=posted_at,
        precision=precision,
        text=title if title != "YouTube" else None,
    )


def read_title(page: Page) -> Iterator[Observation | None]:
    """What the tags of a page of a video, a song or a picture say of it: its title are the words that are with it."""
    if page.names_post:
        yield Observation(text=whole(page.meta("og:title")))


def _handle(url: str | None) -> str | None:
    """The handle in a channel's address; None where that has its number, or an older name."""
    match = _HANDLE.fullmatch(url or "")
    return match["handle"] if match else None
