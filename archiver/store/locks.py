"""Locks: what only one process at a time may do with an archive."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archiver.errors import ArchiveError
from archiver.store.failures import archive_errors


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Hold the lock that the file at `path` is, while the block runs; it is made where it is not there, and stays.

    It is one of SQLite's, which are there on every system and end with their process, however that ends. Raises
    ArchiveError, with `what` in its sentence, where another process holds it or it cannot be made.
    """
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"{path.parent} cannot be written: {error.strerror or error}.") from error
    with archive_errors(path):
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    with closing(connection):
        _take(connection, what)
        yield


def _take(connection: sqlite3.Connection, what: str) -> None:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"{what} is under way already; wait until it has ended.") from error
