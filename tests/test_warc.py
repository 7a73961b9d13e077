"""Evidence: WARC files that any tool can read, whatever ended the run that wrote them."""

from argparse import Namespace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archiver.errors import ArchiverError
from archiver.fetch import Exchange
from archiver.warc import Place, Warc

EXCHANGE = Exchange(
    url="https://posts.example/oembed?url=%20",
    at="2026-11-26T01:30:28.123Z",
    request=(("Accept", "application/json"),),
    status=200,
    reason="OK",
    headers=(("Content-Type", "application/json"), ("Transfer-Encoding", "chunked"), ("X-Name", "Zoë")),
    body=b'{"title": "The Heron"}',
    address="93.184.215.14",
)


def read(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """The types and headers of all records, which pass warcio's check."""
    files = sorted(folder.iterdir())
    assert Checker(Namespace(inputs=list(map(str, files)), verbose=False)).process_all() == 0
    found = []
    for file in files:
        with file.open("rb") as stream:
            found += [(one.rec_type, dict(one.rec_headers.headers)) for one in ArchiveIterator(stream)]
    return found


def test_an_exchange_is_kept_as_the_standard_says(tmp_path: Path) -> None:
    """Request and response, of one time, which name each other; the digest is that of the body."""
    with Warc(tmp_path / "warc") as warc:
        place = warc.keep(EXCHANGE)
    (_, response), (_, request) = read(tmp_path / "warc")[1:]
    assert isinstance(place, Place)
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"] == place.record_id
    assert request["WARC-Date"] == response["WARC-Date"] == EXCHANGE.at
    assert response["WARC-Payload-Digest"].startswith("sha256:")
    assert response["WARC-IP-Address"] == "93.184.215.14"
    assert b"WARC/1.1" in (tmp_path / "warc" / place.file).read_bytes() or place.offset > 0


def test_what_was_cut_off_is_marked(tmp_path: Path) -> None:
    """A body that is not whole says so."""
    with Warc(tmp_path / "warc") as warc:
        warc.keep(Exchange(url="https://x.example/", at=EXCHANGE.at, request=(), status=200, truncated="length"))
    assert read(tmp_path / "warc")[1][1]["WARC-Truncated"] == "length"


def test_where_no_answer_came_nothing_is_written(tmp_path: Path) -> None:
    """Not even a folder."""
    with Warc(tmp_path / "warc") as warc:
        assert warc.keep(Exchange(url="https://x.example/", at=EXCHANGE.at, request=(), failure="timeout")) is None
    assert list(tmp_path.iterdir()) == []


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    """None is begun anew within an exchange, and each is whole by itself."""
    with Warc(tmp_path / "warc", largest=2000) as warc:
        places = [warc.keep(EXCHANGE) for _ in range(9)]
    assert 2 < len({place.file for place in places if place}) < 9
    assert len(read(tmp_path / "warc")) == 18 + len(list((tmp_path / "warc").iterdir()))


@pytest.mark.parametrize("cut", [1, 9, 200, 500])
def test_a_record_that_was_left_half_written_is_cut_off(tmp_path: Path, cut: int) -> None:
    """By the next run, so that the file is whole again; what was complete before it stays."""
    with Warc(tmp_path / "warc") as warc:
        first, second = warc.keep(EXCHANGE), warc.keep(EXCHANGE)
    assert first and second
    path = tmp_path / "warc" / first.file
    path.write_bytes(path.read_bytes()[:-cut])
    with Warc(tmp_path / "warc") as warc:
        warc.keep(EXCHANGE)
    kept = [headers["WARC-Record-ID"] for kind, headers in read(tmp_path / "warc") if kind == "response"]
    assert first.record_id in kept
    assert len(kept) in {2, 3}


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    """One sentence with its path."""
    (tmp_path / "warc").write_text("a file")
    with pytest.raises(ArchiverError, match="cannot be written"), Warc(tmp_path / "warc") as warc:
        warc.keep(EXCHANGE)
