"""The pictures that a saved page has beside it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from archiver.readers.tags import find_tags, read_attributes
from archiver.records import Picture, Source

LARGEST_PICTURE = 20 * 1024 * 1024
"""Bytes."""

SIGNATURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF.{4}WEBPVP", re.DOTALL), "image/webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "image/avif"),
)
"""Raster images only, by their first bytes (https://mimesniff.spec.whatwg.org/): an SVG can hold scripts."""

PLAIN_NAME = re.compile(r"[\w.~-][\w./~-]*+")
"""A reference that is its own path: no scheme, no host, no query, nothing encoded."""

CANDIDATE = re.compile(r"(?P<url>[^\s,][^\s]*?),?(?:\s+(?P<size>\d{1,9}(?:\.\d{1,9})?)[wx]\s*)?(?:,|\s|$)")


def read_pictures(source: Source, html: str, root: Path) -> tuple[Picture, ...]:
    """The raster images which the page names by a relative URL and which lie inside `root`, in document order.

    Of an `img`, its `src` if that is one, else the largest of its `srcset` that is; `Picture.src` is the reference
    as the attribute has it, references decoded. The type is sniffed. A path that leaves `root`, by `..` or by a
    link, a file over 20 MB and one that cannot be opened are no pictures.
    """
    inside, folder = Path(os.path.realpath(root)), os.fspath(source.path.parent)
    found: dict[str, Picture | None] = {}
    for tag in find_tags(html):
        if tag.name != "img":
            continue
        for reference in _references(read_attributes(tag.source)):
            if reference not in found:
                found[reference] = _read_picture(folder, reference, inside)
            if found[reference]:
                break
    return tuple(picture for picture in found.values() if picture)


def read_image_type(data: bytes) -> str | None:
    """The media type of a raster image by its first bytes, None for anything else."""
    return next((media_type for signature, media_type in SIGNATURES if signature.match(data)), None)


def _references(attributes: dict[str, str]) -> Iterator[str]:
    if src := attributes.get("src", "").strip():
        yield src
    if srcset := attributes.get("srcset", "")[:20_000]:
        ranked = sorted(CANDIDATE.finditer(srcset), key=lambda match: float(match["size"] or 1), reverse=True)
        yield from (match["url"] for match in ranked)


def _read_picture(folder: str, reference: str, root: Path) -> Picture | None:
    path = _local_path(folder, reference)
    if path is None or not path.is_relative_to(root):
        return None
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_PICTURE:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    media_type = read_image_type(data)
    return Picture(src=reference, type=media_type, data=data) if media_type else None


def _local_path(folder: str, reference: str) -> Path | None:
    """Where a relative reference leads on disk, links followed; None for any other URL.

    Bytes that are not UTF-8 stay what they are: so the file system names them.
    """
    try:
        name = reference if PLAIN_NAME.fullmatch(reference) else _url_path(reference)
        if not name or name.startswith(("/", "\\")) or "\0" in name:
            return None
        # `os.path`, not `pathlib`: a page may name a hundred thousand pictures of which none is there.
        path = os.path.join(folder, name.rstrip("/"))  # noqa: PTH118
        return Path(os.path.realpath(path)) if os.path.exists(path) else None  # noqa: PTH110
    except (ValueError, OSError):
        return None


def _url_path(reference: str) -> str:
    """The path of a relative URL, percent-encoding undone; empty for any other."""
    parts = urlsplit(reference)
    return "" if parts.scheme or parts.netloc else unquote(parts.path, errors="surrogateescape")
