"""Saving and loading: what goes in comes out, and only what has changed is written."""

import hashlib
import signal
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from archiver import store
from archiver.errors import ArchiveError, DamagedFileError
from archiver.records import Article, Author, Capture, Embed, Passage, Picture, Post, Problem, Reading
from archiver.store.members import unpack

NASTY = "Ça – 蛋糕 \N{PARTY POPPER}\x00 '; DROP TABLE articles; -- \N{RIGHT-TO-LEFT OVERRIDE}<script>\"%s\r\n"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An archive with the folder `news`."""
    archive = store.open_archive(tmp_path / "archive.db", create=True)
    (tmp_path / "news").mkdir()
    store.register_folder(archive, tmp_path / "news")
    yield archive
    store.close_archive(archive)


def article(source: str = "a.txt", content: str = "Words.", **more: Any) -> Article:
    values: dict[str, Any] = {
        "folder": "news",
        "source": source,
        "format": "text",
        "encoding": "utf-8",
        "content": content,
        "data": content.encode("utf-8", "replace"),
    } | more
    return Article(sha256=hashlib.sha256(values["data"]).hexdigest(), **values)


def embed(handle: str = "ada", ordinal: int = 1, **more: Any) -> Embed:
    values: dict[str, Any] = {
        "ordinal": ordinal,
        "platform": "instagram",
        "form": "text",
        "start": 0,
        "end": 5,
        "marker": "Words",
        "handle": handle,
        "handle_origin": "marker",
        "post_id": f"instagram:@{handle}/2019-03-04T05:06Z",
        "author_id": f"instagram:{handle}",
    }
    return Embed(**values | more)


def reading(source: str = "a.txt", *embeds: Embed, content: str = "Words.", **more: Any) -> Reading:
    return Reading(article=article(source, content), embeds=embeds, text=content, **more)


def save(db: Database, *readings: Reading, **options: Any) -> store.Touched:
    run = store.start_run(db, version="1.0", arguments=["run", "news"])
    return store.save_readings(db, readings, run_id=run, reader="1.0", **options)


def dump(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("articles", "embeds", "posts", "authors", "problems", "pictures", "sqlar")
    return {table: db.conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}  # noqa: S608


def matches(db: Database, table: str, query: str) -> list[str]:
    rows = db.conn.execute(
        f"SELECT id FROM {table} JOIN {table}_fts ON {table}_fts.rowid = {table}.rowid "  # noqa: S608
        f"WHERE {table}_fts MATCH ? ORDER BY id",
        (query,),
    )
    return [row[0] for row in rows]


def test_an_embed_comes_back_as_it_was(db: Database) -> None:
    """Every field of an observation is kept."""
    full = embed(
        native_id="CFx",
        permalink="https://www.instagram.com/p/CFx/",
        author_name="Ada Ünal",
        posted_at="2016-05-04",
        precision="day",
        posted_text="4. Mai 2016 um 12:09 PDT",
        posted_at_options=("2016-05-04T07:09Z", "2016-05-04T19:09Z"),
        text="蛋糕",
        language="de",
        time_origin="marker",
    )
    save(db, reading("a.txt", full))
    assert store.load_embeds(db, "news/a.txt") == [full]


def test_an_article_comes_back_with_its_text_and_source(db: Database) -> None:
    """What was read can be shown and unpacked again."""
    one = article(content="\ufeffLine\r\nline", title="T", published_at="2020-01-02", byline="B", language="en")
    save(db, Reading(article=one, text=one.content))
    stored = store.load_article(db, one.id)
    assert stored is not None
    assert (stored.text, stored.title, stored.published_at, stored.reader) == (one.content, "T", "2020-01-02", "1.0")
    assert store.load_source(db, one.id) == one.data


def test_the_text_of_a_page_is_the_one_that_was_read(db: Database) -> None:
    """Full text finds the words that a reader sees, not tags; a page without main content has no text."""
    page = article("a.html", "<title>x</title><p>Hello", format="html")
    body = "<p>Hello</p><p>W&amp;rld</p>"
    empty = Reading(article=replace(page, source="b.html"))
    save(db, Reading(article=page, text="Hello\nW&rld", body=body), empty)
    stored = store.load_bodies(db, ["news/a.html", "news/b.html"]).articles.values()
    assert [(one.text, one.body) for one in stored] == [("Hello\nW&rld", body), (None, None)]


def test_every_text_survives(db: Database) -> None:
    """NUL, emoji, quotes, SQL and markup are characters like others in every text column."""
    one = article(
        NASTY, NASTY, title=NASTY, byline=NASTY, url=NASTY, published_at=NASTY, language=NASTY, encoding=NASTY
    )
    nasty = embed(NASTY, marker=NASTY, text=NASTY, author_name=NASTY, posted_text=NASTY, permalink=NASTY)
    problem = Problem(folder="news", source=NASTY, kind=NASTY, detail=NASTY)
    save(db, Reading(article=one, embeds=(nasty,), text=NASTY, body=NASTY, problems=(problem,)))
    stored = store.load_article(db, one.id)
    assert stored is not None
    assert {stored.source, stored.title, stored.byline, stored.url, stored.text, stored.body} == {NASTY}
    assert store.load_embeds(db, one.id) == [nasty]
    assert list(store.load_problems(db)) == [problem]
    assert store.load_source(db, one.id) == one.data


def test_what_is_no_character_is_replaced_one_for_one(db: Database) -> None:
    """A lone surrogate cannot be written as UTF-8; its place is kept so that spans hold."""
    save(db, reading("a.txt", embed(marker="\udc80Words"), content="a\ud83db"))
    stored = store.load_article(db, "news/a.txt")
    assert stored is not None
    assert (stored.text, store.load_embeds(db, "news/a.txt")[0].marker) == ("a\ufffdb", "\ufffdWords")


def test_saving_twice_is_saving_once(db: Database) -> None:
    """No row differs, and no page has to be made again but the article's own."""
    batch = [reading("a.txt", embed()), reading("b.txt", embed(), embed("bea", 2))]
    save(db, *batch)
    before = dump(db)
    touched = save(db, batch[0])
    assert dump(db) == before
    assert touched.articles == {"news/a.txt"}


def test_a_changed_article_replaces_exactly_its_rows(db: Database) -> None:
    """Posts and authors that nobody embeds any more are gone, the others stay."""
    save(db, reading("a.txt", embed("ada"), embed("bea", 2)), reading("b.txt", embed("cleo")))
    save(db, reading("a.txt", embed("cleo"), content="New words."))
    assert [author.id for author in store.load_authors(db)] == ["instagram:cleo"]
    assert [post.id for post in store.load_posts(db)] == ["instagram:@cleo/2019-03-04T05:06Z"]
    assert [len(store.load_embeds(db, f"news/{name}.txt")) for name in "ab"] == [1, 1]


def test_pages_that_share_a_changed_author_are_touched(db: Database) -> None:
    """A name learned in one article changes the cards of another; an unrelated article stays untouched."""
    save(db, reading("a.txt", embed("ada")), reading("b.txt", embed("bea")))
    touched = save(db, reading("c.txt", embed("ada", author_name="Ada U.")))
    assert touched.articles == {"news/a.txt", "news/c.txt"}
    assert touched.authors == {"instagram:ada"}


def test_forgotten_articles_leave_nothing(db: Database) -> None:
    """Rows, sources, pictures, problems, posts and authors of a pruned article go; its neighbours stay."""
    save(db, reading("b.txt", embed("bea")))
    before = dump(db)
    picture = Picture(src="a_files/x.png", type="image/png", data=b"png")
    problem = Problem(folder="news", source="a.html", kind="encoding", detail="One byte could not be read.")
    gone = article("a.html", format="html", pictures=(picture,))
    save(db, Reading(article=gone, embeds=(embed("ada"), embed("bea", 2)), problems=(problem,)))
    touched = store.forget_articles(db, [gone.id])
    assert dump(db) == before
    assert "instagram:ada" in touched.authors


def test_a_known_problem_keeps_the_run_that_saw_it_first(db: Database) -> None:
    """A second run changes no row; a problem that is gone loses its row, a different one gets the new run."""

    def stored() -> list[tuple[str, int]]:
        return db.conn.execute("SELECT kind, run_id FROM problems ORDER BY kind").fetchall()

    def problem(kind: str, detail: str) -> Problem:
        return Problem(folder="news", source="a.txt", kind=kind, detail=detail)

    cut, bytes_ = problem("truncated", "It ends in a tag."), problem("encoding", "2 bytes.")
    save(db, reading(problems=(cut, bytes_)))
    save(db, reading(problems=(cut, replace(bytes_, detail="3 bytes."))))
    assert stored() == [("encoding", 2), ("truncated", 1)]
    save(db, reading(problems=(cut,)))
    assert stored() == [("truncated", 1)]


def test_problems_of_one_kind_are_told_together(db: Database) -> None:
    """A source has one row for a kind of problem, with every sentence in it."""
    one = Problem(folder="news", source="a.txt", kind="encoding", detail="Byte 3.")
    save(db, reading(problems=(one, replace(one, detail="Byte 9."))))
    assert [problem.detail for problem in store.load_problems(db)] == ["Byte 3. Byte 9."]


def test_an_unreadable_source_keeps_what_was_stored(db: Database) -> None:
    """A problem with a file takes nothing away that was read before."""
    save(db, reading("a.txt", embed()))
    before = dump(db)
    problem = Problem(folder="news", source="a.txt", kind="permission", detail="a.txt cannot be opened.")
    store.save_problems(db, [problem], run_id=1)
    assert dump(db) == before | {
        "problems": [("news/a.txt#permission", "news", "a.txt", "permission", "a.txt cannot be opened.", 1)]
    }


FAILS_AT_C = """
CREATE TEMP TRIGGER fails BEFORE INSERT ON main.articles WHEN new.source = 'c.txt'
BEGIN SELECT RAISE(ABORT, 'no room for c'); END
"""


def test_nothing_of_a_failed_batch_is_stored(db: Database) -> None:
    """A batch is saved whole or not at all; what was stored earlier stays."""
    save(db, reading("a.txt", embed()))
    before = dump(db)
    db.conn.execute(FAILS_AT_C)
    with pytest.raises(sqlite3.IntegrityError, match="no room for c"):
        save(db, reading("a.txt", embed("bea")), reading("b.txt"), reading("c.txt"))
    assert dump(db) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from archiver import store
from archiver.records import Article, Reading

def reading(name):
    return Reading(text=name, article=Article(folder="news", source=name, format="text", encoding="utf-8",
                                              sha256=name, content=name, data=name.encode()))

def die():
    os.kill(os.getpid(), signal.SIGKILL)

folder = Path(sys.argv[1])
db = store.open_archive(folder / "archive.db", create=True)
store.register_folder(db, folder)
run = store.start_run(db, version="1", arguments=[])
store.save_readings(db, [reading("a"), reading("b")], run_id=run, reader="1")
db.conn.create_function("die", 0, die)
db.conn.execute("CREATE TEMP TRIGGER dies AFTER INSERT ON main.articles WHEN new.source = 'd' BEGIN SELECT die(); END")
store.save_readings(db, [reading("c"), reading("d")], run_id=run, reader="1")
"""


def test_a_killed_run_loses_nothing_stored_and_the_next_completes_it(tmp_path: Path) -> None:
    """After SIGKILL in mid batch the earlier batch is there, and the full text is built by the next run."""
    (tmp_path / "news").mkdir()
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "news")], check=False)
    assert done.returncode == -signal.SIGKILL
    path = tmp_path / "news" / "archive.db"
    store.close_archive(store.open_archive(path, create=False))
    db = store.load_archive(path)
    assert [one.source for one in store.list_articles(db)] == ["a", "b"]
    assert matches(db, "articles", "b") == ["news/b"]
    db.close()


def test_full_text_is_built_at_the_end_and_kept_after(tmp_path: Path) -> None:
    """The first load is indexed on closing, later changes as they come; diacritics do not matter, nor VACUUM."""
    path = tmp_path / "archive.db"
    (tmp_path / "news").mkdir()
    db = store.open_archive(path, create=True)
    store.register_folder(db, tmp_path / "news")
    save(db, *(reading(f"{name}.txt", embed(name), content=f"Ein {name} später") for name in ("ada", "bea", "cleo")))
    store.close_archive(db)
    db = store.open_archive(path, create=False)
    assert matches(db, "articles", "spater bea") == ["news/bea.txt"]
    save(db, reading("bea.txt", embed("zoë"), content="Ganz anders"))
    store.forget_articles(db, ["news/ada.txt"])
    db.vacuum()
    assert matches(db, "articles", "spater") == ["news/cleo.txt"]
    assert matches(db, "authors", "zoe OR ada OR bea") == ["instagram:zoë"]
    for table in ("articles", "posts", "authors"):
        db.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    store.close_archive(db)


def test_sqlite_itself_unpacks_the_sources(tmp_path: Path) -> None:
    """`sqlite3 archive.db -A` lists and unpacks them: compressed, or raw where that is shorter."""
    path, long = tmp_path / "archive.db", "word " * 500
    (tmp_path / "news").mkdir()
    db = store.open_archive(path, create=True)
    store.register_folder(db, tmp_path / "news")
    picture = Picture(src="p_files/x y.png", type="image/png", data=bytes(range(256)))
    page = article("p.html", "<p>", format="html", pictures=(picture,))
    save(db, reading("long.txt", content=long), reading("short.txt", content="é"), reading("empty.txt", content=""))
    save(db, Reading(article=page))
    store.close_archive(db)
    sqlite = ["sqlite3", str(path), "-A"]
    listed = subprocess.run([*sqlite, "-t"], check=True, capture_output=True, text=True).stdout.splitlines()
    names = ["news/empty.txt", "news/long.txt", "news/p.html", "news/p.html.files/p_files/x y.png", "news/short.txt"]
    assert sorted(listed) == names
    subprocess.run([*sqlite, "-x", "-C", str(tmp_path / "out")], check=True)
    assert (tmp_path / "out" / "news" / "long.txt").read_text() == long
    assert (tmp_path / "out" / names[3]).read_bytes() == picture.data


@pytest.mark.parametrize("src", ["../../etc/x.png", "/x.png", "..\\x.png", "./x.png", "..", "a//b.png"])
def test_a_picture_stays_in_its_folder(db: Database, src: str) -> None:
    """Unpacking cannot write outside, and the picture is still found by the `src` of the page."""
    pictures = (Picture(src=src, type="image/png", data=b"1"), Picture(src="x.png", type="image/png", data=b"2"))
    page = article("p.html", format="html", pictures=pictures)
    save(db, Reading(article=page))
    members = [row[0] for row in db.conn.execute("SELECT name FROM pictures")]
    assert all(part not in ("", ".", "..") for member in members for part in member.split("/"))
    assert sorted(store.load_bodies(db, [page.id]).pictures[page.id], key=lambda one: one.data) == list(pictures)


def test_sources_may_be_left_out(db: Database) -> None:
    """With `keep_sources=False` the bytes are not stored, nor kept from before; pictures are, for the site."""
    picture = Picture(src="x.png", type="image/png", data=b"png")
    page = article("p.html", format="html", pictures=(picture,))
    save(db, Reading(article=page))
    save(db, Reading(article=page), keep_sources=False)
    assert store.load_source(db, page.id) is None
    assert list(store.load_bodies(db, [page.id]).pictures[page.id]) == [picture]


def test_entries_are_newest_first_with_their_embeds_counted(db: Database) -> None:
    """The index of the site; undated articles come last."""
    dates = {"a.txt": "2019-01-01", "b.txt": None, "c.txt": "2020-10-02"}
    save(db, *(Reading(article=article(name, published_at=date), embeds=(embed(),)) for name, date in dates.items()))
    assert [(one.source, one.embeds) for one in store.list_articles(db)] == [("c.txt", 1), ("a.txt", 1), ("b.txt", 1)]


def test_posts_and_authors_know_where_they_are_embedded(db: Database) -> None:
    """What the page of a post and of an author needs."""
    save(db, reading("a.txt", embed()), reading("b.txt", embed(), embed("bea", 2)), reading("c.txt"))
    post = next(store.list_posts_of_author(db, "instagram:ada"))
    assert isinstance(store.load_author(db, "instagram:ada"), Author)
    assert isinstance(store.load_post(db, post.id), Post)
    for entries in (
        store.load_entries_by_post(db, [post.id])[post.id],
        store.load_entries_of_author(db, "instagram:ada"),
    ):
        assert [entry.source for entry in entries] == ["a.txt", "b.txt"]


def test_counts_say_how_much_there_is(db: Database) -> None:
    """The numbers of the summary and of `archiver stats`."""
    save(db, reading("a.txt", embed(), embed("bea", 2, form="iframe")), reading("b.txt", embed()))
    counts = store.count_archive(db)
    assert (counts.articles, counts.embeds, counts.posts, counts.authors, counts.problems) == (2, 3, 2, 2, 0)
    assert counts.forms == (("instagram", "iframe", 1), ("instagram", "text", 2))


def test_a_run_is_noted_from_start_to_end(db: Database) -> None:
    """An unfinished run has no end; a finished one says what came of it."""
    run = store.start_run(db, version="1.0", arguments=["run", "new\udce9s"])
    (row,) = db.table("runs").rows
    assert (row["id"], row["finished_at"], row["arguments"]) == (run, None, r'["run", "new\udce9s"]')
    store.finish_run(db, run, store.RunCounts(seen=3, saved=2, unchanged=1))
    (row,) = db.table("runs").rows
    assert (row["seen"], row["saved"], row["vanished"]) == (3, 2, 0)
    assert row["finished_at"] >= row["started_at"]


def test_a_batch_that_cannot_be_written_is_an_archive_error(db: Database, tmp_path: Path) -> None:
    """A writer that holds the file, or a full disk, is told in one sentence."""
    db.conn.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(tmp_path / "archive.db")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ArchiveError, match="in use by another program"):
        store.save_problems(db, [], run_id=1)
    other.close()


@pytest.mark.parametrize("view", store.views.VIEWS)
def test_every_view_can_be_read(db: Database, view: str) -> None:
    """A view names only columns that exist, and shows the rows it joins."""
    problem = Problem(folder="news", source="a.txt", kind="encoding", detail="One byte.")
    marker = embed(
        text="Low tide, high spirits", observed_id="instagram:@ada/undated", post_id="instagram:@ada/undated"
    )
    code = replace(marker, native_id="CFx", observed_id="instagram:CFx", post_id="instagram:CFx", conflict="two posts")
    said = Passage(embed=1, start=0, end=9, text="High spirits", score=0.9, reason="named")
    save(db, reading("a.txt", marker, problems=(problem,), passages=(said,)), reading("b.txt", code))
    answer = Capture(
        id="1",
        post_id="instagram:CFx",
        source="mastodon",
        url="https://example.org/",
        method="GET",
        fetched_at="2026-01-01T10:00:00Z",
        outcome="not-found",
    )
    store.save_captures(db, [answer])
    assert list(db.view(view).rows)


def test_no_more_is_unpacked_than_a_file_says() -> None:
    """A file in an archive of somebody else's that would unpack to more than its size, or to less, is damaged."""
    packed = zlib.compress(b"0" * 1000)
    assert unpack("a", 1000, packed, None) == b"0" * 1000
    for size in (0, 10, 999, 1001):
        with pytest.raises(DamagedFileError):
            unpack("a", size, packed, None)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_posts_before_an_account_was_made_are_flagged_in_any_order(db: Database, order: tuple[int, ...]) -> None:
    """What an answer about one post says of its account holds for all that sign with it; the first day counts."""

    def answer(number: int, since: str) -> Capture:
        return Capture(
            id=str(number),
            post_id=f"mastodon:{number}",
            source="mastodon",
            url="https://example.org/",
            method="GET",
            fetched_at=f"2026-01-0{number}T10:00:00.000Z",
            outcome="captured",
            handle="ada",
            author_id="instagram:ada",
            author_since=since,
            text="Low tide.",
        )

    one = embed(native_id="CFx", observed_id="instagram:CFx", post_id="instagram:CFx", decoded_at="2020-10-02T11:16Z")
    steps = (
        lambda: save(db, reading("a.txt", one)),
        lambda: store.save_captures(db, [answer(1, "2021-03-01")]),
        lambda: store.save_captures(db, [answer(2, "2021-02-01")]),
    )
    for step in order:
        steps[step]()
    details = [row["detail"] for row in db.query("SELECT detail FROM flags WHERE kind = 'age'")]
    assert details == ["The post’s id dates it 2020-10-02T11:16Z, before the account @ada was made (2021-02-01)."]
