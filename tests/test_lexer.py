"""Where tags begin and end, what is not page, and which elements stand whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.find.lexer import OPAQUE, Opaque, Tag, balance, find_elements, lex

PIECES = [
    *("<p>", "</p>", "<br/>", "<a href='", '<a href="', "'>", '">', "<", ">", "/", "=", "'", '"', " ", "\n", "\0", "é"),
    *("<!--", "-->", "--!>", "<!-->", "<!DOCTYPE html>", "<?xml ", "<![CDATA[", "]]>", "<script>", "</script>", "word"),
    *(
        "<PRE>",
        "</pre >",
        "<textarea>",
        "</textarea",
        "<blockquote class=x>",
        "</blockquote>",
        "<x-y a=b/>",
        "</",
        "<1",
    ),
]
SOURCES = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)


def written(source: str) -> list[tuple[str, str]]:
    """The tokens of a source, each with its name and its text."""
    return [
        (f"/{token.name}" if isinstance(token, Tag) and token.closes else token.name, source[token.start : token.end])
        for token in lex(source)
    ]


# Tokens

TOKENS: list[tuple[str, list[tuple[str, str]]]] = [
    ("<p>a</p>", [("p", "<p>"), ("/p", "</p>")]),
    ("<P Class=x>", [("p", "<P Class=x>")]),
    ("<br/><br />", [("br", "<br/>"), ("br", "<br />")]),
    ("<amp-img src=a>", [("amp-img", "<amp-img src=a>")]),
    ('<a title="a > b" b>', [("a", '<a title="a > b" b>')]),
    ("<a title='a > b'>", [("a", "<a title='a > b'>")]),
    ("<a title = 'a > b'>", [("a", "<a title = 'a > b'>")]),
    ("<p title=it's>", [("p", "<p title=it's>")]),
    ('<p title=5">x<b>', [("p", '<p title=5">'), ("b", "<b>")]),
    ("<p it's>x<b>", [("p", "<p it's>"), ("b", "<b>")]),
    ("<a\nhref=b\n>", [("a", "<a\nhref=b\n>")]),
    ("<p/class=x>", [("p", "<p/class=x>")]),
    ("a < b and c > d <3", []),
    ("<<p>", [("p", "<p>")]),
    ("< p></ p>", []),
    ("<>", []),
    ("<p", []),
    ("</p x=y>", [("/p", "</p x=y>")]),
    ("<!-- <p> -->x", [("comment", "<!-- <p> -->")]),
    ("<!-- a --!><p>", [("comment", "<!-- a --!>"), ("p", "<p>")]),
    ("<!--><p>", [("comment", "<!-->"), ("p", "<p>")]),
    ("<!---><p>", [("comment", "<!--->"), ("p", "<p>")]),
    ("<!-- a -- > <p>", [("comment", "<!-- a -- > <p>")]),
    ("<!DOCTYPE html><p>", [("declaration", "<!DOCTYPE html>"), ("p", "<p>")]),
    ("<?xml version='1.0'?><p>", [("declaration", "<?xml version='1.0'?>"), ("p", "<p>")]),
    ("<![CDATA[<p>]]><b>", [("cdata", "<![CDATA[<p>]]>"), ("b", "<b>")]),
    ("<![CDATA[<p>", [("cdata", "<![CDATA[<p>")]),
    ("<script>if (a<b) '</p>'</script><p>", [("script", "<script>if (a<b) '</p>'</script>"), ("p", "<p>")]),
    ("<script>'</scripting>'</SCRIPT ><p>", [("script", "<script>'</scripting>'</SCRIPT >"), ("p", "<p>")]),
    ("<script src=a></script>", [("script", "<script src=a></script>")]),
    ("<style><!-- </style><p>", [("style", "<style><!-- </style>"), ("p", "<p>")]),
    ("<pre><b>x</b></pre>", [("pre", "<pre><b>x</b></pre>")]),
    ("<title>a<p></title>", [("title", "<title>a<p></title>")]),
    ("<textarea>a", [("textarea", "<textarea>a")]),
    ("</script><p>", [("/script", "</script>"), ("p", "<p>")]),
    ("<template><p></template>", [("template", "<template>"), ("p", "<p>"), ("/template", "</template>")]),
    ("<prefix><codec>", [("prefix", "<prefix>"), ("codec", "<codec>")]),
]


@pytest.mark.parametrize(("source", "expected"), TOKENS)
def test_tokens_are_those_of_the_standard(source: str, expected: list[tuple[str, str]]) -> None:
    """Each tag ends at its own `>`, and what is text, code or comment is one stretch."""
    assert written(source) == expected


def test_a_tag_with_an_open_quote_never_ends() -> None:
    """A value whose quote is not closed reaches to the end of the page (§13.2.5.36), and the tag is none."""
    assert written('<a title="open>x</a>') == []


@pytest.mark.parametrize("name", sorted(OPAQUE))
def test_an_opaque_element_is_one_stretch(name: str) -> None:
    """Whatever stands in it, and in whatever case its end tag is written."""
    source = f"<{name} a=b>x<p>&lt;</{name.upper()}>"
    assert written(f"<i>{source}</i>") == [("i", "<i>"), (name, source), ("/i", "</i>")]


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ('<a href="b" title=c>', {"href": "b", "title": "c"}),
        ("<a HREF='b'>", {"href": "b"}),
        ('<a href="b" href="c">', {"href": "b"}),
        ('<a href="?x=1&amp;y=2">', {"href": "?x=1&y=2"}),
        ("<a async data-x>", {"async": "", "data-x": ""}),
        ("<a a=\"\" b=''>", {"a": "", "b": ""}),
        ("<a a = b/c >", {"a": "b/c"}),
        ('<a a="it\'s">', {"a": "it's"}),
        ("<a>", {}),
    ],
)
def test_attributes_are_read(tag: str, attributes: dict[str, str]) -> None:
    """Names in lower case, entities decoded, the first of two equal names."""
    (token,) = lex(tag)
    assert isinstance(token, Tag)
    assert token.attributes == attributes


def test_a_stretch_can_be_read_alone() -> None:
    """`start` and `end` bound where tokens begin."""
    source = "<a><b><i>"
    assert [token.name for token in lex(source, 3, 6)] == ["b"]


@settings(max_examples=300)
@given(SOURCES)
def test_tokens_are_in_order_and_within_bounds(source: str) -> None:
    """No token overlaps another or reaches beyond the source, and each begins with `<`."""
    edges = [edge for token in lex(source) for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(source) for edge in edges)
    assert all(source[token.start] == "<" and token.end > token.start for token in lex(source))


@given(SOURCES)
def test_only_whole_tags_are_tags(source: str) -> None:
    """A tag ends with its `>`."""
    assert all(source[token.end - 1] == ">" for token in lex(source) if isinstance(token, Tag))


# Elements


def elements(source: str) -> list[str]:
    """The texts of the wanted elements: those with an attribute `x`."""
    found = find_elements(source, list(lex(source)), lambda tag: "x" in tag.attributes)
    return [source[element.start : element.end] for element in found]


ELEMENTS: list[tuple[str, list[str]]] = [
    ("<div><blockquote x>a</blockquote></div>", ["<blockquote x>a</blockquote>"]),
    ("<blockquote><blockquote x>b</blockquote></blockquote>", ["<blockquote x>b</blockquote>"]),
    ("<blockquote x>a</p></b></span></blockquote>", ["<blockquote x>a</p></b></span></blockquote>"]),
    ("<blockquote x><p>a<b>b</blockquote>", ["<blockquote x><p>a<b>b</blockquote>"]),
    ("<div><blockquote x>a</div><p>b", ["<blockquote x>a"]),
    ("<blockquote x>a<blockquote x>b</blockquote>c", ["<blockquote x>a", "<blockquote x>b</blockquote>"]),
    ("<blockquote x>a<!-- </blockquote> -->b</blockquote>", ["<blockquote x>a<!-- </blockquote> -->b</blockquote>"]),
    ("<blockquote x>a \n", ["<blockquote x>a"]),
    ("<blockquote x>a</div>b</blockquote>", ["<blockquote x>a</div>b</blockquote>"]),
    ("<iframe x></iframe>a", ["<iframe x></iframe>"]),
    ("<iframe x/>a", ["<iframe x/>"]),
    ("<p><iframe x>a</p>", ["<iframe x>"]),
    ("<amp-x x/><p>a</p>", ["<amp-x x/>"]),
    ("<img x>a", ["<img x>"]),
    ("<blockquote x></blockquote><blockquote x></blockquote>", ["<blockquote x></blockquote>"] * 2),
    ("</blockquote></div><blockquote x>a</blockquote>", ["<blockquote x>a</blockquote>"]),
    ("", []),
]
NESTED = [
    "<blockquote x>a<blockquote>b</blockquote>c</blockquote>",
    "<blockquote x>a<blockquote x>b</blockquote></blockquote>",
]


@pytest.mark.parametrize(("source", "expected"), [*ELEMENTS, *((f"{one}d", [one]) for one in NESTED)])
def test_an_element_ends_where_a_browser_ends_it(source: str, expected: list[str]) -> None:
    """With its own end tag, with its parent's, where the next begins, or with the page."""
    assert elements(source) == expected


@given(SOURCES.map(lambda source: source.replace("<p>", "<blockquote x>")))
def test_elements_are_in_order_and_apart(source: str) -> None:
    """No element overlaps another, and each holds its start tag whole."""
    found = find_elements(source, list(lex(source)), lambda tag: tag.name == "blockquote")
    edges = [edge for element in found for edge in (element.start, element.end)]
    assert edges == sorted(edges)
    assert all(element.tag.end <= element.end <= len(source) for element in found)


# Balance


@pytest.mark.parametrize(
    ("source", "inner", "expected"),
    [
        ("<p>a <b>bc</b> d</p>", "a <b>bc", "a <b>bc</b>"),
        ("<p>a <b>bc</b> d</p>", "c</b> d", "<b>bc</b> d"),
        ("<p>a <b>bc</b> d</p>", "bc", "bc"),
        ("<p>a <i><b>bc</b></i> d</p>", "a <i><b>bc", "a <i><b>bc</b></i>"),
        ("<p>a<br>b</p>", "a<br>b", "a<br>b"),
        ("<b>x</b><b>a</b>", "a</b>", "<b>a</b>"),
        ("<b>a<b>b</b>c</b>d", "<b>a<b>b", "<b>a<b>b</b>c</b>"),
        ("a</b> c", "a</b>", "a</b>"),
        ("<b>a", "<b>a", "<b>a"),
    ],
)
def test_a_span_is_widened_to_whole_elements(source: str, inner: str, expected: str) -> None:
    """What a span begins it also ends, as far as the page does."""
    start = source.rindex(inner)
    first, last = balance(list(lex(source)), start, start + len(inner))
    assert source[first:last] == expected


@given(SOURCES, st.integers(0, 200), st.integers(0, 200))
def test_balancing_only_widens(source: str, one: int, other: int) -> None:
    """A span is never made smaller, and stays within the source."""
    start, end = sorted((min(one, len(source)), min(other, len(source))))
    first, last = balance(list(lex(source)), start, end)
    assert 0 <= first <= start <= end <= last <= len(source)


def test_tokens_name_what_they_are() -> None:
    """Tags and opaque stretches are told apart by their type."""
    assert [type(token) for token in lex("<p><!-- a --></p>")] == [Tag, Opaque, Tag]
