"""The text of a post as HTML."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.render.linkify import linkify

REL = 'rel="noopener noreferrer nofollow" dir="ltr"'


def inner(text: str, platform: str = "twitter") -> str:
    """The HTML inside the one paragraph of a text."""
    html = linkify(text, platform=platform)
    found = re.fullmatch(r'<p lang="" dir="auto">(.*)</p>', html, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c\nd", "a &lt; b &amp; c<br>d"),
        (
            "See https://a.example/b?c=1&d=2.",
            f'See <a href="https://a.example/b?c=1&amp;d=2" {REL}>https://a.example/b?c=1&amp;d=2</a>.',
        ),
        ("(https://a.example/b_(c))", f'(<a href="https://a.example/b_(c)" {REL}>https://a.example/b_(c)</a>)'),
        ('https://a.example/"onclick=x', f'<a href="https://a.example/" {REL}>https://a.example/</a>"onclick=x'),
        ("https://a.example/b'c", f'<a href="https://a.example/b&#x27;c" {REL}>https://a.example/b\'c</a>'),
        ("https://a.example/harb…", '<span class="archiver-faint">https://a.example/harb…</span>'),
        (
            "https://t.co/Ab3dEf6hIj",
            f'<a class="archiver-faint" href="https://t.co/Ab3dEf6hIj" {REL}>https://t.co/Ab3dEf6hIj</a>',
        ),
        ("Sea pic.twitter.com/Ab3dEf6hIj", 'Sea <span class="archiver-faint">pic.twitter.com/Ab3dEf6hIj</span>'),
        (
            "https://a.example/bpic.x.com/Ab3dEf6hIj",
            f'<a href="https://a.example/b" {REL}>https://a.example/b</a>'
            '<span class="archiver-faint">pic.x.com/Ab3dEf6hIj</span>',
        ),
        ("javascript:alert(1) data:text/html,x", "javascript:alert(1) data:text/html,x"),
        (
            "#tide_2 #हिन्दी ＃嵐 #١٢ا",
            " ".join(f'<span class="archiver-tag">{tag}</span>' for tag in ("#tide_2", "#हिन्दी", "＃嵐", "#١٢ا")),
        ),
        (
            "We are #1, a#b, &#39; and https://a.example/#c",
            f'We are #1, a#b, &amp;#39; and <a href="https://a.example/#c" {REL}>https://a.example/#c</a>',
        ),
        ("By @ines_okafor. Mail a@b.example", 'By <span class="archiver-tag">@ines_okafor</span>. Mail a@b.example'),
    ],
)
def test_what_is_marked_up(text: str, html: str) -> None:
    """Addresses are links, tokens muted, hashtags and mentions marked, all else is text."""
    assert inner(text) == html


@pytest.mark.parametrize(
    ("platform", "marked"),
    [
        ("instagram", ["@ines.okafor", "@sixteen_letters_x"]),
        ("twitter", ["@ines"]),
        ("bluesky", ["@ines.okafor"]),
        ("facebook", []),
        ("fernpost", []),
    ],
)
def test_mentions_are_marked_where_their_grammar_is_known(platform: str, marked: list[str]) -> None:
    """A mention is as long as a handle of its platform may be; where that is not known nothing is marked."""
    html = inner("With @ines.okafor. And @sixteen_letters_x!", platform)
    assert re.findall(r'<span class="archiver-tag">([^<]+)</span>', html) == marked


def test_blank_lines_part_paragraphs() -> None:
    """Each has its own direction, and the source has no line break of its own."""
    assert linkify("One.\r\n \nTwo.\n\n\nمرحبا", platform="twitter") == "".join(
        f'<p lang="" dir="auto">{words}</p>' for words in ("One.", "Two.", "مرحبا")
    )


PIECES = [*"ab1@#＃_./:()[]<>&\"'…\n 嵐h", "https://", "t.co/", "pic.x.com/", "@ines", "#tide"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_nothing_is_lost_or_added(text: str) -> None:
    """Without its markup the HTML reads as the text, line by line."""
    html = str(linkify(text, platform="twitter")).replace("</p><p ", "</p>\n\n<p ").replace("<br>", "\n")
    read = unescape(re.sub(r"<[^>]*>", "", html))
    assert re.sub(r"\s*\n\s*", "\n", read).strip() == re.sub(r"\s*\n\s*", "\n", text).strip()
