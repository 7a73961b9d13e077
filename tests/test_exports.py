"""Exports: what is in an archive leaves it, in the same bytes each time, in the types of other programs."""

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import bagit
import duckdb
import pyarrow.parquet
import pytest

from archiver import store
from archiver.exports import EXPORTS
from archiver.exports.parquet import _moment

Archiver = Callable[..., CompletedProcess[str]]


def files_in(path: Path) -> dict[str, bytes]:
    """The files of a folder by name, or the one file."""
    paths = path.rglob("*") if path.is_dir() else [path]
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in paths if one.is_file()}


def queried(sql: str) -> list[tuple[Any, ...]]:
    """The rows that DuckDB gives for a query."""
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def test_the_archive_of_these_tests_has_rows_in_every_table(full_archive: Path) -> None:
    """So that what is held of it is held of all."""
    with store.reading(full_archive) as db:
        assert [table for table in store.COLUMNS if next(store.load_rows(db, table), None) is None] == []


@pytest.mark.parametrize("form", EXPORTS)
def test_the_same_archive_gives_the_same_bytes(
    archiver: Archiver, tmp_path: Path, full_archive: Path, form: str
) -> None:
    """Every format is deterministic, and leaves nothing beside what it writes."""
    for name in ("one", "two"):
        done = archiver("export", "--db", full_archive, "--format", form, "-o", name)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two"}


@pytest.mark.parametrize("form", [name for name, export in EXPORTS.items() if export.file and name != "wacz"])
def test_what_is_one_file_goes_to_standard_output_too(archiver: Archiver, full_archive: Path, form: str) -> None:
    """With the same bytes as in a file."""
    archiver("export", "--db", full_archive, "--format", form, "-o", "file")
    assert archiver("export", "--db", full_archive, "--format", form).stdout == Path("file").read_text("utf-8")


def test_each_line_of_jsonl_is_a_row_with_all_its_columns(archiver: Archiver, full_archive: Path) -> None:
    """The head names the format, the last line counts the rows; nothing that is known of an embed is missing."""
    head, *rows, end = map(json.loads, archiver("export", "--db", full_archive).stdout.splitlines())
    assert head == {"format": "archiver-export", "schema": store.SCHEMA_VERSION}
    assert sum(end["rows"].values()) == len(rows)
    assert all(list(row) == ["table", *store.COLUMNS[row["table"]]] for row in rows)
    assert {tuple(row["posted_at_options"] or ()) for row in rows if row["table"] == "embeds"} >= {
        ("2016-05-04T07:09Z", "2016-05-04T19:09Z")
    }


def test_csv_has_a_file_for_each_table(archiver: Archiver, tmp_path: Path, full_archive: Path) -> None:
    """Any reader of RFC 4180 gets the rows that the archive has; --table gives one of them."""
    archiver("export", "--db", full_archive, "--format", "csv", "-o", "csv")
    with closing(sqlite3.connect(full_archive)) as db:
        stored = db.execute("SELECT id, title, text FROM articles ORDER BY id").fetchall()
    with (tmp_path / "csv" / "articles.csv").open(encoding="utf-8", newline="") as file:
        read = [(row["id"], row["title"] or None, row["text"]) for row in csv.DictReader(file)]
    assert read == stored
    done = archiver("export", "--db", full_archive, "--format", "csv", "--table", "posts")
    assert done.stdout == (tmp_path / "csv" / "posts.csv").read_text("utf-8")
    head, first, *_ = csv.reader(done.stdout.splitlines())
    assert head[-2:] == ["year", "state"]
    assert first[-1] in {"words", "who", "link"}


def test_duckdb_reads_parquet_with_the_right_types(archiver: Archiver, full_archive: Path) -> None:
    """Whole numbers are whole, times that are moments are that, days are days, and the rest stays what it was."""
    archiver("export", "--db", full_archive, "--format", "parquet", "-o", "out")
    described = queried("DESCRIBE SELECT * FROM 'out/embeds.parquet'")
    types = {name: kind for name, kind, *_ in described}
    assert {
        name: types[name] for name in ("ordinal", "start", "posted_at_utc", "posted_at_day", "posted_at_options")
    } == {
        "ordinal": "BIGINT",
        "start": "BIGINT",
        "posted_at_utc": "TIMESTAMP WITH TIME ZONE",
        "posted_at_day": "DATE",
        "posted_at_options": "VARCHAR[]",
    }
    (row,) = queried(
        "SELECT posted_at, precision, epoch_ms(posted_at_utc), posted_at_day::VARCHAR, posted_at_options "
        "FROM 'out/embeds.parquet' WHERE article_id = 'press/open.txt'"
    )
    assert row == ("2016-05-04", "day", None, "2016-05-04", ["2016-05-04T07:09Z", "2016-05-04T19:09Z"])
    moments = queried("SELECT epoch_ms(decoded_at_utc) FROM 'out/indexed.parquet' WHERE native_id = 'CF1tGabcdef'")
    assert moments == [(1601637377295,)]


def test_pandas_reads_parquet_with_the_right_types(archiver: Archiver, full_archive: Path) -> None:
    """A whole number that is not known does not make its column one of fractions (pandas with Arrow's types)."""
    pandas = pytest.importorskip("pandas", reason="pandas takes longest to install of all: not part of the test group")
    archiver("export", "--db", full_archive, "--format", "parquet", "-o", "out")
    runs = pandas.read_parquet("out/runs.parquet", dtype_backend="pyarrow")
    assert {str(runs.dtypes["seen"]), str(runs.dtypes["started_at_utc"])} == {
        "int64[pyarrow]",
        "timestamp[ms, tz=UTC][pyarrow]",
    }


@pytest.mark.parametrize(
    ("text", "moment", "day"),
    [
        (None, None, None),
        ("2020", None, None),
        ("2020-10", None, None),
        ("2020-10-02", None, "2020-10-02"),
        ("2020-10-02T11:16Z", "2020-10-02T11:16:00+00:00", "2020-10-02"),
        ("2020-10-02T11:16:17.295Z", "2020-10-02T11:16:17.295000+00:00", "2020-10-02"),
        ("=cmd|' /C calc'!A0", None, None),
    ],
)
def test_a_time_is_typed_as_far_as_it_is_known(text: str | None, moment: str | None, day: str | None) -> None:
    """A month is no day, a day is no moment, and what is no time is neither."""
    typed = _moment(text)
    assert [value and value.isoformat() for value in typed] == [moment, day]


def test_row_groups_are_small(archiver: Archiver, full_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table is written group by group, so that memory does not grow with it."""
    monkeypatch.setattr("archiver.exports.parquet.BATCH_ROWS", 2)
    monkeypatch.setattr("archiver.exports.parquet.GROUP_ROWS", 3)
    archiver("export", "--db", full_archive, "--format", "parquet", "--table", "embeds", "-o", "embeds.parquet")
    metadata = pyarrow.parquet.read_metadata("embeds.parquet")
    assert metadata.num_row_groups == -(-metadata.num_rows // 4)


def test_the_bag_is_sound_and_holds_the_archive_and_its_files(archiver: Archiver, full_archive: Path) -> None:
    """The Library of Congress's own program finds every digest right; the sources are the bytes that were read."""
    archiver("export", "--db", full_archive, "--format", "bagit", "-o", "bag")
    assert bagit.Bag("bag").is_valid()
    example = "articles/news/library-boat.txt"
    original = Path(__file__).parent.parent / "examples" / example
    assert (Path("bag/data/sources") / example).read_bytes() == original.read_bytes()
    assert sorted(path.suffix for path in Path("bag/data/media").iterdir()) == [".jpg", ".png"]


def test_the_index_holds_no_word_of_any_article(archiver: Archiver, full_archive: Path) -> None:
    """Only who made which post, and when; posts without an id or an author are of no use to others."""
    lines = list(csv.DictReader(archiver("export", "--db", full_archive, "--format", "index").stdout.splitlines()))
    assert all(line["native_id"] and line["handle"] for line in lines)
    assert lines[0].keys() == {"platform", "native_id", "handle", "permalink", "posted_at", "precision"}
    assert {
        "platform": "instagram",
        "native_id": "CF1tGabcdef",
        "handle": "ines.okafor",
        "permalink": "https://www.instagram.com/p/CF1tGabcdef/",
        "posted_at": "2020-10-02T11:16:17.295Z",
        "precision": "millisecond",
    } in lines


@pytest.mark.parametrize("form", ["activitystreams", "jsonld", "index"])
def test_what_is_redacted_is_not_shared(archiver: Archiver, tmp_path: Path, full_archive: Path, form: str) -> None:
    """A redacted post is in no format that is made to be shown or shared."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(full_archive.read_bytes())
    assert "CF1tGabcdef" in archiver("export", "--db", copy, "--format", form).stdout
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("UPDATE posts SET status = 'redacted' WHERE native_id = 'CF1tGabcdef'")
    assert "CF1tGabcdef" not in archiver("export", "--db", copy, "--format", form).stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--format", "parquet"), 2, "name it with --output, or choose one table with --table"),
        (("--format", "bagit"), 2, "name it with --output"),
        (("--format", "csv", "--table", "sqlar"), 2, "--table sqlar: folders, runs"),
        (("--table", "posts"), 2, "--table posts: jsonl has none to choose from"),
        (("--format", "bagit", "-o", "taken"), 1, "taken is not empty and stays; a bagit export needs"),
        (("--format", "bagit", "-o", "taken", "--force"), 1, "taken is not empty and stays; a bagit export needs"),
        (("--format", "csv", "-o", "taken"), 1, "taken is not empty and stays; --force writes into it"),
        (("-o", "taken/file"), 1, "taken/file exists and stays; --force writes over it."),
        (("-o", "taken", "--force"), 1, "taken is a folder; give the file a name."),
        (("-o", "copy.db"), 2, "copy.db is the archive itself"),
        (("-o", "missing/file"), 1, "missing/file cannot be written"),
        (("--format", "csv", "-o", "taken/file"), 1, "taken/file is no folder and stays"),
        (("--format", "csv", "-o", "taken/file/csv"), 1, "taken/file/csv cannot be written: "),
        (("--db", "missing.db"), 1, "missing.db does not exist"),
    ],
)
def test_what_cannot_be_written_is_said(
    archiver: Archiver, tmp_path: Path, full_archive: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    """In one sentence that names what is wrong; the archive is as it was."""
    (tmp_path / "copy.db").write_bytes(full_archive.read_bytes())
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    done = archiver("export", "--db", "copy.db", *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / "copy.db").read_bytes() == full_archive.read_bytes()


@pytest.mark.parametrize(
    ("form", "library"), [("parquet", "pyarrow"), ("bagit", "bagit"), ("wacz", "cdxj_indexer.main")]
)
def test_a_library_that_is_not_installed_is_named(
    archiver: Archiver, full_archive: Path, monkeypatch: pytest.MonkeyPatch, form: str, library: str
) -> None:
    """With the extra that brings it."""
    monkeypatch.setitem(__import__("sys").modules, library, None)
    done = archiver("export", "--db", full_archive, "--format", form, "-o", "out")
    assert done.returncode == 1
    assert f"install embed-archiver[{form}]" in done.stderr


def test_what_nobody_of_us_wrote_into_an_archive_breaks_no_export(
    archiver: Archiver, tmp_path: Path, full_archive: Path
) -> None:
    """Times that are none, options that are no JSON and texts that steer are written as they are."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(full_archive.read_bytes())
    shutil.copytree(full_archive.with_name("archive-warc"), tmp_path / "copy-warc")
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("UPDATE embeds SET posted_at = '=1+1', posted_at_options = '{', marker = '</script>\x1b[31m'")
        db.execute("UPDATE posts SET posted_at = 'x', precision = 'y', text = '</script>', platform = 'nobody''s'")
    for form in EXPORTS:
        done = archiver("export", "--db", copy, "--format", form, "-o", form)
        assert (done.returncode, done.stderr) == (0, "")
