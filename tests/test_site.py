"""The site: a folder of pages made from the archive."""

import json
import os
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlite_utils import Database

from archiver.errors import ArchiverError
from archiver.find import find_embeds
from archiver.identity import identify
from archiver.records import Article, Author, Format, Picture, Post, Problem, Reading
from archiver.render.body import render_body
from archiver.render.lines import PER_PAGE
from archiver.render.names import page_name
from archiver.render.pages import Evidence, Place, post_pages
from archiver.render.site import render_site
from archiver.render.templates import templates_folder
from archiver.store import (
    RunCounts,
    Touched,
    finish_run,
    forget_articles,
    open_archive,
    register_folder,
    save_problems,
    save_readings,
    start_run,
)

DATA_BLOCK = '<script type="application/ld+json">'
TAIL = "A post shared by Ines Okafor (@ines.okafor) on Oct 2, 2020 at 4:16am PDT"
HEADER = " date 2020-10-02 Harbour pilots back a warning"
TEXT = f"{HEADER}\n\nThe pilots spoke.\n\nView this post on Instagram\n\n{TAIL}\n\nEnd.\n"
QUOTE = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Boats can be replaced.</p>&mdash; Pilots &lt;script&gt; '
    '(@northpilots) <a href="https://twitter.com/northpilots/status/1311875000000000000">October 2, 2020</a>'
    "</blockquote>"
)
IMAGE = '<img src="a_files/p.png" alt="Pier">'
HTML = f"<html><body><p>Long before the storm came.</p>{QUOTE}<p>And after.{IMAGE}</p></body></html>"
MARKDOWN = f"# Letters\n\n- first\n\n{QUOTE}\n\nLast *words*.\n"
PICTURE = Picture(src="a_files/p.png", type="image/png", data=b"\x89PNG")


def reading(source: str, content: str, format_: Format, **told: str) -> Reading:
    """What reading this source gives."""
    data = content.encode()
    article = Article(
        folder="news",
        source=source,
        format=format_,
        encoding="utf-8",
        sha256=sha256(data).hexdigest(),
        content=content,
        data=data,
        pictures=(PICTURE,) if format_ == "html" else (),
        **told,  # type: ignore[arg-type]
    )
    embeds = tuple(identify(find_embeds(content, format_), article.sha256))
    if format_ == "html":
        return Reading(article=article, embeds=embeds, text=content, body=render_body(article, embeds))
    return Reading(article=article, embeds=embeds, text=content)


READINGS = (
    reading("a.txt", TEXT, "text", title="Harbour pilots back a warning", published_at="2020-10-02"),
    reading("b.html", HTML, "html", title="Before & after"),
    reading("c.md", MARKDOWN, "markdown", title="Letters", published_at="2021-01-05"),
    reading("مقال.txt", "نص قصير جدا.\n", "text", language="ar"),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Database]:
    """An archive of four articles in three formats."""
    db = open_archive(tmp_path / "archive.db", create=True)
    (tmp_path / "news").mkdir()
    register_folder(db, tmp_path / "news")
    save(db, *READINGS)
    yield db
    db.close()


def save(db: Database, *readings: Reading) -> Touched:
    """A run that reads these."""
    return save_readings(db, readings, run_id=a_run(db), reader="1")


def a_run(db: Database) -> int:
    """The id of a run that has ended."""
    run_id = start_run(db, version="1", arguments=[])
    finish_run(db, run_id, RunCounts())
    return run_id


def files(folder: Path) -> dict[str, bytes]:
    """All files of a site and their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def article_of(folder: Path, source: str) -> str:
    """The page of an article."""
    return (folder / "articles" / page_name(f"news/{source}")).read_text()


def test_every_page_is_there_and_linked(archive: Database, tmp_path: Path) -> None:
    """Each link leads to a file of the folder or is a plain web address, and each page can be reached."""
    render_site(archive, tmp_path / "site")
    pages = {name: data.decode() for name, data in files(tmp_path / "site").items() if name.endswith(".html")}
    reached = set()
    for name, html in pages.items():
        for href in re.findall(r'(?:href|src)="([^"#]+)"', html):
            if not href.startswith(("https://", "http://")):
                target = (tmp_path / "site" / name).parent / href
                assert target.is_file(), (name, href)
                reached.add(target.resolve().relative_to((tmp_path / "site").resolve()).as_posix())
    assert set(pages) - reached == set()


def test_pages_forbid_the_network_first(archive: Database, tmp_path: Path) -> None:
    """The policy is the first element of every head, and no page holds an inline style, or a script but data.

    Only the two lists that can be searched load one, from the folder itself.
    """
    render_site(archive, tmp_path / "site")
    scripted = {}
    for name, data in files(tmp_path / "site").items():
        if name.endswith(".html"):
            html = data.decode()
            assert '<head>\n<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;' in html
            assert " style=" not in html
            if found := re.findall(r"<script[^>]*>|script-src [^ ]*", html.replace(DATA_BLOCK, "")):
                scripted[name] = found
    searched = ["script-src &#39;self&#39;;", '<script src="search.js">']
    assert scripted == {"index.html": searched, "posts.html": searched}


def test_cards_stand_in_their_articles(archive: Database, tmp_path: Path) -> None:
    """The card of each embed stands between the words around it, in every format."""
    render_site(archive, tmp_path / "site")
    assert re.search(
        r'The pilots spoke.*data-post="instagram:[^"]+" data-platform="instagram" data-embed="1".*End\.',
        article_of(tmp_path / "site", "a.txt"),
        re.DOTALL,
    )
    for source, last in (("b.html", "And after"), ("c.md", "Last <em>words")):
        html = article_of(tmp_path / "site", source)
        assert re.search(rf'data-post="twitter:1311875000000000000".*Boats can be replaced.*{last}', html, re.DOTALL)


def test_an_untitled_article_goes_by_its_file_once(archive: Database, tmp_path: Path) -> None:
    """Its name is the heading; the way to it does not say it again."""
    render_site(archive, tmp_path / "site")
    main = article_of(tmp_path / "site", "مقال.txt").partition("<main")[2]
    assert main.partition("</h1>")[0].count("مقال.txt") == 1


def test_a_picture_is_a_file(archive: Database, tmp_path: Path) -> None:
    """A saved picture lies in media/ under its hash, and the article shows it."""
    render_site(archive, tmp_path / "site")
    name = f"{sha256(PICTURE.data).hexdigest()}.png"
    assert (tmp_path / "site" / "media" / name).read_bytes() == PICTURE.data
    assert f'src="../media/{name}" alt="Pier"' in article_of(tmp_path / "site", "b.html")


def test_the_index_goes_by_date(archive: Database, tmp_path: Path) -> None:
    """Newest first, the undated last, each with the number of its embeds."""
    render_site(archive, tmp_path / "site")
    index = (tmp_path / "site" / "index.html").read_text()
    order = [index.index(name) for name in ("Letters", "Harbour pilots", "Before &amp; after")]
    assert order == sorted(order)
    assert "1 embed: Ines Okafor<" in index


def test_rendering_again_writes_nothing(archive: Database, tmp_path: Path) -> None:
    """The same archive gives the same bytes, anywhere and at any time, and touches no file."""
    render_site(archive, tmp_path / "site")
    render_site(archive, tmp_path / "other")
    assert files(tmp_path / "site") == files(tmp_path / "other")
    assert render_site(archive, tmp_path / "site").written == 0


def test_only_what_changed_is_rendered(archive: Database, tmp_path: Path) -> None:
    """After a run that changed one article, its pages and the lists are rendered, and the result is a full render's."""
    render_site(archive, tmp_path / "site")
    changed = reading("a.txt", TEXT.replace("spoke", "sang"), "text", title="Harbour pilots back a warning")
    summary = render_site(archive, tmp_path / "site", only=save(archive, changed))
    render_site(archive, tmp_path / "full")
    assert files(tmp_path / "site") == files(tmp_path / "full")
    assert summary.pages < 9


AT_HOME = reading("e.txt", "Between.", "text", title="Between", published_at="2020-12-24")


@pytest.mark.parametrize(
    "change",
    [
        lambda db: save(db, AT_HOME),
        lambda db: save(db, replaced("a.txt", title="Another title")),
        lambda db: save(db, replaced("a.txt", published_at="2022-02-02")),
        lambda db: save(db, *(reading(f"n{n}.txt", f"{n}", "text", published_at="2020-11-11") for n in range(3))),
        lambda db: (a_run(db), forget_articles(db, ["news/a.txt"]))[1],
        lambda db: (a_run(db), forget_articles(db, ["news/b.html", "news/c.md"]))[1],
    ],
    ids=["new", "renamed", "moved", "several", "gone", "post gone"],
)
def test_neighbours_lead_to_each_other(
    archive: Database, tmp_path: Path, change: Callable[[Database], Touched]
) -> None:
    """After each kind of change the pages before and after those that changed lead where those of a full render do."""
    render_site(archive, tmp_path / "site")
    render_site(archive, tmp_path / "site", only=change(archive))
    render_site(archive, tmp_path / "full")
    assert files(tmp_path / "site") == files(tmp_path / "full")


def test_an_unbroken_chain_leads_through_the_articles(archive: Database, tmp_path: Path) -> None:
    """Next leads from the first of the index to the last, and previous back."""
    render_site(archive, tmp_path / "site")
    index = re.findall(r'<a href="(articles/[^"]+)"', (tmp_path / "site" / "index.html").read_text())
    for rel, order in (("next", index), ("prev", index[::-1])):
        walked = [order[0]]
        while found := re.search(rf'rel="{rel}" href="../([^"]+)"', (tmp_path / "site" / walked[-1]).read_text()):
            walked.append(found[1])
        assert walked == order


def test_a_site_that_is_up_to_date_is_left_alone(archive: Database, tmp_path: Path) -> None:
    """Rendering again renders nothing; a file that was cut short is made again all the same."""
    render_site(archive, tmp_path / "site")
    before = files(tmp_path / "site")
    assert render_site(archive, tmp_path / "site").pages == 0
    (tmp_path / "site" / "articles" / page_name("news/a.txt")).write_text("<p>cut sh")
    (tmp_path / "site" / "timeline.html").write_text('<meta name="generator" content="archiver">')
    render_site(archive, tmp_path / "site")
    assert files(tmp_path / "site") == before


def test_after_a_run_that_broke_off_all_is_rendered(archive: Database, tmp_path: Path) -> None:
    """Nobody knows what a run that has not ended did to the archive."""
    first = render_site(archive, tmp_path / "site")
    start_run(archive, version="1", arguments=[])
    assert render_site(archive, tmp_path / "site").pages == first.pages


def test_lists_that_show_the_same_are_not_made_again(archive: Database, tmp_path: Path) -> None:
    """Other words in an article are its page's matter, and its source's: no list is rendered for them."""
    render_site(archive, tmp_path / "site")
    touched = save(archive, replaced("a.txt", content=TEXT.replace("spoke", "sang")))
    names = {page_name("news/a.txt"), page_name("instagram:@ines.okafor/2020-10-02T11:16Z")}
    summary = render_site(archive, tmp_path / "site", only=touched)
    changed = {path.name for path in (tmp_path / "site").rglob("*.html") if path.name in names}
    assert summary.written == 2
    assert len(changed) == 2


def replaced(source: str, content: str = TEXT, **told: str) -> Reading:
    """The article of this source with other words or metadata."""
    known = {"title": "Harbour pilots back a warning", "published_at": "2020-10-02"}
    return reading(source, content, "text", **known | told)


def test_an_account_with_very_many_posts_has_pages(archive: Database, tmp_path: Path) -> None:
    """Its list goes on on linked pages, which come back when they are lost and go when they are not needed."""
    posts = "".join(QUOTE.replace("1311875000000000000", f"13118750000000{n:05}") for n in range(PER_PAGE + 1))
    save(archive, reading("many.md", posts, "markdown"))
    render_site(archive, tmp_path / "site")
    page = tmp_path / "site" / "authors" / page_name("twitter:northpilots").replace(".html", "-2.html")
    text = page.read_text()
    page.unlink()
    render_site(archive, tmp_path / "site")
    assert page.read_text() == text
    a_run(archive)
    render_site(archive, tmp_path / "site", only=forget_articles(archive, ["news/many.md"]))
    assert not page.exists()


def test_nothing_changed_nothing_rendered(archive: Database, tmp_path: Path) -> None:
    """A run that touched nothing renders no page."""
    render_site(archive, tmp_path / "site")
    assert render_site(archive, tmp_path / "site", only=save(archive)).pages == 0


def test_a_new_problem_is_shown(archive: Database, tmp_path: Path) -> None:
    """A run that touched no article but met a problem brings the problems page and the index's count up to date."""
    render_site(archive, tmp_path / "site")
    problem = Problem(folder="news", source="z.txt", kind="empty", detail="z.txt is empty.")
    save_problems(archive, [problem], run_id=a_run(archive))
    render_site(archive, tmp_path / "site", only=Touched())
    assert "z.txt is empty." in (tmp_path / "site" / "problems.html").read_text()
    assert "<b>1</b>problem<" in (tmp_path / "site" / "index.html").read_text()


def test_a_missed_run_is_made_up_for(archive: Database, tmp_path: Path) -> None:
    """A site that shows an older state than the last run's is rendered whole."""
    render_site(archive, tmp_path / "site")
    save(archive, reading("a.txt", "Other.", "text"))
    render_site(archive, tmp_path / "site", only=save(archive))
    assert "Other." in article_of(tmp_path / "site", "a.txt")


@pytest.mark.parametrize("shelf", ["articles", "posts", "authors", "media", "sources", "."])
def test_a_deleted_page_comes_back(archive: Database, tmp_path: Path, shelf: str) -> None:
    """Files deleted by hand are restored by the next run, though it changed nothing."""
    render_site(archive, tmp_path / "site")
    before = files(tmp_path / "site")
    for path in (tmp_path / "site" / shelf).iterdir():
        if path.is_file() and not path.name.startswith("."):
            path.unlink()
    render_site(archive, tmp_path / "site", only=Touched())
    assert files(tmp_path / "site") == before


@pytest.mark.parametrize("partly", [True, False])
def test_only_our_stale_pages_go(archive: Database, tmp_path: Path, partly: bool) -> None:
    """The pages of a removed article go; files of others stay, whatever their name."""
    render_site(archive, tmp_path / "site")
    foreign = [tmp_path / "site" / "articles" / name for name in ("mine.html", "notes.txt")]
    for path in foreign:
        path.write_text("<p>mine</p>")
    a_run(archive)
    touched = forget_articles(archive, ["news/b.html", "news/c.md"])
    summary = render_site(archive, tmp_path / "site", only=touched if partly else None)
    assert summary.removed == 8  # pages of articles, posts, an author and a platform, and two sources
    assert all(path.is_file() for path in foreign)
    assert not (tmp_path / "site" / "articles" / page_name("news/b.html")).exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda note: b"{",
        lambda note: b"",
        lambda note: b"[]\n",
        lambda note: note[: len(note) // 2],
        lambda note: note.removesuffix(b"]\n"),
        lambda note: b"\xff" + note,
        lambda note: note.replace(b'["style.css", ', b'["style.css", "'),
        lambda note: note.replace(b'["style.css", ', b"[5, "),
        lambda note: note.replace(b'["style.css", ', b'{"style.css": '),
        lambda note: note.replace(b'["style.css", ', b'["style.css", "", "", '),
    ],
)
def test_a_damaged_note_means_a_full_render(
    archive: Database, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """Without a readable state file everything is rendered."""
    first = render_site(archive, tmp_path / "site")
    note = tmp_path / "site" / ".archiver-site.json"
    note.write_bytes(damage(note.read_bytes()))
    assert render_site(archive, tmp_path / "site", only=Touched()).pages == first.pages


def test_foreign_files_with_any_name_stay(archive: Database, tmp_path: Path) -> None:
    """Whatever bytes their names have."""
    foreign = tmp_path / "site" / "posts" / os.fsdecode(b"mine-\xe9.html")
    render_site(archive, tmp_path / "site")
    foreign.write_text("mine")
    for _ in range(2):
        assert render_site(archive, tmp_path / "site", only=Touched()).removed == 0
    assert foreign.read_text() == "mine"


def test_long_lists_have_pages(archive: Database, tmp_path: Path) -> None:
    """Lists beyond a few hundred lines go on on linked pages."""
    save(archive, *(reading(f"n{n}.txt", f"Note {n}.", "text") for n in range(PER_PAGE)))
    render_site(archive, tmp_path / "site")
    assert 'rel="next" href="index-2.html"' in (tmp_path / "site" / "index.html").read_text()
    assert "Page 2 of 2" in (tmp_path / "site" / "index-2.html").read_text()


def test_ids_that_differ_in_case_have_two_pages(archive: Database, tmp_path: Path) -> None:
    """No two ids share a file, even where the file system folds letter case; names are plain ASCII."""
    names = {page_name(key).lower() for key in ("news/A.txt", "news/a.txt", "news/مقال", "news/記事", "twitter:1", "")}
    assert len(names) == 6
    assert all(name.isascii() and len(name) < 80 for name in names)


def test_a_site_that_cannot_be_written_says_so(archive: Database, tmp_path: Path) -> None:
    """A file where a folder should be is one clear sentence, not a traceback."""
    (tmp_path / "site").write_text("in the way")
    with pytest.raises(ArchiverError, match="The site cannot be written"):
        render_site(archive, tmp_path / "site")


def test_the_styles_are_small(archive: Database, tmp_path: Path) -> None:
    """One style sheet of under 20 kB."""
    render_site(archive, tmp_path / "site")
    assert (tmp_path / "site" / "style.css").stat().st_size < 20_000


def test_templates_leave_datasettes_pages_alone() -> None:
    """No template has the name of one of Datasette's, which would replace it when `datasette .` is run here."""
    theirs = {"allow_debug", "base", "create_token", "csrf_error", "database", "default", "error", "index", "logout"}
    theirs |= {"messages_debug", "patterns", "permissions_debug", "query", "query_results", "row", "show_json", "table"}
    assert not theirs & {path.stem for path in templates_folder().glob("*.html")}
    assert not any(
        re.match(r"_|(?:table|row|query|database|index)-", path.name) for path in templates_folder().iterdir()
    )


CODE = "CF1tGabcdef"  # given out within the minute that TAIL prints
COPY = (
    f'<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/{CODE}/"><p>'
    f'<a href="https://www.instagram.com/p/{CODE}/">A post shared by Inés O. (@ines.okafor)</a></p></blockquote>'
)


def test_a_marker_shows_the_post_that_another_article_names(archive: Database, tmp_path: Path) -> None:
    """Its card leads to the known post and says why; the page of its provisional id leads there too."""
    render_site(archive, tmp_path / "site")
    touched = save(archive, reading("d.html", f"<p>Later.</p>{COPY}<p>End.</p>", "html"))
    render_site(archive, tmp_path / "site", only=touched)
    page = article_of(tmp_path / "site", "a.txt")
    assert f'data-post="instagram:{CODE}"' in page
    assert "Which post it was follows from other articles: handle, printed time" in page
    provisional = "instagram:@ines.okafor/2020-10-02T11:16Z"
    assert page_name(f"instagram:{CODE}") in (tmp_path / "site" / "posts" / page_name(provisional)).read_text()
    render_site(archive, tmp_path / "full")
    assert files(tmp_path / "site") == files(tmp_path / "full")


def test_what_disagrees_is_listed(archive: Database, tmp_path: Path) -> None:
    """A contradiction stands on its own page, on that of its post and on the card of each embed of it, in words."""
    edited = QUOTE.replace("Boats can be replaced.", "Boats cannot be replaced, said nobody ever here.")
    render_site(archive, tmp_path / "site")
    render_site(archive, tmp_path / "site", only=save(archive, reading("d.html", f"<p>Later.</p>{edited}", "html")))
    post = (tmp_path / "site" / "posts" / page_name("twitter:1311875000000000000")).read_text()
    cards = (article_of(tmp_path / "site", source) for source in ("b.html", "d.html"))
    for page in ((tmp_path / "site" / "report.html").read_text(), post, *cards):
        assert "The embed’s text is not the post’s: Boats <del>can</del> <ins>cannot</ins> be" in page
    render_site(archive, tmp_path / "full")
    assert files(tmp_path / "site") == files(tmp_path / "full")


def test_the_page_of_a_redacted_post_names_nobody() -> None:
    """Neither its card, its title, its data nor its line in a list says who posted it, or what."""
    post = Post(id="twitter:20", platform="twitter", author_id="twitter:n", text="Boats.", status="redacted")
    author = Author(id="twitter:n", platform="twitter", handle="northpilots", name="Pilots")
    (draft,) = post_pages(post, author, [], Evidence(), Place(key=post.id))
    html = draft.html()
    assert '<h1 dir="auto">A redacted post on X (Twitter)</h1>' in html
    for value in ("northpilots", "Pilots", "Boats", "twitter:20", "twitter-20", "ld+json"):
        assert value not in html


def test_no_list_tells_of_a_redacted_post(archive: Database, tmp_path: Path) -> None:
    """No page, no data of the search and no file's name has its words or its id; the page that it had is gone."""
    render_site(archive, tmp_path / "site")
    with archive.conn:
        archive.execute("UPDATE posts SET status = 'redacted' WHERE platform = 'twitter'")
    a_run(archive)
    touched = Touched(
        articles=frozenset({"news/b.html", "news/c.md"}),
        posts=frozenset({"twitter:1311875000000000000"}),
        authors=frozenset({"twitter:northpilots"}),
    )
    render_site(archive, tmp_path / "site", only=touched)
    site = files(tmp_path / "site")
    assert not [name for name, data in site.items() if re.search(rb"Boats|1311875", name.encode() + data)]
    for name in ("posts.html", "platforms/twitter.html", "data/posts-1.js"):
        assert "A redacted post" in site[name].decode()
    assert "Pilots" not in site["data/posts-1.js"].decode() + site["data/articles-1.js"].decode()
    render_site(archive, tmp_path / "full")
    assert site == files(tmp_path / "full")


def test_an_account_does_not_lead_to_what_is_redacted(archive: Database, tmp_path: Path) -> None:
    """Its page leads to the articles that embed its other posts alone."""
    other = QUOTE.replace("1311875000000000000", "1311875000000000001")
    save(archive, reading("d.html", f"<p>Later.</p>{other}<p>End.</p>", "html", title="Later"))
    with archive.conn:
        archive.execute("UPDATE posts SET status = 'redacted' WHERE id = 'twitter:1311875000000000000'")
    render_site(archive, tmp_path / "site")
    page = (tmp_path / "site" / "authors" / page_name("twitter:northpilots")).read_text()
    assert re.findall(r'href="../articles/([^"]+)"', page) == [page_name("news/d.html")]


def test_the_page_of_a_post_holds_its_data(archive: Database, tmp_path: Path) -> None:
    """One data block of schema.org's, in the head, with the post's own words."""
    render_site(archive, tmp_path / "site")
    post = (tmp_path / "site" / "posts" / page_name("twitter:1311875000000000000")).read_text()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*)</script>\n</head>', post)
    assert json.loads(data)["articleBody"] == "Boats can be replaced."


def test_an_account_lists_the_names_it_was_seen_under(archive: Database, tmp_path: Path) -> None:
    """Other display names stand on its page, with the dates of the articles that have them."""
    again = reading("d.txt", TEXT.replace("Ines Okafor (", "Ines O. ("), "text", published_at="2021-03-04")
    save(archive, again)
    render_site(archive, tmp_path / "site")
    page = (tmp_path / "site" / "authors" / page_name("instagram:ines.okafor")).read_text()
    assert "<bdi>Ines Okafor</bdi> <small>1 embed, 2 October 2020</small>" in page
