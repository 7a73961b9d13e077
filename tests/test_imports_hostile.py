"""Bad input: what cannot be imported is named with its place and the reason, and nothing stored is lost."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from archiver import store
from archiver.errors import ArchiverError
from archiver.exports.jsonl import write_jsonl
from archiver.find import find_embeds
from archiver.imports import import_file
from archiver.imports.checks import find_fault
from archiver.imports.told import find_untold
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform
from archiver.render.site import render_site
from archiver.sanitize import clean_body
from archiver.store.views import VIEWS

Archiver = Callable[..., CompletedProcess[str]]
Rows = Callable[..., dict[str, list[tuple[Any, ...]]]]
Line = dict[str, Any]

HEAD = "platform,native_id,handle,permalink,posted_at,precision\n"


@pytest.fixture
def refused(archiver: Archiver, tmp_path: Path, small_archive: Path, rows: Rows) -> Callable[[str | Path, str], None]:
    """Hold that a file is refused with a sentence that begins with its name and has these words, by an archive that
    loses and gains nothing."""
    shutil.copyfile(small_archive, tmp_path / "mine.db")
    with store.archive(tmp_path / "mine.db", create=False):
        pass

    def hold(file: str | Path, words: str) -> None:
        before = rows(tmp_path / "mine.db", *store.COLUMNS, "imports", "imported")
        done = archiver("import", file, "--db", "mine.db")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"archiver: {file}")
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
        assert rows(tmp_path / "mine.db", *store.COLUMNS, "imports", "imported") == before

    return hold


@pytest.fixture(scope="module")
def lines(small_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The lines of an export."""
    file = tmp_path_factory.mktemp("small") / "export.jsonl"
    with store.reading(small_archive) as db, file.open("wb") as out:
        write_jsonl(db, out)
    return file.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is neither an archive nor an export or an index of Archiver"),
        (b"\x89PNG\r\n\x1a\n", "is neither an archive nor"),
        (b'{"posts": []}\n', "is neither an archive nor"),
        (b"[" * 99999, "is neither an archive nor"),
        (HEAD.replace(",", ";").encode(), "has semicolons between its values; an index has commas"),
        (HEAD.replace(",", "\t").encode(), "has tabs between its values"),
        (HEAD.replace(",", '","').encode(), "has another first line than an index, which is platform,native_id,"),
        (HEAD.encode("utf-16"), "is in UTF-16; what can be imported is in UTF-8"),
        (b'{"format":"archiver-export"}\n', ", line 1: it is not the first line of an export"),
        (b'{"format":"archiver-export","schema":99}\n', "was made by a newer Archiver"),
        (b'{"format":"archiver-export","schema":2}\n', "was cut off: the last line"),
        (b'{"format":"archiver-export","schema":2}\n{"table":"po', ", line 2: it was cut off"),
        (b'{"format":"archiver-export","schema":2}\n[]\n', ", line 2: it is not an object"),
        (b'{"format":"archiver-export","schema":2}\n\xff\n', ", line 2: it is not JSON"),
        (b'{"format":"archiver-export","schema":2}\n{"a":NaN}\n', ", line 2: it is not JSON"),
        (b'{"format":"archiver-export","schema":2}\n' + b"[" * 99999 + b"\n", ", line 2: it is not JSON"),
        (b'{"format":"archiver-export","schema":2}\n{"table":"users"}\n', ", line 2: there is no table 'users'"),
        (b'{"format":"archiver-export","schema":2}\n{"table":[]}\n', ", line 2: there is no table ''"),
        (b'{"format":"archiver-export","schema":2}\n{"rows":{"posts":1}}\n', "has lost rows"),
        (b'{"format":"archiver-export","schema":2}\n{"rows":5}\n', ", line 2: it does not count rows"),
        (
            b'{"format":"archiver-export","schema":2}\n{"rows":{}}\n{}\n',
            ", line 3: something follows the line that ends",
        ),
        (f"{HEAD}twitter,20\n".encode(), ", line 2: it has 2 values in place of 6"),
        (f"{HEAD}twitter,20,,,,\n".encode(), ", line 2: platform, native_id and handle are needed"),
        (f"{HEAD}friendster,20,a,,,\n".encode(), ", line 2: platform 'friendster' is not known"),
        (
            f"{HEAD}twitter,20,a,javascript:alert(1),,\n".encode(),
            ", line 2: permalink 'javascript:alert(1)' is no address",
        ),
        (f"{HEAD}twitter,20,a,,2020-13-01,day\n".encode(), ", line 2: posted_at '2020-13-01' is no time to the 'day'"),
        (f"{HEAD}twitter,@a/b,a,,,\n".encode(), ", line 2: native_id '@a/b' is no id"),
        (
            f"{HEAD}twitter,20,a,https://evil.example/phish,,\n".encode(),
            ", line 2: permalink 'https://evil.example/phish' does not lead to that post on X (Twitter)",
        ),
        (f"{HEAD}twitter,20,a,https://twitter.com/a/status/21,,\n".encode(), "does not lead to that post"),
        (f"{HEAD}twitter,20,=cmd|calc,,,\n".encode(), ", line 2: handle '=cmd|calc' is no handle of X (Twitter)"),
        (f"{HEAD}youtube,{'a' * 100_000},a,,,\n".encode(), "' is no id of YouTube"),
        (f"{HEAD}vk,{'1' * 100_000},a,,,\n".encode(), "' is no id of VK"),
        (f"{HEAD}twitter,{'1' * 30},a,,,\n".encode(), "' is no id of X (Twitter)"),
        (f"{HEAD}reddit,abc,a,,1999-05-04,day\n".encode(), "posted_at '1999-05-04' is before Reddit opened"),
        (
            f"{HEAD}twitter,1196847767764815872,a,,2016-11-19,day\n".encode(),
            "posted_at '2016-11-19' is not when its id was given out, 2019-11-19T17:48:38.848Z",
        ),
        (f'{HEAD}twitter,20,"a\n'.encode(), ", line 3: it is not CSV in UTF-8"),
        (HEAD.encode() + b"twitter,20,\xe9,,,\n", "it is not CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_export_is_refused(
    refused: Callable[[str, str], None], tmp_path: Path, data: bytes, words: str
) -> None:
    """Files of other kinds, cut off, of a newer version, or with what cannot be."""
    (tmp_path / "given").write_bytes(data)
    refused("given", words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--format", "csv"),
            "is an export in csv, which cannot be imported; import one in jsonl, parquet, bagit",
        ),
        (("--format", "csv", "--table", "posts"), "is the table posts of an export in csv, which cannot be imported"),
        (("--format", "activitystreams"), "is an export in activitystreams, which cannot be imported"),
        (("--format", "jsonld"), "is an export in jsonld, which cannot be imported"),
    ],
)
def test_an_export_that_cannot_be_imported_is_known(
    archiver: Archiver, refused: Callable[[str, str], None], small_archive: Path, arguments: tuple[str, ...], words: str
) -> None:
    """Whoever made it is told which formats go both ways."""
    assert archiver("export", *arguments, "-o", "given", "--db", small_archive).returncode == 0
    refused("given", words)


def test_an_export_that_another_program_wrote_again_is_read(
    archiver: Archiver, tmp_path: Path, lines: list[bytes]
) -> None:
    """With spaces, and keys in another order."""
    again = (json.dumps(json.loads(line), sort_keys=True) for line in lines)
    (tmp_path / "again.jsonl").write_text("\n".join((*again, "")), "utf-8")
    assert archiver("import", "again.jsonl", "--db", "new.db").returncode == 0


def test_what_comes_behind_a_bad_file_is_imported(archiver: Archiver, tmp_path: Path) -> None:
    """One file that cannot be read does not keep the others out."""
    (tmp_path / "bad.jsonl").write_bytes(b"?")
    (tmp_path / "sound.csv").write_text(f"{HEAD}tiktok,7107337212743830830,lake,,,\n", "utf-8")
    done = archiver("import", "bad.jsonl", "sound.csv")
    assert done.returncode == 3
    assert done.stdout == "sound.csv: articles: 0 new, 0 already here, 0 here otherwise; lines of an index: 1 new\n"


@pytest.mark.parametrize("files", [("bad.jsonl", "missing.csv"), ("mine.db",)])
def test_an_import_of_which_nothing_came_makes_no_archive(
    archiver: Archiver, tmp_path: Path, files: tuple[str, ...]
) -> None:
    """The folder is as it was; an archive that was there stays, be it empty."""
    (tmp_path / "bad.jsonl").write_bytes(b"?")
    assert archiver("import", *files, "--db", "mine.db").returncode in (1, 2)
    assert [file.name for file in tmp_path.iterdir()] == ["bad.jsonl"]
    with store.archive(tmp_path / "mine.db", create=True):
        pass
    archiver("import", *files, "--db", "mine.db")
    assert (tmp_path / "mine.db").is_file()


def test_a_full_disk_is_told_of_the_archive(
    archiver: Archiver, tmp_path: Path, lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of the file beside it in which rows are looked through, which nobody named and which is gone."""

    def full(*_: object) -> bool:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(store, "insert_row", full)
    (tmp_path / "export.jsonl").write_bytes(b"".join(lines))
    done = archiver("import", "export.jsonl", "--db", "mine.db")
    assert (done.returncode, done.stderr) == (1, f"archiver: {tmp_path}/mine.db cannot be written: the disk is full.\n")
    assert [file.name for file in tmp_path.iterdir()] == ["export.jsonl"]


def changed(lines: list[bytes], table: str, **values: Any) -> bytes:
    """The export with values of the first row of a table replaced."""
    at = next(number for number, line in enumerate(lines) if line.startswith(f'{{"table":"{table}"'.encode()))
    row = json.loads(lines[at]) | values
    return b"".join([*lines[:at], json.dumps(row).encode() + b"\n", *lines[at + 1 :]])


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        ("embeds", {"ordinal": "1"}, "ordinal is not a whole number"),
        ("embeds", {"end": 10**9}, "its marker is not what stands there in the article"),
        ("embeds", {"start": 1}, "its marker is not what stands there in the article"),
        ("embeds", {"text": "I resign."}, "text 'I resign.' is not what its marker says"),
        ("embeds", {"handle": "somebody"}, "handle 'somebody' is not what its marker says"),
        ("embeds", {"author_name": "Some Body"}, "author_name 'Some Body' is not what its marker says"),
        ("embeds", {"posted_text": "May 5, 1999"}, "posted_text 'May 5, 1999' is not what its marker says"),
        ("articles", {"text": "Something else", "format": "text"}, "its text is not that of its file"),
        ("articles", {"text": None, "format": "markdown"}, "its text is not that of its file"),
        ("articles", {"encoding": "klingon"}, "its encoding is not known"),
        ("articles", {"title": "A\0b"}, "title 'A\\x00b' has a NUL"),
        ("embeds", {"ordinal": True}, "ordinal is not a whole number"),
        ("embeds", {"start": 2**70}, "start is too large"),
        ("embeds", {"marker": "\ud83d"}, "marker is no text: it has half of a character"),
        ("embeds", {"marker": None}, "marker is missing"),
        ("embeds", {"shape": "round"}, "embeds have no 'shape'"),
        ("embeds", {"platform": "friendster"}, "platform 'friendster' is not known to this version"),
        ("embeds", {"permalink": "data:text/html,<script>"}, "permalink 'data:text/html,<script>' is no address"),
        ("embeds", {"posted_at": "yesterday", "precision": "day"}, "posted_at 'yesterday' is no time"),
        ("embeds", {"article_id": "nowhere/x", "id": "nowhere/x#1", "ordinal": 1}, "what it refers to is not among"),
        ("articles", {"source": "../../x", "id": "press/../../x"}, "source '../../x' leads out of its folder"),
        ("articles", {"url": "javascript:alert(1)"}, "url 'javascript:alert(1)' is no address on the web"),
        ("articles", {"sha256": "0" * 64}, "it is not the file that was read"),
        ("sqlar", {"data": "?"}, "its data is not base64"),
        ("sqlar", {"data": "eJw="}, "it is not the file that was read"),
        ("sqlar", {"name": "../x"}, "name '../x' leads out of the archive"),
        ("sqlar", {"mode": 0o120777}, "mode is not that of a file"),
        ("patches", {"replaced": "[[1]]"}, "replaced are no stretches of a text"),
        ("runs", {"started_at": "now"}, "started_at 'now' is no time"),
    ],
)
def test_a_row_that_cannot_be_is_refused(
    refused: Callable[[str, str], None],
    tmp_path: Path,
    lines: list[bytes],
    table: str,
    values: dict[str, Any],
    words: str,
) -> None:
    """With its line and the reason; nothing of the file is stored."""
    (tmp_path / "given.jsonl").write_bytes(changed(lines, table, **values))
    refused("given.jsonl", words)


def test_a_byte_order_mark_is_passed_over(archiver: Archiver, tmp_path: Path, lines: list[bytes]) -> None:
    """Editors put one before whatever they save."""
    (tmp_path / "given.jsonl").write_bytes(b"\xef\xbb\xbf" + b"".join(lines))
    assert archiver("import", "given.jsonl").returncode == 0


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_what_the_platforms_have_can_be_imported(platform: Platform) -> None:
    """Each example says what was found in it; an index line of one with an id and a handle has no fault."""
    for example in platform.examples:
        for embed in find_embeds(example.source, example.format):
            assert find_untold(asdict(embed)) is None
            if embed.native_id and embed.handle and embed.platform == platform.name:
                line = store.indexed_post(platform.name, embed.native_id, embed.handle, embed.permalink)
                row = {name: value for name, value in asdict(line).items() if name in store.COLUMNS["indexed"]}
                assert find_fault("indexed", row) is None


def test_a_row_that_is_there_twice_is_refused(
    refused: Callable[[str, str], None], tmp_path: Path, lines: list[bytes]
) -> None:
    """Two rows of one id, with the same values or others: which of them is true nobody can say."""
    at = next(number for number, line in enumerate(lines) if line.startswith(b'{"table":"articles"'))
    twice = json.dumps(json.loads(lines[at]) | {"title": "Otherwise"}).encode() + b"\n"
    (tmp_path / "given.jsonl").write_bytes(b"".join([*lines[: at + 1], twice, *lines[at + 1 :]]))
    refused("given.jsonl", f", line {at + 2}: a row with its id came before")


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_an_export_that_was_cut_off_is_refused(
    refused: Callable[[str, str], None], tmp_path: Path, lines: list[bytes], share: float
) -> None:
    """In the middle of a line or between two: the last line is missing either way."""
    (tmp_path / "given.jsonl").write_bytes(b"".join(lines[: int(len(lines) * share)]))
    refused("given.jsonl", "was cut off")


@pytest.fixture
def tables(archiver: Archiver, tmp_path: Path, small_archive: Path) -> Path:
    """An export in Parquet."""
    archiver("export", "--db", small_archive, "--format", "parquet", "-o", "tables")
    return tmp_path / "tables"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def rewrite(path: Path, change: Callable[[pyarrow.Table], pyarrow.Table]) -> None:
    parquet.write_table(change(parquet.read_table(path)), path)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (Path.unlink, "/embeds.parquet is missing"),
        (cut, "/embeds.parquet is damaged, or is no Parquet file"),
        (lambda path: path.write_bytes(b"PAR1"), "/embeds.parquet is damaged, or is no Parquet file"),
        (lambda path: rewrite(path, lambda table: table.drop(["marker"])), "its column marker is missing"),
        (lambda path: rewrite(path, lambda table: table.replace_schema_metadata({})), "was not made by Archiver"),
        (
            lambda path: rewrite(path, lambda table: table.replace_schema_metadata({"archiver.schema": "99"})),
            "was made by a newer Archiver",
        ),
        (
            lambda path: rewrite(path, lambda table: pyarrow.concat_tables([table, table.slice(0, 1)])),
            "a row with its id came before",
        ),
    ],
)
def test_broken_parquet_is_refused(
    refused: Callable[[str, str], None], tables: Path, spoil: Callable[[Path], Any], words: str
) -> None:
    """A table that is missing, cut off, without a column, or with a row too many."""
    spoil(tables / "embeds.parquet")
    refused("tables", words)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("PRAGMA user_version = 99", "was made by a newer Archiver"),
        ("PRAGMA user_version = 1", "was made by an earlier Archiver"),
        ("PRAGMA application_id = 7", "is a database of another program"),
        ("DROP TABLE embeds", "lacks the table embeds"),
        ("ALTER TABLE articles DROP COLUMN byline", ", articles: it has no byline"),
        ("UPDATE embeds SET permalink = 'javascript:alert(1)'", "permalink 'javascript:alert(1)' is no address"),
        ("UPDATE articles SET folder = 'x', id = 'x/' || source", "what it refers to is not among the folders"),
        ("UPDATE sqlar SET data = x'00'", "it is not the file that was read"),
        ("UPDATE articles SET text = CAST(x'ff' AS TEXT)", "holds text that is not UTF-8"),
        ("UPDATE sqlar SET mtime = 'x'", "mtime is not a whole number"),
    ],
)
def test_an_archive_that_nobody_of_us_wrote_is_refused(
    refused: Callable[[str, str], None], tmp_path: Path, small_archive: Path, statement: str, words: str
) -> None:
    """One of another version or program, without a table, or with values that cannot be; it is left as it is."""
    shutil.copyfile(small_archive, tmp_path / "given.db")
    with closing(sqlite3.connect(tmp_path / "given.db")) as db, db:
        for trigger in ("articles_au", "articles_ad", "articles_ai"):
            db.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for view in VIEWS:
            db.execute(f"DROP VIEW IF EXISTS {view}")
        db.execute(statement)
    before = (tmp_path / "given.db").read_bytes()
    refused("given.db", words)
    assert (tmp_path / "given.db").read_bytes() == before


def test_a_damaged_archive_is_refused(refused: Callable[[str, str], None], tmp_path: Path, small_archive: Path) -> None:
    """Pages in the middle of it are not what they were."""
    data = bytearray(small_archive.read_bytes())
    data[4096 * 3 : 4096 * 40] = b"\xaa" * (4096 * 37)
    (tmp_path / "given.db").write_bytes(data)
    refused("given.db", "is damaged")


def test_a_bag_with_a_changed_file_is_refused(
    archiver: Archiver, refused: Callable[[str, str], None], small_archive: Path
) -> None:
    """Its digests say so."""
    archiver("export", "--db", small_archive, "--format", "bagit", "-o", "bag")
    with Path("bag/data/archive.db").open("ab") as file:
        file.write(b"\0")
    refused("bag", "is no sound bag")


def test_the_archive_itself_and_what_is_not_there_are_refused(
    archiver: Archiver, small_archive: Path, tmp_path: Path
) -> None:
    """Under whatever name."""
    shutil.copyfile(small_archive, tmp_path / "mine.db")
    (tmp_path / "link.db").symlink_to("mine.db")
    done = archiver("import", "link.db", "--db", "mine.db")
    assert (done.returncode, done.stderr) == (2, "archiver: link.db is the archive itself\n")
    done = archiver("import", "missing.jsonl", "--db", "mine.db")
    assert (done.returncode, done.stderr) == (1, "archiver: missing.jsonl does not exist.\n")


@pytest.mark.parametrize(
    ("body", "cleaned"),
    [
        ("<p>Hi</p><!--embed 1--><p>you</p>", "<p>Hi</p><!--embed 1--><p>you</p>"),
        ("<p>Hi</p><script>x()</script>", "<p>Hi</p>"),
        ('<p onclick="x()">Hi</p><iframe src="https://x.example"></iframe>', "<p>Hi</p>"),
        ("<!--embed 1--><!-- else --><!--embed 99999999999-->", "<!--embed 1-->"),
        ("<p>\ufdd01\ufdd1</p>", "<p>1</p>"),
    ],
)
def test_the_body_of_a_page_is_made_safe_again(body: str, cleaned: str) -> None:
    """One that is safe stays as it is, its slots too."""
    assert clean_body(body) == cleaned


def test_hostile_pages_come_in_harmless(archiver: Archiver, tmp_path: Path, lines: list[bytes]) -> None:
    """A body with script is imported without it."""
    at = next(
        n for n, line in enumerate(lines) if line.startswith(b'{"table":"articles"') and b'"format":"html"' in line
    )
    row = json.loads(lines[at])
    row["body"] += "<script>alert(1)</script><img src=x onerror=alert(1)>"
    (tmp_path / "given.jsonl").write_bytes(b"".join([*lines[:at], json.dumps(row).encode() + b"\n", *lines[at + 1 :]]))
    assert archiver("import", "given.jsonl").returncode == 0
    with store.reading(tmp_path / "archive.db") as db:
        article = store.load_article(db, row["id"])
    assert article and article.body and "alert" not in article.body


@pytest.fixture(scope="module")
def small_export(lines: list[bytes]) -> list[Line]:
    """The same, parsed."""
    return [json.loads(line) for line in lines]


NASTY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(
        ["", "</script>", "javascript:x()", "../../x", "\x00", "\ud800", "2020-02-30", "{id}%s", "@x", "-"]
    ),
    st.lists(st.text(max_size=3), max_size=2),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_value_in_any_column_breaks_anything(small_export: list[Line], tmp_path: Path, data: st.DataObject) -> None:
    """An export with any value anywhere is imported, and can be rendered, or is refused by its name and left alone."""
    at = data.draw(st.integers(1, len(small_export) - 2))
    column = data.draw(st.sampled_from(sorted(small_export[at])))
    export = [*small_export[:at], small_export[at] | {column: data.draw(NASTY)}, *small_export[at + 1 :]]
    file, db = tmp_path / "given.jsonl", tmp_path / "archive.db"
    db.unlink(missing_ok=True)
    file.write_text("".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in export), "utf-8")
    with store.archive(db, create=True) as archive:
        try:
            import_file(archive, file, arguments=["import"])
        except ArchiverError as error:
            assert str(error).startswith(str(file))
            assert store.count_archive(archive).articles == 0
        else:
            render_site(archive, tmp_path / "site")
            assert not import_file(archive, file, arguments=["import"]).changed
