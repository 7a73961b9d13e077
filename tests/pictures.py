"""Pictures that tests make up, with whatever a picture may have in it."""

from io import BytesIO

from PIL import Image

PLACE = 0x8825
"""The tag of EXIF that says where a picture was taken (Exif 2.32 §4.6.3)."""


def picture(kind: str = "JPEG", size: tuple[int, int] = (1200, 800), *, turned: bool = False) -> bytes:
    """A sea below a sky, with the place where it was taken in its metadata; `turned` on its side, as it says itself."""
    image = Image.new("RGB", size, (120, 160, 190))
    image.paste((20, 60, 80), (0, size[1] // 2, *size))
    exif = Image.Exif()
    exif.get_ifd(PLACE)[2] = (54.0, 18.0, 7.0)
    exif[0x010E] = "Taken at the pier"
    if turned:
        exif[0x0112] = 6
    out = BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()
