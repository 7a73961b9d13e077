"""Slots: the places of an article's embeds, as text tokens while a page is worked on and as comments when it is done.

A token is derived from the SHA-256 of the article, which no article can contain of itself, so that no text of the
article is taken for one. The finished body has `<!--embed 3-->` instead: the sanitiser removes all other comments.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from archiver.find.view import page_text
from archiver.records import Embed

_SLOT = re.compile(r"<!--embed (\d+)-->")


def slot(ordinal: int) -> str:
    """The slot of an embed in a finished body."""
    return f"<!--embed {ordinal}-->"


def fill_slots(body: str, card: Callable[[int], str]) -> str:
    """The body with `card(ordinal)` in each slot."""
    return _SLOT.sub(lambda found: card(int(found[1])), body)


def slot_ordinals(body: str) -> list[int]:
    """The ordinals of the slots in a body, in order."""
    return [int(found) for found in _SLOT.findall(body)]


_MARK = "\ufdd0"
"""Stands for a slot where a body is read: a code point that is no character and never will be (Unicode §23.7)."""


def slot_positions(body: str, text: str) -> dict[int, int]:
    """Where each slot of a body is in `text`, its readable text, which leaves them out; those in unread parts are not.

    That is behind the letter or digit that stands last before the slot: the white space around it is not the same.
    """
    marked = page_text(_SLOT.sub(_MARK, body.replace(_MARK, "")))
    ordinals = slot_ordinals(body)
    ends = [0, *(index + 1 for index, character in enumerate(text) if character.isalnum())]
    letters = positions = 0
    found: dict[int, int] = {}
    for character in marked:
        letters += character.isalnum()
        if character == _MARK:
            found[ordinals[positions]] = ends[letters]
            positions += 1
    return found


class Tokens:
    """The tokens of one article: `prefix` is common to all, each ends in the ordinal."""

    def __init__(self, sha256: str) -> None:
        self.prefix = f"embed{sha256[:40].lower()}n"
        self.pattern = re.compile(rf"{re.escape(self.prefix)}(\d{{6,}})z")
        self._alone = re.compile(rf"<div>{re.escape(self.prefix)}(\d{{6,}})z</div>|{re.escape(self.prefix)}(\d{{6,}})z")

    def token(self, ordinal: int) -> str:
        """The token of an embed: letters and digits, the same under any escaping."""
        return f"{self.prefix}{ordinal:06d}z"

    def put(self, content: str, embeds: Iterable[Embed]) -> str:
        """The source with each embed's span replaced by its token."""
        return "".join(piece if isinstance(piece, str) else self.token(piece.ordinal) for piece in cut(content, embeds))

    def found(self, text: str) -> list[int]:
        """The ordinals of the tokens in a text, in order."""
        return [int(digits) for digits in self.pattern.findall(text)]

    def to_slots(self, html: str) -> str:
        """The HTML with a slot for each token, and for each `<div>` around a token alone."""
        return self._alone.sub(lambda found: slot(int(found[1] or found[2])), html)


def cut(content: str, embeds: Iterable[Embed]) -> Iterator[str | Embed]:
    """The source as the text between embeds and the embeds themselves, in order; nothing is said twice or left out."""
    position = 0
    for embed in sorted(embeds, key=lambda embed: (embed.start, embed.ordinal)):
        if position < embed.start:
            yield content[position : embed.start]
        yield embed
        position = max(position, embed.end)
    if position < len(content):
        yield content[position:]


def complete(body: str, embeds: Sequence[Embed]) -> str:
    """The body with a slot for every embed: one that got lost stands right before the next that did not, or last."""
    present = set(slot_ordinals(body))
    order = [embed.ordinal for embed in sorted(embeds, key=lambda embed: (embed.start, embed.ordinal))]
    if len(present) == len(order):
        return body
    waiting: list[str] = []
    before: dict[int, str] = {}
    for ordinal in order:
        waiting.append(slot(ordinal))
        if ordinal in present:
            before[ordinal] = "".join(waiting)
            waiting = []
    return fill_slots(body, lambda ordinal: before.get(ordinal, "")) + "".join(waiting)
