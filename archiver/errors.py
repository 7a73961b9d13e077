"""What can go wrong, as a caller may want to catch it.

ArchiverError
├── UsageError          the command line asks for something that cannot be        exit 2
├── ReadError           one input could not be read; the batch goes on            exit 3
└── ArchiveError        archive.db cannot be opened, or is not one of ours        exit 1
"""


class ArchiverError(Exception):
    """Anything Archiver raises on purpose; `str(error)` is one sentence for a person."""

    exit_code = 1


class UsageError(ArchiverError):
    """What was asked for does not exist or contradicts itself."""

    exit_code = 2


class ReadError(ArchiverError):
    """An input that cannot be read.

    `kind` is a short word for the `problems` table: `permission`, `missing`, `encoding`, `too-large`, …
    """

    exit_code = 3

    def __init__(self, message: str, *, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class ForeignValueError(ValueError):
    """A value of the archive that Archiver does not write; `str(error)` is it and its place: `"soon" in posts.year`."""


class DamagedFileError(ValueError):
    """A file of the archive (table `sqlar`, or beside it) that is not as it was kept; `str(error)` is its name."""


class ArchiveError(ArchiverError):
    """The database is locked, damaged, newer than this program, or belongs to another one."""
