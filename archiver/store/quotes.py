"""Quotes in the archive: the quoted passages of articles, and which of them are taken from a post."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from archiver.quotes import accept
from archiver.records import Passage, Quote, Reading
from archiver.store.database import query_ids
from archiver.store.rows import Row, columns_of, insert_sql, record_row, records_of, select_sql, storable

_SAVE_PASSAGE = insert_sql("passages", ("id", "article_id", "embed_id", *columns_of(Passage)[1:]))
_SAVE_QUOTE = insert_sql("quotes", columns_of(Quote), key="id")
_PASSAGE = ", ".join(f'passages."{name}"' for name in columns_of(Passage)[1:])

OF_POSTS = f"""
    SELECT passages.id, embeds.id, embeds.post_id, posts.text, embeds.ordinal, {_PASSAGE}
    FROM embeds JOIN passages ON passages.embed_id = embeds.id JOIN posts ON posts.id = embeds.post_id
    WHERE embeds.post_id IN wanted"""  # noqa: S608  names of our schema
OF_UNKNOWN_POSTS = f"""
    SELECT passages.id, embeds.id, NULL, embeds.text, embeds.ordinal, {_PASSAGE}
    FROM embeds JOIN passages ON passages.embed_id = embeds.id
    WHERE embeds.article_id IN wanted AND embeds.post_id IS NULL"""  # noqa: S608  names of our schema


def save_passages(db: Database, batch: Mapping[str, Reading]) -> None:
    """Save the passages of articles, by the articles' ids; those that were there must be gone."""
    db.conn.executemany(
        _SAVE_PASSAGE,
        (
            (f"{article}#{passage.embed}@{passage.start}", article, f"{article}#{passage.embed}", *_values(passage))
            for article, reading in batch.items()
            for passage in reading.passages
        ),
    )


def _values(passage: Passage) -> Row:
    return tuple(storable(getattr(passage, name)) for name in columns_of(Passage)[1:])


def derive_quotes(db: Database, posts: Iterable[str], articles: Iterable[str]) -> set[str]:
    """Let the quotes of these posts be those that follow from their passages and texts, and so for the embeds of
    these articles whose post has no id; the posts whose quotes have changed. Must run inside a transaction."""
    posts, articles = list(posts), list(articles)
    old = _rows(query_ids(db, select_sql(Quote, "quotes", "WHERE post_id IN wanted"), posts))
    new = dict(_accepted(query_ids(db, OF_POSTS, posts)))
    new |= _accepted(query_ids(db, OF_UNKNOWN_POSTS, articles))
    gone = [row for id_, row in old.items() if id_ not in new]
    fresh = [row for id_, row in new.items() if old.get(id_) != row]
    db.conn.executemany("DELETE FROM quotes WHERE id = ?", ((row[0],) for row in gone))
    db.conn.executemany(_SAVE_QUOTE, fresh)
    post = columns_of(Quote).index("post_id")
    return {str(row[post]) for row in (*gone, *fresh) if row[post]}


def _rows(rows: Iterable[tuple[Any, ...]]) -> dict[str, Row]:
    return {str(row[0]): tuple(row) for row in rows}


def _accepted(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, Row]]:
    """The rows of the quotes that passages are."""
    for id_, embed_id, post_id, post_text, *values in rows:
        (passage,) = records_of(Passage, [values])
        if told := accept(passage, post_text):
            score, agreement = told
            quote = Quote(
                id=id_,
                embed_id=embed_id,
                post_id=post_id,
                start=passage.start,
                end=passage.end,
                score=score,
                agreement=agreement,
                reason=passage.reason,
                text=passage.text,
            )
            yield id_, record_row(quote)


def load_quotes_of(db: Database, post_id: str) -> list[Quote]:
    """The quotes of a post, by article."""
    rest = "WHERE post_id = ? ORDER BY embed_id, start"
    return list(records_of(Quote, db.conn.execute(select_sql(Quote, "quotes", rest), (post_id,))))
