"""What stands above the row of a post, an embed, an article or an account: its card, and the ways on from it."""

from typing import Any

from markupsafe import Markup, escape

from archiver import store
from archiver.browse.addresses import article_address, file_address, row_address
from archiver.browse.archives import Unreadable, ask, may_read
from archiver.render.served import compact_card, link, listed, paragraph, post_card, top

POSTS_SHOWN = 20
"""The newest posts of an account that its row shows; the others are one link away."""


async def top_of(datasette: Any, request: Any, database: str, table: str, key: str) -> Markup:
    """What stands above a row of an archive; nothing above those of most tables."""
    make = {"posts": _post, "embeds": _embed, "articles": _article, "authors": _author}.get(table)
    if make is None or not await may_read(datasette, request, database, table, "posts", "authors", "embeds"):
        return Markup()
    try:
        parts = await ask(datasette, database, lambda archive: make(archive, datasette, database, key))
    except Unreadable as error:
        parts = [paragraph(escape(str(error)))]
    return top(parts) if parts else Markup()


def _post(archive: store.Database, _datasette: Any, _database: str, key: str) -> list[Markup]:
    post = store.load_post(archive, key)
    if post is None:
        return []
    author = store.load_author(archive, post.author_id) if post.author_id else None
    return [post_card(post, author, store.load_flags_of(archive, key))]


def _embed(archive: store.Database, datasette: Any, database: str, key: str) -> list[Markup]:
    owner = store.load_owner_of_embed(archive, key)
    if owner is None:
        return []
    article, post = owner
    cards = _post(archive, datasette, database, post) if post else []
    return [*cards, paragraph(link(article_address(datasette, database, article), "Read it in its article"))]


def _article(archive: store.Database, datasette: Any, database: str, key: str) -> list[Markup]:
    if store.load_article(archive, key) is None:
        return []
    read = paragraph(link(article_address(datasette, database, key), "Read the article with its cards"))
    if store.load_source(archive, key) is None:
        return [read]
    return [read, paragraph(link(file_address(datasette, database, key), "Download the file it was read from"))]


def _author(archive: store.Database, datasette: Any, database: str, key: str) -> list[Markup]:
    author = store.load_author(archive, key)
    newest = store.load_newest_posts_of(archive, key, POSTS_SHOWN)
    cards = [compact_card(post, author, row_address(datasette, database, "posts", post.id)) for post in newest]
    return [listed(cards)] if cards else []
