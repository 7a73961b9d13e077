"""What an id or an address says about time: which platforms, which moment or bounds, and in whose words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.platforms import PLATFORMS
from archiver.when import Dating, date_ids

NOW = datetime(2026, 11, 1, tzinfo=UTC)
AT = "2020-10-02T11:16:17.295Z"
FORK = "2024-10-02T11:16:31.005Z"


def asked(text: str) -> list[tuple[str, str, str | None]]:
    """The platforms that an id or address may be of, what it is there, and its time."""
    return [(one.platform, one.kind, one.moment and one.moment.at) for one in date_ids(text, NOW)]


def only(text: str) -> Dating:
    """The one thing that an address is."""
    (dating,) = date_ids(text, NOW)
    return dating


@pytest.mark.parametrize(
    ("address", "platform", "kind", "at"),
    [
        ("https://www.instagram.com/p/CF1tGabcdef/", "instagram", "post", AT),
        (f"https://www.instagram.com/p/CF1tGabcdef{'x' * 28}/", "instagram", "post", AT),
        ("https://www.instagram.com/stories/ines.okafor/2411031528314361759/", "instagram", "story", AT),
        ("https://x.fna.fbcdn.net/v/1.jpg?ig_cache_key=MjQxMTAzMTUyODMxNDM2MTc1OQ%3D%3D.2", "instagram", "picture", AT),
        ("https://www.threads.com/@ines.okafor/post/DAnqgdfgBCS", "threads", "post", "2024-10-02T11:16:31.000Z"),
        ("https://x.com/northpilots/status/1311875027000000512", "twitter", "post", "2020-10-02T03:45:54.553Z"),
        ("https://pbs.twimg.com/media/EjS3Yu4KgACq83v.jpg:large", "twitter", "picture", "2020-10-02T03:45:54Z"),
        ("https://pbs.twimg.com/media/EjS3Yu4KgACq83v?format=jpg", "twitter", "picture", "2020-10-02T03:45:54Z"),
        ("https://www.tiktok.com/@mara.rows/video/6878980214519221525", "tiktok", "video", "2020-10-02T11:16:31Z"),
        ("https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h", "bluesky", "post", FORK),
        ("at://did:plc:abcdefghijkl234567mnopqr/app.bsky.feed.post/3l5jmcyhpi54h", "bluesky", "post", FORK),
        ("https://mast.example.org/@ines/113237543551316025", "mastodon", "post", FORK),
        ("https://truthsocial.com/@harbourmaster/posts/113237543551316025", "truthsocial", "post", FORK),
        ("https://gab.com/harbourmaster/posts/113237543551316025", "gab", "post", FORK),
        ("https://www.linkedin.com/feed/update/urn:li:share:7247202787283447865", "linkedin", "post", FORK),
        ("https://www.tumblr.com/mara/765332564000012345", "tumblr", "post", "2024-10-25T17:40:09.796Z"),
        ("https://discord.com/channels/@me/175928847299117000/175928847299117063", "discord", "message", "2016-04-30T"),
        ("https://m.weibo.cn/status/4555555555555555", "weibo", "post", "2020-10-02T04:22Z"),
        (
            "https://web.archive.org/web/2020im_/https://pbs.twimg.com/media/EjS3Yu4KgACq83v.jpg",
            "twitter",
            "picture",
            "2020-10-02T03:45:54Z",
        ),
    ],
)
def test_an_address_is_dated(address: str, platform: str, kind: str, at: str) -> None:
    """Of each platform whose ids hold time, in posts, stories, pictures and on sites that are not embedded."""
    dating = only(address)
    assert (dating.platform, dating.kind) == (platform, kind)
    assert dating.moment is not None
    assert dating.moment.at.startswith(at)


@pytest.mark.parametrize(
    ("address", "bounds", "rule"),
    [
        ("https://www.instagram.com/p/BUG/", (None, "2011-08-25"), "only in sequence"),
        ("https://twitter.com/i/status/20", (None, "2010-11-04"), "only in sequence"),
        ("https://mara.tumblr.com/post/186400012345", (None, None), "only in sequence"),
        ("https://www.reddit.com/r/tidewatch/comments/99abcd/low_tide/", ("2018-07", "2019-10"), "only in sequence"),
        ("https://www.reddit.com/r/tidewatch/comments/1zzzzzz/low_tide/", ("2024-05", None), "only in sequence"),
        ("https://www.reddit.com/r/tidewatch/comments/1abcd/low_tide/", (None, "2017-08"), "only in sequence"),
        ("https://www.reddit.com/r/tidewatch/comments/99abcd/x/k1abc2d/", (None, None), "only in sequence"),
        ("https://vimeo.com/990417236", (None, None), "only in sequence"),
        ("https://vm.tiktok.com/ZMabcdefg/", (None, None), "a short link"),
        ("https://youtu.be/nB3rTh-Pil0", (None, None), "no time is known to be in the id"),
        ("https://t.me/tidewatch/1204", (None, None), "counts the messages"),
        ("https://imgur.com/a/q7LampX", (None, None), "no rule is known"),
        ("https://mast.example.org/@ines@other.example/113237543551316025", (None, None), "when the copy was made"),
        ("https://mast.example.org/web/statuses/113237543551316025", (None, None), "when the copy was made"),
    ],
)
def test_an_id_without_time_says_why(address: str, bounds: tuple[str | None, str | None], rule: str) -> None:
    """Never a date by interpolation: bounds where points are known, and the reason in words."""
    dating = only(address)
    assert dating.moment is None
    assert (dating.not_before, dating.not_after) == bounds
    assert rule in dating.rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CF1tGabcdef", [("instagram", "post", AT), ("youtube", "video", None)]),
        (
            "DAnqgdfgBCS",
            [
                ("instagram", "post", "2024-10-02T11:16:31.000Z"),
                ("threads", "post", "2024-10-02T11:16:31.000Z"),
                ("youtube", "video", None),
            ],
        ),
        ("nB3rTh-Pil0", [("youtube", "video", None)]),
        (
            "7107337212743830830",
            [
                ("linkedin", "post", "2023-09-12T12:20:39.458Z"),
                ("tiktok", "video", "2022-06-09T20:18:17Z"),
                ("facebook", "post", None),
                ("pinterest", "post", None),
            ],
        ),
        ("2411031528314361759_1234567", [("instagram", "media", AT)]),
        ("MjQxMTAzMTUyODMxNDM2MTc1OQ==", [("instagram", "picture", AT)]),
        ("EjS3Yu4KgACq83v", [("twitter", "picture", "2020-10-02T03:45:54Z")]),
        ("3l5jmcyhpi54h", [("bluesky", "post", FORK)]),
        ("99abcd", [("reddit", "post", None)]),
        (" 99abcd\n", [("reddit", "post", None)]),
    ],
)
def test_a_bare_id_is_everyones_whose_it_may_be(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    """All platforms with an id of that shape and range, those whose ids hold time first."""
    assert asked(text) == expected


def test_what_is_yet_to_come_is_no_bare_ids_time() -> None:
    """A number that X will give out in 2064 is not X's; its address says so, and what is wrong with it."""
    assert "twitter" not in {platform for platform, _, _ in asked("7107337212743830830")}
    dating = only("https://x.com/i/status/7107337212743830830")
    assert dating.caveats[0].startswith("This time is yet to come")


@pytest.mark.parametrize(
    "text", ["", "hello", "@ines.okafor", "https://example.com/", "https://", "Oct 2, 2020", "CF1tG abcdef", "é" * 11]
)
def test_what_is_no_id_is_nothing(text: str) -> None:
    """A word, a handle, a date and any other address are of no platform."""
    assert date_ids(text, NOW) == ()


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("https://www.instagram.com/p/CF1tGabcdef/", "Oct 2, 2020 at 4:16am PDT"),
        ("https://www.instagram.com/p/CJwGRabcdef/", "Jan 7, 2021 at 9:06am PST"),
        ("https://x.com/i/status/1311875027000000512", "October 2, 2020"),
        ("https://mast.example.org/@ines/113237543551316025", None),
    ],
)
def test_a_time_is_said_as_the_platform_prints_it(address: str, printed: str | None) -> None:
    """Instagram's Pacific minute with the season's name, X's UTC day, and nothing for a platform without a form."""
    assert only(address).printed == printed


@pytest.mark.parametrize(
    ("address", "caveat"),
    [
        ("https://www.instagram.com/p/CF1tGabcdef/", "up to 15 minutes later"),
        ("https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h", "the client's clock"),
        ("https://mast.example.org/@ines/113237543551316025", "post's own server"),
        ("https://m.weibo.cn/status/4555555555555555", "off by five minutes"),
        ("https://x.fna.fbcdn.net/1.jpg?ig_cache_key=MjQxMTAzMTUyODMxNDM2MTc1OQ%3D%3D", "shortcode it is CF1tGabcdef"),
    ],
)
def test_what_a_time_is_not_is_said(address: str, caveat: str) -> None:
    """The caveats of each kind of id come with its time."""
    assert any(caveat in one for one in only(address).caveats)


@pytest.mark.parametrize("platform", [pytest.param(one, id=one.name) for one in PLATFORMS])
def test_a_platform_tells_the_time_or_why_not(platform: object) -> None:
    """Where an id holds time the rule has a source; no platform has both a clock and a reason for none."""
    (found,) = [one for one in PLATFORMS if one is platform]
    assert not (found.id_time and found.undated)
    assert found.id_time is None or (found.id_time.formula and found.id_time.source)


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.]{1,20}/[\w/=?&%.-]{0,60}", fullmatch=True))
def test_asking_never_raises(text: str) -> None:
    """Whatever is asked has an answer, if only that it is nothing."""
    assert all(one.rule for one in date_ids(text, NOW))
