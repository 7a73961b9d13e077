"""YouTube: videos, shorts, live streams and playlists, which leave a frame, a placeholder or a shortcode."""

import re

from archiver.platforms.base import Example, Markup, Platform, Shortcode, UrlForm
from archiver.times import UndatedIds

# For schools there is a player of its own (developers.google.com/youtube, "Player for Education").
HOSTS = ("youtube.com", "youtube-nocookie.com", "youtubeeducation.com", "*.youtube.com", "youtube.googleapis.com")
# 64 bits in base64url. Two other words of eleven letters stand in the same place: a playlist's and a channel's player.
ID = r"(?P<id>(?!videoseries|live_stream)[A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
PLAYLIST = "https://www.youtube.com/playlist?list={id}"
EMBED = "https://www.youtube.com/embed/{id}"
URL = r"(?P<url>https?://[^\s\"'\[\]{}<>]{8,300}+)"
# What names the video among a shortcode's arguments; without one it is the first argument.
ARGUMENT = r"(?:[^{}\[\]]{0,300}?\b(?:id|v|video|videoid|video_id|code|yt)\s{0,3}[=:]\s{0,3})?[\"'“”″]?"
# Attributes that scripts read to build the player on a click, and that hold the bare id.
IDS = (
    "data-youtube-id",
    "data-youtube",
    "data-youtube-video-id",
    "data-youtube-video",
    "data-youtubeid",
    "data-yt-id",
    "data-ytid",
    "data-yt-video-id",
)
# Components of React, Vue, Astro and MDX, and the attributes in which each of them may have the id.
COMPONENTS = ("YouTube", "YouTubeEmbed", "LiteYouTubeEmbed")
COMPONENT_IDS = ("id", "videoId", "video-id", "youTubeId")
PLUGINS = ("youtube", "su_youtube", "yt", "lyte", "video", "fvplayer", "evp_embed_video", "arve")

FRAME = (
    '<iframe width="560" height="315" src="https://www.youtube-nocookie.com/embed/nB3rTh-Pil0?rel=0&amp;start=12" '
    'title="Berthing in fog" allowfullscreen></iframe>'
)
FLASH = (
    '<object width="425" height="344"><param name="movie" value="http://www.youtube.com/v/nB3rTh-Pil0&amp;hl=en&amp;'
    'fs=1"></param><embed src="http://www.youtube.com/v/nB3rTh-Pil0&amp;hl=en&amp;fs=1" type="application/x-shockwave-'
    'flash"></embed></object>'
)
LAZY = (
    '<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/nB3rTh-Pil0" data-id="nB3rTh-Pil0" '
    'data-query="feature=oembed"></div>'
)
VIDEO = {"native_id": "nB3rTh-Pil0", "permalink": "https://www.youtube.com/watch?v=nB3rTh-Pil0"}

YOUTUBE = Platform(
    name="youtube",
    label="YouTube",
    noun="video",
    medium="video",
    opened="2005-04-23",  # the day of the first video
    urls=(
        UrlForm(hosts=HOSTS, path=re.compile(rf"/(?:embed|v|e|w|shorts|live|watch)/{ID}")),
        UrlForm(hosts=("youtu.be",), path=re.compile(rf"/(?:embed/)?{ID}")),
        UrlForm(hosts=HOSTS, path=re.compile(r"/(?:watch(?:_popup)?|embed|apiplayer)?/?$"), query=("v", "video_id")),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:embed(?:/videoseries)?|v/videoseries|playlist|watch|view_play_list)/?$"),
            query=("list", "p"),
            permalink=PLAYLIST,
        ),
        UrlForm(hosts=HOSTS, path=re.compile(r"/p/(?P<id>[A-F0-9]{16})"), permalink=PLAYLIST),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?P<kind>clip|post)/(?P<id>Ug[\w-]{10,60})"),
            permalink="https://www.youtube.com/{kind}/{id}",
        ),
        UrlForm(hosts=HOSTS, path=re.compile(r"/oembed"), inner="url"),
        UrlForm(hosts=HOSTS, path=re.compile(r"/attribution_link"), inner="u"),
    ),
    permalink="https://www.youtube.com/watch?v={id}",
    profile="https://www.youtube.com/@{handle}",
    sources=("youtube-oembed",),
    media_hosts=("i.ytimg.com",),
    undated=UndatedIds(shape=re.compile(r"[A-Za-z0-9_-]{11}"), why="no time is known to be in the id"),
    captured_at=("youtube.com/watch?v={id}", "youtube.com/shorts/{id}"),  # others lead there
    markup=(
        Markup(form="amp", tag="amp-youtube", having="data-videoid", urls=("data-videoid",), template=EMBED),
        Markup(form="iframe", tag="lite-youtube", having="videoid", urls=("videoid",), template=EMBED),
        Markup(form="iframe", tag="embetty-video", having="video-id", urls=("video-id",), template=EMBED),
        Markup(form="iframe", tag="youtube-video", having="src", urls=("src",)),
        *(
            Markup(form="iframe", tag=tag.lower(), having=name.lower(), urls=(name.lower(),), template=EMBED)
            for tag in COMPONENTS
            for name in COMPONENT_IDS
        ),
        *(Markup(form="iframe", tag="*", having=name, urls=(name,), template=EMBED) for name in IDS),
        # WP Rocket's placeholder, and the ones that most pages copied from tutorials.
        Markup(form="iframe", tag="*", having=".rll-youtube-player", urls=("data-src", "data-id"), template=EMBED),
        Markup(form="iframe", tag="div", having=".youtube-player", urls=("data-id", "data-src"), template=EMBED),
        Markup(form="iframe", tag="div", having=".youtube", urls=("data-embed", "data-id"), template=EMBED),
        # Plyr has one attribute for YouTube and Vimeo: the shape of the id tells which.
        Markup(form="iframe", tag="*", having="data-plyr-embed-id", urls=("data-plyr-embed-id",), template=EMBED),
    ),
    shortcodes=(
        # WordPress. `[[…]]` is how it prints a shortcode without running it.
        *(
            Shortcode(
                opening=f"[{name}",
                pattern=re.compile(
                    rf"\[{name}(?<!\[\[{name})\w{{0,20}}[\s=:](?>[^\[\]\n]{{0,200}}?{URL})[^\[\]\n]{{0,300}}+\](?!\()"
                ),
            )
            for name in PLUGINS
        ),
        *(
            Shortcode(
                opening=f"[{name}",
                pattern=re.compile(
                    rf"\[{name}(?<!\[\[{name})\w{{0,20}}[\s=:]\s*(?>{ARGUMENT}{ID})[^\[\]\n]{{0,300}}+\](?!\()"
                ),
                template=EMBED,
            )
            for name in PLUGINS[:4]
        ),
        Shortcode(
            opening="[/",
            pattern=re.compile(
                r"\[(?<!\[\[)(?:youtube|embedyt|yt|tube|video|media|vimeo|soundcloud|spotify|dailymotion)\b[^\[\]\n]{0,200}+\]"
                rf"\s*{URL}\s*\[/\w{{2,20}}\]"
            ),
        ),
        Shortcode(
            opening="[/",
            pattern=re.compile(rf"\[(?<!\[\[)(?:youtube|yt|tube)\b[^\[\]\n]{{0,200}}+\]\s*{ID}\s*\[/\w{{2,20}}\]"),
            template=EMBED,
        ),
        # Hugo, whose themes each have a name of their own for it (`fig-youtube`, `youtube-lite`, `yt`).
        Shortcode(
            opening="{{",
            pattern=re.compile(
                rf"\{{\{{[<%]\s{{0,9}}(?=[\w/-]{{0,30}}(?:[Yy]ou[Tt]ube|yt))[\w/-]{{1,50}}\s{{1,9}}(?>{ARGUMENT}{ID})"
                r"[^{}]{0,600}+(?<=[>%])\}\}"
            ),
            formats=("markdown",),
            template=EMBED,
        ),
        Shortcode(
            opening="{{",
            pattern=re.compile(
                r"\{\{[<%]\s{0,9}(?=[\w/-]{0,30}(?:[Yy]ou[Tt]ube|yt|video|embed|iframe|player|vimeo|spotify|soundcloud))"
                rf"[\w/-]{{1,50}}\s(?>[^{{}}]{{0,300}}?{URL})[^{{}}]{{0,600}}+(?<=[>%])\}}\}}"
            ),
            formats=("markdown",),
        ),
        # Jekyll: plug-ins' tags, and themes' includes (`youtube.html id=`, `video id= provider="youtube"`).
        Shortcode(
            opening="{%",
            pattern=re.compile(rf"\{{%-?\s{{0,9}}(?:youtube|yt)\s{{1,9}}(?>{ARGUMENT}{ID})[^{{}}]{{0,300}}+(?<=%)\}}"),
            formats=("markdown",),
            template=EMBED,
        ),
        Shortcode(
            opening="{%",
            pattern=re.compile(
                r"\{%-?\s{0,9}include\s(?=[^{}]{0,300}[Yy]ou[Tt]ube)[^{}]{0,200}?\b(?:id|video|videoid|code)\s{0,3}=\s{0,3}"
                rf"[\"']?{ID}[^{{}}]{{0,300}}+(?<=%)\}}"
            ),
            formats=("markdown",),
            template=EMBED,
        ),
        Shortcode(
            opening="{%",
            pattern=re.compile(
                r"\{%-?\s{0,9}(?:youtube|yt|embed|oembed|video|vimeo|spotify|soundcloud|twitch|include)\s[^{}]{0,200}?"
                rf"{URL}[^{{}}]{{0,300}}+(?<=%)\}}"
            ),
            formats=("markdown",),
        ),
        # AsciiDoc.
        Shortcode(
            opening="video::",
            pattern=re.compile(rf"video::{ID}\[youtube[^\]\n]{{0,200}}\]"),
            formats=("text", "markdown"),
            template=EMBED,
        ),
    ),
    loaders=("youtube.com/iframe_api", "youtube.com/player_api"),
    needles=("youtu", "data-yt", "<You", "<LiteYou", "[embedyt", "[lyte", "[yt ", "embetty-v", "data-plyr"),
    traces=(
        *(
            f"youtube{host}.com/{path}"
            for host in ("", "-nocookie", "education")
            for path in ("embed", "v/", "e/", "watch", "live/")
        ),
        *(f"youtube.com/{path}" for path in ("shorts/", "playlist", "p/", "view_play", "oembed", "attribution")),
        *(f"youtube.com/{path}" for path in ("clip/", "post/", "apiplayer", "?v")),
        *(f"{host}{slash}" for host in ("youtube.com", "youtube-nocookie.com", "youtu.be") for slash in ("\\/", "%2F")),
        "youtube.googleapis.com/",
        "youtu.be/",
        "amp-youtube",
        "lite-youtube",
        "rll-youtube",
        *(f"<{name}" for name in ("youtube", "YouTube", "Youtube", "LiteYouTube")),
        "youtube-player",
        "youtube-video",
        'class="youtube',
        "data-youtube",
        "data-yt",
        "data-plyr-embed-id",
        "embetty-video",
        "[youtube",
        "[su_youtube",
        "[embedyt",
        "[lyte",
        "[yt ",
    ),
    examples=(
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **VIDEO}),
        Example(
            format="html", source=f"<p>One</p>{FLASH}<p>Two</p>", expect={"form": "iframe", "marker": FLASH, **VIDEO}
        ),
        Example(format="html", source=f"{LAZY}<noscript>{FRAME}</noscript>", expect=VIDEO),
        Example(
            format="html",
            source='<object><param name="movie" value="http://www.youtube.com/p/7A2B9C4D1E6F8035"></object>',
            expect={"permalink": "https://www.youtube.com/playlist?list=7A2B9C4D1E6F8035"},
        ),
        Example(
            format="text",
            source="https://www.youtube.com/clip/UgkxHarbourLamp204xYz",
            expect={"form": "url", "permalink": "https://www.youtube.com/clip/UgkxHarbourLamp204xYz"},
        ),
        Example(
            format="html",
            source='<iframe src="https://www.youtube.com/embed/videoseries?list=PLq7harbourNights204"></iframe>',
            expect={
                "native_id": "PLq7harbourNights204",
                "permalink": "https://www.youtube.com/playlist?list=PLq7harbourNights204",
            },
        ),
        *(
            Example(format="html", source=f"<p>One</p>{element}<p>Two</p>", expect={"marker": element, **VIDEO})
            for element in (
                '<iframe src="about:blank" data-src="//www.youtube.com/embed/nB3rTh-Pil0?feature=oembed"></iframe>',
                '<script type="text/plain" data-cookieconsent="marketing">'
                '<iframe src="https://www.youtube.com/embed/nB3rTh-Pil0"></iframe></script>',
                '<lite-youtube videoid="nB3rTh-Pil0" playlabel="Berthing in fog"></lite-youtube>',
                '<amp-youtube data-videoid="nB3rTh-Pil0" layout="responsive" width="480" height="270"></amp-youtube>',
                '<embetty-video type="youtube" video-id="nB3rTh-Pil0"></embetty-video>',
                '<youtube-video src="https://youtu.be/nB3rTh-Pil0"></youtube-video>',
                *(f'<div {name}="nB3rTh-Pil0"><img src="fog.jpg"></div>' for name in IDS),
                '<div class="youtube" data-embed="nB3rTh-Pil0"><span></span></div>',
                '<div class="youtube-player" data-id="nB3rTh-Pil0"></div>',
                '<img class="lazy" data-src="https://www.youtube.com/embed/nB3rTh-Pil0" alt="">',
                '<div data-plyr-provider="youtube" data-plyr-embed-id="nB3rTh-Pil0"></div>',
            )
        ),
        *(
            Example(format="text", source=f"Before\n{url}\nAfter", expect={"form": "url", "marker": url, **VIDEO})
            for url in (
                "https://www.youtube.com/watch?feature=share&v=nB3rTh-Pil0&t=42s",
                "https://www.youtube.com/watch?feature=share&amp;v=nB3rTh-Pil0",
                "https://www.youtubeeducation.com/embed/nB3rTh-Pil0",
                "https://m.youtube.com/watch?v=nB3rTh-Pil0",
                "https://youtu.be/nB3rTh-Pil0?si=x7",
                "https://youtube.com/shorts/nB3rTh-Pil0?feature=share",
                "https://www.youtube.com/live/nB3rTh-Pil0",
                "https://music.youtube.com/watch?v=nB3rTh-Pil0",
                "https://www.youtube.com/oembed?format=json&url=https%3A//youtu.be/nB3rTh-Pil0",
                "https://www.youtube.com/attribution_link?a=x7&u=%2Fwatch%3Fv%3DnB3rTh-Pil0%26feature%3Dshare",
            )
        ),
        *(
            Example(format="markdown", source=f"One {code} two", expect={"form": "shortcode", "marker": code, **VIDEO})
            for code in (
                "{{< youtube nB3rTh-Pil0 >}}",
                '{{< youtube "nB3rTh-Pil0?t=10" >}}',
                '{{< youtube id="nB3rTh-Pil0" autoplay="true" >}}',
                '{{% fig-youtube title="Berthing in fog" id="nB3rTh-Pil0" width="500" %}}',
                '{{< video "https://www.youtube.com/watch?v=nB3rTh-Pil0" >}}',
                "{% youtube nB3rTh-Pil0 %}",
                '{% include youtube.html id="nB3rTh-Pil0" %}',
                '{% include video id="nB3rTh-Pil0" provider="youtube" %}',
                "{% embed https://youtu.be/nB3rTh-Pil0 %}",
                "video::nB3rTh-Pil0[youtube,640,360]",
            )
        ),
        *(
            Example(format="markdown", source=f'One\n\n<{tag} {name}="nB3rTh-Pil0" />\n\nTwo', expect=VIDEO)
            for tag in COMPONENTS
            for name in COMPONENT_IDS
        ),
        *(
            Example(format="markdown", source=f"One\n\n{code}\n\nTwo", expect={"marker": code, **VIDEO})
            for code in (
                '<YouTube videoId={"nB3rTh-Pil0"} />',
                '<ReactPlayer url="https://youtu.be/nB3rTh-Pil0" controls />',
                '<oembed url="https://youtu.be/nB3rTh-Pil0"></oembed>',
            )
        ),
        *(
            Example(format="text", source=f"One {code} two", expect={"form": "shortcode", "marker": code, **VIDEO})
            for code in (
                "[youtube=http://www.youtube.com/watch?v=nB3rTh-Pil0&w=640&h=385]",
                *(f"[{name} https://www.youtube.com/watch?v=nB3rTh-Pil0]" for name in PLUGINS),
                *(f'[{name} id="nB3rTh-Pil0" width="600"]' for name in PLUGINS[:4]),
                "[youtube]nB3rTh-Pil0[/youtube]",
                "[embedyt] https://www.youtube.com/watch?v=nB3rTh-Pil0&width=400[/embedyt]",
                '[video src="https://youtu.be/nB3rTh-Pil0"]',
            )
        ),
    ),
    misses=(
        ("html", '<a href="https://www.youtube.com/@harbourchannel">Our channel on YouTube</a>'),
        ("html", '<p>As <a href="https://www.youtube.com/watch?v=nB3rTh-Pil0">this film</a> shows.</p>'),
        ("html", '<iframe src="https://www.youtube.com/subscribe_embed?usegapi=1&amp;channelid=UCharbour"></iframe>'),
        ("html", '<div class="g-ytsubscribe" data-channelid="UCnorthpilotsharbour0000" data-layout="full"></div>'),
        ("html", '<meta property="og:video" content="https://www.youtube.com/embed/nB3rTh-Pil0">'),
        ("html", '<iframe src="https://www.youtube.com/embed/live_stream?channel=UCnorthpilotsharbour0000"></iframe>'),
        ("html", f"<pre>{FRAME}</pre>"),
        ("html", f"<script type='text/plain'>document.write('{FRAME}')</script>"),
        ("html", '<img data-src="https://i.ytimg.com/vi/nB3rTh-Pil0/0.jpg" data-url="https://youtu.be/nB3rTh-Pil0">'),
        ("html", f"<!-- {FRAME} -->"),
        ("markdown", "Put `{{< youtube nB3rTh-Pil0 >}}` on a line, or {{</* youtube nB3rTh-Pil0 */>}} to show it."),
        (
            "markdown",
            "See [youtube](https://youtu.be/nB3rTh-Pil0) or [the video](https://youtu.be/nB3rTh-Pil0) for it.",
        ),
        ("text", "We put it on https://youtu.be/nB3rTh-Pil0 last night."),
        ("text", "https://www.youtube.com/watch?feature=share&ampv=nB3rTh-Pil0"),
        ("text", "https://www.youtubeeducation.com/nB3rTh-Pil0"),
        ("text", "https://www.youtube.com/channel/UCnorthpilotsharbour0000"),
    ),
)
