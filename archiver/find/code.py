"""Sample code: where a text shows code, so that nothing there is taken for an embed."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from archiver.find.spans import Span, Spans
from archiver.records import Format

_TICKS = re.compile(r"`+")
# An apostrophe as some type it (`It`s late`, `l`eau`), or a tick that Markdown is told to show.
_NO_OPENING = re.compile(
    r"(?:(?<=[^\W\d_])`(?=(?:s|t|re|ve|ll|m|d)(?!\w))|(?<=\b[cdjlmnstCDJLMNST])`(?=[^\W\d_])|(?<=\\)`)"
)
_FENCE = re.compile(r"^(?P<indent>[ \t>]{0,12})(?P<fence>(?P<mark>[`~])(?P=mark){2,})(?P<info>[^`\n]*)$", re.MULTILINE)


_DEEP = re.compile(r"\n[ \t]*+\n(?:    |\t)")
_DEEP_AT_START = re.compile(r"(?:[ \t]*+\n)?(?:    |\t)")
_LIST_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")


def code_spans(source: str, format: Format) -> list[Span]:  # noqa: A002 (the contract's word)
    """The fences, the inline code and the preformatted elements of a text, in order (CommonMark §4.5, §4.6, §6.1)."""
    is_deep = format == "markdown" and (_DEEP_AT_START.match(source) or _DEEP.search(source))
    indented = _indented(source) if is_deep else []
    if format == "markdown" and "<pre" in source:
        indented = _united([*indented, *_preformatted(source)])
    if "`" not in source and "~" not in source:  # single characters are found several times as fast
        return indented
    fences: list[Span] = []
    opening: re.Match[str] | None = None
    for line in _FENCE.finditer(source):
        # A fence ends at the latest with the quote that it stands in.
        if opening is None or (">" in opening["indent"] and ">" not in line["indent"]):
            opening = line
        elif line["fence"].startswith(opening["fence"]) and not line["info"].strip():
            fences.append((opening.start(), line.end()))
            opening = None
    if opening is not None and format == "markdown" and ">" not in opening["indent"]:
        fences.append((opening.start(), len(source)))
    return _united(
        [
            *indented,
            *fences,
            *(span for gap in Spans(fences).gaps(len(source)) for span in _inline(source, *gap)),
        ]
    )


def _inline(source: str, start: int, end: int) -> Iterator[Span]:
    """The code within the lines of a stretch: between as many ticks on both sides (CommonMark §6.1)."""
    line: list[Span] = []
    for ticks in _TICKS.finditer(source, start, end):
        if line and source.find("\n", line[-1][1], ticks.start()) >= 0:
            yield from _paired(source, line)
            line = []
        line.append(ticks.span())
    yield from _paired(source, line)


def _paired(source: str, line: list[Span]) -> Iterator[Span]:
    """From the ticks of one line the stretches between the first of each length and the next of the same."""
    of_length: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(line):
        of_length.setdefault(end - start, []).append(index)
    behind = 0
    for index, (start, end) in enumerate(line):
        if index < behind or (end - start == 1 and _NO_OPENING.match(source, start)):
            continue
        alike = of_length[end - start]
        closing = bisect_right(alike, index)
        if closing < len(alike):
            behind = alike[closing] + 1
            yield start, line[alike[closing]][1]


def _preformatted(source: str) -> Iterator[Span]:
    """The elements `pre` in a Markdown text, which begin a line."""
    start = source.find("<pre")
    while start >= 0:
        end = source.find("</pre>", start)
        if end < 0:
            return
        if not source[source.rfind("\n", max(0, start - 80), start) + 1 : start].strip(" >"):
            yield start, end + len("</pre>")
        start = source.find("<pre", end)


def _united(spans: list[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


def _indented(source: str) -> list[Span]:
    """The indented code of a Markdown text (CommonMark §4.4): behind an empty line, and not in a list."""
    spans: list[Span] = []
    position, blank, in_list, opened = 0, True, False, False
    for line in source.splitlines(keepends=True):
        start, position = position, position + len(line)
        if line.isspace():
            blank = True
            continue
        deep = line.startswith(("    ", "\t"))
        in_list = bool(_LIST_ITEM.match(line)) or (in_list and (deep or not blank or line[0] == " "))
        if deep and not in_list and (opened or blank):
            spans.append((start, position))
            opened = True
        else:
            opened = False
        blank = False
    return spans
