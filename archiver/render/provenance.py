"""Provenance: each known value of a card, and where it comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.identity import certain_moment, text_origin
from archiver.records import Author, Candidate, Embed, Post
from archiver.render.words import date_words, join_words, joined_words

ELSEWHERE = "elsewhere"
"""Not in this article: another one that embeds the same post says it."""

JOIN = "join"
"""Which post it is: the embed does not name it."""

ORIGINS: dict[str, str] = {
    "capture": "from a captured answer of the platform",
    "memento": "from a web archive’s copy",
    "id": "decoded from the post’s id",
    "markup": "from the article’s embed code",
    "marker": "from the article’s text",
    "quote": "from a quotation in the article",
    "index": "from an index of another archive",
    ELSEWHERE: "from another article that embeds this post",
    JOIN: "identified through other articles",
}
NOTHING = "Only that a post stood here is known from the article"
SHOWN = "as shown above"
NAME = "author’s name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A known value: what it is called, how it is written, which of ORIGINS it has, and `source`, that in words."""

    name: str
    value: str
    origin: str
    source: str


def find_facts(
    post: Post | None, author: Author | None, embed: Embed | None, choice: Candidate | None = None
) -> tuple[Fact, ...]:
    """What is known of a post where an article embeds it, or on its own page (no `embed`), in the order of a card.

    What this article says comes first, what only another one says is told as such; a more exact time comes last.
    """
    told = _of_post(post, author) if embed is None else _of_embed(post, author, embed)
    facts = [
        Fact(name=name, value=value, origin=origin, source=_source_words(name, origin, post))
        for name, value, origin in told
        if origin
    ]
    if post and choice:
        facts.append(Fact(name="post", value=post.id, origin=JOIN, source=join_words(choice)))
    return tuple(facts)


def provenance_words(facts: Iterable[Fact]) -> str:
    """One sentence that says of each fact where it comes from; facts of one origin stand together."""
    grouped: dict[str, list[str]] = {}
    for fact in facts:
        grouped.setdefault(ORIGINS[JOIN] if fact.origin == JOIN else fact.source, []).append(fact.name)
    told = "; ".join(f"{joined_words(names)} {source}" for source, names in grouped.items())
    return told[:1].upper() + told[1:] if told else NOTHING


def _source_words(name: str, origin: str, post: Post | None) -> str:
    """An origin in words; of which day the web archive's copy is that the post's values are from.

    The name of an account may be from the copy of another of its posts.
    """
    is_posts = origin == "memento" and name != NAME
    day = date_words(post.memento_at) if post and is_posts else ""
    return f"{ORIGINS[origin]} of {day}" if day else ORIGINS[origin]


Told = Iterator[tuple[str, str, str | None]]


def _of_embed(post: Post | None, author: Author | None, embed: Embed) -> Told:
    yield from _of_author(
        (embed.author_name, "marker")
        if embed.author_name
        else ((author.name, _beyond(author.name_source)) if author else (None, None)),
        (embed.handle, embed.handle_origin)
        if embed.handle
        else ((author.handle, _beyond(post.author_source if post else None)) if author else (None, None)),
    )
    if embed.text:
        yield "words", SHOWN, text_origin(embed)
    elif post and post.text:
        yield "words", SHOWN, _beyond(post.text_source)
    if embed.posted_at:
        yield "time", embed.posted_text or embed.posted_at, embed.time_origin
    if embed.permalink:
        yield "address", embed.permalink, text_origin(embed)
    elif post and post.permalink:
        yield "address", post.permalink, _beyond(post.permalink_source)
    if post and post.posted_at and not _is_printed(embed, post.posted_at):
        decoded = post.posted_at_source == "id"
        name = "exact time" if decoded else f"time to the {post.precision}" if embed.posted_at else "time"
        yield name, post.posted_at, "id" if decoded else _beyond(post.posted_at_source)


def _is_printed(embed: Embed, posted_at: str) -> bool:
    """Whether a post's time is what an embed says of it, or as much of that as is certain."""
    certain = certain_moment(embed)
    return posted_at == embed.posted_at or (certain is not None and posted_at == certain.at)


def _beyond(source: str | None) -> str:
    """Where a value comes from that this article does not hold: the platform, a web archive, or another article."""
    return source if source in {"capture", "memento"} else ELSEWHERE


def _of_post(post: Post | None, author: Author | None) -> Told:
    if post is None:
        return
    if author:
        yield from _of_author((author.name, author.name_source), (author.handle, post.author_source))
    if post.text:
        yield "words", SHOWN, post.text_source
    if post.permalink:
        yield "address", post.permalink, post.permalink_source
    if post.posted_at:
        yield "exact time" if post.posted_at_source == "id" else "time", post.posted_at, post.posted_at_source


def _of_author(name: tuple[str | None, str | None], handle: tuple[str | None, str | None]) -> Told:
    """The author's name and handle, as one where they have one origin or one of them is not known."""
    if name[0] and handle[0] and name[1] != handle[1]:
        yield NAME, name[0], name[1]
        yield "handle", f"@{handle[0]}", handle[1]
    elif handle[0]:
        yield "author", f"{name[0]} (@{handle[0]})" if name[0] else f"@{handle[0]}", handle[1]
    elif name[0]:
        yield "author", name[0], name[1]
