"""What disagrees about a post is flagged with the harmless cause that fits, and what agrees is not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.find import find_embeds
from archiver.identity import Sight, fold_flags, fold_post, identify
from archiver.identity.flags import word_diff
from archiver.records import Embed, Flag

CODE, STATUS = "CF1tGabcdef", "1312031873211064320"
"""Ids that were given out at 2020-10-02T11:16:17.295Z and 2020-10-02T14:14:17.398Z."""

TEXT = "Low tide, high spirits, and nobody on the pier but us."
EDITED = "Low tide, high spirits, and nobody on the pier but me."
OTHER = "The ferry is late again, third day in a row, and it rains."
DAY: dict[str, Any] = {"posted_at": "2020-10-02", "precision": "day", "posted_text": "October 2, 2020"}


def embed(**fields: Any) -> Embed:
    """A marker of Instagram, with some fields set."""
    said: dict[str, Any] = {"platform": "instagram", "form": "text", "handle": "ada", "handle_origin": "marker"}
    said |= {"time_origin": "marker"} if "posted_at" in fields else {}
    (one,) = identify([Embed(ordinal=1, start=0, end=1, marker="m", **(said | fields))], "0")
    return one


def printed(at: str, precision: str = "minute", **fields: Any) -> Embed:
    """An embed of the post that prints a time."""
    return embed(**({"native_id": CODE, "posted_text": f"on {at}"} | fields), posted_at=at, precision=precision)


def tweet(**fields: Any) -> Embed:
    """An embed of the status."""
    return embed(**({"platform": "twitter", "native_id": STATUS} | fields))


def flags(*embeds: Embed, seen_at: str | None = None) -> list[Flag]:
    """The flags of a post that these embeds, each of an article of its own, are of."""
    native = next((one.observed_id for one in embeds if one.native_id), embeds[0].observed_id) or ""
    sights = [Sight(f"{number}.html", seen_at, one) for number, one in enumerate(embeds)]
    return fold_flags(fold_post(native, [replace(one, post_id=native) for one in embeds]), sights)


def told(*embeds: Embed, seen_at: str | None = None) -> list[tuple[str, str, str | None]]:
    """Which embed has what kind of flag, and its cause."""
    return [(flag.embed_id, flag.kind, flag.cause) for flag in flags(*embeds, seen_at=seen_at)]


# Agreement


@pytest.mark.parametrize(
    "embeds",
    [
        [printed("2020-10-02T11:16Z")],
        [printed("2020-10-02", "day")],
        [printed("2020-10-02T11:16:17Z", "second", time_origin="markup", posted_text="Oct 2, 2020 at 4:16am PDT")],
        [printed("2020-10-02", "day", posted_at_options=("2020-10-02T11:16Z", "2020-10-02T23:16Z"))],
        [printed("2020-10-02T11:16Z"), embed(posted_at="2020-10-02T11:16Z", precision="minute")],
        [tweet(posted_at="2020-10-02", precision="day", posted_text="October 2, 2020")],
        [tweet(permalink=f"https://twitter.com/Ada/status/{STATUS}")],
        [tweet(text=TEXT), tweet(text=f"{TEXT[:40]}…"), tweet(text=f"{TEXT} pic.twitter.com/Ab3dEf6hIj")],
        [tweet(handle="ADA"), tweet(handle="ada"), tweet(handle=None, handle_origin=None)],
        [embed(posted_at="2020-10-02T11:16Z", precision="minute")],
        [embed(platform="youtube", native_id="dQw4w9WgXcQ")],
    ],
)
def test_what_agrees_has_no_flag(embeds: list[Embed]) -> None:
    """A post whose embeds say the same as its id and as each other."""
    assert told(*embeds, seen_at="2020-10-02") == []


def test_a_day_that_may_be_the_months_number_is_not_after_its_article() -> None:
    """Instagram's misprint of 2010 to 2015 alone makes no post younger than the article that shows it."""
    misprint = printed("2014-12-12T18:16Z", native_id=None)
    assert told(misprint, seen_at="2014-12-02") == []
    assert told(replace(misprint, posted_at="2014-12-13T18:16Z"), seen_at="2014-12-02") == [("0.html#1", "age", None)]


# Time


@pytest.mark.parametrize(
    ("one", "cause"),
    [
        (printed("2020-10-02T11:20Z"), "late upload"),
        (printed("2020-10-02T12:16Z", posted_text="Oct 2, 2020 at 4:16am PST"), "zone out of season"),
        (printed("2020-10-02T23:16Z"), "12-hour clock"),
        (printed("2020-10-02T11:40Z"), None),
        (printed("2020-10-03", "day"), None),
        (printed("2020-10-02T11:15Z"), None),
        (embed(native_id="vq-cqjgAAH", posted_at="2014-11-11T18:16Z", precision="minute"), "day printed as month"),
        (printed("2020-10-02T11:20:17Z", "second", time_origin="markup", posted_text=None), "late upload"),
        (tweet(posted_at="2020-10-03", precision="day"), None),
    ],
)
def test_another_time_than_the_ids_is_flagged(one: Embed, cause: str | None) -> None:
    """With the known cause that explains it; a day off, or a minute late, has none."""
    assert told(one) == [("0.html#1", "time", cause)]


def test_print_and_datetime_are_compared_too() -> None:
    """An element's text that was changed by hand does not agree with its `datetime`, nor with the id."""
    one = printed("2020-10-02T11:16:17Z", "second", time_origin="markup", posted_text="Oct 5, 2020 at 4:16am PDT")
    found = flags(replace(one, language="en"))
    assert [flag.kind for flag in found] == ["time", "time"]
    assert "its datetime says 2020-10-02T11:16:17Z" in found[1].detail
    assert len({flag.id for flag in found}) == 2


def test_a_marker_that_joined_is_compared_with_the_posts_id() -> None:
    """The id that another embed names is that of its post as well."""
    code, marker = embed(native_id=CODE), embed(posted_at="2020-10-02T11:20Z", precision="minute", posted_text="…")
    assert told(code, marker) == [("1.html#1", "time", "late upload")]


# Handles


@pytest.mark.parametrize(
    ("embeds", "expected"),
    [
        (
            [tweet(permalink=f"https://twitter.com/bea/status/{STATUS}")],
            [("0.html#1", "handle", None)],
        ),
        (
            [tweet(permalink=f"https://twitter.com/bea/status/{STATUS}"), tweet(handle="bea", **DAY)],
            [("0.html#1", "handle", "renamed account"), ("1.html#1", "handle", "renamed account")],
        ),
        ([tweet(), tweet(), tweet(handle="bea", **DAY)], [("2.html#1", "handle", "renamed account")]),
        ([tweet(text=TEXT), tweet(), tweet(handle="bea", text=TEXT)], [("2.html#1", "handle", "renamed account")]),
        ([tweet(), tweet(), tweet(handle="bea")], [("2.html#1", "handle", None)]),
        (
            [tweet(text=TEXT), tweet(), tweet(handle="bea", text=EDITED, **DAY)],
            [("2.html#1", "handle", "renamed account"), ("2.html#1", "text", None)],
        ),
        (
            [tweet(text=TEXT), tweet(), tweet(handle="bea", text=OTHER, **DAY)],
            [("2.html#1", "handle", None), ("2.html#1", "text", None)],
        ),
    ],
)
def test_another_name_than_the_addresss_or_the_others_is_flagged(
    embeds: list[Embed], expected: list[tuple[str, str, str | None]]
) -> None:
    """Renaming an account explains it where both names signed the post, and time or words say that it is the same."""
    assert told(*embeds) == expected


# Texts


@pytest.mark.parametrize(
    ("text", "cause", "told"),
    [
        (f"{TEXT} Come and see.", None, "has more words than"),
        (TEXT[:30], "cut short", "is not"),
        (TEXT[20:], "cut short", "is not"),
        ("Low tide, low spirits, and nobody on the pier but me.", None, "is not"),
    ],
)
def test_other_words_are_flagged_with_a_diff(text: str, cause: str | None, told: str) -> None:
    """Against the text that the post is known by, which most embeds have; only what has less can be cut short."""
    (flag,) = flags(tweet(text=TEXT), tweet(text=TEXT), tweet(text=text))
    assert (flag.embed_id, flag.kind, flag.cause) == ("2.html#1", "text", cause)
    assert flag.detail == f"The embed’s text {told} the post’s: {word_diff(TEXT, text)}"


def test_a_diff_is_of_words_and_not_of_how_they_are_written() -> None:
    """Where a text is other than the post's, quotation marks, accents and brackets are not shown as differences."""
    post = "“L’été” arrive, https://t.co/Ab3dEf6hIj et la mer monte."
    copied = '"L\'ete" arrive, <https://t.co/Ab3dEf6hIj> et la mer baisse.'
    assert word_diff(post, copied) == copied.replace("baisse.", "[-monte.-] {+baisse.+}")


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_a_diff_has_both_texts(before: list[str], after: list[str]) -> None:
    """Without the additions it is the one text, without the deletions the other."""
    diff = word_diff(" ".join(before), " ".join(after))
    kept = {"[-": before, "{+": after}
    for mark, words in kept.items():
        told_, inside = [], ""
        for word in diff.split():
            inside = inside or word[:2] * word.startswith(("[-", "{+"))
            if inside in ("", mark):
                told_.append(word.removeprefix("[-").removeprefix("{+").removesuffix("-]").removesuffix("+}"))
            inside = "" if word.endswith(("-]", "+}")) else inside
        assert told_ == words


# Age


@pytest.mark.parametrize(
    ("one", "seen_at", "count"),
    [
        (embed(posted_at="2010-10-05", precision="day"), None, 1),
        (embed(posted_at="2010-10-06", precision="day"), None, 0),
        (embed(posted_at="2009", precision="year"), None, 1),
        (embed(posted_at="2010", precision="year"), None, 0),
        (embed(native_id=CODE), "2020-10-01", 0),
        (embed(native_id=CODE), "2020-09-30", 1),
        (embed(native_id=CODE), "2020-09-30T23:59:00Z", 1),
        (embed(native_id=CODE), "2020", 0),
        (embed(native_id=CODE), "9999-12-31", 0),
        (embed(posted_at="2020-10", precision="month"), "2020-09-01", 0),
        (printed("2020-10-02T11:16Z"), "2020-09-30", 2),
        (tweet(native_id="20"), None, 0),  # of the sequence before ids had a time
        (tweet(native_id="40000000000"), None, 1),
        (embed(platform="bluesky", native_id="3gxnwkzcf2c2g"), None, 1),
        (embed(platform="bluesky", native_id="3l3vgf77uco2g"), None, 0),
        (embed(platform="threads", native_id="BCntbEZoaBx"), None, 1),
    ],
)
def test_a_time_that_cannot_be_is_flagged(one: Embed, seen_at: str | None, count: int) -> None:
    """Before the platform opened or gave out such ids, or after the article that embeds it; a day is left for zones."""
    assert told(one, seen_at=seen_at) == [("0.html#1", "age", None)] * count


@pytest.mark.parametrize(
    ("one", "opened", "count"),
    [
        (embed(native_id=CODE), "2020-10-03", 0),  # a day is left for zones
        (embed(native_id=CODE), "2020-10-04", 1),
        (printed("2020-10-02T11:16Z"), "2020-10-04", 2),
        (embed(posted_at="2020-10", precision="month"), "2020-12-01", 0),
        (embed(native_id=CODE, handle=None), "2020-10-04", 0),
    ],
)
def test_a_time_before_the_account_was_made_is_flagged(one: Embed, opened: str, count: int) -> None:
    """As platforms say when that was, of the account that signs."""
    (one,) = identify([one], "0")
    found = fold_flags(fold_post("instagram:x", [one]), [Sight("0.html", None, one)], {one.author_id or "-": opened})
    assert [(flag.kind, flag.detail.endswith(f"was made ({opened}).")) for flag in found] == [("age", True)] * count


# Edited code


def test_code_that_contradicts_itself_is_flagged() -> None:
    """Attributes that name one post and links that lead to another were changed by hand."""
    source = (
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/CF1tGabcdef/">'
        '<p><a href="https://www.instagram.com/p/CF1tGabcdeg/">Low tide</a></p>'
        "<p>A post shared by Ada (@ada)</p></blockquote>"
    )
    (one,) = identify(find_embeds(source, "html"), "0")
    (flag,) = flags(one)
    assert (flag.kind, flag.cause) == ("edited", None)
    assert "CF1tGabcdeg" in flag.detail


@pytest.mark.parametrize("address", ["https://www.instagram.com/p/CF1tGabcdef/", "https://www.courier.example/"])
def test_code_with_links_elsewhere_is_as_made(address: str) -> None:
    """A link to the post itself, or to another site, contradicts nothing."""
    source = (
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/CF1tGabcdef/">'
        f'<p><a href="{address}">Low tide</a></p><p>A post shared by Ada (@ada)</p></blockquote>'
    )
    assert flags(*identify(find_embeds(source, "html"), "0")) == []
