"""Vimeo: videos, and the line of credit that its embed code prints below the player."""

import re

from archiver.platforms.base import Example, Markup, Phrase, Platform, Shortcode, UrlForm
from archiver.times import UndatedIds

VIDEO = "https://vimeo.com/{id}"
ID = r"(?P<id>\d{5,10})(?!\w)"
COMPONENT_IDS = ("id", "video", "vimeoId")

FRAME = '<iframe src="https://player.vimeo.com/video/990417236?h=5b1c0d2e3f&amp;title=0" width="640"></iframe>'
SEEN = {"native_id": "990417236", "permalink": "https://vimeo.com/990417236"}

# A title is a line's beginning and a name no "our friends": advice to watch something has the same words.
TITLE = (
    r"(?P<text>(?!(?:Watch|See|View|Check|Find|Follow|Get|Stream|More|Videos?|Clips?|from|on)\b)"
    r"[^\s>](?:[^\n]{0,159}\S)?)"
)
NAME = (
    r"(?P<name>(?!(?:the|our|my|his|her|their|your|its|this|that|these|those|a|an|here|there|from|on)\b)"
    r"[^\s>][^\n]{0,80}?)"
)
# Where a flattener put each link of the line of credit, and the words between them, on a line of its own.
BELOW = r"[ \t]{0,9}(?:\n[ \t]{0,9}){1,2}"
LINES = re.compile(rf"(?:(?s:.*)\n)?[ \t>]{{0,12}}{TITLE}{BELOW}from{BELOW}{NAME}{BELOW}on{BELOW}$")

VIMEO = Platform(
    name="vimeo",
    label="Vimeo",
    noun="video",
    medium="video",
    urls=(
        UrlForm(hosts=("vimeo.com", "player.vimeo.com", "vimeopro.com"), path=re.compile(rf"/(?:videos?/|m/)?{ID}")),
        UrlForm(
            hosts=("vimeo.com", "vimeopro.com"),
            path=re.compile(
                r"/(?:channels/[\w-]{1,80}|groups/[\w-]{1,80}/videos|(?:album|showcase)/\d{1,12}/video|ondemand/[\w-]{1,80}"
                rf"|manage/videos|user\d{{1,12}}/videos)/{ID}"
            ),
        ),
        UrlForm(hosts=("vimeo.com", "a.vimeocdn.com"), path=re.compile(r"/moogaloop"), query=("clip_id",)),
        UrlForm(
            hosts=("vimeo.com",),
            path=re.compile(r"/(?P<kind>event|showcase|album)/(?P<id>\d{3,12})(?:/embed)?(?![\w/]*video)"),
            permalink="https://vimeo.com/{kind}/{id}",
        ),
        UrlForm(hosts=("vimeo.com",), path=re.compile(r"/api/oembed"), inner="url"),
    ),
    permalink=VIDEO,
    profile="https://vimeo.com/{handle}",
    sources=("vimeo-oembed",),
    media_hosts=("i.vimeocdn.com",),
    undated=UndatedIds(
        shape=re.compile(r"[0-9]{5,10}"),
        why="only in sequence: of two videos, the lower number is the older",
    ),
    markup=(
        Markup(form="amp", tag="amp-vimeo", having="data-videoid", urls=("data-videoid",), template=VIDEO),
        Markup(form="iframe", tag="lite-vimeo", having="videoid", urls=("videoid",), template=VIDEO),
        Markup(form="iframe", tag="embetty-video", having="video-id", urls=("video-id",), template=VIDEO),
        Markup(form="iframe", tag="vimeo-video", having="src", urls=("src",), template=VIDEO),
        # Components of React, Astro and MDX.
        *(
            Markup(form="iframe", tag="vimeo", having=name.lower(), urls=(name.lower(),), template=VIDEO)
            for name in COMPONENT_IDS
        ),
        # Read by Vimeo's own player script (github.com/vimeo/player.js, "Pre-existing element").
        Markup(form="iframe", tag="*", having="data-vimeo-id", urls=("data-vimeo-id",), template=VIDEO),
        Markup(form="iframe", tag="*", having="data-vimeo-url", urls=("data-vimeo-url",), template=VIDEO),
        Markup(form="iframe", tag="*", having="data-plyr-embed-id", urls=("data-plyr-embed-id",), template=VIDEO),
    ),
    shortcodes=(
        Shortcode(
            opening="[vimeo",
            pattern=re.compile(
                r"\[vimeo(?<!\[\[vimeo)[\s=:](?>[^\[\]\n]{0,100}?(?P<url>https?://[^\s\"'\[\]]{8,200}))[^\[\]\n]{0,200}+\]"
            ),
        ),
        Shortcode(
            opening="[vimeo",
            pattern=re.compile(
                rf"\[vimeo(?<!\[\[vimeo)(?:\]|[\s=:](?:[^\[\]\n]{{0,100}}?\b(?:id|clip_id|video)=)?[\"']?)\s{{0,9}}{ID}"
                r"[^\[\]\n]{0,200}+(?:\[/vimeo)?\]"
            ),
            template=VIDEO,
        ),
        Shortcode(
            opening="{{",
            word="imeo",
            pattern=re.compile(
                r"\{\{[<%]\s{0,9}(?=[\w/-]{0,30}[Vv]imeo)[\w/-]{1,50}\s{1,9}(?:[^{}]{0,300}?\b(?:id|video)\s{0,3}=\s{0,3})?"
                rf"[\"']?{ID}[^{{}}]{{0,600}}+(?<=[>%])\}}\}}"
            ),
            formats=("markdown",),
            template=VIDEO,
        ),
        Shortcode(
            opening="{%",
            word="imeo",
            pattern=re.compile(
                r"\{%-?\s{0,9}(?:vimeo|include\s(?=[^{}]{0,300}[Vv]imeo)[^{}]{0,200}?\bid\s{0,3}=)\s{0,9}[\"']?"
                rf"{ID}[^{{}}]{{0,300}}+(?<=%)\}}"
            ),
            formats=("markdown",),
            template=VIDEO,
        ),
    ),
    phrases=(
        Phrase(
            anchor="Vimeo",
            pattern=re.compile(r"Vimeo ?\.(?! ?[a-z])"),
            before=re.compile(rf"^[ \t>*]{{0,12}}{TITLE} from {NAME} on $"),
        ),
        Phrase(anchor="Vimeo", pattern=re.compile(rf"Vimeo{BELOW}\.(?=[ \t]*(?:\n|$))"), lines_before=LINES),
    ),
    loaders=("player.vimeo.com/api/player.js", "f.vimeocdn.com/js/froogaloop2.min.js"),
    needles=("imeo",),
    traces=(
        "vimeo.com/",
        "vimeo.com\\/",
        "vimeo.com%2F",
        "vimeopro.com/",
        "amp-vimeo",
        "lite-vimeo",
        "data-vimeo",
        '"vimeo"',
        "<vimeo",
        "<Vimeo",
        "[vimeo",
    ),
    examples=(
        Example(
            format="text",
            source="Postcards from the Quay from Lantern & Tide on Vimeo.",
            expect={"form": "text", "author_name": "Lantern & Tide", "text": "Postcards from the Quay", "start": 0},
        ),
        Example(
            format="text",
            source="Before.\n\nSlow Ferry (2017) from Ines Okafor on Vimeo.\n\nAfter.",
            expect={"marker": "Slow Ferry (2017) from Ines Okafor on Vimeo.", "author_name": "Ines Okafor"},
        ),
        Example(
            format="markdown",
            source="[Slow Ferry](https://vimeo.com/990417236) from [Ines Okafor](https://vimeo.com/inesokafor) on "
            "[Vimeo](https://vimeo.com).",
            expect={"author_name": "Ines Okafor", "text": "Slow Ferry", **SEEN},
        ),
        *(
            Example(
                format="text",
                source=f"Before.{gap}Slow Ferry{gap}{from_}{gap}Ines Okafor{gap}{on}{gap}Vimeo{gap}.{gap}After.",
                expect={"author_name": "Ines Okafor", "text": "Slow Ferry"},
            )
            for gap, from_, on in (
                ("\n", " from ", " on "),
                ("\n", "from", "on"),
                ("\n\n", "from", "on"),
                ("  \n  ", "from", "on"),
            )
        ),
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **SEEN}),
        *(
            Example(format="html", source=f"<p>One</p>{element}<p>Two</p>", expect={"marker": element, **SEEN})
            for element in (
                '<object><param name="movie" value="http://vimeo.com/moogaloop.swf?clip_id=990417236&amp;fullscreen=1">'
                '<embed src="http://vimeo.com/moogaloop.swf?clip_id=990417236&amp;fullscreen=1"></object>',
                '<amp-vimeo data-videoid="990417236" layout="responsive" width="500" height="281"></amp-vimeo>',
                '<lite-vimeo videoid="990417236"></lite-vimeo>',
                '<embetty-video type="vimeo" video-id="990417236"></embetty-video>',
                '<vimeo-video src="https://vimeo.com/990417236"></vimeo-video>',
                *(f'<Vimeo {name}="990417236" />' for name in COMPONENT_IDS),
                '<div data-vimeo-url="https://vimeo.com/990417236"></div>',
                '<div data-vimeo-id="990417236" data-vimeo-width="640"></div>',
                '<div data-plyr-provider="vimeo" data-plyr-embed-id="990417236"></div>',
            )
        ),
        *(
            Example(format="text", source=f"Before\n{url}\nAfter", expect={"form": "url", **SEEN})
            for url in (
                "https://vimeo.com/990417236",
                "https://vimeo.com/api/oembed.json?url=https%3A//vimeo.com/990417236",
                "https://vimeo.com/channels/quayfilms/990417236",
                "https://vimeo.com/groups/quay/videos/990417236",
                "https://vimeo.com/showcase/7712345/video/990417236",
            )
        ),
        Example(
            format="html",
            source='<iframe src="https://vimeo.com/event/4417236/embed"></iframe>',
            expect={"native_id": "4417236", "permalink": "https://vimeo.com/event/4417236"},
        ),
        *(
            Example(format="markdown", source=f"One {code} two", expect={"form": "shortcode", "marker": code, **SEEN})
            for code in (
                "{{< vimeo 990417236 >}}",
                '{{< vimeo id="990417236" class="wide" >}}',
                "{% vimeo 990417236 %}",
                '{% include video id="990417236" provider="vimeo" %}',
                "[vimeo 990417236 w=500&h=280]",
                "[vimeo https://vimeo.com/990417236]",
                "[vimeo]990417236[/vimeo]",
            )
        ),
    ),
    misses=(
        ("text", "Watch the whole film from Lantern & Tide on Vimeo."),
        ("text", "She writes\nfrom\nhome\non\nVimeo and elsewhere."),
        ("text", "More\nfrom\nInes Okafor\non\nVimeo\n.\n"),
        ("text", "The film can be rented\nfrom\nour friends\non\nVimeo\n.\n"),
        ("text", "SELECT title\nfrom\nfilms\non\nVimeo\n"),
        ("text", "The Vimeo Film\nfrom\nfrom\non\nVimeo\n.\n"),
        ("text", "You can rent it from our friends on Vimeo."),
        ("text", "She uploads a film from every harbour on Vimeo and elsewhere."),
        ("html", '<a href="https://vimeo.com/inesokafor">Ines Okafor on Vimeo</a>'),
        ("html", '<p>See <a href="https://vimeo.com/990417236">the film</a>.</p>'),
        ("html", f"<code>{FRAME}</code>"),
    ),
)
