"""Resolution: which known post a marker is of that names none, and which it may be of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from archiver.identity.texts import ALIKE, EQUAL, text_match
from archiver.identity.windows import Window, unix_ms, windows
from archiver.records import Candidate, Embed


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

    `handles` are in lower case; none where no embed names the author.
    """

    id: str
    at: int | None = None
    handles: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


def marker_of(embeds: Sequence[Embed]) -> Marker:
    """The marker that embeds with one provisional id and a handle are."""
    first = embeds[0]
    assert first.observed_id and first.handle  # noqa: S101  (what is asked for; mypy must know)
    return Marker(
        id=first.observed_id,
        handle=first.handle.lower(),
        # Embeds with one id can differ in how precise they are: `datetime` has the second of the printed minute.
        windows=min((windows(embed) for embed in embeds), key=lambda found: [(w.end - w.core, w) for w in found]),
        texts=_texts(embeds),
    )


def known_of(embeds: Sequence[Embed]) -> Known:
    """The post that embeds with one native id are of."""
    first = embeds[0]
    assert first.observed_id  # noqa: S101  (what is asked for; mypy must know)
    return Known(
        id=first.observed_id,
        at=unix_ms(datetime.fromisoformat(first.decoded_at)) if first.decoded_at else None,
        handles=frozenset(embed.handle.lower() for embed in embeds if embed.handle),
        texts=_texts(embeds),
    )


def _texts(embeds: Iterable[Embed]) -> frozenset[str]:
    return frozenset(embed.text for embed in embeds if embed.text)


class _Match(NamedTuple):
    """One post held against one marker. `place` is where its time falls; `may_be` that nothing speaks against it, and
    `by_author` that the marker's author is its author too."""

    known: Known
    place: str
    distance: float | None
    text: float | None
    by_author: bool

    @property
    def may_be(self) -> bool:
        """Whether it can be chosen: by its author, and not by other words; without an author only by equal words."""
        return self.is_told or (self.by_author and (self.text is None or self.text >= ALIKE))

    @property
    def is_told(self) -> bool:
        """Whether the texts are the same."""
        return self.text is not None and self.text >= EQUAL


def resolve(markers: Iterable[Marker], known: Iterable[Known]) -> list[Candidate]:
    """The posts that each marker of one account may be of, by marker and post, the right one `chosen` if it is certain.

    `markers` are all of one handle on one platform, `known` all its posts there, and those without an author that
    were posted when a marker says. The rules (`facts.md` §0.1, §1):

    - A dated marker is the one post of its author in the core window: the printed minute and the 30 seconds before it,
      or the printed day. Where none is there, it is the one in the wide window, 15 minutes before the minute, unless
      another marker prints that post's minute.
    - Where several are there, the only one with the same text is it.
    - A post without an author is only ever chosen for its text, a post with another text never.
    - An undated marker is the only post of its author with the same text.
    """
    posts = sorted(known, key=lambda post: post.id)
    matches = {marker.id: _matches(marker, posts) for marker in markers}
    chosen = {marker: _choice(found, "core") for marker, found in matches.items()}
    claimed = [match.known.id for match in chosen.values() if match]
    late = {marker: _choice(found, "wide") for marker, found in matches.items() if not _has_core(found)}
    claims = [match.known.id for match in late.values() if match]
    chosen |= {
        marker: match
        for marker, match in late.items()
        if match and match.known.id not in claimed and claims.count(match.known.id) == 1
    }
    return [
        _candidate(marker, match, match is chosen[marker])
        for marker, found in sorted(matches.items())
        for match in found
    ]


def _has_core(matches: Sequence[_Match]) -> bool:
    """Whether a post in the core window may be the marker's, chosen or not."""
    return any(match.place == "core" and match.may_be for match in matches)


def _choice(matches: Sequence[_Match], place: str) -> _Match | None:
    """The one post at that place that a marker is of; None where there is none, or more than one."""
    there = [match for match in matches if match.place == place and match.may_be]
    if len(there) > 1:
        there = [match for match in there if match.is_told]
    return there[0] if len(there) == 1 else None


def _matches(marker: Marker, posts: Iterable[Known]) -> list[_Match]:
    """The posts that may be the marker's, and those that only its words rule out."""
    return [match for post in posts if (match := _held_against(marker, post))]


def _held_against(marker: Marker, post: Known) -> _Match | None:
    by_author = marker.handle in post.handles
    if post.handles and not by_author:
        return None
    text = max(
        (match for a in marker.texts for b in post.texts if (match := text_match(a, b)) is not None), default=None
    )
    told = text is not None and text >= EQUAL
    if marker.windows and post.at is not None:
        window = next((window for window in marker.windows if window.reaches(post.at)), None)
        if window is None or (window.by_day and not (by_author or told)):
            return None  # a whole day has too many posts to list those that only might be by the author
        place = "core" if window.holds(post.at) else "wide"
        return _Match(post, place, _distance(window, post.at), text, by_author)
    return _Match(post, "core", None, text, by_author) if told and by_author else None


def _distance(window: Window, at: int) -> float:
    """Seconds from what is printed to an id's time: negative before it, 0 within it."""
    return round(min(0, at - window.printed) / 1000, 3)


_SCORES = {("core", True): 0.9, ("wide", True): 0.6, ("core", False): 0.3, ("wide", False): 0.2}
"""How much the place of a post's time speaks for it, if it is by the author and if nobody says by whom it is."""

_TOLD, _TOLD_OTHERWISE = 0.1, 0.1


def _candidate(marker: str, match: _Match, chosen: bool) -> Candidate:
    score = _SCORES[match.place, match.by_author]
    if match.text is not None:
        score = score + _TOLD if match.text >= EQUAL else score if match.text >= ALIKE else _TOLD_OTHERWISE
    return Candidate(
        id=f"{marker} {match.known.id}",
        marker_id=marker,
        post_id=match.known.id,
        chosen=chosen,
        score=round(score, 2),
        rule=_rule(match),
        distance=match.distance,
        text_match=match.text,
    )


def _rule(match: _Match) -> str:
    """What was compared, in words."""
    parts = ["handle" if match.by_author else "author unknown"]
    if match.distance is not None:
        parts.append("printed time" if match.place == "core" else "up to 15 minutes before the printed time")
    if match.text is not None:
        parts.append("same text" if match.is_told else "like text" if match.text >= ALIKE else "other text")
    return ", ".join(parts)
