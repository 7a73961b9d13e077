"""Pages and texts made to break a reader: each is read, in time that grows with its length only."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.errors import ReadError
from archiver.readers import read_article
from archiver.records import Article, Source
from tests.alarm import alarm

MEGABYTE = 1_000_000
# Processor seconds: ten times what ten megabytes of the slowest take, a tenth of what takes time squared.
ALARM = 20.0

HOSTILE: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "unclosed tags": ("html", lambda size: b"<div>" * (size // 5)),
    "unclosed blockquotes": ("html", lambda size: b"<blockquote><time datetime=2020-10-02>" * (size // 38)),
    "open quotes": ("html", lambda size: b'<meta a="' * (size // 9)),
    "open tags": ("html", lambda size: b"<meta " * (size // 6)),
    "equals signs": ("html", lambda size: b"<meta " + b"= " * (size // 2)),
    "open comments": ("html", lambda size: b"<!-- -" * (size // 6)),
    "open scripts": ("html", lambda size: b"<script type=ld+json>{" * (size // 22)),
    "titles": ("html", lambda size: b"<title>a" * (size // 8)),
    "metas": ("html", lambda size: b"<meta name=author content=''>" * (size // 29)),
    "anchors": ("html", lambda size: b"<a rel=" * (size // 7)),
    "anchors with blanks": ("html", lambda size: b"<a " + b" rel" * (size // 4)),
    "pictures": ("html", lambda size: b"".join(b"<img src=%d>" % number for number in range(size // 40))),
    "candidates": ("html", lambda size: b"<img srcset='" + b"a,, " * (size // 4)),
    "one candidate": ("html", lambda size: b"<img srcset='" + b"a," * (size // 2)),
    "brackets": ("md", lambda size: b"# " + b"[" * size),
    "quotes in quotes": ("md", lambda size: b"> " * (size // 2)),
    "front matter": ("md", lambda size: b"---\n" + b"a:\n" * (size // 3)),
    "dashes": ("md", lambda size: b"--- \n" * (size // 5)),
    "one line": ("txt", lambda size: b"word " * (size // 5)),
    "blanks": ("txt", lambda size: b"x" + b" " * (size - 2) + b"x"),
    "blank lines": ("txt", lambda size: b"x" + b"\n \r" * (size // 3)),
    "legacy": ("txt", lambda size: "déjà vu, ça va être très différent ".encode("cp1252") * (size // 35)),
    "damage": ("txt", lambda size: "déjà vu ".encode() * (size // 20) + b"\xff" * (size // 20)),
}


def read(suffix: str, data: bytes) -> Article:
    article, _ = read_article(Source(folder="news", name=f"a.{suffix}", path=Path(f"a.{suffix}")), data)
    return article


@pytest.mark.no_cover
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_only(name: str) -> None:
    """Ten megabytes are read before an alarm rings that anything but linear time would set off."""
    suffix, make = HOSTILE[name]
    data = make(10 * MEGABYTE)
    with alarm(ALARM):
        assert read(suffix, data).data == data


@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_a_hundred_megabytes_on_one_line(suffix: str) -> None:
    """A line of 100 MB is read whole, whatever its format is said to be, and not a character at a time."""
    data = b"View this post on a wall. " * (100 * MEGABYTE // 26)
    with alarm(ALARM):
        assert len(read(suffix, data).content) == len(data)


@pytest.mark.parametrize("cut", range(0, 220, 7))
def test_a_page_may_end_anywhere(cut: int) -> None:
    """A truncated page is read as far as it goes."""
    page = (
        b"<!DOCTYPE html><html lang=en><head><meta charset='utf-8'><title>A fox</title>"
        b'<script type=\'application/ld+json\'>{"@type": "NewsArticle"}</script>'
        b"</head><body><p>Words <img src='a.gif'> <time datetime='2020-10-02'>today</time>"
    )
    assert read("html", page[: len(page) - cut]).language == ("en" if len(page) - cut >= 29 else None)


def test_nul_bytes_in_a_page() -> None:
    """NULs stay in the content and out of the metadata."""
    article = read("html", b"<html lang=en><title>A\0 fox</title>\0<p>Words\0 and more of them</p>")
    assert article.title == "A fox"
    assert article.content.count("\0") == 3


def test_a_file_of_another_format_is_refused() -> None:
    """What is not read is an error, not a guess."""
    with pytest.raises(ReadError) as caught:
        read("pdf", b"%PDF-1.7")
    assert caught.value.kind == "unsupported"
