"""Sources that answer people with a page: the one that Telegram's embed code frames."""

from collections.abc import Iterator

from bs4 import BeautifulSoup

from archiver.capture.sources.base import Source, SourceError
from archiver.capture.sources.media import telegram_media
from archiver.find.view import page_text
from archiver.records import Observation, Post
from archiver.times import read_datetime

NO_MESSAGE = ".tgme_widget_message_error"
"""What Telegram's page has where the message is not there (core.telegram.org/widgets/post)."""


def page_sources() -> Iterator[Source]:
    """Telegram's."""
    yield Source(name="telegram-page", url=_telegram_url, read=_read_telegram, types=("text/html",), is_page=True)


def _telegram_url(post: Post) -> str | None:
    return f"{post.permalink}?embed=1" if (post.permalink or "").startswith("https://t.me/") else None


def _read_telegram(content: bytes, post: Post) -> Observation:
    page = BeautifulSoup(content, "html.parser", from_encoding="utf-8")
    message = page.select_one("[data-post]")
    if message is None:
        raise SourceError("the page has no message on it", "not-found" if page.select(NO_MESSAGE) else "unreadable")
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
