"""Desk: what one post is asked with at web archives, so that no question is asked twice that was answered."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime

from archiver.capture.work import Asked
from archiver.errors import ReadError
from archiver.fetch import Answer, Fetcher, Network, Question
from archiver.platforms import BY_NAME
from archiver.records import Outcome, Post
from archiver.recover.archives import Archive
from archiver.recover.mementos import moment_in
from archiver.recover.readings import read_memento
from archiver.store import PASSING, KeptAnswer, Subject

MOST_TRIED = 4
"""Copies of one post that are read in one archive: the nearest ones; where they are of no use, nor are the others."""

NO_LIST = frozenset({"not-archived", "forbidden"})
"""Outcomes of a question for a list that will not be another tomorrow: there is no copy, or none may be seen."""


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
    gets the content by file and offset, or raises ReadError. `is_begun` says whether anybody was asked, `is_complete`
    whether no answer is missing that may still come, `is_whole` whether there was not more than is looked at."""

    fetcher: Fetcher | None
    network: Network
    kept: Mapping[str, KeptAnswer]
    load: Callable[[str, int], bytes]
    is_begun: bool = False
    is_complete: bool = True
    is_whole: bool = True

    def ask(self, question: Question, read: Callable[[Answer], Asked], *, is_list: bool = False) -> Inquiry:
        """The answer to a question. `read` says what a new one comes to; of a list the content is wanted, and one that
        could not be read is asked for again.

        Raises UnaskedError where it was not answered yet and nobody is to be asked.
        """
        if told := self._told_before(question, is_list=is_list):
            return told
        if self.fetcher is None:
            raise UnaskedError(question.url)
        asked = read(self.fetcher.fetch(question))
        self.is_begun = True
        is_there = asked.outcome in {*NO_LIST, "answered"} if is_list else asked.outcome not in PASSING
        self.is_complete = self.is_complete and is_there
        yield asked
        return Told(
            outcome=asked.outcome,
            has_text=asked.observation.text is not None,
            detail=asked.detail,
            content=asked.answer.content,
        )

    def _told_before(self, question: Question, *, is_list: bool) -> Told | None:
        """What came of a question before, if that stands; a copy that was only kept is still to be read."""
        kept = self.kept.get(self.network.located(question.url))
        if kept is None or (kept.outcome == "answered" and not is_list):
            return None
        content = self._content(kept) if kept.outcome == "answered" else None
        if is_list and content is None and kept.outcome not in NO_LIST:
            return None
        return Told(outcome=kept.outcome, has_text=kept.has_text, detail=kept.detail, content=content)

    def _content(self, kept: KeptAnswer) -> bytes | None:
        """The content of an answer that is kept; None where it cannot be read any more: it is asked for again."""
        if kept.file is None or kept.byte_offset is None:
            return None
        try:
            return self.load(kept.file, kept.byte_offset)
        except ReadError:
            return None


def read_copy(desk: Desk, archive: Archive, post: Post, url: str) -> Inquiry:
    """What a copy says of the post."""
    return (yield from desk.ask(archive.page_question(url), lambda answer: read_memento(post, archive.name, answer)))


def dates_of(subject: Subject) -> list[datetime]:
    """The dates that copies should be near to: those of the articles, else the post's own."""
    told = [moment for date in subject.dates if (moment := moment_in(date))]
    own = moment_in(subject.post.posted_at)
    return told or ([own] if own else [])


def addresses_of(post: Post, handle: str | None) -> list[str]:
    """The addresses at which archives have a post, without scheme and `www.`: of those that its platform has had the
    one that articles have first, and last the one that they have if it is none of these."""
    given = _without_scheme(post.permalink)
    forms = [
        form.format(id=post.native_id, handle=handle or "")
        for form in BY_NAME[post.platform].captured_at
        if handle or "{handle}" not in form
    ]
    if given in forms:
        return sorted(forms, key=lambda form: form != given)
    return [*forms, given] if given else forms


def urls_of(post: Post, handle: str | None) -> list[str]:
    """The same as whole addresses."""
    given = _without_scheme(post.permalink)
    return [
        post.permalink if post.permalink and address == given else f"https://{address}"
        for address in addresses_of(post, handle)
    ]


def _without_scheme(url: str | None) -> str:
    return (url or "").partition("://")[2].removeprefix("www.").rstrip("/")
