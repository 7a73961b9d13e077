"""The shape of archive.db: tables, keys, indexes, full text and views, as data.

Key columns are single (Datasette drops compound foreign keys) and long texts stand last in a row, so that a scan
over the short columns does not read the overflow pages of the long ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass

APPLICATION_ID = int.from_bytes(b"ARCV", "big")
"""Marks a file as ours: https://www.sqlite.org/pragma.html#pragma_application_id"""

SCHEMA_VERSION = 2
"""`user_version` of the file; a program refuses a file with a larger one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A STRICT table; `references` names, for a column, the table whose primary key it holds."""

    columns: Mapping[str, type]
    required: tuple[str, ...]
    key: str = "id"
    references: Mapping[str, tuple[str, str]]
    indexes: tuple[str | tuple[str, ...], ...] = ()


SQLAR = """
CREATE TABLE IF NOT EXISTS sqlar(
  name TEXT PRIMARY KEY,  -- name of the file
  mode INT,               -- access permissions
  mtime INT,              -- last modification time
  sz INT,                 -- original file size
  data BLOB               -- compressed content
)
"""
"""Word for word the table of SQLite's archive format: https://www.sqlite.org/sqlar.html"""

TABLES: Mapping[str, Table] = {
    "folders": Table(
        columns={"id": str, "path": str},
        required=("id", "path"),
        references={},
    ),
    "runs": Table(
        columns={
            "id": int,
            "started_at": str,
            "finished_at": str,
            "version": str,
            "arguments": str,
            "seen": int,
            "saved": int,
            "unchanged": int,
            "vanished": int,
            "forgotten": int,
            "problems": int,
        },
        required=("started_at", "version", "arguments"),
        references={},
    ),
    "articles": Table(
        columns={
            "id": str,
            "folder": str,
            "source": str,
            "title": str,
            "published_at": str,
            "byline": str,
            "language": str,
            "url": str,
            "format": str,
            "encoding": str,
            "size": int,
            "sha256": str,
            "reader": str,
            "text": str,
            "body": str,
        },
        required=("id", "folder", "source", "format", "encoding", "size", "sha256", "reader"),
        references={"folder": ("folders", "id")},
        indexes=("published_at",),
    ),
    "authors": Table(
        columns={"id": str, "platform": str, "handle": str, "name": str, "name_source": str, "url": str},
        required=("id", "platform", "handle"),
        references={},
    ),
    "posts": Table(
        columns={
            "id": str,
            "platform": str,
            "native_id": str,
            "permalink": str,
            "permalink_source": str,
            "author_id": str,
            "author_source": str,
            "posted_at": str,
            "precision": str,
            "posted_at_source": str,
            "posted_at_options": str,
            "text": str,
            "text_source": str,
            "language": str,
            "status": str,
        },
        required=("id", "platform"),
        references={"author_id": ("authors", "id")},
        indexes=("posted_at",),
    ),
    "embeds": Table(
        columns={
            "id": str,
            "article_id": str,
            "ordinal": int,
            "platform": str,
            "form": str,
            "start": int,
            "end": int,
            "marker": str,
            "native_id": str,
            "permalink": str,
            "handle": str,
            "author_name": str,
            "posted_at": str,
            "precision": str,
            "posted_text": str,
            "posted_at_options": str,
            "text": str,
            "language": str,
            "handle_origin": str,
            "time_origin": str,
            "rule": str,
            "conflict": str,
            "decoded_at": str,
            "observed_id": str,
            "post_id": str,
            "author_id": str,
        },
        required=("id", "article_id", "ordinal", "platform", "form", "start", "end", "marker"),
        references={"article_id": ("articles", "id"), "post_id": ("posts", "id"), "author_id": ("authors", "id")},
        indexes=(
            "observed_id",
            ("platform", "posted_at"),
            ("platform", "decoded_at"),
            ("author_id", "decoded_at", "native_id"),
        ),
    ),
    "passages": Table(
        columns={
            "id": str,
            "article_id": str,
            "embed_id": str,
            "start": int,
            "end": int,
            "score": float,
            "reason": str,
            "text": str,
        },
        required=("id", "article_id", "embed_id", "start", "end", "score", "reason", "text"),
        references={"article_id": ("articles", "id"), "embed_id": ("embeds", "id")},
    ),
    "quotes": Table(
        columns={
            "id": str,
            "embed_id": str,
            "post_id": str,
            "start": int,
            "end": int,
            "score": float,
            "agreement": float,
            "reason": str,
            "text": str,
        },
        required=("id", "embed_id", "start", "end", "score", "reason", "text"),
        references={"embed_id": ("embeds", "id"), "post_id": ("posts", "id")},
    ),
    "candidates": Table(
        columns={
            "id": str,
            "marker_id": str,
            "post_id": str,
            "chosen": int,
            "score": float,
            "rule": str,
            "window": str,
            "by_author": int,
            "distance": float,
            "text_match": float,
        },
        required=("id", "marker_id", "post_id", "chosen", "score", "rule", "window", "by_author"),
        references={"post_id": ("posts", "id")},
        indexes=("marker_id",),
    ),
    "account_names": Table(
        columns={
            "id": str,
            "author_id": str,
            "kind": str,
            "value": str,
            "embeds": int,
            "first_seen": str,
            "last_seen": str,
        },
        required=("id", "author_id", "kind", "value", "embeds"),
        references={"author_id": ("authors", "id")},
    ),
    "renames": Table(
        columns={"id": str, "post_id": str, "author_id": str, "other_id": str},
        required=("id", "post_id", "author_id", "other_id"),
        references={"post_id": ("posts", "id"), "author_id": ("authors", "id"), "other_id": ("authors", "id")},
    ),
    "flags": Table(
        columns={
            "id": str,
            "kind": str,
            "cause": str,
            "post_id": str,
            "embed_id": str,
            "article_id": str,
            "detail": str,
        },
        required=("id", "kind", "post_id", "embed_id", "article_id", "detail"),
        references={"post_id": ("posts", "id"), "article_id": ("articles", "id"), "embed_id": ("embeds", "id")},
        indexes=("kind",),
    ),
    "orphans": Table(
        columns={
            "id": str,
            "post_id": str,
            "article_id": str,
            "start": int,
            "end": int,
            "score": float,
            "text": str,
        },
        required=("id", "post_id", "article_id", "start", "end", "score", "text"),
        references={"post_id": ("posts", "id"), "article_id": ("articles", "id")},
    ),
    "pictures": Table(
        columns={"id": str, "article_id": str, "src": str, "type": str, "sha256": str, "name": str},
        required=("id", "article_id", "src", "type", "sha256", "name"),
        references={"article_id": ("articles", "id"), "name": ("sqlar", "name")},
    ),
    "patches": Table(
        # Of texts that may be of no article here: `id` is the SHA-256 of the patched bytes.
        columns={"id": str, "source": str, "original": str, "replaced": str},
        required=("id", "source", "original", "replaced"),
        references={},
    ),
    "indexed": Table(
        # Posts that no embed here needs to name: what other archives share in an index.
        columns={
            "id": str,
            "platform": str,
            "native_id": str,
            "handle": str,
            "permalink": str,
            "posted_at": str,
            "precision": str,
            "decoded_at": str,
            "post_id": str,
            "author_id": str,
        },
        required=("id", "platform", "native_id", "handle", "post_id", "author_id"),
        references={},  # a post or an author is only there once an embed may be of it
        indexes=("post_id", ("author_id", "decoded_at")),
    ),
    "imports": Table(
        columns={"id": int, "file": str, "format": str},
        required=("file", "format"),
        references={},
    ),
    "imported": Table(
        # What an import brought: `id` is that of an article, of a folder with its `/`, or of a row of `indexed`.
        columns={"id": str, "import_id": int},
        required=("id", "import_id"),
        references={"import_id": ("imports", "id")},
    ),
    "problems": Table(
        columns={"id": str, "folder": str, "source": str, "kind": str, "detail": str, "run_id": int},
        required=("id", "folder", "source", "kind", "detail", "run_id"),
        # Not to `folders`: a PATH that does not exist is a problem too, and was never registered.
        references={"run_id": ("runs", "id")},
        indexes=("folder", "source"),
    ),
}

SEARCHED: Mapping[str, tuple[str, ...]] = {
    "articles": ("title", "byline", "text"),
    "posts": ("text",),
    "authors": ("handle", "name"),
}
"""Columns in the full-text index `TABLE_fts` of each table."""

TOKENIZER = "unicode61 remove_diacritics 2"
"""`2` folds every diacritic, `1` (the default) misses some: https://www.sqlite.org/fts5.html#unicode61_tokenizer"""

VIEWS: Mapping[str, str] = {
    "article_embeds": """
        SELECT embeds.id, embeds.article_id, articles.title, articles.published_at, embeds.ordinal, embeds.platform,
          embeds.form, embeds.handle, embeds.author_name, embeds.posted_at, embeds.precision, embeds.marker,
          embeds.post_id
        FROM embeds JOIN articles ON articles.id = embeds.article_id""",
    "post_articles": """
        SELECT posts.id AS post_id, posts.platform, posts.permalink, posts.posted_at, posts.author_id,
          articles.id AS article_id, articles.title, articles.published_at, embeds.id AS embed_id, embeds.form
        FROM posts JOIN embeds ON embeds.post_id = posts.id JOIN articles ON articles.id = embeds.article_id""",
    "author_posts": """
        SELECT authors.id AS author_id, authors.platform, authors.handle, authors.name, posts.id AS post_id,
          posts.permalink, posts.posted_at, posts.precision, posts.text,
          (SELECT count(DISTINCT article_id) FROM embeds WHERE embeds.post_id = posts.id) AS articles
        FROM authors JOIN posts ON posts.author_id = authors.id""",
    "article_quotes": """
        SELECT quotes.text, quotes.score, quotes.agreement, quotes.reason, embeds.platform, embeds.handle,
          quotes.post_id, embeds.article_id, articles.title, articles.published_at, quotes.embed_id
        FROM quotes JOIN embeds ON embeds.id = quotes.embed_id JOIN articles ON articles.id = embeds.article_id""",
    "aliases": """
        SELECT marker_id AS id, post_id, rule, distance, text_match FROM candidates WHERE chosen""",
    "contradictions": """
        SELECT flags.kind, flags.cause, flags.detail, flags.post_id, posts.permalink, flags.article_id, articles.title,
          articles.published_at, flags.embed_id
        FROM flags JOIN posts ON posts.id = flags.post_id JOIN articles ON articles.id = flags.article_id
        UNION ALL
        SELECT 'unattributed', NULL, 'The post’s words stand in the article without attribution'
          || CASE WHEN orphans.score < 1 THEN ' (' || CAST(orphans.score * 100 AS INTEGER) || ' % alike)' ELSE '' END
          || ': “' || orphans.text || '”', orphans.post_id, posts.permalink, orphans.article_id, articles.title,
          articles.published_at, NULL
        FROM orphans JOIN posts ON posts.id = orphans.post_id JOIN articles ON articles.id = orphans.article_id""",
    "source_problems": """
        SELECT problems.folder, problems.source, problems.kind, problems.detail, runs.started_at AS first_seen_at
        FROM problems JOIN runs ON runs.id = problems.run_id""",
}
