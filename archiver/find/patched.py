"""What patching leaves in an article: comments around a card, or the frame of a card in plain text.

Nothing there is an embed any more. The comments are ASCII and hold what they stand for, so that it can be put back.
"""

import re

from archiver.find.spans import Span
from archiver.records import Format

PASTED_START, PASTED_END = "<!-- archiver:card -->", "<!-- /archiver:card -->"
"""Around a card that was not made in place of anything."""

FRAME_WIDTH = 78
FRAME_END = " Archiver --"

COMMENTED = re.compile(
    r"<!-- archiver:(?:loader (?P<loader>[A-Za-z0-9+/]+={0,2}) -->"
    r"|embed \d+ (?P<embed>[A-Za-z0-9+/]+={0,2}) -->(?:(?!<!-- archiver:).)*?"
    r"<!-- /archiver:embed (?:\+(?P<break>\d{1,4}) )?-->"
    r"|card -->(?:(?!<!-- archiver:).)*?<!-- /archiver:card -->)",
    re.DOTALL,
)
"""What stands in for an embed or a loader script, in base64, up to the end of its card; `break` says how many
characters behind the last comment came with it."""

_FRAME_LINE = "-" * (FRAME_WIDTH - len(FRAME_END))  # nothing else is found as fast in prose
_FRAMED = re.compile(
    r"(?:\A|(?<=[\r\n]))-- [^\r\n]{1,60}? -{2,}[\r\n](?:(?!(?<=[\r\n])-- ).)*?"
    rf"[\r\n]{_FRAME_LINE}{FRAME_END}",
    re.DOTALL,
)


def card_start(ordinal: int, payload: str) -> str:
    """The comment before the card of an embed; `payload` is what it replaces, in base64."""
    return f"<!-- archiver:embed {ordinal} {payload} -->"


def card_end(following: str = "") -> str:
    """The comment behind a card, and white space that parts it from what follows."""
    return f"<!-- /archiver:embed +{len(following)} -->{following}" if following else "<!-- /archiver:embed -->"


def loader_comment(payload: str) -> str:
    """The comment in place of a loader script; `payload` is that, in base64."""
    return f"<!-- archiver:loader {payload} -->"


def patched_spans(source: str, format: Format) -> list[Span]:  # noqa: A002 (the contract's word)
    """The stretches of a source that patching put there, in order."""
    if format == "text":
        return [match.span() for match in _FRAMED.finditer(source)] if _FRAME_LINE in source else []
    return [match.span() for match in COMMENTED.finditer(source)] if "<!-- archiver:" in source else []
