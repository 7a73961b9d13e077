"""Patching: a card in each embed's place, everything else byte for byte, and the way back."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html  # type: ignore[import-untyped]

from archiver.errors import ReadError
from archiver.find import find_embeds
from archiver.find.lexer import Opaque, Tag, lex
from archiver.find.loaders import find_loaders
from archiver.find.patched import patched_spans
from archiver.patching import cards_of
from archiver.platforms import PLATFORMS
from archiver.readers.offsets import byte_offsets
from archiver.records import Article, Embed, Format
from archiver.render.card import Card
from archiver.render.markdown import MARKDOWN
from archiver.render.pasted import card_styles, html_card, markdown_card, pasted_card, text_card
from archiver.render.patch import Patched, patch_article
from archiver.render.restore import put_back, restore_article
from archiver.render.spelling import NOTE, spell_out

FRAME = '<iframe src="https://www.instagram.com/p/CF1tGabcdef/embed/"></iframe>'
QUOTE = (
    '<blockquote class="twitter-tweet"><p lang="en">Low tide at noon</p>&mdash; Ines Okafor (@ines_okafor) '
    '<a href="https://twitter.com/ines_okafor/status/1311875027000000512">October 2, 2020</a></blockquote>'
)
FLATTENED = "View this post on Instagram A post shared by Ines Okafor (@ines.okafor) on Oct 2, 2020 at 4:16am PDT"
LOADER = '<script async src="//www.instagram.com/embed.js"></script>'


def article(source: str | bytes, form: Format, encoding: str = "utf-8") -> Article:
    """An article of these bytes, read in this encoding."""
    data = source if isinstance(source, bytes) else source.encode(encoding)
    return Article(
        folder="news",
        source="a",
        format=form,
        encoding=encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        content=data.decode(encoding, "replace"),
        data=data,
    )


def own_cards(embeds: Sequence[Embed]) -> list[Card]:
    """Cards by what the article says."""
    return cards_of(embeds, None)


def patch(source: Article, *, markdown: bool = False, keep_loaders: bool = False) -> Patched:
    """The article patched, with the promises that hold for any held here."""
    patched = patch_article(source, own_cards, markdown=markdown, keep_loaders=keep_loaders)
    if source.format == "text":
        assert put_back(patched.data, patched.replaced) == source.data
    else:
        assert restore_article(patched.data).data == source.data
    assert outside(patched) == outside_of(source, patched)
    again = article(patched.data, source.format, source.encoding)
    assert find_embeds(again.content, again.format) == []
    assert patch_article(again, own_cards, markdown=markdown, keep_loaders=keep_loaders).data == patched.data
    return patched


def outside(patched: Patched) -> bytes:
    """The bytes that no card or comment covers."""
    return put_back(
        patched.data, [each.__class__(start=each.start, end=each.end, original=b"|") for each in patched.replaced]
    )


def outside_of(source: Article, patched: Patched) -> bytes:
    """The original bytes, without those that were replaced."""
    data, position, shift = b"", 0, 0
    for each in patched.replaced:
        start = each.start - shift
        data += source.data[position:start] + b"|"
        position = start + len(each.original)
        shift += each.end - each.start - len(each.original)
    return data + source.data[position:]


EXAMPLES = [(each.source, each.format) for platform in PLATFORMS for each in platform.examples]


@pytest.mark.parametrize(("source", "form"), EXAMPLES)
def test_every_form_of_embed_becomes_a_card_and_can_be_put_back(source: str, form: Format) -> None:
    """Whatever a platform declares: one card, nothing left to find, and the same bytes after undoing."""
    for markdown in {False, form == "markdown"}:
        assert patch(article(f"Before\n\n{source}\n\nAfter", form), markdown=markdown).cards == 1


TEXTS = {
    "utf-8": "Zoë und 日本語 🙂",
    "utf-16-le": "Zoë und 日本語 🙂",
    "utf-16-be": "Zoë und 日本語 🙂",
    "utf-32-le": "Zoë und 日本語 🙂",
    "cp1252": "Zoë – “naïve”",
    "cp1251": "Светлана",
    "iso8859-2": "Łódź",
    "koi8_r": "Светлана",
    "cp932": "日本語テスト表",
    "euc_jp": "日本語テスト",
    "iso2022_jp": "日本語テスト",
    "gb18030": "中文 🙂 测试",
    "big5": "中文測試",
    "cp949": "한국어",
}
LAYOUTS: dict[str, tuple[Format, bool, str]] = {
    "page": ("html", False, "<p>{0}</p>NL<p>{0}{1}{0}</p>NL{2}{3}NL<p>{0}</p>NL"),
    "Markdown with HTML": ("markdown", False, "# {0}NLNL{1}NLNL{0} {4} {0}NLNL> {2}NL{3}NL"),
    "Markdown with quotes": ("markdown", True, "# {0}NLNL{1}NLNL{0} {4} {0}NLNL> {2}NL{3}NL"),
    "text": ("text", False, "{0}NLNL{4}NLNL{0} {4} {0}NL"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_encoding_and_line_ending_stays(layout: str, encoding: str, newline: str) -> None:
    """All but the replaced spans is the same byte for byte, and undoing gives all of it."""
    form, markdown, template = LAYOUTS[layout]
    mark = "\ufeff" if encoding.startswith("utf-") else ""
    source = mark + template.format(TEXTS[encoding], FRAME, QUOTE, LOADER, FLATTENED).replace("NL", newline)
    patched = patch(article(source, form, encoding), markdown=markdown)
    assert patched.cards >= 2
    if newline != "\n":
        cards = "".join(patched.data[each.start : each.end].decode(encoding) for each in patched.replaced)
        assert not re.search(r"(?<!\r)\n" if newline == "\r\n" else r"\n", cards)


@pytest.mark.parametrize("damage", [b"\xe2\x82", b"\xff", b"\xc3", b"\xf0\x9f\x99"])
@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_undecodable_bytes_beside_an_embed_stay(form: Format, damage: bytes) -> None:
    """U+FFFD stands for one to three bytes: the span still begins and ends at the right one."""
    embed = FLATTENED.encode() if form == "text" else FRAME.encode()
    glue = b"\n" if form == "text" else b""
    assert patch(article(b"A " + damage + glue + embed + glue + damage + b" B", form)).cards == 1


def test_a_place_between_two_states_of_an_encoding_is_refused() -> None:
    """In ISO-2022-JP, where no ASCII may stand on either side of an edge; nothing is written then."""
    marker = "この投稿をInstagramで見る\n港の合唱団(@minato.gassho)がシェアした投稿"
    data = f"{marker}この投稿をInstagramで見る".encode("iso2022_jp")
    assert find_embeds(data.decode("iso2022_jp"), "text")[0].end == len(marker)
    with pytest.raises(ReadError, match="exactly"):
        patch_article(article(data, "text", "iso2022_jp"), own_cards)


@given(st.binary(max_size=60), st.sampled_from(sorted({*TEXTS} - {"iso2022_jp"})))
def test_bytes_and_characters_are_told_apart_anywhere(data: bytes, encoding: str) -> None:
    """Each character ends where decoding the rest gives the rest; whatever the bytes are."""
    text = data.decode(encoding, "replace")
    offsets = byte_offsets(data, encoding, range(len(text) + 1))
    assert offsets is not None
    assert list(offsets.values()) == sorted(set(offsets.values()))
    assert [data[offsets[at] :].decode(encoding, "replace") for at in offsets] == [text[at:] for at in offsets]


# Page state

PARAGRAPH = "The ferry to the islands did not leave on Friday, because the tide stayed out."


def stated(code: str) -> str:
    """A script with the state of a page that says the words and then has the code."""
    state = json.dumps({"body": f"<p>{PARAGRAPH}</p>{code}"}).replace("<", "\\u003c")
    return f'<script type="application/json">{state}</script>'


def test_what_stands_in_page_state_is_left_as_it_is() -> None:
    """A card there would break the page's program, and its loader serves it still; undoing gives every byte."""
    page = article(f"<p>{PARAGRAPH}</p>{FRAME}{stated(QUOTE)}{LOADER}", "html")
    patched = patch_article(page, own_cards)
    assert (patched.cards, patched.loaders, patched.left) == (1, 0, 1)
    assert patched.data.endswith(f"{stated(QUOTE)}{LOADER}".encode())
    again = article(patched.data, "html")
    assert patch_article(again, own_cards) == Patched(data=patched.data, left=1)
    assert restore_article(patched.data).data == page.data


def test_a_page_with_embeds_in_its_state_alone_stays_as_it_is() -> None:
    """There is nothing to put in its place, and nothing to take out."""
    page = article(f"<p>{PARAGRAPH}</p>{stated(QUOTE)}{LOADER}", "html")
    assert patch_article(page, own_cards) == Patched(data=page.data, left=1)


@pytest.mark.parametrize("shown", [QUOTE, "<p>Low tide at noon</p><p>— Ines Okafor (@ines_okafor) October 2, 2020</p>"])
def test_a_card_stands_for_its_post_in_page_state_too(shown: str) -> None:
    """In the patched page the state says nothing new: no embed is found there."""
    patched = patch(article(f"<p>{PARAGRAPH}</p>{shown}{stated(QUOTE)}{LOADER}", "html"))
    assert (patched.cards, patched.loaders, patched.left) == (1, 1, 0)


# Loader scripts

TAKEN = (
    LOADER,
    '<script src="https://platform.twitter.com/widgets.js" charset="utf-8"></script >',
    '<script type="text/plain" data-src="https://www.tiktok.com/embed.js"></script>',
    '<script async custom-element="amp-instagram" src="https://cdn.ampproject.org/v0/amp-instagram-0.1.js"></script>',
    '<link rel="preload" as="script" href="//platform.twitter.com/widgets.js">',
    '<script>!function(d){var s=d.createElement("script");s.src="//connect.facebook.net/de_DE/sdk.js#xfbml=1"}'
    "(document)</script>",
    '<script src="https://mast.example.org/embed.js" async></script>',
)
KEPT = (
    '<script src="/embed.js"></script>',
    '<script src="https://cdn.example.org/widgets.js"></script>',
    '<script async src="https://cdn.ampproject.org/v0.js"></script>',
    '<script async custom-element="amp-ad" src="https://cdn.ampproject.org/v0/amp-ad-0.1.js"></script>',
    f'<script>load("//platform.twitter.com/widgets.js");{"work();" * 200}</script>',
    f"<!-- {LOADER} -->",
    '<a href="https://www.instagram.com/embed.js">the script</a>',
    "<script>var a = 1</script>",
)
TOOT = '<iframe src="https://mast.example.org/@ines/113237543551316025/embed"></iframe>'


@pytest.mark.parametrize("script", TAKEN)
def test_a_script_that_fills_in_embeds_goes_and_comes_back(script: str) -> None:
    """A comment stands in its place, unless it is to be kept."""
    page = article(f"<head>{script}</head><p>A</p>{TOOT}", "html")
    patched = patch(page)
    assert patched.loaders == 1
    assert script.encode() not in patched.data
    assert script.encode() in patch(page, keep_loaders=True).data


CALLERS = (
    '<iframe src="//www.facebook.com/plugins/like.php?href=x" width="90"></iframe>',
    '<img height="1" src="https://www.facebook.com/tr?id=1&amp;ev=PageView&amp;noscript=1"/>',
    '<script src="https://connect.facebook.net/en_US/fbevents.js"></script>',
    '<iframe src="https://platform.twitter.com/widgets/follow_button.html#screen_name=ines"> </iframe>',
    "<img src='//assets.pinterest.com/images/pidgets/pin_it_button.png'>",
)


@pytest.mark.parametrize("element", CALLERS)
def test_a_patched_page_calls_no_platform(element: str) -> None:
    """Buttons, boxes and tracking pixels go as the scripts do, come back as they do, and stay where that is said."""
    page = article(f"<head></head><p>A</p><noscript>{element}</noscript>{TOOT}", "html")
    patched = patch(page)
    assert patched.loaders == 1
    assert element.encode() not in patched.data
    assert element.encode() in patch(page, keep_loaders=True).data


def test_a_frame_that_is_never_closed_stays() -> None:
    """Where it ends cannot be told; a frame from elsewhere and a post's picture are none of a platform's calls."""
    for element in (
        '<iframe src="//www.facebook.com/plugins/like.php?href=x"><p>More.</p>',
        '<iframe src="https://maps.example.org/plugins/like.php"></iframe>',
        '<img src="https://example.org/facebook.com/tr">',
    ):
        assert patch(article(f"<p>A</p>{TOOT}{element}", "html")).loaders == 0


@pytest.mark.parametrize("script", KEPT)
def test_any_other_script_stays(script: str) -> None:
    """What a page runs for itself, shows or only mentions is not a loader."""
    assert patch(article(f"<head>{script}</head><p>A</p>{TOOT}", "html")).loaders == 0


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_an_article_without_embeds_stays_as_it_is(form: Format) -> None:
    """Its scripts may serve something."""
    source = article(f"One\n{LOADER}\n", form)
    assert patch(source).data == source.data


def test_sample_code_in_markdown_keeps_its_scripts() -> None:
    """What a fence shows is not the page's."""
    source = f"{FRAME}\n\n```html\n{LOADER}\n```\n"
    assert find_loaders(source, "markdown", ()) == []
    assert patch(article(source, "markdown")).loaders == 0


# Pages


def test_a_card_in_a_page_loads_nothing_and_runs_nothing() -> None:
    """No script, no address but in links, and no name that a page's stylesheet could mean."""
    page = patch(article(f"<p>A</p>{QUOTE}{FRAME}{LOADER}", "html")).data.decode()
    tags = [token for token in lex(page) if isinstance(token, Tag) and not token.closes]
    assert {tag.name for tag in tags if {"src", "srcset", "data", "poster"} & tag.attributes.keys()} == set()
    assert [token.name for token in lex(page) if isinstance(token, Opaque) and token.name != "comment"] == ["style"]
    names = [name for tag in tags for key in ("class", "id") for name in tag.attributes.get(key, "").split()]
    assert names
    assert [name for name in names if not name.startswith("archiver-")] == []


def test_the_styles_of_cards_fetch_nothing() -> None:
    """Neither an address nor the end of their own element stands in them."""
    css = card_styles().removeprefix("<style>").removesuffix("</style>")
    assert re.findall(r"url\(|@import|</", css) == []


def test_cards_of_one_page_share_their_styles_and_no_id() -> None:
    """Also those that come with a later run, when an editor has embedded something new."""
    first = patch(article(f"<p>A</p>{QUOTE}<p>B</p>", "html"))
    both = patch_article(article(first.data + FRAME.encode(), "html"), own_cards).data.decode()
    assert both.count("<style>") == 1
    ids = re.findall(r' id="([^"]+)"', both)
    assert len(ids) == len(set(ids)) == 2
    assert restore_article(both.encode()).data.decode() == f"<p>A</p>{QUOTE}<p>B</p>{FRAME}"


def test_a_card_is_well_formed_xml() -> None:
    """XHTML takes it too."""
    [card] = own_cards(find_embeds(QUOTE, "html"))
    assert lxml_html.fromstring(html_card(card)).tag == "article"
    assert re.findall(r"<br>|&(?!#|amp;|lt;|gt;|quot;)", html_card(card)) == []


def test_a_declaration_of_the_encoding_stays_where_it_counts() -> None:
    """Comments in place of loaders are longer than these; where they would push it out, the scripts stay."""
    head = "".join(f'<script src="https://www.instagram.com/embed.js?{n:02}"></script>' for n in range(14))
    source = f'<head>{head}<meta charset="windows-1252"></head><p>Zoë</p>{FRAME}'
    assert len(head) < 1024 - 40
    assert patch(article(source, "html", "cp1252")).loaders == 0


def test_undoing_needs_only_the_comments() -> None:
    """What was written around a card since is kept, a card whose comment broke is said to be there."""
    patched = patch(article(f"<p>Old</p>{QUOTE}<p>B</p>{FRAME}", "html")).data
    edited = patched.replace(b"<p>Old</p>", b"<h1>New</h1>")
    assert restore_article(edited).data.decode() == f"<h1>New</h1>{QUOTE}<p>B</p>{FRAME}"
    broken = restore_article(patched.replace(b"<!-- /archiver:embed -->", b"", 1))
    assert (broken.cards, broken.damaged) == (1, 1)
    assert broken.data.endswith(f"<p>B</p>{FRAME}".encode())


# Markdown


def rendered(patched: Patched) -> str:
    """The Markdown as HTML."""
    return str(MARKDOWN.render(patched.data.decode()))


@pytest.mark.parametrize("markdown", [False, True])
def test_what_follows_a_card_on_its_line_is_still_markdown(markdown: bool) -> None:
    """An embed in the middle of a paragraph leaves two paragraphs, both with their emphasis."""
    page = rendered(patch(article(f"*One* {FLATTENED} **two** and\nthree\n", "markdown"), markdown=markdown))
    assert "<p><em>One</em>" in page
    assert "<strong>two</strong> and\nthree</p>" in page


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize(
    ("source", "path"),
    [
        (f"> Said:\n>\n> {FRAME}\n\nAfter\n", "blockquote"),
        (f"- One\n\n  {FRAME}\n\n- Two\n", "li"),
        (f"- {FRAME}\n- Two\n", "li"),
        (f"1. One {FRAME} more\n2. Two\n", "li"),
        (f"| a | b |\n|---|---|\n| one | {FRAME} |\n| two | *three* |\n", "td"),
    ],
)
def test_a_card_stays_in_the_quote_list_or_table_it_stands_in(source: str, path: str, markdown: bool) -> None:
    """And what comes after it too."""
    tree = lxml_html.fromstring(f"<div>{rendered(patch(article(source, 'markdown'), markdown=markdown))}</div>")
    words = "A post on Instagram"
    assert [each for each in tree.iter(path) if words in re.sub(r"\s+", " ", each.text_content())]
    before = lxml_html.fromstring(f"<div>{MARKDOWN.render(source)}</div>")
    parts = "//*[(self::li or self::tr) and not(ancestor::article)]"
    assert [each.tag for each in tree.xpath(parts)] == [each.tag for each in before.xpath(parts)]


def card(**known: Any) -> Card:
    """A card that says what is given."""
    return Card(ordinal=None, post="instagram:x", platform="instagram", **known)


WORDS = st.text(st.sampled_from("ab *_`[]<>#&~|!$^{}().:/-+=1\\\n@wé’🙂 \t"), min_size=1, max_size=60).filter(
    lambda text: text.strip() and "www" not in text
)


@example("1. one\n- two\n# three\n+ four\n=====\n---")
@example("<b>bold</b> &amp; [a](b) ![c](d) `e` \\* ~~f~~ | g")
@example("    four spaces\n\n\nhttps://example.org/a_b_c")
@given(WORDS)
def test_the_words_of_a_post_read_the_same_in_markdown(text: str) -> None:
    """Nothing in them is taken for emphasis, a link, a list, a heading or HTML, in whichever dialect."""
    tree = lxml_html.fromstring(f"<div>{MARKDOWN.render(markdown_card(card(text=text, name='A_b *c*')))}</div>")
    [quote] = tree.iter("blockquote")
    read = " ".join(quote.text_content().split())
    assert read.startswith(" ".join(f"A_b *c* on Instagram {text}".split()))
    assert {each.tag for each in quote.iterdescendants()} <= {"p", "strong", "br", "em"}


# Text


def test_a_card_in_text_keeps_its_width() -> None:
    """Lines are wrapped at 78 characters; an address is never broken."""
    address = f"https://example.org/{'a' * 90}"
    lines = text_card(card(text="word " * 60, name="Ines Okafor", permalink=address)).split("\n")
    assert [line for line in lines if len(line) > 78] == [address]
    assert len(lines[0]) == len(lines[-1]) == 78


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("“Well” – she’s gone…", "cp1252", "“Well” – she’s gone…"),
        ("“Well” – she’s gone…", "iso8859-2", '"Well" - she\'s gone...'),
        ("Zoë", "koi8_r", "Zoe"),
        ("Tea ✨ time", "cp1252", "Tea [sparkles] time"),
    ],
)
def test_what_an_encoding_lacks_is_spelled_out_and_said(text: str, encoding: str, expected: str) -> None:
    """Nothing is left out or replaced without a word."""
    spelled = spell_out(text_card(card(text=text)), encoding)
    assert f"    {expected}\n" in spelled
    assert (NOTE in spelled) is (text != expected)


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_a_pasted_card_is_no_embed(form: Format) -> None:
    """A page that it was pasted into is scanned as if it were not there."""
    known = {"text": "Low tide", "name": "Ines Okafor", "handle": "ines.okafor", "posted_at": "2020-10-02T11:16Z"}
    pasted = pasted_card(card(permalink="https://www.instagram.com/p/CF1tGabcdef/", **known), form)
    source = f"Before\n\n{pasted}\n\nAfter\n"
    assert len(patched_spans(source, form)) == 1
    assert find_embeds(source, form) == []


# Anything

PIECES = st.sampled_from(
    [*("<p>", "</p>", "\n\n", "\r\n", " ", "<div>", "</div>", "> ", "- ", "| ", "```\n", "<!--", "-->", "</article>")]
    + [*TEXTS.values(), "It rained.", FRAME, QUOTE, FLATTENED, LOADER, *TAKEN, *KEPT, "https://vimeo.com/76979871"]
    + [source for source, _ in EXAMPLES]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12), st.sampled_from(sorted(TEXTS)), st.sampled_from(["html", "markdown", "text"]))
def test_whatever_stands_around_embeds_stays(pieces: list[str], encoding: str, form: Format) -> None:
    """Outside the replaced spans the bytes are the same, undoing gives all of them, and twice is once."""
    mark = "\ufeff" if encoding.startswith("utf-") else ""
    data = (mark + "".join(pieces)).encode(encoding, "replace")
    source = article(data, form, encoding)
    try:
        patched = patch_article(source, own_cards, markdown=len(pieces) % 2 == 0)
    except ReadError:
        assert encoding == "iso2022_jp"  # refused, as above
        return
    back = put_back(patched.data, patched.replaced) if form == "text" else restore_article(patched.data).data
    assert back == data
    assert outside(patched) == outside_of(source, patched)
    again = article(patched.data, form, encoding)
    assert find_embeds(again.content, form) == []


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize(
    ("source", "more"),
    [
        (
            "> Six boats.\n> — Mara Lind (@maralind) October 2, 2020\n",
            "> — Bo Quill (@boquill) October 5, 2020\n",
        ),
        (f"Six boats.\n\n{FRAME}\n", "\n— Bo Quill (@boquill) October 5, 2020\n"),
        (f"Six boats.\n\n{FRAME}\n", '\n<blockquote class="twitter-tweet">\n\n`a`\n'),
        (f"Six boats.\n\n{FRAME}\n", '\nWrite `<iframe src="https://www.youtube.com/embed/nB3rTh-Pil0">`.\n'),
    ],
)
def test_what_is_written_below_a_card_does_not_reach_into_it(source: str, more: str, *, markdown: bool) -> None:
    """An article that goes on after it was patched is patched again beside its cards, and all of it comes back."""
    first = patch(article(f"Fog.\n\n{FLATTENED}\n\n{source}", "markdown"), markdown=markdown).data
    second = patch_article(article(first + more.encode(), "markdown"), own_cards, markdown=markdown).data
    assert second.startswith(first.rstrip())
    assert restore_article(second).data == f"Fog.\n\n{FLATTENED}\n\n{source}{more}".encode()
