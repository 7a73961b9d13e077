"""The pictures a saved page has beside it, and no other file of the disk."""

import os
from pathlib import Path

import pytest

from archiver.readers import read_article, read_pictures
from archiver.readers.pictures import LARGEST_PICTURE, read_image_type
from archiver.records import Source

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


def save(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(GIF)


def found(root: Path, html: str) -> list[str]:
    source = Source(folder="news", name="sub/page.html", path=root / "sub" / "page.html")
    return [picture.src for picture in read_pictures(source, html, root)]


@pytest.mark.parametrize(
    ("html", "sources"),
    [
        ("<img src=a.gif><img src='a.gif'><IMG SRC = ./a.gif>", ["a.gif", "./a.gif"]),
        ("<img src='page_files/caf%C3%A9%20%231.gif?w=2#x'>", ["page_files/caf%C3%A9%20%231.gif?w=2#x"]),
        ("<img src='&#x61;.gif'>", ["a.gif"]),
        ("<img src='../b.gif'>", ["../b.gif"]),
        ("<img src=https://example.org/a.gif srcset='no.gif 900w, a.gif 300w, ../b.gif 600w,'>", ["../b.gif"]),
        ("<img srcset='a.gif, ../b.gif 2x'>", ["../b.gif"]),
        ("<img src='no.gif'><img><img src=''><img src='.'><img src='?'>", []),
        ("<!-- <img src=a.gif> --><script>'<img src=a.gif>'</script>", []),
    ],
)
def test_relative_pictures_are_found(tmp_path: Path, html: str, sources: list[str]) -> None:
    """`src` or the best of `srcset`, each once, as the page writes it, percent-encoding undone for the disk."""
    save(tmp_path, "sub/a.gif", "b.gif", "sub/page_files/café #1.gif")
    assert found(tmp_path, html) == sources


@pytest.mark.parametrize(
    "reference",
    [
        "../../secret.gif",
        "..%2f..%2fsecret.gif",
        "link.gif",
        "linked/secret.gif",
        "{root}/secret.gif",
        "file://{root}/secret.gif",
        "//localhost{root}/secret.gif",
        "pipe.gif",
        "nul%00.gif",
        "http://[",
        "data:image/gif;base64,R0lGODlh",
        "x" * 5000,
    ],
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, reference: str) -> None:
    """No `..`, no link, no absolute path and no URL leads out of the folder that was given."""
    root = tmp_path / "in"
    save(tmp_path, "secret.gif", "in/sub/page.html")
    (root / "sub" / "link.gif").symlink_to(tmp_path / "secret.gif")
    (root / "sub" / "linked").symlink_to(tmp_path)
    os.mkfifo(root / "sub" / "pipe.gif")
    assert found(root, f'<img src="{reference.format(root=tmp_path)}">') == []


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (GIF, "image/gif"),
        (b"RIFF\x0a\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x20ftypavif", "image/avif"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_the_type_is_what_the_bytes_say(data: bytes, media_type: str | None) -> None:
    """Suffixes are not believed; what may hold a script is no picture."""
    assert read_image_type(data) == media_type


def test_a_picture_belongs_to_its_article(tmp_path: Path) -> None:
    """The article carries the bytes and their true type; a file over 20 MB stays where it is."""
    save(tmp_path, "a.jpg", "large.gif")
    os.truncate(tmp_path / "large.gif", LARGEST_PICTURE + 1)
    source = Source(folder="news", name="page.html", path=tmp_path / "page.html")
    article, _ = read_article(source, b"<p>Words <img src=large.gif> <img src=a.jpg>")
    assert [(picture.src, picture.type, picture.data) for picture in article.pictures] == [("a.jpg", "image/gif", GIF)]
