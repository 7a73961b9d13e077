"""Imgur: pictures, galleries and albums, and the link that its embed code leaves."""

import re

from archiver.platforms.base import Example, Markup, Phrase, Platform, UrlForm

# `imgur.io` is the same site.
HOSTS = ("imgur.com", "i.imgur.com", "imgur.io", "i.imgur.io")
# Five or seven letters and digits; the site's own pages are words in lower case (`/about`, `/upload`, `/gallery`).
ID = r"(?P<id>(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{5,8})(?![A-Za-z0-9])"
ALBUM = r"(?P<id>[A-Za-z0-9]{5,8})(?![A-Za-z0-9])"

QUOTE = (
    '<blockquote class="imgur-embed-pub" lang="en" data-id="q7LampX"><a href="https://imgur.com/q7LampX">View post on '
    "imgur.com</a></blockquote>"
)
LIST = (
    '<blockquote class="imgur-embed-pub" lang="en" data-id="a/q7Lmp" data-context="false">'
    '<a href="//imgur.com/a/q7Lmp">Low tide</a></blockquote>'
)

IMGUR = Platform(
    name="imgur",
    label="Imgur",
    medium="picture or video",
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/(?P<kind>a|gallery)/(?:[\w-]{{1,200}}-)?{ALBUM}"),
            permalink="https://imgur.com/{kind}/{id}",
        ),
        UrlForm(
            hosts=("imgur.com", "imgur.io"), path=re.compile(rf"/(?:(?:t|r|topic)/\w{{1,60}}/)?{ID}(?:/embed|/?$)")
        ),
        # A picture's own address is a picture; only Imgur's looping player is an embed.
        UrlForm(hosts=HOSTS, path=re.compile(rf"/{ID}\.gifv")),
        UrlForm(hosts=("api.imgur.com",), path=re.compile(r"/oembed"), inner="url"),
    ),
    permalink="https://imgur.com/{id}",
    profile="https://imgur.com/user/{handle}",
    markup=(
        Markup(
            form="blockquote",
            tag="blockquote",
            having=".imgur-embed-pub",
            urls=("data-id", "a:first"),
            template="https://imgur.com/{id}",
        ),
        Markup(
            form="amp",
            tag="amp-imgur",
            having="data-imgur-id",
            urls=("data-imgur-id",),
            template="https://imgur.com/{id}",
        ),
    ),
    phrases=(Phrase(anchor="View post on imgur.com", pattern=re.compile(r"View post on imgur\.com(?![a-z\d/-])")),),
    loaders=("s.imgur.com/min/embed.js", "s.imgur.com/min/embed-controller.js"),
    needles=("imgur",),
    traces=(
        "imgur-embed",
        "imgur.com/a/",
        "imgur.com/gallery/",
        "imgur-id",
        "//imgur.com/",
        "i.imgur.com/",
        "www.imgur.com/",
        "m.imgur.com/",
        "imgur.io/",
        "imgur.com\\/",
        "imgur.com%2F",
    ),
    examples=(
        Example(
            format="text",
            source="View post on imgur.com",
            expect={"form": "text", "marker": "View post on imgur.com", "permalink": None},
        ),
        Example(
            format="markdown",
            source="> [View post on imgur.com](https://imgur.com/q7LampX)",
            expect={"form": "text", "permalink": "https://imgur.com/q7LampX"},
        ),
        Example(
            format="html",
            source=f'<p>One</p>{QUOTE}<script async src="//s.imgur.com/min/embed.js"></script>',
            expect={
                "form": "blockquote",
                "marker": QUOTE,
                "native_id": "q7LampX",
                "permalink": "https://imgur.com/q7LampX",
            },
        ),
        Example(
            format="html",
            source=LIST,
            expect={"marker": LIST, "native_id": "q7Lmp", "permalink": "https://imgur.com/a/q7Lmp"},
        ),
        Example(
            format="html",
            source='<iframe class="imgur-embed-iframe-pub" src="https://imgur.com/a/q7Lmp/embed?pub=true"></iframe>',
            expect={"form": "iframe", "permalink": "https://imgur.com/a/q7Lmp"},
        ),
        Example(
            format="html",
            source='<amp-imgur data-imgur-id="q7LampX" layout="responsive" width="540" height="663"></amp-imgur>',
            expect={"form": "amp", "native_id": "q7LampX"},
        ),
        Example(
            format="text",
            source="Before\nhttps://imgur.com/gallery/low-tide-on-the-quay-q7LampX\nAfter",
            expect={"form": "url", "native_id": "q7LampX", "permalink": "https://imgur.com/gallery/q7LampX"},
        ),
        Example(format="text", source="https://imgur.io/q7LampX", expect={"permalink": "https://imgur.com/q7LampX"}),
        Example(format="text", source="https://imgur.com/t/boats/q7LampX", expect={"native_id": "q7LampX"}),
        Example(format="text", source="https://i.imgur.com/q7LampX.gifv", expect={"native_id": "q7LampX"}),
        Example(
            format="text",
            source="https://api.imgur.com/oembed.json?url=https%3A%2F%2Fimgur.com%2Fq7LampX",
            expect={"form": "url", "permalink": "https://imgur.com/q7LampX"},
        ),
    ),
    misses=(
        ("html", '<img data-src="https://i.imgur.com/q7LampX.jpg">'),
        ("html", '<p>See <a href="https://imgur.com/q7LampX">the picture</a>.</p>'),
        ("text", "https://imgur.com/upload"),
        ("text", "https://imgur.io/upload"),
        ("text", "https://imgur.com/user/northpilots"),
        ("text", "https://i.imgur.com/q7LampX.png"),
    ),
)
