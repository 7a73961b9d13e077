"""The search for many literals at once."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.find.needles import find_all, holds_any, utf8, which_of

FEW = ["Posted by", "by u/", "Post by", "Post by @", "نشر بواسطة", "تم النشر بواسطة", "♬"]
MANY = [f"word {number}." for number in range(200)]
LETTERS = st.text(alphabet="ab♬\ud800", max_size=40)


def positions(literals: list[str], text: str) -> list[int]:
    """Where the literals begin, as Python's regular expressions find them."""
    return [match.start() for match in re.finditer("|".join(map(re.escape, literals)), text)]


@pytest.mark.parametrize("literals", [FEW, MANY, [*MANY, *FEW]], ids=["few", "many", "all"])
@pytest.mark.parametrize("between", [" ", "é", "\ud800", "🦊"], ids=ascii)
def test_each_literal_is_found_where_it_begins(literals: list[str], between: str) -> None:
    """Positions count characters, whatever stands between, and however many literals there are."""
    text = between.join(["", *literals, ""])
    assert find_all(literals)(text, utf8(text)) == positions(literals, text)


def test_a_literal_that_only_begins_is_not_found() -> None:
    """Half a literal hides none that begins inside it."""
    text = "Postby u/ تم نشر بواسطة Posted b"
    assert find_all(FEW)(text, utf8(text)) == [4, 13]


@given(LETTERS, st.lists(st.text(alphabet="ab♬", min_size=1, max_size=3), min_size=1, max_size=9))
def test_holding_is_having_a_position(text: str, literals: list[str]) -> None:
    """The test agrees with the search, and both with Python."""
    found = find_all(literals)(text, utf8(text))
    assert holds_any(literals)(utf8(text)) == bool(found) == any(each in text for each in literals)


@given(LETTERS, st.lists(st.text(alphabet="ab♬", min_size=1, max_size=4), min_size=1, max_size=9))
def test_all_are_told_that_a_text_holds(text: str, literals: list[str]) -> None:
    """However short they are, and wherever they overlap one another."""
    assert which_of(literals)(utf8(text)) == {each for each in literals if each in text}


@pytest.mark.parametrize("before", range(65_520, 65_540))
def test_a_literal_is_found_where_one_stretch_ends_and_the_next_begins(before: int) -> None:
    """A large text is looked through in stretches."""
    holds = holds_any(["Geposted von", "♬"])
    assert holds(utf8("-" * before + "Geposted von"))
    assert holds(utf8("-" * before + "♬"))
    assert not holds(utf8("-" * before + "Geposted"))
