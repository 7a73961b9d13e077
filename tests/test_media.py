"""Media: the pictures and videos that answers name are looked at, kept, and shown on cards that load nothing."""

import hashlib
import json
import re
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from bs4 import BeautifulSoup
from datasette.app import Datasette
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from archiver.capture import images
from archiver.capture.sources import media as named
from archiver.records import MediaLink
from archiver.store import media as stored
from tests.faults import Reply, Site, answer, serving, status, stay_on_loopback, waited
from tests.pictures import picture

Archiver = Callable[..., CompletedProcess[str]]

DID = "did:plc:abcdefghijkl234567mnopqr"
BLUESKY = f"https://bsky.app/profile/{DID}/post/3l5jmcyhpi54h"
MASTODON = "https://mast.example.org/@ines/113237543551316025"
PHOTO, STILL = picture(), picture("PNG", (320, 180))
VIDEO = b"\0\0\0\x18ftypmp42" + bytes(40)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


BOMB = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(bytes(1000)))
)
"""A PNG of a few bytes that says it has 3.6 billion pixels."""


def image(data: bytes, kind: str = "image/jpeg") -> Reply:
    """An answer with these bytes, said to be of that type."""
    return status(200, data, Content_Type=kind)


def bluesky(*images: dict[str, Any]) -> dict[str, Any]:
    """The AppView's answer about a post with these pictures."""
    post = {
        "uri": f"at://{DID}/app.bsky.feed.post/3l5jmcyhpi54h",
        "author": {"did": DID, "handle": "ines.example.org", "displayName": "Ines Okafor", "labels": []},
        "record": {"text": "The charts are wrong.", "langs": ["en"]},
        "indexedAt": "2024-10-02T16:10:12.345Z",
        "embed": {"$type": "app.bsky.embed.images#view", "images": list(images)},
    }
    return {"thread": {"post": post}}


SEA = {"fullsize": "https://cdn.bsky.app/img/sea.jpeg", "thumb": "https://cdn.bsky.app/t", "alt": 'A "grey" sea'}
CLIP = {
    "id": "113237543551316025",
    "created_at": "2024-10-02T16:10:12.345Z",
    "content": "<p>The lamps are lit.</p>",
    "account": {"acct": "ines", "display_name": "Ines Okafor"},
    "media_attachments": [
        {
            "type": "video",
            "url": "https://files.mast.example.org/clip.mp4",
            "preview_url": "https://files.mast.example.org/clip.png",
            "description": "Lamps, one after the other",
        },
        {"type": "audio", "url": "https://files.mast.example.org/clip.mp3"},
    ],
}


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No packet leaves loopback, and nobody waits."""
    stay_on_loopback(monkeypatch)


@pytest.fixture
def server() -> Iterator[Site]:
    """All hosts of this test's network at once."""
    with serving() as site:
        site.on("/xrpc/app.bsky.feed.getPostThread", answer(bluesky(SEA)))
        site.on("/img/sea.jpeg", image(PHOTO))
        site.on("/api/v1/statuses/113237543551316025", answer(CLIP))
        site.on("/clip.png", image(STILL))
        site.on("/clip.mp4", image(VIDEO, "video/mp4"))
        yield site


@pytest.fixture
def capture(archiver: Archiver, server: Site, tmp_path: Path) -> Callable[..., CompletedProcess[str]]:
    """`archiver capture` of an article with two posts, answered by the server."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(f"Boats.\n\n{BLUESKY}\n\n{MASTODON}\n\nThe end.\n", "utf-8")
    assert archiver("run", "news", "-q").returncode == 0
    hosts = ("public.api.bsky.app", "cdn.bsky.app", "video.bsky.app", "mast.example.org", "files.mast.example.org")
    mapped = [f"--host-map={host}={server.base}" for host in hosts]

    def call(*arguments: str) -> CompletedProcess[str]:
        return archiver("capture", "--contact=a@b.example", "--allow-net=127.0.0.1", *mapped, *arguments)

    return call


def query(sql: str) -> list[tuple[Any, ...]]:
    """The rows that a query of the archive gives."""
    with closing(sqlite3.connect("archive.db")) as connection:
        return connection.execute(sql).fetchall()


def test_what_answers_name_is_kept_with_its_evidence(capture: Archiver, server: Site, tmp_path: Path) -> None:
    """A picture with its words, size and digest, in the archive's own format; the still of a video, not the video."""
    said = capture("-q", "-v").stderr
    assert ("kept image" in said, "unasked" in said) == (True, False)
    told = "SELECT kind, outcome, type, size, sha256, width, height, alt FROM media ORDER BY post_id, ordinal"
    assert query(told) == [
        ("image", "kept", "image/jpeg", len(PHOTO), _digest(PHOTO), 1200, 800, 'A "grey" sea'),
        ("poster", "kept", "image/png", len(STILL), _digest(STILL), 320, 180, "Lamps, one after the other"),
        ("video", "unasked", None, None, None, None, None, "Lamps, one after the other"),
    ]
    names = {name for (name,) in query("SELECT name FROM sqlar WHERE name LIKE 'media/%'")}
    assert {f"media/{_digest(PHOTO)}.jpg", f"media/{_digest(STILL)}.png"} < names
    rows = query("SELECT captures.outcome, captures.sha256 FROM captures JOIN media ON request_id = captures.id")
    assert {("media", _digest(PHOTO)), ("media", _digest(STILL))} == set(rows)
    assert not any("mp4" in path or "mp3" in path for path, _ in server.asked)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_card_shows_a_small_picture_without_its_metadata(capture: Archiver, archiver: Archiver) -> None:
    """With the words for who cannot see it, and its size, so that nothing moves; the file itself is a link away."""
    capture("-q")
    assert archiver("render", "-q").returncode == 0
    for folder in ("articles", "posts"):
        html = "".join(path.read_text("utf-8") for path in sorted(Path("site", folder).glob("*.html")))
        assert f'<a href="../media/{_digest(PHOTO)}.jpg"><img src="../media/' in html
        assert 'alt="A &#34;grey&#34; sea" width="640" height="427" loading="lazy"' in html
    ((thumb,),) = query("SELECT thumb_sha256 FROM media WHERE kind = 'image'")
    small = Path("site", "media", f"{thumb}.webp").read_bytes()
    assert len(small) < 20_000
    with Image.open(BytesIO(small)) as shown:
        assert (shown.size, dict(shown.getexif()), set(shown.info) & {"exif", "xmp", "icc_profile"}) == (
            (640, 427),
            {},
            set(),
        )


def test_a_picture_on_its_side_is_put_upright() -> None:
    """As its metadata says; its size is that of what is seen."""
    looked = images.look_at(picture(turned=True))
    assert (looked.width, looked.height, looked.thumb_width, looked.thumb_height) == (800, 1200, 427, 640)


THUMB = "background-image:url('https://cdn4.telesco.pe/file/a.jpg')"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            named.bluesky_media({"images": [{"thumb": "t", "alt": " "}, 1, {"alt": "no address"}]}),
            [("t", "image", None)],
        ),
        (named.bluesky_media({"media": {"images": [{"fullsize": "f"}]}, "record": {}}), [("f", "image", None)]),
        (named.bluesky_media({"playlist": "p", "thumbnail": "s", "alt": "Lamps"}), [("s", "poster", "Lamps")]),
        (named.bluesky_media({"external": {"thumb": "t"}}), []),
        (named.bluesky_media("images"), []),
        (named.mastodon_media({"media_attachments": [{"type": "gifv", "url": "v"}, None]}), [("v", "video", None)]),
        (named.mastodon_media({"media_attachments": {"type": "image"}}), []),
        (named.oembed_media({"type": "photo", "url": "u", "thumbnail_url": "t"}), [("u", "image", None)]),
        (named.oembed_media({"type": "rich", "thumbnail_url": "t"}), [("t", "poster", None)]),
        (named.oembed_media({"thumbnail_url": 1}), []),
    ],
)
def test_an_answer_names_what_its_platform_documents(
    found: Iterator[MediaLink], expected: list[tuple[str, str, str | None]]
) -> None:
    """Pictures, stills and videos with their words, and nothing of an answer that is shaped otherwise."""
    assert [(link.url, link.kind, link.alt) for link in found] == expected


def test_a_page_of_telegram_names_pictures_as_backgrounds() -> None:
    """And the stills of videos."""
    page = (
        f'<div><a class="tgme_widget_message_photo_wrap" style="width:1px;{THUMB}"></a>'
        f'<i class="tgme_widget_message_video_thumb" style="{THUMB}"></i>'
        '<a class="tgme_widget_message_photo_wrap"></a></div>'
    )
    found = named.telegram_media(BeautifulSoup(page, "html.parser").select_one("div") or pytest.fail("no page"))
    assert [(link.kind, link.url[-10:]) for link in found] == [("image", "file/a.jpg"), ("poster", "file/a.jpg")]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, of metadata
@settings(max_examples=150)
@given(st.sampled_from([picture(kind, (40, 30)) for kind in images.FORMATS]), st.data())
def test_damaged_pictures_are_told_from_whole_ones(whole: bytes, data: st.DataObject) -> None:
    """Whatever bytes are changed, cut off or put in: it is a picture that could be decoded, or none."""
    place = data.draw(st.integers(0, len(whole)))
    damaged = whole[:place] + data.draw(st.binary(max_size=8)) + whole[data.draw(st.integers(place, len(whole))) :]
    with suppress(images.ImageError):
        assert images.look_at(damaged).thumb


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (image(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image/svg+xml"), "unreadable"),
        (image(b"<p>Log in", "image/jpeg"), "unreadable"),
        (image(BOMB, "image/png"), "unreadable"),
        (image(PHOTO[: len(PHOTO) // 2]), "unreadable"),
        (image(b"GIF89a" + PHOTO), "unreadable"),
        (image(VIDEO), "unreadable"),
        (status(200, Content_Length="10000000000"), "too-large"),
        (status(302, Location="https://169.254.169.254/a.png"), "elsewhere"),
        (status(302, Location="https://elsewhere.example/a.png"), "elsewhere"),
        (status(302, Location="https://video.bsky.app/clip.png"), "kept"),
        (status(404), "not-found"),
        (status(403), "forbidden"),
        (image(PHOTO, "text/html"), "kept"),
    ],
)
def test_what_is_no_picture_is_not_kept(
    capture: Archiver, archiver: Archiver, server: Site, reply: Reply, outcome: str
) -> None:
    """By what it holds, whatever it says it is; the post is kept all the same, and the site is rendered."""
    server.on("/img/sea.jpeg", reply)
    assert capture("-q", "--platform", "bluesky").returncode == 0
    ((told, sha256),) = query("SELECT outcome, sha256 FROM media")
    assert (told, sha256 is not None) == (outcome, outcome == "kept")
    assert query("SELECT text FROM posts WHERE platform = 'bluesky'") == [("The charts are wrong.",)]
    assert archiver("render", "-q").returncode == 0
    assert "nothing to ask" in capture("--platform", "bluesky").stdout


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/a.png",
        "http://cdn.bsky.app/img/sea.jpeg",
        "https://cdn.bsky.app:8443/a.png",
        "https://cdn.bsky.app@127.0.0.1/a.png",
        "https://169.254.169.254/latest",
        "https://xcdn.bsky.app/a.png",
        "https:///a.png",
        "https://[/a.png",
    ],
)
def test_an_answer_cannot_lead_anywhere_else(capture: Archiver, server: Site, url: str) -> None:
    """Only to the hosts that the platform has media at, encrypted."""
    server.on("/xrpc/app.bsky.feed.getPostThread", answer(bluesky({**SEA, "fullsize": url})))
    capture("-q", "--platform", "bluesky")
    assert query("SELECT outcome FROM media") == [("elsewhere",)]
    assert len(server.asked) == 1


BROKEN = {**SEA, "fullsize": "https://cdn.bsky.app/img/broken.jpeg"}
ELSEWHERE = {**SEA, "fullsize": "https://elsewhere.example/a.jpeg"}


@pytest.mark.parametrize(
    ("images", "state", "sentence"),
    [
        ([SEA], "complete", None),
        ([BROKEN], "text-only", "Only the words are kept, not its picture."),
        ([BROKEN, ELSEWHERE], "text-only", "Only the words are kept, not its 2 pictures."),
        ([SEA, BROKEN, ELSEWHERE], "text-only", "Only the words and a picture are kept, not 2 of its 3 pictures."),
    ],
)
def test_a_card_is_complete_with_all_pictures_only(
    capture: Archiver, archiver: Archiver, server: Site, images: list[Any], state: str, sentence: str | None
) -> None:
    """What the answer names and nobody could keep is told, also where another picture of it is there."""
    server.on("/xrpc/app.bsky.feed.getPostThread", answer(bluesky(*images)))
    server.on("/img/broken.jpeg", image(PHOTO[: len(PHOTO) // 2]))
    capture("-q", "--platform", "bluesky")
    card = archiver("card", BLUESKY).stdout
    assert f'data-state="{state}"' in card
    assert re.findall(r"Only the words[^<]*", card) == ([sentence] if sentence else [])


def test_a_card_says_that_a_video_is_missing(capture: Archiver, archiver: Archiver, server: Site) -> None:
    """Of which there is a still or not even that."""
    cases = [(image(STILL), "Only the words and a still are kept, not its video."), (status(404), "Only the words are")]
    for still, sentence in reversed(cases):
        server.on("/clip.png", still)
        capture("-q", "--platform", "mastodon", "--only", "all")
        card = archiver("card", MASTODON).stdout
        assert 'data-state="text-only"' in card
        assert sentence in card


def test_what_did_not_come_is_asked_for_another_time(capture: Archiver, server: Site) -> None:
    """With its post, whose address of it may be another by then; what is kept is not."""
    server.on("/img/sea.jpeg", status(503))
    assert capture("-q").returncode == 0
    server.on("/img/sea.jpeg", image(PHOTO))
    before = len(server.asked)
    assert capture("-q").returncode == 0
    assert [path.partition("?")[0] for path, _ in server.asked[before:]] == [
        "/xrpc/app.bsky.feed.getPostThread",
        "/img/sea.jpeg",
    ]
    assert query("SELECT outcome FROM media WHERE kind = 'image' ORDER BY rowid") == [("server-error",), ("kept",)]
    assert "nothing to ask" in capture().stdout


def test_a_video_is_kept_for_who_wants_it(
    capture: Archiver, archiver: Archiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On its card it plays from the folder, behind its still; what is large is beside the archive."""
    monkeypatch.setattr(stored, "LARGEST_MEMBER", 50)
    assert capture("-q", "--video").returncode == 0
    assert archiver("render", "-q").returncode == 0
    (page,) = Path("site", "articles").glob("*.html")
    shown = re.search(r"<video [^>]*>", page.read_text("utf-8"))
    assert shown
    assert f'src="../media/{_digest(VIDEO)}.mp4" poster="../media/' in shown[0]
    assert Path("archive-media", f"{_digest(VIDEO)}.mp4").read_bytes() == VIDEO
    assert Path("site", "media", f"{_digest(VIDEO)}.mp4").read_bytes() == VIDEO


@pytest.mark.parametrize(
    ("damage", "detail"),
    [
        (lambda path: path.write_bytes(VIDEO[:-1] + b"x"), "it is not the file that came: its SHA-256 is another"),
        (lambda path: path.write_bytes(VIDEO[:-1]), f"it has {len(VIDEO) - 1} bytes, and had {len(VIDEO)}"),
        (lambda path: path.unlink(), "it is missing"),
    ],
)
def test_what_is_beside_the_archive_is_verified(
    capture: Archiver,
    archiver: Archiver,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path], object],
    detail: str,
) -> None:
    """As it comes it is sound, as it is in a bag, and in the archive that such a bag is imported into."""
    monkeypatch.setattr(stored, "LARGEST_MEMBER", 50)
    capture("-q", "--video")
    archiver("export", "--format", "bagit", "-o", "bag")
    archiver("import", "bag", "--db", "new.db", "-q")
    for db in ("archive.db", "bag/data/archive.db", "new.db"):
        said = archiver("verify", "--strict", "--db", db)
        assert (said.returncode, "3 media beside it" in said.stdout) == (0, True), said.stdout
    name = f"{_digest(VIDEO)}.mp4"
    damage(Path("archive-media", name))
    said = archiver("verify")
    assert (said.returncode, f"problem: archive-media/{name}: {detail}" in said.stdout) == (1, True), said.stdout
    assert said.stdout.endswith("\n1 problem.\n")


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ("DELETE FROM media WHERE kind = 'image'", 0, f"remark: archive.db, sqlar media/{_digest(PHOTO)}.jpg: a file"),
        (
            "DELETE FROM media WHERE kind = 'video'",
            0,
            f"remark: archive-media/{_digest(VIDEO)}.mp4: a file that no row",
        ),
        ("UPDATE media SET outcome = 'left' WHERE kind = 'image'", 1, "a file is named, and none was kept"),
        ("UPDATE media SET name = NULL WHERE kind = 'image'", 1, "a file was kept, and none is named"),
        ("UPDATE media SET capture_id = 'x' WHERE kind = 'image'", 1, "is not among the captures"),
    ],
)
def test_rows_of_media_and_their_files_fit_each_other(
    capture: Archiver, archiver: Archiver, monkeypatch: pytest.MonkeyPatch, change: str, code: int, line: str
) -> None:
    """A row that says other than what is there is wrong; a file that none names is told."""
    monkeypatch.setattr(stored, "LARGEST_MEMBER", 50 if "video" in change else 5_000_000)
    capture("-q", "--video")
    with closing(sqlite3.connect("archive.db")) as db, db:
        db.execute(change)
    said = archiver("verify")
    assert (said.returncode, line in said.stdout) == (code, True), said.stdout


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda path: path.write_bytes(VIDEO[:-1] + b"x"), "it is not the file that came: its SHA-256 is another"),
        (lambda path: path.unlink(), "it is missing"),
    ],
    ids=["damaged", "missing"],
)
def test_a_file_beside_the_archive_is_never_left_out_silently(
    capture: Archiver,
    archiver: Archiver,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path], object],
    fault: str,
) -> None:
    """What copies it names it and writes nothing; a site is made without it, names it, and ends with 3."""
    monkeypatch.setattr(stored, "LARGEST_MEMBER", 50)
    capture("-q", "--video")
    path = Path("archive-media", f"{_digest(VIDEO)}.mp4")
    damage(path)
    before = sorted(Path().iterdir())
    for command in (["publish", "press.db"], ["export", "--format", "bagit", "-o", "bag"]):
        done = archiver(*command)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert f"{path} is not as it was kept: {fault}; go back to a copy of it." in done.stderr
    assert sorted(Path().iterdir()) == before
    done = archiver("render")
    assert (done.returncode, f"{path} of the archive is missing or damaged" in done.stderr) == (3, True), done.stderr
    assert not Path("site", "media", path.name).exists()


def test_without_pillow_pictures_are_kept_as_they_come(
    capture: Archiver, archiver: Archiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is said; the card then shows the file itself, whose size nobody knows."""
    monkeypatch.setattr(images, "_pillow", lambda: None)
    assert "install embed-archiver[media]" in capture("--platform", "bluesky").stdout
    assert query("SELECT type, width, thumb FROM media") == [("image/jpeg", None, None)]
    archiver("render", "-q")
    (page,) = Path("site", "articles").glob("*.html")
    assert f'<img src="../media/{_digest(PHOTO)}.jpg" alt="A &#34;grey&#34; sea" loading="lazy">' in page.read_text(
        "utf-8"
    )


def test_no_pictures_for_who_wants_none(capture: Archiver, server: Site) -> None:
    """Their addresses and words are kept, as the answers have them."""
    capture("-q", "--no-media", "--platform", "bluesky")
    assert query("SELECT outcome, alt FROM media") == [("unasked", 'A "grey" sea')]
    assert len(server.asked) == 1


def test_a_pasted_card_and_a_patched_page_have_the_picture_inside(
    capture: Archiver, archiver: Archiver, tmp_path: Path
) -> None:
    """Small, as part of the page: they load nothing from anywhere."""
    capture("-q")
    pasted = archiver("card", BLUESKY).stdout
    assert archiver("patch", "news", "-o", "patched").returncode == 0
    framed = f'<iframe src="https://embed.bsky.app/embed/{DID}/app.bsky.feed.post/3l5jmcyhpi54h"></iframe>'
    (tmp_path / "page.html").write_text(f"<p>Boats.</p>{framed}", "utf-8")
    archiver("patch", "page.html", "-o", "patched")
    for html in (pasted, Path("patched", "page.html").read_text("utf-8")):
        assert re.search(r'<img src="data:image/webp;base64,[\w+/=]+" alt="A &#34;grey&#34; sea" width="640"', html)
        assert "media/" not in html
    assert 'Picture: A "grey" sea' in Path("patched", "a.txt").read_text("utf-8")


def test_media_go_where_the_archive_goes(capture: Archiver, archiver: Archiver, rows: Any) -> None:
    """Into a snapshot, a bag, and by an export into another archive."""
    capture("-q")
    assert archiver("publish", "press.db", "-q").returncode == 0
    assert archiver("export", "-o", "all.jsonl").returncode == 0
    assert archiver("import", "all.jsonl", "--db", "other.db", "-q").returncode == 0
    before = rows(Path("archive.db"), "media", "sqlar")
    assert rows(Path("press.db"), "media", "sqlar") == before
    assert rows(Path("other.db"), "media", "sqlar") == before
    assert archiver("export", "--format", "bagit", "-o", "bag").returncode == 0
    assert Path("bag", "data", "media", f"{_digest(PHOTO)}.jpg").read_bytes() == PHOTO


def test_exports_name_the_files_of_posts(capture: Archiver, archiver: Archiver) -> None:
    """In the words of schema.org and of ActivityStreams: what they are, what they show, and where they were."""
    capture("-q", "--platform", "bluesky")
    (posting,) = (
        one
        for one in _listed(archiver, "jsonld", "@graph")
        if "SocialMediaPosting" in one["@type"] and "sharedContent" in one
    )
    told = {"contentUrl": SEA["fullsize"], "description": SEA["alt"], "encodingFormat": "image/jpeg"}
    assert posting["sharedContent"] == [{"@type": "ImageObject", **told, "sha256": _digest(PHOTO)}]
    (note,) = (one for one in _listed(archiver, "activitystreams", "items") if "attachment" in one)
    assert note["attachment"] == {
        "type": "Image",
        "mediaType": "image/jpeg",
        "name": SEA["alt"],
        "url": SEA["fullsize"],
    }


def _listed(archiver: Archiver, form: str, key: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(archiver("export", "--format", form).stdout)[key]
    return told


def test_a_datasette_shows_them(capture: Archiver) -> None:
    """On the row of a post, from the archive itself; a file that it hands out can run nothing."""
    capture("-q", "--platform", "bluesky")

    async def asked() -> Any:
        datasette = Datasette(["archive.db"])
        await datasette.invoke_startup()
        row = await datasette.client.get("/archive/posts/bluesky~3A3l5jmcyhpi54h")
        shown = re.search(r'<img src="(/-/archiver/archive/media/[^"]+)" alt="A &#34;grey&#34; sea"', row.text)
        assert shown
        return await datasette.client.get(shown[1])

    picture = waited(asked())
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")
    assert picture.headers["content-security-policy"] == "default-src 'none'; sandbox"


def test_show_lists_what_is_kept(capture: Archiver, archiver: Archiver) -> None:
    """What each picture shows, and which file it is."""
    capture("-q")
    told = archiver("show", BLUESKY).stdout
    assert "Pictures and videos" in told
    assert f"{len(PHOTO):,} bytes" in told
    assert '"alt": "A \\"grey\\" sea"' in archiver("show", BLUESKY, "--json").stdout


def test_a_site_is_the_same_and_loses_what_nobody_shows(capture: Archiver, archiver: Archiver) -> None:
    """Rendered again nothing is written; without the post its pictures are gone from the folder."""
    capture("-q")
    archiver("render", "-q")
    assert ", 0 files written, 0 removed" in archiver("render").stdout
    (lost,) = Path("site", "media").glob(f"{_digest(PHOTO)}.*")
    lost.unlink()
    assert ", 1 files written, 0 removed" in archiver("render").stdout
    Path("news", "a.txt").write_text("Boats.\n", "utf-8")
    archiver("run", "news", "-q")
    assert list(Path("site", "media").iterdir()) == []
