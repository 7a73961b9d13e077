"""What a text quotes is the post's, from the quote's beginning to its attribution."""

import pytest

from archiver.find import find_embeds
from archiver.records import Format

SIGNED = "— Mara Lind (@maralind) November 4, 2020"
OTHER = "— Bo Quill (@boquill) November 5, 2020"
FOG = "The office had warned of fog on Tuesday."
TWO = "Six boats, two cranes.\n{}\n{}And nobody who can steer them. pic.twitter.com/aB3dE6fH9j"


def texts(source: str, format_: Format) -> list[tuple[str | None, str | None]]:
    """The handles and texts of the embeds, each with its span true to the source."""
    found = find_embeds(source, format_)
    assert all(source[embed.start : embed.end] == embed.marker for embed in found)
    return [(embed.handle, embed.text) for embed in found]


@pytest.mark.parametrize("item", ["", "- ", "1. ", "  * "])
def test_a_quote_in_a_list_is_a_quote(item: str) -> None:
    """Behind the mark of its item and indented like it, as converters to Markdown write a quoted post in a list."""
    indent = " " * len(item)
    quoted = f"{item}> " + TWO.format(f"{indent}>", f"{indent}> ") + f"\n{indent}>\n{indent}> {SIGNED}\n"
    assert texts(f"{FOG}\n\n{item}{FOG}\n\n{quoted}\n{FOG}\n", "markdown") == [("maralind", TWO.format("", ""))]


def test_a_date_that_is_wrapped_in_a_quote_is_a_link() -> None:
    """The mark of the next line stands within the link's text."""
    source = f"- {FOG}\n  - > Six boats.\n    >\n    > — Mara Lind (@maralind) [November 4,\n    > 2020]({{}})\n"
    address = "https://twitter.com/maralind/status/1323960200000000000"
    (embed,) = find_embeds(source.format(address), "markdown")
    assert (embed.posted_at, embed.permalink, embed.text) == ("2020-11-04", address, "Six boats.")


def test_a_line_that_is_broken_by_a_backslash_ends_there() -> None:
    """Pandoc breaks lines in Markdown so; the mark is no word of the post."""
    source = f"> Six boats.\\\n> \\\n> Two cranes.\n>\n> {SIGNED}\n"
    assert texts(source, "markdown") == [("maralind", "Six boats.\n\nTwo cranes.")]


def test_another_address_does_not_end_a_quote_before_it_begins() -> None:
    """What else an article holds behind a quote is nothing to it."""
    quoted = "> " + TWO.format(">", "> ") + f"\n>\n> {SIGNED}\n"
    source = f"{FOG}\n\n{quoted}\n{FOG}\n\nhttps://twitter.com/boquill/status/1323960200000000001\n"
    assert texts(source, "markdown")[0] == ("maralind", TWO.format("", ""))


INDENTED = "  " + TWO.format("", "  ") + f"\n\n  {SIGNED}\n"


def test_plain_text_quotes_by_indenting() -> None:
    """As Pandoc writes quotes: all of what is indented, and the article above it not."""
    assert texts(f"{FOG}\n\n{INDENTED}\n{FOG}\n", "text") == [("maralind", TWO.format("", ""))]


def test_two_indented_quotes_are_two() -> None:
    """The second begins where the first ends."""
    source = f"{FOG}\n\n{INDENTED}\n  More fog.\n\n  {OTHER}\n\n{FOG}\n"
    assert texts(source, "text") == [("maralind", TWO.format("", "")), ("boquill", "More fog.")]


def test_the_number_of_a_list_is_no_part_of_a_quote() -> None:
    """It stands alone on the line above."""
    source = f"{FOG}\n\n  7.\n\n  Six boats.\n\n  {SIGNED}\n\n{FOG}\n"
    assert texts(source, "text") == [("maralind", "Six boats.")]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"  {FOG}\n\n  Six boats.\n\n  {SIGNED}\n\n  {FOG}\n", id="all is indented"),
        pytest.param(f"Harbour\n\n  {FOG}\n\n  Six boats.\n\n  {SIGNED}\n\n  {FOG}\n", id="an article below its title"),
        pytest.param(f"- What happened was\n  this. {FOG}\n\n  Six boats.\n\n  {SIGNED}\n", id="a list's item"),
        pytest.param(f"Fog\n\n  {FOG * 9}\n\n  Six boats.\n\n  {SIGNED}\n", id="longer than a post"),
    ],
)
def test_what_is_indented_for_another_reason_is_no_quote(source: str) -> None:
    """The paragraph above the attribution alone, as without any indent."""
    assert texts(source, "text") == [("maralind", "Six boats.")]
