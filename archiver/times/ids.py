"""Dates hidden in ids: when a platform gave out the id of a post.

Each rule says who stated it and what it was checked against (`facts.md` §1).

>>> shortcode_time("BCntbEZoaBx").at
'2016-03-06T17:46:20.044Z'
>>> snowflake_time("1196847767764815872").at
'2019-11-19T17:48:38.848Z'
>>> tiktok_time("7107337212743830830").at
'2022-06-09T20:18:17Z'
>>> linkedin_time("7075043149462556672").at
'2023-06-15T09:35:34.777Z'
>>> mastodon_time("103270115826048975").at
'2019-12-08T03:48:33.849Z'
>>> tid_time("3l3vgf77uco2g").at
'2024-09-11T17:11:56.350Z'
>>> tumblr_time("765332564000012345").at
'2024-10-25T17:40:09.796Z'
"""

from dataclasses import replace

from archiver.times.clocks import BASE32SORTABLE, BASE64URL, DECIMAL, IdClock

INSTAGRAM_EPOCH_MS = 1_314_220_021_721  # "Sharding & IDs at Instagram", Instagram Engineering, 2012
FIRST_SHORTCODE = 1 << 48  # of nine characters; shorter ones are from the sequence before, or of the hours after it
SNOWFLAKE_EPOCH_MS = 1_288_834_974_657  # twitter-archive/snowflake, IdWorker.scala
FIRST_SNOWFLAKE = 1 << 48  # ids were sequential before 2010-11-04; nothing between 3e10 and here was ever given out
LAST_SEQUENTIAL_STATUS = 30_000_000_000  # the last known is 29,700,859,247 (ws-dl, TweetedAt)
TIKTOK_FIRST = 1_472_688_000  # 1 September 2016, the month Douyin opened
LINKEDIN_FIRST_MS = 1_451_606_400_000  # 2016: what was checked are ids from then on
MASTODON_FIRST_MS = 1_506_816_000_000  # October 2017: ids were sequential before Mastodon 2.0 (pull request 4801)
BLUESKY_FIRST_MS = 1_668_643_200_000  # 17 November 2022, the day of the first posts
THREADS_FIRST_MS = 1_672_531_200_000  # 2023, the year it was built in (Meta's engineering blog, September 2023)
TUMBLR_EPOCH_MS = 1_000_000_000_000  # found by comparison with three known posts
FIRST_DATED_TUMBLR = 1 << 59  # ids had at most twelve digits until after the February 2019 this stands for
DISCORD_EPOCH_MS = 1_420_070_400_000  # docs.discord.com, Reference, Snowflakes
WEIBO_EPOCH_MS = 515_483_463_000  # found by comparison, each of four posts within four minutes
WEIBO_FIRST_MS = 1_250_208_000_000  # 14 August 2009, the day Weibo opened
PRIVATE_SUFFIX = 28  # characters that a private post's shortcode has behind the public ones (yt-dlp, same rule)

shortcode_time = IdClock(
    alphabet=BASE64URL,
    lengths=range(9, 12),
    suffix=PRIVATE_SUFFIX,
    shift=23,
    per_second=1000,
    epoch_ms=INSTAGRAM_EPOCH_MS,
    since_ms=INSTAGRAM_EPOCH_MS + (FIRST_SHORTCODE >> 23),
    precision="millisecond",
    sequence_end=FIRST_SHORTCODE - 1,
    sequence_until="2011-08-25",
    ahead=(30, 15 * 60),
    formula="the shortcode is a number in base 64; its bits above the lowest 23 count milliseconds since "
    "2011-08-24T21:07:01.721Z",
    source="“Sharding & IDs at Instagram” (Instagram Engineering, 2012); the same second as the embed code for 78 of "
    "91 posts of 2012 to 2023",
    caveats=(
        "The id is given out when the upload starts: the printed time may be up to 15 minutes later (mostly less than "
        "30 seconds).",
    ),
)
"""Instagram's posts."""

threads_time = replace(
    shortcode_time,
    since_ms=THREADS_FIRST_MS,
    sequence_end=0,
    sequence_until=None,
    source="Instagram's rule, “Sharding & IDs at Instagram” (Instagram Engineering, 2012); the same second for the two "
    "posts that were checked, the same day for three more",
)

media_id_time = replace(
    shortcode_time,
    alphabet=DECIMAL,
    lengths=range(18, 20),  # shorter ones are from before the oldest that was checked
    suffix=0,
    sequence_end=0,
    sequence_until=None,
    ahead=(0, 0),
    formula="the bits of the number above the lowest 23 count milliseconds since 2011-08-24T21:07:01.721Z",
    source="“Sharding & IDs at Instagram” (Instagram Engineering, 2012); checked with three stories",
    caveats=("A story's id came 1.5 to 5.5 seconds after the time at which it says it was taken.",),
)
"""The same number in decimal, as stories and the addresses of pictures have it."""

snowflake_time = IdClock(
    alphabet=DECIMAL,
    shift=22,
    per_second=1000,
    epoch_ms=SNOWFLAKE_EPOCH_MS,
    since_ms=SNOWFLAKE_EPOCH_MS + (FIRST_SNOWFLAKE >> 22),
    precision="millisecond",
    sequence_end=LAST_SEQUENTIAL_STATUS,
    sequence_until="2010-11-04",
    formula="the bits of the id above the lowest 22 count milliseconds since 2010-11-04T01:42:54.657Z",
    source="Twitter's Snowflake (twitter-archive/snowflake, IdWorker.scala); the same second for 28 statuses, and the "
    "UTC day that embed code prints for 270 of 270",
)
"""X's statuses."""

picture_name_time = replace(
    snowflake_time,
    alphabet=BASE64URL,
    lengths=range(15, 16),
    bits=89,
    shift=48,  # 22, and the 26 bits of the name behind its first eight bytes
    precision="second",
    sequence_end=0,
    sequence_until=None,
    formula="the name is base 64; its first eight bytes are a status id's number, whose bits above the lowest 22 count "
    "milliseconds since 2010-11-04T01:42:54.657Z",
    source="Twitter's Snowflake, found in the names of pictures; 1.3 to 30 seconds before the status for four of four",
    caveats=("It is the upload of the picture, before that of the status; another status may show it again.",),
)
"""X's pictures: the 15 characters behind `pbs.twimg.com/media/`."""

tiktok_time = IdClock(
    alphabet=DECIMAL,
    shift=32,
    per_second=1,
    epoch_ms=0,
    since_ms=TIKTOK_FIRST * 1000,
    precision="second",
    ahead=(15, 60),
    formula="the bits of the id above the lowest 32 count seconds since 1970",
    source="no document of TikTok's; 1 to 11 seconds before the time of publication for 16 of 17 videos, 37 for one",
    caveats=("The id is given out at the upload, some seconds before publication.",),
)
"""TikTok's videos and photo posts, and Douyin's."""

linkedin_time = IdClock(
    alphabet=DECIMAL,
    shift=22,
    per_second=1000,
    epoch_ms=0,
    since_ms=LINKEDIN_FIRST_MS,
    precision="millisecond",
    formula="the bits of the id above the lowest 22 count milliseconds since 1970",
    source="no document of LinkedIn's; the same second as the page's JSON-LD for four of four posts",
    caveats=("An activity and the share it is about have ids of their own, some milliseconds apart.",),
)
"""LinkedIn's activities, shares and uploads."""

mastodon_time = IdClock(
    alphabet=DECIMAL,
    shift=16,
    per_second=1000,
    epoch_ms=0,
    since_ms=MASTODON_FIRST_MS,
    precision="millisecond",
    formula="the bits of the id above the lowest 16 count milliseconds since 1970",
    source="Mastodon (lib/mastodon/snowflake.rb)",
    caveats=(
        "Only ids of the post's own server say when it was made: on another server it is when the post arrived there.",
        "Other software (Pleroma, Misskey) has ids of another kind.",
    ),
)
"""Posts on Mastodon."""

mastodon_fork_time = replace(
    mastodon_time,
    source="Mastodon (lib/mastodon/snowflake.rb), of which the site is a fork; the same second for two of two posts",
    caveats=(),
)
"""Truth Social's and Gab's posts: each is one server, whose ids are its own."""

tid_time = IdClock(
    alphabet=BASE32SORTABLE,
    lengths=range(13, 14),
    shift=10,
    per_second=1_000_000,
    epoch_ms=0,
    since_ms=BLUESKY_FIRST_MS,
    precision="millisecond",
    formula="the key is a number in base 32; its bits above the lowest 10 count microseconds since 1970",
    source="the AT protocol's TID (atproto.com/specs/tid); within a second of createdAt for 7 of 10 posts",
    caveats=("The client makes the id: it is as right as the client's clock, and can be set to anything.",),
)
"""Bluesky's posts."""

tumblr_time = IdClock(
    alphabet=DECIMAL,
    shift=20,
    per_second=1000,
    epoch_ms=TUMBLR_EPOCH_MS,
    since_ms=TUMBLR_EPOCH_MS + (FIRST_DATED_TUMBLR >> 20),
    precision="millisecond",
    sequence_end=999_999_999_999,
    formula="the bits of the id above the lowest 20 count milliseconds since 2001-09-09T01:46:40Z",
    source="no document of Tumblr's; the same second for three of three posts",
    caveats=("The id of a reblog gives the time of the reblog.",),
)
"""Tumblr's posts."""

discord_time = IdClock(
    alphabet=DECIMAL,
    shift=22,
    per_second=1000,
    epoch_ms=DISCORD_EPOCH_MS,
    since_ms=DISCORD_EPOCH_MS,
    precision="millisecond",
    formula="the bits of the id above the lowest 22 count milliseconds since 2015-01-01T00:00:00Z",
    source="Discord's documentation (Reference, Snowflakes), checked with its own example",
)

weibo_time = IdClock(
    alphabet=DECIMAL,
    lengths=range(16, 17),
    shift=22,
    per_second=1,
    epoch_ms=WEIBO_EPOCH_MS,
    since_ms=WEIBO_FIRST_MS,
    precision="minute",
    formula="the bits of the id above the lowest 22 count seconds since 1986-05-03T05:51:03Z",
    source="no document of Weibo's; within four minutes for four of four posts",
    caveats=("It may be off by five minutes.",),
)
