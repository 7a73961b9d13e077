"""The date an article was published, as its metadata write it."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<minute>\d\d:\d\d)(?P<second>:\d\d)?(?P<fraction>\.\d{1,9})?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
PRINTED = ("%Y/%m/%d", "%Y%m%d", "%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y")
"""Unambiguous ways to write a day. `02/10/2020` is two days, so it is none."""

ZERO_TIME = re.compile(r"1970-01-01T00:00|0001-01-01")
"""What programs print for a time they do not have."""


def read_published(text: str) -> str | None:
    """An ISO 8601 date as precise as given; a time in UTC only if it has a zone, else the day; None if it is none.

    >>> read_published("2020-10-02T04:16:00-07:00")
    '2020-10-02T11:16:00Z'
    >>> read_published("2020-10-02 04:16")
    '2020-10-02'
    """
    text = text.strip()
    if len(text) > 64 or ZERO_TIME.match(text.replace(" ", "T")):
        return None
    return _part_of_a_day(text) or _iso(text) or _printed(text) or _mail(text)


def _part_of_a_day(text: str) -> str | None:
    match = re.fullmatch(r"(1[5-9]|2\d)\d\d(-(0[1-9]|1[0-2]))?", text, re.ASCII)
    return match and match[0]


def _iso(text: str) -> str | None:
    match = ISO.fullmatch(text)
    if match is None or not text.isascii():
        return None
    try:
        if not match["zone"]:
            return datetime.fromisoformat(f"{match['day']}T{match['minute'] or '00:00'}").date().isoformat()
        zone = "Z" if match["zone"].isalpha() else match["zone"]
        time = match["minute"] + (match["second"] or "") + ((match["fraction"] or "") if match["second"] else "")
        return _utc(datetime.fromisoformat(f"{match['day']}T{time}{zone}"), "seconds" if match["second"] else "minutes")
    except (ValueError, OverflowError):
        return None


def _printed(text: str) -> str | None:
    for form in PRINTED:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None


def _mail(text: str) -> str | None:
    """RFC 5322, as feeds and HTTP headers write it: `Fri, 02 Oct 2020 11:16:00 GMT`."""
    if "," not in text:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return _utc(moment, "seconds") if moment.tzinfo else moment.date().isoformat()
    except (ValueError, OverflowError, IndexError):
        return None


def _utc(moment: datetime, precision: str) -> str:
    """To the second: what CMSes write behind it is the clock of a database, or zero."""
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")
