"""Checking: what has become of each post is asked, kept, and told where it is known."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from urllib3 import Retry

from archiver import fetch, store
from archiver.fetch import pace
from archiver.records import Capture, Outcome
from tests.faults import Site, answer, serving, status

Archiver = Callable[..., CompletedProcess[str]]

X = "1311875000000000000"
VIDEOS = {"alive": "Fh0erry_Qx4", "gone": "Fh0erry_Qx5", "wary": "Fh0erry_Qx6", "failing": "Fh0erry_Qx7"}
HEAD = "---\ntitle: Boats\ndate: 2020-10-03\n---\n\n"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits."""
    monkeypatch.setattr(pace, "OTHERWISE", (1000, 1))
    monkeypatch.setattr(pace, "LIMITS", {})
    monkeypatch.setattr(fetch, "RETRY", Retry(total=1, status_forcelist=(429, 500, 503), backoff_factor=0))


@pytest.fixture
def articles(archiver: Archiver, tmp_path: Path) -> Path:
    """An archive of one article with four videos and two posts."""
    links = [f"https://www.youtube.com/watch?v={id_}" for id_ in VIDEOS.values()]
    links += [f"https://twitter.com/adaquill/status/{X}", "https://www.instagram.com/p/CF1tGabcdef/"]
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(HEAD + "\n\n".join(["Boats.", *links, "The end."]), "utf-8")
    assert archiver("run", "news", "-q").returncode == 0
    return tmp_path


@pytest.fixture
def hosts() -> Iterator[dict[str, Site]]:
    """YouTube, where one video is there, and X, where no post is."""
    with ExitStack() as stack:
        found = {name: stack.enter_context(serving()) for name in ("youtube", "syndication", "oembed")}
        found["youtube"].on("/oembed", _youtube)
        yield found


def _youtube(handler: Any) -> None:
    told = {"title": "The Heron", "author_name": "Lakeside", "author_url": "https://www.youtube.com/@lakeside"}
    replies = {"alive": answer(told), "gone": status(404), "wary": status(401), "failing": status(503)}
    next(replies[name] for name, id_ in VIDEOS.items() if id_ in handler.path)(handler)


def options(hosts: dict[str, Site]) -> list[str]:
    """What leads a check to these servers."""
    names = {"youtube": "www.youtube.com", "syndication": "cdn.syndication.twimg.com", "oembed": "publish.x.com"}
    mapped = [f"--host-map={names[name]}={site.base}" for name, site in hosts.items()]
    return ["--contact=desk@example.org", "--allow-net=127.0.0.1/32", *mapped]


def remember(post: str, source: str, outcome: Outcome, ago: timedelta, text: str | None = None) -> None:
    """What was answered before, as a run of that time has kept it."""
    moment = (datetime.now(UTC) - ago).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    capture = Capture(
        id=f"{post} {moment}",
        post_id=post,
        source=source,
        url="https://example.org/",
        method="GET",
        fetched_at=moment,
        outcome=outcome,
        text=text,
    )
    with store.archive(Path("archive.db"), create=False) as archive:
        store.save_captures(archive, [capture])


def query(sql: str) -> list[tuple[Any, ...]]:
    """The rows that a query gives."""
    with closing(sqlite3.connect("archive.db")) as connection:
        return connection.execute(sql).fetchall()


def lives() -> dict[str, tuple[Any, ...]]:
    """What the archive says of the life of each video."""
    rows = query("SELECT native_id, life, life_answers, status FROM posts WHERE platform = 'youtube'")
    return {name: row[1:] for row in rows for name, id_ in VIDEOS.items() if id_ == row[0]}


def test_each_post_is_asked_for_and_its_life_told(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """What is there, what is not (not yet gone), what may not be embedded, what is not known; and who is not asked."""
    said = archiver("check", *options(hosts))
    assert said.returncode == 0
    assert lives() == {
        "alive": ("alive", 1, None),
        "gone": ("unknown", 1, None),
        "wary": ("embedding-off", 1, None),
        "failing": ("unknown", 0, None),
    }
    assert "unknown, gone by 1 of 3                 2 posts" in said.stdout
    assert re.findall("Not asked: (.*) [(]Meta", said.stdout) == ["Instagram"]  # of which the archive has a post
    assert not any(line.endswith(" ") for line in said.stdout.splitlines())
    assert query("SELECT life FROM posts WHERE platform = 'instagram'") == [(None,)]


def test_a_post_is_gone_at_the_third_strike(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """And then its card says since when, in the site and in the terminal."""
    remember("youtube:Fh0erry_Qx5", "youtube-oembed", "captured", 30 * DAY, "The Heron")
    for ago in (9 * DAY, 4 * DAY):
        remember("youtube:Fh0erry_Qx5", "youtube-oembed", "not-found", ago)
    assert lives()["gone"] == ("unknown", 2, None)
    archiver("check", "-q", *options(hosts))
    assert lives()["gone"] == ("deleted", 3, "gone")
    archiver("render", "-q")
    pages = [path for path in (articles / "site" / "posts").glob("youtube*") if "gone from YouTube" in path.read_text()]
    assert len(pages) == 1
    told = pages[0].read_text("utf-8")
    since = datetime.now(UTC) - 9 * DAY
    assert f"This video is gone from YouTube, since {since.day} {since:%B %Y} at the latest." in told
    assert "deleted (3 answers in a row, since" in told
    assert "The Heron" in told
    assert "deleted (3 answers in a row, since" in " ".join(archiver("show", "youtube:Fh0erry_Qx5").stdout.split())


def test_answers_count_in_whatever_order_they_are_kept(articles: Path) -> None:
    """A life follows from when they were given."""
    for ago in (1 * DAY, 9 * DAY, 4 * DAY):
        remember("youtube:Fh0erry_Qx5", "youtube-oembed", "not-found", ago)
    remember("youtube:Fh0erry_Qx5", "youtube-oembed", "captured", 30 * DAY, "The Heron")
    assert lives()["gone"] == ("deleted", 3, "gone")


def test_what_was_checked_is_not_checked_again_so_soon(
    archiver: Archiver, articles: Path, hosts: dict[str, Site]
) -> None:
    """A second check asks for what nothing is known of only; with --stale, what was not checked for so long."""
    archiver("check", "-q", *options(hosts))
    asked = len(hosts["youtube"].asked)
    archiver("check", "-q", *options(hosts))
    assert {path[-3:] for path, _ in hosts["youtube"].asked[asked:]} == {"Qx7"}
    dry = archiver("check", "--dry-run", "--stale", "0h", "--platform", "youtube").stdout
    assert "www.youtube.com                         4 requests" in dry


def test_stale_posts_are_due_and_so_are_those_with_a_strike(archiver: Archiver, articles: Path) -> None:
    """Not those that were found alive a week ago."""
    remember("youtube:Fh0erry_Qx4", "youtube-oembed", "captured", 7 * DAY)
    remember("youtube:Fh0erry_Qx5", "youtube-oembed", "not-found", 2 * DAY)
    remember("youtube:Fh0erry_Qx6", "youtube-oembed", "captured", 31 * DAY)
    remember("youtube:Fh0erry_Qx7", "youtube-oembed", "not-found", DAY / 2)
    said = archiver("check", "--stale", "30d", "--platform", "youtube", "--dry-run").stdout
    assert "www.youtube.com                         2 requests" in said
    said = archiver("check", "--stale", "1w", "--platform", "youtube", "--dry-run", "--limit", "1").stdout
    assert "www.youtube.com                         1 request " in said


def test_what_cannot_be_asked_takes_no_place(archiver: Archiver, articles: Path) -> None:
    """A limit counts the posts that are asked for; what is unclear is not due at once."""
    (articles / "news" / "b.txt").write_text("Boats.\n\nhttps://on.soundcloud.com/Qy7Lm\n", "utf-8")
    archiver("run", "news", "-q")
    for video in VIDEOS.values():
        remember(f"youtube:{video}", "youtube-oembed", "unclear", DAY)
    said = archiver("check", "--stale", "30d", "--dry-run", "--limit", "1").stdout
    assert "cdn.syndication.twimg.com               1 request " in said
    assert "www.youtube.com" not in said


def test_a_check_for_a_timetable_says_nothing(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """Whatever the platforms answer; nor one that has nothing to do."""
    for arguments in (["--stale", "30d"], ["--stale", "30d", "--platform", "twitter"]):
        said = archiver("check", "-q", *arguments, *options(hosts))
        assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_of_two_sources_the_documented_one_decides(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """What X's syndication does not have is asked of its oEmbed; a tombstone that names the reason is believed."""
    archiver("check", "-q", "--platform", "twitter", *options(hosts))
    rows = query("SELECT source, outcome FROM captures ORDER BY rowid")
    assert rows == [("x-syndication", "not-here"), ("x-oembed", "not-found")]
    notice = "This Post is from an account that no longer exists. Learn more"
    tombstone = {"__typename": "TweetTombstone", "tombstone": {"text": {"text": notice}}}
    hosts["syndication"].on("/tweet-result", answer(tombstone))
    archiver("check", "-q", "--stale", "0h", "--platform", "twitter", "-v", *options(hosts))
    assert query("SELECT says FROM checks ORDER BY rowid")[2:] == [("account-gone",)]


def test_a_source_that_has_not_got_it_is_no_answer(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """Where the documented one fails, the post is asked for again."""
    hosts["oembed"].on("/oembed", status(503), status(503), status(404))
    for _ in range(2):
        archiver("capture", "-q", "--platform", "twitter", *options(hosts))
    outcomes = [outcome for (outcome,) in query("SELECT outcome FROM captures ORDER BY rowid")]
    assert outcomes == ["not-here", "server-error", "server-error", "not-here", "not-found"]


def test_an_edit_is_seen(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """Where the words are others than in an answer before."""
    remember("youtube:Fh0erry_Qx4", "youtube-oembed", "captured", 30 * DAY, "The Herring")
    archiver("check", "-q", *options(hosts))
    assert lives()["alive"] == ("edited", 2, None)
    shown = " ".join(archiver("show", "youtube:Fh0erry_Qx4").stdout.split())
    assert "Its words were changed between" in shown


def test_how_much_still_stands_is_told(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """In `stats`, on the overview of the site and in the archive's own view: by platform, year and age."""
    for ago in (9 * DAY, 4 * DAY):
        remember(f"twitter:{X}", "x-oembed", "not-found", ago)
    archiver("check", "-q", *options(hosts))
    rows = {row for row in archiver("stats", "--csv").stdout.splitlines() if row.startswith("rot")}
    assert {"rot_platforms,youtube,alive,1", "rot_platforms,youtube,hidden,1", "rot_years,2020,gone,1"} <= rows
    assert any(row.startswith("rot_ages,") and row.endswith("percent_alive,0.0") for row in rows)
    assert "What still stands, by age of the post" in archiver("stats").stdout
    archiver("render", "-q")
    page = (articles / "site" / "overview.html").read_text("utf-8")
    assert "Share alive by age of the post when it was checked" in page


def test_no_share_is_told_where_nothing_is_known(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """An answer or two that a post is gone leave it unknown: that is said, with no bar of 0 %."""
    archiver("check", "-q", "--platform", "twitter", *options(hosts))
    archiver("render", "-q")
    page = (articles / "site" / "overview.html").read_text("utf-8")
    assert "<td>1</td><td>–</td><td>0</td><td>0</td><td>1</td>" in page
    assert "gone by the first answers: 1 post by 1 of 3." in page


def test_redacted_posts_are_not_asked_for(archiver: Archiver, articles: Path, hosts: dict[str, Site]) -> None:
    """Nor counted."""
    with closing(sqlite3.connect("archive.db")) as connection, connection:
        connection.execute("UPDATE posts SET status = 'redacted'")
    assert "nothing to ask" in archiver("check", *options(hosts)).stdout


@pytest.mark.parametrize("stale", ["30", "d", "30x", "-1d", "1.5d"])
def test_what_is_no_age_is_refused(archiver: Archiver, articles: Path, stale: str) -> None:
    """In one sentence."""
    said = archiver("check", f"--stale={stale}", "--contact=a@b.example")
    assert (said.returncode, "is no age such as 12h, 30d or 8w" in said.stderr) == (2, True)
