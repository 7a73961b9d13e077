"""Sources: how each platform is asked about a post, and what its answer says, as declarations and pure functions.

Meta's oEmbed (Instagram, Facebook, Threads) is none of them: its terms forbid to keep what it returns.
"""

from collections.abc import Mapping

from archiver.capture.sources.api import api_sources
from archiver.capture.sources.base import Sign, Source, SourceError, read_answer, read_signs
from archiver.capture.sources.oembed import oembed_sources
from archiver.capture.sources.pages import page_sources
from archiver.capture.sources.syndication import syndication_sources
from archiver.platforms import BY_NAME

__all__ = ["NOT_ASKED", "SOURCES", "Sign", "Source", "SourceError", "read_answer", "read_signs", "sources_of"]

NOT_ASKED: Mapping[str, str] = dict.fromkeys(
    ("instagram", "facebook", "threads"), "Meta’s terms forbid to keep what its oEmbed returns"
)
"""Platforms that could be asked and are not, and why
(https://developers.facebook.com/docs/graph-api/reference/oembed-post)."""

SOURCES: Mapping[str, Source] = {
    source.name: source for source in (*api_sources(), *syndication_sources(), *oembed_sources(), *page_sources())
}
"""All sources by their names, which platforms refer to."""


def sources_of(platform: str) -> tuple[Source, ...]:
    """The sources of a platform, in the order in which they are asked."""
    return tuple(SOURCES[name] for name in BY_NAME[platform].sources)
