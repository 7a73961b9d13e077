"""Publishing: a snapshot that is whole, compact and alone, and what it never writes over."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archiver import store
from archiver.store import schema
from tests.archives import read_ferries

Archiver = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An archive of forty articles, half of which were then removed: it has free pages, and gaps among its rows."""
    folder = tmp_path_factory.mktemp("published")
    read_ferries(folder, 40)
    with store.archive(folder / "archive.db", create=False) as db:
        store.forget_articles(db, [f"in/{number}.txt" for number in range(0, 40, 2)])
    return (folder / "archive.db").read_bytes()


@pytest.fixture
def path(tmp_path: Path, archive: bytes) -> Path:
    """That archive, beside a folder with a file."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.txt").touch()
    (tmp_path / "archive.db").write_bytes(archive)
    return tmp_path / "archive.db"


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def test_a_snapshot_holds_the_archive_and_is_ours(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """Every row of every table, the mark and the version; smaller than what it was made from."""
    assert archiver("publish", "s.db", "--db", path).returncode == 0
    with store.reading(tmp_path / "s.db") as copy, store.reading(path) as db:
        for table in (*schema.TABLES, "sqlar"):
            sql = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608
            assert copy.conn.execute(sql).fetchall() == db.conn.execute(sql).fetchall()
    assert rows(tmp_path / "s.db", "PRAGMA integrity_check") == [("ok",)]
    assert (tmp_path / "s.db").stat().st_size < path.stat().st_size


def test_a_snapshot_is_one_file_without_a_journal(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """No -wal, no free pages, and statistics for the planner; nothing else is left in the folder."""
    before = {file.name for file in tmp_path.iterdir()}
    archiver("publish", "s.db", "--db", path)
    assert {file.name for file in tmp_path.iterdir()} - before == {"s.db"}
    assert rows(tmp_path / "s.db", "PRAGMA journal_mode") == [("delete",)]
    assert rows(tmp_path / "s.db", "PRAGMA freelist_count") == [(0,)]
    assert rows(tmp_path / "s.db", "SELECT count(*) > 0 FROM sqlite_stat1") == [(1,)]


def test_the_index_of_a_snapshot_fits_its_rows(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """FTS5's own check against the texts passes, and search finds the right rows."""
    archiver("publish", "s.db", "--db", path)
    with closing(sqlite3.connect(tmp_path / "s.db")) as connection:
        for table in schema.SEARCHED:
            connection.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    assert '"id": "in/17.txt"' in archiver("search", "Ferry 17", "--db", "s.db", "--json").stdout


def test_a_snapshot_is_fit_for_a_folder_that_cannot_be_written(
    archiver: Archiver, path: Path, open_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    """Where WAL would need to write."""
    archiver("publish", open_folder / "s.db", "--db", path)
    open_folder.chmod(0o555)
    with unprivileged():
        assert archiver("stats", "--db", open_folder / "s.db").returncode == 0


def test_the_same_archive_gives_the_same_bytes(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """Twice from the archive, and once from a snapshot."""
    archiver("publish", "one.db", "--db", path)
    archiver("publish", "two.db", "--db", path)
    archiver("publish", "three.db", "--db", "one.db")
    one, two, three = ((tmp_path / f"{name}.db").read_bytes() for name in ("one", "two", "three"))
    assert one == two == three


def test_sources_can_be_left_out(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """The files are gone, the texts stay."""
    archiver("publish", "s.db", "--db", path, "--no-sources")
    assert rows(tmp_path / "s.db", "SELECT count(*) FROM sqlar") == [(0,)]
    assert rows(tmp_path / "s.db", "SELECT count(*) FROM articles WHERE text LIKE '%rained%'") == [(20,)]


def test_what_is_there_stays_without_force(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """One sentence and status 1; with --force it is written over."""
    (tmp_path / "s.db").write_text("my notes")
    done = archiver("publish", "s.db", "--db", path)
    assert (done.returncode, done.stderr) == (1, "archiver: s.db exists and stays; --force writes over it.\n")
    assert (tmp_path / "s.db").read_text() == "my notes"
    assert archiver("publish", "s.db", "--db", path, "--force").returncode == 0
    assert rows(tmp_path / "s.db", "PRAGMA application_id") == [(schema.APPLICATION_ID,)]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("archive.db", "archive.db is the archive itself; give the snapshot another name."),
        ("in", "in is a folder; give the snapshot a name."),
        ("none/s.db", "none/s.db cannot be written: No such file or directory."),
        ("in/1.txt/s.db", "in/1.txt/s.db cannot be written: Not a directory."),
        ("used.db", "used.db is in use by another program; close that first."),
    ],
)
def test_a_place_that_cannot_be_is_said_so(
    archiver: Archiver, path: Path, tmp_path: Path, file: str, sentence: str
) -> None:
    """Also with --force, and before anything is written."""
    (tmp_path / "used.db-wal").touch()
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    done = archiver("publish", file, "--db", path, "--force")
    assert (done.returncode, done.stderr) == (1, f"archiver: {sentence}\n")
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before


def test_an_archive_in_use_can_be_published(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """While another program writes, what was committed before is in it, the log included."""
    with store.archive(path, create=False) as db:
        db.conn.execute("INSERT INTO folders VALUES ('late', '/late')")
        db.conn.commit()
        db.conn.execute("BEGIN IMMEDIATE")
        db.conn.execute("INSERT INTO folders VALUES ('never', '/never')")
        assert archiver("publish", "s.db", "--db", path).returncode == 0
        db.conn.rollback()
    assert rows(tmp_path / "s.db", "SELECT id FROM folders ORDER BY id") == [("in",), ("late",)]


def test_damage_that_only_the_copy_shows_is_the_archives(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """What SQLite copies without a look, and stumbles over when the copy is indexed, was damaged before."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE articles_fts_data SET block = x'ffffffffffffffff' WHERE id = 10")
        connection.commit()
    done = archiver("publish", "s.db", "--db", path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"archiver: {path} is damaged")
    assert [file.name for file in tmp_path.iterdir() if "s.db" in file.name] == []


def test_a_damaged_archive_is_not_published(archiver: Archiver, path: Path, tmp_path: Path) -> None:
    """A page that cannot be read stops it, and no half of a snapshot is left."""
    data = bytearray(path.read_bytes())
    data[40960:49152] = b"\xff" * 8192
    path.write_bytes(data)
    done = archiver("publish", "s.db", "--db", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is damaged" in done.stderr
    assert [file.name for file in tmp_path.iterdir() if "s.db" in file.name] == []
