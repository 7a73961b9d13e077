"""Named: the pictures and videos that an answer of a platform names, read from what each documents of its answers."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from archiver.records import MediaLink

_BACKGROUND = re.compile(r"""background-image:\s*url\(["']?(https://[^"')\s]+)""")


def bluesky_media(embed: Any) -> Iterator[MediaLink]:
    """The pictures of a post, or the still of its video, which is streamed in parts; also beside a quoted post
    (app.bsky.embed.images#view, .video#view, .recordWithMedia#view). The picture of a linked page is none of them."""
    shown = _at(embed, "media") or embed
    for image in _objects(shown, "images"):
        if url := _text(image, "fullsize") or _text(image, "thumb"):
            yield MediaLink(url=url, kind="image", alt=_text(image, "alt"))
    if _at(shown, "playlist") and (url := _text(shown, "thumbnail")):
        yield MediaLink(url=url, kind="poster", alt=_text(shown, "alt"))


def mastodon_media(status: Any) -> Iterator[MediaLink]:
    """What is attached to a post (docs.joinmastodon.org/entities/MediaAttachment); a recording has nothing to show."""
    for one in _objects(status, "media_attachments"):
        kind, alt, url = _text(one, "type"), _text(one, "description"), _text(one, "url")
        if kind == "image" and url:
            yield MediaLink(url=url, kind="image", alt=alt)
        elif kind in {"video", "gifv"}:
            if still := _text(one, "preview_url"):
                yield MediaLink(url=still, kind="poster", alt=alt)
            if url:
                yield MediaLink(url=url, kind="video", alt=alt)


def oembed_media(told: Any) -> Iterator[MediaLink]:
    """The picture that an answer of the type `photo` is about, or the thumbnail of another (oembed.com §2.3.4)."""
    if _text(told, "type") == "photo" and (url := _text(told, "url")):
        yield MediaLink(url=url, kind="image")
    elif url := _text(told, "thumbnail_url"):
        yield MediaLink(url=url, kind="poster")


def telegram_media(message: Tag) -> Iterator[MediaLink]:
    """The pictures of a message and the stills of its videos, which are the backgrounds of elements."""
    for element in message.select(".tgme_widget_message_photo_wrap, .tgme_widget_message_video_thumb"):
        if found := _BACKGROUND.search(str(element.get("style") or "")):
            is_still = "tgme_widget_message_video_thumb" in (element.get("class") or ())
            yield MediaLink(url=found[1], kind="poster" if is_still else "image")


def _at(told: Any, name: str) -> Any:
    return told.get(name) if isinstance(told, dict) else None


def _text(told: Any, name: str) -> str | None:
    value = _at(told, name)
    return (value.strip() or None) if isinstance(value, str) else None


def _objects(told: Any, name: str) -> list[Any]:
    value = _at(told, name)
    return value if isinstance(value, list) else []
