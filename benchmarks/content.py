"""`python -m benchmarks.content PATH…`: what choosing the main content of pages loses; exit 1 where a bar is missed.

For each HTML page: whether its main content could be told or the whole page is shown, how many of its embeds have no
place any more, and which paragraphs right before or after an embed are gone, to be looked at: beside an embed in a
sidebar stand teasers and forms, which should be. What else should be gone is counted: blocks that are nothing but a
link, and blocks that say what only the frame of a page says.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, fragment_fromstring  # type: ignore[import-untyped]

from archiver.errors import ReadError
from archiver.find import find_embeds
from archiver.find.state import is_in_state
from archiver.identity import identify
from archiver.readers import list_sources, read_article, read_source
from archiver.records import Article, Embed, Source
from archiver.render.body import render_body, safe_body
from archiver.render.slots import Tokens, slot_ordinals

BAR_LOST = 0.02
"""Of the paragraphs beside embeds. No embed may be lost."""

BLOCKS = ("p", "li", "pre", "td", "blockquote", "h2", "h3", "h4", "dd", "figcaption")
LONG = 40
"""Letters of a paragraph: a heading, a caption and a line of links have less."""

FRAME = re.compile(
    r"\b(?:advertisement|all rights reserved|cookies?|follow us|log ?in|newsletter|privacy policy|read more|"
    r"related (?:articles|posts|stories)|share (?:on|this)|sign (?:in|up)|subscribe|terms of (?:service|use)|"
    r"trending|you may also like)\b",
    re.IGNORECASE,
)
FRAME_LONGEST = 120
"""Letters; what is longer is about one of these words."""


def main() -> int:
    """Print what was measured, and each page that loses something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    for path in arguments.paths:
        for source in list_sources(path, folder=path.name):
            if isinstance(source, Source):
                for line in measure(source, counts):
                    print(f"{source.path}: {line}")
    for name, count in counts.items():
        print(f"{name:44} {count:>9,}")
    lost, beside_embeds = counts["paragraphs beside embeds lost"], counts["paragraphs beside embeds"]
    return 1 if counts["embeds lost"] or lost > BAR_LOST * beside_embeds else 0


def measure(source: Source, counts: Counter[str]) -> Iterator[str]:
    """Count what becomes of one page; a line for each thing that is lost."""
    try:
        article, _ = read_article(source, read_source(source))
    except ReadError:
        return
    if article.format != "html":
        return
    embeds = identify(find_embeds(article.content, article.format), article.sha256)
    body = render_body(article, embeds)
    whole, chosen = (made(article, embeds, choose=choose) for choose in (False, True))
    counts["pages"] += 1
    counts["pages with embeds"] += bool(embeds)
    counts[f"shown: {way(body, chosen, whole)}{', with embeds' if embeds else ''}"] += 1
    counts["embeds"] += len(embeds)
    counts["embeds lost"] += len(embeds) - len(slot_ordinals(body))
    kept = letters(body)
    strays = {f"embed {embed.ordinal}" for embed in embeds if is_in_state(embed)}  # a script is beside nothing
    for ordinal, paragraph in beside(parsed(whole or "")):
        if ordinal in strays:
            continue
        counts["paragraphs beside embeds"] += 1
        if letters(paragraph) not in kept:
            counts["paragraphs beside embeds lost"] += 1
            yield f"beside {ordinal} is lost: {' '.join(paragraph.split())[:150]}"
    count_rest(parsed(whole or ""), "in pages", counts)
    count_rest(parsed(body), "shown", counts)


def made(article: Article, embeds: Sequence[Embed], *, choose: bool) -> str | None:
    """The body of a page, made in one way."""
    tokens = Tokens(article.sha256)
    page = tokens.put(article.content, embeds)
    return safe_body(page, tokens, pictures={}, choose=choose, title=article.title, url=article.url)


def way(body: str, chosen: str | None, whole: str | None) -> str:
    """How a body was made."""
    if body == chosen:
        return "whole, as all of it is content" if body == whole else "the main content"
    return "fallen back to the whole page" if body == whole else "fallen back to bare text"


def parsed(html: str) -> HtmlElement:
    """The tree of a piece of HTML."""
    return fragment_fromstring(html, create_parent="div")


def letters(html: str) -> str:
    """The letters and digits of a piece of HTML or text."""
    return re.sub(r"<[^<>]*>|&#?\w+;|\W", "", html)


def beside(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """The paragraphs right before and after each embed, in the smallest element around it that has any."""
    for slot in root.iter(etree.Comment):
        for around in slot.iterancestors():
            before, after = split(paragraphs(around), slot)
            if before or after:
                yield from ((slot.text, text) for text in (*before[-1:], *after[:1]))
                break


def split(blocks: Iterable[HtmlElement], slot: HtmlElement) -> tuple[list[str], list[str]]:
    """The texts of blocks before and after an embed."""
    order = {element: number for number, element in enumerate(slot.getroottree().iter())}
    sides: tuple[list[str], list[str]] = ([], [])
    for block in blocks:
        sides[order[block] > order[slot]].append(block.text_content())
    return sides


def paragraphs(root: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks of running text below an element that hold no other, nor an embed."""
    for block in root.iter(*BLOCKS):
        text = letters(block.text_content())
        if len(text) >= LONG and not any(True for _ in block.iterdescendants(*BLOCKS, etree.Comment)):
            linked = sum(len(letters(link.text_content())) for link in block.iter("a"))
            if linked < len(text) / 2:
                yield block


def count_rest(root: HtmlElement, where: str, counts: Counter[str]) -> None:
    """Count the blocks that are no text of an article."""
    for block in root.iter(*BLOCKS, "div"):
        if any(True for _ in block.iterdescendants(*BLOCKS, "div")):
            continue
        text = " ".join(block.text_content().split())
        linked = sum(len(letters(link.text_content())) for link in block.iter("a"))
        counts[f"letters {where}"] += len(letters(text))
        counts[f"bare links {where}"] += 0 < linked == len(letters(text))
        counts[f"frame words {where}"] += len(text) < FRAME_LONGEST and bool(FRAME.search(text))


if __name__ == "__main__":
    sys.exit(main())
