"""Times: dates hidden in ids (`ids`), dates in print (`printed`), and whether the two agree (`compare`)."""

from archiver.times.clocks import BASE36, IdClock, UndatedIds
from archiver.times.compare import SWAPPED_YEARS, Comparison, compare, other_days, printed_windows
from archiver.times.ids import (
    FIRST_SNOWFLAKE,
    INSTAGRAM_EPOCH_MS,
    PRIVATE_SUFFIX,
    SNOWFLAKE_EPOCH_MS,
    discord_time,
    linkedin_time,
    mastodon_fork_time,
    mastodon_time,
    media_id_time,
    picture_name_time,
    shortcode_time,
    snowflake_time,
    threads_time,
    tid_time,
    tiktok_time,
    tumblr_time,
    weibo_time,
)
from archiver.times.moments import Moment, iso, read_datetime
from archiver.times.names import is_weekday, month_numbers
from archiver.times.printed import PACIFIC, ZONES, Printed, read_printed, write_printed

__all__ = [
    "BASE36",
    "FIRST_SNOWFLAKE",
    "INSTAGRAM_EPOCH_MS",
    "PACIFIC",
    "PRIVATE_SUFFIX",
    "SNOWFLAKE_EPOCH_MS",
    "SWAPPED_YEARS",
    "ZONES",
    "Comparison",
    "IdClock",
    "Moment",
    "Printed",
    "UndatedIds",
    "compare",
    "discord_time",
    "is_weekday",
    "iso",
    "linkedin_time",
    "mastodon_fork_time",
    "mastodon_time",
    "media_id_time",
    "month_numbers",
    "other_days",
    "picture_name_time",
    "printed_windows",
    "read_datetime",
    "read_printed",
    "shortcode_time",
    "snowflake_time",
    "threads_time",
    "tid_time",
    "tiktok_time",
    "tumblr_time",
    "weibo_time",
    "write_printed",
]
