"""The index: which handle made which post, as archives share it with each other, without a word of any article."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from sqlite_utils import Database

from archiver.identity import author_id, decoded_time
from archiver.records import IndexedPost, Precision
from archiver.store.database import query_ids, query_wanted
from archiver.store.rows import columns_of, insert_sql, record_row, records_of, select_sql

INDEX_COLUMNS = ("platform", "native_id", "handle", "permalink", "posted_at", "precision")
"""What of a post goes into a shared index."""

_SAVE = insert_sql("indexed", columns_of(IndexedPost), key="id")
_SHARED = """
    SELECT posts.platform, posts.native_id, authors.handle, posts.permalink, posts.posted_at, posts.precision
    FROM posts JOIN authors ON authors.id = posts.author_id
    WHERE posts.native_id IS NOT NULL AND posts.status IS NOT 'redacted' ORDER BY posts.id"""


def load_index(db: Database) -> Iterator[tuple[str | None, ...]]:
    """For each post whose id and author are known what `INDEX_COLUMNS` name, by the post's id; no redacted one."""
    return iter(db.conn.execute(_SHARED))


def indexed_post(
    platform: str,
    native_id: str,
    handle: str,
    permalink: str | None = None,
    posted_at: str | None = None,
    precision: Precision | None = None,
) -> IndexedPost:
    """A line of an index as the archive keeps it: with what follows from it."""
    post, author = f"{platform}:{native_id}", author_id(platform, handle)
    decoded = decoded_time(platform, native_id, permalink)
    assert author  # noqa: S101  (there is a handle; mypy must know)
    return IndexedPost(
        id=f"{post} {handle.lower()}",
        platform=platform,
        native_id=native_id,
        handle=handle,
        permalink=permalink,
        posted_at=posted_at,
        precision=precision,
        decoded_at=decoded.at if decoded else None,
        post_id=post,
        author_id=author,
    )


def add_indexed(db: Database, lines: Sequence[IndexedPost]) -> list[IndexedPost]:
    """Keep those lines that say more than is kept, a time that was not known or is more exact; those that were new.

    Must run inside a transaction; what follows is left to be derived.
    """
    stored_sql = select_sql(IndexedPost, "indexed", "WHERE id IN wanted")
    kept = {line.id: line for line in records_of(IndexedPost, query_ids(db, stored_sql, (line.id for line in lines)))}
    fresh: dict[str, IndexedPost] = {}
    for line in lines:
        known = fresh.get(line.id) or kept.get(line.id)
        if known is None or _says_more(line, known):
            fresh[line.id] = line
    db.conn.executemany(_SAVE, map(record_row, fresh.values()))
    return list(fresh.values())


def _says_more(line: IndexedPost, known: IndexedPost) -> bool:
    """Whether a line has all that another has, and more: a time or an address."""
    agrees = known.permalink in (None, line.permalink) and (line.posted_at or "").startswith(
        (known.posted_at or "").removesuffix("Z")
    )
    return agrees and (line.permalink, line.posted_at) != (known.permalink, known.posted_at)


def load_indexed(db: Database) -> dict[str, list[IndexedPost]]:
    """What indexes say of the posts that are wanted (`want`), by post, line by line in order."""
    rest = "WHERE post_id IN wanted ORDER BY post_id, id"
    lines = records_of(IndexedPost, query_wanted(db, select_sql(IndexedPost, "indexed", rest)))
    return {post: list(found) for post, found in groupby(lines, attrgetter("post_id"))}


def indexed_among(db: Database, posts: Iterable[str]) -> frozenset[str]:
    """Those of these posts that an index names. Must run inside a transaction."""
    rows = query_ids(db, "SELECT DISTINCT post_id FROM indexed WHERE post_id IN wanted", posts)
    return frozenset(row[0] for row in rows)
