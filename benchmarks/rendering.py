"""`python -m benchmarks.rendering`: pages a second, memory, and rendering again; exit 1 where a bar is missed.

The articles are those of the corpus, each page with its cards, read into an archive first. Pages a second are of one
processor's time, without the time that other programs take of it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver import store
from archiver.render.site import render_site
from archiver.run import Options, run
from benchmarks import corpus
from benchmarks.__main__ import Row, row_line

SEED = 20261123
MB = 1_000_000
BAR_PAGES, BAR_AGAIN, BAR_GROWTH = 400, 20, 1_500
"""Article pages a second of processor time; how much faster the second render is; bytes of memory for each article
more (the names of its pages; an article of the corpus has 4 kB, its page 5)."""


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a render took: seconds of the processor, and the peak of its memory in bytes."""

    seconds: float
    peak: int


def make_archive(folder: Path, count: int) -> Path:
    """An archive of `count` articles of the corpus."""
    corpus.write_articles(folder / "articles", SEED, count)
    path = folder / "archive.db"
    with store.archive(path, create=True) as db:
        run_id = store.start_run(db, version="benchmark", arguments=["rendering"])
        run(db, [folder / "articles"], run_id=run_id, options=Options(jobs=os.cpu_count() or 1))
        store.finish_run(db, run_id, store.RunCounts())
    shutil.rmtree(folder / "articles")
    return path


def render(archive: Path, site: Path) -> Usage:
    """Render the site in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.rendering", "--render", str(archive), str(site)]
    seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Usage(seconds=float(seconds), peak=int(peak))


def render_here(archive: Path, site: Path) -> None:
    """Render the site in this process; print the seconds of the processor and the peak of its memory in bytes."""
    before = os.times()
    with store.reading(archive) as db:
        render_site(db, site)
    after = os.times()
    print(after.user - before.user + after.system - before.system, peak_memory())


def peak_memory() -> int:
    """The most bytes that this process ever had in memory (proc(5): VmHWM).

    getrusage(2) would count those that its parent had when it was started.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def measure(count: int, scratch: Path) -> Iterator[Row | Usage]:
    """The rows of an archive of `count` articles, then the render of the two that took more memory."""
    archive, site = make_archive(scratch, count), scratch / "site"
    first, second = render(archive, site), render(archive, site)
    with store.reading(archive) as db:
        counts = store.count_archive(db)
    pages = sum(1 for _ in site.rglob("*.html"))
    yield Row(
        what=f"rendering {counts.articles:,} articles, {pages:,} pages in all",
        figure=f"{counts.articles / first.seconds:,.0f} articles/s",
        beside=f"{pages / first.seconds:,.0f} pages/s, {first.seconds:.1f} s of one processor",
        bar=f">= {BAR_PAGES}/s",
        met=counts.articles / first.seconds >= BAR_PAGES,
    )
    faster = first.seconds / second.seconds
    yield Row(
        what="  again, nothing changed",
        figure=f"{second.seconds:.2f} s",
        beside=f"first {first.seconds:.2f} s",
        value=f"{faster:.0f} x",
        bar=f">= {BAR_AGAIN} x",
        met=faster >= BAR_AGAIN,
    )
    yield max(first, second, key=lambda usage: usage.peak)


def measure_all(sizes: list[int]) -> Iterator[Row]:
    """All rows, each as soon as it is measured; memory beside that of the smallest archive."""
    smallest: Usage | None = None
    for count in sizes:
        with tempfile.TemporaryDirectory(prefix="archiver-bench-") as scratch:
            for told in measure(count, Path(scratch)):
                if isinstance(told, Row):
                    yield told
                    continue
                smallest = smallest or told
                growth = (told.peak - smallest.peak) / max(count - sizes[0], 1)
                yield Row(
                    what="  its peak memory",
                    figure=f"{told.peak / MB:,.0f} MB",
                    beside=f"{growth:,.0f} bytes an article beyond {sizes[0]:,}" if count > sizes[0] else "",
                    bar=f"< {BAR_GROWTH}",
                    met=growth < BAR_GROWTH,
                )


def main() -> int:
    """Print the table; 0 when every bar is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rendering", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 50_000], metavar="N")
    parser.add_argument("--render", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.render:
        render_here(*options.render)
        return 0
    missed = 0
    for row in measure_all(options.articles):
        print(row_line(row), flush=True)
        missed += not row.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
