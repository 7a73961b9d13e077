"""Restoring: a patched article back to the bytes that it was made from."""

import base64
import binascii
import re
import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.find.patched import COMMENTED
from archiver.readers.encoding import BYTE_ORDER_MARKS
from archiver.records import Replaced

_STARTS = re.compile(r"<!-- archiver:(?:embed \d|loader )")


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """An article put back as it was: of how many cards and loader scripts, and how many `damaged` comments stayed."""

    data: bytes
    cards: int = 0
    loaders: int = 0
    damaged: int = 0


def restore_article(data: bytes) -> Restored:
    """The bytes with everything put back that comments of patching hold, whatever was changed around them."""
    width, shadow = _shadow(data)
    pieces: list[bytes] = []
    position = cards = loaders = 0
    for match in COMMENTED.finditer(shadow):
        payload = match["embed"] or match["loader"]
        original = _unpacked(payload) if payload else None
        if original is None:
            continue
        following = shadow[match.end() : match.end() + int(match["break"] or 0)]
        pieces += [data[position * width : match.start() * width], original]
        position = match.end() + (0 if following.strip(" \t\r\n>") else len(following))
        cards += match["embed"] is not None
        loaders += match["loader"] is not None
    pieces.append(data[position * width :])
    damaged = len(_STARTS.findall(shadow)) - cards - loaders
    return Restored(data=b"".join(pieces), cards=cards, loaders=loaders, damaged=damaged)


def put_back(data: bytes, replaced: Iterable[Replaced]) -> bytes:
    """The patched bytes with what was replaced in them back in its place."""
    pieces: list[bytes] = []
    position = 0
    for each in replaced:
        pieces += [data[position : each.start], each.original]
        position = each.end
    return b"".join([*pieces, data[position:]])


def _unpacked(payload: str) -> bytes | None:
    try:
        return zlib.decompress(base64.b64decode(payload))
    except (binascii.Error, zlib.error):
        return None


def _shadow(data: bytes) -> tuple[int, str]:
    """How many bytes a unit of the text has, and a character for each unit: itself where it is ASCII."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "")
    if not encoding.startswith(("utf-16", "utf-32")):
        return 1, data.decode("latin-1")
    units = array("H" if "16" in encoding else "I")
    units.frombytes(data[: len(data) // units.itemsize * units.itemsize])
    if encoding.endswith("be") == (sys.byteorder == "little"):
        units.byteswap()
    return units.itemsize, "".join(chr(unit) if unit < 0x80 else "\xff" for unit in units)
