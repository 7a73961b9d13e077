"""Searching web archives by a printed time: the windows, the ids, and the queries."""

import re
from urllib.parse import parse_qs

import pytest

from archiver.cdx import SEARCHABLE, Plan, plan_searches
from archiver.errors import UsageError
from archiver.times import iso

MINUTE = "Oct 2, 2020 at 4:16am PDT"


def plan(text: str, platform: str = "instagram", handle: str = "ines.okafor") -> Plan:
    """The plan for a printed time."""
    return plan_searches(SEARCHABLE[platform], handle, text)


def windows(told: Plan) -> list[tuple[str, ...]]:
    """Start of the core, start of the wide window and end of both, for each search."""
    return [
        tuple(iso(moment, "second") for moment in (one.core.start, one.wide.start, one.core.end))
        for one in told.searches
    ]


@pytest.mark.parametrize(
    "text", [MINUTE, f" {MINUTE}. ", "2 ottobre 2020 alle ore 04:16 PDT", "2020 10月 2 4:16午前 PDT"]
)
def test_a_minute_of_instagram_has_two_windows(text: str) -> None:
    """Half a minute and a quarter of an hour before the printed minute, up to its end, in any language."""
    assert windows(plan(text)) == [("2020-10-02T11:15:30Z", "2020-10-02T11:01:00Z", "2020-10-02T11:17:00Z")]


def test_the_prefixes_of_a_minute() -> None:
    """Four characters and five, of the core and of the wide window."""
    (search,) = plan(MINUTE).searches
    assert (search.short, search.long) == (4, 5)
    assert search.core.prefixes(4) == ["CF1t"]
    assert search.wide.prefixes(4) == ["CF1r", "CF1s", "CF1t"]
    assert search.core.prefixes(5) == [f"CF1t{last}" for last in "ABCDEFGHIJKL"]


def test_a_twelve_hour_clock_is_searched_twice() -> None:
    """Both minutes that it leaves open have their windows."""
    assert windows(plan("Mär 12, 2018 um 11:34 PDT")) == [
        ("2018-03-12T18:33:30Z", "2018-03-12T18:19:00Z", "2018-03-12T18:35:00Z"),
        ("2018-03-13T06:33:30Z", "2018-03-13T06:19:00Z", "2018-03-13T06:35:00Z"),
    ]


@pytest.mark.parametrize(
    ("platform", "text", "expected"),
    [
        ("instagram", "Oct 2, 2020", ("2020-10-02T06:59:30Z", "2020-10-02T06:45:00Z", "2020-10-03T07:00:00Z")),
        ("twitter", "October 2, 2020", ("2020-10-02T00:00:00Z", "2020-10-02T00:00:00Z", "2020-10-03T00:00:00Z")),
        ("tumblr", "October 2, 2024", ("2024-10-02T00:00:00Z", "2024-10-01T10:00:00Z", "2024-10-03T00:00:00Z")),
        ("twitter", MINUTE, ("2020-10-02T11:16:00Z", "2020-10-02T11:16:00Z", "2020-10-02T11:17:00Z")),
    ],
)
def test_a_day_is_that_of_the_platforms_zone(platform: str, text: str, expected: tuple[str, ...]) -> None:
    """Pacific for Instagram, UTC for X, anywhere on earth where nobody knows; a named zone's clock is a minute."""
    assert windows(plan(text, platform, "mara")) == [expected]


def test_a_day_of_x_is_a_range_of_ids() -> None:
    """From the first to the last id of the UTC day, with what they have in common."""
    (search,) = plan("October 2, 2020", "twitter", "northpilots").searches
    assert search.core.texts == ("1311818175083446272", "1312180562949046271")
    assert [query.url for query in search.queries] == [
        "twitter.com/northpilots/status/131",
        "mobile.twitter.com/northpilots/status/131",
        "x.com/northpilots/status/131",
    ]


def test_a_query_is_the_one_of_the_facts() -> None:
    """Prefix in the key, the finer prefixes in a filter on the original, whose case counts."""
    query = plan(MINUTE).searches[0].queries[0]
    assert parse_qs(query.parameters) == {
        "url": ["instagram.com/p/CF1t"],
        "matchType": ["prefix"],
        "filter": ["original:.*/p/CF1t[A-L].*"],
        "collapse": ["urlkey"],
        "fl": ["urlkey,timestamp,original,statuscode,digest"],
    }


@pytest.mark.parametrize("name", SEARCHABLE)
def test_each_id_of_the_window_is_found_by_a_query(name: str) -> None:
    """The first and the last id of either window, at each address, begin as a query does and match its filter."""
    platform, handle = SEARCHABLE[name], "ines.example.org" if name == "bluesky" else "ines"
    for search in plan("October 2, 2024", name, handle).searches:
        for native_id in (*search.core.texts, *search.wide.texts):
            for address in platform.captured_at:
                original = f"http://www.{address.format(handle=handle, id=native_id)}?hl=en"
                assert [
                    query
                    for query in search.queries
                    if original.removeprefix("http://www.").startswith(query.url)
                    and re.fullmatch(query.pattern, original)
                ]


def test_another_case_of_the_same_letters_is_filtered() -> None:
    """Keys have no case, so a query returns other posts too: its filter lets none of them through."""
    queries = plan(MINUTE).searches[0].queries
    assert not any(re.fullmatch(one.pattern, "https://www.instagram.com/p/cf1tGabcdef/") for one in queries)


@pytest.mark.parametrize(
    ("text", "platform", "handle", "named"),
    [
        ("yesterday", "instagram", "jo", "no date"),
        ("", "instagram", "jo", "no date"),
        ("Oct 2, 2020 at 4:16am GMT", "instagram", "jo", "GMT"),
        ("Oct 2, 2020 at 25:16", "instagram", "jo", "at 25:16"),
        (MINUTE, "instagram", "jo lind", "jo lind"),
        (MINUTE, "instagram", "", "handle"),
        ("Oct 2, 2010 at 4:16am PDT", "instagram", "jo", "held no time"),
        ("October 2, 2020", "bluesky", "ines.example.org", "held no time"),
        ("October 2, 2020", "twitter", "a_name_that_is_too_long", "handle"),
    ],
)
def test_what_cannot_be_searched_is_wrong_usage(text: str, platform: str, handle: str, named: str) -> None:
    """One sentence that names what is wrong: the date, what stands behind it, the handle, or the year."""
    with pytest.raises(UsageError, match=re.escape(named)):
        plan(text, platform, handle)


@pytest.mark.parametrize(
    ("text", "platform", "caveat", "is_said"),
    [
        ("Nov 11, 2014 at 4:16am PST", "instagram", "number of the month", True),
        ("Nov 12, 2014 at 4:16am PST", "instagram", "number of the month", False),
        ("Nov 11, 2016 at 4:16am PST", "instagram", "number of the month", False),
        (MINUTE, "instagram", "everybody's posts", True),
        ("October 2, 2020", "twitter", "everybody's posts", False),
        ("October 2, 2024", "tumblr", "anywhere", True),
        ("October 2, 2020", "twitter", "anywhere", False),
    ],
)
def test_what_a_search_may_miss_is_said(text: str, platform: str, caveat: str, is_said: bool) -> None:
    """A day that may be another, days of no certain zone, and addresses that name nobody."""
    assert any(caveat in one for one in plan(text, platform, "mara").caveats) is is_said
