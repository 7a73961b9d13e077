"""SoundCloud: tracks and sets, by number in its player's address or by slug in its pages'."""

import re

from archiver.platforms.base import Example, Markup, Platform, Shortcode, UrlForm
from archiver.times import UndatedIds

TRACK = "https://api.soundcloud.com/tracks/{id}"
LIST = "https://api.soundcloud.com/playlists/{id}"
# First parts of the site's own pages, and last parts of a profile's.
OURS = (
    "you|discover|stream|charts|search|pages|upload|settings|tags|terms-of-use|jobs|people|groups|player|oembed|stations"
    "|mobile|explore|imprint|community-guidelines|for|go|pro|premium|download|connect|messages|notifications"
)
THEIRS = (
    "tracks|albums|sets|reposts|likes|followers|following|popular-tracks|comments|spotlight|toptracks|groups|playlists"
)

FRAME = (
    '<iframe width="100%" height="166" src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/'
    '2204177236&amp;color=%23ff5500&amp;show_user=true"></iframe>'
)
SEEN = {"native_id": "2204177236", "permalink": "https://api.soundcloud.com/tracks/2204177236"}
PAGE = {
    "native_id": "northpilots/night-on-the-quay",
    "permalink": "https://soundcloud.com/northpilots/night-on-the-quay",
}

SOUNDCLOUD = Platform(
    name="soundcloud",
    label="SoundCloud",
    noun="recording",
    medium="recording",
    urls=(
        UrlForm(hosts=("w.soundcloud.com", "player.soundcloud.com"), path=re.compile(r"/player"), inner="url"),
        UrlForm(hosts=("soundcloud.com",), path=re.compile(r"/(?:oembed|player)/?$"), inner="url"),
        UrlForm(
            hosts=("api.soundcloud.com", "api-v2.soundcloud.com"),
            path=re.compile(r"/(?P<kind>tracks|playlists)/(?:soundcloud:\w{1,10}:)?(?P<id>\d{1,12})(?!\w)"),
            permalink="https://api.soundcloud.com/{kind}/{id}",
        ),
        # A slug is its account's own, so the id of a post has both.
        UrlForm(
            hosts=("soundcloud.com",),
            path=re.compile(rf"/(?P<id>(?!(?:{OURS})/)(?P<handle>[\w-]{{2,60}})/sets/[\w-]{{1,120}})"),
            permalink="https://soundcloud.com/{id}",
        ),
        UrlForm(
            hosts=("soundcloud.com",),
            path=re.compile(
                rf"/(?P<id>(?!(?:{OURS})/)(?P<handle>[\w-]{{2,60}})/(?!(?:{THEIRS})(?:/|$))[\w-]{{1,120}})"
                r"(?:/s-\w{1,20})?/?$"
            ),
            permalink="https://soundcloud.com/{id}",
        ),
        UrlForm(
            hosts=("on.soundcloud.com", "snd.sc"),
            path=re.compile(r"/(?P<id>\w{4,24})/?$"),
            permalink="https://{host}/{id}",
        ),
    ),
    profile="https://soundcloud.com/{handle}",
    sources=("soundcloud-oembed", "soundcloud-player-oembed"),
    media_hosts=("*.sndcdn.com",),
    undated=UndatedIds(why="the address has words that the account chose, or a number that no time is known to be in"),
    markup=(
        Markup(form="amp", tag="amp-soundcloud", having="data-trackid", urls=("data-trackid",), template=TRACK),
        Markup(form="amp", tag="amp-soundcloud", having="data-playlistid", urls=("data-playlistid",), template=LIST),
    ),
    shortcodes=(
        Shortcode(
            opening="[soundcloud",
            pattern=re.compile(
                r"\[soundcloud(?<!\[\[soundcloud)[\s=:\]](?>[^\[\]\n]{0,100}?(?P<url>https?://[^\s\"'\[\]]{8,200}))[^\[\]\n]{0,300}+"
                r"(?:\[/soundcloud)?\]"
            ),
        ),
        Shortcode(
            opening="[soundcloud",
            pattern=re.compile(
                r"\[soundcloud(?<!\[\[soundcloud)\s(?:[^\[\]\n]{0,100}?\b(?:id|track)=)?[\"']?(?P<id>\d{4,12})(?!\w)[^\[\]\n]{0,200}+\]"
            ),
            template=TRACK,
        ),
        Shortcode(
            opening="{{",
            word="soundcloud",
            pattern=re.compile(
                r"\{\{[<%]\s{0,9}[\w-]{0,20}soundcloud[\w-]{0,20}\s(?:[^{}]{0,200}?\b(?:id|track)=)?[\"']?"
                r"(?P<id>\d{4,12})(?!\w)[^{}]{0,300}+(?<=[>%])\}\}"
            ),
            formats=("markdown",),
            template=TRACK,
        ),
    ),
    loaders=("w.soundcloud.com/player/api.js",),
    needles=("oundcloud", "snd.sc/"),
    traces=(
        "w.soundcloud.com/",
        "player.soundcloud.com/",
        "api.soundcloud.com/",
        "soundcloud.com/",
        "soundcloud.com\\/",
        "soundcloud.com%2F",
        "amp-soundcloud",
        "[soundcloud",
        "snd.sc/",
    ),
    examples=(
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **SEEN}),
        *(
            Example(format="html", source=f"<p>One</p>{element}<p>Two</p>", expect={"marker": element, **SEEN})
            for element in (
                '<iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/soundcloud%253A'
                'tracks%253A2204177236&amp;color=%23ff5500"></iframe>',
                '<object><param name="movie" value="http://player.soundcloud.com/player.swf?url=http%3A%2F%2Fapi.'
                'soundcloud.com%2Ftracks%2F2204177236"></object>',
                '<amp-soundcloud data-trackid="2204177236" data-visual="true" height="657"></amp-soundcloud>',
            )
        ),
        Example(
            format="html",
            source='<iframe data-src="https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fnorthpilots%2F'
            'night-on-the-quay"></iframe>',
            expect={"handle": "northpilots", **PAGE},
        ),
        Example(
            format="html",
            source='<iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/playlists/41772360">'
            "</iframe>",
            expect={"native_id": "41772360", "permalink": "https://api.soundcloud.com/playlists/41772360"},
        ),
        Example(
            format="html",
            source='<amp-soundcloud data-playlistid="41772360" height="657"></amp-soundcloud>',
            expect={"form": "amp", "native_id": "41772360"},
        ),
        Example(
            format="text",
            source="Before\nhttps://soundcloud.com/northpilots/night-on-the-quay?utm_source=clipboard\nAfter",
            expect={"form": "url", "handle": "northpilots", **PAGE},
        ),
        Example(
            format="text",
            source="https://m.soundcloud.com/northpilots/sets/low-tide",
            expect={
                "native_id": "northpilots/sets/low-tide",
                "permalink": "https://soundcloud.com/northpilots/sets/low-tide",
            },
        ),
        Example(
            format="text",
            source="https://on.soundcloud.com/Qy7Lm",
            expect={"permalink": "https://on.soundcloud.com/Qy7Lm"},
        ),
        *(
            Example(format="markdown", source=f"One {code} two", expect={"form": "shortcode", "marker": code, **SEEN})
            for code in (
                '[soundcloud url="https://api.soundcloud.com/tracks/2204177236" params="color=ff5500" width="100%" /]',
                "[soundcloud id=2204177236]",
                "{{< soundcloud 2204177236 >}}",
            )
        ),
        Example(
            format="text",
            source="https://soundcloud.com/oembed?format=json&url=https%3A%2F%2Fsoundcloud.com%2Fnorthpilots%2Fnight-on-the-quay",
            expect={"form": "url", "handle": "northpilots", **PAGE},
        ),
    ),
    misses=(
        (
            "html",
            '<iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/users/41772"></iframe>',
        ),
        ("html", '<p>Hear <a href="https://soundcloud.com/northpilots/night-on-the-quay">the tape</a>.</p>'),
        ("html", '<a href="https://soundcloud.com/northpilots">SoundCloud</a>'),
        ("text", "https://soundcloud.com/northpilots"),
        ("text", "https://soundcloud.com/northpilots/sets"),
        ("text", "https://soundcloud.com/pages/cookies"),
    ),
)
