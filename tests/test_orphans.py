"""Orphans: the words of known posts that stand in articles without attribution, and what is none."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.find.view import page_text
from archiver.identity import Span, find_orphans, find_places, know_texts
from archiver.identity.orphans import MOST_SHARING, NEAR
from archiver.records import Orphan
from archiver.render.slots import slot_positions
from tests.alarm import alarm

Archiver = Callable[..., CompletedProcess[str]]
Rows = Callable[..., dict[str, list[tuple[Any, ...]]]]

ALARM = 20.0
# Far above what a slow machine needs, far below what takes time squared.

POST = "Low tide, high spirits: the old “Heron” isn’t a wreck any more, she sails at noon from the north pier 🎉🎉"
WORDS = "Low tide, high spirits: the old “Heron” isn’t a wreck any more, she sails at noon from the north pier"
ADA, BO = ("twitter:20", "twitter:ada", POST), ("twitter:21", "twitter:bo", POST)
TWEET = (
    f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{POST} <a href="https://t.co/Ab3dEf6hIj">'
    "pic.twitter.com/Ab3dEf6hIj</a></p>&mdash; Ada Quill (@adaquill) "
    '<a href="https://twitter.com/adaquill/status/1311875000000000000">October 2, 2020</a></blockquote>'
)
FLATTENED = f"{POST} pic.twitter.com/Ab3dEf6hIj — Ada Quill (@adaquill) October 2, 2020"
BEFORE, BEHIND = "The boats were late again.", "Nobody at the harbour office was surprised."


def orphans(text: str, *posts: tuple[str, str | None, str], embeds: tuple[Span, ...] = ()) -> list[Orphan]:
    """The orphans of an article's readable text, when these posts are known."""
    return find_orphans("news/a.txt", text, find_places(text, know_texts(posts)), embeds)


# What is found


def test_the_same_words_are_found_where_they_stand() -> None:
    """An exact copy has the score 1 and the span of its words."""
    text = f"{BEFORE} {POST} {BEHIND}"
    [orphan] = orphans(text, ADA)
    assert orphan == Orphan(
        id=f"news/a.txt {len(BEFORE) + 1} twitter:20",
        post_id="twitter:20",
        article_id="news/a.txt",
        start=len(BEFORE) + 1,
        end=len(BEFORE) + 1 + len(WORDS),
        score=1.0,
        text=WORDS,
    )


SLIPS = {
    "straight quotation marks": WORDS.replace("“", '"').replace("”", '"').replace("’", "'"),
    "lost emoji": WORDS,
    "line breaks": WORDS.replace(" ", "\n", 5),
    "another case": WORDS.upper(),
    "soft hyphens": WORDS.replace("spirits", "spi\u00adrits"),
    "decomposed letters": WORDS.replace("isn’t a wreck", "isn’t a wre\u0301ck"),
    "a changed word": WORDS.replace("wreck", "ruin"),
    "a changed first word": WORDS.replace("Low", "High"),
    "a lost word": WORDS.replace("old ", ""),
    "words put in": WORDS.replace("sails", "sails, we hope,"),
    "a link put in": WORDS.replace("any more,", "any more, https://news.example/heron/2020?from=feed"),
    "a picture put in": WORDS.replace("any more,", "any more, pic.twitter.com/Ab3dEf6hIj"),
}


@pytest.mark.parametrize("passage", SLIPS.values(), ids=SLIPS)
def test_what_a_scraper_does_to_the_words_does_not_hide_them(passage: str) -> None:
    """A near copy is found too, and its span holds the passage but for its edges' own slips."""
    text = f"{BEFORE} {passage} {BEHIND}"
    [orphan] = orphans(text, ADA)
    assert orphan.score >= NEAR
    assert passage.endswith(orphan.text)
    assert len(orphan.text) >= len(passage) - len("High ")


def test_links_of_the_post_need_not_be_in_the_article() -> None:
    """Scrapers drop the addresses in a post: its words are found as if it had none."""
    linked = ("twitter:20", None, f"{WORDS} https://t.co/x pic.twitter.com/Ab3dEf6hIj")
    assert [orphan.score for orphan in orphans(f"{BEFORE} {WORDS}. {BEHIND}", linked)] == [1.0]


def test_a_text_without_spaces_is_found() -> None:
    """Of Chinese and Japanese each character counts as a word."""
    text = "港の灯りがまた点いた。みんなで見に行こう、今夜は本当にきれいだと思うよ、ありがとう"
    [orphan] = orphans(f"昨日の記事。{text.replace('きれい', '綺麗')}。以上です。", ("x:1", None, text))
    assert orphan.text == text.replace("きれい", "綺麗")


def test_each_place_is_found() -> None:
    """Words that stand there twice are two orphans."""
    assert len(orphans(f"{WORDS}. {BEFORE} {WORDS}.", ADA)) == 2


def test_of_posts_with_the_same_words_all_are_told() -> None:
    """None is preferred."""
    assert [orphan.post_id for orphan in orphans(f"{BEFORE} {WORDS}.", BO, ADA)] == ["twitter:20", "twitter:21"]


def test_a_place_is_that_of_the_text_that_fits_best() -> None:
    """Of two posts that say nearly the same, the one whose words stand there."""
    other = ("twitter:21", None, POST.replace("north", "south"))
    assert [orphan.post_id for orphan in orphans(f"{BEFORE} {WORDS}.", other, ADA)] == ["twitter:20"]


# What is none

NONE = {
    "other words": f"{BEFORE} {BEHIND}",
    "half of the words": f"{BEFORE} {WORDS[:50]} {BEHIND}",
    "in quotation marks": f"{BEFORE} “{WORDS},” she wrote. {BEHIND}",
    "in straight quotation marks": f'{BEFORE} "{WORDS}". {BEHIND}',
    "in German quotation marks": f"{BEFORE} „{WORDS}“. {BEHIND}",
    "in guillemets with spaces": f"{BEFORE} «\u00a0{WORDS} 🎉🎉 ! » {BEHIND}",
    "in a longer German quotation": f"{BEFORE} „Glaubt mir, {WORDS.replace('“', '‚').replace('”', '‘')}, ihr alle“.",
    "in a quotation behind an apostrophe": f'The dogs\' "{WORDS}" {BEHIND}',
    "in a longer quotation": f"{BEFORE} “Believe me, {WORDS}, and all of us on board,” she said. {BEHIND}",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_is_quoted_or_only_alike_is_no_orphan(text: str) -> None:
    """Quotations are another matter, and a part of a post is not its text."""
    assert orphans(text, ADA) == []


@pytest.mark.parametrize(
    "text",
    [f"“Good.” {WORDS}. “Indeed,” they said.", f"“{WORDS}. {BEHIND}", f"{BEFORE} {WORDS}” {BEHIND}"],
    ids=["between two quotations", "only opened", "only closed"],
)
def test_quotation_marks_must_be_around_it(text: str) -> None:
    """Marks on one side, or those of other quotations, make no quotation of it."""
    assert len(orphans(text, ADA)) == 1


@pytest.mark.parametrize(
    "text", ["Happy birthday to all of you!", "Congratulations, congratulations, congratulations!"]
)
def test_a_text_that_many_may_say_is_not_looked_for(text: str) -> None:
    """It needs some words and some letters; a link does not count."""
    assert orphans(f"{BEFORE} {text}", ("twitter:20", None, f"{text} https://news.example/a-rather-long/address")) == []


AT = len(BEFORE) + 1
EMBEDS = {
    "inside the post's own": (Span(AT - 1, AT + len(POST) + 40, "twitter:20", None), 0),
    "inside another's": (Span(AT - 1, AT + len(POST) + 40, "tiktok:1", None), 0),
    "over the edge of another's": (Span(AT + len(POST) - 9, AT + len(POST) + 40, "tiktok:1", None), 0),
    "before the post's own": (Span(AT + len(POST) + 1, AT + len(POST) + 9, "twitter:20", None), 0),
    "before one of its author": (Span(AT + len(POST) + 1, AT + len(POST) + 9, "twitter:9", "twitter:ada"), 0),
    "before another's": (Span(AT + len(POST) + 1, AT + len(POST) + 9, "tiktok:1", None), 1),
    "behind the post's own": (Span(AT - 4, AT - 1, "twitter:20", None), 0),
    "words away from the post's own": (Span(0, 9, "twitter:20", None), 1),
}


@pytest.mark.parametrize(("embed", "count"), EMBEDS.values(), ids=EMBEDS)
def test_what_belongs_to_an_embed_is_no_orphan(embed: Span, count: int) -> None:
    """In any embed, or beside one of the same post or author, the words are attributed."""
    assert len(orphans(f"{BEFORE} {POST} {BEHIND}", ADA, embeds=(embed,))) == count


def test_a_picture_between_words_and_attribution_does_not_part_them() -> None:
    """Of a flattened post the link stands before the attribution."""
    text = f"{BEFORE} {POST} pic.twitter.com/Ab3dEf6hIj — Ada Quill (@ada)"
    at = text.index("— Ada")
    assert orphans(text, ADA, embeds=(Span(at, len(text), "twitter:20", None),)) == []


# Where the embeds of a page were

PIECES = (
    "<p>",
    "</p>",
    "wörd ",
    "2 ",
    "<b>x</b>",
    "<br>",
    "<pre>",
    "</pre>",
    "&amp;",
    "&eacute;",
    "\ufdd0",
    "\ufffc",
    " ",
)


@given(st.lists(st.sampled_from((*PIECES, "slot"))))
def test_each_slot_is_behind_the_words_before_it(pieces: list[str]) -> None:
    """Its position is in the text, in order, and parts the letters as the slot does."""
    bodies = [f"<!--embed {number}-->" if piece == "slot" else piece for number, piece in enumerate(pieces)]
    body = "".join(bodies)
    text = page_text(body)
    positions = slot_positions(body, text)
    assert list(positions) == sorted(positions)
    assert list(positions.values()) == sorted(positions.values())
    for ordinal, position in positions.items():
        before = page_text("".join(bodies[:ordinal]))
        assert "<pre>" in body or list(filter(str.isalnum, before)) == list(filter(str.isalnum, text[:position]))


# Any input

TOKENS = (
    *WORDS.split(" "),
    "“",
    "”",
    '"',
    "«",
    "…",
    "https://t.co/a",
    "\u00ad",
    "\u0301",
    "\ud800",
    "\n",
    "\0",
    "ﷺ",
    "İ",
)


@given(st.lists(st.sampled_from(TOKENS), max_size=120).map(" ".join), st.lists(st.text(max_size=90), max_size=3))
def test_every_orphan_is_what_stands_there(text: str, others: list[str]) -> None:
    """Finding never raises; a passage is that of its span, no two share a character, and all are as alike as said."""
    posts = [ADA, *((f"twitter:{number}", None, other) for number, other in enumerate(others))]
    places = find_places(f"{text} {' '.join(others)} {text}", know_texts(posts))
    found = find_orphans("a", text, find_places(text, know_texts(posts)), ())
    assert all(text[orphan.start : orphan.end] == orphan.text and NEAR <= orphan.score <= 1 for orphan in found)
    assert all(one.end <= other.start for one, other in pairwise(places))


SAME = " ".join(["ha"] * 40)
HOSTILE = {
    "the same word": ([SAME], "ha " * 300_000),
    "nearly the same word": ([SAME], "ha ha ha hi " * 80_000),
    "the text over and over": ([WORDS], f"{WORDS} " * 8_000),
    "the text with a slip, over and over": ([WORDS], f"{WORDS.replace('wreck', 'ruin')} " * 4_000),
    "posts that differ in a word": ([f"{WORDS} {number}" for number in range(5_000)], f"{WORDS} " * 4_000),
    "posts of two words": (["ha hi " * 20 + str(number) for number in range(MOST_SHARING)], "ha hi " * 50_000),
    "no spaces": ([WORDS], "x" * 1_000_000 + "/" * 1_000_000),
    "addresses without an end": ([WORDS], "a/" * 500_000 + " a/b" * 200_000),
    "letters and marks": ([WORDS], "x\u0301" * 500_000),
}


@pytest.mark.no_cover
@pytest.mark.parametrize(("texts", "article"), HOSTILE.values(), ids=HOSTILE)
def test_repetition_takes_no_time_squared(texts: list[str], article: str) -> None:
    """A megabyte of what is almost a post, over and over, is looked through before the alarm rings."""
    with alarm(ALARM):
        known = know_texts((f"twitter:{number}", None, text) for number, text in enumerate(texts))
        places = find_places(article, known)
    assert all(article[place.start : place.end].strip() for place in places)


# In the archive


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A post embedded in a page and flattened in a text; its words alone in a text, a Markdown file and a page."""
    folder = tmp_path / "news"
    folder.mkdir()
    page = "<html><title>Heron</title><body><p>{} It was a long summer.</p>{}<p>{}</p></body></html>"
    files = {
        "card.html": page.format(BEFORE, TWEET, BEHIND),
        "flattened.txt": f"The Heron\n\n{BEFORE}\n\n{FLATTENED}\n\n{BEHIND}\n",
        "text.txt": f"The Heron\n\n{BEFORE}\n\n{POST}\n\n{BEHIND}\n",
        "notes.md": f"# The Heron\n\n{BEFORE}\n\n{WORDS.replace('old', '*old*')}\n\n{BEHIND}\n",
        "page.html": page.format(BEFORE, f"<p>{WORDS.replace('any more, ', 'any more,<br>')}</p>", BEHIND),
    }
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return folder


def stored(db: Path, query: str = "SELECT article_id, post_id FROM orphans ORDER BY id") -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(query).fetchall()


def cards_in(site: Path) -> list[Path]:
    """The pages of posts, without those that only lead to one."""
    return [page for page in (site / "posts").glob("*.html") if 'class="card' in page.read_text("utf-8")]


NATIVE = "twitter:1311875000000000000"
FOUND = [(f"news/{name}", NATIVE) for name in ("notes.md", "page.html", "text.txt")]


def test_a_run_finds_them_when_asked_to(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """In text, Markdown and HTML, but not the card's own words, and not without the option."""
    assert "without attribution" not in archiver("run", news).stdout
    assert stored(tmp_path / "archive.db") == []
    done = archiver("run", news, "--orphans")
    assert "Words of known posts stand without attribution in 3 places." in done.stdout
    assert stored(tmp_path / "archive.db") == FOUND
    spans = 'SELECT orphans.text = substr(articles.text, "start" + 1, "end" - "start") FROM orphans JOIN articles '
    assert stored(tmp_path / "archive.db", f"{spans} ON articles.id = article_id") == [(1,)] * 3


def test_the_post_page_lists_them(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """With the article and the passage; the page is made again by the run that finds them."""
    archiver("run", news)
    [page] = cards_in(tmp_path / "site")
    assert "without attribution" not in page.read_text("utf-8")
    archiver("run", news, "--orphans")
    listed = page.read_text("utf-8").partition("Articles where its words stand without attribution")[2]
    assert listed.count(WORDS) == 2
    assert 'href="../articles/news-text-txt-' in listed


def test_they_are_contradictions(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """The view of what does not agree names them `unattributed`, with the words."""
    archiver("run", news, "--orphans")
    query = "SELECT article_id, detail FROM contradictions WHERE kind = 'unattributed' ORDER BY article_id"
    found = stored(tmp_path / "archive.db", query)
    assert [article for article, _ in found] == [article for article, _ in FOUND]
    assert found[-1][1] == f"The post’s words stand in the article without attribution: “{WORDS}”"


def test_looking_again_changes_nothing(archiver: Archiver, news: Path, tmp_path: Path, rows: Rows) -> None:
    """Not a row, not a page."""
    archiver("run", news, "--orphans")
    before = rows(tmp_path / "archive.db", "orphans", "posts")
    again = archiver("run", news, "--orphans", "-v")
    assert rows(tmp_path / "archive.db", "orphans", "posts") == before
    assert "0 files written" in again.stderr


def test_a_changed_article_loses_its_own(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """Also in a run that does not look for any; the page of the post no longer lists it."""
    archiver("run", news, "--orphans")
    (news / "text.txt").write_text(f"The Heron\n\n{BEFORE}\n\n{BEHIND}\n", "utf-8")
    archiver("run", news)
    assert stored(tmp_path / "archive.db") == FOUND[:2]
    [page] = cards_in(tmp_path / "site")
    assert "news-text-txt-" not in page.read_text("utf-8")


def test_a_removed_article_loses_its_own(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """No row is left that names an article which is not there."""
    archiver("run", news, "--orphans")
    (news / "text.txt").unlink()
    archiver("run", news, "--prune")
    assert stored(tmp_path / "archive.db") == FOUND[:2]


@pytest.mark.parametrize("text", ["We sail no more, the harbour is closed for good.", None], ids=["other", "gone"])
def test_a_post_with_other_words_loses_its_own(
    archiver: Archiver, news: Path, tmp_path: Path, text: str | None
) -> None:
    """What was found are the words that it is known by no more."""
    archiver("run", news, "--orphans")
    (news / "flattened.txt").unlink()
    (news / "card.html").write_text(f"<p>{BEFORE}</p>{TWEET.replace(POST, text) if text else ''}", "utf-8")
    archiver("run", news, "--prune")
    assert stored(tmp_path / "archive.db") == []


def test_the_configuration_can_ask_for_them(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """As every option, and the command line has the last word."""
    (tmp_path / "archiver.toml").write_text("orphans = true", "utf-8")
    assert "in 3 places" in archiver("run", news).stdout
    assert "without attribution" not in archiver("run", news, "--no-orphans").stdout


def test_json_counts_them(archiver: Archiver, news: Path) -> None:
    """Not looked for is not none."""
    assert '"orphans": 3' in archiver("run", news, "--orphans", "--json").stdout
    assert '"orphans": null' in archiver("run", news, "--json").stdout
