"""Captures in the archive: what platforms answered about posts, added and never changed, and what is to be asked."""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from sqlite_utils import Database

from archiver.platforms import BY_NAME
from archiver.records import Capture, IndexedPost, Outcome, Post
from archiver.store.database import query_ids, query_wanted, want
from archiver.store.index import indexed_post
from archiver.store.media import UNFINISHED
from archiver.store.rows import columns_of, insert_sql, record_row, records_of, select_sql

FINAL: tuple[Outcome, ...] = (
    "captured",
    "not-found",
    "gone",
    "forbidden",
    "withheld",
    "rejected",
    "another-post",
    "disallowed",
)
"""Outcomes that asking again at once would not change."""

_SAVE = insert_sql("captures", columns_of(Capture))
_FINAL = ", ".join(f"'{outcome}'" for outcome in FINAL)
_UNFINISHED = ", ".join(f"'{outcome}'" for outcome in UNFINISHED)
_UNASKED = f"""
    WHERE platform IN (SELECT value FROM json_each(?)) AND native_id IS NOT NULL AND status IS NOT 'redacted'
      AND EXISTS (SELECT 1 FROM embeds WHERE embeds.post_id = posts.id)
      AND NOT EXISTS (SELECT 1 FROM captures WHERE captures.post_id = posts.id AND coalesce(run_id, 0) >= ?
        AND outcome IN ({_FINAL}) AND source IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM media WHERE capture_id = captures.id AND outcome IN ({_UNFINISHED})))
    ORDER BY id LIMIT ?"""  # noqa: S608  words of ours
_EMBEDDED = "EXISTS (SELECT 1 FROM embeds WHERE embeds.post_id = captures.post_id)"
_LATEST_FIRST = "coalesce(memento_at, fetched_at) DESC, id"  # by what it saw


def insert_captures(db: Database, captures: Iterable[Capture]) -> None:
    """Add captures. Must run inside a transaction; what follows is left to be derived."""
    db.conn.executemany(_SAVE, map(record_row, captures))


def unembedded(db: Database, captures: Iterable[Capture]) -> list[IndexedPost]:
    """What captures say of posts with an id that no embed names, as lines of an index: who made them, and when.

    So a marker that a post was sought for is of it by the same rules as of one that another archive knows. Must run
    inside a transaction.
    """
    told = [one for one in captures if one.outcome == "captured" and one.handle and one.permalink]
    named = "SELECT DISTINCT observed_id FROM embeds WHERE observed_id IN wanted"
    embedded = {row[0] for row in query_ids(db, named, (capture.post_id for capture in told))}
    return [_line(one) for one in told if one.post_id not in embedded]


def _line(capture: Capture) -> IndexedPost:
    platform, _, native_id = capture.post_id.partition(":")
    return indexed_post(
        platform, native_id, capture.handle or "", capture.permalink, capture.posted_at, capture.precision
    )


def load_captures(db: Database) -> dict[str, list[Capture]]:
    """The captures that say something of the posts that are wanted (`want`), latest first, by post."""
    return _grouped(db, "post_id")


def load_captures_of_authors(db: Database, authors: Iterable[str]) -> dict[str, list[Capture]]:
    """The captures of embedded posts that name these accounts, latest first, by account. Inside a transaction."""
    want(db, authors)
    return _grouped(db, "author_id")


def _grouped(db: Database, column: str) -> dict[str, list[Capture]]:
    rest = f"WHERE {column} IN wanted AND outcome = 'captured' AND {_EMBEDDED} ORDER BY {column}, {_LATEST_FIRST}"
    found = records_of(Capture, query_wanted(db, select_sql(Capture, "captures", rest)))
    return {key: list(captures) for key, captures in groupby(found, attrgetter(column))}


def authors_told(db: Database) -> frozenset[str]:
    """The accounts that captures of the posts name that are wanted (`want`)."""
    sql = "SELECT DISTINCT author_id FROM captures WHERE post_id IN wanted AND author_id IS NOT NULL"
    return frozenset(row[0] for row in query_wanted(db, sql))


def load_unasked(db: Database, platforms: Sequence[str], *, since_run: int | None, limit: int | None) -> list[Post]:
    """The posts with an id of these platforms that are embedded and of which no final answer of theirs is there, by id.

    With `since_run` only answers that came in that run or later count. Redacted posts are left out.
    """
    sources = [source for name in platforms for source in BY_NAME[name].sources]  # not what web archives answered
    bounds = (json.dumps(platforms), since_run or 0, json.dumps(sources), -1 if limit is None else limit)
    return list(records_of(Post, db.conn.execute(select_sql(Post, "posts", _UNASKED), bounds)))
