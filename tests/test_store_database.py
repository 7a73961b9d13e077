"""The file archive.db: what is opened, what is refused, and what is left on disk."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import ArchiveError
from archiver.store import close_archive, count_archive, load_archive, open_archive, schema, views


def new_archive(path: Path) -> Path:
    close_archive(open_archive(path, create=True))
    return path


def shape(path: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
    connection.close()
    return rows


def described(path: Path) -> list[tuple[Any, ...]]:
    """The shape of a file with the columns of its tables as a set: one that was added later stands last."""
    columns = 'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?) ORDER BY name'
    keys = 'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY 1'
    with closing(sqlite3.connect(path)) as connection:
        return [
            (
                kind,
                name,
                *([connection.execute(q, (name,)).fetchall() for q in (columns, keys)] if kind == "table" else [sql]),
            )
            for kind, name, sql in shape(path)
        ]


def sqlite_file(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    """The schema is applied once; a second opening leaves every table, index, view and trigger as it was."""
    path = new_archive(tmp_path / "archive.db")
    before = shape(path)
    close_archive(open_archive(path, create=False))
    assert shape(path) == before


def test_every_table_of_ours_is_strict(tmp_path: Path) -> None:
    """A value of the wrong type cannot get into a table of ours."""
    db = open_archive(tmp_path / "archive.db", create=True)
    assert {name: db.table(name).strict for name in schema.TABLES} == dict.fromkeys(schema.TABLES, True)
    db.close()


def test_foreign_keys_are_enforced(tmp_path: Path) -> None:
    """An embed of an article that is not there is refused."""
    db = open_archive(tmp_path / "archive.db", create=True)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.conn.execute(
            'INSERT INTO embeds (id, article_id, ordinal, platform, form, start, "end", marker) '
            "VALUES ('a#1', 'a', 1, 'x', 'url', 0, 1, 'm')"
        )
    db.close()


def test_writing_uses_a_log_and_closing_leaves_one_file(tmp_path: Path) -> None:
    """WAL while open; once closed the archive is a single file that can be copied."""
    db = open_archive(tmp_path / "archive.db", create=True)
    assert db.journal_mode == "wal"
    close_archive(db)
    assert [file.name for file in tmp_path.iterdir()] == ["archive.db"]
    copy = Path(shutil.copy(tmp_path / "archive.db", tmp_path / "copy.db"))
    reopened = load_archive(copy)
    assert reopened.journal_mode == "delete"
    reopened.close()


def test_closing_while_another_program_reads_keeps_all_rows(tmp_path: Path) -> None:
    """A reader that has the file open (a Datasette) does not stop the end of a run."""
    db = open_archive(tmp_path / "archive.db", create=True)
    reader = sqlite3.connect(tmp_path / "archive.db")
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    close_archive(db)
    assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    reader.close()


def _text(path: Path) -> None:
    path.write_text("Not a database, only a shopping list: milk, eggs, a very long loaf of bread.\n" * 20)


def _foreign(path: Path) -> None:
    sqlite_file(path, "CREATE TABLE recipes (id INTEGER PRIMARY KEY)")


def _marked_by_another(path: Path) -> None:
    sqlite_file(path, "PRAGMA application_id = 1", "CREATE TABLE tiles (id INTEGER)")


def _newer(path: Path) -> None:
    new_archive(path)
    sqlite_file(path, f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")


def _damaged(path: Path) -> None:
    new_archive(path)
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_text, "is not an SQLite database"),
        (_foreign, "a database of another program"),
        (_marked_by_another, "a database of another program"),
        (_newer, "made by a newer Archiver"),
        (_damaged, "is damaged"),
        (Path.mkdir, "cannot be opened"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    """One clear sentence with the path, and not a byte of the file is changed."""
    path = tmp_path / "archive.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ArchiveError, match=sentence) as caught:
        open_archive(path, create=True)
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("opener", [lambda path: open_archive(path, create=False), load_archive])
def test_a_missing_archive_is_not_made_by_looking(tmp_path: Path, opener: Callable[[Path], object]) -> None:
    """Only `create` makes a file."""
    with pytest.raises(ArchiveError, match="does not exist"):
        opener(tmp_path / "none.db")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_missing_is_said_so(tmp_path: Path) -> None:
    """`--db` in a folder that does not exist is an error of one sentence."""
    with pytest.raises(ArchiveError, match="its folder is missing"):
        open_archive(tmp_path / "no" / "archive.db", create=True)


def test_an_empty_file_is_an_archive_to_be(tmp_path: Path) -> None:
    """A file of no bytes (from `mktemp`) may become an archive, but is none."""
    (tmp_path / "archive.db").touch()
    with pytest.raises(ArchiveError, match="is empty"):
        load_archive(tmp_path / "archive.db")
    assert new_archive(tmp_path / "archive.db").stat().st_size > 0


def test_a_locked_archive_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, we wait a while and then say so."""
    monkeypatch.setattr("archiver.store.database.BUSY_SECONDS", 0.05)
    path = new_archive(tmp_path / "archive.db")
    writer = sqlite3.connect(path)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ArchiveError, match="in use by another program"):
        open_archive(path, create=True)
    writer.close()


def test_a_folder_closed_to_us_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permission denied is one sentence (simulated: root may do everything)."""

    def denied(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", denied)
    with pytest.raises(ArchiveError, match="permission denied"):
        load_archive(tmp_path / "archive.db")


def test_an_archive_opened_for_reading_cannot_be_written(tmp_path: Path) -> None:
    """`load_archive` never changes the file."""
    db = load_archive(new_archive(tmp_path / "archive.db"))
    assert count_archive(db).articles == 0
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.conn.execute("INSERT INTO folders VALUES ('a', 'b')")
    db.close()


def test_datasette_finds_the_full_text(tmp_path: Path) -> None:
    """Datasette looks for `content="TABLE"` in the SQL of the index; single quotes it does not see."""
    path = new_archive(tmp_path / "archive.db")
    indexes = {name: sql for kind, name, sql in shape(path) if "USING FTS5" in (sql or "")}
    assert set(indexes) == {f"{table}_fts" for table in schema.SEARCHED}
    assert all(f'content="{name.removesuffix("_fts")}"' in sql for name, sql in indexes.items())


def test_no_foreign_key_is_compound(tmp_path: Path) -> None:
    """Datasette drops compound foreign keys, so there are none, and each has an index."""
    db = open_archive(tmp_path / "archive.db", create=True)
    for table in db.tables:
        indexed = {index.columns[0] for index in table.indexes}
        assert {key.column for key in table.foreign_keys} <= indexed
        assert not any(key.is_compound for key in table.foreign_keys)
    db.close()


def _as_version_4(path: Path) -> None:
    """Take from an archive what version 4 did not have."""
    lives = ("life", "life_since", "life_answers", "checked_at", "edited_after", "edited_before", "memento_at")
    sqlite_file(
        path,
        "DROP VIEW checks",
        "DROP INDEX idx_posts_year_platform_life_status",
        "DROP INDEX idx_posts_life",
        *(f"ALTER TABLE posts DROP COLUMN {column}" for column in lives),
        "DROP INDEX idx_captures_author_id_author_since",
        "DROP INDEX idx_captures_author_since",
        "ALTER TABLE captures DROP COLUMN author_since",
        "CREATE INDEX idx_captures_author_id ON captures (author_id)",
        "ALTER TABLE captures DROP COLUMN edited_at",
        "ALTER TABLE captures DROP COLUMN memento_at",
        "DROP TABLE media",
        "DROP TRIGGER posts_redacted",
        "DROP TABLE redactions",
        "PRAGMA user_version = 4",
    )


def _as_version_3(path: Path) -> None:
    """Take from an archive what version 3 did not have."""
    _as_version_4(path)
    sqlite_file(path, "DROP TABLE captures", "PRAGMA user_version = 3")


def _as_version_1(path: Path) -> None:
    """Take from an archive what version 1 did not have."""
    _as_version_3(path)
    with sqlite3.connect(path) as connection:
        for view in views.VIEWS.keys() - {"checks"}:
            connection.execute(f"DROP VIEW {view}")
        for table in ("flags", "renames", "account_names", "candidates", "quotes", "passages"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP INDEX idx_embeds_author_id_decoded_at_native_id")
        for index in ("idx_embeds_observed_id", "idx_embeds_platform_decoded_at", "idx_embeds_platform_posted_at"):
            connection.execute(f"DROP INDEX {index}")
        connection.execute("CREATE INDEX idx_embeds_author_id ON embeds (author_id)")
        for column in ("conflict", "decoded_at", "observed_id"):
            connection.execute(f"ALTER TABLE embeds DROP COLUMN {column}")
        connection.execute("DROP INDEX idx_articles_run_id")
        connection.execute("ALTER TABLE articles DROP COLUMN run_id")
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def test_an_earlier_archive_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its rows stay, what is new is added, and its articles will be read again."""
    path = new_archive(tmp_path / "archive.db")
    sqlite_file(
        path,
        "INSERT INTO folders VALUES ('news', '/news')",
        "INSERT INTO articles (id, folder, source, format, encoding, size, sha256, reader) "
        "VALUES ('news/a', 'news', 'a', 'text', 'utf-8', 1, '0', 'archiver 0')",
        "INSERT INTO posts (id, platform) VALUES ('x:1', 'x')",
        "INSERT INTO authors (id, platform, handle) VALUES ('x:jo', 'x', 'Jo')",
        'INSERT INTO embeds (id, article_id, ordinal, platform, form, start, "end", marker, handle, post_id, author_id)'
        " VALUES ('news/a#1', 'news/a', 1, 'x', 'url', 0, 1, 'm', 'Jo', 'x:1', 'x:jo')",
    )
    _as_version_1(path)
    db = open_archive(path, create=False)
    assert db.conn.execute("SELECT observed_id, marker FROM embeds").fetchall() == [("x:1", "m")]
    assert db.conn.execute("SELECT reader, run_id FROM articles").fetchall() == [("", None)]
    assert {key.column for key in db.table("articles").foreign_keys} == {"folder", "run_id"}
    names = db.conn.execute("SELECT kind, value, embeds, first_seen FROM account_names").fetchall()
    assert names == [("handle", "Jo", 1, None)]
    assert set(schema.TABLES) <= set(db.table_names())
    close_archive(db)


def _as_version_2(path: Path) -> None:
    """Take from an archive what version 2 did not have."""
    _as_version_3(path)
    new = ("articles", "year"), ("posts", "year"), ("posts", "state")
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND (sql LIKE '%\"year\"%' OR sql LIKE '%\"state\"%' "
            "OR name IN ('idx_embeds_post_id_article_id', 'idx_posts_id_author_id', 'idx_pictures_sha256'))"
        ).fetchall():
            connection.execute(f"DROP INDEX {name}")
        for table, column in new:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("DROP INDEX idx_articles_run_id")
        connection.execute("ALTER TABLE articles DROP COLUMN run_id")
        connection.execute("CREATE INDEX idx_embeds_post_id ON embeds (post_id)")
        connection.execute("PRAGMA user_version = 2")


@pytest.mark.parametrize("make_older", [_as_version_2, _as_version_3, _as_version_4])
def test_an_archive_of_an_earlier_version_becomes_as_a_new_one(
    tmp_path: Path, make_older: Callable[[Path], None]
) -> None:
    """It has the same tables, columns, indexes, triggers and views as one that is made now."""
    path = new_archive(tmp_path / "archive.db")
    fresh = described(path)
    make_older(path)
    assert described(path) != fresh
    close_archive(open_archive(path, create=False))
    assert described(path) == fresh


def test_an_earlier_archive_is_not_read_as_it_is(tmp_path: Path) -> None:
    """A command that only reads says what brings it up to date, and leaves the file alone."""
    path = new_archive(tmp_path / "archive.db")
    _as_version_1(path)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="earlier Archiver; the next `archiver run` brings it up to date"):
        load_archive(path)
    assert path.read_bytes() == before
