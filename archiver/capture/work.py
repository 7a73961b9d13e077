"""Work on the network: a plan is carried out, each host in a thread of its own, and what comes is kept."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Event

from archiver import store
from archiver.capture.media import Fetched
from archiver.fetch import Answer, Exchange, Fetcher, HostPausedError, Network, Pace, StoppedError
from archiver.identity import author_id
from archiver.languages import read_language
from archiver.records import Capture, Observation, Outcome, Post, PostMedia
from archiver.warc import Warc

MOST_HOSTS = 16
"""Hosts that are asked at the same time; each has one connection."""

BATCH = 100
"""Posts of which the answers are kept in one transaction, at most."""

POLL_SECONDS = 0.2
"""How often to look whether all threads have ended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The posts to ask for by the host that is asked first, and the seconds that each takes there; those that cannot be
    asked for, since their address does not say enough."""

    hosts: Mapping[str, tuple[Post, ...]]
    pace: Mapping[str, float]
    without: tuple[Post, ...]

    @property
    def seconds(self) -> float:
        """How long it takes at the allowed rates, if nothing is asked twice: as long as the slowest host."""
        return max((len(posts) * self.pace[host] for host, posts in self.hosts.items()), default=0.0)


@dataclass(kw_only=True)
class Captured:
    """What came of a run: the posts by outcome, the files by outcome that were asked for, the posts that were left, the
    hosts that want to be left alone, and the pages that may look different now."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    media: Counter[str] = field(default_factory=Counter)
    left: int = 0
    paused: list[str] = field(default_factory=list)
    touched: store.Touched = field(default_factory=store.Touched)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A source that was asked for a post, with all exchanges, what the last of them came to, and the media it names.

    `memento_at` is of when the copy is that a web archive gave out.
    """

    post: Post
    source: str
    answer: Answer
    outcome: Outcome
    detail: str | None = None
    observation: Observation = field(default_factory=Observation)
    memento_at: str | None = None
    media: tuple[Fetched, ...] = ()


Ask = Callable[[Fetcher, Post], Iterator[Asked]]
"""Asks for a post, one question after the other. The pauses of a host go through where nothing was asked yet
(HostPausedError, StoppedError); later ones only end it."""


def carry_out(
    db: store.Database,
    plan: Plan,
    network: Network,
    warc: Warc,
    *,
    ask: Ask,
    run_id: int,
    stop: Event,
    report: Callable[[Asked], None] = lambda _: None,
) -> Captured:
    """Ask for all posts of a plan, and keep each answer as it comes: first the evidence, then what it says.

    `report` is called with each. Once `stop` is set nothing more is asked; what is under way is completed and kept.
    Raises ArchiverError if the archive or its evidence cannot be written.
    """
    work = _Work(db=db, network=network, warc=warc, ask=ask, run_id=run_id, stop=stop, report=report)
    with ThreadPoolExecutor(MOST_HOSTS, thread_name_prefix="host") as pool:
        threads = [pool.submit(work.ask_host, host, posts) for host, posts in plan.hosts.items()]
        try:
            work.keep_all(threads)
        except BaseException:
            stop.set()
            raise
    for thread in threads:
        thread.result()
    work.done.left = sum(map(len, plan.hosts.values())) - work.done.outcomes.total()
    return work.done


@dataclass(kw_only=True)
class _Work:
    """A run under way: threads ask and put what comes into `arrived`, and this one keeps it."""

    db: store.Database
    network: Network
    warc: Warc
    ask: Ask
    run_id: int
    stop: Event
    report: Callable[[Asked], None]
    arrived: SimpleQueue[tuple[Asked, ...]] = field(default_factory=SimpleQueue)
    done: Captured = field(default_factory=Captured)

    def __post_init__(self) -> None:
        self.pace = Pace(self.stop)

    # In the threads

    def ask_host(self, host: str, posts: Sequence[Post]) -> None:
        """Ask for one post after the other, until the host or the run has had enough."""
        fetcher = Fetcher(self.network, self.pace)
        try:
            for post in posts:
                if asked := tuple(self.ask(fetcher, post)):
                    self.arrived.put(asked)
        except HostPausedError:
            self.done.paused.append(host)
        except StoppedError:
            pass
        finally:
            fetcher.close()

    # In the thread that has the archive

    def keep_all(self, threads: Sequence[Future[None]]) -> None:
        """Keep what arrives until all threads have ended, and what they have left."""
        while not all(thread.done() for thread in threads):
            with suppress(Empty):
                self._keep(self.arrived.get(timeout=POLL_SECONDS))
        while not self.arrived.empty():
            self._keep(self.arrived.get())

    def _keep(self, first: tuple[Asked, ...]) -> None:
        """Keep this post's answers, and those of others that have arrived by now, in one transaction."""
        arrived = [first]
        while len(arrived) < BATCH and not self.arrived.empty():
            arrived.append(self.arrived.get())
        captures, media = list[Capture](), list[store.KeptMedia]()
        for asked in (asked for some in arrived for asked in some):
            captures += self._captures(asked)
            answer = captures[-1].id
            for number, fetched in enumerate(asked.media, start=1):
                requests = list(self._media_captures(asked, fetched))
                captures += requests
                media.append(_kept(asked.post, answer, number, fetched, requests[-1].id if requests else None))
        self.done.touched |= store.save_captures(self.db, captures, media)
        for some in arrived:
            self.done.outcomes[_came_to(some)] += 1
            for asked in some:
                self.done.media.update(one.outcome for one in asked.media if one.outcome != "unasked")
                self.report(asked)

    def _captures(self, asked: Asked) -> Iterator[Capture]:
        """A row for each exchange; the last one says what the answer does."""
        *before, last = asked.answer.exchanges
        for exchange in asked.answer.robots:
            yield self._capture(asked, exchange, "robots", exchange.detail)
        for exchange in before:
            yield self._capture(asked, exchange, exchange.outcome, exchange.detail)
        found = asked.observation
        yield replace(
            self._capture(asked, last, asked.outcome, asked.detail),
            memento_at=asked.memento_at,
            permalink=found.permalink,
            author_id=author_id(asked.post.platform, found.handle),
            handle=found.handle,
            author_name=found.author_name,
            author_since=found.author_since,
            posted_at=found.posted_at,
            precision=found.precision,
            edited_at=found.edited_at,
            language=read_language(found.language or ""),
            text=found.text,
        )

    def _media_captures(self, asked: Asked, fetched: Fetched) -> Iterator[Capture]:
        """A row for each exchange that a file took; what came of it is in the row of the file."""
        for exchange in fetched.answer.exchanges if fetched.answer else ():
            yield replace(self._capture(asked, exchange, "media", exchange.detail), source="media")

    def _capture(self, asked: Asked, exchange: Exchange, outcome: Outcome, detail: str | None) -> Capture:
        """The row of an exchange, once its evidence is kept."""
        place = self.warc.keep(exchange)
        return Capture(
            id=str(uuid.uuid4()),
            post_id=asked.post.id,
            source=asked.source,
            url=exchange.url,
            method=exchange.method,
            fetched_at=exchange.at,
            outcome=outcome,
            status=exchange.status,
            detail=detail,
            file=place.file if place else None,
            byte_offset=place.offset if place else None,
            record_id=place.record_id if place else None,
            sha256=place.sha256 if place else None,
            run_id=self.run_id,
        )


def _came_to(asked: Sequence[Asked]) -> Outcome:
    """What came of a post: that it is captured, or saved; else the last that was told of it, but that a list was read,
    or has no copy of it, only where that is all."""
    outcomes = [one.outcome for one in asked]
    if best := next((one for one in _GOOD if one in outcomes), None):
        return best
    return next((one for one in reversed(outcomes) if one not in _OF_LISTS), outcomes[-1])


_GOOD: tuple[Outcome, ...] = ("captured", "saved")
_OF_LISTS: frozenset[Outcome] = frozenset({"answered", "not-archived"})


def _kept(post: Post, answer: str, number: int, fetched: Fetched, request: str | None) -> store.KeptMedia:
    """A file that an answer names, as it is stored."""
    looked = fetched.looked
    told = PostMedia(
        id=f"{answer}#{number}",
        post_id=post.id,
        capture_id=answer,
        ordinal=number,
        kind=fetched.link.kind,
        url=fetched.link.url,
        outcome=fetched.outcome,
        detail=fetched.detail,
        request_id=request,
        type=looked.type if looked else None,
        width=looked.width if looked else None,
        height=looked.height if looked else None,
        thumb_width=looked.thumb_width if looked else None,
        thumb_height=looked.thumb_height if looked else None,
        alt=fetched.link.alt,
    )
    return store.KeptMedia(told=told, data=fetched.data, thumb=looked.thumb if looked else None)
