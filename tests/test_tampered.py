"""Tampered archives: whatever another program wrote into the file, no page runs it and no terminal obeys it."""

import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Archiver = Callable[..., CompletedProcess[str]]

PAGE = (
    "<html><title>A ferry</title><body><p>It rained on the quay for days, and nobody sailed before noon.</p>"
    '<blockquote class="twitter-tweet"><p>Rain\x1b[2J on the quay</p>&mdash; Odile Brandt (@odilebrandt) '
    '<a href="https://twitter.com/odilebrandt/status/20">March 21, 2006</a></blockquote><p>More.</p></body></html>'
)
BODY = '<p>Hi<script>evil()</script> <a href="javascript:evil()">you</a>\x1b]0;\x07</p><!--embed 1--><iframe></iframe>'


@pytest.fixture
def path(archiver: Archiver, tmp_path: Path) -> Path:
    """The folder of an archive with one page and its site."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(PAGE, "utf-8")
    assert archiver("run", "in", "--db", "a.db", "--site", "first").returncode == 0
    return tmp_path


def change(path: Path, sql: str, *values: object) -> None:
    """Let another program change the archive."""
    with closing(sqlite3.connect(path / "a.db")) as connection:
        connection.execute(sql, values)
        connection.commit()


def pages(folder: Path) -> str:
    """All pages of a site."""
    return "\n".join(page.read_text("utf-8") for page in sorted(folder.rglob("*.html")))


@pytest.mark.parametrize("address", ["javascript:evil()", "data:text/html,evil", " https://a.example", "file:///evil"])
def test_only_web_addresses_become_links(archiver: Archiver, path: Path, address: str) -> None:
    """Wherever the archive keeps an address."""
    for table, column in (("authors", "url"), ("posts", "permalink"), ("embeds", "permalink"), ("articles", "url")):
        change(path, f"UPDATE {table} SET {column} = ?", address)  # noqa: S608  names of the schema
    assert archiver("render", "--db", "a.db", "--site", "site").returncode == 0
    assert f'href="{address}' not in pages(path / "site")


def test_a_body_is_made_safe_again(archiver: Archiver, path: Path) -> None:
    """A script in it runs in nobody's browser; its card stands in its slot."""
    change(path, "UPDATE articles SET body = ?", BODY)
    assert archiver("render", "--db", "a.db", "--site", "site").returncode == 0
    shown = pages(path / "site" / "articles")
    assert "evil()" not in shown and "<iframe" not in shown
    assert "<p>Hi" in shown and 'data-post="twitter:20"' in shown


def test_no_page_holds_a_control(archiver: Archiver, path: Path) -> None:
    """Neither one that was read nor one that was written into the file."""
    for column in ("title", "byline", "body"):
        change(path, f"UPDATE articles SET {column} = ?", f"{BODY}\0\x9b")  # noqa: S608
    change(path, "UPDATE authors SET name = ?", "Odile\x1b[2J\0")
    assert archiver("render", "--db", "a.db", "--site", "site").returncode == 0
    shown = pages(path / "site") + pages(path / "first")
    assert {c for c in shown if not c.isprintable() and ord(c) < 0xA0} <= set("\n\t\r")


@pytest.mark.parametrize(
    "command",
    [
        ["search", "rain", "--csv"],
        ["search", "rain"],
        ["card", "twitter:20"],
        ["card", "twitter:20", "--format", "text"],
        ["card", "twitter:20", "--format", "markdown"],
        ["show", "twitter:20"],
        ["patch", "in", "-o", "out", "--dry-run", "--diff"],
    ],
    ids=" ".join,
)
def test_no_control_reaches_a_terminal(path: Path, command: list[str]) -> None:
    """Words that would clear the screen are shown, not obeyed."""
    change(path, "UPDATE posts SET text = ?", "Rain\x1b[2J on the quay")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "archiver", *command, "--db", "a.db"],
        cwd=path,
        stdout=theirs,
        env={**os.environ, "NO_COLOR": "1", "TERM": "dumb"},
    ) as running:
        os.close(theirs)
        shown = b""
        with os.fdopen(ours, "rb", buffering=0) as terminal, suppress(OSError):  # so ends a terminal
            while piece := terminal.read(4096):
                shown += piece
    assert running.returncode == 0
    assert b"Rain" in shown and b"\x1b[2J" not in shown
