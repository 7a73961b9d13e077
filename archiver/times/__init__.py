"""Times: dates hidden in ids (`ids`), dates in print (`printed`) and the words they are made of (`names`)."""

from archiver.times.ids import (
    BLUESKY_FIRST_MS,
    FIRST_SNOWFLAKE,
    INSTAGRAM_EPOCH_MS,
    LINKEDIN_FIRST_MS,
    MASTODON_FIRST_MS,
    PRIVATE_SUFFIX,
    SNOWFLAKE_EPOCH_MS,
    TIKTOK_FIRST,
    linkedin_time,
    mastodon_time,
    shortcode_time,
    snowflake_time,
    tid_time,
    tiktok_time,
)
from archiver.times.moments import Moment, iso, read_datetime
from archiver.times.names import is_weekday, month_numbers
from archiver.times.printed import PACIFIC, ZONES, Printed, read_printed

__all__ = [
    "BLUESKY_FIRST_MS",
    "FIRST_SNOWFLAKE",
    "INSTAGRAM_EPOCH_MS",
    "LINKEDIN_FIRST_MS",
    "MASTODON_FIRST_MS",
    "PACIFIC",
    "PRIVATE_SUFFIX",
    "SNOWFLAKE_EPOCH_MS",
    "TIKTOK_FIRST",
    "ZONES",
    "Moment",
    "Printed",
    "is_weekday",
    "iso",
    "linkedin_time",
    "mastodon_time",
    "month_numbers",
    "read_datetime",
    "read_printed",
    "shortcode_time",
    "snowflake_time",
    "tid_time",
    "tiktok_time",
]
