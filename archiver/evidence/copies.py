"""Copies of evidence: its files go along with the archive, into bags, snapshots and other archives."""

import os
import shutil
from collections.abc import Iterator, Sequence
from hashlib import file_digest
from pathlib import Path

from archiver.errors import ReadError
from archiver.evidence.manifests import is_manifest
from archiver.evidence.timestamps import SUFFIX
from archiver.warc import NAME
from archiver.writing import named_errors, replacing


def is_evidence(path: Path) -> bool:
    """Whether a file is there and one of those that runs leave in the folder; a link is none."""
    is_named = NAME.fullmatch(path.name) or is_manifest(path.name.removesuffix(SUFFIX))
    return bool(is_named) and path.is_file() and not path.is_symlink()


def list_evidence(folder: Path) -> list[Path]:
    """The files of evidence in a folder, manifests first, so that no copy has a file before what vouches for it."""
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return sorted(filter(is_evidence, paths), key=lambda path: NAME.fullmatch(path.name) is not None)


def evidence_to_copy(source: Path, target: Path) -> list[Path]:
    """The files of evidence in a folder that another one has not.

    Raises ReadError where it has one of the same name and other bytes: no two runs write files of one name.
    """
    return list(_lacking(list_evidence(source), target))


def _lacking(paths: Sequence[Path], target: Path) -> Iterator[Path]:
    for path in paths:
        if not os.path.lexists(target / path.name):
            yield path
        elif not _is_same(path, target / path.name):
            raise ReadError(f"{path} is not the file of that name in {target}; both stay.", kind="conflict")


def _is_same(one: Path, other: Path) -> bool:
    if not is_evidence(other) or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return file_digest(first, "sha256").digest() == file_digest(second, "sha256").digest()


def copy_evidence(paths: Sequence[Path], target: Path) -> int:
    """Copy files of evidence to a folder, each there whole or not at all; how many bytes that were."""
    with named_errors(target):
        if paths:
            target.mkdir(exist_ok=True)
        for path in paths:
            with replacing(target / path.name) as fresh:
                shutil.copyfile(path, fresh)
        return sum(path.stat().st_size for path in paths)
