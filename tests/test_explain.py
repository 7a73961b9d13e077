"""`archiver explain`: every place that looks like an embed, and the rule that took or refused it."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archiver.find import explain_embeds, find_embeds
from archiver.records import Format
from tests.alarm import alarm

TAIL = "A post shared by Ines Okafor (@ines.okafor) on Oct 2, 2020 at 4:16am PDT"

REFUSED: dict[str, tuple[Format, str, str, str]] = {
    "a handle in prose": (
        "text",
        "The mayor (@maralind) said so.",
        "(@maralind)",
        "a handle in a sentence or quotation marks, or without a platform's words, a dash or a date",
    ),
    "a sample's handle": (
        "text",
        "A post shared by Name (@handle)",
        "(@handle)",
        "what documentation has where a handle goes",
    ),
    "a lead in prose": (
        "text",
        "Click View this post on Instagram and wait.",
        "View this post on Instagram",
        "a lead of Instagram that does not end its line",
    ),
    "a link in prose": (
        "html",
        '<p>As <a href="https://x.com/maralind/status/1311875000000000000">she wrote</a>.</p>',
        "https://x.com/maralind/status/1311875000000000000",
        "the address of a post on X (Twitter) in a link or a sentence, not by itself in its block",
    ),
    "words in prose": (
        "text",
        "A film by Ines Okafor via GIPHY and others",
        "via GIPHY",
        "words of Giphy in quotation marks, or without what belongs to them",
    ),
    "another frame": (
        "html",
        '<p>A</p><iframe src="https://maps.example.com/lake"></iframe>',
        '<iframe src="https://maps.example.com/lake">',
        "https://maps.example.com/lake: its address is no post's",
    ),
    "a comment": ("html", f"<p>A</p><!-- {TAIL} -->", "(@ines.okafor)", "inside a comment"),
    "a script": ("html", f"<p>A</p><script>'{TAIL}'</script>", "(@ines.okafor)", "inside a script"),
    "a fence": ("markdown", f"```\n{TAIL}\n```", "(@ines.okafor)", "inside sample code"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_has_its_reason(name: str) -> None:
    """The place as it stands in the source, and why it is no embed."""
    format_, source, text, reason = REFUSED[name]
    assert [(one.text, one.rule, one.embed) for one in explain_embeds(source, format_)] == [(text, reason, None)]


def test_an_embed_without_its_post_is_refused_by_name() -> None:
    """An element with an embed's class that names no post says so."""
    source = '<p>A</p><blockquote class="twitter-tweet"><p> </p></blockquote>'
    assert [one.rule for one in explain_embeds(source, "html") if one.embed is None] == [
        "an element with an embed's class that names no post"
    ]


def test_what_is_taken_is_what_is_found() -> None:
    """The embeds that `find_embeds` gives are there with their lines, and nothing inside one is refused beside it."""
    source = f"One (@maralind) two.\n\n{TAIL}\n\nhttps://x.com/maralind/status/1311875000000000000\n"
    told = explain_embeds(source, "text")
    assert [one.embed for one in told if one.embed] == find_embeds(source, "text")
    assert [(one.line, one.rule) for one in told] == [
        (1, "a handle in a sentence or quotation marks, or without a platform's words, a dash or a date"),
        (3, "wording (en)"),
        (5, "address alone"),
    ]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article with an embed, and a handle that is none."""
    path = tmp_path / "ferries.txt"
    path.write_text(f"Ferries\n\nThe mayor (@maralind) left.\n\n{TAIL}\n", "utf-8")
    return path


Archiver = Callable[..., CompletedProcess[str]]


def test_the_command_prints_line_rule_place_and_fields(archiver: Archiver, article: Path) -> None:
    """Enough for a report: each candidate with its line, and what was read from those that were taken."""
    done = archiver("explain", str(article))
    assert (done.returncode, done.stderr) == (0, "")
    assert [" ".join(line.split()) for line in done.stdout.splitlines()] == [
        "line 3: refused: a handle in a sentence or quotation marks, or without a platform's words, a dash or a date",
        "(@maralind)",
        "line 5: taken: wording (en)",
        TAIL,
        "platform instagram",
        "form text",
        "handle ines.okafor",
        "author_name Ines Okafor",
        "posted_at 2020-10-02T11:16Z",
    ]


def test_a_day_that_is_not_certain_is_said(archiver: Archiver, tmp_path: Path) -> None:
    """Where the month's number may stand for the day, what is printed and what is certain are both there."""
    article = tmp_path / "old.txt"
    article.write_text("A photo posted by Ines Okafor (@ines.okafor) on Nov 11, 2014 at 6:00am PST\n", "utf-8")
    said = [" ".join(line.split()) for line in archiver("explain", str(article)).stdout.splitlines()]
    assert said[-2] == "posted_at 2014-11-11T14:00Z"
    assert said[-1].startswith("certain 2014-11: Instagram printed some days of 2010 to 2015")


def test_as_json_an_embed_has_the_keys_of_scan(archiver: Archiver, article: Path) -> None:
    """One object a line; `embed` is null where a candidate was refused."""
    refused, taken = map(json.loads, archiver("explain", "--json", str(article)).stdout.splitlines())
    assert (refused["line"], refused["embed"]) == (3, None)
    assert taken["embed"] == json.loads(archiver("scan", str(article)).stdout)


def test_an_article_without_candidates_is_told_from_a_mistake(archiver: Archiver, tmp_path: Path) -> None:
    """Nothing on standard output, and a line that says so."""
    (tmp_path / "plain.txt").write_text("Nothing happened.\n", "utf-8")
    done = archiver("explain", "plain.txt")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "archiver: nothing in plain.txt looks like an embed\n"


@pytest.mark.parametrize(
    ("path", "message"),
    [(".", "is a folder; explain takes one file"), ("gone.txt", "cannot be read: no such file")],
)
def test_what_is_no_file_is_said(archiver: Archiver, path: str, message: str) -> None:
    """A folder or a missing file fails with its name and the reason."""
    done = archiver("explain", path)
    assert done.returncode in {1, 2, 3}
    assert message in done.stderr
    assert path in done.stderr
    assert "Traceback" not in done.stderr


def test_many_candidates_take_no_more_time_each() -> None:
    """Thousands on a page are told from each other, and from what was taken, at once."""
    with alarm(20):
        assert len(explain_embeds("(@maralind) hello\n" * 40_000, "text")) == 40_000
