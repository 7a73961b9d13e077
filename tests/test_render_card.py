"""The card, and what it says in words."""

from dataclasses import replace

import pytest

from archiver.records import Author, Candidate, Embed, Post, Quote
from archiver.render.card import make_card, render_card
from archiver.render.words import join_words, provenance_words

EMBED = Embed(
    ordinal=3,
    platform="instagram",
    form="text",
    start=0,
    end=1,
    marker="x",
    posted_text="Oct 2, 2020 at 4:16am PDT",
    handle="ines.okafor",
    author_name="Ines Okafor",
    handle_origin="marker",
    posted_at="2020-10-02T11:16Z",
    time_origin="marker",
)
POST = Post(
    id="twitter:20",
    platform="twitter",
    permalink="https://twitter.com/i/status/20",
    permalink_source="markup",
    author_id="twitter:northpilots",
    author_source="marker",
    posted_at="2020-10-02T03:45:52.114Z",
    posted_at_source="id",
    text="Boats\n\ncan be replaced.",
    text_source="markup",
)
AUTHOR = Author(id="twitter:northpilots", platform="twitter", handle="NorthPilots", name="Pilots <b>")


def test_a_card_carries_the_contract() -> None:
    """Post, platform and ordinal are in the attributes, the time in UTC, names and words escaped."""
    unsigned = replace(EMBED, author_name=None, handle=None, handle_origin=None)
    html = render_card(make_card(POST, AUTHOR, unsigned))
    assert 'data-post="twitter:20" data-platform="twitter" data-embed="3"' in html
    assert '<time datetime="2020-10-02T03:45:52.114Z">2 October 2020<br>03:45:52 UTC</time>' in html
    assert "Pilots &lt;b&gt;" in html
    assert '<blockquote lang="" dir="auto">Boats\n\ncan be replaced.</blockquote>' in html


def test_a_card_without_a_post_says_what_the_article_prints() -> None:
    """An embed alone has an empty `data-post`, its printed time, and a sentence for the words that are not there."""
    html = render_card(make_card(None, None, EMBED))
    assert 'data-post=""' in html
    assert "Printed as “<bdi>Oct 2, 2020 at 4:16am PDT</bdi>”" in html
    assert "Which of its words are the post’s own, if any, cannot be told" in html


@pytest.mark.parametrize(
    ("platform", "named"),
    [("youtube", "A video on YouTube"), ("soundcloud", "A recording on SoundCloud"), ("reddit", "A post on Reddit")],
)
def test_a_card_calls_a_thing_what_it_is(platform: str, named: str) -> None:
    """Nobody embeds a “post” from YouTube; each kind has a mark of its own too."""
    post = replace(POST, id=f"{platform}:1", platform=platform, text=None, permalink="https://example.com/1")
    noun = named.split()[1]
    html = render_card(make_card(post, None, replace(EMBED, platform=platform, form="iframe", handle=None)))
    unsigned = render_card(make_card(post, None, None, details="posts/1.html"))
    assert f"The article embeds this {noun} without its words" in html
    assert f"<bdi>{named}</bdi>" in unsigned
    assert f"All about this {noun}</a>" in unsigned


def test_each_kind_has_its_mark() -> None:
    """The drawn marks of a post, a video and a recording differ."""
    cards = [
        render_card(make_card(replace(POST, platform=name), None, None)) for name in ("reddit", "vimeo", "spotify")
    ]
    assert len({card.partition("<svg")[2].partition("</svg>")[0] for card in cards}) == len(cards)


def test_an_article_speaks_first_on_its_own_page() -> None:
    """Where two articles show the same post differently, each card has the name and the words of its own article."""
    html = render_card(make_card(POST, AUTHOR, replace(EMBED, form="blockquote", text="Boats can sink.")))
    assert "Ines Okafor" in html and "Boats can sink." in html
    assert "Author from the article’s text; words from the article’s embed code" in html


def test_borrowed_words_are_called_borrowed() -> None:
    """What only another article holds is shown, and said to be from there."""
    bare = replace(EMBED, form="amp", author_name=None, handle=None, handle_origin=None, posted_at=None)
    assert "Author, words and address from another article that embeds this post" in render_card(
        make_card(POST, AUTHOR, bare)
    )


@pytest.mark.parametrize("permalink", ["javascript:x()", "data:text/html,x", "//evil.example", None])
def test_only_web_addresses_are_links(permalink: str | None) -> None:
    """A permalink of any other kind is not shown."""
    assert "<a " not in render_card(make_card(Post(id="x:1", platform="x", permalink=permalink), None, None))


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (
            POST,
            "Author from the article’s text; words and address from the article’s embed code; "
            "time decoded from the post’s id",
        ),
        (Post(id="x:1", platform="x"), "Only that a post stood here is known from the article"),
    ],
)
def test_provenance_is_what_the_sources_say(post: Post, expected: str) -> None:
    """Each known value is named with its source, an unknown one not at all."""
    assert provenance_words(post, None) == expected


def test_an_open_clock_is_told() -> None:
    """The two minutes which a 12-hour clock leaves open are both on the card."""
    post = Post(
        id="x:1", platform="x", posted_at="2018-03-12", posted_at_options=("2018-03-12T07:30Z", "2018-03-12T19:30Z")
    )
    assert "2018-03-12, 07:30 or 19:30 UTC: the article prints a 12-hour clock" in render_card(
        make_card(post, None, None)
    )


CHOICE = Candidate(
    id="m p",
    marker_id="m",
    post_id="twitter:20",
    chosen=True,
    score=0.9,
    rule="handle, printed time",
    window="core",
    by_author=True,
    distance=0,
)


@pytest.mark.parametrize(
    ("distance", "told"),
    [
        (0, "handle, printed time"),
        (None, "handle, printed time"),
        (-12.4, "handle, printed time, 12 seconds before it"),
        (-1.0, "handle, printed time, 1 second before it"),
        (-664.0, "handle, printed time, 11 minutes before it"),
    ],
)
def test_a_card_says_by_what_its_post_was_known(distance: float | None, told: str) -> None:
    """An embed that names no post says which rule made it one of a known post, and how far apart the times are."""
    assert join_words(replace(CHOICE, distance=distance)).endswith(told)
    assert join_words(replace(CHOICE, distance=distance)) in render_card(
        make_card(POST, AUTHOR, EMBED, choice=replace(CHOICE, distance=distance))
    )


def test_quotations_are_never_the_posts_text() -> None:
    """What the article quotes stands apart, named as quoted, and the card still says that the words are not known."""
    quote = Quote(
        id="a#3@9",
        embed_id="a#3",
        post_id=None,
        start=9,
        end=20,
        score=0.9,
        agreement=None,
        reason="r<b>",
        text="<i>Hi",
    )
    html = render_card(make_card(None, None, EMBED, quotes=[quote]))
    assert "<summary>Quoted in the article</summary>" in html
    assert '<blockquote dir="auto">&lt;i&gt;Hi</blockquote><figcaption>r&lt;b&gt;</figcaption>' in html
    assert "Which of its words are the post’s own" in html
