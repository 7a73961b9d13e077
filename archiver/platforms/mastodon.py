"""Mastodon: posts on any server, and the line that its embed code leaves."""

import re

from archiver.platforms.base import Example, Markup, Phrase, Platform, Shortcode, UrlForm
from archiver.times import mastodon_time

# Status ids have had 17 digits or more since version 2.0; 19 is what 63 bits hold. No other site known to us has
# such addresses. An account's handle has its server, as in the line that the embed code leaves.
USER = r"(?P<user>\w(?:[\w.-]{0,58}\w)?)"
GUEST = r"(?P<handle>\w(?:[\w.-]{0,58}\w)?@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})"
ID = r"(?P<id>\d{15,19})(?:/embed)?(?:/|$)"
POST = (
    '<blockquote class="mastodon-embed" data-embed-url="https://mast.example.org/@ines/113237543551316025/embed" '
    'style="background: #FCF8FF"> <a href="https://mast.example.org/@ines/113237543551316025" target="_blank"> <svg>'
    '</svg> <div style="color: #787588">Post by @ines@mast.example.org</div> <div>View on Mastodon</div> </a> '
    "</blockquote>"
)
FRAME = (
    '<iframe src="https://mast.example.org/@ines/113237543551316025/embed" class="mastodon-embed" width="400" '
    'allowfullscreen="allowfullscreen"></iframe>'
)
FOUND = {
    "native_id": "113237543551316025",
    "permalink": "https://mast.example.org/@ines/113237543551316025",
    "handle": "ines@mast.example.org",
}

MASTODON = Platform(
    name="mastodon",
    label="Mastodon",
    urls=(
        UrlForm(
            hosts=("*",),
            path=re.compile(rf"/(?:(?:web|deck)/)?@{USER}/(?:statuses/)?{ID}"),
            handle="{user}@{host}",
            permalink="https://{host}/@{user}/{id}",
        ),
        # A post of another server, as this one has it.
        UrlForm(
            hosts=("*",),
            path=re.compile(rf"/(?:(?:web|deck)/)?@{GUEST}/(?:statuses/)?{ID}"),
            permalink="https://{host}/@{handle}/{id}",
        ),
        # The web client's until version 3.5, for posts of any server.
        UrlForm(hosts=("*",), path=re.compile(rf"/web/statuses/{ID}"), permalink="https://{host}/web/statuses/{id}"),
        UrlForm(
            hosts=("*",),
            path=re.compile(rf"/users/(?P<user>\w{{1,60}})/(?:statuses|updates)/{ID}"),
            handle="{user}@{host}",
            permalink="https://{host}/@{user}/{id}",
        ),
    ),
    profile="https://mastodon.social/@{handle}",
    sources=("mastodon",),
    media_hosts=("{host}", "*.{host}", "cdn.masto.host"),
    id_time=mastodon_time,
    arrived=re.compile(r"/@[^/@]+@|/web/statuses/"),
    markup=(Markup(form="blockquote", tag="blockquote", having=".mastodon-embed", urls=("data-embed-url", "a:first")),),
    shortcodes=(
        Shortcode(
            opening="{{",
            pattern=re.compile(
                r"\{\{[<%]\s*(?:mastodon|toot)\s+[\"']?(?P<url>https?://[^\s\"'<>]+)[^{}\n]{0,200}[>%]\}\}"
            ),
            formats=("markdown",),
        ),
    ),
    phrases=(
        Phrase(
            anchor="Post by @",
            pattern=re.compile(
                r"Post by @(?P<handle>\w[\w.-]{0,59}@[\w-]{1,63}(?:\.[\w-]{1,63}?){1,6}?)\s{0,60}"
                r"View on Mastodon(?![a-z0-9_])"
            ),
            language="en",
        ),
        Phrase(
            anchor="View on Mastodon",
            pattern=re.compile(r"View on Mastodon(?=[ \t]*(?:\n|$))"),
            before=re.compile(r"^[ \t]*$"),
            language="en",
        ),
    ),
    # Of other platforms' frames none has an address that ends in `/embed`, but Instagram's, TikTok's and Threads'.
    loaders=("{host}/embed.js",),
    needles=("mastodon-embed", '/embed"', "/embed'"),
    traces=("mastodon-embed", '/embed"', "/embed'"),
    examples=(
        Example(
            format="text",
            source="Post by @ines@mast.example.org View on Mastodon",
            expect={"start": 0, "handle": "ines@mast.example.org", "language": "en"},
        ),
        Example(
            format="text",
            source="She wrote:\n\nPost by @ines@mast.example.org\nView on Mastodon\n\nThen",
            expect={"marker": "Post by @ines@mast.example.org\nView on Mastodon"},
        ),
        Example(
            format="html",
            source=f"<p>A</p>{POST}<script src='https://mast.example.org/embed.js' async='async'></script><p>B</p>",
            expect={"form": "blockquote", "marker": POST, "handle": "ines@mast.example.org", **FOUND},
        ),
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **FOUND}),
        Example(
            format="text",
            source="Before\nhttps://mast.example.org/@ines/113237543551316025\nAfter",
            expect={"form": "url", **FOUND},
        ),
        Example(
            format="text",
            source="https://mast.example.org/users/ines/statuses/113237543551316025",
            expect={"form": "url", **FOUND},
        ),
        Example(
            format="text",
            source="https://mast.example.org/@ines@other.example/113237543551316025",
            expect={
                "form": "url",
                "handle": "ines@other.example",
                "permalink": "https://mast.example.org/@ines@other.example/113237543551316025",
            },
        ),
        Example(
            format="text",
            source="https://mast.example.org/web/statuses/113237543551316025",
            expect={
                "handle": None,
                "native_id": "113237543551316025",
                "permalink": "https://mast.example.org/web/statuses/113237543551316025",
            },
        ),
        Example(
            format="text",
            source="https://mast.example.org/web/@ines/113237543551316025",
            expect={"form": "url", **FOUND},
        ),
        Example(
            format="markdown",
            source='{{< mastodon "https://mast.example.org/@ines/113237543551316025" >}}',
            expect={"form": "shortcode", **FOUND},
        ),
    ),
    misses=(
        ("text", "You can view on Mastodon what she wrote."),
        ("text", "https://mast.example.org/@ines"),
        ("text", "https://mast.example.org/@ines@other.example"),
        ("text", "https://mast.example.org/web/statuses/new"),
        ("text", "https://blog.example.org/@ines/storm-113237543551316025"),
        ("markdown", "As [she](https://mast.example.org/@ines/113237543551316025) said."),
        ("html", '<a rel="me" href="https://mast.example.org/@ines">Mastodon</a>'),
        ("html", '<iframe src="https://mast.example.org/@ines/embed"></iframe>'),
    ),
)
