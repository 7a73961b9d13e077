"""Telegram: messages of public channels and groups; their widget is a script without words."""

import re

from archiver.platforms.base import Example, Markup, Platform, UrlForm
from archiver.times import UndatedIds

HOSTS = ("t.me", "telegram.me", "telegram.dog")
# Telegram's usernames begin with a letter and have 4 to 32 characters; what else may stand there is no channel.
CHANNEL = (
    r"(?!(?:s|c|joinchat|addstickers|addemoji|addtheme|addlist|share|iv|proxy|socks|login|invoice|setlanguage|bg|boost|"
    r"confirmphone|contact|giftcode|dl|img|file)/)(?P<handle>[A-Za-z]\w{3,31})"
)
FRAME = (
    '<iframe id="telegram-post-tidewatch-1204" src="https://t.me/tidewatch/1204?embed=1&amp;userpic=true" '
    'width="100%" frameborder="0"></iframe>'
)
WIDGET = (
    '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="tidewatch/1204" '
    'data-width="100%"></script>'
)
FOUND = {"native_id": "tidewatch/1204", "permalink": "https://t.me/tidewatch/1204", "handle": "tidewatch"}

TELEGRAM = Platform(
    name="telegram",
    label="Telegram",
    opened="2013-08-14",  # the day the app came out
    urls=(
        # Message numbers count per channel, so the id of a post has both; they carry no date (`facts.md` §1).
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/(?:s/)?(?P<id>{CHANNEL}/\d{{1,10}}(?:/\d{{1,10}})?)(?:/|$)"),
            permalink="https://t.me/{id}",
        ),
        # A channel's other address (core.telegram.org/api/links).
        UrlForm(
            hosts=("*.t.me",),
            path=re.compile(r"/(?:s/)?(?P<number>\d{1,10}(?:/\d{1,10})?)(?:/|$)"),
            joined="{label}/{number}",
            value=re.compile(rf"{CHANNEL}/\d{{1,10}}(?:/\d{{1,10}})?"),
            permalink="https://t.me/{id}",
        ),
    ),
    profile="https://t.me/{handle}",
    sources=("telegram-page",),
    media_hosts=("*.telesco.pe", "*.cdn-telegram.org"),
    undated=UndatedIds(why="a message's number counts the messages of its channel"),
    markup=(
        Markup(
            form="blockquote",
            tag="script",
            having="data-telegram-post",
            urls=("data-telegram-post",),
            template="https://t.me/{id}",
        ),
    ),
    loaders=("telegram.org/js/telegram-widget.js",),
    needles=("telegram-post", "//t.me/", ".t.me/", "//telegram.me/", "embed=1"),
    traces=(
        "telegram-post",
        "?embed=1",
        ".t.me/",
        ">https://t.me/",
        "\nhttps://t.me/",
        ">https://telegram.me/",
        "\nhttps://telegram.me/",
    ),
    examples=(
        Example(format="html", source=f"<p>A</p>{FRAME}<p>B</p>", expect={"form": "iframe", "marker": FRAME, **FOUND}),
        Example(format="text", source="A\nhttps://t.me/tidewatch/1204\nB", expect={"form": "url", **FOUND}),
        Example(format="text", source="A\nhttps://tidewatch.t.me/1204\nB", expect={"form": "url", **FOUND}),
        Example(
            format="text", source="A\nhttps://telegram.me/s/tidewatch/1204?single\nB", expect={"form": "url", **FOUND}
        ),
        Example(
            format="html", source=f"<p>A</p>{WIDGET}<p>B</p>", expect={"form": "blockquote", "marker": WIDGET, **FOUND}
        ),
    ),
    misses=(
        ("text", "https://t.me/tidewatch"),
        ("text", "https://t.me/c/1234567890/1204"),
        ("text", "https://t.me/joinchat/1204"),
        ("text", "https://tidewatch.t.me/"),
        ("text", "https://web.t.me/1204"),
        ("markdown", "As [the channel](https://t.me/tidewatch/1204) wrote."),
        ("html", '<a class="share" href="https://t.me/share/url?url=https://example.com/">Telegram</a>'),
        (
            "html",
            '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-login="tidebot"></script>',
        ),
    ),
)
