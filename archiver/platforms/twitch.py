"""Twitch: clips, videos and collections, which leave a frame and no text. A channel's live player is no post."""

import re

from archiver.platforms.base import Example, Platform, Shortcode, UrlForm

HOSTS = ("twitch.tv", "go.twitch.tv")
CLIP = "https://clips.twitch.tv/{id}"
COLLECTION = "https://www.twitch.tv/collections/{id}"
SLUG = r"(?P<id>[A-Z][A-Za-z]{5,100}(?:-[\w-]{16})?)(?![\w-])"


FRAME = (
    '<iframe src="https://clips.twitch.tv/embed?clip=BraveTidyHeronKeel-x7QuayLantern204&amp;parent=example.com" '
    'height="360" width="640"></iframe>'
)

TWITCH = Platform(
    name="twitch",
    label="Twitch",
    noun="video",
    medium="video",
    urls=(
        UrlForm(hosts=("clips.twitch.tv",), path=re.compile(r"/embed"), query=("clip",), permalink=CLIP),
        UrlForm(hosts=("player.twitch.tv",), path=re.compile(r"/"), query=("clip",), permalink=CLIP),
        # Players name a video with or without a `v` before its number (dev.twitch.tv, "Embedding Video and Clips").
        UrlForm(
            hosts=("player.twitch.tv",),
            path=re.compile(r"/"),
            query=("video",),
            value=re.compile(r"v?(?P<id>\d{5,14})"),
        ),
        UrlForm(hosts=("player.twitch.tv",), path=re.compile(r"/"), query=("collection",), permalink=COLLECTION),
        UrlForm(hosts=("clips.twitch.tv",), path=re.compile(rf"/(?:(?P<handle>\w{{3,25}})/)?{SLUG}"), permalink=CLIP),
        UrlForm(hosts=HOSTS, path=re.compile(rf"/(?:(?P<handle>\w{{3,25}})/)?clip/{SLUG}"), permalink=CLIP),
        UrlForm(hosts=HOSTS, path=re.compile(r"/videos/v?(?P<id>\d{5,14})(?!\w)")),
        UrlForm(hosts=HOSTS, path=re.compile(r"/(?P<handle>\w{3,25})/(?:v|video|b)/(?P<id>\d{5,14})(?!\w)")),
        UrlForm(hosts=HOSTS, path=re.compile(r"/collections/(?P<id>[\w-]{10,20})(?![\w-])"), permalink=COLLECTION),
    ),
    permalink="https://www.twitch.tv/videos/{id}",
    profile="https://www.twitch.tv/{handle}",
    shortcodes=(
        Shortcode(
            opening="[twitch",
            pattern=re.compile(
                r"\[twitch(?<!\[\[twitch)(?:tv)?[\s=:\]](?>[^\[\]\n]{0,100}?(?P<url>https?://[^\s\"'\[\]]{8,200}))[^\[\]\n]{0,200}+(?:\[/twitch(?:tv)?)?\]"
            ),
        ),
        Shortcode(
            opening="{{",
            word="twitch",
            pattern=re.compile(
                r"\{\{[<%]\s{0,9}(?:twitch|twitch-video)\s(?:[^{}]{0,200}?\b(?:id|video)=)?[\"']?(?P<id>\d{6,14})(?!\w)"
                r"[^{}]{0,300}+(?<=[>%])\}\}"
            ),
            formats=("markdown",),
            template="https://www.twitch.tv/videos/{id}",
        ),
    ),
    loaders=("player.twitch.tv/js/embed/v1.js", "embed.twitch.tv/embed/v1.js"),
    needles=("twitch",),
    traces=(
        "clips.twitch.tv/",
        "player.twitch.tv/",
        "twitch.tv/videos/",
        "twitch.tv/collections/",
        "twitch.tv\\/",
        "twitch.tv%2F",
        # A channel's name may stand between host and kind; needles are cheap here, since few pages name Twitch at all.
        "www.twitch.tv/",
        "//twitch.tv/",
        "m.twitch.tv/",
        "go.twitch.tv/",
        "[twitch",
    ),
    examples=(
        Example(
            format="html",
            source=f"<p>{FRAME}</p>",
            expect={
                "form": "iframe",
                "marker": FRAME,
                "native_id": "BraveTidyHeronKeel-x7QuayLantern204",
                "permalink": "https://clips.twitch.tv/BraveTidyHeronKeel-x7QuayLantern204",
            },
        ),
        Example(
            format="html",
            source='<iframe src="https://player.twitch.tv/?video=2204177236&amp;parent=example.com"></iframe>',
            expect={"native_id": "2204177236", "permalink": "https://www.twitch.tv/videos/2204177236"},
        ),
        Example(
            format="html",
            source='<iframe data-src="https://player.twitch.tv/?autoplay=false&amp;video=v2204177236"></iframe>',
            expect={"form": "iframe", "native_id": "2204177236"},
        ),
        Example(
            format="html",
            source='<iframe src="https://player.twitch.tv/?collection=Qy7harbourNig_1"></iframe>',
            expect={"native_id": "Qy7harbourNig_1"},
        ),
        Example(
            format="text",
            source="Before\nhttps://www.twitch.tv/videos/2204177236?t=1h2m\nAfter",
            expect={"form": "url", "native_id": "2204177236"},
        ),
        Example(
            format="text",
            source="https://www.twitch.tv/northpilots/clip/BraveTidyHeronKeel?filter=clips",
            expect={"native_id": "BraveTidyHeronKeel", "handle": "northpilots"},
        ),
        Example(format="text", source="https://clips.twitch.tv/BraveTidyHeronKeel", expect={"form": "url"}),
        *(
            Example(
                format="text", source=f"One\n{url}\ntwo", expect={"native_id": "BraveTidyHeronKeel", "handle": None}
            )
            for url in ("https://m.twitch.tv/clip/BraveTidyHeronKeel", "https://www.twitch.tv/clip/BraveTidyHeronKeel")
        ),
        Example(
            format="html",
            source="<p>https://go.twitch.tv/videos/2204177236</p>",
            expect={"permalink": "https://www.twitch.tv/videos/2204177236"},
        ),
        # Jetpack's (modules/shortcodes/twitchtv.php).
        Example(
            format="text",
            source="One [twitchtv url=https://www.twitch.tv/northpilots/b/2204177236 height=378] two",
            expect={"form": "shortcode", "native_id": "2204177236"},
        ),
        Example(
            format="text",
            source='One [twitch url="https://www.twitch.tv/northpilots/v/2204177236"] two',
            expect={"form": "shortcode", "native_id": "2204177236", "handle": "northpilots"},
        ),
        Example(format="markdown", source="{{< twitch 2204177236 >}}", expect={"native_id": "2204177236"}),
        Example(
            format="html",
            source='<iframe src="https://player.twitch.tv/?clip=BraveTidyHeronKeel&amp;parent=example.com"></iframe>',
            expect={"permalink": "https://clips.twitch.tv/BraveTidyHeronKeel"},
        ),
        Example(
            format="text",
            source="https://www.twitch.tv/collections/Qy7harbourNig_1",
            expect={"form": "url", "permalink": "https://www.twitch.tv/collections/Qy7harbourNig_1"},
        ),
    ),
    misses=(
        ("html", '<iframe src="https://player.twitch.tv/?channel=northpilots&amp;parent=example.com"></iframe>'),
        ("html", '<iframe src="https://www.twitch.tv/embed/northpilots/chat?parent=example.com"></iframe>'),
        ("html", '<p>Live <a href="https://www.twitch.tv/northpilots">on Twitch</a> tonight.</p>'),
        ("text", "https://www.twitch.tv/northpilots"),
        ("text", "https://www.twitch.tv/northpilots/videos"),
        ("text", "https://www.twitch.tv/clip/"),
        ("text", "One [twitchtv url=https://www.twitch.tv/northpilots] two"),
    ),
)
