"""The same input gives the same rows, in whatever order and however split into batches."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import store
from archiver.records import Article, Embed, Precision, Problem, Reading

HANDLES = ("ada", "Ada", "bea")
NAMES = (None, "Ada U.", "Béa")
TIMES: tuple[tuple[str | None, Precision | None], ...] = (
    (None, None),
    ("2019-03-04", "day"),
    ("2019-03-04T05:06Z", "minute"),
)


@st.composite
def embeds(draw: st.DrawFn) -> Embed:
    """An embed of one of a few posts and authors, so that articles share them."""
    handle = draw(st.sampled_from(HANDLES))
    time, precision = draw(st.sampled_from(TIMES))
    return Embed(
        ordinal=1,
        platform="instagram",
        form="text",
        start=0,
        end=1,
        marker=draw(st.text(max_size=3)),
        handle=handle,
        handle_origin="marker",
        author_name=draw(st.sampled_from(NAMES)),
        posted_at=time,
        precision=precision,
        time_origin="marker" if time else None,
        post_id=draw(st.sampled_from((None, f"instagram:@{handle.lower()}/2019"))),
        author_id=f"instagram:{handle.lower()}",
    )


@st.composite
def readings(draw: st.DrawFn, source: str) -> Reading:
    """A small article with up to three embeds and perhaps a problem."""
    content = draw(st.text(max_size=20))
    found = draw(st.lists(embeds(), max_size=3))
    problem = Problem(folder="news", source=source, kind="encoding", detail="One byte.")
    article = Article(
        folder="news",
        source=source,
        format="text",
        encoding="utf-8",
        sha256="0",
        content=content,
        data=content.encode("utf-8", "replace"),
    )
    return Reading(
        article=article,
        embeds=tuple(replace(embed, ordinal=ordinal) for ordinal, embed in enumerate(found, start=1)),
        problems=draw(st.sampled_from(((), (problem,)))),
    )


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Reading], list[list[Reading]]]:
    """A corpus, and the same in another order, split into batches, with earlier versions of some articles first."""
    sources = [f"{number}.txt" for number in range(draw(st.integers(1, 5)))]
    corpus = [draw(readings(source)) for source in sources]
    shuffled = draw(st.permutations(corpus))
    size = draw(st.integers(1, len(corpus)))
    batches = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    earlier = [draw(readings(source)) for source in draw(st.lists(st.sampled_from(sources), unique=True))]
    return corpus, [earlier, *batches]


def rows_after(batches: Sequence[Sequence[Reading]]) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a new archive after these batches."""
    with tempfile.TemporaryDirectory() as folder:
        db = store.open_archive(Path(folder) / "archive.db", create=True)
        (Path(folder) / "news").mkdir()
        store.register_folder(db, Path(folder) / "news")
        run = store.start_run(db, version="1", arguments=[])
        for batch in batches:
            store.save_readings(db, batch, run_id=run, reader="1")
        tables = ("articles", "embeds", "posts", "authors", "problems", "sqlar")
        rows = {table: db.conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}  # noqa: S608
        store.close_archive(db)
    return rows


@settings(max_examples=40)
@given(corpora())
def test_rows_depend_on_the_last_reading_alone(corpus: tuple[list[Reading], list[list[Reading]]]) -> None:
    """Order, batches and earlier versions of an article leave no trace."""
    at_once, in_steps = corpus
    assert rows_after(in_steps) == rows_after([at_once])
