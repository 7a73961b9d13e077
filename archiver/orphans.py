"""Orphans in bulk: the words of all known posts, looked for in the articles that hold them without attribution."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archiver import store
from archiver.identity import KnownTexts, Span, find_orphans, find_places, know_texts
from archiver.records import Orphan
from archiver.render.slots import slot_positions

BATCH = 500
"""Articles whose orphans are saved in one transaction."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Searched:
    """How many orphans the archive holds now, and what those that are new or gone touch."""

    orphans: int
    touched: store.Touched


def search_articles(db: store.Database, progress: Callable[[int], object] = lambda _: None) -> Searched:
    """Look for the words of all posts in all articles, and let the archive's orphans be what is found.

    The texts of all posts are held in memory, of articles one. `progress` is called with 1 for each article. Raises
    ArchiveError if the archive cannot be written; every batch saved before stays.
    """
    known = know_texts(store.load_post_texts(db))
    count, touched, last = 0, store.Touched(), ""
    while True:
        ids, found = list[str](), list[Orphan]()
        for article_id, text in store.load_article_texts(db, last, BATCH):
            ids.append(article_id)
            found += _search(db, article_id, text, known)
            progress(1)
        if not ids:
            return Searched(orphans=count, touched=touched)
        changed = store.save_orphans(db, ids, found)
        touched |= store.Touched(
            articles=frozenset(orphan.article_id for orphan in changed),
            posts=frozenset(orphan.post_id for orphan in changed),
        )
        count, last = count + len(found), ids[-1]


def _search(db: store.Database, article_id: str, text: str, known: KnownTexts) -> list[Orphan]:
    places = find_places(text, known)
    return find_orphans(article_id, text, places, _spans(db, article_id, text)) if places else []


def _spans(db: store.Database, article_id: str, text: str) -> Iterator[Span]:
    """The embeds of an article where its readable text has them; that of a page has only the places they left."""
    article, embeds = store.load_article(db, article_id), store.load_embeds(db, article_id)
    if article is None or article.body is None:
        return (Span(embed.start, embed.end, embed.post_id, embed.author_id) for embed in embeds)
    at = slot_positions(article.body, text)
    return (
        Span(at[embed.ordinal], at[embed.ordinal], embed.post_id, embed.author_id)
        for embed in embeds
        if embed.ordinal in at
    )
