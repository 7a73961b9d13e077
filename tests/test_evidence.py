"""Evidence: each run is sealed, whatever ended it, and nothing that was changed since goes unseen."""

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from archiver import store
from archiver.evidence import Looked, is_manifest, keeping, read_manifest, verify
from archiver.fetch import Exchange, pace
from archiver.records import Capture
from archiver.warc import open_warc, read_records
from tests.faults import serving

Archiver = Callable[..., CompletedProcess[str]]


def evidence(folder: Path) -> list[Path]:
    """The WARC files, the first one first."""
    return sorted((folder / "archive-warc").glob("*.warc.gz"))


def manifests(folder: Path) -> list[Path]:
    """The manifests, the first one first."""
    return sorted(path for path in (folder / "archive-warc").iterdir() if is_manifest(path.name))


def change(folder: Path, sql: str) -> None:
    """Change the archive as somebody would who knows how."""
    with closing(sqlite3.connect(folder / "archive.db")) as db, db:
        for event in ("update", "delete", "insert"):
            db.execute(f"DROP TRIGGER captures_{event}")
        db.execute(sql)
    with store.archive(folder / "archive.db", create=False):  # the triggers are back
        pass


# Manifests


def test_a_run_leaves_a_manifest_that_any_system_can_check(here: Path) -> None:
    """With the length and the SHA-256 of each file; `sha256sum` finds them right, and nothing to complain of."""
    assert len(manifests(here)) == 2
    for manifest in manifests(here):
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", manifest.name], cwd=manifest.parent, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith(".warc.gz: OK\n")
        (file,) = read_manifest(manifest).files
        assert file.length == (manifest.parent / file.name).stat().st_size


def test_a_manifest_tells_what_the_rows_were(here: Path) -> None:
    """How many, and the SHA-256 of each as a line of JSON, which anybody can make again from what it says."""
    for manifest in map(read_manifest, manifests(here)):
        with closing(sqlite3.connect(here / "archive.db")) as db:
            names = ", ".join(manifest.columns)
            sql = f"SELECT {names} FROM captures WHERE run_id = ? ORDER BY id"  # noqa: S608
            rows = db.execute(sql, (manifest.run,)).fetchall()
        lines = "".join(f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n" for row in rows)
        assert (manifest.count, manifest.rows) == (len(rows), hashlib.sha256(lines.encode()).hexdigest())
        assert manifest.sealed_by == manifest.run


def _exchange(number: int) -> Exchange:
    at = f"2026-11-26T01:30:28.{number:03}Z"
    return Exchange(url=f"https://x.example/{number}", at=at, request=(), status=200, body=b"x" * 999 + bytes([number]))


def _capture(db: store.Database, folder: Path, run_id: int, number: int) -> None:
    exchange = _exchange(number)
    with keeping(db, folder, run_id) as warc:
        place = warc.keep(exchange)
        assert place
        row = Capture(
            id=f"01b8e2f0-5a3c-4f0e-9d53-{number:012}",
            post_id="x:1",
            source="x",
            url=exchange.url,
            method="GET",
            fetched_at=exchange.at,
            outcome="answered",
            status=200,
            file=place.file,
            byte_offset=place.offset,
            record_id=place.record_id,
            sha256=place.sha256,
            run_id=run_id,
        )
        store.save_captures(db, [row])
        if number == 0:  # a record that is noted nowhere, half of which is written
            warc.keep(_exchange(9))
            path = folder / place.file
            os.truncate(path, path.stat().st_size - 20)
            raise KeyboardInterrupt


def test_a_run_that_was_killed_is_sealed_by_the_next_one(tmp_path: Path) -> None:
    """That says so, and how much it cut off of a record that was not completed."""
    folder = tmp_path / "archive-warc"
    with store.archive(tmp_path / "archive.db", create=True) as db:
        runs = [store.start_run(db, version="1", arguments=["capture"]) for _ in range(2)]
        with pytest.raises(KeyboardInterrupt):
            _capture(db, folder, runs[0], 0)
        assert not manifests(tmp_path)
        _capture(db, folder, runs[1], 1)
        killed, ended = map(read_manifest, manifests(tmp_path))
        assert (killed.run, killed.sealed_by, ended.run, ended.sealed_by) == (1, 2, 2, 2)
        assert list(killed.cut_off.values()) > [0] and not ended.cut_off
        for manifest in (killed, ended):
            for file in manifest.files:
                with open_warc(folder / file.name) as stream:
                    assert list(read_records(stream))


@pytest.mark.parametrize("quiet", [False, True])
def test_it_is_said_that_a_run_was_killed(
    archiver: Archiver, here: Path, monkeypatch: pytest.MonkeyPatch, quiet: bool
) -> None:
    """In one sentence, by the next command that asks, unless nobody wants to hear."""
    monkeypatch.setattr(pace, "OTHERWISE", (1000, 1))
    manifests(here)[1].unlink()
    change(here, "UPDATE runs SET finished_at = NULL WHERE id = 3")
    with evidence(here)[1].open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1\r\n")[:20])
    with serving() as site:
        arguments = ["capture", "--only=all", "--contact=desk@example.org", f"--host-map=vimeo.com={site.base}"]
        done = archiver(*arguments, "--allow-net=127.0.0.1", *(["-q"] if quiet else []))
    cut = "; 20 bytes of a record that it had not completed are cut off"
    said = f"archiver: run 3 was killed, and what it captured is sealed now{cut}\n"
    assert done.returncode == 0
    assert done.stderr.count("run 3") == (0 if quiet else 1)
    assert quiet or said in done.stderr, done.stderr
    assert len(manifests(here)) == 3


def test_a_file_of_a_run_that_noted_nothing_is_sealed_with_the_next_one(tmp_path: Path) -> None:
    """It is no run's own, and still evidence."""
    folder = tmp_path / "archive-warc"
    with store.archive(tmp_path / "archive.db", create=True) as db:
        runs = [store.start_run(db, version="1", arguments=["capture"]) for _ in range(2)]
        with pytest.raises(KeyboardInterrupt), keeping(db, folder, runs[0]) as warc:
            warc.keep(_exchange(3))
            raise KeyboardInterrupt
        _capture(db, folder, runs[1], 1)
    (manifest,) = map(read_manifest, manifests(tmp_path))
    assert {file.name for file in manifest.files} == {path.name for path in evidence(tmp_path)}
    assert len(manifest.files) == 2


def test_a_damaged_manifest_hinders_no_run(tmp_path: Path) -> None:
    """Nor is what its run captured taken for that of another."""
    folder = tmp_path / "archive-warc"
    with store.archive(tmp_path / "archive.db", create=True) as db:
        runs = [store.start_run(db, version="1", arguments=["capture"]) for _ in range(2)]
        _capture(db, folder, runs[0], 1)
        (first,) = manifests(tmp_path)
        first.write_text("nonsense")
        _capture(db, folder, runs[1], 2)
    assert [len(read_manifest(path).files) for path in manifests(tmp_path) if path != first] == [1]


def test_a_lost_manifest_is_not_made_anew(archiver: Archiver, here: Path) -> None:
    """What it vouched for may have been changed since, and it stays a problem after the next run."""
    manifests(here)[0].unlink()
    with store.archive(here / "archive.db", create=False) as db:
        _capture(db, here / "archive-warc", store.start_run(db, version="1", arguments=["capture"]), 1)
    assert len(manifests(here)) == 2
    said = archiver("verify")
    assert (said.returncode, "runs 2: it ended, and left a manifest" in said.stdout) == (1, True), said.stdout


# Verifying


def test_what_is_whole_is_found_whole(archiver: Archiver, here: Path) -> None:
    """All of it is looked at, and a second look finds the same."""
    said = json.loads(archiver("verify", "--json", "--strict").stdout)
    assert said["sound"] and said["findings"] == []
    counts = {"files": 2, "records": 14, "captures": 6, "with_evidence": 6, "manifests": 2, "timestamps": 0}
    assert said["looked_at"].items() >= {**counts, "bytes": sum(path.stat().st_size for path in evidence(here))}.items()
    people = archiver("verify")
    assert people.returncode == 0
    assert "Nothing is damaged, missing or changed." in people.stdout


def _flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def _truncate(here: Path) -> None:
    os.truncate(evidence(here)[0], evidence(here)[0].stat().st_size - 30)


def _middle(here: Path) -> None:
    with open_warc(evidence(here)[0]) as file:
        second = list(read_records(file))[1]
    _flip(evidence(here)[0], (second.offset + second.end) // 2)


def _swap(here: Path) -> None:
    one, other = evidence(here)
    one.rename(here / "x")
    other.rename(one)
    (here / "x").rename(other)


def _link(here: Path) -> None:
    path = evidence(here)[0]
    path.rename(here / "elsewhere.warc.gz")
    path.symlink_to(here / "elsewhere.warc.gz")


def _other_manifest(here: Path) -> None:
    text = manifests(here)[0].read_text("utf-8")
    manifests(here)[0].write_text(text.replace('"count": 3', '"count": 4'), "utf-8")


def _swap_manifests(here: Path) -> None:
    one, other = manifests(here)
    texts = one.read_bytes(), other.read_bytes()
    other.write_bytes(texts[0])
    one.write_bytes(texts[1])


def _lose_manifest_of_failures(here: Path) -> None:
    """A run whose questions nobody answered has no WARC file, and a manifest that somebody takes away."""
    last = evidence(here)[1]
    manifests(here)[1].unlink()
    last.unlink()
    change(here, f"UPDATE captures SET status = NULL, file = NULL WHERE file = '{last.name}'")  # noqa: S608


def _lose_request(here: Path) -> None:
    """Leave out a whole record, with a manifest that fits again."""
    path = evidence(here)[1]
    with open_warc(path) as file:
        last = list(read_records(file))[-1]
    assert last.kind == "request"
    os.truncate(path, last.offset)
    manifests(here)[1].unlink()


def _lose_original(here: Path) -> None:
    """Put another record in place of one that others refer to, as well packed as it was."""
    path = evidence(here)[0]
    with open_warc(path) as file:
        record = next(one for one in read_records(file) if one.kind == "response")
    data = path.read_bytes()
    text = gzip.decompress(data[record.offset : record.end]).replace(b"lamps", b"lumps")
    path.write_bytes(data[: record.offset] + gzip.compress(text) + data[record.end :])


@pytest.mark.parametrize(
    ("damage", "details"),
    [
        (_truncate, ["bytes, and had", "the file ends in the middle of a record"]),
        (_middle, ["its SHA-256 is another", "its packing is damaged", "; capture "]),
        (lambda here: evidence(here)[0].unlink(), ["it is missing (run-", "with the evidence of 3 captures"]),
        (_swap, ["bytes, and had", "no record begins there"]),
        (_link, ["it is a link", "it is missing"]),
        (lambda here: (here / "archive-warc" / "notes.txt").touch(), ["notes.txt: no run wrote it here"]),
        (lambda here: (here / "archive-warc" / "20260101000000000000-0123abcd.warc.gz").mkdir(), ["no run wrote it"]),
        (lambda here: os.mkfifo(here / "archive-warc" / "20260101000000000000-0123abcd.warc.gz"), ["no run wrote it"]),
        (lambda here: shutil.rmtree(here / "archive-warc"), ["which has the evidence of 6 captures"]),
        (lambda here: manifests(here)[0].write_text("nonsense"), ["is no manifest of Archiver"]),
        (lambda here: manifests(here)[0].write_bytes(b"\xff\xfe"), ["is no manifest of Archiver"]),
        (lambda here: manifests(here)[0].unlink(), ["left a manifest that is not here any more"]),
        (_swap_manifests, ["of run 2, under another name", "of run 3, under another name"]),
        (_lose_manifest_of_failures, ["archive.db, runs 3: it ended, and left a manifest that is not here any more"]),
        (_other_manifest, ["its run made 4 captures, of which 3 are in the archive"]),
        (_lose_request, ["the record of its request is missing"]),
        (_lose_original, ["(run-", "its block is not what its digest says"]),
        (lambda here: change(here, "UPDATE captures SET text = 'Never.'"), ["not as they were"]),
        (lambda here: change(here, "UPDATE captures SET url = url || '#'"), ["not as they were", "url of capture"]),
        (lambda here: change(here, "UPDATE captures SET status = 404"), ["status of capture"]),
        (lambda here: change(here, "UPDATE captures SET fetched_at = '2020'"), ["fetched_at of capture"]),
        (lambda here: change(here, "UPDATE captures SET byte_offset = byte_offset + 1"), ["no record begins there"]),
        (lambda here: change(here, "UPDATE captures SET byte_offset = 1 << 40"), ["is missing"]),
        (lambda here: change(here, "UPDATE captures SET byte_offset = NULL"), ["no offset"]),
        (lambda here: change(here, "UPDATE captures SET sha256 = replace(sha256, '0', '1')"), ["sha256 of capture"]),
        (lambda here: change(here, "UPDATE captures SET record_id = 'x'"), ["record_id of capture"]),
        (lambda here: change(here, "UPDATE captures SET file = NULL"), ["no file is named that has it"]),
        (lambda here: change(here, "UPDATE captures SET file = '../archive.db'"), ["../archive.db: it is missing"]),
        (lambda here: change(here, "DELETE FROM captures WHERE rowid = 1"), ["in the archive"]),
        (lambda here: change(here, "DELETE FROM captures"), ["the 3 captures of its run are not in the archive"]),
        (
            lambda here: change(here, "UPDATE sqlar SET data = x'00', sz = 1"),
            ["archive.db, sqlar", "it is not the file that was read"],
        ),
        (lambda here: change(here, "UPDATE sqlar SET data = NULL"), ["it is no file"]),
        (lambda here: change(here, "UPDATE articles SET text = 'Nothing.'"), ["its text is not that of its file"]),
    ],
)
def test_whatever_was_changed_is_found(
    archiver: Archiver, here: Path, damage: Callable[[Path], Any], details: list[str]
) -> None:
    """Each with its file and in words; the command ends with 1, writes nothing, and never with a traceback."""
    damage(here)
    before = (here / "archive.db").read_bytes()
    done = archiver("verify")
    assert (done.returncode, done.stderr) == (1, "")
    for detail in details:
        assert detail in done.stdout, done.stdout
    assert (here / "archive.db").read_bytes() == before
    assert json.loads(archiver("verify", "--json").stdout)["sound"] is False


def test_captures_that_could_be_changed_are_told(archiver: Archiver, here: Path) -> None:
    """The triggers that keep them are part of the archive."""
    with closing(sqlite3.connect(here / "archive.db")) as db, db:
        db.execute("DROP TRIGGER captures_update")
    assert "the trigger captures_update is missing" in archiver("verify").stdout


def test_a_damaged_record_hides_none_behind_it(archiver: Archiver, here: Path) -> None:
    """What is wrong with one is told, and the others are still read."""
    _middle(here)
    said = json.loads(archiver("verify", "--json").stdout)
    assert said["looked_at"]["records"] == 12
    assert [one["detail"] for one in said["findings"] if "request is missing" in one["detail"]] == []


def test_what_a_killed_run_left_is_a_remark(archiver: Archiver, here: Path) -> None:
    """It may be in order; `--strict` has nothing that may be."""
    manifests(here)[1].unlink()
    change(here, "UPDATE runs SET finished_at = NULL")
    with evidence(here)[1].open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1\r\n")[:20])
    said = archiver("verify")
    assert said.returncode == 0
    assert "remark: " in said.stdout and "no manifest has it" in said.stdout
    strict = archiver("verify", "--strict")
    assert (strict.returncode, strict.stdout.splitlines()[-1]) == (1, "2 remarks count as problems (--strict).")


def test_a_killed_run_that_nobody_answered_is_a_remark_until_the_next_one(archiver: Archiver, tmp_path: Path) -> None:
    """It has no WARC file; its rows are sealed all the same."""
    folder = tmp_path / "archive-warc"
    with store.archive(tmp_path / "archive.db", create=True) as db:
        runs = [store.start_run(db, version="1", arguments=["capture"]) for _ in range(2)]
        row = Capture(
            id="01b8e2f0-5a3c-4f0e-9d53-000000000000",
            post_id="x:1",
            source="x",
            url="https://x.example/",
            method="GET",
            fetched_at="2026-11-26T01:30:28.000Z",
            outcome="unreachable",
            run_id=runs[0],
        )
        store.save_captures(db, [row])
        said = archiver("verify")
        assert (said.returncode, "remark: archive.db, runs 1: it has no manifest" in said.stdout) == (0, True)
        _capture(db, folder, runs[1], 1)
    assert [(one.run, one.sealed_by, len(one.files)) for one in map(read_manifest, manifests(tmp_path))] == [
        (1, 2, 0),
        (2, 2, 1),
    ]
    assert archiver("verify", "--strict").returncode == 0


def test_a_run_that_goes_on_meanwhile_is_no_damage(here: Path) -> None:
    """What it writes, and what it seals, may be there or not."""
    folder, path = here / "archive-warc", here / "archive.db"
    numbers = iter(range(1, 9))
    with store.archive(path, create=False) as other:

        def capture(_: int) -> None:
            number = next(numbers, None)
            if number:
                _capture(other, folder, store.start_run(other, version="1", arguments=[]), number)

        with store.reading(path) as db, store.frozen(db):
            assert list(verify(db, folder, Looked(), report=capture)) == []
    assert len(manifests(here)) == 10


def test_a_column_that_came_later_changes_no_digest(archiver: Archiver, here: Path) -> None:
    """A manifest names the columns that it vouches for; one that there is not is told."""
    with closing(sqlite3.connect(here / "archive.db")) as db, db:
        db.execute("ALTER TABLE captures ADD COLUMN later TEXT")
    assert archiver("verify").returncode == 0
    text = manifests(here)[0].read_text("utf-8")
    manifests(here)[0].write_text(text.replace('"outcome"', '"outcome\\" FROM runs; --"'), "utf-8")
    assert "a column that captures do not have" in archiver("verify").stdout


def test_a_record_that_unpacks_without_end_takes_no_memory(archiver: Archiver, here: Path) -> None:
    """It is told like any other that is none."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    head = packer.compress(b"WARC/1.1\r\nX: ")
    bomb = head + b"".join(packer.compress(b"0" * (1 << 20)) for _ in range(40)) + packer.flush()
    evidence(here)[0].write_bytes(bomb)
    assert "it is no record of a WARC file" in archiver("verify").stdout
