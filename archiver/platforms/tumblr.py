"""Tumblr: posts, whose embed code leaves their address as its only text."""

import re

from archiver.platforms.base import Example, Markup, Platform, UrlForm
from archiver.times import tumblr_time

ID = r"(?P<id>\d{3,19})(?!\w)"
USER = r"(?P<handle>[a-z0-9][a-z0-9-]{0,31})"


DIV = (
    '<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/Qy7LampXy204aB/765332564000012345" '
    'data-did="0a1b2c3d4e"><a href="https://www.tumblr.com/northpilots/765332564000012345/low-tide">https://www.tumblr.'
    "com/northpilots/765332564000012345/low-tide</a></div>"
)
SEEN = {
    "native_id": "765332564000012345",
    "handle": "northpilots",
    "permalink": "https://www.tumblr.com/northpilots/765332564000012345",
}

TUMBLR = Platform(
    name="tumblr",
    label="Tumblr",
    urls=(
        UrlForm(
            hosts=("embed.tumblr.com",),
            path=re.compile(rf"/embed/post/(?P<key>[\w:-]{{3,80}})/{ID}"),
            permalink="https://embed.tumblr.com/embed/post/{key}/{id}",
        ),
        UrlForm(hosts=("tumblr.com",), path=re.compile(rf"/(?:blog/(?:view/)?|dashboard/blog/|video/)?@?{USER}/{ID}")),
        UrlForm(
            hosts=("*.tumblr.com",),
            path=re.compile(rf"/(?:post|image)/{ID}"),
            handle="{label}",
            permalink="https://{host}/post/{id}",
        ),
        UrlForm(hosts=("tmblr.co",), path=re.compile(r"/(?P<id>Z[\w-]{6,24})"), permalink="https://tmblr.co/{id}"),
        UrlForm(hosts=("tumblr.com",), path=re.compile(r"/oembed/"), inner="url"),
    ),
    permalink="https://www.tumblr.com/{handle}/{id}",
    nobody=frozenset({"api", "assets", "embed", "media", "secure", "static"}),
    profile="https://www.tumblr.com/{handle}",
    sources=("tumblr-oembed",),
    media_hosts=("*.media.tumblr.com",),
    id_time=tumblr_time,
    captured_at=("{handle}.tumblr.com/post/{id}", "tumblr.com/{handle}/{id}"),
    markup=(
        # The link names the account, which the address of the embed does not.
        Markup(form="blockquote", tag="div", having=".tumblr-post", urls=("a:first",)),
        Markup(form="blockquote", tag="div", having=".tumblr-post", urls=("data-href",)),
    ),
    loaders=("assets.tumblr.com/post.js", "secure.assets.tumblr.com/post.js"),
    needles=("umblr", "tmblr.co/"),
    traces=(
        "tumblr-post",
        "embed.tumblr.com/",
        "tumblr.com/post/",
        "tumblr.com/image/",
        "tumblr.com/video/",
        "//www.tumblr.com/",
        "//tumblr.com/",
        "tumblr.com\\/",
        "tumblr.com%2F",
        "tmblr.co/",
    ),
    examples=(
        Example(
            format="html",
            source=f'<p>One</p>{DIV}<script async src="https://assets.tumblr.com/post.js"></script>',
            expect={"form": "blockquote", "marker": DIV, **SEEN},
        ),
        Example(
            format="html",
            source='<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/Qy7LampXy204aB/'
            '765332564000012345"></div>',
            expect={"native_id": "765332564000012345", "handle": None},
        ),
        Example(
            format="html",
            source='<iframe class="tumblr-embed" src="https://embed.tumblr.com/embed/post/Qy7LampXy204aB/'
            '765332564000012345?width=540"></iframe>',
            expect={"form": "iframe", "native_id": "765332564000012345"},
        ),
        Example(
            format="html",
            source='<iframe src="https://www.tumblr.com/video/northpilots/765332564000012345/700/"></iframe>',
            expect={"form": "iframe", **SEEN},
        ),
        *(
            Example(format="text", source=f"Before\n{url}\nAfter", expect={"form": "url", **SEEN})
            for url in (
                "https://www.tumblr.com/northpilots/765332564000012345/low-tide?source=share",
                "https://www.tumblr.com/blog/view/northpilots/765332564000012345",
            )
        ),
        Example(
            format="text",
            source="https://northpilots.tumblr.com/post/186400012345/low-tide",
            expect={
                "native_id": "186400012345",
                "handle": "northpilots",
                "permalink": "https://northpilots.tumblr.com/post/186400012345",
            },
        ),
        Example(
            format="html",
            source='<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/Qy7LampXy204aB/186400012345">'
            '<a href="https://northpilots.tumblr.com/post/186400012345/low-tide">https://northpilots.tumblr.com</a></div>',
            expect={"form": "blockquote", "native_id": "186400012345", "handle": "northpilots"},
        ),
        Example(
            format="text",
            source="https://tmblr.co/ZqY7LampXy204",
            expect={"form": "url", "permalink": "https://tmblr.co/ZqY7LampXy204"},
        ),
        Example(
            format="text",
            source="https://www.tumblr.com/oembed/1.0?url=https://www.tumblr.com/northpilots/765332564000012345",
            expect={"form": "url", **SEEN},
        ),
    ),
    misses=(
        ("html", '<iframe src="https://www.tumblr.com/share/link?url=https%3A%2F%2Fexample.com"></iframe>'),
        ("html", '<a class="tumblr-share-button" href="https://www.tumblr.com/share">Share</a>'),
        ("html", '<p>As <a href="https://northpilots.tumblr.com/post/186400012345">she wrote</a>.</p>'),
        ("html", '<iframe src="https://platform.tumblr.com/v2/follow_button.html?tumblelog=northpilots"></iframe>'),
        ("text", "https://northpilots.tumblr.com/"),
        ("text", "https://www.tumblr.com/tagged/harbour"),
    ),
)
