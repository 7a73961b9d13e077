"""Charts: where the bars are, and that the table beside them says the same."""

from itertools import pairwise

import pytest

from archiver.render.charts import WIDTH, Chart, by_year, month_range, stacked_chart, strips_chart
from archiver.store import Kept

YEARS = {"2019": Kept(words=3, who=1), "2020": Kept(), "2021": Kept(words=4, who=2, link=2)}
MONTHS = month_range("2019-11", "2021-02")
STRIPS = {
    "X (Twitter)": {"2019-11": Kept(words=4), "2020-01": Kept(words=1, who=1)},
    "Flickr": {"2021-02": Kept(link=1)},
}
STACKED = stacked_chart("years", "By year", YEARS, unit="Year")
STRIPPED = strips_chart("months", "By month", MONTHS, STRIPS)


def test_columns_are_as_high_as_their_numbers() -> None:
    """The highest fills the drawing, the others in proportion; filled stands below outlined, and nothing overlaps."""
    base = STACKED.axes[0]
    last = [bar for bar in STACKED.bars if bar.x > WIDTH * 2 / 3]
    assert [bar.mark for bar in last] == ["words", "who", "link"]
    assert sum(bar.height for bar in last) == pytest.approx(130)
    assert [round(bar.height / 130 * 8) for bar in STACKED.bars] == [3, 1, 4, 2, 2]
    assert all(bar.y + bar.height == pytest.approx(below) for bar, below in zip(last, (base, last[0].y), strict=False))


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (1, ["1"]),
        (4, ["1", "2", "3", "4"]),
        (8, ["2", "4", "6", "8"]),
        (49, ["10", "20", "30", "40"]),
        (60, ["20", "40", "60"]),
        (1284, ["500", "1,000"]),
        (0, []),
    ],
)
def test_a_scale_has_few_round_numbers(most: int, ticks: list[str]) -> None:
    """Each stands at its line, and a line is as high as a column of its number."""
    counts = {"2019": Kept(words=most), **{f"{tick}": Kept(words=int(tick.replace(",", ""))) for tick in ticks}}
    chart = stacked_chart("x", "X", counts, unit="Year")
    labels = [label for label in chart.labels if label.kind == "tick"]
    assert [label.text for label in labels] == ticks
    assert [label.y for label in labels] == list(chart.axes[1:])
    assert [bar.y for bar in chart.bars[1:]] == pytest.approx(chart.axes[1:])


@pytest.mark.parametrize("chart", [STACKED, STRIPPED, stacked_chart("none", "None", {}, unit="Year")])
def test_nothing_is_drawn_outside(chart: Chart) -> None:
    """Every bar lies within the drawing, and so do the labels' anchors."""
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and 0 <= bar.y <= chart.height for bar in chart.bars)
    assert all(0 <= label.x <= WIDTH and 0 <= label.y <= chart.height for label in chart.labels)


def test_the_table_says_the_same() -> None:
    """A row for each column, with all its parts; of months only those in which there is something."""
    assert STACKED.rows == (("2019", "3", "1", "0", "4"), ("2020", "0", "0", "0", "0"), ("2021", "4", "2", "2", "8"))
    assert STRIPPED.head == ("Month", "X (Twitter)", "Flickr")
    assert STRIPPED.rows == (("2019-11", "4", ""), ("2020-01", "2", ""), ("2021-02", "", "1"))


def test_the_summary_is_a_sentence_for_those_who_do_not_see_it() -> None:
    """It has the sum, the span and the most."""
    assert STACKED.summary == "12 in all, from 2019 to 2021, most in 2021 (8); the words of 7 are kept."


def test_years_between_are_there_too() -> None:
    """A gap of years is a gap in the drawing."""
    assert by_year([("2018-03", Kept(who=1)), ("2020", Kept(words=1)), ("2018-12", Kept(words=1))]) == {
        "2018": Kept(words=1, who=1),
        "2019": Kept(),
        "2020": Kept(words=1),
    }


@pytest.mark.parametrize("years", [3, 20, 40, 120])
def test_labels_do_not_touch(years: int) -> None:
    """Years below the months are at least the width of a year apart, and on a narrow screen at most six are left."""
    months = month_range("1901-01", f"{1900 + years}-12")
    labels = [label for label in strips_chart("x", "X", months, {"A": {}}).labels if label.text.isdigit()]
    assert all(after.x - before.x >= 36 for before, after in pairwise(labels))
    assert 1 < sum(label.kind != "minor" for label in labels) <= 6
