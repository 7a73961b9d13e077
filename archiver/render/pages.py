"""The pages of a site as HTML: one article, post or author, and the lists of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archiver.platforms import BY_NAME
from archiver.records import Author, Embed, Orphan, Post, Problem
from archiver.render.card import make_card, render_card
from archiver.render.markdown import render_markdown
from archiver.render.names import page_name
from archiver.render.plain import render_text
from archiver.render.slots import fill_slots
from archiver.render.templates import fill_template, safe
from archiver.store import ArticleEntry, Counts, StoredArticle


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a list: what it leads to, what it says, and when that was."""

    href: str
    name: str
    date: str | None
    note: str


def article_page(
    article: StoredArticle,
    embeds: Iterable[Embed],
    posts: Mapping[str, Post],
    authors: Mapping[str, Author],
    pictures: Mapping[str, str],
) -> str:
    """The page of an article, with its cards in place; `posts` and `authors` by id, as far as the embeds name them."""
    embeds = list(embeds)
    cards = {embed.ordinal: _embed_card(embed, posts, authors) for embed in embeds}
    body = fill_slots(article_body(article, embeds, pictures), lambda ordinal: cards.get(ordinal, ""))
    values = {"article": article, "embeds": len(embeds), "body": safe(body), "title": article.title or article.source}
    return _page("article.html", values, section="articles")


def article_body(article: StoredArticle, embeds: list[Embed], pictures: Mapping[str, str]) -> str:
    """The safe HTML of an article with a slot per embed: stored for HTML, made from the text for the others."""
    if article.format == "html":
        return article.body or ""
    text = article.text or ""
    if article.format == "markdown":
        return render_markdown(
            text, embeds, sha256=article.sha256, title=article.title, url=article.url, pictures=pictures
        )
    return render_text(text, embeds)


def _embed_card(embed: Embed, posts: Mapping[str, Post], authors: Mapping[str, Author]) -> str:
    post = posts.get(embed.post_id or "")
    author = authors.get((post.author_id if post else embed.author_id) or "")
    return render_card(make_card(post, author, embed, details=f"../posts/{page_name(post.id)}" if post else None))


def post_page(
    post: Post,
    author: Author | None,
    articles: Iterable[ArticleEntry],
    orphaned: Iterable[ArticleEntry] = (),
    orphans: Iterable[Orphan] = (),
) -> str:
    """The page of a post: its card, the articles that embed it, and those where its words stand as `orphans`."""
    card = make_card(post, author, None)
    by_article: dict[str, list[Orphan]] = defaultdict(list)
    for orphan in orphans:
        by_article[orphan.article_id].append(orphan)
    values = {
        "title": f"{card.name or (card.handle and '@' + card.handle) or 'A post'} on {card.label}",
        "card": safe(render_card(card)),
        "author": author and Line(href=f"../authors/{page_name(author.id)}", name=_called(author), date=None, note=""),
        "lines": [article_line(entry, "../") for entry in articles],
        "orphans": [
            replace(article_line(entry, "../"), note=" ".join(orphan.text.split()))
            for entry in orphaned
            for orphan in by_article[entry.id]
        ],
        "post": post,
    }
    return _page("post.html", values, section="posts")


def author_page(author: Author, posts: Iterable[Post], articles: Iterable[ArticleEntry]) -> str:
    """The page of an account: its posts and the articles that embed them."""
    values = {
        "title": _called(author),
        "author": author,
        "label": _label(author.platform),
        "posts": [post_line(post, None, "../") for post in posts],
        "lines": [article_line(entry, "../") for entry in articles],
    }
    return _page("author.html", values, section="authors")


def list_page(
    section: str, title: str, lines: list[Line], *, number: int, last: int, file: str, counts: Counts | None = None
) -> str:
    """Page `number` of `last` of a list; `file` is its first page's name, the others have the number in it."""
    links = {"before": list_name(file, number - 1) if number > 1 else None}
    links["after"] = list_name(file, number + 1) if number < last else None
    values = {"title": title, "lines": lines, "number": number, "last": last, "counts": counts, **links}
    return _page("listing.html", values, section=section, root="")


def list_name(file: str, number: int) -> str:
    """The name of a page of a list.

    >>> list_name("index.html", 1), list_name("index.html", 2)
    ('index.html', 'index-2.html')
    """
    return file if number == 1 else file.replace(".html", f"-{number}.html")


def problems_page(problems: Iterable[Problem]) -> str:
    """The page of the inputs that could not be read, or only in part."""
    return _page("problems.html", {"title": "Problems", "problems": list(problems)}, section="problems", root="")


def article_line(entry: ArticleEntry, root: str = "") -> Line:
    """The line of an article in a list, seen from a page at `root`."""
    return Line(
        href=f"{root}articles/{page_name(entry.id)}",
        name=entry.title or entry.source,
        date=entry.published_at,
        note=f"{entry.embeds:,} embedded post{'' if entry.embeds == 1 else 's'}"
        if entry.embeds
        else "no embedded posts",
    )


def post_line(post: Post, author: Author | None, root: str = "") -> Line:
    """The line of a post: its first words, or what else is known of it."""
    words = " ".join((post.text or "").split())
    name = f"{words[:117]}…" if len(words) > 118 else words
    who = _called(author) if author else ""
    said = name or post.permalink or f"A {_noun(post.platform)} on {_label(post.platform)}"
    return Line(
        href=f"{root}posts/{page_name(post.id)}",
        name=said,
        date=post.posted_at,
        note=" · ".join(part for part in (who, _label(post.platform)) if part),
    )


def author_line(author: Author, root: str = "") -> Line:
    """The line of an account in a list."""
    note = f"@{author.handle} on {_label(author.platform)}" if author.name else f"on {_label(author.platform)}"
    return Line(href=f"{root}authors/{page_name(author.id)}", name=_called(author), date=None, note=note)


def _called(author: Author) -> str:
    return author.name or f"@{author.handle}"


def _label(platform: str) -> str:
    known = BY_NAME.get(platform)
    return known.label if known else platform


def _noun(platform: str) -> str:
    known = BY_NAME.get(platform)
    return known.noun if known else "post"


def _page(template: str, values: Mapping[str, Any], *, section: str, root: str = "../") -> str:
    return fill_template(template, {"section": section, "root": root, **values})
