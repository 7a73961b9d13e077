"""Windows: when a post can have got its id, given the time that an embed prints of it."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from archiver.platforms import BY_NAME
from archiver.times import SWAPPED_YEARS, Moment, iso, other_days, printed_windows
from archiver.times.compare import EASTERNMOST, WESTERNMOST

UNIX = datetime(1970, 1, 1, tzinfo=UTC)

MS, DAY = timedelta(milliseconds=1), timedelta(days=1)


class Window(NamedTuple):
    """Moments in milliseconds of Unix time: an id is from `core` on as a rule, from `wide` on at the earliest.

    `printed` to `end` (exclusive) is what was printed, a minute or a day; `by_day` says that it is a day, so that a
    window holds all that was posted on it.
    """

    wide: int
    core: int
    printed: int
    end: int
    by_day: bool = False

    def holds(self, at: int) -> bool:
        """Whether an id of that moment is as early as they are as a rule, and no later than printed."""
        return self.core <= at < self.end

    def reaches(self, at: int) -> bool:
        """Whether an id of that moment is as early as any was, and no later than printed."""
        return self.wide <= at < self.end

    def distance(self, at: int) -> float:
        """Seconds from what is printed to an id's moment that the window reaches: negative before it, 0 within it."""
        return round(min(0, at - self.printed) / 1000, 3)


def windows(platform: str, printed: Moment | None) -> tuple[Window, ...]:
    """When the id of a post can have been given out of which that time is printed: none if no day is, two if a
    12-hour clock leaves two minutes open.

    A day without a clock is the platform's own where that is known, and any place's where it is not (Bluesky prints
    the day of whoever copied the code). Where Instagram may have printed the month's number in place of the day, each
    other day of that month has a window too.
    """
    if printed is None or printed.precision in {"year", "month"}:
        return ()
    clock_zone = BY_NAME[platform].zone
    zone = BY_NAME[platform].day_zone or clock_zone
    mostly, most = ahead_ms(platform)
    spans = [(unix_ms(span.start), unix_ms(span.end)) for span in printed_windows(printed, zone or UTC)]
    if printed.precision == "day" and not printed.options:
        before, after = (0, 0) if zone else (EASTERNMOST // MS, WESTERNMOST // MS)
        return tuple(Window(s - before, s - before, s - before, e + after, by_day=True) for s, e in spans)
    shifts = [by // MS for by in other_days(printed, clock_zone)] if clock_zone else []
    return tuple(Window(s + by - most, s + by - mostly, s + by, e + by) for by in (0, *shifts) for s, e in spans)


def printed_days(platform: str, at: int) -> tuple[tuple[str, str], ...]:
    """The days (ISO, both inclusive) between which any time is printed one of whose `windows` reaches a moment."""
    moment = from_unix_ms(at)
    days = [moment.date(), *_misprints(platform, moment)]
    return tuple(((day - DAY).isoformat(), (day + DAY).isoformat()) for day in dict.fromkeys(days))


def printed_minutes(platform: str, at: int) -> tuple[tuple[str, str], ...]:
    """The minutes (ISO without zone, both inclusive) between which any clock time is printed one of whose `windows`
    reaches a moment."""
    moment = from_unix_ms(at)
    latest = moment + timedelta(milliseconds=ahead_ms(platform)[1])
    misprints = {day - moment.date() + by for day in _misprints(platform, moment) for by in (-DAY, timedelta(0), DAY)}
    return tuple(
        (iso(moment - timedelta(minutes=1) + by, "minute")[:-1], iso(latest + by, "minute")[:-1])
        for by in (timedelta(0), *sorted(misprints - {timedelta(0)}))
    )


def _misprints(platform: str, moment: datetime) -> list[date]:
    """The days that are printed where the month's number stands in place of the day, as far as the zone is known."""
    if not BY_NAME[platform].zone:
        return []
    near = (moment - DAY, moment, moment + DAY)
    return [date(day.year, day.month, day.month) for day in near if day.year in SWAPPED_YEARS]


def ahead_ms(platform: str) -> tuple[int, int]:
    """By how much an id of a platform may be older than the time that is printed: mostly, and at most."""
    clock = BY_NAME[platform].id_time
    mostly, most = clock.ahead if clock else (0, 0)
    return mostly * 1000, most * 1000


def unix_ms(moment: datetime) -> int:
    """A moment in milliseconds of Unix time.

    >>> unix_ms(datetime.fromisoformat("1970-01-01T00:01:00.295Z"))
    60295
    """
    return (moment - UNIX) // MS


def from_unix_ms(ms: int) -> datetime:
    """The moment (UTC) that so many milliseconds of Unix time are."""
    return UNIX + timedelta(milliseconds=ms)
