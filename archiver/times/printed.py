"""Dates in print: reading what platforms print below a post, in any of their languages."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from archiver.times.moments import Moment, iso
from archiver.times.names import by_dot, halves, month_numbers, months_in

PACIFIC = ZoneInfo("America/Los_Angeles")
ZONES = {"PDT": timezone(timedelta(hours=-7)), "PST": timezone(timedelta(hours=-8))}

# One printed date, in any language: a month is a word whose meaning the month table decides afterwards. Each form is
# anchored where the finder calls it, and has one way to match, so none can backtrack. `\d` and `int` take the digits
# of all scripts. Two doubled signs of months are Instagram's own slips (`9月月14日`, `5月 月 15`).
_WORD = r"[^\W\d_][^\s\d,،，()\[\]<>:]{1,19}"
_MONTH = rf"(?P<month>{_WORD})"
_MONTHS = rf"(?P<month>{_WORD}(?: {_WORD}){{0,3}}?)"  # Meán Fómhair · dhen t-Sultain · Mweri wa kenda
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_ERA = r"(?:(?:de su|de|del|di u|di|do|dal|năm|ค\.ศ\.|(?P<era>พ\.ศ\.)) ?)?"
# A day as an ordinal number, and the word for a year behind it, in the languages that print them (CLDR's long dates);
# English ordinals are those of people who write such a date by hand.
_NTH = r"(?P<nth>\.|mh|טן|ی|ê|,|st|nd|rd|th|er)?"
_OF_YEAR = r"(?: ?(?:[гршҫ]\.|թ\.|ел|аз))(?!\w)"
_NUMBER = r"(?P<number>\d{1,2})"
_MOON = r" ?[月월](?: ?[月월])?"
# A space of a form: pages and mail wrap lines anywhere, and source code indents the next one; an empty line ends all.
_SPACE = r"(?:[\x20\t]{1,80}+(?:\n[\x20\t]{0,80}+)?+|\n[\x20\t]{0,80}+)"


def _compiled(form: str) -> re.Pattern[str]:
    """A form with its spaces as they come in pages: `" ?"` is one that may be missing."""
    return re.compile(form.replace("\\ ", " ").replace(" ?", f"{_SPACE}?+").replace(" ", _SPACE))


_DATES = tuple(
    _compiled(form)
    for form in (
        rf"{_MONTH},? {_DAY}(?:\.|st|nd|rd|th)?[,،]? {_ERA}{_YEAR}",  # Oct 2, 2020 · Ноя 9 2016 · Ápr 7., 2020
        # 25. März 2017 · 6 de junio de 2018 · 1 Jun, 2019 · 2 d’octubre de 2020 · ٢ أكتوبر، ٢٠٢٠ · 8 марта 2018 г.
        # 2 जनवरी 2020 · 2mh dhen Dàmhair 2020 · 2 ta’ Jannar 2020 · 2-yanvar, 2020 · 02 հունվարի, 2020 թ.
        rf"{_DAY}(?:{_NTH} |-)(?:de |d['’]|di |da |ta[’'] |of )?{_MONTHS}[,،]? {_ERA}{_YEAR}(?:{_OF_YEAR})?",
        r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",  # 2026-09-09
        # 2018年5月9日 · 2018 年 9 月 7 日 · 2018년 12월 9일 · 2018 4월 9 · 2016, 2月 9 · PST 2019 年 2月 月 2 日
        rf"(?:(?P<zone_before>P[SD]T) )?{_YEAR} ?[年년,]? ?{_NUMBER}{_MOON} ?{_DAY}(?: ?[日일])?",
        rf"{_NUMBER}{_MOON},? {_DAY},? {_YEAR}",  # 1月 9, 2018
        rf"{_DAY}(?: ngày)? (?i:tháng|thg) {_NUMBER},?(?: năm)? {_YEAR}",  # 2 tháng 10, 2020
        rf"(?i:tháng|thg) {_NUMBER},? {_DAY},? {_YEAR}",  # Thg 10 2, 2020
        # 2020. október 2. · 2020 m. spalio 2 d. · 2020(e)ko urriaren 2(a) · 2020, ഒക്ടോബർ 2 · 2020 оны тавдугаар сарын 2
        rf"{_YEAR}(?:\.|,|\(e\)ko)?(?: m\.| թ\.| оны)? {_MONTHS} {_DAY}(?:\.(?! ?\d)|(?: d\.)|\(a\))?",
        # 2020. gada 2. oktobris · 2020 ж. 2 қазан · 2020-ж., 2-октябрь
        rf"{_YEAR}(?:\. gada| ж\.|-ж\.),? {_DAY}(?:\.? |-)(?P<month>[^\W\d_]{{2,14}})",
        rf"{_YEAR}-(?P<month>[^\W\d_]{{3,14}})-{_DAY}(?!\d)",  # 2020-Oktobro-02
    )
)
# What stands between date and clock, in the languages of `markers.md` §1.6.
_AT = (
    r"at|um|om|op|a las?|a la\(s\)|a les|às|as|à|alle ore|ore|alle|kl\.?|klo|kello|kell|o godz\.|o|u|v|ve|ob|в|у|о|об|"
    r"la ora|la|στις|jam|pukul|vào lúc|lúc|saat|เวลา|időpont:|ekkor:|nang|ng|في|الساعة|ساعت|در|ב-|בשעה|को|"
    r"tarihinde"
)


@cache
def _clock() -> re.Pattern[str]:
    # A half may be glued to what follows it only where its script has no spaces (Chinese, Japanese, Korean).
    half = "|".join(
        re.escape(word) + ("(?-i:(?![a-z]))" if word.isascii() else r"(?![^\W\d_])" if word[0] < "\u2e80" else "")
        for word in sorted(halves(), key=lambda word: (-len(word), word))
    )
    form = (
        rf"(?:[,.]? ?(?:{_AT}) ?|,? ?)(?:(?P<half_before>(?i:{half})) ?)?"
        r"(?P<hour>\d{1,2})(?: ?: ?|[.h]|[時时点點시] ?)(?P<minute>\d\d)(?!\d)[分분]?"
        rf"(?: ?(?P<half>(?i:{half})))?(?P<uhr> Uhr(?!\w))?"
        r"(?: ?(?P<opened>\()?(?P<zone>P[SD]T)(?: időzóna szerint)?(?(opened)\)))?"
    )
    return _compiled(form)


_YEAR_DOT = re.compile(r"\.(?=,? (?:[^\W\d_]{1,3} )?\d{1,2} ?[:.h] ?\d\d(?!\d))")  # 8. Мај 2018. у 7:14
# Zones that Instagram never prints (`markers.md` §1.6: always Pacific): somebody else wrote such a clock.
_OTHER_ZONE = re.compile(r" ?(?:UTC|GMT|[ECM][SD]T|BST|WES?T|CES?T|EES?T|MSK|[JK]ST|IST|AE[SD]T)(?![^\W\d_])")
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
    for match in _matches(text, start):
        day = _calendar_day(match, language)
        if day is not None:
            return _with_clock(text, match, day, language, zone)
    return None


def unclear_end(text: str, start: int) -> int | None:
    """Where a date ends, exactly at `start`, whose month's name means several in the languages that have it.

    >>> unclear_end("2 listopad 2020", 0), unclear_end("2 bananas 2020", 0)
    (15, None)
    """
    for match in _matches(text, start):
        word = match.groupdict().get("month")
        if word and len(month_numbers(word)) > 1 and 1900 <= int(match["year"]) < 2700 and 0 < int(match["day"]) < 32:
            return match.end()
    return None


def _matches(text: str, start: int) -> Iterator[re.Match[str]]:
    if text[start : start + 1].isalnum():  # with which all forms begin
        for form in _DATES:
            if match := form.match(text, start):
                yield match


def clock_end(text: str, start: int) -> int | None:
    """Where a clock ends that is printed behind a date, exactly at `start`; None where none is.

    >>> clock_end("Oct 2, 2020 at 4:16 PM", 11)
    22
    """
    clock = _clock().match(text, start)
    return clock.end() if clock and int(clock["hour"]) < 24 and int(clock["minute"]) < 60 else None


def write_printed(at: datetime, *, clock: bool) -> str:
    """An aware datetime as English embed code prints it: with a clock as Instagram does, without as X does.

    >>> write_printed(datetime(2020, 10, 2, 4, 16, tzinfo=PACIFIC), clock=True)
    'Oct 2, 2020 at 4:16am PDT'
    """
    if not clock:
        return f"{at:%B} {at.day}, {at.year}"
    return f"{at:%b} {at.day}, {at.year} at {at.hour % 12 or 12}:{at:%M}{'ap'[at.hour // 12]}m {at:%Z}"


# Most dates of most archives, at a third of the cost of the general forms, which read them alike.
_ENGLISH = re.compile(
    r"(?P<month>[A-Z][a-z]{2,8}) (?P<day>\d{1,2}), (?P<year>20\d\d)"
    r"(?: at (?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<half>[ap])m (?P<zone>P[SD]T))?"
)


def _read_english(match: re.Match[str], zone: tzinfo | None) -> Printed | None:
    """What an English date says with the clock that Instagram prints or, on platforms without one, alone."""
    month, day, year, hour, minute, half, printed_zone = match.groups()
    number = months_in("en").get(month.lower())
    if number is None or (hour is None) is not (zone is None) or (hour and not 1 <= int(hour) <= 12):
        return None
    try:
        if hour is None:
            return Printed(Moment(date(int(year), min(number), int(day)).isoformat(), "day"), match.end())
        hours = int(hour) % 12 + (12 if half == "p" else 0)
        local = datetime(int(year), min(number), int(day), hours, int(minute))
    except ValueError:
        return None
    at = (local - _AHEAD[printed_zone]).isoformat()
    return Printed(Moment(f"{at[:16]}Z", "minute"), match.end())


_AHEAD = {name: zone.utcoffset(None) for name, zone in ZONES.items()}


def _calendar_day(match: re.Match[str], language: str | None) -> date | None:
    groups = match.groupdict()
    months = month_numbers(groups["month"], language) if "month" in groups else {int(groups["number"])}
    if len(months) > 1 and "nth" in groups and (month := by_dot(groups["month"], dotted=groups["nth"] == ".")):
        months = {month}
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
    half = halves().get((clock["half"] or clock["half_before"] or "").casefold())
    if hour > 23 or minute > 59 or (half and hour not in range(1, 13)):
        return Printed(moment=whole_day, end=end)
    if clock["zone"] is None and _OTHER_ZONE.match(text, clock.end()):
        return Printed(moment=whole_day, end=end)  # no clock of the platform's
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
