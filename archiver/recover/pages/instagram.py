"""Instagram's pages of posts as they were: the data in their scripts, and their tags for others."""

import re
from collections.abc import Iterator
from typing import Any

from archiver.records import Observation
from archiver.recover.pages.page import Page, lines_of, text_at, unix_moment, whole, words_of

_HANDLE = r"[A-Za-z0-9._]{1,30}"
_TITLE = re.compile(
    r"(?P<name>.{1,80}?) on Instagram: [“\"](?P<text>.*)[”\"]|"
    rf"(?:(?P<other>.{{1,80}}?) )?\(?@(?P<handle>{_HANDLE})\)? • Instagram (?:photos?|videos?|reel).*",
    re.DOTALL,
)
_DESCRIPTION = re.compile(
    rf"(?:[\d.,KMkm]{{1,12}} [Ll]ikes?, [\d.,KMkm]{{1,12}} [Cc]omments? - )?(?:(?P<name>.{{1,80}}?) )?"
    rf"\(?@?(?P<handle>{_HANDLE})\)? on (?:Instagram|[A-Z][a-z]+ \d{{1,2}}, \d{{4}}): [“\"](?P<text>.*)[”\"]\.?\s*",
    re.DOTALL,
)
_BY = re.compile(
    rf"Instagram (?:photo|video|post) by (?:(?P<name>.{{1,80}}?) \(@(?P<handle>{_HANDLE})\)|@?(?P<bare>{_HANDLE}))"
    r"(?: •.*)?"
)


def read_instagram(page: Page) -> Iterator[Observation | None]:
    """What a page of a post on Instagram says of it, from the most certain on."""
    yield _data(page)
    yield _embed(page)
    yield _tags(page)


def _data(page: Page) -> Observation | None:
    """The object of the post: with `shortcode` from 2017 on, with `code` before and after."""
    media = page.find(
        lambda one: (
            page.post.native_id in (one.get("shortcode"), one.get("code"))
            and (isinstance(one.get("owner"), dict) or isinstance(one.get("user"), dict))
        )
    )
    if media is None:
        return None
    owner: dict[str, Any] = media.get("owner") or media.get("user") or {}
    posted_at, precision = unix_moment(media.get("taken_at_timestamp") or media.get("taken_at") or media.get("date"))
    return Observation(
        handle=text_at(owner, "username"),
        author_name=text_at(owner, "full_name"),
        posted_at=posted_at,
        precision=precision,
        text=text_at(media, "edge_media_to_caption", "edges", 0, "node", "text")
        or text_at(media, "caption", "text")
        or text_at(media, "caption"),
    )


def _embed(page: Page) -> Observation | None:
    """The page that embed code frames (`/embed/captioned/`): the caption behind the name of the account."""
    caption = page.soup.select_one(".Caption")
    link = page.soup.select_one('.Embed a[href*="/p/"], .EmbeddedMedia[href], a.WatchOnInstagram, a[href*="/p/"]')
    if caption is None or link is None or f"/{page.post.native_id}/" not in str(link.get("href") or ""):
        return None
    name = caption.select_one(".CaptionUsername")
    handle = words_of(name)
    for part in caption.select(".CaptionUsername, .CaptionComments"):
        part.extract()
    return Observation(handle=handle, text=lines_of(caption))


def _tags(page: Page) -> Observation | None:
    """The tags for others. The caption counts only between its quotation marks, and where it is not cut."""
    if not page.names_post:
        return None
    title = _TITLE.fullmatch(page.meta("og:title") or "")
    told = _DESCRIPTION.fullmatch(page.meta("og:description") or page.meta("description") or "")
    by = _BY.fullmatch(page.meta("og:title") or page.title)
    if not (title or told or by):
        return None
    names = [
        match[group] for match, group in ((told, "name"), (title, "name"), (title, "other"), (by, "name")) if match
    ]
    handles = [
        match[group] for match, group in ((told, "handle"), (title, "handle"), (by, "handle"), (by, "bare")) if match
    ]
    texts = [whole((match["text"] or "").strip()) for match in (title, told) if match]
    return Observation(
        handle=next(filter(None, handles), None),
        author_name=next(filter(None, names), None),
        text=next(filter(None, texts), None),
    )
