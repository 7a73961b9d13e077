"""Cards of every state and platform in a real browser: on the site, on paper, and pasted into somebody else's page."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from archiver.find import find_embeds
from archiver.identity import fold_author, fold_post, identify
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Example
from archiver.records import AccountName, Embed, Quote
from archiver.render.card import Card, Disagreement, make_card, render_card
from archiver.render.drafts import Draft
from archiver.render.media import Media
from archiver.render.pages import Place
from archiver.render.provenance import Fact
from archiver.render.templates import safe, site_styles, templates_folder
from archiver.store import StoredArticle

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000003000000020800000000b81f39"
    "c60000000e49444154789c63686868600062000c080301c5a1b9860000000049"
    "454e44ae426082"
)
"""A picture of 3 by 2 pixels: of the shape that its card says, so that loading it changes nothing."""
FULL = Card(
    ordinal=1,
    post="twitter:1311875000000000000",
    platform="twitter",
    form="blockquote",
    name="Pilots of the North",
    handle="northpilots",
    posted_at="2020-10-02T03:45:48.115Z",
    printed="October 2, 2020",
    text="We see the same wall of water as @ines_okafor.\n\nBoats can be replaced. #stormwatch https://t.co/Ab3dEf6hIj",
    facts=(
        Fact(name="author", value="@northpilots", origin="marker", source="from the article’s text"),
        Fact(name="exact time", value="2020-10-02T03:45:48.115Z", origin="id", source="decoded from the post’s id"),
    ),
    permalink="https://twitter.com/northpilots/status/1311875000000000000",
    lookup="https://web.archive.org/web/2020*/https://twitter.com/northpilots/status/1311875000000000000",
    details="#main",
)
QUOTE = Quote(
    id="q",
    embed_id="a#1",
    post_id=None,
    start=0,
    end=1,
    score=1.0,
    agreement=None,
    reason="“she wrote”",
    text="I would rather be wrong.\n\nPlease leave.",
)
ARTICLE = StoredArticle(
    id="news/gallery.html",
    folder="news",
    reader="1",
    source="gallery.html",
    format="html",
    encoding="utf-8",
    sha256="0" * 64,
    size=1,
    run_id=1,
    title="Gallery",
    published_at=None,
    byline=None,
    language="en",
    url=None,
    text=None,
    body=None,
)
OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
DISPUTE = Disagreement(about="time", detail="The embed prints October 5, 2020.", where="here", cause=None)
LONG = "x" * 300
STATES = (
    FULL,
    replace(FULL, text=f"{FULL.text} pic.twitter.com/Ab3dEf6hIj", quotes=(QUOTE, QUOTE)),
    replace(FULL, media=(Media(src="p.png", alt="Grey waves over a pier", width=4800, height=3200),)),
    replace(FULL, text=None, permalink=None, lookup=None, left_open="07:30 or 19:30 UTC: a 12-hour clock"),
    replace(FULL, text=None, name=None, handle=None, printed=None),
    Card(ordinal=1, post="", platform="facebook", form="blockquote"),
    replace(FULL, status="gone"),
    replace(FULL, disagreements=(DISPUTE, replace(DISPUTE, about="words", cause="cut short"))),
    replace(FULL, disagreements=(replace(DISPUTE, cause="renamed account"),)),
    Card(ordinal=1, post="", platform="twitter", form="amp", status="redacted", details="#main"),
    replace(FULL, name="نور الهدى", text="مكتبة عائمة تصل إلى قرى النهر. #مكتبة https://harbour.example/a?b=1"),
    replace(FULL, name=LONG, handle=LONG, printed=LONG, text=LONG, permalink=f"https://a.example/{LONG}"),
)


def names_of(embed: Embed) -> list[AccountName]:
    """The names that an embed has its author under."""
    known: dict[str, Any] = {"author_id": embed.author_id, "embeds": 1}
    handle = AccountName(id="h", kind="handle", value=embed.handle or "", **known)
    return [
        handle,
        *([AccountName(id="n", kind="name", value=embed.author_name, **known)] if embed.author_name else []),
    ]


def shown(example: Example) -> Card:
    """The card of the embed in an example."""
    (embed,) = identify(find_embeds(example.source, example.format), "0" * 64)
    known = [replace(embed, post_id=embed.observed_id)]
    post = fold_post(embed.observed_id, known) if embed.observed_id else None
    author = fold_author(embed.author_id, names_of(embed)) if embed.author_id else None
    return make_card(post, author, embed, details="#main", article="a.html", published_at="2020-10-02")


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article page that holds a card in every state, and one of each of the last examples of each platform."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "articles").mkdir()
    (folder / "articles" / "p.png").write_bytes(PICTURE)
    (folder / "style.css").write_bytes(site_styles())
    cards = [*STATES, *(shown(example) for platform in PLATFORMS for example in platform.examples[-2:])]
    body = "<p>Before.</p>".join(render_card(replace(card, ordinal=number)) for number, card in enumerate(cards, 1))
    told = {"article": ARTICLE, "embeds": len(cards), "title": "Gallery", "place": Place(key="gallery")}
    told |= {"read_at": "2020-10-02T12:16:00Z", "original": None, "redacted": False, "damaged": False}
    draft = Draft(
        name="articles/gallery.html", template="article.html", section="articles", values=told | {"body": safe(body)}
    )
    file = folder / draft.name
    file.write_text(draft.html(), "utf-8")
    return file


def opened(browser: Browser, file: Path, **context: Any) -> Page:
    """The page in a window of its own."""
    page = browser.new_context(**context).new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("closed", [True, False])
def test_nothing_bars_anybody(browser: Browser, gallery: Path, scheme: Literal["light", "dark"], closed: bool) -> None:
    """axe-core finds no violation, whatever is open and whichever colours the reader prefers."""
    page = opened(browser, gallery, color_scheme=scheme)
    if not closed:
        page.evaluate(OPEN_ALL)
    results = Axe().run(page)
    page.context.close()
    assert results.response["testEngine"]["version"] >= "4.12"
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 700, 1600, 3840])
def test_no_card_is_wider_than_its_page(browser: Browser, gallery: Path, width: int, direction: str) -> None:
    """With everything open nothing scrolls sideways or sticks out, in either direction of writing."""
    page = opened(browser, gallery, viewport={"width": width, "height": 900})
    page.evaluate(OPEN_ALL)
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    scroll, out = page.evaluate(
        """() => [document.documentElement.scrollWidth, [...document.querySelectorAll('.card *')].filter(each => {
            const box = each.getBoundingClientRect(), card = each.closest('.card').getBoundingClientRect()
            return box.width && (box.left < card.left - 1 || box.right > card.right + 1)
        }).map(each => each.outerHTML.slice(0, 200))]"""
    )
    page.context.close()
    assert scroll <= width
    assert out == []


def test_the_keyboard_reaches_everything(browser: Browser, gallery: Path) -> None:
    """Tab goes to each summary and link of a card in order, where a ring shows it, and Enter opens what is closed."""
    page = opened(browser, gallery)
    page.locator(".card").nth(1).evaluate("card => { card.tabIndex = -1; card.focus() }")
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.split(' ')[0] || ''"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        if page.evaluate("document.activeElement.localName") == "summary":
            page.keyboard.press("Enter")
    opened_now = page.locator(".card").nth(1).locator("details[open]").count()
    page.context.close()
    assert reached == ["https://t.co/Ab3dEf6hIj", "Quoted", "Author", FULL.permalink, "Wayback", "About"]
    assert opened_now == 2


def test_nothing_moves_while_the_page_loads(browser: Browser, gallery: Path) -> None:
    """The browser counts no layout shift, although a picture comes later than the words."""
    page = opened(browser, gallery)
    shift = page.evaluate(
        """() => new Promise(told => {
            let sum = 0
            new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
                .observe({type: 'layout-shift', buffered: true})
            const image = document.querySelector('.card img')
            image.scrollIntoView()
            image.decode().then(() => requestAnimationFrame(() => requestAnimationFrame(() => told(sum))))
        })"""
    )
    page.context.close()
    assert shift == 0


def test_paper_shows_what_a_click_would(browser: Browser, gallery: Path) -> None:
    """In print the quotations and contradictions need no opening, and links that say nothing on paper are gone."""
    page = opened(browser, gallery)
    page.emulate_media(media="print")
    heights = page.locator(".archiver-quotes figure, .archiver-dispute li").evaluate_all(
        "all => all.map(each => each.checkVisibility() && each.getBoundingClientRect().height)"
    )
    gone = page.locator(".archiver-links a:not(.archiver-permalink)").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).length"
    )
    page.context.close()
    assert len(heights) == 4 and all(heights)
    assert gone == 0


def test_forced_colours_keep_the_edges(browser: Browser, gallery: Path) -> None:
    """With the reader's own colours a card still has its border, and its dot is not lost with the backgrounds."""
    page = opened(browser, gallery, forced_colors="active")
    border, text, dot = page.evaluate(
        """() => { const card = document.querySelector('.card'), style = getComputedStyle(card)
            const dot = getComputedStyle(card.querySelector('.archiver-known summary'), '::before')
            return [style.borderTopColor, style.color, dot.backgroundColor] }"""
    )
    page.context.close()
    assert border == text == dot


HOST = """
* { color: red; font-family: monospace }
html { font-size: 62.5%; line-height: 3 }
body { text-align: center; text-transform: uppercase; letter-spacing: 3px; text-indent: 2em; white-space: nowrap }
.card { display: flex; flex-direction: column; border: 9px solid; padding: 40px; width: 50% }
.content p, .content article p { margin: 50px; font-size: 40px }
.content article header, .content article footer { position: fixed; background: yellow; padding: 40px }
.content blockquote { border-left: 9px solid; padding: 30px; font-style: italic; quotes: none }
.content blockquote::before { content: "Quote: " }
.content a { color: lime; display: block; border-bottom: 9px solid }
.content svg { width: 400px; fill: red }
.content img { float: left; border: 9px solid }
.content table { display: block; border: 9px solid } .content td, .content th { padding: 40px; text-align: right }
.content ul li, .content details, .content summary, .content time, .content figure { margin: 40px; list-style: square }
"""
STYLES = """selector => [...document.querySelectorAll(selector)].flatMap(each => {
    const style = getComputedStyle(each), name = `${each.localName}.${each.getAttribute('class')}`
    return [...style].filter(key => !key.startsWith('--')).map(key => `${name} ${key}: ${style[key]}`)
}).join("\\n")"""
"""One long string: a list of 300,000 takes the browser's protocol half a minute."""


def test_a_pasted_card_looks_as_it_does_alone(browser: Browser, gallery: Path, tmp_path: Path) -> None:
    """A page's own rules for what a card is made of do not reach into it, and the card's reach nothing outside it."""
    page = opened(browser, gallery, viewport={"width": 700, "height": 900})
    (tmp_path / "p.png").write_bytes(PICTURE)
    cards = page.locator(".card").evaluate_all("all => all.slice(0, 12).map(card => card.outerHTML).join('')")
    page.context.close()
    own = (templates_folder() / "card.css").read_text("utf-8")
    told = {}
    for name, css in (("alone", own), ("pasted", HOST + own), ("host", HOST)):
        file = tmp_path / f"{name}.html"
        outside = '<p class="outside">Words <a href="#">and a link</a></p>'
        file.write_text(
            f'<!doctype html><meta charset="utf-8"><style>body {{ margin: 0 }} {css}</style>{outside}'
            f'<div class="content" style="width: 600px">{cards}</div>',
            "utf-8",
        )
        page = opened(browser, file)
        page.evaluate(OPEN_ALL)
        told[name] = [page.evaluate(STYLES, part).split("\n") for part in (".card, .card *", ".outside, .outside *")]
        page.context.close()
    assert [pair for pair in zip(told["alone"][0], told["pasted"][0], strict=True) if pair[0] != pair[1]] == []
    assert told["pasted"][1] == told["host"][1]


def test_a_card_keeps_clear_of_what_floats(browser: Browser, tmp_path: Path) -> None:
    """Beside a floated picture it would be squeezed to a column; it stands below."""
    own, card = (templates_folder() / "card.css").read_text("utf-8"), render_card(FULL)
    file = tmp_path / "float.html"
    picture = '<div style="float: left; width: 70%; height: 300px"></div>'
    file.write_text(f'<!doctype html><meta charset="utf-8"><style>{own}</style>{picture}{card}', "utf-8")
    page = opened(browser, file)
    box = page.locator(".card").bounding_box()
    page.context.close()
    assert box is not None
    assert box["y"] >= 300


def test_the_stylesheet_is_small() -> None:
    """All of it together stays under 20 kB, and names nothing that would have to be loaded."""
    css = site_styles()
    assert len(css) < 20_000
    assert b"url(" not in css and b"@import" not in css
