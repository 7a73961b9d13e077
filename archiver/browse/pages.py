"""The plugin's own pages: an article with its cards, the files kept in the archive, and the style sheets."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from datasette import Forbidden, NotFound, Response
from datasette.utils import tilde_decode

from archiver import store
from archiver.browse.addresses import ROOT, file_address, row_address, styles_address
from archiver.browse.archives import Unreadable, ask, is_archive, may_read, readable
from archiver.render.lines import Line
from archiver.render.pictures import PICTURE_FILE, picture_name
from archiver.render.served import served_article, served_policy, served_styles

ARTICLE = rf"{ROOT}/(?P<database>[^/]+)/articles/(?P<key>.+)$"
FILE = rf"{ROOT}/(?P<database>[^/]+)/files/(?P<key>.+)$"
"""Keys have slashes, which Datasette's own addresses write as `~2F`, and people as they are."""
MEDIA = rf"{ROOT}/(?P<database>[^/]+)/media/(?P<key>{PICTURE_FILE.pattern})$"
STYLES = rf"{ROOT}/(?P<name>site|style)\.css$"

View = Callable[[Any, Any], Awaitable[Response]]

ALWAYS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
FILE_POLICY = "default-src 'none'; sandbox"
"""A file of the archive runs nothing and loads nothing, whatever it is and whoever opens it."""


def _telling(view: View) -> View:
    """The view, telling in a sentence where the archive holds what Archiver does not write."""

    @wraps(view)
    async def telling(datasette: Any, request: Any) -> Response:
        try:
            return await view(datasette, request)
        except Unreadable as error:
            return Response.text(str(error), status=500, headers=ALWAYS)

    return telling


@_telling
async def article_view(datasette: Any, request: Any) -> Response:
    """The page of an article as it reads, with its cards."""
    database, key = await _asked(datasette, request, "articles", "embeds", "posts", "authors", "sqlar", "media")
    bodies = await ask(datasette, database, lambda archive: store.load_bodies(archive, [key]))
    kept = await ask(datasette, database, lambda archive: store.has_source(archive, key))
    article = bodies.articles.get(key) if bodies else None
    if bodies is None or article is None:
        raise NotFound(f"The archive has no article {key}")
    links = [
        Line(href=str(datasette.urls.table(database, "articles")), name="Articles"),
        Line(href=str(datasette.urls.table(database, "posts")), name="Posts"),
        Line(href=row_address(datasette, database, "articles", key), name="About this article"),
    ]
    with readable():
        page = served_article(
            article,
            bodies,
            styles=styles_address(datasette, "site.css"),
            links=links,
            details=lambda post: row_address(datasette, database, "posts", post.id),
            source=file_address(datasette, database, key) if kept else None,
        )
    return Response.html(page, headers={**ALWAYS, "content-security-policy": served_policy()})


@_telling
async def file_view(datasette: Any, request: Any) -> Response:
    """A file kept in the archive: a picture as such, anything else only to be saved."""
    database, key = await _asked(datasette, request, "sqlar", "pictures")
    return await _file(datasette, database, key, lambda archive: store.load_member(archive, key))


@_telling
async def media_view(datasette: Any, request: Any) -> Response:
    """A picture of an article or a file of a post, by the name it has in the site too."""
    database, key = await _asked(datasette, request, "sqlar", "pictures", "media")
    digest = key.partition(".")[0]

    def picture(archive: store.Database) -> tuple[str | None, bytes] | None:
        found = store.load_picture(archive, digest) or store.load_media_file(archive, digest)
        return found if found and picture_name(found[0], digest) == key else None

    return await _file(datasette, database, key, picture)


async def _file(
    datasette: Any, database: str, key: str, load: Callable[[store.Database], tuple[str | None, bytes] | None]
) -> Response:
    found = await ask(datasette, database, load)
    if found is None:
        raise NotFound(f"The archive has no file {key}")
    type_, data = found
    headers = {**ALWAYS, "content-security-policy": FILE_POLICY, "cross-origin-resource-policy": "same-origin"}
    if type_ in store.EXTENSIONS:
        return Response(data, headers=headers, content_type=type_)
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(key.rpartition('/')[2], safe='')}"
    return Response(data, headers=headers, content_type="application/octet-stream")


async def styles_view(request: Any) -> Response:
    """A style sheet; its address changes with it."""
    sheet = served_styles()[f"{request.url_vars['name']}.css"]
    headers = {**ALWAYS, "cache-control": "max-age=86400"}
    return Response(sheet, headers=headers, content_type="text/css; charset=utf-8")


async def _asked(datasette: Any, request: Any, *tables: str) -> tuple[str, str]:
    """The archive and the key that an address names; NotFound where it is none, Forbidden to whom it is closed."""
    database, key = (tilde_decode(request.url_vars[name]) for name in ("database", "key"))
    if not await is_archive(datasette, database):
        raise NotFound(f"There is no archive {database}")
    if not await may_read(datasette, request, database, *tables):
        raise Forbidden("You do not have permission to view this")
    return database, key
