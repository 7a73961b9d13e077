"""What the search of the site looks through: scripts of plain data, and the choices of its filters."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal

from babel import Locale
from babel.core import UnknownLocaleError

from archiver.render.lines import listed_article, listed_post, platform_label
from archiver.store import (
    Database,
    EmbedEntry,
    ListedArticle,
    ListedPost,
    count_archive,
    list_articles,
    list_posts,
    list_search_choices,
)

CHUNK = 5_000
"""Rows in one file of data. The oldest come first, so that what is added changes the last files only."""

LONGEST_TEXT = 280
"""Characters of a post's text that are searched: what an X post has, and where most captions have said it."""

STATES = {"words": "w", "who": "h", "link": "l"}
"""A letter for the state of each post of a row."""

NAMES = {"articles": "archiverArticles", "posts": "archiverPosts"}


def search_choices(db: Database, kind: Literal["articles", "posts"]) -> dict[str, Any]:
    """What the form offers: the number of files that are searched, and the choices of each filter."""
    counts = count_archive(db)
    total = counts.articles if kind == "articles" else counts.posts
    platforms, years, languages = list_search_choices(db, kind)
    labels = sorted((platform_label(name), name) for name in platforms)
    spoken = sorted({(language_name(code), _language(code)) for code in languages})
    return {
        "kind": kind,
        "total": total,
        "files": -(-total // CHUNK),
        "platforms": [(name, label) for label, name in labels],
        "years": [(year, year) for year in years],
        "languages": [(code, label) for label, code in spoken],
    }


def search_files(db: Database) -> Iterator[tuple[str, bytes]]:
    """The data of all articles and all posts, in files that a page loads as scripts."""
    yield from _files("articles", map(_article_row, list_articles(db, oldest_first=True)))
    yield from _files("posts", map(_post_row, list_posts(db, oldest_first=True)))


def _files(kind: str, rows: Iterable[list[Any]]) -> Iterator[tuple[str, bytes]]:
    rows = iter(rows)
    number = 1
    while some := list(islice(rows, CHUNK)):
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in some)
        head = f"/* Archiver: {kind}, for the search */\n"
        name = NAMES[kind]
        yield f"data/{kind}-{number}.js", f"{head}(self.{name} = self.{name} || []).push(\n{lines}\n);\n".encode()
        number += 1


def _article_row(entry: ListedArticle) -> list[Any]:
    line = listed_article(entry)
    authors = dict.fromkeys(who for embed in entry.posts if (who := _who(embed)))
    return [
        line.href,
        line.name,
        line.date,
        line.note,
        len(entry.posts),
        _states(embed.state for embed in entry.posts),
        " ".join(dict.fromkeys(embed.platform for embed in entry.posts)),
        _language(entry.language),
        "\n".join(authors),
        "\n".join(filter(None, [entry.byline, *(embed.text for embed in entry.posts)])),
    ]


def _post_row(post: ListedPost) -> list[Any]:
    line = listed_post(post)
    return [
        line.href,
        line.name,
        line.date,
        line.note,
        post.articles,
        _states(line.marks),
        post.platform,
        _language(post.language),
        _who(post) or "",
        " ".join((post.text or "").split())[:LONGEST_TEXT][len(line.name) - 1 :],
    ]


def _who(one: EmbedEntry | ListedPost) -> str:
    return " ".join(part for part in (one.name, one.handle and f"@{one.handle}") if part)


def _states(states: Iterable[str]) -> str:
    return "".join(STATES[state] for state in states)


def _language(code: str | None) -> str | None:
    return code.partition("-")[0].partition("_")[0].lower() if code else None


def language_name(code: str) -> str:
    """What a language is called in English; its code where the CLDR does not know it.

    >>> language_name("pt-BR"), language_name("xx")
    ('Portuguese', 'xx')
    """
    language = _language(code) or ""
    try:
        return Locale.parse(language).get_language_name("en") or language
    except (UnknownLocaleError, ValueError):
        return language
