"""Windows: when a post can have got its id, given the time that an embed prints of it."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from archiver.platforms import BY_NAME
from archiver.records import Embed

SECOND_MS, MINUTE_MS, DAY_MS = 1_000, 60_000, 86_400_000

LATE_MS = 1_000
"""How much later than a `datetime` of whole seconds: 1 of 91 posts, by 0.15 s beyond its second (`facts.md` §1)."""

MONTH_AS_DAY_YEARS = range(2010, 2016)
"""Instagram's embed codes of these years may print the month's number in place of the day (`facts.md` §0.2)."""

# The earliest and the latest offsets from UTC in use (tz database: Pacific/Kiritimati, Etc/GMT+12).
_EASTERNMOST, _WESTERNMOST = timedelta(hours=14), timedelta(hours=12)


class Window(NamedTuple):
    """Moments in milliseconds of Unix time: an id is from `core` on as a rule, from `wide` on at the earliest.

    `printed` to `end` (exclusive) is what was printed, a second, a minute or a day; `by_day` says that it is a day,
    so that a window holds all that was posted on it.
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
    platform = BY_NAME[embed.platform]
    ahead = ahead_ms(embed.platform)
    if embed.posted_at_options:
        return tuple(_from(unix_ms(minute), MINUTE_MS, ahead) for minute in embed.posted_at_options)
    if embed.posted_at is None or embed.precision in {None, "year", "month"}:
        return ()
    if embed.precision == "day":
        return (_whole_day(date.fromisoformat(embed.posted_at), platform.day_zone or platform.zone),)
    if embed.precision == "minute":
        start = unix_ms(embed.posted_at)
        return (_from(start, MINUTE_MS, ahead), *_of_other_days(start, platform.zone, ahead))
    return (_from(unix_ms(embed.posted_at), SECOND_MS + LATE_MS, ahead),)


def unix_ms(at: str) -> int:
    """A moment in UTC as records write it, in milliseconds of Unix time.

    >>> unix_ms("1970-01-01T00:01Z"), unix_ms("2020-10-02T11:16:17.295Z") % 1000
    (60000, 295)
    """
    moment = datetime.fromisoformat(at)
    return int(moment.replace(microsecond=0).timestamp()) * 1000 + moment.microsecond // 1000


def ahead_ms(platform: str) -> tuple[int, int]:
    """By how much an id of a platform may be older than the time that is printed: mostly, and at most."""
    clock = BY_NAME[platform].id_time
    mostly, most = clock.ahead if clock else (0, 0)
    return mostly * 1000, most * 1000


def _from(start: int, length: int, ahead: tuple[int, int]) -> Window:
    mostly, most = ahead
    return Window(start - most, start - mostly, start, start + length)


def _of_other_days(minute: int, zone: tzinfo | None, ahead: tuple[int, int]) -> tuple[Window, ...]:
    """The same minute of the month's other days, where the day may be a slip for the month's number."""
    if zone is None:
        return ()
    printed = datetime.fromtimestamp(minute // 1000, zone)
    if printed.day != printed.month or printed.year not in MONTH_AS_DAY_YEARS:
        return ()
    days = (printed.replace(day=day) for day in range(1, monthrange(printed.year, printed.month)[1] + 1))
    starts = (int(day.timestamp()) * 1000 for day in days if day != printed)
    return tuple(_from(start, MINUTE_MS, (ahead[0], ahead[0])) for start in starts)


def _whole_day(day: date, zone: tzinfo | None) -> Window:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone or UTC)
    start = int(midnight.timestamp()) * 1000
    end = int((midnight + timedelta(days=1)).timestamp()) * 1000
    if zone is None:
        start -= int(_EASTERNMOST.total_seconds()) * 1000
        end += int(_WESTERNMOST.total_seconds()) * 1000
    return Window(start, start, start, end, by_day=True)
