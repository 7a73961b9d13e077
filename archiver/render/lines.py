"""The lines of lists: an article, a post, an account or a contradiction as one link and a note."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from archiver.platforms import BY_NAME
from archiver.records import Author, Candidate, Flag, Quote
from archiver.render.flagged import flag_words
from archiver.render.names import list_name, page_name, post_page_name
from archiver.render.words import KINDS, count_words
from archiver.store import ArticleEntry, EmbedEntry, FlagEntry, ListedArticle, ListedPost

PER_PAGE = 250
"""Lines of a list on one page: loads at once, and is still one search with the browser's own find."""

MOST_MARKS, MOST_NAMES, LONGEST_NAME = 12, 3, 118

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a list: what it leads to, what it says, when that was, and how much is known of each post in it."""

    href: str
    name: str
    date: str | None = None
    note: str = ""
    marks: tuple[str, ...] = ()
    language: str | None = None

    @property
    def told(self) -> str:
        """The marks in words."""
        words = self.marks.count("words")
        if len(self.marks) == 1:
            return KNOWN[self.marks[0]]
        return f"Words of {words} of {len(self.marks)} kept"


KNOWN = {"words": "Words kept", "who": "Only who or when", "link": "Only the link"}
"""What each mark says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """Where a page of a list is: `number` of `last`; `file` is its first page's name, the others have the number."""

    file: str
    number: int
    last: int

    @property
    def before(self) -> str | None:
        """The name of the page before, None on the first; without its folder, in which both are."""
        return list_name(self.file, self.number - 1).rpartition("/")[2] if self.number > 1 else None

    @property
    def after(self) -> str | None:
        """The name of the next page, None on the last."""
        return list_name(self.file, self.number + 1).rpartition("/")[2] if self.number < self.last else None

    @property
    def name(self) -> str:
        """The name of this page."""
        return list_name(self.file, self.number)


def turns(file: str, rows: Iterable[T], total: int) -> Iterator[tuple[Turn, list[T]]]:
    """The pages of a list of `total` rows, at least one."""
    rows = iter(rows)
    last = max(1, -(-total // PER_PAGE))
    return ((Turn(file=file, number=number, last=last), list(islice(rows, PER_PAGE))) for number in range(1, last + 1))


def article_line(entry: ArticleEntry, root: str = "") -> Line:
    """The line of an article in a list, seen from a page at `root`."""
    return Line(
        href=f"{root}articles/{page_name(entry.id)}",
        name=entry.title or entry.source,
        date=entry.published_at,
        note=count_words(entry.embeds, "embed", "embeds"),
        language=entry.language,
    )


def listed_article(entry: ListedArticle, root: str = "") -> Line:
    """The same with whose posts it embeds, and how many contradictions there are about them."""
    parts = [posts_note(entry.posts)]
    if entry.flags:
        parts.append(count_words(entry.flags, "contradiction", "contradictions"))
    return Line(
        href=f"{root}articles/{page_name(entry.id)}",
        name=entry.title or entry.source,
        date=entry.published_at,
        note=" · ".join(parts),
        marks=tuple(embed.state for embed in entry.posts),
        language=entry.language,
    )


def posts_note(embeds: Sequence[EmbedEntry]) -> str:
    """How many posts an article embeds, and whose: the first few names, each with its number where that is not 1."""
    told = count_words(len(embeds), "embed", "embeds")
    names = Counter(name for embed in embeds if (name := embed.name or (embed.handle and f"@{embed.handle}")))
    if not names:
        return told
    shown = [name if times == 1 else f"{name} ({times})" for name, times in list(names.items())[:MOST_NAMES]]
    more = len(names) - len(shown)
    return f"{told}: {', '.join(shown)}{f' and {more} more' if more else ''}"


def listed_post(post: ListedPost, root: str = "", *, author: bool = True, platform: bool = True) -> Line:
    """The line of a post: its first words, or what else is known of it; then whose, where, and in how many articles."""
    href = f"{root}posts/{post_page_name(post.id, post.status)}"
    if post.status == "redacted":
        where = platform_label(post.platform) if platform else ""
        return Line(href=href, name=f"A redacted {noun_of(post.platform)}", note=where)
    who = (post.name or (post.handle and f"@{post.handle}")) if author else None
    where = platform_label(post.platform) if platform else ""
    how = f"in {count_words(post.articles, 'article', 'articles')}" if post.articles > 1 or not platform else ""
    return Line(
        href=href,
        name=called_post(post.text, post.platform, who, post.permalink),
        date=post.posted_at,
        note=" · ".join(part for part in (post.text and who, where, how) if part),
        marks=(post.state,),
        language=post.language if post.text else None,
    )


def called_post(text: str | None, platform: str, who: str | None, permalink: str | None) -> str:
    """What a post is called in a list: its first words, else whose it is, else where it was."""
    noun = noun_of(platform)
    by = f"A {noun} by {who}" if who else None
    return first_words(text) or by or permalink or f"A {noun} on {platform_label(platform)}"


def first_words(text: str | None) -> str:
    """The beginning of a text on one line."""
    words = " ".join((text or "").split())
    return f"{words[: LONGEST_NAME - 1]}…" if len(words) > LONGEST_NAME else words


def author_line(author: Author, root: str = "") -> Line:
    """The line of an account in a list."""
    label = platform_label(author.platform)
    note = f"@{author.handle} on {label}" if author.name else f"on {label}"
    return Line(href=f"{root}authors/{page_name(author.id)}", name=called(author), note=note)


def flag_line(flag: FlagEntry) -> Line:
    """The line of a flag in the list of all: what disagrees, on which platform, and in which article."""
    label = platform_label(flag.post_id.partition(":")[0])
    note = f"{_flag_kind(flag)} · {label} · {flag.title or flag.article_id}"
    return Line(href=f"posts/{page_name(flag.post_id)}", name=flag_words(flag), note=note)


def flag_line_of_post(flag: Flag) -> Line:
    """The line of a flag on the page of its post."""
    note = f"{_flag_kind(flag)} · {flag.article_id}"
    return Line(href=f"../articles/{page_name(flag.article_id)}", name=flag_words(flag), note=note)


def _flag_kind(flag: Flag | FlagEntry) -> str:
    return f"{KINDS[flag.kind]}{f' · likely {flag.cause}' if flag.cause else ''}"


def quote_line(quote: Quote) -> Line:
    """The line of a passage that quotes a post: its words, the article, and how it was known."""
    article = quote.embed_id.rpartition("#")[0]
    agreement = "" if quote.agreement is None else f", {quote.agreement:.0%} of it in the post’s text"
    href = f"../articles/{page_name(article)}"
    return Line(href=href, name=quote.text, note=f"{article} · {quote.reason}{agreement}")


def possible_line(candidate: Candidate, post_id: str) -> Line:
    """The line of a post that this one may be the same as."""
    other = candidate.marker_id if candidate.post_id == post_id else candidate.post_id
    return Line(href=f"../posts/{page_name(other)}", name=other, note=candidate.rule)


def called(author: Author) -> str:
    """What an account is called: its display name, else its handle."""
    return author.name or f"@{author.handle}"


def platform_label(platform: str) -> str:
    """What a platform is called."""
    known = BY_NAME.get(platform)
    return known.label if known else platform


def noun_of(platform: str) -> str:
    """What a reader calls a post of a platform."""
    known = BY_NAME.get(platform)
    return known.noun if known else "post"
