"""The shape of archive.db: tables, keys, indexes and full text, as data; what each holds is in `descriptions`.

Key columns are single (Datasette drops compound foreign keys) and long texts stand last in a row, so that a scan
over the short columns does not read the overflow pages of the long ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

APPLICATION_ID = int.from_bytes(b"ARCV", "big")
"""Marks a file as ours: https://www.sqlite.org/pragma.html#pragma_application_id"""

SCHEMA_VERSION = 5
"""`user_version` of the file; a program refuses a file with a larger one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A STRICT table; `references` names, for a column, the table whose primary key it holds.

    `generated` are text columns that SQLite makes from the others when they are read, by their expression: no record
    has them, and nothing writes them. They are there to be filtered and counted by. `counted` are indexes for that,
    which nothing that writes has need of: they are made when a first load is complete.
    """

    columns: Mapping[str, type]
    required: tuple[str, ...]
    key: str = "id"
    references: Mapping[str, tuple[str, str]]
    indexes: tuple[str | tuple[str, ...], ...] = ()
    counted: tuple[str | tuple[str, ...], ...] = ()
    generated: Mapping[str, str] = field(default_factory=dict)


STATE = """
    CASE WHEN {text} IS NOT NULL THEN 'words' WHEN coalesce({author}, {time}) IS NOT NULL THEN 'who' ELSE 'link' END"""
"""What of a post is kept: its words; else who or when; else no more than where it was."""


def unless_redacted(column: str, table: str = "") -> str:
    """The SQL of a value that is told of a post unless that is redacted; `table` is empty or ends in a dot."""
    return f"iif({table}status IS 'redacted', NULL, {column})"


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
            "run_id": int,
            "text": str,
            "body": str,
        },
        required=("id", "folder", "source", "format", "encoding", "size", "sha256", "reader"),
        references={"folder": ("folders", "id"), "run_id": ("runs", "id")},
        indexes=("published_at",),
        counted=(("year", "language", "format"),),
        generated={"year": "substr(published_at, 1, 4)"},
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
            "memento_at": str,
            "status": str,
            "life": str,
            "life_since": str,
            "life_answers": int,
            "checked_at": str,
            "edited_after": str,
            "edited_before": str,
        },
        required=("id", "platform"),
        references={"author_id": ("authors", "id")},
        indexes=("posted_at",),
        # So that no count reads the texts: of plain columns by the first, of generated ones by an index they lead,
        # which SQLite before 3.41 wants for that.
        counted=(
            ("platform", "year", "state", "language", "precision", "posted_at_source", "status"),
            ("id", "author_id"),
            ("year", "state", "status"),
            "state",
            "status",
            ("year", "platform", "life", "status"),
            "life",
        ),
        generated={
            "year": unless_redacted("substr(posted_at, 1, 4)"),
            "state": STATE.format(
                text=unless_redacted("text"), author=unless_redacted("author_id"), time=unless_redacted("posted_at")
            ).strip(),
        },
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
            ("post_id", "article_id"),
            ("platform", "posted_at"),
            ("platform", "decoded_at"),
            ("author_id", "decoded_at", "native_id"),
        ),
        counted=(("author_id", "post_id", "article_id"), ("form", "language", "precision")),
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
        indexes=("sha256",),
    ),
    "patches": Table(
        # Of texts that may be of no article here: `id` is the SHA-256 of the patched bytes.
        columns={"id": str, "source": str, "original": str, "replaced": str},
        required=("id", "source", "original", "replaced"),
        references={},
    ),
    "redactions": Table(
        # Apart from `posts`, whose rows go with the last article that embeds them, and come back with another.
        columns={"id": str},
        required=("id",),
        references={},
    ),
    "descriptions": Table(
        columns={"id": str, "kind": str, "table_name": str, "column_name": str, "description": str},
        required=("id", "kind", "table_name", "description"),
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
    "captures": Table(
        columns={
            "id": str,
            "post_id": str,
            "source": str,
            "url": str,
            "method": str,
            "fetched_at": str,
            "memento_at": str,
            "outcome": str,
            "status": int,
            "detail": str,
            "file": str,
            "byte_offset": int,
            "record_id": str,
            "sha256": str,
            "run_id": int,
            "permalink": str,
            "author_id": str,
            "handle": str,
            "author_name": str,
            "author_since": str,
            "posted_at": str,
            "precision": str,
            "edited_at": str,
            "language": str,
            "text": str,
        },
        required=("id", "post_id", "source", "url", "method", "fetched_at", "outcome"),
        # Not to `posts` and `authors`: evidence stays when the last article goes that embeds the post.
        references={"run_id": ("runs", "id")},
        indexes=(
            ("post_id", "outcome", "fetched_at"),
            ("sha256", "fetched_at"),
            ("file", "byte_offset"),
            ("run_id", "id"),
            ("author_id", "author_since"),
            "author_since",
        ),
    ),
    "media": Table(
        columns={
            "id": str,
            "post_id": str,
            "capture_id": str,
            "ordinal": int,
            "kind": str,
            "url": str,
            "outcome": str,
            "detail": str,
            "request_id": str,
            "type": str,
            "size": int,
            "sha256": str,
            "width": int,
            "height": int,
            "name": str,
            "file": str,
            "thumb": str,
            "thumb_sha256": str,
            "thumb_width": int,
            "thumb_height": int,
            "alt": str,
        },
        required=("id", "post_id", "capture_id", "ordinal", "kind", "url", "outcome"),
        # Not to `posts`, as captures are not.
        references={
            "capture_id": ("captures", "id"),
            "request_id": ("captures", "id"),
            "name": ("sqlar", "name"),
            "thumb": ("sqlar", "name"),
        },
        indexes=("post_id", "sha256", "thumb_sha256"),
    ),
    "problems": Table(
        columns={"id": str, "folder": str, "source": str, "kind": str, "detail": str, "run_id": int},
        required=("id", "folder", "source", "kind", "detail", "run_id"),
        # Not to `folders`: a PATH that does not exist is a problem too, and was never registered.
        references={"run_id": ("runs", "id")},
        indexes=("folder", "source"),
    ),
}

ADDED_SINCE = frozenset({"patches", "descriptions", "indexed", "imports", "imported"})
"""Tables that an archive of this version may lack, as long as nothing was written to it since there are such."""

TRIGGERS: Mapping[str, str] = {
    f"captures_{event.lower()}": f"""
        CREATE TRIGGER IF NOT EXISTS captures_{event.lower()} BEFORE {event} ON captures {condition}
        BEGIN SELECT RAISE(ABORT, 'captures are evidence: they are added to, never changed'); END"""
    for event, condition in (
        ("UPDATE", ""),
        ("DELETE", ""),
        # INSERT OR REPLACE deletes without the trigger that is there for it, unless triggers are recursive.
        ("INSERT", "WHEN EXISTS (SELECT 1 FROM captures WHERE id = NEW.id)"),
    )
} | {
    # OR IGNORE would not hold: what an upsert says of conflicts goes for its triggers too (lang_createtrigger.html).
    "posts_redacted": """
        CREATE TRIGGER IF NOT EXISTS posts_redacted AFTER UPDATE OF status ON posts WHEN NEW.status = 'redacted'
        BEGIN INSERT INTO redactions SELECT NEW.id WHERE NEW.id NOT IN (SELECT id FROM redactions); END"""
}
"""What keeps tables that are only ever added to (https://www.sqlite.org/lang_createtrigger.html)."""

SEARCHED: Mapping[str, tuple[str, ...]] = {
    "articles": ("title", "byline", "text"),
    "posts": ("text",),
    "authors": ("handle", "name"),
}
"""Columns in the full-text index `TABLE_fts` of each table."""

TOKENIZER = "unicode61 remove_diacritics 2"
"""`2` folds every diacritic, `1` (the default) misses some: https://www.sqlite.org/fts5.html#unicode61_tokenizer"""
