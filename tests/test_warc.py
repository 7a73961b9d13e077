"""Evidence: WARC files that any tool can read, whatever ended the run that wrote them."""

import gzip
import random
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archiver.errors import ArchiverError, ReadError
from archiver.fetch import Exchange
from archiver.records import Capture
from archiver.warc import Place, Warc, mend, open_warc, read_body, read_content, read_records

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


def test_what_was_sent_is_kept_with_the_request(tmp_path: Path) -> None:
    """The method and the body, whose digest is its own."""
    with Warc(tmp_path / "warc") as warc:
        place = warc.keep(replace(EXCHANGE, method="POST", sent=b"url=x"))
    assert place
    with open_warc(tmp_path / "warc" / place.file) as file:
        request = list(read_records(file))[-1]
    assert (request.kind, request.method, request.fault) == ("request", "POST", None)
    assert b"\r\n\r\nurl=x\r\n\r\n" in gzip.decompress((tmp_path / "warc" / place.file).read_bytes())


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
    """So that the file is whole again; what was complete before it stays."""
    with Warc(tmp_path / "warc") as warc:
        first, second = warc.keep(EXCHANGE), warc.keep(EXCHANGE)
    assert first and second
    path = tmp_path / "warc" / first.file
    path.write_bytes(path.read_bytes()[:-cut])
    assert mend(path) > 0
    kept = [headers["WARC-Record-ID"] for kind, headers in read(tmp_path / "warc") if kind == "response"]
    assert first.record_id in kept
    assert mend(path) == 0


def test_what_was_damaged_otherwise_is_left_as_it_is(tmp_path: Path) -> None:
    """A wrong byte in the middle costs no record behind it."""
    with Warc(tmp_path / "warc") as warc:
        place, _ = warc.keep(EXCHANGE), warc.keep(EXCHANGE)
    assert place
    path = tmp_path / "warc" / place.file
    data = path.read_bytes()
    damaged = data[: place.offset + 99] + bytes([data[place.offset + 99] ^ 1]) + data[place.offset + 100 :]
    path.write_bytes(damaged)
    assert mend(path) == 0
    assert path.read_bytes() == damaged


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    """One sentence with its path."""
    (tmp_path / "warc").write_text("a file")
    with pytest.raises(ArchiverError, match="cannot be written"), Warc(tmp_path / "warc") as warc:
        warc.keep(EXCHANGE)


# Bodies that come again


def random_bytes(count: int) -> bytes:
    """The same each time, which do not get shorter by packing."""
    return random.Random(1).randbytes(count)  # noqa: S311


LONG = replace(EXCHANGE, body=b"The lamps are lit. " * 100)


class Kept:
    """What an archive would know of what was kept: the captures with a body, by its SHA-256."""

    def __init__(self) -> None:
        self.captures: list[Capture] = []

    def note(self, place: Place | None, exchange: Exchange) -> Place:
        """Add what was kept."""
        assert place
        self.captures.append(
            Capture(
                id=place.record_id,
                post_id="x:1",
                source="x",
                url=exchange.url,
                method="GET",
                fetched_at=exchange.at,
                outcome="captured",
                file=place.file,
                byte_offset=place.offset,
                record_id=place.record_id,
                sha256=place.sha256,
            )
        )
        return place

    def find(self, sha256: str) -> Iterable[Capture]:
        """As the archive would, the latest first: any order has to do."""
        return [one for one in reversed(self.captures) if one.sha256 == sha256]


def test_a_body_that_comes_again_is_not_written_again(tmp_path: Path) -> None:
    """Neither in the same run nor in a later one: the record says where it is, and is read as if it had it."""
    kept, later = Kept(), replace(LONG, url="https://posts.example/again", at="2026-11-27T01:30:28.123Z", status=404)
    for number, exchanges in enumerate(((LONG, later), (later, LONG))):
        with Warc(tmp_path / "warc", kept.find) as warc:
            for exchange in exchanges:
                place = kept.note(warc.keep(exchange), exchange)
                assert read_body(tmp_path / "warc", place.file, place.offset, kept.find) == LONG.body, number
    first, *others = [headers for kind, headers in read(tmp_path / "warc") if kind in {"response", "revisit"}]
    assert [one["WARC-Type"] for one in others] == ["revisit"] * 3
    for one in others:
        assert one["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        assert one["WARC-Refers-To"] == first["WARC-Record-ID"]
        assert (one["WARC-Refers-To-Target-URI"], one["WARC-Refers-To-Date"]) == (LONG.url, LONG.at)
        assert one["WARC-Payload-Digest"] == first["WARC-Payload-Digest"]


def test_the_head_of_an_answer_is_kept_though_its_body_is_elsewhere(tmp_path: Path) -> None:
    """Status and headers are those of this answer."""
    with Warc(tmp_path / "warc") as warc:
        warc.keep(LONG)
        place = warc.keep(replace(LONG, status=404, reason="Not Found", headers=(("X-Number", "2"),)))
    assert place
    with (tmp_path / "warc" / place.file).open("rb") as stream:
        stream.seek(place.offset)
        record = next(iter(ArchiveIterator(stream)))
    assert (record.rec_type, record.http_headers.get_statuscode()) == ("revisit", "404")
    assert record.http_headers.get_header("X-Number") == "2"


@pytest.mark.parametrize("exchange", [EXCHANGE, replace(LONG, truncated="time"), replace(LONG, body=b"")])
def test_what_is_small_or_cut_off_is_written_again(tmp_path: Path, exchange: Exchange) -> None:
    """A record that refers to it would be no shorter, or to what may not be all of it."""
    with Warc(tmp_path / "warc") as warc:
        warc.keep(exchange)
        warc.keep(exchange)
    assert [kind for kind, _ in read(tmp_path / "warc")] == ["warcinfo", *["response", "request"] * 2]


@pytest.mark.parametrize("damage", ["gone", "flipped", "another"])
def test_what_is_not_there_any_more_is_not_referred_to(tmp_path: Path, damage: str) -> None:
    """A file that is lost, damaged or another one has no body to refer to: it is written again."""
    kept = Kept()
    with Warc(tmp_path / "warc", kept.find) as warc:
        place = kept.note(warc.keep(LONG), LONG)
    path = tmp_path / "warc" / place.file
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "flipped":
        middle = place.offset + 400
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    else:
        path.write_bytes(b"".join(gzip.compress(b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n") for _ in range(99)))
    with Warc(tmp_path / "again", kept.find) as warc:
        warc.keep(LONG)
    assert [kind for kind, _ in read(tmp_path / "again")] == ["warcinfo", "response", "request"]


@pytest.mark.parametrize(
    ("headers", "body", "content"),
    [
        ((), LONG.body, LONG.body),
        ((("Content-Encoding", "gzip"),), gzip.compress(bytes(range(256)) * 9, mtime=0), bytes(range(256)) * 9),
        ((("content-encoding", "GZip"),), gzip.compress(random_bytes(900), mtime=0), random_bytes(900)),
        ((("Content-Encoding", "gzip"),), LONG.body, None),
    ],
)
def test_the_content_of_an_answer_is_unpacked_as_its_head_says(
    tmp_path: Path, headers: tuple[tuple[str, str], ...], body: bytes, content: bytes | None
) -> None:
    """Also where its body is elsewhere; what is not packed so is told."""
    exchange, kept = replace(LONG, headers=headers, body=body), Kept()
    with Warc(tmp_path / "warc", kept.find) as warc:
        places = [kept.note(warc.keep(exchange), exchange) for _ in range(2)]
    for place in places:
        if content is None:
            with pytest.raises(ReadError, match="its packing is damaged"):
                read_content(tmp_path / "warc", place.file, place.offset, kept.find)
        else:
            assert read_content(tmp_path / "warc", place.file, place.offset, kept.find) == content


def test_a_body_whose_record_is_not_known_is_said_to_be_missing(tmp_path: Path) -> None:
    """It is never another one, and never empty."""
    with Warc(tmp_path / "warc") as warc:
        warc.keep(LONG)
        place = warc.keep(LONG)
    assert place
    with pytest.raises(ReadError, match="the record that has its body is not known"):
        read_body(tmp_path / "warc", place.file, place.offset, Kept().find)


def test_any_byte_that_is_wrong_is_met_in_reading(tmp_path: Path) -> None:
    """Records are read to their ends and held against their digests, and a file to its own end."""
    with Warc(tmp_path / "warc") as warc:
        warc.keep(LONG)
        warc.keep(LONG)
    (path,) = (tmp_path / "warc").iterdir()
    data = path.read_bytes()
    for place in range(0, len(data), 13):
        wrong = data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]
        assert _is_faulty(wrong) or _tells_nothing(data, place), place
    for length in range(1, len(data), 5):
        assert _is_faulty(data[:length]) or length in _ends(data), length


def _is_faulty(data: bytes) -> bool:
    try:
        return any(record.fault for record in read_records(BytesIO(data)))
    except ReadError:
        return True


def _ends(data: bytes) -> list[int]:
    """Where one member of a gzip file ends and the next begins."""
    return [place for place in range(len(data)) if data.startswith(b"\x1f\x8b\x08\0\0\0\0\0", place)]


def _tells_nothing(data: bytes, place: int) -> bool:
    """Whether nothing that is unpacked depends on a byte: it says when something was packed, how well, and where; or it
    is the last of what is packed, before a member's check and length, of which not all bits may be used (RFC 1951)."""
    begins = _ends(data)
    return any(begin + 4 <= place < begin + 10 for begin in begins) or place + 9 in (*begins[1:], len(data))
