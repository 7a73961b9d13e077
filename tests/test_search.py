"""Search in the terminal: which articles and posts are found, in what order, and that words are only words."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver import store
from tests.archives import read_articles

Archiver = Callable[..., CompletedProcess[str]]

KEYS = ["kind", "id", "date", "platform", "handle", "name", "title", "language", "state", "url", "snippet"]

PAGE = """<html lang="en-GB"><head><title>{title}</title><meta property="article:published_time" content="{day}">
<meta name="author" content="Tilda Moor"></head><body><p>{text}</p>{embed}</body></html>"""
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{words}</p>&mdash; {name} (@{handle}) '
    '<a href="https://twitter.com/{handle}/status/{id}">{day}</a></blockquote>'
)
JETTY = TWEET.format(
    words="The jetty is open, and Kate’s café too. 🎉",
    name="Lake Ferries",
    handle="LakeFerries",
    id="1311875000000000000",
    day="October 2, 2020",
)
ARTICLES = {
    "jetty.html": PAGE.format(title="Jetty reopens", day="2020-10-03", text="Bread and ferries.", embed=JETTY),
    "bread.html": PAGE.format(title="Bread", day="2021-01-05", text="A jetty of bread, well-baked.", embed=""),
    "fest.txt": "灯籠流し\n\n三年ぶりの灯籠流しに四千人が集まった。\n\nView this post on Instagram\n\n"
    "A post shared by 三ツ瀬 灯籠 (@mitsuse.tourou) on Aug 17, 2019 at 5:14am PDT\n",
    "link.md": "# Only a link\n\nhttps://www.tiktok.com/@northpilots/video/7107337212743830830\n",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of these articles."""
    folder = tmp_path_factory.mktemp("searched")
    (folder / "in").mkdir()
    for name, text in ARTICLES.items():
        (folder / "in" / name).write_text(text, "utf-8")
    return read_articles(folder)


@pytest.fixture
def search(archiver: Archiver, path: Path) -> Callable[..., list[dict[str, Any]]]:
    """The hits of `archiver search`, as JSON."""

    def call(*arguments: str) -> list[dict[str, Any]]:
        done = archiver("search", "--db", path, "--json", *arguments)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return call


POST = "twitter:1311875000000000000"
FEST = "instagram:@mitsuse.tourou/2019-08-17T12:14Z"
CLIP = "tiktok:7107337212743830830"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("jetty", ["in/jetty.html", "in/bread.html", POST]),  # a title counts for more than a text
        ("JETTY cafe", [POST]),  # neither case nor accents matter
        ("kate's", [POST]),
        ("kate’s", [POST]),
        ('"open and"', [POST]),  # a phrase
        ("“open and”", [POST]),
        ('"and open"', []),
        ('"the jetty', [POST]),  # a quotation mark that is not closed
        ("well-baked", ["in/bread.html"]),
        ("-jetty", ["in/jetty.html", "in/bread.html", POST]),
        ("jetty AND", ["in/jetty.html", POST]),  # a word like any other
        ("jetty OR nothing", []),
        ("NOT", []),
        ("text:jetty", []),
        ("jett*", ["in/jetty.html", "in/bread.html", POST]),
        ('"open an"*', [POST]),
        ("jett", []),
        ("tilda", ["in/jetty.html", "in/bread.html"]),  # the byline; the shorter text first
        ("lakeferries", [POST]),  # the author's handle
        ("lake ferries", [POST]),  # the author's name
        ("灯籠", ["in/fest.txt", FEST]),  # no spaces between words
        ("四千人", ["in/fest.txt"]),
        ("灯籠 mitsuse", ["in/fest.txt", FEST]),
        ("🎉", [POST]),
    ],
)
def test_all_words_are_looked_for_and_mean_nothing_else(
    search: Callable[..., list[dict[str, Any]]], query: str, found: list[str]
) -> None:
    """Which articles and posts are found, in order: articles before posts, the best first."""
    assert [hit["id"] for hit in search("--", query)] == found


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--platform", "tiktok"], ["in/link.md", CLIP]),
        (["--author", "@lakeferries"], ["in/jetty.html", POST]),
        (["--author", "twitter:lakeferries"], ["in/jetty.html", POST]),
        (["--author", "nobody"], []),
        (["--since", "2020-10-03"], ["in/bread.html", "in/jetty.html", CLIP]),
        (["--since", "2021", "--until", "2021-01"], ["in/bread.html"]),
        (["--until", "2020-10-02"], [POST, FEST]),
        (["--language", "en"], ["in/bread.html", "in/jetty.html", FEST]),
        (["--language", "en-gb"], ["in/bread.html", "in/jetty.html"]),
        (["--state", "words"], ["in/jetty.html", POST]),
        (["--state", "link"], []),
        (["bread", "--platform", "twitter"], ["in/jetty.html"]),
        (["jetty", "--limit", "1"], ["in/jetty.html", POST]),
    ],
)
def test_options_narrow(search: Callable[..., list[dict[str, Any]]], options: list[str], found: list[str]) -> None:
    """By platform, author, time, language and what is known; the newest first where there is no query."""
    assert [hit["id"] for hit in search(*options)] == found


def test_a_year_is_no_month(tmp_path: Path) -> None:
    """What is known to be of 2020 is of 2020, and neither until nor since its May; of 2019 is before that."""
    with store.archive(tmp_path / "a.db", create=True) as db:
        for year in ("2019", "2020"):
            db.table("posts").insert({"id": f"x:{year}", "platform": "x", "posted_at": year})
    with store.reading(tmp_path / "a.db") as db:

        def found(since: str | None = None, until: str | None = None) -> list[str]:
            return [
                hit.id for hit in store.load_posts_found(db, store.Wanted(), store.Filters(since=since, until=until), 9)
            ]

        assert found(since="2020", until="2020") == ["x:2020"]
        assert found(until="2020-05") == ["x:2019"]
        assert found(since="2020-05") == []


def test_csv_and_json_say_the_same(archiver: Archiver, path: Path) -> None:
    """The same hits under the same keys, in UTF-8."""
    said = [json.loads(line) for line in archiver("search", "--db", path, "--json", "jetty").stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(archiver("search", "--db", path, "--csv", "jetty").stdout)))
    assert list(rows[0]) == KEYS == list(said[0])
    assert rows == [{key: value or "" for key, value in hit.items()} for hit in said]


def test_people_see_titles_names_and_snippets(archiver: Archiver, path: Path) -> None:
    """A title with its date and byline; a name with its handle; and the id, to go on with `show`."""
    assert archiver("search", "--db", path, "jetty", "--limit", "1").stdout == (
        "Articles\n  Jetty reopens\n  3 October 2020 · Tilda Moor\n  Bread and ferries.\n  in/jetty.html\n\n"
        "  … and more: --limit 2\n\n"
        "Posts\n  Lake Ferries @LakeFerries · X (Twitter) · 2 October 2020, 03:45:48 UTC\n"
        "  The jetty is open, and Kate’s café too. 🎉\n  twitter:1311875000000000000\n\n"
    )


@pytest.mark.parametrize(("word", "is_hinted"), [("-bread", True), ("--bread", False)])
def test_a_word_that_looks_like_an_option_is_said_so(
    archiver: Archiver, path: Path, word: str, is_hinted: bool
) -> None:
    """With what helps; behind that it is a word."""
    done = archiver("search", "--db", path, word)
    assert (done.returncode, "put -- before words that begin with -" in done.stderr) == (2, is_hinted)
    assert "bread.html" in archiver("search", "--db", path, "--", word).stdout


def test_a_long_query_is_only_long(search: Callable[..., list[dict[str, Any]]]) -> None:
    """Thousands of words, in any script, are more than SQLite takes in one expression."""
    assert [hit["id"] for hit in search("jetty " * 3000)] == ["in/jetty.html", "in/bread.html", POST]
    assert search(" ".join(chr(0x4E00 + number) for number in range(3000))) == []


def test_a_redacted_post_is_not_found(path: Path, tmp_path: Path) -> None:
    """Neither by its words nor by its author, and no article by the author of one that it embeds."""
    copy = tmp_path / "archive.db"
    copy.write_bytes(path.read_bytes())
    with store.archive(copy, create=False) as db:
        db.table("posts").update(POST, {"status": "redacted"})
        for query in ("jetty", "lakeferries"):
            assert store.load_posts_found(db, store.wanted(query), store.Filters(), 9) == []
        assert store.load_articles_found(db, store.Wanted(), store.Filters(author="lakeferries"), 9) == []


def test_an_archive_without_an_index_is_said_so(archiver: Archiver, tmp_path: Path) -> None:
    """After a first run that was interrupted: one sentence, and what helps."""
    store.open_archive(tmp_path / "a.db", create=True).close()
    done = archiver("search", "jetty", "--db", "a.db")
    assert (done.returncode, done.stdout) == (1, "")
    assert "has no full-text index yet; the next `archiver run` builds it." in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--", "-"], ['"'], [""], ["jetty", "--json", "--csv"], ["--since", "May"]])
def test_nothing_to_search_for_is_wrong_usage(archiver: Archiver, path: Path, arguments: list[str]) -> None:
    """No word, only punctuation, or options that contradict each other."""
    assert archiver("search", "--db", path, *arguments).returncode == 2


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.text('"*()-+^:{}ANDORTab ', max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_query_is_an_error(path: Path, query: str) -> None:
    """Whatever is typed, FTS5 understands what it is given, and what is found holds it."""
    wanted = store.wanted(query)
    with store.reading(path) as db:
        store.load_articles_found(db, wanted, store.Filters(), 5)
        found = store.load_posts_found(db, wanted, store.Filters(), 5)
    if wanted.parts:
        assert all(part in f"{hit.snippet}{hit.handle}{hit.name}" for hit in found for part in wanted.parts[:1])
