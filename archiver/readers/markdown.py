"""Markdown: its front matter, or else its first heading."""

import html
import re
import tomllib
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from archiver.find.frontmatter import match_front_matter
from archiver.readers.metadata import Metadata, checked_metadata, clean, strings

HEADING_WINDOW = 8 * 1024
"""Characters of the body in which the first heading is looked for."""

HEADING_LINE = re.compile(r"^ {0,3}(?:#{1,6}[ \t].*|=+[ \t]*\r?|-+[ \t]*\r?)$", re.MULTILINE)

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
"""What generators put into a page as it stands, which shows the character; without its semicolon it is none here."""

MARKDOWN = MarkdownIt("commonmark")

KEYS = {
    "title": ("title", "headline"),
    "published_at": ("date", "published_at", "published", "publishdate", "pubdate", "datepublished", "published_time"),
    "byline": ("author", "authors", "byline"),
    "language": ("lang", "language", "locale"),
    "url": ("canonical_url", "canonical", "canonicalurl", "original_url", "source_url", "url", "link"),
}
"""Names in front matter (lower case), best first: those of Hugo, Jekyll, Pelican, Obsidian's clipper and Zola."""


def read_markdown_metadata(content: str) -> Metadata:
    """Metadata of YAML (`---`) or TOML (`+++`) front matter; a missing title is the first heading.

    Front matter that cannot be parsed says nothing: it is no reason not to read the article.
    """
    match = match_front_matter(content)
    start = match.end() if match else int(content.startswith("\ufeff"))
    stated = _from_mapping(_front_matter(match)) if match else Metadata()
    return stated if stated.title else stated.or_else(Metadata(title=_first_heading(content, start)))


def _front_matter(match: re.Match[str]) -> dict[str, Any]:
    try:
        # The base loader gives every scalar as it is written: no date loses its zone or its precision, nothing is
        # constructed, and merge keys, which can grow without bound, stay plain text.
        found = tomllib.loads(match["toml"]) if match["yaml"] is None else yaml.load(match["yaml"], yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}


def _from_mapping(mapping: dict[str, Any]) -> Metadata:
    values = {
        field: [text for name in names for text in _values(field, mapping.get(name))] for field, names in KEYS.items()
    }
    return checked_metadata(values)


def _values(field: str, value: Any) -> list[str]:
    found = strings(value)
    if field in ("title", "byline"):
        found = [ENTITY.sub(lambda entity: html.unescape(entity[0]), text) for text in found]
    return [", ".join(found)] if field == "byline" and found else found


def _first_heading(content: str, start: int) -> str | None:
    """The first heading with a text; parsed no further than to the first line that looks like one, if it is one."""
    window = content[start : start + HEADING_WINDOW]
    candidate = HEADING_LINE.search(window)
    if candidate is None:
        return None
    return _heading(window[: candidate.end()]) or _heading(window)


def _heading(markdown: str) -> str | None:
    headings = (inline for token, inline in pairwise(MARKDOWN.parse(markdown)) if token.type == "heading_open")
    return next((title for inline in headings if (title := clean(_plain(inline)))), None)


def _plain(inline: Token) -> str:
    return "".join(
        " " if child.type.endswith("break") else child.content
        for child in inline.children or []
        if child.type != "html_inline"
    )
