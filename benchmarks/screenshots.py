"""`python -m benchmarks.screenshots`: twelve pages of the examples' site as pictures, at three widths and in the dark.

They are to be looked at. The picture in the README is made again with them, which changes nothing while the page looks
the same.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from unittest.mock import patch

from playwright.sync_api import Browser, Page, sync_playwright

from archiver import store
from archiver.render.names import page_name
from archiver.render.site import render_site
from archiver.run import Options, run

CHECKOUT = Path(__file__).resolve().parents[1]
README_PICTURE = CHECKOUT / ".github" / "article.png"
CHROMIUM = "/usr/bin/chromium"
READ_AT = "1767225600"
"""The start of 2026: when the articles are said to be read, so that the same site gives the same pictures."""

PAGES = {
    "index": "index.html",
    "search": "index.html#q=light",
    "text": f"articles/{page_name('articles/news/harbour-lights.txt')}",
    "page": f"articles/{page_name('articles/saved/lighthouse-cat.html')}",
    "markdown": f"articles/{page_name('articles/blog/choir-tour.md')}",
    "right-to-left": f"articles/{page_name('articles/news/library-boat.txt')}",
    "post": f"posts/{page_name('twitter:1312470643825941367')}",
    "author": f"authors/{page_name('instagram:ellery.lightcat')}",
    "platform": "platforms/instagram.html",
    "timeline": "timeline.html",
    "overview": "overview.html",
    "year": "timeline/2020.html",
}
WIDTHS = (320, 1000, 1600)
TALLEST = 3000
"""Pixels; what is below looks like what is above."""

Scheme = Literal["light", "dark"]


def make_site(folder: Path) -> Path:
    """The site of the example articles."""
    clock = {"SOURCE_DATE_EPOCH": READ_AT}
    with patch.dict(os.environ, clock), store.archive(folder / "archive.db", create=True) as db:
        run_id = store.start_run(db, version="screenshots", arguments=[])
        run(db, [CHECKOUT / "examples" / "articles"], run_id=run_id, options=Options())
        store.finish_run(db, run_id, store.RunCounts())
        render_site(db, folder / "site")
    return folder / "site"


@contextmanager
def page_of(browser: Browser, width: int, scheme: Scheme) -> Iterator[Page]:
    """A window of this width."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def take(page: Page, address: str, file: Path) -> None:
    """A picture of the page, from its top."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    width = page.evaluate("innerWidth")
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})


def take_all(browser: Browser, site: Path, folder: Path) -> None:
    """Pictures of all pages."""
    looks: list[tuple[int, Scheme]] = [*((width, "light") for width in WIDTHS), (WIDTHS[1], "dark")]
    for width, scheme in looks:
        with page_of(browser, width, scheme) as page:
            for name, path in PAGES.items():
                take(page, f"{site.as_uri()}/{path}", folder / f"{name}-{width}-{scheme}.png")


def take_for_readme(browser: Browser, site: Path, file: Path) -> None:
    """The picture of an article: from its head to its second card."""
    with page_of(browser, 860, "light") as page:
        page.goto(f"{site.as_uri()}/{PAGES['page']}")
        bottom = page.locator(".card").nth(1).bounding_box()
        height = bottom["y"] + bottom["height"] + 24 if bottom else 900
        page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": 860, "height": height})


def main() -> int:
    """Write the pictures and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CHECKOUT / "screenshots")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archiver-") as scratch, sync_playwright() as playwright:
        site = make_site(Path(scratch))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        options.folder.mkdir(parents=True, exist_ok=True)
        take_all(browser, site, options.folder)
        take_for_readme(browser, site, README_PICTURE)
        browser.close()
    print(f"{options.folder} has the pictures, {README_PICTURE} is made again.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
