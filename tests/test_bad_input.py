"""Bad input: the batch goes on, stderr names the file and the reason, and nothing stored earlier is lost."""

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Archiver = Callable[..., CompletedProcess[str]]
Rows = Callable[..., dict[str, list[tuple[Any, ...]]]]
Unprivileged = Callable[[], AbstractContextManager[None]]

TAIL = "A post shared by Odile Brandt (@odile.brandt) on Oct 2, 2020 at 4:16am PDT"
MARKER = f"View this post on Instagram\n\n{TAIL}"
TEXT = f"The lake rose\n\nNobody was surprised.\n\n{MARKER}\n\nIt rained.\n"
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">It rises.</p>&mdash; Lake (@lakeferries) '
    '<a href="https://twitter.com/lakeferries/status/1311875000000000000">October 2, 2020</a></blockquote>'
)
SHELL = "<html lang=en><title>Lake</title><body><p>The lake rose to the third step.</p>{}<p>And fell.</p></body></html>"


def page(inside: str) -> bytes:
    """A page with this between its paragraphs."""
    return SHELL.format(inside).encode()


@pytest.fixture
def batch(archiver: Archiver, tmp_path: Path, rows: Rows) -> Callable[..., CompletedProcess[str]]:
    """Run over a folder in which the bad file stands between good ones, and hold what is always so.

    One good article was stored before; after the run both are there, with their embeds and pages.
    """

    def run(name: str, data: bytes) -> CompletedProcess[str]:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "!good.txt").write_text(TEXT, "utf-8")
        archiver("run", "in", "-q")
        before = rows(tmp_path / "archive.db", "articles", "embeds")
        (folder / name).write_bytes(data)
        (folder / "~good.txt").write_text(TEXT, "utf-8")
        done = archiver("run", "in")
        after = rows(tmp_path / "archive.db", "articles", "embeds")
        assert all(set(before[table]) <= set(after[table]) for table in before)
        assert {"in/!good.txt#1", "in/~good.txt#1"} <= {row[0] for row in after["embeds"]}
        return done

    return run


def problems(rows: Rows, tmp_path: Path) -> list[str]:
    """The ids of all stored problems."""
    return [row[0] for row in rows(tmp_path / "archive.db", "problems")["problems"]]


def embeds_of(rows: Rows, tmp_path: Path, article: str) -> list[tuple[Any, ...]]:
    """The embeds of one article."""
    return [row for row in rows(tmp_path / "archive.db", "embeds")["embeds"] if row[1] == f"in/{article}"]


# What cannot be read, or only in part


@pytest.mark.parametrize(
    ("name", "data", "kind", "said"),
    [
        ("a.txt", b"", "empty", "a.txt is empty"),
        ("a.html", b" \r\n\t ", "empty", "a.html is empty"),
        ("a.txt", bytes(500), "binary", "a.txt is not text: 100% of its bytes are control characters"),
        ("a.html", b"\x1f\x8b\x08\x00" + bytes(range(256)) * 20, "binary", "a.html is not text: "),
        (
            "a.txt",
            TEXT.encode() + "déjà vu, à bientôt".encode() + b"\xff",
            "encoding",
            "a.txt is not valid utf-8 in 1 ",
        ),
        (
            "a.html",
            page("été, août, déjà ") + b"\xc3",
            "encoding",
            "a.html is not valid utf-8 in 1 place, the first at",
        ),
        ("a.md", b"\xff\xfeL\x00a\x00k\x00e\x00\x00\xd8", "encoding", "a.md is not valid utf-16-le in 1 place"),
    ],
)
def test_what_cannot_be_read_is_named_stored_and_3(
    batch: Archiver, tmp_path: Path, rows: Rows, name: str, data: bytes, kind: str, said: str
) -> None:
    """The file and the reason on one line of stderr, a row in `problems`, status 3."""
    done = batch(name, data)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert done.stderr.startswith(f"archiver: {said}")
    assert problems(rows, tmp_path) == [f"in/{name}#{kind}"]


def test_what_was_read_in_part_is_an_article(batch: Archiver, tmp_path: Path, rows: Rows) -> None:
    """Undecodable bytes cost neither the text around them nor its embeds."""
    batch("a.txt", TEXT.encode() + "déjà vu, à bientôt ".encode() + b"\xff fin")
    text = next(row for row in rows(tmp_path / "archive.db", "articles")["articles"] if row[0] == "in/a.txt")
    assert f"{TEXT}déjà vu, à bientôt \ufffd fin" in text
    assert len(embeds_of(rows, tmp_path, "a.txt")) == 1


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("nowhere", "missing", "nowhere cannot be read: no such file or directory"),
        ("in/nowhere.txt", "missing", "nowhere.txt cannot be read: no such file or directory"),
        ("hollow", "empty", "hollow has no file of a format that is read"),
        ("papers/paper.pdf", "unsupported", "paper.pdf is not a file of a format that is read"),
    ],
)
def test_a_path_that_gives_nothing_does_not_stop_the_others(
    archiver: Archiver, tmp_path: Path, rows: Rows, path: str, kind: str, said: str
) -> None:
    """No such path, an empty folder, another format: named, stored, status 3, and the next PATH is read."""
    for folder in ("in", "hollow", "papers"):
        (tmp_path / folder).mkdir()
    (tmp_path / "in" / "good.txt").write_text(TEXT, "utf-8")
    (tmp_path / "papers" / "paper.pdf").write_bytes(b"%PDF-1.7")
    done = archiver("run", path, "in/good.txt")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert done.stderr.startswith(f"archiver: {said}")
    assert [problem.partition("#")[2] for problem in problems(rows, tmp_path)] == [kind]
    assert len(embeds_of(rows, tmp_path, "good.txt")) == 1


@pytest.mark.parametrize(
    ("closed", "said"), [("in/closed", "closed"), ("in/closed/a.txt", "closed/a.txt"), ("in", "/in")]
)
def test_what_is_closed_is_named(
    archiver: Archiver, open_folder: Path, unprivileged: Unprivileged, rows: Rows, closed: str, said: str
) -> None:
    """A folder or file without permission is a problem; another PATH beside it is read."""
    for folder in ("in/closed", "out"):
        (open_folder / folder).mkdir(parents=True)
    for file in ("in/closed/a.txt", "out/good.txt"):
        (open_folder / file).write_text(TEXT, "utf-8")
    (open_folder / closed).chmod(0)
    with unprivileged():
        done = archiver("run", open_folder / "in", open_folder / "out", "-q")
    assert done.returncode == 3
    assert re.fullmatch(rf"archiver: \S*{said} cannot be read: permission denied\n", done.stderr)
    assert [row[0] for row in rows(open_folder / "archive.db", "articles")["articles"]] == ["out/good.txt"]


# What looks like an embed


@pytest.mark.parametrize(
    "inside",
    [
        f"<script>var quote = `{TWEET}`; // {TAIL}</script>",
        f"<style>/* {TWEET} {TAIL} */</style>",
        f"<textarea>{TWEET} {TAIL}</textarea>",
        f"<!-- {TWEET} {MARKER} -->",
        f"<div data-quote='{TWEET} {TAIL}'>Words</div>",
        f"<pre><code>{TWEET.replace('<', '&lt;')}</code></pre>",
    ],
    ids=["script", "style", "textarea", "comment", "attribute", "pre"],
)
def test_what_only_looks_like_an_embed_is_none(batch: Archiver, tmp_path: Path, rows: Rows, inside: str) -> None:
    """A marker that no reader of the page sees as one is left where it is, without a word."""
    done = batch("a.html", page(inside))
    assert (done.returncode, done.stderr) == (0, "")
    assert embeds_of(rows, tmp_path, "a.html") == []


@pytest.mark.parametrize(
    "inside",
    [
        f"<blockquote><blockquote>{TWEET}</blockquote></blockquote>",
        TWEET.replace("<p ", "<blockquote>Quoted.</blockquote><p "),
        f"\0{TWEET}\0",
        "</div>" * 50 + TWEET,
        "<div>" * 2000 + TWEET,
    ],
    ids=["nested", "nesting", "NUL", "unopened", "unclosed"],
)
def test_an_embed_in_bad_company_is_found_once(batch: Archiver, tmp_path: Path, rows: Rows, inside: str) -> None:
    """And has its card on the page, between the words before and after it."""
    assert batch("a.html", page(inside)).returncode == 0
    assert [row[0] for row in embeds_of(rows, tmp_path, "a.html")] == ["in/a.html#1"]
    (shown,) = (tmp_path / "site" / "articles").glob("in-a-html-*.html")
    words = re.sub(r"\s+", " ", shown.read_text("utf-8"))
    assert re.search(r'third step.*<article class="card [^>]*data-embed="1".*It rises.*And fell', words)


@pytest.mark.parametrize("cut", range(60, len(page(TWEET)), 37))
def test_a_truncated_page_is_read_as_far_as_it_goes(batch: Archiver, cut: int) -> None:
    """Wherever it ends, nothing is raised, and nothing is wrong with it."""
    done = batch("a.html", page(TWEET)[:cut])
    assert (done.returncode, done.stderr) == (0, "")


# Much


def test_a_line_of_megabytes(tmp_path: Path, rows: Rows) -> None:
    """It is read like any other, and the embed at its end is found."""
    (tmp_path / "in").mkdir()
    flat = " ".join(MARKER.split())
    (tmp_path / "in" / "long.txt").write_text("The lake rose again. " * 250_000 + flat, "utf-8")
    (tmp_path / "in" / "next.txt").write_text(TEXT, "utf-8")
    subprocess.run([sys.executable, "-m", "archiver", "run", "in", "-q"], cwd=tmp_path, check=True, timeout=120)
    assert [row[0] for row in rows(tmp_path / "archive.db", "embeds")["embeds"]] == ["in/long.txt#1", "in/next.txt#1"]


@pytest.mark.parametrize("tag", ["<div>", "<blockquote class=twitter-tweet>", "<a href=", "<!-- A post shared by"])
def test_many_unclosed_tags(tmp_path: Path, rows: Rows, tag: str) -> None:
    """Tens of thousands end in time that grows with their number only; the batch goes on."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "deep.html").write_bytes(page(tag * 50_000))
    (tmp_path / "in" / "next.txt").write_text(TEXT, "utf-8")
    subprocess.run([sys.executable, "-m", "archiver", "run", "in", "-q"], cwd=tmp_path, check=True, timeout=120)
    assert [row[0] for row in rows(tmp_path / "archive.db", "articles")["articles"]] == ["in/deep.html", "in/next.txt"]


# Names

NAMES = (
    "<script>alert(1).txt",
    '"onload="x&amp;.txt',
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.txt",
    "\N{SKULL}\N{ZERO WIDTH JOINER}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}.txt",
    "%2e%2e%2fup.txt",
    "a'; DROP TABLE articles; --.txt",
    "{{ 7 * 7 }}#1?q.txt",
    "new\nline.txt",
    "مقال.txt",
)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_only_a_name(batch: Archiver, tmp_path: Path, rows: Rows, name: str) -> None:
    """The article is stored under it, and the index leads to its page, in which it is text and nothing else."""
    assert batch(name, TEXT.encode()).returncode == 0
    assert f"in/{name}" in [row[0] for row in rows(tmp_path / "archive.db", "articles")["articles"]]
    index = (tmp_path / "site" / "index.html").read_text("utf-8")
    links = set(re.findall(r'href="(articles/[^"]+)"', index))
    assert len(links) == 3
    assert all((tmp_path / "site" / link).is_file() for link in links)


def test_names_of_people_and_titles_are_only_text(batch: Archiver, tmp_path: Path) -> None:
    """A script in a name, a title or a handle's place does not become one on any page."""
    evil = "<script>alert(1)</script>"
    shared = f"View this post on Instagram\n\nA post shared by {evil} (@odile.brandt) on Oct 2, 2020 at 4:16am PDT"
    batch("a.md", f"---\ntitle: '{evil}'\nauthor: '{evil}'\n---\n\n# {evil}\n\n{shared}\n\n{evil}\n".encode())
    pages = "".join(path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert "&lt;script&gt;alert(1)" in pages
    for ours in ('<script src="search.js">', '<script type="application/ld+json">'):
        pages = pages.replace(ours, "")
    assert "<script" not in pages.lower()
