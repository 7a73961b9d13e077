"""Deriving: posts and what disagrees about them follow from embeds and captures, again for whatever was touched."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from archiver.identity import Sight, fold_flags, fold_post, fold_renames
from archiver.records import Embed, Flag, Post, Rename
from archiver.store.accounts import Names, derive_accounts, names_of
from archiver.store.captures import authors_told, has_answers, load_answers, load_captures, load_openings
from archiver.store.database import query_ids, query_wanted, want
from archiver.store.index import indexed_among, load_indexed
from archiver.store.orphans import forget_outdated, sought_texts
from archiver.store.quotes import derive_quotes
from archiver.store.resolve import resolve_touched
from archiver.store.rows import Record, Row, columns_of, derived_row, insert_sql, records_of, select_sql

CHUNK = 500
"""How many posts are derived at once: few queries, and little memory even where all have many embeds."""


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

    articles: frozenset[str]
    observed: frozenset[str]
    posts: frozenset[str]
    names: Names


@dataclass(frozen=True, kw_only=True, slots=True)
class _Derivation:
    """How rows of a derived table follow from a post, the sights of it, and the days on which accounts were made;
    `owner` is the column of its id."""

    table: str
    kind: type[Record]
    owner: str
    fold: Callable[[Post, Sequence[Sight], Mapping[str, str]], Iterable[Record]]


_OF_POSTS = (
    _Derivation(table="posts", kind=Post, owner="id", fold=lambda post, *_: (post,)),
    _Derivation(table="renames", kind=Rename, owner="post_id", fold=lambda post, sights, _: fold_renames(post, sights)),
    _Derivation(table="flags", kind=Flag, owner="post_id", fold=fold_flags),
)


def links_of(db: Database, articles: Iterable[str]) -> Links:
    """What the embeds of these articles name."""
    ids = frozenset(articles)
    rows = query_ids(db, "SELECT observed_id, post_id FROM embeds WHERE article_id IN wanted", ids)
    observed, posts = (frozenset(row[column] for row in rows if row[column]) for column in range(2))
    return Links(articles=ids, observed=observed, posts=posts, names=names_of(db, ids))


def derive(db: Database, before: Links, after: Links) -> Touched:
    """Derive again what follows from embeds that named what is `before`, and name what is `after`; the pages that may
    look different.
    """
    moved = resolve_touched(db, before.observed | after.observed)
    posts = before.posts | after.posts | moved.posts | indexed_among(db, moved.candidates)
    want(db, posts)
    owners, sought, told = _owners(db), sought_texts(db), authors_told(db)
    changed_authors = derive_accounts(db, before.names, after.names, told)
    changed_posts = _derive(db, posts) | moved.candidates
    changed_posts |= derive_quotes(db, posts, before.articles | after.articles)
    forget_outdated(db, sought)
    want(db, posts)
    owners |= _owners(db)
    return Touched(
        articles=_articles_of(db, changed_posts, changed_authors),
        posts=posts | changed_posts | _posts_of(db, changed_authors),
        authors=owners | {name[0] for name in (*before.names, *after.names)},
    )


def _derive(db: Database, posts: Iterable[str]) -> frozenset[str]:
    """Derive what is said of these posts again, and store what is not as it was; the posts of which that is new."""
    changed: set[str] = set()
    for ids in _chunks(sorted(posts)):
        want(db, ids)
        sights, indexed = defaultdict(list, _sights(db)), load_indexed(db)
        captures, answers = (load_captures(db), load_answers(db)) if has_answers(db) else ({}, {})
        openings = load_openings(db)
        redacted = _ids(query_wanted(db, "SELECT id FROM redactions WHERE id IN wanted"))
        known = sights.keys() | (indexed.keys() & _sought(db) if indexed else set())
        folded = {
            id_: fold_post(
                id_,
                [sight.embed for sight in sights[id_]],
                indexed.get(id_, ()),
                captures.get(id_, ()),
                answers.get(id_, ()),
            )
            for id_ in sorted(known)
        }
        folded |= {id_: replace(folded[id_], status="redacted") for id_ in redacted & folded.keys()}
        for derivation in _OF_POSTS:
            rows = (
                derived_row(row) for id_, post in folded.items() for row in derivation.fold(post, sights[id_], openings)
            )
            changed |= _replace(db, derivation, rows)
    return frozenset(changed)


def _sought(db: Database) -> frozenset[str]:
    """Those of the wanted posts that a marker may be of, so that it can point to them even if no embed names them."""
    return _ids(query_wanted(db, "SELECT DISTINCT post_id FROM candidates WHERE post_id IN wanted"))


def _sights(db: Database) -> Iterator[tuple[str, list[Sight]]]:
    """The embeds of each of the wanted posts, in the order of articles."""
    names = ", ".join(f'embeds."{name}"' for name in columns_of(Embed))
    query = (
        f"SELECT post_id, articles.id, articles.published_at, {names} "  # noqa: S608  names of our schema
        f"FROM embeds JOIN articles ON articles.id = embeds.article_id WHERE post_id IN wanted "
        f"ORDER BY 1, 2, embeds.ordinal"
    )
    for key, rows in groupby(query_wanted(db, query), itemgetter(0)):
        found = list(rows)
        embeds = records_of(Embed, (row[3:] for row in found))
        yield key, [Sight(row[1], row[2], embed) for row, embed in zip(found, embeds, strict=True)]


def _replace(db: Database, derivation: _Derivation, rows: Iterable[Row]) -> set[str]:
    """Let the rows of a table that the wanted posts own be these; the posts of which they were not."""
    table, owner = derivation.table, derivation.owner
    stored_sql = select_sql(derivation.kind, table, f"WHERE {owner} IN wanted")
    key = columns_of(derivation.kind).index(owner)
    old: dict[object, Row] = {row[0]: row for row in query_wanted(db, stored_sql)}
    new: dict[object, Row] = {row[0]: row for row in rows}
    gone = [id_ for id_ in old if id_ not in new]
    fresh = [row for id_, row in new.items() if old.get(id_) != row]
    db.conn.executemany(f'DELETE FROM "{table}" WHERE id = ?', ((id_,) for id_ in gone))  # noqa: S608
    db.conn.executemany(insert_sql(table, columns_of(derivation.kind), key="id"), fresh)
    return {str(old[id_][key]) for id_ in gone} | {str(row[key]) for row in fresh}


def _posts_of(db: Database, authors: Iterable[str]) -> frozenset[str]:
    return _ids(query_ids(db, "SELECT id FROM posts WHERE author_id IN wanted", authors))


def _owners(db: Database) -> frozenset[str]:
    return _ids(query_wanted(db, "SELECT author_id FROM posts WHERE id IN wanted AND author_id IS NOT NULL"))


def _articles_of(db: Database, posts: Iterable[str], authors: Iterable[str]) -> frozenset[str]:
    """The articles that show any of the posts or authors."""
    by_post = query_ids(db, "SELECT article_id FROM embeds WHERE post_id IN wanted", posts)
    by_author = query_ids(
        db,
        "SELECT article_id FROM embeds WHERE author_id IN wanted UNION "
        "SELECT article_id FROM embeds WHERE post_id IN (SELECT id FROM posts WHERE author_id IN wanted)",
        authors,
    )
    return _ids(by_post) | _ids(by_author)


def _ids(rows: Iterable[tuple[Any, ...]]) -> frozenset[str]:
    return frozenset(row[0] for row in rows)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
