"""The archive's documentation: that it describes what is there, all of it and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import store
from archiver.store import documentation


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Database]:
    """A fresh archive, with its full-text indexes."""
    path = tmp_path_factory.mktemp("fresh") / "archive.db"
    store.close_archive(store.open_archive(path, create=True))
    with store.reading(path) as opened:
        yield opened


def columns_of(db: store.Database) -> dict[str, list[str]]:
    """The columns of each table and view but those of SQLite's own for full text."""
    tables = [name for name in db.table_names() if "_fts" not in name]
    return {name: [column[0] for column in documentation.columns_in(db, name)] for name in (*tables, *db.view_names())}


def test_every_column_is_described_and_nothing_else(db: store.Database) -> None:
    """Each table and view of a fresh archive, with each of its columns in order, and none that is not there."""
    described = {name: list(each.columns) for name, each in documentation.DESCRIPTIONS.items()}
    assert described == columns_of(db)


def test_a_description_is_a_sentence() -> None:
    """It says something, on one line, and ends; and stands in a Markdown table as it is."""
    sentences = [row[-1] for row in documentation.description_rows()]
    assert [one for one in sentences if not one.endswith((".", "…")) or "\n" in one or "|" in one] == []


def test_the_archive_holds_its_descriptions(db: store.Database) -> None:
    """Whoever has the file alone can ask it what a column holds."""
    stored = db.conn.execute("SELECT * FROM descriptions ORDER BY rowid").fetchall()
    assert stored == list(documentation.description_rows())
    (sentence,) = db.conn.execute("SELECT description FROM descriptions WHERE id = 'embeds.ordinal'").fetchone()
    assert sentence == "Which embed of the article, from 1 in document order."


def test_outdated_descriptions_are_replaced(tmp_path: Path) -> None:
    """Writing to an archive brings what an earlier version said of it up to date."""
    with store.archive(tmp_path / "archive.db", create=True) as db:
        db.conn.execute("UPDATE descriptions SET description = 'Old.' WHERE id = 'posts'")
        db.conn.commit()
    with store.archive(tmp_path / "archive.db", create=False) as db:
        assert list(db.query("SELECT id FROM descriptions WHERE description = 'Old.'")) == []


def test_datasette_is_told_the_same(db: store.Database) -> None:
    """Its metadata describes each table with its columns, and names rows by a column that the table has."""
    tables = store.datasette_metadata("press")["databases"]["press"]["tables"]
    assert {name: list(table["columns"]) for name, table in tables.items()} == columns_of(db)
    assert {table["label_column"] for table in tables.values() if "label_column" in table} <= {
        column for table in tables.values() for column in table["columns"]
    }
    assert all(table.get("label_column", "") in {"", *table["columns"]} for table in tables.values())


def test_the_diagram_draws_every_key(db: store.Database) -> None:
    """One line for each foreign key: from the table it leads to, with whether it may be NULL."""
    lines = list(documentation.diagram_lines(db))
    assert len(lines) == 1 + sum(len(db.table(name).foreign_keys) for name in db.table_names())
    assert "    articles ||--o{ embeds : article_id" in lines
    assert "    posts |o--o{ embeds : post_id" in lines
