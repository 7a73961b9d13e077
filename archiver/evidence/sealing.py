"""Sealing: when a run ends, or the next one begins, what it captured is put down in a manifest."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from archiver import store
from archiver.errors import ReadError
from archiver.evidence.manifests import (
    Manifest,
    format_manifest,
    is_manifest,
    manifest_name,
    read_manifest,
    seal_file,
    seals,
)
from archiver.warc import NAME, Warc, mend
from archiver.writing import named_errors, replacing


@contextmanager
def keeping(
    db: store.Database, folder: Path, run_id: int, *, report: Callable[[Manifest], None] = lambda _: None
) -> Iterator[Warc]:
    """The evidence of a run, to be added to while the block runs, and then sealed.

    What runs left that were killed is sealed first, and `report` called with each of their manifests. Where the block
    fails its run is one of those, for the next one. Must be called by one process at a time. Raises ArchiverError where
    the folder cannot be written.
    """
    for manifest in seal_earlier(db, folder, run_id):
        report(manifest)
    with Warc(folder, partial(store.load_captures_with_body, db)) as warc:
        yield warc
    seal(db, folder, run_id)


def seal_earlier(db: store.Database, folder: Path, run_id: int) -> Iterator[Manifest]:
    """Write, one after the other, the manifests of the runs before that were killed and have none, unless the folder
    has none of their evidence. That of a run that ended is not made anew: it is lost, which `verify` tells."""
    with named_errors(folder):
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        unsealed = _unsealed(db, folder)
        for run in store.load_captured_runs(db):
            noted = store.load_files_of_run(db, run.id)
            is_killed = run.id != run_id and not run.finished_at and not seals(names, run.capture)
            if is_killed and (noted & unsealed or not noted):
                yield _seal(db, folder, run, noted & unsealed, run_id, unfinished=noted & unsealed)


def seal(db: store.Database, folder: Path, run_id: int) -> None:
    """Write the manifest of a run that ends: of its captures, and of all files that are in none yet.

    Those are its own, and what runs left that were killed before they could note a capture.
    """
    with named_errors(folder):
        for run in store.load_captured_runs(db):
            if run.id == run_id:
                files = _unsealed(db, folder)
                _seal(db, folder, run, files, run_id, unfinished=files - store.load_files_of_run(db, run_id))


def _unsealed(db: store.Database, folder: Path) -> frozenset[str]:
    """The names of the WARC files that are in no manifest."""
    paths = list(folder.iterdir()) if folder.is_dir() else []
    sealed = {name for path in paths if is_manifest(path.name) for name in _files_of(db, path)}
    there = {path.name for path in paths if NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink()}
    return frozenset(there - sealed)


def _files_of(db: store.Database, manifest: Path) -> frozenset[str]:
    """The files that a manifest names; where it is damaged, which `verify` tells, those that its run noted."""
    try:
        return frozenset(file.name for file in read_manifest(manifest).files)
    except ReadError:
        runs = (run for run in store.load_captured_runs(db) if seals([manifest.name], run.capture))
        return frozenset(name for run in runs for name in store.load_files_of_run(db, run.id))


def _seal(
    db: store.Database,
    folder: Path,
    run: store.CapturedRun,
    files: frozenset[str],
    sealed_by: int,
    *,
    unfinished: frozenset[str],
) -> Manifest:
    """Write a manifest, and give it; of `unfinished` files what a killed run had not completed is cut off first."""
    cut_off = {name: cut for name in sorted(unfinished) if (cut := mend(folder / name))}
    count, rows = store.digest_captures(db, run.id, store.SEALED_COLUMNS)
    manifest = Manifest(
        run=run.id,
        started_at=run.started_at,
        version=run.version,
        sealed_by=sealed_by,
        sealed_at=store.now(),
        count=count,
        rows=rows,
        capture=run.capture,
        columns=store.SEALED_COLUMNS,
        files=tuple(seal_file(folder / name) for name in sorted(files)),
        cut_off=cut_off,
    )
    folder.mkdir(exist_ok=True)
    with replacing(folder / manifest_name(run.id, run.capture)) as fresh, fresh.open("w", encoding="utf-8") as file:
        file.write(format_manifest(manifest))
        file.flush()
        os.fsync(file.fileno())
    return manifest
