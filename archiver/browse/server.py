"""The server of `archiver serve`: a Datasette on this machine alone, for one archive."""

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from archiver.errors import ArchiverError

HOST = "127.0.0.1"
FIRST_PORT = 8001
"""The port of `datasette`, which is tried first where none is asked for."""

SETTINGS: Mapping[str, Any] = {
    "allow_download": False,  # whoever sits here has the file
    "default_cache_ttl": 0,  # a run that ends now is seen now
    "default_page_size": 50,
    "facet_time_limit_ms": 1000,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 5000,
    "suggest_facets": False,  # those that help are there already
    "truncate_cells_html": 300,
}
"""https://docs.datasette.io/en/stable/settings.html"""

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""For Datasette's own pages, which have scripts in them: nothing is loaded from, or sent, elsewhere."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def serve(db: Path, port: int | None, announce: Callable[[str], object]) -> None:
    """Serve the archive at `db` until an interrupt; `announce` is called with its address once that answers.

    Raises ArchiverError where `port` is taken.
    """
    with _bound(port) as bound, suppress(KeyboardInterrupt):  # an interrupt is how a server ends
        asyncio.run(_serve(db, bound, announce))


async def _serve(db: Path, bound: socket.socket, announce: Callable[[str], object]) -> None:
    # Where rich is installed, as it is here, Datasette prints all variables for each page that it does not have, and
    # fails where nothing was raised. The module is one of its plugins: imported before them it would not be one.
    from datasette import handle_exception

    handle_exception.rich = None
    datasette = Datasette([str(db)], settings=dict(SETTINGS))
    await datasette.invoke_startup()
    own = f"{HOST}:{bound.getsockname()[1]}"
    app = guarded(datasette.app(), {own, own.replace(HOST, "localhost")})
    config = uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=2)
    bound.listen()
    (name,) = (name for name, one in datasette.databases.items() if one.path == str(db))
    announce(f"http://{own}{datasette.urls.database(name)}")
    await uvicorn.Server(config).serve(sockets=[bound])


def _bound(port: int | None) -> socket.socket:
    """A socket at the port; where none is asked for at Datasette's own, or at a free one."""
    for wanted in [FIRST_PORT, 0] if port is None else [port]:
        bound = socket.socket()
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((HOST, wanted))
            bound.listen()
        except OSError as error:
            bound.close()
            if port is None and wanted:
                continue
            if error.errno == errno.EADDRINUSE:
                raise ArchiverError(f"Port {wanted} is taken; name another with --port.") from error
            raise ArchiverError(f"Port {wanted} cannot be used: {error.strerror}.") from error
        return bound
    raise AssertionError("port 0 is always free")


def guarded(app: App, hosts: set[str]) -> App:
    """The application for requests to one of `hosts` only, with a Content-Security-Policy where it sets none.

    A page elsewhere whose name its owner lets lead to this machine (DNS rebinding) cannot read the archive.
    """

    async def guard(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if dict(scope["headers"]).get(b"host", b"").decode("latin-1") not in hosts:
            await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"This server answers to its own address only."})
            return
        await app(scope, receive, _with_policy(send))

    return guard


def _with_policy(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [tuple(pair) for pair in message.get("headers", ())]
            if not any(name.lower() == b"content-security-policy" for name, _ in headers):
                headers.append((b"content-security-policy", POLICY.encode()))
            message = {**message, "headers": headers}
        await send(message)

    return sending
