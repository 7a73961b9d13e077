"""Broken archives: what every command says of a file that is not as it should be, and that it leaves it as it is."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archiver import store
from archiver.errors import ArchiveError
from archiver.store import schema
from tests.archives import SHARED, SHARED_POST, read_ferries

Archiver = Callable[..., CompletedProcess[str]]
Unprivileged = Callable[[], AbstractContextManager[None]]

READERS = (
    ["render"],
    ["report"],
    ["search", "rained"],
    ["show", SHARED_POST],
    ["stats"],
    ["card", SHARED_POST],
    ["publish", "s.db"],
    ["patch", "in", "-o", "out"],
)
"""Commands that read the archive `a.db`."""

COMMANDS = (*READERS, ["run", "in"])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An archive of thirty articles."""
    return read_ferries(tmp_path_factory.mktemp("whole"), 30).read_bytes()


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    """A copy of it, beside an article to read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "new.txt").write_text(f"New\n\n{SHARED}", "utf-8")
    (tmp_path / "a.db").write_bytes(whole)
    return tmp_path / "a.db"


def change(path: Path, *statements: str) -> None:
    """Let another program change the file."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _another(path: Path) -> None:
    path.unlink()
    change(path, "CREATE TABLE recipes (id INTEGER PRIMARY KEY)")


def _another_marked(path: Path) -> None:
    path.unlink()
    change(path, "PRAGMA application_id = 1196444487", "CREATE TABLE gpkg_contents (id INTEGER)")


def _newer(path: Path) -> None:
    change(path, f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")


def _text(path: Path) -> None:
    path.write_text("Not a database, only a list of things to bring to the lake.\n" * 40)


def zero_page(path: Path, page: int) -> None:
    """Let the disk lose a page, the first of which is 0."""
    with path.open("r+b") as file:
        file.seek(page * 4096)
        file.write(bytes(4096))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40_000])


def _header(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def _lacking(path: Path) -> None:
    change(path, "DROP TABLE posts")


def older(path: Path) -> None:
    """Take from the archive what makes it one of version 2."""
    change(path, "DROP TABLE account_names", "PRAGMA user_version = 1")


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


BROKEN = [
    (_another, "a.db is a database of another program; --db names the archive."),
    (_another_marked, "a.db is a database of another program; --db names the archive."),
    (_newer, "a.db was made by a newer Archiver; update this one to open it."),
    (_text, "a.db is not an SQLite database; --db names the archive."),
    (_header, "a.db is not an SQLite database; --db names the archive."),
    (_cut, "a.db is damaged; go back to a copy of it, or see what `sqlite3 FILE .recover` can save."),
    (_lacking, "a.db lacks the table posts, and so was changed by another program: it is damaged; go back"),
    (_fifo, "a.db is not a file."),
]


def assert_refused(done: CompletedProcess[str], sentence: str) -> None:
    """One sentence on stderr, status 1, and nothing on stdout."""
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"archiver: {sentence}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(("make", "sentence"), BROKEN, ids=[make.__name__ for make, _ in BROKEN])
def test_a_file_that_is_no_archive_is_refused(
    archiver: Archiver, path: Path, make: Callable[[Path], None], sentence: str, command: list[str]
) -> None:
    """By every command, with what is wrong and what helps; not a byte of it is changed."""
    make(path)
    before = path.read_bytes() if path.is_file() else None
    assert_refused(archiver(*command, "--db", "a.db"), sentence)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_an_empty_file_is_no_archive(archiver: Archiver, path: Path, command: list[str]) -> None:
    """It says what would make one of it; `run` does."""
    path.write_bytes(b"")
    assert_refused(archiver(*command, "--db", "a.db"), "a.db is empty: no archive was ever written to it; ")


@pytest.mark.parametrize("command", [one for one in READERS if one[0] != "patch"], ids=" ".join)
def test_a_missing_file_is_said_so(archiver: Archiver, path: Path, command: list[str]) -> None:
    """And is not made by looking; `patch` can do without an archive, `run` makes one."""
    path.unlink()
    assert_refused(archiver(*command, "--db", "a.db"), "a.db does not exist; `archiver run` makes an archive.")
    assert not path.exists()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_folder_is_wrong_usage(archiver: Archiver, path: Path, command: list[str]) -> None:
    """Status 2, as for any option that cannot be."""
    done = archiver(*command, "--db", "in")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'in' is a directory" in done.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_older_archive_is_updated_or_said_so(archiver: Archiver, path: Path, command: list[str]) -> None:
    """A command that reads says what brings it up to date; `run` does, and keeps it as it was beside it."""
    older(path)
    before = path.read_bytes()
    done = archiver(*command, "--db", "a.db")
    if command[0] != "run":
        assert_refused(done, "a.db was made by an earlier Archiver; the next `archiver run` brings it up to date.")
        assert path.read_bytes() == before
        return
    assert done.returncode == 0
    assert done.stderr == (
        "archiver: a.db was made by an earlier Archiver and is brought up to date; as it was, it is a.db.v1.bak\n"
    )
    with closing(sqlite3.connect("a.db.v1.bak")) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)
        assert kept.execute("SELECT count(*) FROM articles WHERE reader <> ''").fetchone() == (30,)
    assert archiver("stats", "--db", "a.db").returncode == 0


def test_a_backup_is_never_written_over(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """A second one gets another name."""
    (tmp_path / "a.db.v1.bak").write_text("mine")
    older(path)
    assert archiver("run", "in", "--db", "a.db").returncode == 0
    assert (tmp_path / "a.db.v1.bak").read_text() == "mine"
    assert (tmp_path / "a.db.v1.2.bak").read_bytes()[:6] == b"SQLite"


def test_without_a_backup_nothing_is_updated(
    archiver: Archiver, path: Path, open_folder: Path, unprivileged: Unprivileged
) -> None:
    """Where it cannot be written, the archive stays as it was."""
    older(path)
    (open_folder / "a.db").write_bytes(path.read_bytes())
    open_folder.chmod(0o555)
    with unprivileged():
        done = archiver("run", path.parent / "in", "--db", "a.db")
    assert_refused(done, "a.db is to be kept as it was, and a.db.v1.bak cannot be written: Permission denied.")
    assert (open_folder / "a.db").read_bytes() == path.read_bytes()


# A damaged page, which is met only when it is read


@pytest.fixture
def damaged(path: Path) -> Path:
    """An archive of which a page of the table `articles`, and of `posts`, is garbage."""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('articles', 'posts')").fetchall()
    data = bytearray(path.read_bytes())
    for (root,) in roots:
        data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_damaged_page_is_said_so(archiver: Archiver, damaged: Path, command: list[str]) -> None:
    """Wherever in its work the command meets it: one sentence, no traceback."""
    done = archiver(*command, "--db", "a.db")
    assert done.returncode == 1
    assert re.fullmatch(r"archiver: .*a\.db is damaged; go back to a copy of it, or see .*\n", done.stderr)


@pytest.mark.parametrize("page", [1, 2, 5, 9])
def test_nothing_is_imported_into_a_damaged_archive(archiver: Archiver, path: Path, page: int) -> None:
    """Whether or not the import would have met the page."""
    assert archiver("export", "--db", "a.db", "-o", "ex.jsonl").returncode == 0
    zero_page(path, page)
    before = path.read_bytes()
    assert_refused(archiver("import", "ex.jsonl", "--db", "a.db"), "a.db is damaged; go back to a copy of it")
    assert path.read_bytes() == before


def test_damage_is_not_told_as_a_lock(path: Path) -> None:
    """A query that was left standing when another met the damage still locks a table when the archive is closed."""
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()
    zero_page(path, root - 1)
    with pytest.raises(ArchiveError, match="is damaged"), store.archive(path, create=False) as db:
        standing = db.conn.execute("SELECT id FROM embeds")
        standing.fetchone()
        db.conn.execute("SELECT text FROM articles NOT INDEXED").fetchall()


ZERO = "UPDATE sqlar SET data = zeroblob(length(data)), sz = sz + 1 WHERE name LIKE '%/3.txt'"
FLIP = "UPDATE sqlar SET data = CAST('Z' || substr(CAST(data AS TEXT), 2) AS BLOB) WHERE name LIKE '%/3.txt'"
"""Bytes that do not unpack, and others that do, as such a short text is kept as it is."""


@pytest.mark.parametrize("damage", [ZERO, FLIP], ids=["zero", "flip"])
@pytest.mark.parametrize("form", ["jsonl", "parquet", "bagit", "publish"])
def test_a_file_that_is_not_as_it_was_kept_is_not_copied(
    archiver: Archiver, path: Path, tmp_path: Path, damage: str, form: str
) -> None:
    """A copy of it could not be read: the article is named, and nothing left."""
    change(path, damage)
    command = ["publish", "out"] if form == "publish" else ["export", "--format", form, "-o", "out"]
    before = sorted(tmp_path.iterdir())
    done = archiver(*command, "--db", "a.db")
    assert_refused(
        done, "a.db holds a file that is not as it was kept, in/3.txt; `archiver run --reread` reads it again"
    )
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_is_left_out_need_not_be_as_it_was_kept(archiver: Archiver, path: Path) -> None:
    """What does not copy it does not mind it."""
    change(path, ZERO)
    assert archiver("publish", "out.db", "--no-sources", "--db", "a.db").returncode == 0
    assert archiver("export", "--format", "csv", "-o", "csv", "--db", "a.db").returncode == 0


def test_a_site_is_made_around_what_is_not_as_it_was_kept(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """Its page says so, each render does, and all is as before once the archive is whole again."""
    whole = path.read_bytes()
    archiver("render", "--db", "a.db")
    site = {one: one.read_bytes() for one in (tmp_path / "site").rglob("*.*") if not one.name.startswith(".")}
    change(path, ZERO)
    for _ in range(2):
        done = archiver("render", "--db", "a.db", "--site", "new")
        assert (done.returncode, done.stderr.count("\n")) == (3, 1)
        assert done.stderr.startswith(
            "archiver: in/3.txt in the archive is not as it was kept, and is left out of the s"
        )
    (page,) = (tmp_path / "new" / "articles").glob("in-3-*.html")
    assert "Its source is damaged in the archive, and is not shown" in page.read_text("utf-8")
    path.write_bytes(whole)
    assert archiver("render", "--db", "a.db", "--site", "new").returncode == 0
    assert {one: (tmp_path / "new" / one.relative_to(tmp_path / "site")).read_bytes() for one in site} == site


FOREIGN = [
    ("embeds", "posted_at_options", "[1", ["run", "in"]),
    ("posts", "posted_at_options", "[1", ["render"]),
    ("posts", "posted_at_options", "{}", ["show", SHARED_POST]),
    ("posts", "posted_at_options", "7", ["card", SHARED_POST]),
    ("posts", "author_source", "rumour", ["card", SHARED_POST]),
    ("posts", "author_source", "rumour", ["render"]),
    ("authors", "name_source", "rumour", ["show", SHARED_POST]),
    ("embeds", "time_origin", "rumour", ["render"]),
    ("posts", "posted_at", "2020-13-45", ["render"]),
    ("posts", "posted_at", "soon-ish", ["card", SHARED_POST]),
]


@pytest.mark.parametrize(("table", "column", "value", "command"), FOREIGN)
def test_a_value_of_another_program_is_said_so(
    archiver: Archiver, path: Path, table: str, column: str, value: str, command: list[str]
) -> None:
    """One sentence that names its place."""
    change(path, f"UPDATE {table} SET {column} = '{value}'")  # noqa: S608  of the table above
    done = archiver(*command, "--db", "a.db")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "which Archiver does not write; put it right" in done.stderr
    assert column in done.stderr


@pytest.mark.parametrize("command", [["stats"], ["search", "rained"], ["show", "in/3.txt"], ["render"]], ids=" ".join)
def test_text_that_is_not_utf_8_is_said_so(archiver: Archiver, path: Path, command: list[str]) -> None:
    """SQLite keeps any bytes as text; Archiver never wrote such."""
    change(path, "UPDATE articles SET title = CAST(x'ff4c616b65' AS TEXT), language = CAST(x'ff' AS TEXT)")
    done = archiver(*command, "--db", "a.db")
    assert_refused(done, "a.db holds text that is not UTF-8, which Archiver never wrote: it is damaged; ")


# Locks and permissions


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another process that holds the file for itself."""
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout
    assert other.stdin
    try:
        assert other.stdout.readline() == b"held\n"
        yield
    finally:
        other.stdin.close()
        other.wait()
        other.stdout.close()


def test_a_locked_archive_is_said_so(archiver: Archiver, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By every command, after a while."""
    monkeypatch.setattr("archiver.store.database.BUSY_SECONDS", 0.05)
    with held(path):
        for command in COMMANDS:
            done = archiver(*command, "--db", "a.db")
            assert_refused(done, "a.db is in use by another program; try again when that has finished.")


@pytest.fixture
def closed(path: Path, open_folder: Path) -> Path:
    """A copy in a folder in which permissions count."""
    (open_folder / "in").mkdir()
    (open_folder / "in" / "new.txt").write_text(f"New\n\n{SHARED}", "utf-8")
    (open_folder / "a.db").write_bytes(path.read_bytes())
    return open_folder / "a.db"


def test_a_read_only_archive_can_be_read_and_not_written(
    archiver: Archiver, closed: Path, unprivileged: Unprivileged
) -> None:
    """The file, or the folder in which SQLite would put its log."""
    closed.chmod(0o444)
    with unprivileged():
        assert archiver("stats", "--db", "a.db").returncode == 0
        assert_refused(archiver("run", "in", "--db", "a.db"), "a.db cannot be written: it is read-only, ")
    closed.chmod(0o644)
    closed.parent.chmod(0o555)
    with unprivileged():
        assert archiver("stats", "--db", "a.db").returncode == 0
        assert_refused(archiver("run", "in", "--db", "a.db"), "a.db cannot be ")


def test_an_archive_that_is_closed_to_us_is_said_so(
    archiver: Archiver, closed: Path, unprivileged: Unprivileged
) -> None:
    """Permission denied, and not something else."""
    closed.chmod(0)
    with unprivileged():
        for command in COMMANDS:
            assert_refused(archiver(*command, "--db", "a.db"), "a.db cannot be opened: permission denied.")


def test_an_archive_with_a_log_can_be_read_in_a_read_only_folder(
    archiver: Archiver, closed: Path, unprivileged: Unprivileged
) -> None:
    """Copied to a medium after a program had left it in WAL mode; but not where the log has a part of it."""
    change(closed, "PRAGMA journal_mode = WAL")
    closed.parent.chmod(0o555)
    with unprivileged():
        assert archiver("stats", "--db", "a.db").returncode == 0
    closed.parent.chmod(0o777)
    (closed.parent / "a.db-wal").write_bytes(b"\0" * 64)
    closed.parent.chmod(0o555)
    with unprivileged():
        done = archiver("stats", "--db", "a.db")
    assert_refused(done, "a.db cannot be read here: its folder is read-only, and a part of it is in a.db-wal; ")
