"""Saving what was read: one transaction a batch, and only what it touches is derived again."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from archiver.records import Capture, Embed, Problem, Reading
from archiver.store.captures import insert_captures, posts_opened_anew, unembedded
from archiver.store.database import transaction
from archiver.store.derive import Links, Touched, derive, links_of
from archiver.store.index import add_indexed
from archiver.store.media import KeptMedia, insert_media
from archiver.store.members import picture_member, picture_row, source_member
from archiver.store.orphans import posts_standing_in
from archiver.store.quotes import save_passages
from archiver.store.rows import (
    Row,
    StoredArticle,
    article_id,
    article_row,
    columns_of,
    embed_row,
    insert_sql,
    problem_id,
    storable,
    storable_name,
)

SAVE_ARTICLE = insert_sql(
    "articles",
    columns_of(StoredArticle),
    key="id",
    # Bytes that are read again were read when they were read first.
    run_id="CASE sha256 WHEN excluded.sha256 THEN coalesce(run_id, excluded.run_id) ELSE excluded.run_id END",
)
SAVE_EMBED = insert_sql("embeds", ("id", "article_id", *columns_of(Embed)))
SAVE_PICTURE = insert_sql("pictures", ("id", "article_id", "src", "type", "sha256", "name"), key="id")
SAVE_MEMBER = insert_sql("sqlar", ("name", "mode", "mtime", "sz", "data"), key="name")
SAVE_PROBLEM = insert_sql("problems", ("id", "folder", "source", "kind", "detail", "run_id"), key="id")

CLEAR_ARTICLE = (
    "DELETE FROM quotes WHERE embed_id IN (SELECT id FROM embeds WHERE article_id = ?)",
    "DELETE FROM passages WHERE article_id = ?",
    "DELETE FROM embeds WHERE article_id = ?",
    "DELETE FROM orphans WHERE article_id = ?",
    "DELETE FROM sqlar WHERE name IN (SELECT name FROM pictures WHERE article_id = ?)",
    "DELETE FROM sqlar WHERE name = ?",
    "DELETE FROM pictures WHERE article_id = ?",
    "DELETE FROM imported WHERE id = ?",
)
"""Everything an article has but its own row, which is updated in place to keep its rowid in the full-text index."""


def save_readings(
    db: Database,
    readings: Iterable[Reading],
    *,
    run_id: int,
    reader: str,
    keep_sources: bool = True,
) -> Touched:
    """Save a batch in one transaction and return what it touched.

    Exactly the rows of these articles and the problems of their sources are replaced; their posts and authors, those
    before and those now, are derived again from all embeds of them. So the rows do not depend on the order or the
    split of the input. `reader` is the version of the program that read them. A problem that was known keeps its row,
    and an article whose bytes are the same the run that first read them.
    Raises ArchiveError if the file cannot be written; nothing of the batch is then stored.
    """
    batch = {article_id(reading.article): reading for reading in readings}
    with transaction(db):
        before, orphaned = links_of(db, batch), posts_standing_in(db, batch)
        _clear(db, batch)
        _insert(db, batch, reader, run_id, keep_sources)
        problems = [problem for reading in batch.values() for problem in reading.problems]
        sources = [(one.article.folder, one.article.source) for one in batch.values()]
        _replace_problems(db, sources, problems, run_id)
        after = links_of(db, batch)
        return Touched(articles=frozenset(batch), posts=orphaned) | derive(db, before, after)


def save_captures(db: Database, captures: Iterable[Capture], media: Iterable[KeptMedia] = ()) -> Touched:
    """Add captures, with the media that they name, in one transaction, derive their posts again, and return what that
    touched.

    What they say of posts that no embed names is kept as a line of the index, which markers are held against.

    Raises ArchiverError if the archive or the folder beside it cannot be written; none of them is then stored.
    """
    added = list(captures)
    posts = frozenset(capture.post_id for capture in added)
    with transaction(db):
        posts |= posts_opened_anew(db, ((one.author_id, one.author_since) for one in added))
        insert_captures(db, added)
        lines = add_indexed(db, unembedded(db, added))
        observed = frozenset(line.post_id for line in lines)
        links = Links(articles=frozenset(), observed=observed, posts=posts, names=Counter())
        insert_media(db, media, {capture.id: capture.fetched_at for capture in added})
        return derive(db, links, links)


def forget_articles(db: Database, ids: Iterable[str]) -> Touched:
    """Remove articles, the problems of their sources, and the posts and authors that no other article embeds."""
    gone = list(ids)
    with transaction(db):
        before, orphaned = links_of(db, gone), posts_standing_in(db, gone)
        _clear(db, gone)
        _each(
            db,
            "DELETE FROM problems WHERE (folder, source) IN (SELECT folder, source FROM articles WHERE id = ?)",
            gone,
        )
        _each(db, "DELETE FROM articles WHERE id = ?", gone)
        return Touched(articles=frozenset(gone), posts=orphaned) | derive(db, before, links_of(db, ()))


def save_problems(db: Database, problems: Iterable[Problem], *, run_id: int) -> None:
    """Replace the problems of these sources; what an earlier run stored of the sources themselves stays."""
    found = list(problems)
    with transaction(db):
        _replace_problems(db, (), found, run_id)


def forget_problems(db: Database, problems: Iterable[Problem]) -> None:
    """Remove problems that are no more, such as those of a source that has vanished or a folder that opened up."""
    with transaction(db):
        _each(db, "DELETE FROM problems WHERE id = ?", map(problem_id, problems))


def _insert(
    db: Database,
    batch: Mapping[str, Reading],
    reader: str,
    run_id: int,
    keep_sources: bool,
) -> None:
    articles = (article_row(one.article, reader, run_id, one.text, one.body) for one in batch.values())
    db.conn.executemany(SAVE_ARTICLE, articles)
    db.conn.executemany(SAVE_EMBED, (embed_row(id_, embed) for id_, one in batch.items() for embed in one.embeds))
    save_passages(db, batch)
    pictures = [(one.article, picture) for one in batch.values() for picture in one.article.pictures]
    db.conn.executemany(SAVE_MEMBER, (picture_member(*picture) for picture in pictures))
    db.conn.executemany(SAVE_PICTURE, (picture_row(*picture) for picture in pictures))
    if keep_sources:
        db.conn.executemany(SAVE_MEMBER, (source_member(one.article) for one in batch.values()))


def _clear(db: Database, ids: Iterable[str]) -> None:
    for statement in CLEAR_ARTICLE:
        _each(db, statement, ids)


def _replace_problems(
    db: Database, sources: Iterable[tuple[str, str]], problems: Iterable[Problem], run_id: int
) -> None:
    """Let the problems of these sources, and of those that have problems now, be these."""
    wanted = _merged(problems)
    where = {tuple(map(storable_name, source)) for source in sources} | {row[1:3] for row in wanted.values()}
    stored_sql = "SELECT id, folder, source, kind, detail FROM problems WHERE folder = ? AND source = ?"
    stored = {row[0]: row for source in where for row in db.conn.execute(stored_sql, source)}
    _each(db, "DELETE FROM problems WHERE id = ?", stored.keys() - wanted.keys())
    db.conn.executemany(SAVE_PROBLEM, ((*row, run_id) for id_, row in wanted.items() if stored.get(id_) != row))


def _merged(problems: Iterable[Problem]) -> dict[str, Row]:
    """Rows of `problems` without their run, by id; sentences of one kind about one source follow each other."""
    details: dict[str, list[str]] = {}
    rows: dict[str, Row] = {}
    for problem in problems:
        id_ = problem_id(problem)
        details.setdefault(id_, []).append(problem.detail)
        names = (storable_name(problem.folder), storable_name(problem.source))
        rows[id_] = (id_, *names, storable(problem.kind), storable(" ".join(details[id_])))
    return rows


def _each(db: Database, sql: str, ids: Iterable[str]) -> None:
    db.conn.executemany(sql, ((id_,) for id_ in ids))
