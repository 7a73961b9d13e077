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
TIKTOK_FIRST = 1_472_688_000  # 1 September 2016, the month Douyin opened
LINKEDIN_FIRST_MS = 1_451_606_400_000  # 2016: what was checked are ids from then on (`facts.md` §1)
MASTODON_FIRST_MS = 1_506_816_000_000  # October 2017: ids were sequential before Mastodon 2.0 (pull request 4801)
BLUESKY_FIRST_MS = 1_668_643_200_000  # 17 November 2022, the day of the first posts
BASE32SORTABLE = {c: i for i, c in enumerate("234567abcdefghijklmnopqrstuvwxyz")}
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
    "अक्तूबर": 10,
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


def tiktok_time(video_id: str) -> str | None:
    """The second a TikTok id was given out, in UTC: its upper 32 bits (yt-dlp's 17 tests agree, `facts.md` §1).

    The upload: up to 11 seconds before publication, once 37. None for what is no TikTok id.

    >>> tiktok_time("7107337212743830830")
    '2022-06-09T20:18:17Z'
    """
    seconds = _number(video_id) >> 32
    if not TIKTOK_FIRST <= seconds < 1 << 31:
        return None
    return iso(datetime.fromtimestamp(seconds, UTC), "second")


def linkedin_time(activity_id: str) -> str | None:
    """The moment a LinkedIn activity, share or ugcPost id was given out, in UTC to the millisecond.

    Its upper bits are Unix milliseconds (checked against JSON-LD, `facts.md` §1); None before 2016.

    >>> linkedin_time("7075043149462556672")
    '2023-06-15T09:35:34.777Z'
    """
    ms = _number(activity_id) >> 22
    return _milliseconds(ms) if ms >= LINKEDIN_FIRST_MS else None


def mastodon_time(status_id: str) -> str | None:
    """The moment a Mastodon (or Truth Social) status id stands for, in UTC to the millisecond.

    Upper 48 bits, Unix milliseconds (mastodon, lib/mastodon/snowflake.rb); None for the sequential ids before
    version 2.0 and for those of other software.

    >>> mastodon_time("103270115826048975")
    '2019-12-08T03:48:33.849Z'
    """
    ms = _number(status_id) >> 16
    return _milliseconds(ms) if ms >= MASTODON_FIRST_MS else None


def tid_time(key: str) -> str | None:
    """The moment a Bluesky record key was made, in UTC to the millisecond (the AT protocol's TID: microseconds).

    The client makes it, so it is as right as the client's clock: within a second for 7 of 10 posts (`facts.md` §1).
    None before Bluesky's first posts, as imported posts have them, and for what is no TID.

    >>> tid_time("3l3vgf77uco2g")
    '2024-09-11T17:11:56.350Z'
    """
    if len(key) != 13 or key[0] not in "234567abcdefghij" or not set(key) <= BASE32SORTABLE.keys():
        return None
    number = 0
    for character in key:
        number = number << 5 | BASE32SORTABLE[character]
    ms = (number >> 10) // 1000
    return _milliseconds(ms) if ms >= BLUESKY_FIRST_MS else None


def _number(digits: str) -> int:
    """A decimal id that fits in 63 bits, or 0."""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 and int(digits) < 1 << 63 else 0


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
# anchored where the finder calls it, and has one way to match, so none can backtrack. `\d` and `int` take the digits
# of all scripts. Two doubled signs of months are Instagram's own slips (`9月月14日`, `5月 月 15`).
_MONTH = r"(?P<month>[^\W\d_][^\s\d,،，()\[\]<>:]{1,14})"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_ERA = r"(?:(?:de|del|năm|ค\.ศ\.|(?P<era>พ\.ศ\.)) ?)?"
_NUMBER = r"(?P<number>\d{1,2})"
_MOON = r" ?[月월](?: ?[月월])?"
_DATES = tuple(
    re.compile(form.replace(" ", "[ \n]"))  # pages and mail wrap lines anywhere
    for form in (
        rf"{_MONTH},? {_DAY}\.?[,،]? {_ERA}{_YEAR}",  # Oct 2, 2020 · Mai 8, 2016 · Ноя 9 2016 · Ápr 7., 2020
        # 25. März 2017 · 6 de junio de 2018 · 1 Jun, 2019 · 2 d’octubre de 2020 · ٢ أكتوبر، ٢٠٢٠ · 8 марта 2018 г.
        rf"{_DAY}\.? (?:de |d['’])?{_MONTH}[,،]? {_ERA}{_YEAR}(?:(?: ?[гр]\.)(?!\w))?",
        r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",  # 2026-09-09
        # 2018年5月9日 · 2018 年 9 月 7 日 · 2018년 12월 9일 · 2018 4월 9 · PST 2019 年 2月 月 2 日
        rf"(?:(?P<zone_before>P[SD]T) )?{_YEAR} {{0,2}}[年년]? {{0,2}}{_NUMBER}{_MOON} ?{_DAY}(?: ?[日일])?",
        rf"{_NUMBER}{_MOON},? {_DAY},? {_YEAR}",  # 1月 9, 2018
        rf"{_DAY}(?: ngày)? (?i:tháng|thg) {_NUMBER},?(?: năm)? {_YEAR}",  # 2 tháng 10, 2020
        rf"(?i:tháng|thg) {_NUMBER},? {_DAY},? {_YEAR}",  # Thg 10 2, 2020
        rf"{_YEAR}\.?(?: m\.)? {_MONTH} {_DAY}(?:\.(?! ?\d)|(?: d\.))?",  # 2020. október 2. · 2020 m. spalio 2 d.
    )
)
# What stands between date and clock, in the languages of `markers.md` §1.6.
_AT = (
    r"at|um|om|op|a las?|a la\(s\)|a les|às|as|à|alle ore|ore|alle|kl\.?|klo|kello|kell|o godz\.|o|u|v|ve|ob|в|у|о|об|"
    r"la ora|la|στις|jam|pukul|vào lúc|lúc|saat|เวลา|időpont:|ekkor:|nang|ng|في|الساعة|ساعت|در|ב-|בשעה|को|"
    r"tarihinde"
)
# A 12-hour clock's half, as CLDR writes it in all those languages and as Instagram glues it to the clock.
_HALF_EXTRAS = {"am": "a", "pm": "p", "a.m.": "a", "p.m.": "p", "a. m.": "a", "p. m.": "p", "오전": "a", "오후": "p"}


@cache
def _halves() -> dict[str, str]:
    """The words for the halves of a day in all languages, to `a` and `p`."""
    words = dict(_HALF_EXTRAS)
    for language in f"{MONTH_LANGUAGES} ja ko zh zh_Hant".split():
        for widths in Locale.parse(language).day_periods.values():
            for width in ("abbreviated", "wide"):
                for half in ("am", "pm"):
                    if word := widths.get(width, {}).get(half, ""):
                        words.setdefault(word.casefold().replace("\u200c", ""), half[0])
    return words


@cache
def _clock() -> re.Pattern[str]:
    # A half may be glued to what follows it only where its script has no spaces (Chinese, Japanese, Korean).
    half = "|".join(
        re.escape(word) + ("(?-i:(?![a-z]))" if word.isascii() else r"(?![^\W\d_])" if word[0] < "\u2e80" else "")
        for word in sorted(_halves(), key=lambda word: (-len(word), word))
    )
    form = (
        rf"(?:[,.]? ?(?:{_AT}) ?|,? ?)(?:(?P<half_before>(?i:{half})) ?)?"
        r"(?P<hour>\d{1,2})(?: ?: ?|[.h]|[時时点點시] ?)(?P<minute>\d\d)(?!\d)[分분]?"
        rf"(?: ?(?P<half>(?i:{half})))?(?P<uhr> Uhr(?!\w))?"
        r"(?: ?(?P<opened>\()?(?P<zone>P[SD]T)(?: időzóna szerint)?(?(opened)\)))?"
    )
    return re.compile(form.replace("\\ ", " ").replace(" ", "[ \n]"))


_YEAR_DOT = re.compile(r"\.(?=,? (?:[^\W\d_]{1,3} )?\d{1,2} ?[:.h] ?\d\d(?!\d))")  # 8. Мај 2018. у 7:14
BUDDHIST = 543  # years that the Thai calendar is ahead (CLDR's buddhist calendar)


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
    if (match := _ENGLISH.match(text, start)) and (quick := _read_english(match, zone)):
        return quick
    for form in _DATES:
        if match := form.match(text, start):
            day = _calendar_day(match, language)
            if day is not None:
                return _with_clock(text, match, day, language, zone)
    return None


# Most dates of most archives, at a third of the cost of the general forms, which read them alike.
_ENGLISH = re.compile(
    r"(?P<month>[A-Z][a-z]{2,8}) (?P<day>\d{1,2}), (?P<year>20\d\d)"
    r"(?: at (?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<half>[ap])m (?P<zone>P[SD]T))?"
)


def _read_english(match: re.Match[str], zone: tzinfo | None) -> Printed | None:
    """What an English date says with the clock that Instagram prints or, on platforms without one, alone."""
    month, day, year, hour, minute, half, printed_zone = match.groups()
    number = _months("en").get(month.lower())
    if number is None or (hour is None) is not (zone is None):
        return None
    try:
        moment = datetime(int(year), min(number), int(day), tzinfo=UTC)
    except ValueError:
        return None
    if hour is None:
        return Printed(Moment(moment.date().isoformat(), "day"), match.end())
    if not 1 <= int(hour) <= 12 or int(minute) > 59:
        return None
    hours = int(hour) % 12 + (12 if half == "p" else 0) + (7 if printed_zone == "PDT" else 8)
    at = (moment + timedelta(hours=hours, minutes=int(minute))).isoformat(timespec="minutes")
    return Printed(Moment(f"{at[:16]}Z", "minute"), match.end())


def _calendar_day(match: re.Match[str], language: str | None) -> date | None:
    groups = match.groupdict()
    months = month_numbers(groups["month"], language) if "month" in groups else {int(groups["number"])}
    year = int(groups["year"])
    if groups.get("era") or 2400 < year < 2700:
        year -= BUDDHIST
    if len(months) != 1 or not 1900 <= year < 2100:
        return None
    try:
        return date(year, min(months), int(groups["day"]))
    except ValueError:
        return None


def _with_clock(text: str, printed: re.Match[str], day: date, language: str | None, zone: tzinfo | None) -> Printed:
    whole_day = Moment(at=day.isoformat(), precision="day")
    end = printed.end()
    clock = (
        _clock().match(text, dot.end() if (dot := _YEAR_DOT.match(text, end)) else end) if zone is not None else None
    )
    if clock is None or zone is None:
        return Printed(moment=whole_day, end=end)
    hour, minute = int(clock["hour"]), int(clock["minute"])
    half = _halves().get((clock["half"] or clock["half_before"] or "").casefold())
    if hour > 23 or minute > 59 or (half and hour not in range(1, 13)):
        return Printed(moment=whole_day, end=end)
    zone = ZONES.get(clock["zone"] or printed.groupdict().get("zone_before") or "", zone)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 12 and not _has_24_hours(clock, day, language):
        options = (_utc_minute(day, hour % 12, minute, zone), _utc_minute(day, hour % 12 + 12, minute, zone))
        return Printed(moment=Moment(at=whole_day.at, precision="day", options=options), end=clock.end())
    return Printed(moment=Moment(at=_utc_minute(day, hour, minute, zone), precision="minute"), end=clock.end())


def _has_24_hours(clock: re.Match[str], day: date, language: str | None) -> bool:
    """Whether a clock whose hour fits both kinds is one of 24 hours (`markers.md` §1.6).

    It is where it is written out (`13h54`, `8時07分`, `Uhr`) or padded. Instagram's Italian clock was padded until
    2016, so any hour of two digits is one there.
    """
    if clock["uhr"] or clock["hour"].startswith("0") or clock.string[clock.end("hour")] in "h時时点點시":
        return True
    return language == "it" and day.year <= 2016 and len(clock["hour"]) == 2


def _utc_minute(day: date, hour: int, minute: int, zone: tzinfo) -> str:
    return iso(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone), "minute")


def month_numbers(word: str, language: str | None = None) -> frozenset[int]:
    """The months a word can mean, 1 to 12, in one language or in all of `MONTH_LANGUAGES`; empty if none.

    >>> sorted(month_numbers("listopad")), sorted(month_numbers("listopad", "hr"))
    ([10, 11], [10])
    """
    key = word.casefold().rstrip(".")
    if language is not None and (known := _months(language).get(key) or _cut_months(language).get(key)):
        return known
    return _months("en").get(key) or _all_months().get(key) or _unprefixed(key)


def _unprefixed(key: str) -> frozenset[int]:
    """Hebrew glues its `of` to the month (`2 באוקטובר 2020`)."""
    return _months("he").get(key[1:], frozenset()) if key.startswith("ב") else frozenset()


@cache
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse({"tl": "fil"}.get(language, language).replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


@cache
def _months(language: str) -> dict[str, frozenset[int]]:
    locale = _locale(language)
    names: dict[str, set[int]] = {}
    for widths in locale.months.values() if locale else ():
        for width in ("wide", "abbreviated"):
            for number, name in widths[width].items():
                names.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in names.items() if not name[0].isdigit()}


@cache
def _cut_months(language: str) -> dict[str, frozenset[int]]:
    """The names of the months cut to three or four letters, as Instagram prints them, where that leaves one month."""
    cut: dict[str, set[int]] = {}
    for name, numbers in _months(language).items():
        for length in (3, 4):
            cut.setdefault(name[:length], set()).update(numbers)
    return {name: frozenset(numbers) for name, numbers in cut.items() if len(numbers) == 1}


@cache
def _all_months() -> dict[str, frozenset[int]]:
    names = {name: {number} for name, number in MONTH_EXTRAS.items()}
    for language in MONTH_LANGUAGES.split():
        for name, numbers in _months(language).items():
            names.setdefault(name, set()).update(numbers)
    return {name: frozenset(numbers) for name, numbers in names.items()}


def is_weekday(word: str) -> bool:
    """Whether a word names a day of the week in any of `MONTH_LANGUAGES`.

    >>> is_weekday("Jueves"), is_weekday("June")
    (True, False)
    """
    return word.casefold().rstrip(".,") in _weekdays()


@cache
def _weekdays() -> frozenset[str]:
    names: set[str] = set()
    for language in MONTH_LANGUAGES.split():
        for widths in Locale.parse(language).days.values():
            names.update(name.casefold() for name in widths["wide"].values())
    # CLDR's compound names ("segunda-feira", "Thứ Năm") are told by their first word.
    return frozenset(names | {re.split(r"[ -]", name)[0] for name in names})
