"""Sights: embeds, each with the article it was seen in."""

from typing import NamedTuple

from archiver.records import Embed


class Sight(NamedTuple):
    """One embed in its article; `seen_at` is the article's date (ISO, as precise as known), None where it has none."""

    article_id: str
    seen_at: str | None
    embed: Embed

    @property
    def id(self) -> str:
        """The id of the embed."""
        return f"{self.article_id}#{self.embed.ordinal}"
