"""Imports: what leaves an archive comes back as it was, and what several archives know comes together."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Archiver = Callable[..., CompletedProcess[str]]

POST = "View this post on Instagram A post shared by Ines Okafor (@ines.okafor) on Oct {day}, 2020 at 4:16am PDT"
TWEET = (
    '<p>Boats.</p><blockquote class="twitter-tweet"><p>Low tide at the old pier.</p>&mdash; Ada Quill (@adaquill) '
    '<a href="https://twitter.com/adaquill/status/1311875000000000000">October 2, 2020</a></blockquote>'
)
CODE = (
    '<p>It rose.</p><blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/CF1tGabcdef/">'
    "<p>A post shared by Ines Okafor (@ines.okafor)</p></blockquote>"
)
HEAD = "platform,native_id,handle,permalink,posted_at,precision\n"
KNOWN = (
    "instagram,CF1tGabcdef,Ines.Okafor,https://www.instagram.com/p/CF1tGabcdef/,2020-10-02T11:16:17.295Z,millisecond"
)


def files_in(path: Path) -> dict[str, bytes]:
    """The files of a folder by name, or the one file."""
    paths = path.rglob("*") if path.is_dir() else [path]
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in paths if one.is_file()}


def query(db: Path | str, sql: str) -> list[tuple[Any, ...]]:
    """The rows that a query gives."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def rows_of(db: str, table: str) -> list[tuple[Any, ...]]:
    """All rows of a table, but for the number of the run, which another run has another of."""
    names = [name for (name,) in query(db, f"SELECT name FROM pragma_table_info('{table}')") if name != "run_id"]  # noqa: S608
    columns = ", ".join(f'"{name}"' for name in names)
    return query(db, f"SELECT {columns} FROM {table} ORDER BY 1")  # noqa: S608


def write(folder: str, **files: str) -> None:
    """Articles in a folder, by the stems of their names."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for stem, text in files.items():
        (Path(folder) / f"{stem}.{'html' if text.startswith('<') else 'txt'}").write_text(text, "utf-8")


@pytest.fixture
def exported(archiver: Archiver) -> Callable[[str], bytes]:
    """All that is in an archive, as JSON Lines."""

    def export(db: str) -> bytes:
        assert archiver("export", "--db", db, "-o", "export.jsonl", "--force").returncode == 0
        return Path("export.jsonl").read_bytes()

    return export


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_an_export_becomes_the_same_archive_again(archiver: Archiver, full_archive: Path, form: str) -> None:
    """Exported, imported into an empty archive and exported again, it is the same bytes; and so when imported twice."""
    archiver("export", "--db", full_archive, "--format", form, "-o", "one")
    for name in ("two", "three"):
        done = archiver("import", "one", "--db", "new.db", "-q")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        archiver("export", "--db", "new.db", "--format", form, "-o", name)
        assert files_in(Path(name)) == files_in(Path("one"))


@pytest.mark.parametrize("form", ["archive", "bagit"])
def test_an_archive_and_a_bag_are_imported_as_they_are(
    archiver: Archiver, full_archive: Path, exported: Callable[[str], bytes], form: str
) -> None:
    """With all that an export would have; the archive that is read is not written to."""
    given = full_archive
    if form == "bagit":
        given = Path("bag")
        archiver("export", "--db", full_archive, "--format", "bagit", "-o", "bag")
    before = files_in(given)
    assert archiver("import", given, "--db", "new.db").returncode == 0
    assert exported("new.db") == exported(str(full_archive))
    assert files_in(given) == before


def test_importing_twice_changes_no_byte_of_any_row(archiver: Archiver, full_archive: Path) -> None:
    """The second import leaves not even a run."""
    dumps = []
    for _ in range(2):
        archiver("import", full_archive, "--db", "new.db")
        with closing(sqlite3.connect("new.db")) as db:
            dumps.append(list(db.iterdump()))
    assert dumps[0] == dumps[1]


FOLDED = ("articles", "embeds", "posts", "authors", "candidates", "account_names", "quotes", "flags", "sqlar")


def test_two_archives_come_together_as_if_one_had_read_both(archiver: Archiver) -> None:
    """In either order: a marker in one is the post whose code is in the other."""
    write("a", marker=f"The lake.\n\n{POST.format(day=2)}\n", ada=TWEET)
    write("b", code=CODE, ada=TWEET)
    archiver("run", "a", "b", "--db", "both.db", "-q")
    for name in ("a", "b"):
        archiver("run", name, "--db", f"{name}.db", "-q")
    archiver("import", "a.db", "b.db", "--db", "ab.db", "-q")
    archiver("import", "b.db", "a.db", "--db", "ba.db", "-q")
    expected = {table: rows_of("both.db", table) for table in FOLDED}
    assert {table: rows_of("ab.db", table) for table in FOLDED} == expected
    assert {table: rows_of("ba.db", table) for table in FOLDED} == expected
    joined = "SELECT post_id FROM embeds WHERE native_id IS NULL"
    assert query("ab.db", joined) == [("instagram:CF1tGabcdef",)]


def test_folders_of_one_name_stay_apart(archiver: Archiver) -> None:
    """A folder is known by its path: another of the same name gets another, and its rows with it; always the same."""
    write("ours/news", a=f"Ours.\n\n{POST.format(day=2)}\n")
    write("theirs/news", a=f"Theirs.\n\n{POST.format(day=3)}\n")
    for name in ("ours", "theirs"):
        archiver("run", f"{name}/news", "--db", f"{name}.db", "-q")
    for _ in range(2):
        assert archiver("import", "theirs.db", "--db", "ours.db").returncode == 0
        assert query("ours.db", "SELECT id FROM articles ORDER BY id") == [("news/a.txt",), ("theirs/news/a.txt",)]
    assert query("ours.db", "SELECT name FROM sqlar ORDER BY 1") == [("news/a.txt",), ("theirs/news/a.txt",)]
    assert query("ours.db", "SELECT id FROM embeds ORDER BY 1") == [("news/a.txt#1",), ("theirs/news/a.txt#1",)]


def test_a_run_over_a_folder_of_one_name_takes_no_imported_articles_for_its_own(archiver: Archiver) -> None:
    """Their files were never on this machine, so that they are not gone, whatever is pruned."""
    write("theirs/news", a=f"Theirs.\n\n{POST.format(day=3)}\n")
    archiver("run", "theirs/news", "--db", "theirs.db", "-q")
    (Path("theirs/news/a.txt")).unlink()
    Path("theirs/news").rmdir()
    archiver("import", "theirs.db")
    write("ours/news", b=f"Ours.\n\n{POST.format(day=2)}\n")
    archiver("run", "ours/news", "--prune", "-q")
    assert query("archive.db", "SELECT id FROM articles ORDER BY id") == [("news/a.txt",), ("ours/news/b.txt",)]


def test_a_restored_archive_goes_on_where_it_was(archiver: Archiver) -> None:
    """A folder that is on this machine is read as before; it keeps its name even when it moves."""
    write("news", a=f"The lake.\n\n{POST.format(day=2)}\n")
    archiver("run", "news", "--db", "old.db", "-q")
    archiver("import", "old.db")
    assert json.loads(archiver("run", "news", "--json").stdout)["unchanged"] == 1
    Path("moved").mkdir()
    Path("news").rename("moved/news")
    archiver("run", "moved/news", "-q")
    assert query("archive.db", "SELECT id FROM articles") == [("news/a.txt",)]


def test_an_article_that_is_here_otherwise_stays_and_is_named(
    archiver: Archiver, exported: Callable[[str], bytes]
) -> None:
    """Nothing that was stored is lost; what did not fit is on stderr and among the problems, once, and never leaves."""
    write("news", a=f"The lake.\n\n{POST.format(day=2)}\n", b="No embed.\n")
    archiver("run", "news", "--db", "theirs.db", "-q")
    write("news", a=f"The lake rose.\n\n{POST.format(day=3)}\n")
    archiver("run", "news", "-q")
    before = exported("archive.db")
    for _ in range(2):
        done = archiver("import", "theirs.db")
        assert done.returncode == 3
        assert done.stderr == "archiver: news/a.txt has other bytes here than in theirs.db; it stays as it is\n"
        assert query("archive.db", "SELECT id, run_id FROM problems") == [("news/a.txt#conflict", 2)]
    articles = [line for line in before.splitlines() if line.startswith(b'{"table":"articles"')]
    assert set(articles) <= set(exported("archive.db").splitlines())
    assert b"#conflict" not in exported("archive.db")


def test_what_an_import_brought_says_so(archiver: Archiver) -> None:
    """Each article and each line of an index leads to the run that brought it, and that to the file."""
    write("news", a=f"The lake.\n\n{POST.format(day=2)}\n")
    archiver("run", "news", "--db", "theirs.db", "-q")
    Path("index.csv").write_text(f"{HEAD}{KNOWN}\n", "utf-8")
    archiver("import", "theirs.db", "index.csv")
    brought = "SELECT imported.id, file, format FROM imported JOIN imports ON imports.id = import_id ORDER BY 1"
    assert query("archive.db", brought) == [
        ("instagram:CF1tGabcdef ines.okafor", "index.csv", "index"),
        ("news/", "theirs.db", "archive"),
        ("news/a.txt", "theirs.db", "archive"),
    ]
    assert query(
        "archive.db", "SELECT arguments, saved FROM runs WHERE id IN (SELECT id FROM imports) ORDER BY id"
    ) == [
        ('["import", "theirs.db", "index.csv"]', 1),
        ('["import", "theirs.db", "index.csv"]', 0),
    ]


def test_the_site_shows_what_was_imported(archiver: Archiver) -> None:
    """The next run renders all of it, and not only what it has read itself."""
    write("news", a=f"The lake.\n\n{POST.format(day=2)}\n")
    archiver("run", "news", "-q")
    write("more", b=f"The pier.\n\n{POST.format(day=3)}\n")
    archiver("run", "more", "--db", "theirs.db", "--site", "theirs", "-q")
    archiver("import", "theirs.db")
    archiver("run", "news", "-q")
    assert len(list(Path("site/articles").glob("*.html"))) == 2


# Indexes


@pytest.mark.parametrize("first", ["index", "articles"])
def test_an_index_tells_which_post_a_marker_is(archiver: Archiver, first: str) -> None:
    """The remains of a post get its id, its address and its exact time, whichever comes first."""
    write("news", a=f"The lake.\n\n{POST.format(day=2)}\n")
    Path("index.csv").write_text(f"{HEAD}{KNOWN}\ninstagram,CF1tGabcdeg,somebody.else,,,\n", "utf-8")
    steps = [("import", "index.csv"), ("run", "news", "-q")]
    for step in steps if first == "index" else reversed(steps):
        assert archiver(*step).returncode == 0
    told = "SELECT id, native_id, permalink, permalink_source, posted_at, posted_at_source, author_id FROM posts"
    assert query("archive.db", told) == [
        (
            "instagram:CF1tGabcdef",
            "CF1tGabcdef",
            "https://www.instagram.com/p/CF1tGabcdef/",
            "index",
            "2020-10-02T11:16:17.295Z",
            "id",
            "instagram:ines.okafor",
        )
    ]
    assert query("archive.db", "SELECT count(*) FROM indexed") == [(2,)]


def test_a_marker_that_may_be_two_of_an_index_is_neither(archiver: Archiver) -> None:
    """Both are kept as what it may be, and go when it does."""
    write("news", a=f"The lake.\n\n{POST.format(day=2)}\n")
    Path("index.csv").write_text(f"{HEAD}{KNOWN}\ninstagram,CF1tGaccdef,ines.okafor,,,\n", "utf-8")
    archiver("run", "news", "-q")
    archiver("import", "index.csv")
    assert query("archive.db", "SELECT post_id FROM embeds") == [("instagram:@ines.okafor/2020-10-02T11:16Z",)]
    assert len(query("archive.db", "SELECT * FROM candidates WHERE NOT chosen")) == 2
    assert archiver("render").returncode == 0
    Path("news/a.txt").unlink()
    write("news", b="Nothing.\n")
    archiver("run", "news", "--prune", "-q")
    assert query("archive.db", "SELECT id FROM posts") == []


def test_an_index_dates_a_post_that_nothing_else_dates(archiver: Archiver) -> None:
    """Of several lines the most exact; what an article says goes before it."""
    write("news", a="It rose.\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n")
    lines = ("youtube,dQw4w9WgXcQ,lake,,2019-05,month", "youtube,dQw4w9WgXcQ,pier,,2019-05-04,day")
    Path("index.csv").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    archiver("run", "news", "-q")
    archiver("import", "index.csv")
    dated = "SELECT posted_at, precision, posted_at_source, permalink_source FROM posts"
    assert query("archive.db", dated) == [("2019-05-04", "day", "index", "markup")]


def test_a_line_of_an_index_that_says_more_replaces_the_one_that_says_less(archiver: Archiver) -> None:
    """And never the other way round; a line that says otherwise changes nothing."""
    for name, rest in {"less": ",,,", "more": ",,2019-05-04,day", "other": ",,2018-01-01,day"}.items():
        Path(f"{name}.csv").write_text(f"{HEAD}youtube,dQw4w9WgXcQ,lake{rest}\n", "utf-8")
    said = []
    for name in ("less", "more", "less", "other"):
        assert archiver("import", f"{name}.csv").returncode == 0
        said += query("archive.db", "SELECT posted_at FROM indexed")
    assert said == [(None,), ("2019-05-04",), ("2019-05-04",), ("2019-05-04",)]


def test_an_index_goes_round_without_gaining_anything(archiver: Archiver) -> None:
    """Its own index imported into an archive changes nothing that it says."""
    write("news", a=TWEET)
    archiver("run", "news", "-q")
    before = archiver("export", "--format", "index").stdout
    Path("index.csv").write_text(before, "utf-8")
    archiver("import", "index.csv")
    assert archiver("export", "--format", "index").stdout == before
    assert json.loads(archiver("stats", "--json").stdout)["posts"] == 1
