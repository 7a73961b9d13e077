"""WACZ: the evidence as one file that programs which replay web archives take."""

import gzip
import io
import json
import os
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver import store
from archiver.exports.wacz import write_wacz

Archiver = Callable[..., CompletedProcess[str]]

WACZ = Path(__file__).parent.parent / ".venv/wacz/bin/wacz"


def unpacked(path: str = "a.wacz") -> dict[str, bytes]:
    """What is in a WACZ file."""
    with zipfile.ZipFile(path) as packed:
        assert all(one.compress_type == zipfile.ZIP_STORED for one in packed.infolist())
        return {name: packed.read(name) for name in packed.namelist()}


def lines_of(data: bytes) -> list[Any]:
    """Lines of JSON."""
    return [json.loads(line) for line in data.splitlines()]


def redact(folder: Path, *numbers: int) -> None:
    """Take posts out of what is shown."""
    with closing(sqlite3.connect(folder / "archive.db")) as db, db:
        ids = [f"vimeo:7697987{number}" for number in numbers]
        db.executemany("UPDATE posts SET status = 'redacted' WHERE id = ?", ((id_,) for id_ in ids))


def test_the_program_of_the_standard_finds_it_valid(archiver: Archiver, here: Path) -> None:
    """py-wacz checks what is there, what is listed, and all digests."""
    if not WACZ.exists():
        assert not os.environ.get("ARCHIVER_REQUIRE_WACZ"), f"{WACZ} is missing: make test sets it up"
        pytest.skip("no wacz: make test sets it up")
    assert archiver("export", "--format", "wacz", "-o", "a.wacz").returncode == 0
    done = subprocess.run([WACZ, "validate", "-f", "a.wacz"], capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Validation succeeded, the passed WACZ is valid")


def test_each_record_is_where_the_index_says(archiver: Archiver, here: Path) -> None:
    """An answer, or what refers to one, of the address that is named."""
    archiver("export", "--format", "wacz", "-o", "a.wacz")
    found = unpacked()
    index = [
        json.loads(line.split(" ", 2)[2])
        for line in gzip.decompress(found["indexes/index.cdx.gz"]).decode().splitlines()
    ]
    assert len(index) == 6
    for line in index:
        warc = found[f"archive/{line['filename']}"]
        record = next(iter(ArchiveIterator(io.BytesIO(warc[int(line["offset"]) :][: int(line["length"])]))))
        assert record.rec_type == ("revisit" if line["mime"] == "warc/revisit" else "response")
        assert record.rec_headers.get_header("WARC-Target-URI") == line["url"]


def test_each_captured_post_has_a_page_that_can_be_replayed(archiver: Archiver, here: Path) -> None:
    """Its address is in the index, the post's own in its title, its words below."""
    archiver("export", "--format", "wacz", "-o", "a.wacz")
    found = unpacked()
    head, *pages = lines_of(found["pages/pages.jsonl"])
    assert head["format"] == "json-pages-1.0"
    assert [(page["title"], page["text"]) for page in pages] == [
        (f"Lakeside on Vimeo https://vimeo.com/7697987{number}", "At one") for number in range(3)
    ]
    index = gzip.decompress(found["indexes/index.cdx.gz"]).decode()
    assert all(json.dumps(page["url"]) in index for page in pages)


def test_what_is_written_to_a_pipe_is_the_same(archiver: Archiver, here: Path) -> None:
    """Though a pipe cannot go back, as a file can."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    archiver("export", "--format", "wacz", "-o", "a.wacz")
    pipe = Pipe()
    with store.reading(Path("archive.db")) as db:
        write_wacz(db, pipe)
    assert pipe.getvalue() == Path("a.wacz").read_bytes()


@pytest.mark.parametrize(
    ("redacted", "kinds"),
    [
        ((1,), ["response", "response", "revisit", "revisit"]),
        ((0,), ["response", "revisit", "response", "revisit", "revisit"]),  # of the first one others have the body
        ((0, 1), ["response", "revisit"]),
    ],
)
def test_what_is_redacted_is_left_out(
    archiver: Archiver, here: Path, redacted: tuple[int, ...], kinds: list[str]
) -> None:
    """Requests and answers, but for a body that others refer to; what is left is whole."""
    redact(here, *redacted)
    archiver("export", "--format", "wacz", "-o", "a.wacz")
    found = unpacked()
    seen = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "")
        for name in sorted(found)
        if name.startswith("archive/")
        for record in ArchiveIterator(io.BytesIO(found[name]), check_digests="raise")
    ]
    assert [kind for kind, _ in seen if kind in {"response", "revisit"}] == kinds
    assert len(seen) == 2 * len(kinds) + 2
    urls = {url for kind, url in seen if kind == "revisit"}
    assert not any(url.endswith(f"7697987{number}") for url in urls for number in redacted)
    assert len(lines_of(found["pages/pages.jsonl"])) == 4 - len(redacted)


def test_where_there_is_no_evidence_that_is_said(archiver: Archiver, here: Path) -> None:
    """And no file is left."""
    for path in (here / "archive-warc").iterdir():
        path.unlink()
    done = archiver("export", "--format", "wacz", "-o", "a.wacz")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "has no evidence to pack" in done.stderr
    assert not (here / "a.wacz").exists()
