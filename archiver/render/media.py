"""The media of a post on its card: files beside the page, or small pictures inside of it."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from archiver.records import MediaKind, PostMedia
from archiver.render.pictures import picture_name
from archiver.store import THUMB_TYPE

SCRIPTLESS = 150_000
"""Bytes of a picture that goes into a page itself where there is no smaller one of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Media:
    """A picture or a video of a post, as a card shows it.

    `src` is the address of what is shown, seen from the page, None where no file was kept; `href` that of the file
    itself, where that is another; `poster` that of the still of a video. `alt` are the words for those who cannot see
    it; `width` and `height` are of what is shown, in pixels, None where nobody could measure.
    """

    kind: MediaKind = "image"
    alt: str | None = None
    src: str | None = None
    href: str | None = None
    poster: str | None = None
    width: int | None = None
    height: int | None = None

    @property
    def words(self) -> str:
        """What stands for it where it cannot be seen."""
        what = "A picture" if self.kind == "image" else "A still of the video" if self.kind == "poster" else "The video"
        return self.alt or f"{what} that nobody described"


def media_beside(kept: Iterable[PostMedia], folder: str) -> tuple[Media, ...]:
    """The media of a post as files in a folder, of which `folder` is the address seen from the page, with its `/`."""

    def address(type_: str | None, digest: str | None) -> str | None:
        name = picture_name(type_, digest) if type_ and digest else None
        return f"{folder}{name}" if name else None

    return _with_stills(
        _shown(one, address(THUMB_TYPE, one.thumb_sha256), address(one.type, one.sha256)) for one in kept
    )


def media_inside(kept: Iterable[PostMedia], load: Callable[[str], tuple[str, bytes] | None]) -> tuple[Media, ...]:
    """The pictures of a post as part of the page itself, small; `load` gives the type and the bytes of a file by its
    SHA-256. A video is only its still there."""
    return _with_stills(_inside(one, load) for one in kept if one.kind != "video" or not one.sha256)


def _inside(one: PostMedia, load: Callable[[str], tuple[str, bytes] | None]) -> Media:
    is_too_large = not one.thumb_sha256 and (one.size or 0) > SCRIPTLESS
    found = None if is_too_large else load(one.thumb_sha256 or one.sha256 or "")
    if found is None:
        return Media(kind=one.kind, alt=one.alt)
    type_, data = found
    return _shown(one, f"data:{type_};base64,{base64.b64encode(data).decode()}", None)


def _shown(one: PostMedia, small: str | None, whole: str | None) -> Media:
    if small:
        sizes = (one.thumb_width or one.width, one.thumb_height or one.height)
        return Media(kind=one.kind, alt=one.alt, src=small, href=whole, width=sizes[0], height=sizes[1])
    return Media(kind=one.kind, alt=one.alt, src=whole, width=one.width, height=one.height)


def _with_stills(media: Iterable[Media]) -> tuple[Media, ...]:
    """Each video with the still before it as one: the video where it is here, else the still, else that it is not."""
    shown: list[Media] = []
    for one in media:
        still = shown.pop() if one.kind == "video" and shown and _is_still_of(shown[-1], one) else None
        if still is None:
            shown.append(one)
        elif one.src:
            shown.append(replace(one, poster=still.src, width=still.width, height=still.height))
        else:
            shown.append(still if still.src else one)
    return tuple(shown)


def _is_still_of(still: Media, video: Media) -> bool:
    return still.kind == "poster" and still.alt == video.alt
