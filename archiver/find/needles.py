"""Needles: many literal texts looked for at once, since most of what is read holds none of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

_AT_ONCE = 64
"""How many literals the automaton looks for by vector instructions: 3 GB/s of English prose instead of 0.5, measured
(aho-corasick, `packed/teddy`: none beyond 64, and only where matches may not overlap)."""


def holds_any(literals: Iterable[str]) -> Callable[[str], bool]:
    """A test whether a text holds any of the literals, however many they are."""
    search = _automaton(sorted(set(literals))).find_matches_as_indexes
    return lambda text: bool(search(_bytes(text)))


def find_all(literals: Iterable[str]) -> Callable[[str], list[int]]:
    """A search for where the literals begin in a text, in order; of two that overlap, the first."""
    needed = _shortest(literals)
    parts = [needed[start : start + _AT_ONCE] for start in range(0, len(needed), _AT_ONCE)]
    searches = [_automaton(part).find_matches_as_indexes for part in parts]

    def find(text: str) -> list[int]:
        data = _bytes(text)
        spans = [span for search in searches for span in search(data)]
        if not spans:
            return []
        offsets = _apart(spans) if len(searches) > 1 else [start for _, start, _ in spans]
        return offsets if len(data) == len(text) else list(_characters(data, offsets))

    return find


def _shortest(literals: Iterable[str]) -> list[str]:
    """The literals without those that begin with another: where they are, it is."""
    kept: list[str] = []
    for literal in sorted(literals):
        if not kept or not literal.startswith(kept[-1]):
            kept.append(literal)
    return kept


def _automaton(literals: Sequence[str]) -> BytesAhoCorasick:
    patterns = [literal.encode() for literal in literals]
    return BytesAhoCorasick(patterns, matchkind=MatchKind.LeftmostFirst, implementation=Implementation.DFA)


def _apart(spans: Iterable[tuple[int, int, int]]) -> list[int]:
    """Where the spans `(literal, start, end)` begin, in order, without those that begin inside another."""
    offsets, behind = list[int](), 0
    for start, end in sorted((start, end) for _, start, end in spans):
        if start >= behind:
            offsets.append(start)
            behind = end
    return offsets


def _characters(data: bytes, offsets: Iterable[int]) -> Iterator[int]:
    """Offsets into UTF-8, in order, as offsets into its text."""
    before, characters = 0, 0
    for offset in offsets:
        characters += len(data[before:offset].decode("utf-8", "surrogatepass"))
        before = offset
        yield characters


def _bytes(text: str) -> bytes:
    # Lone surrogates are no text that UTF-8 has, but a text may have them.
    return text.encode("utf-8", "surrogatepass")
