"""Flags: what sources say of one post that does not agree, and what cannot be."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from types import MappingProxyType

from archiver.identity.agreement import (
    certain_moment,
    compare_times,
    id_ahead,
    is_contradicted,
    is_vouched,
    marked_moment,
    printed_moment,
)
from archiver.identity.ids import decoded_time
from archiver.identity.sights import Sight
from archiver.identity.texts import EQUAL, plain_text, plain_word, text_match
from archiver.platforms import BY_NAME
from archiver.records import Embed, Flag, FlagKind, Post
from archiver.times import Moment
from archiver.urls import resolve

LONGEST_DIFF = 600
"""Words of a text that are compared one by one: more than the longest Instagram caption has."""


NO_OPENINGS: Mapping[str, str] = MappingProxyType({})


def fold_flags(post: Post, sights: Sequence[Sight], openings: Mapping[str, str] = NO_OPENINGS) -> list[Flag]:
    """What does not agree among all embeds of one post (`fold_post`), embed by embed, in the order of the sights.

    `openings` are the days on which accounts were made, by account, as far as platforms said so.
    """
    decoded = decoded_time(post.platform, post.native_id, post.permalink)
    signed = _signatures(post, sights)
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
                *_of_handle(sight.embed, post, signed),
                *_of_text(sight.embed, post.text),
                *_of_age(sight, openings.get(sight.embed.author_id or "")),
                *_of_edits(sight.embed),
            )
        )
    ]


_Finding = tuple[FlagKind, str | None, str]


def _signatures(post: Post, sights: Sequence[Sight]) -> Mapping[str, tuple[str, bool]]:
    """Who signs a post, by account: the handle, and whether more than an address makes the signed embed one of it."""
    signed = [
        (embed.author_id, embed.handle, embed)
        for _, _, embed in sights
        if embed.author_id and embed.handle and embed.handle_origin == "marker"
    ]
    several = len({author for author, _, _ in signed}) > 1
    vouched = {author for author, _, embed in signed if several and _is_authors_own(embed, post)}
    return {author: (handle, author in vouched) for author, handle, _ in signed}


def _is_authors_own(embed: Embed, post: Post) -> bool:
    """Whether an embed shows the post as its author signed it: by the name, or by another with its time or words."""
    if embed.author_id == post.author_id:
        return not is_contradicted(embed, post)
    return is_vouched(embed, post)


def _of_time(embed: Embed, decoded: Moment | None) -> Iterator[_Finding]:
    """What is printed and what the markup's `datetime` says, each against the post's id and against each other."""
    printed, marked, ahead = printed_moment(embed), marked_moment(embed), id_ahead(embed.platform)
    prints, has = f"prints “{embed.posted_text}”", f"has the datetime {embed.posted_at}"
    for one, called, other, source, apart in (
        (printed, prints, decoded, "the post’s id says", ahead),
        (marked, has, decoded, "the post’s id says", ahead),
        (printed, prints, marked, "its datetime says", (0, 0)),
    ):
        told = compare_times(embed, one, other, ahead=apart) if one and other else None
        if told and other and told.within != "core":
            cause = None if told.cause == "unexplained" else told.cause
            yield "time", cause, f"The embed {called}, {source} {other.at}."


def _of_handle(embed: Embed, post: Post, signed: Mapping[str, tuple[str, bool]]) -> Iterator[_Finding]:
    """Who signs, against the owner that the address names and against who signs the post elsewhere.

    An account was renamed, as it seems, where the times or the words say that both show one post.
    """
    if not embed.author_id or not embed.handle or embed.handle_origin != "marker":
        return
    _, vouched = signed[embed.author_id]
    owner = reference.handle if embed.permalink and (reference := resolve(embed.permalink)) else None
    if owner and owner.lower() != embed.handle.lower():
        other = next((told for told in signed.values() if told[0].lower() == owner.lower()), ("", False))
        cause = "renamed account" if vouched and other[1] else None
        yield "handle", cause, f"The embed is signed @{embed.handle}, its address is one of @{owner}."
    if post.author_id and post.author_id in signed and post.author_id != embed.author_id:
        handle, vouched_too = signed[post.author_id]
        cause = "renamed account" if embed.native_id and vouched and vouched_too else None
        yield "handle", cause, f"The embed is signed @{embed.handle}, others of the post @{handle}."


def _of_text(embed: Embed, text: str | None) -> Iterator[_Finding]:
    """The text that an embed has, against the one that the post is known by: one that has less may be cut short."""
    match = text_match(embed.text, text)
    if match is None or match >= EQUAL or embed.text is None or text is None:
        return
    one, other = plain_text(embed.text), plain_text(text)
    told = "has more words than the post’s" if other in one else "is not the post’s"
    yield "text", "cut short" if one in other else None, f"The embed’s text {told}: {word_diff(text, embed.text)}"


def word_diff(before: str, after: str) -> str:
    """The second text with what it has in place of the first: `[-gone-]` and `{+new+}`, as `git diff --word-diff`.

    Words are the same that differ only in what is set aside when texts are compared (`plain_word`).

    >>> word_diff("Low tide, “high” spirits", "Low tide, \\"low\\" spirits")
    'Low tide, [-“high”-] {+"low"+} spirits'
    >>> word_diff("“Low” tide https://t.co/Ab3dEf6hIj", '"Low" tide <https://t.co/Ab3dEf6hIj>')
    '"Low" tide <https://t.co/Ab3dEf6hIj>'
    """
    old, new = before.split()[:LONGEST_DIFF], after.split()[:LONGEST_DIFF]
    parts: list[str] = []
    compared = [plain_word(word) for word in old], [plain_word(word) for word in new]
    for kind, a, b, c, d in SequenceMatcher(None, *compared, autojunk=False).get_opcodes():
        if kind == "equal":
            parts += new[c:d]
        else:
            parts += [f"[-{' '.join(old[a:b])}-]"] if a < b else []
            parts += [f"{{+{' '.join(new[c:d])}+}}"] if c < d else []
    return " ".join(parts)


def _of_age(sight: Sight, opened: str | None) -> Iterator[_Finding]:
    """When a post is said to have been made, against when its platform opened, when its account was made (`opened`),
    and when its article was published."""
    embed, platform = sight.embed, BY_NAME[sight.embed.platform]
    clock = platform.id_time
    early = clock.too_early(embed.native_id) if clock and embed.native_id and not embed.decoded_at else None
    in_id = early.at if early else embed.decoded_at
    told = certain_moment(embed)
    for at, source in ((told.at if told else None, "The embed dates the post"), (in_id, "The post’s id dates it")):
        if at and platform.opened and at[:10] < platform.opened[: len(at)]:
            yield "age", None, f"{source} {at}, before {platform.label} opened ({platform.opened})."
        if at and opened and len(at) >= 10 and at[:10] < _day_before(opened):
            yield "age", None, f"{source} {at}, before the account @{embed.handle} was made ({opened})."
        if at and _is_behind(at, sight.seen_at):
            yield "age", None, f"{source} {at}, the article is dated {sight.seen_at}."
    if early and clock and clock.sequence_until:
        detail = "it is between the last in sequence and the first with a time"
        yield "age", None, f"{platform.label} never gave out the post’s id: {detail}."


def _is_behind(at: str, seen_at: str | None) -> bool:
    """Whether a post is said to have been made after its article was dated, with a day between; both to the day."""
    if len(at) < 10 or seen_at is None or len(seen_at) < 10 or at[:10] <= seen_at[:10]:
        return False
    return _day_before(at) > seen_at[:10]


def _day_before(at: str) -> str:
    """The day before, since the zones of an article's date and of a post's are not the same."""
    return (date.fromisoformat(at[:10]) - timedelta(days=1)).isoformat()


def _of_edits(embed: Embed) -> Iterator[_Finding]:
    if embed.conflict:
        yield "edited", None, f"In the embed {embed.conflict}."
