"""The plugin for Datasette: cards, labels, facets, questions and articles for every database that is an archive.

One for Datasette 0.65 and 1.0: a hook that only one of them has is not called by the other, and no hook takes an
argument that only one of them gives (https://docs.datasette.io/en/stable/plugin_hooks.html). Databases of other
programs, and archives of another version, are shown as they would be without it.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakKeyDictionary

from datasette.utils import tilde_decode
from markupsafe import Markup
from pluggy import HookimplMarker

from archiver import store
from archiver.browse.addresses import styles_address
from archiver.browse.archives import archives_of, is_archive
from archiver.browse.cells import AWAY, KEYS, cell, dress
from archiver.browse.metadata import metadata_of, queries, tell
from archiver.browse.pages import ARTICLE, FILE, MEDIA, STYLES, article_view, file_view, media_view, styles_view
from archiver.browse.tops import top_of
from archiver.sql import register

hookimpl = HookimplMarker("datasette")

_told: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()
"""For each Datasette before 1.0 what it is told of its archives: it asks anew, and cannot wait."""

Later = Callable[[], Awaitable[Any]]


@hookimpl
def startup(datasette: Any) -> Later:
    """Find the archives, and tell a Datasette of version 1.0 about them."""

    async def start() -> None:
        names = await archives_of(datasette)
        if hasattr(datasette, "add_query"):
            for name in names:
                await tell(datasette, name)
        else:
            _told[datasette] = {"databases": {name: metadata_of(name) for name in names}}

    return start


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Descriptions and facets for a Datasette before 1.0."""
    return _told.get(datasette, {})


@hookimpl
def canned_queries(datasette: Any, database: str) -> Later:
    """The questions, for a Datasette before 1.0."""

    async def ask_for() -> dict[str, dict[str, Any]]:
        return queries() if await is_archive(datasette, database) else {}

    return ask_for


@hookimpl
def prepare_connection(conn: Any) -> None:
    """The functions of `archiver.sql`, in every database; and of an archive, nothing that was captured of what is
    redacted: that is evidence, which nobody takes out of the file."""
    register(conn)
    store.hide_evidence(conn)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Articles, files, pictures and style sheets."""
    views: dict[str, Callable[..., Any]] = {
        ARTICLE: article_view,
        FILE: file_view,
        MEDIA: media_view,
        STYLES: styles_view,
    }
    return [(f"^{pattern}", view) for pattern, view in views.items()]


@hookimpl
def extra_css_urls(datasette: Any, database: str | None) -> Later:
    """The style sheet of cards, on the pages of archives."""

    async def addresses() -> list[str]:
        return [styles_address(datasette, "style.css")] if await is_archive(datasette, database) else []

    return addresses


@hookimpl
def extra_template_vars(datasette: Any, request: Any, database: str | None, table: str | None, view_name: str) -> Later:
    """What the plugin's templates show: `archiver_dress`, and above a row `archiver_top`."""

    async def variables() -> dict[str, Any]:
        if database is None or table is None or not await is_archive(datasette, database):
            return {}

        async def dress_rows(rows: list[Any]) -> str:
            return await dress(datasette, request, database, table, rows)

        above = Markup()
        if view_name == "row":
            above = await top_of(datasette, request, database, table, tilde_decode(request.url_vars["pks"]))
        return {"archiver_dress": dress_rows, "archiver_top": above}

    return variables


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Links in place of keys, addresses and files."""
    if column not in KEYS and column not in AWAY and column not in ("name", "thumb", "data"):
        return None

    async def render() -> Markup | None:
        if not await is_archive(datasette, database):
            return None
        return cell(datasette, database, table, column, value, row)

    return render()
