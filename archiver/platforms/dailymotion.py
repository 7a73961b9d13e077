"""Dailymotion: videos and playlists, which leave a frame and no text."""

import re

from archiver.platforms.base import Example, Markup, Platform, Shortcode, UrlForm

VIDEO = "https://www.dailymotion.com/video/{id}"
PLAYLIST = "https://www.dailymotion.com/playlist/{id}"
# Public ids are `x` and a number in base 36, private ones `k` and a longer key (developers.dailymotion.com, "Video").
ID = r"(?P<id>[xk][A-Za-z0-9]{3,24})(?![A-Za-z0-9])"

FRAME = '<iframe src="https://www.dailymotion.com/embed/video/x9quay7?autoplay=1" width="480" height="270"></iframe>'
SEEN = {"native_id": "x9quay7", "permalink": "https://www.dailymotion.com/video/x9quay7"}

DAILYMOTION = Platform(
    name="dailymotion",
    label="Dailymotion",
    noun="video",
    medium="video",
    urls=(
        UrlForm(
            hosts=("dailymotion.com", "touch.dailymotion.com", "api.dailymotion.com"),
            path=re.compile(rf"/(?:[a-z]{{2}}/)?(?:cdn/|crawler/)?(?:(?:embed|swf)/)?video/{ID}"),
        ),
        UrlForm(hosts=("dailymotion.com",), path=re.compile(rf"/swf/{ID}")),
        UrlForm(hosts=("dai.ly",), path=re.compile(rf"/{ID}")),
        UrlForm(hosts=("geo.dailymotion.com",), path=re.compile(r"/player"), query=("video",)),
        # The video that a playlist is opened at.
        UrlForm(
            hosts=("dailymotion.com",),
            path=re.compile(r"/playlist/"),
            query=("video",),
            value=re.compile(r"(?P<id>[xk][A-Za-z0-9]{3,24})"),
        ),
        UrlForm(hosts=("dailymotion.com",), path=re.compile(rf"/(?:embed/|widget/)?playlist/{ID}"), permalink=PLAYLIST),
        UrlForm(hosts=("geo.dailymotion.com",), path=re.compile(r"/player"), query=("playlist",), permalink=PLAYLIST),
        UrlForm(hosts=("dailymotion.com",), path=re.compile(r"/services/oembed"), inner="url"),
    ),
    permalink=VIDEO,
    profile="https://www.dailymotion.com/{handle}",
    sources=("dailymotion-oembed",),
    media_hosts=("*.dmcdn.net",),
    markup=(
        Markup(form="amp", tag="amp-dailymotion", having="data-videoid", urls=("data-videoid",), template=VIDEO),
        Markup(form="iframe", tag="embetty-video", having="video-id", urls=("video-id",), template=VIDEO),
        # The player's script element, official code since 2021 (developers.dailymotion.com, "Player Embed Script").
        Markup(form="iframe", tag="script", having="data-video", urls=("data-video",), template=VIDEO),
        Markup(form="iframe", tag="*", having="data-dailymotion-id", urls=("data-dailymotion-id",), template=VIDEO),
    ),
    shortcodes=(
        Shortcode(
            opening="[dailymotion",
            pattern=re.compile(
                rf"\[dailymotion(?<!\[\[dailymotion)[\s=:\]](?:[^\[\]\n]{{0,200}}?(?:\bid=|/video/|dai\.ly/))?[\"']?{ID}"
                r"[^\[\]\n]{0,200}+(?:\[/dailymotion)?\]"
            ),
            template=VIDEO,
        ),
        Shortcode(
            opening="{{",
            word="dailymotion",
            pattern=re.compile(
                rf"\{{\{{[<%]\s{{0,9}}dailymotion\s(?:[^{{}}]{{0,200}}?\bid=)?[\"']?{ID}[^{{}}]{{0,300}}+(?<=[>%])\}}\}}"
            ),
            formats=("markdown",),
            template=VIDEO,
        ),
    ),
    needles=("ailymotion", "dai.ly/"),
    traces=(
        "dailymotion.com/",
        "dailymotion.com\\/",
        "dailymotion.com%2F",
        "data-dailymotion",
        "amp-dailymotion",
        '"dailymotion"',
        "[dailymotion",
        "dai.ly/",
    ),
    examples=(
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **SEEN}),
        *(
            Example(format="html", source=f"<p>One</p>{element}<p>Two</p>", expect={"marker": element, **SEEN})
            for element in (
                '<iframe data-src="//geo.dailymotion.com/player/xa7b2.html?video=x9quay7"></iframe>',
                '<script src="https://geo.dailymotion.com/player/xa7b2.js" data-video="x9quay7"></script>',
                '<amp-dailymotion data-videoid="x9quay7" layout="responsive" height="270"></amp-dailymotion>',
                '<embetty-video type="dailymotion" video-id="x9quay7"></embetty-video>',
                '<object><param name="movie" value="http://www.dailymotion.com/swf/x9quay7"></object>',
                '<div data-dailymotion-id="x9quay7"></div>',
            )
        ),
        *(
            Example(format="text", source=f"Before\n{url}\nAfter", expect={"form": "url", **SEEN})
            for url in (
                "https://www.dailymotion.com/video/x9quay7_night-on-the-quay_travel",
                "https://www.dailymotion.com/de/video/x9quay7",
                "https://www.dailymotion.com/playlist/x7tides_northpilots_low-tide/1#video=x9quay7",
                "https://dai.ly/x9quay7",
                "https://www.dailymotion.com/services/oembed?url=https%3A%2F%2Fdai.ly%2Fx9quay7",
            )
        ),
        *(
            Example(format="markdown", source=f"One {code} two", expect={"form": "shortcode", "marker": code, **SEEN})
            for code in (
                "[dailymotion id=x9quay7]",
                "[dailymotion]x9quay7[/dailymotion]",
                "[dailymotion https://www.dailymotion.com/video/x9quay7]",
                '{{< dailymotion "x9quay7" >}}',
            )
        ),
        *(
            Example(
                format="html",
                source=f'<iframe src="https://{url}"></iframe>',
                expect={"native_id": "x7tides", "permalink": "https://www.dailymotion.com/playlist/x7tides"},
            )
            for url in (
                "www.dailymotion.com/embed/playlist/x7tides",
                "geo.dailymotion.com/player.html?playlist=x7tides",
            )
        ),
    ),
    misses=(
        ("html", '<a href="https://www.dailymotion.com/northpilots">Our films</a>'),
        ("html", '<p>Seen <a href="https://www.dailymotion.com/video/x9quay7">on Dailymotion</a>.</p>'),
        ("html", '<iframe src="https://www.dailymotion.com/badge/user/northpilots"></iframe>'),
        ("html", f"<textarea>{FRAME}</textarea>".replace("iframe", "b")),
        ("text", "https://www.dailymotion.com/northpilots"),
    ),
)
