"""What a Datasette is told of an archive: descriptions, facets, orders and questions, as in its metadata.json."""

from collections.abc import Mapping
from typing import Any

from archiver import store
from archiver.browse.queries import QUERIES

FACETS: Mapping[str, tuple[str, ...]] = {
    "posts": ("platform", "year", "state", "language", "precision", "posted_at_source"),
    "articles": ("year", "language", "format"),
    "embeds": ("platform", "form", "language", "precision"),
    "authors": ("platform",),
    "flags": ("kind", "cause"),
    "contradictions": ("kind", "cause"),
    "problems": ("kind",),
    "captures": ("source", "outcome"),
    "media": ("kind", "type", "outcome"),
}
"""Columns to filter by, of tables and views."""

NEWEST_FIRST: Mapping[str, str] = {
    "posts": "posted_at",
    "articles": "published_at",
    "runs": "id",
    "captures": "fetched_at",
}
"""The column that a table is sorted by, downwards."""

DESCRIPTION = (
    "The social-media embeds of a collection of articles, or what is left of them, put together by Archiver: "
    "start with posts or articles, or with one of the questions."
)


def metadata_of(database: str) -> dict[str, Any]:
    """The metadata of an archive under this name: of the database, and `tables` with all that is set for each."""
    known: dict[str, Any] = store.datasette_metadata(database)["databases"][database]
    tables = {name: {**table, **_settings(name)} for name, table in known["tables"].items()}
    return {**known, "description": DESCRIPTION, "tables": tables}


def queries() -> dict[str, dict[str, Any]]:
    """The queries of an archive by name; their SQL is a click away, so that the answer stands at the top."""
    return {
        name: {"sql": query.sql.strip(), "title": query.title, "description": query.description, "hide_sql": True}
        for name, query in QUERIES.items()
    }


def _settings(table: str) -> dict[str, Any]:
    facets = {"facets": list(FACETS[table])} if table in FACETS else {}
    order = {"sort_desc": NEWEST_FIRST[table]} if table in NEWEST_FIRST else {}
    return {**facets, **order}


async def tell(datasette: Any, database: str) -> None:
    """Tell a Datasette of version 1.0 or later, which keeps metadata, settings and queries in three places.

    What its user has set stays.
    """
    told = metadata_of(database)
    known = await datasette.get_database_metadata(database)
    if "description" not in known:
        await datasette.set_database_metadata(database, "description", told["description"])
    configured = datasette.config.setdefault("databases", {}).setdefault(database, {}).setdefault("tables", {})
    for name, table in told["tables"].items():
        if "description" not in await datasette.get_resource_metadata(database, name):
            await datasette.set_resource_metadata(database, name, "description", table["description"])
        for column, sentence in table["columns"].items():
            if "description" not in await datasette.get_column_metadata(database, name, column):
                await datasette.set_column_metadata(database, name, column, "description", sentence)
        chosen = configured.setdefault(name, {})
        for key in ("facets", "label_column", "sort_desc"):
            if key in table and not (key == "sort_desc" and "sort" in chosen):
                chosen.setdefault(key, table[key])
    for name, query in queries().items():
        if await datasette.get_query(database, name) is None:
            await datasette.add_query(database, name, is_trusted=True, **query)
