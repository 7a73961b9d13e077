"""Offsets: at which byte of a document each of its characters ends, in any encoding and with damaged places."""

import codecs
import re
import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

CHUNK = 4096
"""Bytes that are decoded at once; only in a chunk with a wanted character is each byte looked at."""

_RECORDING = "archiver.offsets"
_recorded = threading.local()


_ESCAPES = re.compile(rb"(?:\x1b\$?[()]?[@-Z])*")


class _Mark(NamedTuple):
    """How many characters there are before a byte, and the decoder's state there; None where a damaged place begins."""

    characters: int
    offset: int
    state: Any


def byte_offsets(data: bytes, encoding: str, positions: Iterable[int]) -> dict[int, int] | None:
    """For each position in the decoded text (in characters), the byte behind the character before it.

    None where two characters share their bytes, the text is not that long, or an escape sequence is damaged. What
    cannot be decoded counts as the one U+FFFD that it was decoded to.

    >>> byte_offsets("Zoë 🙂.".encode(), "utf-8", [2, 3, 5])
    {2: 2, 3: 4, 5: 9}
    """
    wanted = sorted(set(positions))
    text, damaged = _decode(data, encoding)
    if wanted and wanted[-1] > len(text):
        return None
    if len(text) == len(data):
        return {position: position for position in wanted}
    marks = list(_marks(data, encoding, damaged))
    if marks[-1].characters != len(text):
        return None
    found = {position: _locate(data, encoding, marks, position) for position in wanted}
    exact = {position: offset for position, offset in found.items() if offset is not None}
    return exact if len(exact) == len(wanted) else None


def plain_offset(data: bytes, encoding: str, offset: int) -> int | None:
    """Where ASCII may be written at a byte offset: there, or behind the escape sequence that follows.

    ISO-2022-JP is the one encoding of pages that has any (RFC 1468: ESC, one or two intermediates, a final byte). None
    where it is in another state on both sides.

    >>> data = "光 light".encode("iso2022_jp")
    >>> data, [plain_offset(data, "iso2022_jp", offset) for offset in (0, 3, 5, 9)]
    (b'\\x1b$B8w\\x1b(B light', [0, None, 8, 9])
    """
    if not encoding.startswith("iso2022"):
        return offset
    behind = _ESCAPES.match(data, offset)
    candidates = (offset, behind.end() if behind else offset)
    return next((at for at in candidates if _state(data, at) in (b"", b"(B")), None)


def _state(data: bytes, offset: int) -> bytes:
    """What the last escape sequence before a byte says; empty where there is none."""
    last = data.rfind(b"\x1b", 0, offset)
    return data[last + 1 : last + 3] if last >= 0 else b""


def _decode(data: bytes, encoding: str) -> tuple[str, list[tuple[int, int]]]:
    """The text, and the bytes of each place that cannot be decoded."""
    _recorded.spans = []
    text = data.decode(encoding, _RECORDING)
    return text, _recorded.spans


def _record(error: UnicodeError) -> tuple[str, int]:
    """Replace as the handler `replace` does, and remember where."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _recorded.spans.append((error.start, error.end))
    return "\ufffd", error.end


codecs.register_error(_RECORDING, _record)


def _marks(data: bytes, encoding: str, damaged: list[tuple[int, int]]) -> Iterator[_Mark]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    count = offset = 0
    for bad_start, bad_end in [*damaged, (len(data), len(data))]:
        for start in range(offset, bad_start, CHUNK):
            yield _Mark(count, start, decoder.getstate())
            count += len(decoder.decode(data[start : min(start + CHUNK, bad_start)]))
        yield _Mark(count, bad_start, None)
        count, offset = count + (bad_end > bad_start), bad_end
    yield _Mark(count, len(data), None)


def _locate(data: bytes, encoding: str, marks: list[_Mark], position: int) -> int | None:
    if position == 0:
        return 0
    index = bisect_left(marks, position, key=lambda mark: mark.characters) - 1
    mark, following = marks[index], marks[index + 1]
    if mark.state is None:
        return following.offset
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    decoder.setstate(mark.state)
    count = mark.characters
    for offset in range(mark.offset, following.offset):
        count += len(decoder.decode(data[offset : offset + 1]))
        if count >= position:
            return offset + 1 if count == position else None
    return None
