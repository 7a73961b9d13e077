"""Search: the post that a marker without an id is of, among all that archives have of the printed minute."""

from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import datetime

from archiver.capture.work import Asked
from archiver.cdx import SEARCHABLE, Query, plan_moment
from archiver.errors import UsageError
from archiver.fetch import Answer, HostPausedError, StoppedError
from archiver.identity import decoded_time
from archiver.identity.texts import ALIKE, EQUAL, text_match
from archiver.identity.windows import Window, unix_ms, windows
from archiver.records import Observation, Outcome, Post
from archiver.recover.archives import Archive
from archiver.recover.desk import Desk, dates_of
from archiver.recover.lists import list_copies
from archiver.recover.mementos import Memento, nearest
from archiver.recover.readings import read_memento
from archiver.store import Subject
from archiver.urls import resolve

MOST_CANDIDATES = 200
"""Posts of one window whose copies are read: those first whose address names the author, then by their distance from
the printed time."""

MOST_COPIES = 2
"""Copies of a candidate that are read, where the first does not say whose it is."""


def can_search(subject: Subject) -> bool:
    """Whether a marker says enough: whose post it is and the minute, or the day and the words, of a platform whose ids
    hold their time."""
    post = subject.post
    if post.platform not in SEARCHABLE or not subject.handle or subject.printed is None:
        return False
    has_words = text_match(post.text, post.text) is not None  # enough of them to know it by
    return bool(_windows(subject)) and (has_words or not any(window.by_day for window in _windows(subject)))


def find_post(desk: Desk, archive: Archive, subject: Subject) -> Iterator[Asked]:
    """Ask a CDX server for all posts of the window, and read those that may be the marker's.

    Each that is by its author, and does not say other words, is captured under its own id: it is then a candidate of
    the marker by the rules of identity, which choose one only if it is the only one. So none is before all were looked
    at: of a search that is not complete the pages are kept as evidence, to be read again. What was read and is not is
    noted with the marker. Where archives have more posts of the time than are looked at, none is either: another may be
    the author's too. The core window goes first; where no post of it is the author's, the wide one.
    """
    found = list[Asked]()
    try:
        for asked in _search(desk, archive, subject):
            if asked.outcome == "captured":
                found.append(asked)
            else:
                yield asked
    except (HostPausedError, StoppedError):
        if not desk.is_begun:
            raise
        desk.is_complete = False
    if not desk.is_complete:
        yield from (_set_aside(subject, asked, "answered", _INCOMPLETE) for asked in found)
    elif not desk.is_whole:
        yield from (_set_aside(subject, asked, "unclear", f"{asked.post.id}: {_TOO_MANY}") for asked in found)
    else:
        yield from found


def _set_aside(subject: Subject, asked: Asked, outcome: Outcome, detail: str) -> Asked:
    """A copy of a post by the author as one that is not known to be the marker's."""
    return replace(asked, post=subject.post, outcome=outcome, detail=detail, observation=Observation())


_INCOMPLETE = "not all posts of that time could be looked at yet"  # so that it is still to be read
_TOO_MANY = "by the author, but archives have more posts of that time than are looked at"


def _search(desk: Desk, archive: Archive, subject: Subject) -> Iterator[Asked]:
    moment = subject.printed
    try:
        plan = plan_moment(SEARCHABLE[subject.post.platform], subject.handle or "", moment) if moment else None
    except UsageError:  # a handle that cannot be one, or a time before ids held any
        return
    searches = plan.searches if plan else ()
    queries = list(dict.fromkeys(query for search in searches for query in search.queries))
    for name in ("core", "wide"):
        some = [query for query in queries if query.window == name]
        found = yield from _candidates(desk, archive, subject, some)
        is_found = yield from _confirm(desk, archive, subject, found)
        if is_found or not desk.is_complete:
            return


def _candidates(
    desk: Desk, archive: Archive, subject: Subject, queries: list[Query]
) -> Generator[Asked, None, dict[str, list[Memento]]]:
    """The copies of posts whose ids are of the window, by id, the likeliest first."""
    found: dict[str, list[Memento]] = defaultdict(list)
    for query in queries:
        mementos = yield from list_copies(
            desk,
            archive,
            subject.post,
            address=query.url,
            pattern=query.pattern,
            is_wanted=lambda memento: _distance(subject, memento) is not None,
        )
        for memento in mementos:
            found[_native_id(memento) or ""].append(memento)

    def order(item: tuple[str, list[Memento]]) -> tuple[bool, float, str]:
        is_named = any(_handle(memento) == (subject.handle or "").lower() for memento in item[1])
        return not is_named, _distance(subject, item[1][0]) or 0.0, item[0]

    return dict(sorted(found.items(), key=order))


def _confirm(
    desk: Desk, archive: Archive, subject: Subject, found: dict[str, list[Memento]]
) -> Generator[Asked, None, bool]:
    """Read the copies of the candidates; whether any is a post of the author."""
    is_found = False
    desk.is_whole &= len(found) <= MOST_CANDIDATES
    for native_id, mementos in list(found.items())[:MOST_CANDIDATES]:
        for memento in nearest(mementos, dates_of(subject))[:MOST_COPIES]:
            candidate = _candidate(subject.post, native_id, memento)

            def read(answer: Answer, candidate: Post = candidate) -> Asked:
                return _weighed(subject, read_memento(candidate, archive.name, answer))

            told = yield from desk.ask(archive.page_question(memento.url), read)
            is_found |= told.outcome in {"captured", "unclear"}
            if told.outcome in {"captured", "unclear", "another-post"}:
                break
    return is_found


def _weighed(subject: Subject, asked: Asked) -> Asked:
    """A copy of a candidate as what it is to the marker: the post itself is captured, or why it is not is noted."""
    if asked.outcome == "captured" and (reason := _objection(subject, asked.observation)):
        asked = replace(asked, outcome="another-post", detail=f"{asked.post.id}: {reason}", observation=Observation())
    if asked.outcome != "captured":
        return replace(asked, post=subject.post)
    permalink = asked.observation.permalink or asked.post.permalink
    return replace(asked, observation=replace(asked.observation, permalink=permalink))


def _objection(subject: Subject, observation: Observation) -> str | None:
    """Why a post is not the one that is sought, or not for certain; None where it is by the author.

    A day is all that some platforms print: there the words must be the same.
    """
    if observation.handle is None:
        return "it does not say who posted it"
    if observation.handle.lower() != (subject.handle or "").lower():
        return f"it is by @{observation.handle}"
    alike = text_match(observation.text, subject.post.text)
    if alike is not None and alike < ALIKE:
        return "it says something else"
    by_day = any(window.by_day for window in _windows(subject))
    return "it may be another one of that day" if by_day and (alike is None or alike < EQUAL) else None


def _candidate(post: Post, native_id: str, memento: Memento) -> Post:
    found = resolve(memento.original)
    return Post(
        id=f"{post.platform}:{native_id}",
        platform=post.platform,
        native_id=native_id,
        permalink=found.permalink if found else None,
    )


def _native_id(memento: Memento) -> str | None:
    found = resolve(memento.original)
    return found.native_id if found else None


def _handle(memento: Memento) -> str | None:
    found = resolve(memento.original)
    return found.handle.lower() if found and found.handle else None


def _distance(subject: Subject, memento: Memento) -> float | None:
    """How far the time in a copy's id is from what the marker prints, in seconds; None where it is out of reach, or
    the copy is of no post of the platform."""
    found = resolve(memento.original)
    if found is None or found.platform != subject.post.platform:
        return None
    decoded = decoded_time(found.platform, found.native_id, found.permalink)
    if decoded is None:
        return None
    at = unix_ms(datetime.fromisoformat(decoded.at))
    return next((abs(window.distance(at)) for window in _windows(subject) if window.reaches(at)), None)


def _windows(subject: Subject) -> tuple[Window, ...]:
    return windows(subject.post.platform, subject.printed)
