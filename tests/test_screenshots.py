"""The pictures that are made of the examples' site."""

import os
from pathlib import Path

from benchmarks.screenshots import PAGES, make_site


def test_every_page_that_is_pictured_is_there(tmp_path: Path) -> None:
    """Twelve pages of the site that the examples give."""
    clock = os.environ["SOURCE_DATE_EPOCH"]
    site = make_site(tmp_path)
    assert len(PAGES) == 12
    assert [path for path in PAGES.values() if not (site / path.partition("#")[0]).is_file()] == []
    assert os.environ["SOURCE_DATE_EPOCH"] == clock
