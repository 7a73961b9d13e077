"""Media: the pictures and videos that an answer of a platform names, read from what each documents of its answers."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from archiver.capture.sources.base import objects_at, text_at, value_at
from archiver.records import MediaLink

_BACKGROUND = re.compile(r"""background-image:\s*url\(["']?(https://[^"')\s]+)""")


def bluesky_media(embed: Any) -> Iterator[MediaLink]:
    """The pictures of a post, or the still of its video, which is streamed in parts; also beside a quoted post
    (app.bsky.embed.images#view, .video#view, .recordWithMedia#view). The picture of a linked page is none of them."""
    shown = value_at(embed, "media") or embed
    for image in objects_at(shown, "images"):
        if url := text_at(image, "fullsize") or text_at(image, "thumb"):
            yield MediaLink(url=url, kind="image", alt=text_at(image, "alt"))
    if value_at(shown, "playlist") and (url := text_at(shown, "thumbnail")):
        yield MediaLink(url=url, kind="poster", alt=text_at(shown, "alt"))


def mastodon_media(status: Any) -> Iterator[MediaLink]:
    """What is attached to a post (docs.joinmastodon.org/entities/MediaAttachment); a recording has nothing to show."""
    for one in objects_at(status, "media_attachments"):
        kind, alt, url = text_at(one, "type"), text_at(one, "description"), text_at(one, "url")
        if kind == "image" and url:
            yield MediaLink(url=url, kind="image", alt=alt)
        elif kind in {"video", "gifv"}:
            if still := text_at(one, "preview_url"):
                yield MediaLink(url=still, kind="poster", alt=alt)
            if url:
                yield MediaLink(url=url, kind="video", alt=alt)


def syndication_media(told: Any) -> Iterator[MediaLink]:
    """The pictures of a post on X, or the stills of its videos and their best files, as react-tweet reads them."""
    for one in objects_at(told, "mediaDetails"):
        kind, url, alt = text_at(one, "type"), text_at(one, "media_url_https"), text_at(one, "ext_alt_text")
        if url:
            yield MediaLink(url=url, kind="image" if kind == "photo" else "poster", alt=alt)
        if best := max(
            filter(_bitrate, objects_at(value_at(one, "video_info"), "variants")), key=_bitrate, default=None
        ):
            yield MediaLink(url=text_at(best, "url") or "", kind="video", alt=alt)


def _bitrate(file: Any) -> int:
    """How good a file of a video is; 0 where it is none to be kept, as a list of parts is."""
    rate = value_at(file, "bitrate")
    return (
        rate if isinstance(rate, int) and text_at(file, "content_type") == "video/mp4" and text_at(file, "url") else 0
    )


def oembed_media(told: Any) -> Iterator[MediaLink]:
    """The picture that an answer of the type `photo` is about, or the thumbnail of another (oembed.com §2.3.4)."""
    if text_at(told, "type") == "photo" and (url := text_at(told, "url")):
        yield MediaLink(url=url, kind="image")
    elif url := text_at(told, "thumbnail_url"):
        yield MediaLink(url=url, kind="poster")


def telegram_media(message: Tag) -> Iterator[MediaLink]:
    """The pictures of a message and the stills of its videos, which are the backgrounds of elements."""
    for element in message.select(".tgme_widget_message_photo_wrap, .tgme_widget_message_video_thumb"):
        if found := _BACKGROUND.search(str(element.get("style") or "")):
            is_still = "tgme_widget_message_video_thumb" in (element.get("class") or ())
            yield MediaLink(url=found[1], kind="poster" if is_still else "image")
