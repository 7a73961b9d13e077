"""The main job: the same input gives the same archive, whatever happened on the way."""

import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from archiver import run as run_module
from archiver import store
from archiver.reading import Outcome
from archiver.records import Problem, Reading
from archiver.run import Options, Summary, run, scan

Archiver = Callable[..., CompletedProcess[str]]
Rows = Callable[..., dict[str, list[tuple[Any, ...]]]]
Unprivileged = Callable[[], AbstractContextManager[None]]

DERIVED = ("articles", "embeds", "posts", "authors")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


def text(handle: str, day: int = 2, name: str = "Odile B.") -> str:
    """An article in which the remains of one post stand."""
    tail = f"A post shared by {name} (@{handle}) on Oct {day}, 2020 at 4:16am PDT"
    return f"The lake rose again\n\nNobody was surprised.\n\nView this post on Instagram\n\n{tail}\n\nIt rained.\n"


def page(handle: str, status: int) -> str:
    """A saved page with one tweet and a picture beside it."""
    return (
        f"<html lang=en><title>Lake {status}</title><body><p>The lake rose to the third step.</p>"
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">It rises.</p>&mdash; Lake (@{handle}) '
        f'<a href="https://twitter.com/{handle}/status/{status}">October 2, 2020</a></blockquote>'
        f'<p>And fell.</p><img src="lake.png" alt="Steps"></body></html>'
    )


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Articles that share posts and accounts, in three formats; one cannot be read, one only in part."""
    folder = tmp_path / "news"
    (folder / "2020").mkdir(parents=True)
    write(folder / "a.txt", text("odile.b"))
    write(folder / "b.txt", text("odile.b", name="Odile Brandt") + "\n\n" + text("piers"))
    write(folder / "c.md", "# Letters\n\n" + text("piers", day=3))
    write(folder / "2020" / "d.html", page("lakeferries", 1311875000000000000))
    (folder / "2020" / "lake.png").write_bytes(PNG)
    (folder / "e.txt").write_bytes(b"")
    (folder / "f.txt").write_bytes("Le café était fermé, la pâtisserie aussi.".encode() + b" \xff")
    return folder


def write(path: Path, content: str) -> None:
    path.write_text(content, "utf-8")


def times(site: Path) -> dict[str, int]:
    """When each file of a site was written, in nanoseconds."""
    return {str(path.relative_to(site)): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def pages(site: Path) -> dict[str, bytes]:
    """Every file of a site but its note of the last run."""
    files = (path for path in site.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(site)): path.read_bytes() for path in files}


# Again


def test_running_twice_changes_no_row(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """Every table but `runs` is as it was; the second run reads nothing anew."""
    archiver("run", news)
    before = rows(tmp_path / "archive.db")
    again = archiver("run", news)
    assert rows(tmp_path / "archive.db") == before
    assert "0 new or changed, 5 unchanged, 2 problems" in again.stdout


def test_running_twice_writes_no_page(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """Not a file of the site is touched, but the note of which run it shows."""
    archiver("run", news)
    before = times(tmp_path / "site")
    archiver("run", news)
    after = times(tmp_path / "site")
    assert {name for name in before | after if before.get(name) != after.get(name)} <= {".archiver-site.json"}


def test_reading_again_on_purpose_changes_no_row_either(
    archiver: Archiver, news: Path, tmp_path: Path, rows: Rows
) -> None:
    """`--reread` reads what has not changed, and finds the same."""
    archiver("run", news)
    before = rows(tmp_path / "archive.db")
    assert "5 new or changed, 0 unchanged" in archiver("run", news, "--reread").stdout
    assert rows(tmp_path / "archive.db") == before


def test_a_second_run_says_again_what_still_cannot_be_read(archiver: Archiver, news: Path) -> None:
    """Also of a file that was read only in part, and is unchanged."""
    first, second = archiver("run", news), archiver("run", news)
    assert first.stderr.count("\n") == 2
    assert (second.stderr, second.returncode) == (first.stderr, 3)


# Changed


def change(path: Path) -> None:
    write(path / "b.txt", text("quentin", day=4))


def add(path: Path) -> None:
    write(path / "aa.txt", text("odile.b", name="O. Brandt"))


def mend(path: Path) -> None:
    write(path / "e.txt", text("odile.b"))
    write(path / "f.txt", text("piers"))


def lose_the_picture(path: Path) -> None:
    (path / "2020" / "lake.png").unlink()
    write(path / "2020" / "d.html", page("lakeferries", 1311875000000000000) + "\n")


@pytest.mark.parametrize(
    "edit",
    [change, add, mend, lose_the_picture],
)
def test_after_a_change_the_archive_is_as_if_new(
    archiver: Archiver, news: Path, tmp_path: Path, rows: Rows, edit: Callable[[Path], None]
) -> None:
    """A run over changed files gives the rows and the pages of a first run over the same files."""
    archiver("run", news)
    edit(news)
    archiver("run", news)
    archiver("run", news, "--db", "new.db", "--site", "new")
    assert rows(tmp_path / "archive.db") == rows(tmp_path / "new.db")
    assert pages(tmp_path / "site") == pages(tmp_path / "new")


def test_a_changed_file_replaces_exactly_its_rows(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """The other articles and their embeds are untouched."""

    def others() -> list[tuple[Any, ...]]:
        tables = rows(tmp_path / "archive.db", "articles", "embeds")
        return [row for table in tables.values() for row in table if not row[0].startswith("news/b.txt")]

    archiver("run", news)
    before = others()
    change(news)
    assert "1 new or changed, 4 unchanged" in archiver("run", news).stdout
    assert others() == before


# Vanished


def test_a_vanished_file_is_reported_and_kept(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """On stderr, in the summary and in `problems`; its article stays."""
    archiver("run", news)
    before = rows(tmp_path / "archive.db", *DERIVED)
    (news / "b.txt").unlink()
    done = archiver("run", news)
    assert "archiver: b.txt is no longer there" in done.stderr
    assert rows(tmp_path / "archive.db", *DERIVED) == before
    assert [row[0] for row in rows(tmp_path / "archive.db", "problems")["problems"]] == [
        "news/b.txt#vanished",
        "news/e.txt#empty",
        "news/f.txt#encoding",
    ]


def test_prune_removes_what_vanished(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """Rows, sources and pages are then those of a first run without the file."""
    archiver("run", news)
    (news / "b.txt").unlink()
    archiver("run", news)
    assert "removed" in archiver("run", news, "--prune").stdout
    archiver("run", news, "--db", "new.db", "--site", "new")
    assert rows(tmp_path / "archive.db") == rows(tmp_path / "new.db")
    assert pages(tmp_path / "site") == pages(tmp_path / "new")


def test_a_file_that_is_back_is_no_problem_any_more(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """Its row in `problems` goes, the rest is as before."""
    archiver("run", news)
    before = rows(tmp_path / "archive.db")
    (news / "b.txt").rename(tmp_path / "b.txt")
    archiver("run", news)
    (tmp_path / "b.txt").rename(news / "b.txt")
    archiver("run", news)
    assert rows(tmp_path / "archive.db") == before


@pytest.mark.parametrize("path", ["news", "news/2020"])
def test_an_emptied_folder_has_lost_its_articles(
    archiver: Archiver, news: Path, tmp_path: Path, rows: Rows, path: str
) -> None:
    """Whether the folder is the PATH itself or below it: reported, kept, and removed by `--prune`."""
    shutil.rmtree(news)
    (news / "2020").mkdir(parents=True)
    write(news / "2020" / "d.txt", text("odile.b"))
    archiver("run", "news")
    (news / "2020" / "d.txt").unlink()
    assert "archiver: 2020/d.txt is no longer there" in archiver("run", path).stderr
    assert len(rows(tmp_path / "archive.db", "articles")["articles"]) == 1
    archiver("run", path, "--prune")
    assert rows(tmp_path / "archive.db", *DERIVED) == {table: [] for table in DERIVED}


def test_what_lies_elsewhere_has_not_vanished(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """A run over a subfolder or one file does not miss the others, even with `--prune`."""
    archiver("run", news)
    before = rows(tmp_path / "archive.db")
    archiver("run", news / "2020", "--prune")
    archiver("run", news / "a.txt", "--prune")
    assert rows(tmp_path / "archive.db") == before


# Not readable any more


def test_what_a_link_from_outside_brought_is_gone_with_prune(
    archiver: Archiver, news: Path, tmp_path: Path, rows: Rows
) -> None:
    """An article of which only a link that leads out is left is reported, and forgotten when that is wanted."""
    archiver("run", news)
    (news / "a.txt").rename(tmp_path / "elsewhere.txt")
    (news / "a.txt").symlink_to(tmp_path / "elsewhere.txt")
    again, pruned = archiver("run", news), archiver("run", news, "--prune")
    assert "a.txt is a link that leads out of the folder given, and is not read" in again.stderr
    assert "Of 1 stored article the file is no longer there: removed." in pruned.stdout
    assert "news/a.txt" not in [row[0] for row in rows(tmp_path / "archive.db", "articles")["articles"]]
    outside = [row for row in rows(tmp_path / "archive.db", "problems")["problems"] if "outside" in row]
    assert [row[2] for row in outside] == ["a.txt"]


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scramble(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(4000))  # noqa: S311


def dangle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere.txt"))


@pytest.mark.parametrize(("spoil", "kind"), [(empty, "empty"), (scramble, "binary"), (dangle, "missing")])
@pytest.mark.parametrize("prune", [[], ["--prune"]])
def test_an_input_that_became_unreadable_keeps_what_was_stored(
    archiver: Archiver,
    news: Path,
    tmp_path: Path,
    rows: Rows,
    spoil: Callable[[Path], None],
    kind: str,
    prune: list[str],
) -> None:
    """Said on stderr, noted in `problems`, status 3; its article stays as it was, even with `--prune`."""
    archiver("run", news)
    before = rows(tmp_path / "archive.db", *DERIVED, "sqlar")
    spoil(news / "b.txt")
    done = archiver("run", news, *prune)
    assert rows(tmp_path / "archive.db", *DERIVED, "sqlar") == before
    assert f"news/b.txt#{kind}" in [row[0] for row in rows(tmp_path / "archive.db", "problems")["problems"]]
    assert (done.returncode, done.stderr.count("archiver: b.txt ")) == (3, 1)


@pytest.mark.parametrize("below", ["", "2020", "2020/a.txt"])
@pytest.mark.parametrize("path", ["", "2020", "2020/a.txt"])
def test_what_is_closed_keeps_what_was_stored(
    archiver: Archiver, open_folder: Path, unprivileged: Unprivileged, rows: Rows, below: str, path: str
) -> None:
    """A folder or file without permission loses nothing, even with `--prune`, whichever PATH leads there."""
    news, db = open_folder / "news", open_folder / "archive.db"
    (news / "2020").mkdir(parents=True)
    write(news / "2020" / "a.txt", text("odile.b"))
    archiver("run", news, "--db", db, "--site", open_folder / "site")
    for made in (db, open_folder / "site", *(open_folder / "site").rglob("*")):
        made.chmod(0o777)
    before = rows(db, *DERIVED, "sqlar")
    (news / below).chmod(0)
    with unprivileged():
        done = archiver("run", news / path, "--db", db, "--site", open_folder / "site", "--prune")
    assert (done.returncode, done.stderr.count("cannot be read: permission denied\n")) == (3, 1)
    assert rows(db, *DERIVED, "sqlar") == before


def test_a_path_that_is_gone_keeps_what_was_stored(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """A disk that is not mounted loses nothing, even with `--prune`; once it is back nothing is left to say."""
    archiver("run", news)
    before = rows(tmp_path / "archive.db")
    news.rename(tmp_path / "away")
    done = archiver("run", "news", "--prune")
    assert (done.returncode, done.stderr) == (3, "archiver: news cannot be read: no such file or directory\n")
    assert rows(tmp_path / "archive.db", *DERIVED) == {table: before[table] for table in DERIVED}
    (tmp_path / "away").rename(news)
    archiver("run", "news")
    assert rows(tmp_path / "archive.db") == before


@pytest.mark.parametrize("path", ["typo", "news/typo", "news/typo.txt"])
def test_a_path_that_never_was_leaves_no_trace_once_it_is_there(
    archiver: Archiver, news: Path, tmp_path: Path, rows: Rows, path: str
) -> None:
    """A problem while it is missing, and none after; the articles are named as they would have been."""
    archiver("run", path)
    assert len(rows(tmp_path / "archive.db", "problems")["problems"]) == 1
    if path.endswith(".txt"):
        write(tmp_path / path, text("odile.b"))
    else:
        (tmp_path / path).mkdir()
        write(tmp_path / path / "a.txt", text("odile.b"))
    assert archiver("run", path).returncode == 0
    archiver("run", path, "--db", "new.db")
    assert rows(tmp_path / "archive.db") == rows(tmp_path / "new.db")


# Which PATHs, in which order


def test_files_of_one_name_in_two_paths_are_two_articles(archiver: Archiver, tmp_path: Path, rows: Rows) -> None:
    """Each keeps its own rows, also when the folders are called the same."""
    for folder, handle in (("x/news", "odile.b"), ("y/news", "piers"), ("blog", "quentin")):
        (tmp_path / folder).mkdir(parents=True)
        write(tmp_path / folder / "a.txt", text(handle))
    archiver("run", "x/news", "y/news", "blog")
    before = rows(tmp_path / "archive.db")
    assert [row[0] for row in before["articles"]] == ["blog/a.txt", "news/a.txt", "y/news/a.txt"]
    archiver("run", "y/news/a.txt", "blog", "x/news")
    assert rows(tmp_path / "archive.db") == before


def test_a_file_and_then_its_folder_is_the_folder(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """The file is the same article both times."""
    archiver("run", news / "b.txt")
    archiver("run", news)
    archiver("run", news, "--db", "new.db")
    assert rows(tmp_path / "archive.db") == rows(tmp_path / "new.db")


@pytest.mark.parametrize("seed", range(4))
def test_order_and_split_do_not_matter(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows, seed: int) -> None:
    """The files one by one in any order, spread over runs, give what the folder gives at once."""
    archiver("run", news, "--db", "new.db")
    paths = [str(path) for path in sorted(news.rglob("*")) if path.suffix in (".txt", ".md")] + [str(news / "2020")]
    random.Random(seed).shuffle(paths)  # noqa: S311
    archiver("run", news / "a.txt")  # so that the folder is known, whichever path comes first
    for start in range(0, len(paths), seed + 1):
        archiver("run", *paths[start : start + seed + 1])
    assert rows(tmp_path / "archive.db") == rows(tmp_path / "new.db")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More articles than one process reads before it starts others; they share accounts and posts."""
    folder = tmp_path_factory.mktemp("corpus") / "many"
    folder.mkdir()
    for number in range(240):
        name = f"{number:03}-{'a-rather-long-name-' * 4}.txt"
        write(folder / name, text(f"lake{number % 7}", number % 28 + 1, f"Name {number % 3}"))
    for number in range(20):
        write(folder / f"{number:03}.html", page(f"ferries{number % 3}", 1311875000000000000 + number % 5))
    (folder / "200.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def undisturbed(many: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which one whole run over `many`, in one process, left its archive and site."""
    folder = tmp_path_factory.mktemp("undisturbed")
    done = subprocess.run([sys.executable, "-m", "archiver", "run", many, "-j", "1"], cwd=folder, check=False)
    assert done.returncode == 3
    return folder


def test_the_number_of_processes_does_not_matter(
    archiver: Archiver, many: Path, undisturbed: Path, tmp_path: Path, rows: Rows
) -> None:
    """Two processes give the rows, the pages and the words of one."""
    done = archiver("run", many, "--jobs", "2")
    assert done.stderr == "archiver: 200.txt is empty\n"
    assert rows(tmp_path / "archive.db") == rows(undisturbed / "archive.db")
    assert pages(tmp_path / "site") == pages(undisturbed / "site")


# Interrupted

OTHER_BATCHES = """
import archiver.run
archiver.run.BATCH_ARTICLES = {batch}
from archiver.cli import main
if __name__ == "__main__":
    main()
"""


def cut_short(
    many: Path, folder: Path, jobs: int, strike: Callable[[int], None], after: int, *, batch: int = 20
) -> tuple[int, str]:
    """Start a run that saves every so many articles, and strike once it has named some; its status and last words.

    It waits for its words to be read: the pipe holds 4 KB, so it cannot be far ahead when it is struck.
    """
    (folder / "batches.py").write_text(OTHER_BATCHES.format(batch=batch))
    command = [sys.executable, "batches.py", "run", str(many), "-v", "--jobs", str(jobs)]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True, bufsize=0
    )
    assert process.stderr is not None
    fcntl.fcntl(process.stderr.fileno(), fcntl.F_SETPIPE_SZ, 4096)
    named = 0
    while named < after:
        said_now = process.stderr.read(256)
        assert said_now, f"it ended by itself, with {process.wait()}"
        named += said_now.count(b"\n")
    strike(process.pid)
    _, said = process.communicate(timeout=60)  # ends when no process has the pipe any more
    return process.returncode, said.decode()


def interrupt(pid: int) -> None:
    """Ctrl-C, which a terminal sends to the whole group of processes."""
    os.killpg(pid, signal.SIGINT)


def kill(pid: int) -> None:
    """`kill -9`, or the system when memory is short: one process, without a chance to clean up."""
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(("jobs", "after"), [(1, 70), (2, 190)])
def test_an_interrupted_run_says_so_and_130(many: Path, tmp_path: Path, jobs: int, after: int) -> None:
    """No traceback, from any of the processes."""
    status, said = cut_short(many, tmp_path, jobs, interrupt, after)
    words = [line for line in said.splitlines() if line and "embed" not in line and ".txt" not in line]
    waits = "archiver: waiting for what is under way; once more ends at once"
    assert (status, words) == (130, [waits, "archiver: interrupted; run the same command again to go on"])


@pytest.mark.parametrize(("jobs", "after"), [(1, 70), (2, 190)])
def test_an_interrupted_run_keeps_all_that_it_named(
    many: Path, tmp_path: Path, rows: Rows, jobs: int, after: int
) -> None:
    """Also of a batch that is far from full; what was not read is not taken for vanished."""
    cut_short(many, tmp_path, jobs, interrupt, after, batch=1000)
    kept = rows(tmp_path / "archive.db", "articles", "problems")
    assert after - 1 <= len(kept["articles"]) < 260
    assert len(kept["problems"]) <= 1


@pytest.mark.parametrize(("jobs", "after"), [(1, 70), (2, 190)])
@pytest.mark.parametrize(("strike", "status"), [(interrupt, 130), (kill, -signal.SIGKILL)])
def test_the_run_after_an_interrupted_one_completes_it(
    archiver: Archiver,
    many: Path,
    undisturbed: Path,
    tmp_path: Path,
    rows: Rows,
    strike: Callable[[int], None],
    status: int,
    jobs: int,
    after: int,
) -> None:
    """What was saved stays and is not read again; rows and pages end as if nothing had happened."""
    assert cut_short(many, tmp_path, jobs, strike, after)[0] == status
    saved = len(rows(tmp_path / "archive.db", "articles")["articles"])
    assert 0 < saved < 260
    assert f"{260 - saved} new or changed, {saved} unchanged" in archiver("run", many).stdout
    assert rows(tmp_path / "archive.db") == rows(undisturbed / "archive.db")
    assert pages(tmp_path / "site") == pages(undisturbed / "site")


# As a function


def test_outcomes_are_reported_in_the_order_of_the_inputs(news: Path, tmp_path: Path) -> None:
    """Also when they are saved in batches, and problems among them."""
    reported: list[str] = []

    def report(outcome: Outcome) -> None:
        match outcome:
            case Reading():
                reported.append(outcome.article.source)
            case Problem():
                reported.append(f"! {outcome.source}")

    with store.archive(tmp_path / "archive.db", create=True) as db:
        run(db, [news], run_id=store.start_run(db, version="1", arguments=[]), options=Options(), report=report)
    assert reported == ["2020/d.html", "a.txt", "b.txt", "c.md", "! e.txt", "f.txt"]


def test_a_summary_counts_what_came_of_the_inputs(news: Path, tmp_path: Path) -> None:
    """Once new, once unchanged; the problems are there both times."""

    def summary() -> Summary:
        with store.archive(tmp_path / "archive.db", create=True) as db:
            return run(db, [news], run_id=store.start_run(db, version="1", arguments=[]), options=Options())

    first, second = summary(), summary()
    assert first.embeds == {("instagram", "text"): 4, ("twitter", "blockquote"): 1}
    assert first.counts == store.RunCounts(seen=5, saved=5, problems=2)
    assert second.counts == store.RunCounts(seen=5, unchanged=5, problems=2)


@pytest.mark.parametrize(("constant", "value"), [("BATCH_ARTICLES", 1), ("BATCH_BYTES", 1), ("BATCH_ARTICLES", 3)])
def test_batches_do_not_matter(
    archiver: Archiver,
    news: Path,
    tmp_path: Path,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
    constant: str,
    value: int,
) -> None:
    """One transaction an article gives the rows of one for all."""
    archiver("run", news, "--db", "new.db")
    monkeypatch.setattr(run_module, constant, value)
    archiver("run", news)
    assert rows(tmp_path / "archive.db") == rows(tmp_path / "new.db")


def test_scanning_finds_what_running_stores(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """The same embeds of the same articles, without an archive."""
    archiver("run", news)
    found = [one for one in scan([news]) if isinstance(one, Reading)]
    stored = [(row[1].removeprefix("news/"), row[2]) for row in rows(tmp_path / "archive.db", "embeds")["embeds"]]
    assert [(one.article.source, embed.ordinal) for one in found for embed in one.embeds] == stored
