"""Title, date, byline, language and URL, as each format states them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.readers import read_article
from archiver.readers.dates import read_published
from archiver.readers.html import read_html_metadata
from archiver.readers.jsonld import read_json_ld
from archiver.readers.markdown import read_markdown_metadata
from archiver.readers.metadata import Metadata
from archiver.readers.tags import find_tags
from archiver.readers.text import read_text_metadata
from archiver.records import Source

PERSON = {"@type": "Person", "name": "Ana Sol"}


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2020-10-02", "2020-10-02"),
        ("2020-10", "2020-10"),
        ("2020", "2020"),
        ("2020-10-02T11:16:00Z", "2020-10-02T11:16:00Z"),
        ("2020-10-02T04:16:00-07:00", "2020-10-02T11:16:00Z"),
        ("2020-10-02T04:16:31.214+0000", "2020-10-02T04:16:31Z"),
        ("2020-10-02 23:16 -0700", "2020-10-03T06:16Z"),
        ("2020-10-02 04:16:00 UTC", "2020-10-02T04:16:00Z"),
        ("2020-10-02T04:16:00", "2020-10-02"),
        ("2020/10/02", "2020-10-02"),
        ("20201002", "2020-10-02"),
        ("October 2, 2020", "2020-10-02"),
        ("2 Oct 2020", "2020-10-02"),
        ("Fri, 02 Oct 2020 04:16:00 -0700", "2020-10-02T11:16:00Z"),
        ("Fri, 02 Oct 2020 04:16:00 -0000", "2020-10-02"),
        ("02/10/2020", None),
        ("2020-13-45", None),
        ("2020-02-30T10:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("٢٠٢٠-١٠-٠٢", None),
        ("yesterday, of all days", None),
        ("null", None),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_given(written: str, published: str | None) -> None:
    """Times with a zone are UTC, times without one are days, what is ambiguous or impossible is unknown."""
    assert read_published(written) == published


@given(st.text(max_size=70))
def test_no_date_raises(text: str) -> None:
    """Metadata hold anything; a date of them is an ISO date or None."""
    published = read_published(text)
    assert published is None or published[:4].isdigit()


PAGE = """<!DOCTYPE html><HTML lang=en-GB class="x"><head>
<!-- <title>Commented out</title> <meta property="og:title" content="No"> -->
<script>document.write('<meta property="og:title" content="Written">')</script>
<style>a::before { content: "<title>styled</title>" }</style>
<title>Fox &amp; hound | The Example</title>
<meta content='Fox &quot;Red&quot; &gt; hound' property="og:title">
<META NAME=Author CONTENT="By Ana Sol">
<meta property="article:published_time" content="2020-10-02T04:16:00-07:00">
<link rel="stylesheet" href="s.css"><link rel='canonical' href=https://example.org/fox>
</head><body><h1>Another</h1></body></html>"""


def test_a_head_is_read() -> None:
    """Quoting, case and order of attributes do not matter; comments, scripts and styles say nothing."""
    assert read_html_metadata(PAGE) == Metadata(
        title='Fox "Red" > hound',
        published_at="2020-10-02T11:16:00Z",
        byline="Ana Sol",
        language="en-GB",
        url="https://example.org/fox",
    )


@pytest.mark.parametrize(
    ("html", "field", "value"),
    [
        ("<title>\n Der  Fuchs\n</title>", "title", "Der Fuchs"),
        ("<title></title><meta name=twitter:title content='A fox'>", "title", "A fox"),
        ("<body><svg><title>Logo</title></svg><h1 class=x>The <b>red</b> fox</h1>", "title", "The red fox"),
        ("<title>undefined</title>", "title", None),
        ("<title>" + "never closed " * 500, "title", None),
        ("<meta name=author content='https://facebook.example/ana'>", "byline", None),
        ("<meta name=author content='null'>", "byline", None),
        ("<body><p>By <a class=b rel=author href=/ana>Ana <i>Sol</i></a></p>", "byline", "Ana Sol"),
        ("<body><span itemprop='author'>Ana Sol</span>", "byline", "Ana Sol"),
        ("<html xml:lang='de'>", "language", "de"),
        ("<html lang='en_US'>", "language", "en-US"),
        ("<html lang=EN-us>", "language", "en-US"),
        ("<html lang=zh-hant-tw-X-ab-CDEF>", "language", "zh-Hant-TW-x-ab-cdef"),
        ("<html lang=''><meta property=og:locale content=pt_BR>", "language", "pt-BR"),
        ("<html lang='<?php echo $lang ?>'>", "language", None),
        ("<meta property=og:url content='https://example.org/a'>", "url", "https://example.org/a"),
        ("<link rel=canonical href='/a'>", "url", None),
        ("<link rel=canonical href='javascript:alert(1)'>", "url", None),
        ("<meta name=date content='02/10/2020'><meta name=dc.date content=2020-10-02>", "published_at", "2020-10-02"),
        (
            "<body><time pubdate datetime=2020-10-02>today</time><time datetime=2019-01-01>",
            "published_at",
            "2020-10-02",
        ),
        ("<body><meta itemprop=datePublished content=2020-10-02>", "published_at", "2020-10-02"),
        ("<body><time datetime=2020-10-02>today</time>", "published_at", "2020-10-02"),
        ("<body><time datetime=2020-10-02></time><time datetime=2020-10-03></time>", "published_at", None),
        ("<body><blockquote><time datetime=2016-01-01>a post's</time></blockquote>", "published_at", None),
        ("<body data-x='<time datetime=2016-01-01>'>", "published_at", None),
    ],
)
def test_a_page_says_what_it_says(html: str, field: str, value: str | None) -> None:
    """Each source of each value; what contradicts itself or is no value is unknown."""
    assert getattr(read_html_metadata(html), field) == value


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Ana Sol", "Ana Sol"),
        (PERSON, "Ana Sol"),
        ([PERSON, {"name": "Bo &amp; Co"}, "Ana Sol"], "Ana Sol, Bo & Co"),
        ({"@id": "#ana"}, "Ana Sol"),
        ({"name": ["Ana Sol", "Bo"]}, "Ana Sol, Bo"),
        ({"name": None}, None),
        ([[["Ana"]]], None),
        (7, None),
        ("", None),
        (None, None),
    ],
)
def test_an_author_has_many_shapes(author: object, byline: str | None) -> None:
    """A name, a person, a reference, a list of these; anything else is nobody."""
    graph = {"@graph": [{"@id": "#ana", **PERSON}, {"@type": ["Thing", "NewsArticle"], "author": author}]}
    assert read_json_ld([json.dumps(graph)]).byline == byline


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "A fox"}',
        '[{"@type": "Organization", "name": "Ex"}, {"@type": "BlogPosting", "headline": "A fox"}]',
        '{"@type": "WebPage", "name": "A page", "mainEntity": {"@type": "Article", "headline": "A fox"}}',
        '<!-- {"@type": "Report", "headline": "A\n fox"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "A fox"}\n//]]>',
    ],
)
def test_an_article_is_found_among_the_things_of_a_page(script: str) -> None:
    """Lists, graphs, wrappings and line breaks in strings are what pages have."""
    page = f'<title>Other</title><script type="application/ld+json">{script}</script>'
    assert read_html_metadata(page).title == "A fox"


@pytest.mark.parametrize(
    "script",
    ["", "{", "null", '"@graph"', "[" * 100_000, '{"@type": 5}', "9" * 5000, '{"@type": "Article", "headline": {}}'],
)
def test_broken_json_says_nothing(script: str) -> None:
    """A script that cannot be read leaves the rest of the page's metadata."""
    page = f"<title>A fox</title><script type='application/ld+json'>{script}</script><html lang=en>"
    assert read_html_metadata(page) == Metadata(title="A fox", language="en")


@pytest.mark.parametrize(
    ("markdown", "metadata"),
    [
        (
            "---\ntitle: 'A fox: red'\ndate: 2020-10-02T04:16:00-07:00\nauthor: [Ana Sol, Bo]\nlang: en\n"
            "canonical_url: https://example.org/a\n---\n# Other\n",
            Metadata(
                title="A fox: red",
                published_at="2020-10-02T11:16:00Z",
                byline="Ana Sol, Bo",
                language="en",
                url="https://example.org/a",
            ),
        ),
        ("\ufeff---\r\nTitle: Лиса\r\nurl: /a/\r\n---\r\nWords.", Metadata(title="Лиса")),
        (
            "---\ndate: 2020-10-02 04:16\nauthors:\n- name: Ana\n- name: Bo\n...\n# Red *fox* [2](a.md)\n",
            Metadata(title="Red fox 2", published_at="2020-10-02", byline="Ana, Bo"),
        ),
        (
            "+++\ntitle = 'A fox'\ndate = 2020-10-02T04:16:00-07:00\n+++\n",
            Metadata(title="A fox", published_at="2020-10-02T11:16:00Z"),
        ),
        (
            "---\ntitle: Boats&colon; 1 &lt; 2 &#8212; R&D, Q&notes\nauthor: Ana &amp; Bo\n---\n",
            Metadata(title="Boats: 1 < 2 — R&D, Q&notes", byline="Ana & Bo"),
        ),
        ("---\ntitle: ~\ndate: null\nauthor: ''\n---\nWords.", Metadata()),
        ("---\ntitle: 2020\ndate: 2020-13-45\n---\n", Metadata(title="2020")),
        ("---\n\nNo front matter.\n\n---\n\n# A fox\n", Metadata(title="A fox")),
        ("A fox\n=====\n\nWords.", Metadata(title="A fox")),
        ("```\n# not this\n```\n\n## A fox ##\n", Metadata(title="A fox")),
        ("Words.\n\n#hashtag\n\n- - -\n", Metadata()),
    ],
)
def test_markdown_says_it_in_front_or_in_its_first_heading(markdown: str, metadata: Metadata) -> None:
    """YAML and TOML; values as written, nulls and impossible ones unknown; a heading only where there is no title."""
    assert read_markdown_metadata(markdown) == metadata


@pytest.mark.parametrize(
    "front_matter",
    [
        "author: &a {name: [*a]}",
        "author: &a [*a]",
        "a: &a [x, x]\nb: &b [*a, *a]\n" + "\n".join(f"k{n}: &k{n} [*b, *b]" for n in range(50)),
        "a: &a {x: 1}\nb: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}",
        "[" * 5000,
        "? [a, b]\n: c",
        "date: !!python/object/apply:os.system ['true']",
        "title: \0",
        "title: 'open",
        "x: *nowhere",
        "- a\n- list",
        "\t- :",
    ],
)
def test_hostile_front_matter_says_nothing(front_matter: str) -> None:
    """Bombs, loops, tags and nonsense: the article is read, its heading is its title."""
    found = read_markdown_metadata(f"---\n{front_matter}\n---\n# A fox\n")
    assert found == Metadata(title="A fox")


@pytest.mark.parametrize(
    ("text", "metadata"),
    [
        (
            " date 2020-10-02 Ana and her husband Bo announced the news on Wednesday\n\nAna has revealed …",
            Metadata(published_at="2020-10-02", title="Ana and her husband Bo announced the news on Wednesday"),
        ),
        (
            "\ufeffdate 2019-05-31\r\nUne chanteuse\r\nraconte\r\n\r\nLe texte.",
            Metadata(published_at="2019-05-31", title="Une chanteuse raconte"),
        ),
        (" date 2020-10-02\n\nThe text.", Metadata(published_at="2020-10-02")),
        (" date 2020-13-02 A sentence\n\nThe text.", Metadata(title="A sentence")),
        (
            "Title: Le renard\nBy Ana Sol\nDate: October 2, 2020\nURL: https://example.org/a\nLang: fr\n\nTexte.",
            Metadata(
                title="Le renard",
                byline="Ana Sol",
                published_at="2020-10-02",
                url="https://example.org/a",
                language="fr",
            ),
        ),
        (
            "A fox is seen\nBy Ana Sol and Bo de Vries\nOctober 2, 2020\n\nThe text.",
            Metadata(title="A fox is seen", byline="Ana Sol and Bo de Vries", published_at="2020-10-02"),
        ),
        ("A fox is seen\n\nBy Ana Sol\n\nThe text.", Metadata(title="A fox is seen", byline="Ana Sol")),
        ("A fox was seen on Friday.\n\nBy Ana Sol\n\nThe text.", Metadata()),
        ("A fox\nBy the end of the day it was gone\n\nThe text.", Metadata()),
        ("Title: a word with a colon\nand a second line of prose\n\nThe text.", Metadata()),
        ("Note: this is prose.\n\nThe text.", Metadata()),
        ("A dated sentence.\n\n date 2020-10-02 in the text", Metadata()),
        ("No line ends " * 1000, Metadata()),
    ],
)
def test_a_text_says_it_in_its_header(text: str, metadata: Metadata) -> None:
    """The scrapers' row, labelled lines, a byline under a title; prose that begins alike says nothing."""
    assert read_text_metadata(text) == metadata


@given(st.text(), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_text_is_an_article(text: str, name: str) -> None:
    """Reading never raises, and no value is an empty string."""
    source = Source(folder="news", name=name, path=Path(name))
    article, _ = read_article(source, b"Some words to begin with, so that it is a text. " * 8 + text.encode())
    assert "" not in (article.title, article.published_at, article.byline, article.language, article.url)


def test_tags_are_found_where_they_are_tags() -> None:
    """A tag in a comment, a script, a style sheet, a textarea or another tag's attribute is none."""
    page = (
        "<!--><meta a><!-- <meta b> --><script>'<meta c>'</script ><style><meta d></style><textarea><meta e></textarea>"
        "<img alt='<meta f>'><metadata g><meta h='>'/><meta i='>"
    )
    assert [tag.source for tag in find_tags(page) if tag.name == "meta"] == ["<meta a>", "<meta h='>'/>", "<meta i='>"]
