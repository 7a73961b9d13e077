"""The pictures of an article and the media of posts in the site: files in `media/`, named by their content."""

import re
from collections.abc import Iterable
from hashlib import sha256

from archiver.records import Picture
from archiver.store import EXTENSIONS

PICTURE_FILE = re.compile(rf"[0-9a-f]{{64}}\.(?:{'|'.join(EXTENSIONS.values())})")
"""A name that nobody else's file has. Of these types are what a browser shows and what cannot run anything; an SVG
opened by itself can."""


def picture_name(media_type: str, digest: str) -> str | None:
    """The file name of a picture, `<sha256>.<ext>`; None for a type that the site does not show."""
    extension = EXTENSIONS.get(media_type)
    return f"{digest}.{extension}" if extension else None


def picture_paths(pictures: Iterable[Picture]) -> dict[str, str]:
    """From each `src` as the page writes it to the picture's path seen from an article page, `../media/…`."""
    named = ((picture.src, picture_name(picture.type, sha256(picture.data).hexdigest())) for picture in pictures)
    return {src: f"../media/{name}" for src, name in named if name}
