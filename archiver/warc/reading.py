"""Reading WARC files: record by record, each checked against its own digests, or one from its offset."""

import base64
import binascii
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from warcio.limitreader import LimitReader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from archiver.errors import ReadError
from archiver.fetch.exchanges import UnpackError, unpack
from archiver.records import Capture

PACKED, UNPACKED = 1 << 14, 1 << 16
"""Bytes that are read at once: of the file, most of whose records are shorter, and of a record."""

NAME = re.compile(r"\d{20}-[0-9a-f]{8}\.warc\.gz")
"""When it was begun (UTC, to the microsecond), and eight digits by chance: no two archives have files of one name."""

LONGEST_HEAD = 1 << 20
"""Bytes of a record's own headers, and of the head of the answer in it; fetching takes no head near as long."""

WITH_PAYLOAD = frozenset({"response", "request"})
WITH_HEAD = WITH_PAYLOAD | {"revisit"}
"""Types of records that have a payload behind an HTTP head, and that have such a head: a revisit's is elsewhere."""

Find = Callable[[str], Iterable[Capture]]
"""The captures whose answer has a body of a SHA-256 (hexadecimal): where that may be kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A record that was read to its end.

    `offset` is its first byte in the file, `end` the first one after it, `head` the HTTP head in it. `sha256` is that
    of the payload as the record says it (hexadecimal), `status` that of HTTP. `fault` says in words what in it is not
    as it says itself.
    """

    offset: int
    end: int
    kind: str
    id: str | None
    url: str | None
    at: str | None
    method: str | None = None
    status: int | None = None
    sha256: str | None = None
    refers_to: str | None = None
    concurrent_to: str | None = None
    truncated: str | None = None
    head: bytes = field(default=b"", repr=False)
    fault: str | None = None


def read_records(file: BinaryIO, offset: int = 0) -> Iterator[Record]:
    """The records of an open WARC file from an offset on, to its end; memory stays flat.

    Raises ReadError at the first byte that belongs to none: `damaged`, or `truncated` where the file ends too early.
    """
    while True:
        member = _Member(file, offset)
        if not member.peek():
            return
        record = _read(member)
        yield record
        offset = record.end


def read_record(path: Path, offset: int) -> Record:
    """The record that begins at an offset of a file. Raises ReadError where none does or it cannot be read."""
    with open_warc(path) as file:
        return _read(_Member(file, offset))


def read_body(folder: Path, file: str, offset: int, find: Find) -> bytes:
    """The body of the answer whose record begins at an offset of a file in the folder, as it was sent.

    Where it is kept with another record, which `find` finds, it is read there. Raises ReadError where it cannot be
    read, or is not the body that the record says.
    """
    record, body = _with_body(warc_path(folder, file), offset)
    if record.kind == "revisit":
        places = (one for one in find(record.sha256 or "") if one.record_id == record.refers_to)
        place = next(places, None)
        if place is None or place.file is None or place.byte_offset is None:
            raise ReadError(f"{file}, byte {offset:,}: the record that has its body is not known.", kind="missing")
        record, body = _with_body(warc_path(folder, place.file), place.byte_offset)
    if record.fault or record.kind != "response":
        raise ReadError(f"{file}, byte {offset:,}: {record.fault or 'it is no answer'}.", kind="damaged")
    return body


def read_content(folder: Path, file: str, offset: int, find: Find) -> bytes:
    """The same body, unpacked as the answer's head says. Raises ReadError also where it is not packed so."""
    head = read_record(warc_path(folder, file), offset).head
    found = re.search(rb"^content-encoding:\s*(\S+)\s*$", head, re.MULTILINE | re.IGNORECASE)
    try:
        return unpack(read_body(folder, file, offset, find), found[1].decode("latin-1") if found else None)
    except UnpackError as error:
        raise ReadError(f"{file}, byte {offset:,}: {error}.", kind="damaged") from error


def _with_body(path: Path, offset: int) -> tuple[Record, bytes]:
    body = io.BytesIO()
    with open_warc(path) as file:
        return _read(_Member(file, offset), body), body.getvalue()


def warc_path(folder: Path, name: str) -> Path:
    """The path of a file of the folder that a row names. Raises ReadError where no run names a file so: it may lead
    anywhere."""
    if not NAME.fullmatch(name):
        raise ReadError(f"{name[:200]!r} is no name of a WARC file.", kind="malformed")
    return folder / name


def whole_length(path: Path) -> int | None:
    """How many bytes of a file are whole records, if all that follows is the beginning of one; None where it is not.

    What a killed process leaves is cut off somewhere, but not wrong before that.
    """
    end = 0
    try:
        with open_warc(path) as file:
            for record in read_records(file):
                end = record.end
    except ReadError as error:
        return end if error.kind == "truncated" else None
    return end


@contextmanager
def open_warc(path: Path) -> Iterator[BinaryIO]:
    """A WARC file to read records from, which names it in each ReadError."""
    try:
        with path.open("rb", buffering=1 << 20) as file:
            yield file
    except ReadError as error:
        raise ReadError(f"{path}, {error}.", kind=error.kind) from error
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}.", kind="missing") from error


class _Member(io.RawIOBase):
    """One member of a gzip file, unpacked as it is read; `end` is where it ends in the file, once it was read."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file, self.offset = file, offset
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        file.seek(offset)
        self._packed = file.read(PACKED)

    @property
    def end(self) -> int:
        return self._file.tell() - len(self._unpacker.unused_data)

    def peek(self) -> bool:
        """Whether there is anything at its offset."""
        return bool(self._packed)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._unpacker.eof:
            if not self._packed:
                raise ReadError(f"byte {self.offset:,}: the file ends in the middle of a record", kind="truncated")
            try:
                part = self._unpacker.decompress(self._packed, len(into))
            except zlib.error as error:
                raise ReadError(f"byte {self.offset:,}: its packing is damaged", kind="damaged") from error
            self._packed = self._unpacker.unconsumed_tail or (b"" if self._unpacker.eof else self._file.read(PACKED))
            if part:
                into[: len(part)] = part
                return len(part)
        return 0


def _read(member: _Member, body: BinaryIO | None = None) -> Record:
    """The record in a member, read to its end, its payload written to `body`."""
    stream = io.BufferedReader(member, UNPACKED)
    headers, block = _head_of(stream, member.offset)
    kind = headers.get("warc-type") or ""
    head, faults = _read_block(kind, headers, block, body)
    if stream.read(5) != b"\r\n\r\n":
        faults.append("its end is not where it says")
        while stream.read(UNPACKED):
            pass
    return Record(
        offset=member.offset,
        end=member.end,
        kind=kind,
        id=headers.get("warc-record-id"),
        url=headers.get("warc-target-uri"),
        at=headers.get("warc-date"),
        sha256=_hexadecimal(headers.get("warc-payload-digest")),
        refers_to=headers.get("warc-refers-to"),
        concurrent_to=headers.get("warc-concurrent-to"),
        truncated=headers.get("warc-truncated"),
        head=head,
        fault=faults[0] if faults else None,
        **_told_by(kind, head),
    )


def _read_block(kind: str, headers: Mapping[str, str], block: Any, body: BinaryIO | None) -> tuple[bytes, list[str]]:
    """The HTTP head in a record's block, which is read to its end, and what is wrong with that."""
    first = block.read(LONGEST_HEAD)
    head, found, payload = first.partition(b"\r\n\r\n") if kind in WITH_HEAD else (b"", b"", b"")
    checks = [_Check("block", headers.get("warc-block-digest"), first)]
    if kind in WITH_PAYLOAD:
        checks.append(_Check("payload", headers.get("warc-payload-digest"), payload))
    if body is not None:
        body.write(payload)
    while part := block.read(UNPACKED):
        for check in checks:
            check.update(part)
        if body is not None:
            body.write(part)
    faults = [] if found or kind not in WITH_PAYLOAD else ["it has no HTTP head"]
    if block.limit:
        faults.append(f"it lacks {block.limit:,} bytes")
    return head, faults + [fault for check in checks if (fault := check.fault())]


def _head_of(stream: IO[bytes], offset: int) -> tuple[Mapping[str, str], Any]:
    """A record's headers, by their names in lower case, and its block."""
    try:
        parsed = _PARSER.parse(io.BytesIO(_lines_of(stream))).headers
        headers = {name.lower(): value for name, value in parsed}
        length = int(headers["content-length"])
    except (StatusAndHeadersParserException, EOFError, ValueError, KeyError) as error:
        raise ReadError(f"byte {offset:,}: it is no record of a WARC file", kind="damaged") from error
    return headers, LimitReader(stream, max(length, 0))


def _lines_of(stream: IO[bytes]) -> bytes:
    """The lines up to the first empty one. Raises EOFError where none comes in time."""
    lines = b""
    while not lines.endswith(b"\r\n\r\n"):
        line = stream.readline(LONGEST_HEAD - len(lines))
        if not line:
            raise EOFError
        lines += line
    return lines


_PARSER = StatusAndHeadersParser(["WARC/1.1", "WARC/1.0"])


def _told_by(kind: str, head: bytes) -> dict[str, Any]:
    """The method of a request, or the status of an answer."""
    line = head.partition(b"\r\n")[0].decode("latin-1")
    if kind == "request":
        return {"method": line.partition(" ")[0]}
    found = re.match(r"HTTP/[\d.]+ (\d{3})\b", line)
    return {"status": int(found[1])} if found else {}


class _Check:
    """A digest of what is read, to be compared with the one that a header says, as in `sha1:` and base32."""

    def __init__(self, of: str, said: str | None, first: bytes) -> None:
        algorithm, _, value = (said or "").partition(":")
        self._of, self._value = of, value
        self._digest = hashlib.new(algorithm, first, usedforsecurity=False) if algorithm in {"sha1", "sha256"} else None

    def update(self, part: bytes) -> None:
        if self._digest:
            self._digest.update(part)

    def fault(self) -> str | None:
        if self._digest is None:
            return f"it says no digest of its {self._of} that is known"
        said = _decoded(self._value)
        return None if said == self._digest.digest() else f"its {self._of} is not what its digest says"


def _decoded(value: str) -> bytes | None:
    try:
        return base64.b32decode(value)
    except binascii.Error:
        return None


def _hexadecimal(digest: str | None) -> str | None:
    """The SHA-256 that a header says, as `captures` has it."""
    algorithm, _, value = (digest or "").partition(":")
    decoded = _decoded(value) if algorithm == "sha256" else None
    return decoded.hex() if decoded else None
