"""Capturing: posts are asked for at their platforms, by the sources that each platform names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from archiver import store
from archiver.capture.images import can_decode
from archiver.capture.media import PICTURES, fetch_media
from archiver.capture.sources import Sign, Source, SourceError, read_answer, read_signs, sources_of
from archiver.capture.work import Ask, Asked, Captured, Plan, carry_out
from archiver.fetch import (
    Answer,
    Fetcher,
    HostPausedError,
    Question,
    StoppedError,
    UnpackError,
    seconds_between,
    unpack,
)
from archiver.records import MediaKind, Post

__all__ = ["PICTURES", "Ask", "Asked", "Captured", "Plan", "ask_sources", "can_decode", "carry_out", "plan_capture"]


def plan_capture(posts: Iterable[Post], only: Collection[str] = (), limit: int | None = None) -> Plan:
    """Where to ask for these posts, the host with the most of them first; `only` sources of these names, if any, and
    for no more than `limit` posts."""
    hosts: dict[str, list[Post]] = defaultdict(list)
    pace: dict[str, float] = {}
    without, planned = [], 0
    for post in posts:
        source, url = next(_questions(post, only), (None, ""))
        if source is None:
            without.append(post)
            continue
        host = urlsplit(url).netloc
        hosts[host].append(post)
        pace[host] = seconds_between(source.limit)
        planned += 1
        if planned == limit:
            break
    ordered = sorted(hosts.items(), key=lambda item: (-len(item[1]) * pace[item[0]], item[0]))
    return Plan(hosts={host: tuple(some) for host, some in ordered}, pace=pace, without=tuple(without))


def _questions(post: Post, only: Collection[str]) -> Iterator[tuple[Source, str]]:
    """The sources that can be asked for a post, each with the address to ask, in order."""
    sources = (source for source in sources_of(post.platform) if not only or source.name in only)
    return ((source, url) for source in sources if (url := source.url(post)))


def ask_sources(
    fetcher: Fetcher, post: Post, only: Collection[str] = (), *, kinds: Collection[MediaKind] = ()
) -> Iterator[Asked]:
    """Ask one source after the other, until one says what there is to say, and then for what it names of these kinds
    of media; `only` sources of these names, if any."""
    for number, (source, url) in enumerate(_questions(post, only)):
        question = Question(
            url=url,
            hosts=(urlsplit(url).netloc, *source.hosts),
            limit=source.limit,
            types=source.types,
            is_page=source.is_page,
        )
        try:
            asked = _read(post, source, fetcher.fetch(question))
        except (HostPausedError, StoppedError):
            if number == 0:
                raise
            return
        media = fetch_media(fetcher, post, asked.observation.media, kinds)
        yield replace(asked, media=tuple(media))
        if asked.outcome in store.FINAL:
            return


def _read(post: Post, source: Source, answer: Answer) -> Asked:
    """What an answer comes to, once it is read."""
    error = SourceError(answer.detail or "", answer.outcome)
    if answer.content is not None:
        try:
            observation = read_answer(source, answer.content, post)
            return Asked(post=post, source=source.name, answer=answer, outcome="captured", observation=observation)
        except SourceError as raised:
            error = raised
    if error.outcome not in _TOLD and (sign := _sign(source, answer)):
        error = SourceError(f"{sign.status}{f' {sign.says}' if sign.says else ''}: see {sign.told_in}", sign.outcome)
    return Asked(post=post, source=source.name, answer=answer, outcome=error.outcome, detail=str(error) or None)


_TOLD = frozenset({"another-post", "withheld", "disallowed", "refused", "elsewhere"})
"""Outcomes that no sign says more of."""


def _sign(source: Source, answer: Answer) -> Sign | None:
    """The sign that the last exchange of an answer has, if it is there as a whole."""
    last = answer.exchanges[-1]
    if last.failure:
        return None
    try:
        body = unpack(last.body, last.header("Content-Encoding"))
    except UnpackError:
        body = b""
    return read_signs(source, last.status, body)
