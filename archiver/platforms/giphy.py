"""Giphy: moving pictures, and the credit that its embed code prints below them."""

import re

from archiver.platforms.base import Example, Phrase, Platform, Shortcode, UrlForm

ID = r"(?P<id>[A-Za-z0-9]{9,32})(?![A-Za-z0-9-])"
GIF = "https://giphy.com/gifs/{id}"

FRAME = '<iframe src="https://giphy.com/embed/xQ7harbourLamp204" width="480" height="270" class="giphy-embed"></iframe>'
SEEN = {"native_id": "xQ7harbourLamp204", "permalink": "https://giphy.com/gifs/xQ7harbourLamp204"}

GIPHY = Platform(
    name="giphy",
    label="Giphy",
    medium="picture",
    urls=(
        UrlForm(hosts=("giphy.com",), path=re.compile(rf"/(?:embed|media|videos)/{ID}")),
        # A slug of any length stands before the id; the id is what follows its last hyphen.
        UrlForm(hosts=("giphy.com",), path=re.compile(rf"/(?:gifs|stickers|clips)/(?:[\w%-]{{1,200}}-)?{ID}")),
        # The picture's own address is how a GIF is put into a page where nothing may run (WordPress embeds it too).
        UrlForm(
            hosts=("media.giphy.com", *(f"media{n}.giphy.com" for n in range(5)), "i.giphy.com"),
            path=re.compile(rf"/(?:media/)?(?:v\d\.[\w=-]{{10,400}}/)?{ID}(?:/|\.(?:gif|mp4|webp))"),
        ),
        UrlForm(
            hosts=("gph.is",), path=re.compile(r"/(?P<path>(?:g/)?(?P<id>\w{5,12}))"), permalink="https://gph.is/{path}"
        ),
        UrlForm(hosts=("giphy.com",), path=re.compile(r"/services/oembed"), inner="url"),
    ),
    permalink=GIF,
    profile="https://giphy.com/{handle}",
    shortcodes=(
        Shortcode(
            opening="[giphy",
            pattern=re.compile(
                r"\[giphy(?<!\[\[giphy)\s[^\[\]\n]{0,100}?(?:https?://(?:www\.)?giphy\.com/(?:gifs|embed)/(?:[\w-]{1,200}-)?|id=|)"
                rf"[\"']?{ID}[^\[\]\n]{{0,200}}+\]"
            ),
            template=GIF,
        ),
        Shortcode(
            opening="{{",
            word="giphy",
            pattern=re.compile(
                rf"\{{\{{[<%]\s{{0,9}}giphy\s(?:[^{{}}]{{0,200}}?\bid=)?[\"']?{ID}[^{{}}]{{0,200}}+(?<=[>%])\}}\}}"
            ),
            formats=("markdown",),
            template=GIF,
        ),
    ),
    phrases=(
        # A paragraph of its own in the embed code; behind another word it is a caption's credit.
        Phrase(
            anchor="via GIPHY",
            pattern=re.compile(r"via GIPHY(?![a-z\d_’'-]| [a-z]|\.(?:[a-z]|[A-Z]{2}))"),
            before=re.compile(r"(?:(?<=[.!?…:;”\")\]])[ \t]{0,12}|^[ \t>]{0,12}|(?<=\w))$"),
            reach=14,
        ),
    ),
    needles=("giphy.com", "gph.is/", "[giphy"),
    traces=("giphy.com/", "giphy.com\\/", "giphy.com%2F", "gph.is/", "[giphy"),
    examples=(
        Example(format="text", source="via GIPHY", expect={"form": "text", "marker": "via GIPHY", "native_id": None}),
        Example(
            format="text", source="So that happened.\n\nvia GIPHY\n\nThen it rained.", expect={"marker": "via GIPHY"}
        ),
        Example(
            format="markdown",
            source="[via GIPHY](https://giphy.com/gifs/lantern-tide-xQ7harbourLamp204)",
            expect={"form": "text", **SEEN},
        ),
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **SEEN}),
        *(
            Example(format="text", source=f"Before\n{url}\nAfter", expect={"form": "url", **SEEN})
            for url in (
                "https://giphy.com/gifs/lantern-tide-quay-xQ7harbourLamp204",
                "https://giphy.com/gifs/xQ7harbourLamp204",
                "https://giphy.com/services/oembed?url=https%3A%2F%2Fgiphy.com%2Fgifs%2FxQ7harbourLamp204",
                "https://media.giphy.com/media/xQ7harbourLamp204/giphy.gif",
                "https://media2.giphy.com/media/v1.Y2lkPTc5MGI3NjEx/xQ7harbourLamp204/giphy.gif",
            )
        ),
        Example(
            format="text",
            source="https://gph.is/g/Qy7Lamp",
            expect={"native_id": "Qy7Lamp", "permalink": "https://gph.is/g/Qy7Lamp"},
        ),
        Example(format="markdown", source="{{< giphy xQ7harbourLamp204 >}}", expect={"form": "shortcode", **SEEN}),
        Example(
            format="text",
            source='One [giphy src="https://giphy.com/gifs/lantern-tide-xQ7harbourLamp204"] two',
            expect={"form": "shortcode", **SEEN},
        ),
    ),
    misses=(
        ("text", "Animation by Ines Okafor via GIPHY"),
        ("text", "She answers with a picture via GIPHY and leaves."),
        ("text", "via GIPHY.com we learned what a tide is"),
        ("text", "It rained.\n\nvia GIPHY.COM"),
        ("html", '<a href="https://giphy.com/northpilots">Our GIFs</a>'),
        ("text", "https://giphy.com/explore/lanterns"),
    ),
)
