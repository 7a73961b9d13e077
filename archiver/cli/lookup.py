"""Looking up what a person names on the command line: a post or an article of the archive."""

from pathlib import Path

from archiver import store
from archiver.errors import UsageError
from archiver.records import Post
from archiver.talk import printable
from archiver.urls import resolve


def find_post(asked: str, archive: store.Database) -> Post | None:
    """The post with this id (also a provisional one that turned out to be another post's) or address, in any form."""
    reference = resolve(asked) if "/" in asked else None
    ids = [asked, store.load_alias(archive, asked)]
    ids += [f"{reference.platform}:{reference.native_id}"] if reference else []
    return next((post for id_ in ids if id_ and (post := store.load_post(archive, id_))), None)


def find_article(asked: str, archive: store.Database) -> str | None:
    """The id of the article with this id, address or name within its folder, or at this path. Raises UsageError if
    there are several."""
    found = store.find_articles(archive, asked, str(Path(asked).absolute()))
    if asked in found:
        return asked
    if len(found) > 1:
        raise UsageError(printable(f"{asked} is the name of several articles: {', '.join(found)}"))
    return found[0] if found else None
