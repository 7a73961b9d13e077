"""The plugin's own pages: an article with its cards, the files kept in the archive, and the style sheets."""

import zlib
from typing import Any
from urllib.parse import quote

from datasette import Forbidden, NotFound, Response
from datasette.utils import tilde_decode

from archiver import store
from archiver.browse.addresses import ROOT, file_address, row_address, styles_address
from archiver.browse.archives import ask, is_archive, may_read
from archiver.render.lines import Line
from archiver.render.pictures import EXTENSIONS
from archiver.render.served import served_article, served_policy, served_styles

ARTICLE = rf"{ROOT}/(?P<database>[^/]+)/articles/(?P<key>[^/]+)$"
FILE = rf"{ROOT}/(?P<database>[^/]+)/files/(?P<key>[^/]+)$"
STYLES = rf"{ROOT}/(?P<name>site|style)\.css$"

ALWAYS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
FILE_POLICY = "default-src 'none'; sandbox"
"""A file of the archive runs nothing and loads nothing, whatever it is and whoever opens it."""


async def article_view(datasette: Any, request: Any) -> Response:
    """The page of an article as it reads, with its cards."""
    database, key = await _asked(datasette, request, "articles", "embeds", "posts", "authors")
    bodies = await ask(datasette, database, lambda archive: store.load_bodies(archive, [key]))
    article = bodies.articles.get(key) if bodies else None
    if bodies is None or article is None:
        raise NotFound(f"The archive has no article {key}")
    members = await ask(datasette, database, lambda archive: store.load_picture_members(archive, key)) or {}
    page = served_article(
        article,
        bodies,
        styles=styles_address(datasette, "site.css"),
        links=[
            Line(href=str(datasette.urls.table(database, "articles")), name="Articles"),
            Line(href=str(datasette.urls.table(database, "posts")), name="Posts"),
            Line(href=row_address(datasette, database, "articles", key), name="About this article"),
        ],
        details=lambda post: row_address(datasette, database, "posts", post.id),
        media=lambda src: file_address(datasette, database, members[src]),
    )
    return Response.html(page, headers={**ALWAYS, "content-security-policy": served_policy()})


async def file_view(datasette: Any, request: Any) -> Response:
    """A file kept in the archive: a picture as such, anything else only to be saved."""
    database, key = await _asked(datasette, request, "sqlar", "pictures")
    try:
        found = await ask(datasette, database, lambda archive: store.load_member(archive, key))
    except zlib.error:
        return Response.text("This file is damaged in the archive.", status=500, headers=ALWAYS)
    if found is None:
        raise NotFound(f"The archive has no file {key}")
    type_, data = found
    headers = {**ALWAYS, "content-security-policy": FILE_POLICY, "cross-origin-resource-policy": "same-origin"}
    if type_ in EXTENSIONS:
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
