"""Carriers: embed code that waits, or was mangled, in elements that are no platform's own; and what only looks so."""

import base64

import pytest

from archiver.find import find_embeds
from tests.test_find_hostile import found_in_time

STATUS = "1311875027000000512"
STATUS_URL = f"https://twitter.com/ines_okafor/status/{STATUS}"
TWEET = (
    '<blockquote class="twitter-tweet"><p>Low tide.</p>&mdash; Ines Okafor (@ines_okafor) '
    f'<a href="{STATUS_URL}">October 2, 2020</a></blockquote>'
)
ENCODED = base64.b64encode(TWEET.encode()).decode()
POST = "10158899000012345"
POST_URL = f"https://www.facebook.com/northpilots/posts/{POST}"
FRAME = f"https://www.facebook.com/plugins/post.php?href={POST_URL.replace(':', '%3A').replace('/', '%2F')}"
OPENS = '<div class="fb-post"></div>'  # an empty element of a platform: a page without any trace is not parsed


def ids(page: str) -> list[str | None]:
    """The ids of a page's embeds."""
    return [embed.native_id for embed in find_embeds(f"{OPENS}<p>Before</p>{page}<p>After</p>", "html")]


def borlabs(content: str) -> str:
    """What Borlabs Cookie 3 prints in place of embed code."""
    return (
        '<div class="brlbs-cmpnt-container brlbs-cmpnt-content-blocker" data-borlabs-cookie-content-blocker-id="x" '
        f'data-borlabs-cookie-content="{content}"><div class="brlbs-cmpnt-cb-main"><p>Load it?</p></div></div>'
    )


def test_code_in_base64_is_decoded() -> None:
    """The element stands for the post, with all that the code in it says."""
    (embed,) = find_embeds(f"{OPENS}<p>Before</p>{borlabs(ENCODED)}<p>After</p>", "html")
    assert (embed.native_id, embed.handle, embed.text) == (STATUS, "ines_okafor", "Low tide.")
    assert embed.marker == borlabs(ENCODED)


@pytest.mark.parametrize(
    "content", ["", ENCODED[:41], base64.b64encode(b"<p>No embed in these words.</p>" * 3).decode()]
)
def test_base64_without_an_embed_is_none(content: str) -> None:
    """Nothing there, something cut short, or other code."""
    assert ids(borlabs(content)) == []


@pytest.mark.parametrize(
    "element",
    [
        *(
            f'<amp-facebook-{kind} data-href="{POST_URL}"></amp-facebook-{kind}>'
            for kind in ("like", "comments", "page")
        ),
        *(f'<div class="fb-{kind}" data-href="{POST_URL}"></div>' for kind in ("like", "page", "send", "save")),
    ],
)
def test_buttons_and_boxes_are_no_embeds(element: str) -> None:
    """They name the post that they are about, and show nothing of it."""
    assert ids(element) == []


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (f'<!-- wp:embed {{"url":"{STATUS_URL}","type":"rich","providerNameSlug":"twitter"}} /-->', [STATUS]),
        (f'<!-- wp:core-embed/twitter {{"url":"{STATUS_URL}"}} /-->', [STATUS]),
        (
            f'<!-- wp:embed {{"type":"rich","url":"{STATUS_URL.replace("/", chr(92) + "/")}?s=20\\u0026t=x"}} /-->',
            [STATUS],
        ),
        (
            f'<!-- wp:embed {{"url":"{STATUS_URL}"}} --><figure class="wp-block-embed"><div>\n{STATUS_URL}\n</div>'
            "</figure><!-- /wp:embed -->",
            [STATUS],
        ),
        ('<!-- wp:embed {"url":"https://example.org/a"} /-->', []),
        ('<!-- wp:embed {"url":"\\x"} /-->', []),
        ("<!-- wp:embed {} /-->", []),
        (f'<!-- wp:image {{"url":"{STATUS_URL}"}} /-->', []),
    ],
)
def test_a_block_that_is_a_comment_is_an_embed(block: str, expected: list[str]) -> None:
    """WordPress' block with nothing inside, whatever JSON escapes; one that is opened and closed is found once."""
    assert ids(block) == expected


@pytest.mark.parametrize(
    "href",
    [
        f'http://<iframe  width="500" data-src="{FRAME}&#038;width=500" class="lazyload" src="data:,"></iframe>&#8220;',
        f"http://<iframe src=&quot;{FRAME}&quot; width=&quot;500&quot;></iframe>",
        f"http://&lt;iframe src=&quot;{FRAME}&quot;&gt;&lt;/iframe&gt;",
    ],
)
def test_a_frame_in_the_address_of_a_link_is_an_embed(href: str) -> None:
    """An editor took the code for an address: the link stands for the post."""
    assert ids(f'<a href="{href}">North Pilots on Facebook</a>') == [POST]


@pytest.mark.parametrize("link", [f'<a title="<iframe src={FRAME}>">x</a>', '<a href="http://<iframe src=x">x</a>'])
def test_other_links_are_no_embeds(link: str) -> None:
    """One that has a frame in its title, and one whose frame is of nobody's."""
    assert ids(link) == []


@pytest.mark.parametrize(
    ("opening", "count"),
    [
        ("<textarea hidden>", 1),
        *((f'<textarea class="a {name}">', 1) for name in ("hidden", "d-none", "visually-hidden", "sr-only")),
        ('<textarea aria-hidden="true">', 1),
        ('<div style="display: none">\n<textarea>', 1),
        ("<div hidden><textarea>", 1),
        ("<textarea>", 0),
        ('<textarea aria-hidden="false">', 0),
        ("<div><textarea>", 0),
        ("<div hidden></div><textarea>", 0),
        ("<div hidden>Code:<textarea>", 0),
        ('<textarea class="copy-code hidden">', 0),
    ],
)
def test_a_text_field_that_nobody_sees_holds_its_embed(opening: str, count: int) -> None:
    """Hidden by itself or by what it is first in; one that a reader sees has code to be copied."""
    closing = "</textarea></div>" if opening.startswith("<div") else "</textarea>"
    assert len(ids(f"{opening}{TWEET}{closing}")) == count


@pytest.mark.parametrize("address", ["${value.url}", "{{url}}", "{{ url }}", "<%= url %>", "{% url %}", "%s"])
def test_a_link_whose_address_is_a_template_is_none(address: str) -> None:
    """A program writes an address there."""
    lead = "View this post on Instagram"
    assert find_embeds(f"[{lead}]({address})", "markdown") == []
    assert find_embeds(f'<p><a href="{address}">{lead}</a></p>', "html") == []
    quote = f'<blockquote class="instagram-media" data-instgrm-permalink="{address}"><a href="{address}">{lead}</a>'
    assert find_embeds(f"{quote}</blockquote>", "html") == []


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "piece",
    [
        f'<div data-borlabs-cookie-content="{ENCODED}x">',
        "<div hidden><textarea>",
        "<div hidden>",
        '<a href="http://<iframe src=x">',
        '<a href="http://<iframe ',
        '<!-- wp:embed {"url":"\\/',
        '<!-- wp:embed {"url":"\\/ -->',
    ],
)
def test_much_of_it_is_searched(piece: str) -> None:
    """A quarter of a megabyte of what is never closed is read before an alarm rings."""
    found_in_time(OPENS + piece * (250_000 // len(piece)), "html")
