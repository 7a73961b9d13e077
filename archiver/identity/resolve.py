"""Resolution: which known post a marker is of that names none, and which it may be of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from archiver.identity.texts import ALIKE, EQUAL, text_match
from archiver.identity.windows import Window, unix_ms, windows
from archiver.platforms import BY_NAME
from archiver.records import Candidate, Precision
from archiver.times import Moment


class Told(Protocol):
    """What of an embed resolution needs: the post that it tells by itself, and what it says of it."""

    @property
    def platform(self) -> str: ...
    @property
    def observed_id(self) -> str | None: ...
    @property
    def handle(self) -> str | None: ...
    @property
    def posted_at(self) -> str | None: ...
    @property
    def precision(self) -> Precision | None: ...
    @property
    def posted_at_options(self) -> tuple[str, str] | None: ...
    @property
    def decoded_at(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Marker:
    """All embeds that tell the same of a post whose id they do not name.

    `id` is provisional, `handle` in lower case.
    """

    id: str
    handle: str
    windows: tuple[Window, ...] = ()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A post whose id is known: when that was given out (Unix ms), who is named as its author, and its texts.

    `handles` are in lower case; none where no embed names the author. Each of `texts` comes with the handle that signs
    it, None where nobody does.
    """

    id: str
    at: int | None = None
    handles: frozenset[str] = frozenset()
    texts: frozenset[tuple[str | None, str]] = frozenset()


def marker_of(told: Sequence[Told]) -> Marker:
    """The marker that embeds with one provisional id and a handle are."""
    first = told[0]
    assert first.observed_id and first.handle  # noqa: S101  (what is asked for; mypy must know)
    return Marker(
        id=first.observed_id,
        handle=first.handle.lower(),
        # Embeds with one id can differ in how precise they are: `datetime` has the second of the printed minute.
        windows=min(windows(one.platform, _printed(one)) for one in told),
        texts=frozenset(one.text for one in told if one.text),
    )


def known_of(told: Sequence[Told]) -> Known:
    """The post that embeds with one native id are of."""
    first = told[0]
    assert first.observed_id  # noqa: S101  (what is asked for; mypy must know)
    return Known(
        id=first.observed_id,
        at=unix_ms(datetime.fromisoformat(first.decoded_at)) if first.decoded_at else None,
        handles=frozenset(one.handle.lower() for one in told if one.handle),
        texts=frozenset((one.handle.lower() if one.handle else None, one.text) for one in told if one.text),
    )


def _printed(told: Told) -> Moment | None:
    if told.posted_at is None or told.precision is None:
        return None
    return Moment(told.posted_at, told.precision, told.posted_at_options)


def resolve(markers: Iterable[Marker], known: Iterable[Known]) -> list[Candidate]:
    """The posts that each marker of a platform may be of, by marker and post, the right one `chosen` if it is certain.

    The rules (`facts.md` §0.1, §1):

    - A day without a clock, of a platform that prints clocks, counts only with the same text.
    - A dated marker is the one post of its author in the core window: the printed minute and the 30 seconds before it,
      or the printed day. Where none is there, it is the one in the wide window, 15 minutes before the minute, unless
      another marker prints that post's minute or may be of it as well.
    - A printed day without words to compare is too little for two markers of one post: then none of them is it.
    - Where several are there, the only one with the same text is it.
    - A post without an author is only ever chosen for its text, a post with another text never.
    - An undated marker is the only post of its author with the same text.
    """
    posts = sorted(known, key=lambda post: post.id)
    by_id = sorted(markers, key=lambda marker: marker.id)
    return choose([found for marker in by_id for post in posts if (found := weigh(marker, post))])


def weigh(marker: Marker, post: Known) -> Candidate | None:
    """The post as a candidate of the marker, not chosen; None where they are of two posts.

    A post that only its words rule out is a candidate, and so is one in the printed minute by nobody knows whom; but
    not all that were posted on a printed day. It depends on these two alone.
    """
    by_author = marker.handle in post.handles
    if post.handles and not by_author:
        return None
    if not marker.windows or post.at is None:
        text = _text_match(marker, post) if by_author else None
        return _candidate(marker, post, "core", None, text, True) if text is not None and text >= EQUAL else None
    at = post.at
    window = next((window for window in marker.windows if window.reaches(at)), None)
    if window is None or (window.by_day and not by_author):
        return None
    text = _text_match(marker, post)
    if window.by_day and prints_clocks(marker.id) and (text is None or text < EQUAL):
        return None  # a clock was lost, or could not be read: the day alone is too little
    place: Literal["core", "wide"] = "core" if window.holds(at) else "wide"
    return _candidate(marker, post, place, window.distance(at), text, by_author)


def prints_clocks(id_: str) -> bool:
    """Whether the platform of a post's id prints a time of day, so that a day alone is not all that it said."""
    platform = BY_NAME.get(id_.partition(":")[0])
    return platform is not None and platform.zone is not None


def is_claim(candidate: Candidate) -> bool:
    """Whether it is chosen only if no other marker has the same claim: there is but a day for it, or a late minute."""
    by_day_alone = candidate.text_match is None and not prints_clocks(candidate.marker_id)
    return candidate.window == "wide" or by_day_alone


def _text_match(marker: Marker, post: Known) -> float | None:
    """How alike the texts of both are where they are most alike; what somebody else signed is not compared."""
    texts = [text for handle, text in post.texts if handle in {None, marker.handle}]
    matches = (text_match(a, b) for a in marker.texts for b in texts)
    return max((match for match in matches if match is not None), default=None)


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The same candidates in the same order, `chosen` where one is certain.

    They must be all those of their markers. Whether a claim is chosen depends on the other markers that have its post
    as a candidate: those must be among them too.
    """
    found = list(candidates)
    by_marker: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        by_marker[candidate.marker_id].append(candidate)
    choices = [
        choice for some in by_marker.values() if (choice := _choice(some, "core" if _has_core(some) else "wide"))
    ]
    chosen = {candidate.id for candidate in _unclaimed(choices)}
    return [replace(candidate, chosen=candidate.id in chosen) for candidate in found]


def _unclaimed(choices: Sequence[Candidate]) -> Iterable[Candidate]:
    """The choices without the claims to a post that another marker takes, or claims too."""
    claims = Counter(choice.post_id for choice in choices if is_claim(choice))
    taken = {choice.post_id for choice in choices if not is_claim(choice)}
    return (
        choice
        for choice in choices
        if not is_claim(choice) or (claims[choice.post_id] == 1 and choice.post_id not in taken)
    )


def _has_core(candidates: Iterable[Candidate]) -> bool:
    """Whether a post in the core window may be the marker's, chosen or not."""
    return any(one.window == "core" and _may_be(one) for one in candidates)


def _choice(candidates: Iterable[Candidate], window: str) -> Candidate | None:
    """The one post in that window that a marker is of; None where there is none, or more than one."""
    there = [one for one in candidates if one.window == window and _may_be(one)]
    if len(there) > 1:
        there = [one for one in there if _is_told(one.text_match)]
    return there[0] if len(there) == 1 else None


def _may_be(one: Candidate) -> bool:
    """Whether it can be chosen: by its author, and not by other words; without an author only by equal words."""
    return _is_told(one.text_match) or (one.by_author and (one.text_match is None or one.text_match >= ALIKE))


def _is_told(text: float | None) -> bool:
    """Whether the texts are the same."""
    return text is not None and text >= EQUAL


_SCORES = {("core", True): 0.9, ("wide", True): 0.6, ("core", False): 0.3, ("wide", False): 0.2}
"""How much the place of a post's time speaks for it, if it is by the author and if nobody says by whom it is."""

_TOLD, _TOLD_OTHERWISE = 0.1, 0.1


def _candidate(
    marker: Marker,
    post: Known,
    window: Literal["core", "wide"],
    distance: float | None,
    text: float | None,
    by_author: bool,
) -> Candidate:
    score = _SCORES[window, by_author]
    if text is not None:
        score = score + _TOLD if text >= EQUAL else score if text >= ALIKE else _TOLD_OTHERWISE
    return Candidate(
        id=f"{marker.id} {post.id}",
        marker_id=marker.id,
        post_id=post.id,
        chosen=False,
        score=round(score, 2),
        rule=_rule(window, distance, text, by_author),
        window=window,
        by_author=by_author,
        distance=distance,
        text_match=text,
    )


def _rule(window: str, distance: float | None, text: float | None, by_author: bool) -> str:
    """What was compared, in words."""
    parts = ["handle" if by_author else "author unknown"]
    if distance is not None:
        parts.append("printed time" if window == "core" else "up to 15 minutes before the printed time")
    if text is not None:
        parts.append("same text" if text >= EQUAL else "like text" if text >= ALIKE else "other text")
    return ", ".join(parts)
