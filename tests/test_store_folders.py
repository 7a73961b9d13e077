"""Folders: the archive's names for the paths a user gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from archiver.records import Article, Problem, Reading
from archiver.store import (
    Place,
    close_archive,
    forget_problems,
    known_articles,
    load_problems,
    missing_articles,
    open_archive,
    register_folder,
    save_problems,
    save_readings,
    start_run,
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty archive."""
    archive = open_archive(tmp_path / "archive.db", create=True)
    yield archive
    close_archive(archive)


def folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def save(db: Database, name: str, *sources: str) -> int:
    run = start_run(db, version="1", arguments=[])
    articles = (
        Article(
            folder=name,
            source=source,
            format="text",
            encoding="utf-8",
            sha256=f"hash of {source}",
            content="x",
            data=b"x",
        )
        for source in sources
    )
    save_readings(db, [Reading(article=article) for article in articles], run_id=run, reader="1.0")
    return run


def test_a_folder_is_named_by_its_last_component_and_keeps_its_name(db: Database, tmp_path: Path) -> None:
    """The same path is the same folder, however it is written."""
    news = folder(tmp_path / "a" / "news")
    assert register_folder(db, news) == Place(folder="news")
    assert register_folder(db, tmp_path / "a" / ".." / "a" / "news") == Place(folder="news")


def test_two_folders_of_one_name_get_two_names(db: Database, tmp_path: Path) -> None:
    """The second gets the shortest longer tail of its path."""
    first = register_folder(db, folder(tmp_path / "a" / "news"))
    second = register_folder(db, folder(tmp_path / "b" / "news"))
    assert (first.folder, second.folder) == ("news", "b/news")


def test_names_never_make_two_articles_one(db: Database, tmp_path: Path) -> None:
    """`b/news` is not free when a folder `b` could hold a folder `news`: ids would be the same."""
    register_folder(db, folder(tmp_path / "x" / "b"))
    register_folder(db, folder(tmp_path / "a" / "news"))
    name = register_folder(db, folder(tmp_path / "y" / "b" / "news")).folder
    assert name == "y/b/news"


def test_a_path_without_a_longer_tail_gets_a_number(db: Database, tmp_path: Path) -> None:
    """A folder at the root of the disk has one component only."""
    top = Path(*tmp_path.resolve().parts[:2])
    register_folder(db, folder(tmp_path / top.name))
    assert register_folder(db, top) == Place(folder=f"{top.name} 2")


def test_a_moved_folder_keeps_its_name(db: Database, tmp_path: Path) -> None:
    """Its articles stay the same articles after the directory went elsewhere."""
    news = folder(tmp_path / "a" / "news")
    register_folder(db, news)
    moved = news.rename(folder(tmp_path / "b") / "news")
    assert register_folder(db, moved) == Place(folder="news")
    assert db.conn.execute("SELECT path FROM folders").fetchall() == [(str(moved),)]


@pytest.mark.parametrize(
    ("below", "prefix"), [("2020", "2020"), ("2020/may", "2020/may"), ("2020/a.txt", "2020/a.txt")]
)
def test_a_path_inside_a_folder_is_a_part_of_it(db: Database, tmp_path: Path, below: str, prefix: str) -> None:
    """Running a subfolder or a file again updates the same articles."""
    register_folder(db, folder(tmp_path / "news"))
    folder(tmp_path / "news" / "2020" / "may")
    (tmp_path / "news" / "2020" / "a.txt").touch()
    assert register_folder(db, tmp_path / "news" / below) == Place(folder="news", prefix=below)


def test_a_file_belongs_to_the_folder_it_is_in(db: Database, tmp_path: Path) -> None:
    """A file that was run alone is the same article when its folder is run later."""
    news = folder(tmp_path / "news")
    (news / "a.txt").touch()
    place = register_folder(db, news / "a.txt")
    assert (place, place.source(".")) == (Place(folder="news", prefix="a.txt"), "a.txt")
    assert register_folder(db, news) == Place(folder="news")


def test_known_articles_say_what_was_read_by_whom(db: Database, tmp_path: Path) -> None:
    """Hash and reader decide whether a file must be read again."""
    register_folder(db, folder(tmp_path / "news"))
    save(db, "news", "a.txt")
    assert known_articles(db, "news") == {"a.txt": ("hash of a.txt", "1.0")}


@pytest.mark.parametrize(
    ("prefix", "seen", "missing"),
    [
        ("", {"a.txt", "b/c.txt", "b.txt"}, []),
        ("", {"a.txt"}, ["news/b.txt", "news/b/c.txt"]),
        ("b", set(), ["news/b/c.txt"]),
        ("a.txt", set(), ["news/a.txt"]),
    ],
)
def test_missing_are_the_stored_of_that_place_only(
    db: Database, tmp_path: Path, prefix: str, seen: set[str], missing: list[str]
) -> None:
    """What was not looked at is not missing."""
    register_folder(db, folder(tmp_path / "news"))
    save(db, "news", "a.txt", "b/c.txt", "b.txt")
    assert missing_articles(db, Place(folder="news", prefix=prefix), seen, set()) == missing


def test_what_could_not_be_looked_at_is_not_missing(db: Database, tmp_path: Path) -> None:
    """A directory without permission does not lose its articles, even to `--prune`."""
    register_folder(db, folder(tmp_path / "news"))
    save(db, "news", "closed/a.txt", "closed.txt", "gone.txt")
    assert missing_articles(db, Place(folder="news"), {"closed.txt"}, {"closed"}) == ["news/gone.txt"]
    assert missing_articles(db, Place(folder="news"), set(), {"."}) == []


def test_a_forgotten_problem_is_gone(db: Database, tmp_path: Path) -> None:
    """A directory that opened up is no problem any more; another one stays."""
    register_folder(db, folder(tmp_path / "news"))
    run = save(db, "news", "a.txt")
    closed = Problem(folder="news", source="closed", kind="permission", detail="closed cannot be listed.")
    other = Problem(folder="news", source="other", kind="permission", detail="other cannot be listed.")
    save_problems(db, [closed, other], run_id=run)
    forget_problems(db, [closed])
    assert list(load_problems(db)) == [other]


def test_names_that_are_not_unicode_stay_apart(db: Database, tmp_path: Path) -> None:
    """File names of undecodable bytes are stored in a readable form, and two are two."""
    register_folder(db, folder(tmp_path / "news"))
    save(db, "news", "caf\udce9.txt", "caf\udce8.txt")
    assert set(known_articles(db, "news")) == {r"caf\udce9.txt", r"caf\udce8.txt"}
    assert Place(folder="news").source("caf\udce9.txt") == r"caf\udce9.txt"
