"""The commands as a user calls them: what they print, where, and how they end."""

import fcntl
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import click
import pytest

from archiver import __version__
from archiver.cli import cli
from archiver.platforms import PLATFORMS

Archiver = Callable[..., CompletedProcess[str]]
Rows = Callable[..., dict[str, list[tuple[Any, ...]]]]
Unprivileged = Callable[[], AbstractContextManager[None]]

COMMANDS = (
    *("run", "scan", "explain", "when", "prefixes", "platforms", "render", "capture", "check", "recover", "verify"),
    *("patch", "card", "report", "search", "show", "stats", "export", "import", "publish", "serve"),
)

TAIL = "A post shared by Odile Brandt (@odile.brandt) on Oct 2, 2020 at 4:16am PDT"
TEXT = f"Ferries return to the lake\n\nThe café was full.\n\nView this post on Instagram\n\n{TAIL}\n\nIt rained.\n"
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The jetty is open again.</p>&mdash; Lake Ferries '
    '(@lakeferries) <a href="https://twitter.com/lakeferries/status/1311875000000000000">October 2, 2020</a>'
    "</blockquote>"
)
PAGE = f"<html lang=en><title>Jetty</title><body><p>The jetty was closed for a year.</p>{TWEET}<p>Now it is not.</p>"

KEYS = """
article ordinal platform form start end marker native_id permalink handle author_name posted_at precision
posted_text posted_at_options text language post
"""
"""The contract's keys of a line of `scan`, in its order."""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of two articles with an embed each, and one without."""
    folder = tmp_path / "news"
    (folder / "2020").mkdir(parents=True)
    (folder / "2020" / "ferries.txt").write_text(TEXT, "utf-8")
    (folder / "jetty.html").write_text(PAGE, "utf-8")
    (folder / "plain.md").write_text("# Nothing\n\nNothing happened.\n", "utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run_process(*arguments: str, cwd: Path, **more: Any) -> CompletedProcess[str]:
    """`python -m archiver` in a process of its own."""
    command = [sys.executable, "-m", "archiver", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False, **more)


# Help


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_teaches(archiver: Archiver, command: tuple[str, ...], flag: str) -> None:
    """Each command says how it is called, what it does, and what each of its options means."""
    done = archiver(*command, flag)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: ")
    assert re.search(r"^  [A-Z][^.]+[.;:]", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_and_an_environment_variable(name: str) -> None:
    """`--db` is ARCHIVER_DB, and so on for each option of each command."""
    options = [one for one in cli.commands[name].params if isinstance(one, click.Option)]
    longest = [max(one.opts, key=len).removeprefix("--").replace("-", "_").upper() for one in options]
    assert [one.envvar for one in options] == [f"ARCHIVER_{word}" for word in longest]
    assert all(one.help for one in options)


def test_no_command_is_missing_or_new() -> None:
    """The commands of the contract as far as they exist, in the order a newcomer needs them."""
    assert tuple(cli.list_commands(click.Context(cli))) == COMMANDS


def test_it_is_a_module_too(tmp_path: Path) -> None:
    """`python -m archiver` is `archiver`."""
    done = run_process("--version", cwd=tmp_path)
    assert done.stdout == f"archiver, version {__version__}\n"


STRIKE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
from archiver.__main__ import main
class Strike:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Strike())
main()
"""


@pytest.mark.parametrize("module", ["archiver.cli", "sqlite_utils"])
def test_an_interrupt_while_it_is_loaded_is_a_sentence(tmp_path: Path, module: str) -> None:
    """No traceback of an import, and 130 as later."""
    command = [sys.executable, "-c", STRIKE, module]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "archiver: interrupted before it began\n")


# scan


def test_scan_prints_an_object_a_line_with_every_key_in_order(archiver: Archiver, news: Path) -> None:
    """The contract's keys, always all of them; what is unknown is null and never an empty string."""
    done = archiver("scan", news)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(line) for line in lines] == [KEYS.split(), KEYS.split()]
    assert not any(value == "" for line in lines for value in line.values())
    assert (done.returncode, done.stderr) == (0, "")


def test_scan_says_who_posted_what_and_when(archiver: Archiver, news: Path) -> None:
    """Flattened remains give the handle, the name and the UTC minute, and where they stand."""
    line = json.loads(archiver("scan", news / "2020").stdout)
    told = {key: line[key] for key in ("article", "ordinal", "handle", "author_name", "posted_at", "precision", "post")}
    assert told == {
        "article": "ferries.txt",
        "ordinal": 1,
        "handle": "odile.brandt",
        "author_name": "Odile Brandt",
        "posted_at": "2020-10-02T11:16Z",
        "precision": "minute",
        "post": "instagram:@odile.brandt/2020-10-02T11:16Z",
    }


def test_scan_names_articles_from_the_path_given_and_spans_match(archiver: Archiver, news: Path) -> None:
    """`article` below PATH is a file whose decoded text has the marker at the span."""
    lines = [json.loads(line) for line in archiver("scan", news).stdout.splitlines()]
    assert [line["article"] for line in lines] == ["2020/ferries.txt", "jetty.html"]
    assert all((news / one["article"]).read_text("utf-8")[one["start"] : one["end"]] == one["marker"] for one in lines)


def test_scan_writes_nothing(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """No database, no site, no change."""
    before = files(tmp_path)
    archiver("scan", news)
    assert files(tmp_path) == before


def test_scan_goes_on_past_what_it_cannot_read(archiver: Archiver, news: Path) -> None:
    """stdout stays pure data; each problem is a line on stderr, and the status 3."""
    (news / "3.txt").write_bytes(b"")
    (news / "4.txt").write_bytes("Olá, açúcar, São João".encode() + b"\xff")
    done = archiver("scan", news, "nowhere")
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 2
    assert [line.split()[1] for line in done.stderr.splitlines()] == ["3.txt", "4.txt", "nowhere"]
    assert done.returncode == 3


def test_a_reader_that_has_had_enough_ends_it_quietly(tmp_path: Path) -> None:
    """`archiver scan … | head -1`: one line, no complaint, and no failure under `pipefail`."""
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(TEXT + "\n" + "Words. " * 10, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "archiver", "scan", ".", "--jobs", "1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    fcntl.fcntl(process.stdout.fileno(), fcntl.F_SETPIPE_SZ, 4096)
    assert process.stdout.readline().startswith(b'{"article": "0.txt"')
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


OUTPUTS = {
    "click": ("--help",),
    "bytes, kept back until the end": ("export",),
    "CSV": ("export", "--format", "csv", "--table", "articles"),
    "an index": ("export", "--format", "index"),
    "a table for people": ("stats",),
    "JSON": ("stats", "--json"),
}
"""A command for each way in which commands write."""


@pytest.mark.parametrize("arguments", OUTPUTS.values(), ids=OUTPUTS)
def test_a_full_disk_is_one_sentence(small_archive: Path, arguments: tuple[str, ...]) -> None:
    """`archiver … > /dev/full`: no traceback, also at exit, and status 1."""
    command = ["sh", "-c", 'exec "$@" > /dev/full', "sh", sys.executable, "-m", "archiver", *arguments]
    done = subprocess.run(
        command,
        env=os.environ | {"ARCHIVER_DB": str(small_archive)},
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    sentence = "archiver: standard output cannot be written: No space left on device.\n"
    assert (done.returncode, done.stderr) == (1, sentence)


@pytest.mark.parametrize("output", ["click", "CSV"])
def test_nobody_at_the_other_end_is_no_failure(small_archive: Path, output: str) -> None:
    """`archiver … | true`: no complaint, also at exit, however little there was to write."""
    there, here = os.pipe()
    os.close(there)
    environment = os.environ | {"ARCHIVER_DB": str(small_archive)}
    command = [sys.executable, "-m", "archiver", *OUTPUTS[output]]
    done = subprocess.run(command, env=environment, stdout=here, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(here)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("output", ["click", "CSV", "a table for people"])
def test_a_closed_standard_output_is_one_sentence(small_archive: Path, output: str) -> None:
    """`archiver … >&-`: who asks for something to be written is told that there is nowhere to put it."""
    command = ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-m", "archiver", *OUTPUTS[output]]
    environment = os.environ | {"ARCHIVER_DB": str(small_archive)}
    done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, "archiver: standard output is closed.\n")


# run


def test_run_says_what_it_read_and_what_to_open(archiver: Archiver, news: Path) -> None:
    """The summary counts articles, embeds by platform and form, posts, authors and problems, and names the paths."""
    done = archiver("run", news, "--db", "a.db", "--site", "pages")
    assert re.sub(r"\s+", " ", done.stdout) == (
        "Read 3 articles: 3 new or changed, 0 unchanged, 0 problems. platform form embeds "
        "Instagram text 1 X (Twitter) blockquote 1 "
        "The archive holds 3 articles, 2 embeds, 2 posts, 2 authors, 0 problems. "
        "Open pages/index.html Query a.db "
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_what_run_says_to_open_is_there(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """One database file, and a site whose index leads to every article."""
    archiver("run", news, "-q")
    index = (tmp_path / "site" / "index.html").read_text("utf-8")
    links = re.findall(r'href="(articles/[^"]+)"', index)
    assert len(set(links)) == 3
    assert all((tmp_path / "site" / link).is_file() for link in links)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive.db", "news", "site"]


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["run", "news", "--json"], "seen saved unchanged vanished forgotten problems orphans forms archive db site"),
        (
            ["run", "news", "--json", "--dry-run"],
            "seen saved unchanged vanished forgotten problems orphans forms archive db site",
        ),
        (
            ["stats", "--json"],
            "articles embeds posts authors problems forms platforms years rot_platforms rot_years "
            "rot_ages accounts most_embedded flags languages",
        ),
    ],
)
def test_json_is_all_there_is_on_stdout(archiver: Archiver, news: Path, arguments: list[str], keys: str) -> None:
    """`--json` gives one object that parses."""
    archiver("run", news)
    assert list(json.loads(archiver(*arguments).stdout)) == keys.split()


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_dry_run_counts_and_writes_nothing(
    archiver: Archiver, news: Path, tmp_path: Path, as_json: list[str]
) -> None:
    """It says what a run would find; not even an empty database is left."""
    before = files(tmp_path)
    done = archiver("run", news, "--dry-run", *as_json)
    assert files(tmp_path) == before
    assert '"seen": 3' in done.stdout if as_json else "Nothing was written." in done.stdout
    assert done.returncode == 0


def test_a_dry_run_of_what_cannot_be_read_is_3(archiver: Archiver, news: Path) -> None:
    """The same status and the same words as the run itself."""
    (news / "0.txt").write_bytes(b"")
    dry, real = archiver("run", news, "--dry-run"), archiver("run", news)
    assert (dry.returncode, dry.stderr) == (real.returncode, real.stderr) == (3, "archiver: 0.txt is empty\n")


@pytest.mark.parametrize("command", [["run", "news"], ["run", "news", "--dry-run"], ["render"]])
def test_quiet_says_nothing(archiver: Archiver, news: Path, command: list[str]) -> None:
    """Done is said by the exit status alone."""
    archiver("run", news)
    done = archiver(*command, "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_quiet_still_names_what_cannot_be_read(archiver: Archiver, news: Path) -> None:
    """`-q` says nothing but errors."""
    (news / "0.txt").write_bytes(b"")
    done = archiver("run", news, "-q")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "archiver: 0.txt is empty\n")


def test_verbose_names_each_article(archiver: Archiver, news: Path) -> None:
    """One line on stderr for each that is read, in order, with its embeds counted."""
    done = archiver("run", news, "-v")
    assert done.stderr.splitlines()[:3] == [
        "news/2020/ferries.txt: 1 embed",
        "news/jetty.html: 1 embed",
        "news/plain.md: 0 embeds",
    ]


def test_sources_are_kept_unless_told_otherwise(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """The archive holds the very bytes; with `--no-sources` none of them."""
    archiver("run", news, "-q", "--db", "with.db")
    archiver("run", news, "-q", "--db", "without.db", "--no-sources")
    kept = [row[0] for row in rows(tmp_path / "with.db", "sqlar")["sqlar"]]
    assert kept == ["news/2020/ferries.txt", "news/jetty.html", "news/plain.md"]
    assert rows(tmp_path / "without.db", "sqlar") == {"sqlar": []}


def test_a_file_is_read_as_the_format_given(archiver: Archiver, tmp_path: Path) -> None:
    """`--format html` reads a page without a suffix; the name alone would leave it out."""
    (tmp_path / "jetty").write_text(PAGE, "utf-8")
    assert archiver("scan", "jetty").returncode == 3
    assert json.loads(archiver("scan", "jetty", "--format", "html").stdout)["form"] == "blockquote"


# render, stats, platforms


def test_render_makes_the_same_site_from_the_archive_alone(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """Byte for byte, though the articles are gone."""
    archiver("run", news)
    news.rename(tmp_path / "elsewhere")
    archiver("render", "--site", "again")
    pages = {name: data for name, data in files(tmp_path / "again").items() if not name.startswith(".")}
    assert pages == {name: data for name, data in files(tmp_path / "site").items() if not name.startswith(".")}


def test_render_writes_only_what_differs(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """A second time nothing; a page that was damaged is mended."""
    archiver("run", news)
    assert ", 0 files written, 0 removed\nOpen site/index.html\n" in archiver("render").stdout
    (tmp_path / "site" / "index.html").write_text("damaged")
    assert ", 1 files written" in archiver("render").stdout


def test_platforms_prints_each_that_is_known(archiver: Archiver) -> None:
    """A line for each, and the same as JSON."""
    lines = archiver("platforms").stdout.splitlines()[1:]
    assert [line.startswith(one.label) for line, one in zip(lines, PLATFORMS, strict=True)] == [True] * len(PLATFORMS)
    told = json.loads(archiver("platforms", "--json").stdout)
    assert [one["platform"] for one in told] == [one.name for one in PLATFORMS]


# Where defaults come from


def test_options_may_come_from_the_environment(
    archiver: Archiver, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: Rows
) -> None:
    """ARCHIVER_DB, ARCHIVER_SITE, ARCHIVER_QUIET, ARCHIVER_SOURCES do what the options do."""
    for name, value in {"DB": "e.db", "SITE": "pages", "QUIET": "1", "SOURCES": "no"}.items():
        monkeypatch.setenv(f"ARCHIVER_{name}", value)
    assert archiver("run", news).stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.db", "news", "pages"]
    assert rows(tmp_path / "e.db", "sqlar") == {"sqlar": []}


def test_archiver_toml_sets_defaults(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """A key is an option of any command that has it, with `-` or `_`."""
    (tmp_path / "archiver.toml").write_text('db = "t.db"\nsite = "pages"\nsources = false\ndry-run = false\njobs = 1\n')
    archiver("run", news)
    assert archiver("stats").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archiver.toml", "news", "pages", "t.db"]
    assert rows(tmp_path / "t.db", "sqlar") == {"sqlar": []}


@pytest.mark.parametrize(
    ("toml", "env", "option", "wins"),
    [
        ("t.db", None, None, "t.db"),
        ("t.db", "e.db", None, "e.db"),
        ("t.db", "e.db", "o.db", "o.db"),
    ],
)
def test_the_nearest_default_wins(
    archiver: Archiver,
    news: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    toml: str,
    env: str | None,
    option: str | None,
    wins: str,
) -> None:
    """The command line before the environment before archiver.toml."""
    (tmp_path / "archiver.toml").write_text(f'db = "{toml}"\n')
    if env:
        monkeypatch.setenv("ARCHIVER_DB", env)
    archiver("run", news, "-q", *(["--db", option] if option else []))
    assert [path.name for path in tmp_path.glob("*.db")] == [wins]


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        (b'dbb = "a.db"', "dbb"),
        (b"colour = 1\nlanguages = 2", "colour, languages"),
        (b'[run]\ndb = "a.db"', "run"),
        (b"db = ", "archiver.toml"),
        (b'db = "\xff"', "archiver.toml"),
        (b"db = 5", "db takes text in quotes"),
        (b'jobs = "many"', "jobs takes a whole number"),
        (b'format = "pdf"', "--format"),
    ],
)
def test_a_wrong_archiver_toml_is_wrong_usage(
    archiver: Archiver, news: Path, tmp_path: Path, toml: bytes, named: str
) -> None:
    """An unknown key, a value that cannot be, broken TOML: said by name, and nothing is done."""
    (tmp_path / "archiver.toml").write_bytes(toml)
    done = archiver("run", news)
    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr.splitlines()[-1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archiver.toml", "news"]


# What goes wrong


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["run"], "PATH"),
        (["scan"], "PATH"),
        (["run", "news", "--jobs", "0"], "--jobs"),
        (["run", "news", "--format", "pdf"], "--format"),
        (["run", "news", "--colour"], "--colour"),
        (["run", "news", "--site", "a-file"], "a-file"),
        (["run", "news", "--db", "news"], "news"),
        (["publish"], "FILE"),
        (["embroider"], "embroider"),
    ],
)
def test_wrong_usage_is_said_and_2(archiver: Archiver, news: Path, arguments: list[str], named: str) -> None:
    """The last line says what is wrong by name; nothing is on stdout."""
    Path("a-file").touch()
    done = archiver(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert named in done.stderr.splitlines()[-1]


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
        connection.commit()


def _no_database(path: Path) -> None:
    path.write_text("Not a database, only a list of things to bring to the lake.\n" * 40)


@pytest.mark.parametrize(("make", "sentence"), [(_foreign, "another program"), (_no_database, "not an SQLite")])
@pytest.mark.parametrize("command", [["run", "news"], ["render"], ["stats"]])
def test_a_database_that_is_not_ours_is_left_alone(
    archiver: Archiver, news: Path, command: list[str], make: Callable[[Path], None], sentence: str
) -> None:
    """One sentence, status 1, and not a byte of it is changed."""
    make(Path("a.db"))
    before = Path("a.db").read_bytes()
    done = archiver(*command, "--db", "a.db")
    assert_failed(done, f"archiver: a.db is .*{sentence}")
    assert Path("a.db").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["render", "--db", "none.db"], "none.db does not exist"),
        (["stats", "--db", "none.db"], "none.db does not exist"),
        (["run", "news", "--db", "none/a.db"], "none/a.db cannot be opened"),
        (["run", "news", "--site", "a-file/site"], "The site cannot be written: a-file/site"),
    ],
)
def test_a_failure_is_one_sentence_and_1(archiver: Archiver, news: Path, arguments: list[str], sentence: str) -> None:
    """What is wrong and where, on one line of stderr, without a traceback."""
    Path("a-file").touch()
    assert_failed(archiver(*arguments), f"archiver: {sentence}")


def assert_failed(done: CompletedProcess[str], pattern: str) -> None:
    """It failed with one line on stderr, which matches."""
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(f"{pattern}.*\n", done.stderr)


def closed(path: Path) -> None:
    """Take away the right to write."""
    path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.mark.parametrize(
    ("close", "sentence"),
    [
        ("archive.db", "archiver: .*archive.db cannot be written"),
        ("site/articles", "archiver: The site cannot be written"),
    ],
)
def test_what_may_not_be_written_is_one_sentence(
    archiver: Archiver, open_folder: Path, unprivileged: Unprivileged, close: str, sentence: str
) -> None:
    """A read-only archive, a closed site folder: said, status 1, and what is there stays."""
    (open_folder / "a.txt").write_text(TEXT, "utf-8")
    options = ("--db", open_folder / "archive.db", "--site", open_folder / "site", "-q")
    archiver("run", open_folder / "a.txt", *options)
    for path in (open_folder / "site", *(open_folder / "site").rglob("*"), open_folder / "archive.db"):
        path.chmod(0o777)
    (open_folder / "a.txt").write_text(TEXT.replace("rained", "snowed"), "utf-8")
    before = files(open_folder / "site")
    closed(open_folder / close)
    with unprivileged():
        done = archiver("run", open_folder / "a.txt", *options)
    assert_failed(done, sentence)
    assert files(open_folder / "site") == before


# On a terminal


def on_a_terminal(*arguments: str, cwd: Path, environment: Mapping[str, str]) -> bytes:
    """What a process writes to stderr if that is a terminal."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "archiver", *arguments],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    )
    os.close(theirs)
    said = b""
    try:
        while some := os.read(ours, 65536):
            said += some
    except OSError:  # Linux: the other side is closed
        pass
    os.close(ours)
    process.wait(timeout=60)
    return said


COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
CLEARED = re.compile(rb"\x1b\[2K\Z")


def test_a_terminal_sees_a_bar_that_goes_away(news: Path, tmp_path: Path) -> None:
    """It counts up to the number of articles, and leaves its line as it was."""
    said = on_a_terminal("run", "news", cwd=tmp_path, environment={})
    assert b"3/3" in said
    assert CLEARED.search(said)


def test_no_color_is_respected(news: Path, tmp_path: Path) -> None:
    """The bar is there, without colours."""
    said = on_a_terminal("run", "news", cwd=tmp_path, environment={"NO_COLOR": "1"})
    assert b"3/3" in said
    assert not COLOUR.search(said)


def test_quiet_shows_no_bar(news: Path, tmp_path: Path) -> None:
    """Not even on a terminal."""
    assert on_a_terminal("run", "news", "-q", cwd=tmp_path, environment={}) == b""


def test_a_name_cannot_steer_the_terminal(archiver: Archiver, tmp_path: Path) -> None:
    """Escapes, carriage returns, bells and direction marks in a file name are shown, not sent."""
    evil = "\x1b[31m\r\a\x9b2J\N{RIGHT-TO-LEFT OVERRIDE}\nx"
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / f"empty{evil}.txt").write_bytes(b"")
    (folder / f"read{evil}.txt").write_text(TEXT, "utf-8")
    said = archiver("run", folder, "-v", "--site", "pages").stderr
    assert [line for line in said.splitlines() if "empty" in line or "read" in line] == [
        r"archiver: empty\x1b[31m\r\x07\x9b2J\u202e\nx.txt is empty",
        r"in/read\x1b[31m\r\x07\x9b2J\u202e\nx.txt: 1 embed",
    ]
    assert all(char.isprintable() for char in said.replace("\n", ""))


def test_a_site_in_the_folder_of_the_articles_is_wrong_usage(archiver: Archiver, news: Path) -> None:
    """A later run would take the articles for pages of the site, and lose them with `--prune`."""
    before = files(news)
    done = archiver("run", news, "--site", news)
    assert done.returncode == 2
    assert "holds the articles; give the site a folder of its own" in done.stderr
    assert files(news) == before
