"""Windows: when a post can have got its id, given the time that an embed prints of it."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from archiver.platforms import BY_NAME
from archiver.records import Embed
from archiver.times import Moment, other_days, printed_windows
from archiver.times.compare import EASTERNMOST, WESTERNMOST

MS = timedelta(milliseconds=1)


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


def windows(embed: Embed) -> tuple[Window, ...]:
    """When the id of the embedded post can have been given out: none if no day is printed, two if a 12-hour clock
    leaves two minutes open.

    A day without a clock is the platform's own where that is known, and any place's where it is not (Bluesky prints
    the day of whoever copied the code). Where Instagram may have printed the month's number in place of the day, each
    other day of that month has a window too.
    """
    if embed.posted_at is None or embed.precision in {None, "year", "month"}:
        return ()
    platform, printed = BY_NAME[embed.platform], Moment(embed.posted_at, embed.precision, embed.posted_at_options)
    zone = platform.day_zone or platform.zone
    mostly, most = ahead_ms(embed.platform)
    by_day = printed.precision == "day" and not printed.options
    spans = [(unix_ms(span.start), unix_ms(span.end)) for span in printed_windows(printed, zone or UTC)]
    if by_day:
        before, after = (0, 0) if zone else (EASTERNMOST // MS, WESTERNMOST // MS)
        return tuple(Window(s - before, s - before, s - before, e + after, by_day=True) for s, e in spans)
    shifts = [by // MS for by in other_days(printed, zone)] if zone else []
    return (
        *(Window(start - most, start - mostly, start, end) for start, end in spans),
        *(Window(s + by - mostly, s + by - mostly, s + by, e + by) for s, e in spans for by in shifts),
    )


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
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // MS
