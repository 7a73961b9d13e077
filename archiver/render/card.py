"""The card: the offline rendering of a post, one anatomy for all platforms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from archiver.identity import certain_moment, moment_of
from archiver.platforms import BY_NAME
from archiver.records import Author, Candidate, Embed, Flag, Form, MediaKind, Post, Quote
from archiver.render import states
from archiver.render.flagged import flag_words
from archiver.render.linkify import linkify
from archiver.render.lives import gone_since
from archiver.render.marks import mark_of
from archiver.render.media import Media
from archiver.render.provenance import Fact, find_facts, provenance_words
from archiver.render.templates import fill_template
from archiver.render.words import KINDS, MONTH_AS_DAY, date_words, options_words
from archiver.sanitize import web_address
from archiver.times import Moment

WAYBACK = "https://web.archive.org/web"

_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """Something that does not agree: what it is about, a sentence on it, where, and what may be its harmless cause."""

    about: str
    detail: str
    where: str
    cause: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What a card shows; what is `None` or empty is left out.

    `form` is how the post is embedded, None on its own page; `status` what became of it at its platform, and
    `gone_since` when it was first found to be gone. `left_open` says what of the time a print leaves open: the half of
    the day, or the day. `quotes` stand in the article, and are not the post's text.
    `lookup` is an address of a web archive, `details` the path to the post's page.
    """

    ordinal: int | None
    post: str
    platform: str
    form: Form | None = None
    status: str | None = None
    gone_since: str | None = None
    name: str | None = None
    handle: str | None = None
    posted_at: str | None = None
    left_open: str = ""
    printed: str | None = None
    text: str | None = None
    media: tuple[Media, ...] = ()
    quotes: tuple[Quote, ...] = ()
    facts: tuple[Fact, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    permalink: str | None = None
    lookup: str | None = None
    details: str | None = None

    @property
    def key(self) -> str:
        """Unique on a page, for `aria-labelledby`."""
        return f"archiver-card-{self.ordinal or 0}"

    @property
    def label(self) -> str:
        """The platform's name."""
        known = BY_NAME.get(self.platform)
        return known.label if known else self.platform

    @property
    def noun(self) -> str:
        """What a reader calls it."""
        known = BY_NAME.get(self.platform)
        return known.noun if known else "post"

    @property
    def mark(self) -> str:
        """The path data of the platform's sign."""
        return mark_of(self.platform)

    @property
    def words(self) -> Markup:
        """The post's text as safe HTML."""
        return linkify(self.text or "", platform=self.platform)

    def quoted(self, quote: Quote) -> Markup:
        """A passage of the article as safe HTML."""
        return linkify(quote.text, platform=self.platform)

    @property
    def holding(self) -> states.Holding:
        """How much of the post is kept."""
        return states.holding_of(
            words=bool(self.text),
            signed=self.signed,
            dated=bool(self.posted_at),
            address=bool(self.permalink),
            lacking=self.lacking,
        )

    @property
    def signed(self) -> bool:
        """Whether it is known who posted it."""
        return bool(self.name or self.handle)

    @property
    def lacking(self) -> str:
        """What belongs to the post besides words and is not here."""
        missing = [one.kind for one in self.media if not one.src]
        return states.lacking_media(self.platform, self.text, self.shown, missing)

    @property
    def shown(self) -> list[MediaKind]:
        """The kinds of the media that are here."""
        return [one.kind for one in self.media if one.src]

    @property
    def state(self) -> states.State:
        """What a reader must know first."""
        return states.state_of(self.holding, self.status, disputed=self.disputed)

    @property
    def notice(self) -> str:
        """What is said first of a post that is gone or redacted."""
        since = f", since {date_words(self.gone_since)} at the latest" if self.gone_since else ""
        return states.NOTICES.get(self.state, "").format(noun=self.noun, label=self.label, since=since)

    @property
    def missing(self) -> str:
        """What is said of words that are not there, or of what is not there with them."""
        if self.state in {"redacted", "withheld"}:
            return ""
        if self.text:
            dated = bool(self.posted_at)
            return states.shortfall_words(signed=self.signed, dated=dated, lacking=self.lacking, shown=self.shown)
        return states.absence_words(
            self.holding, self.noun, self.lacking, self.form, signed=self.signed, printed=bool(self.printed)
        )

    @property
    def disputed(self) -> bool:
        """Whether something does not agree that has no known harmless cause."""
        return any(one.cause is None for one in self.disagreements)

    @property
    def disagreement(self) -> str:
        """One line on what does not agree, empty where all does."""
        if not self.disagreements:
            return ""
        open_ = {one.about for one in self.disagreements if one.cause is None}
        about = dict.fromkeys(
            one.about if one.about in open_ else f"{one.about} (likely {one.cause})" for one in self.disagreements
        )
        return f"Sources {'disagree' if self.disputed else 'differ'}: {', '.join(about)}"

    @property
    def provenance(self) -> str:
        """One sentence on where what is shown comes from."""
        return provenance_words(self.facts)


def make_card(
    post: Post | None,
    author: Author | None,
    embed: Embed | None,
    *,
    details: str | None = None,
    choice: Candidate | None = None,
    quotes: Iterable[Quote] = (),
    flags: Iterable[Flag] = (),
    media: Iterable[Media] = (),
    article: str | None = None,
    published_at: str | None = None,
) -> Card:
    """The card of an embed in an article, of a post on its own page, or of an embed whose post is unknown.

    In an article its own observation comes first: what another article says of the post fills in only what this one
    does not hold, and the card says so. Only the time is the best known, since an id outranks what is printed.
    `choice` says why an embed that names no post is taken to be of this one, `flags` what does not agree about the
    post. `article` is the id of the article, `published_at` its date. Of a redacted post nothing but that is shown, of
    a withheld one neither words nor pictures.
    """
    ordinal, form = (embed.ordinal, embed.form) if embed else (None, None)
    platform = post.platform if post else embed.platform if embed else ""
    if post and post.status == "redacted":
        return Card(ordinal=ordinal, post="", platform=platform, form=form, status="redacted", details=details)
    if withheld := post is not None and post.status == "withheld":
        quotes, flags, media = (), (), ()
    own_name, own_handle, own_text = (embed.author_name, embed.handle, embed.text) if embed else (None, None, None)
    permalink = web_address((embed.permalink if embed else None) or (post.permalink if post else None))
    time = moment_of(post) if post else certain_moment(embed) if embed else None
    posted_at = post.posted_at if post else time.at if time else None
    return Card(
        ordinal=ordinal,
        post=post.id if post else "",
        platform=platform,
        form=form,
        status=post.status if post else None,
        gone_since=gone_since(post) if post else None,
        name=own_name or (author.name if author else None),
        handle=own_handle or (author.handle if author else None),
        posted_at=posted_at,
        left_open=_left_open(platform, time),
        printed=embed.posted_text if embed else None,
        text=None if withheld else own_text or (post.text if post else None),
        media=tuple(media),
        quotes=tuple(quotes),
        facts=find_facts(post, author, embed, choice),
        disagreements=tuple(_disagreements(flags, article, ordinal)),
        permalink=permalink,
        lookup=lookup_url(permalink, posted_at or published_at) if permalink else None,
        details=details,
    )


def _left_open(platform: str, time: Moment | None) -> str:
    """What of the time of a post is not known because of how a platform printed it."""
    if time and time.precision == "month" and platform in BY_NAME and BY_NAME[platform].zone:
        return MONTH_AS_DAY
    return options_words(time.options if time else None)


def _disagreements(flags: Iterable[Flag], article: str | None, ordinal: int | None) -> Iterable[Disagreement]:
    """The flags in words, those of this embed first."""
    own = f"{article}#{ordinal}"
    for flag in sorted(flags, key=lambda flag: flag.embed_id != own):
        where = "here" if flag.embed_id == own else f"in {flag.article_id}"
        yield Disagreement(about=KINDS[flag.kind].lower(), detail=flag_words(flag), where=where, cause=flag.cause)


def lookup_url(permalink: str, near: str | None) -> str:
    """The Wayback Machine's calendar of an address, in the year of `near` (ISO); its own choice where that is unknown.

    >>> lookup_url("https://www.instagram.com/p/CF1tGabcdef/", "2020-10-02T11:16Z")
    'https://web.archive.org/web/2020*/https://www.instagram.com/p/CF1tGabcdef/'
    """
    return f"{WAYBACK}/{(near or '')[:4]}*/{permalink}"


def render_card(card: Card) -> str:
    """The card as HTML, without white space around it, which would become text of the article, and without a blank
    line, which would end a block of HTML in Markdown."""
    return _BLANK_LINES.sub("\n", fill_template("card.html", {"card": card}).strip())
