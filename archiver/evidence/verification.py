"""Verification: an archive and its evidence, checked against each other and against the digests that both hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver import store
from archiver.errors import ArchiverError, ReadError
from archiver.evidence.copies import is_evidence
from archiver.evidence.findings import Finding, Looked, remark
from archiver.evidence.manifests import Manifest, Sealed, is_manifest, manifest_name, read_manifest, seal_file, seals
from archiver.evidence.records import FileCheck
from archiver.evidence.timestamps import SUFFIX, check_timestamp, token_path
from archiver.warc import NAME

LOCKS = frozenset({"lock", "lock-journal"})
"""What SQLite has in the folder for a lock."""


def verify(
    db: store.Database,
    folder: Path,
    looked: Looked,
    *,
    certificates: tuple[Any, ...] = (),
    report: Callable[[int], None] = lambda _: None,
) -> Iterator[Finding]:
    """All that is wrong with an archive and the evidence in its folder, as it is met; nothing is written.

    `looked` is counted up meanwhile, and `report` called with numbers of bytes, which are those of all WARC files in
    the end. With `certificates` the authorities of timestamps are checked. Memory does not grow with the archive.

    A run may go on meanwhile: the folder is listed before the first row is read, so that the rows are there that a
    manifest vouches for; `db` should be frozen from then on.
    """
    check = _Verification(db=db, folder=folder, looked=looked, certificates=certificates, report=report)
    foreign = list(check.list_folder()) if folder.is_dir() else []
    yield from verify_archive(db, looked)
    yield from foreign
    yield from check.findings()


def verify_archive(db: store.Database, looked: Looked) -> Iterator[Finding]:
    """What is wrong within the database: its pages, its rows, the files that it holds, and media beside it."""
    path, intact = store.archive_path(db).name, True
    looked.members, looked.large = db.table("sqlar").count, store.count_large_media(db)
    for fault in store.find_faults(db):
        yield Finding(where=path, detail=fault)
    for name, fault in store.find_member_faults(db):
        intact = False
        yield Finding(where=f"{path}, sqlar {name}", detail=fault)
    for name, fault in store.find_media_faults(db):
        yield Finding(where=f"{store.media_folder(store.archive_path(db)).name}/{name}", detail=fault)
    for id_, fault in store.find_media_misfits(db):
        yield Finding(where=f"{path}, media {id_}", detail=fault)
    for name in store.find_unnamed_files(db):
        yield remark(name, "a file that no row names: what is known of it was taken away, or never written")
    told = [store.find_dangling(db), store.find_misread(db) if intact else None]
    yield from (Finding(where=path, detail=fault) for fault in told if fault)
    looked.captures, looked.with_evidence = store.count_captures(db)
    for id_ in store.load_captures_without_evidence(db):
        yield Finding(where=f"{path}, captures {id_}", detail="an answer came, and no file is named that has it")


@dataclass(kw_only=True)
class _Verification:
    """The check of a folder of evidence."""

    db: store.Database
    folder: Path
    looked: Looked
    certificates: tuple[Any, ...]
    report: Callable[[int], None]
    names: set[str] = field(default_factory=set)
    manifests: dict[str, Manifest] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """What is wrong, file by file."""
        if not self.folder.is_dir():
            if self.looked.with_evidence:
                detail = f"the folder is not there, which has the evidence of {self.looked.with_evidence:,} captures"
                yield Finding(where=self.folder.name, detail=detail)
            yield from self._check_runs()
            return
        for name in sorted(filter(is_manifest, self.names)):
            yield from self._check_manifest(name)
        for name in sorted(name for name in self.names if name.endswith(SUFFIX)):
            yield from self._check_timestamp(name)
        yield from self._check_files()
        yield from self._check_runs()

    def list_folder(self) -> Iterator[Finding]:
        """Note what is in the folder; links, and what is of no run, are told."""
        try:
            paths = sorted(self.folder.iterdir())
        except OSError as error:
            yield Finding(where=self.folder.name, detail=f"it cannot be read: {error.strerror or error}")
            return
        for path in paths:
            if path.is_symlink():
                yield Finding(where=path.name, detail="it is a link: evidence is a file of its own")
            elif is_evidence(path):
                self.names.add(path.name)
            elif path.name not in LOCKS:
                yield Finding(where=path.name, detail="no run wrote it here")

    def _check_manifest(self, name: str) -> Iterator[Finding]:
        self.looked.manifests += 1
        try:
            manifest = self.manifests[name] = read_manifest(self.folder / name)
        except ReadError as error:
            yield Finding(where=name, detail=str(error))
            return
        if manifest_name(manifest.run, manifest.capture) != name:
            yield Finding(where=name, detail=f"it is the manifest of run {manifest.run}, under another name")
        for file in manifest.files:
            if fault := self._fault_of(file):
                yield Finding(where=file.name, detail=f"{fault} ({name})")
        if fault := self._fault_of_rows(manifest):
            yield Finding(where=name, detail=fault)

    def _fault_of(self, file: Sealed) -> str | None:
        """In what a file is not as its manifest says."""
        if file.name not in self.names:
            return "it is missing"
        try:
            now = seal_file(self.folder / file.name)
        except OSError as error:
            return f"it cannot be read: {error.strerror or error}"
        if now.length != file.length:
            return f"it has {now.length:,} bytes, and had {file.length:,} when its run ended"
        return None if now.sha256 == file.sha256 else "it is not as its run left it: its SHA-256 is another"

    def _fault_of_rows(self, manifest: Manifest) -> str | None:
        """In what the captures of a run are not as its manifest says."""
        run_id = store.find_run(self.db, manifest.capture)
        if run_id is None:
            return f"the {manifest.count:,} captures of its run are not in the archive"
        if unknown := [name for name in manifest.columns if name not in store.COLUMNS["captures"]]:
            return f"it vouches for a column that captures do not have: {unknown[0][:60]}"
        count, rows = store.digest_captures(self.db, run_id, manifest.columns)
        if count != manifest.count:
            return f"its run made {manifest.count:,} captures, of which {count:,} are in the archive"
        return None if rows == manifest.rows else "the captures of its run are not as they were: another SHA-256"

    def _check_runs(self) -> Iterator[Finding]:
        """The runs that have no manifest, but for those that a file without one tells of already."""
        names = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []  # one may be new
        unsealed = self.names - self._sealed()
        for run in store.load_captured_runs(self.db):
            if seals(names, run.capture) or unsealed & store.load_files_of_run(self.db, run.id):
                continue
            where = f"{store.archive_path(self.db).name}, runs {run.id}"
            if run.finished_at:
                yield Finding(where=where, detail="it ended, and left a manifest that is not here any more")
            else:
                yield remark(where, "it has no manifest: it goes on, or was killed, and the next one seals it")

    def _check_timestamp(self, name: str) -> Iterator[Finding]:
        self.looked.timestamps += 1
        manifest = self.folder / name.removesuffix(SUFFIX)
        if manifest.name not in self.names:
            yield Finding(where=name, detail="the manifest that it is of is missing")
            return
        try:
            check_timestamp(token_path(manifest), manifest.read_bytes(), self.certificates)
        except ReadError as error:
            yield Finding(where=name, detail=str(error))
        except OSError as error:
            yield Finding(where=name, detail=f"it cannot be read: {error.strerror or error}")
        except ArchiverError as error:  # what reads timestamps is not installed
            yield remark(name, str(error))

    def _check_files(self) -> Iterator[Finding]:
        sealed = self._sealed()
        check = FileCheck(db=self.db, folder=self.folder, sealed=sealed, looked=self.looked, report=self.report)
        for name in sorted(filter(NAME.fullmatch, self.names)):
            self.looked.files += 1
            self.looked.bytes += (self.folder / name).stat().st_size
            yield from check.check(name)
            if name not in sealed and store.is_of_ended_run(self.db, name):
                yield Finding(where=name, detail="its run ended, and left a manifest that is not here any more")
            elif name not in sealed:
                yield remark(name, "no manifest has it: its run goes on, or was killed, and the next one seals it")
        for name, count in store.count_captures_by_file(self.db):
            if name not in self.names and not self._is_new(name):
                yield Finding(where=name, detail=f"it is missing, with the evidence of {count:,} captures")

    def _sealed(self) -> frozenset[str]:
        """The files that a manifest has."""
        return frozenset(file.name for manifest in self.manifests.values() for file in manifest.files)

    def _is_new(self, name: str) -> bool:
        """Whether a file was begun since the folder was listed."""
        return bool(NAME.fullmatch(name)) and is_evidence(self.folder / name)
