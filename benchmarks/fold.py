"""`python -m benchmarks.fold`: how long it takes to derive posts and accounts from many embeds; exit 1 above the bar.

Embeds are made up in the proportions of a newsroom's archive and saved as `archiver run` saves them, batch by batch:
60 % of X, 25 % of Instagram, 15 % of YouTube; accounts by Zipf's law, the largest with one embed in fifty; two posts in
five embedded more than once; one embed in three the remains of one, without its id.
"""

import argparse
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archiver import store
from archiver.identity import identify
from archiver.platforms import BY_NAME
from archiver.records import Article, Embed, Precision, Reading
from archiver.run import BATCH_ARTICLES, BATCH_BYTES
from archiver.store import derive, save
from archiver.times import iso
from benchmarks.corpus import WORDS
from benchmarks.measure import run_command

SEED = 20261125
EMBEDS = 1_000_000
BAR_SECONDS, BAR_BYTES = 300, 500_000_000
ACCOUNTS, HEAD = 200_000, 2
"""Accounts of a platform, and how many of its largest are about as large: the share of one is 1 in (rank + HEAD)."""

NEW = 0.62
"""The share of embeds whose post was not embedded before."""

FIRST, SPAN = datetime(2012, 6, 1, tzinfo=UTC), timedelta(days=3000)


def make_post(number: int) -> tuple[str, str, str, datetime, str]:
    """Platform, handle, native id, time and text of a post: the same for the same number."""
    rng = random.Random(SEED * 1_000_003 + number)
    platform = rng.choices(("twitter", "instagram", "youtube"), (60, 25, 15))[0]
    rank = int(HEAD * math.exp(rng.random() * math.log((ACCOUNTS + HEAD) / HEAD))) - HEAD
    at = FIRST + SPAN * rng.random()
    clock = BY_NAME[platform].id_time
    if clock:
        native_id = clock.text(clock.first(int(at.timestamp() * 1000)) | rng.getrandbits(clock.shift))
    else:
        native_id = f"{rng.getrandbits(64):011x}"[:11]
    return platform, f"desk_{rank}", native_id, at, " ".join(rng.choices(WORDS, k=rng.randint(8, 40)))


def make_embed(rng: random.Random, number: int, ordinal: int) -> Embed:
    """An embed of that post: its code, or what is left of it."""
    platform, handle, native_id, at, text = make_post(number)
    said: dict[str, Any] = {"ordinal": ordinal, "platform": platform, "start": 0, "end": 1, "marker": text[:80]}
    if platform == "youtube":
        return Embed(
            **said, form="iframe", native_id=native_id, permalink=f"https://www.youtube.com/watch?v={native_id}"
        )
    is_marker = rng.random() < 0.39
    precision: Precision = "minute" if platform == "instagram" else "day"
    if is_marker or platform == "twitter":
        said |= {"posted_at": iso(at, precision), "precision": precision, "time_origin": "marker"}
        said |= {"posted_text": f"{at:%B %-d, %Y}" if precision == "day" else None}
    if not is_marker:
        said["native_id"] = native_id
        said["permalink"] = BY_NAME[platform].permalink.format(id=native_id, handle=handle)
    if is_marker or rng.random() < 0.9:
        said |= {"handle": handle, "handle_origin": "marker", "author_name": handle.replace("_", " ").title()}
    if platform == "twitter" or rng.random() < 0.4:
        said["text"] = text
    return Embed(**said, form="text" if is_marker else "blockquote", language="en")


def make_readings(embeds: int) -> Iterator[Reading]:
    """Articles with so many embeds in all, one to five in each."""
    rng, posts, made = random.Random(SEED), 0, 0
    while made < embeds:
        found = []
        for ordinal in range(1, min(rng.randint(1, 5), embeds - made) + 1):
            if posts == 0 or rng.random() < NEW:
                number, posts = posts, posts + 1
            else:
                number = posts - 1 - int(posts * rng.random() ** 3)
            found.append(make_embed(rng, number, ordinal))
        name = f"{made // 5000:03}/{made:07}.html"
        content = "Words. " * 300
        article = Article(
            folder="press",
            source=name,
            format="html",
            encoding="utf-8",
            sha256=f"{made:064x}",
            content=content,
            data=content.encode(),
            published_at=iso(FIRST + SPAN * (1 + rng.random()), "day"),
        )
        made += len(found)
        yield Reading(article=article, embeds=tuple(identify(found, article.sha256)), text=content)


def batches(readings: Iterator[Reading]) -> Iterator[list[Reading]]:
    """What `archiver run` saves in one transaction."""
    batch: list[Reading] = []
    size = 0
    for reading in readings:
        batch.append(reading)
        size += len(reading.article.data) + len(reading.text or "")
        if len(batch) >= BATCH_ARTICLES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    yield batch


def fold(db: store.Database, embeds: int) -> dict[str, Any]:
    """Save so many embeds; the seconds of processor that saving takes and, of these, deriving."""
    deriving = _Watch(derive.derive)
    save.derive = deriving  # type: ignore[attr-defined]  # it is timed where `save_readings` calls it
    saving = _Watch(store.save_readings)
    run_id, touched = store.start_run(db, version="benchmark", arguments=["fold"]), store.Touched()
    for batch in batches(make_readings(embeds)):
        touched |= saving(db, batch, run_id=run_id, reader="benchmark", keep_sources=False)
    counts = store.count_archive(db)
    several = "SELECT count(*) FROM (SELECT 1 FROM embeds GROUP BY post_id HAVING count(*) > 1)"
    largest = "SELECT max(n) FROM (SELECT count(*) AS n FROM embeds WHERE author_id IS NOT NULL GROUP BY author_id)"
    joined = "SELECT count(*) FROM embeds WHERE native_id IS NULL AND post_id <> observed_id"
    return {
        "embeds": counts.embeds,
        "posts": counts.posts,
        "authors": counts.authors,
        "several": db.conn.execute(several).fetchone()[0],
        "largest": db.conn.execute(largest).fetchone()[0],
        "markers": db.conn.execute("SELECT count(*) FROM embeds WHERE native_id IS NULL").fetchone()[0],
        "joined": db.conn.execute(joined).fetchone()[0],
        "saving": saving.seconds,
        "deriving": deriving.seconds,
    }


class _Watch:
    """A function that adds up the seconds it takes."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.seconds = 0.0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return self.function(*arguments, **named)
        finally:
            self.seconds += time.process_time() - start


def main() -> int:
    """Print the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fold", description=__doc__)
    parser.add_argument("--embeds", type=int, default=EMBEDS)
    parser.add_argument("--into", type=Path, help="make the archive in this folder, and write the figures there")
    options = parser.parse_args()
    if options.into:
        with store.archive(options.into / "archive.db", create=True) as db:
            (options.into / "press").mkdir()
            store.register_folder(db, options.into / "press")
            (options.into / "figures.json").write_text(json.dumps(fold(db, options.embeds)))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "benchmarks.fold", "--embeds", str(options.embeds), "--into", scratch]
        usage = run_command(command)
        figures = json.loads((Path(scratch) / "figures.json").read_text())
        size = (Path(scratch) / "archive.db").stat().st_size
    share = options.embeds / EMBEDS
    print(
        f"{figures['embeds']:,} embeds, {figures['markers']:,} of them markers, {figures['joined']:,} of which joined; "
        f"{figures['posts']:,} posts, {figures['several']:,} of them in several places; {figures['authors']:,} "
        f"accounts, the largest with {figures['largest']:,} embeds"
    )
    print(
        f"deriving took {figures['deriving']:.1f} s of a processor, saving {figures['saving']:.1f} s, all of it "
        f"{usage.seconds:.1f} s; peak memory {usage.peak / 1e6:.0f} MB, archive {size / 1e6:.0f} MB"
    )
    return int(figures["deriving"] > BAR_SECONDS * share or usage.peak > BAR_BYTES)


if __name__ == "__main__":
    sys.exit(main())
