"""Remains: what is left of one embed in a text."""

from typing import NamedTuple

from archiver.times import Moment


class Remains(NamedTuple):
    """What is left of one embed in a text: its stretch of the view, what can be read from it, and the rule that did."""

    platform: str
    start: int
    end: int
    rule: str
    handle: str | None = None
    author_name: str | None = None
    moment: Moment | None = None
    posted_text: str | None = None
    text: str | None = None
    language: str | None = None
    signed: int | None = None
    """Where the attribution begins, if the post's text stands before it."""

    @property
    def is_signed(self) -> bool:
        """Whether it says whose post it was."""
        return bool(self.handle or self.author_name)
