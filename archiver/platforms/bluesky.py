"""Bluesky: posts, and the attribution below them, whose handle is a domain."""

import re

from archiver.platforms.base import Dashed, Example, Markup, Platform, TextLimit, UrlForm
from archiver.times import tid_time

HOSTS = ("bsky.app", "staging.bsky.app", "main.bsky.dev")
DID = r"(?P<did>did:(?:plc:[a-z2-7]{24}|web:[\w.:%-]{3,120}))"
HANDLE = r"(?P<handle>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})"
KEY = r"(?P<id>[2-7a-z]{13})(?!\w)"
BY_DID = "https://bsky.app/profile/{did}/post/{id}"
BY_HANDLE = "https://bsky.app/profile/{handle}/post/{id}"

WHO = "did:plc:abcdefghijkl234567mnopqr"
POST = (
    f'<blockquote class="bluesky-embed" data-bluesky-uri="at://{WHO}/app.bsky.feed.post/3l5jmcyhpi54h" '
    'data-bluesky-cid="bafyreiabcdefghijklmnop" data-bluesky-embed-color-mode="system"><p lang="en">The charts are '
    f'wrong.<br><br><a href="https://bsky.app/profile/{WHO}/post/3l5jmcyhpi54h?ref_src=embed">[image or embed]</a></p>'
    f'&mdash; Ines Okafor (<a href="https://bsky.app/profile/{WHO}?ref_src=embed">@ines.example.org</a>) <a href="'
    f'https://bsky.app/profile/{WHO}/post/3l5jmcyhpi54h?ref_src=embed">October 2, 2024 at 4:10 PM</a></blockquote>'
)
BARE = POST.replace('class="bluesky-embed" ', "").replace("data-bluesky-", "")
FOUND = {"native_id": "3l5jmcyhpi54h", "permalink": f"https://bsky.app/profile/{WHO}/post/3l5jmcyhpi54h"}

BLUESKY = Platform(
    name="bluesky",
    label="Bluesky",
    urls=(
        UrlForm(hosts=HOSTS, path=re.compile(rf"/profile/{DID}/post/{KEY}"), permalink=BY_DID),
        UrlForm(hosts=HOSTS, path=re.compile(rf"/profile/{HANDLE}/post/{KEY}"), permalink=BY_HANDLE),
        UrlForm(
            hosts=("embed.bsky.app",),
            path=re.compile(rf"/embed/{DID}/app\.bsky\.feed\.post/{KEY}"),
            permalink=BY_DID,
        ),
        UrlForm(hosts=("embed.bsky.app",), path=re.compile(r"/oembed"), inner="url"),
        # `at://DID/…`, as the markup names a post, taken for an address without a scheme: its host is "at".
        UrlForm(hosts=("at",), path=re.compile(rf"/{DID}/app\.bsky\.feed\.post/{KEY}"), permalink=BY_DID),
        UrlForm(hosts=("at",), path=re.compile(rf"/{HANDLE}/app\.bsky\.feed\.post/{KEY}"), permalink=BY_HANDLE),
    ),
    profile="https://bsky.app/profile/{handle}",
    sources=("bluesky", "bluesky-oembed"),
    media_hosts=("cdn.bsky.app", "video.bsky.app"),
    opened="2022-11-17",  # the day of the first posts
    id_time=tid_time,
    captured_at=("bsky.app/profile/{handle}/post/{id}",),
    handle=re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"),
    markup=(
        Markup(form="blockquote", tag="blockquote", having=".bluesky-embed", urls=("data-bluesky-uri", "a:last")),
        Markup(form="blockquote", tag="blockquote", having="data-bluesky-uri", urls=("data-bluesky-uri", "a:last")),
    ),
    # A handle with a dot is what tells it from X. The clock is that of whoever copied the code, without a zone.
    dashed=Dashed(handle=re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"), clock=True),
    loaders=("embed.bsky.app/static/embed.js",),
    # 300 graphemes (app.bsky.feed.post's lexicon).
    text_limits=(TextLimit("9999", 300),),
    text_end="[image or embed]",
    needles=("bluesky-", "bsky.app/", "app.bsky.feed"),
    traces=(
        "bluesky-embed",
        "bluesky-uri",
        "embed.bsky.app/",
        "bsky.app/profile/",
        "app.bsky.feed.post",
    ),
    examples=(
        Example(
            format="text",
            source="One\n\nThe charts are wrong. [image or embed]\n— Ines Okafor (@ines.example.org) October 2, 2024",
            expect={
                "start": 5,
                "text": "The charts are wrong.",
                "handle": "ines.example.org",
                "author_name": "Ines Okafor",
                "posted_at": "2024-10-02",
                "precision": "day",
                "posted_text": "October 2, 2024",
            },
        ),
        Example(
            format="text",
            source="Before\n\nThe lamps are lit.\n\n[image or embed]\n\n— 灯 (@lamps.bsky.social) 2024年4月2日 15:09",
            expect={"start": 8, "text": "The lamps are lit.", "posted_at": "2024-04-02"},
        ),
        Example(
            format="text",
            source="The lamps are lit. — 港の灯 (@lamps.bsky.social) Apr 2, 2024 at 15:09",
            expect={"handle": "lamps.bsky.social", "author_name": "港の灯", "posted_at": "2024-04-02"},
        ),
        *(
            Example(
                format="text",
                source=f"The lamps are lit. — Ines Okafor (@ines.example.org) {printed}",
                expect={"author_name": "Ines Okafor", "posted_at": posted_at, "posted_text": printed},
            )
            for printed, posted_at in (
                ("2 listopada 2024 16:10", "2024-11-02"),
                ("2. listopada 2024. u 16:10", "2024-10-02"),
                ("lúc 16:10 2 tháng 10, 2024", "2024-10-02"),
            )
        ),
        Example(
            format="html",
            source=f"<p>A</p>{POST}<script async src='https://embed.bsky.app/static/embed.js'></script><p>B</p>",
            expect={
                "form": "blockquote",
                "marker": POST,
                "handle": "ines.example.org",
                "author_name": "Ines Okafor",
                "posted_at": "2024-10-02",
                "text": "The charts are wrong.",
                **FOUND,
            },
        ),
        Example(
            format="html",
            source=f"<p>A</p>{BARE}<p>B</p>",
            expect={"form": "text", "handle": "ines.example.org", "text": "The charts are wrong.", **FOUND},
        ),
        Example(
            format="html",
            source=f'<div class="bluesky-embed"><iframe data-bluesky-uri="at://{WHO}/app.bsky.feed.post/3l5jmcyhpi54h" '
            f'src="https://embed.bsky.app/embed/{WHO}/app.bsky.feed.post/3l5jmcyhpi54h?id=071"></iframe></div>',
            expect={"form": "iframe", **FOUND},
        ),
        Example(
            format="text",
            source="https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h",
            expect={"form": "url", "handle": "ines.example.org", "native_id": "3l5jmcyhpi54h"},
        ),
        Example(format="text", source=f"https://bsky.app/profile/{WHO}/post/3l5jmcyhpi54h", expect=FOUND),
        *(
            Example(format="html", source=f"<p>One</p>{element}<p>Two</p>", expect={"marker": element, **FOUND})
            for element in (
                f'<iframe src="https://embed.bsky.app/embed/{WHO}/app.bsky.feed.post/3l5jmcyhpi54h"></iframe>',
                '<iframe src="https://embed.bsky.app/oembed?url=https%3A%2F%2Fbsky.app%2Fprofile%2F'
                f'{WHO}%2Fpost%2F3l5jmcyhpi54h"></iframe>',
                f'<blockquote data-bluesky-uri="at://{WHO}/app.bsky.feed.post/3l5jmcyhpi54h"></blockquote>',
            )
        ),
        Example(
            format="html",
            source='<blockquote data-bluesky-uri="at://ines.example.org/app.bsky.feed.post/3l5jmcyhpi54h"></blockquote>',
            expect={"permalink": "https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h"},
        ),
    ),
    misses=(
        ("text", "Ines Okafor (@ines.example.org) is on Bluesky since October 2, 2024."),
        ("markdown", "As [she](https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h) said."),
        ("html", '<a href="https://bsky.app/profile/ines.example.org">Bluesky</a>'),
        ("html", '<a class="share" href="https://bsky.app/intent/compose?text=Storm">Share</a>'),
    ),
)
