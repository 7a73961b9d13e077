"""Lists: a CDX server is asked for all copies whose address begins so, and the nearest of them are read."""

from collections.abc import Callable, Generator
from dataclasses import replace

from archiver.capture.work import Asked
from archiver.fetch import Answer
from archiver.records import Post
from archiver.recover.archives import Archive
from archiver.recover.desk import MOST_TRIED, Desk, Search, addresses_of, dates_of, read_copy
from archiver.recover.mementos import ListError, Memento, counted, nearest, read_cdx
from archiver.recover.pages import is_of
from archiver.store import Subject

MOST_LISTS = 5
"""Parts of one list of copies that are asked for."""


def find_in_lists(desk: Desk, archive: Archive, subject: Subject) -> Search:
    """Look for a post in the lists of a CDX server, one for each way to write its address."""
    post, tried = subject.post, set[str]()
    for address in addresses_of(post, subject.handle):
        mementos = yield from list_copies(desk, archive, post, address=address, is_wanted=_is_of(post))
        for memento in nearest(mementos, dates_of(subject)):
            if len(tried) == MOST_TRIED:
                return False
            mark = memento.digest or memento.url
            if mark in tried:
                continue
            tried.add(mark)
            told = yield from read_copy(desk, archive, post, memento.url)
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
    address: str,
    is_wanted: Callable[[Memento], bool],
    pattern: str | None = None,
) -> Generator[Asked, None, list[Memento]]:
    """The copies that a CDX server lists of addresses that begin so, as far as they are wanted; part by part."""
    found: list[Memento] = []
    key: str | None = None
    for _ in range(MOST_LISTS):
        question = archive.list_question(address, pattern, key)
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
    detail = counted(wanted) + (f", {others} of other addresses" if others else "") + (", and more" if key else "")
    return replace(asked, outcome="answered" if wanted or key else "not-archived", detail=detail)
