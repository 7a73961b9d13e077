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
    "paragraphs": lambda page: ("text", page.get_text("\n\n", strip=True)),
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
    """In text, in Markdown and on a page that has no class left; but a byline in paragraphs may be anybody's."""
    page = BeautifulSoup(example.source, "html.parser")
    for element in page(["script", "style", "svg"]):
        element.decompose()
    format_, source = FLATTENERS[flattener](page)
    (code,), found = find_embeds(example.source, "html"), find_embeds(source, format_)
    signed = [(code.platform, code.author_name or code.handle)]
    if flattener == "paragraphs" and code.platform == "facebook":
        signed = []
    assert [(embed.platform, embed.author_name or embed.handle) for embed in found] == signed


@pytest.mark.parametrize(
    "source",
    [
        "Posted by\n\nMara Lind\n\non\n\nThursday, August 27, 2015\n",
        "Posted by\n\nMara Lind\n\nThe fair opens on Thursday, August 27, 2015.\n",
        "Posted by Mara Lind on Thursday, August 27th, 2015 | 3 comments\n",
        "A post shared by\n\nRelated: ten singers who (@maralind)\n",
        "— Mara Lind (\n\n@maralind\n\n)\n\nFollow us\n",
        "Words: Mara Lind (@maralind) 9th November 2017\n",
        "Tickets — Mara Lind (@maralind) 9th November 2017 at the quay\n",
        "Written by — Mara Lind (@maralind)\n\n9th November 2017\n",
    ],
)
def test_bylines_of_articles_are_none_of_a_platform(source: str) -> None:
    """Blogs print who wrote in paragraphs, days as ordinals, and accounts below their own name."""
    assert find_embeds(f"Six boats.\n\n{source}", "text") == []


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n"])
def test_empty_lines_between_strings_part_no_attribution(gap: str) -> None:
    """With and without the spaces that stood between them."""
    sources = (
        f"— Mara Lind ({gap}@maralind{gap}) October 2, 2020",
        f"A post shared by {gap}Mara Lind{gap} (@maralind) on {gap}Oct 2, 2020 at 4:16am PDT",
        f"A post shared by{gap}Mara Lind{gap}(@maralind) on{gap}Oct 2, 2020 at 4:16am PDT",
    )
    for source in sources:
        (embed,) = find_embeds(f"Six boats.{gap}{source}{gap}", "text")
        assert (embed.handle, embed.author_name, (embed.posted_at or "")[:10]) == (
            "maralind",
            "Mara Lind",
            "2020-10-02",
        )


def test_every_platform_that_signs_its_code_is_tried() -> None:
    """None has lost its examples."""
    assert {find_embeds(example.source, "html")[0].platform for example in CODE} == set(SIGNING)


def test_the_date_of_an_article_is_not_that_of_a_post_that_lost_its_own() -> None:
    """Where `on` dangles, a date below it counts only in the platform's own form."""
    dates = ("October 3, 2020", "Oct 2, 2020 at 4:16am PDT")
    sources = (f"A post shared by Mara Lind (@maralind) on\n\n{date}\n\nThe ferry was late." for date in dates)
    assert [find_embeds(source, "text")[0].posted_at for source in sources] == [None, "2020-10-02T11:16Z"]


TWEET = "<p>Two hours late again.</p><p>— Mara Lind (@maralind) October 3, 2020</p>"
FRAME = '<iframe src="https://www.youtube.com/embed/nB3rTh-Pil0"></iframe>'
QUOTE = (
    '<blockquote class="twitter-tweet"><p>Fog.</p>&mdash; Bo Quill (@boquill) '
    '<a href="https://twitter.com/boquill/status/1311875027000000512">October 2, 2020</a></blockquote>'
)


@pytest.mark.parametrize("element", [FRAME, QUOTE, FRAME + QUOTE, "<pre>code</pre>"])
@pytest.mark.parametrize("above", ["<p>The ferry.</p>", f"<h1>Late</h1><p>{'All boats are late. ' * 30}</p>"])
def test_no_post_reaches_over_another_element(element: str, above: str) -> None:
    """What stands between two paragraphs parts them: it stays an embed, and no words above it are the post's."""
    found = find_embeds(f"{above}\n{element}\n{TWEET}", "html")
    assert [embed.platform for embed in found[:-1]] == [
        name for name, code in (("youtube", FRAME), ("twitter", QUOTE)) if code in element
    ]
    assert (found[-1].handle, found[-1].text) == ("maralind", "Two hours late again.")


@pytest.mark.parametrize(
    "above",
    [
        "@boquill Late again #ferry ♬ original sound - Bo Quill",
        "Post by @boquill View on Threads",
        "via GIPHY",
        "View post on imgur.com",
        "Posted by Harbour Office on Friday, October 2, 2020",
        "View this post on Instagram",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_no_post_reaches_over_another_one(above: str, gap: str) -> None:
    """Of two flattened posts, one below the other, each has its own words."""
    first, second = find_embeds(
        f"{above}{gap}Two hours late again.{gap}— Mara Lind (@maralind) October 3, 2020", "text"
    )
    assert first.platform != second.platform
    assert (second.handle, second.text) == ("maralind", "Two hours late again.")


@pytest.mark.parametrize(
    "source",
    [
        'Posted by <a href="/author/jane">Jane Doe</a> on <time>Friday, October 2, 2020</time>',
        'Posted by Jane Doe on <a href="https://blog.example/2020/10/02">Friday, October 2, 2020</a>',
        '— Jane Doe (<a href="https://www.instagram.com/janedoe">@janedoe</a>)',
    ],
)
def test_a_signature_that_leads_elsewhere_is_none_of_the_platform(source: str) -> None:
    """Blogs sign their posts in the words that Facebook's code has, and letters as X does."""
    assert find_embeds(f"<p>By noon the quay was empty again.</p><p>{source}</p>", "html") == []
