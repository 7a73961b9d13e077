"""Which files are read, in which order, and what is said about the others."""

import os
import socket
from collections.abc import Iterable
from pathlib import Path

import pytest

from archiver.errors import ReadError
from archiver.readers import SITE_STATE, list_sources, read_source
from archiver.records import Problem, Source


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Words.")


def names(found: Iterable[Source | Problem]) -> list[str]:
    return [item.name for item in found if isinstance(item, Source)]


def kinds(found: Iterable[Source | Problem]) -> list[tuple[str, str]]:
    return [(item.source, item.kind) for item in found if isinstance(item, Problem)]


def test_a_file_gives_itself(tmp_path: Path) -> None:
    """A file is known by its own name."""
    make(tmp_path, "kate.txt")
    source = Source(folder="news", name="kate.txt", path=tmp_path / "kate.txt")
    assert list(list_sources(tmp_path / "kate.txt", folder="news")) == [source]


def test_a_folder_gives_its_articles_in_the_order_of_their_names(tmp_path: Path) -> None:
    """The order is the code-point order of the joined names, at any depth, whatever the file system says."""
    wanted = ["B.html", "a-b/x.txt", "a.txt", "a/x.txt", "a/y/z.MD", "z.htm", "é.xhtml", "記事/一.markdown"]
    make(tmp_path, *reversed(wanted), "notes.pdf", "a/style.css")
    assert names(list_sources(tmp_path, folder="news")) == wanted == sorted(wanted)


def test_a_prefix_stands_before_each_name(tmp_path: Path) -> None:
    """The caller may tell two folders apart by a prefix."""
    make(tmp_path, "a/x.txt")
    assert names(list_sources(tmp_path, folder="news", prefix="old/")) == ["old/a/x.txt"]


def test_listing_streams(tmp_path: Path) -> None:
    """The first source comes before later folders are opened."""
    make(tmp_path, "a.txt", "b/c.txt")
    found = list_sources(tmp_path, folder="news")
    first = next(found)
    (tmp_path / "b" / "c.txt").rename(tmp_path / "b" / "d.txt")
    assert names([first, *found]) == ["a.txt", "b/d.txt"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    """What begins with a dot is not an article."""
    make(tmp_path, ".draft.txt", ".git/config.txt", "a.txt")
    assert names(list_sources(tmp_path, folder="news")) == ["a.txt"]


def test_pipes_and_sockets_are_left_out(tmp_path: Path) -> None:
    """Nothing is opened that would wait forever."""
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.txt"))
        found = list(list_sources(tmp_path, folder="news"))
    assert names(found) == ["a.txt"]
    assert kinds(list_sources(tmp_path / "pipe.txt", folder="news")) == [("pipe.txt", "unsupported")]


def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    """A link to what is read anyway is not followed; one to what is in a hidden folder is, once."""
    make(tmp_path, "in/a.txt", "in/sub/b.txt", "in/.out/c.txt", "in/.out/deep/d.txt", "in/.lone.txt")
    root = tmp_path / "in"
    out = root / ".out"
    (root / "again.txt").symlink_to(root / "a.txt")
    (root / "here").symlink_to(root)
    (root / "twin").symlink_to(root / "sub")
    (root / "out").symlink_to(out)
    (root / "out2").symlink_to(out / "deep")
    (root / "lone.txt").symlink_to(root / ".lone.txt")
    (out / "back").symlink_to(root)
    (out / "self").symlink_to(out)
    found = list(list_sources(root, folder="news"))
    assert names(found) == ["a.txt", "lone.txt", "out/c.txt", "out/deep/d.txt", "sub/b.txt"]
    assert kinds(found) == []


def test_a_link_that_leads_out_is_a_problem(tmp_path: Path) -> None:
    """Of a file, of a folder, of the folder above, and by way of another link; what they lead to is not read."""
    make(tmp_path, "in/a.txt", "in/.deep/b.txt", "out/c.txt", "out/d.txt", "in-other/e.txt")
    root = tmp_path / "in"
    (root / "c.txt").symlink_to(tmp_path / "out" / "c.txt")
    (root / "out").symlink_to(tmp_path / "out")
    (root / "other").symlink_to(tmp_path / "in-other")
    (root / "up").symlink_to(tmp_path)
    (root / "deep").symlink_to(root / ".deep")
    (root / ".deep" / "d.txt").symlink_to(tmp_path / "out" / "d.txt")
    (root / "notes.pdf").symlink_to(tmp_path / "out" / "c.txt")
    found = list(list_sources(root, folder="news"))
    assert names(found) == ["a.txt", "deep/b.txt"]
    assert kinds(found) == [(name, "outside") for name in ("c.txt", "deep/d.txt", "other", "out", "up")]


def test_a_path_may_be_a_link(tmp_path: Path) -> None:
    """Of a folder or a file: whoever names it wants it read."""
    make(tmp_path, "in/a.txt", "in/sub/b.txt")
    (tmp_path / "in" / "twin").symlink_to("sub")
    (tmp_path / "news").symlink_to("in")
    (tmp_path / "one.txt").symlink_to("in/a.txt")
    assert names(list_sources(tmp_path / "news", folder="news")) == ["a.txt", "sub/b.txt"]
    assert names(list_sources(tmp_path / "one.txt", folder="news")) == ["one.txt"]


def test_a_link_into_a_hidden_folder_is_followed(tmp_path: Path) -> None:
    """git-annex keeps every file behind such a link."""
    make(tmp_path, ".annex/1f.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / ".annex" / "1f.txt")
    assert names(list_sources(tmp_path, folder="news")) == ["a.txt"]


def test_a_dangling_link_is_a_problem(tmp_path: Path) -> None:
    """An article that is named but not there is reported; so is a link to itself."""
    make(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = list(list_sources(tmp_path, folder="news"))
    assert names(found) == ["a.txt"]
    assert kinds(found) == [("gone.txt", "missing"), ("loop.txt", "unreadable")]


def test_a_name_that_is_not_utf8_is_shown_readably(tmp_path: Path) -> None:
    """A name in Latin-1 can be stored and printed, and the file be read; two such names stay two."""
    for name in (b"caf\xe9.txt", b"caf\xea.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("Words.")
    found = list(list_sources(tmp_path, folder="news"))
    assert names(found) == ["caf\\xe9.txt", "caf\\xea.txt"]
    assert [read_source(item) for item in found if isinstance(item, Source)] == [b"Words.", b"Words."]


def test_a_very_deep_folder_is_read(tmp_path: Path) -> None:
    """Depth is no recursion."""
    folder = tmp_path
    for _ in range(1200):
        folder /= "d"
        folder.mkdir()
    make(folder, "a.txt")
    assert names(list_sources(tmp_path, folder="news")) == ["d/" * 1200 + "a.txt"]
    (folder / "a.txt").unlink()
    for emptied in [folder, *folder.parents][:1200]:  # deeper than pytest's own cleaning goes
        emptied.rmdir()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nowhere", ("nowhere", "missing")),
        ("nothing", (".", "empty")),
        ("paper.pdf", ("paper.pdf", "unsupported")),
    ],
)
def test_a_path_that_gives_nothing_is_a_problem(tmp_path: Path, name: str, problem: tuple[str, str]) -> None:
    """No such path, a folder with nothing to read, a file of another format: one Problem each, no exception."""
    make(tmp_path, "paper.pdf", "nothing/style.css")
    assert kinds(list_sources(tmp_path / name, folder="news")) == [problem]


def test_a_folder_without_permission_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other folders are still read. (Root may read everything, so the refusal is simulated.)"""
    make(tmp_path, "a/x.txt", "locked/y.txt", "z.txt")
    scandir = os.scandir

    def refuse(path: Path) -> "os._ScandirIterator[str]":
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(list_sources(tmp_path, folder="news"))
    assert names(found) == ["a/x.txt", "z.txt"]
    assert kinds(found) == [("locked", "permission")]


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_an_error(tmp_path: Path, data: bytes) -> None:
    """Zero bytes and white space hold no article."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"a\.txt is empty") as caught:
        read_source(Source(folder="news", name="a.txt", path=path))
    assert caught.value.kind == "empty"


def test_a_file_that_vanished_is_an_error(tmp_path: Path) -> None:
    """Between listing and reading a file can go; a folder in its place cannot be read either."""
    (tmp_path / "b.txt").mkdir()
    for name, kind in (("a.txt", "missing"), ("b.txt", "unreadable")):
        with pytest.raises(ReadError) as caught:
            read_source(Source(folder="news", name=name, path=tmp_path / name))
        assert caught.value.kind == kind


def test_a_file_that_is_too_large_is_not_opened_whole(tmp_path: Path) -> None:
    """A sparse file of a terabyte is refused by its size."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(ReadError, match="1,099,511,627,776 bytes") as caught:
        read_source(Source(folder="news", name="a.txt", path=path))
    assert caught.value.kind == "too-large"


def test_our_own_site_is_no_input(tmp_path: Path) -> None:
    """A folder that holds a site which we rendered is passed over, so that a run over `.` does not eat its output."""
    (tmp_path / "a.txt").write_text("News.")
    site = tmp_path / "site"
    (site / "articles").mkdir(parents=True)
    (site / "articles" / "a.html").write_text("<p>News.")
    (site / SITE_STATE).write_text("{}")
    assert [item.name for item in list_sources(tmp_path, folder="news") if isinstance(item, Source)] == ["a.txt"]
