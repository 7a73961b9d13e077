"""Bodies: the main content of a page, or a text, with a slot for each embed."""

import re
from hashlib import sha256
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.records import Article, Embed, Picture
from archiver.render.body import render_body
from archiver.render.markdown import render_markdown
from archiver.render.plain import render_text
from archiver.render.slots import fill_slots, slot_ordinals
from tests.alarm import alarm

MARK = re.compile("EMBED[0-9]")
ALARM = 20.0
"""Processor seconds, many times what the slowest of the broken pages takes."""


def embeds_in(content: str) -> list[Embed]:
    """An embed for each EMBED1, EMBED2, … in the source."""
    return [
        Embed(ordinal=n, platform="x", form="text", start=found.start(), end=found.end(), marker=found[0])
        for n, found in enumerate(MARK.finditer(content), 1)
    ]


def article(content: str, **told: str) -> Article:
    """A page with this source."""
    digest = sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    known = {"folder": "news", "source": "a", "encoding": "utf-8", "data": b""}
    return Article(content=content, format="html", sha256=digest, **known, **told)  # type: ignore[arg-type]


def body_of(content: str, **told: str) -> str:
    """The body of a page."""
    return render_body(article(content, **told), embeds_in(content))


def words(html: str) -> str:
    """The text of HTML, white space made single."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split())


PROSE = "".join(
    f"<p>Sentence {n} of a report about the harbour, long enough, with commas, to be read.</p>" for n in range(9)
)
PAGE = f"""<html><head><title>Harbour</title><script>var a = 1</script></head><body>
<nav><a href="/">Home</a></nav><div class="wrap"><main><article><h1>Harbour</h1>{PROSE}<p>Before.</p>EMBED1
<p>After.</p>{PROSE}<div class="related">Read this instead</div></article></main>
<aside>Advertisement</aside></div><footer>Imprint</footer></body></html>"""


@pytest.mark.parametrize(
    ("page", "order"),
    [
        (PAGE.replace("</body>", '<script type="application/json">["EMBED2","EMBED3"]</script></body>'), [1, 2, 3]),
        (PAGE.replace("EMBED1", "EMBED2").replace("var a = 1", "var a = 'EMBED1'"), [1, 2]),
        (PAGE.replace("EMBED1", "<script>'EMBED1'</script>").replace("Imprint", "<script>'EMBED2'</script>"), [1, 2]),
    ],
)
def test_the_place_of_a_script_says_nothing(page: str, order: list[int]) -> None:
    """What stands in one comes into the main content, in order, and brings nothing with it from where it stood."""
    body = body_of(page, title="Harbour")
    assert slot_ordinals(body) == order
    assert words(body) == words(body_of(PAGE, title="Harbour"))


def test_main_content_is_kept_and_the_rest_goes() -> None:
    """The report stands with its embed between its paragraphs; navigation, advertising and imprint are gone."""
    body = body_of(PAGE, title="Harbour")
    assert "<p>Before.</p><!--embed 1-->" in body
    assert not re.search("Home|Advertisement|Imprint|instead|var a|<h1|<h2", body)


def test_an_embed_in_a_sidebar_stays() -> None:
    """An embed outside the main content widens what is shown instead of being lost."""
    body = body_of(PAGE.replace("Advertisement", "Aside EMBED2"))
    assert slot_ordinals(body) == [1, 2]
    assert "Sentence 8" in body


HEADED = {
    "named as its widget": '<div class="sidebar"><h3 class="widget-title">Kept heading</h3>EMBED1</div>',
    "of a section": "<section><header><h3>Kept heading</h3></header><p>On the pier.</p></section>EMBED1",
}


@pytest.mark.parametrize("part", HEADED.values(), ids=HEADED.keys())
def test_what_is_kept_keeps_its_heading(part: str) -> None:
    """A heading goes with what it stands over, whatever its own name."""
    page = f"<body><header><p>Site heading</p></header><div>{PROSE}{part}{PROSE}</div><footer>Imprint</footer>"
    body = body_of(page)
    assert "Kept heading" in body
    assert not re.search("Site heading|Imprint", body)


PLACES = {
    "attribute": '<div data-embed="EMBED1">a</div>',
    "attribute of html": '<html data-x="EMBED1"><body><p>a',
    "head": "<head>EMBED1</head><p>a",
    "title": "<title>EMBED1</title><p>a",
    "select": "<p>a<select><option>EMBED1</select>b",
    "textarea": "<p>a<textarea>EMBED1</textarea>",
    "comment": "<p>a<!-- EMBED1 --><p>b",
    "script": "<p>a<script>EMBED1</script>b",
    "svg": "<p>a<svg><text>EMBED1</text></svg>b",
    "table row": "<table><tr>EMBED1<td>a</table>",
    "inline": "<p>a <b>b <i>c EMBED1 d</i> e</b> f</p>",
    "two glued": "<p>a EMBED1EMBED2 b",
    "attribute and content": '<div title="EMBED1">EMBED2<p>a</div>EMBED3',
    "image description": '<p>a<img alt="EMBED1"><p>EMBED2',
    "forged slot": "<p><!--embed 1-->EMBED1&lt;!--embed 1--&gt;",
    "frameset": "<frameset><frame src='EMBED1'></frameset>",
    "nothing else": "EMBED1",
    "unclosed script": "a<script>EMBED1",
}


@pytest.mark.parametrize("content", PLACES.values(), ids=PLACES.keys())
def test_no_place_hides_an_embed(content: str) -> None:
    """Wherever an embed stands in the source, it has one slot, and the slots are in order."""
    assert slot_ordinals(body_of(content)) == [embed.ordinal for embed in embeds_in(content)]


def test_a_paragraph_is_split_around_its_card() -> None:
    """A card cannot stand in a paragraph: the text before and after it keeps its emphasis and its order."""
    body = body_of(PLACES["inline"])
    assert body == "<p>a <b>b <i>c </i></b></p><!--embed 1--><p><b><i> d</i> e</b> f</p>"


BROKEN = {
    "empty": "",
    "deep": "<div>" * 100_000 + "EMBED1",
    "unclosed": "EMBED1" + "<div>x" * 200_000,
    "unclosed paragraphs": "EMBED1" + "<p>x" * 100_000,
    "misnested": "EMBED1" + "<p><b>x</p>" * 50_000,
    "scripts": "<script>" * 200_000 + "EMBED1",
    "angles": "<" * 500_000 + "EMBED1",
    "ampersands": "&" * 500_000 + "EMBED1",
    "nul": "\0<p>a\0EMBED1\ud800b",
    "declared otherwise": '<?xml version="1.0" encoding="utf-16"?><p>é EMBED1',
}


@pytest.mark.no_cover
@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_broken_pages_are_read_in_linear_time(content: str) -> None:
    """No page raises or runs away, and none loses its embed."""
    with alarm(ALARM):
        assert slot_ordinals(body_of(content)) == [embed.ordinal for embed in embeds_in(content)]


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<table>", "<td>", "<b>", "</b>", "<a ", ">", "'", "<!--", "-->", "x ", "EMBED1"]
        )
    )
)
def test_any_soup_keeps_its_embeds(parts: list[str]) -> None:
    """Whatever the tags, every embed has one slot, in order."""
    content = "".join(parts)
    assert slot_ordinals(body_of(content)) == [embed.ordinal for embed in embeds_in(content)]


def test_a_saved_picture_is_shown() -> None:
    """An image that lies beside the page is shown from the site's media."""
    page = article('<p>A long enough text.</p><img src="a_files/p.png" alt="A pier">')
    picture = Picture(src="a_files/p.png", type="image/png", data=b"png")
    shown = render_body(
        Article(**{name: getattr(page, name) for name in page.__slots__} | {"pictures": (picture,)}), []
    )
    assert f'<img src="../media/{sha256(b"png").hexdigest()}.png" alt="A pier">' in shown


TEXTS = [
    " date 2020-10-02 A summary\n\nFirst line\nsecond EMBED1 more\n\n\nEMBED2\n\nLast ",
    "a\r\n\r\nb\rc EMBED1\r\n",
    "<b>&amp; <!--embed 1--> EMBED1",
    "\ufeffمقال EMBED1 نص\n\n 日本語",
    "EMBED1EMBED2",
    "   \n \n",
]


def text_content(html: str) -> str:
    """The text of HTML as a parser sees it."""
    return unescape(re.sub(r"<[^<>]*>", "", html.replace("&#13;", "\r"))) if html else ""


@pytest.mark.parametrize("content", TEXTS)
def test_a_text_is_kept_to_the_character(content: str) -> None:
    """With the markers in the slots, the text of the page is the source, white space and line ends included."""
    embeds = embeds_in(content)
    html = fill_slots(render_text(content, embeds), lambda n: embeds[n - 1].marker)
    assert text_content(html) == content


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\f\r")))
def test_any_text_is_kept(content: str) -> None:
    """No character that a page may hold is added, lost or changed."""
    assert text_content(render_text(content, [])) == content


MARKDOWNS = {
    "list": "- one\n- two\n\n  EMBED1\n\n- three",
    "quote": "> said\n>\n> EMBED1\n>\n> again\n\nend",
    "table": "| a | b |\n|---|---|\n| c EMBED1 | d |\n\n~~gone~~",
    "raw html": "before\n\n<div class='x'>\n\nEMBED1\n\n</div>\n\nafter <b>bold</b>",
    "inline": "one *two EMBED1 three* four",
    "code": "```\na EMBED1 b\n```\n\nend",
}


@pytest.mark.parametrize("content", MARKDOWNS.values(), ids=MARKDOWNS.keys())
def test_markdown_is_complete_and_in_order(content: str) -> None:
    """The rendered text with markers in the slots is that of the same Markdown rendered without any embed."""
    embeds, digest = embeds_in(content), "0" * 64
    with_cards = fill_slots(render_markdown(content, embeds, sha256=digest), lambda n: f" {embeds[n - 1].marker} ")
    assert words(with_cards) == words(render_markdown(content, [], sha256=digest))


def test_a_card_in_a_quote_stays_there() -> None:
    """A card stands in the block where its embed stood."""
    body = render_markdown(MARKDOWNS["quote"], embeds_in(MARKDOWNS["quote"]), sha256="0" * 64)
    assert re.search(r"<blockquote>\s*<p>said</p>\s*<!--embed 1-->\s*<p>again</p>\s*</blockquote>", body)


@pytest.mark.parametrize(
    "content", ["---\ntitle: EMBED1\n---\nEMBED2", "[a]: https://a.example/EMBED1\n\nEMBED2", "> " * 300 + "EMBED1"]
)
def test_markdown_hides_no_embed(content: str) -> None:
    """An embed in front matter, a link definition or absurd nesting has its slot too."""
    embeds = embeds_in(content)
    assert slot_ordinals(render_markdown(content, embeds, sha256="0" * 64)) == [embed.ordinal for embed in embeds]


def test_markdown_is_made_safe() -> None:
    """Raw HTML in Markdown cannot run or fetch anything; front matter and a repeated title are not shown."""
    body = render_markdown(
        "---\ntitle: A\n---\n# A\n\n<script>x()</script>ok <img src=//e.example/i>", [], sha256="0" * 64, title="A"
    )
    assert words(body) == "ok"
