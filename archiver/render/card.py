"""The card: the offline rendering of a post, one anatomy for all platforms."""

from dataclasses import dataclass

from archiver.platforms import BY_NAME
from archiver.records import Author, Embed, Post
from archiver.render.templates import fill_template
from archiver.render.words import options_words, provenance_words

ABSENT = "The article names this post but holds neither its words nor its picture."
NAMELESS = "A post stood here. The article holds neither its author nor its words."
ABSENT_EVERYWHERE = "The articles that embed this post hold neither its words nor its picture."
KNOWN_MARKS = frozenset({"instagram", "twitter"})
"""Platforms with a mark of their own in `card.html`; the others share one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What a card shows; `None` is left out. `details` is the path to the post's page."""

    ordinal: int | None
    post: str
    platform: str
    label: str
    name: str | None
    handle: str | None
    posted_at: str | None
    options: str
    printed: str | None
    text: str | None
    language: str | None
    provenance: str
    permalink: str | None
    details: str | None = None

    @property
    def key(self) -> str:
        """Unique on a page, for `aria-labelledby`."""
        return f"card-{self.ordinal or 0}"

    @property
    def absent(self) -> str:
        """What is said in place of words that nobody kept."""
        if self.ordinal is None:
            return ABSENT_EVERYWHERE
        return ABSENT if self.name or self.handle or self.permalink else NAMELESS

    @property
    def mark(self) -> str:
        """Which of the drawn marks it has."""
        return self.platform if self.platform in KNOWN_MARKS else "other"


def make_card(post: Post | None, author: Author | None, embed: Embed | None, *, details: str | None = None) -> Card:
    """The card of an embed in an article, of a post on its own page, or of an embed whose post is unknown.

    What the post is known to be comes before what this embed alone says of it.
    """
    platform = post.platform if post else embed.platform if embed else ""
    known = BY_NAME.get(platform)
    return Card(
        ordinal=embed.ordinal if embed else None,
        post=post.id if post else "",
        platform=platform,
        label=known.label if known else platform,
        name=author.name if author else embed.author_name if embed and not post else None,
        handle=author.handle if author else embed.handle if embed and not post else None,
        posted_at=post.posted_at if post else embed.posted_at if embed else None,
        options=options_words(post.posted_at_options if post else embed.posted_at_options if embed else None),
        printed=embed.posted_text if embed else None,
        text=post.text if post else embed.text if embed else None,
        language=post.language if post else embed.language if embed else None,
        provenance=provenance_words(post, embed),
        permalink=_web_address(post.permalink if post else embed.permalink if embed else None),
        details=details,
    )


def _web_address(permalink: str | None) -> str | None:
    return permalink if permalink and permalink.startswith(("https://", "http://")) else None


def render_card(card: Card) -> str:
    """The card as HTML, without white space around it, which would become text of the article."""
    return fill_template("card.html", {"card": card}).strip()
