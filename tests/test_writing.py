"""Writing where a person says: whole or not at all, never over what is there unasked, and through pipes and links."""

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archiver.errors import ArchiverError
from archiver.writing import new_file, new_folder, new_stream, replacing

Archiver = Callable[..., CompletedProcess[str]]

COMMANDS: dict[str, tuple[str, ...]] = {
    "jsonl": ("export", "-o", "out"),
    "csv table": ("export", "--format", "csv", "--table", "posts", "-o", "out"),
    "parquet table": ("export", "--format", "parquet", "--table", "posts", "-o", "out"),
    "publish": ("publish", "-q", "out"),
}
"""What writes one file."""


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("link", [False, True])
def test_a_pipe_is_written_to_and_stays_one(
    archiver: Archiver, tmp_path: Path, small_archive: Path, command: tuple[str, ...], link: bool
) -> None:
    """With the bytes that a file gets, also behind a link; whoever reads it sees its end."""
    archiver(*command, "--db", small_archive)
    expected = (tmp_path / "out").rename(tmp_path / "expected").read_bytes()
    pipe = tmp_path / "pipe" if link else tmp_path / "out"
    os.mkfifo(pipe)
    if link:
        (tmp_path / "out").symlink_to("pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    done = archiver(*command, "--db", small_archive)
    reader.join()
    assert (done.returncode, done.stderr, read) == (0, "", [expected])
    assert pipe.is_fifo() and (tmp_path / "out").is_symlink() == link


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_link_is_followed_and_stays_one(
    archiver: Archiver, tmp_path: Path, small_archive: Path, command: tuple[str, ...]
) -> None:
    """The file it leads to is refused as if it had been named, and with --force replaced, with its permissions."""
    (tmp_path / "there").mkdir()
    there = tmp_path / "there" / "file"
    there.write_text("my notes")
    there.chmod(0o600)
    (tmp_path / "out").symlink_to("there/file")
    done = archiver(*command, "--db", small_archive)
    assert (done.returncode, done.stderr) == (1, "archiver: out exists and stays; --force writes over it.\n")
    assert there.read_text() == "my notes"
    assert archiver(*command, "--db", small_archive, "--force").returncode == 0
    assert (tmp_path / "out").is_symlink() and [one.name for one in there.parent.iterdir()] == ["file"]
    assert there.read_bytes() != b"my notes" and there.stat().st_mode & 0o777 == 0o600


def test_force_writes_into_a_folder(archiver: Archiver, tmp_path: Path, small_archive: Path) -> None:
    """Files of the same names are written over, others stay."""
    (tmp_path / "out").mkdir()
    for name in ("posts.csv", "notes.txt"):
        (tmp_path / "out" / name).write_text("mine")
    assert archiver("export", "--db", small_archive, "--format", "csv", "-o", "out", "--force").returncode == 0
    assert archiver("export", "--db", small_archive, "--format", "csv", "-o", "new").returncode == 0
    there, new = ({one.name: one.read_bytes() for one in (tmp_path / name).iterdir()} for name in ("out", "new"))
    assert there == new | {"notes.txt": b"mine"}


FAILURES: dict[str, BaseException] = {
    "interrupt": KeyboardInterrupt(),
    "error": ArchiverError("a row is damaged"),
    "full": OSError(28, "No space left on device"),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_is_not_completed_leaves_nothing(tmp_path: Path, failure: BaseException, there: bool) -> None:
    """Neither beside the place nor in it, and a folder that was there is as empty as it was."""
    folder = tmp_path / "out"
    if there:
        folder.mkdir()
    with pytest.raises((KeyboardInterrupt, ArchiverError)), new_folder(folder, force=False) as made:
        (made / "data").mkdir()
        (made / "data" / "file").touch()
        raise failure
    assert [*tmp_path.rglob("*")] == ([folder] if there else [])


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_file_that_is_not_completed_leaves_what_was_there(tmp_path: Path, failure: BaseException) -> None:
    """And nothing beside it."""
    (tmp_path / "out").write_text("old")
    with pytest.raises((KeyboardInterrupt, ArchiverError)), new_stream(tmp_path / "out", force=True) as out:
        out.write(b"half")
        raise failure
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"out": "old"}


def test_a_folder_of_one_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    """What it left is removed, and in the new folder is only what was written now."""
    for left in (".new.new", "there/.archiver.new"):
        (tmp_path / left / "data").mkdir(parents=True)
    for name in ("new", "there"):
        with new_folder(tmp_path / name, force=False) as made:
            (made / "file").touch()
        assert [one.name for one in (tmp_path / name).iterdir()] == ["file"]
    assert {one.name for one in tmp_path.iterdir()} == {"new", "there"}


def test_a_link_in_a_circle_is_said(tmp_path: Path) -> None:
    """It stays, too."""
    (tmp_path / "out").symlink_to("out")
    with (
        pytest.raises(ArchiverError, match="cannot be written: Too many levels"),
        new_file(tmp_path / "out", force=True),
    ):
        pass
    assert (tmp_path / "out").is_symlink()


FULL: dict[str, tuple[str, ...]] = {
    "jsonl": ("export", "-o", "out"),
    "csv": ("export", "--format", "csv", "-o", "out"),
    "parquet": ("export", "--format", "parquet", "-o", "out"),
    "bagit": ("export", "--format", "bagit", "-o", "out"),
    "publish": ("publish", "out"),
}


@pytest.mark.parametrize("command", FULL.values(), ids=FULL)
def test_what_the_disk_does_not_take_is_said_of_the_target(
    tmp_path: Path, small_archive: Path, command: tuple[str, ...]
) -> None:
    """The system refuses to let a file grow: one sentence about what was to be written, and nothing is left of it."""
    done = subprocess.run(
        [sys.executable, "-m", "archiver", *command, "--db", small_archive],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)),
    )
    assert (done.returncode, done.stdout, [*tmp_path.iterdir()]) == (1, "", [])
    assert done.stderr.startswith("archiver: out") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", FULL.values(), ids=FULL)
def test_a_folder_that_is_closed_is_said(
    archiver: Archiver,
    small_archive: Path,
    open_folder: Path,
    unprivileged: Callable[[], AbstractContextManager[None]],
    command: tuple[str, ...],
) -> None:
    """In one sentence that names what was to be written."""
    (open_folder / "archive.db").write_bytes(small_archive.read_bytes())
    (open_folder / "closed").mkdir(mode=0o555)
    with unprivileged():
        done = archiver(*command[:-1], "closed/out", "--db", "archive.db")
    assert (done.returncode, done.stderr) == (1, "archiver: closed/out cannot be written: Permission denied.\n")


def test_a_file_of_the_same_bytes_is_not_touched(tmp_path: Path) -> None:
    """Whoever copies what has changed finds nothing; other bytes of the same length are a change."""
    target = tmp_path / "a.txt"
    for text, is_new in (("One", True), ("One", False), ("Two", True)):
        before = target.stat().st_ino if target.exists() else None
        with replacing(target) as fresh:
            fresh.write_text(text, "utf-8")
        assert (target.stat().st_ino != before) is is_new
        assert target.read_text("utf-8") == text
    assert list(tmp_path.iterdir()) == [target]
