"""BagIt: an archive packed for keeping (RFC 8493), with a digest of every file: made and checked by `bagit`.

Its payload is the archive itself, and beside it what that holds of files, for whoever has no SQLite: the sources of
the articles as they were read, and their pictures and those of posts by digest; what is large of these, and the
evidence of captures, are in folders beside the archive, as ever. The bag is dated with the last run, not with the day
on which it is packed, so that the same archive gives the same bag.

The only module that imports bagit, and only when it is needed.
"""

import logging
from pathlib import Path
from typing import Any

from archiver import __version__, store
from archiver.errors import ArchiveError, ArchiverError, ReadError

ARCHIVE = "archive.db"
ALGORITHMS = ["sha256", "sha512"]
"""RFC 8493 §2.4: sha512 is what a new bag should have; sha256 is what everybody can check."""


def write_bag(db: store.Database, folder: Path) -> None:
    """Make a bag of the archive, which must be in no transaction, in an empty folder.

    Raises ArchiverError where bagit is not installed.
    """
    from archiver.evidence import copy_evidence, list_evidence
    from archiver.warc import evidence_folder

    bagit = _bagit()
    copy = folder / ARCHIVE
    store.publish_archive(db, copy, sources=True, force=False)
    try:
        with store.reading(copy) as archive:
            for name, data in store.load_files(archive):
                _write_file(folder, name, data)
            information = _information(archive)
    except ArchiveError as error:  # what is wrong with the copy was wrong before
        error.args = (str(error).replace(str(copy), str(store.archive_path(db))),)
        raise
    evidence = list_evidence(evidence_folder(store.archive_path(db)))
    copy_evidence(evidence, evidence_folder(copy), store.shown_offsets(db))
    bagit.make_bag(str(folder), information, checksums=ALGORITHMS)


def _write_file(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ArchiverError(f"{name} would be written outside {folder}; the archive was not made by Archiver.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _information(db: store.Database) -> dict[str, str]:
    counts = store.count_archive(db)
    changed = store.changed_at(db)
    return {
        "Bag-Software-Agent": f"archiver {__version__}",
        "Bagging-Date": (changed or "1970-01-01")[:10],
        "External-Description": f"An archive of {_many(counts.embeds, 'embed')} of social media in "
        f"{_many(counts.articles, 'article')}.",
    }


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def is_bag(path: Path) -> bool:
    """Whether it is a folder that is a bag (RFC 8493 §2.1.1)."""
    return path.is_dir() and (path / "bagit.txt").is_file()


def bagged_archive(path: Path) -> Path:
    """The archive in a bag, every file of which has been checked.

    Raises ReadError where the bag is not whole or holds no archive, ArchiverError where bagit is not installed.
    """
    bagit = _bagit()
    try:
        bagit.Bag(str(path)).validate()
    except bagit.BagError as error:
        raise ReadError(f"{path} is no sound bag: {error}.", kind="damaged") from error
    archive = path / "data" / ARCHIVE
    if not archive.is_file():
        raise ReadError(f"{path} holds no {ARCHIVE}.", kind="foreign")
    return archive


def _bagit() -> Any:
    try:
        import bagit
    except ImportError as error:
        raise ArchiverError("BagIt needs bagit: install embed-archiver[bagit].") from error
    logging.getLogger("bagit").setLevel(logging.CRITICAL)  # what goes wrong is raised too, and said once
    return bagit
