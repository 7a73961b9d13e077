"""The measurement of what choosing the main content loses."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from archiver.records import Source
from benchmarks import content

FIXTURES = Path(__file__).parent / "data" / "accuracy" / "pages"
PAGE = """<div class="story"><p>The harbour was quiet in the morning, and the pilots waited for the tide.</p>
<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>
<div class="promo"><p>Whoever reads this sentence beside the film should find it in the archive too.</p></div>
<p>The tide came at noon, and with it the ferry, two hours late and nearly empty, as always.</p>{more}</div>"""


def test_the_fixtures_lose_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No embed of the project's own labelled pages is lost, nor a paragraph beside one."""
    monkeypatch.setattr(sys, "argv", ["content", str(FIXTURES)])
    assert content.main() == 0
    assert "is lost" not in capsys.readouterr().out


def test_a_paragraph_that_is_lost_is_named(tmp_path: Path) -> None:
    """What an advertisement's name hides is counted and printed."""
    page = tmp_path / "a.html"
    page.write_text(PAGE.format(more="<p>Nobody was on the pier to see any of it but a cat.</p>" * 40), "utf-8")
    counts: Counter[str] = Counter()
    (line,) = content.measure(Source(folder="a", name="a.html", path=page), counts)
    assert "is lost: Whoever reads" in line
    assert counts["paragraphs beside embeds"] == 2
    assert counts["embeds lost"] == 0
