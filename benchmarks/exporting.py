"""`python -m benchmarks.exporting`: how long exports take and how much memory; exit 1 where it grows with the archive.

The archive is that of `benchmarks.fold`: made-up embeds in the proportions of a newsroom's. Each format is written by
the command, in a process of its own, to a file or a folder; the smallest archive's memory is what the others' is held
to.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from archiver import store
from archiver.exports import EXPORTS
from benchmarks.__main__ import MB, Row, row_line
from benchmarks.fold import fold
from benchmarks.measure import Usage, run_command

EMBEDS = (100_000, 1_000_000)
FORMATS = tuple(form for form in EXPORTS if form != "wacz")
"""Those of the archive itself; WACZ packs evidence, of which there is none here."""

BAR_GROWTH = 32_000_000
"""Bytes more than the smallest archive takes, however many embeds: SQLite's cache and pyarrow's pools fill up."""


def make_archive(folder: Path, embeds: int) -> Path:
    """An archive of so many embeds."""
    (folder / "press").mkdir(parents=True)
    with store.archive(folder / "archive.db", create=True) as db:
        store.register_folder(db, folder / "press")
        fold(db, embeds)
    return folder / "archive.db"


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def measure(archive: Path, embeds: int, smallest: dict[str, Usage]) -> Iterator[Row]:
    """What exporting the archive takes in each format; notes it for formats that `smallest` does not have yet."""
    for form in FORMATS:
        output = archive.with_name(f"{embeds}.{form}")
        places = ["--db", str(archive), "--output", str(output)]
        usage = run_command([sys.executable, "-m", "archiver", "export", "--format", form, *places])
        first = smallest.setdefault(form, usage)
        growth = usage.peak - first.peak
        yield Row(
            what=f"{form}, {embeds:,} embeds, {size_of(output) / MB:,.0f} MB",
            figure=f"{usage.peak / MB:,.0f} MB memory",
            beside=f"{usage.seconds:,.1f} s, {embeds / usage.seconds:,.0f} embeds/s",
            value=f"{growth / MB:+,.0f} MB" if usage is not first else "",
            bar=f"< {BAR_GROWTH / MB:+,.0f}" if usage is not first else "",
            met=growth < BAR_GROWTH,
        )


def main() -> int:
    """Print the table; 0 when every bar is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exporting", description=__doc__)
    parser.add_argument("--embeds", type=int, nargs="+", default=EMBEDS, metavar="N")
    missed = 0
    smallest: dict[str, Usage] = {}
    for embeds in sorted(parser.parse_args().embeds):
        with tempfile.TemporaryDirectory(prefix="archiver-bench-") as scratch:
            archive = make_archive(Path(scratch), embeds)
            for row in measure(archive, embeds, smallest):
                print(row_line(row), flush=True)
                missed += not row.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
