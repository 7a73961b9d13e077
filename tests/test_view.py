"""The text of an article as a person reads it, and where each of its characters stands in the source."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.find.lexer import lex
from archiver.find.view import BARRIER, View, page_text, view_literal, view_markdown, view_page, view_text
from archiver.records import Format

FORMATS: tuple[Format, ...] = ("text", "markdown", "html")
PIECES = [
    *(
        "word",
        " ",
        "\n",
        "\r\n",
        "\t",
        "&amp;",
        "&mdash;",
        "&#39;",
        "&#0;",
        "&nope;",
        "&",
        "\u200b",
        "\u202e",
        "\u00a0",
    ),
    *(
        "é",
        "🌊",
        "\\*",
        "\\",
        "[",
        "](",
        "](/a)",
        ")",
        "![",
        "\n> ",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href='/a'>",
        "</a>",
    ),
    *("<br>", "<!-- a -->", "<pre>x</pre>", '<time datetime="2020-10-02">', "</time>", "<", ">", "[1]: /b", "][1]"),
]
SOURCES = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20).map("".join)


def view(source: str, format_: Format) -> View:
    """The view of a whole source."""
    if format_ == "html":
        return view_page(source, list(lex(source)), ())
    return view_markdown(source, 0, len(source)) if format_ == "markdown" else view_text(source, 0, len(source))


def behind(source: str, seen: View, text: str) -> str:
    """The source of a piece of the view."""
    start = seen.text.index(text)
    return source[seen.source_start(start) : seen.source_end(start + len(text))]


READ: list[tuple[Format, str, str]] = [
    ("text", "a &amp; b", "a & b"),
    ("text", "&mdash; a &#39;b&#x27;", "— a 'b'"),
    ("text", "a&nbsp;b\u202fc\u3000d", "a b c d"),
    ("text", "a\u200bb\u200e\u202ec\ufeff\u00add", "abcd"),
    ("text", "a\u200db", "a\u200db"),
    ("text", "a\r\nb\rc\nd", "a\nb\nc\nd"),
    ("text", "a & b &nope; &;", "a & b &nope; &;"),
    ("text", "&amp;amp;", "&amp;"),
    ("text", "<b>a</b> [b](/c) \\*", "<b>a</b> [b](/c) \\*"),
    ("text", "", ""),
    ("markdown", "a [b](/c) d", "a b d"),
    ("markdown", "a [b][c] d\n\n[c]: /e", "a b d\n\n[c]: /e"),
    ("markdown", "a ![b](/c) d", "a b d"),
    ("markdown", "[![b](/c)](/d)", "b"),
    ("markdown", "[a] (b) [c", "[a] (b) [c"),
    ("markdown", "a] b](/c)", "a] b](/c)"),
    ("markdown", "> a\n> > b\n>c", "a\nb\nc"),
    ("markdown", "a > b", "a > b"),
    ("markdown", "a\\_b \\( \\a", "a_b ( \\a"),
    ("markdown", "a <b>c</b> <br> d", "a c \n d"),
    ("markdown", "a &amp; b < c", "a & b < c"),
    ("html", "<p>a<b>b</b>c</p>", "\nabc\n"),
    ("html", "a\nb\tc", "a b c"),
    ("html", "a<br>b", "a\nb"),
    ("html", "a<!-- b --><script>c</script>d", "ad"),
    ("html", "a<pre>b</pre>c", f"a{BARRIER}c"),
    ("html", "a &lt;p&gt; b", "a <p> b"),
    ("html", "a < b", "a < b"),
]


@pytest.mark.parametrize(("format_", "source", "text"), READ)
def test_a_view_is_what_a_person_reads(format_: Format, source: str, text: str) -> None:
    """Entities decoded, invisible characters and markup left out, odd spaces plain."""
    assert view(source, format_).text == text


@pytest.mark.parametrize(
    ("format_", "source", "text", "original"),
    [
        ("text", "a &amp; b", "&", "&amp;"),
        ("text", "a &amp; b", "a & b", "a &amp; b"),
        ("text", "x a\u200bb y", "ab", "a\u200bb"),
        ("text", "x \u200eab\u200e y", "ab", "ab"),
        ("text", "a\r\nb", "b", "b"),
        ("markdown", "a [b](/c) d", "b", "b"),
        ("markdown", "> a\n> b", "a\nb", "a\n> b"),
        ("markdown", "a\\_b", "_b", "_b"),
        ("html", "<p>a<b>b</b>c</p>", "abc", "a<b>b</b>c"),
        ("html", "<p>a &mdash; b</p>", "— b", "&mdash; b"),
        ("html", "a<br>b", "\n", "<br>"),
    ],
)
def test_a_piece_of_a_view_knows_its_source(format_: Format, source: str, text: str, original: str) -> None:
    """The span of what was read is the span of what was written."""
    assert behind(source, view(source, format_), text) == original


@pytest.mark.parametrize("format_", FORMATS)
@given(source=SOURCES)
def test_positions_lead_into_the_source_and_in_order(format_: Format, source: str) -> None:
    """Every character of a view stands somewhere in the source, none before an earlier one."""
    seen = view(source, format_)
    starts = [seen.source_start(position) for position in range(len(seen.text))]
    ends = [seen.source_end(position + 1) for position in range(len(seen.text))]
    assert starts == sorted(starts)
    assert all(0 <= start <= end <= len(source) for start, end in zip(starts, ends, strict=True))


@given(source=SOURCES)
def test_a_character_that_stayed_is_where_it_was(source: str) -> None:
    """What a view of text shows unchanged is that character of the source."""
    seen = view(source, "text")
    for position, character in enumerate(seen.text):
        original = source[seen.source_start(position) : seen.source_end(position + 1)]
        shown = {original: original, "\r": "\n"}[original]
        assert character in {shown, " "} or character in html.unescape(original)


@given(st.text(st.characters(codec="ascii", exclude_characters="&\r\x0b\x0c"), max_size=80))
def test_plain_text_is_its_own_view(source: str) -> None:
    """A text without anything to decode is seen as it is."""
    seen = view_text(source, 0, len(source))
    assert seen.text == source
    assert [seen.source_start(position) for position in range(len(source))] == list(range(len(source)))


# Links and times


LINKS: list[tuple[Format, str, list[tuple[str, str]]]] = [
    ("markdown", "a [b](/c) d", [("b", "/c")]),
    ("markdown", "a [b](</c>) d", [("b", "/c")]),
    ("markdown", 'a [b](/c "title") d', [("b", "/c")]),
    ("markdown", "a [b](/c?x=1&amp;y=2)", [("b", "/c?x=1&y=2")]),
    ("markdown", "a [b](/c\n> d)", [("b", "/cd")]),
    ("markdown", "a [b][1] d\n\n[1]: /c\n", [("b", "/c")]),
    ("markdown", "> [b][1]\n>\n> [1]: </c> 'title'\n", [("b", "/c")]),
    ("markdown", "a [b][1] d", [("b", "")]),
    ("markdown", "[![b](/c)](/d)", [("b", "/c"), ("b", "/d")]),
    ("markdown", "[a [b](/c) d](/e)", [("b", "/c"), ("a b d", "/e")]),
    ("markdown", '<a href="/c">b</a>', [("b", "/c")]),
    ("html", 'a <a href="/c?x&amp;y">b <i>c</i></a>', [("b c", "/c?x&y")]),
    ("html", "<a name=x>b</a>", []),
    ("html", '<a href="/c">b', []),
]


@pytest.mark.parametrize(("format_", "source", "links"), LINKS)
def test_a_link_keeps_its_address(format_: Format, source: str, links: list[tuple[str, str]]) -> None:
    """What a link covers, and where it leads with entities decoded and wrapped lines joined."""
    seen = view(source, format_)
    assert [(seen.text[link.start : link.end], link.url) for link in seen.links] == links


@pytest.mark.parametrize(
    ("format_", "source"),
    [
        ("html", '<time class=a datetime="2020-10-02"><b>today</b></time>'),
        ("markdown", '<time datetime="2020-10-02">today</time>'),
    ],
)
def test_a_time_keeps_its_datetime(format_: Format, source: str) -> None:
    """A `datetime` and its whole element are known beside what it covers."""
    seen = view(f"On {source} it rained.", format_)
    (time,) = seen.times
    assert (time.url, seen.text[time.start : time.end]) == ("2020-10-02", "today")
    assert (time.source_start, time.source_end) == (3, 3 + len(source))


@pytest.mark.parametrize("source", ["a [b](/c) d", "a ![b](/c) d"])
def test_a_markdown_link_knows_its_extent(source: str) -> None:
    """The extent of a link in the source reaches from its bracket to its parenthesis."""
    (link,) = view(source, "markdown").links
    assert source[link.source_start : link.source_end] in source[2:-2]
    assert source[link.source_end - 1] == ")"


# Pieces of a page


def test_what_is_known_is_a_barrier() -> None:
    """An element that is already taken is one character that nothing joins over."""
    source = "<p>a<b>x</b>c</p>"
    assert view_page(source, list(lex(source)), [(4, 12)]).text == f"\na{BARRIER}c\n"


def test_a_stretch_of_a_text_alone_is_seen() -> None:
    """`start` and `end` bound the view, and its positions are those of the whole source."""
    source = "a &amp; b &mdash; c"
    seen = view_text(source, 8, len(source))
    assert seen.text == "b — c"
    assert behind(source, seen, "— c") == "&mdash; c"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<h1>One</h1><p>T<b>w</b>o,\nthree", "One\nTwo, three"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("a<style>b</style><!-- c -->d", "ad"),
        ("<p> </p><p>&nbsp;</p>", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_page(page: str, text: str) -> None:
    """One line for each block, nothing of what a page does not show."""
    assert page_text(page) == text


@given(SOURCES)
def test_the_words_of_a_page_have_no_empty_lines(page: str) -> None:
    """Any page gives lines with words, or none."""
    lines = page_text(page).split("\n")
    assert lines == [""] or all(line.strip() == line and line for line in lines)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"a \"b\" c\/d \\ e", 'a "b" c/d \\ e'),
        (r"\u003cp\u003E\x3cb\x3e \u{1F30A}", "<p><b> \U0001f30a"),
        (r"\ud83c\uDF0A", "\U0001f30a"),
        (r"\ud83c \udf0a \u{110000}", "\ufffd \ufffd \ufffd"),
        (r"one\ntwo\tthree", "one\ntwo\tthree"),
        ("a\\\nb", "ab"),
        (r"\u12 \x4", "u12 x4"),
        ("", ""),
    ],
)
def test_a_string_of_a_script_is_read_as_what_it_says(written: str, said: str) -> None:
    """Escapes of JSON and JavaScript, each character with its place; half a pair is no character."""
    view = view_literal(f'"{written}"', 1, len(written) + 1)
    assert view.text == said
    if said:
        assert view.source_span(0, len(said)) == (1, len(written) + 1)
