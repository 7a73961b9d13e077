"""Listings: articles and posts as lines of long lists, in the order of the lists, and what is searched in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archiver.store.load import ENTRIES, ENTRY_ORDER
from archiver.store.rows import ArticleEntry, records_of
from archiver.store.schema import STATE, unless_redacted

BEGINNING = 280
"""Characters of a post's text that are listed with an article: what an X post has."""

State = Literal["words", "who", "link"]
"""What of an embedded post is known: its words; else who or when; else no more than where it was."""


def shown(column: str) -> str:
    """The SQL of a value that is told of a post unless that is redacted."""
    return unless_redacted(column, "posts.")


POSTED_AT = shown("posts.posted_at")
EMBED_STATE = STATE.format(
    text=shown("coalesce(embeds.text, posts.text)"),
    author=shown("coalesce(embeds.handle, embeds.author_name, posts.author_id)"),
    time=shown("coalesce(embeds.posted_at, posts.posted_at)"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class EmbedEntry:
    """What a line says of an embed: whose it is, where, how much is known, and how its post's words begin."""

    platform: str
    name: str | None
    handle: str | None
    state: State
    text: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedArticle(ArticleEntry):
    """An article as a list shows it, with what is known of its embeds."""

    flags: int
    posts: tuple[EmbedEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedPost:
    """A post as a list shows it; `articles` counts those that embed it. Of a redacted one no more is known than its
    platform."""

    id: str
    platform: str
    status: str | None
    permalink: str | None
    posted_at: str | None
    language: str | None
    author_id: str | None
    name: str | None
    handle: str | None
    state: State
    articles: int
    text: str | None


_ARTICLES = ENTRIES.replace(
    "FROM articles", ", (SELECT count(*) FROM flags WHERE flags.article_id = articles.id) FROM articles"
)
_EMBEDS = f"""
    SELECT embeds.article_id, embeds.platform, {shown("coalesce(embeds.author_name, authors.name)")},
      {shown("coalesce(embeds.handle, authors.handle)")}, {EMBED_STATE},
      {shown(f"substr(coalesce(embeds.text, posts.text), 1, {BEGINNING})")}
    FROM articles JOIN embeds ON embeds.article_id = articles.id LEFT JOIN posts ON posts.id = embeds.post_id
      LEFT JOIN authors ON authors.id = coalesce(posts.author_id, embeds.author_id)
    ORDER BY articles.published_at {{newest}}, articles.id {{first}}, embeds.ordinal
"""  # noqa: S608  names of our schema
_POSTS = f"""
    SELECT posts.id, posts.platform, posts.status, {shown("posts.permalink")}, {POSTED_AT}, {shown("posts.language")},
      {shown("posts.author_id")}, {shown("authors.name")}, {shown("authors.handle")}, posts.state,
      (SELECT count(DISTINCT article_id) FROM embeds WHERE embeds.post_id = posts.id), {shown("posts.text")}
    FROM posts LEFT JOIN authors ON authors.id = posts.author_id
"""  # noqa: S608  names of our schema
_NOT_REDACTED = "posts.status IS NOT 'redacted'"
_POST_ORDER = f"ORDER BY {POSTED_AT} DESC, posts.id"


def list_articles(db: Database, *, oldest_first: bool = False) -> Iterator[ListedArticle]:
    """All articles, newest first, the undated last, or the other way round; with what a line says of their embeds."""
    order = {"newest": "", "first": "DESC"} if oldest_first else {"newest": "DESC", "first": ""}
    embeds = db.conn.execute(_EMBEDS.format(**order))
    waiting = embeds.fetchone()
    for row in db.conn.execute(f"{_ARTICLES} ORDER BY published_at {order['newest']}, id {order['first']}"):
        posts = []
        while waiting and waiting[0] == row[0]:
            posts.append(waiting[1:])
            waiting = embeds.fetchone()
        (article,) = records_of(ListedArticle, [(*row, tuple(records_of(EmbedEntry, posts)))])
        yield article


def list_posts(db: Database, *, oldest_first: bool = False) -> Iterator[ListedPost]:
    """All posts, newest first, the undated last, or the other way round."""
    order = f"ORDER BY {POSTED_AT}, posts.id DESC" if oldest_first else _POST_ORDER
    return records_of(ListedPost, db.conn.execute(f"{_POSTS} {order}"))


def list_posts_of_platform(db: Database, platform: str) -> Iterator[ListedPost]:
    """The posts of a platform, newest first, the undated last."""
    return records_of(ListedPost, db.conn.execute(f"{_POSTS} WHERE posts.platform = ? {_POST_ORDER}", (platform,)))


def list_posts_of_year(db: Database, year: str) -> Iterator[ListedPost]:
    """The posts of a year, oldest first: by month, and those known only by their year before all months."""
    where = f"WHERE {POSTED_AT} >= ?1 AND {POSTED_AT} < ?1 || ':' ORDER BY {POSTED_AT}, posts.id"
    return records_of(ListedPost, db.conn.execute(f"{_POSTS} {where}", (year,)))


def list_posts_of_author(db: Database, author_id: str) -> Iterator[ListedPost]:
    """The posts of an account but those that are redacted, newest first, the undated last."""
    indexed = "posts.id IN (SELECT id FROM main.posts WHERE author_id = ?1)"  # as in load.ARTICLES_OF_AUTHOR
    where = f"WHERE {indexed} AND posts.author_id = ?1 AND {_NOT_REDACTED}"
    return records_of(ListedPost, db.conn.execute(f"{_POSTS} {where} {_POST_ORDER}", (author_id,)))


def order_articles(db: Database) -> Iterator[tuple[str, str]]:
    """The id and the name of each article, in the order of their list."""
    return iter(db.conn.execute(f"SELECT id, coalesce(title, source) FROM articles {ENTRY_ORDER}"))  # noqa: S608


def order_posts(db: Database) -> Iterator[tuple[str, None]]:
    """The id of each post that is not redacted in the order of their list; what it would be called is not told."""
    return iter(db.conn.execute(f"SELECT id, NULL FROM posts WHERE {_NOT_REDACTED} {_POST_ORDER}"))  # noqa: S608


def order_redacted_posts(db: Database) -> Iterator[tuple[str, None]]:
    """The id of each redacted post."""
    return iter(db.conn.execute("SELECT id, NULL FROM posts WHERE status = 'redacted' ORDER BY id"))


def list_search_choices(db: Database, kind: Literal["articles", "posts"]) -> tuple[list[str], list[str], list[str]]:
    """What articles or posts can be filtered by: their platforms, years (the latest first) and languages."""
    if kind == "articles":
        return (
            _distinct(db, "embeds.platform"),
            _distinct(db, "articles.published_at", 4),
            _distinct(db, "articles.language"),
        )
    return _distinct(db, "posts.platform"), _distinct(db, "posts.posted_at", 4), _distinct(db, "posts.language")


def _distinct(db: Database, column: str, length: int | None = None) -> list[str]:
    """What is in a column, or its first characters: in order, years the latest first."""
    table = column.partition(".")[0]
    order = "DESC" if length else "ASC"
    value = f"substr({column}, 1, {length})" if length else column
    query = f"SELECT DISTINCT {value} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1 {order}"  # noqa: S608
    return [row[0] for row in db.conn.execute(query)]
