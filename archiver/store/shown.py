"""What is shown: views over the tables of an archive that leave out what is redacted or what a policy withholds.

They are temporary and have the tables' names, which SQLite looks up among temporary ones first
(https://www.sqlite.org/lang_naming.html): whatever reads an archive then, reads what may be shown, and no more. The
file itself stays as it is.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sqlite_utils import Database

from archiver.store.database import archive_behind
from archiver.store.schema import STATE, TABLES, TRIGGERS
from archiver.store.views import VIEWS

Action = Callable[[str, str | None, str | None], str]
"""What is done about a post, by its platform, its account's id and its status: `keep`, `redact-text`, `notice-only`."""

BLANK = "█"
"""What stands for each character of an article that is a withheld post's: a span is as long as it was."""

_HIDDEN = "(SELECT id FROM temp.withheld)"
_WHOLE = "(SELECT id FROM temp.withheld WHERE whole)"
_COVERED = "(SELECT id FROM temp.covered)"
_SPANS = "(SELECT spans FROM temp.covered WHERE covered.id = articles.id)"
_FILES = "(SELECT name FROM temp.withheld_files)"
_WHO = "(SELECT id FROM temp.withheld_authors)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mask:
    """What of a table is shown: `left_out` are the rows that are not, `columns` what stands in place of a column.

    `post` names the column that has the id of a post, and `WHOLE` is then NULL where that is not withheld, and 1 where
    nothing is told of it. `among` are the rows in which a column may be anything else than it is.
    """

    post: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    left_out: str = "false"
    among: str = f"id IN {_HIDDEN}"


def _told_to_some(*columns: str) -> dict[str, str]:
    """Columns that are empty where nothing is told of the post."""
    return {column: f'iif(WHOLE, NULL, "{{0}}"."{column}")' for column in columns}


def _empty(*columns: str) -> dict[str, str]:
    """Columns that are empty of every withheld post."""
    return {column: f'iif(WHOLE IS NULL, "{{0}}"."{column}", NULL)' for column in columns}


_WHEN = ("posted_at", "precision", "posted_at_options", "language")
MASKS: Mapping[str, Mask] = {
    "articles": Mask(
        columns={
            "text": f"iif(id IN {_COVERED} AND format <> 'html', blank_spans(text, {_SPANS}), text)",
        },
        among=f"id IN {_COVERED}",
    ),
    "posts": Mask(
        post="id",
        columns={
            **_told_to_some("native_id", "permalink", "permalink_source", "author_id", "author_source"),
            **_told_to_some(*_WHEN, "posted_at_source", "year"),
            **_empty("text", "text_source"),
            "status": "iif(WHOLE IS NULL, posts.status, iif(WHOLE, 'redacted', 'withheld'))",
            "state": "iif(WHOLE IS NULL, posts.state, iif(WHOLE, 'link', "
            + STATE.format(text="NULL", author="posts.author_id", time="posts.posted_at").strip()
            + "))",
        },
    ),
    "embeds": Mask(
        post="post_id",
        columns={
            **_told_to_some("native_id", "permalink", "handle", "author_name", "posted_text", *_WHEN),
            **_told_to_some("handle_origin", "time_origin", "decoded_at", "observed_id", "author_id"),
            **_empty("text", "conflict"),
            "marker": "iif(WHOLE IS NULL, embeds.marker, blank(embeds.marker))",
        },
        among=f"post_id IN {_HIDDEN}",
    ),
    "captures": Mask(
        post="post_id",
        columns=_empty("text"),
        left_out="WHOLE OR (WHOLE IS NOT NULL AND source = 'media')",
        among=f"post_id IN {_HIDDEN}",
    ),
    "redactions": Mask(left_out="id NOT IN (SELECT id FROM main.posts)"),
    "media": Mask(post="post_id", left_out="WHOLE IS NOT NULL"),
    "quotes": Mask(post="post_id", left_out="WHOLE IS NOT NULL"),
    "flags": Mask(post="post_id", left_out="WHOLE IS NOT NULL"),
    "orphans": Mask(post="post_id", left_out="WHOLE IS NOT NULL"),
    "passages": Mask(left_out=f"embed_id IN (SELECT id FROM main.embeds WHERE post_id IN {_HIDDEN})"),  # noqa: S608
    "candidates": Mask(left_out=f"post_id IN {_WHOLE} OR marker_id IN {_WHOLE}"),
    "renames": Mask(post="post_id", left_out="WHOLE"),
    "indexed": Mask(post="post_id", left_out="WHOLE"),
    "authors": Mask(left_out=f"id IN {_WHO}"),
    "account_names": Mask(left_out=f"author_id IN {_WHO}"),
    "patches": Mask(left_out=f"original IN (SELECT sha256 FROM main.articles WHERE id IN {_COVERED})"),  # noqa: S608
    "sqlar": Mask(left_out=f"name IN {_COVERED} OR name IN {_FILES}"),
}
"""What is shown of each table that says anything of posts; all of any other is."""


@contextmanager
def as_shown(db: Database, action: Action) -> Iterator[int]:
    """Let the archive be as it may be shown while the block runs, for reading only; how many posts are withheld."""
    count = withhold(db, action)
    try:
        yield count
    finally:
        show_all(db)


def withhold(db: Database, action: Action, *, tables: Collection[str] | None = None, but: Collection[str] = ()) -> int:
    """Let the archive be as it may be shown as long as it is open, or these tables of it, or all but some; how many
    posts are withheld.

    Of a post that was captured and that no article embeds any more nothing tells whether it is gone: what is to be done
    about posts that are gone is done about it.
    """
    actions = ((row[0], action(*row[1:])) for sql in (_OF_POSTS, _OF_OTHERS) for row in db.conn.execute(sql))
    withheld = [(id_, what == "notice-only") for id_, what in actions if what != "keep"]
    return _withhold(db, withheld, set(MASKS.keys() | VIEWS.keys() if tables is None else tables) - set(but))


_OF_POSTS = "SELECT id, platform, author_id, status FROM main.posts WHERE status IS NOT NULL"
_OF_OTHERS = """
    SELECT post_id, substr(post_id, 1, instr(post_id, ':') - 1), max(author_id),
      iif(post_id IN (SELECT id FROM main.redactions), 'redacted', 'gone')
    FROM main.captures WHERE post_id NOT IN (SELECT id FROM main.posts) GROUP BY post_id"""


def _withhold(db: Database, withheld: Sequence[tuple[str, bool]], names: Collection[str]) -> int:
    if withheld:
        _tables(db, withheld)
        db.conn.create_function("blank", 1, _blank, deterministic=True)
        db.conn.create_function("blank_spans", 2, _blank_spans, deterministic=True)
        for name in names:
            db.conn.execute(f"CREATE TEMP VIEW {name} AS {VIEWS[name]}" if name in VIEWS else _view(db, name))
        db.conn.commit()
    return len(withheld)


def hide_evidence(connection: sqlite3.Connection) -> None:
    """Let another program that has a connection to an archive (a Datasette) see nothing that was captured of redacted
    posts; nothing is done to a database that is none, or is damaged, which is the other program's to tell."""
    db = archive_behind(connection)
    if db is not None:
        with suppress(sqlite3.DatabaseError):
            withhold(db, _of_redacted, tables=("captures", "media", "sqlar"))


def _of_redacted(_platform: str, _author: str | None, status: str | None) -> str:
    return "notice-only" if status == "redacted" else "keep"


def withheld_posts(db: Database) -> list[tuple[str, bool]]:
    """The posts that are withheld now, and whether nothing is told of them."""
    if not db.conn.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'withheld'").fetchone():
        return []
    return [(id_, bool(whole)) for id_, whole in db.conn.execute("SELECT id, whole FROM temp.withheld ORDER BY id")]


@contextmanager
def as_stored(db: Database) -> Iterator[list[tuple[str, bool]]]:
    """The archive as it is stored while the block runs, and what is withheld of it before and after that."""
    withheld = withheld_posts(db)
    show_all(db)
    try:
        yield withheld
    finally:
        _withhold(db, withheld, MASKS.keys() | VIEWS.keys())


def take_out(db: Database, withheld: Sequence[tuple[str, bool]]) -> None:
    """Make a copy of an archive what is shown of it: what of these posts is not, is no longer in it.

    Only for a copy: it takes the evidence out, too. What SQLite keeps in free pages goes with the next VACUUM.
    """
    if not _withhold(db, withheld, MASKS):
        return
    keys = {name: TABLES[name].key if name in TABLES else "name" for name in MASKS}
    for name, key in keys.items():  # all of it before anything is changed, since one follows from the other
        _note_changes(db, name, key)
    show_all(db)
    for trigger in TRIGGERS:
        db.conn.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for name, key in keys.items():
        _make_changes(db, name, key)
    for trigger in TRIGGERS.values():
        db.conn.execute(trigger)


def _stored_columns(name: str) -> list[str]:
    """The columns of a table that are shown otherwise than they are, but for those that SQLite makes of others."""
    return [column for column in MASKS[name].columns if column in TABLES[name].columns]


def _note_changes(db: Database, name: str, key: str) -> None:
    """Note which rows of a table are not shown, and what is shown of others."""
    out = f'SELECT "{key}" AS id FROM main."{name}" EXCEPT SELECT "{key}" FROM temp."{name}"'  # noqa: S608
    db.conn.execute(f'CREATE TEMP TABLE "out_{name}" AS {out}')
    if columns := _stored_columns(name):
        names = ", ".join(f'"{column}"' for column in columns)
        new = f'SELECT "{key}" AS id, {names} FROM temp."{name}" WHERE {MASKS[name].among}'  # noqa: S608
        db.conn.execute(f'CREATE TEMP TABLE "new_{name}" AS {new}')
        db.conn.execute(f'CREATE INDEX temp."new_{name}_id" ON "new_{name}" (id)')


def _make_changes(db: Database, name: str, key: str) -> None:
    """Remove the rows of a table that were noted, and let the others be what was noted."""
    db.conn.execute(f'DELETE FROM main."{name}" WHERE "{key}" IN (SELECT id FROM temp."out_{name}")')  # noqa: S608
    if columns := _stored_columns(name):
        names = ", ".join(f'"{column}"' for column in columns)
        new = f'SELECT {names} FROM temp."new_{name}" AS new WHERE new.id = "{name}"."{key}"'  # noqa: S608
        which = f'"{key}" IN (SELECT id FROM temp."new_{name}")'  # noqa: S608
        db.conn.execute(f'UPDATE main."{name}" SET ({names}) = ({new}) WHERE {which}')  # noqa: S608


def shown_digest(db: Database) -> str:
    """What changes when other posts are withheld; empty where none are."""
    withheld = withheld_posts(db)
    return hashlib.sha256(json.dumps(withheld).encode()).hexdigest() if withheld else ""


def _tables(db: Database, withheld: Sequence[tuple[str, bool]]) -> None:
    """Make the tables that the views ask: what is withheld, and what follows from that."""
    for name, columns in _ASKED.items():
        db.conn.execute(f"CREATE TEMP TABLE {name} ({columns}) WITHOUT ROWID")
    db.conn.executemany("INSERT INTO temp.withheld VALUES (?, ?)", withheld)
    for sql in _FILLED:
        db.conn.execute(sql)


_ASKED: Mapping[str, str] = {
    "withheld": "id TEXT PRIMARY KEY, whole INT",
    "covered": "id TEXT PRIMARY KEY, spans TEXT",
    "withheld_files": "name TEXT PRIMARY KEY",
    "withheld_authors": "id TEXT PRIMARY KEY",
}
"""The posts, and whether nothing is told of them; the articles that embed any of them, and where; the files of media
that are only theirs; the accounts of which nothing is known but posts of which nothing is told."""

_FILED = """
    SELECT name FROM main.media WHERE name IS NOT NULL AND post_id {0} IN (SELECT id FROM temp.withheld)
    UNION SELECT thumb FROM main.media WHERE thumb IS NOT NULL AND post_id {0} IN (SELECT id FROM temp.withheld)"""
_FILLED = (
    f"""INSERT INTO temp.covered SELECT article_id, json_group_array(json_array(start, "end")) FROM main.embeds
        WHERE post_id IN {_HIDDEN} GROUP BY article_id""",  # noqa: S608  names of our schema
    f"""INSERT INTO temp.withheld_files
        SELECT * FROM ({_FILED.format("")}) EXCEPT SELECT * FROM ({_FILED.format("NOT")})""",  # noqa: S608
    f"""INSERT INTO temp.withheld_authors
        SELECT author_id FROM main.posts WHERE author_id IS NOT NULL AND id IN {_WHOLE}
        EXCEPT SELECT author_id FROM main.posts WHERE id NOT IN {_WHOLE}
        EXCEPT SELECT author_id FROM main.embeds WHERE coalesce(post_id NOT IN {_WHOLE}, true)""",  # noqa: S608
)


def _view(db: Database, name: str) -> str:
    """The view over a table: of that alone, since SQLite goes through the whole of a view that joins two."""
    mask = MASKS[name]
    columns = [row[1] for row in db.conn.execute(f'PRAGMA main.table_xinfo("{name}")')]
    told = (f'{mask.columns.get(column, _PLAIN).format(name, column)} AS "{column}"' for column in columns)
    view = (
        f'CREATE TEMP VIEW "{name}" AS SELECT "{name}".rowid AS rowid, {", ".join(told)} '  # noqa: S608
        f'FROM main."{name}" WHERE ({mask.left_out}) IS NOT TRUE'
    )
    whole = f'(SELECT whole FROM temp.withheld WHERE withheld.id = "{name}"."{mask.post}")'  # noqa: S608
    return view.replace("WHOLE", whole)


_PLAIN = '"{0}"."{1}"'


def show_all(db: Database) -> None:
    """Let the archive be as it is stored again."""
    for name in (*MASKS, *VIEWS):
        db.conn.execute(f'DROP VIEW IF EXISTS temp."{name}"')
    for name in _ASKED:
        db.conn.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _blank(text: str | None) -> str | None:
    return None if text is None else re.sub(r"[^\r\n]", BLANK, text)


def _blank_spans(text: str | None, spans: str) -> str | None:
    """The text with those stretches of it ([start, end] in characters, as JSON) blank."""
    for start, end in json.loads(spans):
        text = None if text is None else f"{text[:start]}{_blank(text[start:end])}{text[end:]}"
    return text
