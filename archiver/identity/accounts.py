"""Accounts: handles that turn out to be one account's."""

from collections.abc import Iterable
from itertools import combinations

from archiver.identity.sights import Sight
from archiver.records import Rename


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
