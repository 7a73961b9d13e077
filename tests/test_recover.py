"""Recovering: what a web archive has of a post is found, is certainly that post's, and is kept with its evidence."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archiver.cdx import SEARCHABLE, plan_searches
from archiver.recover import WAYBACK
from archiver.warc import Record, open_warc, read_records
from tests.faults import status, stay_on_loopback
from tests.wayback import Wayback, wayback

Archiver = Callable[..., CompletedProcess[str]]

CODE, CASED = "CF1tGabcdef", "CF1tGABCDEF"
POST = f"https://www.instagram.com/p/{CODE}/"
TIME = "Oct 2, 2020 at 4:16am PDT"
MARKER = f"View this post on Instagram A post shared by Ines Okafor (@ines.okafor) on {TIME}"
MARKED = "instagram:@ines.okafor/2020-10-02T11:16Z"
WALL = "<title>Login • Instagram</title>"


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No packet leaves loopback, and nobody waits."""
    stay_on_loopback(monkeypatch)


@pytest.fixture
def web() -> Iterator[Wayback]:
    """A web archive."""
    with wayback() as archive:
        yield archive


@pytest.fixture
def read(archiver: Archiver, tmp_path: Path) -> Callable[..., None]:
    """Articles, read into an archive."""

    def make(*texts: str, date: str = "2020-10-03") -> None:
        (tmp_path / "news").mkdir()
        for number, text in enumerate(texts):
            head = f'<title>Boats</title><meta property="article:published_time" content="{date}">'
            body = "".join(f"<p>{line}</p>" for line in ("Boats.", *text.split("\n\n"), "The end."))
            (tmp_path / "news" / f"{number}.html").write_text(head + body, "utf-8")
        assert archiver("run", "news", "-q").returncode == 0

    return make


def page(code: str = CODE, text: str = "Low tide.", handle: str = "ines.okafor") -> str:
    """Instagram's page of a post, as it was in 2020."""
    media = {
        "shortcode": code,
        "owner": {"username": handle, "full_name": "Ines Okafor"},
        "edge_media_to_caption": {"edges": [{"node": {"text": text}}]},
        "taken_at_timestamp": 1601637391,
    }
    return f"<title>Ines</title><script>window._sharedData = {json.dumps({'media': media})};</script>"


def query(sql: str) -> list[tuple[Any, ...]]:
    """The rows that a query gives."""
    with closing(sqlite3.connect("archive.db")) as connection:
        return connection.execute(sql).fetchall()


def outcomes() -> list[tuple[str, str]]:
    """What came of each question, in order."""
    return query("SELECT source, outcome FROM captures ORDER BY rowid")


def test_the_copy_nearest_to_the_article_is_read(archiver: Archiver, read: Any, web: Wayback, tmp_path: Path) -> None:
    """Its words are the post's, and the card says from which day's copy; the evidence is valid."""
    read(POST)
    web.keep("20201002120000", POST, page(text="Low tide."))
    web.keep("20220101000000", f"{POST}?hl=en", page(text="Edited."))
    assert archiver("recover", "-q", *web.options).returncode == 0
    assert query("SELECT source, outcome, memento_at, text FROM captures ORDER BY rowid") == [
        ("wayback-cdx", "answered", None, None),
        ("wayback", "captured", "2020-10-02T12:00:00Z", "Low tide."),
    ]
    assert query("SELECT text, text_source, author_id, memento_at FROM posts") == [
        ("Low tide.", "memento", "instagram:ines.okafor", "2020-10-02T12:00:00Z")
    ]
    archiver("render", "-q")
    (html,) = (path.read_text("utf-8") for path in (tmp_path / "site" / "articles").glob("*.html"))
    assert "Low tide." in html
    assert "from a web archive’s copy of 2 October 2020" in html
    files = [str(path) for path in (tmp_path / "archive-warc").glob("*.warc.gz")]
    assert Checker(Namespace(inputs=files, verbose=False)).process_all() == 0


def test_what_was_answered_is_not_asked_again(archiver: Archiver, read: Any, web: Wayback) -> None:
    """Neither what was found nor what is not archived; with `--only all`, all of it."""
    read(f"{POST}\n\nhttps://www.instagram.com/p/CF1tGabcdeg/")
    web.keep("20201002120000", POST, page())
    archiver("recover", "-q", *web.options)
    asked = len(web.site.asked)
    assert {row[0] for row in query("SELECT outcome FROM captures WHERE post_id LIKE '%cdeg'")} == {"not-archived"}
    said = archiver("recover", *web.options).stdout
    assert "There is nothing to look for." in said
    assert len(web.site.asked) == asked
    archiver("recover", "-q", "--only", "all", *web.options)
    assert len(web.site.asked) == 2 * asked


def test_another_case_of_an_id_is_another_post(archiver: Archiver, read: Any, web: Wayback) -> None:
    """Both have one key: of what the list has only copies of the post's own address are asked for."""
    read(POST)
    web.keep("20201002120000", POST.replace(CODE, CASED), page(CASED, "Not hers."))
    web.keep("20210102120000", POST, page())
    archiver("recover", "-q", *web.options)
    assert web.pages() == [f"/web/20210102120000id_/{POST}"]
    assert query("SELECT detail FROM captures WHERE outcome = 'answered'") == [("1 copy, 1 of other addresses",)]
    assert query("SELECT text FROM posts") == [("Low tide.",)]


@pytest.mark.parametrize(
    ("place", "detail"),
    [
        (POST.replace(CODE, CASED), "it is a copy of"),
        ("https://www.instagram.com/ines.okafor/", "it is a copy of"),
    ],
)
def test_an_archive_that_leads_elsewhere_is_not_believed(
    archiver: Archiver, read: Any, web: Wayback, place: str, detail: str
) -> None:
    """The address of the copy that is given out in the end counts, letter case included."""
    read(POST)
    web.keep("20201002120000", POST, page())
    web.keep("20201002120001", place, page())
    to = f"{web.site.base}/web/20201002120001id_/{place}"
    web.strange[f"/web/20201002120000id_/{POST}"] = status(302, Location=to)
    archiver("recover", "-q", *web.options)
    assert ("wayback", "another-post") in outcomes()
    assert query("SELECT text FROM posts") == [(None,)]


@pytest.mark.parametrize("is_led", [True, False])
def test_a_login_is_not_taken_for_a_post(archiver: Archiver, read: Any, web: Wayback, is_led: bool) -> None:
    """Whether the copy is of it, or leads to one: the next nearest copy is read."""
    read(POST)
    web.keep("20201003120000", POST, f"{WALL}{CODE}")
    web.keep("20201203120000", POST, page())
    wall = f"https://www.instagram.com/accounts/login/?next=/p/{CODE}/"
    if is_led:
        web.keep("20201003120001", wall, f"{WALL}{CODE}")
        to = f"{web.site.base}/web/20201003120001id_/{wall}"
        web.strange[f"/web/20201003120000id_/{POST}"] = status(302, Location=to)
    archiver("recover", "-q", *web.options)
    found = [outcome for source, outcome in outcomes() if source == "wayback" and outcome != "redirected"]
    assert found == ["login-wall", "captured"]
    assert query("SELECT text, memento_at FROM posts") == [("Low tide.", "2020-12-03T12:00:00Z")]


def test_only_a_few_copies_are_tried(archiver: Archiver, read: Any, web: Wayback) -> None:
    """Four that are not the same to the byte; then the post is done with, for all runs."""
    read(POST)
    for day in range(10, 20):
        web.keep(f"202010{day}120000", POST, f"{WALL}{CODE}{day // 2}")
    archiver("recover", "-q", *web.options)
    assert [path[5:13] for path in web.pages()] == ["20201010", "20201012", "20201014", "20201016"]
    archiver("recover", "-q", *web.options)
    assert len(web.pages()) == 4


def test_a_long_list_is_read_part_by_part(
    archiver: Archiver, read: Any, web: Wayback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the key that each part ends with."""
    monkeypatch.setattr("archiver.recover.archives.ROWS", 3)
    read(POST, date="2022-01-01")
    for year in range(2015, 2022):
        web.keep(f"{year}1002120000", POST, page(text=f"In {year}."))
    archiver("recover", "-q", *web.options)
    assert [("resumeKey" in asked) for asked in web.lists()] == [False, True, True]
    assert query("SELECT text FROM posts") == [("In 2021.",)]


def test_a_copy_that_says_less_does_not_end_the_search(archiver: Archiver, read: Any, web: Wayback) -> None:
    """Where only the author is in the nearest copy the next one is read, and the one with words is believed."""
    read(POST)
    title = '<meta property="og:title" content="Ines Okafor on Instagram: “Low ti…”">'
    web.keep("20201003120000", POST, f'<meta property="og:url" content="{POST}">{title}')
    web.keep("20190102120000", POST, page(text="At last."))
    archiver("recover", "-q", *web.options)
    assert query("SELECT text, memento_at FROM posts") == [("At last.", "2019-01-02T12:00:00Z")]


def test_a_list_that_was_answered_is_not_asked_for_again(archiver: Archiver, read: Any, web: Wayback) -> None:
    """When the archive wants to be left alone before the copy came, the next run goes on from the kept list."""
    read(POST)
    web.keep("20201002120000", POST, page())
    place = f"/web/20201002120000id_/{POST}"
    web.strange[place] = status(429, Retry_After="90000")
    first = archiver("recover", "-q", *web.options)
    assert outcomes() == [("wayback-cdx", "answered"), ("wayback", "rate-limited")]
    assert first.returncode == 0
    web.strange.clear()
    archiver("recover", "-q", *web.options)
    assert len(web.lists()) == 1
    assert query("SELECT text FROM posts") == [("Low tide.",)]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [(b"", "not-archived"), (b"[]", "not-archived"), (b"<p>Busy", "unreadable"), (b'[["a"],["b"]]', "unreadable")],
)
def test_a_list_is_read_as_what_it_is(archiver: Archiver, read: Any, web: Wayback, body: bytes, outcome: str) -> None:
    """An empty one is one; what is none is told, and asked for again."""
    read(POST)
    web.strange["/cdx/search/cdx"] = status(200, body, Content_Type="application/json")
    archiver("recover", "-q", *web.options)
    assert set(outcomes()) == {("wayback-cdx", outcome)}
    is_final = outcome == "not-archived"
    assert ("There is nothing to look for." in archiver("recover", "--dry-run", *web.options).stdout) is is_final


def test_a_live_answer_goes_by_when_it_was(archiver: Archiver, read: Any, web: Wayback) -> None:
    """What the platform answered later than a copy was made goes before the copy."""
    read("https://www.youtube.com/watch?v=Fh0erry_Qx4")
    url = "https://www.youtube.com/watch?v=Fh0erry_Qx4"
    tags = f'<meta property="og:url" content="{url}"><meta property="og:title" content="The old title">'
    web.keep("20201002120000", url, tags)
    archiver("recover", "-q", *web.options)
    assert query("SELECT text, text_source FROM posts") == [("The old title", "memento")]
    web.site.on("/oembed", status(200, b'{"title": "The new title"}', Content_Type="application/json"))
    archiver("capture", "-q", *web.options, f"--host-map=www.youtube.com={web.site.base}")
    assert query("SELECT text, text_source FROM posts") == [("The new title", "capture")]


def test_the_plan_comes_first_and_a_dry_run_is_no_more(
    archiver: Archiver, read: Any, web: Wayback, tmp_path: Path
) -> None:
    """How many posts at which archive; nothing is written or asked."""
    read(POST, MARKER, "Tweet by nobody\n\nhttps://twitter.com/adaquill/status/1311875000000000000")
    before = (tmp_path / "archive.db").read_bytes()
    said = archiver("recover", "--dry-run", *web.options).stdout
    assert said.startswith("web.archive.org                         3 posts to look for, at least ")
    assert (tmp_path / "archive.db").read_bytes() == before
    assert not web.site.asked


# Markers: text-only remains without an id


def test_a_marker_is_joined_with_the_one_post_of_its_author(archiver: Archiver, read: Any, web: Wayback) -> None:
    """Of all posts of the minute, those of others are noted, and hers is the one that the marker is of."""
    read(MARKER)
    web.keep("20201002120000", POST, page())
    web.keep("20201002130000", POST.replace(CODE, "CF1tHabcdef"), page("CF1tHabcdef", "Not hers.", "bo_quill"))
    web.keep("20201002140000", POST.replace(CODE, "CF9tHabcdef"), page("CF9tHabcdef", "Another day."))
    assert archiver("recover", "-q", *web.options).returncode == 0
    assert query("SELECT id, text, text_source, author_id FROM posts") == [
        (f"instagram:{CODE}", "Low tide.", "memento", "instagram:ines.okafor")
    ]
    assert query("SELECT post_id, chosen, window FROM candidates") == [(f"instagram:{CODE}", 1, "core")]
    noted = query("SELECT post_id, detail FROM captures WHERE outcome = 'another-post'")
    assert noted == [(MARKED, "instagram:CF1tHabcdef: it is by @bo_quill")]
    asked = len(web.site.asked)
    archiver("recover", "-q", *web.options)
    assert len(web.site.asked) == asked


def test_a_marker_whose_day_may_be_its_month_is_sought_by_what_it_prints(
    archiver: Archiver, read: Any, web: Wayback
) -> None:
    """Of such a post only the month is known, but the printed minute is where the author's post may be."""
    read(MARKER.replace(TIME, "Nov 11, 2014 at 6:00am PST"), date="2014-12-03")
    assert query("SELECT posted_at, precision FROM posts") == [("2014-11", "month")]
    code = "vQxIabcdef"
    web.keep("20141201120000", POST.replace(CODE, code), page(code))
    assert archiver("recover", "-q", *web.options).returncode == 0
    assert query("SELECT id, posted_at_source FROM posts") == [(f"instagram:{code}", "id")]


def test_a_list_that_is_kept_with_another_answer_is_read_there(
    archiver: Archiver, read: Any, web: Wayback, tmp_path: Path
) -> None:
    """Two markers of one minute have one list, whose body is written once; it is read again for both, and not asked
    for, and what a run recovers is sealed."""
    read(MARKER, MARKER.replace("Ines Okafor", "Bo Quill").replace("ines.okafor", "bo.quill"))
    other = "CF1tHabcdef"
    web.keep("20201002120000", POST, page())
    web.keep("20201002120000", POST.replace(CODE, other), page(other, "High tide.", "bo.quill"))
    for number in range(9):
        web.keep(f"2021010212000{number}", POST, page(text=f"Low tide. {number}"))
    pages = [f"/web/{copy.stamp}id_/{copy.url}" for copy in web.copies]
    web.strange |= dict.fromkeys(pages, status(503))
    archiver("recover", "-q", *web.options)
    asked = len(web.lists())
    kinds = [record.kind for path in sorted(tmp_path.glob("*/*.warc.gz")) for record in _records(path)]
    assert "revisit" in kinds
    web.strange.clear()
    archiver("recover", "-q", *web.options)
    assert len(web.lists()) == asked
    assert query("SELECT id, text FROM posts ORDER BY 1") == [
        (f"instagram:{CODE}", "Low tide."),
        (f"instagram:{other}", "High tide."),
    ]
    said = archiver("verify", "--strict")
    assert (said.returncode, "2 manifests" in said.stdout) == (0, True), said.stdout


def _records(path: Path) -> list[Record]:
    with open_warc(path) as file:
        return list(read_records(file))


def test_a_list_that_is_damaged_is_asked_for_again(archiver: Archiver, read: Any, web: Wayback, tmp_path: Path) -> None:
    """Or lost: the post is found nevertheless."""
    read(POST)
    web.keep("20201002120000", POST, page())
    web.strange[f"/web/20201002120000id_/{POST}"] = status(503)
    archiver("recover", "-q", *web.options)
    asked = len(web.lists())
    (path,) = tmp_path.glob("*/*.warc.gz")
    path.write_bytes(path.read_bytes()[:200])
    web.strange.clear()
    archiver("recover", "-q", *web.options)
    assert web.lists()[asked:] == web.lists()[:1]
    assert query("SELECT text FROM posts") == [("Low tide.",)]


def test_of_several_posts_none_is_chosen(archiver: Archiver, read: Any, web: Wayback) -> None:
    """All are candidates, as `archiver report` says; they are not asked for again."""
    read(MARKER)
    web.keep("20201002120000", POST, page())
    web.keep("20201002130000", POST.replace(CODE, "CF1tHabcdef"), page("CF1tHabcdef", "High tide."))
    archiver("recover", "-q", *web.options)
    assert query("SELECT post_id, chosen FROM candidates ORDER BY 1") == [
        ("instagram:CF1tGabcdef", 0),
        ("instagram:CF1tHabcdef", 0),
    ]
    assert query("SELECT DISTINCT post_id FROM embeds") == [(MARKED,)]
    assert "CF1tHabcdef" in archiver("report").stdout
    asked = len(web.site.asked)
    archiver("recover", "-q", *web.options)
    assert len(web.site.asked) == asked


@pytest.mark.parametrize("missing", ["list", "copy"])
def test_none_is_chosen_before_all_were_looked_at(archiver: Archiver, read: Any, web: Wayback, missing: str) -> None:
    """Where an answer is missing that may still come, her post waits for it: the next run reads it again, and joins."""
    read(MARKER)
    other = POST.replace(CODE, "CF1tHabcdef")
    web.keep("20201002120000", POST, page())
    web.keep("20201002130000", other, page("CF1tHabcdef", "Not hers.", "bo_quill"))
    reel = next(iter(plan_searches(SEARCHABLE["instagram"], "ines.okafor", TIME).searches[0].queries[1:]))
    place = {"copy": f"/web/20201002130000id_/{other}", "list": WAYBACK.list_question(reel.url, reel.pattern).url[23:]}
    web.strange[place[missing]] = status(503)
    archiver("recover", "-q", *web.options)
    assert query("SELECT id FROM posts") == [(MARKED,)]
    assert not query("SELECT 1 FROM captures WHERE outcome = 'captured'")
    web.strange.clear()
    archiver("recover", "-q", *web.options)
    assert query("SELECT id, text FROM posts") == [(f"instagram:{CODE}", "Low tide.")]


@pytest.mark.parametrize(
    ("limit", "most"), [("recover.search.MOST_CANDIDATES", 1), ("recover.lists.MOST_LISTS", 1)], ids=["posts", "lists"]
)
def test_none_is_chosen_where_archives_have_more_than_is_looked_at(
    archiver: Archiver, read: Any, web: Wayback, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    """Among the rest may be another of hers: the one that was found is noted, and not asked for again."""
    monkeypatch.setattr(f"archiver.{limit}", most)
    monkeypatch.setattr("archiver.recover.archives.ROWS", 1)
    read(MARKER)
    web.keep("20201002120000", POST, page())
    web.keep("20201002130000", POST.replace(CODE, "CF1tHabcdef"), page("CF1tHabcdef", "High tide."))
    archiver("recover", "-q", *web.options)
    assert query("SELECT id FROM posts") == [(MARKED,)]
    (detail,) = query("SELECT detail FROM captures WHERE outcome = 'unclear'")
    assert detail[0].startswith(f"instagram:{CODE}: by the author, but archives have more posts")
    asked = len(web.site.asked)
    archiver("recover", "-q", *web.options)
    assert len(web.site.asked) == asked


def test_what_was_read_for_a_marker_is_redacted_with_its_post(
    archiver: Archiver, read: Any, web: Wayback, tmp_path: Path
) -> None:
    """Its page was kept before the marker was joined, under what the marker was known as."""
    read(MARKER)
    other = POST.replace(CODE, "CF1tHabcdef")
    web.keep("20201002120000", POST, page())
    web.keep("20201002130000", other, page("CF1tHabcdef", "Not hers.", "bo_quill"))
    web.strange[f"/web/20201002130000id_/{other}"] = status(503)
    archiver("recover", "-q", *web.options)
    web.strange.clear()
    archiver("recover", "-q", *web.options)
    with closing(sqlite3.connect("archive.db")) as connection, connection:
        connection.execute("UPDATE posts SET status = 'redacted'")
    archiver("publish", "press.db", "--evidence", "-q")
    found = [
        b"Low tide." in b"".join(one.content_stream().read() for one in ArchiveIterator(BytesIO(path.read_bytes())))
        for folder in ("archive-warc", "press-warc")
        for path in sorted((tmp_path / folder).glob("*.gz"))
    ]
    assert found == [True, True, False, False]


def test_the_wide_window_is_only_for_what_the_core_has_not(archiver: Archiver, read: Any, web: Wayback) -> None:
    """A late upload is found a quarter of an hour before; where the core has her post, nobody looks."""
    read(MARKER)
    late = "CF1rzabcdef"  # 2020-10-02T11:05
    web.keep("20201002120000", POST.replace(CODE, late), page(late))
    archiver("recover", "-q", *web.options)
    assert query("SELECT post_id, window, chosen FROM candidates") == [(f"instagram:{late}", "wide", 1)]


def test_who_cannot_be_told_is_not_chosen(archiver: Archiver, read: Any, web: Wayback) -> None:
    """A login in place of the page, a page that does not say who posted: nothing is joined, all is noted."""
    read(MARKER)
    web.keep("20201002120000", POST, f"{WALL}{CODE}")
    other = POST.replace(CODE, "CF1tHabcdef")
    web.keep("20201002120000", other, f'<meta property="og:url" content="{other}">@ines.okafor CF1tHabcdef')
    archiver("recover", "-q", *web.options)
    assert query("SELECT id FROM posts") == [(MARKED,)]
    told = query("SELECT outcome FROM captures WHERE source = 'wayback' ORDER BY rowid")
    assert told == [("login-wall",), ("unreadable",)]


def test_a_day_alone_is_too_little(archiver: Archiver, read: Any, web: Wayback) -> None:
    """X prints days: with the words the post is found, without them it is not looked for."""
    words = "The charts are wrong, and everybody here knows it."
    read(f"{words}\n\n— Ada Quill (@adaquill) October 2, 2020", "Boats.\n\n— Bo Quill (@bo_quill) October 2, 2020")
    for id_, text in (("1311875000000000000", words), ("1311876000000000000", "Something else on that very day.")):
        url = f"https://twitter.com/adaquill/status/{id_}"
        tweet = f'<div class="permalink-tweet" data-tweet-id="{id_}" data-screen-name="adaquill">'
        web.keep("20201002120000", url, f'{tweet}<p class="tweet-text">{text}</p></div>')
    archiver("recover", "-q", *web.options)
    found = query("SELECT post_id FROM embeds WHERE handle = 'adaquill'")
    assert found == [("twitter:1311875000000000000",)]
    assert not [path for path, _ in web.site.asked if "bo_quill" in path]


# Save Page Now

KEYS = {"IA_ACCESS_KEY": "ACCESS0123", "IA_SECRET_KEY": "secret-4567"}


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of an account."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


def test_a_copy_is_made_of_what_may_still_be_there(
    archiver: Archiver, read: Any, web: Wayback, keys: None, tmp_path: Path
) -> None:
    """The job is asked after until it has ended; the keys are in no file."""
    read(POST)
    web.saves[POST] = [{"url": POST, "job_id": "spn2-1"}]
    web.saves["spn2-1"] = [
        {"status": "pending", "job_id": "spn2-1"},
        {"status": "success", "job_id": "spn2-1", "timestamp": "20261126051500", "original_url": POST},
    ]
    web.strange[f"/web/20261126051500id_/{POST}"] = status(  # no list has it yet
        200, page().encode(), Content_Type="text/html", Memento_Datetime="Thu, 26 Nov 2026 05:15:00 GMT"
    )
    assert archiver("recover", "-q", "--save", *web.options).returncode == 0
    assert web.posted == [{"url": POST, "if_not_archived_within": "30d", "skip_first_archive": "1"}]
    saved = query("SELECT method, outcome, memento_at FROM captures WHERE source = 'wayback-save' ORDER BY rowid")
    assert saved == [
        ("GET", "answered", None),
        ("POST", "answered", None),
        ("GET", "answered", None),
        ("GET", "saved", "2026-11-26T05:15:00Z"),
    ]
    assert query("SELECT text, memento_at FROM posts") == [("Low tide.", "2026-11-26T05:15:00Z")]
    headers = [headers for path, headers in web.site.asked if path == "/save"]
    assert headers[0]["Authorization"] == "LOW ACCESS0123:secret-4567"
    written = b"".join(
        subprocess.run(["gzip", "-dc", path], capture_output=True, check=True).stdout
        for path in (tmp_path / "archive-warc").glob("*.gz")
    )
    files = [str(path) for path in (tmp_path / "archive-warc").glob("*.warc.gz")]
    assert Checker(Namespace(inputs=files, verbose=False)).process_all() == 0
    assert b"POST /save HTTP/1.1" in written
    assert b"if_not_archived_within=30d" in written
    for secret in KEYS.values():
        assert secret.encode() not in written + (tmp_path / "archive.db").read_bytes()
    archiver("recover", "-q", "--save", *web.options)
    assert len(web.posted) == 1


@pytest.mark.parametrize(
    ("user", "told", "expected", "posts"),
    [
        ({"available": 0, "processing": 6}, {}, "rate-limited", 0),
        ({"available": 1, "daily_captures": 4000, "daily_captures_limit": 4000}, {}, "rate-limited", 0),
        ({"available": 1}, {"status": "error", "status_ext": "error:not-found"}, "not-found", 2),
        ({"available": 1}, {"status": "error", "status_ext": "error:user-session-limit"}, "rate-limited", 1),
        ({"available": 1}, {"status": "error", "status_ext": "error:too-many-daily-captures"}, "rate-limited", 2),
        ({"available": 1}, {"status": "error", "status_ext": "error:job-failed"}, "server-error", 2),
        ({"available": 1}, {"status": "error", "status_ext": "error:invalid-url"}, "rejected", 2),
    ],
)
def test_the_service_says_how_much_it_takes(
    archiver: Archiver, read: Any, web: Wayback, keys: None, user: Any, told: Any, expected: str, posts: int
) -> None:
    """Where it has no room nothing more is asked in this run; what cannot be saved is told, and not asked again."""
    other = POST.replace(CODE, "CF1tHabcdef")
    read(f"{POST}\n\n{other}")
    web.user = user
    web.saves = {POST: [told], other: [told]}
    said = archiver("recover", "-q", "--save", *web.options)
    assert len(web.posted) == posts
    outcome = query("SELECT outcome FROM captures WHERE source = 'wayback-save' ORDER BY rowid DESC LIMIT 1")
    assert outcome == [(expected,)]
    assert ("cannot be asked any more now" in said.stderr) == (posts < 2)


def test_a_post_request_is_not_repeated(archiver: Archiver, read: Any, web: Wayback, keys: None) -> None:
    """What it did before the connection was cut is not known."""
    read(POST)
    web.strange["/save"] = status(503)
    archiver("recover", "-q", "--save", *web.options)
    assert [path for path, _ in web.site.asked].count("/save") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--save"], "IA_ACCESS_KEY and IA_SECRET_KEY"),
        (["--archive", "arquivo.pt"], "is not the address of a TimeGate"),
        (["--archive", "https://arquivo.pt/wayback/?x=1"], "is not the address of a TimeGate"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_asked(
    archiver: Archiver, read: Any, web: Wayback, arguments: list[str], sentence: str
) -> None:
    """In one sentence."""
    read(POST)
    said = archiver("recover", *arguments, *web.options)
    assert (said.returncode, said.stderr.count("\n")) == (2, 1)
    assert sentence in said.stderr
    assert not web.site.asked


# Interrupted

RUN = (
    "import sys; from archiver.fetch import pace; pace.LIMITS = {}; pace.OTHERWISE = (80, 1); "
    "from archiver.cli import main; main()"
)


def test_a_recovery_that_is_killed_or_interrupted_is_gone_on_with(
    archiver: Archiver, read: Any, web: Wayback, tmp_path: Path
) -> None:
    """In the end each post was found once; what was kept before an interrupt is not asked again.

    It takes as long as two programs need to start.
    """
    codes = [f"CF1tGabcd{number:02}" for number in range(25)]
    posts = [POST.replace(CODE, code) for code in codes]
    read("\n\n".join(posts))
    for code, post in zip(codes, posts, strict=True):
        web.keep("20201002120000", post, page(code))
    command = [sys.executable, "-c", RUN, "recover", "-q", *web.options]
    asked = [0]
    for end in (signal.SIGKILL, signal.SIGINT):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(web.site.asked) < asked[-1] + 12:
            time.sleep(0.001)
        process.send_signal(end)
        assert process.wait(60) == (130 if end == signal.SIGINT else -end)
        asked.append(len(web.site.asked))
    assert archiver("recover", "-q", *web.options).returncode == 0
    assert query("SELECT count(*), count(DISTINCT post_id) FROM captures WHERE outcome = 'captured'") == [(25, 25)]
    paths = [path for path, _ in web.site.asked]
    assert set(paths[asked[1] : asked[2]]).isdisjoint(paths[asked[2] :])
