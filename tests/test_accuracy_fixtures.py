"""The labelled fixtures: what is found in them, platform by platform, and what must not be."""

from functools import cache

import pytest

from archiver.find import find_embeds
from archiver.platforms import PLATFORMS
from benchmarks import accuracy

ALLOWED = 0.05  # share of a platform's embeds that may be missed, misread or too many: none where it has under twenty


@cache
def tally() -> accuracy.Tally:
    """The comparison of all fixtures, made once."""
    return accuracy.measure_all()


def misses(group: str) -> list[str]:
    """The misses of a platform, or of the look-alikes, in words."""
    return [miss for key, miss in tally().misses if key == group]


@pytest.mark.parametrize("platform", [one.name for one in PLATFORMS])
def test_embeds_of_a_platform_are_found_as_labelled(platform: str) -> None:
    """Nearly every labelled embed is found once, with its fields, and nothing else is taken for one."""
    count = tally().counts["platform", platform]
    assert count["hit"] + count["miss"] > 0, "no fixture"
    wrong = misses(platform)
    assert len(wrong) <= ALLOWED * (count["hit"] + count["miss"]), "\n".join(wrong)


def test_look_alikes_are_left_alone() -> None:
    """What merely looks like an embed is none."""
    assert tally().share("look-alikes taken") <= accuracy.BARS["look-alikes taken"], "\n".join(misses("look-alikes"))


def test_spans_are_true_to_the_source() -> None:
    """A marker is the text of its span, in every fixture."""
    for row in accuracy.read_rows(accuracy.FIXTURES / "markers.jsonl"):
        source = row["text"] if row["platform"] is None else row["before"] + row["marker"] + row["after"]
        for embed in find_embeds(source, "text"):
            assert source[embed.start : embed.end] == embed.marker, row["id"]


def test_fixtures_are_many_and_distinct() -> None:
    """The size that the measurement promises: 400 markers, 90 look-alikes and 60 pages, a third without embeds."""
    rows = accuracy.read_rows(accuracy.FIXTURES / "markers.jsonl")
    pages = accuracy.read_rows(accuracy.FIXTURES / "pages" / "truth.jsonl")
    marked = [row for row in rows if row["platform"]]
    assert len({row["id"] for row in rows}) == len(rows)
    assert len(marked) >= 400
    assert len(rows) - len(marked) >= 90
    assert len(pages) >= 60
    assert sum(not page["embeds"] for page in pages) >= len(pages) // 3
    folder = accuracy.FIXTURES / "pages"
    assert {path.name for path in folder.iterdir()} == {page["path"] for page in pages} | {"truth.jsonl"}
