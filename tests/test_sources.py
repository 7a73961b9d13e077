"""Sources: how posts are asked for, what answers say of them, and what answers without them say of their life."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from archiver.capture.sources import SOURCES, SourceError, read_answer, read_signs, sources_of
from archiver.capture.sources.syndication import token_of
from archiver.find import find_embeds
from archiver.platforms import PLATFORMS
from archiver.records import Observation, Post

X = "1311875000000000000"


def post_of(url: str) -> Post:
    """The post that an address alone is of."""
    (embed,) = find_embeds(f"{url}\n", "text")
    return Post(id="", platform=embed.platform, native_id=embed.native_id, permalink=embed.permalink)


def read(source: str, url: str, told: Any) -> Observation:
    """What a source's answer says of the post at an address."""
    return read_answer(SOURCES[source], json.dumps(told).encode(), post_of(url))


QUAY = "https://soundcloud.com/northpilots/night-on-the-quay"
TRACK = '<iframe src="https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F{}"></iframe>'
SPOTIFY = '<iframe src="https://open.spotify.com/embed/episode/{}?utm_source=oembed"></iframe>'
FLICKR = (
    '<a data-flickr-embed="true" href="https://www.flickr.com/photos/northpilots/{}/"><img src="https://x/1.jpg"></a>'
)
TUMBLR = (
    '<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/Qy7LampXy204aB/{0}"><a '
    'href="https://northpilots.tumblr.com/post/{0}">https://northpilots.tumblr.com/post/{0}</a></div>'
)
DAILYMOTION = '<iframe src="https://www.dailymotion.com/embed/video/{}"></iframe>'
CODE = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Low tide &amp; high spirits.</p>&mdash; Ada Quill '
    '(@adaquill) <a href="https://twitter.com/adaquill/status/{}">October 2, 2020</a></blockquote>'
)
ASKED: dict[str, tuple[str, str]] = {
    "x-syndication": (
        f"https://twitter.com/adaquill/status/{X}",
        f"https://cdn.syndication.twimg.com/tweet-result?id={X}&lang=en&token={token_of(int(X))}",
    ),
    "x-oembed": (
        f"https://twitter.com/adaquill/status/{X}",
        f"https://publish.x.com/oembed?omit_script=1&dnt=1&url=https%3A%2F%2Ftwitter.com%2Fadaquill%2Fstatus%2F{X}",
    ),
    "spotify-oembed": (
        "https://open.spotify.com/episode/7makktideQuayLamp204xY",
        "https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2Fepisode%2F7makktideQuayLamp204xY",
    ),
    "soundcloud-oembed": (
        QUAY,
        "https://soundcloud.com/oembed?format=json&url=https%3A%2F%2Fsoundcloud.com%2Fnorthpilots%2Fnight-on-the-quay",
    ),
    "flickr-oembed": (
        "https://www.flickr.com/photos/northpilots/52204177236/in/photostream/",
        "https://www.flickr.com/services/oembed/?format=json&url="
        "https%3A%2F%2Fwww.flickr.com%2Fphotos%2Fnorthpilots%2F52204177236%2F",
    ),
    "tumblr-oembed": (
        "https://www.tumblr.com/northpilots/765332564000012345/low-tide",
        "https://www.tumblr.com/oembed/1.0?url=https%3A%2F%2Fnorthpilots.tumblr.com%2Fpost%2F765332564000012345",
    ),
    "dailymotion-oembed": (
        "https://dai.ly/x9quay7",
        "https://www.dailymotion.com/services/oembed?format=json&url=https%3A%2F%2Fwww.dailymotion.com%2Fvideo%2Fx9quay7",
    ),
}
SAID: list[tuple[str, dict[str, Any], Observation]] = [
    (
        "x-syndication",
        {
            "__typename": "Tweet",
            "id_str": X,
            "lang": "en",
            "created_at": "2020-10-02T03:39:40.000Z",
            "text": "@ines Tide &lt;low&gt;: https://t.co/AbCdEf1234 and https://t.co/AbCdEf12345 https://t.co/PicPicPic1",
            "display_text_range": [6, 70],
            "entities": {
                "urls": [{"url": "https://t.co/AbCdEf1234", "expanded_url": "https://tide.example.org/?a=1&b=2"}, 7],
                "media": [{"url": "https://t.co/PicPicPic1", "display_url": "pic.twitter.com/PicPicPic1"}],
            },
            "user": {"name": "Ada Quill", "screen_name": "adaquill"},
        },
        Observation(
            permalink=f"https://twitter.com/adaquill/status/{X}",
            handle="adaquill",
            author_name="Ada Quill",
            posted_at="2020-10-02T03:39:40Z",
            precision="second",
            text="@ines Tide <low>: https://tide.example.org/?a=1&b=2 and https://t.co/AbCdEf12345 "
            "pic.twitter.com/PicPicPic1",
            language="en",
        ),
    ),
    (
        "x-syndication",
        {"id_str": X, "lang": "qme", "text": "\u2693", "user": {"name": "Ada", "screen_name": "adaquill"}},
        Observation(
            permalink=f"https://twitter.com/adaquill/status/{X}", handle="adaquill", author_name="Ada", text="\u2693"
        ),
    ),
    (
        "x-oembed",
        {"html": CODE.format(X), "author_name": "Ada Quill"},
        Observation(
            permalink=f"https://twitter.com/adaquill/status/{X}",
            handle="adaquill",
            author_name="Ada Quill",
            posted_at="2020-10-02",
            precision="day",
            text="Low tide & high spirits.",
        ),
    ),
    (
        "spotify-oembed",
        {"html": SPOTIFY.format("7makktideQuayLamp204xY"), "title": "The tide tables", "type": "rich"},
        Observation(text="The tide tables"),
    ),
    (
        "soundcloud-oembed",
        {
            "html": TRACK.format(2204177236),
            "title": "Night on the quay by North Pilots",
            "author_name": "North Pilots",
            "author_url": "https://soundcloud.com/northpilots",
        },
        Observation(handle="northpilots", author_name="North Pilots", text="Night on the quay by North Pilots"),
    ),
    (
        "flickr-oembed",
        {
            "html": FLICKR.format(52204177236),
            "title": "Low tide",
            "author_name": "North Pilots",
            "author_url": "https://www.flickr.com/photos/northpilots/",
        },
        Observation(handle="northpilots", author_name="North Pilots", text="Low tide"),
    ),
    (
        "tumblr-oembed",
        {"html": TUMBLR.format(765332564000012345), "title": "The blog", "author_name": "northpilots"},
        Observation(handle="northpilots", permalink="https://northpilots.tumblr.com/post/765332564000012345"),
    ),
    (
        "dailymotion-oembed",
        {
            "html": DAILYMOTION.format("x9quay7"),
            "title": "Night on the quay",
            "author_name": "North Pilots",
            "author_url": "http://www.dailymotion.com/NorthPilots",
        },
        Observation(handle="NorthPilots", author_name="North Pilots", text="Night on the quay"),
    ),
]


@pytest.mark.parametrize(("source", "url", "asked"), [(name, *row) for name, row in ASKED.items()])
def test_a_post_is_asked_for_by_its_address(source: str, url: str, asked: str) -> None:
    """The address in the form that the endpoint answers for."""
    assert SOURCES[source].url(post_of(url)) == asked


@pytest.mark.parametrize(("source", "told", "said"), SAID)
def test_an_answer_is_read_as_it_is_documented(source: str, told: dict[str, Any], said: Observation) -> None:
    """What it says of the post, and nothing that it does not say."""
    assert read(source, ASKED[source][0], told) == said


@pytest.mark.parametrize(
    ("source", "told", "outcome"),
    [
        ("x-syndication", {}, "not-here"),
        ("x-syndication", {"id_str": "20", "text": "x", "user": {}}, "another-post"),
        ("x-oembed", {"html": CODE.format(20)}, "another-post"),
        ("spotify-oembed", {"html": SPOTIFY.format("0" * 22), "title": "x"}, "another-post"),
        ("soundcloud-oembed", {"title": "x", "author_url": "https://soundcloud.com/southpilots"}, "another-post"),
        ("flickr-oembed", {"html": FLICKR.format(52204177237), "title": "x"}, "another-post"),
        ("tumblr-oembed", {"html": TUMBLR.format(765332564000012346)}, "another-post"),
        ("tumblr-oembed", {"html": "<p>Log in", "title": "The blog"}, "unreadable"),
        ("dailymotion-oembed", {"html": DAILYMOTION.format("x9quay8"), "title": "x"}, "another-post"),
    ],
)
def test_an_answer_about_another_post_is_not_taken(source: str, told: dict[str, Any], outcome: str) -> None:
    """Nor one that says nothing."""
    with pytest.raises(SourceError) as raised:
        read(source, ASKED[source][0], told)
    assert raised.value.outcome == outcome


@pytest.mark.parametrize(
    ("notice", "outcome"),
    [
        ("This Post was deleted by the Post author. Learn more", "not-found"),
        ("This Tweet was deleted by the Tweet author. Learn more", "not-found"),
        ("This Post violated the X Rules. Learn more", "not-found"),
        ("This Post is from an account that no longer exists. Learn more", "account-gone"),
        ("This Post is from a suspended account. Learn more", "account-gone"),
        ("You’re unable to view this Post because this account owner limits who can view their Posts.", "private"),
        ("Age-restricted adult content. This content might not be appropriate.", "login-wall"),
        ("This Post is unavailable.", "withheld"),
        (None, "withheld"),
    ],
)
def test_a_tombstone_says_why(notice: str | None, outcome: str) -> None:
    """In X's own words; without known ones no more than that the post is not shown."""
    told = {"__typename": "TweetTombstone", "tombstone": {"text": {"text": notice}} if notice else {}}
    with pytest.raises(SourceError) as raised:
        read("x-syndication", ASKED["x-syndication"][0], told)
    assert raised.value.outcome == outcome


@pytest.mark.parametrize(
    ("source", "status", "body", "outcome"),
    [
        ("youtube-oembed", 401, b"Unauthorized", "embedding-off"),
        ("youtube-oembed", 403, b"Forbidden", "private"),
        ("youtube-oembed", 200, b"Forbidden\n", "private"),
        ("youtube-oembed", 200, b"<p>A page", None),
        ("youtube-oembed", 404, b"Not Found", None),
        ("vimeo-oembed", 404, b"", "unclear"),
        ("vimeo-oembed", 403, b"", "embedding-off"),
        ("x-oembed", 403, b'{"error": "Sorry"}', "private"),
        ("x-syndication", 404, b"<p>", "not-here"),
        ("x-syndication", 403, b"", "not-here"),
        ("bluesky", 400, b'{"error": "NotFound", "message": "Post not found"}', "not-found"),
        ("bluesky", 400, b'{"error": "AccountTakedown"}', "account-gone"),
        ("bluesky", 400, b'{"error": "InvalidRequest"}', None),
        ("mastodon", 404, b'{"error": "Record not found"}', "not-found"),
        ("mastodon", 404, b"<h1>No such page</h1>", "unclear"),
        ("mastodon", 401, b'{"error": "This API requires an authenticated user"}', "login-wall"),
        ("soundcloud-player-oembed", 404, b"", "unclear"),
        ("tumblr-oembed", 401, b"[" * 100_000, "private"),
    ],
)
def test_an_answer_without_the_post_says_what_became_of_it(
    source: str, status: int, body: bytes, outcome: str | None
) -> None:
    """Where that is documented; all others are what HTTP says they are."""
    sign = read_signs(SOURCES[source], status, body)
    assert (sign and sign.outcome) == outcome


def test_what_became_of_a_post_is_said_by_documentation() -> None:
    """Each sign names the page that says so."""
    assert all(sign.told_in.startswith("https://") for source in SOURCES.values() for sign in source.signs)


@pytest.mark.parametrize(
    "url",
    [
        "https://spoti.fi/2QyLamp",
        "https://on.soundcloud.com/Qy7Lm",
        "https://tmblr.co/ZqY7LampXy204",
        "https://www.flickr.com/photo.gne?id=52204177236",
        "https://www.dailymotion.com/playlist/x7tides",
    ],
)
def test_what_an_endpoint_does_not_answer_for_is_not_asked(url: str) -> None:
    """It would say that nothing is there, and the post would be taken for gone."""
    post = post_of(url)
    assert [source.name for source in sources_of(post.platform) if source.url(post)] == []


def test_the_sources_that_platforms_name_are_those_that_there_are() -> None:
    """Each is declared, and none for nothing."""
    assert {name for platform in PLATFORMS for name in platform.sources} == set(SOURCES)


@pytest.mark.skipif(not shutil.which("node"), reason="no JavaScript to compare with")
def test_a_token_is_what_javascript_makes_of_an_id() -> None:
    """Of small ids, of those at the edges of a double, and of many between."""
    ids = [1, 20, 2**53, 2**63 - 1, *(number * 6_364_136_223_846_793_005 % 2**62 for number in range(1, 400))]
    script = "for (const id of process.argv.slice(1)) console.log(((Number(id)/1e15)*Math.PI).toString(36))"
    said = subprocess.run(["node", "-e", script, *map(str, ids)], capture_output=True, text=True, check=True)
    assert [token_of(id_) for id_ in ids] == [one.replace("0", "").replace(".", "") for one in said.stdout.split()]
