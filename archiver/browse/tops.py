"""What stands above the row of a post, an embed, an article or an account: its card, and the ways on from it."""

from typing import Any

from markupsafe import Markup, escape

from archiver import store
from archiver.browse.addresses import article_address, file_address, media_address, row_address
from archiver.browse.archives import Unreadable, ask, may_read
from archiver.render.served import compact_card, link, listed, paragraph, post_card, top
from archiver.render.words import date_words

SHOWN = 20
"""The posts of an account or an article, and the articles of a post, that its row shows; all are one link away."""


async def top_of(datasette: Any, request: Any, database: str, table: str, key: str) -> Markup:
    """What stands above a row of an archive; nothing above those of most tables."""
    make = {"posts": _post, "embeds": _embed, "articles": _article, "authors": _author}.get(table)
    if make is None or not await may_read(datasette, request, database, table, "posts", "authors", "embeds", "media"):
        return Markup()
    try:
        parts = await ask(datasette, database, lambda archive: make(archive, datasette, database, key))
    except Unreadable as error:
        parts = [paragraph(escape(str(error)))]
    return top(parts) if parts else Markup()


def _post(archive: store.Database, datasette: Any, database: str, key: str) -> list[Markup]:
    post = store.load_post(archive, key)
    if post is None:
        return []
    author = store.load_author(archive, post.author_id) if post.author_id else None
    entries = store.load_entries_by_post(archive, [key]).get(key, [])[:SHOWN]
    ways = [
        link(row_address(datasette, database, "articles", one.id), f"{one.title or one.source}{_on(one.published_at)}")
        for one in entries
    ]
    kept = store.load_media(archive, [key]).get(key, ())
    card = post_card(post, author, store.load_flags_of(archive, key), kept, media_address(datasette, database))
    return [card, *listed("Embedded in", ways)]


def _embed(archive: store.Database, datasette: Any, database: str, key: str) -> list[Markup]:
    owner = store.load_owner_of_embed(archive, key)
    if owner is None:
        return []
    article, post = owner
    read = link(article_address(datasette, database, article), "Read it in its article")
    return [*(_post(archive, datasette, database, post) if post else ()), paragraph(read)]


def _article(archive: store.Database, datasette: Any, database: str, key: str) -> list[Markup]:
    titles = store.load_titles_by_id(archive, [key])
    if not titles:
        return []
    ways = [paragraph(link(article_address(datasette, database, key), "Read the article with its cards"))]
    if store.has_source(archive, key):
        ways.append(paragraph(link(file_address(datasette, database, key), "Download the file it was read from")))
    embedded = [embed.post_id for embed in store.load_embeds(archive, key) if embed.post_id][:SHOWN]
    posts = store.load_posts_by_id(archive, embedded)
    authors = store.load_authors_by_id(archive, (post.author_id for post in posts.values() if post.author_id))
    cards = [
        compact_card(post, authors.get(post.author_id or ""), row_address(datasette, database, "posts", post.id))
        for post in map(posts.get, dict.fromkeys(embedded))
        if post
    ]
    return [*ways, *listed("It embeds", cards)]


def _author(archive: store.Database, datasette: Any, database: str, key: str) -> list[Markup]:
    author = store.load_author(archive, key)
    newest = store.load_newest_posts_of(archive, key, SHOWN)
    cards = [compact_card(post, author, row_address(datasette, database, "posts", post.id)) for post in newest]
    return listed("Posts", cards)


def _on(date: str | None) -> str:
    return f", {date_words(date)}" if date else ""
