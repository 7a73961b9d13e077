"""Images: what bytes are by what they hold, how large, and a small picture of them, by Pillow where it is installed.

The only module that imports Pillow, and only when it is needed.
"""

import struct
import warnings
import zlib
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any

from archiver.readers.pictures import read_image_type

MOST_PIXELS = 60_000_000
"""Of a picture that is decoded: what the largest cameras of phones make (50 megapixels), and 240 MB in memory. Pillow
warns from 89 million on, which is where three bytes a pixel make 256 MB (PIL.Image.MAX_IMAGE_PIXELS)."""

THUMB_BOX = (640, 640)
"""Pixels: as wide as a card, whose text has 38 em, on a screen of one pixel for one."""

THUMB_QUALITY = 80
"""Pillow's own choice; a photograph of 640 pixels has 40 kB then."""

FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp", "AVIF": "image/avif"}
"""Pillow's decoders that are let at the bytes, and no other: those of the types that a page can show."""


DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, RuntimeError, struct.error, zlib.error)
"""What Pillow raises of bytes that are no picture: SyntaxError of a PNG, RuntimeError of an AVIF."""


_decoding = Lock()
"""One picture at a time, whatever the number of hosts: memory is that of one."""


class ImageError(ValueError):
    """Bytes that are no picture that can be shown: of another type, damaged, or too large to be decoded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What a picture is: its type, its pixels as shown, and a smaller one of it; only the type without Pillow."""

    type: str
    width: int | None = None
    height: int | None = None
    thumb: bytes | None = field(default=None, repr=False)
    thumb_width: int | None = None
    thumb_height: int | None = None


def look_at(data: bytes) -> Looked:
    """What the bytes of a picture show, whatever they were said to be. Raises ImageError.

    It is decoded whole, so that what is kept can be shown. The small picture has nothing of the metadata: no place,
    no time, no camera (EXIF, XMP, IPTC); of an animation it is the first frame.
    """
    type_ = read_image_type(data)
    if type_ is None:
        raise ImageError("it is no picture in PNG, JPEG, GIF, WebP or AVIF")
    if not can_decode():
        return Looked(type=type_)
    pillow = _pillow()
    try:
        with _decoding, pillow.Image.open(BytesIO(data), formats=list(FORMATS)) as image:
            _check(image, type_)
            return _decoded(image, type_, pillow.ImageOps)
    except (pillow.Image.DecompressionBombError, pillow.Image.DecompressionBombWarning) as error:
        raise ImageError(f"it has more than {MOST_PIXELS:,} pixels") from error
    except ImageError:
        raise
    except DAMAGED as error:
        raise ImageError("it is damaged: it cannot be decoded") from error


def _check(image: Any, type_: str) -> None:
    if FORMATS[image.format] != type_:
        raise ImageError("it begins as one type and is another")
    if image.width * image.height > MOST_PIXELS:
        raise ImageError(f"it has more than {MOST_PIXELS:,} pixels")


def _decoded(image: Any, type_: str, operations: Any) -> Looked:
    image.load()
    upright = operations.exif_transpose(image)
    small = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    small.thumbnail(THUMB_BOX)
    out = BytesIO()
    small.save(out, "WEBP", quality=THUMB_QUALITY, exif=b"", xmp=b"", icc_profile=b"")
    return Looked(
        type=type_,
        width=upright.width,
        height=upright.height,
        thumb=out.getvalue(),
        thumb_width=small.width,
        thumb_height=small.height,
    )


def can_decode() -> bool:
    """Whether Pillow is installed; without it pictures are kept as they came, unmeasured and without a small one."""
    return _pillow() is not None


@cache
def _pillow() -> Any:
    try:
        import PIL.Image
        import PIL.ImageOps
    except ImportError:
        return None
    PIL.Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.filterwarnings("ignore", category=UserWarning, module="PIL")  # of metadata that nobody reads
    warnings.filterwarnings("error", category=PIL.Image.DecompressionBombWarning)
    return PIL
