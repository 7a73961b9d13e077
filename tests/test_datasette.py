"""An archive in a real Datasette, of both versions: what the plugin shows, and what it lets nobody do."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from click.testing import CliRunner
from datasette.utils import tilde_encode
from playwright.sync_api import Browser, Page

from archiver import store
from archiver.browse.metadata import FACETS
from archiver.browse.queries import QUERIES
from archiver.cli import cli
from archiver.records import Capture
from archiver.store.documentation import DESCRIPTIONS
from archiver.store.schema import SCHEMA_VERSION, TABLES, TRIGGERS
from archiver.store.views import VIEWS

ROOT = Path(__file__).parent.parent
PYTHONS = {"0.65": Path(sys.executable), "1.0": ROOT / ".venv/datasette-1/bin/python"}
"""Each version's own interpreter; `make test` sets both up."""

PATIENCE = 30.0
"""Seconds for a Datasette to answer: it starts in under one, on a machine that has nothing else to do."""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Boats can be replaced, pilots cannot.</p>&mdash; {name} '
    '(@{handle}) <a href="https://twitter.com/{handle}/status/1311875000000000000">{day}</a></blockquote>'
)
SIGNED = TWEET.format(name="North Pilots", handle="northpilots", day="October 2, 2020")
ARTICLES = {
    "storm.html": "<html lang=en><head><title>Storm at the pier</title><meta property='article:published_time' "
    "content='2020-10-03T08:00:00Z'></head><body><article><p>Before the storm: <img src='pier.png' alt='The pier'> and "
    f"then nothing.</p>{SIGNED}<p>“Boats can be replaced, pilots cannot,” they wrote.</p></article></body></html>",
    "lamp.txt": "The lamp was lit all night.\n\nView this post on Instagram First light over the breakwater. A post "
    "shared by Nadia Orrin (@nadia_orrin_light) on Oct 4, 2020 at 11:48pm PDT\n\nThen it rained.\n",
    "again.md": f"---\ntitle: The pilots again\ndate: 2021-03-01\n---\n\nThey said it before.\n\n{SIGNED}\n",
    "copied.md": "---\ntitle: A copy\ndate: 2022-01-05\n---\n\nSomebody else signs it.\n\n"
    f"{TWEET.format(name='South Pilots', handle='southpilots', day='May 2, 2016')}\n",
}

ANSWER = Capture(
    id="7f0c1f7e-0000-4000-8000-000000000001",
    post_id="twitter:1311875000000000000",
    source="x-oembed",
    url="https://publish.x.com/oembed",
    method="GET",
    fetched_at="2026-01-03T10:00:00.000Z",
    outcome="not-found",
    status=404,
)

INJECTED = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\'<svg onload=window.hacked=1>'
ADDRESS = "javascript:window.hacked=1//"
BODY = '<p>One<script>window.hacked=1</script></p><!--embed 1--><meta http-equiv="refresh" content="0;url=/?hacked">'
NO_TEXT = (
    *("platform", "form", "posted_at", "posted_at_options", "published_at", "precision", "status", "kind", "language"),
    *("format", "type", "permalink_source", "author_source", "posted_at_source", "text_source", "name_source"),
    *("handle_origin", "time_origin", "life", "life_since", "checked_at", "edited_after", "edited_before"),
)
"""Columns of words from a list, or of times: what else they hold is for another archive."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A Datasette that runs: its version, and where it answers."""

    version: str
    port: int

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (in lower case) and body."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def text(self, path: str) -> str:
        """The page, which there must be."""
        status, _, body = self.get(path)
        assert status == 200, (path, body[:2000])
        return body.decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `datasette .` is run in: an archive beside the site's templates, and other databases."""
    folder, news = (tmp_path_factory.mktemp(name) for name in ("browse", "news"))
    for name, content in ARTICLES.items():
        (news / name).write_text(content, "utf-8")
    (news / "pier.png").write_bytes(PNG)
    arguments = ["run", str(news), "--db", str(folder / "archive.db"), "--site", str(folder / "site"), "-j", "1"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    with store.archive(folder / "archive.db", create=False) as archive:
        store.save_captures(archive, [ANSWER])
    (folder / "metadata.json").write_text('{"databases": {"closed": {"allow": false}}}')
    (folder / "templates").symlink_to(ROOT / "templates")
    for name in ("older", "hostile", "wild", "closed"):
        shutil.copy(folder / "archive.db", folder / f"{name}.db")
    _make_older(folder / "older.db")
    _make_hostile(folder / "hostile.db", but=NO_TEXT)
    _make_hostile(folder / "wild.db", but=())
    with closing(sqlite3.connect(folder / "other.db")) as connection, connection:
        connection.execute("CREATE TABLE posts (id TEXT PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO posts VALUES ('twitter:20', 'of another program')")
    return folder


def _make_older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")


def _make_hostile(path: Path, *, but: tuple[str, ...]) -> None:
    """Put code into each column of text but keys, which are told apart by it, and those of these names."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        for table, shape in TABLES.items():
            for column, kind in shape.columns.items():
                if kind is str and column not in (shape.key, *shape.references, *but):
                    value = ADDRESS if column in ("permalink", "url") else BODY if column == "body" else INJECTED
                    connection.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))  # noqa: S608
        for table, key, owners in (
            ("articles", "id", [("embeds", "article_id"), ("passages", "article_id"), ("pictures", "article_id")]),
            ("posts", "id", [("embeds", "post_id"), ("quotes", "post_id"), ("flags", "post_id")]),
            ("authors", "id", [("posts", "author_id"), ("embeds", "author_id"), ("account_names", "author_id")]),
            ("sqlar", "name", [("pictures", "name")]),
        ):
            for where, column in [(table, key), *owners]:
                connection.execute(f'UPDATE "{where}" SET "{column}" = "{column}" || ?', (INJECTED,))  # noqa: S608
        if not but:
            connection.execute("UPDATE sqlar SET data = 'damaged'")


@pytest.fixture(scope="module")
def snapshot(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published copy that cannot change."""
    path = tmp_path_factory.mktemp("published") / "snapshot.db"
    result = CliRunner().invoke(cli, ["publish", str(path), "--db", str(folder / "archive.db")])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module", params=PYTHONS)
def served(request: pytest.FixtureRequest, folder: Path, snapshot: Path) -> Iterator[Server]:
    """A Datasette with the package, as `datasette . -i snapshot.db` starts it."""
    python = _python(request.param)
    with _running([python, "-m", "datasette", folder, "-i", snapshot], request.param) as server:
        if b"embed-archiver" not in server.get("/-/plugins.json")[2]:
            _missing(f"{python} has no entry point of embed-archiver: pip install -e .")
        yield server


@pytest.fixture(scope="module", params=PYTHONS)
def plain(request: pytest.FixtureRequest, folder: Path) -> Iterator[Server]:
    """A Datasette that knows nothing of the package: `datasette archive.db`."""
    start = "import sys; sys._called_from_test = True; from datasette.cli import cli; cli()"  # loads no plugins then
    with _running([_python(request.param), "-c", start, folder / "archive.db"], request.param) as server:
        yield server


def _python(version: str) -> Path:
    if not PYTHONS[version].exists():
        _missing(f"no Datasette {version}: make test sets it up")
    return PYTHONS[version]


def _missing(what: str) -> None:
    if os.environ.get("ARCHIVER_REQUIRE_DATASETTE"):
        pytest.fail(f"{what}, and ARCHIVER_REQUIRE_DATASETTE is set")
    pytest.skip(what)


@contextmanager
def _running(command: list[Any], version: str) -> Iterator[Server]:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = [*map(str, command), "--port", str(port)]
    with subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as process:
        server, end = Server(version=version, port=port), time.monotonic() + PATIENCE
        try:
            while not _answers(server):
                assert process.poll() is None, "it ended at once"
                assert time.monotonic() < end, "it does not answer"
                time.sleep(0.05)
            assert f'"version": "{version}' in server.text("/-/versions.json").replace('":"', '": "')
            yield server
        finally:
            process.terminate()


def _answers(server: Server) -> bool:
    try:
        return server.get("/-/versions.json")[0] == 200
    except ConnectionError:
        return False


@pytest.fixture
def page(browser: Browser, served: Server) -> Iterator[Page]:
    """A page of a browser that asks nobody but the server; what it complains of fails the test."""
    said: list[str] = []
    with closing(browser.new_context(base_url=f"http://127.0.0.1:{served.port}")) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda sent: None if f"127.0.0.1:{served.port}/" in sent.url else said.append(sent.url))
        yield page
    assert said == []


def only_row(folder: Path, sql: str, name: str = "archive.db") -> Any:
    """The value that a query gives."""
    with closing(sqlite3.connect(folder / name)) as connection:
        return connection.execute(sql).fetchone()[0]


STORM = "SELECT id FROM articles WHERE source = 'storm.html'"
PILOTS = "/archive/posts/twitter~3A1311875000000000000"


def article_path(folder: Path, name: str = "archive", sql: str = STORM) -> str:
    """The address of an article as it reads."""
    return f"/-/archiver/{name}/articles/{tilde_encode(only_row(folder, sql, f'{name}.db'))}"


# What is shown.


def test_posts_are_cards(page: Page) -> None:
    """A row of the table begins with a compact card that leads to the post's own row, which begins with its card."""
    page.goto("/archive/posts")
    cards = page.locator("td:first-child .archiver-compact")
    assert cards.count() == page.locator("table.rows-and-columns tbody tr").count() == 2
    page.get_by_role("link", name="North Pilots on X (Twitter)").click()
    card = page.locator(".archiver-top .archiver-card")
    assert card.get_attribute("data-state") == "contradictory"
    assert "Boats can be replaced, pilots cannot." in card.inner_text()


@pytest.mark.parametrize("path", ["/archive/posts", "/archive/embeds", PILOTS])
def test_a_phone_need_not_scroll_sideways(page: Page, path: str) -> None:
    """Neither a table nor the page of a row is wider than the screen, however long its addresses are."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    links = page.locator(".rows-and-columns td a").all()
    assert links
    for link in links:
        box = link.bounding_box()
        assert box is None or box["x"] + box["width"] <= 320


def test_keys_of_other_rows_are_readable(page: Page) -> None:
    """In a table, a view and on a row, a key is a link that says whose post, which article, which account."""
    for path in ("/archive/embeds?author_id=twitter:northpilots", "/archive/contradictions"):
        page.goto(path)
        row = page.locator("tbody tr").first
        assert " on X (Twitter), 2 October 2020" in row.locator(".col-post_id").inner_text()
        assert row.locator(".col-article_id").inner_text() in ("Storm at the pier", "The pilots again", "A copy")
    page.goto(PILOTS)
    page.locator("td.col-author_id a").click()
    assert page.url.endswith("/archive/authors/twitter~3Anorthpilots")
    assert page.locator(".archiver-posts .archiver-compact").count() == 1


def test_facets_filter(page: Page) -> None:
    """Each facet of posts is offered, and one value of it leaves its rows alone."""
    page.goto("/archive/posts")
    names = page.locator(".facet-info").evaluate_all("all => all.map(one => one.dataset.column)")
    assert set(names) == set(FACETS["posts"])
    page.locator("[data-column=state] a", has_text="words").click()
    page.wait_for_url("**=words*")
    assert set(page.locator("td.col-state").all_inner_texts()) == {"words"}


@pytest.mark.parametrize(("table", "word"), [("posts", "breakwater"), ("articles", "lamp"), ("authors", "orrin")])
def test_full_text_is_searched(page: Page, table: str, word: str) -> None:
    """The search of a table finds the one row that has a word."""
    page.goto(f"/archive/{table}")
    page.get_by_label("Search:").fill(word)
    page.get_by_label("Search:").press("Enter")
    page.wait_for_url("**_search=*")
    assert page.locator("table.rows-and-columns tbody tr").count() == 1


def test_each_question_is_asked(served: Server) -> None:
    """By its title, on the page of the archive, or where that shows only some of them, on the page of all."""
    offered = served.text("/archive/-/queries" if served.version == "1.0" else "/archive")
    assert [query.title for query in QUERIES.values() if query.title not in offered] == []


@pytest.mark.parametrize("name", QUERIES)
def test_each_question_is_answered(served: Server, name: str) -> None:
    """The page of each says what it shows, and shows rows."""
    answer = served.text(f"/archive/{name}")
    assert QUERIES[name].description in answer
    assert "<tbody>" in answer


def test_answers_lead_to_rows(page: Page) -> None:
    """A key in the answer of a query is a link to its row."""
    page.goto("/archive/most_embedded_accounts")
    page.locator("td.col-author_id a").first.click()
    assert page.url.endswith("/archive/authors/twitter~3Anorthpilots")


def test_every_table_and_column_is_described(served: Server) -> None:
    """The page of a table says what a row is, and what each column holds."""
    for name, described in DESCRIPTIONS.items():
        shown = served.text(f"/archive/{name}")
        wanted = [described.one_row, *described.columns.values()]
        assert [one for one in wanted if one not in shown.replace("&#39;", "'").replace("&gt;", ">")] == []


def test_a_picture_is_shown_in_its_table(page: Page) -> None:
    """In place of the name of its file."""
    page.goto("/archive/pictures")
    picture = page.locator("td.col-name img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('td.col-name img').naturalWidth == 1")


def test_an_article_reads_as_in_the_site(page: Page, folder: Path) -> None:
    """Its page has its cards in place and its picture, and leads back to the post's row."""
    page.goto(article_path(folder))
    assert page.locator("h1").inner_text() == "Storm at the pier"
    assert page.evaluate("[...document.images].map(image => image.naturalWidth)") == [1]
    page.locator(".story .archiver-card .archiver-details").click()
    assert page.url.endswith(PILOTS)


@pytest.mark.parametrize("width", [320, 1000])
def test_own_pages_bar_nobody(page: Page, folder: Path, width: int) -> None:
    """axe-core finds no violation in the page of an article, nor in what stands in Datasette's pages."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(article_path(folder))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    for path, part in (("/archive/posts", ".archiver-compact"), (PILOTS, ".archiver-top"), ("/archive/pictures", "td")):
        page.goto(path)
        page.evaluate("document.querySelectorAll('navigation-search').forEach(one => one.remove())")  # axe fails on it
        result = Axe().run(page, context={"include": [[part]]})
        assert result.violations_count == 0, result.generate_report()


# What is served.


def test_a_file_runs_nothing(served: Server, folder: Path) -> None:
    """The source of an article can only be saved, a picture is shown; both under a policy that allows nothing."""
    article = only_row(folder, STORM)
    for name, kind, disposition in (
        (article, "application/octet-stream", "attachment; filename*=UTF-8''storm.html"),
        (only_row(folder, "SELECT name FROM pictures"), "image/png", None),
    ):
        status, headers, body = served.get(f"/-/archiver/archive/files/{tilde_encode(name)}")
        assert (status, headers["content-type"], headers.get("content-disposition")) == (200, kind, disposition)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert body == (PNG if disposition is None else ARTICLES["storm.html"].encode())


def test_an_article_is_as_closed_as_the_site(served: Server, folder: Path) -> None:
    """Its policy, a header here, allows styles and pictures of this server and nothing else."""
    _, headers, _ = served.get(article_path(folder))
    policy = headers["content-security-policy"]
    assert policy.startswith(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; base-uri 'none'"
    )
    assert "script" not in policy


def test_an_article_is_found_by_its_id_as_written(served: Server, folder: Path) -> None:
    """With slashes and dots, as people copy it from a table, it leads to the same page and the same source."""
    article = only_row(folder, STORM)
    assert served.text(f"/-/archiver/archive/articles/{article}") == served.text(article_path(folder))
    assert served.get(f"/-/archiver/archive/files/{article}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/-/archiver/archive/articles/none",
        "/-/archiver/archive/files/..~2Farchive~2Edb",
        f"/-/archiver/archive/media/{'0' * 64}.png",
        "/-/archiver/other/articles/none",
        "/-/archiver/nobody/files/none",
    ],
)
def test_what_is_not_there_is_not_found(served: Server, path: str) -> None:
    """404, as for any other page."""
    assert served.get(path)[0] == 404


def test_who_may_not_see_an_archive_sees_no_page_of_it(served: Server, folder: Path) -> None:
    """The permissions of Datasette hold for articles, files and pictures."""
    picture = only_row(folder, "SELECT sha256 FROM pictures")
    article = tilde_encode(only_row(folder, STORM))
    for path in (f"articles/{article}", f"files/{article}", f"media/{picture}.png"):
        assert served.get(f"/-/archiver/archive/{path}")[0] == 200
        assert served.get(f"/-/archiver/closed/{path}")[0] == 403


def test_a_damaged_file_is_told(served: Server, folder: Path) -> None:
    """A sentence, in plain text, where its bytes cannot be unpacked."""
    name = only_row(folder, "SELECT name FROM sqlar WHERE sz > 100", "wild.db")
    status, headers, body = served.get(f"/-/archiver/wild/files/{tilde_encode(name)}")
    assert (status, headers["content-type"]) == (500, "text/plain; charset=utf-8")
    assert body == b"The archive holds a value here that Archiver does not write."


# Other databases.


@pytest.mark.parametrize("name", ["other", "older"])
def test_other_databases_stay_as_they_are(served: Server, name: str) -> None:
    """One of another program, or of another version of the archive, is shown as without the plugin."""
    shown = served.text(f"/{name}/posts")
    assert "archiver-" not in shown
    assert "archiver-" not in served.text(f"/{name}/posts/twitter~3A20" if name == "other" else "/older")


def test_a_snapshot_is_an_archive_too(served: Server) -> None:
    """`datasette -i` on a published copy shows cards, facets and articles."""
    shown = served.text("/snapshot/posts")
    assert 'class="archiver-compact"' in shown
    assert 'data-column="state"' in shown
    assert served.text("/snapshot/posts/twitter~3A1311875000000000000").count("archiver-card")


def test_the_folder_of_the_checkout_is_no_theme(served: Server) -> None:
    """Where the site's templates lie beside the archive, Datasette's pages are still its own."""
    for path in ("/", "/archive", "/archive/posts", PILOTS, "/archive/lost_by_year"):
        assert "Powered by" in served.text(path)


def test_without_the_package_it_is_plain_but_useful(plain: Server) -> None:
    """Labels, facets (of year and state too) and search are what the file alone gives Datasette.

    1.0 takes a key that is text for what its row is called.
    """
    embeds = plain.text("/archive/embeds")
    assert "archiver-compact" not in embeds
    assert ("Storm at the pier" if plain.version == "0.65" else ">news0/storm.html</a>") in embeds
    posts = plain.text("/archive/posts?_facet=platform&_facet=year&_facet=state")
    assert 'name="_search"' in posts
    assert all(f'data-column="{name}"' in posts for name in ("platform", "year", "state"))
    assert "breakwater" in plain.text("/archive/posts?_search=breakwater")


# Malicious values.


class Injected(HTMLParser):
    """Collects what of a page would run the injected code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        self.found += [f"{tag} {name}" for name, value in attrs if name.startswith("on") and "hacked" in (value or "")]
        self.found += [tag for name, value in attrs if name in ("href", "src") and (value or "").startswith(ADDRESS)]
        self.found += [tag for name, value in attrs if name == "content" and "hacked" in (value or "")]

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip().startswith("window.hacked"):
            self.found.append("script")


def paths_of(folder: Path, name: str) -> Iterator[str]:
    """The pages of an archive: all tables, views and queries, a row of each table, and its articles as they read."""
    yield from (f"/{name}", *(f"/{name}/{one}" for one in (*TABLES, *VIEWS, "sqlar", *QUERIES)))
    with closing(sqlite3.connect(folder / f"{name}.db")) as connection:
        for table, key in [*((table, shape.key) for table, shape in TABLES.items()), ("sqlar", "name")]:
            for (value,) in connection.execute(f'SELECT "{key}" FROM "{table}" LIMIT 1'):  # noqa: S608
                yield f"/{name}/{table}/{tilde_encode(str(value))}"
        for (value,) in connection.execute("SELECT id FROM articles"):
            yield f"/-/archiver/{name}/articles/{tilde_encode(value)}"


@pytest.mark.parametrize("name", ["hostile", "wild"])
def test_malicious_values_are_escaped(served: Server, folder: Path, name: str) -> None:
    """In no page is anything of them but text: not in an attribute that runs, an address, a script."""
    for path in paths_of(folder, name):
        status, _, body = served.get(path)
        parser = Injected()
        parser.feed(body.decode())
        assert parser.found == [], path
        told = name == "wild" and b"Archiver does not write" in body  # a date that is none, say
        assert status == 200 or told, path


@pytest.mark.parametrize("name", ["hostile", "wild"])
def test_malicious_values_run_nothing(page: Page, folder: Path, name: str) -> None:
    """Chromium opens a table, a row, an answer and an article full of them, and nothing of them is executed."""
    post = tilde_encode(only_row(folder, "SELECT id FROM posts LIMIT 1", f"{name}.db"))
    for path in (f"/{name}/posts", f"/{name}/posts/{post}", f"/{name}/most_embedded_accounts", f"/{name}/pictures"):
        page.goto(path)
        assert page.evaluate("window.hacked") is None, path
    if name == "hostile":
        page.goto(article_path(folder, name, "SELECT article_id FROM pictures"))
        assert page.locator(".archiver-card").count() == 1
        assert page.evaluate("window.hacked") is None
        assert "?hacked" not in page.url
