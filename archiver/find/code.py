"""Sample code: where a text shows code, so that nothing there is taken for an embed."""

import re

from archiver.find.spans import Span, Spans
from archiver.records import Format

_TICKS = re.compile(r"(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]{1,2000}(?P=ticks)(?!`)")
_FENCE = re.compile(r"^(?P<indent>[ \t>]{0,12})(?P<fence>(?P<mark>[`~])(?P=mark){2,})(?P<info>[^`\n]*)$", re.MULTILINE)


def code_spans(source: str, format: Format) -> list[Span]:  # noqa: A002 (the contract's word)
    """The fences and the inline code of a text, in order (CommonMark §4.5, §6.1)."""
    if "`" not in source and "~~~" not in source:
        return []
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
    return sorted(
        [*fences, *(match.span() for gap in Spans(fences).gaps(len(source)) for match in _TICKS.finditer(source, *gap))]
    )
