"""`show`: one post, or one article with its embeds, in the terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from archiver import store
from archiver.cli.lookup import find_article, find_post
from archiver.cli.options import db_option, json_option
from archiver.cli.output import check_one_form, console, csv_option, plain, print_csv, print_json
from archiver.cli.panels import card_panel, fact_table, flag_lines, print_section, quote_lines
from archiver.cli.policy import shown
from archiver.errors import ArchiverError
from archiver.records import AccountName, Author, Embed, Flag, Post, PostMedia, Quote
from archiver.render.card import Card, make_card
from archiver.render.media import media_beside
from archiver.render.words import date_words
from archiver.store.rows import columns_of
from archiver.talk import printable

EMBED_KEYS = ("id", "article_id", *columns_of(Embed))

OPEN_OF_REDACTED = ("id", "article_id", "ordinal", "platform", "form")
"""What is told of an embed whose post is redacted."""


@click.command("show")
@click.argument("name", metavar="POST|ARTICLE")
@db_option
@json_option
@csv_option
def show_command(name: str, db: Path, as_json: bool, as_csv: bool) -> None:
    """Show the card of a post and where it is embedded, or an article with the cards of its embeds.

    A POST is its id in the archive (also a provisional one), or any form of its address. An ARTICLE is its id, the name
    or the path of its file, or the address it was published at.

    With --json it is an object: post, author, names, embeds, quotes, flags and media, or article, embeds, quotes and
    flags. With --csv it is the embeds, a row each. Keys are the columns of the tables in the archive, of which `body`
    is left out.

    \b
        archiver show https://www.instagram.com/p/CF1tGabcdef/
        archiver show news/kate.txt --json
    """
    check_one_form(as_json=as_json, as_csv=as_csv)
    with shown(db) as archive:
        post = find_post(name, archive)
        article = None if post else find_article(name, archive)
        if post:
            told: _Post | _Article = _load_post(post, archive)
        elif article:
            told = _Article(id=article, bodies=store.load_bodies(archive, [article]))
        else:
            raise ArchiverError(f"{db} knows no post or article {printable(name)}")
    if as_json:
        print_json(told.as_json())
    elif as_csv:
        print_csv(EMBED_KEYS, told.embeds())
    else:
        told.print(console())


def _embed_row(article_id: str, embed: Embed, status: str | None) -> dict[str, Any]:
    row = {"id": f"{article_id}#{embed.ordinal}", "article_id": article_id, **asdict(embed)}
    return {key: value if status != "redacted" or key in OPEN_OF_REDACTED else None for key, value in row.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Post:
    """A post and all that is said of it; of a redacted one only where it was embedded."""

    post: Post
    author: Author | None
    found: Sequence[tuple[str, Embed]]
    articles: Sequence[store.ArticleEntry]
    names: Sequence[AccountName] = ()
    quotes: Sequence[Quote] = ()
    flags: Sequence[Flag] = ()
    media: Sequence[PostMedia] = ()

    def embeds(self) -> list[dict[str, Any]]:
        return [_embed_row(article, embed, self.post.status) for article, embed in self.found]

    def as_json(self) -> dict[str, Any]:
        return {
            "post": asdict(self.post),
            "author": asdict(self.author) if self.author else None,
            "names": [asdict(name) for name in self.names],
            "embeds": self.embeds(),
            "quotes": [asdict(quote) for quote in self.quotes],
            "flags": [asdict(flag) for flag in self.flags],
            "media": [asdict(one) for one in self.media],
        }

    def print(self, shown: Console) -> None:
        card = make_card(self.post, self.author, None, flags=self.flags, media=media_beside(self.media, "media/"))
        shown.print(card_panel(card))
        shown.print(plain(self.post.id, "dim"))
        if card.facts:
            shown.print(Text("\nKnown from", style="bold"))
            shown.print(fact_table(card.facts))
        print_section(shown, "Pictures and videos", map(_media_line, self.media))
        print_section(shown, "Embedded in", map(_article_line, self.articles))
        print_section(shown, "Quoted as", quote_lines(self.quotes))
        print_section(shown, "Does not agree", flag_lines(self.flags))
        print_section(shown, "The account was also seen as", _name_lines(self.names, card))


def _load_post(post: Post, archive: store.Database) -> _Post:
    found = store.load_embeds_of_post(archive, post.id)
    articles = store.load_entries_by_post(archive, [post.id]).get(post.id, [])
    if post.status == "redacted":
        bare = Post(id=post.id, platform=post.platform, status=post.status)
        return _Post(post=bare, author=None, found=found, articles=articles)
    author = store.load_author(archive, post.author_id) if post.author_id else None
    return _Post(
        post=post,
        author=author,
        found=found,
        articles=articles,
        names=store.load_names(archive, author.id) if author else (),
        quotes=store.load_quotes_of(archive, post.id),
        flags=store.load_flags_of(archive, post.id),
        media=store.load_media(archive, [post.id]).get(post.id, ()),
    )


def _media_line(one: PostMedia) -> tuple[str, str]:
    """What a picture or a video shows, and which file it is, or why there is none."""
    size = f"{one.width} × {one.height} pixels" if one.width else None
    kept = (one.type, size, f"{one.size or 0:,} bytes", one.name or one.file) if one.sha256 else (one.outcome, one.url)
    return one.alt or "Not described", " · ".join(filter(None, (one.kind, *kept)))


def _article_line(entry: store.ArticleEntry) -> tuple[str, str]:
    about = (date_words(entry.published_at), entry.byline, entry.id)
    return entry.title or entry.source, " · ".join(part for part in about if part)


def _name_lines(names: Sequence[AccountName], card: Card) -> Iterator[tuple[str, str]]:
    for name in names:
        if name.value not in (card.name, card.handle):
            seen = f", {name.first_seen} to {name.last_seen}" if name.first_seen else ""
            yield name.value, f"{name.kind}, {name.embeds:,} {'embed' if name.embeds == 1 else 'embeds'}{seen}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Article:
    """An article and its embeds."""

    id: str
    bodies: store.Bodies

    @property
    def _embeds(self) -> Sequence[Embed]:
        return self.bodies.embeds.get(self.id, [])

    def _status(self, embed: Embed) -> str | None:
        post = self.bodies.posts.get(embed.post_id or "")
        return post.status if post else None

    def _open(self) -> list[Embed]:
        return [embed for embed in self._embeds if self._status(embed) != "redacted"]

    def _quotes(self) -> list[Quote]:
        return [quote for embed in self._open() for quote in self.bodies.quotes.get(f"{self.id}#{embed.ordinal}", ())]

    def _flags(self) -> list[Flag]:
        posts = dict.fromkeys(embed.post_id for embed in self._open() if embed.post_id)
        return [flag for post in posts for flag in self.bodies.flags.get(post, ()) if flag.article_id == self.id]

    def embeds(self) -> list[dict[str, Any]]:
        return [_embed_row(self.id, embed, self._status(embed)) for embed in self._embeds]

    def as_json(self) -> dict[str, Any]:
        article = asdict(self.bodies.articles[self.id])
        del article["body"]
        return {
            "article": article,
            "embeds": self.embeds(),
            "quotes": [asdict(quote) for quote in self._quotes()],
            "flags": [asdict(flag) for flag in self._flags()],
        }

    def print(self, shown: Console) -> None:
        article = self.bodies.articles[self.id]
        shown.print(plain(article.title or article.source, "bold"))
        about = (date_words(article.published_at), article.byline, article.language)
        shown.print(Text(" · ").join(plain(part) for part in about if part))
        if article.url:
            shown.print(plain(article.url, "blue"))
        shown.print(plain(f"{article.id} · {article.format} · {article.size:,} bytes", "dim"))
        for embed in self._embeds:
            shown.print()
            shown.print(card_panel(self._card(embed, article.published_at), f"{embed.ordinal}."))
            if embed.post_id and self._status(embed) != "redacted":
                shown.print(plain(embed.post_id, "dim"))
        if not self._embeds:
            shown.print()
            shown.print(Text("It has no embeds.", style="italic"))
        print_section(shown, "Quoted as", quote_lines(self._quotes()))
        print_section(shown, "Does not agree", flag_lines(self._flags()))

    def _card(self, embed: Embed, published_at: str | None) -> Card:
        post = self.bodies.posts.get(embed.post_id or "")
        return make_card(
            post,
            self.bodies.authors.get((post.author_id if post else embed.author_id) or ""),
            embed,
            choice=self.bodies.choices.get(embed.observed_id or ""),
            flags=self.bodies.flags.get(post.id, ()) if post else (),
            media=media_beside(self.bodies.media.get(post.id, ()), "media/") if post else (),
            article=self.id,
            published_at=published_at,
        )
