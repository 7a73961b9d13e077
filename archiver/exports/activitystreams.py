"""ActivityStreams 2.0: the posts of an archive as a collection of objects, as servers of the Fediverse write them.

The vocabulary is https://www.w3.org/TR/activitystreams-vocabulary/; `identifier` and `datePublished` are schema.org's:
the archive's id of the post, and a time that is no moment, which `published` has to be.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO

from archiver import store
from archiver.exports.graphs import load_signed_posts, write_document
from archiver.platforms import BY_NAME
from archiver.records import Author, Post, PostMedia
from archiver.sanitize import web_address

CONTEXT = (
    "https://www.w3.org/ns/activitystreams",
    {
        "schema": "http://schema.org/",
        "identifier": "schema:identifier",
        "datePublished": "schema:datePublished",
    },
)
MOMENTS = frozenset({"minute", "second", "millisecond"})
"""AS2 §2.3: a time has a date, hours and minutes; seconds may be left out."""

KINDS = {"video": "Video", "recording": "Audio"}
"""A platform's noun → the type of its posts; any other post is a Note."""


def write_activitystreams(db: store.Database, out: BinaryIO) -> None:
    """Write all posts, by id; redacted ones are left out."""
    head = {"@context": CONTEXT, "type": "Collection"}
    write_document(out, head, "items", (post_object(*told) for told in load_signed_posts(db)))


def post_object(post: Post, author: Author | None, media: Iterable[PostMedia] = ()) -> dict[str, Any]:
    """The post as an object; what is not known has no key.

    Whether an account is a person or an organization is not known, so it has no type. The text is plain, which AS2 has
    to be told: it takes content for HTML.
    """
    platform = BY_NAME.get(post.platform)
    attached = list(map(_attached, media))
    told = {
        "type": KINDS.get(platform.noun if platform else "", "Note"),
        "id": post.permalink,
        "identifier": post.id,
        "url": post.permalink,
        "attributedTo": _author(author) if author else None,
        "published": post.posted_at if post.precision in MOMENTS else None,
        "datePublished": post.posted_at if post.precision not in MOMENTS else None,
        "content": post.text,
        "mediaType": "text/plain" if post.text else None,
        "attachment": attached[0] if len(attached) == 1 else attached or None,  # as JSON-LD is compacted
        "generator": {"type": "Service", "name": platform.label} if platform else None,
    }
    return {key: value for key, value in told.items() if value is not None}


def _attached(one: PostMedia) -> dict[str, Any]:
    """A file whose bytes are kept, as servers of the Fediverse attach one: its description is its name."""
    kind = "Video" if one.kind == "video" else "Image"
    told = {"type": kind, "mediaType": one.type, "name": one.alt, "url": web_address(one.url)}
    return {key: value for key, value in told.items() if value is not None}


def _author(author: Author) -> dict[str, Any]:
    told = {
        "id": author.url or None,
        "identifier": author.id,
        "name": author.name,
        "preferredUsername": author.handle,
        "url": author.url or None,
    }
    return {key: value for key, value in told.items() if value is not None}
