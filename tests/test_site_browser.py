"""The site in a real browser, opened from disk."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from archiver.find import find_embeds
from archiver.identity import identify
from archiver.records import Article, Format, Picture, Reading
from archiver.render.body import render_body
from archiver.render.site import render_site
from archiver.store import load_embeds, open_archive, register_folder, save_readings, start_run

TAIL = "View this post on Instagram\n\nA post shared by نور الهدى (@nour.alhuda) on Oct 2, 2020 at 4:16am PDT"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
QUOTE = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Boats can be replaced.</p>&mdash; Pilots '
    '(@northpilots) <a href="https://twitter.com/northpilots/status/1311875000000000000">October 2, 2020</a>'
    '</blockquote><script async src="https://platform.twitter.com/widgets.js"></script>'
)
SOURCES: dict[str, tuple[Format, str]] = {
    "plain.txt": (
        "text",
        f" date 2020-10-02 A warning\r\n\r\nBefore\tit.\r\n\r\n{TAIL}\r\n\r\n<b>After</b>  &amp; «all».\r",
    ),
    "arabic.txt": ("text", f"مكتبة عائمة تصل إلى قرى النهر.\n\n{TAIL}\n\nانتهى.\n"),
    "long.txt": ("text", f"{'unbroken' * 60}\n\n{'https://a.example/' + 'x' * 300}\n"),
    "page.html": (
        "html",
        f"<body onload='x()'><p style='width:2000px'>Before the storm, with a picture: <img src='p.png' alt='Pier'>"
        f"<img src='https://remote.example/x.png' alt='Far'></p>{QUOTE}<table><tr>{'<td>wide cell' * 30}</table>"
        "<iframe src='https://remote.example'></iframe><p>After the storm.</p>",
    ),
    "notes.md": ("markdown", f"# Notes\n\n- one\n\n{QUOTE}\n\n```\n{'code ' * 60}\n```\n"),
    "wide.md": (
        "markdown",
        f"# Catch\n\n{'|Port' * 30}|\n{'|-' * 30}|\n{'|herring' * 30}|\n\n<table><tr><td>one</table>\n",
    ),
}


def reading(source: str, format_: Format, content: str) -> Reading:
    """What reading this source gives."""
    digest = sha256(content.encode()).hexdigest()
    pictures = (Picture(src="p.png", type="image/png", data=PNG),) if format_ == "html" else ()
    article = Article(
        folder="news",
        source=source,
        format=format_,
        encoding="utf-8",
        sha256=digest,
        content=content,
        data=content.encode(),
        pictures=pictures,
    )
    embeds = tuple(identify(find_embeds(content, format_), digest))
    body = render_body(article, embeds) if format_ == "html" else None
    return Reading(article=article, embeds=embeds, text=content, body=body)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A site, and for each text article its source with each embed as `{ordinal}`."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "news").mkdir()
    db = open_archive(folder / "archive.db", create=True)
    register_folder(db, folder / "news")
    run_id = start_run(db, version="1", arguments=[])
    save_readings(db, [reading(name, *told) for name, told in SOURCES.items()], run_id=run_id, reader="1")
    render_site(db, folder / "site")
    marked = {}
    for source, (_, text) in SOURCES.items():
        for embed in reversed(load_embeds(db, f"news/{source}")):
            text = f"{text[: embed.start]}{{{embed.ordinal}}}{text[embed.end :]}"
        marked[source] = text
    db.close()
    return folder / "site", marked


def window(browser: Browser, said: list[str], *, script: bool, width: int = 900) -> Page:
    """A browser window; what its pages complain of and what they request is added to `said`."""
    page = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 800}).new_page()
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda request: said.append(request.url))
    return page


def opened(browser: Browser, file: Path, said: list[str], *, script: bool) -> Page:
    """The page in a window of its own."""
    page = window(browser, said, script=script)
    page.goto(file.as_uri())
    return page


def each(page: Page, folder: Path) -> Iterator[Path]:
    """Every page of a site, opened in one window after the other."""
    for file in sorted(folder.rglob("*.html")):
        page.goto(file.as_uri())
        yield file
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_no_page_leaves_the_folder(browser: Browser, site: tuple[Path, dict[str, str]], script: bool) -> None:
    """Every page opens from disk without a complaint, and asks for nothing but files beside it."""
    said: list[str] = []
    for file in each(window(browser, said, script=script), site[0]):
        assert [line for line in said if not line.startswith(site[0].as_uri())] == [], file


def test_no_page_is_wider_than_a_telephone(browser: Browser, site: tuple[Path, dict[str, str]]) -> None:
    """At 320 pixels nothing scrolls sideways, whatever the article holds."""
    page = window(browser, [], script=True, width=320)
    for file in each(page, site[0]):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, file.name


@pytest.mark.parametrize("source", ["plain.txt", "arabic.txt", "long.txt"])
def test_a_text_reads_as_it_was(browser: Browser, site: tuple[Path, dict[str, str]], source: str) -> None:
    """With each card taken for its marker, the story's text is the source's, character for character."""
    file = next((site[0] / "articles").glob(f"news-{source.replace('.', '-')}-*.html"))
    page = opened(browser, file, [], script=True)
    text = page.evaluate(
        """() => {
            for (const card of document.querySelectorAll('.card')) card.replaceWith(`{${card.dataset.embed}}`)
            return document.querySelector('.story').textContent
        }"""
    )
    page.context.close()
    assert text == site[1][source]


def test_the_local_picture_is_shown(browser: Browser, site: tuple[Path, dict[str, str]]) -> None:
    """The saved picture loads from media/; the remote one is its words."""
    page = opened(browser, next((site[0] / "articles").glob("news-page-html-*.html")), [], script=True)
    assert page.evaluate("[...document.images].map(image => image.naturalWidth)") == [1]
    assert page.locator(".picture").all_inner_texts() == ["Far"]
    page.context.close()


@pytest.mark.parametrize(
    ("page_name", "words"),
    [
        ("articles/news-page-html-*.html", ["Before the storm, with a picture", "wide cell", "After the storm."]),
        ("posts/twitter-1311875000000000000-*.html", ["Pilots on X (Twitter)", "Articles that embed it"]),
    ],
)
def test_paper_has_the_words(
    browser: Browser, site: tuple[Path, dict[str, str]], tmp_path: Path, page_name: str, words: list[str]
) -> None:
    """Printed, a page has its text, and its card who posted what, when, and where; no way that only a screen has."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is missing: nothing reads the PDF")
    page = opened(browser, next(site[0].glob(page_name)), [], script=False)
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    page.context.close()
    pdf = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, check=True).stdout.decode()
    card = [
        "Pilots",
        "@northpilots",
        "2 October 2020",
        "Boats can be replaced.",
        "/northpilots/status/1311875000000000000",
    ]
    assert [told for told in (*words, *card) if letters(told) not in letters(pdf)] == []
    assert not re.search(r"Skip to|Contradictions|(?:Previous|Next) (?:article|post)|About this|look-up", pdf)


def letters(text: str) -> str:
    """What is left of a text wherever its lines are broken."""
    return re.sub(r"\W", "", text)


def test_a_source_is_shown_and_does_nothing(browser: Browser, site: tuple[Path, dict[str, str]]) -> None:
    """The link to the source of a page opens its text: none of its scripts runs, nothing that it names is loaded."""
    said: list[str] = []
    page = opened(browser, next((site[0] / "articles").glob("news-page-html-*.html")), [], script=True)
    page.on("request", lambda request: said.append(request.url))
    page.get_by_role("link", name="Untouched source").click()
    page.wait_for_url("**/sources/*.txt")
    assert page.evaluate("document.contentType") == "text/plain"
    assert page.evaluate("document.body.innerText") == SOURCES["page.html"][1]
    assert len(said) == 1
    page.context.close()


def test_no_page_bars_anybody(browser: Browser, site: tuple[Path, dict[str, str]]) -> None:
    """axe-core finds no violation on any page, where words and tables are narrow and where they are wide."""
    page = window(browser, [], script=True, width=320)
    for file in each(page, site[0]):
        results = Axe().run(page)
        assert results.violations_count == 0, f"{file}\n{results.generate_report()}"
