"""What flatteners leave of embed code is found, however they part its words."""

import re
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup

from archiver.find import find_embeds
from archiver.platforms import BY_NAME
from archiver.platforms.base import Example
from archiver.records import Format

SIGNING = ("instagram", "twitter", "facebook", "bluesky", "mastodon", "threads", "tiktok", "reddit")
"""The platforms whose code has words that say who posted."""
SIGNATURE = re.compile(r"@\w|Posted by|u/\w")


def parted_by(mark: str) -> Callable[[BeautifulSoup], tuple[Format, str]]:
    """The texts of a page's elements, with a mark between them."""
    return lambda page: ("text", page.get_text(mark))


def as_markdown(page: BeautifulSoup) -> tuple[Format, str]:
    """Links in brackets, paragraphs between empty lines, broken lines with two spaces."""
    for link in page.find_all("a"):
        link.replace_with(f"[{link.get_text()}]({link['href']})")
    for block in page.find_all(["p", "div", "blockquote"]):
        block.insert_after("\n\n")
    for line_break in page.find_all("br"):
        line_break.replace_with("  \n")
    return "markdown", page.get_text()


def bare(page: BeautifulSoup) -> tuple[Format, str]:
    """Elements without attributes, links and times aside, as a sanitiser leaves them."""
    for tag in page.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in {"href", "datetime"}}
    return "html", str(page)


def without_links(page: BeautifulSoup) -> tuple[Format, str]:
    """The same without links."""
    bare(page)
    for link in page.find_all("a"):
        link.unwrap()
    return "html", str(page)


FLATTENERS = {
    "lines": parted_by("\n"),
    "spaces": parted_by(" "),
    "markdown": as_markdown,
    "bare": bare,
    "no links": without_links,
}


def signed_code() -> Iterator[Example]:
    """The examples of code that says who posted, in words of its own and beside no address."""
    for name in SIGNING:
        for example in BY_NAME[name].examples:
            words = re.sub(r"<(script|style|svg|textarea)\b.*?</\1>|<[^>]*>", "", example.source, flags=re.DOTALL)
            if example.format == "html" and SIGNATURE.search(words) and "//" not in words:
                yield example


CODE = list(signed_code())


@pytest.mark.parametrize("flattener", FLATTENERS)
@pytest.mark.parametrize("example", CODE, ids=range(len(CODE)))
def test_a_flattened_post_is_one_embed_of_its_author(example: Example, flattener: str) -> None:
    """In text, in Markdown and on a page that has no class left."""
    page = BeautifulSoup(example.source, "html.parser")
    for element in page(["script", "style", "svg"]):
        element.decompose()
    format_, source = FLATTENERS[flattener](page)
    (code,), found = find_embeds(example.source, "html"), find_embeds(source, format_)
    assert [(embed.platform, embed.author_name or embed.handle) for embed in found] == [
        (code.platform, code.author_name or code.handle)
    ]


def test_every_platform_that_signs_its_code_is_tried() -> None:
    """None has lost its examples."""
    assert {find_embeds(example.source, "html")[0].platform for example in CODE} == set(SIGNING)
