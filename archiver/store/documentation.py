"""The archive's own documentation: its descriptions inside the file, as Datasette's metadata, and for the README."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey

from archiver.store.descriptions import TABLE_DESCRIPTIONS, Described
from archiver.store.rows import insert_sql
from archiver.store.views import VIEW_DESCRIPTIONS

DESCRIPTIONS: Mapping[str, Described] = {**TABLE_DESCRIPTIONS, **VIEW_DESCRIPTIONS}
"""Every table and view; not the full-text indexes (`…_fts`), which are SQLite's own."""

_Row = tuple[str, str, str, str | None, str]
_COLUMNS = ("id", "kind", "table_name", "column_name", "description")


def description_rows() -> Iterator[_Row]:
    """The rows of the table `descriptions`: each table and view, followed by its columns."""
    for name, described in DESCRIPTIONS.items():
        yield name, "view" if name in VIEW_DESCRIPTIONS else "table", name, None, described.one_row
        for column, sentence in described.columns.items():
            yield f"{name}.{column}", "column", name, column, sentence


def save_descriptions(db: Database) -> None:
    """Let the table `descriptions` be what this version says; writes nothing where it is. Inside a transaction."""
    wanted = list(description_rows())
    stored = db.conn.execute(f"SELECT {', '.join(_COLUMNS)} FROM descriptions ORDER BY rowid").fetchall()  # noqa: S608
    if stored != wanted:
        db.conn.execute("DELETE FROM descriptions")
        db.conn.executemany(insert_sql("descriptions", _COLUMNS), wanted)


def datasette_metadata(database: str = "archive") -> dict[str, Any]:
    """What Datasette shows beside the tables of the database called so (its file's name without `.db`).

    In the form of its `metadata.json`: `databases`, `tables`, and of each `description`, `columns` and, where a row
    has a name, `label_column`; views are tables there (https://docs.datasette.io/en/stable/metadata.html). Units are
    named in the descriptions: Datasette's own `units` round values to three digits, and are gone from 1.0.
    """
    tables = {name: _table_metadata(described) for name, described in DESCRIPTIONS.items()}
    return {"databases": {database: {"description": "Articles, their embeds, and what follows.", "tables": tables}}}


def _table_metadata(described: Described) -> dict[str, Any]:
    label = {"label_column": described.label} if described.label else {}
    return {"description": described.one_row, "columns": dict(described.columns), **label}


def table_lines() -> Iterator[str]:
    """Markdown: a table of all tables and views."""
    yield from ("| table or view | one row is |", "|---|---|")
    for name, described in DESCRIPTIONS.items():
        yield f"| `{name}` | {described.one_row[0].lower()}{described.one_row[1:].rstrip('.')} |"


def column_lines(db: Database) -> Iterator[str]:
    """Markdown: for each table and view, a table of its columns, with their types and keys as `db` has them."""
    for name, described in DESCRIPTIONS.items():
        yield from (f"**`{name}`**: {described.one_row}", "", "| column | type | holds |", "|---|---|---|")
        targets = {} if name in VIEW_DESCRIPTIONS else {key.column: key.other_table for key in _keys(db, name)}
        for column, kind, is_key, hidden in columns_in(db, name):
            more = ", generated" if hidden else ", key" if is_key else ""
            key = f" → `{targets[column]}`" if column in targets else more
            yield f"| `{column}` | {kind}{key} | {described.columns[column]} |"
        yield ""


def columns_in(db: Database, table: str) -> list[tuple[str, str, int, int]]:
    """Name, type, whether it is the key, and whether it is generated, of each column; sqlite-utils leaves those out."""
    rows = db.conn.execute("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)", (table,))
    return [(name, kind.lower().partition(" ")[0], pk, hidden) for name, kind, pk, hidden in rows]


def diagram_lines(db: Database) -> Iterator[str]:
    """Mermaid: which column of which table holds the key of a row of another."""
    yield "erDiagram"
    for name in TABLE_DESCRIPTIONS:
        required = {column.name for column in db[name].columns if column.notnull}
        for key in _keys(db, name):
            yield f"    {key.other_table} {'||' if key.column in required else '|o'}--o{{ {name} : {key.column}"


def _keys(db: Database, table: str) -> list[ForeignKey]:
    return sorted(db.table(table).foreign_keys)
