"""`python -m benchmarks.quotes`: precision and recall of the quoted passages in labelled articles; exit 1 below a bar.

The articles are in `tests/data/quotes/articles`, the passages that belong to each of their embeds in `truth.jsonl`
beside them, labelled as a person reads them. All of it is invented. Those of the set `held-out` were written when the
finder was done, and changed nothing of it.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver import __version__
from archiver.find import find_embeds
from archiver.quotes import accept, find_passages
from archiver.records import Embed, Format, Passage

PRECISION, RECALL = 0.95, 0.80
WITHOUT, WITH = "with a post's text known, which is not used", "the same, and it is used"
MEASURED = "2026-11-26"  # the day of the table in the README
CORPUS = Path(__file__).parent.parent / "tests" / "data" / "quotes"
FORMATS: dict[str, Format] = {".html": "html", ".md": "markdown", ".txt": "text"}
LANGUAGES = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish",
}  # fmt: skip


@dataclass(kw_only=True)
class Score:
    """What was found of one group of articles."""

    articles: int = 0
    labels: int = 0
    hits: int = 0
    extras: int = 0

    @property
    def precision(self) -> float:
        """The share of the accepted passages that are labelled."""
        return self.hits / (self.hits + self.extras) if self.hits + self.extras else 1.0

    @property
    def recall(self) -> float:
        """The share of the labelled passages that are accepted."""
        return self.hits / self.labels if self.labels else 1.0


@dataclass(kw_only=True)
class Tally:
    """Scores by group, and the misses in words."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    misses: list[str] = field(default_factory=list)

    def below(self) -> list[str]:
        """The groups that miss a bar, of those that have one."""
        return [
            name
            for name in ("all", "held-out")
            if self.scores[name].precision < PRECISION or self.scores[name].recall < RECALL
        ]


def read_truth() -> list[dict[str, Any]]:
    """The labels, one row an article."""
    return [json.loads(line) for line in (CORPUS / "truth.jsonl").read_text("utf-8").splitlines()]


def read_article(row: dict[str, Any]) -> tuple[str, Format, list[Embed]]:
    """A labelled article's source, its format and its embeds."""
    path = CORPUS / "articles" / row["path"]
    source, form = path.read_bytes().decode(), FORMATS[path.suffix]
    return source, form, find_embeds(source, form)


def measure(row: dict[str, Any], tally: Tally, groups: Sequence[str], *, known: bool = False) -> None:
    """Compare the accepted passages of an article with its labels; with `known`, by its posts' texts too."""
    source, form, embeds = read_article(row)
    posts = known_texts(row, embeds) if known else {}
    passages = find_passages(source, form, embeds)
    accepted = [passage for passage in passages if accept(passage, posts.get(passage.embed))]
    left = list(row["quotes"])
    extras = []
    for passage in accepted:
        label = next((label for label in left if same(passage, label)), None)
        if label is None:
            extras.append(passage)
        else:
            left.remove(label)
    for name in groups:
        score = tally.scores[name]
        score.articles += 1
        score.labels += len(row["quotes"])
        score.hits += len(accepted) - len(extras)
        score.extras += len(extras)
    if not known:
        tally.misses += [f"{row['path']}: extra {p.embed} {p.text[:60]!r} {p.score} {p.reason}" for p in extras]
        for label in left:
            near = [
                f"{p.embed} {p.score} {p.reason}" for p in passages if p.start < label["end"] > label["start"] < p.end
            ]
            tally.misses.append(f"{row['path']}: missed {label['embed']} {label['text'][:60]!r} {'; '.join(near)}")


def known_texts(row: dict[str, Any], embeds: Sequence[Embed]) -> dict[int, str]:
    """The texts of an article's posts by ordinal: as labelled from elsewhere, or as the embed itself has them."""
    shown = {embed.ordinal: embed.text for embed in embeds if embed.text}
    return shown | {int(ordinal): text for ordinal, text in row.get("posts", {}).items()}


def same(passage: Passage, label: dict[str, Any]) -> bool:
    """Whether a passage is the labelled one: of its embed, over its span, with its words."""
    return bool(
        passage.embed == label["embed"]
        and passage.start < label["end"]
        and label["start"] < passage.end
        and passage.text.split() == label["text"].split()
    )


def measure_all() -> Tally:
    """Measure every labelled article."""
    tally = Tally()
    for row in read_truth():
        measure(row, tally, ["all", row["set"], LANGUAGES[row["language"]]])
        if known_texts(row, read_article(row)[2]):
            measure(row, tally, [WITHOUT])
            measure(row, tally, [WITH], known=True)
    return tally


def table_lines(tally: Tally) -> Iterator[str]:
    """The table in Markdown."""
    yield f"Archiver {__version__}, {MEASURED}; the bars are {PRECISION:.0%} precision and {RECALL:.0%} recall:\n"
    yield "| articles | | passages | precision | recall |\n|---|---:|---:|---:|---:|"
    first = ["all", "dev", "held-out", WITHOUT, WITH]
    for name in [*first, *sorted(set(tally.scores) - set(first))]:
        score = tally.scores[name]
        yield f"| {name} | {score.articles} | {score.labels} | {score.precision:.1%} | {score.recall:.1%} |"


def main() -> int:
    """Print the table; 0 when both bars are met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quotes", description=__doc__)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N misses")
    show = parser.parse_args().show
    tally = measure_all()
    print("\n".join(table_lines(tally)))
    for miss in tally.misses[:show]:
        print(f"  {miss}")
    if low := tally.below():
        print(f"\nBelow the bar: {', '.join(low)}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
