"""Prefixes of ids: how the ids of a span of time begin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from archiver.times.clocks import UNIX, IdClock, write_number


@dataclass(frozen=True, kw_only=True, slots=True)
class IdSpan:
    """The ids that can be given out from `start` up to, but not including, `end`: `first` to `last`, as numbers."""

    clock: IdClock
    start: datetime
    end: datetime
    first: int
    last: int

    @property
    def texts(self) -> tuple[str, str]:
        """The first and the last id as the platform writes them."""
        return self.clock.text(self.first), self.clock.text(self.last)

    def prefixes(self, length: int) -> list[str]:
        """What the ids begin with, `length` characters each, in the order of time; longer than an id are none.

        >>> from archiver.times.ids import shortcode_time
        >>> minute = datetime.fromisoformat("2020-10-02T11:16Z")
        >>> id_span(shortcode_time, minute, minute + timedelta(minutes=1)).prefixes(4)
        ['CF1t']
        """
        return list(self._prefixes(length))

    def _prefixes(self, length: int) -> Iterator[str]:
        # Ids grow by a character now and then (Instagram's on 1 January 2016): each length has prefixes of its own.
        base, alphabet = len(self.clock.alphabet), self.clock.alphabet
        for digits in range(len(self.texts[0]), len(self.texts[1]) + 1):
            low, high = max(self.first, base ** (digits - 1)), min(self.last, base**digits - 1)
            cut = base ** max(digits - length, 0)
            yield from (write_number(number, alphabet) for number in range(low // cut, high // cut + 1))

    @property
    def common(self) -> str:
        """What all the ids begin with."""
        first, last = self.texts
        same = (a == b for a, b in zip(first, last, strict=False))
        return first[: sum(1 for _ in takewhile(bool, same))]

    def length_of(self, *, most: int) -> int:
        """The greatest length at which there are at most `most` prefixes, but at least 1."""
        length = max(len(self.common), 1)
        while length < len(self.texts[0]) and len(self.prefixes(length + 1)) <= most:
            length += 1
        return length


def id_span(clock: IdClock, start: datetime, end: datetime) -> IdSpan | None:
    """The ids of a span of time (aware, `start` before `end`); None before the platform's ids held time.

    Every id of the span decodes to a moment in it, and the ones beside it do not.

    >>> from archiver.times.ids import shortcode_time
    >>> minute = datetime.fromisoformat("2020-10-02T11:16Z")
    >>> id_span(shortcode_time, minute, minute + timedelta(minutes=1)).texts
    ('CF1tETTgAAA', 'CF1tLoDf___')
    """
    from_ms, to_ms = ((moment - UNIX) // timedelta(milliseconds=1) for moment in (start, end))
    if to_ms <= clock.since_ms:
        return None
    first, last = clock.first(max(from_ms, clock.since_ms)), clock.first(to_ms) - 1
    return IdSpan(clock=clock, start=start, end=end, first=first, last=last)


def pattern_of(prefixes: Sequence[str], alphabet: str) -> str:
    """A regular expression for prefixes of one length, with classes for their last characters.

    No alphabet of ids has a character that means something there.

    >>> from archiver.times.clocks import BASE64URL
    >>> pattern_of(["CF1sz", "CF1s-", "CF1s_", "CF1tA", "CF1tB", "CF1tC"], BASE64URL)
    '(?:CF1s[_z-]|CF1t[A-C])'
    """
    by_stem: dict[str, list[str]] = {}
    for prefix in prefixes:
        by_stem.setdefault(prefix[:-1], []).append(prefix[-1])
    patterns = [stem + _class(last, alphabet) for stem, last in by_stem.items()]
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"


def _class(characters: Sequence[str], alphabet: str) -> str:
    """A character class, with ranges where three or more follow each other in it."""
    if len(characters) == len(alphabet):
        return ""
    ordered = sorted(characters, key=lambda character: (character == "-", character))
    runs: list[list[str]] = []
    for character in ordered:
        if runs and character != "-" and ord(character) == ord(runs[-1][-1]) + 1:
            runs[-1].append(character)
        else:
            runs.append([character])
    text = "".join("".join(run) if len(run) < 3 else f"{run[0]}-{run[-1]}" for run in runs)
    return text if len(text) == 1 else f"[{text}]"
