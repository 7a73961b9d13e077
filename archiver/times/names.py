"""Names of months, weekdays and the halves of a day, in the languages of the platforms."""

import re
import unicodedata
from functools import cache
from importlib import resources

from babel import Locale, UnknownLocaleError

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
    "জানুয়ারি": 1,
    "ফেব্রুয়ারি": 2,
}
# What is one month with the dot of an ordinal number at its day (Croatian) and another one without (Polish).
_BY_DOT = {"listopada": {True: 10, False: 11}}
# Endings of a month inside a date, which CLDR's names have not (Basque, Mongolian, Sorani).
_ENDINGS = ("ren", "ын", "ی")
# A 12-hour clock's half, as CLDR writes it in all those languages and as Instagram glues it to the clock.
_HALF_EXTRAS = {
    half: letter
    for letter, halves_of_a_day in (("a", "am|a.m.|a. m.|오전|πμ"), ("p", "pm|p.m.|p. m.|오후|μμ"))
    for half in halves_of_a_day.split("|")
}


def month_numbers(word: str, language: str | None = None) -> frozenset[int]:
    """The months a word can mean, 1 to 12, in one language or in all; empty if none.

    A language of `MONTH_LANGUAGES` goes before all others of CLDR.

    >>> sorted(month_numbers("listopad")), sorted(month_numbers("listopad", "hr")), sorted(month_numbers("hydref"))
    ([10, 11], [10], [10])
    """
    key = spelled(word)
    if language is not None and (known := months_in(language).get(key) or _cut_months(language).get(key)):
        return known
    return months_in("en").get(key) or _all_months().get(key) or _inflected(key) or frozenset()


def spelled(name: str) -> str:
    """A name as names are looked up: in small letters, on one line, with the signs of Indian scripts apart."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold()).rstrip(".")


def by_dot(word: str, *, dotted: bool) -> int | None:
    """The month that a word of several is by the dot behind its day: `2. listopada` is Croatian, `2 listopada` Polish.

    >>> by_dot("listopada", dotted=True), by_dot("listopada", dotted=False), by_dot("lipnja", dotted=True)
    (10, 11, None)
    """
    return _BY_DOT.get(spelled(word), {}).get(dotted)


def _inflected(key: str) -> frozenset[int] | None:
    """The months of a word with what a language glues to it: Hebrew its `of` (`2 באוקטובר 2020`), others an ending."""
    if key.startswith("ב") and (known := months_in("he").get(key[1:])):
        return known
    return next((_all_months().get(key.removesuffix(each)) for each in _ENDINGS if key.endswith(each)), None)


@cache
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse({"tl": "fil"}.get(language, language).replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


@cache
def months_in(language: str) -> dict[str, frozenset[int]]:
    """The names of the months in one language, wide and abbreviated, in lower case; empty for an unknown language."""
    locale = _locale(language)
    names: dict[str, set[int]] = {}
    for widths in locale.months.values() if locale else ():
        for width in ("wide", "abbreviated"):
            for number, name in widths[width].items():
                names.setdefault(spelled(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in names.items() if not name[0].isdigit()}


@cache
def _cut_months(language: str) -> dict[str, frozenset[int]]:
    """The names of the months cut to three or four letters, as Instagram prints them, where that leaves one month."""
    cut: dict[str, set[int]] = {}
    for name, numbers in months_in(language).items():
        for length in (3, 4):
            cut.setdefault(name[:length], set()).update(numbers)
    return {name: frozenset(numbers) for name, numbers in cut.items() if len(numbers) == 1}


@cache
def _all_months() -> dict[str, frozenset[int]]:
    names = {spelled(name): {number} for name, number in MONTH_EXTRAS.items()}
    for language in MONTH_LANGUAGES.split():
        for name, numbers in months_in(language).items():
            names.setdefault(name, set()).update(numbers)
    return {**_other_months(), **{name: frozenset(numbers) for name, numbers in names.items()}}


def _other_months() -> dict[str, frozenset[int]]:
    """The names of the months in CLDR's other languages, which `archiver.times.cldr` keeps."""
    return read_months(resources.files(__package__ or "archiver.times").joinpath("months.txt").read_text("utf-8"))


def read_months(listed: str) -> dict[str, frozenset[int]]:
    """The names in a list with a line for each month, in the spelling they are looked up by.

    >>> read_months("1: hanvari; yanvar\\n2: fevral\\n")["yanvar"]
    frozenset({1})
    """
    names: dict[str, set[int]] = {}
    for line in listed.splitlines():
        number, _, months = line.partition(": ")
        for name in months.split("; "):
            names.setdefault(name, set()).add(int(number))
    return {name: frozenset(numbers) for name, numbers in names.items()}


def is_weekday(word: str) -> bool:
    """Whether a word names a day of the week in any of `MONTH_LANGUAGES`, Japanese, Korean or Chinese.

    >>> is_weekday("Jueves"), is_weekday("金曜日"), is_weekday("June")
    (True, True, False)
    """
    return word.casefold().rstrip(".,").removesuffix("ที่") in _weekdays()  # Thai: วันศุกร์ที่ 2 ตุลาคม 2020


@cache
def _weekdays() -> frozenset[str]:
    names: set[str] = set()
    for language in f"{MONTH_LANGUAGES} ja ko zh".split():
        for widths in Locale.parse(language).days.values():
            names.update(name.casefold() for name in widths["wide"].values())
    # CLDR's compound names ("segunda-feira", "Thứ Năm") are told by their first word.
    return frozenset(names | {re.split(r"[ -]", name)[0] for name in names})


@cache
def halves() -> dict[str, str]:
    """The words for the halves of a day in all languages, to `a` and `p`."""
    words = dict(_HALF_EXTRAS)
    for language in f"{MONTH_LANGUAGES} ja ko zh zh_Hant".split():
        for widths in Locale.parse(language).day_periods.values():
            for width in ("abbreviated", "wide"):
                for half in ("am", "pm"):
                    if word := widths.get(width, {}).get(half, ""):
                        words.setdefault(word.casefold().replace("\u200c", ""), half[0])
    return words
