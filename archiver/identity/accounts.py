"""Accounts: the names an account was seen under, and handles that turn out to be one account's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Literal

from archiver.identity.sights import Sight
from archiver.records import AccountName, Rename


def fold_names(author_id: str, sights: Iterable[Sight]) -> list[AccountName]:
    """The display names and the spellings of the handle that an account was seen under, in order."""
    seen: dict[tuple[Literal["name", "handle"], str], list[str | None]] = defaultdict(list)
    for _, seen_at, embed in sights:
        if embed.author_name:
            seen["name", embed.author_name].append(seen_at)
        if embed.handle:
            seen["handle", embed.handle].append(seen_at)
    return [_name(author_id, kind, value, dates) for (kind, value), dates in sorted(seen.items())]


def _name(author_id: str, kind: Literal["name", "handle"], value: str, dates: Sequence[str | None]) -> AccountName:
    # Articles are dated to the day or finer; of their dates only the day compares in time zones unknown.
    days = [date[:10] for date in dates if date]
    return AccountName(
        id=f"{author_id} {kind} {value}",
        author_id=author_id,
        kind=kind,
        value=value,
        embeds=len(dates),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
    )


def fold_renames(post_id: str, sights: Iterable[Sight]) -> list[Rename]:
    """The pairs of handles that embeds of one native post are signed with, in order.

    Only what is printed counts: an address may have any name in it (X leads from each to the post).
    """
    signed = {
        embed.author_id
        for _, _, embed in sights
        if embed.native_id and embed.author_id and embed.handle_origin == "marker"
    }
    return [
        Rename(id=f"{post_id} {one} {other}", post_id=post_id, author_id=one, other_id=other)
        for one, other in combinations(sorted(signed), 2)
    ]
