"""A capture of the examples, from the command line to the browser: cards show words and pictures, and load nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.faults import Handler, answer, serving, status, stay_on_loopback
from tests.pictures import picture

Archiver = Callable[..., CompletedProcess[str]]

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
DID = "did:plc:abcdefghijkl234567mnopqr"
BESIDE = f"""# What was said elsewhere

The harbour was in the news that week, on three networks at once.

https://bsky.app/profile/{DID}/post/3l5jmcyhpi54h

https://mast.example.org/@ines/113237543551316025

https://www.youtube.com/watch?v=Fh0erry_Qx4

Nobody else said anything.
"""
"""What the examples have nothing of: platforms whose answers name pictures."""

HOSTS = (
    *("publish.x.com", "public.api.bsky.app", "cdn.bsky.app", "mast.example.org", "files.mast.example.org"),
    *("www.youtube.com", "i.ytimg.com"),
)
BLUESKY = {
    "uri": f"at://{DID}/app.bsky.feed.post/3l5jmcyhpi54h",
    "author": {"did": DID, "handle": "ines.example.org", "displayName": "Ines Okafor", "labels": []},
    "record": {"text": "Slack water at the pier, and not a soul about.", "langs": ["en"]},
    "indexedAt": "2024-10-02T16:10:12.345Z",
    "embed": {
        "$type": "app.bsky.embed.images#view",
        "images": [
            {"fullsize": "https://cdn.bsky.app/img/sea.jpeg", "alt": "Grey water below a grey sky, no boats"},
            {"fullsize": "https://cdn.bsky.app/img/pier.png", "alt": ""},
        ],
    },
}
MASTODON = {
    "id": "113237543551316025",
    "created_at": "2024-10-02T16:10:12.345Z",
    "content": "<p>The lamps are lit.</p>",
    "account": {"acct": "ines", "display_name": "Ines Okafor"},
    "media_attachments": [
        {
            "type": "video",
            "url": "https://files.mast.example.org/clip.mp4",
            "preview_url": "https://files.mast.example.org/clip.webp",
            "description": "Lamps along the quay, one after the other",
        }
    ],
}
YOUTUBE = {
    "title": "The Heron at noon",
    "author_name": "Lakeside",
    "author_url": "https://www.youtube.com/@lakeside",
    "thumbnail_url": "https://i.ytimg.com/vi/Fh0erry_Qx4/hqdefault.jpg",
}


def _tweet(handler: Handler) -> None:
    """What X's oEmbed answers about any post: its embed code."""
    (url,) = parse_qs(urlsplit(handler.path).query)["url"]
    id_ = url.rpartition("/")[2]
    code = (
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Words of {id_}.</p>&mdash; Ada Quill (@adaquill) '
        f'<a href="https://twitter.com/adaquill/status/{id_}">October 2, 2020</a></blockquote>'
    )
    answer({"html": code, "author_name": "Ada Quill"})(handler)


def _said(told: object, handler: Handler) -> None:
    (answer(told) if "Fh0erry_Qx4" in handler.path else _tweet)(handler)


@pytest.fixture
def site(archiver: Archiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The site of the examples and an article beside them, after a capture."""
    with monkeypatch.context() as patched, serving() as server:
        stay_on_loopback(patched)
        (tmp_path / "beside").mkdir()
        (tmp_path / "beside" / "elsewhere.md").write_text(BESIDE, "utf-8")
        assert archiver("run", EXAMPLES, "beside", "-q").returncode == 0
        server.on("/oembed", lambda handler: _said(YOUTUBE, handler))
        server.on("/xrpc/app.bsky.feed.getPostThread", answer({"thread": {"post": BLUESKY}}))
        server.on("/api/v1/statuses/113237543551316025", answer(MASTODON))
        for path, kind, size in (
            ("/img/sea.jpeg", "JPEG", (1600, 1000)),
            ("/img/pier.png", "PNG", (400, 700)),
            ("/clip.webp", "WEBP", (640, 360)),
            ("/vi/Fh0erry_Qx4/hqdefault.jpg", "JPEG", (480, 360)),
        ):
            server.on(path, status(200, picture(kind, size), Content_Type="image/jpeg"))
        mapped = [f"--host-map={host}={server.base}" for host in HOSTS]
        assert archiver("capture", "-q", "--contact=a@b.example", "--allow-net=127.0.0.1", *mapped).returncode == 0
        assert archiver("render", "-q").returncode == 0
        yield tmp_path / "site"


def test_after_a_capture_cards_show_words_and_pictures_and_all_is_offline(site: Path, browser: Browser) -> None:
    """Pages open from the folder alone, in a narrow window: what they show is there, and their policy forbids none."""
    pages = {path: path.read_text("utf-8") for path in sorted(site.glob("[ap]*s/*.html"))}
    assert sum("Words of " in html for path, html in pages.items() if path.parent.name == "posts") == 8
    for words in ("Slack water at the pier", "The lamps are lit.", "The Heron at noon"):
        assert {path.parent.name for path, html in pages.items() if words in html} >= {"articles", "posts"}
    page = browser.new_page(viewport={"width": 320, "height": 900})
    asked, said = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    pictures = [one for path, html in pages.items() if "archiver-media" in html for one in _pictures(page, path)]
    assert (said, {url.partition(":")[0] for url in asked}) == ([], {"file"})
    assert sorted(pictures) == sorted(
        2
        * [
            ["A picture that nobody described", 366, 640],
            ["A still of the video that nobody described", 480, 360],
            ["Grey water below a grey sky, no boats", 640, 400],
            ["Lamps along the quay, one after the other", 640, 360],
        ]
    )


def _pictures(page: Page, path: Path) -> list[list[str | int]]:
    """The pictures of a page's cards that are really there: the words for each, and its own size."""
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    found: list[list[str | int]] = page.eval_on_selector_all(
        ".archiver-media img",
        "imgs => Promise.all(imgs.map(img => { img.loading = 'eager'; return img.decode()"
        ".then(() => [img.alt, img.naturalWidth, img.naturalHeight]) }))",
    )
    return found
