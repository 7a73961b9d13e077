"""`python -m benchmarks`: a table of what Archiver reaches beside its references; exit 1 where a bar is missed."""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

from archiver.find import find_embeds
from archiver.records import Format
from benchmarks import corpus, measure

SEED = 20261123
MB = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How much is measured: texts, pages, pages that BeautifulSoup parses, articles of the whole run."""

    texts: int
    pages: int
    parsed: int
    run: int


FULL = Sizes(texts=8000, pages=320, parsed=24, run=10_000)
QUICK = Sizes(texts=1000, pages=64, parsed=8, run=500)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table; `value` is what the bar is about, None a row that has no bar."""

    what: str
    figure: str
    beside: str
    value: str = ""
    bar: str = ""
    met: bool = True


def find_seconds(contents: list[str], written_as: Format) -> float:
    """Seconds to find the embeds of all contents, in one process."""
    return measure.best_seconds(lambda: [find_embeds(content, written_as) for content in contents])


def measure_texts(sizes: Sizes) -> Row:
    """Finding in text beside UTF-8 decoding of the same bytes."""
    rng = random.Random(SEED)
    stock = corpus.sentences(rng)
    data = [corpus.text_article(rng, stock, number).encode() for number in range(sizes.texts)]
    size = sum(map(len, data)) / MB
    decoding = measure.best_seconds(lambda: [item.decode() for item in data])
    finding = find_seconds([item.decode() for item in data], "text")
    return Row(
        what="finding in text",
        figure=f"{size / finding:,.0f} MB/s",
        beside=f"UTF-8 decoding {size / decoding:,.0f} MB/s",
        value=f"{decoding / finding:.2f} x",
        bar=">= 0.25 x",
        met=decoding / finding >= 0.25,
    )


def measure_pages(sizes: Sizes) -> Row:
    """Finding in HTML beside BeautifulSoup's parse of some of the same pages, compared byte for byte."""
    rng = random.Random(SEED)
    stock = corpus.sentences(rng)
    pages = [corpus.html_page(rng, stock, number) for number in range(sizes.pages)]
    sample = pages[: sizes.parsed]
    finding = sum(len(page.encode()) for page in pages) / MB / find_seconds(pages, "html")
    parse = measure.best_seconds(lambda: [BeautifulSoup(page, "html.parser") for page in sample])
    parsing = sum(len(page.encode()) for page in sample) / MB / parse
    return Row(
        what="finding in HTML",
        figure=f"{finding:,.0f} MB/s",
        beside=f"BeautifulSoup html.parser {parsing:,.1f} MB/s",
        value=f"{finding / parsing:.0f} x",
        bar=">= 10 x",
        met=finding / parsing >= 10,
    )


def measure_run(sizes: Sizes, scratch: Path) -> Iterator[Row]:
    """The whole job beside a plain copy of the files, its memory, and the same job again without changes."""
    source = scratch / "articles"
    size = corpus.write_articles(source, SEED, sizes.run) / MB
    copying = measure.best_seconds(lambda: shutil.copytree(source, scratch / "copy", dirs_exist_ok=True), repeat=1)
    targets = ["--db", str(scratch / "archive.db"), "--site", str(scratch / "site")]
    command = [sys.executable, "-m", "archiver", "run", str(source), *targets, "-q"]
    first = measure.run_command(command)
    yield Row(
        what=f"archiver run, {sizes.run:,} articles, {size:,.0f} MB",
        figure=f"{sizes.run / first.seconds:,.0f} articles/s",
        beside=f"plain copy {sizes.run / copying:,.0f} files/s",
    )
    peak = first.peak / MB
    yield Row(what="  its peak memory", figure=f"{peak:,.0f} MB", beside="", bar="< 300 MB", met=peak < 300)
    second = measure.run_command(command)
    faster = first.seconds / second.seconds
    yield Row(
        what="  again, nothing changed",
        figure=f"{second.seconds:.2f} s",
        beside=f"first run {first.seconds:.2f} s",
        value=f"{faster:.0f} x",
        bar=">= 10 x",
        met=faster >= 10,
    )


def measure_all(sizes: Sizes) -> Iterator[Row]:
    """All rows of the table, each as soon as it is measured."""
    yield measure_texts(sizes)
    yield measure_pages(sizes)
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as scratch:
        yield from measure_run(sizes, Path(scratch))


def row_line(row: Row) -> str:
    """A row as one line of the table."""
    verdict = "" if not row.bar else "ok" if row.met else "MISSED"
    return f"{row.what:44} {row.figure:>16}   {row.beside:40} {row.value:>8}  {row.bar:10} {verdict}".rstrip()


def main() -> int:
    """Print the table; 0 when every bar is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller corpus: some seconds, rougher figures")
    sizes = QUICK if parser.parse_args().quick else FULL
    missed = 0
    for row in measure_all(sizes):
        print(row_line(row), flush=True)
        missed += not row.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
