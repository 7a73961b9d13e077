"""Fetching: polite, bounded, and never to an address that is not public, whatever a server or a name says."""

import gzip
import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from threading import Event
from typing import Any

import pytest
from urllib3 import Retry

from archiver import fetch
from archiver.fetch import Fetcher, HostPausedError, Network, Pace, Question, StoppedError, pace
from tests.faults import Handler, Site, answer, raw, serving, status

HOST = "posts.example"
LOOPBACK = (ip_network("127.0.0.1/32"),)
JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BOMB = gzip.compress(b"0" * 50_000_000)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with serving() as site:
        yield site


@pytest.fixture(autouse=True)
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are connected to, below the guard: none but those on loopback is let through."""
    seen: list[str] = []
    connect = socket.socket.connect

    def watched(self: socket.socket, address: Any) -> None:
        seen.append(address[0])
        if not address[0].startswith("127."):
            raise ConnectionRefusedError(111, "no packet leaves loopback")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    monkeypatch.setattr(pace, "OTHERWISE", (1000, 1))
    monkeypatch.setattr(fetch, "RETRY", Retry(total=2, status_forcelist=(429, 500, 503), backoff_factor=0))
    return seen


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Numbers by name, of which each time the first is taken off until one is left."""
    known: dict[str, list[str]] = {}
    resolve = socket.getaddrinfo

    def look_up(host: str, *args: Any, **more: Any) -> Any:
        found = known.get(host, [host])
        return resolve(found.pop(0) if len(found) > 1 else found[0], *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


def ask(site: Site | None = None, path: str = "/post", **more: Any) -> fetch.Answer:
    """The answer to a question to the server, known as HOST."""
    hosts = {HOST: site.base} if site else {}
    network = Network(contact="desk@example.org", allowed=more.pop("allowed", LOOPBACK), hosts=hosts)
    fetcher = Fetcher(network, more.pop("pace", None) or Pace(Event()))
    try:
        return fetcher.fetch(Question(url=f"https://{HOST}{path}", hosts=(HOST,), limit="", **more))
    finally:
        fetcher.close()


def test_an_answer_comes_back_as_sent_and_as_read(site: Site) -> None:
    """The exchange has the packed bytes and who asked, the answer the unpacked ones."""
    site.on("/post", answer({"text": "Low tide."}))
    got = ask(site, "/post?id=1")
    assert (got.outcome, got.content) == ("answered", b'{"text": "Low tide."}')
    (exchange,) = got.exchanges
    assert gzip.decompress(exchange.body) == got.content
    assert (exchange.url, exchange.address) == (f"{site.base}/post?id=1", "127.0.0.1")
    assert "desk@example.org" in dict(exchange.request)["User-Agent"]
    assert "desk@example.org" in site.asked[0][1]["User-Agent"]


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (answer({"is": "done"}), "answered"),
        (status(503), "server-error"),
        (status(429, Retry_After="0"), "rate-limited"),
        (status(307, Location=f"https://{HOST}/other"), "elsewhere"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), "disconnected"),
    ],
)
def test_what_is_sent_is_sent_once(site: Site, reply: Any, outcome: str) -> None:
    """A body goes to one address, with its headers, and not again: nobody knows what it did there."""
    sent: list[tuple[bytes, str | None]] = []

    def note(handler: Handler) -> None:
        sent.append((handler.sent, handler.headers["Content-Type"]))
        reply(handler)

    site.on("/post", note)
    got = ask(site, method="POST", body=b"a query", headers=(("Content-Type", "text/x-query"),))
    assert (got.outcome, len(site.asked)) == (outcome, 1)
    assert sent == [(b"a query", "text/x-query")]


def test_no_cookie_is_sent_back(site: Site) -> None:
    """What a server wants to recognise us by is forgotten."""
    site.on("/post", status(302, Location="/next", Set_Cookie="who=you"))
    site.on("/next", answer({}))
    assert ask(site).outcome == "answered"
    assert "Cookie" not in site.asked[1][1]


FAULTS: dict[str, tuple[Callable[[Site], None], str]] = {
    "403": (lambda site: site.on("/post", status(403)), "forbidden"),
    "401": (lambda site: site.on("/post", status(401)), "forbidden"),
    "404": (lambda site: site.on("/post", status(404)), "not-found"),
    "410": (lambda site: site.on("/post", status(410)), "gone"),
    "400": (lambda site: site.on("/post", status(400)), "rejected"),
    "wrong type": (lambda site: site.on("/post", status(200, b"<p>Log in", Content_Type="text/html")), "wrong-type"),
    "no type": (lambda site: site.on("/post", status(200, b"{}")), "wrong-type"),
    "brotli": (
        lambda site: site.on("/post", status(200, b"\x0b", Content_Type="application/json", Content_Encoding="br")),
        "wrong-type",
    ),
    "not gzip": (
        lambda site: site.on("/post", status(200, b"plain", Content_Type="application/json", Content_Encoding="gzip")),
        "unreadable",
    ),
    "gzip bomb": (
        lambda site: site.on("/post", status(200, BOMB, Content_Type="application/json", Content_Encoding="gzip")),
        "too-large",
    ),
    "10 GB announced": (
        lambda site: site.on("/post", raw(JSON + b"Content-Length: 10737418240\r\n\r\n{")),
        "too-large",
    ),
    "endless": (
        lambda site: site.on("/post", raw(JSON + b"Connection: close\r\n\r\n", *[b"0" * 1_000_000] * 9)),
        "too-large",
    ),
    "chunked without end": (
        lambda site: site.on(
            "/post", raw(JSON + b"Transfer-Encoding: chunked\r\n\r\n", *[b"f4240\r\n" + b"0" * 1_000_000 + b"\r\n"] * 9)
        ),
        "too-large",
    ),
    "cut short": (lambda site: site.on("/post", raw(JSON + b'Content-Length: 90\r\n\r\n{"te')), "disconnected"),
    "nothing": (lambda site: site.on("/post", raw()), "disconnected"),
    "no HTTP": (lambda site: site.on("/post", raw(b"220 mail ready\r\n")), "disconnected"),
    "metadata address": (lambda site: site.on("/post", status(301, Location="http://169.254.169.254/")), "elsewhere"),
    "loopback by name": (lambda site: site.on("/post", status(302, Location="https://localhost/")), "elsewhere"),
    "no encryption": (lambda site: site.on("/post", status(307, Location=f"http://{HOST}/post")), "elsewhere"),
    "another port": (lambda site: site.on("/post", status(303, Location=f"https://{HOST}:22/")), "elsewhere"),
    "no address": (lambda site: site.on("/post", status(302, Location="https://[/")), "elsewhere"),
    "endless redirects": (lambda site: site.on("/post", status(302, Location="/post")), "elsewhere"),
    "503 for good": (lambda site: site.on("/post", status(503)), "server-error"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_goes_wrong_is_told(site: Site, fault: str) -> None:
    """Each fault of a server has its word, and every exchange that came is there to be kept."""
    prepare, outcome = FAULTS[fault]
    prepare(site)
    got = ask(site)
    assert (got.outcome, got.content) == (outcome, None)
    assert len(got.exchanges) == len(site.asked)
    assert all(exchange.truncated for exchange in got.exchanges if exchange.status and exchange.failure)


REASONS: dict[str, tuple[Callable[[Site], None], str]] = {
    "cut short": (FAULTS["cut short"][0], "the answer was cut short"),
    "nothing": (FAULTS["nothing"][0], "the host closed the connection"),
    "no HTTP": (FAULTS["no HTTP"][0], "what came is no HTTP"),
}


@pytest.mark.parametrize("fault", REASONS)
def test_what_broke_off_is_told_in_words(site: Site, fault: str) -> None:
    """Of ours: no names of classes, no numbers of objects."""
    prepare, words = REASONS[fault]
    prepare(site)
    assert ask(site).detail == words


def test_why_there_is_no_connection_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody listens, and where the name is not known."""
    monkeypatch.setattr(fetch, "RETRY", Retry(total=0))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and listens to nobody
        nobody = Site(base=f"http://127.0.0.1:{taken.getsockname()[1]}")
        assert ask(nobody).detail == "no connection: the host refused it"

    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask().detail == "no connection: the host’s name is not known"


def test_a_slow_server_is_cut_off(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it dribbles its head or its body, each byte within the timeout of a socket."""
    monkeypatch.setattr(fetch, "READ_SECONDS", 1.5)  # a busy machine needs some of it for the head
    monkeypatch.setattr(fetch, "ANSWER_SECONDS", 1.5)
    monkeypatch.setattr(fetch, "RETRY", Retry(total=0))
    site.on("/head", raw(*[b"H"] * 80, pause=0.05))
    site.on("/body", raw(JSON + b"Content-Length: 90\r\n\r\n", *[b"0"] * 80, pause=0.05))
    assert ask(site, "/head").exchanges[0].failure in {"timeout", "disconnected"}
    assert (got := ask(site, "/body")).outcome == "timeout"
    assert got.exchanges[0].truncated == "time"


def test_what_may_pass_is_tried_again(site: Site) -> None:
    """A server error, a cut connection, and then the answer: three exchanges."""
    site.on("/post", status(500), raw(), answer({}))
    got = ask(site)
    assert [exchange.status for exchange in got.exchanges] == [500, None, 200]
    assert got.outcome == "answered"


class Clock(Event):
    """A clock that stands still but when somebody waits; it knows how long each wait was."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def monotonic(self) -> float:
        """Seconds since the beginning."""
        return sum(self.waits)

    def wait(self, timeout: float | None = None) -> bool:
        """Let time pass."""
        self.waits.append(timeout or 0.0)
        return self.is_set()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that hosts are paced by."""
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry_After": "120"}, 120), ({}, 60), ({"Retry_After": "soon"}, 60)]
)
def test_a_host_that_says_429_is_left_alone(
    site: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], seconds: int
) -> None:
    """As long as it asks, or a minute where it does not say."""
    site.on("/post", status(429, b"", **headers), answer({}))
    assert ask(site, pace=Pace(clock)).outcome == "answered"
    assert clock.waits == [pytest.approx(seconds)]


def test_a_pause_is_one_of_the_host_whatever_it_is_asked(site: Site, clock: Clock) -> None:
    """Who asks for something else waits as long; who asks another host does not."""
    shared = Pace(clock)
    shared.pause(HOST, 100)
    shared.wait("other.example", 1)
    assert clock.waits == []
    site.on("/other", answer({}))
    ask(site, "/other", pace=shared)
    assert clock.waits == [pytest.approx(100)]


@pytest.mark.parametrize("replies", [[status(429, Retry_After="86400")], [status(429, Retry_After="0")]])
def test_a_host_that_had_enough_is_not_asked_again(site: Site, replies: list[Any]) -> None:
    """One that wants a day, or that says 429 each time, is left alone for the run; its answers are told."""
    shared = Pace(Event())
    site.on("/post", *replies)
    assert ask(site, pace=shared).outcome == "rate-limited"
    asked = len(site.asked)
    with pytest.raises(HostPausedError):
        ask(site, "/other", pace=shared)
    assert len(site.asked) == asked


def test_a_host_is_asked_no_faster_than_allowed(site: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """80 % of 10 a second are 8: retries and redirects wait for their turn, too."""
    monkeypatch.setattr(pace, "OTHERWISE", (10, 1))
    site.on("/post", status(302, Location="/next"))
    site.on("/next", status(500), answer({}))
    shared = Pace(clock)
    ask(site, pace=shared)
    ask(site, pace=shared)
    assert len(site.asked) == 5
    assert clock.waits == [pytest.approx(0.125)] * 4


def test_a_run_that_ends_asks_nothing_more(site: Site) -> None:
    """Whoever waits for a turn is woken, and gets none."""
    stop = Event()
    stop.set()
    with pytest.raises(StoppedError):
        ask(site, pace=Pace(stop))
    assert site.asked == []


# Pages, which robots.txt may forbid


RULES = b"User-agent: *\nDisallow: /private\n\nUser-agent: embed-archiver\nDisallow: /post\nCrawl-delay: 7\n"


def page(site: Site, path: str, pace: Pace) -> list[fetch.Answer]:
    """The answers to asking twice for a page."""
    fetcher = Fetcher(Network(contact="c", allowed=LOOPBACK, hosts={HOST: site.base}), pace)
    question = Question(url=f"https://{HOST}{path}", hosts=(HOST,), types=("text/html",), limit="", is_page=True)
    answers = [fetcher.fetch(question), fetcher.fetch(question)]
    fetcher.close()
    return answers


@pytest.mark.parametrize(
    ("robots", "path", "outcome"),
    [
        ([status(200, RULES)], "/post", "disallowed"),
        ([status(200, RULES)], "/private", "answered"),
        ([status(200, RULES.replace(b"embed-archiver", b"other"))], "/private", "disallowed"),
        ([status(301, Location="/rules"), status(404)], "/post", "answered"),
        ([status(404)], "/post", "answered"),
        ([status(403)], "/post", "answered"),
        ([status(503)], "/post", "server-error"),
        ([status(200, b"\xff" * 600_000, Content_Type="image/png")], "/post", "answered"),
        ([raw(JSON + b"Content-Length: 99\r\n\r\nUser")], "/post", "disconnected"),
    ],
)
def test_a_page_is_asked_for_if_its_host_allows_it(
    site: Site, clock: Clock, robots: list[Any], path: str, outcome: str
) -> None:
    """As RFC 9309 says: our own rules before those for all, none where there is no robots.txt, all forbidden where it
    cannot be read; and it is read once."""
    site.on("/robots.txt", *robots)
    for allowed in ("/post", "/private"):
        site.on(allowed, status(200, b"<p>", Content_Type="text/html"))
    first, second = page(site, path, Pace(clock))
    assert (first.outcome, second.outcome) == (outcome, outcome)
    assert len(first.robots) >= 1
    assert second.robots == ()
    assert sum(asked == path for asked, _ in site.asked) == (2 if outcome == "answered" else 0)


def test_a_host_can_ask_for_more_time_between_pages(site: Site, clock: Clock) -> None:
    """`Crawl-delay` counts where it is more than our own pace."""
    site.on("/robots.txt", status(200, RULES))
    site.on("/", status(200, b"<p>", Content_Type="text/html"))
    page(site, "/", Pace(clock))
    assert clock.waits[-1] == pytest.approx(7)


def test_what_a_host_said_of_its_pages_is_kept_when_the_run_ends(site: Site, clock: Clock) -> None:
    """The page is then not asked for; its turn is told not to have come."""

    def reply(handler: Handler) -> None:
        clock.set()
        handler.reply(200, b"")

    site.on("/robots.txt", reply)
    fetcher = Fetcher(Network(contact="c", allowed=LOOPBACK, hosts={HOST: site.base}), Pace(clock))
    got = fetcher.fetch(Question(url=f"https://{HOST}/post", hosts=(HOST,), limit="", is_page=True))
    fetcher.close()
    assert (got.outcome, [exchange.status for exchange in got.robots]) == ("rate-limited", [200])
    assert [path for path, _ in site.asked] == ["/robots.txt"]


FORBIDDEN = (
    *("127.0.0.1", "127.9.9.9", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1"),
    *(
        "3fff::1",
        "64:ff9b:1::1",
        "fe80::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
    ),
    *("2002:7f00:1::", "2001:0:7f00:1::", "198.18.0.1", "2001:db8::1"),
)


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_name_that_leads_inside_is_refused(address: str, names: dict[str, list[str]], dialled: list[str]) -> None:
    """Loopback, private, link-local, multicast, mapped and metadata addresses: nothing is connected to."""
    names[HOST] = [address]
    got = ask(allowed=())
    assert (got.outcome, dialled) == ("refused", [])
    assert address in (got.detail or "")


def test_a_public_address_is_asked(names: dict[str, list[str]], dialled: list[str]) -> None:
    """The guard lets it pass (the test does not)."""
    names[HOST] = ["93.184.215.14"]
    assert ask(allowed=()).outcome == "unreachable"
    assert set(dialled) == {"93.184.215.14"}


def test_a_name_that_changes_its_address_is_caught(names: dict[str, list[str]], dialled: list[str]) -> None:
    """The number that was checked is the one that is connected to; the next connection is checked again."""
    names[HOST] = ["93.184.215.14", "169.254.169.254"]
    assert ask(allowed=()).outcome == "refused"
    assert dialled == ["93.184.215.14"]


def test_a_redirect_to_a_name_that_leads_inside_is_refused(
    site: Site, names: dict[str, list[str]], dialled: list[str]
) -> None:
    """Also where the name is one that may be redirected to."""
    names["inside.example"] = ["127.0.0.2"]
    site.on("/post", status(301, Location="https://inside.example/"))
    fetcher = Fetcher(Network(contact="c", allowed=LOOPBACK, hosts={HOST: site.base}), Pace(Event()))
    got = fetcher.fetch(Question(url=f"https://{HOST}/post", hosts=(HOST, "inside.example"), limit=""))
    fetcher.close()
    assert (got.outcome, dialled) == ("refused", ["127.0.0.1"])


def test_a_host_that_is_not_there_is_asked_for_one_post_only(names: dict[str, list[str]]) -> None:
    """With its retries: what cannot be connected to is left alone for the run."""
    names[HOST] = ["93.184.215.14"]
    shared = Pace(Event())
    assert len(ask(allowed=(), pace=shared).exchanges) == 3
    with pytest.raises(HostPausedError):
        ask(allowed=(), pace=shared)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://x.example/a?b=%20c", "http://10.0.0.1:8080/mirror/a?b=%20c"),
        ("https://X.example", "http://10.0.0.1:8080/mirror/"),
        ("https://y.x.example/a", "https://y.x.example/a"),
    ],
)
def test_a_host_can_be_asked_elsewhere(url: str, asked: str) -> None:
    """Below another base address, with its own path and query; only that very host."""
    assert Network(contact="c", hosts={"x.example": "http://10.0.0.1:8080/mirror/"}).located(url) == asked


def test_no_proxy_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment would resolve names by itself: it is not used."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    site.on("/post", answer({}))
    assert ask(site).outcome == "answered"
