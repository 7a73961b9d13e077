"""`archiver patch` and `archiver card`: what a user sees of them, and what they never do."""

import json
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Archiver = Callable[..., CompletedProcess[str]]

TAIL = "A post shared by Odile Brandt (@odile.brandt) on Oct 2, 2020 at 4:16am PDT"
TEXT = f"The lake was calm.\n\nView this post on Instagram\n\n{TAIL}\n\nIt rained.\n"
CODE = "CF1tGabcdef"
ADDRESS = f"https://www.instagram.com/p/{CODE}/"
PAGE = (
    f'<p>Caf\xe9.</p>\r\n<blockquote class="instagram-media" data-instgrm-permalink="{ADDRESS}"><p>Still water</p>'
    f'<p>{TAIL}</p></blockquote>\r\n<script async src="//www.instagram.com/embed.js"></script>\r\n<p>It rained.</p>'
)
MARKDOWN = f"# The lake\n\n{ADDRESS}\n\nIt rained.\n"
PLAIN = "Nothing is embedded here.\n"


@pytest.fixture
def news(tmp_path: Path) -> dict[str, bytes]:
    """A folder `news` with one article of each format and one without embeds: their bytes by name."""
    files = {
        "lake.txt": TEXT.encode(),
        "2020/page.html": PAGE.encode("cp1252"),
        "2020/lake.md": MARKDOWN.encode(),
        "plain.txt": PLAIN.encode("utf-16"),
    }
    for name, data in files.items():
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return files


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name, without hidden ones."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_each_article_is_patched_and_put_back(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """Names and paths stay, what has no embed is copied, and undoing gives every byte."""
    done = archiver("patch", "news", "-o", "patched")
    assert (done.returncode, done.stdout) == (0, "Patched 3 of 4 articles: 3 cards, 1 loader.\n")
    patched = files_in(tmp_path / "patched")
    assert patched.keys() == news.keys()
    assert {name for name in news if patched[name] != news[name]} == news.keys() - {"plain.txt"}
    assert b"embed.js" not in patched["2020/page.html"]
    assert archiver("scan", "patched").stdout == ""

    undone = archiver("patch", "patched", "--undo", "-o", "restored")
    assert undone.stdout == "Restored 3 of 4 articles: 3 cards, 1 loader.\n"
    assert files_in(tmp_path / "restored") == news


def test_patching_what_is_patched_changes_nothing(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """Twice is once, into the same folder and from one into the next."""
    archiver("patch", "news", "-o", "one")
    before = files_in(tmp_path / "one")
    assert archiver("patch", "news", "-o", "one").returncode == 0
    assert archiver("patch", "one", "-o", "two").stdout.startswith("Patched 0 of 4 articles")
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two") == before


def test_in_place_and_back(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """The articles themselves are written over only when that is said."""
    assert archiver("patch", "news", "--in-place", "-q").stdout == ""
    assert files_in(tmp_path / "news") != news
    assert archiver("patch", "news", "--in-place", "--undo").returncode == 0
    assert files_in(tmp_path / "news") == news


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("news",), "give either a folder with -o, or --in-place"),
        (("news", "-o", "x", "--in-place"), "give either a folder with -o, or --in-place"),
        (("news", "-o", "news"), "has the articles themselves"),
        (("news", "-o", "news/patched"), "news/patched and news lie in each other"),
        (("news/2020", "-o", "news"), "news and news/2020 lie in each other"),
        (("news/lake.txt", "-o", "news"), "is an article itself"),
        (("news/lake.txt", "other/lake.txt", "-o", "x"), "would both become"),
    ],
)
def test_no_article_is_written_over_by_mistake(
    arguments: tuple[str, ...], reason: str, tmp_path: Path, archiver: Archiver, news: dict[str, bytes]
) -> None:
    """Wrong usage is said before anything is written."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "lake.txt").write_text(TEXT, "utf-8")
    done = archiver("patch", *arguments)
    assert done.returncode == 2
    assert reason in done.stderr
    assert files_in(tmp_path / "news") == news
    assert not (tmp_path / "x").exists()


def test_a_hidden_folder_for_the_output_may_lie_in_the_input(
    tmp_path: Path, archiver: Archiver, news: dict[str, bytes]
) -> None:
    """No run reads it: the second one finds the same articles as the first."""
    for _ in range(2):
        assert "of 4 articles" in archiver("patch", "news", "-o", "news/.patched").stdout


def test_what_somebody_changed_in_the_output_stays(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """It is named, the rest is written, and --force writes over it; our own old version may go."""
    archiver("patch", "news", "-o", "patched")
    edited = tmp_path / "patched" / "lake.txt"
    edited.write_text("My notes.\n", "utf-8")
    (tmp_path / "news" / "plain.txt").write_text("Something else.\n", "utf-8")
    done = archiver("patch", "news", "-o", "patched")
    assert (done.returncode, done.stdout) == (1, "Patched 2 of 4 articles: 2 cards, 1 loader.\n")
    assert "lake.txt is not as Archiver wrote it" in done.stderr
    assert edited.read_text("utf-8") == "My notes.\n"
    assert (tmp_path / "patched" / "plain.txt").read_text("utf-8") == "Something else.\n"
    assert archiver("patch", "news", "-o", "patched", "--force").returncode == 0
    assert "Archiver --" in edited.read_text("utf-8")


@pytest.mark.parametrize("closed", ["archive.db", "."])
def test_an_archive_that_cannot_be_written_is_said(
    archiver: Archiver,
    tmp_path: Path,
    news: dict[str, bytes],
    open_folder: Path,
    unprivileged: Callable[[], AbstractContextManager[None]],
    closed: str,
) -> None:
    """Of each plain text, whose patch would be kept there: they are not written and not counted, all others are."""
    (tmp_path / "news" / "another.txt").write_text(TEXT, "utf-8")
    archiver("run", "news", "-q", "--db", open_folder / "archive.db")
    (open_folder / "patched").mkdir()
    path = open_folder / closed
    path.chmod(path.stat().st_mode & ~0o222)
    with unprivileged():
        done = archiver("patch", tmp_path / "news", "-o", "patched")
    assert (done.returncode, done.stdout) == (1, "Patched 2 of 5 articles: 2 cards, 1 loader.\n")
    for line, name in zip(done.stderr.splitlines(), ("another.txt", "lake.txt"), strict=True):
        assert line.startswith(f"archiver: {name} is not written, as what undoing it needs cannot be kept: archive.db ")
    assert files_in(open_folder / "patched").keys() == news.keys() - {"lake.txt"}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """The others are patched, and the exit status says that something is missing."""
    (tmp_path / "news" / "zip.txt").write_bytes(bytes(range(256)) * 40)
    done = archiver("patch", "news", "gone.txt", "-o", "patched")
    assert done.returncode == 3
    assert "zip.txt is not text" in done.stderr
    assert "gone.txt" in done.stderr
    assert files_in(tmp_path / "patched").keys() == news.keys()


def test_a_dry_run_writes_nothing(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """It says what would be done, without any folder or archive."""
    done = archiver("patch", "news", "--dry-run")
    assert done.stdout.splitlines() == [
        "2020/lake.md: 1 card",
        "2020/page.html: 1 card, 1 loader",
        "lake.txt: 1 card",
        "3 of 4 articles would be patched: 3 cards, 1 loader. Nothing was written.",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["news"]


def test_the_diff_is_one_that_git_applies(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """Applied to articles in UTF-8, it gives what patching writes."""
    (tmp_path / "news" / "2020" / "page.html").write_text(PAGE, "utf-8", newline="")
    (tmp_path / "news" / "end.txt").write_bytes(TEXT.rstrip().removesuffix("It rained.").rstrip().encode())
    diff = archiver("patch", "news", "--dry-run", "--diff")
    assert diff.stdout.count("\n--- a/") + diff.stdout.startswith("--- a/") == 4
    assert "would be patched" in diff.stderr
    archiver("patch", "news", "-o", "patched")
    (tmp_path / "x.diff").write_text(diff.stdout, "utf-8", newline="")
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "--unsafe-paths", "--directory=news", "x.diff"],
        check=True,
        cwd=tmp_path,
    )
    assert files_in(tmp_path / "news") == files_in(tmp_path / "patched")


def test_a_text_that_was_changed_since_is_left_alone(
    tmp_path: Path, archiver: Archiver, news: dict[str, bytes]
) -> None:
    """There is nothing in it to undo it by, and that is said; pages are undone from their comments all the same."""
    archiver("patch", "news", "-o", "patched")
    text, page = tmp_path / "patched" / "lake.txt", tmp_path / "patched" / "2020" / "page.html"
    text.write_text(text.read_text("utf-8") + "More.\n", "utf-8")
    page.write_bytes(page.read_bytes() + b"<p>More.</p>")
    done = archiver("patch", "patched", "--undo", "-o", "restored")
    assert done.returncode == 3
    assert "lake.txt was changed since it was patched" in done.stderr
    assert (tmp_path / "restored" / "2020" / "page.html").read_bytes() == news["2020/page.html"] + b"<p>More.</p>"
    assert not (tmp_path / "restored" / "lake.txt").exists()


def test_cards_say_what_the_archive_knows(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """The bare address in one article gets the words that another one has of the same post; and says so."""
    archiver("run", "news", "-q")
    archiver("patch", "news", "-o", "patched", "--card", "markdown")
    card = (tmp_path / "patched" / "2020" / "lake.md").read_text("utf-8")
    assert "> **Odile Brandt** (@odile.brandt) on Instagram · 2 October 2020, 11:16:17 UTC" in card
    assert "> Still water" in card
    assert "from another article" in card


def test_undoing_a_text_needs_the_archive(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """A name that no archive has is not the article's fault."""
    archiver("patch", "news/lake.txt", "-o", "patched")
    done = archiver("patch", "patched", "--undo", "-o", "restored", "--db", "other.db")
    assert done.returncode == 3
    assert "lake.txt needs the archive it was patched with" in done.stderr


def test_cards_say_what_disagrees(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """An article that gives the post to somebody else makes the card of each one contradictory, and a single card."""
    forged = TEXT.replace("odile.brandt", "mallory").replace("Odile Brandt", "Mallory")
    code = f'<blockquote class="instagram-media" data-instgrm-permalink="{ADDRESS}"><p>{forged}</p></blockquote>'
    (tmp_path / "news" / "forged.html").write_text(code, "utf-8")
    archiver("run", "news", "-q")
    archiver("patch", "news", "-o", "patched")
    assert b'data-state="contradictory"' in files_in(tmp_path / "patched")["2020/page.html"]
    for form in ("text", "markdown", "html"):
        assert "Sources disagree: author" in archiver("card", CODE, "--format", form).stdout


def test_what_is_left_in_page_state_is_told(tmp_path: Path, archiver: Archiver) -> None:
    """How many embeds, beside the cards; the page is copied as it is."""
    words = "<p>The lake was calm until four, and then the rain came over the hills in the west.</p>"
    state = json.dumps({"body": f"{words}{PAGE}"}).replace("<", "\\u003c")
    page = f"{words}<script>state={state}</script>"
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "lake.html").write_text(page, "utf-8")
    told = "0 cards, 1 embed left in page state"
    dry = archiver("patch", "news", "--dry-run").stdout
    assert dry == f"lake.html: {told}\n0 of 1 article would be patched: {told}. Nothing was written.\n"
    assert archiver("patch", "news", "-o", "patched").stdout == f"Patched 0 of 1 article: {told}.\n"
    assert files_in(tmp_path / "patched") == files_in(tmp_path / "news")


def test_loaders_are_kept_on_demand(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """A page may need them for what is no embed of a post."""
    archiver("patch", "news", "-o", "patched", "--keep-loaders")
    assert (
        b'<script async src="//www.instagram.com/embed.js"></script>'
        in files_in(tmp_path / "patched")["2020/page.html"]
    )


# One card


@pytest.mark.parametrize(
    "asked",
    [
        f"instagram:{CODE}",
        CODE,
        "instagram:@odile.brandt/2020-10-02T11:16Z",
        ADDRESS,
        f"https://instagram.com/odile.brandt/reel/{CODE}/?igshid=abc",
        f"//www.instagram.com/p/{CODE}/embed/",
    ],
)
def test_a_card_is_asked_for_by_any_name_of_its_post(asked: str, archiver: Archiver, news: dict[str, bytes]) -> None:
    """Its id, the provisional one that a marker had, and any form of its address."""
    archiver("run", "news", "-q")
    done = archiver("card", asked, "--format", "text")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Odile Brandt (@odile.brandt) on Instagram, 2 October 2020, 11:16:17 UTC\n\n    Still water\n" in done.stdout


@pytest.mark.parametrize(
    ("form", "begins"), [("html", "<style>"), ("markdown", "\n> **Odile Brandt**"), ("text", "-- ")]
)
def test_a_card_comes_in_each_format(form: str, begins: str, archiver: Archiver, news: dict[str, bytes]) -> None:
    """HTML brings its styles."""
    archiver("run", "news", "-q")
    assert archiver("card", ADDRESS, "--format", form).stdout.removeprefix("<!-- archiver:card -->").startswith(begins)


@pytest.mark.parametrize("asked", ["instagram:nobody", "https://example.org/", "https://twitter.com/a/status/20"])
def test_a_post_that_the_archive_does_not_know_is_said(asked: str, archiver: Archiver, news: dict[str, bytes]) -> None:
    """One sentence, exit 1."""
    archiver("run", "news", "-q")
    done = archiver("card", asked)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"archiver: archive.db knows no post {asked}\n"


def test_what_a_folder_holds_is_noted_in_it(tmp_path: Path, archiver: Archiver, news: dict[str, bytes]) -> None:
    """A later run knows its own files by it."""
    archiver("patch", "news", "-o", "patched")
    noted = json.loads((tmp_path / "patched" / ".archiver-patched.json").read_text("utf-8"))
    assert noted.keys() == news.keys()
