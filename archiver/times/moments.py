"""Moments: times that were read, as ISO 8601 strings that are as long as they are precise."""

from datetime import UTC, datetime
from typing import NamedTuple

from archiver.records import Precision


def iso(moment: datetime, precision: Precision) -> str:
    """Write an aware datetime in UTC, cut to its precision.

    >>> iso(datetime.fromisoformat("2020-10-02T04:16-07:00"), "minute")
    '2020-10-02T11:16Z'
    """
    text = moment.astimezone(UTC).isoformat(timespec=_TIMESPECS[precision])
    length = {"year": 4, "month": 7, "day": 10}.get(precision)
    return text[:length] if length else f"{text[:-6]}Z"


_TIMESPECS = {
    "year": "minutes",
    "month": "minutes",
    "day": "minutes",
    "minute": "minutes",
    "second": "seconds",
    "millisecond": "milliseconds",
}


class Moment(NamedTuple):
    """A time that was read: `at` as in `records`, with the two UTC minutes that a 12-hour clock may leave open."""

    at: str
    precision: Precision
    options: tuple[str, str] | None = None


def read_datetime(value: str) -> Moment | None:
    """Read a `datetime` attribute (HTML, a valid date string or global date and time).

    A time without an offset has no certain UTC value, so only its day is kept. A year in which nothing was posted, as
    programs write for no time (0001, 9999), is no time, as in print.

    >>> read_datetime("2017-08-08T14:58:44+00:00").at
    '2017-08-08T14:58:44Z'
    """
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if not 1900 <= moment.year < 2100:
        return None
    if moment.tzinfo is None:
        return Moment(at=moment.date().isoformat(), precision="day")
    return Moment(at=iso(moment, "second"), precision="second")
