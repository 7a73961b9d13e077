"""Printed times beside decoded ones: how near they are, and what explains the difference."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.times import PACIFIC, Comparison, Moment, compare, iso, read_printed, shortcode_time

AHEAD = shortcode_time.ahead


def compared(text: str, at: str) -> Comparison:
    """What comes of a time as Instagram prints it, and a second that an id holds."""
    printed = read_printed(text, 0, zone=PACIFIC)
    return compare(printed and printed.moment, Moment(at, "second"), ahead=AHEAD, zone=PACIFIC, text=text)


MINUTE = "Oct 2, 2020 at 4:16am PDT"

CASES = [
    # Within the windows.
    (MINUTE, "2020-10-02T11:16:00Z", 0, "core", None),
    (MINUTE, "2020-10-02T11:16:59Z", 0, "core", None),
    (MINUTE, "2020-10-02T11:15:30Z", -30, "core", None),
    (MINUTE, "2020-10-02T11:15:29Z", -31, "wide", "late upload"),
    (MINUTE, "2020-10-02T11:01:00Z", -900, "wide", "late upload"),
    (MINUTE, "2020-10-02T11:00:59Z", -901, None, "unexplained"),
    (MINUTE, "2020-10-02T11:17:00Z", 1, None, "unexplained"),
    ("11. Okt 2017 um 0:31 Uhr", "2017-10-11T07:31:20Z", 0, "core", None),
    # A 12-hour clock without am and pm, and one that was read as the wrong half.
    ("6 de Ago, 2019 às 6:40 PDT", "2019-08-07T01:40:12Z", 0, "core", "12-hour clock"),
    ("6 de Ago, 2019 às 6:40 PDT", "2019-08-06T13:39:50Z", -10, "core", "12-hour clock"),
    ("6 de Ago, 2019 às 6:40 PDT", "2019-08-07T01:30:00Z", -600, "wide", "12-hour clock"),
    ("6 de Ago, 2019 às 6:40 PDT", "2019-08-06T20:00:00Z", -20400, None, "unexplained"),
    (MINUTE, "2020-10-02T23:16:31Z", 43172, None, "12-hour clock"),
    (MINUTE, "2020-10-01T23:16:31Z", -43169, None, "12-hour clock"),
    # The other season's name of the zone.
    ("Jan 2, 2020 at 4:16am PDT", "2020-01-02T12:16:31Z", 3572, None, "zone out of season"),
    ("Jul 2, 2020 at 4:16am PST", "2020-07-02T11:16:31Z", -3569, None, "zone out of season"),
    ("3 Jan 2020 às 4:16 PDT", "2020-01-04T00:16:31Z", 3572, None, "zone out of season"),
    ("Jan 2, 2020 at 4:16am PST", "2020-01-02T13:16:31Z", 3572, None, "unexplained"),
    ("Jul 2, 2020 at 4:16am PDT", "2020-07-02T10:16:31Z", -3569, None, "unexplained"),
    # The number of the month in place of the day.
    ("Nov 11, 2013 at 4:16am PST", "2013-11-23T12:16:31Z", 1036772, None, "day printed as month"),
    ("Mar 3, 2012 at 11:50pm PST", "2012-03-30T07:50:31Z", 2246372, None, "day printed as month"),
    ("5 de Mai, 2014 às 6:40 PDT", "2014-05-22T01:40:12Z", 1382353, None, "day printed as month"),
    ("Nov 11, 2013 at 4:16am PST", "2013-11-11T12:16:31Z", 0, "core", None),
    ("Nov 11, 2016 at 4:16am PST", "2016-11-23T12:16:31Z", 1036772, None, "unexplained"),
    ("Nov 12, 2013 at 4:16am PST", "2013-11-23T12:16:31Z", 950372, None, "unexplained"),
    ("Nov 11, 2013 at 4:16am PST", "2013-12-23T12:16:31Z", 3628772, None, "unexplained"),
    # What cannot be read.
    ("%месец %-ден %година в %-часа:%минути", "2017-02-02T11:39:01Z", None, None, "template not filled"),
    ("{month} {day}, {year}", "2017-02-02T11:39:01Z", None, None, "template not filled"),
    ("the other day", "2017-02-02T11:39:01Z", None, None, "unexplained"),
    # A day without a clock is one of the zone.
    ("Oct 2, 2020", "2020-10-03T06:59:59Z", 0, "core", None),
    ("Oct 2, 2020", "2020-10-02T06:59:59Z", -1, "core", None),
    ("Oct 2, 2020", "2020-10-03T07:00:00Z", 1, None, "unexplained"),
]


@pytest.mark.parametrize(("text", "at", "distance", "within", "cause"), CASES)
def test_print_and_id_are_compared(
    text: str, at: str, distance: int | None, within: str | None, cause: str | None
) -> None:
    """The distance in seconds, the window it falls into, and the cause of what is not as printed."""
    told = compared(text, at)
    assert (told.distance, told.within, told.cause) == (distance, within, cause)


@pytest.mark.parametrize(
    ("at", "distance", "within", "cause"),
    [
        ("2020-10-02T00:00:00.000Z", 0, "core", None),
        ("2020-10-02T23:59:59.999Z", 0, "core", None),
        ("2020-10-03T00:00:00.000Z", 1, None, "unexplained"),
        ("2020-10-01T23:59:59.999Z", -1, None, "unexplained"),
    ],
)
def test_a_day_of_x_is_one_of_utc(at: str, distance: int, within: str | None, cause: str | None) -> None:
    """X prints the UTC day, and gives out the id when it publishes: nothing beside the day fits."""
    told = compare(Moment("2020-10-02", "day"), Moment(at, "millisecond"))
    assert (told.distance, told.within, told.cause) == (distance, within, cause)


@pytest.mark.parametrize(
    ("printed", "at", "distance"),
    [
        (Moment("2020-10", "month"), "2020-10-31T23:59:59Z", 0),
        (Moment("2020-12", "month"), "2021-01-01T00:00:00Z", 1),
        (Moment("2020", "year"), "2020-12-31T23:59:59Z", 0),
        (Moment("2020", "year"), "2019-12-31T23:59:59Z", -1),
        (Moment("2020-10-02T11:16:31Z", "second"), "2020-10-02T11:16:31Z", 0),
        (Moment("2020-10-02T11:16:31Z", "second"), "2020-10-02T11:16:11Z", -20),
    ],
)
def test_a_time_is_as_long_as_it_is_precise(printed: Moment, at: str, distance: int) -> None:
    """A month and a year are compared whole, a second of markup as its minute."""
    assert compare(printed, Moment(at, "second")).distance == distance


def test_the_half_that_fits_is_named() -> None:
    """Of the two minutes that a 12-hour clock leaves open the nearer is what was compared."""
    assert compared("6 de Ago, 2019 às 6:40 PDT", "2019-08-07T01:40:12Z").printed == datetime(
        2019, 8, 7, 1, 40, tzinfo=UTC
    )


MOMENTS = st.datetimes(datetime(2012, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(printed=MOMENTS, late=st.integers(-86_400 * 40, 86_400 * 40))
def test_what_agrees_is_what_lies_in_the_window(printed: datetime, late: int) -> None:
    """Within and distance say the same, and nothing in the core needs a cause."""
    minute = printed.replace(second=0, microsecond=0)
    told = compare(
        Moment(iso(minute, "minute"), "minute"),
        Moment(iso(minute + timedelta(seconds=late), "second"), "second"),
        ahead=AHEAD,
        zone=PACIFIC,
    )
    assert told.distance == (late if late < 0 else max(0, late - 59))
    assert told.within == (None if not -900 <= late < 60 else "wide" if late < -30 else "core")
    assert (told.cause is None) == (told.within == "core")
