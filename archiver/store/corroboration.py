"""Corroboration: what speaks for and against what the archive says of a post, loaded for reports and pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.records import AccountName, Candidate, Flag, Rename
from archiver.store.rows import columns_of, records_of, select_sql


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagEntry:
    """A line of a report: a flag with the post's address and the article's title, where they are known."""

    id: str
    kind: str
    cause: str | None
    post_id: str
    embed_id: str
    article_id: str
    detail: str
    permalink: str | None
    title: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Corroboration:
    """A post that several articles embed, and how many."""

    post_id: str
    permalink: str | None
    articles: int


_NOT_REDACTED = "post_id NOT IN (SELECT id FROM posts WHERE status = 'redacted')"

_ENTRIES = f"""
    SELECT {", ".join(f"flags.{name}" for name in columns_of(Flag))}, posts.permalink, articles.title
    FROM flags JOIN posts ON posts.id = flags.post_id JOIN articles ON articles.id = flags.article_id
    WHERE {_NOT_REDACTED} AND (?1 IS NULL OR flags.kind = ?1)
    ORDER BY cause IS NOT NULL, flags.kind, flags.article_id, flags.id
"""  # noqa: S608  names of our schema


def load_flags(db: Database, kind: str | None = None) -> Iterator[FlagEntry]:
    """All flags, or those of a kind: first those without a harmless cause, then by kind and article.

    Those of redacted posts are left out.
    """
    return records_of(FlagEntry, db.conn.execute(_ENTRIES, (kind,)))


def count_flags(db: Database) -> int:
    """How many flags there are, but for those of redacted posts."""
    return db.table("flags").count_where(_NOT_REDACTED)


def load_flags_of(db: Database, post_id: str) -> list[Flag]:
    """The flags of a post, by article."""
    rest = "WHERE post_id = ? ORDER BY article_id, id"
    return list(records_of(Flag, db.conn.execute(select_sql(Flag, "flags", rest), (post_id,))))


def load_candidates(db: Database, *, post_id: str) -> list[Candidate]:
    """The candidates of a marker that is a post of its own, and those that a post is for markers."""
    rest = "WHERE post_id = ?1 OR marker_id = ?1 ORDER BY chosen DESC, score DESC, id"
    return list(records_of(Candidate, db.conn.execute(select_sql(Candidate, "candidates", rest), (post_id,))))


def load_undecided(db: Database) -> Iterator[Candidate]:
    """The candidates of all markers for which none is chosen, by marker, the likeliest first."""
    rest = (
        "WHERE marker_id NOT IN (SELECT marker_id FROM candidates WHERE chosen) ORDER BY marker_id, score DESC, post_id"
    )
    return records_of(Candidate, db.conn.execute(select_sql(Candidate, "candidates", rest)))


def load_aliases(db: Database) -> Iterator[tuple[str, str]]:
    """Each provisional id that turned out to be another post's, with the id of that, in order; none of a redacted one,
    since a provisional id says who posted when."""
    return iter(db.conn.execute(f"SELECT id, post_id FROM aliases WHERE {_NOT_REDACTED} ORDER BY id"))  # noqa: S608


def load_alias(db: Database, post_id: str) -> str | None:
    """The id of the post that a provisional id is an alias of."""
    row = db.conn.execute("SELECT post_id FROM aliases WHERE id = ?", (post_id,)).fetchone()
    return None if row is None else str(row[0])


def load_names(db: Database, author_id: str) -> list[AccountName]:
    """The names and spellings an account was seen under, names first, by first sight."""
    rest = "WHERE author_id = ? ORDER BY kind DESC, first_seen IS NULL, first_seen, value"
    return list(records_of(AccountName, db.conn.execute(select_sql(AccountName, "account_names", rest), (author_id,))))


def load_renames(db: Database, *, author_id: str | None = None) -> list[Rename]:
    """The pairs of handles that sign one post, all or those of an account."""
    rest = "WHERE ?1 IS NULL OR ?1 IN (author_id, other_id) ORDER BY author_id, other_id, post_id"
    return list(records_of(Rename, db.conn.execute(select_sql(Rename, "renames", rest), (author_id,))))


def load_corroborations(db: Database) -> Iterator[Corroboration]:
    """The posts that more than one article embeds, the most embedded first."""
    return records_of(
        Corroboration,
        db.conn.execute(
            "SELECT posts.id, posts.permalink, count(DISTINCT embeds.article_id) AS articles FROM embeds "
            "JOIN posts ON posts.id = embeds.post_id GROUP BY posts.id HAVING articles > 1 "
            "ORDER BY articles DESC, posts.id"
        ),
    )
