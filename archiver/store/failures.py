"""Failures: what is wrong with the file of an archive, and what helps, in a sentence."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver.errors import ArchiveError, DamagedFileError, ForeignValueError

BUSY = "is in use by another program; try again when that has finished"
DAMAGED = "is damaged; go back to a copy of it, or see what `sqlite3 FILE .recover` can save"
FOREIGN = "which Archiver does not write; put it right with the program that wrote it, or go back to a copy"
REREAD = "`archiver run --reread` reads it again where it still is, else go back to a copy of the archive"

SENTENCES = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_NOTADB: "is not an SQLite database; --db names the archive",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_READONLY: "cannot be written: it is read-only, or its folder is",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_FULL: "cannot be written: the disk is full",
    sqlite3.SQLITE_TOOBIG: "cannot hold a text or a file of more than 1 GB",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
}
"""What SQLite's primary result codes mean to a person: https://www.sqlite.org/rescode.html"""


@contextmanager
def archive_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system says of the file at `path` into ArchiveError."""
    try:
        with sqlite_errors(path):
            yield
    except PermissionError as error:
        raise ArchiveError(f"{path} {SENTENCES[sqlite3.SQLITE_PERM]}.") from error


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn errors about the file at `path` into ArchiveError: SQLite's, a damaged member, a foreign value.

    Errors in our SQL stay what they are.
    """
    try:
        yield
    except ForeignValueError as error:
        raise ArchiveError(f"{path} holds {error}, {FOREIGN}.") from error
    except DamagedFileError as error:
        raise ArchiveError(f"{path} holds a file that is not as it was kept, {error}; {REREAD}.") from error
    except UnicodeDecodeError as error:
        if not error.object.startswith(b"malformed database schema"):
            raise
        raise ArchiveError(f"{path} {DAMAGED}.") from error  # SQLite says so in words that Python cannot decode
    except sqlite3.DatabaseError as error:
        sentence = _sentence(error, path)
        if sentence is None:
            raise
        raise ArchiveError(f"{path} {sentence}.") from error


def _sentence(error: sqlite3.DatabaseError, path: Path) -> str | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_CANTOPEN:
        return f"{SENTENCES[code]}{hindrance(path)}"
    if not code and str(error).startswith("Could not decode to UTF-8"):  # Python's own, which has no code
        return f"holds text that is not UTF-8, which Archiver never wrote: it {DAMAGED}"
    if str(error) == "malformed JSON":  # of json_each, as any error in SQL
        return f"holds posted_at_options that are no JSON, {FOREIGN}"
    return SENTENCES.get(code)


def hindrance(path: Path) -> str:
    """Why a file cannot be opened, as far as can be seen; empty where nothing is."""
    if path.is_dir():
        return ": it is a folder"
    if not path.parent.is_dir():
        return f": its folder is missing, {path.parent}"
    if not path.exists():
        return "" if os.access(path.parent, os.W_OK) else f": nothing can be written in its folder, {path.parent}"
    try:
        path.open("rb").close()
    except OSError as error:
        return f": {(error.strerror or str(error)).lower()}"
    return ""
