"""What the benchmarks of captures share: an archive of posts at made-up hosts, and captures as processes."""

import sqlite3
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

ADDRESS = "127.0.0.2"
"""Where the servers are: the one address that a capture may ask, so that all others on loopback are forbidden."""

CONTACT = "desk@example.org"

PROGRAM = """
import socket
from urllib3 import Retry
from archiver import fetch
from archiver.cli import main
from archiver.fetch import pace

pace.LIMITS, pace.OTHERWISE = {{}}, ({rate}, {seconds})
fetch.READ_SECONDS, fetch.ANSWER_SECONDS, fetch.BLAMELESS_PAUSE = 0.5, 2.0, 0.5
fetch.RETRY = Retry(total=3, status_forcelist=(429, 500, 502, 503, 504), backoff_factor=0.01)
connect = socket.socket.connect

def noted(self, address):
    with open({log!r}, "a") as log:
        log.write(f"{{address[0]}}\\n")
    return connect(self, address)

socket.socket.connect = noted
main()
"""
"""The command line with another pace and less patience, that notes each address it connects to, below the guard."""


def make_archive(folder: Path, posts: Mapping[str, Sequence[str]], more: Sequence[str] = ()) -> Path:
    """An archive of one article with these posts by host, and links `more`; its path."""
    links = [f"https://{host}/@ines/{id_}" for host, ids in posts.items() for id_ in ids]
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "a.txt").write_text("\n\n".join(["Boats.", *links, *more, "The end."]), "utf-8")
    db = folder / "archive.db"
    arguments = ["run", "news", "--db", str(db), "--site", "site", "-q"]
    subprocess.run([sys.executable, "-m", "archiver", *arguments], check=True, cwd=folder)
    return db


def start_capture(
    db: Path, bases: Mapping[str, str], *, rate: int, seconds: int, log: Path
) -> "subprocess.Popen[bytes]":
    """A capture of the archive that asks each host's posts at that base, so many in so many seconds at most (of which
    it uses four fifths)."""
    program = PROGRAM.format(rate=rate, seconds=seconds, log=str(log))
    mapped = [f"--host-map={host}={base}" for host, base in bases.items()]
    options = ["-q", "--db", str(db), f"--contact={CONTACT}", f"--allow-net={ADDRESS}/32", *mapped]
    return subprocess.Popen([sys.executable, "-c", program, "capture", *options], stderr=subprocess.DEVNULL)


def query(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows that a query gives."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def status_of(id_: str) -> dict[str, Any]:
    """What a server of Mastodon's answers about a post."""
    return {
        "id": id_,
        "created_at": "2024-10-02T16:10:12.345Z",
        "content": f"<p>The lamps are lit: {id_}</p>",
        "account": {"acct": "ines", "display_name": "Ines Okafor"},
    }


def most_within(times: Sequence[float], seconds: float) -> int:
    """The most requests that came within any so many seconds; `times` in order."""
    return max((bisect_left(times, at + seconds) - place for place, at in enumerate(times)), default=0)
