"""Snapchat: Spotlight videos and public stories."""

import re

from archiver.platforms.base import Example, Markup, Platform, UrlForm

HOSTS = ("snapchat.com", "story.snapchat.com")
ID = r"(?P<id>[\w-]{20,120})(?![\w-])"
SHORT = r"(?P<id>[A-Za-z0-9]{8,12})/?$"
POST = (
    '<blockquote class="snapchat-embed" data-snapchat-embed-width="416" data-snapchat-embed-height="692" '
    'data-snapchat-embed-url="https://www.snapchat.com/spotlight/W7_AbcDefGhiJklMnoPqrStuVwxYz0123456789AbCd/embed" '
    'style="background:#C4C4C4"><div><a href="https://www.snapchat.com/spotlight/'
    'W7_AbcDefGhiJklMnoPqrStuVwxYz0123456789AbCd"></a></div></blockquote>'
)
FOUND = {
    "native_id": "W7_AbcDefGhiJklMnoPqrStuVwxYz0123456789AbCd",
    "permalink": "https://www.snapchat.com/spotlight/W7_AbcDefGhiJklMnoPqrStuVwxYz0123456789AbCd",
}

SNAPCHAT = Platform(
    name="snapchat",
    label="Snapchat",
    medium="picture or video",
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/@(?P<handle>[\w.-]{{3,30}})/spotlight/{ID}"),
            permalink="https://www.snapchat.com/@{handle}/spotlight/{id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/(?:embed/)?spotlight/{ID}"),
            permalink="https://www.snapchat.com/spotlight/{id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:embed/)?p/(?P<id>[0-9a-f-]{36}/\d{6,20}(?:/\d{1,12})?)(?!\w)"),
            permalink="https://www.snapchat.com/p/{id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/lens/(?P<id>[0-9a-f]{32})(?!\w)"),
            permalink="https://www.snapchat.com/lens/{id}",
        ),
        # What the app shares, which does not say what it leads to.
        UrlForm(hosts=("t.snapchat.com",), path=re.compile(rf"/{SHORT}"), permalink="https://t.snapchat.com/{id}"),
        UrlForm(hosts=HOSTS, path=re.compile(rf"/t/{SHORT}"), permalink="https://t.snapchat.com/{id}"),
    ),
    profile="https://www.snapchat.com/@{handle}",
    markup=(
        Markup(
            form="blockquote",
            tag="blockquote",
            having=".snapchat-embed",
            urls=("data-snapchat-embed-url", "a:first"),
        ),
    ),
    loaders=("snapchat.com/embed.js",),
    needles=("snapchat",),
    traces=(
        "snapchat-embed",
        "snapchat.com/spotlight/",
        "snapchat.com/embed/",
        "snapchat.com/@",
        "snapchat.com/p/",
        "snapchat.com/lens/",
        "snapchat.com/t/",
        "t.snapchat.com/",
    ),
    examples=(
        Example(
            format="html",
            source=f"<p>A</p>{POST}<script async src='https://www.snapchat.com/embed.js'></script><p>B</p>",
            expect={"form": "blockquote", "marker": POST, **FOUND},
        ),
        Example(
            format="html",
            source='<iframe src="https://www.snapchat.com/spotlight/W7_AbcDefGhiJklMnoPqrStuVwxYz0123456789AbCd/embed"'
            "></iframe>",
            expect={"form": "iframe", **FOUND},
        ),
        Example(
            format="text",
            source="https://www.snapchat.com/@mara.rows/spotlight/W7_AbcDefGhiJklMnoPqrStuVwxYz0123456789AbCd?share=1",
            expect={"form": "url", "handle": "mara.rows", "native_id": FOUND["native_id"]},
        ),
        Example(
            format="text",
            source="https://story.snapchat.com/p/0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f/1601637391",
            expect={
                "form": "url",
                "permalink": "https://www.snapchat.com/p/0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f/1601637391",
            },
        ),
        *(
            Example(
                format="text",
                source=url,
                expect={"form": "url", "native_id": "Qy7Lmp20", "permalink": "https://t.snapchat.com/Qy7Lmp20"},
            )
            for url in ("https://t.snapchat.com/Qy7Lmp20", "https://www.snapchat.com/t/Qy7Lmp20")
        ),
        Example(
            format="text",
            source="https://www.snapchat.com/lens/0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d",
            expect={"form": "url", "native_id": "0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d"},
        ),
    ),
    misses=(
        ("text", "https://www.snapchat.com/add/mara.rows"),
        ("text", "https://www.snapchat.com/spotlight"),
        ("text", "https://www.snapchat.com/discover"),
        ("text", "https://www.snapchat.com/t/"),
        ("html", '<a href="https://www.snapchat.com/@mara.rows">Snapchat</a>'),
        (
            "html",
            '<blockquote class="snapchat-embed" data-snapchat-embed-url="https://www.snapchat.com/add/mara.rows/embed">'
            "</blockquote>",
        ),
    ),
)
