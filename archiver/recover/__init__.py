"""Recovering: what web archives have of posts is looked for, read, and kept with its evidence."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archiver.capture.work import Asked, Plan
from archiver.fetch import Fetcher, Network, seconds_between
from archiver.records import Post
from archiver.recover.archives import WAYBACK, WAYBACK_HOST, Archive, archive_at
from archiver.recover.asking import find_copy
from archiver.recover.desk import Desk, UnaskedError, addresses_of
from archiver.recover.saving import KEYS, SOURCE, Saver
from archiver.recover.search import can_search, find_post
from archiver.store import Answers, Subject

__all__ = [
    "KEYS",
    "SOURCE",
    "WAYBACK",
    "Archive",
    "Recovery",
    "Saver",
    "archive_at",
    "plan_saving",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovery:
    """Looks for posts in web archives, the first of them first. `kept` are the answers that stand, of which `load` gets
    the content by file and offset, or raises ReadError."""

    archives: Sequence[Archive]
    network: Network
    kept: Answers
    load: Callable[[str, int], bytes]

    def plan(self, subjects: Iterable[Subject], limit: int | None) -> tuple[Plan, "Asking"]:
        """What is to be asked for, and who asks: of the posts that can be looked for those for which not all is
        answered, at most so many."""
        able, without = list[Subject](), list[Subject]()
        for subject in subjects:
            (able if self._can_find(subject) else without).append(subject)
        unfinished = (subject for subject in able if not self._is_finished(subject))
        wanted = {subject.post.id: subject for subject in islice(unfinished, limit)}
        host = self.archives[0].host
        posts = tuple(subject.post for subject in wanted.values())
        plan = Plan(
            hosts={host: posts} if posts else {},
            pace={host: self._seconds},
            without=tuple(subject.post for subject in without),
        )
        return plan, Asking(recovery=self, subjects=wanted)

    def ask(self, fetcher: Fetcher | None, subject: Subject) -> Iterator[Asked]:
        """Ask for a post, or for the one that a marker is of. Raises UnaskedError where `fetcher` is None and
        something would be asked."""
        kept = self.kept.get(subject.post.id, {})
        desk = Desk(fetcher=fetcher, network=self.network, kept=kept, load=self.load)
        if subject.post.native_id:
            return find_copy(desk, self.archives, subject)
        return find_post(desk, next(archive for archive in self.archives if archive.cdx), subject)

    def _can_find(self, subject: Subject) -> bool:
        if subject.post.native_id:
            return bool(addresses_of(subject.post, subject.handle))
        return any(archive.cdx for archive in self.archives) and can_search(subject)

    def _is_finished(self, subject: Subject) -> bool:
        if subject.post.native_id and any(told.has_text for told in self.kept.get(subject.post.id, {}).values()):
            return True
        try:
            return not list(self.ask(None, subject))
        except UnaskedError:
            return False

    @property
    def _seconds(self) -> float:
        """The seconds that a post takes at least: a list, or a question at a TimeGate, and a copy."""
        first = self.archives[0]
        return seconds_between(f"{first.host}/cdx" if first.cdx else first.limit) + seconds_between(first.limit)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """A recovery with what is known of the posts that it is to look for."""

    recovery: Recovery
    subjects: dict[str, Subject]

    def ask(self, fetcher: Fetcher, post: Post) -> Iterator[Asked]:
        """Ask for a post of the plan."""
        return self.recovery.ask(fetcher, self.subjects[post.id])


def plan_saving(posts: Sequence[Post]) -> Plan:
    """How to ask for copies of these posts' pages."""
    seconds = seconds_between("web.archive.org/save") + seconds_between("web.archive.org/save/status")
    return Plan(hosts={WAYBACK_HOST: tuple(posts)} if posts else {}, pace={WAYBACK_HOST: seconds}, without=())
