"""The card: the offline rendering of a post, one anatomy for all platforms."""

from collections.abc import Iterable
from dataclasses import dataclass

from archiver.platforms import BY_NAME
from archiver.records import Author, Candidate, Embed, Post, Quote
from archiver.render.templates import fill_template
from archiver.render.words import join_words, options_words, provenance_words

ABSENT = "The article embeds this {noun} without its words or its picture."
UNTOLD = "The article’s text says who posted, or when. Which of its words are the post’s own, if any, cannot be told."
NAMELESS = "A {noun} stood here. The article holds neither its author nor its words."
ABSENT_EVERYWHERE = "The articles that embed this {noun} hold neither its words nor its picture."
KNOWN_MARKS = frozenset({"instagram", "twitter"})
"""Platforms with a mark of their own in `card.html`; the others have that of their noun."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What a card shows; `None` is left out. `details` is the path to the post's page, `flattened` says that
    the embed was found as text, `join` by what it was known as an embed of the post; `quotes` stand
    in the article, and are not the post's text."""

    ordinal: int | None
    post: str
    platform: str
    label: str
    noun: str
    name: str | None
    handle: str | None
    posted_at: str | None
    options: str
    printed: str | None
    text: str | None
    language: str | None
    provenance: str
    permalink: str | None
    flattened: bool = False
    details: str | None = None
    join: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def key(self) -> str:
        """Unique on a page, for `aria-labelledby`."""
        return f"card-{self.ordinal or 0}"

    @property
    def is_known(self) -> bool:
        """Whether anything is known of the post but that there was one."""
        return bool(self.name or self.handle or self.permalink or self.text)

    @property
    def absent(self) -> str:
        """What is said in place of words that nobody kept."""
        if self.ordinal is None:
            return ABSENT_EVERYWHERE.format(noun=self.noun)
        if not self.is_known:
            return NAMELESS.format(noun=self.noun)
        return UNTOLD if self.flattened else ABSENT.format(noun=self.noun)

    @property
    def mark(self) -> str:
        """Which of the drawn marks it has."""
        return self.platform if self.platform in KNOWN_MARKS else self.noun


def make_card(
    post: Post | None,
    author: Author | None,
    embed: Embed | None,
    *,
    details: str | None = None,
    choice: Candidate | None = None,
    quotes: Iterable[Quote] = (),
) -> Card:
    """The card of an embed in an article, of a post on its own page, or of an embed whose post is unknown.

    In an article its own observation comes first: what another article says of the post fills in only what this one
    does not hold, and the card says so. Only the time is the best known, since an id outranks what is printed.
    `choice` says why an embed that names no post is taken to be of this one.
    """
    platform = post.platform if post else embed.platform if embed else ""
    known = BY_NAME.get(platform)
    own_name, own_handle, own_text = (embed.author_name, embed.handle, embed.text) if embed else (None, None, None)
    permalink = (embed.permalink if embed else None) or (post.permalink if post else None)
    return Card(
        ordinal=embed.ordinal if embed else None,
        post=post.id if post else "",
        platform=platform,
        label=known.label if known else platform,
        noun=known.noun if known else "post",
        name=own_name or (author.name if author else None),
        handle=own_handle or (author.handle if author else None),
        posted_at=post.posted_at if post else embed.posted_at if embed else None,
        options=options_words(post.posted_at_options if post else embed.posted_at_options if embed else None),
        printed=embed.posted_text if embed else None,
        text=own_text or (post.text if post else None),
        language=post.language if post else embed.language if embed else None,
        provenance=provenance_words(post, embed),
        permalink=_web_address(permalink),
        flattened=embed is not None and embed.form == "text",
        details=details,
        join=join_words(choice),
        quotes=tuple(quotes),
    )


def _web_address(permalink: str | None) -> str | None:
    return permalink if permalink and permalink.startswith(("https://", "http://")) else None


def render_card(card: Card) -> str:
    """The card as HTML, without white space around it, which would become text of the article."""
    return fill_template("card.html", {"card": card}).strip()
