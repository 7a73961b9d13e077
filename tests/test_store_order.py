"""What follows from embeds depends on the embeds alone: not on the order, the batches or what was there before."""

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from archiver import store
from archiver.identity import identify, known_of, marker_of, resolve
from archiver.platforms import BY_NAME
from archiver.records import Article, Candidate, Embed, Passage, Precision, Reading
from archiver.run import Options, run
from archiver.times import iso
from benchmarks import joins

DERIVED = ("posts", "authors", "candidates", "account_names", "renames", "flags", "quotes", "embeds")
BASE = datetime(2014, 11, 11, 18, 16, tzinfo=UTC)
"""A day that is the number of its month, so that it may be printed for any other of the month."""

OFFSETS = [timedelta(seconds=s) for s in (0, 0, 31, 59, 61, 110, 700, -20, -100, -890, -1000)]
FAR = [*[timedelta(0)] * 4, timedelta(hours=12), timedelta(days=10), timedelta(days=-4, hours=1), timedelta(days=1)]
HANDLES = ("ada", "Ada", "bea")
TEXTS = (
    None,
    "Low tide, high spirits, and nobody on the pier but us.",
    "Low tide, high spirits, and nobody on the pier but us. https://t.co/Ab3",
    "Low tide, high spirits, and nobody on the pi…",
    "Low tide, high spirits, and nobody at the pier but you.",
    "The ferry is late again, third day in a row, and it rains.",
)
PLATFORMS = ("instagram", "instagram", "twitter", "tiktok", "bluesky", "youtube")
World = tuple[str, list[datetime]]
"""What all embeds of one archive are about: a platform, and the moments of its posts."""


def native_id(platform: str, at: datetime, salt: int) -> str:
    """An id that was given out at that moment; of YouTube any."""
    clock = BY_NAME[platform].id_time
    if clock is None:
        return f"dQw4w9WgX{salt:02}"
    return clock.text(clock.first(int(at.timestamp() * 1000)) + salt)


@st.composite
def codes(draw: st.DrawFn, platform: str, at: datetime) -> dict[str, Any]:
    """What an embed with a native id says: signed, addressed or neither, dated in markup or not."""
    handle = draw(st.sampled_from(("ada", "ada", *HANDLES, None)))
    told = draw(st.sampled_from((None, at)))
    return {
        "form": draw(st.sampled_from(("blockquote", "iframe"))),
        "native_id": native_id(platform, at, draw(st.integers(0, 1))),
        "handle": handle,
        "handle_origin": draw(st.sampled_from(("markup", "marker"))) if handle else None,
        "posted_at": iso(told, "second") if told else None,
        "precision": "second" if told else None,
        "time_origin": "markup" if told else None,
        "permalink": draw(st.sampled_from((None, "https://www.instagram.com/bea/p/BCntbEZoaBx/"))),
        "conflict": draw(st.sampled_from((None, None, "the code names one, its link leads to another"))),
    }


@st.composite
def markers(draw: st.DrawFn, at: datetime) -> dict[str, Any]:
    """What an embed says that names no id: a minute, a second, a day, two minutes or no time at all."""
    how: Precision | str | None = draw(st.sampled_from(("minute", "minute", "second", "day", "options", None)))
    told: dict[str, Any] = {"posted_at": None, "precision": None}
    if how == "options":
        half = timedelta(hours=12)
        first, second = sorted((at, at + draw(st.sampled_from((half, -half)))))
        told = {
            "posted_at": iso(at, "day"),
            "precision": "day",
            "posted_at_options": (iso(first, "minute"), iso(second, "minute")),
        }
    elif how:
        told = {"posted_at": iso(at, how), "precision": how}  # type: ignore[arg-type]
    return told | {
        "form": "text",
        "handle": draw(st.sampled_from(("ada", "ada", *HANDLES, None))),
        "handle_origin": "marker",
        "time_origin": ("markup" if how == "second" else "marker") if how else None,
        "author_name": draw(st.sampled_from((None, "Ada U.", "Béa"))),
    }


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A platform and a few moments, near each other or as far apart as a misprint takes them."""
    moments = st.builds(lambda near, far: BASE + near + far, st.sampled_from(OFFSETS), st.sampled_from(FAR))
    return draw(st.sampled_from(PLATFORMS)), draw(st.lists(moments, min_size=1, max_size=4))


@st.composite
def embeds(draw: st.DrawFn, world: World) -> Embed:
    """An embed of one of a few posts, so that articles share them."""
    platform, moments = world
    at = draw(st.sampled_from(moments))
    said = draw(codes(platform, at) if draw(st.booleans()) else markers(at))
    return Embed(ordinal=1, platform=platform, start=0, end=1, marker="m", text=draw(st.sampled_from(TEXTS)), **said)


@st.composite
def readings(draw: st.DrawFn, source: str, world: World) -> Reading:
    """An article with up to three embeds, dated or not."""
    found = draw(st.lists(embeds(world), min_size=1, max_size=4))
    sha256 = f"{source}{len(found)}"
    article = Article(
        folder="news",
        source=source,
        format="text",
        encoding="utf-8",
        sha256=sha256,
        content="",
        data=b"",
        published_at=draw(st.sampled_from((None, "2014-11-11", "2014-11-25", "2015"))),
    )
    numbered = [replace(one, ordinal=ordinal) for ordinal, one in enumerate(found, start=1)]
    said = tuple(
        Passage(embed=one.ordinal, start=0, end=1, text=text, score=draw(st.sampled_from((0.3, 0.7))), reason="named")
        for one in numbered
        if (text := draw(st.sampled_from((None, "Low tide, high spirits", "the pier but you"))))
    )
    return Reading(article=article, embeds=tuple(identify(numbered, sha256)), passages=said, text="")


Step = list[Reading] | list[str]
"""One batch: articles that are saved, or the ids of those that are removed."""


@st.composite
def scripts(draw: st.DrawFn) -> list[Step]:
    """Batches that add, change and remove a few articles."""
    world = draw(worlds())
    sources = [f"{number}.txt" for number in range(draw(st.integers(2, 5)))]
    steps: list[Step] = []
    for _ in range(draw(st.integers(2, 6))):
        some = draw(st.lists(st.sampled_from(sources), min_size=1, max_size=3, unique=True))
        removing = bool(steps) and draw(st.integers(0, 3)) == 0
        steps.append([f"news/{name}" for name in some] if removing else [draw(readings(name, world)) for name in some])
    return steps


@cache
def empty_archive() -> Path:
    """An archive with nothing in it, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="archiver-"))
    (folder / "news").mkdir()
    with store.archive(folder / "archive.db", create=True) as db:
        store.register_folder(db, folder / "news")
        store.start_run(db, version="1", arguments=[])
    return folder / "archive.db"


@contextmanager
def new_archive() -> Iterator[store.Database]:
    """An archive of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        shutil.copy(empty_archive(), path)
        with store.archive(path, create=False) as db:
            yield db


def apply(db: store.Database, step: Step) -> None:
    """Do one batch."""
    saved = [one for one in step if isinstance(one, Reading)]
    if saved:
        store.save_readings(db, saved, run_id=1, reader="1")
    else:
        store.forget_articles(db, [one for one in step if isinstance(one, str)])


def dump(db: store.Database, tables: Sequence[str] = DERIVED) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of these tables."""
    return {name: db.conn.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in tables}  # noqa: S608


def remaining(steps: Sequence[Step]) -> list[Reading]:
    """The articles that are there after these batches."""
    there: dict[str, Reading] = {}
    for step in steps:
        for one in step:
            if isinstance(one, Reading):
                there[one.article.id] = one
            else:
                there.pop(one, None)
    return list(there.values())


@settings(max_examples=60)
@given(scripts())
def test_an_archive_is_what_its_articles_make_it(steps: list[Step]) -> None:
    """After any additions, changes and removals all that is derived is as in a new archive of the same articles."""
    with new_archive() as db:
        for step in steps:
            apply(db, step)
        stepwise = dump(db)
    with new_archive() as db:
        apply(db, remaining(steps) or ["news/none"])
        at_once = dump(db)
    event(f"{min(len(at_once['candidates']), 5)} candidates")
    assert stepwise == at_once


def resolved(articles: Sequence[Reading]) -> list[Candidate]:
    """What resolution says of all embeds at once."""
    found = [embed for one in articles for embed in one.embeds if embed.observed_id]
    by_id = {key: [one for one in found if one.observed_id == key] for key in {one.observed_id for one in found}}
    markers = [marker_of(told) for told in by_id.values() if not told[0].native_id]
    return resolve(markers, [known_of(told) for told in by_id.values() if told[0].native_id])


@settings(max_examples=40)
@given(scripts())
def test_an_archive_resolves_as_all_its_embeds_do(steps: list[Step]) -> None:
    """What the archive looks up around a marker or a post leaves out nothing that may match."""
    with new_archive() as db:
        for step in steps:
            apply(db, step)
        names = ", ".join(field.name for field in fields(Candidate))
        rows = db.conn.execute(f"SELECT {names} FROM candidates ORDER BY marker_id, post_id").fetchall()  # noqa: S608
    assert rows == [astuple(one) for one in resolved(remaining(steps))]


# The whole program, over a folder


def write_press(folder: Path) -> dict[str, str]:
    """Articles with markers, codes and decoys, and with what contradicts them; all texts by file name."""
    folder.mkdir()
    rng = random.Random(joins.SEED)  # noqa: S311
    joins.write_folder(folder, rng, 16)
    for number in range(12):
        handle, name = joins.PEOPLE[number]
        at = joins.SPAN[0] + (joins.SPAN[1] - joins.SPAN[0]) * rng.random()
        platform = ("twitter", "instagram")[number % 2]
        post = joins.make_post(rng, platform, handle.replace(".", "_"), name, at)
        others = (
            replace(post, handle=f"{post.handle}_2", name=f"{name} II"),
            replace(post, text=f"{post.text} And more of the same."),
            replace(post, shown_at=post.shown_at + timedelta(minutes=7, days=number % 3)),
        )
        date = f'<meta property="article:published_time" content="{at:%Y-%m-%d}">'
        embeds_ = "<p>And.</p>".join(joins.code(one) for one in (post, *others))
        (folder / f"contradictions-{number:02}.html").write_text(
            f"<head>{date}</head><p>Words.</p>{embeds_}<p>End.</p>"
        )
        markers_ = "\n\n".join(joins.marker(rng, one) for one in (post, others[2], post))
        markers_ += f"\n\n“{post.text}” {name} wrote on {BY_NAME[platform].label}."
        (folder / f"again-{number:02}.txt").write_text(f"Words.\n\n{markers_}\n\nMore.\n")
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, list[tuple[Any, ...]]]]:
    """The texts of a folder, and all that is derived from them in one run."""
    top = tmp_path_factory.mktemp("order")
    texts = write_press(top / "press")
    with store.archive(top / "archive.db", create=True) as db:
        run_over(db, top / "press")
        return texts, dump(db)


def run_over(db: store.Database, folder: Path, *, jobs: int = 1, prune: bool = False) -> None:
    """One run over the folder."""
    run_id = store.start_run(db, version="test", arguments=[])
    run(db, [folder], run_id=run_id, options=Options(jobs=jobs, prune=prune))


Press = tuple[dict[str, str], dict[str, list[tuple[Any, ...]]]]


def test_the_folder_has_something_of_everything(press: Press) -> None:
    """Else the tests below would hold nothing."""
    texts, expected = press
    assert len(texts) > 60
    assert all(expected.values())
    columns = [field.name for field in fields(Candidate)]
    chosen = [row[columns.index("chosen")] for row in expected["candidates"]]
    assert {0, 1} == set(chosen)


def test_two_workers_give_the_same_rows(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes read, one writes, in order."""
    monkeypatch.setattr("archiver.reading.ALONE", 8)
    texts, expected = press
    write_press(tmp_path / "press")
    with store.archive(tmp_path / "archive.db", create=True) as db:
        run_over(db, tmp_path / "press", jobs=2)
        assert dump(db) == expected
    assert texts


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("seed", [1, 2])
def test_small_batches_in_any_order_give_the_same_rows(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, seed: int
) -> None:
    """Files that are listed in another order, and transactions that end elsewhere."""
    texts, expected = press
    names = list(texts)
    random.Random(seed).shuffle(names)  # noqa: S311
    folder = tmp_path / "press"
    folder.mkdir()
    monkeypatch.setattr("archiver.run.BATCH_ARTICLES", batch)
    with store.archive(tmp_path / "archive.db", create=True) as db:
        store.register_folder(db, folder)
        run_id = store.start_run(db, version="test", arguments=[])
        for name in names:
            (folder / name).write_text(texts[name])
        run(db, [folder / name for name in names], run_id=run_id, options=Options())
        assert dump(db) == expected


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ten_runs_give_the_rows_of_one(press: Press, tmp_path: Path, seed: int) -> None:
    """Files that come a few at a time, are written over, are lost and come back, with --prune in between."""
    texts, expected = press
    rng = random.Random(seed)  # noqa: S311
    folder = tmp_path / "press"
    folder.mkdir()
    with store.archive(tmp_path / "archive.db", create=True) as db:
        for _ in range(9):
            for name in rng.sample(sorted(texts), 12):
                (folder / name).write_text(texts[rng.choice((name, *texts))])
            for path in rng.sample(sorted(folder.iterdir()), 3):
                path.unlink()
            run_over(db, folder, prune=rng.random() < 0.5)
        for name, text in texts.items():
            (folder / name).write_text(text)
        run_over(db, folder, prune=True)
        assert dump(db) == expected
