"""The pages of single records: an article, a post, an account."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from archiver.records import AccountName, Author, Candidate, Embed, Flag, Orphan, Post, PostMedia, Quote
from archiver.render.card import Card, make_card, render_card
from archiver.render.drafts import Draft
from archiver.render.jsonld import jsonld_text, post_jsonld
from archiver.render.lines import (
    PER_PAGE,
    Line,
    Turn,
    article_line,
    called,
    flag_line_of_post,
    listed_post,
    platform_label,
    possible_line,
    quote_line,
)
from archiver.render.markdown import render_markdown
from archiver.render.media import media_beside
from archiver.render.names import page_name, post_page_name
from archiver.render.plain import render_text
from archiver.render.slots import fill_slots
from archiver.render.tables import frame_tables
from archiver.render.templates import safe
from archiver.sanitize import clean_body, web_address
from archiver.store import ArticleEntry, Bodies, ListedPost, StoredArticle

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A record's id, and the pages before and after its own in the order of their list."""

    key: str
    before: Line | None = None
    after: Line | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What speaks for and against what is said of a post: flags, what it may be or is taken for, quotations, media."""

    flags: Sequence[Flag] = ()
    candidates: Sequence[Candidate] = ()
    quotes: Sequence[Quote] = ()
    orphans: Sequence[tuple[ArticleEntry, Orphan]] = ()
    media: Sequence[PostMedia] = ()


MEDIA = "../media/"
"""The way from any page with cards to the files that they show."""


def details_path(post: Post) -> str:
    """The way from the page of an article to that of a post."""
    return f"../posts/{post_page_name(post.id, post.status)}"


def article_page(
    article: StoredArticle,
    bodies: Bodies,
    pictures: Mapping[str, str],
    place: Place,
    *,
    source: str | None = None,
    details: Callable[[Post], str] = details_path,
) -> Draft:
    """The page of an article, with its cards in place; `pictures` leads from their `src` to their paths.

    `source` is the way to the untouched source, None where there is none to show; `details` leads from a post to its
    page.
    """
    embeds = bodies.embeds.get(article.id, [])
    cards = {embed.ordinal: _embed_card(article, embed, bodies, details) for embed in embeds}
    body = fill_slots(frame_tables(article_body(article, embeds, pictures)), lambda ordinal: cards.get(ordinal, ""))
    values = {
        "article": replace(article, url=web_address(article.url)),
        "embeds": len(embeds),
        "body": safe(body),
        "title": article.title or article.source,
        "place": place,
        "read_at": bodies.runs.get(article.run_id or 0),
        "original": source,
        "redacted": is_redacted(article, bodies),
    }
    name = f"articles/{page_name(article.id)}"
    return Draft(name=name, template="article.html", section="articles", values=values)


def is_redacted(article: StoredArticle, bodies: Bodies) -> bool:
    """Whether the article embeds a post that is redacted or withheld; its source still holds it."""
    posts = (bodies.posts.get(embed.post_id or "") for embed in bodies.embeds.get(article.id, ()))
    return any(post is not None and post.status in {"redacted", "withheld"} for post in posts)


def article_body(article: StoredArticle, embeds: list[Embed], pictures: Mapping[str, str]) -> str:
    """The safe HTML of an article with a slot per embed: stored for HTML, made from the text for the others.

    What is stored is made safe again: any program can have written to the archive since.
    """
    if article.format == "html":
        return clean_body(article.body or "")
    text = article.text or ""
    if article.format == "markdown":
        return render_markdown(
            text, embeds, sha256=article.sha256, title=article.title, url=article.url, pictures=pictures
        )
    return render_text(text, embeds)


def _embed_card(article: StoredArticle, embed: Embed, bodies: Bodies, details: Callable[[Post], str]) -> str:
    post = bodies.posts.get(embed.post_id or "")
    return render_card(
        make_card(
            post,
            bodies.authors.get((post.author_id if post else embed.author_id) or ""),
            embed,
            details=details(post) if post else None,
            choice=bodies.choices.get(embed.observed_id or ""),
            quotes=bodies.quotes.get(f"{article.id}#{embed.ordinal}", ()),
            flags=bodies.flags.get(post.id, ()) if post else (),
            media=media_beside(bodies.media.get(post.id, ()), MEDIA) if post else (),
            article=article.id,
            published_at=article.published_at,
        )
    )


def post_pages(
    post: Post, author: Author | None, articles: Sequence[ArticleEntry], evidence: Evidence, place: Place
) -> Iterator[Draft]:
    """The page of a post: its card, the articles that embed it, and what does not agree or is not certain about it.

    Where very many articles embed it, their list goes on on further pages. Of a redacted one only the
    articles are named.
    """
    if post.status == "redacted":
        author, evidence = None, Evidence()
    card = make_card(post, author, None, flags=evidence.flags, media=media_beside(evidence.media, MEDIA))
    kept = [one for one in evidence.media if one.sha256]
    file = f"posts/{post_page_name(post.id, post.status)}"
    values = {
        "title": f"{signed(card)} on {card.label}",
        "card": safe(render_card(card)),
        "data": None if post.status == "redacted" else safe(jsonld_text(post_jsonld(post, author, kept))),
        "author": author and Line(href=f"../authors/{page_name(author.id)}", name=called(author)),
        "orphans": [
            replace(article_line(entry, "../"), note=" ".join(orphan.text.split()))
            for entry, orphan in evidence.orphans
        ],
        "post": post,
        "label": card.label,
        "place": place,
        "total": len(articles),
        "quotes": [quote_line(quote) for quote in evidence.quotes],
        "flags": [flag_line_of_post(flag) for flag in evidence.flags],
        "joined": [one for one in evidence.candidates if one.chosen],
        "possible": [possible_line(one, post.id) for one in evidence.candidates if not one.chosen],
    }
    for turn in _turns(file, len(articles)):
        lines = [article_line(entry, "../") for entry in _part(articles, turn)]
        yield Draft(
            name=turn.name, template="post.html", section="posts", values=values | {"lines": lines, "turn": turn}
        )


def signed(card: Card) -> str:
    """Whose the post is, or what it is."""
    if card.state == "redacted":
        return f"A redacted {card.noun}"
    return card.name or (f"@{card.handle}" if card.handle else f"A {card.noun}")


def alias_page(alias: str, post_id: str) -> Draft:
    """The page of a provisional id that turned out to be a known post's: it leads there."""
    line = Line(href=f"../posts/{page_name(post_id)}", name=post_id)
    values = {"title": "A post known by now", "alias": alias, "line": line}
    return Draft(name=f"posts/{page_name(alias)}", template="alias.html", section="posts", values=values)


def author_pages(
    author: Author,
    posts: Iterable[ListedPost],
    articles: Iterable[ArticleEntry],
    names: Sequence[AccountName] = (),
    others: Iterable[str] = (),
) -> Iterator[Draft]:
    """The page of an account: the names it was seen under, its posts and the articles that embed them.

    `others` are the ids of accounts that sign the same posts. Where its posts or articles are very many, they go on on
    further pages.
    """
    posts, articles = list(posts), list(articles)
    values = {
        "names": [name for name in names if len(names) > 2 and name.value not in (author.name, author.handle)],
        "others": [Line(href=f"../authors/{page_name(other)}", name=other) for other in others],
        "title": called(author),
        "author": replace(author, url=web_address(author.url)),
        "label": platform_label(author.platform),
        "platform": page_of_platform(author.platform),
        "counts": (len(posts), len(articles)),
    }
    for turn in _turns(f"authors/{page_name(author.id)}", max(len(posts), len(articles))):
        lists = {
            "posts": [listed_post(post, "../", author=False, platform=False) for post in _part(posts, turn)],
            "lines": [article_line(entry, "../") for entry in _part(articles, turn)],
            "turn": turn,
        }
        yield Draft(name=turn.name, template="author.html", section="authors", values=values | lists)


def page_of_platform(platform: str) -> str:
    """The path of a platform's page."""
    return f"platforms/{platform}.html"


def _turns(file: str, total: int) -> Iterator[Turn]:
    last = max(1, -(-total // PER_PAGE))
    return (Turn(file=file, number=number, last=last) for number in range(1, last + 1))


def _part(rows: Sequence[T], turn: Turn) -> Iterator[T]:
    start = (turn.number - 1) * PER_PAGE
    return islice(rows, start, start + PER_PAGE)
