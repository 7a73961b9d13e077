"""Addresses that are a line of their own, wherever in a text they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.find.standalone import find_addresses

ADDRESS = "https://x.com/northpilots/status/1311875000000000000"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "/",
        "//",
        "://",
        "a/b " * 63,
        "a/b " * 64,
        "a/b " * 300,
        "/" * 5_000,
        "http://a.example/ " * 100,
        "/ ://" * 90,
    ],
    ids=repr,
)
def test_an_address_is_found_behind_any_number_of_slashes(before: str) -> None:
    """The line with the address is found, and it alone."""
    source = f"{before}\n{ADDRESS}\nIt rained."
    found = find_addresses(source)
    assert [source[one.start : one.end] for one in found] == [ADDRESS]


@given(st.lists(st.sampled_from(["/", ":", "://", "\n", " ", "a", f"\n{ADDRESS}\n"]), max_size=300))
def test_every_line_that_is_an_address_is_found(parts: list[str]) -> None:
    """As many as a reader counts, whatever stands between."""
    source = "".join(parts)
    lines = [line.strip(" \t") for line in source.split("\n")]
    assert [source[one.start : one.end] for one in find_addresses(source)] == [one for one in lines if one == ADDRESS]
