"""The card, and what it says in words."""

import re
import sqlite3
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from archiver.identity import fold_post
from archiver.platforms import BY_NAME
from archiver.records import Author, Candidate, Embed, Flag, Post, Quote
from archiver.render.card import Card, make_card, render_card
from archiver.render.flagged import flag_words
from archiver.render.marks import MARKS, NOUN_MARKS, mark_of
from archiver.render.media import Media
from archiver.render.provenance import ORIGINS
from archiver.render.states import MARKS as MARKED
from archiver.render.words import join_words
from archiver.store.schema import STATE

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
    assert 'datetime="2020-10-02T03:45:52.114Z">2 October 2020, 03:45:52 UTC</time>' in html
    assert "Pilots &lt;b&gt;" in html
    assert 'cite="https://twitter.com/i/status/20"><p lang="" dir="auto">Boats</p><p lang="" dir="auto">can be' in html


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
    assert f"About this {noun}</a>" in unsigned


def test_each_platform_has_its_mark() -> None:
    """All differ, and a platform that has none yet has that of its noun."""
    assert set(MARKS) == set(BY_NAME)
    assert len({*MARKS.values(), *NOUN_MARKS.values()}) == len(MARKS) + 2  # a recording's is SoundCloud's
    assert mark_of("fernpost") == NOUN_MARKS["post"]


def test_an_article_speaks_first_on_its_own_page() -> None:
    """Where two articles show the same post differently, each card has the name and the words of its own article."""
    html = render_card(make_card(POST, AUTHOR, replace(EMBED, form="blockquote", text="Boats can sink.")))
    assert "Ines Okafor" in html and "Boats can sink." in html
    assert "Author and time from the article’s text; words from the article’s embed code" in html


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


def test_a_day_that_is_not_known_is_told() -> None:
    """Where the month's number may stand for the day, a card has the month, what is printed, and why: in the article,
    which is where the print is, and on the post's own page."""
    embed = replace(
        EMBED, platform="instagram", native_id=None, permalink=None, posted_at="2014-11-11T14:00Z", precision="minute"
    )
    embed = replace(embed, posted_text="Nov 11, 2014 at 6:00am PST", time_origin="marker", post_id="instagram:@x/1")
    post = fold_post("instagram:@x/1", [embed])
    card = make_card(post, None, embed)
    html = render_card(card)
    assert '<time class="archiver-when" datetime="2014-11">November 2014</time>' in html
    assert "Printed as “<bdi>Nov 11, 2014 at 6:00am PST</bdi>”. Instagram printed some days" in html
    assert [(fact.value, fact.source) for fact in card.facts if "time" in fact.name] == [
        ("Nov 11, 2014 at 6:00am PST", ORIGINS["marker"])
    ]
    assert make_card(post, None, None).left_open == make_card(None, None, embed).left_open == card.left_open


def test_an_open_clock_is_told() -> None:
    """The two minutes which a 12-hour clock leaves open are both on the card."""
    post = Post(
        id="x:1",
        platform="x",
        posted_at="2018-03-12",
        precision="day",
        posted_at_options=("2018-03-12T07:30Z", "2018-03-12T19:30Z"),
    )
    assert "12 March 2018, 07:30 or 19:30 UTC: the article prints a 12-hour clock" in render_card(
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
    assert "<summary>Quoted in the article: 1 passage</summary>" in html
    assert '<p lang="" dir="auto">&lt;i&gt;Hi</p></blockquote><figcaption>r&lt;b&gt;</figcaption>' in html
    assert "Which of its words are the post’s own" in html


TEXT = Card(ordinal=1, post="twitter:20", platform="twitter", handle="n", posted_at="2020-10-02", text="Boats.")
FLAG = Flag(
    id="f",
    kind="handle",
    cause=None,
    post_id="twitter:20",
    embed_id="news/a.html#1",
    article_id="news/a.html",
    detail="The embed is signed @a, its address is one of @b.",
)
VALUES = {"text": "Sea.", "handle": "ines", "posted_at": "2020-10-02", "permalink": "https://a.example"}


@pytest.mark.parametrize(
    ("card", "state", "told"),
    [
        (TEXT, "complete", ""),
        (
            replace(TEXT, text="Sea. pic.twitter.com/Ab3dEf6hIj"),
            "text-only",
            "Only the words are kept, not its picture.",
        ),
        (replace(TEXT, platform="instagram"), "text-only", "Only the words are kept, not its picture or video."),
        (replace(TEXT, handle=None), "text-only", "Who posted it is not known."),
        (replace(TEXT, posted_at=None), "text-only", "When it was posted is not known."),
        (replace(TEXT, text=None, form="amp"), "attribution-only", "The article embeds this post without its words."),
        (replace(TEXT, text=None, form="text"), "attribution-only", "The article’s text says who posted, or when."),
        (
            replace(TEXT, text=None, handle=None, posted_at=None, form="amp", permalink="https://a.example"),
            "link-only",
            "The article holds only the address of this post",
        ),
        (
            replace(TEXT, text=None, handle=None, printed=None, form="text", permalink="https://a.example"),
            "attribution-only",
            "The article holds neither the author of this post nor its words.",
        ),
        (replace(TEXT, text=None, handle=None, posted_at=None, form="amp"), "trace-only", "A post stood here."),
        (replace(TEXT, text=None, form=None), "attribution-only", "The articles that embed this post hold neither"),
        (replace(TEXT, status="gone"), "gone", "This post is gone from X (Twitter)."),
        (replace(TEXT, status="redacted"), "redacted", "This post is redacted:"),
    ],
)
def test_each_state_has_its_sentence(card: Card, state: str, told: str) -> None:
    """How much of a post is kept, and what became of it, is on the card in words and for the stylesheet."""
    html = render_card(card)
    assert f'data-state="{state}"' in html
    assert told in html
    assert bool(told) == ("archiver-missing" in html or "archiver-notice" in html)


def test_card_and_column_have_one_rule_for_how_much_is_known() -> None:
    """Whatever of words, author, time and address is kept, the card's state is that of lists, charts and facets."""
    db = sqlite3.connect(":memory:")
    rule = f"SELECT {STATE.format(text=':text', author=':handle', time=':posted_at')}"
    for kept in product((False, True), repeat=4):
        values: dict[str, Any] = {
            name: value if there else None for there, (name, value) in zip(kept, VALUES.items(), strict=True)
        }
        assert MARKED[replace(TEXT, **values).holding] == db.execute(rule, values).fetchone()[0], values
    db.close()


def test_a_picture_completes_a_post() -> None:
    """It is shown with its words for those who cannot see it, and its size, so that nothing moves when it loads."""
    picture = Media(src="../media/a.png", alt='A "pier"', width=480, height=320)
    html = render_card(replace(TEXT, platform="instagram", media=(picture,)))
    assert 'data-state="complete"' in html
    assert '<img src="../media/a.png" alt="A &#34;pier&#34;" width="480" height="320" loading="lazy">' in html


def test_of_a_redacted_post_nothing_is_shown() -> None:
    """Neither who, when, what nor where, though the records handed over still have all of it."""
    post = replace(POST, status="redacted")
    html = render_card(make_card(post, AUTHOR, EMBED, choice=CHOICE, flags=[FLAG], article="news/a.html"))
    for value in (
        "Ines",
        "ines",
        "Pilots",
        "northpilots",
        "Boats",
        "2020",
        "Oct",
        "status",
        "signed",
        "web.archive.org",
    ):
        assert value not in html, value
    assert 'data-post="" data-platform="twitter" data-embed="3"' in html


def test_a_contradiction_is_told_with_its_details() -> None:
    """One line says what disagrees; the sentences behind it say where, this embed's own first."""
    other = replace(
        FLAG, kind="text", cause="cut short", embed_id="news/b.html#1", article_id="news/b.html", detail="Other."
    )
    html = render_card(make_card(POST, AUTHOR, replace(EMBED, ordinal=1), flags=[other, FLAG], article="news/a.html"))
    assert 'data-state="contradictory"' in html
    assert "<summary>Sources disagree: author, words (likely cut short)</summary>" in html
    same = replace(FLAG, id="more", cause="renamed account")
    assert make_card(POST, AUTHOR, EMBED, flags=[FLAG, same]).disagreement == "Sources disagree: author"
    assert html.index("<small>Author, <bdi>here</bdi></small>") < html.index("<bdi>in news/b.html</bdi>, likely cut")


def test_a_harmless_difference_is_no_contradiction() -> None:
    """With a known cause for all of it the sources differ, and the card is what it would be."""
    html = render_card(make_card(POST, AUTHOR, EMBED, flags=[replace(FLAG, cause="renamed account")]))
    assert "<summary>Sources differ: author (likely renamed account)</summary>" in html
    assert 'data-state="complete"' in html


@pytest.mark.parametrize(
    ("published_at", "post", "year"),
    [
        ("2021-03-01", POST, "2020"),
        ("2021-03-01", replace(POST, posted_at=None), "2021"),
        (None, replace(POST, posted_at=None), ""),
    ],
)
def test_a_card_leads_to_the_web_archive(published_at: str | None, post: Post, year: str) -> None:
    """Near the time of the post, or else of the article, where one is known."""
    html = render_card(make_card(post, None, None, published_at=published_at))
    assert f'href="https://web.archive.org/web/{year}*/https://twitter.com/i/status/20"' in html


def test_a_card_can_stand_in_any_format() -> None:
    """No white space around it, no blank line in it, which would end HTML in Markdown, and no markup of others."""
    text = "One.\n\n\n<b>Two\u2028&amp;\r\n \r\nThree"
    html = render_card(make_card(replace(POST, text=text), replace(AUTHOR, name="A\n\n</article>"), None))
    assert html == html.strip()
    assert not re.search(r"\n\s*\n", html)
    assert "<b>" not in html and html.count("</article>") == 1


def test_other_words_are_marked_as_gone_and_as_new() -> None:
    """What one text has in place of another is `<del>` and `<ins>`, in the sentence of a text flag alone, and safe."""
    flag = replace(FLAG, kind="text", detail="Not the post’s: [-<b>high-] {+low+} tide")
    assert str(flag_words(flag)) == "Not the post’s: <del>&lt;b&gt;high</del> <ins>low</ins> tide"
    assert "<del>" not in flag_words(replace(flag, kind="time"))


@pytest.mark.parametrize(
    ("at", "written"),
    [
        ("2022-02-04T14:29:27Z", "4 February 2022, 14:29:27 UTC"),
        ("2022-02-07", "7 February 2022"),
        ("2022-02", "February 2022"),
    ],
)
def test_a_flag_writes_days_as_moments(at: str, written: str) -> None:
    """As long as it is precise, and not where it is printed so or is none."""
    flag = replace(FLAG, kind="age", detail=f"The embed dates the post {at}, before X opened ({at}).")
    data = f'<data value="{at}">{written}</data>'
    assert str(flag_words(flag)) == f"The embed dates the post {data}, before X opened ({data})."
    for detail in (f"It prints “{at}”.", "See 2022-13-01.", "See 2022-02-07-tide."):
        assert str(flag_words(replace(flag, detail=detail))) == detail
    assert "<data" not in flag_words(replace(flag, kind="text"))


def test_a_flag_writes_moments_as_people_do() -> None:
    """What machines read stays in the attribute."""
    flag = replace(FLAG, kind="time", detail="It prints “noon”, the post’s id says 2020-10-02T11:16:17.295Z.")
    time = '<data value="2020-10-02T11:16:17.295Z">2 October 2020, 11:16:17 UTC</data>'
    assert str(flag_words(flag)) == f"It prints “noon”, the post’s id says {time}."
