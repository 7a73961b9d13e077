"""Orphans in the archive: what is looked for, what is looked through, and what was found in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlite_utils import Database

from archiver.records import Orphan
from archiver.store.database import query_ids, query_wanted, transaction
from archiver.store.rows import columns_of, insert_sql, record_row, records_of, select_sql

_SAVE = insert_sql("orphans", columns_of(Orphan), key="id")
_OF_ARTICLES = select_sql(Orphan, "orphans", "WHERE article_id IN wanted")


def load_post_texts(db: Database) -> Iterator[tuple[str, str | None, str]]:
    """The id, the author's id and the text of each post whose text is known, by id."""
    rows = db.conn.execute("SELECT id, author_id, text FROM posts WHERE text IS NOT NULL ORDER BY id")
    return ((id_, author, text) for id_, author, text in rows)


def load_article_texts(db: Database, after: str, count: int) -> Iterator[tuple[str, str]]:
    """The ids and readable texts of the next `count` articles behind an id, by id; the first come behind ``""``."""
    query = "SELECT id, coalesce(text, '') FROM articles WHERE id > ? ORDER BY id LIMIT ?"
    return ((id_, text) for id_, text in db.conn.execute(query, (after, count)))


def load_orphans(db: Database) -> Iterator[Orphan]:
    """All places where words of posts stand without attribution, by article and in its order."""
    return records_of(Orphan, db.conn.execute(select_sql(Orphan, "orphans", 'ORDER BY article_id, "start", post_id')))


def load_orphans_of_post(db: Database, post_id: str) -> list[Orphan]:
    """The places where the post's words stand without attribution, by article and in its order."""
    rest = 'WHERE post_id = ? ORDER BY article_id, "start"'
    return list(records_of(Orphan, db.conn.execute(select_sql(Orphan, "orphans", rest), (post_id,))))


def save_orphans(db: Database, articles: Sequence[str], orphans: Iterable[Orphan]) -> set[Orphan]:
    """Let the orphans of these articles be these, in one transaction; those that are new, other or gone now.

    Raises ArchiveError if the file cannot be written.
    """
    with transaction(db):
        old = {row[0]: row for row in query_ids(db, _OF_ARTICLES, articles)}
        new = {row[0]: row for row in map(record_row, orphans)}
        gone = [row for id_, row in old.items() if id_ not in new]
        fresh = [row for id_, row in new.items() if old.get(id_) != row]
        db.conn.executemany("DELETE FROM orphans WHERE id = ?", ((row[0],) for row in gone))
        db.conn.executemany(_SAVE, fresh)
    return set(records_of(Orphan, (*gone, *fresh)))


def posts_standing_in(db: Database, articles: Iterable[str]) -> frozenset[str]:
    """The posts whose words stand in these articles without attribution."""
    rows = query_ids(db, "SELECT DISTINCT post_id FROM orphans WHERE article_id IN wanted", articles)
    return frozenset(row[0] for row in rows)


def sought_texts(db: Database) -> dict[str, str | None]:
    """Of those of the posts that are wanted (`want`) that have orphans: the text that was looked for."""
    query = "SELECT id, text FROM posts WHERE id IN wanted AND EXISTS (SELECT 1 FROM orphans WHERE post_id = posts.id)"
    return dict(query_wanted(db, query))


def forget_outdated(db: Database, sought: Mapping[str, str | None]) -> None:
    """Remove the orphans of posts that are gone, or whose text is no longer the one that was looked for."""
    now = dict(query_ids(db, "SELECT id, text FROM posts WHERE id IN wanted", sought))
    outdated = [(post,) for post, text in sought.items() if now.get(post) != text]
    db.conn.executemany("DELETE FROM orphans WHERE post_id = ?", outdated)
