"""Captures in the archive: what platforms answered about posts, added and never changed, and what is to be asked."""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from sqlite_utils import Database

from archiver.records import Capture, Outcome, Post
from archiver.store.database import query_ids
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
_UNASKED = f"""
    WHERE platform IN (SELECT value FROM json_each(?)) AND native_id IS NOT NULL AND status IS NOT 'redacted'
      AND EXISTS (SELECT 1 FROM embeds WHERE embeds.post_id = posts.id)
      AND NOT EXISTS (SELECT 1 FROM captures WHERE captures.post_id = posts.id AND coalesce(run_id, 0) >= ?
        AND outcome IN ({_FINAL}))
    ORDER BY id LIMIT ?"""  # noqa: S608  words of ours
_EMBEDDED = "EXISTS (SELECT 1 FROM embeds WHERE embeds.post_id = captures.post_id)"
_LATEST_FIRST = "fetched_at DESC, id"


def insert_captures(db: Database, captures: Iterable[Capture]) -> None:
    """Add captures. Must run inside a transaction; what follows is left to be derived."""
    db.conn.executemany(_SAVE, map(record_row, captures))


def load_captures(db: Database, posts: Iterable[str]) -> dict[str, list[Capture]]:
    """The captures that say something of these posts, latest first, by post. Must run inside a transaction."""
    return _grouped(db, "post_id", posts)


def load_captures_of_authors(db: Database, authors: Iterable[str]) -> dict[str, list[Capture]]:
    """The captures of embedded posts that name these accounts, latest first, by account. Inside a transaction."""
    return _grouped(db, "author_id", authors)


def _grouped(db: Database, column: str, ids: Iterable[str]) -> dict[str, list[Capture]]:
    rest = f"WHERE {column} IN wanted AND outcome = 'captured' AND {_EMBEDDED} ORDER BY {column}, {_LATEST_FIRST}"
    found = records_of(Capture, query_ids(db, select_sql(Capture, "captures", rest), ids))
    return {key: list(captures) for key, captures in groupby(found, attrgetter(column))}


def authors_told(db: Database, posts: Iterable[str]) -> frozenset[str]:
    """The accounts that captures of these posts name. Must run inside a transaction."""
    sql = "SELECT DISTINCT author_id FROM captures WHERE post_id IN wanted AND author_id IS NOT NULL"
    return frozenset(row[0] for row in query_ids(db, sql, posts))


def load_unasked(db: Database, platforms: Sequence[str], *, since_run: int | None, limit: int | None) -> list[Post]:
    """The posts with an id of these platforms that are embedded and of which no final answer is there, by id.

    With `since_run` only answers that came in that run or later count. Redacted posts are left out.
    """
    bounds = (json.dumps(platforms), since_run or 0, -1 if limit is None else limit)
    return list(records_of(Post, db.conn.execute(select_sql(Post, "posts", _UNASKED), bounds)))
