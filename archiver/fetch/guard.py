"""The guard: connections whose address is checked when they are made, after the name was resolved.

A check of the name before would be of another answer than the one that is used (DNS rebinding).
"""

import socket
from collections.abc import Iterator
from threading import Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

from archiver.fetch.addresses import Network


class AddressRefusedError(Exception):
    """A host is at an address that requests may not go to."""


class _Guarded(HTTPConnection):
    """A connection that is only made to permitted addresses, and whose answer must begin within `patience` seconds."""

    network: Network
    patience: float
    address: str | None = None

    def _new_conn(self) -> socket.socket:
        name, failure = self._dns_host, None
        for address in self._addresses(name):
            # The number in place of the name, so that nothing is resolved a second time; TLS goes by the name.
            self._dns_host = self.address = address
            try:
                return super()._new_conn()
            except NewConnectionError as error:
                failure = error
            finally:
                self._dns_host = name
        raise failure or NewConnectionError(self, f"{name} has no address")

    def _addresses(self, name: str) -> Iterator[str]:
        """The addresses of a name, of which none may be forbidden: a public service is at no such address."""
        try:
            found = socket.getaddrinfo(name, self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(name, self, socket.gaierror(str(error))) from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        for address in addresses:
            if not self.network.permits(address):
                raise AddressRefusedError(f"{name} is at {address}, which is not a public address")
        return iter(addresses)

    def getresponse(self) -> Any:
        """The answer's head: a server that sends it byte by byte is cut off, which no timeout of a socket does."""
        watch = Timer(self.patience, self._cut)
        watch.daemon = True
        watch.start()
        try:
            return super().getresponse()
        finally:
            watch.cancel()

    def _cut(self) -> None:
        if isinstance(self.sock, socket.socket):
            self.sock.shutdown(socket.SHUT_RDWR)


class GuardedAdapter(HTTPAdapter):
    """Sends requests over guarded connections; it retries nothing by itself."""

    def __init__(self, network: Network, patience: float) -> None:
        settings = {"network": network, "patience": patience}
        plain = type("_Plain", (_Guarded,), settings)
        secure = type("_Secure", (_Guarded, HTTPSConnection), settings)
        self._pools = {
            "http": type("_Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("_SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        """Make the pools of connections (called by requests)."""
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **more)
        self.poolmanager.pool_classes_by_scheme = self._pools
