"""Evidence: every request and its answer as they went over the wire, in WARC 1.1 files in a folder beside the archive.

Written as ISO 28500:2017 says (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/): each
record is a member of its own of a gzip file, so that it can be read from its offset alone.
"""

import base64
import hashlib
import re
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archiver import __version__
from archiver.errors import ArchiverError
from archiver.fetch import Exchange

LARGEST = 1_000_000_000
"""Bytes after which a new file is begun; what the specification recommends (annex C)."""

_NAME = re.compile(r"\d{20}-[0-9a-f]{8}\.warc\.gz")
"""When it was begun (UTC, to the microsecond), and eight digits by chance: no two archives have files of one name."""

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

    Raises ArchiverError where they cannot be written.
    """

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder, self._largest = folder, largest
        self._file: BinaryIO | None = None

    def __enter__(self) -> "Warc":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def keep(self, exchange: Exchange) -> Place | None:
        """Write an exchange, and say where it is; None where no answer came, of which there is nothing to keep."""
        if exchange.status is None:
            return None
        try:
            return self._write(exchange)
        except OSError as error:
            raise ArchiverError(f"{self._folder} cannot be written: {error.strerror or error}.") from error

    def _write(self, exchange: Exchange) -> Place:
        file = self._current()
        offset = file.tell()
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        response = _response(writer, exchange)
        writer.write_request_response_pair(_request(writer, exchange), response)
        file.flush()
        return Place(
            file=Path(file.name).name,
            offset=offset,
            record_id=response.rec_headers.get_header("WARC-Record-ID"),
            sha256=hashlib.sha256(exchange.body).hexdigest(),
        )

    def _current(self) -> BinaryIO:
        """The file that is written to: a new one, where there is none yet or the last one is full."""
        if self._file and self._file.tell() >= self._largest:
            self._close()
        if self._file is None:
            self._folder.mkdir(exist_ok=True)
            if last := max((path for path in self._folder.iterdir() if _NAME.fullmatch(path.name)), default=None):
                _mend(last)
            path = self._folder / f"{datetime.now(UTC):%Y%m%d%H%M%S%f}-{uuid.uuid4().hex[:8]}.warc.gz"
            self._file = path.open("xb")
            writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
            software = f"embed-archiver/{__version__}"
            about = {"software": software, "format": "WARC File Format 1.1"}
            writer.write_record(writer.create_warcinfo_record(path.name, about))
        return self._file

    def _close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


def _mend(path: Path) -> None:
    """Cut off a record that a killed run left half-written: nothing refers to it yet."""
    with path.open("rb+") as file:
        file.truncate(max(_ends(file), default=0))


def _ends(file: BinaryIO) -> Iterator[int]:
    """Where each whole member of a gzip file ends, in bytes."""
    done, unpacker = 0, zlib.decompressobj(zlib.MAX_WBITS | 16)
    while part := file.read(1 << 20):
        done += len(part)
        while part:
            try:
                unpacker.decompress(part)
            except zlib.error:
                return
            part = unpacker.unused_data
            if unpacker.eof:
                yield done - len(part)
                unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)


def _request(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    path = "/" + exchange.url.split("/", 3)[3] if exchange.url.count("/") > 2 else "/"
    host = exchange.url.split("/", 3)[2]
    headers = StatusAndHeaders(f"GET {path} HTTP/1.1", [("Host", host), *exchange.request], is_http_request=True)
    return writer.create_warc_record(exchange.url, "request", http_headers=headers)


def _response(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    about = {"WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>", "WARC-Date": exchange.at}
    about["WARC-Payload-Digest"] = f"sha256:{base64.b32encode(hashlib.sha256(exchange.body).digest()).decode()}"
    if exchange.address:
        about["WARC-IP-Address"] = exchange.address
    if exchange.truncated:
        about["WARC-Truncated"] = exchange.truncated
    headers = [(f"X-Archive-Orig-{key}" if key.lower() in _UNPACKED else key, one) for key, one in exchange.headers]
    status = StatusAndHeaders(f"{exchange.status} {exchange.reason}".rstrip(), headers, protocol="HTTP/1.1")
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=status,
        warc_headers_dict=about,
    )
