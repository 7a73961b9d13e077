"""Pace: how often each host is asked, whoever asks, and the pauses that a host asks for."""

import math
import time
from collections.abc import Mapping
from threading import Event, Lock

SHARE = 0.8
"""How much of a documented limit is used."""

LIMITS: Mapping[str, tuple[int, int]] = {
    # 3,000 requests in 5 minutes (docs.bsky.app, "Rate limits": hosted services, by IP address)
    "public.api.bsky.app": (3000, 300),
    # 300 requests in 5 minutes (docs.joinmastodon.org, "Rate limits"): the default of every server
    "mastodon": (300, 300),
    # 30 queries and 600 pages a minute; who goes on after 429 is shut out for an hour (the client `wayback` 0.5.1 and
    # the README of its authors, of 2026)
    "web.archive.org/cdx": (30, 60),
    "web.archive.org/web": (600, 60),
    # Six requests a minute with keys; how many are free is asked of the service itself
    # (Save Page Now 2 Public API Docs)
    "web.archive.org/save": (6, 60),
    # How far a job is: no number is documented; every few seconds is what its own page does
    "web.archive.org/save/status": (12, 60),
}
"""Documented limits: requests, and in how many seconds; by host, or by the name of a kind of server."""

OTHERWISE = (60, 60)
"""For hosts that document no limit, or none in numbers (X: “not rate limited”): a request a second."""

LONGEST_PAUSE = 300.0
"""Seconds: who asks for a longer pause is left alone for the rest of the run."""


class HostPausedError(Exception):
    """A host is not to be asked for longer than `LONGEST_PAUSE`: it said so, or cannot be reached."""


class StoppedError(Exception):
    """The run is to end: nothing more is asked."""


def seconds_between(limit: str) -> float:
    """The seconds from one request to the next, for a host or a kind of server that is named in `LIMITS`."""
    requests, seconds = LIMITS.get(limit, OTHERWISE)
    return seconds / (requests * SHARE)


class Pace:
    """When each host may be asked next; to be shared by threads."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._lock = Lock()
        self._next: dict[str, float] = {}

    def wait(self, host: str, seconds: float) -> None:
        """Wait until the host may be asked, and take that turn; the next one comes `seconds` later.

        Raises HostPausedError where that is too long, StoppedError where the run ends meanwhile.
        """
        while (pause := self._take(host, seconds)) > 0:
            if pause > LONGEST_PAUSE:
                raise HostPausedError(host)
            if self._stop.wait(pause):
                raise StoppedError(host)
        if self._stop.is_set():
            raise StoppedError(host)

    def _take(self, host: str, seconds: float) -> float:
        with self._lock:
            now = time.monotonic()
            pause = self._next.get(host, now) - now
            if pause <= 0:
                self._next[host] = now + seconds
            return pause

    def pause(self, host: str, seconds: float = math.inf) -> None:
        """Leave the host alone for so long, whoever wants to ask it; without a number, for good."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)
