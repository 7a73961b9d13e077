"""Literals: the strings of a script that hold markup of some kind, each with the prose that stands beside it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal as OneOf

from archiver.find.spans import Span

# A string of JSON or of JavaScript, which ends with its line if not before, so that a stray quote costs a line; or a
# bracket. What is escaped outside of strings, in a pattern, opens none.
_TOKEN = re.compile(r""""(?:[^"\\\n]++|\\.)*+"?|'(?:[^'\\\n]++|\\.)*+'?|[\[\](){}]|\\.""", re.DOTALL)
_VALUE_BEFORE = frozenset(":,[")
_KEY_BEHIND = re.compile(r"\s{0,40}:")
# Letters: titles, captions and names of sections are mostly shorter than that, paragraphs longer.
SHORTEST = 40
# A title ends no sentence, a paragraph does, or leads to what comes.
_SENTENCE_END = re.compile(r"[.!?…](?=[\s\"'”’»)<\\]|\Z)|:(?=\s{0,9}(?:<|\\|\Z))|[。！？：]")
_MARKUP = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|<[^<>]*>|[\W\d_]+", re.DOTALL)
# Characters of a string in which its first sentence is looked for.
_BEGINNING = 2_000
# Characters: Instagram's code has 15,000 at most, and may stand between two others that belong to one paragraph.
_REACH = 40_000
# Objects within each other that an item of a list is made of.
_DEPTH = 4


@dataclass(slots=True, eq=False)
class Literal:
    """A string that holds what was asked for: what is between its quotes, and the prose before and behind it.

    That is the nearest in the object or list which the string is in. If it is in an object without any, then the
    nearest among the other items of the list that the object is an item of, by itself or inside other objects.
    """

    start: int
    end: int
    is_value: bool
    before: Span | None = None
    behind: Span | None = None
    outwards: int = 0


@dataclass(slots=True, eq=False)
class _Box:
    """An open bracket: the prose in it so far, and the literals in it, with those that wait for prose behind them."""

    kind: OneOf["{", "[", "("]
    first: Span | None = None
    last: Span | None = None
    literals: list[Literal] = field(default_factory=list)
    waiting: list[Literal] = field(default_factory=list)

    def add(self, literal: Literal, before: Span | None) -> None:
        self.literals.append(literal)
        if self.kind == "(":  # arguments of a call are no neighbours
            return
        if before and literal.start - before[1] <= _REACH:
            literal.before = before
        self.waiting.append(literal)

    def note(self, first: Span, last: Span) -> None:
        for literal in self.waiting:
            if first[0] - literal.end <= _REACH:
                literal.behind = first
        self.waiting.clear()
        self.first, self.last = self.first or first, last


def find_literals(script: str, is_wanted: Callable[[str], bool]) -> list[Literal]:
    """The strings of a script which `is_wanted` says yes to, as they are written, in order; none that is a key."""
    found: list[Literal] = []
    boxes = [_Box("(")]
    for token in _TOKEN.finditer(script):
        start, end = token.span()
        match script[start]:
            case "{" | "[" | "(" as kind:
                boxes.append(_Box(kind))
            case "}" | "]" | ")":
                if len(boxes) > 1:
                    _close(boxes.pop(), boxes[-1])
            case '"' | "'" as quote if end - start > SHORTEST and not _KEY_BEHIND.match(script, end):
                written = script[start + 1 : end - (script[end - 1] == quote)]
                if is_wanted(written):
                    found.append(Literal(start + 1, start + 1 + len(written), _is_value(script, start)))
                    boxes[-1].add(found[-1], boxes[-1].last)
                elif _is_prose(written):
                    span = (start + 1, start + 1 + len(written))
                    boxes[-1].note(span, span)
    return found


def _close(box: _Box, around: _Box) -> None:
    before = around.last
    if box.first and box.last and around.kind != "(":
        around.note(box.first, box.last)
    if box.kind != "{":
        return
    for literal in box.literals:
        literal.outwards += 1
        if literal.before or literal.behind or literal.outwards > _DEPTH:
            continue
        if around.kind == "[":
            around.add(literal, before)
        else:
            around.literals.append(literal)


def _is_value(script: str, start: int) -> bool:
    """Whether a string stands where an object or a list has a value."""
    return script[max(0, start - 40) : start].rstrip()[-1:] in _VALUE_BEFORE


def _is_prose(written: str) -> bool:
    """Whether a string, as it is written, says something in sentences."""
    beginning = written[:_BEGINNING]
    return _SENTENCE_END.search(beginning) is not None and len(_MARKUP.sub("", beginning)) >= SHORTEST
