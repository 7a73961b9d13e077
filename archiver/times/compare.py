"""Comparison of the time that an embed prints with the time that the post's id holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from archiver.times.moments import Moment
from archiver.times.printed import PACIFIC

Within = Literal["core", "wide"]
Cause = Literal[
    "late upload",
    "12-hour clock",
    "zone out of season",
    "day printed as month",
    "template not filled",
    "unexplained",
]

COARSE = frozenset({"day", "month", "year"})
EASTERNMOST, WESTERNMOST = timedelta(hours=14), timedelta(hours=12)  # ahead of UTC and behind it (tz database)
HALF_DAY, HOUR = timedelta(hours=12), timedelta(hours=1)
SWAPPED_YEARS = range(2010, 2016)  # of posts whose embed code printed the month's number as the day (`facts.md` §0.2)
_PLACEHOLDER = re.compile(r"%[^\W\d_]{2,}|\{\{?\w+\}?\}")  # `%месец %-ден %година`


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A printed time as the span of UTC that it means: from `start` up to, but not including, `end`."""

    start: datetime
    end: datetime

    def shifted(self, by: timedelta) -> "Window":
        """The same span, earlier or later."""
        return Window(start=self.start + by, end=self.end + by)

    def distance(self, at: datetime) -> int:
        """Seconds from the span to a moment, rounded away from it: negative before, 0 inside, positive after."""
        if at < self.start:
            return (at - self.start) // timedelta(seconds=1)
        return 0 if at < self.end else (at - self.end) // timedelta(seconds=1) + 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """How a decoded time lies to a printed one.

    `distance` are the seconds from the printed minute or day to the decoded moment: negative where that is earlier, 0
    inside; None where no time could be read from print. `within` says how near is near enough: an id is mostly given
    out at most `ahead[0]` seconds before the printed time (core), and always at most `ahead[1]` (wide). `cause`
    explains what is not as printed. `printed` is the start of the printed minute or day that was compared: of the two
    that a 12-hour clock leaves open the nearer.
    """

    distance: int | None
    within: Within | None
    cause: Cause | None
    printed: datetime | None = None


def compare(
    printed: Moment | None,
    decoded: Moment,
    *,
    ahead: tuple[int, int] = (0, 0),
    zone: tzinfo = UTC,
    text: str | None = None,
) -> Comparison:
    """Compare the time that an embed prints, or None if it could not be read, with the one its id holds.

    `ahead` are the platform's (`IdClock.ahead`), `zone` that of the days it prints, `text` the words of the print.
    The decoded time has at least the precision of a second. The causes are, in this order:

    - `template not filled`: the print has placeholders in place of numbers;
    - `12-hour clock`: one of the two minutes that a clock without am and pm leaves open fits, or the printed one is
      off by exactly half a day;
    - `late upload`: the id was given out earlier than is usual, and not earlier than is known to happen;
    - `zone out of season`: PDT is printed in winter or PST in summer, and the time is off by exactly one hour;
    - `day printed as month`: the day is the number of the month, and another day of that month fits (2010 to 2015);
    - `unexplained`: none of these.

    >>> told = compare(Moment("2020-10-02T11:16Z", "minute"), Moment("2020-10-02T11:12:31Z", "second"), ahead=(30, 900))
    >>> told.distance, told.within, told.cause
    (-209, 'wide', 'late upload')
    """
    if printed is None:
        cause: Cause = "template not filled" if _PLACEHOLDER.search(text or "") else "unexplained"
        return Comparison(distance=None, within=None, cause=cause)
    at = datetime.fromisoformat(decoded.at)
    windows = printed_windows(printed, zone)
    window = min(windows, key=lambda each: abs(each.distance(at)))
    within = _within(window, at, ahead)
    found: Cause | None = "late upload" if within == "wide" else None
    if within is None:
        found = _explain(windows, at, ahead, _shifts(printed, at, zone, text))
    elif printed.options:
        found = "12-hour clock"
    return Comparison(distance=window.distance(at), within=within, cause=found, printed=window.start)


def printed_windows(printed: Moment, zone: tzinfo = UTC) -> tuple[Window, ...]:
    """The span that a printed time means, or the two that a 12-hour clock leaves open.

    A minute or a second is a minute long, as `facts.md` §0.1 measured; a day is one of `zone`, a month and a year too.
    """
    if printed.options:
        return tuple(_minute(option) for option in printed.options)
    if printed.precision not in COARSE:
        return (_minute(printed.at),)
    year, month, day = (int(part) for part in f"{printed.at}-01-01".split("-")[:3])
    first = date(year, month, day)
    after = {"day": first + timedelta(days=1), "month": _next_month(first), "year": date(year + 1, 1, 1)}
    return (Window(start=_midnight(first, zone), end=_midnight(after[printed.precision], zone)),)


def _minute(at: str) -> Window:
    start = datetime.fromisoformat(at)
    return Window(start=start, end=start + timedelta(minutes=1))


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _within(window: Window, at: datetime, ahead: tuple[int, int]) -> Within | None:
    core, wide = ahead
    if -core <= window.distance(at) <= 0:
        return "core"
    return "wide" if -wide <= window.distance(at) <= 0 else None


def _explain(
    windows: Sequence[Window], at: datetime, ahead: tuple[int, int], shifts: Iterable[tuple[Cause, timedelta]]
) -> Cause:
    """The first misprint that, put right, makes the times fit."""
    for cause, by in shifts:
        if any(_within(window.shifted(by), at, ahead) for window in windows):
            return cause
    return "unexplained"


def _shifts(printed: Moment, at: datetime, zone: tzinfo, text: str | None) -> Iterator[tuple[Cause, timedelta]]:
    """By how much each known misprint is off."""
    yield from (("zone out of season", by) for by in _seasons(printed, at, text))
    yield from (("12-hour clock", by) for by in _half_days(printed))
    yield from (("day printed as month", by) for by in other_days(printed, zone))


def _seasons(printed: Moment, at: datetime, text: str | None) -> Iterator[timedelta]:
    """How far a clock is off that was printed with the name that the Pacific zone has in the other season."""
    is_summer = bool(at.astimezone(PACIFIC).dst())
    named = text is None or ("PST" if is_summer else "PDT") in text
    if named and (printed.options or printed.precision not in COARSE):
        yield -HOUR if is_summer else HOUR


def _half_days(printed: Moment) -> Iterator[timedelta]:
    """How far a clock is off that was read as the wrong half of the day."""
    if not printed.options and printed.precision not in COARSE:
        yield from (-HALF_DAY, HALF_DAY)


def other_days(printed: Moment, zone: tzinfo) -> Iterator[timedelta]:
    """From a printed day of `zone` to each other of its month, if it is the number of the month (2010 to 2015)."""
    if printed.precision in {"month", "year"}:
        return
    day = date.fromisoformat(printed.at) if printed.precision == "day" else _day_in(printed.at, zone)
    if day.year in SWAPPED_YEARS and day.day == day.month:
        days_of_month = (_next_month(day.replace(day=1)) - day.replace(day=1)).days
        yield from (timedelta(days=number - day.day) for number in range(1, days_of_month + 1) if number != day.day)


def certain_of(printed: Moment, zone: tzinfo) -> Moment:
    """What a printed time of `zone` says for certain: of a day that may be the number of its month only the month.

    >>> certain_of(Moment("2014-11-11T14:00Z", "minute"), PACIFIC).at
    '2014-11'
    >>> certain_of(Moment("2014-11-12T14:00Z", "minute"), PACIFIC).at
    '2014-11-12T14:00Z'
    """
    if not any(other_days(printed, zone)):
        return printed
    day = printed.at if printed.precision == "day" else _day_in(printed.at, zone).isoformat()
    return Moment(at=day[:7], precision="month")


def _day_in(at: str, zone: tzinfo) -> date:
    return datetime.fromisoformat(at).astimezone(zone).date()
