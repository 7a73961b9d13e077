"""Printed dates: each shape the platforms have is read, and nothing that a clock leaves open is guessed."""

from datetime import date
from pathlib import Path

import pytest
from babel import Locale, localedata
from babel.dates import format_date

from archiver.times import PACIFIC, Moment, cldr, month_numbers, read_printed, unclear_end
from archiver.times.names import read_months

# Language of the wording → a whole printed date, and when that was; two moments where the clock may mean either.
PRINTED = [
    (None, "October 2, 2020", "2020-10-02"),
    (None, "2. März 2018", "2018-03-02"),
    (None, "2 de octubre de 2020", "2020-10-02"),
    (None, "2 d’octubre de 2020", "2020-10-02"),
    (None, "2 октября 2020 г.", "2020-10-02"),
    (None, "2 жовтня 2020 р.", "2020-10-02"),
    (None, "2020年10月2日", "2020-10-02"),
    (None, "2020 年 10 月 2 日", "2020-10-02"),
    (None, "2020년 10월 2일", "2020-10-02"),
    (None, "2020, 10月 2", "2020-10-02"),
    (None, "October 2,\n                    2020", "2020-10-02"),
    (None, "2 de octubre\n\tde 2020", "2020-10-02"),
    (None, "2 tháng 10, 2020", "2020-10-02"),
    (None, "2 באוקטובר 2020", "2020-10-02"),
    (None, "٢ أكتوبر، ٢٠٢٠", "2020-10-02"),
    (None, "۲ اکتبر ۲۰۲۰", "2020-10-02"),
    (None, "2 अक्तूबर 2020", "2020-10-02"),
    (None, "২ অক্টোবর, ২০২০", "2020-10-02"),
    (None, "2 ตุลาคม 2020", "2020-10-02"),
    (None, "2 ตุลาคม พ.ศ. 2563", "2020-10-02"),
    (None, "2020. október 2.", "2020-10-02"),
    (None, "2 Οκτωβρίου 2020", "2020-10-02"),
    (None, "2 listopada 2020", "2020-11-02"),  # Polish
    (None, "2. listopada 2020", "2020-10-02"),  # Croatian
    ("hr", "2 listopada 2020", "2020-10-02"),
    (None, "2 اکتوبر، 2020", "2020-10-02"),
    (None, "২ জানুয়ারি, ২০২০", "2020-01-02"),
    (None, "2 Meán Fómhair 2020", "2020-09-02"),
    (None, "2mh dhen Dàmhair 2020", "2020-10-02"),
    (None, "2020(e)ko urriaren 2(a)", "2020-10-02"),
    (None, "2020. gada 2. oktobris", "2020-10-02"),
    (None, "2020 оны аравдугаар сарын 2", "2020-10-02"),
    (None, "2-oktabr, 2020", "2020-10-02"),
    ("hr", "2 lis, 2020", "2020-10-02"),
    ("pl", "2 lis, 2020", "2020-11-02"),
    ("en", "Oct 2, 2020 at 4:16am PDT", "2020-10-02T11:16Z"),
    ("de", "2. Okt 2020 um 0:16 Uhr", "2020-10-02T07:16Z"),
    ("de", "2. Okt 2020 um 9:16 Uhr", "2020-10-02T16:16Z"),
    ("de", "Okt 2, 2020 um 9:16 PDT", ("2020-10-02T16:16Z", "2020-10-03T04:16Z")),
    ("fr", "2 Oct. 2016 à 6h04 PDT", "2016-10-02T13:04Z"),
    ("fr", "2 Oct. 2020 à 5 :18 PDT", ("2020-10-02T12:18Z", "2020-10-03T00:18Z")),
    ("it", "2 Ott 2015 alle ore 12:00 PDT", "2015-10-02T19:00Z"),
    ("it", "2 Ott 2020 alle ore 12:00 PDT", ("2020-10-02T07:00Z", "2020-10-02T19:00Z")),
    ("da", "2. Okt, 2020 kl. 7.35 PDT", ("2020-10-02T14:35Z", "2020-10-03T02:35Z")),
    ("hu", "Okt 2., 2020, időpont: 1:48 (PDT időzóna szerint)", ("2020-10-02T08:48Z", "2020-10-02T20:48Z")),
    ("nl", "2 Okt 2020 om 4:16 (PDT)", ("2020-10-02T11:16Z", "2020-10-02T23:16Z")),
    ("sr", "2. Окт 2020. у 6:02 PDT", ("2020-10-02T13:02Z", "2020-10-03T01:02Z")),
    ("th", "ต.ค. 2, 2020 เวลา 8:33am PDT", "2020-10-02T15:33Z"),
    ("ja", "2020 10月 2 8:24午後 PDT", "2020-10-03T03:24Z"),
    ("ja", "2020年 10月月2日午前9時06分PDT", "2020-10-02T16:06Z"),
    ("ja", "10月 2, 2020 at 3:06午後 PDT", "2020-10-02T22:06Z"),
    ("ko", "2020 10월 2 오전 2:31 PDT", "2020-10-02T09:31Z"),
    ("ko", "2020 10월 2 6:50오후 PDT", "2020-10-03T01:50Z"),
    ("zh-CN", "2020 年  10月 月 2 1:08下午 PDT", "2020-10-02T20:08Z"),
    ("zh-TW", "PDT 2020 年 10月 月 2 日 下午 9:06", "2020-10-03T04:06Z"),
    ("vi", "Thg 10 2, 2020 lúc 4:16 CH PDT", "2020-10-02T23:16Z"),
    ("tr", "2 Eki, 2020, 2:13ös PDT", "2020-10-02T21:13Z"),
    ("el", "Οκτ 2, 2020 στις 4:16μ.μ. PDT", "2020-10-02T23:16Z"),
    ("el", "2 Οκτ, 2020 στις 4:16 πμ PDT", "2020-10-02T11:16Z"),
    ("el", "2 Οκτ, 2020 στις 4:16 μμ PDT", "2020-10-02T23:16Z"),
    ("ar", "٢ أكتوبر، ٢٠٢٠ الساعة ٤:١٦م PDT", "2020-10-02T23:16Z"),
    *(
        (None, text, "2017-11-02")  # as people write them who mend a post's remains by hand
        for text in ("2nd November 2017", "November 2nd, 2017", "November 2nd 2017", "2nd of November, 2017")
    ),
    ("fr", "1er novembre 2017", "2017-11-01"),
]


@pytest.mark.parametrize(("language", "text", "when"), PRINTED)
def test_a_printed_date_is_read_whole(language: str | None, text: str, when: str | tuple[str, str]) -> None:
    """Its moment is known as far as the print says, and its end is where the text ends."""
    printed = read_printed(text, 0, language=language, zone=PACIFIC)
    assert printed is not None
    assert (printed.moment.options or printed.moment.at, text[printed.end :]) == (when, "")


@pytest.mark.parametrize(
    "text", ["Oct 2,\n\n2020", "October 32, 2020", "2020年13月2日", "Oct 2, 1520", "listopad 2, 2020", "in May 2020"]
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    """Days that do not exist, years before any platform, and month names that mean two months give nothing."""
    assert read_printed(text, 0, zone=PACIFIC) is None


@pytest.mark.parametrize("zone", ["UTC", "GMT", "EDT", "CEST", "UTC+2"])
def test_a_clock_of_another_zone_is_not_taken_for_the_platforms(zone: str) -> None:
    """Instagram prints Pacific time; what somebody wrote in another zone says no more than its day."""
    printed = read_printed(f"Oct 2, 2020 at 4:16am {zone}", 0, zone=PACIFIC)
    assert printed is not None
    assert printed.moment == Moment("2020-10-02", "day")


# The interface of X is or was in these.
LANGUAGES = (
    "ar bg bn ca cs da de el en es eu fa fi fil fr ga gl gu he hi hr hu id it ja kn ko lv mr ms nb nl pl pt ro ru sk "
    "sr sv ta th tr uk ur vi zh zh_Hant"
)
OTHERS = "af am az be cy eo et gd hy is ka kk km lo lt mk ml mn my ne pa ps si sl sq sw te uz zu"


@pytest.mark.parametrize("language", f"{LANGUAGES} {OTHERS}".split())
def test_every_month_of_a_language_is_read(language: str) -> None:
    """Dates as CLDR writes them out, which X prints, are read in whatever language they are."""
    for month in range(1, 13):
        text = format_date(date(2020, month, 23), "long", locale=language)
        text = text.translate({0x200C: "", 0x200E: "", 0x200F: "", 0xA0: " ", 0x202F: " "})
        printed = read_printed(text, 0)
        assert printed is not None, text
        assert printed.moment.at == f"2020-{month:02}-23", text


def test_the_months_of_all_languages_are_known() -> None:
    """Of CLDR's names all but a few are a month or one of several: short ones in a to z, of languages that no platform
    prints, are words of others (`can`, `was`) and left out."""
    names = {
        (name, number)
        for identifier in localedata.locale_identifiers()
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(identifier).months["format"][width].items()
        if not any(character.isdigit() for character in name) and not (name.isascii() and len(name.rstrip(".")) <= 4)
    }
    known = [number in month_numbers(name) for name, number in names]
    assert sum(known) >= 0.95 * len(known)


def test_a_month_that_may_be_another_one_has_an_end() -> None:
    """Where a date is no moment since its month means several, it is still known to be one."""
    assert read_printed("2 listopad 2020 and more", 0) is None
    assert unclear_end("2 listopad 2020 and more", 0) == len("2 listopad 2020")
    assert unclear_end("2 potatoes 2020", 0) is None
    assert unclear_end("45 listopad 2020", 0) is None


def test_completing_the_months_takes_none_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages keep the names that an older release of CLDR had; a second time nothing changes."""
    listed = cldr.MONTHS.read_text("utf-8")
    copy = tmp_path / "months.txt"
    copy.write_text(listed.replace("; ", "; of no language; ", 1), "utf-8")
    monkeypatch.setattr(cldr, "MONTHS", copy)
    cldr.main()
    completed = copy.read_text("utf-8")
    assert read_months(listed).items() | {("of no language", frozenset({1}))} <= read_months(completed).items()
    cldr.main()
    assert copy.read_text("utf-8") == completed
