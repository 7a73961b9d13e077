"""CDX queries: how to ask a web archive for posts of which only the handle and the printed time are left.

Nothing is fetched here: a query is the part of an address behind the `?` (Wayback CDX Server API).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from urllib.parse import urlencode

from archiver.errors import UsageError
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform
from archiver.times import PACIFIC, Moment, read_printed
from archiver.times.compare import EASTERNMOST, WESTERNMOST, Window, Within, certain_of, printed_windows
from archiver.times.prefixes import IdSpan, id_span, pattern_of

SEARCHABLE: dict[str, Platform] = {
    platform.name: platform for platform in PLATFORMS if platform.captured_at and platform.id_time
}
"""The platforms whose posts can be searched by time."""

FIELDS = "urlkey,timestamp,original,statuscode,digest"
MOST_PREFIXES = 4  # of a window: Instagram's four characters are 524 seconds, so a wide minute has two or three
FEWEST_CLASSES = 4  # of the longer prefixes that a filter names: below that the shorter ones say as much


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """One question: captures whose address begins with `url`, in lower case, and whose original matches `pattern`.

    `window` is core where the ids of the core begin that way, wide where only those of the wide window do.
    """

    window: Within
    url: str
    pattern: str

    @property
    def parameters(self) -> str:
        """The query string of a CDX server."""
        asked = {"url": self.url, "matchType": "prefix", "filter": f"original:{self.pattern}"}
        return urlencode(asked | {"collapse": "urlkey", "fl": FIELDS}, safe="/:,*@")


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """What to look for where one printed time may mean one span of UTC, and how to ask for it.

    `core` are the ids of most posts with that time, `wide` those of all; `short` and `long` are the lengths of prefix
    at which few and not so few are left.
    """

    printed: Window
    core: IdSpan
    wide: IdSpan
    short: int
    long: int
    queries: tuple[Query, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The searches for a post of a handle: one, or two where a 12-hour clock leaves two minutes open."""

    platform: Platform
    handle: str
    moment: Moment
    searches: tuple[Search, ...]
    caveats: tuple[str, ...]


def plan_searches(platform: Platform, handle: str, text: str) -> Plan:
    """How to search web archives for a post of `handle` under which `text` is printed as its time.

    `platform` is one of `SEARCHABLE`. Raises UsageError for a handle that cannot be one, a text that is no date as a
    whole, and a time at which the platform's ids held none.
    """
    return plan_moment(platform, handle, read_time(platform, text.strip()))


def plan_moment(platform: Platform, handle: str, moment: Moment) -> Plan:
    """The same where the printed time is read already."""
    handle = handle.strip().removeprefix("@")
    if not (platform.handle or re.compile(r"[\w.-]{1,60}")).fullmatch(handle):
        raise UsageError(f"{handle!r} is no handle of {platform.label}")
    windows = printed_windows(moment, platform.day_zone or UTC)
    searches = tuple(_search(platform, handle, window, moment) for window in windows)
    return Plan(
        platform=platform, handle=handle, moment=moment, searches=searches, caveats=tuple(_caveats(platform, moment))
    )


def read_time(platform: Platform, text: str) -> Moment:
    """The time that `text` is as a whole, by the platform's clock; UsageError for any other text.

    A platform without a clock of its own prints days; a clock of Instagram's zones is read there too.
    """
    zone = platform.zone or (PACIFIC if re.search(r"\bP[SD]T\b", text) else None)
    printed = read_printed(text, 0, zone=zone)
    if printed is None:
        raise UsageError(f"{text!r} is no date that can be read")
    if rest := text[printed.end :].strip(" ."):
        raise UsageError(f"{text!r} has {rest!r} behind its date, which cannot be read")
    return printed.moment


def _search(platform: Platform, handle: str, printed: Window, moment: Moment) -> Search:
    core, wide = (_ids(platform, window) for window in _windows(platform, printed, moment))
    has_handles = all("{handle}" in address for address in platform.captured_at)
    short = max(len(wide.common), 1) if has_handles else wide.length_of(most=MOST_PREFIXES)
    longest = len(core.texts[0])
    long = next((n for n in range(short + 1, longest) if len(core.prefixes(n)) >= FEWEST_CLASSES), longest)
    queries = sorted(_queries(platform, handle, core, wide, short, long), key=lambda query: query.window)
    return Search(printed=printed, core=core, wide=wide, short=short, long=long, queries=tuple(queries))


def _windows(platform: Platform, printed: Window, moment: Moment) -> tuple[Window, Window]:
    """The core and the wide window: by how much earlier ids are given out, and by the zones that a day may be of."""
    ahead = platform.id_time.ahead if platform.id_time else (0, 0)
    core, wide = (Window(start=printed.start - timedelta(seconds=each), end=printed.end) for each in ahead)
    if moment.precision == "day" and not moment.options and platform.day_zone is None:
        wide = Window(start=wide.start - EASTERNMOST, end=wide.end + WESTERNMOST)
    return core, wide


def _ids(platform: Platform, window: Window) -> IdSpan:
    clock = platform.id_time
    span = None if clock is None else id_span(clock, window.start, window.end)
    if span is None:
        raise UsageError(f"the ids of {platform.label} held no time then")
    return span


def _queries(platform: Platform, handle: str, core: IdSpan, wide: IdSpan, short: int, long: int) -> Iterator[Query]:
    in_core, longer = core.prefixes(short), wide.prefixes(long)
    for prefix in wide.prefixes(short):
        pattern = pattern_of([each for each in longer if each.startswith(prefix)], wide.clock.alphabet)
        for address in platform.captured_at:
            folder = address.split("/")[-2]
            yield Query(
                window="core" if prefix in in_core else "wide",
                url=address.format(handle=handle, id=prefix),
                # An original has the handle in any case.
                pattern=f".*/{pattern}.*" if "{handle}" in folder else f".*/{folder}/{pattern}.*",
            )


def _caveats(platform: Platform, moment: Moment) -> Iterator[str]:
    yield "Web archives keep addresses in lower case: compare the id in “original” letter by letter."
    if any("{handle}" not in address for address in platform.captured_at):
        yield "Addresses without the handle are everybody's posts of that time: see who posted."
    if moment.precision == "day" and not moment.options and platform.day_zone is None:
        yield f"{platform.label} prints days of no certain zone: the wide window is that day anywhere."
    if platform.day_zone is PACIFIC and certain_of(moment, PACIFIC) != moment:
        yield "In 2010 to 2015 Instagram printed some days as the number of the month: it may be any day of that month."
