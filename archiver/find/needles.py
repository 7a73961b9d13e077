"""Needles: many literal texts looked for at once, since most of what is read holds none of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

_AT_ONCE = 64
"""How many literals the automaton looks for by vector instructions: 3 GB/s of English prose instead of 0.5, measured
(aho-corasick, `packed/teddy`: none beyond 64, and only where matches may not overlap)."""


def utf8(text: str) -> bytes:
    """The bytes of a text that are searched; lone surrogates are no text that UTF-8 has, but a text may have them."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


_BUCKETS = 16
_MOST_TURNS = 3
"""How often a text is searched by vector instructions rather than once without."""
_STEP = 65_536
_SHORT = 2
"""Bytes of a literal that is looked for alone: where it stands at all it does so often, and each place takes time."""


def holds_any(literals: Iterable[str]) -> Callable[[bytes], bool]:
    """A test whether a text, which is given as its UTF-8, holds any of the literals, however many they are."""
    needed = _shortest(set(literals))
    size = _AT_ONCE if len(needed) <= _MOST_TURNS * _AT_ONCE else len(needed)
    parts = [_dealt(needed[start : start + size]) for start in range(0, len(needed), size)]
    searches = [_automaton(part).find_matches_as_indexes for part in parts]
    more = max((len(literal.encode()) for literal in needed), default=1) - 1

    def holds(data: bytes) -> bool:
        if len(data) <= _STEP:
            return any(search(data) for search in searches)
        pieces = (data[start : start + _STEP + more] for start in range(0, len(data), _STEP))
        return any(search(piece) for piece in pieces for search in searches)

    return holds


def which_of(literals: Iterable[str]) -> Callable[[bytes], set[str]]:
    """A search for which of the literals a text holds, which is given as its UTF-8."""
    wanted = set(literals)
    short = [(literal, literal.encode()) for literal in wanted if len(literal.encode()) <= _SHORT]
    search = _which_long(sorted(wanted.difference(literal for literal, _ in short)))
    return lambda data: search(data).union(literal for literal, coded in short if coded in data)


def _which_long(every: list[str]) -> Callable[[bytes], set[str]]:
    search = _automaton(every).find_matches_as_indexes
    # One that another overlaps may stand there without being reported.
    hidden = [one.encode() for one in every if any(_may_overlap(one, other) for other in every if other != one)]

    def find(data: bytes) -> set[str]:
        found = {every[index] for index, _, _ in search(data)}
        return found | {one.decode() for one in hidden if one in data} if found else found

    return find


def _may_overlap(one: str, other: str) -> bool:
    return one in other or any(other.endswith(one[:size]) or one.endswith(other[:size]) for size in range(1, len(one)))


def find_all(literals: Iterable[str]) -> Callable[[str, bytes], list[int]]:
    """A search for where the literals begin in a text, which is given as its UTF-8 too.

    Positions count characters and are in order; of two literals that overlap, the first counts.
    """
    needed = _shortest(literals)
    parts = [_dealt(needed[start : start + _AT_ONCE]) for start in range(0, len(needed), _AT_ONCE)]
    searches = [(part, _automaton(part).find_matches_as_indexes) for part in parts]

    def find(text: str, data: bytes) -> list[int]:
        spans: list[Iterator[tuple[int, int]]] = []
        for part, search in searches:
            if matches := search(data):
                spans.append(_spans(text, len(data) - len(text), part, matches))
        if len(spans) < 2:
            return [start for start, _ in spans[0]] if spans else []
        return _starts_apart(sorted(chain.from_iterable(spans)))

    return find


def _shortest(literals: Iterable[str]) -> list[str]:
    """The literals without those that begin with another: where they are, it is."""
    kept: list[str] = []
    for literal in sorted(literals):
        if not kept or not literal.startswith(kept[-1]):
            kept.append(literal)
    return kept


def _dealt(literals: list[str]) -> list[str]:
    """The literals so that neighbours, which begin alike, come into one of the automaton's buckets.

    It deals them out in turn, and looks closer where bytes stand as in any of a bucket: in fewer places so.
    """
    step = -(-len(literals) // _BUCKETS)
    return [literal for first in range(step) for literal in literals[first::step]]


def _automaton(literals: Sequence[str]) -> BytesAhoCorasick:
    patterns = [literal.encode() for literal in literals]
    return BytesAhoCorasick(patterns, matchkind=MatchKind.LeftmostFirst, implementation=Implementation.DFA)


def _spans(
    text: str, more: int, literals: Sequence[str], matches: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[int, int]]:
    """Matches `(literal, start, end)` in the UTF-8 of a text, in order and apart, as spans of the text.

    UTF-8 has so many bytes `more` than the text has characters. Before each match the next of its literal is it.
    """
    behind = 0
    for index, offset, _ in matches:
        start = text.find(literals[index], max(behind, offset - more))
        behind = start + len(literals[index])
        yield start, behind


def _starts_apart(spans: list[tuple[int, int]]) -> list[int]:
    """Where the spans, which are in order, begin, without those that begin inside another."""
    starts, behind = list[int](), 0
    for start, end in spans:
        if start >= behind:
            starts.append(start)
            behind = end
    return starts
