"""Search, filters and order in a real browser, opened from disk, and the way by keyboard."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from archiver.find import find_embeds
from archiver.identity import identify
from archiver.records import Article, Reading
from archiver.render.site import render_site
from archiver.store import open_archive, register_folder, save_readings, start_run

INES = "View this post on Instagram\n\nA post shared by Inés Okafor (@ines.okafor) on Oct 2, 2020 at 4:16am PDT"
PILOTS = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Boats can be replaced &lt;img src=x onerror=alert(1)&gt;'
    '</p>&mdash; Pilots (@northpilots) <a href="https://twitter.com/northpilots/status/1311875000000000000">'
    "October 2, 2020</a></blockquote>"
)
VIDEO = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
ARTICLES = {
    "harbour.txt": ("Harbour pilots back a warning", "2020-10-02", "en", INES),
    "plaza.md": ("La plaza que no quiso cerrar </script>", "2020-09-28", "es", PILOTS),
    "both.md": ("Lighthouse, Ærø", "2021-01-05", "en", f"{PILOTS}\n\n{VIDEO}"),
    "bare.md": ("Abend ohne Strom", "2019-09-21", "de", VIDEO),
    "none.txt": ("Nothing embedded", None, None, "Words."),
}


def reading(source: str) -> Reading:
    """What reading this article gives."""
    title, date, language, embed = ARTICLES[source]
    content = f"Before.\n\n{embed}\n\nAfter.\n"
    written_as = "markdown" if source.endswith(".md") else "text"
    article = Article(
        folder="news",
        source=source,
        format=written_as,  # type: ignore[arg-type]
        encoding="utf-8",
        sha256=sha256(content.encode()).hexdigest(),
        content=content,
        data=b"",
        title=title,
        published_at=date,
        language=language,
        byline="Mara Lindqvist" if source == "harbour.txt" else None,
    )
    embeds = identify(find_embeds(content, article.format), article.sha256)
    return Reading(article=article, embeds=tuple(embeds), text=content)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of five articles and three posts."""
    folder = tmp_path_factory.mktemp("search")
    (folder / "news").mkdir()
    db = open_archive(folder / "archive.db", create=True)
    register_folder(db, folder / "news")
    save_readings(db, map(reading, ARTICLES), run_id=start_run(db, version="1", arguments=[]), reader="1")
    render_site(db, folder / "site")
    db.close()
    return folder / "site"


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """A window without a network, in which nothing may be complained of and nothing be asked for but our files."""
    page = browser.new_context(offline=True, viewport={"width": 900, "height": 900}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda request: said.append(request.url))
    page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
    yield page
    page.context.close()
    assert [line for line in said if not line.startswith(site.as_uri())] == []


def opened(page: Page, file: Path, query: str = "") -> None:
    """Open a list of the site with a query in its address, and wait until it has been answered."""
    page.goto(f"{file.as_uri()}#{query}" if query else file.as_uri())
    if query:
        expect(page.get_by_role("status")).to_contain_text("found")


def titles(page: Page) -> list[str]:
    """The names in the list that is shown."""
    return page.locator(".list:visible > li > a").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=harbour", ["Harbour pilots back a warning"]),
        ("q=LINDQVIST", ["Harbour pilots back a warning"]),
        ("q=ines", ["Harbour pilots back a warning"]),
        ("q=%40northpilots", ["Lighthouse, Ærø", "La plaza que no quiso cerrar </script>"]),
        ("q=boats+replaced", ["Lighthouse, Ærø", "La plaza que no quiso cerrar </script>"]),
        ("q=youtube", ["Lighthouse, Ærø", "Abend ohne Strom"]),
        ("platform=twitter", ["Lighthouse, Ærø", "La plaza que no quiso cerrar </script>"]),
        ("year=2020", ["Harbour pilots back a warning", "La plaza que no quiso cerrar </script>"]),
        ("author=okafor", ["Harbour pilots back a warning"]),
        ("state=words", ["Lighthouse, Ærø", "La plaza que no quiso cerrar </script>"]),
        ("state=who", ["Harbour pilots back a warning"]),
        ("state=link", ["Lighthouse, Ærø", "Abend ohne Strom"]),
        ("language=de", ["Abend ohne Strom"]),
        ("q=boats&language=es", ["La plaza que no quiso cerrar </script>"]),
        ("q=zeppelin", []),
        (
            "sort=oldest",
            [
                "Abend ohne Strom",
                "La plaza que no quiso cerrar </script>",
                "Harbour pilots back a warning",
                "Lighthouse, Ærø",
                "Nothing embedded",
            ],
        ),
        (
            "sort=title",
            [
                "Abend ohne Strom",
                "Harbour pilots back a warning",
                "La plaza que no quiso cerrar </script>",
                "Lighthouse, Ærø",
                "Nothing embedded",
            ],
        ),
        ("sort=most&state=link", ["Lighthouse, Ærø", "Abend ohne Strom"]),
    ],
)
def test_articles_are_found(page: Page, site: Path, query: str, found: list[str]) -> None:
    """Words of title, byline, author and post, without case and accents; filters; orders; all from the address."""
    opened(page, site / "index.html", query)
    assert titles(page) == found
    number = {0: "No articles", 1: "1 article"}.get(len(found), f"{len(found)} articles")
    assert page.get_by_role("status").inner_text() == f"{number} found"


def test_what_is_found_has_the_marks_of_the_list(page: Page, site: Path) -> None:
    """A mark for each embedded post, in their order."""
    shown = "all => all.map(one => [...one.querySelectorAll('.marks i')].map(mark => mark.className).join(' '))"
    opened(page, site / "index.html")
    listed = page.locator("#all > .list > li").evaluate_all(shown)
    opened(page, site / "index.html", "sort=oldest")
    assert page.locator(".list:visible > li").evaluate_all(shown) == [*listed[-2::-1], listed[-1]]
    assert "words link" in listed


def test_posts_are_found(page: Page, site: Path) -> None:
    """The list of posts is searched in the same way, and text that looks like HTML stays text."""
    opened(page, site / "posts.html", "q=boats&state=words")
    assert titles(page) == ["Boats can be replaced <img src=x onerror=alert(1)>"]
    assert page.locator(".list:visible small").inner_text() == "Pilots · X (Twitter) · in 2 articles"
    assert page.locator("main img").count() == 0


def test_the_address_keeps_the_query(page: Page, site: Path) -> None:
    """What is typed and chosen is in the address, and there again after a way to an article and back."""
    opened(page, site / "index.html")
    before = titles(page)
    page.get_by_role("searchbox").fill("boats")
    page.get_by_text("Filters and order").click()
    page.get_by_label("Language").select_option("es")
    expect(page.get_by_role("status")).to_contain_text("1 article found")
    assert page.url.endswith("#q=boats&language=es")
    page.locator(".list:visible a").click()
    page.wait_for_url("**/articles/**")
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("1 article found")
    assert titles(page) == ["La plaza que no quiso cerrar </script>"]
    page.get_by_role("button", name="Show the whole list").click()
    assert titles(page) == before
    assert "#" not in page.url


def test_the_keyboard_is_enough(page: Page, site: Path) -> None:
    """From the index by keys alone: to the search, to a result, to its card's post, and back."""
    opened(page, site / "index.html")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("harbour")
    expect(page.get_by_role("status")).to_contain_text("1 article found")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.list') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.card .archiver-details')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/posts/**")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("1 article found")


def test_nothing_moves_when_the_script_runs(page: Page, site: Path) -> None:
    """The search has its place before the page is painted first, and loads its data only when it is used."""
    page.add_init_script(
        "self.moved = 0; const note = list => { for (const entry of list.getEntries()) moved += entry.value };"
        "new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true })"
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    opened(page, site / "index.html")
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == 0
    assert sorted(asked) == ["index.html", "search.js", "style.css"]


@pytest.mark.parametrize("name", ["index.html", "posts.html"])
def test_without_script_there_is_the_whole_list(browser: Browser, site: Path, name: str) -> None:
    """No search is offered that would not work; every line is there."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((site / name).as_uri())
    assert not page.locator("form").is_visible()
    assert page.locator(".list:visible > li").count() == {"index.html": 5, "posts.html": 3}[name]
    page.context.close()


def test_charts_have_names(page: Page, site: Path) -> None:
    """Each drawing has a name and a description, and the table that says the same opens by keyboard."""
    opened(page, site / "overview.html")
    drawings = page.get_by_role("img").and_(page.locator("svg"))
    names = drawings.evaluate_all("all => all.map(one => one.querySelector('title').textContent)")
    assert names == ["Embedded posts by year", "Embedded posts by month and platform"]
    page.locator("summary").last.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("rowheader", name="2020-10").is_visible()


def test_what_is_known_fits_on_a_telephone(page: Page, site: Path) -> None:
    """At 320 pixels the table of the overview is read without scrolling it."""
    page.set_viewport_size({"width": 320, "height": 800})
    opened(page, site / "overview.html")
    frame = page.get_by_role("region", name="What is known of the posts")
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0
