"""What tests of the whole program share: its commands called as a user calls them, and what an archive holds."""

import ctypes
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from archiver.cli import cli, main
from archiver.fetch import pace
from tests.faults import Handler, answer, serving, status
from tests.pictures import picture

# No time limits, which a busy machine breaks, and the same examples in each run: what fails, fails for everyone.
settings.register_profile("archiver", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("archiver")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

TABLES = ("articles", "embeds", "posts", "authors", "problems", "pictures", "sqlar", "folders")
CAPABILITY_VERSION = 0x20080522
OVERRIDES = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (capabilities(7)): to read and write whatever the permissions."""


@pytest.fixture(scope="session", autouse=True)
def _clock() -> Iterator[None]:
    """Every run is at the same time, also those of other processes, so that what they make can be compared."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", "1601640960")
        yield


@pytest.fixture
def archiver(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., CompletedProcess[str]]:
    """`archiver ARGUMENT…` in `tmp_path`, within this process: its exit status and what it said."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["archiver", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return CompletedProcess(sys.argv, ended.value.code, out, err)

    return call


@pytest.fixture
def rows() -> Callable[..., dict[str, list[tuple[Any, ...]]]]:
    """The rows of an archive by table, without the ids of runs, which are never the same twice."""

    def dump(db: Path, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
        with closing(sqlite3.connect(db)) as connection:
            return {table: _rows(connection, table) for table in tables or TABLES}

    return dump


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [f'"{row[1]}"' for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "run_id"]
    return connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1").fetchall()  # noqa: S608


LAKE = "Low tide, high spirits: the old “Heron” isn’t a wreck any more, she sails at noon from the north pier"
PARTS = {
    "marker.txt": "The lake rose.\n\nView this post on Instagram A post shared by Ines Okafor (@ines.okafor) on "
    "Oct 2, 2020 at 4:16am PDT\n\nIt rained.\n",
    "open.txt": "Le lac.\n\nVoir cette publication sur Instagram Une publication partagée par Odile Brandt "
    "(@odile.brandt) le 4 Mai 2016 à 12 :09 PDT\n",
    "ada.html": f'<title>Ada</title><p>Boats.</p><blockquote class="twitter-tweet"><p>{LAKE}</p>&mdash; Ada Quill '
    '(@adaquill) <a href="https://twitter.com/adaquill/status/1311875000000000000">October 2, 2020</a></blockquote>',
    "bo.html": '<title>Bo</title><p>Boats.</p><blockquote class="twitter-tweet"><p>Not the words of Ada.</p>&mdash; Bo '
    '(@bo_quill) <a href="https://twitter.com/adaquill/status/1311875000000000000">May 4, 2019</a></blockquote>',
    "later.html": f'<title>Ada</title><p>Still.</p><blockquote class="twitter-tweet"><p>{LAKE}</p>&mdash; Ada Quill '
    '(@ada_q) <a href="https://twitter.com/ada_q/status/1311875000000000000">October 2, 2020</a></blockquote>',
    "orphan.txt": f"The boats were late again.\n\n{LAKE}\n\nNobody at the harbour office was surprised.\n",
    "ferry.html": '<title>Ferry</title><p>Boats.</p><iframe src="https://www.youtube.com/embed/Fh0erry_Qx4"></iframe>',
    "broken.txt": "",
}
"""Articles that the examples have nothing like: a marker that an index knows, minutes left open, a handle and a text
that differ, an account under another handle, words without attribution, a video that its platform tells of, a
problem."""

INDEX = (
    "platform,native_id,handle,permalink,posted_at,precision\n"
    "instagram,CF1tGabcdef,ines.okafor,https://www.instagram.com/p/CF1tGabcdef/,2020-10-02T11:16:17.295Z,millisecond\n"
    "youtube,dQw4w9WgXcQ,lakeside,,2019-05-04,day\n"
)


@pytest.fixture(scope="session")
def full_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with rows in all of its tables, not to be written to: the examples, and a few articles beside them."""
    return _make_archive(tmp_path_factory.mktemp("full"), [Path(__file__).parent.parent / "examples" / "articles"])


@pytest.fixture(scope="session")
def small_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without the examples."""
    return _make_archive(tmp_path_factory.mktemp("small"), [])


def _youtube(handler: Handler) -> None:
    """What YouTube would answer, which knows one video."""
    told = {"title": "The Heron at noon", "author_name": "Lakeside", "author_url": "https://www.youtube.com/@lakeside"}
    told["thumbnail_url"] = "https://i.ytimg.com/vi/Fh0erry_Qx4/hqdefault.jpg"
    (answer({**told, "html": ""}) if "Fh0erry_Qx4" in handler.path else status(404))(handler)


@contextmanager
def _platforms() -> Iterator[list[str]]:
    """Options that lead a capture to a server on loopback."""
    with serving() as site, pytest.MonkeyPatch.context() as patched:
        patched.setattr(pace, "OTHERWISE", (1000, 1))
        site.on("/oembed", _youtube)
        site.on("/vi/Fh0erry_Qx4/hqdefault.jpg", status(200, picture(), Content_Type="image/jpeg"))
        yield [
            "--contact",
            "desk@example.org",
            "--allow-net",
            "127.0.0.1",
            "--host-map",
            f"www.youtube.com={site.base}",
            "--host-map",
            f"i.ytimg.com={site.base}",
        ]


def _make_archive(folder: Path, more: list[Path]) -> Path:
    db = folder / "archive.db"
    (folder / "press").mkdir()
    for name, text in PARTS.items():
        (folder / "press" / name).write_text(text, "utf-8")
    (folder / "index.csv").write_text(INDEX, "utf-8")
    for arguments in (
        ["run", *more, folder / "press", "--orphans", "--site", folder / "site", "-q", "--jobs", "1"],
        ["patch", folder / "press" / "marker.txt", "-o", folder / "patched", "-q"],
        ["import", folder / "index.csv", "-q"],
    ):
        cli.main([*map(str, arguments), "--db", str(db)], standalone_mode=False)
    with _platforms() as options:
        cli.main(["capture", "-q", "--platform", "youtube", *options, "--db", str(db)], standalone_mode=False)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("INSERT INTO redactions VALUES ('twitter:20')")  # whose article is no longer there
    return db


LONG, OTHER = (
    json.dumps({"title": title, "author_name": "Lakeside", "description": f"{words} " * 99}).encode()
    for title, words in (("At noon", "The lamps are lit."), ("At one", "The boats are in."))
)


@pytest.fixture(scope="session")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive and the evidence of two runs over three posts, not to be written to.

    The answers have two bodies, so that most of them refer to the first ones.
    """
    folder = tmp_path_factory.mktemp("captured")
    (folder / "news").mkdir()
    (folder / "news" / "a.txt").write_text(
        "Boats.\n\n" + "\n\n".join(f"https://vimeo.com/7697987{n}" for n in range(3))
    )
    db = f"--db={folder / 'archive.db'}"
    cli.main(["run", str(folder / "news"), db, f"--site={folder / 'site'}", "-q", "--jobs=1"], standalone_mode=False)
    with serving() as site, pytest.MonkeyPatch.context() as patched:
        patched.setattr(pace, "OTHERWISE", (1000, 1))
        site.on(
            "/api/oembed.json", *[status(200, body, Content_Type="application/json") for body in (LONG, LONG, OTHER)]
        )
        capture = ["capture", "-q", "--only=all", db, f"--host-map=vimeo.com={site.base}", "--allow-net=127.0.0.1"]
        for _ in range(2):
            cli.main([*capture, "--contact=desk@example.org"], standalone_mode=False)
    return folder


@pytest.fixture
def here(captured: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed, where `archiver` works."""
    shutil.copy(captured / "archive.db", tmp_path)
    shutil.copytree(captured / "archive-warc", tmp_path / "archive-warc")
    return tmp_path


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that everybody may write, to work in; `tmp_path` lies below one that is its owner's only."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o777)
    shutil.rmtree(folder)


@pytest.fixture
def unprivileged(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """A block, in `open_folder`, in which permissions count, for root too, who may do everything elsewhere.

    Root stays the owner of the checkout, which others may not be able to read.
    """

    @contextmanager
    def bound() -> Iterator[None]:
        monkeypatch.chdir(open_folder)
        before = _effective_capabilities()
        if os.geteuid() == 0:
            _effective_capabilities(before & ~OVERRIDES)
        try:
            yield
        finally:
            if os.geteuid() == 0:
                _effective_capabilities(before)

    return bound


def _effective_capabilities(effective: int | None = None) -> int:
    """What this process may do as root, of the first 32 capabilities; set if given (capget(2), capset(2))."""
    if sys.platform != "linux":
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, each for 32 capabilities, twice
    if libc.capget(header, sets):
        raise OSError(ctypes.get_errno(), "capget")
    before = int(sets[0])
    if effective is not None:
        sets[0] = effective
        if libc.capset(header, sets):
            raise OSError(ctypes.get_errno(), "capset")
    return before


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; the test is skipped without it, unless ARCHIVER_REQUIRE_BROWSER is set."""
    if not CHROMIUM.exists():
        if os.environ.get("ARCHIVER_REQUIRE_BROWSER"):
            pytest.fail(f"{CHROMIUM} is missing, and ARCHIVER_REQUIRE_BROWSER is set")
        pytest.skip(f"{CHROMIUM} is missing: no browser to open the site in")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
