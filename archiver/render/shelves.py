"""Shelves: the kinds of pages of which each record has one, each declared once for whole and for partial renders."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archiver.errors import DamagedFileError
from archiver.records import Author, Orphan, PostMedia, Problem
from archiver.render.drafts import Draft
from archiver.render.names import page_name, post_page_name, source_name
from archiver.render.pages import Evidence, Place, alias_page, article_page, author_pages, is_redacted, post_pages
from archiver.render.pictures import picture_name, picture_paths
from archiver.store import (
    REREAD,
    ArticleEntry,
    Bodies,
    Database,
    StoredArticle,
    Touched,
    list_posts_of_author,
    load_alias,
    load_aliases,
    load_authors,
    load_authors_by_id,
    load_bodies,
    load_candidates,
    load_entries_by_post,
    load_entries_of_author,
    load_entries_with_words_of_post,
    load_flags_of,
    load_media,
    load_media_file,
    load_names,
    load_orphans_of_post,
    load_posts_by_id,
    load_quotes_of,
    load_renames,
    load_source,
    order_articles,
    order_posts,
    order_redacted_posts,
)

HIDDEN = frozenset({"redacted", "withheld"})
"""What the status of a post is whose media are not shown."""

Made = Iterator[Draft | tuple[str, bytes] | Problem]
"""Pages, and other files (their names and bytes) that they show; a Problem is of one that had to be left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """A kind of page: the folder of its pages, the ids that have one in the order of their list, and the pages.

    `order` gives each id with what its page is called, None where that is not told. With `linked`, each page leads to
    those before and after it. `touched` are the ids of it whose page may look different. `make` gives the pages of
    some places; an id that the archive does not have has none. `name` gives the file name of the page of an id.
    """

    folder: str
    order: Callable[[Database], Iterable[tuple[str, str | None]]]
    linked: bool
    touched: Callable[[Touched], frozenset[str]]
    make: Callable[[Database, Sequence[Place]], Made]
    name: Callable[[str], str] = page_name

    def page(self, key: str) -> str:
        """The name of the page of an id."""
        return f"{self.folder}/{self.name(key)}"


def _articles(db: Database, places: Sequence[Place]) -> Made:
    bodies = load_bodies(db, (place.key for place in places))
    for place in places:
        if article := bodies.articles.get(place.key):
            pictures = bodies.pictures.get(article.id, ())
            paths = picture_paths(pictures)
            for picture in pictures:
                if picture.src in paths:
                    yield paths[picture.src].removeprefix("../"), picture.data
            yield from _media(db, (bodies.media[id_] for id_ in _shown_posts(article, bodies)))
            yield from (_damaged(article, name) for name in bodies.damaged.get(article.id, ()))
            source = _source(db, article, bodies)
            way = f"../{source[0]}" if isinstance(source, tuple) else None
            yield article_page(article, bodies, paths, place, source=way, damaged=isinstance(source, Problem))
            if source:
                yield source


def _shown_posts(article: StoredArticle, bodies: Bodies) -> list[str]:
    """The ids of the article's posts whose media its page shows."""
    embedded = {embed.post_id or "" for embed in bodies.embeds.get(article.id, ())}
    return sorted(id_ for id_ in embedded & bodies.media.keys() if bodies.posts[id_].status not in HIDDEN)


def _media(db: Database, shown: Iterable[Iterable[PostMedia]]) -> Iterator[tuple[str, bytes] | Problem]:
    """The names and the bytes of the files that cards show, one at a time, and those that are not as they were kept."""
    for one in (one for some in shown for one in some):
        for digest in filter(None, (one.thumb_sha256, one.sha256)):
            try:
                found = load_media_file(db, digest)
            except DamagedFileError as error:
                detail = f"{error} of the archive is missing or damaged, and is left out of the site"
                yield Problem(folder="media", source=one.post_id, kind="damaged", detail=detail)
                continue
            if found:
                yield f"media/{picture_name(found[0], digest)}", found[1]


def _source(db: Database, article: StoredArticle, bodies: Bodies) -> tuple[str, bytes] | Problem | None:
    """The name and the bytes of the untouched source, if they were kept and hold nothing that was redacted.

    A Problem where they are not those that were kept. One at a time, as a source may have hundreds of megabytes.
    """
    if is_redacted(article, bodies):
        return None
    try:
        data = load_source(db, article.id)
    except DamagedFileError as error:
        return _damaged(article, str(error))
    return None if data is None else (source_name(page_name(article.id), article.sha256), data)


def _damaged(article: StoredArticle, name: str) -> Problem:
    detail = f"{name} in the archive is not as it was kept, and is left out of the site; {REREAD}"
    return Problem(folder=article.folder, source=article.source, kind="damaged", detail=detail)


def _posts(db: Database, places: Sequence[Place]) -> Made:
    posts = load_posts_by_id(db, (place.key for place in places))
    authors = load_authors_by_id(db, (post.author_id for post in posts.values() if post.author_id))
    articles, media = load_entries_by_post(db, posts), load_media(db, posts)
    for place in places:
        if post := posts.get(place.key):
            evidence = Evidence(
                flags=load_flags_of(db, post.id),
                candidates=load_candidates(db, post_id=post.id),
                quotes=load_quotes_of(db, post.id),
                orphans=_orphans(db, post.id),
                media=media.get(post.id, ()),
            )
            author = authors.get(post.author_id or "")
            yield from post_pages(post, author, articles.get(post.id, []), evidence, place)
            if post.status not in HIDDEN:
                yield from _media(db, [evidence.media])


def _orphans(db: Database, post_id: str) -> list[tuple[ArticleEntry, Orphan]]:
    """The articles where the post's words stand without attribution, newest first, with the passages."""
    orphans = load_orphans_of_post(db, post_id)
    entries = load_entries_with_words_of_post(db, post_id) if orphans else ()
    return [(entry, orphan) for entry in entries for orphan in orphans if orphan.article_id == entry.id]


def _aliases(db: Database, places: Sequence[Place]) -> Made:
    return (alias_page(place.key, owner) for place in places if (owner := load_alias(db, place.key)))


def _authors(db: Database, places: Sequence[Place]) -> Made:
    authors = load_authors_by_id(db, (place.key for place in places))
    for place in places:
        if author := authors.get(place.key):
            yield from _author_pages(db, author)


def _author_pages(db: Database, author: Author) -> Iterator[Draft]:
    renames = load_renames(db, author_id=author.id)
    others = sorted({one.author_id for one in renames} | {one.other_id for one in renames})
    return author_pages(
        author,
        list_posts_of_author(db, author.id),
        load_entries_of_author(db, author.id),
        load_names(db, author.id),
        (other for other in others if other != author.id),
    )


ARTICLES = Shelf(
    folder="articles",
    order=order_articles,
    linked=True,
    touched=lambda touched: touched.articles,
    make=_articles,
)
SHELVES = (
    ARTICLES,
    Shelf(folder="posts", order=order_posts, linked=True, touched=lambda touched: touched.posts, make=_posts),
    Shelf(
        folder="posts",
        order=order_redacted_posts,
        linked=False,
        touched=lambda touched: touched.posts,
        make=_posts,
        name=partial(post_page_name, status="redacted"),
    ),
    Shelf(
        folder="posts",
        order=lambda db: ((alias, None) for alias, _ in load_aliases(db)),
        linked=False,
        touched=lambda touched: touched.posts,
        make=_aliases,
    ),
    Shelf(
        folder="authors",
        order=lambda db: ((author.id, None) for author in load_authors(db)),
        linked=False,
        touched=lambda touched: touched.authors,
        make=_authors,
    ),
)
"""All of them; the aliases are provisional ids that turned out to be other posts', and lie among the posts."""
