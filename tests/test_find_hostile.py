"""Sources made to break the finder: each is searched, in order and true to its spans, before an alarm rings."""

from collections.abc import Callable
from math import isqrt

import pytest

from archiver.find import find_embeds
from archiver.platforms import PLATFORMS
from archiver.records import Embed, Format
from tests.alarm import alarm

MEGABYTE = 1_000_000
# Far above what a slow machine needs with its tests watched, far below what takes time squared.
ALARM = 20.0

TAIL = "A post shared by Ines Okafor (@ines.okafor) on Oct 2, 2020 at 4:16am PDT"
LEAD = "View this post on Instagram"
LINE = "— Mara Lind (@maralind) December 24, 2016"
PAGE = "".join(
    f"<div class='a'><p>Words &amp; more words.</p>{example.source}</div>\n"
    for platform in PLATFORMS
    for example in platform.examples
    if example.format == "html"
)


def found_in_time(source: str, format_: Format, seconds: float = ALARM) -> list[Embed]:
    """The embeds of a source, whose spans are true, found before the alarm."""
    with alarm(seconds):
        embeds = find_embeds(source, format_)
    assert all(source[embed.start : embed.end] == embed.marker for embed in embeds)
    return embeds


HOSTILE: dict[str, tuple[Format, Callable[[int], str]]] = {
    "unclosed tags": ("html", lambda size: f"{LEAD}(@a)" + "<b>" * (size // 3)),
    "unclosed blockquotes": ("html", lambda size: "<blockquote class='twitter-tweet'>" * (size // 34)),
    "embeds never closed": ("html", lambda size: "<blockquote class='twitter-tweet'>(@a) Oct 2, 2020" * (size // 50)),
    "unclosed divs in an embed": ("html", lambda size: "<blockquote class='twitter-tweet'>" + "<div>" * (size // 5)),
    "end tags alone": ("html", lambda size: f"{LEAD}<p>" + "</b></div></blockquote>" * (size // 23)),
    "crossing tags": ("html", lambda size: f"{LEAD}<p>" + "<b><i></b></i>" * (size // 14)),
    "open quotes": ("html", lambda size: "instagram-media " + '<a b="' * (size // 6)),
    "open quotes of two kinds": ("html", lambda size: "instagram-media " + "<a b='<a b=\"" * (size // 12)),
    "open tags": ("html", lambda size: "instagram-media " + "<a " * (size // 3)),
    "equals signs": ("html", lambda size: "instagram-media <a " + "= " * (size // 2)),
    "spaces in a tag": ("html", lambda size: "instagram-media <a b" + " " * size),
    "open comments": ("html", lambda size: "instagram-media " + "<!-- -" * (size // 6)),
    "open sections": ("html", lambda size: "instagram-media " + "<![CDATA[" * (size // 9)),
    "open scripts": ("html", lambda size: "instagram-media " + "<script>" * (size // 8)),
    "end tags that never end": ("html", lambda size: "instagram-media <pre>" + "</pre " * (size // 6)),
    "less-than signs": ("html", lambda size: "instagram-media " + "<" * size),
    "anchors": ("html", lambda size: f"<p>{LINE}</p>" + "<a href=x>" * (size // 10)),
    "leads in a page": ("html", lambda size: f"<p>{LEAD}</p>" * (size // 34)),
    "tails in a page": ("html", lambda size: f"<p>{TAIL}</p>" * (size // 80)),
    "tails across tags": ("html", lambda size: f"<p><b>{TAIL.replace('(', '</b>(')}</p>" * (size // 86)),
    "attributions unbalanced": ("html", lambda size: f"<b>{LINE.replace('(', '<i>(')}" * (size // 47)),
    "addresses in a page": ("html", lambda size: "<p>https://x.com/a/status/20</p>" * (size // 32)),
    "leads": ("text", lambda size: f"{LEAD} " * (size // 28)),
    "leads on lines": ("text", lambda size: f"{LEAD}\n" * (size // 28)),
    "leads far apart": ("text", lambda size: (LEAD + " a" * 1000) * (size // 2025)),
    "half leads": ("text", lambda size: "View this post on " * (size // 18) + "Instagram"),
    "a lead far from its tail": ("text", lambda size: LEAD + "Instagram " * (size // 10) + TAIL),
    "tails": ("text", lambda size: f"{TAIL}\n\n" * (size // 74)),
    "wordings": ("text", lambda size: "A post shared by " * (size // 17)),
    "wordings before one handle": ("text", lambda size: "A post shared by " * (size // 17) + "(@a) on"),
    "handles": ("text", lambda size: "(@a)" * (size // 4)),
    "long handles": ("text", lambda size: "(@" + "a" * size),
    "handles of dots": ("text", lambda size: "(@" + "a. " * (size // 3) + ")"),
    "at signs": ("text", lambda size: "@" * size),
    "dashes": ("text", lambda size: "— " * (size // 2) + "(@a)"),
    "dashes and handles": ("text", lambda size: "— - (@a) " * (size // 9)),
    "dated handles": ("text", lambda size: "(@a) Oct 2, 2020 " * (size // 17)),
    "blanks before a date": ("text", lambda size: ("(@a)" + " " * 400) * (size // 404)),
    "line ends before a date": ("text", lambda size: ("(@a)" + "\n" * 400) * (size // 404)),
    "sentences before attributions": ("text", lambda size: ("A b. " * 60 + LINE) * (size // 350)),
    "lines before attributions": ("text", lambda size: ("#a\n" * 90 + LINE + "\n") * (size // 310)),
    "gaps before attributions": ("text", lambda size: ("a #b" + "\n" * 250 + LINE + "\n") * (size // 300)),
    "glue before attributions": ("text", lambda size: ("ab.Cd" * 60 + LINE) * (size // 350)),
    "marks before attributions": ("text", lambda size: ("”, a. " * 60 + LINE) * (size // 410)),
    "tags before attributions": ("text", lambda size: ("a b c " + "#a " * 90 + "\n" + TAIL + "\n") * (size // 350)),
    "tokens": ("text", lambda size: "pic.twitter.com/Ab3dEf6hIj " * (size // 27)),
    "tokens before one attribution": ("text", lambda size: "pic.twitter.com/Ab3dEf6hIj " * (size // 27) + LINE),
    "addresses": ("text", lambda size: "https://x.com/a/status/20\n" * (size // 26)),
    "addresses on one line": ("text", lambda size: "https://x.com/a/status/20 " * (size // 26)),
    "one long address": ("text", lambda size: "https://x.com/a/status/" + "2" * size),
    "schemes": ("text", lambda size: "://" * (size // 3)),
    "indented schemes": ("text", lambda size: (" " * 40 + "://") * (size // 43)),
    "open shortcodes": ("text", lambda size: "[embed][tweet [instagram " * (size // 25)),
    "shortcodes full of blanks": ("text", lambda size: ("[tweet" + " " * 300) * (size // 306)),
    "entities": ("text", lambda size: "(@a)" + "&amp;" * (size // 5) + "(@a)"),
    "ampersands": ("text", lambda size: "(@a)&" * (size // 5)),
    "invisible characters": ("text", lambda size: ("(@a" + "\u200b" * 300 + ")") * (size // 304)),
    "NULs": ("text", lambda size: "\0" * size + TAIL),
    "carriage returns": ("text", lambda size: "\r" * size + TAIL),
    "ticks": ("markdown", lambda size: f"{TAIL}\n" + "`" * size),
    "ticks apart": ("markdown", lambda size: f"{TAIL}\n" + "` " * (size // 2)),
    "open fences": ("markdown", lambda size: f"{TAIL}\n" + "~~~\na\n" * (size // 6)),
    "fences ever shorter": ("markdown", lambda size: "".join("~" * n + "a\n" for n in range(isqrt(2 * size), 2, -1))),
    "quote marks": ("markdown", lambda size: f"{TAIL}\n" + "> " * (size // 2)),
    "brackets": ("markdown", lambda size: f"(@a){'[' * 200}" * (size // 204)),
    "links": ("markdown", lambda size: f"[{LEAD}](" * (size // 30)),
    "links to labels": ("markdown", lambda size: "[(@a) Oct 2, 2020][1] " * (size // 22)),
    "links to any label": ("markdown", lambda size: "".join(f"[(@a) Oct 2, 2020][{n}] " for n in range(size // 27))),
    "labels before links": ("markdown", lambda size: "[a]: /b\n" * (size // 16) + "[(@a)][a] " * (size // 20)),
    "links beside handles": ("markdown", lambda size: "][a]\n> [May 1, 2015 (@a) " * (size // 25)),
    "open links": ("markdown", lambda size: "(@a)[](" * (size // 7)),
    "tags in Markdown": ("markdown", lambda size: "(@a)<b " * (size // 7)),
    "escapes": ("markdown", lambda size: "(@a)" + "\\" * size),
}  # fmt: skip


@pytest.mark.no_cover
@pytest.mark.parametrize("name", HOSTILE)
def test_much_of_anything_is_searched(name: str) -> None:
    """Hundreds of kilobytes of what a pattern may stumble over take no longer than an alarm allows."""
    format_, make = HOSTILE[name]
    found_in_time(make(MEGABYTE // 4), format_)


@pytest.mark.no_cover
@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
@pytest.mark.parametrize("word", ["word ", "word@example.org "])
def test_ten_megabytes_on_one_line(word: str, format_: Format) -> None:
    """An endless line of prose is searched, and the one embed at its end is found."""
    source = word * (10 * MEGABYTE // len(word)) + f"It rained. {TAIL}"
    assert [embed.marker for embed in found_in_time(source, format_)] == [TAIL]


@pytest.mark.no_cover
def test_a_quarter_of_a_million_unclosed_tags() -> None:
    """A page of so many open elements has the embed that stands in the last."""
    source = f"{'<div>' * (MEGABYTE // 4)}{TAIL}"
    assert [embed.handle for embed in found_in_time(source, "html")] == ["ines.okafor"]


@pytest.mark.no_cover
def test_unclosed_tags_inside_an_embed() -> None:
    """An embed with thirty thousand open elements in it is one embed."""
    source = f"<blockquote class='twitter-tweet'>{LINE}{'<b>' * 30_000}</blockquote>"
    assert [embed.marker for embed in found_in_time(source, "html")] == [source]


@pytest.mark.no_cover
def test_deep_quotes_hold_their_embed() -> None:
    """Ten thousand quotes around an embed change nothing."""
    element = f"<blockquote class='twitter-tweet'>{LINE}</blockquote>"
    source = f"{'<blockquote>' * 10_000}{element}{'</blockquote>' * 10_000}"
    assert [embed.marker for embed in found_in_time(source, "html")] == [element]


@pytest.mark.parametrize(
    "piece",
    [
        '<script type="text/template">x',
        '<textarea hidden><script type="text/template">',
        "<div data-html=\"&lt;div data-html='&lt;iframe",
    ],
)
def test_code_that_waits_in_code_that_waits_is_read_once(piece: str) -> None:
    """However often embed code waits in itself, the time grows with its length."""
    assert found_in_time(f"<i class=twitter-tweet>{piece * 400}", "html") == []


@pytest.mark.parametrize("cut", range(50, len(PAGE) + 50, 50))
def test_a_page_may_break_off_anywhere(cut: int) -> None:
    """Of a truncated page every embed before the cut is found as in the whole."""
    whole = [embed for embed in find_embeds(PAGE, "html") if embed.end <= cut]
    assert found_in_time(PAGE[:cut], "html")[: len(whole)] == whole


@pytest.mark.parametrize("cut", range(1, len(TAIL)))
def test_a_tail_may_break_off_anywhere(cut: int) -> None:
    """A truncated attribution is one embed with its whole handle, or none."""
    handles = [embed.handle for embed in found_in_time(TAIL[:cut], "text")]
    assert handles == (["ines.okafor"] if cut >= TAIL.index(")") + 1 else [])


@pytest.mark.parametrize(
    "character", ["\0", "\ud800", "\udfff", "\ufffc", "\ufffd", "\u202e", "\ufeff", "\x85", "\u2028"]
)
@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_no_character_is_an_obstacle(character: str, format_: Format) -> None:
    """A lone surrogate or a control before, in and behind a marker leaves its handle and its time."""
    source = f"It rained.{character}\n\n{TAIL.replace('Okafor', f'Oka{character}for')}\n\n{character}"
    (embed,) = found_in_time(source, format_)
    assert (embed.handle, embed.posted_at) == ("ines.okafor", "2020-10-02T11:16Z")


@pytest.mark.parametrize(
    "url",
    ["https://[", "https://[::1", "https://x.com:port/a/status/20", "//", "http://\ud800/", "https://x.com／a", "\0"],
)
def test_no_address_is_an_obstacle(url: str) -> None:
    """An address that is none is passed over, and the one beside it found."""
    source = (
        f'<blockquote class="twitter-tweet"><a href="{url}">a</a><a href="https://x.com/a/status/20">b</a></blockquote>'
    )
    assert [embed.native_id for embed in found_in_time(source, "html")] == ["20"]
