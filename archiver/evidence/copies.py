"""Copies of evidence: its files go along with the archive, into bags, snapshots and other archives.

What is redacted or withheld does not: where it was is a note of the same length, so that all else is where it was.
"""

import base64
import os
import shutil
import struct
import uuid
import zlib
from collections.abc import Callable, Iterator, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

from archiver.errors import ReadError
from archiver.evidence.manifests import is_manifest
from archiver.evidence.timestamps import SUFFIX
from archiver.warc import NAME, Record, open_warc, read_records
from archiver.writing import named_errors, replacing

LEFT_OUT = "metadata"
"""The type of record that says that something was left out here; no run writes any of it."""

Shown = Callable[[str], frozenset[int]]
"""Where, in a WARC file of that name, the answers begin that may be shown."""


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

    Raises ReadError where it has one of the same name and other bytes, but for what was left out of that in the folder:
    no two runs write files of one name.
    """
    return list(_lacking(list_evidence(source), target))


def _lacking(paths: Sequence[Path], target: Path) -> Iterator[Path]:
    for path in paths:
        if not os.path.lexists(target / path.name):
            yield path
        elif not _is_same(path, target / path.name) and not _is_part(path, target / path.name):
            raise ReadError(f"{path} is not the file of that name in {target}; both stay.", kind="conflict")


def _is_same(one: Path, other: Path) -> bool:
    if not is_evidence(other) or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return file_digest(first, "sha256").digest() == file_digest(second, "sha256").digest()


def _is_part(copy: Path, other: Path) -> bool:
    """Whether a WARC file is a copy of another from which something was left out: there is more of it there."""
    if not (NAME.fullmatch(copy.name) and is_evidence(other) and copy.stat().st_size == other.stat().st_size):
        return False
    with copy.open("rb") as one, other.open("rb") as two:
        return all(
            record.kind == LEFT_OUT or _bytes_of(record, one) == _bytes_of(record, two) for record in _records(copy)
        )


def _bytes_of(record: Record, warc: BinaryIO) -> bytes:
    warc.seek(record.offset)
    return warc.read(record.end - record.offset)


def copy_evidence(paths: Sequence[Path], target: Path, shown: Shown | None = None) -> int:
    """Copy files of evidence to a folder, each there whole or not at all; how many bytes that were.

    With `shown` only these answers are in the copies, as `shown_records` has it. Copied to where they are, files stay
    as they are. Raises ReadError where one cannot be read of which not all is shown.
    """
    paths = [path for path in paths if not _is_there(path, target)]
    bodies = referred_to(paths, shown) if shown else frozenset()
    with named_errors(target):
        if paths:
            target.mkdir(exist_ok=True)
        for path in paths:
            with replacing(target / path.name) as fresh:
                if shown and NAME.fullmatch(path.name):
                    _copy_shown(path, shown(path.name), bodies, fresh)
                else:
                    shutil.copyfile(path, fresh)
        return sum(path.stat().st_size for path in paths)


def _is_there(path: Path, folder: Path) -> bool:
    return folder.is_dir() and path.parent.samefile(folder)


def referred_to(paths: Sequence[Path], shown: Shown) -> frozenset[str]:
    """The ids of the records that have the bodies of answers that are shown, which only refer to them."""
    return frozenset(
        record.refers_to
        for path in paths
        if NAME.fullmatch(path.name)
        for record, is_shown in shown_records(path, shown(path.name))
        if record.refers_to and is_shown
    )


def shown_records(
    path: Path, shown: frozenset[int], bodies: frozenset[str] = frozenset()
) -> Iterator[tuple[Record, bool]]:
    """The records of a file, each with whether it is shown: all but the answers that begin elsewhere than at these
    offsets, and their requests. An answer that no row names, which a killed run left, can be about any post.

    An answer among `bodies` stays: others have its body, too, so that it says that nothing is there, or the like.
    """
    is_left_out = False
    for record in _records(path):
        is_answer = record.kind in {"response", "revisit"}
        is_hidden = is_answer and record.offset not in shown and record.id not in bodies
        is_left_out = is_hidden or (is_left_out and record.kind == "request")
        yield record, not is_left_out


def _records(path: Path) -> Iterator[Record]:
    """The records of a file; one that a run has not completed, or left so, is none."""
    try:
        with open_warc(path) as file:
            yield from read_records(file)
    except ReadError as error:
        if error.kind != "truncated":
            raise


def _copy_shown(path: Path, shown: frozenset[int], bodies: frozenset[str], copy: Path) -> None:
    with path.open("rb") as warc, copy.open("wb") as out:
        for record, is_shown in shown_records(path, shown, bodies):
            if is_shown:
                copy_record(warc, record, out)
            else:
                out.write(_note(record))


def copy_record(warc: BinaryIO, record: Record, out: BinaryIO) -> None:
    """Write a record of an open WARC file to another."""
    out.write(_bytes_of(record, warc))


_NOTE = b"note: redacted or withheld, and left out of this copy\r\n"
"""What stands in place of a record; see https://iipc.github.io/warc-specifications/, 6.5 (`metadata`)."""


def _note(record: Record) -> bytes:
    """A record that is packed as long as that one: a comment in its gzip header fills it up (RFC 1952, FCOMMENT)."""
    id_ = uuid.uuid5(uuid.NAMESPACE_URL, f"{record.id}#left-out")
    digest = base64.b32encode(sha256(_NOTE).digest()).decode()
    head = (
        f"WARC/1.1\r\nWARC-Type: {LEFT_OUT}\r\nWARC-Record-ID: <urn:uuid:{id_}>\r\nWARC-Date: {record.at}\r\n"
        f"WARC-Block-Digest: sha256:{digest}\r\nContent-Type: application/warc-fields\r\n"
        f"Content-Length: {len(_NOTE)}\r\n\r\n"
    )
    plain = head.encode() + _NOTE + b"\r\n\r\n"
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = packer.compress(plain) + packer.flush()
    start, end = b"\x1f\x8b\x08\x10\0\0\0\0\0\xff", struct.pack("<II", zlib.crc32(plain), len(plain))
    room = record.end - record.offset - len(start) - 1 - len(packed) - len(end)
    if room < 0:
        raise ReadError(f"byte {record.offset:,}: this record is too short to be left out", kind="malformed")
    return start + b" " * room + b"\0" + packed + end
