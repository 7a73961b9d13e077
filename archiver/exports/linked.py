"""JSON-LD: the posts of an archive and the articles that embed them, in the words of schema.org.

An article cites its posts. Ids are relative, so that they are the document's wherever it is put.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO
from urllib.parse import quote

from archiver import store
from archiver.exports.graphs import BATCH, load_signed_posts, write_document
from archiver.render.jsonld import post_jsonld


def write_jsonld(db: store.Database, out: BinaryIO) -> None:
    """Write all posts, by id, then all articles, by id, without their texts; redacted posts are left out."""
    write_document(out, {"@context": "https://schema.org"}, "@graph", _nodes(db))


def _nodes(db: store.Database) -> Iterator[dict[str, Any]]:
    for post, author, media in load_signed_posts(db):
        told = post_jsonld(post, author, media)
        yield {"@id": node_id("post", post.id), **{key: value for key, value in told.items() if key != "@context"}}
    entries = store.load_headings(db)
    while some := list(islice(entries, BATCH)):
        cited = store.load_posts_by_article(db, (entry.id for entry in some))
        yield from (article_node(entry, cited.get(entry.id, ())) for entry in some)


def node_id(kind: str, id_: str) -> str:
    """The id of a post or an article in the document.

    >>> node_id("post", "instagram:@ada/2020-10-02")
    '#post/instagram:%40ada/2020-10-02'
    """
    return f"#{kind}/{quote(id_, safe='/:')}"


def article_node(article: store.Heading, posts: Sequence[str]) -> dict[str, Any]:
    """The article, and which posts it cites; what is not known has no key."""
    told = {
        "@id": node_id("article", article.id),
        "@type": "Article",
        "identifier": article.id,
        "headline": article.title,
        "url": article.url,
        "author": {"name": article.byline} if article.byline else None,
        "datePublished": article.published_at,
        "inLanguage": article.language,
        "citation": [{"@id": node_id("post", post)} for post in posts] or None,
    }
    return {key: value for key, value in told.items() if value is not None}
