"""Imports: what other archives share, in whatever form, looked through and taken into this one."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from archiver import __version__, store
from archiver.errors import ArchiveError, ReadError, UsageError
from archiver.exports.bag import bagged_archive, is_bag
from archiver.exports.index import is_index, read_index
from archiver.exports.jsonl import is_jsonl, read_jsonl
from archiver.exports.parquet import is_parquet, read_parquet
from archiver.exports.rows import Located
from archiver.imports.checks import find_fault
from archiver.imports.foreign import describe
from archiver.sanitize import clean_body

SQLITE = b"SQLite format 3\0"
"""How every SQLite file begins: https://www.sqlite.org/fileformat.html#magic_header_string"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Readable:
    """A format that rows can be read from: how it is recognised, and the function that reads it."""

    name: str
    recognise: Callable[[Path], bool]
    read: Callable[[Path], Iterator[Located]]


READABLE = (
    Readable(name="jsonl", recognise=is_jsonl, read=read_jsonl),
    Readable(name="parquet", recognise=is_parquet, read=read_parquet),
    Readable(name="index", recognise=is_index, read=read_index),
)


def import_file(db: store.Database, path: Path, *, arguments: Sequence[str]) -> store.Merged:
    """Take what a file or folder holds into the archive: another archive, an export, a bag or an index.

    All of it is looked through before anything is stored; evidence and media beside an archive come along. Raises
    ReadError, naming the file and the place in it, where it cannot be read or cannot be true, UsageError where it is
    the archive itself, and ArchiveError where the archive cannot be written.
    """
    with _opened(path, store.archive_path(db)) as (form, theirs, archive):
        if archive:
            _bring_evidence(archive, store.archive_path(db))
            store.copy_large_media(theirs, store.media_folder(store.archive_path(db)))
        run_id = store.start_import(
            db,
            version=__version__,
            arguments=arguments,
            file=str(path),
            form=form,
            after=store.last_run(theirs),
        )
        merged = store.merge(db, theirs, file=str(path), run_id=run_id, clean=clean_body)
    if merged.changed:
        counts = store.RunCounts(seen=merged.added + merged.there, saved=merged.added, unchanged=merged.there)
        store.finish_run(db, run_id, counts)
    else:
        store.forget_import(db, run_id)
    return merged


def _bring_evidence(archive: Path, target: Path) -> None:
    """Copy the evidence beside an archive to that beside another. Raises ReadError where a file of it is another."""
    from archiver.evidence import copy_evidence, evidence_to_copy
    from archiver.warc import evidence_folder

    folder = evidence_folder(target)
    copy_evidence(evidence_to_copy(evidence_folder(archive), folder), folder)


@contextmanager
def _opened(path: Path, target: Path) -> Iterator[tuple[str, store.Database, Path | None]]:
    """What kind of file it is, an archive with its rows, all of them checked, and where that is if it is in there."""
    with ExitStack() as stack:
        archive = None
        try:
            form = _form_of(path)
            if form in ("archive", "bag"):
                archive = bagged_archive(path) if form == "bag" else path
                if archive.samefile(target):
                    raise UsageError(f"{path} is the archive itself")
                theirs = stack.enter_context(_checked(path, archive))
            else:
                readable = next(one for one in READABLE if one.name == form)
                theirs = stack.enter_context(_staged(path, readable, target))
        except OSError as error:
            raise ReadError(f"{path} cannot be read: {error.strerror or error}.", kind="unreadable") from error
        yield form, theirs, archive


def _form_of(path: Path) -> str:
    """Which of the formats a file or folder is in, by what it holds; its name does not matter."""
    if not path.exists():
        raise ReadError(f"{path} does not exist.", kind="missing")
    if is_bag(path):
        return "bag"
    if path.is_file():
        with path.open("rb") as file:
            if file.read(len(SQLITE)) == SQLITE:
                return "archive"
    for one in READABLE:
        if one.recognise(path):
            return one.name
    raise ReadError(f"{path} {describe(path)}.", kind="foreign")


@contextmanager
def _checked(path: Path, archive: Path) -> Iterator[store.Database]:
    """Another archive, open for reading, of which every row has been looked at."""
    with ExitStack() as stack:
        try:
            theirs = stack.enter_context(store.reading(archive))
            stack.enter_context(store.frozen(theirs))
            with store.archive_errors(archive):
                _check_archive(path, theirs)
        except ArchiveError as error:
            raise ReadError(str(error), kind="archive") from error
        yield theirs


def _check_archive(path: Path, theirs: store.Database) -> None:
    if fault := store.find_missing(theirs):
        raise ReadError(f"{path}, {fault}.", kind="malformed")
    for table in (name for name in store.COLUMNS if name not in store.DERIVED):
        for row in store.load_rows(theirs, table):
            values = dict(zip(store.COLUMNS[table], row, strict=True))
            _check(path, Located(table=table, where=f"{table} {row[0]}", row=values))
    _check_whole(path, theirs)


@contextmanager
def _staged(path: Path, readable: Readable, target: Path) -> Iterator[store.Database]:
    """The rows of a file as an archive of their own, all of them checked.

    It is in a folder beside the archive at `target` while it lasts: there is room, which there need not be among
    temporary files.
    """
    with tempfile.TemporaryDirectory(prefix=".archiver-import-", dir=target.parent) as scratch:
        fresh = Path(scratch) / "staged.db"
        try:
            with store.stage(fresh) as staged:
                for located in readable.read(path):
                    _stage(staged, path, located)
                _check_whole(path, staged)
                yield staged
        except ArchiveError as error:  # a full disk, say, which both are on
            error.args = (str(error).replace(str(fresh), str(target)),)
            raise


def _stage(staged: store.Database, path: Path, located: Located) -> None:
    _check(path, located)
    if located.table == "embeds":
        located.row.update(post_id=None, author_id=None)
    if located.table in store.DERIVED and located.table != "posts":
        return
    if not store.insert_row(staged, located.table, located.row):
        raise ReadError(f"{path}, {located.where}: a row with its id came before.", kind="duplicate")


def _check(path: Path, located: Located) -> None:
    if fault := find_fault(located.table, located.row):
        raise ReadError(f"{path}, {located.where}: {fault}.", kind="malformed")


def _check_whole(path: Path, theirs: store.Database) -> None:
    """What only many rows together can tell."""
    if fault := store.find_dangling(theirs) or store.find_damaged(theirs) or store.find_misread(theirs):
        raise ReadError(f"{path}, {fault}.", kind="malformed")
