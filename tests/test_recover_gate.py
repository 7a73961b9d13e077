"""Recovering from any archive with a TimeGate (RFC 7089): pywb serves a collection, as archives do that run it."""

import os
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import requests
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archiver.fetch import pace
from tests.faults import status
from tests.wayback import wayback

Archiver = Callable[..., CompletedProcess[str]]

PYWB = Path(__file__).parent.parent / ".venv" / "pywb" / "bin" / "python"
POST, CASED = "https://www.instagram.com/p/CF1tGabcdef/", "https://www.instagram.com/p/CF1tGABCDEF/"
SERVE = """
import sys
from pywb.apps.cli import wayback
from pywb.manager.manager import main
main(["init", "press"])
main(["add", "press", "copies.warc.gz"])
wayback(["--bind", "127.0.0.1", "--port", sys.argv[1]])
"""


def page(code: str, text: str) -> str:
    """The tags of Instagram's page of a post."""
    url = f"https://www.instagram.com/p/{code}/"
    title = f'<meta property="og:title" content="Ines Okafor on Instagram: “{text}”">'
    return f'<title>Ines</title><meta property="og:url" content="{url}">{title}'


COPIES = (
    ("2020-10-03T12:00:00Z", POST, "<title>Login • Instagram</title>CF1tGabcdef"),
    ("2020-10-03T13:00:00Z", CASED, page("CF1tGABCDEF", "Not hers.")),
    ("2021-10-03T12:00:00Z", POST, page("CF1tGabcdef", "Low tide.")),
    ("2023-10-03T12:00:00Z", POST, page("CF1tGabcdef", "Edited.")),
    ("2020-10-03T12:00:00Z", "https://twitter.com/adaquill/status/1311875000000000000", "<title>X</title>"),
)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a TimeGate, which takes a second or two to start; tests are skipped without pywb, unless
    ARCHIVER_REQUIRE_PYWB is set."""
    if not PYWB.exists():
        if os.environ.get("ARCHIVER_REQUIRE_PYWB"):
            pytest.fail(f"{PYWB} is missing, and ARCHIVER_REQUIRE_PYWB is set")
        pytest.skip(f"{PYWB} is missing: `make test` makes it")
    folder = tmp_path_factory.mktemp("pywb")
    with (folder / "copies.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for at, url, body in COPIES:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=BytesIO(body.encode()),
                    length=len(body.encode()),
                    http_headers=head,
                    warc_headers_dict={"WARC-Date": at},
                )
            )
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.Popen(
        [PYWB, "-c", SERVE, str(port)],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}/press/"
    while process.poll() is None:
        try:
            requests.get(f"{base}timemap/link/{POST}", timeout=5).raise_for_status()
            break
        except requests.ConnectionError:
            time.sleep(0.05)
    assert process.poll() is None, "pywb has not started"
    yield base
    process.terminate()
    process.wait()


def test_a_time_gate_leads_to_the_nearest_copy_and_its_map_to_the_others(
    archiver: Archiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gate: str
) -> None:
    """A login, then another post under the same key: both are passed over for the nearest copy of the post itself."""
    monkeypatch.setattr(pace, "OTHERWISE", (1000, 1))
    (tmp_path / "news").mkdir()
    head = '<title>Boats</title><meta property="article:published_time" content="2020-10-03">'
    (tmp_path / "news" / "a.html").write_text(f"{head}<p>Boats.</p><p>{POST}</p><p>The end.</p>", "utf-8")
    archiver("run", "news", "-q")
    arguments = ["-q", "--contact=desk@example.org", "--allow-net=127.0.0.1", f"--archive={gate}"]
    assert archiver("recover", *arguments).returncode == 0
    name = gate.split("/")[2]
    with closing(sqlite3.connect("archive.db")) as db:
        told = db.execute("SELECT source, outcome, memento_at FROM captures ORDER BY rowid").fetchall()
        posts = db.execute("SELECT text, text_source, memento_at FROM posts").fetchall()
    assert told == [
        (f"{name}-timegate", "redirected", None),
        (name, "login-wall", "2020-10-03T12:00:00Z"),
        (f"{name}-timemap", "answered", None),
        (name, "captured", "2021-10-03T12:00:00Z"),
    ]
    assert posts == [("Low tide.", "memento", "2021-10-03T12:00:00Z")]


def test_a_gate_that_has_nothing_is_not_asked_again(
    archiver: Archiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gate: str
) -> None:
    """All ways to write the address were asked for; each says that there is no copy."""
    monkeypatch.setattr(pace, "OTHERWISE", (1000, 1))
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Boats.\n\nhttps://www.threads.net/@ines/post/CuYKl8tJKG4\n", "utf-8")
    archiver("run", "news", "-q")
    arguments = ["--contact=desk@example.org", "--allow-net=127.0.0.1", f"--archive={gate}"]
    archiver("recover", "-q", *arguments)
    with closing(sqlite3.connect("archive.db")) as db:
        assert {row[0] for row in db.execute("SELECT outcome FROM captures")} == {"not-archived"}
    assert "There is nothing to look for." in archiver("recover", *arguments).stdout


def test_archives_are_asked_one_after_the_other(
    archiver: Archiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gate: str
) -> None:
    """One that has nothing, or wants to be left alone, is followed by the next; it is asked again the next time."""
    monkeypatch.setattr(pace, "OTHERWISE", (1000, 1))
    monkeypatch.setattr(pace, "LIMITS", {})
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(f"Boats.\n\n{POST}\n\nhttps://www.instagram.com/p/CF1tGabcdeg/\n", "utf-8")
    archiver("run", "news", "-q")
    with wayback() as web:
        web.strange["/cdx/search/cdx"] = status(429, Retry_After="90000")
        arguments = [*web.options, "--archive=https://web.archive.org/web/", f"--archive={gate}"]
        archiver("recover", "-q", *arguments)
        web.strange.clear()
        with closing(sqlite3.connect("archive.db")) as db:
            found = db.execute("SELECT id, text IS NOT NULL FROM posts ORDER BY id").fetchall()
        assert found == [("instagram:CF1tGabcdef", 1), ("instagram:CF1tGabcdeg", 0)]
        assert len(web.lists()) == 1
        said = archiver("recover", *arguments).stdout
        assert "1 post to look for" in said
        assert {asked["url"][0].rpartition("/")[2] for asked in web.lists()[1:]} == {"CF1tGabcdeg"}
