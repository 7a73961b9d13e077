"""Servers on loopback that answer as they are told to, well or badly, and note what they were asked."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from urllib3 import Retry

from archiver import fetch
from archiver.fetch import pace


def stay_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """See that no packet leaves loopback, and that nobody waits."""
    connect = socket.socket.connect

    def watched(self: socket.socket, address: Any) -> None:
        assert address[0].startswith("127."), address
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    monkeypatch.setattr(pace, "OTHERWISE", (1000, 1))
    monkeypatch.setattr(pace, "LIMITS", {})
    monkeypatch.setattr(fetch, "RETRY", Retry(total=2, status_forcelist=(429, 500, 503), backoff_factor=0))


Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One connection; it is kept for further requests."""

    protocol_version = "HTTP/1.1"
    server: "_Server"
    sent: bytes = b""

    def do_GET(self) -> None:
        """Answer with the reply of the path, the last one again where there are no more."""
        path, _, _ = self.path.partition("?")
        self.server.site.asked.append((self.path, dict(self.headers)))
        replies = self.server.site.replies.get(path) or [self.server.site.otherwise]
        (replies.pop(0) if len(replies) > 1 else replies[0])(self)

    def do_POST(self) -> None:
        """The same, with what was sent."""
        self.sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in the standard library)
        """Say nothing."""

    def reply(self, code: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer; `_` in the names of headers stands for `-`."""
        self.send_response(code)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: "Site"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


@dataclass(kw_only=True)
class Site:
    """A server: its base address, what it replies by path, one after the other, and otherwise; what it was asked."""

    base: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    otherwise: Reply = field(default_factory=lambda: status(404))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def on(self, path: str, *replies: Reply) -> None:
        """Reply so to a path."""
        self.replies[path] = list(replies)


@contextmanager
def serving() -> Iterator[Site]:
    """A server that runs while the block does."""
    site = Site()
    server = _Server(("127.0.0.1", 0), Handler)
    server.site = site
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def status(code: int, body: bytes = b"", **headers: str) -> Reply:
    """An answer with that status."""
    return lambda handler: handler.reply(code, body, **headers)


def answer(value: object) -> Reply:
    """JSON, packed if the client can unpack it."""

    def reply(handler: Handler) -> None:
        body, headers = json.dumps(value).encode(), {"Content_Type": "application/json; charset=utf-8"}
        if "gzip" in handler.headers.get("Accept-Encoding", ""):
            body, headers["Content_Encoding"] = gzip.compress(body), "gzip"
        handler.reply(200, body, **headers)

    return reply


def raw(*parts: bytes, pause: float = 0.0) -> Reply:
    """Bytes as they are, with a pause between them, and then the end of the connection."""

    def reply(handler: Handler) -> None:
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(pause)
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    return reply
