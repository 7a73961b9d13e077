"""The prefilter refuses no page that holds an embed, whatever else the page says."""

import base64
from html import escape

import pytest

from archiver.find import find_embeds
from archiver.find.prefilter import may_hold_embeds
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform

FRAME = '<iframe src="https://www.youtube.com/embed/nB3rTh-Pil0"></iframe>'
CARRIERS = [
    "<p>{}</p>",
    "<div>\n  {}\n</div>",
    "<p>Fog.</p>[embed]{}[/embed]",
    '<figure class="media"><oembed url="{}"></oembed></figure>',
    *(f'<div {name}="{{}}"></div>' for name in ("data-oembed-url", "data-href", "data-url", "data-embedded-url")),
    *(f"<div {name}='{{}}'></div>" for name in ("data-resourceurl", "data-extcontent_url", "data-embed-url")),
    '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{}\n</div></figure>',
]
OPENED = '<div class="fb-post"></div>{}'
"""What opens a page for the parser, and is no embed itself."""


def permalinks(platform: Platform) -> list[str]:
    """The addresses of the posts in a platform's examples, as they are and on other hosts."""
    embeds = [embed for example in platform.examples for embed in find_embeds(example.source, example.format)]
    links = list(
        dict.fromkeys(embed.permalink for embed in embeds if embed.platform == platform.name and embed.permalink)
    )
    return [*links, *(link.replace("https://", "http://") for link in links)]


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_what_a_page_is_found_to_hold_does_not_depend_on_what_else_it_holds(platform: Platform) -> None:
    """An address is an embed in each carrier that it is one in on a page of which all is read."""
    links = permalinks(platform)
    assert links
    found = 0
    for link in links:
        for carrier in CARRIERS:
            alone, opened = (
                [embed.permalink for embed in find_embeds(source, "html")]
                for source in (carrier.format(link), OPENED.format(carrier.format(link)))
            )
            assert alone == opened, carrier.format(link)
            found += len(alone)
    assert found >= len(links) * 8


EXAMPLES = [
    pytest.param(example.source, id=f"{platform.name}-{number}")
    for platform in PLATFORMS
    for number, example in enumerate(platform.examples)
    if example.format == "text"
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_what_is_left_of_an_embed_opens_a_page_by_itself(text: str) -> None:
    """Words that a flattener left in a page's paragraphs are found there as on a page that something else opens."""
    page = "".join(f"<p>{escape(line, quote=False)}</p>\n" for line in text.split("\n"))
    alone, opened = (
        [(embed.platform, embed.marker) for embed in find_embeds(source, "html")]
        for source in (page, OPENED.format(page))
    )
    assert alone == opened


@pytest.mark.parametrize("kind", ["text/template", "text/x-template"])
def test_code_in_base64_has_no_trace(kind: str) -> None:
    """Borlabs keeps the embed code back until the reader consents."""
    code = base64.b64encode(FRAME.encode()).decode()
    (embed,) = find_embeds(f'<div class="borlabs-hide"><script type="{kind}">{code}</script></div>', "html")
    assert embed.native_id == "nB3rTh-Pil0"


@pytest.mark.parametrize("name", ["data-html", "data-iframe", "data-content"])
def test_code_in_an_attribute_is_escaped(name: str) -> None:
    """Its address is like any other's page: the code itself is the trace."""
    code = "&lt;iframe src=&quot;https://mast.example.org/@ines/103270115826048975/embed&quot;&gt;&lt;/iframe&gt;"
    (embed,) = find_embeds(f'<div {name}="{code}"></div>', "html")
    assert embed.platform == "mastodon"


@pytest.mark.parametrize(
    "page",
    [
        "<p>Fog.</p>",
        '<a href="https://www.facebook.com/northpilots/posts/10158899000012345">Share</a>',
        '<p>See https://www.facebook.com/northpilots and <a href="https://x.com/maralind">her</a>.</p>',
    ],
)
def test_a_page_with_links_only_is_not_read(page: str) -> None:
    """Most pages link to platforms; they need no parse."""
    assert not may_hold_embeds(page)
