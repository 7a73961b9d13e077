"""`archiver serve`: that it answers to this machine alone, ends when it is told to, and says why it cannot start."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from socket import create_server
from subprocess import CompletedProcess
from urllib.parse import urlsplit

import pytest

from archiver.cli import serve
from archiver.store import archive

ROOT = Path(__file__).parent.parent
Archiver = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive, empty, whose name is one that an address must spell otherwise."""
    path = tmp_path_factory.mktemp("served") / "my press.db"
    with archive(path, create=True):
        pass
    return path


@pytest.fixture(scope="module")
def process(db: Path) -> Iterator[subprocess.Popen[str]]:
    """`archiver serve`, at a free port."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "archiver", "serve", "--db", str(db), "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as running:
        yield running
        running.kill()


@pytest.fixture(scope="module")
def address(process: subprocess.Popen[str]) -> str:
    """The one line on its standard output."""
    assert process.stdout
    return process.stdout.readline().strip()


def get(address: str, host: str | None = None) -> HTTPResponse:
    """The answer, of which the body is not read."""
    url = urlsplit(address)
    with closing(HTTPConnection(str(url.hostname), url.port, timeout=30)) as connection:
        connection.request("GET", url.path, headers={"Host": host or url.netloc})
        return connection.getresponse()


def test_the_address_answers(address: str) -> None:
    """It is printed when the archive can be seen there, under a policy that lets no page ask anybody else."""
    assert address.endswith("/my+press")
    answer = get(address)
    assert answer.status == 200
    assert "default-src 'self'" in str(answer.getheader("content-security-policy"))


@pytest.mark.parametrize("path", ["/nope", "/a/b/c/d", "/-/archiver/my+press/articles/no/such.html"])
def test_a_page_that_is_not_there_is_said(address: str, path: str) -> None:
    """However deep its address is."""
    assert get(address.replace("/my+press", path)).status == 404


def test_an_own_page_keeps_its_policy(address: str) -> None:
    """What sets a stricter one is left alone."""
    answer = get(address.replace("/my+press", "/-/archiver/style.css"))
    assert (answer.status, answer.getheader("x-content-type-options")) == (200, "nosniff")
    assert answer.getheader("content-type") == "text/css; charset=utf-8"


def test_it_answers_to_its_own_name_only(address: str) -> None:
    """A page elsewhere whose name leads to this machine is refused."""
    assert get(address, "rebound.example").status == 421
    assert get(address, urlsplit(address).netloc.replace("127.0.0.1", "localhost")).status == 200


def test_a_port_that_is_taken_is_named(address: str, db: Path, archiver: Archiver) -> None:
    """One sentence, and what to do about it."""
    port = str(urlsplit(address).port)
    result = archiver("serve", "--db", db, "--port", port)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"archiver: Port {port} is taken; name another with --port.\n"


def test_an_interrupt_ends_it(process: subprocess.Popen[str], address: str) -> None:
    """Ctrl-C is how it ends: status 0, and nothing said that it had not said before. The last test of the process."""
    assert get(address).status == 200
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "archiver: Ctrl-C ends the server\n")


def test_what_is_no_archive_is_refused(tmp_path: Path, archiver: Archiver) -> None:
    """A file that is missing, or another program's, is named in one sentence."""
    (tmp_path / "notes.db").write_text("not a database at all, but long enough to look like one " * 20)
    for name, sentence in (("none.db", "none.db does not exist"), ("notes.db", "notes.db is not an SQLite database")):
        result = archiver("serve", "--db", name)
        assert (result.returncode, result.stderr.count("\n")) == (1, 1)
        assert result.stderr.startswith(f"archiver: {sentence}; ")


def test_without_the_extra_it_says_what_to_install(
    db: Path, archiver: Archiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no Datasette."""
    monkeypatch.setattr(serve, "find_spec", lambda _: None)
    result = archiver("serve", "--db", db)
    assert result.returncode == 1
    assert "embed-archiver[browse]" in result.stderr
