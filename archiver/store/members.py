"""The files kept inside the archive: sources of articles and their pictures, in SQLite's archive format.

`sqlite3 archive.db -A -t` lists them and `-A -x` unpacks them (https://www.sqlite.org/sqlar.html).
"""

import hashlib
import zlib

from archiver.records import Article, Picture
from archiver.store.rows import Row, article_id, storable_name

FILE_MODE = 0o100644
"""A regular file that its owner may write and everyone may read."""


def source_member(article: Article) -> Row:
    """The row of `sqlar` for the bytes of an article, named as the article."""
    return member(article_id(article), article.mtime, article.data)


def picture_member(article: Article, picture: Picture) -> Row:
    """The row of `sqlar` for a picture, named `ARTICLE.files/SRC`."""
    return member(f"{article_id(article)}.files/{_member_path(picture)}", article.mtime, picture.data)


def picture_row(article: Article, picture: Picture) -> Row:
    """The row of `pictures` that says which `src` of which article a member is."""
    owner, src = article_id(article), storable_name(picture.src)
    member = f"{owner}.files/{_member_path(picture)}"
    return (f"{owner}.files/{src}", owner, src, picture.type, _sha256(picture.data), member)


def unpack(size: int, data: bytes) -> bytes:
    """The bytes of a member: what is shorter than its size is deflated.

    Raises zlib.error where it does not come to that size, without unpacking more.
    """
    if len(data) == size:
        return data
    inflating = zlib.decompressobj()
    unpacked = inflating.decompress(data, size + 1)
    if not inflating.eof or len(unpacked) != size:
        raise zlib.error("not of the size that is told")
    return unpacked


def is_intact(size: int, data: bytes, sha256: str) -> bool:
    """Whether a member unpacks to so many bytes with that SHA-256; no more than that is ever unpacked."""
    try:
        unpacked = data if len(data) == size else zlib.decompressobj().decompress(data, size + 1)
    except zlib.error:
        return False
    return len(unpacked) == size and _sha256(unpacked) == sha256


def has_size(size: int, data: bytes) -> bool:
    """Whether a member unpacks to so many bytes."""
    try:
        unpack(size, data)
    except zlib.error:
        return False
    return True


def member(name: str, mtime: int, data: bytes) -> Row:
    """The row of `sqlar` for a file of that name, last changed at `mtime` (seconds since 1970)."""
    packed = zlib.compress(data)
    return (name, FILE_MODE, mtime, len(data), packed if len(packed) < len(data) else data)


def _member_path(picture: Picture) -> str:
    """The `src` as a path that stays inside the folder it is unpacked in; one that had to change gets a hash."""
    src = storable_name(picture.src)
    path = "/".join(part for part in src.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return path if path == src else f"{_sha256(src.encode() + picture.data)[:16]}/{path or 'picture'}"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
