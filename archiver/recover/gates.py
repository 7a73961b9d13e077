"""Gates: a TimeGate is asked for the copy nearest to a date, and its TimeMap for the others (RFC 7089)."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from archiver.capture.work import Asked
from archiver.fetch import Answer, Exchange
from archiver.records import Post
from archiver.recover.archives import Archive
from archiver.recover.desk import MOST_TRIED, Desk, Search, dates_of, read_copy, urls_of
from archiver.recover.mementos import (
    ListError,
    counted,
    nearest,
    raw_url,
    read_http_date,
    read_links,
    read_timemap,
)
from archiver.recover.pages import is_of
from archiver.store import Subject


def find_at_gate(desk: Desk, archive: Archive, subject: Subject) -> Search:
    """Look for a post at a TimeGate: the copy that it leads to, then those of the TimeMap that it names."""
    post, dates, tried = subject.post, dates_of(subject), set[str]()
    date = dates[0] if dates else None
    for url in urls_of(post, subject.handle):
        question = archive.gate_question(url, date)
        gate = yield from desk.ask(question, lambda answer: _led(desk, archive, post, answer, date))
        if gate.outcome != "redirected" or not gate.detail:
            continue
        chosen, _, listed = gate.detail.partition(" ")
        if (yield from _read_some(desk, archive, post, [chosen], tried)):
            return True
        others = (yield from _map(desk, archive, post, listed, dates)) if listed else []
        if (yield from _read_some(desk, archive, post, others, tried)):
            return True
    return False


def _read_some(desk: Desk, archive: Archive, post: Post, urls: Iterable[str], tried: set[str]) -> Search:
    """Read copies that were not tried yet, up to the one with the post's words, or until enough were tried."""
    for url in urls:
        if len(tried) < MOST_TRIED and url not in tried:
            tried.add(url)
            told = yield from read_copy(desk, archive, post, url)
            if told.has_text:
                return True
    return False


def _map(
    desk: Desk, archive: Archive, post: Post, url: str, dates: Sequence[datetime]
) -> Generator[Asked, None, list[str]]:
    """The copies of the post that a TimeMap lists, the nearest first."""
    told = yield from desk.ask(archive.map_question(url), lambda answer: _mapped(archive, post, answer), is_list=True)
    if told.content is None or told.outcome != "answered":
        return []
    copies = (copy for copy in read_timemap(told.content) if is_of(copy.original, post))
    return [copy.url for copy in nearest(copies, dates)]


def _led(desk: Desk, archive: Archive, post: Post, answer: Answer, date: datetime | None) -> Asked:
    """What a TimeGate's answer comes to; `detail` is where it leads, and behind a space the address of the TimeMap."""
    last = answer.exchanges[-1]
    asked = Asked(
        post=post, source=f"{archive.name}-timegate", answer=answer, outcome=answer.outcome, detail=answer.detail
    )
    if last.status == 404:
        return replace(asked, outcome="not-archived")
    led = _copy_in(last, date) if last.status and last.status < 400 else None
    if led is None:
        return asked
    links = read_links(last.header("Link") or "")
    listed = next((link.url for link in links if "timemap" in link.relations), None)
    told = [desk.network.named(urljoin(last.url, url)) for url in (led, listed) if url]
    return replace(asked, outcome="redirected", detail=" ".join([raw_url(told[0]), *told[1:]]))


def _copy_in(exchange: Exchange, date: datetime | None) -> str | None:
    """The copy that a TimeGate has chosen: it leads there, or gives it out itself; else the nearest that it names."""
    if chosen := exchange.location or exchange.header("Content-Location"):
        return chosen
    named = [
        (abs(at - date) if date else timedelta(0), link.url)
        for link in read_links(exchange.header("Link") or "")
        if "memento" in link.relations and (at := read_http_date(link.told.get("datetime")))
    ]
    return min(named)[1] if named else None


def _mapped(archive: Archive, post: Post, answer: Answer) -> Asked:
    """What a TimeMap comes to."""
    asked = Asked(
        post=post, source=f"{archive.name}-timemap", answer=answer, outcome=answer.outcome, detail=answer.detail
    )
    if answer.content is None:
        return asked
    try:
        found = read_timemap(answer.content)
    except ListError as error:
        return replace(asked, outcome="unreadable", detail=str(error))
    wanted = sum(is_of(one.original, post) for one in found)
    return replace(asked, outcome="answered" if wanted else "not-archived", detail=counted(wanted))
