"""Markers join posts, move back, and accounts have names, as articles come, change and go."""

from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from sqlite_utils import Database

from archiver import store
from archiver.identity import identify
from archiver.records import Article, Embed, Reading
from archiver.run import Options, run

MARKER = "A post shared by Ada Quill (@ada) on Oct 2, 2020 at 4:16am PDT"
MARKER_ID = "instagram:@ada/2020-10-02T11:16Z"
CODE, LATER, EARLY = "CF1tGabcdef", "CF1tJabcdef", "CF1sAabcdef"
"""Given out in the printed minute, 25 seconds later in it, and some minutes before it."""

TEXT = "Low tide, high spirits, and nobody on the pier but us."


def code(id_: str = CODE, handle: str | None = "ada", name: str = "Ada Quill", text: str = "") -> str:
    """The embed code of a post, signed or not."""
    url = f"https://www.instagram.com/p/{id_}/"
    if handle is None:
        return f'<iframe src="{url}embed/"></iframe>'
    return (
        f'<blockquote class="instagram-media" data-instgrm-permalink="{url}"><p><a href="{url}">{text}</a></p>'
        f"<p>A post shared by {name} (@{handle})</p></blockquote>"
    )


def page(*embeds: str, published: str | None = None) -> str:
    """A page with these embeds."""
    date = f'<meta property="article:published_time" content="{published}">' if published else ""
    return f"<html><head>{date}</head><body><h1>Page</h1><p>Words.</p>{'<p>And.</p>'.join(embeds)}<p>End.</p></body>"


class Press:
    """A folder of articles and the archive of it."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.folder = folder

    def run(self, **articles: str | None) -> None:
        """Write these articles (a text where it has no tags), remove those that are None, and run with --prune."""
        for name, content in articles.items():
            for old in self.folder.glob(f"{name}.*"):
                old.unlink()
            if content is not None:
                (self.folder / f"{name}.{'html' if '<' in content else 'txt'}").write_text(content)
        run_id = store.start_run(self.db, version="test", arguments=[])
        run(self.db, [self.folder], run_id=run_id, options=Options(prune=True))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.db.conn.execute(sql).fetchall()

    def post_of(self, article: str) -> str | None:
        """The post of the first embed of an article."""
        found = self.rows(f"SELECT post_id FROM embeds WHERE article_id LIKE 'press/{article}.%' AND ordinal = 1")  # noqa: S608
        return str(found[0][0]) if found else None

    def candidates(self) -> list[tuple[str, bool]]:
        """The posts that are candidates, and whether each is chosen."""
        return [(post, bool(chosen)) for post, chosen in self.rows("SELECT post_id, chosen FROM candidates ORDER BY 1")]


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    """An empty folder with an empty archive."""
    (tmp_path / "press").mkdir()
    with store.archive(tmp_path / "archive.db", create=True) as db:
        yield Press(db, tmp_path / "press")
        assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []


def native(id_: str) -> str:
    """The id of a post of Instagram."""
    return f"instagram:{id_}"


def test_a_marker_joins_when_the_code_comes_later(press: Press) -> None:
    """It is a post of its own until another article names its id, and an alias from then on."""
    press.run(a=MARKER)
    assert press.post_of("a") == MARKER_ID
    press.run(b=page(code()))
    assert press.post_of("a") == native(CODE)
    assert [row[0] for row in press.rows("SELECT id FROM posts")] == [native(CODE)]
    assert press.rows("SELECT id, post_id, rule FROM aliases") == [(MARKER_ID, native(CODE), "handle, printed time")]


@pytest.mark.parametrize(
    "change",
    [
        {"b": None},
        {"b": page("<p>No embed.</p>")},
        {"b": page(code("CF9tGabcdef"))},
        {"b": page(code(handle="bea", name="Bea"))},
        {"b": page(code(handle=None))},
    ],
)
def test_a_marker_moves_back_when_its_post_goes(press: Press, change: dict[str, str | None]) -> None:
    """Pruned, without the embed, with another id, signed by another or by nobody: the marker is a post again."""
    press.run(a=MARKER, b=page(code()))
    assert press.post_of("a") == native(CODE)
    press.run(**change)
    assert press.post_of("a") == MARKER_ID
    assert not [post for post, chosen in press.candidates() if chosen]


def test_a_second_candidate_unmakes_the_choice_and_its_end_makes_it_again(press: Press) -> None:
    """Two posts of the printed minute: both are kept, none is chosen; of one minute and one before, the minute's."""
    press.run(a=MARKER, b=page(code()))
    press.run(c=page(code(LATER)))
    assert (press.post_of("a"), press.candidates()) == (MARKER_ID, [(native(CODE), False), (native(LATER), False)])
    press.run(b=None)
    assert (press.post_of("a"), press.candidates()) == (native(LATER), [(native(LATER), True)])
    press.run(d=page(code(EARLY)))
    assert press.candidates() == [(native(EARLY), False), (native(LATER), True)]


def test_better_evidence_resolves_again(press: Press) -> None:
    """Of two posts of the minute the one whose text an article adds later."""
    captioned = f"View this post on Instagram {TEXT} {MARKER}"
    press.run(a=captioned, b=page(code()), c=page(code(LATER)))
    assert press.post_of("a") == MARKER_ID
    press.run(d=page(code(LATER, text=TEXT)))
    assert press.post_of("a") == native(LATER)


def test_a_day_alone_is_too_little_for_two_tweets(press: Press) -> None:
    """A flattened tweet is the one that is known of its author's day, until another of that day comes, and again when
    that goes."""

    def flattened(text: str) -> str:
        return f"{text} — Ada Quill (@ada) October 2, 2020"

    press.run(a="https://twitter.com/ada/status/1312031873211064320", b=flattened(TEXT))
    assert press.post_of("b") == "twitter:1312031873211064320"
    press.run(c=flattened("The ferry is late again, third day in a row, and it rains."))
    assert {chosen for _, chosen in press.candidates()} == {False}
    press.run(c=None)
    assert press.post_of("b") == "twitter:1312031873211064320"


def test_a_late_post_goes_to_the_marker_of_its_own_minute(press: Press) -> None:
    """A marker some minutes on has it only as long as none prints its minute."""
    late = MARKER.replace("4:16am", "4:20am")
    press.run(a=late, b=page(code()))
    assert press.post_of("a") == native(CODE)
    press.run(c=MARKER)
    assert (press.post_of("a"), press.post_of("c")) == ("instagram:@ada/2020-10-02T11:20Z", native(CODE))
    press.run(c=None)
    assert press.post_of("a") == native(CODE)


def test_the_candidates_of_a_marker_go_with_it(press: Press) -> None:
    """Nothing is left of a marker that no article has."""
    press.run(a=MARKER, b=page(code()), c=page(code(LATER)))
    press.run(a=None)
    assert press.candidates() == []
    assert [row[0] for row in press.rows("SELECT id FROM posts ORDER BY 1")] == [native(CODE), native(LATER)]


def test_every_embed_of_a_marker_moves_with_it(press: Press) -> None:
    """In articles before, beside and after the one that brings the code."""
    press.run(a=MARKER)
    press.run(b=page(code(), MARKER))
    press.run(c=f"{MARKER}\n\nWords.\n\n{MARKER}")
    assert press.rows("SELECT count(*), count(DISTINCT post_id) FROM embeds") == [(5, 1)]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_post_without_author_is_weighed_whenever_it_comes(press: Press, order: tuple[str, str]) -> None:
    """Before the marker or after it: it is kept, not chosen, until an embed says that it is the marker's author's."""
    articles = {"a": MARKER, "b": page(code(handle=None))}
    for name in order:
        press.run(**{name: articles[name]})
    assert (press.post_of("a"), press.candidates()) == (MARKER_ID, [(native(CODE), False)])
    press.run(c=page(code()))
    assert (press.post_of("a"), press.candidates()) == (native(CODE), [(native(CODE), True)])
    press.run(c=page(code(handle="bea", name="Bea")))
    assert (press.post_of("a"), press.candidates()) == (MARKER_ID, [])
    press.run(c=None)
    assert press.candidates() == [(native(CODE), False)]


@pytest.mark.parametrize(
    ("marker", "code_"),
    [
        ("A post shared by Ada (@ada) on Nov 11, 2014 at 10:16am PST", "vq-cqjgAAH"),
        ("Ver essa foto no Instagram Uma publicação compartilhada por Ada (@ada) em Out 2, 2020 às 4:16 PDT", CODE),
        (
            "Ver essa foto no Instagram Uma publicação compartilhada por Ada (@ada) em Out 2, 2020 às 4:16 PDT",
            "CF2_f0HgDA5",
        ),
    ],
)
@pytest.mark.parametrize("handle", ["ada", None])
def test_a_post_that_comes_later_is_found_by_any_minute_that_print_can_mean(
    press: Press, marker: str, code_: str, handle: str | None
) -> None:
    """Of the day that was printed as the month, and of both halves of a 12-hour clock."""
    press.run(a=marker)
    press.run(b=page(code(code_, handle)))
    assert press.candidates() == [(native(code_), handle is not None)]


def test_names_are_kept_with_their_first_and_last_sight(press: Press) -> None:
    """Spellings and display names, counted, with the dates of the articles; gone ones go."""
    names = "SELECT kind, value, embeds, first_seen, last_seen FROM account_names ORDER BY 1, 2"
    press.run(
        a=page(code(), published="2020-10-03"),
        b=page(code(handle="Ada", name="Ada Q."), code(), published="2020-10-09T10:00:00Z"),
        c=page(code()),
    )
    assert press.rows(names) == [
        ("handle", "Ada", 1, "2020-10-09", "2020-10-09"),
        ("handle", "ada", 3, "2020-10-03", "2020-10-09"),
        ("name", "Ada Q.", 1, "2020-10-09", "2020-10-09"),
        ("name", "Ada Quill", 3, "2020-10-03", "2020-10-09"),
    ]
    press.run(b=None, d=page(code(), published="2020-10-01"))
    assert press.rows(names) == [
        ("handle", "ada", 3, "2020-10-01", "2020-10-03"),
        ("name", "Ada Quill", 3, "2020-10-01", "2020-10-03"),
    ]
    press.run(a=page(code(), published="2020-10-02"), d=None)
    assert press.rows(names)[0] == ("handle", "ada", 2, "2020-10-02", "2020-10-02")
    press.run(a=None, c=None)
    assert press.rows(names) == press.rows("SELECT id FROM authors") == []


def test_an_account_is_written_as_its_names_are_counted(press: Press) -> None:
    """When most articles write it otherwise, so does the account."""
    press.run(a=page(code()))
    press.run(b=page(code(handle="ADA", name="Ada Q."), code(LATER, "ADA", "Ada Q.")))
    assert press.rows("SELECT handle, name FROM authors") == [("ADA", "Ada Q.")]
    press.run(b=None)
    assert press.rows("SELECT handle, name FROM authors") == [("ada", "Ada Quill")]


def test_a_renamed_account_is_noted_while_both_signatures_are_there(press: Press) -> None:
    """One post that two handles signed, until one of them is gone."""
    renames = "SELECT post_id, author_id, other_id FROM renames"
    press.run(a=page(code()), b=page(code(handle="ada.quill")))
    assert press.rows(renames) == [(native(CODE), "instagram:ada", "instagram:ada.quill")]
    press.run(b=None)
    assert press.rows(renames) == []


def test_a_contradiction_is_listed_with_both_sides(press: Press) -> None:
    """The post and the article that says otherwise; mended, it is gone."""
    wrong = code().replace("(@ada)", '(@ada) on <time datetime="2020-10-05T11:16:17+00:00">Oct 5, 2020</time>')
    press.run(a=page(code()), b=page(wrong))
    found = press.rows("SELECT kind, cause, post_id, article_id FROM contradictions")
    assert set(found) == {("time", None, native(CODE), "press/b.html")}
    press.run(b=page(code()))
    assert press.rows("SELECT * FROM flags") == []


def test_touched_pages_are_those_that_changed(press: Press) -> None:
    """The article of a marker that joins, the post that it was, and the post that it is."""
    press.run(a=MARKER)
    (press.folder / "b.html").write_text(page(code()))
    run_id = store.start_run(press.db, version="test", arguments=[])
    touched = run(press.db, [press.folder], run_id=run_id, options=Options()).touched
    assert touched.articles == {"press/a.txt", "press/b.html"}
    assert touched.posts == {MARKER_ID, native(CODE)}
    assert touched.authors == {"instagram:ada"}


@pytest.mark.parametrize(
    "source",
    [
        '<time datetime="9999-12-31T23:59:59+00:00">Dec 31, 9999 at 3:59pm PST</time>',
        '<time datetime="0001-01-01T00:00:00+00:00">Jan 1, 0001</time>',
        '<time datetime="1900-01-01T00:00:00+00:00">Jan 1, 1900</time>',
        '<time datetime="2099-12-31T23:59:59+00:00">Dec 31, 2099</time>',
    ],
)
def test_a_year_at_the_end_of_time_stops_nothing(press: Press, source: str) -> None:
    """What programs write for no time, in code with an id and without."""
    unnamed = code().replace(f"https://www.instagram.com/p/{CODE}/", "")
    dated = [text.replace("(@ada)", f"(@ada) on {source}") for text in (code(), unnamed)]
    press.run(a=page(*dated, published="9999-12-31T10:00:00Z"))
    assert press.rows("SELECT count(*) FROM embeds") == [(2,)]


def test_nasty_characters_in_ids_stay_apart(press: Press) -> None:
    """Handles of another script, quotes and wildcards in names: each account has its own markers."""
    markers = [MARKER.replace("ada", handle) for handle in ("ada_", "adab", "ada.b", "ada_b")]
    press.run(a="\n\n".join(markers), b=page(code(handle="ada_", name="A'da \"%_<b>\x00")))
    joined = press.rows("SELECT handle FROM embeds WHERE native_id IS NULL AND post_id <> observed_id")
    assert joined == [("ada_",)]


def test_no_query_goes_through_a_whole_table(press: Press) -> None:
    """What a batch costs does not depend on how much is there: every row is found by an index."""
    press.run(a=MARKER, b=page(code(), code(handle=None)), c=page(code(LATER, text=TEXT)))
    asked: list[str] = []
    press.db.conn.set_trace_callback(asked.append)
    ids = ["press/a.txt", "press/b.html"]
    store.forget_articles(press.db, ids)
    press.db.conn.set_trace_callback(None)
    queries = [sql for sql in asked if sql.lstrip().startswith(("SELECT", "DELETE", "UPDATE")) and "sqlar" not in sql]
    plans = [row[3] for sql in queries for row in press.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(plans) > 20
    assert [plan for plan in plans if plan.startswith("SCAN") and "json_each" not in plan] == []


@pytest.mark.parametrize("nasty", ["a\0b", "a' OR 1=1 --", "a%_", "ａ\U0010ffff", "a/2020-10-02", "\ud800", " "])
def test_any_characters_in_ids_resolve(press: Press, nasty: str) -> None:
    """What a platform may write in an id or a handle one day: it joins, moves back and goes like any other."""

    def reading(name: str, **fields: Any) -> Reading:
        said: dict[str, Any] = {"platform": "youtube", "form": "text", "start": 0, "end": 1, "marker": nasty}
        embed = Embed(ordinal=1, **said, handle=f"Ada{nasty}", author_name=nasty, text=TEXT, **fields)
        article = Article(
            folder="press", source=name, format="text", encoding="utf-8", sha256=name, content="", data=b""
        )
        return Reading(article=article, embeds=tuple(identify([embed], name)), text="")

    store.register_folder(press.db, press.folder)
    run_id = store.start_run(press.db, version="test", arguments=[])
    for one in (reading("a.txt"), reading("b.txt", native_id=f"id{nasty}")):
        store.save_readings(press.db, [one], run_id=run_id, reader="test")
    assert [chosen for _, chosen in press.candidates()] == [True]
    assert press.rows("SELECT count(DISTINCT post_id), count(DISTINCT author_id) FROM embeds") == [(1, 1)]
    store.forget_articles(press.db, ["press/b.txt"])
    assert press.rows("SELECT count(*) FROM embeds WHERE post_id = observed_id") == [(1,)]
    store.forget_articles(press.db, ["press/a.txt"])
    assert [press.rows(f"SELECT * FROM {name}") for name in ("posts", "authors", "account_names")] == [[], [], []]  # noqa: S608


def test_a_rerun_changes_nothing(
    archiver: Callable[..., CompletedProcess[str]], rows: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    """Reading every article again leaves every derived row as it was."""
    (tmp_path / "press").mkdir()
    for name, content in {"a.txt": MARKER, "b.html": page(code()), "c.html": page(code(LATER, "Ada"))}.items():
        (tmp_path / "press" / name).write_text(content)
    archiver("run", "press")
    tables = ("posts", "authors", "candidates", "account_names", "renames", "flags", "embeds")
    before = rows(tmp_path / "archive.db", *tables)
    archiver("run", "press", "--reread")
    assert rows(tmp_path / "archive.db", *tables) == before
