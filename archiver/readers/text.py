"""Plain text: the header that scrapers write before the first blank line."""

import re
from collections.abc import Iterator

from archiver.readers.dates import read_published
from archiver.readers.metadata import Metadata, checked_metadata, clean

HEADER = re.compile(r"\ufeff?\s{0,64}(?P<lines>.{1,4000}?)(?:\r?\n[ \t]*(?:\r?\n|\Z)|\Z)", re.DOTALL)
"""Up to the first blank line; 4,000 characters without one are no header."""

SCRAPED = re.compile(r"\ufeff?\s{0,64}date[ \t:]{1,4}(?P<date>\d{4}-\d\d-\d\d)(?!\d)[ \t]*", re.IGNORECASE)
"""` date 2020-10-02 Chrissy and her husband …`: the scraper's table row, its newline lost."""

LABELLED = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{1,20}?)[ \t]*:[ \t]*(?P<value>\S.*)")
LABELS = {
    "title": "title",
    "headline": "title",
    "date": "published_at",
    "published": "published_at",
    "publication date": "published_at",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "by": "byline",
    "language": "language",
    "lang": "language",
    "url": "url",
    "link": "url",
    "canonical": "url",
}
SMALL_WORDS = frozenset({"and", "&", "de", "del", "der", "di", "du", "la", "le", "van", "von", "for", "of", "the"})
"""What stands in lower case within a byline: particles of names, and `for The Example Times`."""


def read_text_metadata(content: str) -> Metadata:
    """Metadata from a scraper's header, from `Title:` lines, or from a `By` line under the title; else all None.

    The summary sentence of a scraper's header is the title: it is all of the article's name that the scraper kept.
    """
    header = HEADER.match(content)
    scraped = SCRAPED.match(content)
    if scraped:
        summary = content[scraped.end() : header.end("lines")] if header else ""
        return Metadata(published_at=read_published(scraped["date"]), title=clean(summary))
    if header is None:
        return Metadata()
    lines = [line.strip() for line in header["lines"].splitlines()]
    return _labelled(lines).or_else(_by_line(lines, content[header.end() : header.end() + 400]))


def _labelled(lines: list[str]) -> Metadata:
    """`Title:`, `Date:` and `By …` lines; only in a paragraph that has no other line."""
    values: dict[str, list[str]] = {}
    for line in lines:
        match = LABELLED.fullmatch(line)
        field = LABELS.get(match["label"].lower()) if match else ("byline" if _is_by_line(line) else None)
        if field is None:
            return Metadata()
        values.setdefault(field, []).append(match["value"] if match else line)
    return checked_metadata(values)


def _by_line(lines: list[str], rest: str) -> Metadata:
    """A title, a `By` line under it, and perhaps a date under that, with or without blank lines between them."""
    top = (lines + list(_nonblank(rest)))[:3]
    if len(lines) > 3 or len(top) < 2 or not _is_by_line(top[1]) or top[0].endswith((".", ",", ";", ":")):
        return Metadata()
    return checked_metadata({"title": top[:1], "byline": top[1:2], "published_at": top[2:]})


def _nonblank(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _is_by_line(line: str) -> bool:
    words = line.split()
    if not 3 <= len(words) <= 10 or words[0] not in ("By", "BY") or line.endswith((".", ",", ":", "!", "?")):
        return False
    return words[1][0].isupper() and all(word[0].isupper() or word in SMALL_WORDS for word in words[1:])
