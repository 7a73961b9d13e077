"""Old pages of posts: what each shape of them says, and that none of another kind is taken for a post."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture.sources import SourceError
from archiver.records import Post
from archiver.recover.pages import is_wall_address, read_page
from archiver.urls import resolve

X = "https://twitter.com/adaquill/status/1311875000000000000"
INSTAGRAM = "https://www.instagram.com/p/CF1tGabcdef/"
TIKTOK = "https://www.tiktok.com/@adaquill/video/7107337212743830830"
YOUTUBE = "https://www.youtube.com/watch?v=Fh0erry_Qx4"
FACEBOOK = "https://www.facebook.com/lakeside/posts/1234567890"
BLUESKY = "https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h"
MASTODON = "https://mast.example.org/@ines/113237543551316025"
REDDIT = "https://www.reddit.com/r/boats/comments/6rrwyj/heron/"
TELEGRAM = "https://t.me/tidewatch/1204"
THREADS = "https://www.threads.net/@ines.okafor/post/CuYKl8tJKG4"

LOW = "Low tide, high spirits 🌊 #quay"


def read(url: str, page: str) -> tuple[str | None, ...]:
    """Handle, name, time and words of the post at that address, as the page has them."""
    found = resolve(url)
    assert found
    post = Post(
        id=f"{found.platform}:{found.native_id}",
        platform=found.platform,
        native_id=found.native_id,
        permalink=found.permalink,
    )
    told = read_page(page.encode(), "utf-8", post)
    return told.handle, told.author_name, told.posted_at, told.text


def tags(url: str, **told: str) -> str:
    """A page with nothing but tags for others; `_` in the names of tags stands for `:`."""
    metas = "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{text}">' for name, text in told.items())
    return f'<html lang="en"><link rel="canonical" href="{url}"><meta property="og:url" content="{url}">{metas}'


def data(before: str, value: object, after: str = ";") -> str:
    """A page with data in a script."""
    return f"<script>{before}{json.dumps(value)}{after}</script>"


MEDIA = {
    "shortcode": "CF1tGabcdef",
    "owner": {"username": "ines.okafor", "full_name": "Ines Okafor"},
    "edge_media_to_caption": {"edges": [{"node": {"text": LOW}}]},
    "taken_at_timestamp": 1601637391,
}
INES = ("ines.okafor", "Ines Okafor", "2020-10-02T11:16:31Z", LOW)

TWEET = (
    '<div class="tweet" data-tweet-id="7"><p class="tweet-text">Another one.</p></div>'
    '<div class="permalink-inner permalink-tweet-container"><div class="tweet permalink-tweet" data-tweet-id='
    '"1311875000000000000" data-screen-name="adaquill" data-name="Ada Quill"><p class="TweetTextSize js-tweet-text '
    'tweet-text" lang="en">Low tide,\nhigh spirits <img class="Emoji" alt="🌊"> <a href="https://t.co/x" '
    'data-expanded-url="https://example.org/a/long/address"><span class="invisible">https://</span>example.org/a/l'
    '<span class="tco-ellipsis">…</span></a></p><span class="_timestamp" data-time="1601637391"></span></div></div>'
)
ITEM = {
    "id": "7107337212743830830",
    "desc": LOW,
    "createTime": "1654806006",
    "author": {"uniqueId": "adaquill", "nickname": "Ada Quill"},
}
ADA = ("adaquill", "Ada Quill", "2022-06-09T20:20:06Z", LOW)
POSTING = {
    "@context": "https://schema.org",
    "@type": "SocialMediaPosting",
    "url": X,
    "author": {"@type": "Person", "givenName": "Ada Quill", "additionalName": "adaquill"},
    "articleBody": LOW,
    "datePublished": "2020-10-02T11:16:31.000Z",
}
PLAYER = {
    "videoDetails": {"videoId": "Fh0erry_Qx4", "title": "The Heron at noon", "author": "Lakeside"},
    "microformat": {
        "playerMicroformatRenderer": {
            "publishDate": "2019-05-04T07:00:00-07:00",
            "ownerProfileUrl": "http://www.youtube.com/@lakeside",
        }
    },
}
PAGES = {
    "X, as the server wrote it": (
        X,
        TWEET,
        (
            "adaquill",
            "Ada Quill",
            "2020-10-02T11:16:31Z",
            "Low tide,\nhigh spirits 🌊 https://example.org/a/long/address",
        ),
    ),
    "X, for telephones": (
        X,
        '<table class="main-tweet"><tr><td><div class="fullname">Ada Quill</div><span class="username">@adaquill</span>'
        f'<div class="tweet-text" data-id="1311875000000000000"><div>{LOW}</div></div></td></tr></table>',
        ("adaquill", "Ada Quill", None, LOW),
    ),
    "X, at first": (
        X,
        '<div id="permalink"><span class="entry-content">Low tide.</span><a class="entry-date" '
        f'href="{X}">noon</a></div><a class="screen-name">adaquill</a><div class="full-name">Ada Quill</div>',
        ("adaquill", "Ada Quill", None, "Low tide."),
    ),
    "X, tags": (
        X,
        tags(X, og_title="Ada Quill on Twitter", og_description=f"“{LOW}”"),
        (None, "Ada Quill", None, LOW),
    ),
    "X, tags that are cut": (
        X,
        tags(X, og_title="Ada Quill on Twitter", og_description="“Low tide, hi…”"),
        (None, "Ada Quill", None, None),
    ),
    "X, JSON-LD": (
        X,
        f'<script type="application/ld+json">{json.dumps(POSTING)}</script>',
        ("adaquill", "Ada Quill", "2020-10-02T11:16:31Z", LOW),
    ),
    "X, the second version of its interface": (
        X,
        json.dumps(
            {
                "data": {"id": "1311875000000000000", "author_id": "2", "text": "Tide &amp; time", "lang": "en"},
                "includes": {"users": [{"id": "1"}, {"id": "2", "username": "adaquill", "name": "Ada Quill"}]},
            }
        ),
        ("adaquill", "Ada Quill", None, "Tide & time"),
    ),
    "X, the first version, cut": (
        X,
        json.dumps(
            {
                "id_str": "1311875000000000000",
                "created_at": "Fri Oct 02 11:16:31 +0000 2020",
                "text": "Low ti…",
                "truncated": True,
                "user": {"screen_name": "adaquill", "name": "Ada Quill"},
            }
        ),
        ("adaquill", "Ada Quill", "2020-10-02T11:16:31Z", None),
    ),
    "Instagram, shared data": (
        INSTAGRAM,
        data("window._sharedData = ", {"entry_data": {"PostPage": [{"graphql": {"shortcode_media": MEDIA}}]}}),
        INES,
    ),
    "Instagram, shared data of 2014": (
        INSTAGRAM,
        data(
            "window._sharedData = ",
            {"entry_data": {"PostPage": [{"media": {**MEDIA, "code": "CF1tGabcdef", "shortcode": None}}]}},
        ),
        INES,
    ),
    "Instagram, additional data": (
        INSTAGRAM,
        data("window.__additionalDataLoaded('/p/CF1tGabcdef/',", {"graphql": {"shortcode_media": MEDIA}}, ");"),
        INES,
    ),
    "Instagram, tags": (
        INSTAGRAM,
        tags(
            INSTAGRAM,
            og_title=f"Ines Okafor on Instagram: “{LOW}”",
            og_description=f"120 Likes, 3 Comments - Ines Okafor (@ines.okafor) on Instagram: “{LOW}”",
        ),
        ("ines.okafor", "Ines Okafor", None, LOW),
    ),
    "Instagram, tags that are cut": (
        INSTAGRAM,
        tags(
            INSTAGRAM,
            og_title="Ines Okafor on Instagram: “Low tide, high…”",
            og_description="120 Likes, 3 Comments - Ines Okafor (@ines.okafor) on Instagram: “Low tide, high…”",
        ),
        ("ines.okafor", "Ines Okafor", None, None),
    ),
    "Instagram, its embed page": (
        INSTAGRAM,
        f'<div class="Embed"><a href="{INSTAGRAM}?utm=x"></a><div class="Caption"><a class="CaptionUsername">'
        f'ines.okafor</a><br>{LOW}<div class="CaptionComments">View all 3</div></div></div>',
        ("ines.okafor", None, None, LOW),
    ),
    "TikTok, SIGI_STATE": (
        TIKTOK,
        data(
            "window['SIGI_STATE']=",
            {"ItemModule": {ITEM["id"]: {**ITEM, "author": "adaquill", "nickname": "Ada Quill"}}},
        ),
        ADA,
    ),
    "TikTok, rehydration": (
        TIKTOK,
        '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">'
        + json.dumps({"__DEFAULT_SCOPE__": {"webapp.video-detail": {"itemInfo": {"itemStruct": ITEM}}}})
        + "</script>",
        ADA,
    ),
    "YouTube, the player's data": (
        YOUTUBE,
        data("var ytInitialPlayerResponse = ", PLAYER),
        ("lakeside", "Lakeside", "2019-05-04T14:00:00Z", "The Heron at noon"),
    ),
    "YouTube, microdata": (
        YOUTUBE,
        '<meta itemprop="videoId" content="Fh0erry_Qx4"><meta itemprop="name" content="The Heron at noon">'
        '<span itemprop="author"><link itemprop="url" href="http://www.youtube.com/user/lakeside">'
        '<link itemprop="name" content="Lakeside"></span><meta itemprop="datePublished" content="2019-05-04">',
        (None, "Lakeside", "2019-05-04", "The Heron at noon"),
    ),
    "Facebook, JSON-LD": (
        FACEBOOK,
        tags(FACEBOOK)
        + '<script type="application/ld+json">'
        + json.dumps({"@type": "SocialMediaPosting", "author": {"name": "Lakeside"}, "articleBody": LOW})
        + "</script>",
        (None, "Lakeside", None, LOW),
    ),
    "Facebook, tags": (FACEBOOK, tags(FACEBOOK, og_type="article", og_description=LOW), (None, None, None, LOW)),
    "Dailymotion, JSON-LD": (
        "https://www.dailymotion.com/video/x8abcde",
        '<script type="application/ld+json">'
        + json.dumps(
            {"@type": "VideoObject", "embedUrl": "https://www.dailymotion.com/embed/video/x8abcde", "name": LOW}
        )
        + "</script>",
        (None, None, None, LOW),
    ),
    "Bluesky, for readers without script": (
        BLUESKY,
        '<noscript><div id="bsky_post_summary"><p id="bsky_display_name">Ines</p><p id="bsky_handle">ines.example.org'
        f'</p><p id="bsky_post_text">{LOW}</p><p id="bsky_post_indexedat">2024-10-02T16:10:12.345Z</p></div></noscript>'
        "<i>3l5jmcyhpi54h</i>",
        ("ines.example.org", "Ines", "2024-10-02T16:10:12Z", LOW),
    ),
    "Mastodon, as the server wrote it": (
        MASTODON,
        '<div class="detailed-status"><span class="display-name"><strong class="display-name__html p-name">Ines'
        '</strong><span class="display-name__account">@ines@mast.example.org</span></span><div class="e-content"><p>'
        "The lamps<br>are lit.</p><p>All of them.</p></div><a href=113237543551316025><time class=formatted "
        "datetime=2024-10-02T16:10:12Z></time></a></div>",
        ("ines@mast.example.org", "Ines", "2024-10-02T16:10:12Z", "The lamps\nare lit.\n\nAll of them."),
    ),
    "Mastodon, tags": (
        MASTODON,
        tags(
            MASTODON,
            og_title="Ines (@ines@mast.example.org)",
            og_description="Attached: 1 image\n\nThe lamps are lit.",
            og_published_time="2024-10-02T16:10:12Z",
        ),
        ("ines@mast.example.org", "Ines", "2024-10-02T16:10:12Z", "The lamps are lit."),
    ),
    "Reddit, new": (
        REDDIT,
        '<shreddit-post id="t3_6rrwyj" author="adaquill" post-title="The Heron sails" '
        'created-timestamp="2017-08-05T16:02:11.000000+0000"></shreddit-post>',
        ("adaquill", None, "2017-08-05T16:02:11Z", "The Heron sails"),
    ),
    "Reddit, old": (
        REDDIT,
        '<div class="thing link" data-fullname="t3_6rrwyj"><a class="title">The Heron sails</a><p class="tagline">'
        '<time datetime="2017-08-05T16:02:11+00:00">3 years ago</time> by <a class="author">adaquill</a></p></div>',
        ("adaquill", None, "2017-08-05T16:02:11Z", "The Heron sails"),
    ),
    "Telegram, the framed page": (
        TELEGRAM,
        '<div data-post="TideWatch/1204"><div class="js-message_text">High water.</div></div>',
        ("TideWatch", None, None, "High water."),
    ),
    "Vimeo, tags": (
        "https://vimeo.com/76979871",
        tags("https://vimeo.com/76979871", og_title="At noon"),
        (None, None, None, "At noon"),
    ),
    "Threads, tags": (
        THREADS,
        tags(THREADS, og_title="Ines Okafor (@ines.okafor) on Threads", og_description=LOW),
        ("ines.okafor", "Ines Okafor", None, LOW),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_says_of_its_post(name: str) -> None:
    """Who, when and what, from the markup, the data or the tags of that time; what is cut is no text."""
    url, page, expected = PAGES[name]
    assert read(url, page) == expected


NOTHING = {
    "Instagram's login": (INSTAGRAM, "<title>Login • Instagram</title><i>CF1tGabcdef</i>", "login-wall"),
    "the name alone": (INSTAGRAM, f"<title>Instagram</title>{tags(INSTAGRAM, og_title='Instagram')}", "login-wall"),
    "a title in space": (INSTAGRAM, "<title>\nInstagram\n</title>CF1tGabcdef", "login-wall"),
    "Facebook's login": (FACEBOOK, f"<title>Log into Facebook | Facebook</title>{tags(FACEBOOK)}", "login-wall"),
    "Facebook's tags of a login": (
        FACEBOOK,
        tags(FACEBOOK, og_title="Log in to Facebook", og_description="Log in to share with your friends."),
        "login-wall",
    ),
    "Facebook's tags of the page that posted": (
        FACEBOOK,
        tags(FACEBOOK, og_type="article", og_title="Lakeside", og_description="Lakeside. 1,204 likes."),
        "unreadable",
    ),
    "a name that is made up": (
        TIKTOK,
        '<script type="application/ld+json">'
        + json.dumps({"@type": "VideoObject", "url": TIKTOK, "name": "Ada Quill on TikTok"})
        + "</script>",
        "unreadable",
    ),
    "a field for a password": (X, f"<title>Ada</title><a href={X}></a><input type=password>", "login-wall"),
    "YouTube's consent": (YOUTUBE, "<title>Before you continue to YouTube</title>Fh0erry_Qx4", "login-wall"),
    "a post in another case": (
        INSTAGRAM,
        data("window._sharedData = ", {"media": {**MEDIA, "shortcode": "cF1tGabcdef"}}),
        "another-post",
    ),
    "tags of another post": (
        INSTAGRAM,
        tags("https://www.instagram.com/p/cF1tGabcdef/", og_title=f"Ines on Instagram: “{LOW}”") + "CF1tGabcdef",
        "unreadable",
    ),
    "a post beside the post": (X, TWEET.replace("1311875000000000000", "7") + "1311875000000000000", "unreadable"),
    "linked data of another post": (
        X,
        '<i>1311875000000000000</i><script type="application/ld+json">'
        + json.dumps({**POSTING, "url": X.replace("000", "001")})
        + "</script>",
        "unreadable",
    ),
    "Telegram's channel in place of a message": (
        TELEGRAM,
        tags(TELEGRAM, og_title="Tide Watch", og_description="All tides."),
        "unreadable",
    ),
    "a video that is gone": (YOUTUBE, tags(YOUTUBE, og_title="YouTube"), "login-wall"),
    "nothing": (X, "", "another-post"),
    "a handle that cannot be one": (
        INSTAGRAM,
        data("window._sharedData = ", {**MEDIA, "owner": {"username": "a b/c"}, "edge_media_to_caption": {}}),
        "unreadable",
    ),
    "damaged data": (INSTAGRAM, "<script>window._sharedData = {CF1tGabcdef</script>", "unreadable"),
    "data without an end": (
        INSTAGRAM,
        "CF1tGabcdef<script>window._sharedData = " + '{"a":' * 50_000 + "</script>",
        "unreadable",
    ),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_no_page_of_the_post_says_nothing(name: str) -> None:
    """A login, the platform's name, another post, nothing: told as what it is, and never taken for the post."""
    url, page, outcome = NOTHING[name]
    with pytest.raises(SourceError) as error:
        read(url, page)
    assert error.value.outcome == outcome


@pytest.mark.parametrize(
    ("url", "is_wall"),
    [
        ("https://www.instagram.com/accounts/login/?next=/p/CF1tGabcdef/", True),
        ("https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Flakeside", True),
        ("https://www.facebook.com/login.php", True),
        ("https://twitter.com/i/flow/login?redirect_after_login=x", True),
        ("https://consent.youtube.com/m?continue=x", True),
        (INSTAGRAM, False),
        ("https://twitter.com/login_news/status/20", False),
        ("https://www.instagram.com/p/loginABCDEF/", False),
        ("https://[", False),
    ],
)
def test_the_address_of_a_login_is_known(url: str, is_wall: bool) -> None:
    """Where platforms lead who is not logged in; not what only sounds like it."""
    assert is_wall_address(url) is is_wall


INSERTED = ("", "{}", "[]", "null", "-1", '"', "<", "\\", "1e400")


@given(
    name=st.sampled_from(sorted(PAGES)),
    changes=st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 40),
            st.sampled_from(["", "{}", "[]", "null", "-1", '"', "<", "\\", "1e400"]),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_a_damaged_page_is_read_as_far_as_it_goes(name: str, changes: list[tuple[float, int, str]]) -> None:
    """Whatever is cut out of it or put into it: something is read, or it is said that it cannot be."""
    url, page, _ = PAGES[name]
    for place, length, added in changes:
        start = int(place * len(page))
        page = page[:start] + added + page[start + length :]
    with suppress(SourceError):
        read(url, page)
