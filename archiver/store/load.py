"""Loading what is stored, row by row, so that memory stays flat."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.records import Author, Embed, Post, Problem
from archiver.store.media import EXTENSIONS, THUMB_TYPE, load_media_digests, load_media_file
from archiver.store.members import unpack
from archiver.store.rows import ArticleEntry, StoredArticle, records_of, select_sql

ENTRIES = """
    SELECT id, folder, source, title, published_at, byline, language, format,
      (SELECT count(*) FROM embeds WHERE embeds.article_id = articles.id)
    FROM articles
"""

ENTRY_ORDER = "ORDER BY published_at DESC, id"
"""Newest first; the undated come last."""

ARTICLES_WITH_WORDS_OF_POST = "WHERE id IN (SELECT article_id FROM orphans WHERE post_id = ?)"

ARTICLES_OF_AUTHOR = """
    WHERE id IN (
      SELECT article_id FROM embeds LEFT JOIN posts ON posts.id = post_id
        WHERE embeds.rowid IN (SELECT rowid FROM main.embeds WHERE author_id = ?1)
          AND embeds.author_id = ?1 AND posts.status IS NOT 'redacted'
      UNION SELECT article_id FROM embeds WHERE post_id IN (
        SELECT id FROM posts WHERE id IN (SELECT id FROM main.posts WHERE author_id = ?1)
          AND author_id = ?1 AND status IS NOT 'redacted'))
"""
"""`main` has the indexes by which an account is found, also where views stand before the tables (`store.shown`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How much the archive holds; `forms` counts embeds by (platform, form)."""

    articles: int
    embeds: int
    posts: int
    authors: int
    problems: int
    forms: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """What an article says about itself, without its text."""

    id: str
    title: str | None
    published_at: str | None
    byline: str | None
    language: str | None
    url: str | None


def load_entries_with_words_of_post(db: Database, post_id: str) -> Iterator[ArticleEntry]:
    """The articles in which the post's words stand without attribution, newest first."""
    return _entries(db, ARTICLES_WITH_WORDS_OF_POST, post_id)


def load_entries_of_author(db: Database, author_id: str) -> Iterator[ArticleEntry]:
    """The articles that embed anything of the author but what is redacted, newest first."""
    return _entries(db, ARTICLES_OF_AUTHOR, author_id)


def load_headings(db: Database) -> Iterator[Heading]:
    """What all articles say about themselves, by id."""
    return records_of(Heading, db.conn.execute(select_sql(Heading, "articles", "ORDER BY id")))


def load_article(db: Database, article_id: str) -> StoredArticle | None:
    """One article with its text."""
    rows = db.conn.execute(select_sql(StoredArticle, "articles", "WHERE id = ?"), (article_id,))
    return next(records_of(StoredArticle, rows), None)


def load_embeds(db: Database, article_id: str) -> list[Embed]:
    """The embeds of an article in document order."""
    rows = db.conn.execute(select_sql(Embed, "embeds", "WHERE article_id = ? ORDER BY ordinal"), (article_id,))
    return list(records_of(Embed, rows))


def load_embeds_of_post(db: Database, post_id: str) -> list[tuple[str, Embed]]:
    """The embeds of a post, each with the id of its article, by article."""
    sql = select_sql(Embed, "embeds", "WHERE post_id = ? ORDER BY article_id, ordinal")
    rows = db.conn.execute(sql.replace("SELECT", "SELECT article_id,", 1), (post_id,)).fetchall()
    return list(zip((row[0] for row in rows), records_of(Embed, (row[1:] for row in rows)), strict=True))


def find_articles(db: Database, name: str, path: str) -> list[str]:
    """The ids of the articles that have this id, address or (end of) source, or whose file is at `path` (absolute)."""
    rows = db.conn.execute(
        "SELECT articles.id FROM articles JOIN folders ON folders.id = articles.folder WHERE articles.id = ?1 "
        "OR articles.url = ?1 OR substr('/' || articles.source, -length('/' || ?1)) = '/' || ?1 "
        "OR folders.path || '/' || articles.source = ?2 ORDER BY 1",
        (name, path),
    )
    return [row[0] for row in rows]


def load_posts(db: Database) -> Iterator[Post]:
    """All posts, by id."""
    return records_of(Post, db.conn.execute(select_sql(Post, "posts", "ORDER BY id")))


def load_post(db: Database, post_id: str) -> Post | None:
    """One post."""
    return next(records_of(Post, db.conn.execute(select_sql(Post, "posts", "WHERE id = ?"), (post_id,))), None)


def load_posts_of_native_id(db: Database, native_id: str) -> list[Post]:
    """The posts whose platform gave them this id, by platform."""
    return list(
        records_of(Post, db.conn.execute(select_sql(Post, "posts", "WHERE native_id = ? ORDER BY id"), (native_id,)))
    )


def load_authors(db: Database) -> Iterator[Author]:
    """All authors, by id."""
    return records_of(Author, db.conn.execute(select_sql(Author, "authors", "ORDER BY id")))


def load_author(db: Database, author_id: str) -> Author | None:
    """One author."""
    rows = db.conn.execute(select_sql(Author, "authors", "WHERE id = ?"), (author_id,))
    return next(records_of(Author, rows), None)


def load_member(db: Database, name: str) -> tuple[str | None, bytes] | None:
    """A file kept in the archive: its type, where it is a picture's, and its bytes; None if there is none.

    Raises zlib.error where it is damaged.
    """
    row = db.conn.execute(
        "SELECT coalesce((SELECT type FROM pictures WHERE pictures.name = sqlar.name), "  # noqa: S608  a type of ours
        "(SELECT type FROM media WHERE media.name = sqlar.name), "
        f"(SELECT '{THUMB_TYPE}' FROM media WHERE media.thumb = sqlar.name)), sz, data FROM sqlar WHERE name = ?",
        (name,),
    ).fetchone()
    return None if row is None else (row[0], unpack(row[1], row[2]))


def load_picture(db: Database, digest: str) -> tuple[str, bytes] | None:
    """A picture by the SHA-256 of its bytes: its type and they; None if there is none.

    Raises zlib.error where it is damaged.
    """
    sql = "SELECT type, sz, data FROM pictures JOIN sqlar USING (name) WHERE sha256 = ? LIMIT 1"
    row = db.conn.execute(sql, (digest,)).fetchone()
    return None if row is None else (row[0], unpack(row[1], row[2]))


def load_owner_of_embed(db: Database, embed_id: str) -> tuple[str, str | None] | None:
    """The article that an embed stands in, and the post it is of, where that is known."""
    row = db.conn.execute("SELECT article_id, post_id FROM embeds WHERE id = ?", (embed_id,)).fetchone()
    return None if row is None else (row[0], row[1])


def load_newest_posts_of(db: Database, author_id: str, count: int) -> list[Post]:
    """The newest posts of an account but those that are redacted, so many at most."""
    rest = (
        "WHERE id IN (SELECT id FROM main.posts WHERE author_id = ?1) AND author_id = ?1 "
        "AND status IS NOT 'redacted' ORDER BY posted_at DESC, id LIMIT ?2"
    )
    return list(records_of(Post, db.conn.execute(select_sql(Post, "posts", rest), (author_id, count))))


def load_picture_digests(db: Database) -> Iterator[tuple[str, str]]:
    """The type and the SHA-256 of each picture that any article has, once."""
    return iter(db.conn.execute("SELECT DISTINCT type, sha256 FROM pictures ORDER BY 1, 2"))


def load_source(db: Database, article_id: str) -> bytes | None:
    """The bytes an article was read from; None if they were not kept."""
    row = db.conn.execute("SELECT sz, data FROM sqlar WHERE name = ?", (article_id,)).fetchone()
    return None if row is None else unpack(*row)


def has_source(db: Database, article_id: str) -> bool:
    """Whether the bytes an article was read from were kept."""
    return db.conn.execute("SELECT 1 FROM sqlar WHERE name = ?", (article_id,)).fetchone() is not None


def load_files(db: Database) -> Iterator[tuple[str, bytes]]:
    """All files that the archive keeps, one at a time: `sources/ARTICLE`, by article, then each picture of an article
    and each file of a post once, `media/SHA256.EXTENSION`; but for those that are beside the archive."""
    sources = "SELECT id, sz, data FROM articles JOIN sqlar ON name = id ORDER BY id"
    for id_, size, data in db.conn.execute(sources):
        yield f"sources/{id_}", unpack(size, data)
    pictures = (
        "SELECT sha256, type, sz, data FROM pictures JOIN sqlar USING (name) "
        "WHERE pictures.id IN (SELECT min(id) FROM pictures GROUP BY sha256) ORDER BY sha256"
    )
    for sha256, type_, size, data in db.conn.execute(pictures):
        yield f"media/{sha256}.{type_.rpartition('/')[2]}", unpack(size, data)
    for type_, digest in load_media_digests(db):
        if found := load_media_file(db, digest):
            yield f"media/{digest}.{EXTENSIONS[type_]}", found[1]


def load_problems(db: Database, folder: str | None = None) -> Iterator[Problem]:
    """All problems, or those of a folder, by source and kind."""
    rest = "WHERE ?1 IS NULL OR folder = ?1 ORDER BY folder, source, kind"
    return records_of(Problem, db.conn.execute(select_sql(Problem, "problems", rest), (folder,)))


def count_archive(db: Database) -> Counts:
    """How much the archive holds."""
    forms = db.conn.execute("SELECT platform, form, count(*) FROM embeds GROUP BY 1, 2 ORDER BY 1, 2").fetchall()
    return Counts(
        articles=db.table("articles").count,
        embeds=db.table("embeds").count,
        posts=db.table("posts").count,
        authors=db.table("authors").count,
        problems=db.table("problems").count,
        forms=tuple(forms),
    )


def _entries(db: Database, where: str, *parameters: str) -> Iterator[ArticleEntry]:
    return records_of(ArticleEntry, db.conn.execute(f"{ENTRIES} {where} {ENTRY_ORDER}", parameters))
