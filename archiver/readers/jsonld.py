"""JSON-LD: the article among the things a page describes for search engines."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from archiver.readers.metadata import MOST_ITEMS, Metadata, checked_metadata, clean, strings

Node = dict[str, Any]

WRAPPING = re.compile(
    r"\A\s*+(?:<!--|(?:/[/*]\s{0,9})?<!\[CDATA\[(?:\s{0,9}\*/)?)|(?:-->|(?:/[/*]\s{0,9})?\]\]>(?:\s{0,9}\*/)?)\s*+\Z"
)
"""What hides a script from readers of long ago, or from XML."""

PAGES = frozenset({"WebPage", "ItemPage"})
"""Types whose headline and dates are the article's where no article is described, as in Yoast's graph."""


def read_json_ld(scripts: Iterable[str]) -> Metadata:
    """Metadata of the first article (schema.org `…Article`, `…Posting`, `Report`), then of the first page.

    A script that is not JSON says nothing. Lists, `@graph` and authors by `@id` are resolved.
    """
    nodes = [node for script in scripts for node in _nodes(_parsed(script))]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    articles = [node for node in nodes if _is_article(node)]
    pages = [node for node in nodes if PAGES & set(strings(node.get("@type")))]
    found = Metadata()
    for node in articles[:1] + pages[:1]:
        found = found.or_else(_metadata(node, by_id))
    return found


def _parsed(script: str) -> Any:
    try:
        return json.loads(WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[Node]:
    """The things described: each object of a list or `@graph`, and what a page says it is about."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            stack.extend(item[key] for key in ("mainEntity", "@graph") if isinstance(item.get(key), list | dict))


def _is_article(node: Node) -> bool:
    kinds = strings(node.get("@type"))
    return any(kind.endswith(("Article", "Posting")) or kind == "Report" for kind in kinds)


def _metadata(node: Node, by_id: dict[str, Node]) -> Metadata:
    page = node.get("mainEntityOfPage")
    names = list(dict.fromkeys(_names(node.get("author") or node.get("creator"), by_id)))
    values = {
        "title": strings(node.get("headline")) + strings(node.get("name")),
        "published_at": strings(node.get("datePublished")),
        "byline": [", ".join(names)] if names else [],
        "language": _language(node.get("inLanguage")),
        "url": strings(page.get("@id") if isinstance(page, dict) else page) + strings(node.get("url")),
    }
    return checked_metadata({name: [html.unescape(text) for text in texts] for name, texts in values.items()})


def _names(author: Any, by_id: dict[str, Node]) -> Iterator[str]:
    """The names of an author, given as a name, a person, a reference to one, or a list of these."""
    for item in author[:MOST_ITEMS] if isinstance(author, list) else [author]:
        if isinstance(item, dict):
            known = by_id.get(str(item.get("@id")), {})
            yield from (name for text in strings(item.get("name", known.get("name"))) if (name := clean(text)))
        elif isinstance(item, str) and (name := clean(item)):
            yield name


def _language(value: Any) -> list[str]:
    return strings(value.get("alternateName")) if isinstance(value, dict) else strings(value)
