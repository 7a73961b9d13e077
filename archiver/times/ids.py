"""Dates hidden in ids: when a platform gave out the id of a post."""

from datetime import UTC, datetime, timedelta

from archiver.times.moments import iso

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
