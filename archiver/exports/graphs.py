"""JSON documents that are one long list: written item by item, so that memory stays flat."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from archiver import store
from archiver.records import Author, Post, PostMedia

BATCH = 500
"""Posts whose authors are looked up at once."""


def write_document(out: BinaryIO, head: Mapping[str, Any], key: str, items: Iterable[Mapping[str, Any]]) -> None:
    """Write an object of the members of `head` and, under `key`, a list of items, one on each line."""
    lines = (json.dumps(item, ensure_ascii=False).encode() for item in items)
    out.write(f"{json.dumps(head, ensure_ascii=False)[:-1]}, {json.dumps(key)}: [\n".encode())
    out.write(next(lines, b""))
    out.writelines(b",\n" + line for line in lines)
    out.write(b"\n]}\n")


def load_signed_posts(db: store.Database) -> Iterator[tuple[Post, Author | None, Sequence[PostMedia]]]:
    """All posts with their authors and the media that are kept of them, by id, but for redacted ones."""
    posts = (post for post in store.load_posts(db) if post.status != "redacted")
    while some := list(islice(posts, BATCH)):
        authors = store.load_authors_by_id(db, (post.author_id for post in some if post.author_id))
        media = store.load_media(db, (post.id for post in some))
        for post in some:
            kept = [one for one in media.get(post.id, ()) if one.sha256]
            yield post, authors.get(post.author_id or ""), kept
