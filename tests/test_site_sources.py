"""The untouched sources in the site, and what an article page says of its own."""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archiver.render.names import page_name

Archiver = Callable[..., CompletedProcess[str]]
Rows = Callable[..., dict[str, list[tuple[object, ...]]]]

SOURCES = {
    "marked.txt": b"\xef\xbb\xbfThe ferry came.\r\nAnd went.\r",
    "latin.txt": "Le café était fermé.".encode("latin-1"),
    "page.html": b"<title>Ferry</title><script>alert(1)</script><p>The ferry came, and \xc3\xa9 went.</p>\n\n",
    "notes.md": b"# Ferry\n\nIt came.\n",
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of articles in three formats and three encodings."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, data in SOURCES.items():
        (folder / name).write_bytes(data)
    return folder


def page_of(site: Path, source: str) -> str:
    return (site / "articles" / page_name(f"news/{source}")).read_text()


def source_of(site: Path, source: str) -> Path:
    """The file that the page of an article leads to as its source."""
    path: str
    (path,) = re.findall(r'<a href="\.\./(sources/[^"]+)">Untouched source', page_of(site, source))
    return site / path


def everything(site: Path) -> dict[str, bytes]:
    """The files of a site, but for its note of the last run."""
    return {path.name: path.read_bytes() for path in site.rglob("*") if path.is_file() and path.name[0] != "."}


@pytest.mark.parametrize("name", SOURCES)
def test_a_page_leads_to_its_untouched_source(archiver: Archiver, news: Path, tmp_path: Path, name: str) -> None:
    """Byte for byte what was read, in a file that says its hash and that no browser takes for a page."""
    archiver("run", news)
    file = source_of(tmp_path / "site", name)
    digest = sha256(SOURCES[name]).hexdigest()
    assert file.read_bytes() == SOURCES[name]
    assert file.name.endswith(f"-{digest}.txt")
    assert f"SHA-256 <code>{digest}</code>" in page_of(tmp_path / "site", name)


def test_a_page_says_when_its_source_was_read(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """The start of the run that read it, in UTC, and from where."""
    archiver("run", news)
    said = 'Read on <time datetime="2020-10-02T12:16:00Z">2 October 2020, 12:16:00 UTC</time> from <code>news/notes.md<'
    assert said in page_of(tmp_path / "site", "notes.md")


def test_the_same_bytes_stay_read_when_they_were(
    archiver: Archiver, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading them again, a year later, changes no page; other bytes are read then."""
    archiver("run", news)
    before = everything(tmp_path / "site")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1633176960")
    archiver("run", news, "--reread")
    assert everything(tmp_path / "site") == before
    (news / "notes.md").write_text("# Ferry\n\nIt sank.\n")
    archiver("run", news)
    assert 'Read on <time datetime="2021-10-02' in page_of(tmp_path / "site", "notes.md")
    assert 'Read on <time datetime="2020-10-02' in page_of(tmp_path / "site", "page.html")


def test_a_changed_source_takes_the_place_of_the_old_one(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """The site has the sources of a first run over the same files; a file that is not ours stays."""
    archiver("run", news)
    mine = tmp_path / "site" / "sources" / "notes-20201002.txt"
    mine.write_text("mine")
    (news / "notes.md").write_text("# Ferry\n\nIt sank.\n")
    (news / "page.html").unlink()
    archiver("run", news, "--prune")
    archiver("run", news, "--db", "new.db", "--site", "new")
    assert everything(tmp_path / "site") == everything(tmp_path / "new") | {mine.name: b"mine"}


def test_without_the_note_of_the_last_run_old_sources_go_too(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """They are known by their names."""
    archiver("run", news)
    (tmp_path / "site" / ".archiver-site.json").write_text("{")
    (news / "page.html").unlink()
    archiver("run", news, "--prune")
    assert len(list((tmp_path / "site" / "sources").iterdir())) == len(SOURCES) - 1


def test_a_source_that_was_not_kept_is_said_so(archiver: Archiver, news: Path, tmp_path: Path) -> None:
    """With `--no-sources` there is no file, and no link that leads nowhere."""
    archiver("run", news, "--no-sources")
    assert list((tmp_path / "site" / "sources").iterdir()) == []
    assert "Its source was not kept" in page_of(tmp_path / "site", "page.html")


def test_a_clock_that_is_none_is_said_so(archiver: Archiver, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SOURCE_DATE_EPOCH that is no number is wrong usage, in a sentence."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    run = archiver("run", news)
    assert run.returncode == 2
    assert "SOURCE_DATE_EPOCH is 'yesterday'" in run.stderr
