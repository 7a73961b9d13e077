"""`python -m benchmarks.patching PATH…`: patch every article and undo it; exit 1 where a byte or an embed is left over.

For each article: that undoing gives the very bytes, that what was patched is patched to itself, that a scan of it
finds no embed, and which elements of it still load anything from a platform's servers.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from archiver.errors import ReadError
from archiver.find import find_embeds
from archiver.find.lexer import Opaque, Tag, lex
from archiver.patching import cards_of
from archiver.platforms import PLATFORMS
from archiver.readers import list_sources, read_article, read_source
from archiver.records import Article, Source
from archiver.render.patch import Patched, patch_article
from archiver.render.restore import put_back, restore_article
from archiver.urls import split_address

LOADING = {"script", "iframe", "img", "link", "embed", "object", "source", "video", "audio"}


def main() -> int:
    """Print what was measured, and each article that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--markdown", action="store_true", help="Quotes in Markdown.")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    for path in arguments.paths:
        for source in list_sources(path, folder=path.name):
            if isinstance(source, Source):
                for line in measure(source, counts, markdown=arguments.markdown):
                    print(f"{source.path}: {line}")
    for name, count in counts.items():
        print(f"{name:24} {count:>8,}")
    return 1 if any(counts[name] for name in ("not undone", "not stable", "embeds left", "not patched")) else 0


def measure(source: Source, counts: Counter[str], *, markdown: bool) -> Iterator[str]:
    """Count what becomes of one article; a line for each thing that is wrong with it."""
    try:
        article, _ = read_article(source, read_source(source))
    except ReadError:
        counts["unreadable"] += 1
        return
    counts["articles"] += 1
    try:
        patched = patch_article(article, lambda embeds: cards_of(embeds, None), markdown=markdown)
    except ReadError as error:
        counts["not patched"] += 1
        yield str(error)
        return
    if not patched.cards:
        return
    counts |= Counter()
    counts["patched"] += 1
    counts["cards"] += patched.cards
    counts["loaders"] += patched.loaders
    counts["not undone"] += (undone := restored(article, patched)) != article.data
    if undone != article.data:
        yield "undoing it gives other bytes"
    again, _ = read_article(source, patched.data)
    if again.encoding != article.encoding:
        counts["read in another encoding"] += 1
        yield f"was {article.encoding}, is {again.encoding}"
    if left := find_embeds(again.content, again.format):
        counts["embeds left"] += len(left)
        yield from (f"left: {embed.form} {embed.platform} {' '.join(embed.marker.split())[:150]}" for embed in left)
    counts["not stable"] += (
        patch_article(again, lambda embeds: cards_of(embeds, None), markdown=markdown).data != patched.data
    )
    if article.format == "html":
        for what in loading(again.content):
            counts[f"loads {what.split()[0]}"] += 1
            yield f"loads {what}"


def restored(article: Article, patched: Patched) -> bytes:
    """The bytes that undoing gives."""
    if article.format == "text":
        return put_back(patched.data, patched.replaced)
    return restore_article(patched.data).data


def loading(page: str) -> Iterator[str]:
    """The elements of a page that load anything from a platform."""
    hosts = {host for platform in PLATFORMS for form in platform.urls for host in form.hosts} - {"*"}
    hosts |= {loader.split("/")[0] for platform in PLATFORMS for loader in (*platform.loaders, *platform.callers)}
    for token in lex(page):
        if isinstance(token, Opaque) and token.name != "script":
            continue
        written = page[token.start : token.end]
        tag = token if isinstance(token, Tag) else Tag("script", 0, 0, False, written.split(">")[0])
        if tag.name not in LOADING or tag.closes:
            continue
        for name, value in tag.attributes.items():
            if name in {"src", "href", "data"} and (parts := split_address(value)) and "/" in value:
                if tag.name == "link" and tag.attributes.get("rel", "") not in {"preload", "stylesheet", "prefetch"}:
                    continue
                if parts[0] in hosts:
                    yield f"{tag.name} {value[:140]}"


if __name__ == "__main__":
    sys.exit(main())
