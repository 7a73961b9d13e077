"""Charts: numbers become places in a drawing, and rows of the table that says the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from archiver.store import Kept

WIDTH = 720
"""The width of every drawing, in its own units; a page shows it as wide as it is itself."""

MOST_COLUMNS = 60
"""Columns of a stacked chart, the last that there are: more could not be told apart."""

FOOT, HEAD, SCALE = 40, 36, 52
"""The heights of the labels below a drawing, and above each of its strips; the width of those of a scale beside it."""

MOST_TICKS = 4
"""Lines of a scale above its base."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One rectangle: filled where the words of posts are kept, outlined where only who or when is, or the link."""

    x: float
    y: float
    width: float
    height: float
    mark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A word in a drawing; a minor one is left out where there is little room, a tick stands beside its line."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    kind: Literal["", "minor", "tick"] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A drawing and the table that says the same. `axes` are the heights of horizontal lines, which begin at `left`,
    `curve` the path data of a line through all; `key` is unique on a page; `note` says what is left out."""

    key: str
    title: str
    summary: str
    height: float
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    axes: tuple[float, ...]
    left: float = 0
    note: str = ""
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    curve: str = ""


def stacked_chart(
    key: str, title: str, counts: Mapping[str, Kept], *, unit: str, note: str = "", height: float = 130
) -> Chart:
    """One column for each of `counts`, filled below and outlined above; `unit` is what its keys are, such as Year."""
    counts = dict(list(counts.items())[-MOST_COLUMNS:])
    most = max((kept.total for kept in counts.values()), default=0)
    step = (WIDTH - SCALE) / max(len(counts), 1)
    base = 18 + height
    ticks = {tick: round(base - height * tick / most, 2) for tick in _ticks(most)}
    labels = [Label(x=SCALE - 8, y=y, text=f"{tick:,}", anchor="end", kind="tick") for tick, y in ticks.items()]
    bars = []
    for number, (name, kept) in enumerate(counts.items()):
        middle = round(SCALE + (number + 0.5) * step, 2)
        bars += _stack(middle, min(step * 0.62, 44), base, height, kept, most)
        labels.append(Label(x=middle, y=base + 28, text=name, kind=_kind(number, len(counts))))
    return Chart(
        key=key,
        title=title,
        summary=_summary(counts),
        height=base + FOOT,
        bars=tuple(bars),
        labels=tuple(labels),
        axes=(base, *ticks.values()),
        left=SCALE,
        note=note,
        head=(unit, "Words kept", "Only who or when", "Only the link", "All"),
        rows=tuple((name, *_numbers(kept)) for name, kept in counts.items()),
    )


def strips_chart(
    key: str,
    title: str,
    months: Sequence[str],
    strips: Mapping[str, Mapping[str, Kept]],
    *,
    note: str = "",
    height: float = 44,
) -> Chart:
    """One strip of columns for each of `strips`, all over the same months (`2020-10`), in one scale each."""
    step = WIDTH / max(len(months), 1)
    bars: list[Bar] = []
    labels: list[Label] = []
    axes: list[float] = []
    for row, (name, counts) in enumerate(strips.items()):
        base = (row + 1) * (height + HEAD)
        most = max((kept.total for kept in counts.values()), default=0)
        for number, month in enumerate(months):
            if kept := counts.get(month):
                bars += _stack((number + 0.5) * step, min(step * 0.75, 30), base, height, kept, most)
        total = sum((kept.total for kept in counts.values()), 0)
        labels.append(Label(x=0, y=base - height - 8, text=f"{name}: {total:,}", anchor="start"))
        labels.append(Label(x=WIDTH, y=base - height - 8, text=f"up to {most:,} a month", anchor="end", kind="minor"))
        axes.append(base)
    bottom = len(strips) * (height + HEAD)
    labels += _years(months, step, bottom + 28)
    used = [month for month in months if any(month in counts for counts in strips.values())]
    return Chart(
        key=key,
        title=title,
        summary="; ".join(f"{name} {sum(kept.total for kept in counts.values()):,}" for name, counts in strips.items()),
        height=bottom + FOOT,
        bars=tuple(bars),
        labels=tuple(labels),
        axes=tuple(axes),
        note=note,
        head=("Month", *strips),
        rows=tuple(
            (month, *(f"{counts[month].total:,}" if month in counts else "" for counts in strips.values()))
            for month in used
        ),
    )


def month_range(first: str, last: str) -> list[str]:
    """All months from one to another.

    >>> month_range("2019-11", "2020-02")
    ['2019-11', '2019-12', '2020-01', '2020-02']
    """
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def by_year(counts: Iterable[tuple[str, Kept]]) -> dict[str, Kept]:
    """Counts by year, from counts by anything that begins with one; years between that have none are there too."""
    years: dict[str, Kept] = {}
    for time, kept in counts:
        years[time[:4]] = years.get(time[:4], Kept()) + kept
    if not years:
        return {}
    return {str(year): years.get(str(year), Kept()) for year in range(int(min(years)), int(max(years)) + 1)}


def _stack(middle: float, width: float, base: float, height: float, kept: Kept, most: int) -> list[Bar]:
    """The bars of one column on `base`, as high as `height` where there are `most`; an empty one is left out."""
    bars = []
    x = round(middle - width / 2, 2)
    for mark, number in (("words", kept.words), ("who", kept.who), ("link", kept.link)):
        if number:
            high = round(height * number / most, 2)
            base = round(base - high, 2)
            bars.append(Bar(x=x, y=base, width=round(width, 2), height=high, mark=mark))
    return bars


def _years(months: Sequence[str], step: float, y: float) -> list[Label]:
    """A label at each January, or at every second, fifth or tenth where they would touch."""
    januaries = [(number, month[:4]) for number, month in enumerate(months) if month.endswith("-01")] or [
        (0, month[:4]) for month in months[:1]
    ]
    every = next((every for every in (1, 2, 5, 10) if len(januaries) <= 16 * every), 20)
    shown = [(number, year) for number, year in januaries if int(year) % every == 0]
    return [
        Label(x=round(max((number + 0.5) * step, 16), 2), y=y, text=year, kind=_kind(place, len(shown)))
        for place, (number, year) in enumerate(shown)
    ]


def _kind(number: int, count: int) -> Literal["", "minor"]:
    """Whether a label is one that a narrow screen has no room for: six fit on it."""
    return "minor" if number % -(-count // 6) else ""


def _ticks(most: int) -> range:
    """The numbers of a scale: in steps of one, two or five, or ten times that, and so on; none where there are none."""
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if most // step <= MOST_TICKS)
    return range(step, most + 1, step)


def _numbers(kept: Kept) -> tuple[str, ...]:
    return tuple(f"{number:,}" for number in (kept.words, kept.who, kept.link, kept.total))


def _summary(counts: Mapping[str, Kept]) -> str:
    """The drawing in a sentence, for those who do not see it."""
    if not counts:
        return "Nothing is known."
    total = sum(counts.values(), Kept())
    most = max(counts, key=lambda name: counts[name].total)
    return (
        f"{total.total:,} in all, from {next(iter(counts))} to {list(counts)[-1]}, most in {most} "
        f"({counts[most].total:,}); the words of {total.words:,} are kept."
    )
