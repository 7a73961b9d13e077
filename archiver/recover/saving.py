"""Saving: the Wayback Machine is asked to make a copy of a page now (Save Page Now 2, its public documentation)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from archiver.capture.work import Asked
from archiver.fetch import Answer, Fetcher, HostPausedError, Question, StoppedError
from archiver.records import Outcome, Post
from archiver.recover.archives import WAYBACK, WAYBACK_HOST
from archiver.recover.mementos import raw_url, read_stamp, when
from archiver.recover.readings import read_memento

SOURCE = "wayback-save"
SAVE = f"https://{WAYBACK_HOST}/save"
KEYS = ("IA_ACCESS_KEY", "IA_SECRET_KEY")
"""The environment variables that the keys are in (https://archive.org/account/s3.php)."""

RECENT = "30d"
"""A copy that is no older is as good as a new one: the service makes none then, and says which there is."""

MOST_POLLS = 40
"""How often a job is asked after, at most; most take a minute or less."""

NO_SESSION = "error:user-session-limit"
"""The error that says that the service has no room; the others are about the page that was to be copied."""

ERRORS: dict[str, Outcome] = {
    "error:not-found": "not-found",
    **dict.fromkeys(("error:no-access", "error:unauthorized", "error:blocked-url"), "forbidden"),
    **dict.fromkeys((NO_SESSION, "error:too-many-requests", "error:too-many-daily-captures"), "rate-limited"),
    **dict.fromkeys(
        ("error:read-timeout", "error:gateway-timeout", "error:browsing-timeout", "error:soft-time-limit-exceeded"),
        "timeout",
    ),
    **dict.fromkeys(
        (
            *("error:service-unavailable", "error:internal-server-error", "error:bad-gateway", "error:celery"),
            *("error:job-failed", "error:proxy-error", "error:protocol-error", "error:cannot-fetch"),
            *("error:no-browsers-available", "error:capture-location-error", "error:invalid-server-response"),
            "error:bandwidth-limit-exceeded",
        ),
        "server-error",
    ),
}
"""What the service's errors come to that are not for ever, or tell of the page; the others are `rejected`."""


@dataclass(kw_only=True)
class Saver:
    """Asks for copies, one at a time, as long as the service has room: how much it says itself, for these keys."""

    access_key: str
    secret_key: str
    room: int = 0
    is_closed: bool = False

    def ask(self, fetcher: Fetcher, post: Post) -> Iterator[Asked]:
        """Ask for a copy of a post's page, and after it until it is made or cannot be.

        Raises HostPausedError where there is no room left, StoppedError where the run is to end.
        """
        if self.is_closed:
            raise HostPausedError(WAYBACK_HOST)
        is_begun = False
        try:
            for asked in self._save(fetcher, post):
                is_begun = True
                yield asked
        except (HostPausedError, StoppedError):
            if not is_begun:
                raise

    def _save(self, fetcher: Fetcher, post: Post) -> Iterator[Asked]:
        if not self.room:
            asked = self._asked(post, fetcher.fetch(self._question(f"{SAVE}/status/user", "web.archive.org/save")))
            self.room = _room(_told(asked.answer))
            self.is_closed = asked.outcome != "answered" or not self.room
            is_full = self.is_closed and asked.outcome == "answered"
            yield replace(asked, outcome="rate-limited", detail="the service has no room now") if is_full else asked
            if self.is_closed:
                return
        self.room -= 1
        asked = self._asked(post, fetcher.fetch(self._post(post)))
        told = _told(asked.answer)
        job = told.get("job_id")
        if not isinstance(job, str) or told.get("status") == "error":
            yield self._failed(asked, told)
            return
        yield asked
        yield from self._wait(fetcher, post, job)

    def _wait(self, fetcher: Fetcher, post: Post, job: str) -> Iterator[Asked]:
        """Ask after a job until it has ended; then for what the copy says, where the post's words are not known."""
        for _ in range(MOST_POLLS):
            question = self._question(f"{SAVE}/status/{job}", "web.archive.org/save/status")
            asked = self._asked(post, fetcher.fetch(question))
            told = _told(asked.answer)
            if told.get("status") == "success":
                yield (saved := _saved(asked, told))
                if saved.outcome == "saved" and post.text is None:
                    copy = WAYBACK.page_question(raw_url(saved.detail or ""))
                    yield read_memento(post, WAYBACK.name, fetcher.fetch(copy))
                return
            if told.get("status") != "pending":
                yield self._failed(asked, told)
                return
            yield asked

    def _question(self, url: str, limit: str) -> Question:
        return Question(url=url, hosts=(WAYBACK_HOST,), headers=self._headers, limit=limit)

    def _post(self, post: Post) -> Question:
        form = {"url": post.permalink, "if_not_archived_within": RECENT, "skip_first_archive": "1"}
        headers = (*self._headers, ("Content-Type", "application/x-www-form-urlencoded"))
        question = self._question(SAVE, "web.archive.org/save")
        return replace(question, method="POST", headers=headers, body=urlencode(form).encode())

    @property
    def _headers(self) -> tuple[tuple[str, str], ...]:
        return (("Authorization", f"LOW {self.access_key}:{self.secret_key}"),)

    def _asked(self, post: Post, answer: Answer) -> Asked:
        return Asked(post=post, source=SOURCE, answer=answer, outcome=answer.outcome, detail=answer.detail)

    def _failed(self, asked: Asked, told: dict[str, Any]) -> Asked:
        """Why no copy was made; where the service has no room, or the keys are wrong, it is not asked on."""
        error = str(told.get("status_ext") or told.get("message") or "")[:100]
        outcome = ERRORS.get(error, "rejected") if error else asked.outcome
        if error == NO_SESSION or asked.outcome in {"forbidden", "rate-limited"}:
            self.is_closed = True
        return replace(asked, outcome=outcome, detail=error or asked.detail)


def _told(answer: Answer) -> dict[str, Any]:
    """The object in an answer; an empty one where there is none."""
    try:
        told = json.loads(answer.content or b"{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _room(told: dict[str, Any]) -> int:
    """How many copies may be asked for before the service is asked again how many; 1 where it does not say."""
    available, made, most = (told.get(name) for name in ("available", "daily_captures", "daily_captures_limit"))
    if isinstance(available, int) and available < 1:
        return 0
    return max(most - made, 0) if isinstance(made, int) and isinstance(most, int) else 1


def _saved(asked: Asked, told: dict[str, Any]) -> Asked:
    """A copy that was made, or was there already: when, and where."""
    stamp, original = str(told.get("timestamp")), str(told.get("original_url"))
    made_at = read_stamp(stamp)
    if made_at is None:
        return replace(asked, outcome="unreadable", detail="it does not say when the copy was made")
    return replace(asked, outcome="saved", detail=f"{WAYBACK.base}{stamp}/{original}", memento_at=when(made_at))
