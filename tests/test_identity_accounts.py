"""Handles that turn out to be one account's."""

from itertools import permutations
from typing import Any

import pytest

from archiver.identity import Sight, author_id, fold_renames
from archiver.records import Embed, Origin, Post

POST = Post(
    id="instagram:CF1tGabcdef",
    platform="instagram",
    native_id="CF1tGabcdef",
    posted_at="2020-10-02T11:16:17.295Z",
    precision="millisecond",
    posted_at_source="id",
    text="Low tide, high spirits, and nobody on the pier but us.",
)


def signed(
    handle: str | None, origin: Origin = "marker", native_id: str | None = "CF1tGabcdef", **fields: Any
) -> Embed:
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
        **fields,
    )


def dated(handle: str, at: str) -> Embed:
    """A signed embed that prints a minute."""
    return signed(handle, posted_at=at, posted_text=f"on {at}", precision="minute", time_origin="marker")


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
        ([signed("ada"), dated("bea", "2020-10-02T11:16Z")], [("ada", "bea")]),
        ([signed("ada"), dated("bea", "2020-10-04T11:16Z")], []),
        ([signed("ada"), signed("bea", text="The ferry is late again, third day in a row.")], []),
        ([], []),
    ],
)
def test_two_signatures_of_one_native_post_are_a_renamed_account(
    embeds: list[Embed], expected: list[tuple[str, str]]
) -> None:
    """Each pair once, in order, whatever the order of the sights. An address may have any name in it, a marker without
    an id is no proof, and code with another time or other words is not of the post."""
    for some in permutations(embeds):
        found = fold_renames(POST, [Sight("a", None, one) for one in some])
        assert [(one.author_id, one.other_id) for one in found] == [
            (f"instagram:{one}", f"instagram:{other}") for one, other in expected
        ]


def test_a_rename_names_its_post() -> None:
    """The post that both handles signed is the evidence."""
    (found,) = fold_renames(POST, [Sight("a", None, signed(handle)) for handle in ("ada", "bea")])
    assert (found.id, found.post_id) == (f"{POST.id} instagram:ada instagram:bea", POST.id)
