"""Curves: the share of posts that still stand, as a line of points and the table that says the same."""

from collections.abc import Mapping

from archiver.render.charts import FOOT, MOST_COLUMNS, SCALE, WIDTH, Bar, Chart, Label
from archiver.render.words import count_words
from archiver.store import Lives

POINT = 6.0
TOP = 14.0
"""Room above the highest point."""


def rot_chart(key: str, title: str, counts: Mapping[str, Lives], *, unit: str, height: float = 130) -> Chart:
    """A point for each of `counts` of which anything is known, as high as the share that is alive, joined by a line."""
    known = dict([(name, lives) for name, lives in counts.items() if lives.known][-MOST_COLUMNS:])
    step = (WIDTH - SCALE) / max(len(known), 1)
    places = [
        (round(SCALE + (number + 0.5) * step, 2), round(TOP + height * (1 - (lives.share or 0.0) / 100), 2))
        for number, lives in enumerate(known.values())
    ]
    axes = {share: TOP + height * (1 - share / 100) for share in _AXES}
    labels = [Label(x=SCALE - 8, y=y, text=f"{share} %", anchor="end", kind="tick") for share, y in axes.items()]
    every = -(-len(known) // 6)
    for number, (name, (x, _)) in enumerate(zip(known, places, strict=True)):
        labels.append(Label(x=x, y=TOP + height + 28, text=name, kind="minor" if number % max(every, 1) else ""))
    half = POINT / 2
    return Chart(
        key=key,
        title=title,
        summary=_summary(known),
        height=TOP + height + FOOT,
        bars=tuple(
            Bar(x=round(x - half, 2), y=round(y - half, 2), width=POINT, height=POINT, mark="words") for x, y in places
        ),
        labels=tuple(labels),
        axes=tuple(axes.values()),
        left=SCALE,
        curve=" ".join(f"{'L' if number else 'M'}{x} {y}" for number, (x, y) in enumerate(places)),
        head=(unit, "Alive", "Hidden", "Gone", "Share alive"),
        rows=tuple((name, *_numbers(lives)) for name, lives in known.items()),
    )


def _numbers(lives: Lives) -> tuple[str, ...]:
    return (*(f"{number:,}" for number in (lives.alive, lives.hidden, lives.gone)), f"{lives.share} %")


_AXES = (0, 50, 100)


def _summary(counts: Mapping[str, Lives]) -> str:
    """The drawing in a sentence, for those who do not see it."""
    total = sum(counts.values(), Lives())
    if not total.known:
        return "Nothing is known."
    (first, one), (last, other) = next(iter(counts.items())), list(counts.items())[-1]
    told = f"Of {count_words(total.known, 'post', 'posts')} {total.share} % are alive"
    return f"{told}: from {one.share} % ({first}) to {other.share} % ({last})." if len(counts) > 1 else f"{told}."
