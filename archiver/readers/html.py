"""HTML: what a page says about itself in its head, its JSON-LD and its `<time>`."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup

from archiver.readers.jsonld import read_json_ld
from archiver.readers.metadata import Metadata, checked_metadata, clean
from archiver.readers.tags import Tag, find_tags, read_attributes

STATED = {
    "title": ("og:title", "citation_title", "parsely-title", "dc.title", "dcterms.title", "twitter:title"),
    "published_at": ("article:published_time", "og:article:published_time", "og:published_time"),
}
OTHER = {
    "published_at": (
        *("parsely-pub-date", "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued"),
        *("dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "sailthru.date", "pubdate", "publishdate"),
        *("publish-date", "publication_date", "article.published", "rnews:datepublished", "date"),
    ),
    "byline": ("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "article:author"),
    "language": ("content-language", "dc.language", "og:locale"),
    "url": ("og:url", "parsely-link", "twitter:url"),
}
"""Names of `meta` (lower case), best first: Open Graph, Dublin Core, Highwire and what large CMSes add. JSON-LD comes
between the two tables."""

MOST_TAGS = 2000
"""`meta` and `time` tags looked at, so that a page of nothing else takes no longer than any other."""

AUTHOR_TAG = re.compile(
    r"""<(?:a|span|address|p|div)\s[^<>]{0,1000}?\b(?:rel|itemprop)=["']?author["'\s>]""", re.IGNORECASE
)
FRAGMENT = 4000
"""Characters of a page that are parsed to read the text of one element."""


@dataclass(frozen=True, kw_only=True)
class _Page:
    """The values a page holds, in document order: `meta` by lower-case name, `dates` from `itemprop` and `time`."""

    languages: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    metas: dict[str, list[str]] = field(default_factory=dict)
    canonicals: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    stated_dates: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)

    def values(self, table: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
        return {name: [value for key in keys for value in self.metas.get(key, [])] for name, keys in table.items()}


def read_html_metadata(content: str) -> Metadata:
    """Metadata of a page, the most deliberate source first: Open Graph and JSON-LD, other `meta`, then the markup.

    A `<time>` in the body counts if it is marked as the publication date or is the only date there; one inside a
    blockquote belongs to the post that is embedded there. The page is lexed, never parsed whole.
    """
    page = _read_page(content)
    stated = checked_metadata({**page.values(STATED), "language": page.languages, "url": page.canonicals})
    other = checked_metadata({**page.values(OTHER), "title": page.titles})
    found = stated.or_else(read_json_ld(page.scripts)).or_else(other)
    return found.or_else(_from_body(content, page, needs_byline=found.byline is None))


def _read_page(content: str) -> _Page:
    page = _Page()
    in_body, quoted, count = False, 0, 0
    for tag in find_tags(content):
        match tag.name:
            case "body" | "/head":
                in_body = True
            case "blockquote":
                quoted += 1
            case "/blockquote":
                quoted = max(0, quoted - 1)
            case "title" if not in_body:
                page.titles.append(html.unescape(tag.text))
            case "script" if "ld+json" in tag.source.lower():
                page.scripts.append(tag.text)
            case "html" | "meta" | "link" | "time" if count < MOST_TAGS and not quoted and _is_telling(tag):
                count += 1
                _note(page, tag)
    return page


def _is_telling(tag: Tag) -> bool:
    """Saves reading the attributes of style sheets, icons and feeds."""
    return tag.name != "link" or "canonical" in tag.source.lower()


def _note(page: _Page, tag: Tag) -> None:
    attributes = read_attributes(tag.source)
    match tag.name:
        case "html":
            page.languages.extend(attributes[name] for name in ("lang", "xml:lang") if name in attributes)
        case "link" if "canonical" in attributes.get("rel", "").lower().split():
            page.canonicals.append(attributes.get("href", ""))
        case "time":
            _note_time(page, attributes)
        case "meta":
            value = attributes.get("content", "")
            if attributes.get("itemprop", "").lower() == "datepublished":
                page.stated_dates.append(value)
            for key in _meta_keys(attributes):
                page.metas.setdefault(key, []).append(value)


def _meta_keys(attributes: dict[str, str]) -> Iterator[str]:
    return (attributes[name].strip().lower() for name in ("property", "name", "http-equiv") if name in attributes)


def _note_time(page: _Page, attributes: dict[str, str]) -> None:
    if "datetime" not in attributes:
        return
    marks = f"{attributes.get('itemprop', '')} {attributes.get('class', '')}".lower().split()
    is_stated = "pubdate" in attributes or not {"datepublished", "published", "dt-published"}.isdisjoint(marks)
    (page.stated_dates if is_stated else page.times).append(attributes["datetime"])


def _from_body(content: str, page: _Page, *, needs_byline: bool) -> Metadata:
    dates = _only(page.stated_dates) or _only(page.times)
    author = AUTHOR_TAG.search(content) if needs_byline else None
    byline = [_element_text(content, author.start())] if author else []
    heading = re.search(r"<h1[\s>]", content, re.IGNORECASE) if not page.titles else None
    title = [_element_text(content, heading.start())] if heading else []
    return checked_metadata({"published_at": dates, "byline": byline, "title": title})


def _only(dates: list[str]) -> list[str]:
    """The dates if they agree: which one of several is the article's would be a guess."""
    return dates[:1] if len(set(dates)) == 1 else []


def _element_text(content: str, start: int) -> str:
    element = BeautifulSoup(content[start : start + FRAGMENT], "html.parser").find(True)
    return clean(element.get_text(" ")) or "" if element else ""
