"""Search: articles and posts by their words, and by who, when, where and how much of them is known."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archiver.errors import ArchiveError
from archiver.store.database import archive_path
from archiver.store.listings import EMBED_STATE, State, shown
from archiver.store.matching import Wanted
from archiver.store.rows import columns_of
from archiver.store.shown import BLANK

MARK, UNMARK = "\ufdd0", "\ufdd1"
"""What encloses the words that were found: noncharacters, which Unicode keeps for use within a program."""

AROUND = 60
"""Characters of a text on either side of a part that is shown as found."""

LONGEST = 240
"""Characters that are shown of a text."""

WORDS_SHOWN = 24
"""Words of a text that are shown around those that were found: two lines of a terminal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What articles and posts must be of; None is anything.

    `author` is a handle or an account's id. `since` and `until` are days, months or years (ISO), both included: of an
    article, when it was published, of a post, when it was posted; one that is not known as exactly as that is left out
    unless all of the time that it may be of is included. An article is of a platform, an author or a state where any
    of its embeds is; of the language that it declares, a post of that of the embed code’s own words.
    """

    platform: str | None = None
    author: str | None = None
    since: str | None = None
    until: str | None = None
    language: str | None = None
    state: State | None = None

    def __bool__(self) -> bool:
        return any((self.platform, self.author, self.since, self.until, self.language, self.state))


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """An article or a post that was found.

    `date` is when it was published or posted; `name` the byline of an article or the display name of the account;
    `url` its address. `snippet` is a piece of its words in which those that were found stand between MARK and UNMARK.
    """

    kind: Literal["article", "post"]
    id: str
    date: str | None
    platform: str | None
    handle: str | None
    name: str | None
    title: str | None
    language: str | None
    state: State | None
    url: str | None
    snippet: str | None


_BY_AUTHOR = "(SELECT id FROM authors WHERE lower(handle) = lower(:author) OR id = lower(:author))"
_TIME = """(:since IS NULL OR {time} >= :since)
      AND (:until IS NULL OR substr({time} || '~~~~~~~~~~', 1, length(:until)) <= :until)"""
"""`2020` is not until March 2020, since it may be December: what is not known comes after all that is."""

_LANGUAGE = "(:language IS NULL OR lower({0}) = lower(:language) OR lower({0}) LIKE lower(:language) || '-%')"
_ANY = "(:platform IS NULL AND :author IS NULL AND :state IS NULL)"

_OF_ARTICLES = f"""
    {_TIME.format(time="articles.published_at")} AND {_LANGUAGE.format("articles.language")}
      AND ({_ANY} OR EXISTS (
        SELECT 1 FROM embeds LEFT JOIN posts ON posts.id = embeds.post_id
        WHERE embeds.article_id = articles.id AND (:platform IS NULL OR embeds.platform = :platform)
          AND (:author IS NULL OR {shown("coalesce(posts.author_id, embeds.author_id)")} IN {_BY_AUTHOR})
          AND (:state IS NULL OR {EMBED_STATE} = :state)))"""  # noqa: S608  names of our schema
_OF_POSTS = f"""
    posts.status IS NOT 'redacted' AND {_TIME.format(time="posts.posted_at")} AND {_LANGUAGE.format("posts.language")}
      AND (:platform IS NULL OR posts.platform = :platform) AND (:author IS NULL OR posts.author_id IN {_BY_AUTHOR})
      AND (:state IS NULL OR posts.state = :state)"""

_ARTICLE = """
    SELECT 'article', id, published_at, NULL, NULL, byline, coalesce(title, source), language, NULL, url,
      text FROM articles WHERE rowid = ?"""
_POST = """
    SELECT 'post', posts.id, posted_at, posts.platform, handle, name, NULL, language, posts.state, permalink, text
    FROM posts LEFT JOIN authors ON authors.id = posts.author_id WHERE posts.rowid = ?"""


def load_articles_found(db: Database, wanted: Wanted, filters: Filters, limit: int) -> list[Hit]:
    """The articles that hold what is wanted in title, byline or text, the best first, then the newest; at most `limit`.

    A word counts for most in the title. Raises ArchiveError if the archive was never indexed.
    """
    rows = _ranked(db, "articles", "published_at", wanted, filters, limit)
    return [_hit(db, _ARTICLE, "articles", row, wanted) for row in rows]


def load_posts_found(db: Database, wanted: Wanted, filters: Filters, limit: int) -> list[Hit]:
    """The posts whose words hold what is wanted, the best first, then those whose author's name does, the newest first.

    At most `limit`, and no redacted one. Raises ArchiveError if the archive was never indexed.
    """
    rows = _ranked(db, "posts", "posted_at", wanted, filters, limit)
    return [_hit(db, _POST, "posts", row, wanted) for row in rows]


_WEIGHTS = {"articles": "10.0, 5.0, 1.0", "posts": "1.0"}
_TEXTS = {"articles": ("title", "byline", "text"), "posts": ("text",)}


def _ranked(db: Database, table: str, time: str, wanted: Wanted, filters: Filters, limit: int) -> list[int]:
    """The rowids of what is found, in order."""
    _check_index(db)
    sql = " UNION ALL ".join(_branches(table, wanted))
    order = f"ORDER BY min(rank), max({time}) DESC, max(id) LIMIT :limit"
    values = {name: getattr(filters, name) for name in columns_of(Filters)}
    # Materialized, since FTS5 refuses to rank within an aggregate.
    query = f"WITH hits AS MATERIALIZED ({sql}) SELECT found FROM hits GROUP BY found {order}"  # noqa: S608
    texts = {"match": wanted.match, "parts": json.dumps(wanted.parts)}
    return [row[0] for row in db.conn.execute(query, {**values, **texts, "limit": limit})]


def _branches(table: str, wanted: Wanted) -> Iterator[str]:
    """SELECTs of what holds the words itself and, of posts, whose author's names do."""
    of = {"articles": _OF_ARTICLES, "posts": _OF_POSTS}[table]
    time = {"articles": "published_at", "posts": "posted_at"}[table]
    columns = f"{table}.rowid AS found, {table}.{time}, {table}.id"
    told = " AND posts.text IS NOT NULL" if table == "posts" else ""  # the index knows what is withheld, too
    held = f" AND {_holds(table, _TEXTS[table])}" if wanted.parts else ""
    if wanted.match:
        yield (
            f"SELECT {columns}, bm25({table}_fts, {_WEIGHTS[table]}) AS rank FROM {table}_fts "  # noqa: S608
            f"JOIN {table} ON {table}.rowid = {table}_fts.rowid WHERE {table}_fts MATCH :match AND {of}{told}{held}"
        )
    else:
        yield f"SELECT {columns}, 0 AS rank FROM {table} WHERE {of}{held}"  # noqa: S608  names of our schema
    if table == "posts" and wanted:
        match = "rowid IN (SELECT rowid FROM authors_fts WHERE authors_fts MATCH :match)" if wanted.match else "true"
        named = f" AND {_holds('authors', ('handle', 'name'))}" if wanted.parts else ""
        owners = f"SELECT id FROM authors WHERE {match}{named}"  # noqa: S608  names of our schema
        yield f"SELECT {columns}, 1 FROM posts WHERE author_id IN ({owners}) AND {of}"  # noqa: S608


def _holds(table: str, columns: Sequence[str]) -> str:
    """That each part stands in one of the columns."""
    found = " OR ".join(f"instr(lower({table}.{column}), lower(value))" for column in columns)
    return f"NOT EXISTS (SELECT 1 FROM json_each(:parts) WHERE ({found}) IS NOT TRUE)"  # noqa: S608  as above


def _check_index(db: Database) -> None:
    if not db.table("posts_fts").exists():
        raise ArchiveError(f"{archive_path(db)} has no full-text index yet; the next `archiver run` builds it.")


def _hit(db: Database, sql: str, table: str, rowid: int, wanted: Wanted) -> Hit:
    *values, text = db.conn.execute(sql, (rowid,)).fetchone()
    found = _snippet(db, table, rowid, wanted.match) if text and BLANK not in text else None
    snippet = found or _around(text, wanted.parts)
    return Hit(**dict(zip(columns_of(Hit), (*values, snippet), strict=True)))


def _snippet(db: Database, table: str, rowid: int, match: str | None) -> str | None:
    """What FTS5 shows of a text, on one line; None where the words are not in it."""
    column = _TEXTS[table].index("text")
    sql = (
        f"SELECT snippet({table}_fts, {column}, '{MARK}', '{UNMARK}', '…', {WORDS_SHOWN}) FROM {table}_fts "  # noqa: S608
        f"WHERE {table}_fts MATCH ? AND rowid = ?"
    )
    row = db.conn.execute(sql, (match, rowid)).fetchone() if match else None
    return _cut(" ".join(row[0].split())) if row and row[0] else None


def _cut(snippet: str) -> str:
    """A snippet no longer than LONGEST: a word of the index may be a whole sentence, or an address."""
    first = max(0, snippet.find(MARK) - AROUND) if len(snippet) > LONGEST else 0
    cut = snippet[first : first + LONGEST]
    return f"{'…' if first else ''}{cut}{'…' if first + LONGEST < len(snippet) else ''}"


def _around(text: str | None, parts: Sequence[str]) -> str | None:
    """The first of the parts with what stands around it, on one line; the beginning of a text that has none."""
    if not text:
        return None
    found = re.search("|".join(map(re.escape, parts)), text, re.IGNORECASE) if parts else None
    start, end = found.span() if found else (0, 0)
    first, last = max(0, start - AROUND), max(end + AROUND, 2 * AROUND)
    pieces = (text[first:start], MARK if found else "", text[start:end], UNMARK if found else "", text[end:last])
    shown = " ".join("".join(pieces).split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"
