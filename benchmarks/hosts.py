"""`python -m benchmarks.hosts`: 16 hosts at their allowed rate, asked by one process; exit 1 where one is kept waiting.

A host is busy for as long as its pace lets nobody ask it again: requests times that time, of the time from the first to
the last. The servers, which answer after a while as real ones do, note when they were asked.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from archiver.capture.work import MOST_HOSTS
from benchmarks.__main__ import Row, row_line
from benchmarks.capturing import ADDRESS, make_archive, most_within, query, start_capture, status_of
from tests.faults import Handler, Reply, answer, serving

BAR = 0.95
LATENCY = 0.05
"""Seconds until a server answers."""

WINDOW = 10.0
"""Seconds in which requests are counted."""

RATES = ((300, 300), (3000, 300))
"""The documented limits of Mastodon and Bluesky: requests, and in how many seconds."""


def late(id_: str) -> Reply:
    """What is told of a post after a while."""
    reply = answer(status_of(id_))

    def wait(handler: Handler) -> None:
        time.sleep(LATENCY)
        reply(handler)

    return wait


def measure(folder: Path, rate: tuple[int, int], seconds: int) -> Iterator[Row]:
    """How busy the hosts are at that limit, for about so long."""
    between = rate[1] / (rate[0] * 0.8)
    each = max(4, round(seconds / between))
    ids = {
        f"mast{host}.example.org": [f"1132375435{host:03}{number:05}" for number in range(each)]
        for host in range(MOST_HOSTS)
    }
    with ExitStack() as stack:
        sites = {host: stack.enter_context(serving(ADDRESS)) for host in ids}
        for host, some in ids.items():
            for id_ in some:
                sites[host].on(f"/api/v1/statuses/{id_}", late(id_))
        db = make_archive(folder, ids)
        bases = {host: site.base for host, site in sites.items()}
        process = start_capture(db, bases, rate=rate[0], seconds=rate[1], log=folder / "connected")
        process.wait()
        shares = [(len(site.at) - 1) * between / (site.at[-1] - site.at[0]) for site in sites.values()]
        most = max(most_within(site.at, WINDOW) for site in sites.values())
    captured = query(db, "SELECT count(*) FROM captures WHERE outcome = 'captured'")[0][0]
    yield Row(
        what=f"{MOST_HOSTS} hosts, one request in {between:.3f} s each",
        figure=f"{min(shares):.1%} busy",
        beside=f"on average {sum(shares) / len(shares):.1%}, {captured:,} captured",
        bar=f">= {BAR:.0%}",
        met=min(shares) >= BAR and captured == MOST_HOSTS * each,
    )
    allowed = int(WINDOW / between) + 1
    yield Row(
        what=f"  most requests at a host in {WINDOW:.0f} s",
        figure=f"{most}",
        beside=f"{WINDOW * rate[0] / rate[1]:.0f} documented",
        bar=f"<= {allowed}",
        met=most <= allowed,
    )


def main() -> int:
    """Print the table; 0 when every bar is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hosts", description=__doc__)
    parser.add_argument("--seconds", type=int, default=30, help="for how long the hosts are asked")
    seconds, missed = parser.parse_args().seconds, 0
    for number, rate in enumerate(RATES):
        with tempfile.TemporaryDirectory(prefix="archiver-bench-") as scratch:
            for row in measure(Path(scratch) / f"{number}", rate, seconds):
                print(row_line(row), flush=True)
                missed += not row.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
