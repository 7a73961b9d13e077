"""Writing: a file or a folder at a place that a person named, there whole or not at all, and never over what is there.

All raise ArchiverError, naming the place, where something is there and may not be written over, or where the system
refuses. While the block runs, what it makes stands beside the place under a hidden name, `.NAME.new`; it is gone when
the block fails or is interrupted. A link is followed and stays a link.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from archiver.errors import ArchiverError

LEFT_BY_SQLITE = ("-journal", "-wal", "-shm")
"""What SQLite writes beside a file, and leaves there when it cannot end: https://www.sqlite.org/tempfiles.html"""


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turn what the system says while the block writes into ArchiverError about `path`."""
    try:
        yield
    except OSError as error:
        raise ArchiverError(f"{path} cannot be written: {error.strerror or error}.") from error


@contextmanager
def new_stream(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file to write to, which becomes the one at `path`; a pipe or a device that is there is written to itself."""
    if _is_stream(path):
        with named_errors(path), path.open("wb") as out:
            yield out
        return
    with new_file(path, force=force) as fresh, fresh.open("wb") as out:
        yield out


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[Path]:
    """The path of an empty file, which becomes the one at `path`, or is copied to the pipe or device there."""
    with named_errors(path):
        if _is_stream(path):
            with tempfile.TemporaryDirectory(prefix="archiver-") as scratch:
                fresh = Path(scratch) / "file"
                fresh.touch()
                yield fresh
                with fresh.open("rb") as made, path.open("wb") as out:
                    shutil.copyfileobj(made, out)
            return
        _check_file(path, force=force)
        target = _followed(path)
        with replacing(target) as fresh:
            fresh.unlink(missing_ok=True)
            fresh.open("xb").close()  # so that what is wrong with the folder is said before any work is done
            yield fresh
            if target.exists():
                shutil.copymode(target, fresh)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside `target`, of which the file takes its place when the block ends, and is gone when it fails.

    A file of the same bytes stays, so that whoever looks for changes finds none.
    """
    fresh = _beside(target)
    try:
        yield fresh
        if target.is_file() and _has_same_bytes(fresh, target):
            fresh.unlink()
        else:
            fresh.replace(target)
    except BaseException:
        for end in ("", *LEFT_BY_SQLITE):
            fresh.with_name(f"{fresh.name}{end}").unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(path: Path, *, force: bool) -> Iterator[Path]:
    """An empty folder, which becomes the one at `path`; into one that is there, what it holds is moved at the end.

    Without `force` that must be empty; with it, files of the same names are written over and others stay.
    """
    with named_errors(path):
        _check_folder(path, force=force)
        target = _followed(path)
        is_there = target.is_dir()
        fresh = target / ".archiver.new" if is_there else _beside(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        if fresh.exists():  # of one that was killed
            shutil.rmtree(fresh)
        fresh.mkdir()
        try:
            yield fresh
            if is_there:
                _move_all(fresh, target)
            else:
                fresh.rename(target)
        except ArchiverError as error:
            error.args = (str(error).replace(str(fresh), str(path)),)  # the name that the person knows
            raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _has_same_bytes(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return file_digest(first, "sha256").digest() == file_digest(second, "sha256").digest()


def _move_all(folder: Path, target: Path) -> None:
    for one in sorted(folder.iterdir()):
        one.replace(target / one.name)


def _check_file(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise ArchiverError(f"{path} is a folder; give the file a name.")
    if path.exists() and not path.is_file():
        raise ArchiverError(f"{path} is neither a file nor a pipe and stays.")
    if path.exists() and not force:
        raise ArchiverError(f"{path} exists and stays; --force writes over it.")


def _check_folder(path: Path, *, force: bool) -> None:
    if path.exists() and not path.is_dir():
        raise ArchiverError(f"{path} is no folder and stays; give the folder another name.")
    if path.is_dir() and not force and any(one.name != ".archiver.new" for one in path.iterdir()):
        raise ArchiverError(f"{path} is not empty and stays; --force writes into it, over files of the same names.")


def _is_stream(path: Path) -> bool:
    """Whether it is a pipe or a character device, also behind a link, which then need not have a path of its own."""
    try:
        mode = path.stat().st_mode
    except OSError:  # whoever writes there will be told
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _followed(path: Path) -> Path:
    """Where links lead from `path`. Raises OSError where they go round in a circle."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return target


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")
