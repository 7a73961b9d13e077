"""Looking up what a person names on the command line: a post or an article of the archive."""

from pathlib import Path

from archiver import store
from archiver.errors import UsageError
from archiver.records import Post
from archiver.talk import printable
from archiver.urls import resolve


def find_post(asked: str, archive: store.Database) -> Post | None:
    """The post with this id or address, in any form; the id may be its platform's, or a provisional one that turned out
    to be another post's. Raises UsageError where posts of several platforms have it."""
    reference = resolve(asked) if "/" in asked else None
    ids = [asked, store.load_alias(archive, asked)]
    ids += [f"{reference.platform}:{reference.native_id}"] if reference else []
    found = next((post for id_ in ids if id_ and (post := store.load_post(archive, id_))), None)
    return found or _only(store.load_posts_of_native_id(archive, asked))


def _only(posts: list[Post]) -> Post | None:
    """The post of which there is but one; which of several platforms' is meant must be said."""
    if len(posts) > 1:
        raise UsageError(f"several posts have this id, say which: {', '.join(post.id for post in posts)}")
    return posts[0] if posts else None


def find_article(asked: str, archive: store.Database) -> str | None:
    """The id of the article with this id, address or name within its folder, or at this path. Raises UsageError if
    there are several."""
    found = store.find_articles(archive, asked, str(Path(asked).absolute()))
    if asked in found:
        return asked
    if len(found) > 1:
        raise UsageError(printable(f"{asked} is the name of several articles: {', '.join(found)}"))
    return found[0] if found else None
