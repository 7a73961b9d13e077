"""Captures in the archive: what platforms answered about posts, added and never changed, and what is to be asked."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

from sqlite_utils import Database

from archiver.records import Answered, Capture, IndexedPost, Outcome, Post
from archiver.store.database import query_ids, query_wanted, want
from archiver.store.index import indexed_post
from archiver.store.media import UNFINISHED
from archiver.store.rows import columns_of, insert_sql, record_row, records_of, select_sql

FINAL: tuple[Outcome, ...] = (
    "captured",
    "not-found",
    "gone",
    "account-gone",
    "private",
    "login-wall",
    "embedding-off",
    "unclear",
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
_ASKABLE = """
    platform IN (SELECT value FROM json_each(:platforms)) AND native_id IS NOT NULL AND status IS NOT 'redacted'
    AND EXISTS (SELECT 1 FROM embeds WHERE embeds.post_id = posts.id)"""
_ANSWERED = f"""
    captures WHERE captures.post_id = posts.id AND outcome IN ({_FINAL})
      AND source IN (SELECT value FROM json_each(:sources))"""  # noqa: S608  words of ours
_UNASKED = f"""
    WHERE {_ASKABLE} AND (:since IS NULL OR EXISTS (SELECT 1 FROM embeds JOIN articles ON articles.id = article_id
        WHERE embeds.post_id = posts.id AND published_at >= :since))
      AND NOT EXISTS (SELECT 1 FROM {_ANSWERED} AND coalesce(run_id, 0) >= :since_run
        AND NOT EXISTS (SELECT 1 FROM media WHERE capture_id = captures.id AND outcome IN ({_UNFINISHED})))
    ORDER BY id"""  # noqa: S608  words of ours
_DUE = f"""
    WHERE {_ASKABLE} AND (NOT EXISTS (SELECT 1 FROM {_ANSWERED} AND fetched_at >= :before)
      OR (life = 'unknown' AND life_answers > 0 AND checked_at < :struck_before))
    ORDER BY (SELECT max(fetched_at) FROM {_ANSWERED}), id"""  # noqa: S608  words of ours
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


def has_answers(db: Database) -> bool:
    """Whether anybody was asked about any of the posts that are wanted (`want`); of most posts nobody was."""
    return bool(query_wanted(db, "SELECT 1 FROM captures WHERE post_id IN wanted LIMIT 1"))


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


def load_openings(db: Database) -> dict[str, str]:
    """The days on which accounts were made that sign embeds of the posts that are wanted (`want`), as far as platforms
    said so, by account; of several the first."""
    if db.conn.execute("SELECT 1 FROM captures WHERE author_since > '' LIMIT 1").fetchone() is None:
        return {}
    signers = "SELECT author_id FROM embeds WHERE post_id IN wanted"
    return dict(query_wanted(db, _OPENINGS.format(signers)))


def posts_opened_anew(db: Database, captures: Iterable[tuple[str | None, str | None]]) -> frozenset[str]:
    """The posts that are signed by accounts of which a capture that is not added yet says that they were made earlier
    than is known; of each capture its account and that day. Must run inside a transaction."""
    told = [(author, since) for author, since in captures if author and since]
    known = dict(query_ids(db, _OPENINGS.format("SELECT id FROM wanted"), (author for author, _ in told)))
    anew = [author for author, since in told if since < known.get(author, LATEST)]
    return frozenset(row[0] for row in query_ids(db, _SIGNED, anew))


_OPENINGS = """
    SELECT author_id, min(author_since) FROM captures WHERE author_id IN ({}) AND author_since IS NOT NULL GROUP BY 1"""
_SIGNED = "SELECT DISTINCT post_id FROM embeds WHERE author_id IN wanted AND post_id IS NOT NULL"
LATEST = "9999"
"""After every day."""


def load_answers(db: Database) -> dict[str, list[Answered]]:
    """All that platforms answered about the posts that are wanted (`want`), in order of time, by post."""
    names = ", ".join(columns_of(Answered))
    sql = f"SELECT post_id, {names} FROM captures WHERE post_id IN wanted ORDER BY post_id, fetched_at, id"  # noqa: S608
    rows = query_wanted(db, sql)
    return {key: list(records_of(Answered, (row[1:] for row in some))) for key, some in groupby(rows, itemgetter(0))}


def authors_told(db: Database) -> frozenset[str]:
    """The accounts that captures of the posts name that are wanted (`want`)."""
    sql = "SELECT DISTINCT author_id FROM captures WHERE post_id IN wanted AND author_id IS NOT NULL"
    return frozenset(row[0] for row in query_wanted(db, sql))


def load_unasked(
    db: Database,
    platforms: Sequence[str],
    sources: Sequence[str],
    *,
    since: str | None = None,
    since_run: int | None = None,
) -> list[Post]:
    """The posts with an id of these platforms that are embedded and of which these sources gave no final answer, by id.

    With `since`, a day or less (ISO), only those that an article published then or later embeds; with `since_run` only
    answers that came in that run or later count. Redacted posts are left out.
    """
    bounds = {"since": since, "since_run": since_run or 0}
    return _load(db, _UNASKED, platforms, sources, bounds)


def load_due(
    db: Database, platforms: Sequence[str], sources: Sequence[str], *, before: str, struck_before: str
) -> list[Post]:
    """The posts with an id of these platforms that are embedded and are to be checked: of which these sources gave no
    final answer since `before` (ISO, UTC), or too few that it is gone and none since `struck_before`.

    Those that never got one come first, then those that wait longest. Redacted posts are left out.
    """
    return _load(db, _DUE, platforms, sources, {"before": before, "struck_before": struck_before})


def _load(
    db: Database, rest: str, platforms: Sequence[str], sources: Sequence[str], bounds: Mapping[str, str | int | None]
) -> list[Post]:
    asked = {"platforms": json.dumps(platforms), "sources": json.dumps(sources), **bounds}
    return list(records_of(Post, db.conn.execute(select_sql(Post, "posts", rest), asked)))
