"""Where each value of a card comes from."""

from dataclasses import replace

import pytest

from archiver.records import Author, Candidate, Embed, Post
from archiver.render.provenance import Fact, find_facts, provenance_words

EMBED = Embed(
    ordinal=1,
    platform="instagram",
    form="text",
    start=0,
    end=1,
    marker="x",
    handle="ines.okafor",
    handle_origin="marker",
    author_name="Ines Okafor",
    posted_at="2020-10-02T11:16Z",
    posted_text="Oct 2, 2020 at 4:16am PDT",
    time_origin="marker",
)
POST = Post(
    id="instagram:CF1tGabcdef",
    platform="instagram",
    permalink="https://www.instagram.com/p/CF1tGabcdef/",
    permalink_source="markup",
    author_id="instagram:ines.okafor",
    author_source="marker",
    posted_at="2020-10-02T11:16:17.295Z",
    precision="millisecond",
    posted_at_source="id",
    text="The tide.",
    text_source="markup",
)
AUTHOR = Author(
    id="instagram:ines.okafor", platform="instagram", handle="ines.okafor", name="Ines", name_source="marker"
)
BARE = replace(EMBED, form="amp", handle=None, author_name=None, posted_at=None, posted_text=None)
DAY = replace(POST, posted_at="2020-10-02T11:16Z", precision="minute", posted_at_source="marker")


@pytest.mark.parametrize(
    ("post", "author", "embed", "told"),
    [
        (None, None, EMBED, "Author and time from the article’s text"),
        (
            replace(POST, text=None, permalink=None),
            AUTHOR,
            EMBED,
            "Author and time from the article’s text; exact time decoded from the post’s id",
        ),
        (
            POST,
            AUTHOR,
            BARE,
            "Author, words and address from another article that embeds this post; "
            "exact time decoded from the post’s id",
        ),
        (
            POST,
            AUTHOR,
            None,
            "Author from the article’s text; words and address from the article’s embed code; "
            "exact time decoded from the post’s id",
        ),
        (DAY, None, BARE, "Words, address and time from another article that embeds this post"),
        (
            replace(DAY, text=None, permalink=None),
            None,
            replace(EMBED, posted_at="2020-10-02"),
            "Author and time from the article’s text; time to the minute from another article that embeds this post",
        ),
        (
            None,
            None,
            replace(EMBED, posted_at=None, handle_origin="markup"),
            "Author’s name from the article’s text; handle from the article’s embed code",
        ),
        (None, None, replace(BARE, author_name="Ines"), "Author from the article’s text"),
        (None, None, BARE, "Only that a post stood here is known from the article"),
    ],
)
def test_provenance_is_one_sentence(post: Post | None, author: Author | None, embed: Embed | None, told: str) -> None:
    """Each known value is named with its source, an unknown one not at all."""
    assert provenance_words(find_facts(post, author, embed)) == told


def test_facts_have_their_values() -> None:
    """The table behind the sentence shows what is printed and what was decoded, side by side."""
    facts = {fact.name: fact for fact in find_facts(POST, AUTHOR, EMBED)}
    assert facts["time"].value == "Oct 2, 2020 at 4:16am PDT"
    assert facts["exact time"] == Fact(
        name="exact time", value="2020-10-02T11:16:17.295Z", origin="id", source="decoded from the post’s id"
    )
    assert facts["author"].value == "Ines Okafor (@ines.okafor)"


def test_a_join_is_a_fact_of_its_own() -> None:
    """Which post a marker is of is said last, by the rule that told it."""
    choice = Candidate(
        id="m p",
        marker_id="m",
        post_id=POST.id,
        chosen=True,
        score=0.9,
        rule="handle, printed time",
        window="core",
        by_author=True,
        distance=-12.0,
    )
    facts = find_facts(POST, AUTHOR, EMBED, choice)
    assert (facts[-1].name, facts[-1].value) == ("post", POST.id)
    assert facts[-1].source.endswith("handle, printed time, 12 seconds before it")
    assert provenance_words(facts).endswith("; post identified through other articles")
