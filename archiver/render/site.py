"""The site: a folder of pages that opens from disk, made from the archive alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from archiver.records import Author, Orphan, Post
from archiver.render import pages
from archiver.render.folder import SiteFolder
from archiver.render.names import page_name
from archiver.render.pictures import picture_name
from archiver.render.templates import site_styles, templates_digest
from archiver.store import (
    ArticleEntry,
    Counts,
    Database,
    StoredArticle,
    Touched,
    count_archive,
    count_flags,
    load_alias,
    load_aliases,
    load_article,
    load_articles,
    load_author,
    load_authors,
    load_candidates,
    load_choices,
    load_embeds,
    load_entries,
    load_entries_of_author,
    load_entries_of_post,
    load_entries_with_words_of_post,
    load_flags,
    load_flags_of,
    load_names,
    load_orphans_of_post,
    load_pictures,
    load_post,
    load_posts,
    load_posts_of_author,
    load_problems,
    load_quotes,
    load_quotes_of,
    load_renames,
)
from archiver.store.marks import load_run_marks

PER_PAGE = 250
"""Lines of a list on one page: loads at once, and is still one search with the browser's own find."""

R = TypeVar("R")
Progress = Callable[[int], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteSummary:
    """What became of the site: pages rendered now, files written because they are new or different, files removed."""

    pages: int
    written: int
    removed: int


def render_site(
    db: Database, folder: Path, *, only: Touched | None = None, progress: Progress | None = None
) -> SiteSummary:
    """Bring the site in `folder` up to the archive; a page's bytes depend on the archive and the templates alone.

    With `only`, just the pages of these articles, posts and authors are rendered, and those that are missing, if the
    site shows the archive as the run before this one left it; otherwise all are. Files that no page of this archive
    belongs to are removed if they are ours (a page with our generator, a picture named by its hash), others stay.
    `progress` is called with 1 for each article. Memory is flat. Raises ArchiverError where nothing can be written.
    """
    site = SiteFolder(root=folder)
    site.prepare()
    marks, state = load_run_marks(db), site.load_state()
    current = state is not None and state.templates == templates_digest() and state.mark in marks
    before = site.present()
    if only is not None and state is not None and current:
        old = set(state.files)
        site.files |= old
        lost = old - before
        _render_some(db, site, only, lost, progress)
    else:
        _render_all(db, site, progress)
    removed = site.remove(before - site.files)
    site.save_state(templates_digest(), marks[0] if marks else None)
    return SiteSummary(pages=site.pages, written=site.written, removed=removed)


def _render_all(db: Database, site: SiteFolder, progress: Progress | None) -> None:
    for article in load_articles(db):
        _write_article(db, site, article)
        if progress:
            progress(1)
    for post in load_posts(db):
        _write_post(db, site, post)
    for alias, post_id in load_aliases(db):
        _write_alias(site, alias, post_id)
    for author in load_authors(db):
        _write_author(db, site, author)
    _write_lists(db, site)


def _render_some(db: Database, site: SiteFolder, only: Touched, lost: set[str], progress: Progress | None) -> None:
    """The pages of what was touched and of what is missing; one whose subject is gone leaves the site."""
    _write(site, "problems.html", pages.problems_page(load_problems(db)))
    if not (only.articles or only.posts or only.authors or lost or site.written):
        return
    for article_id in sorted(only.articles | _lost_ids("articles", lost, (row.id for row in load_entries(db)))):
        site.files.discard(f"articles/{page_name(article_id)}")
        if article := load_article(db, article_id):
            _write_article(db, site, article)
        if progress:
            progress(1)
    for post_id in sorted(only.posts | _lost_ids("posts", lost, _post_ids(db))):
        site.files.discard(f"posts/{page_name(post_id)}")
        if post := load_post(db, post_id):
            _write_post(db, site, post)
        elif owner := load_alias(db, post_id):
            _write_alias(site, post_id, owner)
    for author_id in sorted(only.authors | _lost_ids("authors", lost, (author.id for author in load_authors(db)))):
        site.files.discard(f"authors/{page_name(author_id)}")
        if author := load_author(db, author_id):
            _write_author(db, site, author)
    _write_lists(db, site)
    _restore_pictures(db, site, lost)


def _post_ids(db: Database) -> Iterator[str]:
    """The ids that have a page among the posts."""
    yield from (post.id for post in load_posts(db))
    yield from (alias for alias, _ in load_aliases(db))


def _lost_ids(shelf: str, lost: set[str], ids: Iterable[str]) -> set[str]:
    """The ids whose page is missing; the ids are not even looked at where none is."""
    if not any(name.startswith(f"{shelf}/") for name in lost):
        return set()
    return {key for key in ids if f"{shelf}/{page_name(key)}" in lost}


def _write_article(db: Database, site: SiteFolder, article: StoredArticle) -> None:
    embeds = load_embeds(db, article.id)
    posts = _loaded(load_post, db, (embed.post_id for embed in embeds))
    owners = (*(post.author_id for post in posts.values()), *(embed.author_id for embed in embeds))
    known = pages.Known(
        posts=posts,
        authors=_loaded(load_author, db, owners),
        choices=load_choices(db, (embed.observed_id for embed in embeds if embed.observed_id)),
        quotes=load_quotes(db, article.id),
        flags={post_id: load_flags_of(db, post_id) for post_id in posts},
    )
    html = pages.article_page(article, embeds, known, _write_pictures(db, site, article.id))
    _write(site, f"articles/{page_name(article.id)}", html)


def _loaded(load: Callable[[Database, str], R | None], db: Database, ids: Iterable[str | None]) -> dict[str, R]:
    loaded = ((key, load(db, key)) for key in dict.fromkeys(ids) if key)
    return {key: record for key, record in loaded if record is not None}


def _write_pictures(db: Database, site: SiteFolder, article_id: str) -> dict[str, str]:
    """The paths of an article's pictures by their `src`; the files are written."""
    paths: dict[str, str] = {}
    for picture in load_pictures(db, article_id):
        if name := picture_name(picture.type, picture.data):
            site.write(f"media/{name}", picture.data)
            paths[picture.src] = f"../media/{name}"
    return paths


def _restore_pictures(db: Database, site: SiteFolder, lost: set[str]) -> None:
    if any(name.startswith("media/") for name in lost):
        for entry in load_entries(db):
            _write_pictures(db, site, entry.id)


def _write_post(db: Database, site: SiteFolder, post: Post) -> None:
    author = load_author(db, post.author_id) if post.author_id else None
    evidence = pages.Evidence(
        flags=load_flags_of(db, post.id),
        candidates=load_candidates(db, post_id=post.id),
        quotes=load_quotes_of(db, post.id),
        orphans=_orphans(db, post.id),
    )
    html = pages.post_page(post, author, load_entries_of_post(db, post.id), evidence)
    _write(site, f"posts/{page_name(post.id)}", html)


def _orphans(db: Database, post_id: str) -> list[tuple[ArticleEntry, Orphan]]:
    """The articles where the post's words stand without attribution, newest first, with the passages."""
    orphans = load_orphans_of_post(db, post_id)
    entries = load_entries_with_words_of_post(db, post_id) if orphans else ()
    return [(entry, orphan) for entry in entries for orphan in orphans if orphan.article_id == entry.id]


def _write_alias(site: SiteFolder, alias: str, post_id: str) -> None:
    _write(site, f"posts/{page_name(alias)}", pages.alias_page(alias, post_id))


def _write_author(db: Database, site: SiteFolder, author: Author) -> None:
    renames = load_renames(db, author_id=author.id)
    others = sorted({one.author_id for one in renames} | {one.other_id for one in renames})
    html = pages.author_page(
        author,
        load_posts_of_author(db, author.id),
        load_entries_of_author(db, author.id),
        load_names(db, author.id),
        (other for other in others if other != author.id),
    )
    _write(site, f"authors/{page_name(author.id)}", html)


def _write_lists(db: Database, site: SiteFolder) -> None:
    counts = count_archive(db)
    site.files -= {name for name in site.files if "/" not in name}
    articles = (pages.article_line(entry) for entry in load_entries(db))
    posts = (
        pages.post_line(post, load_author(db, post.author_id) if post.author_id else None) for post in load_posts(db)
    )
    _write_list(site, "articles", "The archive", "index.html", articles, counts.articles, counts)
    _write_list(site, "posts", "Posts", "posts.html", posts, counts.posts)
    _write_list(site, "authors", "Accounts", "accounts.html", map(pages.author_line, load_authors(db)), counts.authors)
    _write_report(db, site)
    _write(site, "problems.html", pages.problems_page(load_problems(db)))
    site.write("style.css", site_styles())


def _write_list(
    site: SiteFolder,
    section: str,
    title: str,
    file: str,
    lines: Iterator[pages.Line],
    total: int,
    counts: Counts | None = None,
) -> None:
    last = max(1, -(-total // PER_PAGE))
    for number in range(1, last + 1):
        some = list(islice(lines, PER_PAGE))
        html = pages.list_page(section, title, some, number=number, last=last, file=file, counts=counts)
        _write(site, pages.list_name(file, number), html)


def _write_report(db: Database, site: SiteFolder) -> None:
    total, file = count_flags(db), "report.html"
    lines = map(pages.flag_line, load_flags(db))
    last = max(1, -(-total // PER_PAGE))
    for number in range(1, last + 1):
        html = pages.report_page(list(islice(lines, PER_PAGE)), number=number, last=last, file=file, total=total)
        _write(site, pages.list_name(file, number), html)


def _write(site: SiteFolder, name: str, html: str) -> None:
    site.write(name, html.encode())
