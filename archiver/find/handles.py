"""Handles as attributions print them: in parentheses, or bare where a platform's words stand beside them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archiver.find.grammar import LETTER, grammar

# A flattener that parts all strings with an empty line parts a linked handle from its parentheses.
_HANDLE = re.compile(
    r"[(（](?:\s?|\n\n)@(?P<handle>[A-Za-z0-9._-]{1,80}(?:(?<=\.) [A-Za-z0-9._]{1,30}){0,15})(?:\s?|\n\n)[)）]"
)
_BARE_HANDLE = re.compile(rf"@(?P<handle>[A-Za-z0-9._]{{1,30}})(?![A-Za-z0-9_@]|{LETTER})")
# An @ in parentheses that follows no name, which would be mail; or else one where a bare handle may sign.
_SIGNING = re.compile(
    r"@(?:(?P<opened>(?<![^\W_]@)(?:(?<=[(（]@)|(?<=[(（].@)|(?<=[(（]..@)|(?<=[(（]\r\n\r\n@)))|(?<=[ \n]@)|(?<=\A@))",
    re.DOTALL,
)
# Display names are at most 50 characters on X and 64 on Instagram; pages wrap and decorate them.
_NAME_REACH = 160
_LONGEST_BEFORE = 60
_FEW = 256


class Anchor(NamedTuple):
    """A handle as printed: its stretch with the parentheses, or without where none stand around it.

    `reach` is how far back its attribution may begin: a name holds no other handle.
    """

    handle: str
    start: int
    end: int
    bare: bool
    reach: int


def find_handles(text: str) -> list[int]:
    """Where a text has an @ that an attribution may be around: in parentheses, or behind a platform's words."""
    found: list[int] = []
    position = text.find("@")
    for _ in range(_FEW):  # single characters are found faster than patterns, but not where there are many
        if position < 0:
            return found
        if (match := _SIGNING.match(text, position)) and (match.lastgroup or _bare_handle(text, position)):
            found.append(position)
        position = text.find("@", position + 1)
    many = _SIGNING.finditer(text, position) if position >= 0 else ()
    return found + [match.start() for match in many if match.lastgroup or _bare_handle(text, match.start())]


def find_anchors(text: str) -> Iterator[Anchor]:
    """The handles in a text that an attribution may be around, in order."""
    position, behind = text.find("@"), 0
    while position >= 0:
        before = text[position - 1 : position]
        opening = position - 1 if before == "(" or before == "（" else position - 2
        if before == "\n" and text.startswith("\n", opening):
            opening -= 1
        reach = max(behind, position - _NAME_REACH)
        if position and (match := _HANDLE.match(text, max(0, opening))):
            start, behind = match.span()
            yield Anchor(match[1].replace(" ", ""), start, behind, False, reach)
            position = text.find("@", behind)
            continue
        if match := _bare_handle(text, position):
            handle = match[1].rstrip(".")
            behind = position + 1 + len(handle)
            yield Anchor(handle, position, behind, True, reach)
        position = text.find("@", position + 1)


def _bare_handle(text: str, position: int) -> re.Match[str] | None:
    """The handle without parentheses at an @ where one may sign: behind the words, or alone before them."""
    before = text[position - 1 : position]
    if before == " ":
        return _BARE_HANDLE.match(text, position) if _ends_in_words(text, position) else None
    if before not in ("", "\n"):
        return None
    match = _BARE_HANDLE.match(text, position)
    return match if match and grammar().after.match(text, match.end()) else None


def _ends_in_words(text: str, end: int) -> bool:
    known = grammar()
    if text[max(0, end - known.bare_length) : end] not in known.bare_ends:
        return False
    return text.endswith(known.bare, max(0, end - _LONGEST_BEFORE), end)
