"""`python -m benchmarks.faults`: a capture of 500 posts among faults, killed and resumed; exit 1 where a bar is missed.

Each fault of the table stands at each place of a host's list in turn, before the answer that is right. The process is
killed (SIGKILL) in the midst of its work, 20 times, and then runs until there is nothing left to ask. Then the archive
is counted, the evidence checked, and the servers' own notes of when they were asked.
"""

import argparse
import gzip
import random
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archiver.store import FINAL
from benchmarks.__main__ import Row, row_line
from benchmarks.capturing import ADDRESS, make_archive, most_within, query, start_capture, status_of
from tests.faults import Reply, Site, answer, raw, serving, status

SEED = 20261126
HOSTS, POSTS, KILLS = 10, 500, 20
RATE = 40
"""Requests a second that the servers allow, of which a capture may use four fifths."""

INSIDE = ("127.0.0.1", "localhost", "169.254.169.254", "10.0.0.7", "192.168.1.1")
"""Hosts that an article names though nobody is to be led there."""

BOMB = gzip.compress(b"0" * 50_000_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def faults(path: str) -> Mapping[str, Sequence[Reply]]:
    """What goes wrong before a post at that path is told of, by name; some of it for good."""
    other = "https://{}/latest/meta-data/"
    return {
        **{f"{code} within the host": [status(code, Location=f"/moved{path}")] for code in (301, 302, 303, 307)},
        **{f"{code}": [status(code)] for code in (401, 403, 404, 410)},
        "404, no such record": [status(404, b'{"error": "Record not found"}', Content_Type="application/json")],
        "429, one second": [status(429, Retry_After="1")],
        "429, without a time": [status(429)],
        "500": [status(500)],
        "503, one second": [status(503, Retry_After="1")],
        "503, for long": [status(503)] * 4,
        "slow bytes": [raw(HEAD + b"Content-Length: 99\r\n\r\n{", b'"', b"i", pause=0.7)],
        "a slow head": [raw(b"HTTP/1.1 200", b" OK\r\n", pause=0.7)],
        "cut in the head": [raw(b"HTTP/1.1 20")],
        "cut in the body": [raw(HEAD + b'Content-Length: 99\r\n\r\n{"id"')],
        "the wrong type": [status(200, b"<p>Log in", Content_Type="text/html")],
        "10 GB announced": [raw(HEAD + b"Content-Length: 10000000000\r\n\r\n{")],
        "a gzip bomb": [status(200, BOMB, Content_Type="application/json", Content_Encoding="gzip")],
        "endless redirects": [status(302, Location=f"/loop{path}")],
        "a redirect to metadata": [status(302, Location=other.format("169.254.169.254"))],
        "a redirect to loopback": [status(307, Location=other.format("localhost"))],
        "half of a JSON": [status(200, b'{"id": ', Content_Type="application/json")],
        "another post": [answer(status_of("1"))],
    }


def prepare(site: Site, ids: Sequence[str], turn: int) -> None:
    """Let each post of a host be told of after a fault, beginning with the one whose turn it is."""
    for place, id_ in enumerate(ids, turn):
        path, good = f"/api/v1/statuses/{id_}", answer(status_of(id_))
        table = list(faults(path).values())
        site.on(path, *table[place % len(table)], good)
        site.on(f"/moved{path}", good)
        site.on(f"/loop{path}", status(302, Location=f"/loop{path}"))


def asked(sites: Sequence[Site]) -> int:
    """Requests so far."""
    return sum(len(site.asked) for site in sites)


def kill_and_resume(db: Path, sites: Mapping[str, Site], log: Path, kills: int) -> tuple[int, int]:
    """Kill a capture after so many requests, that often, and then let it end; how often it was killed, and ran."""
    rng, done, runs = random.Random(SEED), 0, 0
    bases, servers = {host: site.base for host, site in sites.items()}, list(sites.values())
    left = -1
    while left:
        runs += 1
        target = asked(servers) + rng.randint(3, 45) if done < kills else sys.maxsize
        process = start_capture(db, bases, rate=RATE, seconds=1, log=log)
        while process.poll() is None and asked(servers) < target:
            time.sleep(0.0005)
        if process.poll() is None:
            process.kill()
            done += 1
        elif done == kills and process.returncode:
            raise subprocess.CalledProcessError(process.returncode, "archiver capture")
        process.wait()
        left = len(query(db, MISSING)) if done == kills else -1
        if runs > kills + 12:
            break
    return done, runs


_FINAL = ", ".join(f"'{outcome}'" for outcome in FINAL)
MISSING = f"""
    SELECT id FROM posts WHERE permalink LIKE '%//mast%' AND id NOT IN
      (SELECT post_id FROM captures WHERE outcome IN ({_FINAL}))"""  # noqa: S608  words of ours
DOUBLED = f"SELECT post_id FROM captures WHERE outcome IN ({_FINAL}) GROUP BY 1 HAVING count(*) > 1"  # noqa: S608
OUTCOMES = f"SELECT outcome, count(*) FROM captures WHERE outcome IN ({_FINAL}) GROUP BY 1 ORDER BY 2 DESC"  # noqa: S608


def responses(folder: Path) -> set[str]:
    """The ids of the records of all answers in the evidence; a revisit stands for one whose body came before."""
    found = set()
    for file in sorted(folder.glob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                record.content_stream().read()
                if record.rec_type in {"response", "revisit"}:
                    found.add(record.rec_headers.get_header("WARC-Record-ID"))
    return found


def measure(folder: Path, posts: int, kills: int, turn: int) -> Iterator[Row]:
    """All rows of the table."""
    per_host = posts // HOSTS
    ids = {
        f"mast{host}.example.org": [f"1132375435{host:03}{number:05}" for number in range(per_host)]
        for host in range(HOSTS)
    }
    with ExitStack() as stack:
        sites = {host: stack.enter_context(serving(ADDRESS)) for host in ids}
        for number, (host, some) in enumerate(ids.items()):
            prepare(sites[host], some, turn + number * per_host)
        inside = [f"https://{host}/@ines/1132375435990{number:05}" for number, host in enumerate(INSIDE)]
        db = make_archive(folder, ids, inside)
        log = folder / "connected"
        started = time.monotonic()
        done, runs = kill_and_resume(db, sites, log, kills)
        took = time.monotonic() - started
        requests = asked(list(sites.values()))
        yield from count(db, posts, done, kills, f"{runs} runs, {took:,.0f} s, {requests:,} requests")
        yield from inspect(folder, db)
        allowed = RATE * 4 // 5
        most = max(most_within(sorted(site.at), 1.0) for site in sites.values())
        yield Row(
            what="most requests at a host in a second",
            figure=f"{most}",
            beside=f"{RATE} documented, {allowed} of them used",
            bar=f"<= {allowed + 1}",
            met=most <= allowed + 1,
        )
        places = set(log.read_text("utf-8").split())
        yield Row(
            what="connections to forbidden addresses",
            figure=f"{len(places - {ADDRESS})}",
            beside=f"{len(INSIDE)} links and two redirects lead there",
            bar="0",
            met=places == {ADDRESS},
        )


def count(db: Path, posts: int, done: int, kills: int, beside: str) -> Iterator[Row]:
    """What came of the posts."""
    lost, doubled = len(query(db, MISSING)), len(query(db, DOUBLED))
    told = ", ".join(f"{number} {outcome}" for outcome, number in query(db, OUTCOMES))
    yield Row(what="killed and resumed", figure=f"{done}", beside=beside, bar=f"{kills}", met=done == kills)
    yield Row(what=f"posts without a final answer, of {posts}", figure=f"{lost}", beside=told, bar="0", met=not lost)
    yield Row(what="posts with two final answers", figure=f"{doubled}", beside="", bar="0", met=not doubled)


def inspect(folder: Path, db: Path) -> Iterator[Row]:
    """What the evidence is worth."""
    files = sorted((folder / "archive-warc").glob("*.warc.gz"))
    status_ = Checker(Namespace(inputs=[str(file) for file in files], verbose=False)).process_all()
    kept = responses(folder / "archive-warc")
    named = {id_ for (id_,) in query(db, "SELECT record_id FROM captures WHERE record_id IS NOT NULL")}
    yield Row(
        what="`warcio check` of the evidence",
        figure="valid" if status_ == 0 else "invalid",
        beside=f"{len(files)} files, {len(kept):,} answers",
        bar="valid",
        met=status_ == 0,
    )
    yield Row(
        what="captures whose record is not there",
        figure=f"{len(named - kept)}",
        beside=f"{len(kept - named)} answers were kept and not told of before a kill",
        bar="0",
        met=named <= kept,
    )


def main() -> int:
    """Print the table; 0 when every bar is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS, help="how many posts, at ten hosts")
    parser.add_argument("--kills", type=int, default=KILLS, help="how often the capture is killed")
    parser.add_argument(
        "--turns", type=int, default=1, help=f"how often, another fault first: all are {len(faults(''))}"
    )
    arguments = parser.parse_args()
    missed = 0
    for turn in range(arguments.turns):
        with tempfile.TemporaryDirectory(prefix="archiver-bench-") as scratch:
            for row in measure(Path(scratch) / "archive", arguments.posts, arguments.kills, turn):
                print(row_line(row), flush=True)
                missed += not row.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
