"""Flags: what sources say of one post that does not agree, and what cannot be."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher

from archiver.identity.sights import Sight
from archiver.identity.texts import EQUAL, plain_text, text_match
from archiver.identity.windows import unix_ms, windows
from archiver.platforms import BY_NAME
from archiver.records import Embed, Flag, FlagKind, Post
from archiver.times import Moment, compare, read_printed
from archiver.urls import resolve

LONGEST_DIFF = 600
"""Words of a text that are compared one by one: more than the longest Instagram caption has."""


def fold_flags(post: Post, sights: Sequence[Sight]) -> list[Flag]:
    """What does not agree among all embeds of one post (`fold_post`), embed by embed, in the order of the sights."""
    decoded = _moment(post) if post.posted_at_source == "id" else None
    signed = {
        embed.author_id: embed.handle
        for _, _, embed in sights
        if embed.author_id and embed.handle and embed.handle_origin == "marker"
    }
    return [
        Flag(
            id=f"{sight.id} {kind}{number or ''}",
            kind=kind,
            cause=cause,
            post_id=post.id,
            embed_id=sight.id,
            article_id=sight.article_id,
            detail=detail,
        )
        for sight in sights
        for number, (kind, cause, detail) in enumerate(
            (
                *_of_time(sight.embed, decoded),
                *_of_handle(sight.embed, post.author_id, signed),
                *_of_text(sight.embed, post.text),
                *_of_age(sight),
                *_of_edits(sight.embed),
            )
        )
    ]


_Finding = tuple[FlagKind, str | None, str]


def _of_time(embed: Embed, decoded: Moment | None) -> Iterator[_Finding]:
    """What is printed and what the markup's `datetime` says, each against the post's id and against each other."""
    platform = BY_NAME[embed.platform]
    printed = _printed(embed)
    marked = _moment(embed) if embed.time_origin == "markup" else None
    ahead = platform.id_time.ahead if platform.id_time else (0, 0)
    prints, has = f"prints “{embed.posted_text}”", f"has the datetime {embed.posted_at}"
    for one, called, other, source, apart in (
        (printed, prints, decoded, "the post’s id says", ahead),
        (marked, has, decoded, "the post’s id says", ahead),
        (printed, prints, marked, "its datetime says", (0, 0)),
    ):
        if one is None or other is None or other.precision == "day" or _is_any_places_day(embed, one, other):
            continue
        told = compare(one, other, ahead=apart, zone=platform.day_zone or platform.zone or UTC, text=embed.posted_text)
        if told.within != "core":
            cause = None if told.cause == "unexplained" else told.cause
            yield "time", cause, f"The embed {called}, {source} {other.at}."


def _is_any_places_day(embed: Embed, printed: Moment, at: Moment) -> bool:
    """Whether a day was printed in an unknown zone, and the moment was on that day somewhere."""
    platform = BY_NAME[embed.platform]
    if printed.precision != "day" or printed.options or platform.day_zone or platform.zone:
        return False
    return any(window.reaches(unix_ms(datetime.fromisoformat(at.at))) for window in windows(embed.platform, printed))


def _printed(embed: Embed) -> Moment | None:
    """The moment that is printed, which the markup's `datetime` goes before where both are there."""
    if embed.time_origin != "markup":
        return _moment(embed)
    if embed.posted_text is None:
        return None
    printed = read_printed(embed.posted_text, 0, language=embed.language, zone=BY_NAME[embed.platform].zone)
    return printed.moment if printed else None


def _moment(dated: Embed | Post) -> Moment | None:
    if dated.posted_at is None or dated.precision is None:
        return None
    return Moment(dated.posted_at, dated.precision, dated.posted_at_options)


def _of_handle(embed: Embed, author_id: str | None, signed: Mapping[str, str]) -> Iterator[_Finding]:
    """Who signs, against the owner that the address names and against who signs the post elsewhere."""
    if not embed.handle or not embed.author_id or embed.handle_origin != "marker":
        return
    owner = reference.handle if embed.permalink and (reference := resolve(embed.permalink)) else None
    if owner and owner.lower() != embed.handle.lower():
        cause = "renamed account" if any(owner.lower() == handle.lower() for handle in signed.values()) else None
        yield "handle", cause, f"The embed is signed @{embed.handle}, its address is one of @{owner}."
    if author_id and author_id in signed and author_id != embed.author_id:
        cause = "renamed account" if embed.native_id else None
        yield "handle", cause, f"The embed is signed @{embed.handle}, others of the post @{signed[author_id]}."


def _of_text(embed: Embed, text: str | None) -> Iterator[_Finding]:
    """The text that an embed has, against the one that the post is known by."""
    match = text_match(embed.text, text)
    if match is None or match >= EQUAL or embed.text is None or text is None:
        return
    one, other = plain_text(embed.text), plain_text(text)
    cause = "cut short" if one in other or other in one else None
    yield "text", cause, f"The embed’s text is not the post’s: {word_diff(text, embed.text)}"


def word_diff(before: str, after: str) -> str:
    """The second text with what it has in place of the first: `[-gone-]` and `{+new+}`, as `git diff --word-diff`.

    >>> word_diff("Low tide, high spirits", "Low tide, low spirits")
    'Low tide, [-high-] {+low+} spirits'
    """
    old, new = before.split()[:LONGEST_DIFF], after.split()[:LONGEST_DIFF]
    parts: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts += old[a:b]
        else:
            parts += [f"[-{' '.join(old[a:b])}-]"] if a < b else []
            parts += [f"{{+{' '.join(new[c:d])}+}}"] if c < d else []
    return " ".join(parts)


def _of_age(sight: Sight) -> Iterator[_Finding]:
    """When a post is said to have been made, against when its platform opened and when its article was published."""
    embed, platform = sight.embed, BY_NAME[sight.embed.platform]
    for at, source in ((embed.posted_at, "The embed dates the post"), (embed.decoded_at, "The post’s id dates it")):
        if at and platform.opened and at[:10] < platform.opened[: len(at)]:
            yield "age", None, f"{source} {at}, before {platform.label} opened ({platform.opened})."
        if at and len(at) >= 10 and sight.seen_at and len(sight.seen_at) >= 10 and _day_before(at) > sight.seen_at[:10]:
            yield "age", None, f"{source} {at}, the article is dated {sight.seen_at}."


def _day_before(at: str) -> str:
    """The day before, since the zones of an article's date and of a post's are not the same."""
    return (date.fromisoformat(at[:10]) - timedelta(days=1)).isoformat()


def _of_edits(embed: Embed) -> Iterator[_Finding]:
    if embed.conflict:
        yield "edited", None, f"In the embed {embed.conflict}."
