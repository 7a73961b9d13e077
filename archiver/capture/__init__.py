"""Capturing: posts are asked for at their platforms, by the sources that each platform names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from archiver import store
from archiver.capture.images import can_decode
from archiver.capture.media import PICTURES, fetch_media
from archiver.capture.sources import Source, SourceError, read_answer, sources_of
from archiver.capture.work import Asked, Captured, Plan, carry_out
from archiver.fetch import Answer, Fetcher, HostPausedError, Question, StoppedError, seconds_between
from archiver.records import MediaKind, Post

__all__ = ["PICTURES", "Asked", "Captured", "Plan", "ask_sources", "can_decode", "carry_out", "plan_capture"]


def plan_capture(posts: Iterable[Post]) -> Plan:
    """Where to ask for these posts, the host with the most of them first."""
    hosts: dict[str, list[Post]] = defaultdict(list)
    pace: dict[str, float] = {}
    without = []
    for post in posts:
        source, url = next(_questions(post), (None, ""))
        if source is None:
            without.append(post)
            continue
        host = urlsplit(url).netloc
        hosts[host].append(post)
        pace[host] = seconds_between(source.limit)
    ordered = sorted(hosts.items(), key=lambda item: (-len(item[1]) * pace[item[0]], item[0]))
    return Plan(hosts={host: tuple(some) for host, some in ordered}, pace=pace, without=tuple(without))


def _questions(post: Post) -> Iterator[tuple[Source, str]]:
    """The sources that can be asked for a post, each with the address to ask, in order."""
    return ((source, url) for source in sources_of(post.platform) if (url := source.url(post)))


def ask_sources(fetcher: Fetcher, post: Post, *, kinds: Collection[MediaKind] = ()) -> Iterator[Asked]:
    """Ask one source after the other, until one says what there is to say, and then for what it names of these kinds
    of media."""
    for number, (source, url) in enumerate(_questions(post)):
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
    if answer.content is None:
        return Asked(post=post, source=source.name, answer=answer, outcome=answer.outcome, detail=answer.detail)
    try:
        observation = read_answer(source, answer.content, post)
    except SourceError as error:
        return Asked(post=post, source=source.name, answer=answer, outcome=error.outcome, detail=str(error))
    return Asked(post=post, source=source.name, answer=answer, outcome="captured", observation=observation)
