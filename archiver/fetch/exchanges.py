"""Exchanges: one request each and what came back, as bytes that can be kept as evidence."""

import zlib
from dataclasses import dataclass, field
from typing import Literal

from archiver.records import Outcome

Headers = tuple[tuple[str, str], ...]

LARGEST = 8_000_000
"""Bytes of an answer, as sent and as unpacked; the largest but for media, a post in its thread, has 100 kB."""

OUTCOMES: dict[int, Outcome] = {
    401: "forbidden",
    403: "forbidden",
    404: "not-found",
    410: "gone",
    429: "rate-limited",
}
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """A request and its answer, if one came: `status` is None where none did, and `failure` says what went wrong.

    `method` is that of HTTP, `sent` the body of the request. `url` is the address that was asked, `at` when (UTC, to
    the millisecond), `address` the number of the host.
    `body` are the bytes as they were sent, still packed as `Content-Encoding` says; `truncated` why they are not all:
    a word of WARC's (https://iipc.github.io/warc-specifications/, WARC-Truncated).
    """

    url: str
    at: str
    request: Headers
    method: str = "GET"
    sent: bytes = field(default=b"", repr=False)
    status: int | None = None
    reason: str = ""
    headers: Headers = ()
    body: bytes = field(default=b"", repr=False)
    address: str | None = None
    truncated: Literal["length", "time", "disconnect"] | None = None
    failure: Outcome | None = None
    detail: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of the answer of that name, in whatever case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def location(self) -> str | None:
        """Where the answer redirects to."""
        return self.header("Location") if self.status in REDIRECTS else None

    @property
    def outcome(self) -> Outcome:
        """What the exchange by itself came to."""
        if self.failure or self.status is None:
            return self.failure or "unreachable"
        if self.location:
            return "redirected"
        if 200 <= self.status < 300:
            return "answered"
        return OUTCOMES.get(self.status, "server-error" if self.status >= 500 else "rejected")


class UnpackError(ValueError):
    """A body that is not packed as its headers say, or unpacks to too many bytes."""

    def __init__(self, message: str, outcome: Outcome) -> None:
        super().__init__(message)
        self.outcome = outcome


def unpack(body: bytes, encoding: str | None, largest: int = LARGEST) -> bytes:
    """The body without its content coding, never more than `largest` bytes of it in memory.

    Raises UnpackError.

    >>> unpack(zlib.compress(b"quiet"), "deflate")
    b'quiet'
    """
    coding = (encoding or "identity").strip().lower()
    if coding == "identity":
        return body
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise UnpackError(f"it is packed as {coding[:40]}, which was not asked for", "wrong-type")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: gzip or zlib, by its head
    try:
        content = unpacker.decompress(body, largest + 1)
    except zlib.error as error:
        raise UnpackError("its packing is damaged", "unreadable") from error
    if len(content) > largest:
        raise UnpackError(f"it unpacks to more than {largest:,} bytes", "too-large")
    if not unpacker.eof:
        raise UnpackError("its packing ends too early", "unreadable")
    return content
