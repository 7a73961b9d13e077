"""Batches: the records of many articles or posts at once, by their ids, for pages that are made by the thousand."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlite_utils import Database

from archiver.records import Author, Candidate, Embed, Flag, Picture, Post, PostMedia, Quote
from archiver.store.load import ENTRIES
from archiver.store.media import load_media
from archiver.store.members import unpack
from archiver.store.rows import ArticleEntry, Record, StoredArticle, columns_of, records_of, select_sql

R = TypeVar("R", bound=Record)

_WANTED = "(SELECT value FROM json_each(?1))"
"""The ids as one parameter: however many there are, and without writing to the file."""

_BODIES = "WHERE id IN " + _WANTED
_EMBEDS = select_sql(Embed, "embeds", f"WHERE article_id IN {_WANTED} ORDER BY article_id, ordinal").replace(
    "SELECT", "SELECT article_id,", 1
)
_CHOICES = select_sql(Candidate, "candidates", f"WHERE marker_id IN {_WANTED} AND chosen")
_QUOTES = select_sql(
    Quote,
    "quotes",
    f"JOIN embeds ON embeds.id = quotes.embed_id WHERE embeds.article_id IN {_WANTED} ORDER BY quotes.start",
)
_FLAGS = select_sql(Flag, "flags", f"WHERE post_id IN {_WANTED} ORDER BY article_id, id")
_PICTURES = (
    "SELECT article_id, src, type, sz, data FROM pictures JOIN sqlar USING (name) "  # noqa: S608  names of our schema
    f"WHERE article_id IN {_WANTED} ORDER BY article_id, src"
)
_RUNS = f"SELECT id, started_at FROM runs WHERE id IN {_WANTED}"  # noqa: S608
_CITED = (
    "SELECT article_id, post_id FROM embeds JOIN posts ON posts.id = post_id "  # noqa: S608
    f"WHERE article_id IN {_WANTED} AND posts.status IS NOT 'redacted' ORDER BY article_id, ordinal"
)
_OF_POSTS = f"SELECT DISTINCT post_id, article_id FROM embeds WHERE post_id IN {_WANTED}"  # noqa: S608


@dataclass(frozen=True, kw_only=True, slots=True)
class Bodies:
    """Articles and all that their pages show, by the articles' ids; posts and authors by their own, quotes by the ids
    of embeds, flags and media by those of posts, `choices` by the provisional ids of embeds that were known as another
    post's, the starts of runs by the runs' ids."""

    articles: Mapping[str, StoredArticle]
    embeds: Mapping[str, list[Embed]]
    posts: Mapping[str, Post]
    authors: Mapping[str, Author]
    choices: Mapping[str, Candidate]
    quotes: Mapping[str, list[Quote]]
    flags: Mapping[str, list[Flag]]
    pictures: Mapping[str, list[Picture]]
    media: Mapping[str, list[PostMedia]]
    runs: Mapping[int, str]


def load_bodies(db: Database, ids: Iterable[str]) -> Bodies:
    """These articles with all that their pages show; an id that the archive does not have is left out."""
    wanted = list(ids)
    embeds: dict[str, list[Embed]] = {}
    for article_id, embed in _owned(Embed, _query(db, _EMBEDS, wanted)):
        embeds.setdefault(article_id, []).append(embed)
    found = [embed for some in embeds.values() for embed in some]
    posts = load_posts_by_id(db, (embed.post_id for embed in found if embed.post_id))
    owners = (*(post.author_id for post in posts.values()), *(embed.author_id for embed in found))
    quotes: dict[str, list[Quote]] = {}
    for quote in records_of(Quote, _query(db, _QUOTES, wanted)):
        quotes.setdefault(quote.embed_id, []).append(quote)
    flags: dict[str, list[Flag]] = {}
    for flag in records_of(Flag, _query(db, _FLAGS, posts)):
        flags.setdefault(flag.post_id, []).append(flag)
    pictures: dict[str, list[Picture]] = {}
    for article_id, src, type_, size, data in _query(db, _PICTURES, wanted):
        pictures.setdefault(article_id, []).append(Picture(src=src, type=type_, data=unpack(size, data)))
    articles = _by_id(StoredArticle, _query(db, select_sql(StoredArticle, "articles", _BODIES), wanted))
    return Bodies(
        articles=articles,
        embeds=embeds,
        posts=posts,
        authors=load_authors_by_id(db, (owner for owner in owners if owner)),
        choices=load_choices(db, (embed.observed_id for embed in found if embed.observed_id)),
        quotes=quotes,
        flags=flags,
        pictures=pictures,
        media=load_media(db, posts),
        runs=dict(_query(db, _RUNS, (article.run_id for article in articles.values() if article.run_id))),
    )


def load_posts_by_id(db: Database, ids: Iterable[str]) -> dict[str, Post]:
    """These posts, as far as the archive has them, by id."""
    return _by_id(Post, _query(db, select_sql(Post, "posts", _BODIES), ids))


def load_authors_by_id(db: Database, ids: Iterable[str]) -> dict[str, Author]:
    """These accounts, as far as the archive has them, by id."""
    return _by_id(Author, _query(db, select_sql(Author, "authors", _BODIES), ids))


def load_titles_by_id(db: Database, ids: Iterable[str]) -> dict[str, str]:
    """The titles of these articles, or the names of their files, as far as the archive has them."""
    return dict(map(tuple, _query(db, f"SELECT id, coalesce(title, source) FROM articles {_BODIES}", ids)))  # noqa: S608


def load_entries_by_post(db: Database, ids: Iterable[str]) -> dict[str, list[ArticleEntry]]:
    """For each of these posts the articles that embed it, newest first, the undated last."""
    pairs = _query(db, _OF_POSTS, ids)
    rows = _query(db, f"{ENTRIES} {_BODIES} ORDER BY published_at DESC, id", {article for _, article in pairs})
    embedding: dict[str, list[str]] = {}
    for post, article in pairs:
        embedding.setdefault(article, []).append(post)
    entries: dict[str, list[ArticleEntry]] = {}
    for entry in records_of(ArticleEntry, rows):
        for post in embedding[entry.id]:
            entries.setdefault(post, []).append(entry)
    return entries


def load_posts_by_article(db: Database, ids: Iterable[str]) -> dict[str, list[str]]:
    """For each of these articles the posts that it embeds, each once, in its order; none that is redacted."""
    posts: dict[str, dict[str, None]] = {}
    for article, post in _query(db, _CITED, ids):
        posts.setdefault(article, {})[post] = None
    return {article: list(found) for article, found in posts.items()}


def load_choices(db: Database, markers: Iterable[str]) -> dict[str, Candidate]:
    """For each of these markers that is a known post, which and why."""
    return {choice.marker_id: choice for choice in records_of(Candidate, _query(db, _CHOICES, markers))}


def _by_id(kind: type[R], rows: Iterable[tuple[Any, ...]]) -> dict[str, R]:
    key = columns_of(kind).index("id")
    found = list(rows)
    return {row[key]: record for row, record in zip(found, records_of(kind, found), strict=True)}


def _owned(kind: type[R], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, R]]:
    """Records with what stands before them in each row."""
    found = list(rows)
    return zip((row[0] for row in found), records_of(kind, (row[1:] for row in found)), strict=True)


def _query(db: Database, sql: str, ids: Iterable[str | int]) -> list[tuple[Any, ...]]:
    return db.conn.execute(sql, (json.dumps(list(dict.fromkeys(ids))),)).fetchall()
