"""Handles that turn out to be one account's."""

from itertools import permutations

import pytest

from archiver.identity import Sight, author_id, fold_renames
from archiver.records import Embed, Origin


def signed(handle: str | None, origin: Origin = "marker", native_id: str | None = "CF1tGabcdef") -> Embed:
    """An embed of one post that is signed, or whose address names somebody."""
    return Embed(
        ordinal=1,
        platform="instagram",
        form="blockquote",
        start=0,
        end=1,
        marker="m",
        native_id=native_id,
        handle=handle,
        handle_origin=origin if handle else None,
        author_id=author_id("instagram", handle),
    )


@pytest.mark.parametrize(
    ("embeds", "expected"),
    [
        ([signed("ada"), signed("bea")], [("ada", "bea")]),
        ([signed("bea"), signed("ada"), signed("bea")], [("ada", "bea")]),
        ([signed("ada"), signed("bea"), signed("cleo")], [("ada", "bea"), ("ada", "cleo"), ("bea", "cleo")]),
        ([signed("ada"), signed("Ada"), signed("ADA")], []),
        ([signed("ada"), signed("bea", "markup")], []),
        ([signed("ada"), signed("bea", native_id=None)], []),
        ([signed("ada"), signed(None)], []),
        ([], []),
    ],
)
def test_two_signatures_of_one_native_post_are_a_renamed_account(
    embeds: list[Embed], expected: list[tuple[str, str]]
) -> None:
    """Each pair once, in order, whatever the order of the sights; an address may have any name in it, and a marker
    without an id is no proof."""
    for some in permutations(embeds):
        found = fold_renames("p", [Sight("a", None, one) for one in some])
        assert [(one.author_id, one.other_id) for one in found] == [
            (f"instagram:{one}", f"instagram:{other}") for one, other in expected
        ]


def test_a_rename_names_its_post() -> None:
    """The post that both handles signed is the evidence."""
    (found,) = fold_renames("instagram:p", [Sight("a", None, signed(handle)) for handle in ("ada", "bea")])
    assert (found.id, found.post_id) == ("instagram:p instagram:ada instagram:bea", "instagram:p")
