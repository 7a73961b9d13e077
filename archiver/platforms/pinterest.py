"""Pinterest: pins, whose embed code is a link that a script turns into a card. Boards and profiles are no posts."""

import re

from archiver.platforms.base import Example, Markup, Platform, UrlForm
from archiver.times import UndatedIds

COUNTRIES = (
    "at be ca ch cl cz de dk es fi fr gr hu ie in info it jp nl no nz ph pl pt ro ru se sk tw us vn "
    "co.at co.in co.kr co.nz co.uk com.au com.bo com.ec com.mx com.pe com.py com.uy com.vn"
)
HOSTS = ("pinterest.com", "*.pinterest.com", *(f"pinterest.{country}" for country in COUNTRIES.split()))
# A number of up to 19 digits, with a slug before it or not, or the opaque form of newer share links.
ID = r"(?P<id>\d{6,20}|A[\w-]{20,120})(?![\w-])"
PIN = "https://www.pinterest.com/pin/{id}/"

LINK = '<a data-pin-do="embedPin" data-pin-width="medium" href="https://www.pinterest.com/pin/417723600020417/"></a>'
SEEN = {"native_id": "417723600020417", "permalink": "https://www.pinterest.com/pin/417723600020417/"}

PINTEREST = Platform(
    name="pinterest",
    label="Pinterest",
    medium="picture or video",
    urls=(
        UrlForm(hosts=HOSTS, path=re.compile(rf"/pin/(?:[^/?#]{{1,300}}--)?{ID}")),
        UrlForm(hosts=("assets.pinterest.com",), path=re.compile(r"/ext/embed"), query=("id",)),
        UrlForm(hosts=("pin.it",), path=re.compile(r"/(?P<id>\w{5,12})/?$"), permalink="https://pin.it/{id}"),
        UrlForm(hosts=("pinterest.com",), path=re.compile(r"/oembed"), inner="url"),
    ),
    permalink=PIN,
    profile="https://www.pinterest.com/{handle}/",
    undated=UndatedIds(shape=re.compile(r"[0-9]{15,19}"), why="no time is known to be in the id"),
    markup=(
        # Buttons, boards and profiles have the attribute too, but link to no pin.
        Markup(form="blockquote", tag="a", having="data-pin-do", urls=("href",)),
        # What the script puts in its place.
        Markup(form="blockquote", tag="span", having="data-pin-id", urls=("data-pin-id",), template=PIN),
        Markup(form="amp", tag="amp-pinterest", having="data-url", urls=("data-url",)),
    ),
    loaders=("assets.pinterest.com/js/pinit*.js",),
    callers=(
        "assets.pinterest.com/images/pidgets/*",
        "assets.pinterest.com/ext/*",
        "ct.pinterest.com/*",
        "s.pinimg.com/ct/*.js",
    ),
    needles=("interest.", "data-pin-", "pin.it/"),
    traces=(
        *(f"pinterest.{country}/pin/" for country in COUNTRIES.split()),
        "pinterest.com/pin/",
        "pinterest.com/ext/embed",
        "pinterest.com\\/pin",
        "pinterest.com%2Fpin",
        "data-pin-do",
        "data-pin-id",
        "//pin.it/",
    ),
    examples=(
        Example(
            format="html",
            source=f'<p>One</p>{LINK}<script async defer src="//assets.pinterest.com/js/pinit.js"></script>',
            expect={"form": "blockquote", "marker": LINK, **SEEN},
        ),
        Example(
            format="html",
            source='<iframe src="https://assets.pinterest.com/ext/embed.html?id=417723600020417"></iframe>',
            expect={"form": "iframe", **SEEN},
        ),
        Example(
            format="html",
            source='<span class="PIN_1700000000_embed_grid" data-pin-id="417723600020417"><span>Low tide</span></span>',
            expect={"form": "blockquote", **SEEN},
        ),
        Example(
            format="html",
            source='<amp-pinterest data-do="embedPin" data-url="https://www.pinterest.de/pin/417723600020417/" '
            'width="245" height="330"></amp-pinterest>',
            expect={"form": "amp", **SEEN},
        ),
        *(
            Example(format="text", source=f"Before\n{url}\nAfter", expect={"form": "url", **SEEN})
            for url in (
                "https://www.pinterest.com/pin/417723600020417/",
                "https://fr.pinterest.com/pin/417723600020417/?lp=true",
                "https://www.pinterest.com/oembed.json?url=https%3A%2F%2Fwww.pinterest.com%2Fpin%2F417723600020417%2F",
                "https://www.pinterest.co.uk/pin/417723600020417/",
                "https://www.pinterest.com/pin/low-tide-on-the-quay--417723600020417/",
            )
        ),
        Example(
            format="text",
            source="https://pin.it/4q7LampXy",
            expect={"form": "url", "permalink": "https://pin.it/4q7LampXy"},
        ),
    ),
    misses=(
        (
            "html",
            '<a data-pin-do="buttonPin" href="https://www.pinterest.com/pin/create/button/?url=example.com">',
        ),
        ("html", '<a data-pin-do="embedBoard" href="https://www.pinterest.com/northpilots/lanterns/"></a>'),
        ("html", '<a data-pin-do="embedUser" href="https://www.pinterest.com/northpilots/"></a>'),
        ("html", '<a href="https://www.pinterest.com/pin/417723600020417/">the recipe</a>'),
        ("text", "https://www.pinterest.com/northpilots/lanterns/"),
    ),
)
