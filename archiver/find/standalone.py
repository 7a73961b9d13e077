"""Standalone forms: a post's address alone in its block, and the shortcodes of publishing systems."""

import re
from dataclasses import dataclass

from archiver.platforms import PLATFORMS, resolve
from archiver.platforms.base import Reference
from archiver.records import Form, Format

# A block that is an address and nothing else; an address in a sentence is a link, not an embed (oEmbed consumers draw
# the same line, e.g. WordPress's WP_Embed::autoembed).
_LINE = re.compile(r"^[ \t>]*+(?P<whole><?(?P<url>https?://[^\s<>\"]{8,500})>?)[ \t]*\r?$", re.MULTILINE)
_EMBED = re.compile(r"\[embed[^\]\n]{0,200}\]\s*(?P<url>https?://[^\s\[\]\"<>]{8,500})\s*\[/embed\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standalone:
    """One address or shortcode: its span, and the post it names."""

    form: Form
    start: int
    end: int
    reference: Reference


def find_addresses(text: str) -> list[Standalone]:
    """The lines of a text that are a post's address and nothing else."""
    if "://" not in text:
        return []
    return [
        Standalone(form="url", start=match.start("whole"), end=match.end("whole"), reference=reference)
        for match in _LINE.finditer(text)
        if (reference := resolve(match["url"]))
    ]


def find_shortcodes(source: str, format: Format) -> list[Standalone]:  # noqa: A002 (the contract's word)
    """The shortcodes in a source that name a post."""
    patterns = [(_EMBED, "{}")] if "[embed" in source else []
    patterns += [
        (shortcode.pattern, shortcode.template)
        for platform in PLATFORMS
        for shortcode in platform.shortcodes
        if format in shortcode.formats
    ]
    return [
        Standalone(form="shortcode", start=match.start(), end=match.end(), reference=reference)
        for pattern, template in patterns
        for match in pattern.finditer(source)
        if (reference := resolve(template.format(match[1])))
    ]
