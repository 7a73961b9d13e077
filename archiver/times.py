"""Dates hidden in ids and dates in print, as ISO 8601 strings that are as long as they are precise."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from archiver.records import Precision

BASE64URL = {c: i for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")}
INSTAGRAM_EPOCH_MS = 1_314_220_021_721  # "Sharding & IDs at Instagram", Instagram Engineering, 2012
SNOWFLAKE_EPOCH_MS = 1_288_834_974_657  # twitter-archive/snowflake, IdWorker.scala
FIRST_SNOWFLAKE = 1 << 48  # ids were sequential before 2010-11-04; nothing between 3e10 and here was ever given out
LONGEST_STATUS_ID = 20  # digits of a 64-bit number; Python refuses to read more than 4,300
PRIVATE_SUFFIX = 28  # characters that a private post's shortcode has behind the public ones (yt-dlp, same rule)

PACIFIC = ZoneInfo("America/Los_Angeles")
ZONES = {"PDT": timezone(timedelta(hours=-7)), "PST": timezone(timedelta(hours=-8))}

# The languages whose month names are understood wherever a date is printed: those of the platforms' own embed code.
MONTH_LANGUAGES = (
    "en es pt fr de it nl sv da nb fi pl cs sk hu hr sr sr_Latn sl bg ro tr ru uk el he ar fa hi bn th vi id ms fil "
    "ca eu et lv lt is"
)
# Spellings of the platforms that CLDR does not have (`markers.md` §1.6: Instagram's three-letter cuts).
MONTH_EXTRAS = {
    "sept": 9,
    "mär": 3,
    "mrz": 3,
    "okt": 10,
    "dez": 12,
    "juil": 7,
    "août": 8,
    "févr": 2,
    "ágo": 8,
    "ноя": 11,
}


def iso(moment: datetime, precision: Precision) -> str:
    """Write an aware datetime in UTC, cut to its precision.

    >>> iso(datetime(2020, 10, 2, 4, 16, tzinfo=ZONES["PDT"]), "minute")
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


def shortcode_time(code: str) -> str | None:
    """The moment an Instagram or Threads shortcode was allocated, in UTC to the millisecond.

    None for the sequential ids before 24 August 2011 (under nine characters) and for what is no shortcode.
    The allocation is the upload: up to 11 minutes before publication among 91 real posts (`facts.md` §1).

    >>> shortcode_time("BCntbEZoaBx")
    '2016-03-06T17:46:20.044Z'
    """
    public = code[:-PRIVATE_SUFFIX] if len(code) > PRIVATE_SUFFIX else code
    if not 9 <= len(public) <= 12 or not set(public) <= BASE64URL.keys():
        return None
    number = 0
    for character in public:
        number = number << 6 | BASE64URL[character]
    return _milliseconds((number >> 23) + INSTAGRAM_EPOCH_MS)


def snowflake_time(status_id: str) -> str | None:
    """The moment an X status id was given out, in UTC to the millisecond; None before 4 November 2010.

    >>> snowflake_time("1196847767764815872")
    '2019-11-19T17:48:38.848Z'
    """
    if not status_id.isascii() or not status_id.isdigit() or len(status_id) > LONGEST_STATUS_ID:
        return None
    if not FIRST_SNOWFLAKE <= int(status_id) < 1 << 63:
        return None
    return _milliseconds((int(status_id) >> 22) + SNOWFLAKE_EPOCH_MS)


_CENTURY_MS = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()) * 1000


def _milliseconds(ms: int) -> str | None:
    if ms >= _CENTURY_MS:
        return None
    return iso(datetime.fromtimestamp(ms // 1000, UTC) + timedelta(milliseconds=ms % 1000), "millisecond")


class Moment(NamedTuple):
    """A time that was read: `at` as in `records`, with the two UTC minutes that a 12-hour clock may leave open."""

    at: str
    precision: Precision
    options: tuple[str, str] | None = None


def read_datetime(value: str) -> Moment | None:
    """Read a `datetime` attribute (HTML, a valid date string or global date and time).

    A time without an offset has no certain UTC value, so only its day is kept.

    >>> read_datetime("2017-08-08T14:58:44+00:00").at
    '2017-08-08T14:58:44Z'
    """
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        return Moment(at=moment.date().isoformat(), precision="day")
    try:
        return Moment(at=iso(moment, "second"), precision="second")
    except OverflowError:
        return None


# One printed date, in any language: a month is a word whose meaning the month table decides afterwards. Each form is
# anchored where the finder calls it, and has one way to match, so none can backtrack.
_MONTH = r"(?P<month>[^\W\d_][^\s\d,，()\[\]<>:]{1,14})"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(form.replace(" ", "[ \n]"))  # pages and mail wrap lines anywhere
    for form in (
        rf"{_MONTH},? {_DAY}\.?,? (?:de )?{_YEAR}",  # Oct 2, 2020 · Mai 8, 2016 · Ноя 3 2016
        rf"{_DAY}\.? (?:de )?{_MONTH},? (?:de )?{_YEAR}",  # 25. März 2017 · 6 de junio de 2018 · 1 Jun, 2019
        rf"{_YEAR}-(?P<number>\d\d)-{_DAY}(?!\d)",  # 2026-09-09
    )
)
# What stands between date and clock, in the languages of `markers.md` §1.6.
_AT = (
    r"at|um|om|op|a las?|a la\(s\)|às|as|à|alle ore|ore|kl\.?|klo|kello|kell|o|u|v|в|у|о|"
    r"jam|pukul|lúc|saat|เวลา|időpont:"
)
_CLOCK = re.compile(
    (
        rf"(?:[,.]? ?(?:{_AT}) ?|,? ?)"
        r"(?P<hour>\d{1,2})(?: ?: ?|[.h])(?P<minute>\d\d)(?!\d)"
        r"(?: ?(?P<half>[aApP])\.?[mM](?![a-z])\.?)?"
        r"(?: \(?(?P<zone>P[SD]T)\)?)?"  # pages glue their next word to it
    ).replace(" ", "[ \n]")
)


class Printed(NamedTuple):
    """A date read from print: its moment and the offset (exclusive) where its text ends."""

    moment: Moment
    end: int


def read_printed(text: str, start: int, *, language: str | None = None, zone: tzinfo | None = None) -> Printed | None:
    """Read the date, and the time if there is one, that is printed in `text` exactly at `start`.

    `language` narrows the month names where the wording around them is known. `zone` is the platform's own zone: it
    is used where the text names none, and without either a printed clock says no more than its day.

    >>> read_printed("Oct 2, 2020 at 4:16am PDT", 0, zone=PACIFIC).moment.at
    '2020-10-02T11:16Z'
    """
    for form in _DATES:
        if match := form.match(text, start):
            day = _calendar_day(match, language)
            if day is not None:
                return _with_clock(text, match.end(), day, zone)
    return None


def _calendar_day(match: re.Match[str], language: str | None) -> date | None:
    groups = match.groupdict()
    months = {int(groups["number"])} if "number" in groups else month_numbers(groups["month"], language)
    if len(months) != 1:
        return None
    try:
        return date(int(groups["year"]), min(months), int(groups["day"]))
    except ValueError:
        return None


def _with_clock(text: str, end: int, day: date, zone: tzinfo | None) -> Printed:
    whole_day = Moment(at=day.isoformat(), precision="day")
    clock = _CLOCK.match(text, end) if zone is not None else None
    if clock is None or zone is None:
        return Printed(moment=whole_day, end=end)
    hour, minute, half = int(clock["hour"]), int(clock["minute"]), (clock["half"] or "").lower()
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return Printed(moment=whole_day, end=end)
    zone = ZONES.get(clock["zone"], zone)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 12 and not clock["hour"].startswith("0"):
        options = (_utc_minute(day, hour % 12, minute, zone), _utc_minute(day, hour % 12 + 12, minute, zone))
        return Printed(moment=Moment(at=whole_day.at, precision="day", options=options), end=clock.end())
    return Printed(moment=Moment(at=_utc_minute(day, hour, minute, zone), precision="minute"), end=clock.end())


def _utc_minute(day: date, hour: int, minute: int, zone: tzinfo) -> str:
    return iso(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone), "minute")


def month_numbers(word: str, language: str | None = None) -> frozenset[int]:
    """The months a word can mean, 1 to 12, in one language or in all of `MONTH_LANGUAGES`; empty if none.

    >>> sorted(month_numbers("listopad")), sorted(month_numbers("listopad", "hr"))
    ([10, 11], [10])
    """
    key = word.casefold().rstrip(".")
    if language is not None and (known := _months(language).get(key)):
        return known
    return _months("en").get(key) or _all_months().get(key) or frozenset()


@cache
def _months(language: str) -> dict[str, frozenset[int]]:
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return {}
    names: dict[str, set[int]] = {}
    for widths in locale.months.values():
        for width in ("wide", "abbreviated"):
            for number, name in widths[width].items():
                names.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in names.items() if not name.isdigit()}


@cache
def _all_months() -> dict[str, frozenset[int]]:
    names = {name: {number} for name, number in MONTH_EXTRAS.items()}
    for language in MONTH_LANGUAGES.split():
        for name, numbers in _months(language).items():
            names.setdefault(name, set()).update(numbers)
    return {name: frozenset(numbers) for name, numbers in names.items()}
