"""Asking: one post after the other is asked for at web archives, and no question twice that was answered."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from archiver.capture.work import Asked
from archiver.fetch import Answer, Fetcher, HostPausedError, Network, Question, StoppedError
from archiver.platforms import BY_NAME
from archiver.records import Outcome, Post
from archiver.recover.archives import Archive
from archiver.recover.mementos import (
    ListError,
    Memento,
    moment_in,
    nearest,
    original_in,
    raw_url,
    read_cdx,
    read_links,
    read_timemap,
)
from archiver.recover.pages import is_of
from archiver.recover.readings import read_memento
from archiver.store import KeptAnswer, Subject

MOST_TRIED = 4
"""Copies of one post that are read in one archive: the nearest ones; where they are of no use, nor are the others."""

MOST_LISTS = 5
"""Parts of one list of copies that are asked for."""


class UnaskedError(Exception):
    """A question that was not answered yet, where nobody is to be asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What came of a question, now or before: `content` and `detail` as far as they are known."""

    outcome: Outcome
    has_text: bool = False
    detail: str | None = None
    content: bytes | None = None


Inquiry = Generator[Asked, None, Told]
"""Yields what was asked, and returns what came of it, which may have been asked before."""

Search = Generator[Asked, None, bool]
"""Yields what was asked, and returns whether there is no more to look for."""


@dataclass(kw_only=True)
class Desk:
    """What one post is asked with: who asks, None where nobody is to, and what was answered before, of which `load`
    gets the content. `is_begun` says whether anybody was asked."""

    fetcher: Fetcher | None
    network: Network
    kept: Mapping[str, KeptAnswer]
    load: Callable[[KeptAnswer], bytes | None]
    is_begun: bool = False

    def ask(self, question: Question, read: Callable[[Answer], Asked], *, is_list: bool = False) -> Inquiry:
        """The answer to a question. `read` says what a new one comes to; of a list the content is wanted.

        Raises UnaskedError where it was not answered yet and nobody is to be asked.
        """
        kept = self.kept.get(self.network.located(question.url))
        content = self.load(kept) if kept and is_list and kept.outcome == "answered" else None
        if kept and not (is_list and kept.outcome == "answered" and content is None):
            return Told(outcome=kept.outcome, has_text=kept.has_text, detail=kept.detail, content=content)
        if self.fetcher is None:
            raise UnaskedError(question.url)
        asked = read(self.fetcher.fetch(question))
        self.is_begun = True
        yield asked
        return Told(
            outcome=asked.outcome,
            has_text=asked.observation.text is not None,
            detail=asked.detail,
            content=asked.answer.content,
        )


def find_copy(desk: Desk, archives: Sequence[Archive], subject: Subject) -> Iterator[Asked]:
    """Ask for the pages of a post with an id, archive by archive, until one has its words.

    An archive that cannot be asked now does not keep the others from being asked. Raises HostPausedError or
    StoppedError where nothing could be asked at all.
    """
    paused = None
    for archive in archives:
        try:
            is_found = yield from (_by_list if archive.cdx else _by_gate)(desk, archive, subject)
        except HostPausedError as error:
            paused = error
            continue
        except StoppedError:
            if not desk.is_begun:
                raise
            return
        if is_found:
            return
    if paused and not desk.is_begun:
        raise paused


def dates_of(subject: Subject) -> list[datetime]:
    """The dates that copies should be near to: those of the articles, else the post's own."""
    told = [moment for date in subject.dates if (moment := moment_in(date))]
    own = moment_in(subject.post.posted_at)
    return told or ([own] if own else [])


def addresses_of(post: Post, handle: str | None) -> list[str]:
    """The addresses at which archives have a post, without scheme and `www.`, the one that articles have first."""
    given = (post.permalink or "").partition("://")[2].removeprefix("www.").rstrip("/")
    forms = [
        form.format(id=post.native_id, handle=handle or "")
        for form in BY_NAME[post.platform].captured_at
        if handle or "{handle}" not in form
    ]
    if given and given not in forms:
        forms.append(given)
    return sorted(forms, key=lambda form: form != given)


def urls_of(post: Post, handle: str | None) -> list[str]:
    """The same as whole addresses: the permalink, then the other forms."""
    first, *others = addresses_of(post, handle)
    return [post.permalink or f"https://{first}", *(f"https://{address}" for address in others)]


# A CDX server


def _by_list(desk: Desk, archive: Archive, subject: Subject) -> Search:
    """Look for a post in the lists of a CDX server, one for each way to write its address."""
    post, tried = subject.post, set[str]()
    for address in addresses_of(post, subject.handle):
        mementos = yield from list_copies(desk, archive, post, archive_list=address, is_wanted=_is_of(post))
        for memento in nearest(mementos, dates_of(subject)):
            if len(tried) == MOST_TRIED:
                return False
            mark = memento.digest or memento.url
            if mark in tried:
                continue
            tried.add(mark)
            told = yield from read_copy(desk, archive, post, memento)
            if told.has_text:
                return True
    return False


def _is_of(post: Post) -> Callable[[Memento], bool]:
    return lambda memento: is_of(memento.original, post)


def list_copies(
    desk: Desk,
    archive: Archive,
    post: Post,
    *,
    archive_list: str,
    is_wanted: Callable[[Memento], bool],
    pattern: str | None = None,
) -> Generator[Asked, None, list[Memento]]:
    """The copies that a CDX server lists of addresses that begin so, as far as they are wanted; part by part."""
    found: list[Memento] = []
    key: str | None = None
    for _ in range(MOST_LISTS):
        question = archive.list_question(archive_list, pattern, key)
        told = yield from desk.ask(question, lambda answer: _listed(archive, post, answer, is_wanted), is_list=True)
        if told.content is None or told.outcome != "answered":
            break
        mementos, key = read_cdx(told.content, archive.base)
        found += filter(is_wanted, mementos)
        if key is None:
            break
    return found


def _listed(archive: Archive, post: Post, answer: Answer, is_wanted: Callable[[Memento], bool]) -> Asked:
    """What a list comes to: whether it has a copy that is wanted, and how many others."""
    asked = Asked(post=post, source=f"{archive.name}-cdx", answer=answer, outcome=answer.outcome, detail=answer.detail)
    if answer.content is None:
        return asked
    try:
        mementos, key = read_cdx(answer.content, archive.base)
    except ListError as error:
        return replace(asked, outcome="unreadable", detail=str(error))
    wanted = sum(map(is_wanted, mementos))
    others = len(mementos) - wanted
    detail = f"{wanted} copies" + (f", {others} of other addresses" if others else "")
    return replace(asked, outcome="answered" if wanted or key else "not-archived", detail=detail)


def read_copy(desk: Desk, archive: Archive, post: Post, memento: Memento) -> Inquiry:
    """What a copy says of the post."""
    return (
        yield from desk.ask(archive.page_question(memento), lambda answer: read_memento(post, archive.name, answer))
    )


# A TimeGate


def _by_gate(desk: Desk, archive: Archive, subject: Subject) -> Search:
    """Look for a post at a TimeGate: the copy that it leads to, then those of the TimeMap that it names."""
    post, dates, tried = subject.post, dates_of(subject), set[str]()
    for url in urls_of(post, subject.handle):
        gate = yield from desk.ask(
            archive.gate_question(url, dates[0] if dates else None), lambda answer: _led(desk, archive, post, answer)
        )
        if gate.outcome not in {"redirected", "answered"} or not gate.detail:
            continue
        first, _, listed = gate.detail.partition(" ")
        for wave in (_first(first), _map(desk, archive, post, listed, dates)):
            mementos = yield from wave
            for memento in mementos:
                if len(tried) == MOST_TRIED:
                    return False
                if memento.url in tried:
                    continue
                tried.add(memento.url)
                told = yield from read_copy(desk, archive, post, memento)
                if told.has_text:
                    return True
    return False


def _first(url: str) -> Generator[Asked, None, list[Memento]]:
    """The copy that a TimeGate leads to; when it was made its own headers say."""
    yield from ()
    return [Memento(at=_EPOCH, original=original_in(url) or "", url=url)]


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00Z")


def _map(
    desk: Desk, archive: Archive, post: Post, url: str, dates: Sequence[datetime]
) -> Generator[Asked, None, list[Memento]]:
    """The copies of a TimeMap, the nearest first."""
    if not url:
        return []
    told = yield from desk.ask(archive.map_question(url), lambda answer: _mapped(archive, post, answer), is_list=True)
    if told.content is None or told.outcome != "answered":
        return []
    return nearest(filter(_is_of(post), read_timemap(told.content)), dates)


def _led(desk: Desk, archive: Archive, post: Post, answer: Answer) -> Asked:
    """What a TimeGate's answer comes to; `detail` is where it leads, and behind a space the address of the TimeMap."""
    last = answer.exchanges[-1]
    asked = Asked(
        post=post, source=f"{archive.name}-timegate", answer=answer, outcome=answer.outcome, detail=answer.detail
    )
    led = last.location or last.header("Content-Location")
    if last.status is None or last.status >= 400 or not led:
        return replace(asked, outcome="not-archived") if last.status == 404 else asked
    base = last.url
    copy = raw_url(desk.network.named(urljoin(base, led)))
    links = read_links(last.header("Link") or "")
    listed = next((link.url for link in links if "timemap" in link.relations), "")
    named = desk.network.named(urljoin(base, listed)) if listed else ""
    return replace(asked, outcome="redirected", detail=f"{copy} {named}".rstrip())


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
    wanted = sum(map(_is_of(post), found))
    return replace(asked, outcome="answered" if wanted else "not-archived", detail=f"{wanted} copies")
