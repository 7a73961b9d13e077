"""What may stay of a page."""

import pytest
from lxml.html import fragment_fromstring, tostring  # type: ignore[import-untyped]

from archiver.sanitize import replace_pictures, sanitize_html

PICTURE = f"../media/{'ab' * 32}.png"

HARMFUL = {
    "script": "<p>a<script>x()</script></p>",
    "style": "<style>@import 'https://evil.example/x.css'</style>",
    "inline style": '<p style="background:url(https://evil.example/x)">a</p>',
    "handler": '<p onclick="x()">a</p>',
    "frame": '<iframe src="https://evil.example"></iframe>',
    "object": '<object data="https://evil.example"></object>',
    "form": '<form action="https://evil.example"><input name="a"></form>',
    "javascript link": '<a href="javascript:x()">a</a>',
    "entity-hidden link": '<a href="java&#10;script:x()">a</a>',
    "data link": '<a href="data:text/html,<script>x()</script>">a</a>',
    "remote image": '<img src="https://evil.example/a.png">',
    "image set": '<img srcset="https://evil.example/a.png 2x">',
    "image out of the folder": '<img src="../../secret.png">',
    "svg": "<svg><a xlink:href='javascript:x()'>a</a></svg>",
    "math": "<math><mi xlink:href='javascript:x()'>a</mi></math>",
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "base": '<base href="https://evil.example">',
    "id": '<p id="main" class="card">a</p>',
}


@pytest.mark.parametrize("html", HARMFUL.values(), ids=HARMFUL.keys())
def test_nothing_that_loads_or_runs_stays(html: str) -> None:
    """Neither an address to fetch nor code survives, in any of the ways to write it."""
    safe = sanitize_html(html)
    assert not any(word in safe for word in ("evil", "script", "onclick", "style", "srcset", "secret", "id=", "class="))


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("/other", "https://news.example/other"),
        ("//b.example/y", "https://b.example/y"),
        ("#note", None),
        ("ftp://a.example", None),
        ("http://[broken", None),
    ],
)
def test_links_lead_where_they_led(href: str, expected: str | None) -> None:
    """Links resolve against the article's address; what is no web or mail address is no link any more."""
    safe = sanitize_html(f'<a href="{href}">x</a>', base="https://news.example/2020/a")
    rel = 'rel="noopener noreferrer nofollow"'
    assert safe == (f'<a href="{expected}" {rel}>x</a>' if expected else f"<a {rel}>x</a>")


def test_structure_and_emphasis_stay() -> None:
    """Headings, lists, tables, figures and emphasis are kept as they are."""
    html = (
        '<h2>Tide</h2><p>a <em>b</em> <strong>c</strong></p><ol start="3"><li>d</li></ol>'
        '<table><tbody><tr><th scope="row">e</th><td colspan="2">f</td></tr></tbody></table>'
        f'<figure><img src="{PICTURE}" alt="g" width="4"><figcaption>h</figcaption></figure>'
        '<blockquote lang="ar" dir="rtl">i</blockquote><pre><code>j</code></pre>'
    )
    assert sanitize_html(html) == html


def test_pictures_become_files_or_words() -> None:
    """A local image points into the site, a remote one is its alt text, one without words leaves nothing."""
    tree = fragment_fromstring('<p>a<img src="x.png">b<img src="y.png" alt="A pier">c<img src="z.png">d</p>')
    replace_pictures(tree, {"x.png": PICTURE})
    html = tostring(tree, encoding="unicode")
    assert html == f'<p>a<img src="{PICTURE}">b<span class="picture">A pier</span>cd</p>'
