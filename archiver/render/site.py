"""The site: a folder of pages that opens from disk, made from the archive alone."""

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import TypeVar

from archiver.render.drafts import Draft
from archiver.render.folder import SiteFolder
from archiver.render.lines import Line
from archiver.render.lists import LISTS, problem_pages
from archiver.render.names import page_of
from archiver.render.pages import Place
from archiver.render.pictures import picture_name
from archiver.render.shelves import ARTICLES, SHELVES, Shelf
from archiver.render.templates import script, site_styles, templates_digest
from archiver.store import Database, Touched, load_picture_digests, load_shown_digests, shown_digest
from archiver.store.ledger import Ledger
from archiver.store.marks import load_run_marks

BATCH = 100
"""Pages whose records are loaded at once: a few queries for all, and a few megabytes even where articles are long."""

T = TypeVar("T")
Progress = Callable[[int], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteSummary:
    """What became of the site: its pages, files written because they are new or different, files removed."""

    pages: int
    written: int
    removed: int


def render_site(
    db: Database, folder: Path, *, only: Touched | None = None, progress: Progress | None = None
) -> SiteSummary:
    """Bring the site in `folder` up to the archive; a page's bytes depend on the archive and the templates alone.

    A site that shows what the archive held after its latest run, by the same templates and with the same posts
    withheld, is only completed where files are missing or cut short. With `only`, so is one that shows the run
    before, and the pages of these articles, posts and authors, their neighbours and the lists are brought up to date.
    Any other is rendered whole. Files that no page of this archive belongs to are removed if they are ours (a page
    with our generator, a picture or source named by its hash), others stay.
    `progress` is called with the number of article pages that are done. Memory does not grow with the number of pages.
    Raises ArchiverError where nothing can be written.
    """
    with closing(Ledger()) as files:
        return _render(db, SiteFolder(root=folder, files=files), only, progress)


def _render(db: Database, site: SiteFolder, only: Touched | None, progress: Progress | None) -> SiteSummary:
    site.prepare()
    (mark, before), state = (*load_run_marks(db), None, None)[:2], site.state
    look = f"{templates_digest()}{shown_digest(db)}"
    shown = state.mark if state and state.mark and state.templates == look else None
    if state and shown and (shown == mark or (only is not None and shown == before)):
        is_changed = _render_some(db, site, only or Touched(), progress)
    else:
        is_changed = _render_all(db, site, progress)
    removed = site.remove_others()
    if is_changed:
        site.files.arrange(shelf.page(key) for shelf in SHELVES if shelf.linked for key, _ in shelf.order(db))
    if is_changed or shown != mark:
        site.save_state(look, mark)
    return SiteSummary(pages=site.pages, written=site.written, removed=removed)


def _render_all(db: Database, site: SiteFolder, progress: Progress | None) -> bool:
    """All pages; True, as they may not be those that were noted."""
    for shelf in SHELVES:
        _render_shelf(db, site, shelf, None, progress)
    _render_lists(db, site)
    return True


def _render_some(db: Database, site: SiteFolder, only: Touched, progress: Progress | None) -> bool:
    """The pages of what was touched, of their neighbours and of what is missing; what is gone leaves the site.

    Whether there were any: else all files are those that were noted.
    """
    lost = site.keep()
    for draft in problem_pages(db):
        site.put(draft)
    if not (only.articles or only.posts or only.authors or lost or site.written):
        return False
    chosen = {shelf.page(key) for shelf in SHELVES for key in shelf.touched(only)} | set(map(page_of, lost))
    for shelf in SHELVES:
        if shelf.linked:
            pages = (shelf.page(key) for key, _ in shelf.order(db))
            chosen |= _beside(pages, chosen) | _beside(site.files.before_in(shelf.folder), chosen)
    if any(name.startswith("media/") for name in lost):
        chosen |= {shelf.page(key) for shelf in SHELVES[:2] for key, _ in shelf.order(db)}
    site.drop(chosen)
    site.drop([name for name, *_ in site.files.now() if name.startswith("sources/") and page_of(name) in chosen])
    for shelf in SHELVES:
        _render_shelf(db, site, shelf, chosen, progress)
    kept = {shelf.folder for shelf in SHELVES} | {"sources"}
    shown = {f"media/{picture_name(*one)}" for one in chain(load_picture_digests(db), load_shown_digests(db))}
    site.drop([name for name, *_ in site.files.now() if name.partition("/")[0] not in kept and name not in shown])
    _render_lists(db, site)
    return True


def _beside(order: Iterable[str], chosen: Container[str]) -> set[str]:
    """Those that stand right before or after one of the chosen.

    >>> sorted(_beside(["a", "b", "c", "d", "e"], {"b"}))
    ['a', 'c']
    """
    return {
        one for pair in pairwise(order) for one, other in (pair, pair[::-1]) if other in chosen and one not in chosen
    }


def _render_shelf(
    db: Database, site: SiteFolder, shelf: Shelf, chosen: Container[str] | None, progress: Progress | None
) -> None:
    """The pages of a shelf, all or those of the chosen names."""
    places = (place for place in _places(shelf, db) if chosen is None or shelf.page(place.key) in chosen)
    while batch := list(islice(places, BATCH)):
        for made in shelf.make(db, batch):
            if isinstance(made, Draft):
                site.write(made.name, made.html().encode())
            else:
                site.write(*made)
        if progress and shelf is ARTICLES:
            progress(len(batch))


def _places(shelf: Shelf, db: Database) -> Iterator[Place]:
    """The places of a shelf in order."""
    if not shelf.linked:
        yield from (Place(key=key) for key, _ in shelf.order(db))
        return
    for before, (key, _), after in _with_neighbours(shelf.order(db)):
        yield Place(key=key, before=_line(shelf, before), after=_line(shelf, after))


def _line(shelf: Shelf, item: tuple[str, str | None] | None) -> Line | None:
    return Line(href=f"../{shelf.page(item[0])}", name=item[1] or "") if item else None


def _with_neighbours(items: Iterable[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Each item with the one before and the one after it.

    >>> list(_with_neighbours("abc"))
    [(None, 'a', 'b'), ('a', 'b', 'c'), ('b', 'c', None)]
    """
    before: T | None = None
    waiting: list[T] = []
    for item in items:
        if waiting:
            yield before, waiting[0], item
            before = waiting[0]
        waiting = [item]
    if waiting:
        yield before, waiting[0], None


def _render_lists(db: Database, site: SiteFolder) -> None:
    for made in chain.from_iterable(make(db) for make in LISTS):
        if isinstance(made, Draft):
            site.put(made)
        else:
            site.write(*made)
    site.write("style.css", site_styles())
    site.write("search.js", script())
