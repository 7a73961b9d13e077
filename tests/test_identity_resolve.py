"""Which post a marker joins, which it may be of, and which it never is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.find import find_embeds
from archiver.identity import Known, Marker, identify, known_of, marker_of, resolve
from archiver.identity.texts import ALIKE, EQUAL, plain_text, text_match
from archiver.identity.windows import Window, printed_days, printed_minutes, unix_ms, windows
from archiver.platforms import PLATFORMS
from archiver.records import Embed, Precision
from archiver.times import Moment, iso

MINUTE = Moment("2020-10-02T11:16Z", "minute")
TEXT = "Low tide, high spirits, and nobody on the pier but us."
EDITED = "Low tide, high spirits, and nobody on the pier but me."
OTHER = "The ferry is late again, third day in a row, and it rains."


def at(text: str) -> int:
    """Unix milliseconds of a moment in ISO."""
    return unix_ms(datetime.fromisoformat(text))


def marker(*, printed: Moment | None = MINUTE, platform: str = "instagram", text: str | None = None) -> Marker:
    """A marker of Ada's."""
    texts = frozenset({text} if text else ())
    return Marker(id=f"{platform}:@ada/m", handle="ada", windows=windows(platform, printed), texts=texts)


def known(when: str | None = "2020-10-02T11:16:20Z", by: str = "ada", text: str | None = None, id_: str = "p") -> Known:
    """A post of Ada's, unless it is by others (separated by commas) or nobody knows by whom."""
    handles, texts = frozenset(filter(None, by.split(","))), frozenset({(None, text)} if text else ())
    return Known(id=id_, at=at(when) if when else None, handles=handles, texts=texts)


def chosen(markers: Sequence[Marker], posts: Sequence[Known]) -> dict[str, str]:
    """The post of each marker that has one."""
    return {one.marker_id: one.post_id for one in resolve(markers, posts) if one.chosen}


# One marker and one post


@pytest.mark.parametrize(
    ("when", "window", "distance"),
    [
        ("2020-10-02T11:16:00Z", "core", 0),
        ("2020-10-02T11:16:59.999Z", "core", 0),
        ("2020-10-02T11:15:59.999Z", "core", -0.001),
        ("2020-10-02T11:15:30Z", "core", -30),
        ("2020-10-02T11:15:29.999Z", "wide", -30.001),
        ("2020-10-02T11:01:00Z", "wide", -900),
        ("2020-10-02T11:00:59.999Z", None, None),
        ("2020-10-02T11:17:00Z", None, None),
    ],
)
def test_a_post_joins_from_15_minutes_before_the_printed_minute_to_its_end(
    when: str, window: str | None, distance: float | None
) -> None:
    """The core begins 30 seconds before the minute; later than the minute nothing joins (`facts.md` §0.1)."""
    found = resolve([marker()], [known(when)])
    assert [(one.window, one.distance, one.chosen) for one in found] == ([(window, distance, True)] if window else [])


@pytest.mark.parametrize(
    ("printed", "when", "joins"),
    [
        (Moment("2020-10-02T11:16:31Z", "second"), "2020-10-02T11:16:31.9Z", True),
        (Moment("2020-10-02T11:16:31Z", "second"), "2020-10-02T11:01:30Z", False),
        (Moment("2018-03-12", "day", ("2018-03-12T18:34Z", "2018-03-13T06:34Z")), "2018-03-12T18:34:10Z", True),
        (Moment("2018-03-12", "day", ("2018-03-12T18:34Z", "2018-03-13T06:34Z")), "2018-03-13T06:34:10Z", True),
        (Moment("2018-03-12", "day", ("2018-03-12T18:34Z", "2018-03-13T06:34Z")), "2018-03-12T20:00:00Z", False),
        (Moment("2014-11-11T18:16Z", "minute"), "2014-11-21T18:16:20Z", True),
        (Moment("2014-11-11T18:16Z", "minute"), "2014-10-21T18:16:20Z", False),
        (Moment("2014-11-12T18:16Z", "minute"), "2014-11-21T18:16:20Z", False),
        (Moment("2018-11-11T18:16Z", "minute"), "2018-11-21T18:16:20Z", False),
    ],
)
def test_what_is_printed_may_mean_several_minutes(printed: Moment, when: str, joins: bool) -> None:
    """A clock of 12 hours means two, the number of the month in place of the day (2010 to 2015) any day of it."""
    assert bool(chosen([marker(printed=printed)], [known(when)])) is joins


@pytest.mark.parametrize(
    ("platform", "when", "joins"),
    [
        ("twitter", "2020-10-02T00:00:00Z", True),
        ("twitter", "2020-10-02T23:59:59.999Z", True),
        ("twitter", "2020-10-01T23:59:59.999Z", False),
        ("twitter", "2020-10-03T00:00:00Z", False),
        ("instagram", "2020-10-02T06:59:59Z", False),
        ("instagram", "2020-10-02T07:00:00Z", True),
        ("instagram", "2020-10-03T06:59:59Z", True),
        ("bluesky", "2020-10-01T10:00:00Z", True),
        ("bluesky", "2020-10-03T11:59:59Z", True),
        ("bluesky", "2020-10-03T12:00:00Z", False),
    ],
)
def test_a_day_is_the_platforms(platform: str, when: str, joins: bool) -> None:
    """X prints the day in UTC, Instagram in Pacific time, and Bluesky in that of whoever copied the code."""
    one = marker(printed=Moment("2020-10-02", "day"), platform=platform, text="Low tide, high spirits.")
    assert bool(chosen([one], [known(when, text="Low tide, high spirits.")])) is joins


@pytest.mark.parametrize(("platform", "joins"), [("instagram", False), ("twitter", True)])
def test_a_day_whose_clock_is_lost_is_too_little(platform: str, joins: bool) -> None:
    """Instagram prints a clock: where it is missing or not to be read, the day joins no post without its words."""
    one = marker(printed=Moment("2020-10-02", "day"), platform=platform)
    assert bool(resolve([one], [known("2020-10-02T20:16:20Z")])) is joins


@pytest.mark.parametrize(
    ("told", "post", "joins"),
    [
        (None, known(), True),
        (None, known(by="bea,ada"), True),
        (None, known(by="bea"), False),
        (None, known(by=""), False),
        (TEXT, known(text=TEXT), True),
        (TEXT, known(text=EDITED), True),
        (TEXT, known(text=OTHER), False),
        (TEXT, known(text=None), True),
        (TEXT, known(by="", text=TEXT), True),
        (TEXT, known(by="", text=EDITED), False),
        (TEXT, known(by="bea", text=TEXT), False),
    ],
)
def test_author_and_text_decide(told: str | None, post: Known, joins: bool) -> None:
    """Nothing of another's joins, nor anything with other words; of nobody's only what has the same words."""
    assert bool(chosen([marker(text=told)], [post])) is joins


@pytest.mark.parametrize("printed", [None, Moment("2020-10", "month"), Moment("2020", "year")])
@pytest.mark.parametrize(
    ("told", "post", "joins"),
    [
        (TEXT, known(text=TEXT), True),
        (TEXT, known(None, text=TEXT), True),
        (TEXT, known(text=f"{TEXT[:30]}…"), True),
        (TEXT, known(text=OTHER), False),
        (TEXT, known(by="", text=TEXT), False),
        ("Wow!", known(text="Wow!"), False),
        (None, known(), False),
    ],
)
def test_without_a_day_only_handle_and_text_together_decide(
    printed: Moment | None, told: str | None, post: Known, joins: bool
) -> None:
    """The same words of the same author are the same post, if they are words enough."""
    assert bool(chosen([marker(printed=printed, text=told)], [post])) is joins


def test_a_post_without_a_time_joins_a_dated_marker_by_its_text() -> None:
    """YouTube's ids tell no time, nor do the oldest of X's."""
    assert chosen([marker(text=TEXT)], [known(None, text=TEXT)])
    assert not chosen([marker()], [known(None)])


# Several


@pytest.mark.parametrize(
    ("told", "posts", "expected"),
    [
        (None, [known(id_="a"), known("2020-10-02T11:16:50Z", id_="b")], None),
        (TEXT, [known(id_="a", text=OTHER), known("2020-10-02T11:16:50Z", id_="b", text=TEXT)], "b"),
        (TEXT, [known(id_="a", text=TEXT), known("2020-10-02T11:16:50Z", id_="b")], "a"),
        (TEXT, [known(id_="a", text=TEXT), known("2020-10-02T11:16:50Z", id_="b", text=TEXT)], None),
        (TEXT, [known(id_="a", text=EDITED), known("2020-10-02T11:16:50Z", id_="b", text=EDITED)], None),
        (None, [known(id_="a"), known("2020-10-02T11:10:00Z", id_="b")], "a"),
        (None, [known("2020-10-02T11:12:00Z", id_="a"), known("2020-10-02T11:10:00Z", id_="b")], None),
        (TEXT, [known(id_="a", text=OTHER), known("2020-10-02T11:10:00Z", id_="b", text=TEXT)], "b"),
        (None, [known(id_="a", by=""), known("2020-10-02T11:10:00Z", id_="b")], "b"),
    ],
)
def test_of_several_only_the_certain_one_is_chosen(told: str | None, posts: list[Known], expected: str | None) -> None:
    """The core goes before the wide window, equal words before none; else none is chosen, and all are kept."""
    found = resolve([marker(text=told)], posts)
    assert [one.post_id for one in found] == ["a", "b"]
    assert [one.post_id for one in found if one.chosen] == ([expected] if expected else [])


def minute(text: str) -> Marker:
    """A marker of Ada's that prints a minute."""
    return Marker(id=f"instagram:{text}", handle="ada", windows=windows("instagram", Moment(text, "minute")))


@pytest.mark.parametrize(
    ("markers", "expected"),
    [
        (["2020-10-02T11:20Z"], {"2020-10-02T11:20Z": "p"}),
        (["2020-10-02T11:16Z", "2020-10-02T11:20Z"], {"2020-10-02T11:16Z": "p"}),
        (["2020-10-02T11:20Z", "2020-10-02T11:24Z"], {}),
    ],
)
def test_a_late_post_is_that_of_one_marker(markers: list[str], expected: dict[str, str]) -> None:
    """Nobody uploads one post twice: another minute is another post, and whose the late one is cannot be told."""
    assert chosen([minute(text) for text in markers], [known()]) == {
        f"instagram:{text}": post for text, post in expected.items()
    }


def day(id_: str, text: str | None = None) -> Marker:
    """A marker of Ada's that prints a day, as X does."""
    printed = windows("twitter", Moment("2020-10-02", "day"))
    return Marker(id=f"twitter:{id_}", handle="ada", windows=printed, texts=frozenset({text} if text else ()))


@pytest.mark.parametrize(
    ("markers", "told", "expected"),
    [
        ([day("a", TEXT)], None, {"twitter:a": "p"}),
        ([day("a", TEXT), day("b", OTHER)], None, {}),
        ([day("a", TEXT), day("b", OTHER)], TEXT, {"twitter:a": "p"}),
        ([day("a", TEXT), day("b")], TEXT, {"twitter:a": "p"}),
        ([day("a", TEXT), day("b", f"{TEXT[:30]}…")], TEXT, {"twitter:a": "p", "twitter:b": "p"}),
    ],
)
def test_a_day_alone_joins_one_marker(markers: list[Marker], told: str | None, expected: dict[str, str]) -> None:
    """Two markers with other words are two posts, and which of them the known one is, its words must tell."""
    assert chosen(markers, [known(text=told)]) == expected


def test_a_candidate_says_what_speaks_for_it() -> None:
    """The better it is known the higher it scores, and the rule says what was compared."""
    scored = [
        (known(text=TEXT), "handle, printed time, same text"),
        (known(), "handle, printed time"),
        (known("2020-10-02T11:10:00Z", text=TEXT), "handle, up to 15 minutes before the printed time, same text"),
        (known("2020-10-02T11:10:00Z"), "handle, up to 15 minutes before the printed time"),
        (known(by="", text=TEXT), "author unknown, printed time, same text"),
        (known(by=""), "author unknown, printed time"),
        (known("2020-10-02T11:10:00Z", by=""), "author unknown, up to 15 minutes before the printed time"),
        (known(text=OTHER), "handle, printed time, other text"),
    ]
    found = [resolve([marker(text=TEXT)], [post])[0] for post, _ in scored]
    assert [one.rule for one in found] == [rule for _, rule in scored]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


# From embeds


def test_embeds_of_one_marker_are_weighed_together() -> None:
    """The texts of all count, and a minute goes before the second that one of them has."""
    source = "A post shared by Ada (@Ada) on Oct 2, 2020 at 4:16am PDT"
    (one,) = identify(find_embeds(source, "text"), "0")
    exact = Embed(
        **{name: getattr(one, name) for name in ("ordinal", "platform", "form", "start", "end", "marker", "handle")},
        posted_at="2020-10-02T11:16:40Z",
        precision="second",
        text=TEXT,
        observed_id=one.observed_id,
    )
    assert marker_of([one, exact]) == marker_of([exact, one])
    assert marker_of([exact, one]).windows == windows("instagram", MINUTE)
    assert marker_of([exact, one]).texts == {TEXT}


def test_a_post_is_by_all_that_any_embed_names() -> None:
    """Two handles of one post are those of an account that was renamed: its markers may have either."""
    source = '<iframe src="https://www.instagram.com/p/CF1tGabcdef/embed/"></iframe>'
    (one,) = identify(find_embeds(source, "html"), "0")
    assert known_of([one]) == Known(id="instagram:CF1tGabcdef", at=at("2020-10-02T11:16:17.295Z"))


def test_words_that_another_signs_are_not_held_against_a_marker() -> None:
    """Code under the post's address with somebody else's name and words is contradicted, and no reason not to join."""
    post = Known(
        id="p", at=at("2020-10-02T11:16:20Z"), handles=frozenset({"ada", "bea"}), texts=frozenset({("bea", OTHER)})
    )
    assert chosen([marker(text=TEXT)], [post]) == {"instagram:@ada/m": "p"}
    assert chosen([marker(text=TEXT)], [replace(post, texts=frozenset({("ada", OTHER)}))]) == {}


# Texts


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (TEXT, TEXT, 1, 1),
        (TEXT, TEXT.upper(), 1, 1),
        (TEXT, TEXT.replace(", ", ",\n\n  "), 1, 1),
        (TEXT, f"{TEXT} https://t.co/Ab3dEf6hIj", 1, 1),
        (TEXT, f"{TEXT} pic.twitter.com/Ab3dEf6hIj", 1, 1),
        (TEXT, f"{TEXT} courier.example/2020/low-ti…", 1, 1),
        (TEXT, f"{TEXT} [image or embed]", 1, 1),
        (TEXT, f"{TEXT[:30]}…", 1, 1),
        (TEXT, f"{TEXT[:30]} ...", 1, 1),
        (TEXT, f"{TEXT} 🌊", EQUAL, 1),
        (TEXT, EDITED, ALIKE, EQUAL),
        (TEXT, OTHER, 0, ALIKE),
        (TEXT, f"{OTHER[:30]}…", 0, ALIKE),
        ("Ｌｏｗ ｔｉｄｅ again", "Low tide again", 1, 1),
        ("“Été” à l’heure – déjà", '"Ete" a l\'heure - deja', 1, 1),
        ("Low tide.https://t.co/Ab3dEf6hIj@ada again", "Low tide.<https://t.co/Ab3dEf6hIj>@ada again", 1, 1),
        ("Low tide again https://t.co/Ab3dEf6hIjpic.twitter.com/Ab3dEf6hIj", "Low tide again", 1, 1),
        ("Low tide — again", "* > Low tide again", 1, 1),
        ("Low tide 👩‍🚒\u200b again", "Low tide 👩🚒 again", 1, 1),
        ("がぎぐげござじずぜぞ", "かきくけこさしすせそ", 0, ALIKE),
        ("Das ist ein groß er Tag", "Das ist ein gross er Tag", 1, 1),
    ],
)
def test_texts_are_as_alike_as_their_words(one: str, other: str, low: float, high: float) -> None:
    """Case, accents, white space, addresses, cuts and kinds of marks set aside, from either side."""
    match = text_match(one, other)
    assert match is not None
    assert low <= match <= high
    assert text_match(other, one) == match


@pytest.mark.parametrize("text", [None, "", "Wow!", "🌊🌊", "https://www.courier.example/2020/low-tide", "…"])
def test_too_few_words_match_nothing(text: str | None) -> None:
    """An exclamation, an emoji or an address alone does not tell a post."""
    assert text_match(text, text) is None


@pytest.mark.parametrize("text", ["a" * 10**6, "…" * 10**6, " " * 10**6, "/" * 10**6, "a/" * 10**6, "t.co/" * 10**5])
def test_a_long_text_takes_no_longer_than_a_post(text: str) -> None:
    """Only as much is compared as a post can have (it would take hours here)."""
    assert len(plain_text(text)) <= 10_000


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    """From either side the same, between 0 and 1."""
    match = text_match(one, other)
    assert match == text_match(other, one)
    assert match is None or 0 <= match <= 1


# Order, and what holds for any


BASE = datetime(2014, 11, 11, 18, 16, tzinfo=UTC)
MOMENTS = st.builds(
    lambda seconds, days: BASE + timedelta(seconds=seconds, days=days),
    st.integers(-1000, 120),
    st.sampled_from([0, 0, 0, 10, -4]),
)
PRECISIONS: list[Precision] = ["minute", "second", "day"]
SOME_TEXTS = st.frozensets(st.sampled_from([TEXT, EDITED, OTHER, f"{TEXT[:30]}…", "Wow!"]), max_size=2)


@st.composite
def markers_(draw: st.DrawFn) -> Marker:
    """A marker of one of two accounts."""
    moment = draw(st.none() | MOMENTS)
    told: Moment | None = None
    if moment:
        precision: Precision = draw(st.sampled_from(PRECISIONS))
        told = Moment(iso(moment, precision), precision)
    platform = draw(st.sampled_from(["instagram", "twitter"]))
    number = draw(st.integers(0, 9))
    handle = draw(st.sampled_from(["ada", "ada", "bea"]))
    return Marker(id=f"m{number}", handle=handle, windows=windows(platform, told), texts=draw(SOME_TEXTS))


POSTS = st.builds(
    lambda number, moment, handles, texts: Known(
        id=f"p{number}",
        at=unix_ms(moment) if moment else None,
        handles=handles,
        texts=frozenset((min(handles, default=None), text) for text in texts),
    ),
    st.integers(0, 9),
    st.none() | MOMENTS,
    st.frozensets(st.sampled_from(["ada", "bea"]), max_size=2),
    SOME_TEXTS,
)
ARCHIVES: Any = st.tuples(
    st.lists(markers_(), max_size=5, unique_by=lambda one: one.id),
    st.lists(POSTS, max_size=6, unique_by=lambda one: one.id),
)


@given(ARCHIVES.flatmap(lambda told: st.tuples(st.just(told), *(st.permutations(part) for part in told))))
def test_order_does_not_matter(told: tuple[tuple[list[Marker], list[Known]], list[Marker], list[Known]]) -> None:
    """The same markers and posts in any order give the same candidates in the same order."""
    at_first, some_markers, some_posts = told
    assert resolve(some_markers, some_posts) == resolve(*at_first)


@given(ARCHIVES)
def test_what_is_chosen_is_certain(told: tuple[list[Marker], list[Known]]) -> None:
    """At most one a marker, never by another or in other words, never without author or the same words, never one of
    several that are as good, and a late one only once."""
    by_id, posts = {one.id: one for one in told[0]}, {one.id: one for one in told[1]}
    found = resolve(*told)
    picked = [one for one in found if one.chosen]
    assert len({one.marker_id for one in picked}) == len(picked)
    late = [one.post_id for one in picked if one.window == "wide"]
    assert len(set(late)) == len(late)
    for one in picked:
        same = one.text_match is not None and one.text_match >= EQUAL
        assert by_id[one.marker_id].handle in posts[one.post_id].handles or (not posts[one.post_id].handles and same)
        assert one.text_match is None or one.text_match >= ALIKE
        rivals = [
            other for other in found if (other.marker_id, other.window) == (one.marker_id, one.window) and other != one
        ]
        assert not [other for other in rivals if other.by_author and other.score >= one.score]


@given(MOMENTS, MOMENTS, st.sampled_from([one.name for one in PLATFORMS]), st.sampled_from(PRECISIONS))
@example(BASE, BASE + timedelta(days=10), "twitter", "minute")
def test_where_markers_are_looked_for_is_where_they_are(
    printed: datetime, moment: datetime, platform: str, precision: Precision
) -> None:
    """A printed time one of whose windows reaches a moment lies between the days and minutes that are told for it."""
    told = Moment(iso(printed, precision), precision)
    if any(window.reaches(unix_ms(moment)) for window in windows(platform, told)):
        assert any(a <= told.at[:10] <= b for a, b in printed_days(platform, unix_ms(moment)))
        ranges = printed_minutes(platform, unix_ms(moment))
        assert precision == "day" or any(a <= told.at[:16] <= b for a, b in ranges)


def test_a_window_knows_its_parts() -> None:
    """From the wide beginning it reaches, from the core on it holds, and at its end neither."""
    window = Window(0, 10, 20, 30)
    assert [(window.reaches(ms), window.holds(ms)) for ms in (-1, 0, 9, 10, 29, 30)] == [
        (False, False),
        (True, False),
        (True, False),
        (True, True),
        (True, True),
        (False, False),
    ]
