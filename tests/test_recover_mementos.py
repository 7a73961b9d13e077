"""The lists of web archives, the addresses to ask for, and what of earlier answers stands."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver import store
from archiver.fetch import seconds_between
from archiver.records import Capture, Post
from archiver.recover.archives import WAYBACK, archive_at
from archiver.recover.desk import addresses_of, urls_of
from archiver.recover.mementos import ListError, moment_in, nearest, original_in, raw_url, read_cdx, read_timemap
from archiver.urls import resolve

ROWS = (
    b'[["timestamp","original","digest"],["20201002111631","http://a.example:80/P","AA"],'
    b'["20201302111631","http://a.example/p","AB"]'
)


@pytest.mark.parametrize(
    ("content", "stamps", "key"),
    [
        (ROWS + b"]", ["2020-10-02T11:16:31+00:00"], None),
        (ROWS + b',[],["example,a)/p 20201302111631"]]', ["2020-10-02T11:16:31+00:00"], "example,a)/p 20201302111631"),
        (b'[["timestamp","original"]]', [], None),
        (b"[]", [], None),
        (b" \n", [], None),
    ],
)
def test_a_list_names_copies_and_how_it_goes_on(content: bytes, stamps: list[str], key: str | None) -> None:
    """Originals as they were written; a copy of no time is none."""
    mementos, found = read_cdx(content, "https://web.archive.org/web/")
    assert ([copy.at.isoformat() for copy in mementos], found) == (stamps, key)
    assert all(copy.url == "https://web.archive.org/web/20201002111631id_/http://a.example:80/P" for copy in mementos)


@pytest.mark.parametrize(
    "content", [b"<html>", b"{}", b'["a"]', b'[["a"],["b"]]', b'[["timestamp","original"],["1"]]', b"[" * 99_999]
)
def test_what_is_no_list_is_told(content: bytes) -> None:
    """Nothing is read of it."""
    with pytest.raises(ListError):
        read_cdx(content, "")


TIMEMAP = b"""<http://a.example/P>; rel="original",
<http://w.example/timemap/link/http://a.example/P>; rel="self"; type="application/link-format",
<http://w.example/20201002111631mp_/http://a.example/p>; rel="first memento"; datetime="Fri, 02 Oct 2020 11:16:31 GMT",
<http://w.example/x/7>; rel="memento"; datetime="Sat, 03 Oct 2020 11:16:31 GMT",
<http://w.example/20201002111632/http://a.example/P>; rel="last memento"; datetime="yesterday"
"""


def test_a_time_map_names_copies_by_their_relation() -> None:
    """Each with the address in its own, if that shows it; one without a date is left out."""
    assert [(copy.original, copy.url) for copy in read_timemap(TIMEMAP)] == [
        ("http://a.example/p", "http://w.example/20201002111631id_/http://a.example/p"),
        ("http://a.example/P", "http://w.example/x/7"),
    ]
    with pytest.raises(ListError):
        read_timemap(b"<html>Not found")


def test_the_nearest_copies_come_first() -> None:
    """Nearest to any of the dates, later or earlier; without a date the oldest first."""
    copies, _ = read_cdx(
        b'[["timestamp","original"],["20201002000000","a"],["20200101000000","b"],["20230101000000","c"]]', ""
    )
    dates = [datetime(2023, 2, 1, tzinfo=UTC), datetime(2020, 1, 20, tzinfo=UTC)]
    assert [copy.original for copy in nearest(copies, dates)] == ["b", "c", "a"]
    assert [copy.original for copy in nearest(copies, [])] == ["b", "a", "c"]


def test_the_bytes_of_a_copy_have_an_address_of_their_own() -> None:
    """Where 14 digits stand before the address that was kept; else as it is."""
    assert raw_url("http://w.example/20201002111631mp_/http://a/b") == "http://w.example/20201002111631id_/http://a/b"
    assert raw_url("http://w.example/x/7") == "http://w.example/x/7"
    assert original_in("http://w.example/20201002111631id_/http://a/b?c=/20201002111631/d") == (
        "http://a/b?c=/20201002111631/d"
    )
    assert moment_in("soon") is None


def post(url: str) -> Post:
    """The post at an address."""
    found = resolve(url)
    assert found
    id_ = f"{found.platform}:{found.native_id}"
    return Post(id=id_, platform=found.platform, native_id=found.native_id, permalink=found.permalink)


@pytest.mark.parametrize(
    ("url", "handle", "expected"),
    [
        (
            "https://www.instagram.com/tv/CF1tGabcdef/",
            None,
            ["instagram.com/tv/CF1tGabcdef", "instagram.com/p/CF1tGabcdef", "instagram.com/reel/CF1tGabcdef"],
        ),
        (
            "https://twitter.com/i/status/20",
            "jack",
            [
                "twitter.com/jack/status/20",
                "mobile.twitter.com/jack/status/20",
                "x.com/jack/status/20",
                "twitter.com/i/status/20",
            ],
        ),
        ("https://twitter.com/i/status/20", None, ["twitter.com/i/status/20"]),
        (
            "https://youtu.be/Fh0erry_Qx4",
            None,
            ["youtube.com/watch?v=Fh0erry_Qx4", "youtube.com/shorts/Fh0erry_Qx4"],
        ),
        ("https://t.me/tidewatch/1204", None, ["t.me/tidewatch/1204"]),
    ],
)
def test_all_addresses_of_a_post_are_asked_for(url: str, handle: str | None, expected: list[str]) -> None:
    """That of the articles first; those with a handle only if it is known."""
    assert addresses_of(post(url), handle) == expected
    found = [resolve(one) for one in urls_of(post(url), handle)]
    assert {one.native_id for one in found if one} == {post(url).native_id}


def test_the_wayback_machine_is_asked_at_four_fifths_of_its_limits() -> None:
    """24 lists and 480 copies a minute, whatever the name of its gate; another archive once a second and a quarter."""
    assert archive_at("https://web.archive.org/web") is WAYBACK
    assert seconds_between(WAYBACK.list_question("a.example").limit) == 60 / 24
    assert seconds_between(WAYBACK.page_question("https://web.archive.org/web/x").limit) == 60 / 480
    assert seconds_between(archive_at("https://arquivo.pt/wayback").limit) == 60 / 48


# What stands of earlier answers


@pytest.fixture
def db(tmp_path: Path) -> Iterator[store.Database]:
    """An archive without articles."""
    archive = store.open_archive(tmp_path / "archive.db", create=True)
    yield archive
    store.close_archive(archive)


def capture(number: int, url: str, outcome: str, source: str = "wayback", **more: object) -> Capture:
    """The answer to a question that was the number-th."""
    return Capture(
        id=str(number),
        post_id="twitter:20",
        source=source,
        url=url,
        method="GET",
        fetched_at=f"2026-11-26T05:00:{number:02}.000Z",
        outcome=outcome,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("captures", "expected"),
    [
        ([capture(1, "a", "captured", text="Low tide.", memento_at="2020-10-02T11:16:31Z")], {"a": ("captured", True)}),
        ([capture(1, "a", "captured", text="Low tide.")], {"a": ("captured", False)}),
        ([capture(1, "a", "rate-limited"), capture(2, "b", "not-archived")], {"b": ("not-archived", False)}),
        ([capture(1, "a", "server-error"), capture(2, "a", "answered")], {"a": ("answered", False)}),
        (
            [capture(1, "a", "redirected"), capture(2, "b", "login-wall")],
            {"a": ("login-wall", False), "b": ("login-wall", False)},
        ),
        ([capture(1, "a", "redirected"), capture(2, "b", "timeout"), capture(3, "c", "gone")], {"c": ("gone", False)}),
        ([capture(1, "a", "redirected", source="x-timegate")], {"a": ("redirected", False)}),
    ],
)
def test_what_was_answered_stands(
    db: store.Database, captures: list[Capture], expected: dict[str, tuple[str, bool]]
) -> None:
    """By the address that was asked, though the answer came from another; not what may be another the next time."""
    store.save_captures(db, captures)
    kept = store.load_kept(db, ["twitter:20"], since_run=None).get("twitter:20", {})
    assert {url: (answer.outcome, bool(answer.has_text)) for url, answer in kept.items()} == expected


def test_of_equal_answers_the_first_stands(db: store.Database) -> None:
    """A later one may be kept as no more than a note that it is the same; one that is not goes before it."""
    same = [capture(number, "a", "answered", file=f"{number}.warc.gz", sha256="0" * 64) for number in (1, 2)]
    store.save_captures(db, [*same, capture(3, "b", "answered", file="3.warc.gz", sha256="1" * 64)])
    store.save_captures(db, [capture(4, "b", "answered", file="4.warc.gz", sha256="2" * 64)])
    kept = store.load_kept(db, ["twitter:20"], since_run=None)["twitter:20"]
    assert [kept[url].file for url in ("a", "b")] == ["1.warc.gz", "4.warc.gz"]
