"""Which post and which account an embed speaks of, and what all embeds of one together say."""

from dataclasses import replace
from itertools import permutations
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.find import find_embeds
from archiver.identity import author_id, fold_author, fold_post, identify, post_id
from archiver.records import AccountName, Capture, Embed, Format, Origin, Precision

CODE, ID_TIME = "CF1tGabcdef", "2020-10-02T11:16:17.295Z"
TAIL = "A post shared by Ines Okafor (@Ines.Okafor) on Oct 2, 2020 at 4:16am PDT"


def embed(**fields: Any) -> Embed:
    """An embed of Instagram with some fields set."""
    given_: dict[str, Any] = {
        "ordinal": 1,
        "platform": "instagram",
        "form": "text",
        "start": 0,
        "end": 1,
        "marker": "m",
    }
    return Embed(**(given_ | fields))


def printed(at: str | None, precision: Precision | None = "day", **fields: Any) -> Embed:
    """An embed whose marker prints a time."""
    return embed(posted_at=at, precision=precision, time_origin="marker" if at else None, **fields)


def marked(at: str | None, precision: Precision | None = "second", **fields: Any) -> Embed:
    """An embed whose markup tells a time."""
    return embed(form="blockquote", posted_at=at, precision=precision, time_origin="markup", **fields)


# Ids


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (TAIL, "instagram:@ines.okafor/2020-10-02T11:16Z"),
        (f"{TAIL}\n\nMore.", "instagram:@ines.okafor/2020-10-02T11:16Z"),
        (TAIL.replace("Ines.Okafor", "INES.OKAFOR"), "instagram:@ines.okafor/2020-10-02T11:16Z"),
        (
            "Ein Beitrag geteilt von Jo (@jo_) am Mär 12, 2018 um 11:34 PDT",
            "instagram:@jo_/2018-03-12T18:34Z~2018-03-13T06:34Z",
        ),
        ("https://www.instagram.com/reel/CF1tGabcdef/", f"instagram:{CODE}"),
        ("View this post on Instagram", None),
        ("pic.twitter.com/Ab3dEf6hIj", None),
    ],
)
def test_a_post_has_the_id_that_its_embed_tells(source: str, expected: str | None) -> None:
    """The platform's own id, or handle and minute, or handle and both minutes that the clock leaves; else none."""
    (found,) = find_embeds(source, "text")
    assert post_id(found, "0") == expected


def test_a_second_is_cut_to_its_minute() -> None:
    """The second in markup and the minute in print are the same provisional post."""
    told = [marked("2020-10-02T11:16:31Z", handle="jo"), printed("2020-10-02T11:16Z", "minute", handle="Jo")]
    assert {post_id(one, "0") for one in told} == {"instagram:@jo/2020-10-02T11:16Z"}


def test_the_native_id_goes_before_all_else() -> None:
    """With the platform's own id neither handle nor time is needed, and neither changes it."""
    assert post_id(embed(native_id=CODE, handle="jo", posted_at="2020-10-02"), "0") == f"instagram:{CODE}"


SAME = embed(handle="jo", text="Low tide,\n  high spirits", ordinal=1)


@pytest.mark.parametrize(
    ("other", "sha256", "is_same"),
    [
        (replace(SAME, ordinal=7), "1", True),
        (replace(SAME, text="Low  tide, high spirits"), "1", True),
        (replace(SAME, handle="JO"), "1", True),
        (replace(SAME, text="Low tide, low spirits"), "0", False),
        (replace(SAME, handle="mara"), "0", False),
        (replace(SAME, platform="twitter"), "0", False),
        (replace(SAME, posted_at="2020-10-02", precision="day"), "0", False),
    ],
)
def test_without_a_minute_the_text_tells_the_post(other: Embed, sha256: str, is_same: bool) -> None:
    """The same words of the same author on the same day are one post, in whatever article and however wrapped."""
    assert (post_id(other, sha256) == post_id(SAME, "0")) is is_same


@pytest.mark.parametrize(
    ("ordinal", "sha256", "is_same"), [(1, "0", True), (2, "0", False), (1, "1", False), (2, "1", False)]
)
def test_without_any_text_the_place_tells_the_post(ordinal: int, sha256: str, is_same: bool) -> None:
    """A handle alone, or with a day, is a post of its own at each place, and the same when read again."""
    one = embed(handle="jo", posted_at="2020-10-02", precision="day")
    assert (post_id(replace(one, ordinal=ordinal), sha256) == post_id(one, "0")) is is_same


@pytest.mark.parametrize(("at", "shown"), [("2020-10-02", "2020-10-02"), (None, "undated")])
def test_a_provisional_id_shows_author_and_day(at: str | None, shown: str) -> None:
    """An id without minute begins with what is known."""
    assert (post_id(embed(handle="Jo", posted_at=at), "0") or "").startswith(f"instagram:@jo/{shown}-")


@pytest.mark.parametrize("text", ["\ud800", "\0", "🌊" * 1_000, "עינס"])
def test_any_text_has_an_id(text: str) -> None:
    """A lone surrogate, a NUL or a long text is no obstacle."""
    assert post_id(embed(handle="jo", text=text), "0") is not None


@pytest.mark.parametrize("code", ["_" * 12, "_" * 60, "BUG", "---"])
def test_any_shortcode_can_be_folded(code: str) -> None:
    """A shortcode that no clock can have given out has no time, and is no error."""
    assert fold_post(f"instagram:{code}", [embed(native_id=code)]).posted_at is None


@pytest.mark.parametrize(("handle", "expected"), [("KateB", "instagram:kateb"), (None, None), ("", None)])
def test_an_account_is_known_by_its_handle(handle: str | None, expected: str | None) -> None:
    """Letter case does not tell accounts apart; without a handle there is none."""
    assert author_id("instagram", handle) == expected


def test_identifying_gives_both_ids_and_nothing_else() -> None:
    """Each embed comes back in order with its post and its author."""
    found = find_embeds(f"{TAIL}\n\npic.twitter.com/Ab3dEf6hIj", "text")
    known = identify(found, "0")
    assert [(one.post_id, one.author_id) for one in known] == [
        ("instagram:@ines.okafor/2020-10-02T11:16Z", "instagram:ines.okafor"),
        (None, None),
    ]
    assert [replace(one, observed_id=None, post_id=None, author_id=None) for one in known] == found


# Precedence


def test_a_copy_on_another_server_has_no_time() -> None:
    """An id that a server gave to another's post says when it came there, in embeds as in the post."""
    (found,) = find_embeds("https://mast.example.org/@ines@other.example/113237543551316025", "text")
    (own,) = find_embeds("https://mast.example.org/@ines/113237543551316025", "text")
    copy, original = identify([found, own], "a" * 64)
    assert (copy.decoded_at, original.decoded_at) == (None, "2024-10-02T11:16:31.005Z")
    assert fold_post("mastodon:113237543551316025", [copy]).posted_at is None


def test_the_time_in_an_id_wins() -> None:
    """What is decoded from the id goes before markup and print, and says so."""
    post = fold_post("p", [marked("2020-10-02T11:16:31Z", native_id=CODE), printed("2020-10-03", native_id=CODE)])
    assert (post.posted_at, post.precision, post.posted_at_source) == (ID_TIME, "millisecond", "id")


@pytest.mark.parametrize(
    ("embeds", "expected"),
    [
        ([printed("2020-10-01"), marked("2020-10-02T11:16:31Z")], ("2020-10-02T11:16:31Z", "second", "markup")),
        (
            [printed("2020-10-02T11:16Z", "minute"), marked("2020-10-03", "day"), printed("2020-10-02")],
            ("2020-10-03", "day", "markup"),
        ),
        (
            [printed("2020-10-02"), printed("2020-10-02T11:16Z", "minute"), printed("2020-10-02")],
            ("2020-10-02T11:16Z", "minute", "marker"),
        ),
        ([printed("2020-10-01"), printed("2020-10-02"), printed("2020-10-02")], ("2020-10-02", "day", "marker")),
        ([printed("2020-10-02"), printed("2020-10-01")], ("2020-10-01", "day", "marker")),
        ([printed(None, None), printed("2020-10-02")], ("2020-10-02", "day", "marker")),
        ([printed(None, None)], (None, None, None)),
    ],
)
def test_better_evidence_dates_a_post(embeds: list[Embed], expected: tuple[str | None, ...]) -> None:
    """Markup before print, finer before coarser, more voices before fewer, and then the earliest."""
    post = fold_post("p", embeds)
    assert (post.posted_at, post.precision, post.posted_at_source) == expected


@pytest.mark.parametrize(
    ("embeds", "expected"),
    [
        ([("jo", "markup"), ("jo", "markup"), ("mara", "marker")], ("instagram:mara", "marker")),
        ([(None, None), ("jo", "markup")], ("instagram:jo", "markup")),
        ([("jo", "marker"), ("mara", "marker"), ("mara", "marker")], ("instagram:mara", "marker")),
        ([("mara", "marker"), ("jo", "marker")], ("instagram:mara", "marker")),
        ([("ab", "marker"), ("aa", "marker")], ("instagram:aa", "marker")),
        ([(None, None), ("jo", "marker")], ("instagram:jo", "marker")),
        ([(None, None)], (None, None)),
    ],
)
def test_better_evidence_names_the_author(
    embeds: list[tuple[str | None, Origin | None]], expected: tuple[str | None, Origin | None]
) -> None:
    """A signature before an address, which may name anybody, then the most, the longest and the first in order."""
    told = [embed(handle=h, author_id=author_id("instagram", h), handle_origin=origin) for h, origin in embeds]
    post = fold_post("p", told)
    assert (post.author_id, post.author_source) == expected


@pytest.mark.parametrize(
    ("embeds", "expected"),
    [
        ([embed(text="Low tide, high spirits"), embed(form="blockquote", text="Low tide")], ("Low tide", "markup")),
        ([embed(text="Low"), embed(text="Low tide"), embed(text="Low")], ("Low", "marker")),
        ([embed(text="Low"), embed(text="Low tide")], ("Low tide", "marker")),
        ([embed(), embed(text="Low")], ("Low", "marker")),
        ([embed()], (None, None)),
    ],
)
def test_better_evidence_gives_the_text(embeds: list[Embed], expected: tuple[str | None, str | None]) -> None:
    """An element's own text before flattened text; of equals the most frequent, then the longest."""
    post = fold_post("p", embeds)
    assert (post.text, post.text_source) == expected


def test_nobodys_words_are_shown_under_the_name_of_another() -> None:
    """Code under a post's address with another name and another time is not believed, in any order; the words of an
    account that was renamed are, since the id has the time that it prints, and those that nobody signed."""
    right = printed("2020-10-02T11:16Z", "minute", native_id=CODE, **by("ada"))
    forged = printed("2020-12-24T09:30Z", "minute", native_id=CODE, **by("mallory"), text="Give me your money.")
    renamed = printed("2020-10-02T11:16Z", "minute", native_id=CODE, **by("ada.quill"), text="Low tide")
    unsigned = embed(native_id=CODE, text="Low tide, high spirits")
    for embeds, author, text in (
        ([forged], "mallory", "Give me your money."),
        ([right, forged], "ada", None),
        ([right, forged, forged], "ada", None),
        ([right, right, forged, renamed], "ada", "Low tide"),
        ([right, forged, unsigned], "ada", "Low tide, high spirits"),
    ):
        for some in permutations(embeds):
            post = fold_post("p", some)
            assert (post.author_id, post.text) == (f"instagram:{author}", text)


def by(handle: str) -> dict[str, Any]:
    """The fields of a signature."""
    return {"handle": handle, "handle_origin": "marker", "author_id": author_id("instagram", handle)}


def test_without_a_time_in_the_id_only_the_authors_own_embeds_date_a_post() -> None:
    """Facebook's ids hold none: which of two signatures is right is not known, but date and words come with one."""
    first = printed("2020-10-02", platform="facebook", **by("ada"), text="Low tide")
    other = printed("2020-10-02T11:16Z", "minute", platform="facebook", **by("mallory"), text="Give me your money.")
    post = fold_post("p", [first, first, other])
    assert (post.author_id, post.posted_at, post.text) == ("instagram:ada", "2020-10-02", "Low tide")


def test_open_minutes_come_with_the_day_they_belong_to() -> None:
    """The two minutes of a 12-hour clock stay with the embed that dates the post, and go where a better one does."""
    open_ = printed("2018-03-12", posted_at_options=("2018-03-12T18:34Z", "2018-03-13T06:34Z"))
    assert fold_post("p", [open_]).posted_at_options == open_.posted_at_options
    assert fold_post("p", [open_, marked("2018-03-13T06:34:12Z")]).posted_at_options is None


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([printed("2014-11-11T14:00Z", "minute")], ("2014-11", "month", "marker")),
        (
            [printed("2013-03-03", posted_at_options=("2013-03-03T14:40Z", "2013-03-04T02:40Z"))],
            ("2013-03", "month", "marker"),
        ),
        ([printed("2014-12-13T07:30Z", "minute")], ("2014-12", "month", "marker")),
        ([printed("2014-11-12T14:00Z", "minute")], ("2014-11-12T14:00Z", "minute", "marker")),
        ([printed("2016-11-11T14:00Z", "minute")], ("2016-11-11T14:00Z", "minute", "marker")),
        ([printed("2014-11-11", platform="twitter")], ("2014-11-11", "day", "marker")),
        ([printed("2014-11-11T14:00Z", "minute"), printed("2014-11-21")], ("2014-11-21", "day", "marker")),
        ([marked("2014-11-11T14:00:00Z")], ("2014-11-11T14:00:00Z", "second", "markup")),
    ],
)
def test_a_day_that_may_be_the_months_number_is_not_known(
    told: list[Embed], expected: tuple[str | None, Precision | None, str | None]
) -> None:
    """Of what Instagram printed from 2010 to 2015 a post has the month alone, but where its day is another number (of
    Pacific time) or something else says the day."""
    post = fold_post("p", told)
    assert (post.posted_at, post.precision, post.posted_at_source) == expected
    assert post.posted_at_options is None


def named(kind: Literal["name", "handle"], value: str, embeds: int = 1) -> AccountName:
    """A name under which an account was seen."""
    return AccountName(id=value, author_id="instagram:jolind", kind=kind, value=value, embeds=embeds)


def test_an_account_is_written_as_most_write_it() -> None:
    """Handle and name are the most frequent, not the first; the address is the platform's."""
    told = [named("handle", "jolind"), named("handle", "JoLind", 2), named("name", "Jo"), named("name", "Jo Lind", 2)]
    author = fold_author("instagram:jolind", told)
    assert (author.handle, author.name, author.name_source) == ("JoLind", "Jo Lind", "marker")
    assert author.url == "https://www.instagram.com/JoLind/"


def test_an_account_without_a_name_has_none() -> None:
    """No name is made of a handle."""
    author = fold_author("instagram:jo", [named("handle", "jo")])
    assert (author.name, author.name_source) == (None, None)


@pytest.mark.parametrize(
    ("platform", "native_id", "precision"),
    [("tiktok", "6878980214519221525", "second"), ("instagram", CODE, "millisecond"), ("reddit", "1abc2de", None)],
)
def test_a_post_is_as_precise_as_its_id(platform: str, native_id: str, precision: Precision | None) -> None:
    """TikTok's ids count seconds, Instagram's milliseconds, and Reddit's nothing."""
    assert fold_post("p", [embed(platform=platform, native_id=native_id)]).precision == precision


# Order


TIMES: list[tuple[str | None, Precision | None]] = [
    *((None, None), ("2020-10-02", "day"), ("2020-10-03", "day"), ("2020-10-02T11:16Z", "minute")),
    ("2020-10-02T11:16:31Z", "second"),
]
OPTIONS = [None, ("2020-10-02T08:00Z", "2020-10-02T20:00Z"), ("2020-10-02T09:00Z", "2020-10-02T21:00Z")]


@st.composite
def observations(draw: st.DrawFn) -> Embed:
    """An embed of one post, as one article or another may show it."""
    at, precision = draw(st.sampled_from(TIMES))
    handle = draw(st.sampled_from([None, "jo", "Jo", "JO", "mara"]))
    return embed(
        form=draw(st.sampled_from(["text", "blockquote", "iframe", "url"])),
        native_id=draw(st.sampled_from([None, "CF1tGabcdef"])),
        permalink=draw(st.sampled_from([None, "https://www.instagram.com/p/a/", "https://www.instagram.com/reel/a/"])),
        handle=handle,
        author_id=author_id("instagram", handle),
        handle_origin=draw(st.sampled_from(["markup", "marker"])) if handle else None,
        author_name=draw(st.sampled_from([None, "Jo", "Jo Lind"])),
        posted_at=at,
        precision=precision,
        time_origin=draw(st.sampled_from(["markup", "marker"])) if at else None,
        posted_at_options=draw(st.sampled_from(OPTIONS)) if precision == "day" else None,
        text=draw(st.sampled_from([None, "Low", "low", "Low tide"])),
        language=draw(st.sampled_from([None, "en", "de"])),
    )


SHUFFLED = st.lists(observations(), min_size=1, max_size=6).flatmap(
    lambda told: st.tuples(st.just(told), st.permutations(told))
)


@given(SHUFFLED)
def test_a_post_does_not_depend_on_the_order(told: tuple[list[Embed], list[Embed]]) -> None:
    """The same embeds in any order give the same post."""
    assert fold_post("p", told[0]) == fold_post("p", told[1])


@given(
    st.lists(
        st.builds(named, st.sampled_from(["name", "handle"]), st.sampled_from(["jo", "Jo", "JO"]), st.integers(1, 3)),
        unique_by=lambda name: (name.kind, name.value),
    ).flatmap(lambda told: st.tuples(st.just(told), st.permutations(told)))
)
def test_an_account_does_not_depend_on_the_order(told: tuple[list[AccountName], list[AccountName]]) -> None:
    """The same names in any order give the same account."""
    assert fold_author("instagram:jo", told[0]) == fold_author("instagram:jo", told[1])


@given(st.lists(observations(), min_size=1, max_size=6))
def test_every_value_says_where_it_comes_from(told: list[Embed]) -> None:
    """A value has a source, and what is unknown has none."""
    post = fold_post("p", told)
    for name in ("permalink", "posted_at", "text"):
        assert (getattr(post, name) is None) == (getattr(post, f"{name}_source") is None)
    assert (post.author_id is None) == (post.author_source is None)


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_the_same_marker_is_the_same_post_in_every_format(format_: Format) -> None:
    """A text, its Markdown and its page speak of one post."""
    assert {one.post_id for one in identify(find_embeds(f"Rain.\n\n{TAIL}\n", format_), "0")} == {
        "instagram:@ines.okafor/2020-10-02T11:16Z"
    }


# What platforms answer

AT = "2020-10-02T08:04:27.123Z"


def captured(**told: Any) -> Capture:
    """What a platform says of a post."""
    known: dict[str, Any] = {"id": "c", "post_id": "p", "source": "s", "url": "u", "method": "GET", "fetched_at": AT}
    return Capture(**{**known, "outcome": "captured", **told})


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], ("2020-10-02T11:16:17.295Z", "id")),
        ([captured(posted_at="2020-10-02", precision="day")], ("2020-10-02T11:16:17.295Z", "id")),
        ([captured(posted_at=AT, precision="millisecond")], (AT, "capture")),
        ([captured(), captured(posted_at=AT, precision="millisecond")], (AT, "capture")),
    ],
)
def test_a_captured_time_goes_before_the_ids_unless_that_is_more_exact(
    told: list[Capture], expected: tuple[str, str]
) -> None:
    """A day that the platform prints does not hide the second that its id has."""
    post = fold_post("p", [embed(native_id=CODE)], (), told)
    assert (post.posted_at, post.posted_at_source) == expected


def test_what_the_platform_answered_goes_before_what_articles_say() -> None:
    """Each value from the latest answer that has it, the rest from the embeds."""
    told = [captured(text="Edited."), captured(text="As it was.", author_id="instagram:ada", language="sv")]
    post = fold_post("p", [embed(native_id=CODE, text="Quoted.", author_id="instagram:bo", handle="bo")], (), told)
    assert (post.text, post.text_source) == ("Edited.", "capture")
    assert (post.author_id, post.author_source, post.language) == ("instagram:ada", "capture", "sv")
    assert post.permalink_source != "capture"


def test_an_account_is_called_as_its_platform_calls_it() -> None:
    """Not as most articles do."""
    named = AccountName(id="n", author_id="twitter:ada", kind="name", value="Ada Q.", embeds=9)
    author = fold_author("twitter:ada", [named], [captured(handle="Ada"), captured(author_name="Ada Quill")])
    assert (author.handle, author.name, author.name_source) == ("Ada", "Ada Quill", "capture")
