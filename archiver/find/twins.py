"""Twins: one embed that an article shows in several ways, told from several embeds of one post."""

from collections.abc import Sequence
from dataclasses import replace

from archiver.find.lexer import Opaque, Tag, balance
from archiver.find.view import page_text
from archiver.platforms import BY_NAME
from archiver.records import Embed

# How much markup may stand between twins.
_TWIN_REACH = 3_000
_BEGINNING = 20


def without_twins(source: str, tokens: Sequence[Tag | Opaque], embeds: list[Embed]) -> list[Embed]:
    """The embeds without the twins that stand beside them: a rendered frame, a `<noscript>` copy, a placeholder.

    Twins name the same post and have nothing between them that a reader sees. The one that says most stays, and its
    span covers them all.
    """
    groups: list[list[Embed]] = []
    for embed in embeds:
        if groups and _are_twins(source, groups[-1][-1], embed):
            groups[-1].append(embed)
        else:
            groups.append([embed])
    return [group[0] if len(group) == 1 else _united(source, tokens, group) for group in groups]


def _united(source: str, tokens: Sequence[Tag | Opaque], twins: list[Embed]) -> Embed:
    start, end = balance(tokens, twins[0].start, twins[-1].end)
    fullest = max(twins, key=lambda twin: (twin.text is not None, twin.author_name is not None))
    return replace(fullest, start=start, end=end, marker=source[start:end])


def _are_twins(source: str, one: Embed, other: Embed) -> bool:
    return (
        one.native_id is not None
        and (one.platform, one.native_id) == (other.platform, other.native_id)
        and other.start - one.end <= _TWIN_REACH
        and not _contradict(one, other)
        and _is_blank(source[one.end : other.start])
    )


def _contradict(one: Embed, other: Embed) -> bool:
    """Whether two embeds of one post are signed, dated or worded otherwise: then each says something of its own."""
    are_signed = "marker" == one.handle_origin == other.handle_origin
    return (
        (are_signed and _differ(one.handle, other.handle))
        or (one.precision == other.precision and _differ(one.posted_at, other.posted_at))
        or _differ(_beginning(one.text), _beginning(other.text))
    )


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.lower() != other.lower()


def _beginning(text: str | None) -> str | None:
    """The first characters of a text, which a copy that is cut short has too; None where it has not so many."""
    start = " ".join((text or "").split())[:_BEGINNING]
    return start if len(start) == _BEGINNING else None


def _is_blank(between: str) -> bool:
    """Whether a reader sees nothing in a stretch of source."""
    text = between.lstrip()
    return not text or not (text[0].isalnum() or page_text(text))  # what begins with a letter need not be laid out


def without_credits(source: str, embeds: list[Embed], tokens: Sequence[Tag | Opaque] = ()) -> list[Embed]:
    """The embeds without the lines that only credit the one before them (`via GIPHY`, `TITLE from NAME on Vimeo.`) or
    are the address of the one beside them.

    What such a line says of the post (its title, its author, its id) goes to the embed that it stands beside.
    """
    if all(embed.form == "text" for embed in embeds):  # one of the two would have code or an address
        return embeds
    kept: list[Embed] = []
    for embed in embeds:
        if kept and _credits(source, kept[-1], embed):
            before = kept.pop()
            start, end = balance(tokens, before.start, embed.end)
            embed = replace(
                before,
                start=start,
                end=end,
                marker=source[start:end],
                author_name=before.author_name or embed.author_name,
                text=before.text or embed.text,
            )
        elif kept and _is_addressed(source, kept[-1], embed):
            before = kept.pop()
            address, post = (before, embed) if before.form == "url" else (embed, before)
            start, end = balance(tokens, before.start, embed.end)
            embed = replace(
                post,
                start=start,
                end=end,
                marker=source[start:end],
                native_id=address.native_id,
                permalink=post.permalink or address.permalink,
            )
        kept.append(embed)
    return kept


def _is_addressed(source: str, one: Embed, other: Embed) -> bool:
    """Whether one of two neighbours is the other's address and nothing else, as where an editor keeps both.

    What has no address of its own is known by its author and by the day, which the address's id must hold.
    """
    if one.platform != other.platform or (one.form == "url") == (other.form == "url"):
        return False
    if not _are_neighbours(source, one, other):
        return False
    address, post = (one, other) if one.form == "url" else (other, one)
    if post.native_id:
        return post.native_id == address.native_id
    if not (post.handle and address.handle and post.posted_at and address.native_id):
        return False
    id_time = BY_NAME[post.platform].id_time
    given_out = id_time(address.native_id) if id_time else None
    same_day = given_out is not None and given_out.at[:10] == post.posted_at[:10]
    return same_day and post.handle.casefold() == address.handle.casefold()


def _are_neighbours(source: str, one: Embed, other: Embed) -> bool:
    """Whether nothing that a reader sees stands between two embeds, quote marks and brackets aside."""
    return other.start - one.end <= _TWIN_REACH and not page_text(source[one.end : other.start]).strip(" \n\r\t>*[(")


def _credits(source: str, one: Embed, other: Embed) -> bool:
    """Whether the second is a phrase without a post of its own, right behind an embed of its platform."""
    return (
        one.platform == other.platform
        and one.form != "text"
        and (other.rule or "").startswith("phrase")
        and other.native_id in (None, one.native_id)
        and _are_neighbours(source, one, other)
    )
