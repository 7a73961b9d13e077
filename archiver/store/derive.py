"""Deriving: posts, accounts and what disagrees about them follow from embeds, again for whatever was touched."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from archiver.identity import Sight, fold_author, fold_flags, fold_names, fold_post, fold_renames
from archiver.records import AccountName, Author, Embed, Flag, Post, Rename
from archiver.store.database import query_ids
from archiver.store.orphans import forget_outdated, sought_texts
from archiver.store.quotes import derive_quotes
from archiver.store.resolve import resolve_accounts
from archiver.store.rows import Record, Row, columns_of, insert_sql, record_row, records_of, select_sql

CHUNK = 500
"""How many posts or accounts are derived at once: few queries, and little memory even where all have many embeds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Touched:
    """The ids whose page may look different now; a deleted one is among them."""

    articles: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(
            articles=self.articles | other.articles,
            posts=self.posts | other.posts,
            authors=self.authors | other.authors,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """What the embeds of some articles name: the posts they tell by themselves, the posts they are of, the authors."""

    articles: frozenset[str] = frozenset()
    observed: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def __or__(self, other: "Links") -> "Links":
        return Links(
            articles=self.articles | other.articles,
            observed=self.observed | other.observed,
            posts=self.posts | other.posts,
            authors=self.authors | other.authors,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Derivation:
    """How rows of a derived table follow from the sights of a post or an account; `owner` is the column of its id."""

    table: str
    kind: type[Record]
    owner: str
    fold: Callable[[str, Sequence[Sight]], Iterable[Record]]


_OF_POSTS = (
    _Derivation(
        table="posts",
        kind=Post,
        owner="id",
        fold=lambda key, sights: (fold_post(key, [sight.embed for sight in sights]),),
    ),
    _Derivation(table="renames", kind=Rename, owner="post_id", fold=fold_renames),
    _Derivation(table="flags", kind=Flag, owner="post_id", fold=fold_flags),
)
_OF_AUTHORS = (
    _Derivation(
        table="authors",
        kind=Author,
        owner="id",
        fold=lambda key, sights: (fold_author(key, [sight.embed for sight in sights]),),
    ),
    _Derivation(table="account_names", kind=AccountName, owner="author_id", fold=fold_names),
)


def links_of(db: Database, articles: Iterable[str]) -> Links:
    """What the embeds of these articles name."""
    query = "SELECT observed_id, post_id, author_id FROM embeds JOIN wanted ON embeds.article_id = wanted.id"
    ids = frozenset(articles)
    rows = query_ids(db, query, ids)
    observed, posts, authors = (frozenset(row[column] for row in rows if row[column]) for column in range(3))
    return Links(articles=ids, observed=observed, posts=posts, authors=authors)


def derive(db: Database, links: Links) -> Touched:
    """Derive again what follows from the embeds that name these, and return the pages that may look different."""
    moved = resolve_accounts(db, links.observed, links.authors)
    posts = links.posts | moved.posts
    owners, sought = _owners(db, posts), sought_texts(db, posts)
    changed_authors = _derive(db, _OF_AUTHORS, "author_id", links.authors)
    changed_posts = _derive(db, _OF_POSTS, "post_id", posts) | moved.candidates
    changed_posts |= derive_quotes(db, posts, links.articles)
    forget_outdated(db, sought)
    owners |= _owners(db, posts)
    return Touched(
        articles=_articles_of(db, changed_posts, changed_authors),
        posts=posts | changed_posts | _posts_of(db, changed_authors),
        authors=links.authors | owners,
    )


def _derive(db: Database, derivations: Sequence[_Derivation], column: str, ids: Iterable[str]) -> frozenset[str]:
    """Derive rows again and store those that are not as they were; the ids whose rows have changed."""
    changed: set[str] = set()
    for chunk in _chunks(sorted(ids)):
        sights = dict(_sights(db, column, chunk))
        for derivation in derivations:
            changed |= _replace(db, derivation, chunk, sights)
    return frozenset(changed)


def _sights(db: Database, column: str, ids: Sequence[str]) -> Iterator[tuple[str, list[Sight]]]:
    """The embeds that have one of `ids` in a column, by that id, in the order of articles."""
    names = ", ".join(f'embeds."{name}"' for name in columns_of(Embed))
    query = (
        f"SELECT embeds.{column}, articles.id, articles.published_at, {names} "  # noqa: S608  names of our schema
        f"FROM wanted JOIN embeds ON embeds.{column} = wanted.id JOIN articles ON articles.id = embeds.article_id "
        f"ORDER BY 1, 2, embeds.ordinal"
    )
    for key, rows in groupby(query_ids(db, query, ids), itemgetter(0)):
        found = list(rows)
        embeds = records_of(Embed, (row[3:] for row in found))
        yield key, [Sight(row[1], row[2], embed) for row, embed in zip(found, embeds, strict=True)]


def _replace(
    db: Database, derivation: _Derivation, owners: Sequence[str], sights: Mapping[str, Sequence[Sight]]
) -> set[str]:
    """Let the rows that these posts or accounts own be those that follow from their sights."""
    table, owner = derivation.table, derivation.owner
    stored_sql = select_sql(derivation.kind, table, f'JOIN wanted ON "{table}"."{owner}" = wanted.id')
    key = columns_of(derivation.kind).index(owner)
    old: dict[Any, Row] = {row[0]: row for row in query_ids(db, stored_sql, owners)}
    new: dict[Any, Row] = {
        row[0]: row for id_ in owners if id_ in sights for row in map(record_row, derivation.fold(id_, sights[id_]))
    }
    gone = [id_ for id_ in old if id_ not in new]
    fresh = [row for id_, row in new.items() if old.get(id_) != row]
    db.conn.executemany(f'DELETE FROM "{table}" WHERE id = ?', ((id_,) for id_ in gone))  # noqa: S608
    db.conn.executemany(insert_sql(table, columns_of(derivation.kind), key="id"), fresh)
    return {str(old[id_][key]) for id_ in gone} | {str(row[key]) for row in fresh}


def _posts_of(db: Database, authors: Iterable[str]) -> frozenset[str]:
    return _ids(query_ids(db, "SELECT posts.id FROM posts JOIN wanted ON author_id = wanted.id", authors))


def _owners(db: Database, posts: Iterable[str]) -> frozenset[str]:
    return _ids(query_ids(db, "SELECT author_id FROM posts JOIN wanted USING (id) WHERE author_id IS NOT NULL", posts))


def _articles_of(db: Database, posts: Iterable[str], authors: Iterable[str]) -> frozenset[str]:
    """The articles that show any of the posts or authors."""
    by_post = query_ids(db, "SELECT article_id FROM embeds JOIN wanted ON post_id = wanted.id", posts)
    by_author = query_ids(
        db,
        "SELECT article_id FROM embeds JOIN wanted ON author_id = wanted.id UNION SELECT article_id FROM embeds "
        "JOIN posts ON posts.id = embeds.post_id JOIN wanted ON posts.author_id = wanted.id",
        authors,
    )
    return _ids(by_post) | _ids(by_author)


def _ids(rows: Iterable[tuple[Any, ...]]) -> frozenset[str]:
    return frozenset(row[0] for row in rows)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
