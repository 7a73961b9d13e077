"""Media in the archive: the files of posts, once each by their digests, in `sqlar` or in a folder beside it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from shutil import copyfile

from sqlite_utils import Database

from archiver.errors import ArchiveError, DamagedFileError
from archiver.records import PostMedia
from archiver.store.database import archive_path
from archiver.store.members import member, unpack
from archiver.store.rows import columns_of, insert_sql, record_row, records_of
from archiver.writing import named_errors, replacing

LARGEST_MEMBER = 5_000_000
"""Bytes of a file in `sqlar`: SQLite reads a row whole, and a larger one is better beside the archive."""

UNFINISHED = ("left", "rate-limited", "server-error", "timeout", "unreachable", "disconnected")
"""Outcomes of a file that another run may change."""

EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "video/webm": "webm",
}
"""The types that are kept, and how the names of their files end."""

THUMB_TYPE = "image/webp"

CHUNK = 500
"""Posts whose media are loaded at once: a few rows each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptMedia:
    """A file as it comes: what is told of it, its bytes if they are kept, and those of a smaller picture if any."""

    told: PostMedia
    data: bytes | None = field(default=None, repr=False)
    thumb: bytes | None = field(default=None, repr=False)


_SAVE = insert_sql("media", columns_of(PostMedia))
_SAVE_MEMBER = "INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_OF_POSTS = (
    "SELECT captures.fetched_at, "  # noqa: S608  names of our schema
    + ", ".join(f"media.{name}" for name in columns_of(PostMedia))
    + " FROM media JOIN captures ON captures.id = media.capture_id "
    "WHERE media.post_id IN (SELECT value FROM json_each(?)) ORDER BY media.post_id, media.capture_id, ordinal"
)
_BY_DIGEST = f"""
    SELECT type, name, file FROM media WHERE sha256 = ?1
    UNION ALL SELECT '{THUMB_TYPE}', thumb, NULL FROM media WHERE thumb_sha256 = ?1 LIMIT 1"""  # noqa: S608

_LARGE = "SELECT DISTINCT file, size, sha256 FROM media WHERE file IS NOT NULL ORDER BY 1, 2, 3"


def media_folder(archive: Path) -> Path:
    """The folder beside an archive that its larger media are in.

    >>> media_folder(Path("press/archive.db")).name
    'archive-media'
    """
    return archive.with_name(f"{archive.stem}-media")


def insert_media(db: Database, media: Iterable[KeptMedia], fetched: Mapping[str, str]) -> None:
    """Add what answers name, with the files that are not there yet. Must run inside a transaction.

    `fetched` says when each answer came (ISO, UTC), by its id.

    Raises ArchiverError where a large file cannot be written beside the archive.
    """
    for one in media:
        told = one.told
        at = datetime.fromisoformat(fetched[told.capture_id])
        if one.data is not None:
            told = _keep(db, told, one.data, at)
        if one.thumb is not None:
            digest = hashlib.sha256(one.thumb).hexdigest()
            told = replace(told, thumb=_member_name(digest, THUMB_TYPE), thumb_sha256=digest)
            _save_member(db, told.thumb or "", one.thumb, at)
        db.conn.execute(_SAVE, record_row(told))


def _keep(db: Database, told: PostMedia, data: bytes, at: datetime) -> PostMedia:
    digest = hashlib.sha256(data).hexdigest()
    told = replace(told, size=len(data), sha256=digest)
    name = _member_name(digest, told.type or "")
    if len(data) <= LARGEST_MEMBER:
        _save_member(db, name, data, at)
        return replace(told, name=name)
    path = media_folder(archive_path(db)) / name.partition("/")[2]
    with named_errors(path):
        path.parent.mkdir(exist_ok=True)
        with replacing(path) as fresh:
            fresh.write_bytes(data)
    return replace(told, file=path.name)


def _save_member(db: Database, name: str, data: bytes, at: datetime) -> None:
    db.conn.execute(_SAVE_MEMBER, member(name, int(at.timestamp()), data))


def _member_name(digest: str, type_: str) -> str:
    return f"media/{digest}.{EXTENSIONS[type_]}"


def load_media(db: Database, posts: Iterable[str]) -> dict[str, list[PostMedia]]:
    """The media of each of these posts, as the latest answer of which any file was kept names them, in its order; where
    there is none, as the latest that names any does."""
    rows = db.conn.execute(_OF_POSTS, (json.dumps(list(dict.fromkeys(posts))),)).fetchall()
    found: dict[str, tuple[tuple[bool, str], list[PostMedia]]] = {}
    for (post, _), some in groupby(rows, lambda row: (row[2], row[3])):
        named = list(some)
        media = list(records_of(PostMedia, (row[1:] for row in named)))
        rank = (any(one.sha256 for one in media), named[0][0])
        if post not in found or rank > found[post][0]:
            found[post] = (rank, media)
    return {post: media for post, (_, media) in found.items()}


def load_media_file(db: Database, digest: str) -> tuple[str, bytes] | None:
    """A file of a post, or a smaller picture of one, by the SHA-256 of its bytes: its type and they.

    None if there is none. Raises DamagedFileError where it is not as it was kept, or missing beside the archive.
    """
    row = db.conn.execute(_BY_DIGEST, (digest,)).fetchone()
    if row is None:
        return None
    type_, name, file = row
    if file is not None:
        return (type_, _beside(db, file, digest))
    found = db.conn.execute("SELECT sz, data FROM sqlar WHERE name = ?", (name,)).fetchone()
    return None if found is None else (type_, unpack(name, found[0], found[1], digest))


def _beside(db: Database, file: str, sha256: str) -> bytes:
    path = media_folder(archive_path(db)) / file
    if path.name == file and path.is_file():  # any program can have written to the archive
        with suppress(OSError):  # what cannot be read is not as it was kept either
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
    raise DamagedFileError(f"{path.parent.name}/{file}")


def check_large_media(db: Database) -> None:
    """Raise ArchiveError at a file in the folder beside the archive that is missing or not as it was when it came.

    For what copies them, as `check_files` is.
    """
    for name, fault in find_media_faults(db):
        path = media_folder(archive_path(db)) / name
        raise ArchiveError(f"{path} is not as it was kept: {fault}; go back to a copy of it.")


def find_media_faults(db: Database) -> Iterator[tuple[str, str]]:
    """The files in the folder beside the archive that are not as they were when they came, by name, with what is wrong,
    in words; memory does not grow with them."""
    for file, size, sha256 in db.conn.execute(_LARGE).fetchall():
        if fault := _fault_beside(db, file, size, sha256):
            yield file, fault


def find_media_misfits(db: Database) -> Iterator[tuple[str, str]]:
    """The rows of media that say that a file was kept and name none, or the other way round, by id, in words."""
    sql = "SELECT id, outcome FROM media WHERE (outcome = 'kept') <> (coalesce(name, file) IS NOT NULL) ORDER BY id"
    for id_, outcome in db.conn.execute(sql):
        kept = outcome == "kept"
        yield id_, "a file was kept, and none is named" if kept else "a file is named, and none was kept"


def find_unnamed_files(db: Database) -> Iterator[str]:
    """The files that no row names: of `sqlar`, then of the folder beside the archive, each with where it is."""
    named = (
        "SELECT id FROM articles UNION SELECT name FROM pictures UNION SELECT name FROM media WHERE name IS NOT NULL "
        "UNION SELECT thumb FROM media WHERE thumb IS NOT NULL"
    )
    path, folder = archive_path(db), media_folder(archive_path(db))
    for (name,) in db.conn.execute(f"SELECT name FROM sqlar WHERE name NOT IN ({named}) ORDER BY name"):  # noqa: S608
        yield f"{path.name}, sqlar {name}"
    large = {file for (file,) in db.conn.execute("SELECT DISTINCT file FROM media WHERE file IS NOT NULL")}
    there = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    yield from (f"{folder.name}/{name}" for name in sorted(there - large))


def _fault_beside(db: Database, file: str, size: int | None, sha256: str | None) -> str | None:
    path = media_folder(archive_path(db)) / file
    if path.name != file:
        return "it is no name of a file"
    if not path.is_file():
        return "it is missing"
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            length = stream.tell()
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"
    if length != size:
        return f"it has {length:,} bytes, and had {size or 0:,}"
    return None if digest == sha256 else "it is not the file that came: its SHA-256 is another"


def count_large_media(db: Database) -> int:
    """How many files are in the folder beside the archive."""
    return int(db.conn.execute("SELECT count(DISTINCT file) FROM media").fetchone()[0])


def copy_large_media(db: Database, folder: Path) -> None:
    """Put the media that are beside the archive into the folder beside another; missing or damaged ones are left out.

    Raises ArchiverError where it cannot be written.
    """
    for file, size, sha256 in db.conn.execute(_LARGE).fetchall():
        if _fault_beside(db, file, size, sha256) is None:
            with named_errors(folder / file):
                folder.mkdir(exist_ok=True)
                with replacing(folder / file) as fresh:
                    copyfile(media_folder(archive_path(db)) / file, fresh)


def load_media_digests(db: Database) -> Iterator[tuple[str, str]]:
    """The type and the SHA-256 of each file of posts in `sqlar`, once; the smaller pictures are left out."""
    return iter(db.conn.execute("SELECT DISTINCT type, sha256 FROM media WHERE name IS NOT NULL ORDER BY 1, 2"))


def load_shown_digests(db: Database) -> Iterator[tuple[str, str]]:
    """The type and the SHA-256 of each file that the cards of embedded posts show, also of the smaller pictures."""
    embedded = "SELECT id FROM posts WHERE id IN (SELECT post_id FROM media) AND id IN (SELECT post_id FROM embeds)"
    posts = [id_ for (id_,) in db.conn.execute(f"{embedded} ORDER BY id")]
    for start in range(0, len(posts), CHUNK):
        for one in (one for some in load_media(db, posts[start : start + CHUNK]).values() for one in some):
            if one.sha256 and one.type:
                yield one.type, one.sha256
            if one.thumb_sha256:
                yield THUMB_TYPE, one.thumb_sha256
