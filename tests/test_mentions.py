"""What speaks of an embed is none: its words in quotation marks, or in a sentence that goes on."""

import pytest

from archiver.find import find_embeds
from archiver.find.mentions import goes_on, is_quoted

SHARED = "A post shared by Mara Lind (@maralind)"
DATED = f"{SHARED} on Oct 2, 2020 at 4:16am PDT"
PICTURE = "pic.twitter.com/aB3dE6fH9j"


def markers(source: str) -> list[str]:
    """The markers of a text."""
    return [embed.marker for embed in find_embeds(source, "text")]


@pytest.mark.parametrize(
    "words",
    [
        SHARED,
        "Posted by Harbour Office on Friday, October 2, 2020",
        "via GIPHY",
        "♬ original sound - Mara Lind",
        PICTURE,
    ],
)
@pytest.mark.parametrize("quoted", ['Write "{}" there', "credit: '{}',", 'title="{}"', "the words “{}”", "„{}“ or so"])
def test_what_stands_in_quotation_marks_is_a_mention(words: str, quoted: str) -> None:
    """Code, documentation and prose quote the words; a page that shows an embed does not."""
    assert markers(quoted.format(words)) == []
    assert markers(words) == [words]


def test_what_is_quoted_may_be_longer_than_an_embed() -> None:
    """A line that begins with the words and ends in the same mark is quoted whole."""
    assert markers(f'The title is "{SHARED} on Instagram", as always.') == []


@pytest.mark.parametrize(
    "source",
    [
        f'She said "Six boats!"{SHARED}',
        f'"Six boats." {SHARED}\n"No more."',
        f'Six boats" {SHARED} "More."',
        f'"{SHARED}\n"',
        f"'{DATED}'",
    ],
)
def test_quotation_marks_of_others_make_no_mention(source: str) -> None:
    """A mark that closes something before, one of another line, or any around a whole attribution with its date."""
    (embed,) = find_embeds(source, "text")
    assert (embed.handle, embed.author_name) == ("maralind", "Mara Lind")


@pytest.mark.parametrize(
    "source",
    [
        f"{SHARED} went viral on Monday.",
        f"{SHARED}, shows six boats.",
        "Una foto publicada por Mara Lind (@maralind) muestra seis barcos.",
        "Une photo publiée par Mara Lind (@maralind) montre six bateaux.",
        "Ein von Mara Lind (@maralind) gepostetes Foto zeigt sechs Boote.",
    ],
)
def test_a_sentence_that_goes_on_is_prose(source: str) -> None:
    """Where an attribution ends, nothing goes on in a small letter."""
    assert markers(source) == []


@pytest.mark.parametrize(
    "behind", ["", " on", "\nand so on", " The boats are in.", " (2 boats)", " ライフ", ". so it is"]
)
def test_what_follows_an_attribution_makes_no_prose_of_it(behind: str) -> None:
    """The article's next sentence, another line, or what is left of a date."""
    (embed,) = find_embeds(SHARED + behind, "text")
    assert embed.handle == "maralind"


def test_marks_and_words_at_the_ends_of_a_text() -> None:
    """Nothing stands before the first character, nor behind the last."""
    assert is_quoted('"via GIPHY"', 1, 10)
    assert not is_quoted("via GIPHY", 0, 9)
    assert not is_quoted('"via GIPHY', 1, 10)
    assert not goes_on("via GIPHY", 9, ())


@pytest.mark.parametrize(
    "source",
    [
        "A post shared by Name (@handle)",
        "A post shared by Your Name (@your_username) on Oct 2, 2020 at 4:16am PDT",
        "Six boats.\n— Example (@example) October 2, 2020",
        "Posted by Example on Friday, October 2, 2020",
    ],
)
def test_what_nobody_signed_is_a_sample(source: str) -> None:
    """Documentation has a word for the name or the handle where embeds have those of somebody."""
    assert markers(source) == []


@pytest.mark.parametrize(("name", "handle"), [("Example", "exampletheband"), ("Mara Lind", "username")])
def test_somebody_may_be_called_like_a_sample(name: str, handle: str) -> None:
    """Either the name or the handle is somebody's own."""
    (embed,) = find_embeds(f"A post shared by {name} (@{handle}) on Oct 2, 2020 at 4:16am PDT", "text")
    assert (embed.author_name, embed.handle) == (name, handle)


def test_preformatted_words_in_markdown_are_code() -> None:
    """As those in a fence; what follows is none."""
    source = f"See:\n\n<pre>\n{SHARED}\n</pre>\n\n{DATED}\n"
    (embed,) = find_embeds(source, "markdown")
    assert embed.marker == DATED


def test_a_sample_that_leads_to_a_post_is_an_embed() -> None:
    """An account may have any name: with the address of a post it is somebody's."""
    source = "[A post shared by Example (@example)](https://www.instagram.com/p/CF1tGabcdef/)"
    (embed,) = find_embeds(source, "markdown")
    assert (embed.handle, embed.native_id) == ("example", "CF1tGabcdef")
