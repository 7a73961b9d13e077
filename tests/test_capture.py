"""Capturing: what platforms answer is kept with its evidence, once, and is what the cards then show."""

import gzip
import hashlib
import json
import signal
import sqlite3
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from threading import Barrier, Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archiver import store
from archiver.capture.work import MOST_HOSTS
from archiver.warc import read_body
from tests.faults import Handler, Reply, Site, answer, raw, serving, status, stay_on_loopback

Archiver = Callable[..., CompletedProcess[str]]

X = "1311875000000000000"
DID = "did:plc:abcdefghijkl234567mnopqr"
MASTODON = "113237543551316025"
REDDIT = (
    '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/boats/comments/6rrwyj/heron/">The Heron '
    'sails</a><br> by<a href="https://www.reddit.com/user/adaquill/">u/adaquill</a> in<a '
    'href="https://www.reddit.com/r/boats/">boats</a></blockquote>'
)
BOMB = gzip.compress(b"0" * 50_000_000)
POSTS = {
    "twitter": f"https://twitter.com/adaquill/status/{X}",
    "bluesky": f"https://bsky.app/profile/{DID}/post/3l5jmcyhpi54h",
    "mastodon": f"https://mast.example.org/@ines/{MASTODON}",
    "tiktok": "https://www.tiktok.com/@adaquill/video/7107337212743830830",
    "youtube": "https://www.youtube.com/watch?v=Fh0erry_Qx4",
    "vimeo": "https://vimeo.com/76979871",
    "reddit": "https://www.reddit.com/r/boats/comments/6rrwyj/",
}
ANSWERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "twitter": (
        "cdn.syndication.twimg.com",
        "/tweet-result",
        {
            "__typename": "Tweet",
            "id_str": X,
            "lang": "en",
            "created_at": "2020-10-02T03:45:48.000Z",
            "text": "Low tide &amp; high spirits.",
            "entities": {"urls": [], "hashtags": []},
            "user": {"name": "Ada Quill", "screen_name": "adaquill"},
        },
    ),
    "bluesky": (
        "public.api.bsky.app",
        "/xrpc/app.bsky.feed.getPostThread",
        {
            "thread": {
                "post": {
                    "uri": f"at://{DID}/app.bsky.feed.post/3l5jmcyhpi54h",
                    "author": {"did": DID, "handle": "ines.example.org", "displayName": "Ines Okafor", "labels": []},
                    "record": {"text": "The charts are wrong.", "createdAt": "2024-10-02T16:10:11Z", "langs": ["en"]},
                    "indexedAt": "2024-10-02T16:10:12.345Z",
                }
            }
        },
    ),
    "mastodon": (
        "mast.example.org",
        f"/api/v1/statuses/{MASTODON}",
        {
            "id": MASTODON,
            "created_at": "2024-10-02T16:10:12.345Z",
            "language": "en",
            "spoiler_text": "",
            "content": "<p>The lamps<br>are lit.</p><p>All of them &amp; more.</p>",
            "account": {"acct": "ines", "display_name": "Ines Okafor"},
        },
    ),
    "tiktok": (
        "www.tiktok.com",
        "/oembed",
        {"title": "Low tide #boats", "author_name": "Ada", "author_unique_id": "adaquill", "html": ""},
    ),
    "youtube": (
        "www.youtube.com",
        "/oembed",
        {"title": "The Heron", "author_name": "Lakeside", "author_url": "https://www.youtube.com/@lakeside"},
    ),
    "vimeo": (
        "vimeo.com",
        "/api/oembed.json",
        {
            "title": "At noon",
            "author_name": "Lakeside",
            "author_url": "https://vimeo.com/lakeside",
            "upload_date": "2013-10-15 14:08:29",
        },
    ),
    "reddit": ("www.reddit.com", "/oembed", {"html": REDDIT, "author_name": "adaquill"}),
}
SAID = {
    "twitter": ("twitter:adaquill", "Ada Quill", "Low tide & high spirits.", "2020-10-02T03:45:48Z"),
    "bluesky": ("bluesky:ines.example.org", "Ines Okafor", "The charts are wrong.", "2024-10-02T16:10:12.345Z"),
    "mastodon": (
        "mastodon:ines@mast.example.org",
        "Ines Okafor",
        "The lamps\nare lit.\n\nAll of them & more.",
        "2024-10-02T16:10:12.345Z",
    ),
    "tiktok": ("tiktok:adaquill", "Ada", "Low tide #boats", None),
    "youtube": ("youtube:lakeside", "Lakeside", "The Heron", None),
    "vimeo": ("vimeo:lakeside", "Lakeside", "At noon", "2013-10-15"),
    "reddit": ("reddit:adaquill", None, "The Heron sails", None),
}


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No packet leaves loopback, and nobody waits."""
    stay_on_loopback(monkeypatch)


@pytest.fixture
def sites() -> Iterator[dict[str, Site]]:
    """A server for each platform, that answers as its documentation says."""
    with ExitStack() as stack:
        found = {}
        for platform, (_, path, told) in ANSWERS.items():
            found[platform] = stack.enter_context(serving())
            found[platform].on(path, answer(told))
        yield found


def options(sites: dict[str, Site]) -> list[str]:
    """What leads a capture to these servers."""
    mapped = [f"--host-map={ANSWERS[platform][0]}={site.base}" for platform, site in sites.items()]
    return ["--contact=desk@example.org", "--allow-net=127.0.0.1/32", *mapped]


@pytest.fixture
def articles(archiver: Archiver, tmp_path: Path) -> Path:
    """An archive of one article that links to a post of each platform."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("\n\n".join(["Boats.", *POSTS.values(), "The end."]), "utf-8")
    assert archiver("run", "news").returncode == 0
    return tmp_path


def query(sql: str, db: Path = Path("archive.db")) -> list[tuple[Any, ...]]:
    """The rows that a query gives."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def records(folder: Path) -> list[tuple[str, str]]:
    """The type and the id of each record of evidence, all of which are valid."""
    files = sorted(folder.glob("*.warc.gz"))
    assert Checker(Namespace(inputs=[str(file) for file in files], verbose=False)).process_all() == 0
    found = []
    for file in files:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                record.content_stream().read()
                found.append((record.rec_type, record.rec_headers.get_header("WARC-Record-ID")))
    return found


def test_each_platform_is_asked_and_its_answer_kept(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """What an answer says of its post is in its row; and the evidence is where that says."""
    assert archiver("capture", *options(sites)).returncode == 0
    told = query(
        "SELECT substr(post_id, 1, instr(post_id, ':') - 1), author_id, author_name, text, posted_at FROM captures"
    )
    assert {row[0]: row[1:] for row in told} == SAID
    for file, offset, record_id, sha256 in query("SELECT file, byte_offset, record_id, sha256 FROM captures"):
        with (articles / "archive-warc" / file).open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream)))
            assert record.rec_headers.get_header("WARC-Record-ID") == record_id
            assert hashlib.sha256(record.raw_stream.read()).hexdigest() == sha256
    assert [kind for kind, _ in records(articles / "archive-warc")] == ["warcinfo", *["response", "request"] * 7]


def test_the_cards_show_what_was_captured(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """After a capture and a rendering, with the words, and where they are from."""
    archiver("capture", "-q", *options(sites))
    assert archiver("render", "-q").returncode == 0
    (page,) = (articles / "site" / "articles").glob("*.html")
    html = page.read_text("utf-8")
    assert all(
        text.partition("\n")[0].replace("&", "&amp;") in html for _, _, text, _ in SAID.values() if "#" not in text
    )
    assert html.count("from a captured answer of the platform") >= len(SAID)
    assert query("SELECT text_source, posted_at_source FROM posts WHERE platform = 'twitter'") == [("capture", "id")]
    assert query("SELECT name_source FROM authors WHERE id = 'twitter:adaquill'") == [("capture",)]


def test_what_was_answered_is_not_asked_again(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """Neither what was captured nor what is not there; with `--only all`, all of it."""
    sites["youtube"].on("/oembed", status(404))
    archiver("capture", *options(sites))
    assert "nothing to ask" in archiver("capture", *options(sites)).stdout
    assert [len(site.asked) for site in sites.values()] == [1] * 7
    assert archiver("capture", "--only", "all", "--limit", "3", *options(sites)).returncode == 0
    assert sum(len(site.asked) for site in sites.values()) == 10


def test_the_plan_comes_first_and_a_dry_run_is_no_more(
    archiver: Archiver, articles: Path, sites: dict[str, Site]
) -> None:
    """How many requests to which host, and how long they take at least; nothing is written or asked."""
    before = (articles / "archive.db").read_bytes()
    said = archiver("capture", "--dry-run", "--platform", "youtube", *options(sites)).stdout
    assert "www.youtube.com                         1 request   1 s" in said
    assert "that takes 1 s, if nothing is asked twice" in said
    assert (articles / "archive.db").read_bytes() == before
    assert not any(site.asked for site in sites.values())


@pytest.mark.parametrize(
    ("replies", "outcomes"),
    [
        ([status(301, Location="http://169.254.169.254/latest/")], ["elsewhere"]),
        ([status(302, Location="https://localhost/oembed")], ["elsewhere"]),
        ([status(302, Location="/oembed")], [*["redirected"] * 5, "elsewhere"]),
        ([status(403)], ["forbidden"]),
        ([status(404)], ["not-found"]),
        ([status(410)], ["gone"]),
        ([status(429, Retry_After="1"), answer(ANSWERS["reddit"][2])], ["rate-limited", "captured"]),
        ([status(429, Retry_After="90000")], ["rate-limited"]),
        ([status(500), answer(ANSWERS["reddit"][2])], ["server-error", "captured"]),
        ([status(503)], ["server-error"] * 3),
        ([raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")], ["disconnected"] * 3),
        ([status(200, b"<p>Log in", Content_Type="text/html")], ["wrong-type"]),
        ([status(200, BOMB, Content_Type="application/json", Content_Encoding="gzip")], ["too-large"]),
        ([status(200, b"{", Content_Type="application/json")], ["unreadable"]),
        ([status(200, b"[" * 100_000, Content_Type="application/json")], ["unreadable"]),
        ([answer([])], ["unreadable"]),
        ([answer({"html": "<p>Nothing"})], ["unreadable"]),
        ([answer({"html": REDDIT.replace("6rrwyj", "6rrwyk")})], ["another-post"]),
    ],
)
def test_a_fault_is_kept_as_what_it_is(
    archiver: Archiver, articles: Path, sites: dict[str, Site], replies: Sequence[Reply], outcomes: list[str]
) -> None:
    """Each exchange has its row, and its records if an answer came; the site is rendered all the same."""
    sites["reddit"].on("/oembed", *replies)
    assert archiver("capture", *options(sites)).returncode == 0
    rows = "SELECT outcome FROM captures WHERE post_id LIKE 'reddit:%' ORDER BY rowid"
    assert [outcome for (outcome,) in query(rows)] == outcomes
    assert query("SELECT count(*) FROM captures WHERE outcome = 'captured' AND post_id NOT LIKE 'reddit%'") == [(6,)]
    kept = {id_ for kind, id_ in records(articles / "archive-warc") if kind == "response"}
    assert {id_ for (id_,) in query("SELECT record_id FROM captures WHERE status IS NOT NULL")} == kept
    assert archiver("render", "-q").returncode == 0


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"thread": {"notFound": True, "uri": "at://x"}}, "not-found"),
        ({"thread": {"post": {"uri": "at://x/app.bsky.feed.post/3l5jmcyhpi54i"}}}, "another-post"),
        (
            {
                "thread": {
                    "post": {
                        **ANSWERS["bluesky"][2]["thread"]["post"],
                        "author": {"handle": "ines.example.org", "labels": [{"val": "!no-unauthenticated"}]},
                    }
                }
            },
            "withheld",
        ),
    ],
)
def test_what_bluesky_does_not_show_to_all_is_not_taken(
    archiver: Archiver, articles: Path, sites: dict[str, Site], told: dict[str, Any], outcome: str
) -> None:
    """An author who wants to be seen by none but members, a post that is gone, another one: nothing is told of it."""
    sites["bluesky"].on(ANSWERS["bluesky"][1], answer(told))
    archiver("capture", "--platform", "bluesky", *options(sites))
    assert query("SELECT outcome, handle, text FROM captures") == [(outcome, None, None)]


def test_a_source_that_fails_is_followed_by_the_next(
    archiver: Archiver, articles: Path, sites: dict[str, Site]
) -> None:
    """In the order that the platform's file states: after the AppView, its oEmbed."""
    sites["bluesky"].on(ANSWERS["bluesky"][1], status(501))
    code = (
        f'<blockquote class="bluesky-embed" data-bluesky-uri="at://{DID}/app.bsky.feed.post/3l5jmcyhpi54h"><p>'
        "The charts are wrong.</p>&mdash; Ines Okafor (@ines.example.org) October 2, 2024</blockquote>"
    )
    sites["bluesky"].on("/oembed", answer({"html": code}))
    more = f"--host-map=embed.bsky.app={sites['bluesky'].base}"
    assert archiver("capture", "--platform", "bluesky", *options(sites), more).returncode == 0
    rows = query("SELECT source, outcome, text FROM captures ORDER BY rowid")
    assert rows == [("bluesky", "server-error", None), ("bluesky-oembed", "captured", "The charts are wrong.")]


def test_an_article_cannot_lead_a_capture_inside(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """A server that an article names, at an address that is not public, is not connected to."""
    links = "\n\n".join(f"https://{host}/@ines/{MASTODON[:-1]}{n}" for n, host in enumerate(("127.0.0.9", "localhost")))
    (articles / "news" / "b.txt").write_text(f"Boats.\n\n{links}\n", "utf-8")
    archiver("run", "news", "-q")
    archiver("capture", "--platform", "mastodon", "--contact=desk@example.org")
    assert {row[0] for row in query("SELECT outcome FROM captures WHERE url LIKE '%127.0.0.9%'")} <= {"refused"}
    assert query("SELECT outcome FROM captures WHERE url LIKE '%localhost%'") in ([], [("refused",)])


def test_a_run_over_all_goes_on_with_what_was_left(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """A host that wants to be left alone is named; the same command asks it again, and no other; then it has ended."""
    sites["vimeo"].on("/api/oembed.json", status(429, Retry_After="90000"), answer(ANSWERS["vimeo"][2]))
    links = "https://vimeo.com/76979872\n\nhttps://vimeo.com/76979873\n"
    (articles / "news" / "b.txt").write_text(f"Boats.\n\n{links}", "utf-8")
    archiver("run", "news", "-q")
    first = archiver("capture", "-q", "--only", "all", *options(sites))
    assert "vimeo.com cannot be asked any more now" in first.stderr
    assert len(sites["vimeo"].asked) == 1
    assert archiver("capture", "-q", "--only", "all", *options(sites)).stderr == ""
    assert [len(site.asked) for name, site in sites.items() if name != "vimeo"] == [1] * 6
    assert archiver("capture", "-q", "--only", "all", *options(sites)).returncode == 0
    assert [len(site.asked) for name, site in sites.items() if name != "vimeo"] == [2] * 6


def test_two_captures_do_not_run_at_once(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """The second is told so, and asks nothing; when the first has ended, however, it may."""
    with store.only_one(articles / "archive-warc" / "lock", "Another"):
        said = archiver("capture", *options(sites))
    assert (said.returncode, said.stdout) == (1, "")
    assert "A capture for archive.db is under way already" in said.stderr
    assert not any(site.asked for site in sites.values())
    assert archiver("capture", "-q", *options(sites)).returncode == 0


def test_where_the_evidence_cannot_be_written_nothing_is_asked(
    archiver: Archiver, articles: Path, sites: dict[str, Site]
) -> None:
    """One sentence with the folder's name."""
    (articles / "archive-warc").write_text("a file")
    said = archiver("capture", *options(sites))
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "archive-warc cannot be written" in said.stderr
    assert not any(site.asked for site in sites.values())


def test_captures_are_never_changed(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """The file itself refuses it, whoever writes to it."""
    archiver("capture", "-q", *options(sites))
    before = query("SELECT * FROM captures")
    for sql in (
        "UPDATE captures SET text = 'other'",
        "DELETE FROM captures",
        "INSERT OR REPLACE INTO captures SELECT * FROM captures LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="evidence"):
            query(sql)
    assert query("SELECT * FROM captures") == before


def test_a_capture_outlives_its_article(archiver: Archiver, articles: Path, sites: dict[str, Site], rows: Any) -> None:
    """Post and account go with the last article that embeds the post, and are as they were when it is back."""
    archiver("capture", "-q", *options(sites))
    before = rows(articles / "archive.db", "posts", "authors")
    text = (articles / "news" / "a.txt").read_text("utf-8")
    (articles / "news" / "a.txt").write_text("Boats.\n", "utf-8")
    archiver("run", "news", "-q")
    assert rows(articles / "archive.db", "posts", "authors") == {"posts": [], "authors": []}
    (articles / "news" / "a.txt").write_text(text, "utf-8")
    archiver("run", "news", "-q")
    assert rows(articles / "archive.db", "posts", "authors") == before


@pytest.mark.parametrize(
    ("arguments", "toml", "sentence"),
    [
        ([], "", "--contact desk@example.org"),
        (["--contact=nobody"], "", "neither a mail address nor an address on the web"),
        (["--contact=a@b.example\r\nX: y"], "", "neither a mail address"),
        (["--contact=a@b.example", "--allow-net=10.1.0.0/33"], "", "a network is written as in 10.1.0.0/16"),
        (["--contact=a@b.example", "--host-map=x.example"], "", "is not written as in"),
        (["--contact=a@b.example", "--host-map=x.example=file:///etc"], "", "is not written as in"),
        ([], "network = 1", "network is a table"),
        ([], "[network]\nproxy = 'x'", "[network] has no proxy"),
        ([], "[network]\ncontact = 1", "contact in [network] takes text"),
        ([], "[network]\nallow = '10.0.0.0/8'", "allow in [network] takes a list"),
        ([], "[network]\nhosts = ['x']", "[network.hosts] has lines"),
        ([], "[network]\ncontact = 'nobody'", "neither a mail address"),
        ([], "[network]\ncontact = 'a@b.example'\nallow = ['inside']", "a network is written as in"),
        ([], "[network]\ntimestamp = 1", "timestamp in [network] takes text"),
        ([], "[network]\ncontact = 'a@b.example'\ntimestamp = 'tsa.example'", "is no address on the web"),
        ([], "platform = 'youtube'", "platform takes a list of texts"),
    ],
)
def test_what_is_wrong_with_a_setting_is_said(
    archiver: Archiver, articles: Path, arguments: list[str], toml: str, sentence: str
) -> None:
    """In one sentence, before anything is asked: on the command line and in archiver.toml."""
    (articles / "archiver.toml").write_text(toml, "utf-8")
    said = archiver("capture", *arguments)
    assert (said.returncode, said.stdout) == (2, "")
    assert sentence in said.stderr


def test_the_network_is_set_up_in_a_file(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """`[network]` says what the options say."""
    hosts = "\n".join(f'"{ANSWERS[platform][0]}" = "{site.base}"' for platform, site in sites.items())
    (articles / "archiver.toml").write_text(
        f'[network]\ncontact = "https://desk.example/bots"\nallow = ["127.0.0.1"]\n[network.hosts]\n{hosts}\n', "utf-8"
    )
    assert archiver("capture", "-q").returncode == 0
    assert query("SELECT count(*) FROM captures WHERE outcome = 'captured'") == [(7,)]
    assert "https://desk.example/bots" in sites["vimeo"].asked[0][1]["User-Agent"]


# Telegram's page

MESSAGE = (
    '<div class="tgme_widget_message" data-post="TideWatch/1204"><a class="tgme_widget_message_owner_name">Tide '
    'Watch</a><div class="tgme_widget_message_text js-message_text">High water<br>at <b>noon</b>.</div><a class='
    '"tgme_widget_message_date"><time datetime="2022-10-21T10:30:00+02:00">10:30</time></a></div>'
)


@pytest.mark.parametrize(
    ("rules", "page", "expected"),
    [
        ("", MESSAGE, ("captured", "TideWatch", "Tide Watch", "High water\nat noon.", "2022-10-21T08:30:00Z")),
        ("", MESSAGE.replace("1204", "1205"), ("another-post", None, None, None, None)),
        ("", '<div class="tgme_widget_message_error">Post not found</div>', ("not-found", None, None, None, None)),
        ("", "<p>Log in", ("unreadable", None, None, None, None)),
        ("User-agent: *\nDisallow: /", MESSAGE, ("disallowed", None, None, None, None)),
    ],
)
def test_a_page_is_read_if_robots_txt_allows_it(
    archiver: Archiver, tmp_path: Path, rules: str, page: str, expected: tuple[str | None, ...]
) -> None:
    """What the page of a message says; and that its host was asked for its rules is kept, too."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Boats.\n\nhttps://t.me/tidewatch/1204\n", "utf-8")
    archiver("run", "news", "-q")
    with serving() as site:
        site.on("/robots.txt", status(200, rules.encode(), Content_Type="text/plain"))
        site.on("/tidewatch/1204", status(200, page.encode(), Content_Type="text/html; charset=utf-8"))
        arguments = ["--contact=a@b.example", "--allow-net=127.0.0.1", f"--host-map=t.me={site.base}"]
        assert archiver("capture", "-q", *arguments).returncode == 0
    rows = query("SELECT outcome, handle, author_name, text, posted_at FROM captures ORDER BY rowid")
    assert rows == [("robots", None, None, None, None), expected]


# Many posts

MANY = [f"1132375435513{number:05}" for number in range(100)]
RUN = (
    "import sys; from archiver.fetch import pace; pace.LIMITS = {}; pace.OTHERWISE = (60, 1); "
    "from archiver.cli import main; main()"
)


def _status(handler: Handler) -> None:
    """Any post that is asked for."""
    id_ = urlsplit(handler.path).path.rpartition("/")[2]
    answer({**ANSWERS["mastodon"][2], "id": id_, "content": f"<p>Post {id_}"})(handler)


def test_sixteen_hosts_are_asked_at_the_same_time(archiver: Archiver, tmp_path: Path) -> None:
    """Each answers only when all of them have been asked."""
    all_asked = Barrier(MOST_HOSTS, timeout=15)

    def wait(handler: Handler) -> None:
        all_asked.wait()
        _status(handler)

    (tmp_path / "news").mkdir()
    posts = {f"mast{number}.example.org": MANY[number] for number in range(MOST_HOSTS)}
    links = "\n\n".join(f"https://{host}/@ines/{id_}" for host, id_ in posts.items())
    (tmp_path / "news" / "a.txt").write_text(f"Boats.\n\n{links}\n", "utf-8")
    archiver("run", "news", "-q")
    with ExitStack() as stack:
        sites = {host: stack.enter_context(serving()) for host in posts}
        for host, site in sites.items():
            site.on(f"/api/v1/statuses/{posts[host]}", wait)
        mapped = [f"--host-map={host}={site.base}" for host, site in sites.items()]
        archiver("capture", "-q", "--contact=a@b.example", "--allow-net=127.0.0.1", *mapped)
    assert query("SELECT outcome, count(*) FROM captures GROUP BY 1") == [("captured", MOST_HOSTS)]


def test_a_capture_that_is_killed_or_interrupted_is_gone_on_with(archiver: Archiver, tmp_path: Path) -> None:
    """In the end each post was captured once, and all evidence is whole; what an interrupt ended is not asked again.

    It takes as long as three programs need to start.
    """
    (tmp_path / "news").mkdir()
    links = "\n\n".join(f"https://mast.example.org/@ines/{id_}" for id_ in MANY)
    (tmp_path / "news" / "a.txt").write_text(f"Boats.\n\n{links}\n", "utf-8")
    archiver("run", "news", "-q")
    asked = [0]
    with serving() as site:
        for id_ in MANY:
            site.on(f"/api/v1/statuses/{id_}", _status)
        arguments = ["capture", "-q", "--contact=a@b.example", "--allow-net=127.0.0.1"]
        command = [sys.executable, "-c", RUN, *arguments, f"--host-map=mast.example.org={site.base}"]
        for end in (signal.SIGKILL, signal.SIGINT):
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            while process.poll() is None and len(site.asked) < asked[-1] + 15:
                time.sleep(0.001)
            process.send_signal(end)
            assert process.wait(60) == (130 if end == signal.SIGINT else -end)
            asked.append(len(site.asked))
        assert subprocess.run(command, check=False).returncode == 0
        paths = [path for path, _ in site.asked]
    assert query("SELECT count(*), count(DISTINCT post_id) FROM captures WHERE outcome = 'captured'") == [(100, 100)]
    assert set(paths[asked[1] : asked[2]]).isdisjoint(paths[asked[2] :])
    kept = {id_ for kind, id_ in records(tmp_path / "archive-warc") if kind == "response"}
    assert {id_ for (id_,) in query("SELECT record_id FROM captures")} <= kept


def test_a_second_interrupt_ends_at_once(archiver: Archiver, tmp_path: Path) -> None:
    """The first says that it waits for a server, here one that never answers; the archive is whole after the second."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(f"Boats.\n\nhttps://mast.example.org/@ines/{MANY[0]}\n", "utf-8")
    archiver("run", "news", "-q")
    is_over = Event()

    def hang(_: Handler) -> None:
        is_over.wait(60)

    with serving() as site:
        site.on(f"/api/v1/statuses/{MANY[0]}", hang)
        arguments = ["capture", "-q", "--contact=a@b.example", "--allow-net=127.0.0.1"]
        command = [sys.executable, "-c", RUN, *arguments, f"--host-map=mast.example.org={site.base}"]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while process.poll() is None and not site.asked:
                time.sleep(0.001)
            process.send_signal(signal.SIGINT)
            assert process.stderr
            assert b"once more ends at once" in process.stderr.readline() + process.stderr.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        is_over.set()
    assert query("SELECT count(*) FROM captures") == [(0,)]
    assert "1 request " in archiver("capture", "--dry-run").stdout


def test_a_body_that_comes_again_is_kept_once(archiver: Archiver, articles: Path, sites: dict[str, Site]) -> None:
    """In a later run, too: the row says where the answer is, and that leads to its body."""
    told = json.dumps({**ANSWERS["vimeo"][2], "description": "Boats. " * 999}).encode()
    sites["vimeo"].on("/api/oembed.json", status(200, told, Content_Type="application/json"))
    for _ in range(2):
        archiver("capture", "-q", "--platform", "vimeo", "--only", "all", *options(sites))
    kinds = [kind for kind, _ in records(articles / "archive-warc")]
    assert kinds == ["warcinfo", "response", "request", "warcinfo", "revisit", "request"]
    with store.reading(Path("archive.db")) as db:
        found = query("SELECT file, byte_offset, sha256 FROM captures")
        for file, offset, sha256 in found:
            body = read_body(articles / "archive-warc", file, offset, partial(store.load_captures_with_body, db))
            assert hashlib.sha256(body).hexdigest() == sha256
    assert len(found) == 2
