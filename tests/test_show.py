"""`show` and `stats`: what they say of a post, of an article and of the archive, to people and to programs."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archiver import store
from archiver.cli.show import EMBED_KEYS
from tests.archives import SHARED, SHARED_POST, read_articles

Archiver = Callable[..., CompletedProcess[str]]

POST = "twitter:1311875000000000000"
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The jetty is open again.<br>Bring a coat.</p>'
    '&mdash; Lake Ferries (@lakeferries) <a href="https://twitter.com/lakeferries/status/1311875000000000000">'
    "October 2, 2020</a></blockquote>"
)
PAGE = """<html lang="en"><head><title>{title}</title><meta property="article:published_time" content="2020-10-03">
<link rel="canonical" href="https://press.example/{title}"></head>
<body><p>The crew wrote: “The jetty is open again.”</p>{tweet}<p>It rained on all of us.</p></body></html>"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two pages that embed one post, a text, and one without embeds."""
    folder = tmp_path_factory.mktemp("shown")
    (folder / "in" / "more").mkdir(parents=True)
    (folder / "in" / "jetty.html").write_text(PAGE.format(title="Jetty", tweet=TWEET), "utf-8")
    (folder / "in" / "more" / "again.html").write_text(PAGE.format(title="Again", tweet=TWEET), "utf-8")
    (folder / "in" / "more" / "same.txt").write_text(f"Lake\n\nIt was calm.\n\n{SHARED}", "utf-8")
    (folder / "in" / "same.txt").write_text("Nothing\n\nNothing happened.\n", "utf-8")
    return read_articles(folder)


@pytest.mark.parametrize(
    "name",
    [
        POST,
        "https://twitter.com/lakeferries/status/1311875000000000000",
        "https://mobile.x.com/anyone/status/1311875000000000000?s=20",
    ],
)
def test_a_post_is_shown_with_where_it_is_embedded(archiver: Archiver, path: Path, name: str) -> None:
    """By its id or any form of its address: the card, where each value is from, the articles."""
    said = archiver("show", name, "--db", path).stdout
    card, below = said.split("Known from\n")
    assert [line.strip("│ ") for line in card.splitlines()[1:7]] == [
        "Lake Ferries (@lakeferries)",
        "2 October 2020, 03:45:48 UTC",
        "",
        "The jetty is open again.",
        "Bring a coat.",
        "",
    ]
    assert re.findall(r"^  (\S.*?)  ", below, re.MULTILINE) == ["author", "words", "address", "exact time"]
    assert "Embedded in\n  Jetty\n    3 October 2020 · in/jetty.html\n  Again\n" in below
    assert "Quoted as\n  “The jetty is open again.”\n    in/jetty.html#1 · " in below


@pytest.mark.parametrize("name", ["in/jetty.html", "jetty.html", "https://press.example/Jetty", "./in/jetty.html"])
def test_an_article_is_shown_with_its_cards(
    archiver: Archiver, path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """By its id, its file's name or path, or its own address."""
    monkeypatch.chdir(path.parent)
    lines = archiver("show", name, "--db", path).stdout.splitlines()
    assert lines[0] == "Jetty"
    assert lines[3].startswith("in/jetty.html · html · ")
    assert lines[5].startswith("╭─ 1. X (Twitter) post ─")


def test_an_article_without_embeds_is_said_so(archiver: Archiver, path: Path) -> None:
    """Nothing found is not nothing shown."""
    assert archiver("show", "in/same.txt", "--db", path).stdout.endswith("\n\nIt has no embeds.\n")


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("nix", 1, "knows no post or article nix"),
        ("https://x.com/a/status/5", 1, "knows no post or article"),
        ("same.txt", 2, "same.txt is the name of several articles: in/more/same.txt, in/same.txt"),
        ("\x1b[2J", 1, r"knows no post or article \x1b[2J"),
    ],
)
def test_what_is_not_there_is_said(archiver: Archiver, path: Path, name: str, status: int, sentence: str) -> None:
    """One sentence on stderr, and nothing else."""
    done = archiver("show", name, "--db", path)
    assert (done.returncode, done.stdout) == (status, "")
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        (POST, "post author names embeds quotes flags media"),
        (SHARED_POST, "post author names embeds quotes flags media"),
        ("in/jetty.html", "article embeds quotes flags"),
    ],
)
def test_json_has_the_rows_of_the_tables(archiver: Archiver, path: Path, name: str, keys: str) -> None:
    """Keys are columns, and values what the archive holds."""
    told = json.loads(archiver("show", name, "--db", path, "--json").stdout)
    assert list(told) == keys.split()
    with store.reading(path) as db:
        for row in told["embeds"]:
            assert row.items() <= next(iter(db.query("SELECT * FROM embeds WHERE id = ?", [row["id"]]))).items()


def test_csv_has_the_embeds(archiver: Archiver, path: Path) -> None:
    """A row for each embed of a post, or of an article, under the columns of the table."""
    of_post = list(csv.DictReader(io.StringIO(archiver("show", POST, "--db", path, "--csv").stdout)))
    of_article = list(csv.DictReader(io.StringIO(archiver("show", "in/jetty.html", "--db", path, "--csv").stdout)))
    assert [row["id"] for row in of_post] == ["in/jetty.html#1", "in/more/again.html#1"]
    assert of_article == of_post[:1]
    assert tuple(of_post[0]) == EMBED_KEYS


def test_a_redacted_post_tells_nothing(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """Neither on its own nor in an article: no name, no words, no address, no time."""
    (tmp_path / "archive.db").write_bytes(path.read_bytes())
    with store.archive(tmp_path / "archive.db", create=False) as db:
        db.table("posts").update(POST, {"status": "redacted"})
    for name in (POST, "in/jetty.html"):
        for form in ([], ["--json"], ["--csv"]):
            said = archiver("show", name, *form).stdout.replace("“The jetty is open again.”", "")  # the article's own
            assert re.findall(r"(?i)lake ?ferries|coat|status/|2 October", said) == []
    assert "redacted" in archiver("show", "in/jetty.html").stdout


def test_a_value_cannot_steer_the_terminal(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """Escape sequences in a post are shown, not obeyed; emoji and Persian stay as they are."""
    (tmp_path / "archive.db").write_bytes(path.read_bytes())
    evil = "\x1b]0;owned\x07[bold]red[/bold]\u202e 👩\u200d🚀 می\u200cخواهم"
    with store.archive(tmp_path / "archive.db", create=False) as db:
        db.table("posts").update(POST, {"text": evil, "permalink": f"https://x.com/{evil}"})
        db.table("authors").update("twitter:lakeferries", {"name": evil})
    for command in (["show", POST], ["search", "lakeferries"], ["show", "in/jetty.html"], ["stats"]):
        said = archiver(*command).stdout
        assert re.findall("[\x00-\x09\x0b-\x1f\x7f\u202e]", said) == []
    assert "\\x1b]0;owned\\x07[bold]red[/bold]\\u202e 👩\u200d🚀 می\u200cخواهم" in archiver("show", POST).stdout


def test_a_reader_that_has_had_enough_ends_it_quietly(path: Path) -> None:
    """`| head` is no failure, also where rich writes."""
    command = f"{sys.executable} -m archiver stats --db {path}; echo $? >&2"
    with subprocess.Popen(["bash", "-c", f"({command}) | true"], stderr=subprocess.PIPE, text=True) as shell:
        assert shell.communicate()[1] == "0\n"


def test_stats_are_tables(archiver: Archiver, path: Path) -> None:
    """Counts first; then posts by platform and year, what is embedded most, languages, forms."""
    said = [" ".join(line.split()) for line in archiver("stats", "--db", path).stdout.splitlines()]
    assert said[:5] == ["articles 4", "embeds 3", "posts 2", "authors 2", "problems 0"]
    assert {
        "X (Twitter) 2 1 1 1 1 1 1",
        "2020 2 1 1 0",
        "twitter:lakeferries 2 2",
        f"{POST} 2 2",
        "not declared 2",
        "X (Twitter) blockquote 2",
    } <= set(said)


def test_stats_as_csv_are_one_count_a_row(archiver: Archiver, path: Path) -> None:
    """Table, key, measure, count: the same numbers as in JSON."""
    rows = list(csv.DictReader(io.StringIO(archiver("stats", "--db", path, "--csv").stdout)))
    told = json.loads(archiver("stats", "--db", path, "--json").stdout)
    counts = {(row["table"], row["key"], row["measure"]): int(row["count"]) for row in rows}
    assert len(counts) == len(rows)
    assert counts["archive", "", "embeds"] == told["embeds"]
    assert counts["years", "2020", "words"] == told["years"][0]["words"]
    assert counts["forms", "twitter blockquote", "embeds"] == 2
    assert counts["languages", "", "articles"] == 2
