"""Recovery in the archive: the posts that web archives are asked for, what is known of each, and what they answered."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.records import Outcome, Post
from archiver.store.rows import columns_of, read_options, records_of, select_sql
from archiver.times import Moment

PASSING: frozenset[Outcome] = frozenset(
    {"rate-limited", "server-error", "timeout", "unreachable", "disconnected", "refused", "robots"}
)
"""Outcomes after which the same question may have another answer; after any other it is not asked again."""

_LISTED = "SELECT value FROM json_each(?1)"
_SOUGHT = """
    WHERE platform IN (SELECT value FROM json_each(?)) AND status IS NOT 'redacted'
      AND EXISTS (SELECT 1 FROM embeds WHERE embeds.post_id = posts.id)
      AND iif(native_id IS NULL, author_id IS NOT NULL AND posted_at IS NOT NULL,
        text IS NULL OR text_source IS 'memento' OR status IS 'gone')
    ORDER BY native_id IS NULL, id"""
_SAVABLE = """
    WHERE platform IN (SELECT value FROM json_each(?)) AND status IS NULL
      AND native_id IS NOT NULL AND permalink IS NOT NULL
      AND EXISTS (SELECT 1 FROM embeds WHERE embeds.post_id = posts.id)
      AND NOT EXISTS (SELECT 1 FROM captures WHERE captures.post_id = posts.id AND source = ?
        AND coalesce(run_id, 0) >= ? AND outcome IN ('saved', 'not-found', 'gone', 'forbidden', 'rejected'))
    ORDER BY id LIMIT ?"""
_DATES = f"""
    SELECT post_id, published_at FROM embeds JOIN articles ON articles.id = embeds.article_id
    WHERE post_id IN ({_LISTED}) AND published_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"""  # noqa: S608  words of ours
_PRINTED = f"""
    SELECT post_id, posted_at, precision, posted_at_options FROM embeds
    WHERE post_id IN ({_LISTED}) AND post_id IS observed_id AND native_id IS NULL AND posted_at IS NOT NULL
    ORDER BY post_id, time_origin IS 'markup', length(posted_at), article_id DESC, ordinal DESC"""  # noqa: S608  words of ours
_HANDLES = f"SELECT id, handle FROM authors WHERE id IN ({_LISTED})"  # noqa: S608  words of ours
_ANSWERS = f"""
    SELECT sought.id, source, url, outcome, text IS NOT NULL AND memento_at IS NOT NULL, detail, file, byte_offset,
      sha256
    FROM (
      SELECT value AS id, value AS post_id FROM json_each(?1)
      UNION SELECT marker_id, post_id FROM candidates WHERE marker_id IN ({_LISTED})
    ) AS sought JOIN captures ON captures.post_id = sought.post_id
    WHERE coalesce(run_id, 0) >= ?2 ORDER BY fetched_at, captures.rowid"""  # noqa: S608  words of ours


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A post that is sought: the handle of its author, the dates of the articles that embed it (ISO, as precise as
    known), and the time that these print, which the post's own need not be."""

    post: Post
    handle: str | None
    dates: tuple[str, ...]
    printed: Moment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptAnswer:
    """What came of a question before: the outcome, whether it is an archive's copy with the post's words, and where the
    answer is kept."""

    outcome: Outcome
    has_text: bool = False
    detail: str | None = None
    file: str | None = None
    byte_offset: int | None = None
    sha256: str | None = None


Answers = Mapping[str, Mapping[str, KeptAnswer]]
"""The answers that stand, by post and by the address that was asked."""


def load_subjects(db: Database, platforms: Sequence[str]) -> list[Subject]:
    """The posts of these platforms that are embedded and of which no words are known, or that are gone; and those whose
    id is not known, if their author and some time are. First those with an id; redacted ones are left out."""
    posts = list(records_of(Post, db.conn.execute(select_sql(Post, "posts", _SOUGHT), (json.dumps(platforms),))))
    dates: dict[str, list[str]] = defaultdict(list)
    for post_id, date in db.conn.execute(_DATES, (json.dumps([post.id for post in posts]),)):
        dates[post_id].append(date)
    handles = dict(db.conn.execute(_HANDLES, (json.dumps([post.author_id for post in posts]),)))
    printed = {
        post_id: Moment(at, precision, read_options(options) if options else None)
        for post_id, at, precision, options in db.conn.execute(_PRINTED, (json.dumps([post.id for post in posts]),))
    }
    return [
        Subject(
            post=post,
            handle=handles.get(post.author_id or ""),
            dates=tuple(dates[post.id]),
            printed=printed.get(post.id),
        )
        for post in posts
    ]


def load_savable(
    db: Database, platforms: Sequence[str], source: str, *, since_run: int | None, limit: int | None
) -> list[Post]:
    """The posts of these platforms that are embedded, not known to be gone, and that `source` has not saved yet."""
    bounds = (json.dumps(platforms), source, since_run or 0, -1 if limit is None else limit)
    return list(records_of(Post, db.conn.execute(select_sql(Post, "posts", _SAVABLE), bounds)))


def load_kept(db: Database, posts: Iterable[str], *, since_run: int | None) -> Answers:
    """What was answered for these posts and stands, in that run or later if one is given.

    For a post without an id also what was answered for those that it may be of. The answer to a question that was
    redirected is that of the last exchange.
    """
    kept: dict[str, dict[str, KeptAnswer]] = defaultdict(dict)
    ways: dict[str, list[str]] = defaultdict(list)
    for post_id, source, url, *told in db.conn.execute(_ANSWERS, (json.dumps(list(posts)), since_run or 0)):
        answer = KeptAnswer(**dict(zip(columns_of(KeptAnswer), told, strict=True)))
        ways[post_id].append(url)
        if answer.outcome == "redirected" and not source.endswith("-timegate"):
            continue
        if answer.outcome not in PASSING:
            # Of answers with the same bytes the first: the others may be kept as no more than a note of that.
            fresh = (
                way for way in ways[post_id] if way not in kept[post_id] or not _is_same(kept[post_id][way], answer)
            )
            kept[post_id] |= dict.fromkeys(fresh, answer)
        ways[post_id].clear()
    return kept


def _is_same(one: KeptAnswer, other: KeptAnswer) -> bool:
    return one.sha256 is not None and one.sha256 == other.sha256 and one.outcome == other.outcome
