"""`python -m benchmarks.accuracy`: precision and recall on the project's own labelled fixtures; exit 1 below a bar.

The fixtures are in `tests/data/accuracy`: `markers.jsonl` holds flattened embeds with a little context and look-alikes,
`pages` whole documents with the embeds of each in `truth.jsonl`. All of it is invented, and says what a person reads.
"""

import argparse
import difflib
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archiver import __version__
from archiver.find import find_embeds
from archiver.records import Embed, Format

BARS = {  # shares of the labels: of look-alikes at most so much may be taken, of all else at least so much must be met
    "look-alikes taken": 0.05,
    "markers found": 0.98,
    "exactly one": 0.97,
    "handle": 0.99,
    "author name": 0.95,
    "time": 0.98,
    "text": 0.85,
    "permalink": 0.95,
    "page embeds found": 0.98,
    "page embeds right": 0.98,
    "pages exactly right": 0.92,
}
MEASURED = "2026-11-26"  # the day of the table in the README
FIXTURES = Path(__file__).parent.parent / "tests" / "data" / "accuracy"
FORMATS: dict[str, Format] = {".html": "html", ".md": "markdown", ".txt": "text"}
SAME_TEXT = 0.9  # share of characters that a text must have in common with its label: edges differ by a blank or dash


@dataclass(kw_only=True)
class Tally:
    """What was found: counts `(table, key) → hit, miss, extra`, shares `name → met, of`, and the misses in words."""

    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    shares: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in BARS})
    misses: list[tuple[str, str]] = field(default_factory=list)

    def count(self, what: str, platform: str, form: str) -> None:
        """Add one hit, miss or extra embed of a platform and form."""
        self.counts["platform", platform][what] += 1
        self.counts["form", form][what] += 1

    def judge(self, name: str, met: bool) -> bool:
        """Add one label to a share, and hand back whether it was met."""
        self.shares[name][0] += met
        self.shares[name][1] += 1
        return met

    def share(self, name: str) -> float:
        """The share of the labels that were met."""
        met, of = self.shares[name]
        return met / of if of else 0.0

    def below(self) -> list[str]:
        """The bars that are missed."""
        low = [name for name, bar in BARS.items() if name != "look-alikes taken" and self.share(name) < bar]
        return low + [name for name in ("look-alikes taken",) if self.share(name) > BARS[name]]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def plain(text: str | None) -> str:
    """A text as a person reads it: white space folded, invisible characters gone."""
    visible = "".join(c for c in text or "" if unicodedata.category(c) != "Cf")
    return " ".join(visible.split())


def handle(text: str | None) -> str:
    """A handle for comparison."""
    return plain(text).lstrip("@").casefold()


def judged_fields(embed: Embed, expect: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each field that a label speaks of, and whether the embed has it."""
    if expect["handle"]:
        yield "handle", handle(embed.handle) == handle(expect["handle"])
    if expect["author_name"]:
        yield "author name", plain(embed.author_name) == plain(expect["author_name"])
    at = embed.posted_at or ""
    if expect["posted_at"]:
        yield "time", at[:16] == expect["posted_at"][:16]
    elif expect["posted_at_options"]:
        options = {moment[:16] for moment in embed.posted_at_options or ()}
        yield "time", options == {moment[:16] for moment in expect["posted_at_options"]}
    elif expect["posted_on"]:
        yield "time", at[:10] == expect["posted_on"]
    if expect["text"]:
        ratio = difflib.SequenceMatcher(None, plain(embed.text), plain(expect["text"]), autojunk=False).ratio()
        yield "text", ratio >= SAME_TEXT
    if expect["permalink"]:
        code = re.search(r"/(?:p|reel|tv|status|video)/([\w-]+)", expect["permalink"])
        yield "permalink", code is not None and code[1] in (embed.permalink or "")


def measure_marker(row: dict[str, Any], tally: Tally) -> None:
    """Compare what is found in a flattened embed, or in a look-alike, with its label."""
    platform = row["platform"]
    source = row["text"] if platform is None else row["before"] + row["marker"] + row["after"]
    embeds = find_embeds(source, "markdown" if "](" in source or "][" in source else "text")
    if platform is None:
        tally.judge("look-alikes taken", bool(embeds))
        for embed in embeds:
            tally.count("extra", embed.platform, embed.form)
            tally.misses.append(("look-alikes", f"{row['id']}: found {embed.platform} {embed.marker[:80]!r}"))
        return
    start, end = len(row["before"]), len(row["before"]) + len(row["marker"])
    over = [embed for embed in embeds if embed.start < end and embed.end > start]
    right = next((embed for embed in over if embed.platform == platform), None)
    tally.count("hit" if right else "miss", platform, right.form if right else "text")
    for embed in embeds:
        if embed is not right:
            tally.count("extra", embed.platform, embed.form)
    wrong = [] if tally.judge("markers found", right is not None) else ["not found"]
    if not tally.judge("exactly one", right is not None and len(embeds) == 1) and right:
        wrong.append(f"{len(embeds)} embeds")
    if right:
        wrong += [name for name, met in judged_fields(right, row["expect"]) if not tally.judge(name, met)]
    if wrong:
        tally.misses.append((platform, f"{row['id']} [{row['language']}] {', '.join(wrong)}: {row['marker'][:100]!r}"))


def same(embed: Embed, label: dict[str, Any]) -> bool:
    """Whether an embed of a page is the labelled one: by the post's id, else by handle, else by name."""
    if embed.platform != label["platform"]:
        return False
    if wanted := label["native_id"]:
        return wanted == embed.native_id or wanted in (embed.permalink or "")
    if label["handle"]:
        return handle(embed.handle) == handle(label["handle"])
    return label["author_name"] is None or plain(embed.author_name) == plain(label["author_name"])


def measure_page(folder: Path, page: dict[str, Any], tally: Tally) -> None:
    """Compare the embeds of a page with its labels, in document order."""
    path = folder / page["path"]
    source = path.read_bytes().decode()
    left, wrong = find_embeds(source, FORMATS[path.suffix]), []
    for label in page["embeds"]:
        hit = next((embed for embed in left if same(embed, label)), None)
        tally.count("hit" if hit else "miss", label["platform"], label["form"])
        if tally.judge("page embeds found", hit is not None) and hit is not None:
            tally.judge("page embeds right", True)
            left = [embed for embed in left if embed is not hit]
        else:
            wrong.append((label["platform"], f"missed {label['form']} {label['native_id'] or label['handle']}"))
    for embed in left:
        tally.judge("page embeds right", False)
        tally.count("extra", embed.platform, embed.form)
        wrong.append((embed.platform, f"extra {embed.form} {embed.native_id or embed.handle or embed.marker[:60]!r}"))
    tally.judge("pages exactly right", not wrong)
    tally.misses += [(platform, f"{page['path']}: {what} ({platform})") for platform, what in wrong]


def measure_all(fixtures: Path = FIXTURES) -> Tally:
    """Compare everything that is found in the fixtures with the labels."""
    tally = Tally()
    for row in read_rows(fixtures / "markers.jsonl"):
        measure_marker(row, tally)
    for page in read_rows(fixtures / "pages" / "truth.jsonl"):
        measure_page(fixtures / "pages", page, tally)
    return tally


def table_lines(tally: Tally) -> Iterator[str]:
    """The tables in Markdown: what the bars are about, then precision and recall per platform and per form."""
    of = f"{tally.shares['markers found'][1]} markers, {tally.shares['look-alikes taken'][1]} look-alikes"
    pages = tally.shares["pages exactly right"][1]
    yield f"Archiver {__version__}, {MEASURED}, on {of} and {pages} pages:\n"
    yield "| share | of | measured | bar |\n|---|---:|---:|---:|"
    for name, bar in BARS.items():
        sign = "≤" if name == "look-alikes taken" else "≥"
        yield f"| {name} | {tally.shares[name][1]} | {tally.share(name):.1%} | {sign} {bar:.0%} |"
    for table in ("platform", "form"):
        yield f"\n| {table} | embeds | recall | precision |\n|---|---:|---:|---:|"
        for (kind, key), count in sorted(tally.counts.items()):
            if kind == table:
                yield f"| {key} | {count['hit'] + count['miss']} | {_share(count, 'miss')} | {_share(count, 'extra')} |"


def _share(count: Counter[str], beside: str) -> str:
    of = count["hit"] + count[beside]
    return f"{count['hit'] / of:.1%}" if of else ""


def main() -> int:
    """Print the tables; 0 when every bar is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N misses")
    show = parser.parse_args().show
    tally = measure_all()
    print("\n".join(table_lines(tally)))
    for _, miss in tally.misses[:show]:
        print(f"  {miss}")
    if low := tally.below():
        print(f"\nBelow the bar: {', '.join(low)}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
