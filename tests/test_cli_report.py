"""`archiver report`: what does not agree, for a fact-checker."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Archiver = Callable[..., CompletedProcess[str]]

CODE = "CF1tGabcdef"  # given out on 2 October 2020, 11:16:17 UTC
AGAIN = "CF1tHabcdef"  # eight seconds later
TAIL = "A post shared by Odile Brandt (@odile.brandt) on Oct 2, 2020 at 4:16am PDT"
MARKER = f"The lake was calm.\n\nView this post on Instagram\n\n{TAIL}\n\nIt rained.\n"


def embed_code(code: str, *, signed: str = "odile.brandt", text: str = "", link: str | None = None) -> str:
    """The embed code of a post on Instagram."""
    address = f"https://www.instagram.com/p/{code}/"
    return (
        f'<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="{address}"><p>'
        f'<a href="{link or address}">{text}</a></p><p>A post shared by Odile (@{signed})</p></blockquote>'
    )


@pytest.fixture
def write(tmp_path: Path, archiver: Archiver) -> Callable[..., None]:
    """Write articles and read them into an archive."""

    def write_and_run(**articles: str) -> None:
        (tmp_path / "news").mkdir(exist_ok=True)
        for name, content in articles.items():
            suffix = "html" if content.startswith("<") else "txt"
            (tmp_path / "news" / f"{name}.{suffix}").write_text(content, "utf-8")
        assert archiver("run", "news", "-q").returncode == 0

    return write_and_run


def test_nothing_to_report_is_said(archiver: Archiver, write: Callable[..., None]) -> None:
    """An archive whose sources agree says so, in one line."""
    write(a=MARKER)
    done = archiver("report")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing disagrees.\n", "")


def test_what_disagrees_is_a_sentence_with_its_article(archiver: Archiver, write: Callable[..., None]) -> None:
    """Each flag names the embed and the post, and says what stands against what."""
    write(a=f"<p>One.</p>{embed_code(CODE, link='https://www.instagram.com/p/CF9zzabcdef/')}<p>End.</p>")
    lines = archiver("report").stdout.splitlines()
    assert lines[:3] == [
        "Embed code changed by hand",
        f"  news/a.html#1  https://www.instagram.com/p/{CODE}/",
        f"    In the embed the code names https://www.instagram.com/p/{CODE}/, its link leads to "
        "https://www.instagram.com/p/CF9zzabcdef/.",
    ]


def test_a_known_harmless_cause_is_named_and_comes_last(archiver: Archiver, write: Callable[..., None]) -> None:
    """Minutes between upload and publication are no contradiction, and do not bury one."""
    late = TAIL.replace("4:16am", "4:24am")
    write(
        a=MARKER.replace(TAIL, late),
        b=f"<p>One.</p>{embed_code(CODE)}<p>End.</p>",
        c=f"<p>One.</p>{embed_code(CODE, link='https://www.instagram.com/p/CF9zzabcdef/')}<p>End.</p>",
    )
    report = archiver("report").stdout
    assert "Likely: late upload." in report
    assert report.index("changed by hand") < report.index("harmless cause")


def test_what_could_be_either_post_lists_both(archiver: Archiver, write: Callable[..., None]) -> None:
    """Two posts of one minute: both candidates are shown with scores and rule, and neither is chosen."""
    pages = {name: f"<p>One.</p>{embed_code(code)}<p>End.</p>" for name, code in (("b", CODE), ("c", AGAIN))}
    write(a=MARKER, **pages)
    report = archiver("report").stdout
    assert f"    0.90  instagram:{CODE}  (handle, printed time)" in report
    assert f"    0.90  instagram:{AGAIN}  (handle, printed time)" in report


def test_json_holds_it_all(archiver: Archiver, write: Callable[..., None]) -> None:
    """The same as data, with the post that several articles embed."""
    write(a=MARKER, b=f"<p>One.</p>{embed_code(CODE)}<p>End.</p>")
    report = json.loads(archiver("report", "--json").stdout)
    assert list(report) == ["flags", "undecided", "renames", "unattributed", "corroborated"]
    assert report["corroborated"] == [
        {"post_id": f"instagram:{CODE}", "permalink": f"https://www.instagram.com/p/{CODE}/", "articles": 2}
    ]


def test_one_kind_can_be_asked_for(archiver: Archiver, write: Callable[..., None]) -> None:
    """`--kind` leaves out all others."""
    write(a=f"<p>One.</p>{embed_code(CODE, link='https://www.instagram.com/p/CF9zzabcdef/')}<p>End.</p>")
    assert archiver("report", "--kind", "time").stdout == "Nothing disagrees.\n"
    assert archiver("report", "--kind", "edited").stdout.startswith("Embed code changed by hand\n")


def test_words_without_attribution_are_listed(archiver: Archiver, write: Callable[..., None]) -> None:
    """What a run with `--orphans` found is named with its article, its post and its words."""
    words = "The old jetty is open again, and the first coffee of the season is on the ferrymen."
    write(b=f"<p>One.</p>{embed_code(CODE, text=words)}<p>End.</p>", c=f"Early news.\n\n{words}\n\nThe end.\n")
    assert "without attribution" not in archiver("report").stdout
    assert archiver("run", "news", "--orphans", "-q").returncode == 0
    assert f"  news/c.txt  instagram:{CODE}\n    “{words.rstrip('.')}”\n" in archiver("report").stdout
