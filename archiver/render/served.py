"""What a server shows of an archive inside its own pages: an article whole, a card, a post in a cell of a table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from markupsafe import Markup

from archiver.records import Author, Flag, Post, PostMedia
from archiver.render.card import make_card, render_card
from archiver.render.lines import KNOWN, Line
from archiver.render.media import media_beside
from archiver.render.pages import Place, article_page, is_redacted, signed
from archiver.render.pictures import picture_paths
from archiver.render.templates import CSP, fill_template, safe, site_styles, templates_folder
from archiver.render.words import date_words
from archiver.store import Bodies, StoredArticle

LONGEST = 160
"""Characters of a post's words in a cell: what three or four lines of it hold."""

STATES = {"redacted": "Redacted", "withheld": "Gone", "gone": "Gone"}
STATES |= {"attribution-only": KNOWN["who"], "link-only": KNOWN["link"]}


def served_policy() -> str:
    """The Content-Security-Policy of a served article: that of the site, and in nobody's frame."""
    return f"{CSP}; frame-ancestors 'none'"


def served_article(
    article: StoredArticle,
    bodies: Bodies,
    *,
    styles: str,
    links: Sequence[Line],
    details: Callable[[Post], str],
    source: str | None,
) -> str:
    """The page of an article with its cards, for a server: `styles` is the address of its style sheet, `links` lead to
    pages of the server, `details` gives the address of a post there, `source` is that of the untouched source if it was
    kept; pictures are at `../media/`, as in the site.
    """
    paths = picture_paths(bodies.pictures.get(article.id, ()))
    shown = None if is_redacted(article, bodies) else source
    draft = article_page(article, bodies, paths, Place(key=article.id), source=shown, details=details)
    values = {"section": "articles", "root": "", "styles": styles, "links": links, **draft.values}
    return fill_template("served.html", values)


def post_card(
    post: Post, author: Author | None, flags: Iterable[Flag], kept: Iterable[PostMedia], folder: str
) -> Markup:
    """The card of a post, as on its page of the site; `folder` is the address of the files that it shows."""
    return safe(render_card(make_card(post, author, None, flags=flags, media=media_beside(kept, folder))))


def compact_card(post: Post, author: Author | None, href: str) -> Markup:
    """A post in a cell of a table: who, where and when in a line that leads to `href`, and how its words begin."""
    card = make_card(post, author, None)
    words = " ".join((card.text or "").split())
    beginning = f"{words[: LONGEST - 1]}…" if len(words) > LONGEST else words
    told = STATES.get(card.state, KNOWN["link"])
    values = {"card": card, "named": signed(card), "href": href, "beginning": beginning, "told": told}
    return safe(fill_template("compact.html", values).strip())


def post_label(post: Post, author: Author | None) -> str:
    """What a link to a post says: whose it is, where and when.

    >>> post_label(Post(id="twitter:20", platform="twitter", posted_at="2006-03-21"), None)
    'A post on X (Twitter), 21 March 2006'
    """
    card = make_card(post, author, None)
    return ", ".join(filter(None, (f"{signed(card)} on {card.label}", date_words(card.posted_at))))


def author_label(author: Author) -> str:
    """What a link to an account says.

    >>> author_label(Author(id="twitter:jack", platform="twitter", handle="jack", name="Jack"))
    'Jack (@jack)'
    """
    return f"{author.name} (@{author.handle})" if author.name else f"@{author.handle}"


def link(href: str, name: str, *, away: bool = False) -> Markup:
    """A link, all of it escaped; `away` from this server, which learns nothing of this page."""
    rel = Markup(' rel="noopener noreferrer nofollow"') if away else ""
    return Markup('<a href="{}"{}><bdi>{}</bdi></a>').format(href, rel, name)


def with_id(shown: Markup, id_: str) -> Markup:
    """What is shown in place of an id, with the id below it."""
    return Markup('{}<span class="archiver-id">{}</span>').format(shown, id_)


def picture(href: str, name: str) -> Markup:
    """A picture that is also the way to it."""
    return Markup('<a href="{0}"><img class="archiver-thumb" src="{0}" alt="{1}" loading="lazy"></a>').format(
        href, name
    )


def top(parts: Iterable[Markup]) -> Markup:
    """What stands above the row of a record."""
    return Markup('<div class="archiver-top">{}</div>').format(Markup("\n").join(parts))


def paragraph(inside: Markup) -> Markup:
    """A paragraph."""
    return Markup("<p>{}</p>").format(inside)


def listed(heading: str, items: Sequence[Markup]) -> list[Markup]:
    """A heading and a list; nothing where there is nothing to list."""
    if not items:
        return []
    lines = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return [Markup("<h2>{}</h2>").format(heading), Markup('<ol class="archiver-posts">{}</ol>').format(lines)]


def served_styles() -> Mapping[str, bytes]:
    """The style sheets by name: one for a served article, one for the server's own pages."""
    parts = (templates_folder() / name for name in ("card.css", "served.css"))
    return {"site.css": site_styles(), "style.css": b"\n".join(part.read_bytes() for part in parts)}


def styles_digest() -> str:
    """What changes when a style sheet does, so that a browser keeps no old one."""
    return sha256(b"".join(served_styles().values())).hexdigest()[:8]
