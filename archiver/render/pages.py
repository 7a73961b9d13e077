"""The pages of a site as HTML: one article, post or author, and the lists of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archiver.platforms import BY_NAME
from archiver.records import AccountName, Author, Candidate, Embed, Flag, Orphan, Post, Problem, Quote
from archiver.render.card import Card, make_card, render_card
from archiver.render.jsonld import jsonld_text, post_jsonld
from archiver.render.markdown import render_markdown
from archiver.render.names import page_name
from archiver.render.plain import render_text
from archiver.render.slots import fill_slots
from archiver.render.tables import frame_tables
from archiver.render.templates import fill_template, safe
from archiver.render.words import KINDS
from archiver.store import ArticleEntry, Counts, FlagEntry, StoredArticle


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a list: what it leads to, what it says, and when that was."""

    href: str
    name: str
    date: str | None
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the archive knows about the embeds of an article.

    `posts` and `authors` are by id, as far as the embeds name them; `choices` by the provisional ids of embeds that
    name no post and were known all the same; `quotes` by the ids of embeds, `flags` by those of posts.
    """

    posts: Mapping[str, Post]
    authors: Mapping[str, Author]
    choices: Mapping[str, Candidate]
    quotes: Mapping[str, Sequence[Quote]]
    flags: Mapping[str, Sequence[Flag]]


def article_page(article: StoredArticle, embeds: Iterable[Embed], known: Known, pictures: Mapping[str, str]) -> str:
    """The page of an article, with its cards in place."""
    embeds = list(embeds)
    cards = {embed.ordinal: _embed_card(article, embed, known) for embed in embeds}
    body = fill_slots(frame_tables(article_body(article, embeds, pictures)), lambda ordinal: cards.get(ordinal, ""))
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


def _embed_card(article: StoredArticle, embed: Embed, known: Known) -> str:
    post = known.posts.get(embed.post_id or "")
    return render_card(
        make_card(
            post,
            known.authors.get((post.author_id if post else embed.author_id) or ""),
            embed,
            details=f"../posts/{page_name(post.id)}" if post else None,
            choice=known.choices.get(embed.observed_id or ""),
            quotes=known.quotes.get(f"{article.id}#{embed.ordinal}", ()),
            flags=known.flags.get(post.id, ()) if post else (),
            article=article.id,
            published_at=article.published_at,
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What speaks for and against what is said of a post: flags, what it may be or is taken for, and quotations."""

    flags: Sequence[Flag] = ()
    candidates: Sequence[Candidate] = ()
    quotes: Sequence[Quote] = ()
    orphans: Sequence[tuple[ArticleEntry, Orphan]] = ()


def post_page(post: Post, author: Author | None, articles: Iterable[ArticleEntry], evidence: Evidence) -> str:
    """The page of a post: its card, the articles that embed it, and what does not agree or is not certain about it."""
    card = make_card(post, author, None, flags=evidence.flags)
    redacted = card.state == "redacted"
    values = {
        "title": f"{_signed(card)} on {card.label}",
        "card": safe(render_card(card)),
        "data": None if redacted else safe(jsonld_text(post_jsonld(post, author))),
        "author": author and Line(href=f"../authors/{page_name(author.id)}", name=_called(author), date=None, note=""),
        "lines": [article_line(entry, "../") for entry in articles],
        "orphans": [
            replace(article_line(entry, "../"), note=" ".join(orphan.text.split()))
            for entry, orphan in evidence.orphans
        ],
        "post": post,
        "quotes": [_quote_line(quote) for quote in evidence.quotes],
        "flags": [_flag_line(flag) for flag in evidence.flags],
        "joined": [one for one in evidence.candidates if one.chosen],
        "possible": [_possible_line(one, post.id) for one in evidence.candidates if not one.chosen],
    }
    if redacted:
        values |= {"author": None, "quotes": [], "flags": [], "joined": [], "possible": []}
    return _page("post.html", values, section="posts")


def _signed(card: Card) -> str:
    """Whose the post is, or what it is."""
    if card.state == "redacted":
        return f"A redacted {card.noun}"
    return card.name or (f"@{card.handle}" if card.handle else f"A {card.noun}")


def alias_page(alias: str, post_id: str) -> str:
    """The page of a provisional id that turned out to be a known post's: it leads there."""
    line = Line(href=f"../posts/{page_name(post_id)}", name=post_id, date=None, note="")
    return _page("alias.html", {"title": "A post known by now", "alias": alias, "line": line}, section="posts")


def report_page(flags: list[Line], *, number: int, last: int, file: str, total: int) -> str:
    """Page `number` of `last` of the list of all flags."""
    links = {"before": list_name(file, number - 1) if number > 1 else None}
    links["after"] = list_name(file, number + 1) if number < last else None
    values = {"title": "Contradictions", "lines": flags, "number": number, "last": last, "total": total, **links}
    return _page("report.html", values, section="report", root="")


def flag_line(flag: FlagEntry) -> Line:
    """The line of a flag in the list of all: what disagrees, and in which article."""
    cause = f" · likely {flag.cause}" if flag.cause else ""
    return Line(
        href=f"posts/{page_name(flag.post_id)}",
        name=flag.detail,
        date=None,
        note=f"{KINDS[flag.kind]}{cause} · {flag.title or flag.article_id}",
    )


def _flag_line(flag: Flag) -> Line:
    cause = f" · likely {flag.cause}" if flag.cause else ""
    return Line(
        href=f"../articles/{page_name(flag.article_id)}",
        name=flag.detail,
        date=None,
        note=f"{KINDS[flag.kind]}{cause} · {flag.article_id}",
    )


def _quote_line(quote: Quote) -> Line:
    """The line of a passage that quotes a post: its words, the article, and how it was known."""
    article = quote.embed_id.rpartition("#")[0]
    agreement = "" if quote.agreement is None else f", {quote.agreement:.0%} of it in the post’s text"
    href = f"../articles/{page_name(article)}"
    return Line(href=href, name=quote.text, date=None, note=f"{article} · {quote.reason}{agreement}")


def _possible_line(candidate: Candidate, post_id: str) -> Line:
    """The line of a post that this one may be the same as."""
    other = candidate.marker_id if candidate.post_id == post_id else candidate.post_id
    return Line(href=f"../posts/{page_name(other)}", name=other, date=None, note=candidate.rule)


def author_page(
    author: Author,
    posts: Iterable[Post],
    articles: Iterable[ArticleEntry],
    names: Sequence[AccountName] = (),
    others: Iterable[str] = (),
) -> str:
    """The page of an account: the names it was seen under, its posts and the articles that embed them.

    `others` are the ids of accounts that sign the same posts.
    """
    values = {
        "names": [name for name in names if len(names) > 2 and name.value not in (author.name, author.handle)],
        "others": [Line(href=f"../authors/{page_name(other)}", name=other, date=None, note="") for other in others],
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
    if post.status == "redacted":
        said = f"A redacted {_noun(post.platform)}"
        return Line(href=f"{root}posts/{page_name(post.id)}", name=said, date=None, note=_label(post.platform))
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
