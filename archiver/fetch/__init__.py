"""The network: the only package that asks other machines for anything.

Every request is counted against its host's pace, retries and redirects too, and goes to public addresses alone.
"""

import ssl
import time
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urljoin, urlsplit

import requests
from urllib3 import HTTPResponse, Retry
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ProtocolError

from archiver import __version__
from archiver.fetch.addresses import Network
from archiver.fetch.exchanges import LARGEST, Exchange, Headers, UnpackError, unpack
from archiver.fetch.failures import failure_words, innermost
from archiver.fetch.guard import AddressRefusedError, GuardedAdapter
from archiver.fetch.pace import LONGEST_PAUSE, HostPausedError, Pace, StoppedError, seconds_between
from archiver.fetch.robots import AGENT, Rules, read_rules
from archiver.records import Outcome

__all__ = [
    "ANY",
    "Answer",
    "Exchange",
    "Fetcher",
    "HostPausedError",
    "Network",
    "Pace",
    "Question",
    "StoppedError",
    "UnpackError",
    "seconds_between",
    "unpack",
]

CONNECT_SECONDS, READ_SECONDS, ANSWER_SECONDS = 10.0, 20.0, 60.0
"""How long to wait for a connection, for the next bytes, and for an answer as a whole."""

BLAMELESS_PAUSE = 60.0
"""Seconds to leave a host alone that says 429 and not for how long."""

MOST_REDIRECTS = 5
ANY = "*/*"
"""Any media type."""

SECRET = frozenset({"authorization"})
"""Headers of which only that they were sent is kept: evidence is given away."""

RETRY = Retry(total=3, status_forcelist=(429, 500, 502, 503, 504), backoff_factor=1, backoff_max=30)
"""What is asked again, and after how long: urllib3's rules, carried out here, where each attempt is paced and kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What to ask: an address (https), the hosts that a redirect may lead to, the media types that an answer may have,
    the name in `pace.LIMITS` that the host's pace goes by, whether it is a page, which robots.txt may forbid, and how
    many bytes it may have, as sent and as unpacked.

    `headers` go with it, and with POST the `body`: once, since nobody knows what it did where no answer came, and to no
    other address. The value of a header in `SECRET` is not kept.
    """

    url: str
    hosts: Container[str]
    method: Literal["GET", "POST"] = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    types: tuple[str, ...] = ("application/json",)
    limit: str
    is_page: bool = False
    largest: int = LARGEST


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """All exchanges that a question took, in order, the last one with what came of it; `content` is there where it was
    answered. `robots` are those for the host's robots.txt that it took before."""

    exchanges: tuple[Exchange, ...]
    outcome: Outcome
    detail: str | None = None
    content: bytes | None = None
    robots: tuple[Exchange, ...] = ()


class Fetcher:
    """Asks questions over connections that are used again; one for each thread, with one pace for all."""

    def __init__(self, network: Network, pace: Pace) -> None:
        self._network, self._pace = network, pace
        self._rules: dict[str, Rules] = {}
        self._session = requests.Session()
        self._session.trust_env = False  # no password of a .netrc; proxies would only resolve names by themselves
        self._session.headers.update(
            {
                "User-Agent": f"{AGENT}/{__version__} (+{network.contact})",
                "Accept-Encoding": "gzip",
            }
        )
        # Asked directly: a session reads the whole body of a redirect, however long, to see where it leads.
        self._adapter = GuardedAdapter(network, READ_SECONDS)

    def close(self) -> None:
        """Close all connections."""
        self._adapter.close()

    def fetch(self, question: Question) -> Answer:
        """The answer, after as many retries and redirects as are allowed; what goes wrong is told, never raised.

        Raises HostPausedError where the host wants to be left alone, StoppedError where the run is to end.
        """
        if not question.is_page:
            return self._follow(question)
        host, robots = urlsplit(question.url).netloc, tuple[Exchange, ...]()
        if host not in self._rules:
            answer = self._follow(
                Question(url=f"https://{host}/robots.txt", types=(ANY,), hosts=question.hosts, limit=question.limit)
            )
            robots, self._rules[host] = answer.exchanges, read_rules(answer.outcome, answer.content)
        rules = self._rules[host]
        if refusal := rules.refusal(question.url):
            return _unasked(question, *refusal, robots)
        try:
            return replace(self._follow(question, rules.delay), robots=robots)
        except (HostPausedError, StoppedError):
            if robots:  # they are evidence
                return _unasked(question, "rate-limited", "its turn did not come in this run", robots)
            raise

    def _follow(self, question: Question, delay: float = 0.0) -> Answer:
        """The answer, whatever robots.txt says, with at least `delay` seconds from one request to the next."""
        url, retry, exchanges, redirects = question.url, RETRY, list[Exchange](), 0
        while True:
            host = urlsplit(url).hostname or ""
            try:
                self._pace.wait(host, max(delay, seconds_between(question.limit)))
            except (HostPausedError, StoppedError):
                if exchanges:  # they are evidence, and told as far as they came
                    return _answer(exchanges, question)
                raise
            exchange = self._ask(url, question)
            exchanges.append(exchange)
            if exchange.location:
                redirects += 1
                target = self._target(url, exchange.location, question) if question.method == "GET" else None
                if redirects > MOST_REDIRECTS or target is None:
                    detail = f"it leads to {exchange.location[:200]}" if target is None else "it leads ever further"
                    return Answer(exchanges=tuple(exchanges), outcome="elsewhere", detail=detail)
                url = target
                continue
            next_retry = self._next(host, exchange, retry)
            if next_retry is None:
                return _answer(exchanges, question)
            retry = next_retry

    def _next(self, host: str, exchange: Exchange, retry: Retry) -> Retry | None:
        """What may still be tried, after a pause of the host; None where nothing is to be tried again."""
        status, failed = exchange.status, exchange.failure in {"timeout", "unreachable", "disconnected"}
        after = exchange.header("Retry-After")
        if exchange.method == "POST":
            if status == 429:
                self._pace.pause(host, (_asked_pause(after) if after else None) or BLAMELESS_PAUSE)
            return None  # what it did is not known
        if not failed and (status is None or not retry.is_retry("GET", status, after is not None)):
            return None
        try:
            response = None if failed else HTTPResponse(status=status or 0, headers=dict(exchange.headers))
            retry = retry.increment("GET", exchange.url, response, ProtocolError() if failed else None)
        except MaxRetryError:
            if status == 429 or exchange.failure == "unreachable":
                self._pace.pause(host)  # had enough, or is not there: nor will it be for the next question
            return None
        pause = _asked_pause(after) if after else None
        if pause is None:
            pause = BLAMELESS_PAUSE if status == 429 else retry.get_backoff_time()
        self._pace.pause(host, pause)
        return retry if pause <= LONGEST_PAUSE else None

    def _target(self, url: str, location: str, question: Question) -> str | None:
        """Where a redirect leads, if it may be followed: to the same service, encrypted unless what was asked is not
        either, at the usual port. A mirror's own address stands for the host that is mapped to it."""
        try:
            target = self._network.named(urljoin(url, location))
            parts = urlsplit(target)
        except ValueError:
            return None
        schemes = {"https", urlsplit(question.url).scheme}
        return target if parts.scheme in schemes and parts.netloc.lower() in question.hosts else None

    def _ask(self, url: str, question: Question) -> Exchange:
        """One request and what comes back."""
        located = self._network.located(url)
        asked = Exchange(url=located, at=_now(), request=(), method=question.method, sent=question.body)
        try:
            headers = {"Accept": ", ".join(question.types), **dict(question.headers)}
            request = self._session.prepare_request(
                requests.Request(question.method, located, headers=headers, data=question.body)
            )
            asked = replace(asked, url=request.url or located, request=_kept_headers(request.headers))
            with self._adapter.send(request, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS)) as response:
                return _received(asked, response, question.largest)
        except AddressRefusedError as error:
            return replace(asked, failure="refused", detail=str(error))
        except requests.exceptions.ConnectTimeout:
            return replace(asked, failure="unreachable", detail="no connection in time")
        except requests.exceptions.Timeout:
            return replace(asked, failure="timeout", detail="no answer in time")
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, ValueError) as error:
            return replace(asked, failure="refused", detail=f"it is no address: {error}")
        except (requests.RequestException, HTTPError, OSError) as error:
            cause = innermost(error)
            is_made = not isinstance(cause, NewConnectionError | ssl.SSLError)
            failure: Outcome = "disconnected" if is_made else "unreachable"
            return replace(asked, failure=failure, detail=failure_words(cause))


def _unasked(question: Question, outcome: Outcome, detail: str, robots: tuple[Exchange, ...]) -> Answer:
    """What is told of a question that nobody was asked."""
    exchange = Exchange(url=question.url, at=_now(), request=(), failure=outcome, detail=detail)
    return Answer(exchanges=(exchange,), outcome=outcome, detail=detail, robots=robots)


def _received(asked: Exchange, response: requests.Response, largest: int) -> Exchange:
    """The exchange with the answer's head and as much of its body as may be read."""
    head = replace(
        asked,
        status=response.status_code,
        reason=response.reason or "",
        headers=tuple(response.raw.headers.items()),
        address=getattr(response.raw.connection, "address", None),
    )
    announced = head.header("Content-Length") or ""
    if announced.isdecimal() and int(announced) > largest:
        detail = f"it announces {announced[:30]} bytes"
        return replace(head, truncated="length", failure="too-large", detail=detail)
    body, deadline = bytearray(), time.monotonic() + ANSWER_SECONDS
    try:
        while part := response.raw.read1(65536, decode_content=False):
            body += part
            if len(body) > largest:
                detail = f"it has more than {largest:,} bytes"
                return replace(head, body=bytes(body), truncated="length", failure="too-large", detail=detail)
            if time.monotonic() > deadline:
                detail = f"it was not complete after {ANSWER_SECONDS:.0f} seconds"
                return replace(head, body=bytes(body), truncated="time", failure="timeout", detail=detail)
    except (HTTPError, OSError) as error:
        is_late = "timed out" in str(error).lower()
        return replace(
            head,
            body=bytes(body),
            truncated="time" if is_late else "disconnect",
            failure="timeout" if is_late else "disconnected",
            detail="no answer in time" if is_late else failure_words(innermost(error)),
        )
    return replace(head, body=bytes(body))


def _answer(exchanges: list[Exchange], question: Question) -> Answer:
    """What the last exchange came to."""
    last = exchanges[-1]
    answer = Answer(exchanges=tuple(exchanges), outcome=last.outcome, detail=last.detail)
    if last.outcome != "answered":
        return answer
    kind = (last.header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in question.types and ANY not in question.types:
        return replace(answer, outcome="wrong-type", detail=f"it is {kind[:60] or 'of no type'}")
    try:
        return replace(answer, content=unpack(last.body, last.header("Content-Encoding"), question.largest))
    except UnpackError as error:
        return replace(answer, outcome=error.outcome, detail=str(error))


def _kept_headers(headers: Mapping[str, str]) -> Headers:
    """The headers of a request without its secrets."""
    return tuple((key, "(not kept)" if key.lower() in SECRET else value) for key, value in headers.items())


def _asked_pause(after: str) -> float | None:
    """The seconds that a Retry-After asks for, in numbers or as a date; None where it says neither."""
    try:
        return RETRY.parse_retry_after(after)
    except HTTPError:
        return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
