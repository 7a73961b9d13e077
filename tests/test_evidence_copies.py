"""Evidence that goes along: in bags, in imports, beside snapshots."""

import io
import shutil
import sqlite3
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import bagit
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

Archiver = Callable[..., CompletedProcess[str]]


def names(folder: Path) -> dict[str, bytes]:
    """The files of evidence in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}


def test_a_bag_brings_the_evidence_back(archiver: Archiver, here: Path) -> None:
    """Its manifests have its files; imported, all of it is there, and verified against the rows."""
    assert archiver("export", "--format", "bagit", "-o", "bag").returncode == 0
    assert bagit.Bag("bag").is_valid()
    assert names(here / "bag" / "data" / "archive-warc") == names(here / "archive-warc")
    assert archiver("import", "bag", "--db", "new.db").returncode == 0
    assert names(here / "new-warc") == names(here / "archive-warc")
    assert archiver("verify", "--strict", "--db", "new.db").returncode == 0
    assert archiver("verify", "--strict", "--db", "bag/data/archive.db").returncode == 0


def test_an_archive_brings_its_evidence_into_another(archiver: Archiver, here: Path, small_archive: Path) -> None:
    """Where runs have other numbers; twice is once, and a capture there goes on."""
    shutil.copy(small_archive, here / "other.db")
    shutil.copytree(small_archive.with_name("archive-warc"), here / "other-warc")
    before = names(here / "other-warc")
    for _ in range(2):
        assert archiver("import", "archive.db", "--db", "other.db").returncode == 0
        assert names(here / "other-warc") == {**before, **names(here / "archive-warc")}
    done = archiver("verify", "--strict", "--db", "other.db")
    assert done.returncode == 0, done.stdout


def test_evidence_of_the_same_name_and_other_bytes_is_refused(archiver: Archiver, here: Path) -> None:
    """Nothing of such an archive is taken."""
    archiver("export", "--format", "bagit", "-o", "bag")
    (here / "new-warc").mkdir()
    name = next(name for name in names(here / "archive-warc") if name.endswith(".gz"))
    (here / "new-warc" / name).write_bytes(b"another")
    done = archiver("import", "bag", "--db", "new.db")
    assert done.returncode == 1
    assert "is not the file of that name" in done.stderr
    assert not (here / "new.db").exists()


@pytest.mark.parametrize("foreign", ["notes.txt", "../../archive.db", "run-000001-0123456789ab.sha256.new"])
def test_what_is_no_evidence_stays_where_it_is(archiver: Archiver, here: Path, foreign: str) -> None:
    """Neither other files nor links go along."""
    (here / "archive-warc" / Path(foreign).name).symlink_to(here / "archive.db")
    archiver("publish", "press.db", "--evidence", "-q")
    assert names(here / "press-warc").keys() == names(here / "archive-warc").keys() - {Path(foreign).name}


@pytest.mark.parametrize(
    ("redacted", "kinds"),
    [
        ((1,), ["response", "-", "response", "revisit", "-", "revisit"]),
        ((0,), ["response", "revisit", "response", "-", "revisit", "revisit"]),  # others have the body of the first
    ],
)
def test_what_is_redacted_stays_where_it_is(
    archiver: Archiver, here: Path, redacted: tuple[int, ...], kinds: list[str]
) -> None:
    """Where it was is a note of the same length, as `verify` says; all else is whole, and where its row says."""
    with closing(sqlite3.connect(here / "archive.db")) as db, db:
        db.executemany("UPDATE posts SET status = 'redacted' WHERE id = ?", ((f"vimeo:7697987{n}",) for n in redacted))
    archiver("publish", "press.db", "--evidence", "-q")
    archiver("export", "--format", "bagit", "-o", "bag")
    assert names(here / "press-warc") == names(here / "bag" / "data" / "archive-warc")
    assert {name: len(data) for name, data in names(here / "press-warc").items()} == {
        name: len(data) for name, data in names(here / "archive-warc").items()
    }
    paths = sorted((here / "press-warc").glob("*.warc.gz"))
    assert Checker(Namespace(inputs=list(map(str, paths)), verbose=False)).process_all() == 0
    told = [record.rec_type for path in paths for record in ArchiveIterator(io.BytesIO(path.read_bytes()))]
    assert [kind.replace("metadata", "-") for kind in told if kind != "warcinfo"][::2] == kinds
    said = archiver("verify", "--db", "press.db")
    assert (said.returncode, said.stdout.count("was left out when this was copied")) == (1, 2 * kinds.count("-"))
    assert not [fault for fault in ("no record begins", "is missing", "its digest") if fault in said.stdout]


def test_what_nobody_knows_the_post_of_goes_with_what_is_redacted(archiver: Archiver, here: Path) -> None:
    """What a killed run left, which no row names, whole or not; without anything redacted it goes along."""
    with closing(sqlite3.connect(here / "archive.db")) as db, db:
        db.execute("DROP TRIGGER captures_delete")
        db.execute("DELETE FROM captures WHERE post_id = 'vimeo:76979871'")
    last = max((here / "archive-warc").glob("*.warc.gz"))
    last.write_bytes(last.read_bytes() + last.read_bytes()[:100])
    archiver("publish", "press.db", "--evidence", "-q")
    assert names(here / "press-warc") == names(here / "archive-warc")
    with closing(sqlite3.connect(here / "archive.db")) as db, db:
        db.execute("UPDATE posts SET status = 'redacted' WHERE id = 'vimeo:76979872'")
    assert archiver("publish", "press.db", "--evidence", "--force", "-q").returncode == 0
    paths = sorted((here / "press-warc").glob("*.warc.gz"))
    kinds = [record.rec_type for path in paths for record in ArchiveIterator(io.BytesIO(path.read_bytes()))]
    kinds = [kind for kind in kinds if kind != "warcinfo"]
    assert kinds[::2] == ["response", "metadata", "response", "revisit", "metadata", "metadata"]


def test_what_lacks_something_takes_nothing_away(archiver: Archiver, here: Path) -> None:
    """Neither imported where all of it is, nor published beside itself; where less is it is not taken for all."""
    with closing(sqlite3.connect(here / "archive.db")) as db, db:
        db.execute("UPDATE posts SET status = 'redacted' WHERE id = 'vimeo:76979871'")
    before = names(here / "archive-warc")
    archiver("publish", "press.db", "--evidence", "-q")
    assert archiver("publish", "archive.sqlite", "--evidence", "--force").returncode == 0
    assert "is not the file of that name" not in archiver("import", "press.db").stderr
    assert names(here / "archive-warc") == before
    assert "is not the file of that name" in archiver("import", "archive.db", "--db", "press.db").stderr


def test_a_snapshot_has_the_evidence_beside_it_if_that_is_wanted(archiver: Archiver, here: Path) -> None:
    """Else it says where it stays."""
    said = archiver("publish", "press.db").stdout
    assert "The evidence of captures stays in archive-warc; --evidence copies it to press-warc." in said
    assert not (here / "press-warc").exists()
    assert archiver("publish", "press.db", "--force", "--evidence").returncode == 0
    assert names(here / "press-warc") == names(here / "archive-warc")
    assert archiver("verify", "--strict", "--db", "press.db").returncode == 0
