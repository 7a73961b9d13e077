"""Records held against rows: a WARC file is read once, beside the captures that say they are in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from archiver import store
from archiver.errors import ReadError
from archiver.evidence.copies import LEFT_OUT
from archiver.evidence.findings import Finding, Looked, remark
from archiver.records import Capture
from archiver.warc import Record, open_warc, read_record, read_records, warc_path

Report = Callable[[int], None]


@dataclass(kw_only=True)
class FileCheck:
    """The checks of WARC files of one archive, one file after the other.

    `sealed` are the names of those that are in a manifest, which nobody writes to any more. `report` is called with the
    bytes that were read.
    """

    db: store.Database
    folder: Path
    sealed: frozenset[str]
    looked: Looked
    report: Report
    _originals: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def check(self, name: str) -> Iterator[Finding]:
        """What is wrong in a file: in its records, or between them and the rows that name them."""
        rows = _Rows(store.load_captures_of_file(self.db, name))
        offset: int | None = 0
        while offset is not None:
            try:
                with open_warc(self.folder / name) as file:
                    yield from self._check_records(name, file, offset, rows)
                break
            except _BrokenError as error:
                yield self._broken(name, error, [row.id for row in rows.at(error.offset)])
                offset = rows.next_after(error.offset)
            except ReadError as error:
                yield Finding(where=name, detail=str(error))
                break
        for row in rows.until(None):
            yield Finding(where=name, detail=f"{_place(row)}: the record of capture {row.id} is missing")

    def _broken(self, name: str, error: "_BrokenError", captures: list[str]) -> Finding:
        """What ends the reading of a file; the last record may be under way where no run has ended yet."""
        named = f"; capture {captures[0]} is there" if captures else ""
        is_left = error.kind == "truncated" and name not in self.sealed and not captures
        return Finding(where=name, detail=f"{error}{named}", level="remark" if is_left else "problem")

    def _check_records(self, name: str, file: BinaryIO, at: int, rows: "_Rows") -> Iterator[Finding]:
        records = read_records(file, at)
        asked: tuple[Record, Capture] | None = None
        while True:
            try:
                record = next(records, None)
            except ReadError as error:
                raise _BrokenError(at, error) from error
            if asked and not _is_request_of(record, *asked):
                yield _found(name, asked[0], "the record of its request is missing or of another one")
            if record is None:
                return
            asked, at = None, record.end
            self.looked.records += 1
            self.report(record.end - record.offset)
            for row in rows.until(record.offset):
                yield Finding(where=name, detail=f"{_place(row)}: no record begins there, as capture {row.id} says")
            if record.fault:
                yield _found(name, record, record.fault)
            if record.kind == LEFT_OUT:
                yield remark(name, f"byte {record.offset:,}: what was here was left out when this was copied")
                rows.skip(record.offset)
            for row in rows.at(record.offset):
                if asked:
                    yield _found(name, record, f"captures {asked[1].id} and {row.id} both name it")
                asked = (record, row)
                yield from self._compare(name, record, row)
            if record.kind in {"response", "revisit"} and not asked:
                yield remark(
                    name, f"byte {record.offset:,}: no capture names this record: its run was killed before that"
                )

    def _compare(self, name: str, record: Record, row: Capture) -> Iterator[Finding]:
        if record.kind not in {"response", "revisit"}:
            yield _found(name, record, f"capture {row.id} names it, and it is no answer")
        told = {
            "record_id": (record.id, row.record_id),
            "url": (record.url, row.url),
            "fetched_at": (record.at, row.fetched_at),
            "status": (record.status, row.status),
            "sha256": (record.sha256, row.sha256),
        }
        for column, (of_record, of_row) in told.items():
            if of_record != of_row:
                yield _found(name, record, f"{column} of capture {row.id} is {of_row!s:.200}, here {of_record!s:.200}")
        if record.kind == "revisit" and (fault := self._fault_of_original(record)):
            yield _found(name, record, fault)

    def _fault_of_original(self, record: Record) -> str | None:
        """What is wrong with the record that has the body of this one."""
        key = (record.refers_to or "", record.sha256 or "")
        if key not in self._originals:
            self._originals[key] = self._look_for(*key)
        return self._originals[key]

    def _look_for(self, id_: str, sha256: str) -> str | None:
        found = next((one for one in store.load_captures_with_body(self.db, sha256) if one.record_id == id_), None)
        if found is None or found.file is None or found.byte_offset is None:
            return f"no capture has the record {id_}, which has its body"
        try:
            original = read_record(warc_path(self.folder, found.file), found.byte_offset)
        except ReadError as error:
            return f"its body cannot be read: {error}"
        is_there = (original.kind, original.id, original.sha256, original.fault) == ("response", id_, sha256, None)
        return None if is_there else f"its body is not at byte {found.byte_offset:,} of {found.file}"


class _BrokenError(Exception):
    """A file cannot be read on from an offset."""

    def __init__(self, offset: int, error: ReadError) -> None:
        super().__init__(str(error))
        self.offset, self.kind = offset, error.kind


class _Rows:
    """The captures of a file in the order of their offsets, each taken once."""

    def __init__(self, rows: Iterator[Capture]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def until(self, offset: int | None) -> Iterator[Capture]:
        """Those before an offset that are left; all without one."""
        while (row := self._next) and (offset is None or (row.byte_offset or 0) < offset):
            self._next = next(self._rows, None)
            yield row

    def at(self, offset: int) -> Iterator[Capture]:
        """Those at an offset: one, if all is well."""
        while (row := self._next) and row.byte_offset == offset:
            self._next = next(self._rows, None)
            yield row

    def skip(self, offset: int) -> None:
        """Leave out those at an offset."""
        for _ in self.at(offset):
            pass

    def next_after(self, offset: int) -> int | None:
        """The next offset beyond this one that a capture is at."""
        return self._next.byte_offset if self._next and (self._next.byte_offset or 0) > offset else None


def _place(row: Capture) -> str:
    return "no offset" if row.byte_offset is None else f"byte {row.byte_offset:,}"


def _is_request_of(record: Record | None, response: Record, row: Capture) -> bool:
    """Whether a record is that of the request to an answer."""
    if record is None or record.kind != "request":
        return False
    return (record.concurrent_to, record.url, record.method) == (response.id, row.url, row.method)


def _found(name: str, record: Record, detail: str) -> Finding:
    return Finding(where=name, detail=f"byte {record.offset:,}: {detail}")
