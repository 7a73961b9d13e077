"""Writing WARC files: one new file after the other, each exchange as a pair of records, a body once in an archive.

warcio's `capture_http` would write such pairs by itself, by a patch of `http.client` for the whole process. It is not
used: an answer that is cut off has to say so, bodies of other runs have to be known, each exchange has to be told where
it is, and threads that ask must not wait for the one that writes.
"""

import base64
import hashlib
import os
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archiver import __version__
from archiver.errors import ReadError
from archiver.fetch import Exchange
from archiver.records import Capture
from archiver.warc.reading import Find, read_record, warc_path, whole_length
from archiver.writing import named_errors

LARGEST = 1_000_000_000
"""Bytes after which a new file is begun; what the specification recommends (annex C)."""

SMALLEST = 512
"""Bytes of a body from which on it is not written again. To refer to it takes a hundred (measured: 1,115 bytes for such
a pair of records, 1,013 for one without a body, 1,622 for one of 500 packed bytes), and makes one file need another."""

MOST_RECENT, MOST_TRIED = 10_000, 10
"""Bodies of which it is remembered where they are, and places where one is looked for before it is written again."""

_UNPACKED = frozenset({"transfer-encoding"})
"""Headers of what was taken off when the answer was received: kept under another name, as other crawlers do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an exchange is kept: the file, the first byte of its response record there, that record's id, and the
    SHA-256 of its payload (hexadecimal)."""

    file: str
    offset: int
    record_id: str
    sha256: str


def evidence_folder(archive: Path) -> Path:
    """The folder beside an archive that its evidence is in.

    >>> evidence_folder(Path("press/archive.db")).name
    'archive-warc'
    """
    return archive.with_name(f"{archive.stem}-warc")


class Warc:
    """The WARC files of an archive, to be added to: by one process at a time, in a new file for each run.

    `find` says which captures have a body that comes again; of what they refer to, a record with that body has to be in
    the folder, for it not to be written again. Raises ArchiverError where they cannot be written.
    """

    def __init__(self, folder: Path, find: Find = lambda _: (), largest: int = LARGEST) -> None:
        self._folder, self._find, self._largest = folder, find, largest
        self._file: BinaryIO | None = None
        self._recent: dict[str, _Original] = {}

    def __enter__(self) -> "Warc":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def keep(self, exchange: Exchange) -> Place | None:
        """Write an exchange, and say where it is; None where no answer came, of which there is nothing to keep."""
        if exchange.status is None:
            return None
        with named_errors(self._folder):
            return self._write(exchange)

    def _write(self, exchange: Exchange) -> Place:
        file = self._current()
        offset = file.tell()
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        sha256 = hashlib.sha256(exchange.body).hexdigest()
        is_whole = len(exchange.body) >= SMALLEST and not exchange.truncated
        original = self._original(sha256) if is_whole else None
        response = _revisit(writer, exchange, original) if original else _response(writer, exchange)
        writer.write_request_response_pair(_request(writer, exchange), response)
        file.flush()
        id_ = response.rec_headers.get_header("WARC-Record-ID")
        if is_whole and not original:
            self._remember(sha256, _Original(record_id=id_, url=exchange.url, at=exchange.at))
        return Place(file=Path(file.name).name, offset=offset, record_id=id_, sha256=sha256)

    def _original(self, sha256: str) -> "_Original | None":
        """The record that has the body with this digest already, if one has."""
        if sha256 not in self._recent:
            for capture in islice(self._find(sha256), MOST_TRIED):
                if found := _kept(self._folder, capture):
                    self._remember(sha256, found)
                    break
        return self._recent.get(sha256)

    def _remember(self, sha256: str, original: "_Original") -> None:
        self._recent[sha256] = original
        if len(self._recent) > MOST_RECENT:
            del self._recent[next(iter(self._recent))]

    def _current(self) -> BinaryIO:
        """The file that is written to: a new one, where there is none yet or the last one is full."""
        if self._file and self._file.tell() >= self._largest:
            self._close()
        if self._file is None:
            self._folder.mkdir(exist_ok=True)
            path = self._folder / f"{datetime.now(UTC):%Y%m%d%H%M%S%f}-{uuid.uuid4().hex[:8]}.warc.gz"
            self._file = path.open("xb")
            writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
            software = f"embed-archiver/{__version__}"
            about = {"software": software, "format": "WARC File Format 1.1"}
            writer.write_record(writer.create_warcinfo_record(path.name, about))
        return self._file

    def _close(self) -> None:
        """End the file, so that it outlives a loss of power."""
        if self._file:
            with named_errors(self._folder), self._file as file:
                self._file = None
                file.flush()
                os.fsync(file.fileno())


def mend(path: Path) -> int:
    """Cut off a record that a killed run left half-written, which nothing refers to yet; how many bytes that were.

    A file that is damaged otherwise stays as it is.
    """
    length, whole = path.stat().st_size, whole_length(path)
    if whole is None or whole == length:
        return 0
    os.truncate(path, whole)
    return length - whole


@dataclass(frozen=True, kw_only=True, slots=True)
class _Original:
    """A record that another one can refer to for its body."""

    record_id: str
    url: str
    at: str


def _kept(folder: Path, capture: Capture) -> _Original | None:
    """The record of a capture's answer, if it is in the folder with its body, all of it and undamaged."""
    if capture.file is None or capture.byte_offset is None or capture.record_id is None:
        return None
    try:
        record = read_record(warc_path(folder, capture.file), capture.byte_offset)
    except ReadError:  # it came from another archive, or was lost: the body is written again
        return None
    told = (record.kind, record.id, record.sha256, record.fault)
    if told != ("response", capture.record_id, capture.sha256, None) or record.truncated:
        return None
    return _Original(record_id=capture.record_id, url=record.url or capture.url, at=record.at or capture.fetched_at)


def _request(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    path = "/" + exchange.url.split("/", 3)[3] if exchange.url.count("/") > 2 else "/"
    host = exchange.url.split("/", 3)[2]
    line = f"{exchange.method} {path} HTTP/1.1"
    headers = StatusAndHeaders(line, [("Host", host), *exchange.request], is_http_request=True)
    return writer.create_warc_record(
        exchange.url, "request", http_headers=headers, payload=BytesIO(exchange.sent), length=len(exchange.sent)
    )


def _response(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    about = _about(exchange)
    about["WARC-Payload-Digest"] = _digest(exchange.body)
    if exchange.truncated:
        about["WARC-Truncated"] = exchange.truncated
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_head(exchange),
        warc_headers_dict=about,
    )


def _revisit(writer: WARCWriter, exchange: Exchange, original: _Original) -> ArcWarcRecord:
    """An answer whose body is that of another record: WARC 1.1, section 6.7.2, which also wants WARC-Truncated."""
    about = _about(exchange) | {"WARC-Refers-To": original.record_id, "WARC-Truncated": "length"}
    return writer.create_revisit_record(
        exchange.url,
        _digest(exchange.body),
        original.url,
        original.at,
        http_headers=_head(exchange),
        warc_headers_dict=about,
    )


def _about(exchange: Exchange) -> dict[str, str]:
    about = {"WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>", "WARC-Date": exchange.at}
    return about | {"WARC-IP-Address": exchange.address} if exchange.address else about


def _digest(body: bytes) -> str:
    return f"sha256:{base64.b32encode(hashlib.sha256(body).digest()).decode()}"


def _head(exchange: Exchange) -> StatusAndHeaders:
    headers = [(f"X-Archive-Orig-{key}" if key.lower() in _UNPACKED else key, one) for key, one in exchange.headers]
    return StatusAndHeaders(f"{exchange.status} {exchange.reason}".rstrip(), headers, protocol="HTTP/1.1")
