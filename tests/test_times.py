"""How moments are written, `datetime` attributes, and dates in print."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.records import Precision
from archiver.times import PACIFIC, Moment, iso, month_numbers, read_datetime, read_printed, write_printed

# Writing


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("year", "2021"),
        ("month", "2021-01"),
        ("day", "2021-01-01"),
        ("minute", "2021-01-01T07:05Z"),
        ("second", "2021-01-01T07:05:09Z"),
        ("millisecond", "2021-01-01T07:05:09.007Z"),
    ],
)
def test_a_moment_is_as_long_as_it_is_precise(precision: Precision, expected: str) -> None:
    """The last evening of a year in the west is written in UTC, where the next has begun."""
    assert iso(datetime(2020, 12, 31, 23, 5, 9, 7_900, tzinfo=PACIFIC), precision) == expected


@pytest.mark.parametrize(
    ("at", "clock", "expected"),
    [
        ("2020-10-02T11:16:31Z", True, "Oct 2, 2020 at 4:16am PDT"),
        ("2020-10-02T07:05:00Z", True, "Oct 2, 2020 at 12:05am PDT"),
        ("2020-12-02T20:05:00Z", True, "Dec 2, 2020 at 12:05pm PST"),
        ("2021-01-01T07:59:59Z", True, "Dec 31, 2020 at 11:59pm PST"),
        ("2020-10-02T03:45:54Z", False, "October 1, 2020"),
    ],
)
def test_a_moment_is_printed_as_platforms_do(at: str, clock: bool, expected: str) -> None:
    """With Instagram's 12-hour clock and the season's zone, or as a day alone."""
    assert write_printed(datetime.fromisoformat(at).astimezone(PACIFIC), clock=clock) == expected


@given(st.datetimes(datetime(2010, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_what_is_printed_is_read_back(at: datetime) -> None:
    """The minute that is printed is the minute that is read, also in the hour that a clock has twice."""
    printed = read_printed(write_printed(at.astimezone(PACIFIC), clock=True), 0, zone=PACIFIC)
    assert printed is not None
    assert printed.moment == Moment(iso(at, "minute"), "minute")


# `datetime` attributes


@pytest.mark.parametrize(
    ("value", "at", "precision"),
    [
        ("2017-08-07T14:51:44+00:00", "2017-08-07T14:51:44Z", "second"),
        ("2011-12-15T23:18:00-05:00", "2011-12-16T04:18:00Z", "second"),
        (" 2017-08-07T14:51:44Z\n", "2017-08-07T14:51:44Z", "second"),
        ("2017-08-07T14:51:44.123Z", "2017-08-07T14:51:44Z", "second"),
        ("2017-08-07T14:51:44", "2017-08-07", "day"),
        ("2017-08-07", "2017-08-07", "day"),
    ],
)
def test_a_datetime_is_read(value: str, at: str, precision: Precision) -> None:
    """An offset makes a time certain; without one only its day is kept."""
    assert read_datetime(value) == Moment(at=at, precision=precision)


@pytest.mark.parametrize(
    "value",
    [
        *("", "yesterday", "2017", "2017-13-01", "2017-02-30T10:00Z", "2017-08-07T25:00Z", "P3D", "10:30", "\0"),
        *("0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"),
    ],
)
def test_what_is_no_datetime_is_none(value: str) -> None:
    """A duration, an impossible date and one that leaves the calendar in UTC say nothing."""
    assert read_datetime(value) is None


@given(st.text(max_size=40) | st.datetimes(timezones=st.timezones()).map(datetime.isoformat))
def test_reading_a_datetime_never_raises(value: str) -> None:
    """Any attribute is a moment or nothing."""
    moment = read_datetime(value)
    assert moment is None or moment.at


# Print


MINUTES = [
    ("Oct 2, 2020 at 4:16am PDT", "2020-10-02T11:16Z"),
    ("Oct 2, 2020 at 4:16 a.m. PDT", "2020-10-02T11:16Z"),
    ("October 2, 2020 at 4:16 AM (PDT)", "2020-10-02T11:16Z"),
    ("Dec 24, 2015 at 12:18pm PST", "2015-12-24T20:18Z"),
    ("Dec 24, 2015 at 12:18am PST", "2015-12-24T08:18Z"),
    ("Dec 31, 2016 at 11:59pm PST", "2017-01-01T07:59Z"),
    ("Oct 2, 2020 at 4:16am", "2020-10-02T11:16Z"),
    ("Jan 2, 2020 at 4:16am", "2020-01-02T12:16Z"),
    ("Jan 2, 2020 at 4:16am PDT", "2020-01-02T11:16Z"),
    ("Oct 2,\n2020 at\n4:16am PDT", "2020-10-02T11:16Z"),
    ("12 Mai 2016 à 13h54 PDT", "2016-05-12T20:54Z"),
    ("9 Févr. 2017 à 06h14 PST", "2017-02-09T14:14Z"),
    ("14 Giu 2015 alle ore 05:36 PDT", "2015-06-14T12:36Z"),
    ("11. Okt 2017 um 0:31 Uhr", "2017-10-11T07:31Z"),
    ("3. Mai 2016 um 21:50 Uhr", "2016-05-04T04:50Z"),
    ("ก.ค. 30, 2017 เวลา 8:33am PDT", "2017-07-30T15:33Z"),
    ("Oct 2, 2020 at 23:59 PDT", "2020-10-03T06:59Z"),
    ("Oct 2, 2020 at 0:00 PDT", "2020-10-02T07:00Z"),
]


@pytest.mark.parametrize(("text", "at"), MINUTES)
def test_a_printed_minute_is_read(text: str, at: str) -> None:
    """A clock with am or pm, or one that can only have 24 hours, gives the UTC minute, by the zone that is printed."""
    printed = read_printed(text, 0, zone=PACIFIC)
    assert printed is not None
    assert printed.moment == Moment(at=at, precision="minute")


OPTIONS = [
    ("Mär 12, 2018 um 11:34 PDT", "2018-03-12", ("2018-03-12T18:34Z", "2018-03-13T06:34Z")),
    ("Mär 15, 2018 um 12:40 PDT", "2018-03-15", ("2018-03-15T07:40Z", "2018-03-15T19:40Z")),
    ("4 Jun, 2019 a las 7:26 PDT", "2019-06-04", ("2019-06-04T14:26Z", "2019-06-05T02:26Z")),
    ("20 de Jun de 2015 a la(s) 10:26 PDT", "2015-06-20", ("2015-06-20T17:26Z", "2015-06-21T05:26Z")),
    ("6 de Ago, 2019 às 6:40 PDT", "2019-08-06", ("2019-08-06T13:40Z", "2019-08-07T01:40Z")),
    ("19 Juil. 2020 à 5 :18 PDT", "2020-07-19", ("2020-07-19T12:18Z", "2020-07-20T00:18Z")),
    ("Wrz 27, 2017 o 1:37 PDT", "2017-09-27", ("2017-09-27T08:37Z", "2017-09-27T20:37Z")),
    ("8. Aug, 2018 kl. 7.35 PDT", "2018-08-08", ("2018-08-08T14:35Z", "2018-08-09T02:35Z")),
    ("Joulu 11, 2019 kello 11.37 PST", "2019-12-11", ("2019-12-11T19:37Z", "2019-12-12T07:37Z")),
    ("Ápr 28., 2020, időpont: 1:48 (PDT időzóna szerint)", "2020-04-28", ("2020-04-28T08:48Z", "2020-04-28T20:48Z")),
    ("21. Апр 2019. у 2:01 PDT", "2019-04-21", ("2019-04-21T09:01Z", "2019-04-21T21:01Z")),
    ("18 Авг 2019 в 8:43 PDT", "2019-08-18", ("2019-08-18T15:43Z", "2019-08-19T03:43Z")),
    ("Ноя 4 2016 в 8:35 PDT", "2016-11-04", ("2016-11-04T15:35Z", "2016-11-05T03:35Z")),
    ("Дек 22, 2017 at 1:04 PST", "2017-12-22", ("2017-12-22T09:04Z", "2017-12-22T21:04Z")),
    ("22 Mar 2019 jam 3:09 PDT", "2019-03-22", ("2019-03-22T10:09Z", "2019-03-22T22:09Z")),
]


@pytest.mark.parametrize(("text", "day", "options"), OPTIONS)
def test_a_twelve_hour_clock_leaves_two_minutes_open(text: str, day: str, options: tuple[str, str]) -> None:
    """Without am or pm the day is as printed, and both halves of it are named, the earlier first."""
    printed = read_printed(text, 0, zone=PACIFIC)
    assert printed is not None
    assert printed.moment == Moment(at=day, precision="day", options=options)


DAYS = [
    ("October 2, 2020", "2020-10-02"),
    ("Oct. 2 2020", "2020-10-02"),
    ("2 October 2020", "2020-10-02"),
    ("26. März 2017", "2017-03-26"),
    ("16 février 2018", "2018-02-16"),
    ("3 août 2017", "2017-08-03"),
    ("7 de junio de 2018", "2018-06-07"),
    ("5 de março de 2019", "2019-03-05"),
    ("21 dicembre 2017", "2017-12-21"),
    ("3 december 2014", "2014-12-03"),
    ("24 april 2019", "2019-04-24"),
    ("4 stycznia 2016", "2016-01-04"),
    ("16 Eylül 2024", "2024-09-16"),
    ("23 марта 2019 г.", "2019-03-23"),
    ("2026-09-08", "2026-09-08"),
    ("14 de Ene de 2017", "2017-01-14"),
    ("February 29, 2020", "2020-02-29"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_printed_day_is_read(text: str, day: str) -> None:
    """A date alone is a day, in the languages and orders that platforms print."""
    printed = read_printed(text, 0)
    assert printed is not None
    assert printed.moment == Moment(at=day, precision="day")


@pytest.mark.parametrize("text", [text for text, _ in DAYS if not text.endswith("г.")] + [text for text, _ in MINUTES])
def test_a_printed_date_ends_where_its_text_does(text: str) -> None:
    """What is glued to a date is not of it; `Uhr` says nothing that the clock does not."""
    bare = text.removesuffix(" Uhr")
    printed = read_printed(f"Then {bare}Updated, 5:30", len("Then "), zone=PACIFIC)
    assert printed is not None
    assert printed.end == len(f"Then {bare}")


@pytest.mark.parametrize(
    "text",
    [
        *("", "February 30, 2020", "February 29, 2019", "Oct 32, 2020", "Oct 0, 2020", "Oct 2, 1820", "Oct 2, 2120"),
        *("Octobre-ish 2, 2020", "Smarch 13, 2020", "2020-13-01", "2020-00-10", "2020-02-30", "2020-09-081"),
        *("2, 2020", "Oct 2020", "Oct 2 20", "on Oct 2, 2020", "%месец %-ден 2020"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """An impossible day, a word that is no month and a date that begins later are not read."""
    assert read_printed(text, 0, zone=PACIFIC) is None


@pytest.mark.parametrize("clock", ["25:00", "13:05pm", "0:30am", "4:60", "4:6", "99:99 PDT"])
def test_an_impossible_clock_leaves_the_day(clock: str) -> None:
    """The day stands where the clock beside it cannot be."""
    printed = read_printed(f"Oct 2, 2020 at {clock}", 0, zone=PACIFIC)
    assert printed is not None
    assert (printed.moment, printed.end) == (Moment(at="2020-10-02", precision="day"), len("Oct 2, 2020"))


def test_a_clock_without_any_zone_says_no_more_than_its_day() -> None:
    """A platform without a zone of its own prints the time of whoever copied the embed."""
    printed = read_printed("Oct 2, 2020 at 4:16 AM", 0, zone=None)
    assert printed is not None
    assert printed.moment == Moment(at="2020-10-02", precision="day")


@pytest.mark.parametrize(
    ("word", "language", "months"),
    [
        ("Oct", None, {10}),
        ("OCTOBER", None, {10}),
        ("Sept.", None, {9}),
        ("listopad", None, {10, 11}),
        ("listopad", "hr", {10}),
        ("listopad", "pl", {11}),
        ("Mär", "de", {3}),
        ("Mai", "xx", {5}),
        ("October", "de", {10}),
        ("Smarch", None, set()),
        ("12", None, set()),
    ],
)
def test_what_months_a_word_can_mean(word: str, language: str | None, months: set[int]) -> None:
    """The language narrows a word down where it has it; a word of no language is no month."""
    assert month_numbers(word, language) == months


def test_an_ambiguous_month_is_no_date() -> None:
    """What is October in one language and November in another is not guessed."""
    assert read_printed("2 listopad 2020", 0) is None
    assert read_printed("2 listopad 2020", 0, language="hr") is not None


@given(
    day=st.dates(min_value=datetime(1950, 1, 1, tzinfo=UTC).date(), max_value=datetime(2099, 1, 1, tzinfo=UTC).date())
)
def test_any_english_day_is_read_back(day: datetime) -> None:
    """Every day of the calendar, printed the English way, is that day."""
    printed = read_printed(f"{day:%b} {day.day}, {day.year}", 0)
    assert printed is not None
    assert printed.moment.at == day.isoformat()


@given(st.text(max_size=60), st.integers(0, 60))
def test_reading_print_never_raises(text: str, start: int) -> None:
    """Any text is a date or none, from any offset."""
    printed = read_printed(text, start, zone=PACIFIC)
    assert printed is None or start < printed.end <= len(text)
