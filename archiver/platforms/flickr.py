"""Flickr: photos, videos and albums, and the credit that its "Blog this" left from 2004 on."""

import re

from archiver.platforms.base import QUOTE, Example, Markup, Phrase, Platform, Shortcode, UrlForm

HOSTS = ("flickr.com", "secure.flickr.com", "flic.kr")
# A path alias, or an NSID as `41772360@N07`.
USER = r"(?P<handle>(?!tags/)[\w@-]{2,60})"
BASE58 = {c: i for i, c in enumerate("123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ")}


def _native_id(code: str) -> str:
    """The photo's number, which a short address has in base 58 (flickr.com/services/api/misc.urls.html)."""
    if code.isdigit() or not set(code) <= BASE58.keys():
        return code
    number = 0
    for character in code:
        number = number * 58 + BASE58[character]
    return str(number)


LINK = (
    '<a data-flickr-embed="true" href="https://www.flickr.com/photos/northpilots/52204177236/in/dateposted/" '
    'title="Low tide"><img src="https://live.staticflickr.com/65535/52204177236_0a1b2c3d4e_b.jpg" alt="Low tide"></a>'
)
SEEN = {"native_id": "52204177236", "permalink": "https://www.flickr.com/photos/northpilots/52204177236/"}

FLICKR = Platform(
    name="flickr",
    label="Flickr",
    medium="picture or video",
    urls=(
        UrlForm(hosts=HOSTS, path=re.compile(rf"/photos/{USER}/(?P<id>\d{{3,12}})(?!\w)")),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/photos/{USER}/(?:albums|sets)/(?P<id>\d{{5,20}})(?!\w)"),
            permalink="https://www.flickr.com/photos/{handle}/albums/{id}",
        ),
        UrlForm(
            hosts=("embedr.flickr.com",),
            path=re.compile(r"/(?:photos|photosets)/(?P<id>\d{5,20})"),
            permalink="https://www.flickr.com/photo.gne?id={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/photo\.gne"),
            query=("id",),
            permalink="https://www.flickr.com/photo.gne?id={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/p/(?P<id>[1-9A-HJ-NP-Za-km-z]{4,9})(?!\w)"),
            permalink="https://flic.kr/p/{id}",
        ),
        UrlForm(hosts=HOSTS, path=re.compile(r"/services/oembed"), inner="url"),
    ),
    permalink="https://www.flickr.com/photos/{handle}/{id}/",
    native_id=_native_id,
    profile="https://www.flickr.com/photos/{handle}/",
    sources=("flickr-oembed",),
    media_hosts=("live.staticflickr.com", "*.staticflickr.com"),
    markup=(Markup(form="blockquote", tag="a", having="data-flickr-embed", urls=("href",)),),
    # Jetpack's (modules/shortcodes/flickr.php).
    shortcodes=(
        Shortcode(
            opening="[flickr",
            pattern=re.compile(
                r"\[flickr(?<!\[\[flickr)\s(?>[^\[\]\n]{0,100}?\b(?:photo|video)=)"
                rf"{QUOTE}(?P<url>(?:https?://)?[\w.]{{3,20}}/[^\s\"'”″\[\]]{{3,200}}+)[^\[\]\n]{{0,200}}+\]"
            ),
        ),
        Shortcode(
            opening="[flickr",
            pattern=re.compile(
                r"\[flickr(?<!\[\[flickr)\s(?>[^\[\]\n]{0,100}?\b(?:photo|video)=)"
                rf"{QUOTE}(?P<id>\d{{5,12}})(?!\w)[^\[\]\n]{{0,200}}+\]"
            ),
            template="https://www.flickr.com/photo.gne?id={id}",
        ),
    ),
    phrases=(
        Phrase(
            anchor=", originally uploaded by ",
            pattern=re.compile(r", originally uploaded by (?P<name>[^\n.]{1,60})\.?(?=\s|$)"),
            before=re.compile(r"^[ \t>]{0,12}(?P<text>\S.{0,150})$"),
        ),
    ),
    loaders=("embedr.flickr.com/assets/client-code.js",),
    needles=("lickr", "flic.kr/"),
    traces=(
        "flickr-embed",
        "flickr.com/photos/",
        "flickr.com/photo",
        "flickr.com/p/",
        "flickr.com\\/",
        "flickr.com%2F",
        "flic.kr/",
        "[flickr",
    ),
    examples=(
        Example(
            format="html",
            source=f'<p>One</p>{LINK}<script async src="//embedr.flickr.com/assets/client-code.js"></script>',
            expect={"form": "blockquote", "marker": LINK, "handle": "northpilots", **SEEN},
        ),
        Example(
            format="html",
            source='<iframe src="https://www.flickr.com/photos/41772360@N07/52204177236/player/" width="500"></iframe>',
            expect={"form": "iframe", "native_id": "52204177236", "handle": "41772360@N07"},
        ),
        Example(
            format="html",
            source='<iframe class="flickr-embed-frame" src="https://embedr.flickr.com/photos/52204177236"></iframe>',
            expect={"native_id": "52204177236", "permalink": "https://www.flickr.com/photo.gne?id=52204177236"},
        ),
        Example(
            format="text",
            source="Before\nhttps://www.flickr.com/photos/northpilots/52204177236/in/photostream/\nAfter",
            expect={"form": "url", **SEEN},
        ),
        Example(
            format="text",
            source="https://www.flickr.com/photos/northpilots/albums/72157700000012345",
            expect={
                "native_id": "72157700000012345",
                "permalink": "https://www.flickr.com/photos/northpilots/albums/72157700000012345",
            },
        ),
        Example(
            format="text",
            source="https://flic.kr/p/2qUay7",
            expect={"native_id": _native_id("2qUay7"), "permalink": "https://flic.kr/p/2qUay7"},
        ),
        Example(
            format="text",
            source="Low tide, originally uploaded by northpilots.",
            expect={"form": "text", "author_name": "northpilots", "text": "Low tide", "start": 0},
        ),
        *(
            Example(
                format="text",
                source=f"One {code} two",
                expect={"form": "shortcode", "marker": code, "native_id": "52204177236"},
            )
            for code in (
                '[flickr photo="https://www.flickr.com/photos/northpilots/52204177236" w=400 h=300]',
                "[flickr video=www.flickr.com/photos/northpilots/52204177236]",
                "[flickr photo=52204177236]",
                '[flickr w=400 video="52204177236"]',
            )
        ),
        *(
            Example(format="text", source=f"Before\n{url}\nAfter", expect={"form": "url", "native_id": "52204177236"})
            for url in (
                "https://www.flickr.com/photo.gne?id=52204177236",
                "https://www.flickr.com/services/oembed/?url=https%3A%2F%2Fwww.flickr.com%2Fphotos%2Fnorthpilots%2F"
                "52204177236%2F&format=json",
            )
        ),
    ),
    misses=(
        ("text", "One [flickr user=northpilots num=4] two"),
        ("text", "One [[flickr photo=52204177236]] two"),
        ("html", '<a href="https://www.flickr.com/photos/northpilots/52204177236/"><img src="tide.jpg"></a>'),
        ("html", '<a href="https://www.flickr.com/photos/northpilots/">Photostream</a>'),
        ("text", "https://www.flickr.com/photos/northpilots/"),
        ("text", "https://www.flickr.com/photos/tags/harbour/"),
        ("text", "Photo: northpilots / Flickr (CC BY 2.0)"),
    ),
)
