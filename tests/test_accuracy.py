"""How much of real articles is found, on labelled data that lies beside the checkout (the bars of issue 2)."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import ReadError
from archiver.find import find_embeds
from archiver.readers import read_article
from archiver.records import Embed, Format, Source
from archiver.times import PACIFIC, Comparison, compare, read_printed, shortcode_time

LABELLED = Path(__file__).parent.parent.parent / "shared" / "accuracy"
PLATFORMS = ("instagram", "twitter")
FORMS = ("blockquote", "iframe", "amp")

pytestmark = pytest.mark.skipif(not LABELLED.is_dir(), reason="the labelled data is not beside the checkout")

Row = dict[str, Any]
Found = list[tuple[Row, list[Embed]]]


def share(right: int, of: int) -> float:
    """The part that is right; there must be something to measure."""
    assert of
    return right / of


def plain(text: str | None) -> str:
    """A text without invisible characters and with single spaces: what a person compares."""
    return " ".join("".join(c for c in text or "" if unicodedata.category(c) != "Cf").split())


# Markers


def marker_format(text: str) -> Format:
    """Markdown where the text has a link."""
    return "markdown" if "](http" in text else "text"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The labelled markers and look-alikes."""
    lines = (LABELLED / "markers-dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module", params=PLATFORMS)
def markers(request: pytest.FixtureRequest, rows: list[Row]) -> Found:
    """The English markers of a platform, each with the embeds found over it."""
    found: Found = []
    for row in rows:
        if (row["platform"], row["language"]) == (request.param, "en"):
            source = row["before"] + row["marker"] + row["after"]
            start, end = len(row["before"]), len(row["before"]) + len(row["marker"])
            embeds = find_embeds(source, marker_format(source))
            assert all(source[embed.start : embed.end] == embed.marker for embed in embeds)
            found.append((row, [embed for embed in embeds if embed.start < end and embed.end > start]))
    return found


def right_ones(markers: Found) -> Iterator[tuple[Row, Embed]]:
    """What a marker is expected to say, with its first embed of the right platform."""
    for row, embeds in markers:
        if own := [embed for embed in embeds if embed.platform == row["platform"]]:
            yield row["expect"], own[0]


def test_markers_are_found(markers: Found) -> None:
    """At least 98 % of the markers are found, and 97 % exactly once."""
    assert share(len(list(right_ones(markers))), len(markers)) >= 0.98
    single = [row for row, embeds in markers if [embed.platform for embed in embeds] == [row["platform"]]]
    assert share(len(single), len(markers)) >= 0.97


def test_handles_are_read(markers: Found) -> None:
    """At least 99 % of the handles are right."""
    pairs = [(plain(embed.handle), expect["handle"]) for expect, embed in right_ones(markers) if expect["handle"]]
    right = [one for one, other in pairs if one.casefold() == other.lstrip("@").casefold()]
    assert share(len(right), len(pairs)) >= 0.99


def told_time(embed: Embed, expect: Row) -> tuple[Any, Any]:
    """What an embed says of its time beside what the label does: a minute, two, or a day."""
    if expect["posted_at"]:
        return (embed.posted_at or "")[:16], expect["posted_at"][:16]
    if expect["posted_at_options"]:
        return {at[:16] for at in embed.posted_at_options or ()}, {at[:16] for at in expect["posted_at_options"]}
    return (embed.posted_at or "")[:10], expect["posted_on"]


def test_times_are_read(markers: Found) -> None:
    """At least 98 % of the times are right, to the minute where one is printed."""
    pairs = [told_time(embed, expect) for expect, embed in right_ones(markers)]
    dated = [(told, label) for told, label in pairs if label]
    assert share(sum(told == label for told, label in dated), len(dated)) >= 0.98


def test_look_alikes_are_passed_over(rows: list[Row]) -> None:
    """At most 5 % of what only looks like a marker is taken for one."""
    texts = [row["text"] for row in rows if row["platform"] is None]
    wrong = [text for text in texts if find_embeds(text, marker_format(text))]
    assert share(len(wrong), len(texts)) <= 0.05


# Pages


@pytest.fixture(scope="module")
def pages() -> Found:
    """The labelled pages that can be read, each with its embeds; their spans are true."""
    found: Found = []
    folder = LABELLED / "pages-dev"
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        source = Source(folder="pages", name=truth["path"], path=folder / truth["path"])
        try:
            article, _ = read_article(source, source.path.read_bytes())
        except ReadError:
            found.append((truth, []))
            continue
        embeds = find_embeds(article.content, article.format)
        assert all(article.content[embed.start : embed.end] == embed.marker for embed in embeds)
        found.append((truth, embeds))
    return found


BARS = [*((PLATFORMS, (form,)) for form in FORMS), *(((platform,), FORMS) for platform in PLATFORMS)]


@pytest.mark.parametrize(("platforms", "forms"), BARS, ids=[*FORMS, *PLATFORMS])
def test_embed_code_in_pages_is_found(pages: Found, platforms: tuple[str, ...], forms: tuple[str, ...]) -> None:
    """At least 97 % of the elements of each form and of each platform are found, by the post's own id."""
    hits = total = 0
    for truth, embeds in pages:
        free = [(embed.platform, embed.native_id) for embed in embeds]
        for label in truth["embeds"]:
            if label["platform"] in platforms and label["form"] in forms and not label.get("optional"):
                total += 1
                if (wanted := (label["platform"], label["native_id"])) in free:
                    hits += 1
                    free.remove(wanted)
    assert share(hits, total) >= 0.97


# Times in shortcodes


@pytest.fixture(scope="module")
def pairs() -> list[Row]:
    """Shortcode, printed time and `datetime` of real embed codes."""
    loaded: list[Row] = json.loads((LABELLED / "instagram-times.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def lateness(pairs: list[Row]) -> list[timedelta]:
    """How long after its shortcode was given out each post says it was published; one is older than the clock."""
    decoded = [(moment.at, pair["datetime"]) for pair in pairs if (moment := shortcode_time(pair["shortcode"]))]
    assert len(decoded) == len(pairs) - 1
    return [datetime.fromisoformat(told) - datetime.fromisoformat(at) for at, told in decoded]


def test_shortcodes_tell_the_upload(lateness: list[timedelta]) -> None:
    """All but the two with edited dates lie from two seconds before to eleven and a half minutes after the upload."""
    outside = [late for late in lateness if not timedelta(seconds=-2) <= late <= timedelta(minutes=11.5)]
    assert len(outside) <= 2


def test_most_shortcodes_tell_the_second(pairs: list[Row]) -> None:
    """78 of the posts are published in the second that is in their shortcode."""
    decoded = [(moment.at, pair["datetime"]) for pair in pairs if (moment := shortcode_time(pair["shortcode"]))]
    same = [at for at, told in decoded if at[:19] == told[:19]]
    assert len(same) >= 78


def test_printed_times_agree_with_their_markup(pairs: list[Row]) -> None:
    """Of the English texts, those with am or pm, nearly all print the minute that the markup says in UTC."""
    english = [pair for pair in pairs if pair["printed"].isascii() and " at " in pair["printed"]]
    printed = [(read_printed(pair["printed"], 0, zone=PACIFIC), pair["datetime"][:16]) for pair in english]
    right = [label for told, label in printed if told and told.moment.at == f"{label}Z"]
    assert share(len(right), len(english)) >= 0.9


def compare_pair(pair: Row) -> Comparison | None:
    """How the printed time of a pair lies to that of its shortcode; None where one of them is missing."""
    decoded, text = shortcode_time(pair["shortcode"]), pair["printed"].strip()
    if decoded is None or not text:
        return None
    printed = read_printed(text, 0, zone=PACIFIC)
    return compare(printed and printed.moment, decoded, ahead=shortcode_time.ahead, zone=PACIFIC, text=text)


def test_printed_times_agree_with_shortcodes_or_say_why(pairs: list[Row]) -> None:
    """All are within the windows or have a named cause, but the two whose dates were edited by hand."""
    told = [comparison for pair in pairs if (comparison := compare_pair(pair))]
    causes = Counter(comparison.cause for comparison in told if comparison.within is None)
    assert len(told) == 87
    assert causes == {"day printed as month": 4, "template not filled": 1, "unexplained": 2}


def test_late_uploads_are_told_from_those_in_time(pairs: list[Row]) -> None:
    """Three ids are minutes older than the print, one of them behind a 12-hour clock."""
    told = [comparison for pair in pairs if (comparison := compare_pair(pair))]
    assert Counter(comparison.within for comparison in told) == {"core": 77, "wide": 3, None: 7}
    assert [comparison.cause for comparison in told].count("12-hour clock") == 17
