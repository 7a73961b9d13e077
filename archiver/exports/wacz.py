"""WACZ: the evidence of captures as one file for programs that replay web archives (WACZ 1.1.1).

https://specs.webrecorder.net/wacz/1.1.1/: the WARC files as they are, an index of their records, and a page for each
post that was captured. Exchanges about posts that are redacted, or of which words are withheld, are left out of the
files.

The only module that imports cdxj_indexer, and only when it is needed.
"""

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import StringIO
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any, BinaryIO

from archiver import __version__, store
from archiver.errors import ArchiverError
from archiver.evidence import Shown, copy_record, list_evidence, referred_to, shown_records
from archiver.platforms import BY_NAME
from archiver.records import Capture
from archiver.warc import NAME, evidence_folder

CHUNK = 1 << 20
INDEX_LINES = 1024
"""Lines in a block of the index, as other programs that make such files have them."""


def write_wacz(db: store.Database, out: BinaryIO) -> None:
    """Write the evidence beside the archive.

    Raises ArchiverError where there is none, or cdxj-indexer is not installed.
    """
    indexer = _indexer()
    folder, shown = evidence_folder(store.archive_path(db)), {name for name, _ in store.count_captures_by_file(db)}
    paths = [path for path in list_evidence(folder) if NAME.fullmatch(path.name) and path.name in shown]
    if not paths:
        raise ArchiverError(f"{folder} has no evidence to pack; `archiver capture` fetches some.")
    with tempfile.TemporaryDirectory(prefix="archiver-") as scratch, _seekable(out) as file:
        warcs = _as_shown(paths, store.shown_offsets(db), Path(scratch))
        with zipfile.ZipFile(file, "w") as packed:
            _write(_Package(packed, store.changed_at(db)), db, warcs, indexer)


def _write(package: "_Package", db: store.Database, warcs: list[Path], indexer: Any) -> None:
    for path in warcs:
        package.add(f"archive/{path.name}", _parts(path), path.stat().st_size)
    lines = StringIO()
    with package.entry("indexes/index.cdx.gz") as entry:
        indexer(
            lines,
            [str(path) for path in warcs],
            sort=True,
            post_append=True,
            compress=entry,
            lines=INDEX_LINES,
            data_out_name="index.cdx.gz",
            digest_records=True,
        ).process_all()
    package.add("indexes/index.idx", [lines.getvalue().encode()])
    package.add("pages/pages.jsonl", _pages(db, {path.name for path in warcs}))
    package.finish()


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            yield part


def _pages(db: store.Database, names: set[str]) -> Iterator[bytes]:
    """A page for each post that was captured: the answer that tells of it, with the post's own address in its title.

    Its own address as that of the page would lead nowhere: what was asked, and can be replayed, is another one.
    """
    yield _line({"format": "json-pages-1.0", "id": "pages", "title": "Posts", "hasText": True})
    for permalink, capture in store.load_latest_captured(db):
        if capture.file in names:
            yield _line(
                {
                    "id": capture.id,
                    "url": capture.url,
                    "ts": capture.fetched_at,
                    "title": _title(permalink, capture),
                    "text": capture.text or "",
                }
            )


def _title(permalink: str | None, capture: Capture) -> str:
    platform = BY_NAME.get(capture.post_id.partition(":")[0])
    author = capture.author_name or capture.handle
    told = (author, f"on {platform.label}" if platform else None, permalink or capture.permalink or capture.post_id)
    return " ".join(filter(None, told))


def _as_shown(paths: list[Path], shown: Shown | None, scratch: Path) -> list[Path]:
    """The files, or copies of them without what is not shown."""
    if shown is None:
        return paths
    bodies = referred_to(paths, shown)
    return [_copy(path, shown(path.name), bodies, scratch) for path in paths]


def _copy(path: Path, shown: frozenset[int], bodies: frozenset[str], scratch: Path) -> Path:
    copy = scratch / path.name
    with path.open("rb") as warc, copy.open("wb") as out:
        for record, is_shown in shown_records(path, shown, bodies):
            if is_shown:
                copy_record(warc, record, out)
    return copy


class _Package:
    """A ZIP file whose members, none packed again, are listed with their digests at its end."""

    def __init__(self, packed: zipfile.ZipFile, changed_at: str | None) -> None:
        self._packed, self._created = packed, changed_at or "1980-01-01T00:00:00Z"
        self._resources: list[dict[str, Any]] = []

    @contextmanager
    def entry(self, path: str, size: int = 0) -> Iterator["_Entry"]:
        """A member to write to; one of more than 2 GB needs its size beforehand."""
        about = zipfile.ZipInfo(path, self._date())
        about.file_size, about.external_attr = size, 0o644 << 16
        with self._packed.open(about, "w") as out:
            entry = _Entry(out)
            yield entry
        name = path.rpartition("/")[2]
        digest = f"sha256:{entry.digest.hexdigest()}"
        self._resources.append({"name": name, "path": path, "hash": digest, "bytes": entry.size})

    def add(self, path: str, parts: Iterable[bytes], size: int = 0) -> None:
        """Add a member."""
        with self.entry(path, size) as entry:
            for part in parts:
                entry.write(part)

    def finish(self) -> None:
        """Add the list of members, and its digest."""
        package = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": "Captures of social-media posts",
            "created": self._created,
            "software": f"archiver {__version__}",
            "resources": self._resources,
        }
        data = json.dumps(package, indent=2).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(data).hexdigest()}"}
        self.add("datapackage.json", [data])
        self.add("datapackage-digest.json", [json.dumps(digest, indent=2).encode()])

    def _date(self) -> tuple[int, int, int, int, int, int]:
        """When the archive was last changed, so that the same one gives the same file; ZIP has no date before 1980."""
        date, _, time = self._created.removesuffix("Z").partition("T")
        year, month, day = map(int, date.split("-"))
        hour, minute, second = map(int, time.split(":"))
        return (max(year, 1980), month, day, hour, minute, second)


class _Entry:
    """A member that is being written."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.digest, self.size = out, sha256(), 0

    def write(self, part: bytes) -> int:
        """Write and count."""
        self.digest.update(part)
        self.size += len(part)
        return self._out.write(part)


@contextmanager
def _seekable(out: BinaryIO) -> Iterator[IO[bytes]]:
    """A file to write a ZIP file to, which has to go back in it; it comes to the same bytes in a pipe."""
    if out.seekable() and not out.tell():
        yield out
        return
    with tempfile.TemporaryFile(prefix="archiver-") as scratch:
        yield scratch
        scratch.seek(0)
        copyfileobj(scratch, out)


def _line(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False)}\n".encode()


def _indexer() -> Any:
    try:
        from cdxj_indexer.main import CDXJIndexer
    except ImportError as error:
        raise ArchiverError("WACZ needs cdxj-indexer: install embed-archiver[wacz].") from error
    return CDXJIndexer
