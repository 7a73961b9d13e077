"""Reading in bulk: every source comes out, in order, however many processes read."""

import hashlib
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest

from archiver.reading import ALONE, CHUNK_SOURCES, Loaded, Unchanged, load, read, read_all
from archiver.records import Problem, Reading, Source

PAGE = b"""<html><head><title>Steps</title><script>var hidden = 1</script></head><body><nav>Menu</nav>
<article><h1>Steps</h1><p>The lake rose to the third step &amp; stayed there for a week.</p>
<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/CFzzPrivate/">
<a href="https://www.instagram.com/p/CFzzPrivate/">A post shared by Odile (@odile.b)</a></blockquote>
<p>Then it fell, as it does each autumn, and nobody spoke of it again.</p></article></body></html>"""


def loaded(name: str = "a.txt", data: bytes = b"Words.") -> Loaded:
    """A source with these bytes; there need be no file."""
    return Loaded(source=Source(folder="news", name=name, path=Path("nowhere") / name), root=Path("nowhere"), data=data)


def source(path: Path, data: bytes) -> Source:
    """A file with these bytes."""
    path.write_bytes(data)
    return Source(folder="news", name=path.name, path=path)


def test_known_bytes_are_not_read_again(tmp_path: Path) -> None:
    """A source is unchanged if its bytes are, whatever its time says; one byte more is a change."""
    known = hashlib.sha256(b"Words.").hexdigest()
    assert isinstance(load(source(tmp_path / "a.txt", b"Words."), tmp_path, known, None), Unchanged)
    assert isinstance(load(source(tmp_path / "a.txt", b"Words.."), tmp_path, known, None), Loaded)
    assert isinstance(load(source(tmp_path / "a.txt", b"Words."), tmp_path, None, None), Loaded)


@pytest.mark.parametrize(("name", "data", "kind"), [("a.txt", b" \n", "empty"), ("gone/a.txt", None, "missing")])
def test_a_source_that_cannot_be_loaded_is_a_problem(tmp_path: Path, name: str, data: bytes | None, kind: str) -> None:
    """It says of which source, and why."""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    problem = load(Source(folder="news", name=name, path=tmp_path / name), tmp_path, None, None)
    assert isinstance(problem, Problem)
    assert (problem.folder, problem.source, problem.kind) == ("news", name, kind)
    assert problem.detail.startswith(name)


def test_what_is_no_text_is_a_problem() -> None:
    """Compressed data under the name of an article."""
    problem = read(loaded(data=bytes(range(32)) * 40))
    assert isinstance(problem, Problem)
    assert (problem.source, problem.kind) == ("a.txt", "binary")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_text_of_a_text_is_its_source(name: str) -> None:
    """Not a character is added or lost, and there is no body."""
    data = "\ufeff# Été\r\n\r\n\tWords  \x0c&amp; more\u2028".encode()
    reading = read(loaded(name, data))
    assert isinstance(reading, Reading)
    assert (reading.text, reading.body) == (data.decode(), None)


def test_the_text_of_a_page_are_the_words_of_its_body() -> None:
    """No tags, no entities, no script; and the decoded page itself is not kept, its bytes are."""
    reading = read(loaded("a.html", PAGE))
    assert isinstance(reading, Reading)
    assert reading.text is not None
    assert "third step & stayed" in reading.text
    assert not any(word in reading.text for word in ("<p>", "hidden"))
    assert (reading.article.content, reading.article.data) == ("", PAGE)


def test_a_format_that_is_given_goes_before_the_suffix() -> None:
    """A page called .txt is read as a page."""
    one = loaded("a.txt", PAGE)
    reading = read(Loaded(source=one.source, root=one.root, data=one.data, format="html"))
    assert isinstance(reading, Reading)
    assert (reading.article.format, len(reading.embeds)) == ("html", 1)


def mixed(total: int) -> Iterator[Loaded | Problem | Unchanged]:
    """Sources of all kinds, so many that other processes take part."""
    for number in range(total):
        one = loaded(f"{number}.txt", b"Words." if number % 7 else bytes(40))
        if number % 5 == 0:
            yield Unchanged(source=one.source)
        elif number % 11 == 0:
            yield Problem(folder="news", source=one.source.name, kind="empty", detail=f"{one.source.name} is empty")
        else:
            yield one


def test_two_processes_give_what_one_gives_in_order() -> None:
    """Readings, problems and what is unchanged come out as they went in."""
    total = ALONE + 5 * CHUNK_SOURCES + 3
    assert list(read_all(mixed(total), 2)) == list(read_all(mixed(total), 1))


@pytest.mark.parametrize("total", [0, 1, ALONE, ALONE + 1])
def test_no_source_is_lost_at_the_edges(total: int) -> None:
    """None, one, as many as are read alone, and one more."""
    assert len(list(read_all(mixed(total), 2))) == total


@pytest.mark.parametrize("jobs", [1, 2])
def test_reading_streams(jobs: int) -> None:
    """Of endless input the first outcomes come, and no more than a few chunks are taken ahead."""
    taken = count()

    def endless() -> Iterator[Loaded]:
        for number in taken:
            yield loaded(f"{number}.txt")

    outcomes = read_all(endless(), jobs)
    wanted = ALONE + CHUNK_SOURCES
    assert len(list(islice(outcomes, wanted))) == wanted
    assert next(taken) - wanted <= 10 * CHUNK_SOURCES
    outcomes.close()
