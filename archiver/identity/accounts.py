"""Accounts: handles that turn out to be one account's."""

from collections.abc import Iterable
from itertools import combinations

from archiver.identity.agreement import is_contradicted
from archiver.identity.sights import Sight
from archiver.records import Post, Rename


def fold_renames(post: Post, sights: Iterable[Sight]) -> list[Rename]:
    """The pairs of handles that embeds of one native post are signed with, in order.

    Only what is printed counts: an address may have any name in it (X leads from each to the post). Embeds
    whose time or words are another post's say nothing of its author's names.
    """
    signed = [
        embed for _, _, embed in sights if embed.native_id and embed.author_id and embed.handle_origin == "marker"
    ]
    if len({embed.author_id for embed in signed}) < 2:
        return []
    accounts = sorted({embed.author_id for embed in signed if embed.author_id and not is_contradicted(embed, post)})
    return [
        Rename(id=f"{post.id} {one} {other}", post_id=post.id, author_id=one, other_id=other)
        for one, other in combinations(accounts, 2)
    ]
