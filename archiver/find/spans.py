"""Spans: stretches of a source that do not overlap, and what lies at or between them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

Span = tuple[int, int]
"""Start and end (exclusive), in characters."""


class Spans:
    """Spans in order, none overlapping another; each question about them takes logarithmic time."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = [end for _, end in self._spans]

    def __len__(self) -> int:
        return len(self._spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def overlapping(self, start: int, end: int) -> Iterator[Span]:
        """Those that share a character with `start`–`end`, in order."""
        for index in range(bisect_right(self._ends, start), len(self._spans)):
            if self._spans[index][0] >= end:
                return
            yield self._spans[index]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any of them shares a character with `start`–`end`."""
        return next(self.overlapping(start, end), None) is not None

    def ends_at(self, position: int) -> bool:
        """Whether one of them ends just there."""
        index = bisect_left(self._ends, position)
        return index < len(self._ends) and self._ends[index] == position

    def end_before(self, position: int) -> int:
        """Where the last of them ends that ends at `position` at the latest; 0 if there is none."""
        index = bisect_right(self._ends, position)
        return self._ends[index - 1] if index else 0

    def clear_of(self, positions: list[int]) -> list[int]:
        """Those of some positions, which are in order, that lie in none of them."""
        clear, index = list[int](), 0
        for start, end in self._spans:
            until = bisect_left(positions, start, index)
            clear += positions[index:until]
            index = bisect_left(positions, end, until)
        return clear + positions[index:]

    def gaps(self, length: int) -> Iterator[Span]:
        """What lies between them in a source of that length."""
        position = 0
        for start, end in [*self._spans, (length, length)]:
            yield position, start
            position = end
