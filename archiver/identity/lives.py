"""Lives: what has become of a post at its platform, as all that was answered about it says.

A post counts as gone only after three answers in a row, each at least a day after the one before, that say so with
nothing alive between them: servers fail, accounts are locked for a day, and what is gone by mistake would be told to
every reader. Until then it is unknown. Answers that say nothing of the post (a rate limit, a server that fails) neither
count nor undo what others say. It all follows from the answers, never from the clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from archiver.errors import ForeignValueError
from archiver.platforms import BY_NAME
from archiver.records import Answered, Life, Outcome

STRIKES = 3
APART = timedelta(days=1)

SAYS: Mapping[Outcome, Life] = {
    "captured": "alive",
    "private": "private",
    "login-wall": "login-wall",
    "withheld": "login-wall",
    "embedding-off": "embedding-off",
    "account-gone": "account-gone",
    "gone": "deleted",
    "not-found": "deleted",
    "unclear": "unknown",
    "rate-limited": "rate-limited",
}
"""What an answer says of the life of its post; all others say that it is unknown. Of several answers in one run the
one whose outcome comes first here counts: who shows a post knows more than who does not find it."""

NO_ANSWERS: frozenset[Outcome] = frozenset({"redirected", "robots", "answered"})
"""Exchanges that were on the way to an answer, or about something else."""

GONE: frozenset[Life] = frozenset({"deleted", "account-gone"})
VAGUE: frozenset[Life] = frozenset({"unknown", "rate-limited"})

_RANK = {outcome: rank for rank, outcome in enumerate(SAYS)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known of a post's life: `since` when answers in a row say so, and how many; for a post that is unknown
    these are those that say that it is gone, which are too few yet. `checked_at` is when one last said anything.

    `edited_after` and `edited_before` are the times of the last answer with the words before an edit and of the first
    with those after it, or both when the platform says that it was edited.
    """

    life: Life
    since: str | None = None
    answers: int = 0
    checked_at: str | None = None
    edited_after: str | None = None
    edited_before: str | None = None


def fold_life(platform: str, answers: Iterable[Answered]) -> Known | None:
    """What all answers about a post (in order of time) say of its life; None where there is none.

    Only the platform's own sources count: that a web archive has a post says nothing of whether it still stands.
    """
    own = [one for one in answers if one.source in BY_NAME[platform].sources and one.outcome not in NO_ANSWERS]
    known, struck_at = None, None
    for says, at in _checks(own):
        known, struck_at = _after(known, says, at, struck_at)
    edit = _last_edit(own)
    if known is None or edit is None:
        return known
    life: Life = "edited" if known.life == "alive" else known.life
    return replace(known, life=life, edited_after=edit[0], edited_before=edit[1])


def _checks(answers: Iterable[Answered]) -> Iterator[tuple[Life, str]]:
    """What each run found out, and when: of its answers the one that knows most."""
    for _, run in groupby(answers, key=lambda one: one.run_id if one.run_id is not None else one.fetched_at):
        best = min(run, key=lambda one: _RANK.get(one.outcome, len(_RANK)))
        yield SAYS.get(best.outcome, "unknown"), best.fetched_at


def _after(known: Known | None, says: Life, at: str, struck_at: str | None) -> tuple[Known, str | None]:
    """What is known after one more check, and when the last strike was that counts."""
    if says in VAGUE:
        return known if known and known.checked_at else Known(life=says), struck_at
    if says not in GONE:
        if known and known.life == says:
            return replace(known, answers=known.answers + 1, checked_at=at), None
        return Known(life=says, since=at, answers=1, checked_at=at), None
    if known is None or struck_at is None:
        return Known(life="unknown", since=at, answers=1, checked_at=at), at
    if _time(at) - _time(struck_at) < APART:
        return replace(known, checked_at=at), struck_at
    answers = known.answers + 1
    return replace(known, life=says if answers >= STRIKES else "unknown", answers=answers, checked_at=at), at


def _last_edit(answers: Iterable[Answered]) -> tuple[str, str] | None:
    """The times between which the words last changed: those of one source, since each has its own way with them."""
    words: dict[str, tuple[str, str]] = {}
    edit = None
    for one in answers:
        if one.outcome != "captured":
            continue
        if one.edited_at:
            edit = (one.edited_at, one.edited_at)
        elif one.text:
            before, last = words.get(one.source, (one.text, one.fetched_at))
            if before != one.text:
                edit = (last, one.fetched_at)
            words[one.source] = (one.text, one.fetched_at)
    return edit


def _time(value: str) -> datetime:
    """The time of an answer. Raises ForeignValueError for what no program of ours has written."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ForeignValueError(f"{value!a:.60} for a time (fetched_at)") from error
    if moment.tzinfo is None:
        raise ForeignValueError(f"{value!a:.60} for a time in UTC (fetched_at)")
    return moment
