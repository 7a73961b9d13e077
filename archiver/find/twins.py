"""Twins: one embed that a page shows in several ways, told from several embeds of one post."""

from collections.abc import Sequence
from dataclasses import replace

from archiver.find.lexer import Opaque, Tag, balance
from archiver.find.view import page_text
from archiver.records import Embed

# How much markup may stand between twins.
_TWIN_REACH = 3_000


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
        and not page_text(source[one.end : other.start])
    )


def without_credits(source: str, embeds: list[Embed], tokens: Sequence[Tag | Opaque] = ()) -> list[Embed]:
    """The embeds without the lines that only credit the one before them: `via GIPHY`, `TITLE from NAME on Vimeo.`

    What such a line says of the post (its title, its author) goes to the embed that it stands behind.
    """
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
        kept.append(embed)
    return kept


def _credits(source: str, one: Embed, other: Embed) -> bool:
    """Whether the second is a phrase without a post of its own, right behind an embed of its platform."""
    return (
        one.platform == other.platform
        and one.form != "text"
        and (other.rule or "").startswith("phrase")
        and other.native_id in (None, one.native_id)
        and other.start - one.end <= _TWIN_REACH
        and not page_text(source[one.end : other.start]).strip(" \n\r\t>*[(")
    )
