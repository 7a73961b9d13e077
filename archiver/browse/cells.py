"""Cells: what stands in a table of Datasette in place of a bare id, an address, or a file's bytes."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from markupsafe import Markup

from archiver import store
from archiver.browse.addresses import article_address, file_address, row_address
from archiver.browse.archives import Unreadable, ask, may_read, readable
from archiver.render.served import author_label, compact_card, link, picture, post_label, with_id
from archiver.sanitize import web_address

KEYS: Mapping[str, str] = {
    "post_id": "posts",
    "article_id": "articles",
    "embed_id": "embeds",
    "author_id": "authors",
    "other_id": "authors",
}
"""The columns, of tables, views and queries, that hold the key of a row of another table."""

AWAY = ("permalink", "url")
"""Columns that hold an address elsewhere."""

LABELLED = ("posts", "articles", "authors")


def cell(datasette: Any, database: str, table: str | None, column: str, value: Any, row: Any) -> Markup | None:
    """What stands for a value wherever rows are shown; None where the value itself does. Needs no query."""
    if isinstance(value, dict):  # of a key that Datasette has looked up the label of
        value = value["value"]
    if value and isinstance(value, str):
        if column in KEYS and table is None:
            return link(row_address(datasette, database, KEYS[column], value), value)
        if column in AWAY and web_address(value):
            return link(value, value, away=True)
        if column == "thumb" and table == "media":
            return _file(datasette, database, value, store.THUMB_TYPE)
        if column == "name" and table in ("sqlar", "pictures", "media"):
            return _file(datasette, database, value, _value(row, "type") if table == "pictures" else None)
    if column == "data" and table == "sqlar" and isinstance(value, bytes):
        name = _value(row, "name")
        return link(file_address(datasette, database, name), "Download") if isinstance(name, str) else None
    return None


def _file(datasette: Any, database: str, name: str, type_: Any) -> Markup:
    address = file_address(datasette, database, name)
    return picture(address, name) if type_ in store.EXTENSIONS else link(address, name)


def _value(row: Any, column: str) -> Any:
    return row[column] if column in row.keys() else None  # noqa: SIM118  a row of SQLite is no mapping


async def dress(datasette: Any, request: Any, database: str, table: str, rows: Iterable[Any]) -> str:
    """Put cards and labels into the cells of rows that Datasette is about to show, and say nothing.

    It shows the key of a row, or a label, where a reader wants to know whose post it is.
    """
    own, others = [], []
    for row in rows:
        for place, one in enumerate(row):
            if place == 0 and table in LABELLED and one["value_type"] == "pk":
                own.append(one)
            elif one["column"] in KEYS and isinstance(one["raw"], str):
                others.append(one)
    wanted: dict[str, list[str]] = {name: [] for name in (*LABELLED, "embeds")}
    for one in others:
        wanted[KEYS[one["column"]]].append(one["raw"])
    if own:
        wanted[table] += [one["raw"] for one in own]
    if not await may_read(datasette, request, database, *(name for name in wanted if wanted[name]), "authors"):
        return ""
    with suppress(Unreadable):  # such rows stay as Datasette shows them
        known = await ask(datasette, database, lambda archive: _Known(archive, wanted))
        if known is not None:
            _fill(others, lambda one: known.link(datasette, database, KEYS[one["column"]], one["raw"]))
            _fill(own, lambda one: with_id(known.shown(datasette, database, table, one["raw"]), one["raw"]))
    return ""


def _fill(cells: Iterable[dict[str, Any]], show: Callable[[dict[str, Any]], Markup]) -> None:
    for one in cells:
        with suppress(Unreadable):
            one["value"] = show(one)


class _Known:
    """What the archive knows of some posts, authors and articles."""

    def __init__(self, archive: store.Database, wanted: Mapping[str, list[str]]) -> None:
        self._posts = store.load_posts_by_id(archive, wanted["posts"])
        owners = [post.author_id for post in self._posts.values() if post.author_id]
        self._authors = store.load_authors_by_id(archive, [*wanted["authors"], *owners])
        self._titles = store.load_titles_by_id(archive, wanted["articles"])

    def link(self, datasette: Any, database: str, table: str, key: str) -> Markup:
        """A link to a row."""
        with readable():
            return link(row_address(datasette, database, table, key), self.label(table, key))

    def label(self, table: str, key: str) -> str:
        """What a link to a row says."""
        if post := self._posts.get(key) if table == "posts" else None:
            return post_label(post, self._authors.get(post.author_id or ""))
        if author := self._authors.get(key) if table == "authors" else None:
            return author_label(author)
        return self._titles.get(key, key) if table == "articles" else key

    def shown(self, datasette: Any, database: str, table: str, key: str) -> Markup:
        """What stands for a row in its own table."""
        address = row_address(datasette, database, table, key)
        if post := self._posts.get(key) if table == "posts" else None:
            with readable():
                return compact_card(post, self._authors.get(post.author_id or ""), address)
        named = self.link(datasette, database, table, key)
        if table == "articles":
            read = link(article_address(datasette, database, key), "Read it with its cards")
            return Markup('<span class="archiver-named">{}</span>{}').format(named, read)
        return named
