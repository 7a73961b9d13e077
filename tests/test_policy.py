"""Policy: what was deleted is shown as its user decides, by whatever way; the archive itself keeps it."""

import gzip
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from datasette.app import Datasette
from warcio.archiveiterator import ArchiveIterator

from archiver.policy import Policy, PolicyError, Rule, read_policy
from tests.faults import answer, serving, status, stay_on_loopback, waited
from tests.pictures import picture

Archiver = Callable[..., CompletedProcess[str]]

X = "1311875000000000000"
POST = f"twitter:{X}"
MASTODON = "113237543551316025"
PAGE = (
    '<!doctype html><html lang="en"><title>At the pier</title><body><article><p>The lake is low this year, and the '
    "harbour master said so at length to everybody who asked, and to some who did not ask at all.</p>"
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Vermilion lanterns drifted past the old pier.</p>&mdash; '
    f'Ada Quill (@adaquill) <a href="https://twitter.com/adaquill/status/{X}">October 2, 2020</a></blockquote>'
    "<p>They “drifted past the old pier”, she wrote, and the harbour master was not amused by it.</p></article>"
)
TEXT = (
    "Boats.\n\nVermilion lanterns drifted past the old pier.\n\n— Ada Quill (@adaquill) October 2, 2020\n\n"
    f"https://twitter.com/adaquill/status/{X}\n\nhttps://mast.example.org/@ines/{MASTODON}\n\nThe end.\n"
)
TOLD = {
    "id": MASTODON,
    "created_at": "2024-10-02T16:10:12.345Z",
    "content": "<p>Cerulean ropes unravelled.</p>",
    "account": {"acct": "ines", "display_name": "Ines Okafor"},
    "media_attachments": [
        {"type": "image", "url": "https://files.mast.example.org/a.jpg", "description": "Ropes of indigo"}
    ],
}
WORDS = re.compile("Vermilion|lanterns|Cerulean|unravelled|indigo", re.IGNORECASE)
WHO = re.compile("Quill|adaquill|[@:]ines|Okafor", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No packet leaves loopback, and nobody waits."""
    stay_on_loopback(monkeypatch)


@pytest.fixture
def gone(archiver: Archiver, tmp_path: Path) -> Path:
    """An archive with two posts, one of them captured with a picture, that are both gone by now."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "news" / "b.html").write_text(PAGE, "utf-8")
    archiver("run", "news", "-q")
    with serving() as site:
        site.on(f"/api/v1/statuses/{MASTODON}", answer(TOLD))
        site.on("/a.jpg", status(200, picture(), Content_Type="image/jpeg"))
        mapped = [f"--host-map={host}={site.base}" for host in ("mast.example.org", "files.mast.example.org")]
        options = ["--platform=mastodon", "--contact=a@b.example", "--allow-net=127.0.0.1", *mapped]
        assert archiver("capture", "-q", *options).returncode == 0
    write("UPDATE posts SET status = 'gone'")
    return tmp_path


def write(sql: str) -> None:
    """Change the archive, as a check of its posts does."""
    with closing(sqlite3.connect("archive.db")) as connection:
        connection.execute(sql)
        connection.commit()


def outputs(archiver: Archiver) -> Iterator[tuple[str, str]]:
    """All that the program shows of the archive, by what shows it, without what the articles themselves say."""
    assert archiver("render", "-q").returncode == 0
    for path in sorted(path for path in Path("site").rglob("*") if path.is_file()):
        yield str(path), f"{path.name} {path.read_bytes().decode('utf-8', 'replace')}"
    for form in ("jsonl", "activitystreams", "jsonld", "index"):
        yield form, archiver("export", "--format", form).stdout
    archiver("export", "--format", "csv", "-o", "csv", "--force")
    for path in sorted(Path("csv").iterdir()):
        yield str(path), path.read_text("utf-8")
    archiver("publish", "press.db", "-q", "--force", "--evidence")
    yield "press.db", dump(Path("press.db"))
    yield "press-warc", "".join(unpacked(path.read_bytes()) for path in sorted(Path("press-warc").glob("*.gz")))
    archiver("export", "--format", "wacz", "-o", "a.wacz", "--force")
    with zipfile.ZipFile("a.wacz") as packed:
        yield "wacz", "".join(unpacked(packed.read(name)) for name in packed.namelist())
    for name in (POST, f"mastodon:{MASTODON}", "news/a.txt", "news/b.html"):
        yield f"show {name}", archiver("show", name).stdout
        yield f"show {name} --json", archiver("show", name, "--json").stdout
    yield "card", archiver("card", POST).stdout
    yield "patch", re.sub(r"<!--.*?-->", "", patched(archiver), flags=re.DOTALL)
    yield "stats", archiver("stats", "--json").stdout
    yield "report", archiver("report").stdout
    for word in ("vermilion", "cerulean"):
        yield f"search {word}", archiver("search", word, "--json").stdout


def patched(archiver: Archiver) -> str:
    """The articles with cards in place of their embeds."""
    archiver("patch", "news", "-o", "patched", "-q", "--force")
    return "".join(path.read_text("utf-8") for path in sorted(Path("patched").glob("[!.]*")))


def unpacked(data: bytes) -> str:
    """What is in a file of evidence, also in the answers, which are packed once more."""
    if data[:2] != b"\x1f\x8b":
        return data.decode("utf-8", "replace")
    plain = gzip.decompress(data)
    answers = [] if plain[:4] != b"WARC" else [one.content_stream().read() for one in ArchiveIterator(BytesIO(data))]
    return b"".join([plain, *answers]).decode("utf-8", "replace")


def dump(db: Path) -> str:
    """All values of a database, files unpacked."""
    with closing(sqlite3.connect(db)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
        packed = connection.execute("SELECT sz, data FROM sqlar").fetchall()
    files = [data if len(data) == size else zlib.decompress(data) for size, data in packed]
    return repr(rows) + "".join(data.decode("utf-8", "replace") for data in files) + db.read_bytes().decode("latin-1")


@pytest.mark.parametrize("deleted", ["redact-text", "notice-only"])
def test_words_and_pictures_of_what_was_deleted_are_nowhere(archiver: Archiver, gone: Path, deleted: str) -> None:
    """In no page, list, search, export, snapshot, evidence or card; and with `notice-only` neither is who posted it."""
    (gone / "archiver.toml").write_text(f'[policy]\ndeleted = "{deleted}"\n', "utf-8")
    told = dict(outputs(archiver))
    assert {name for name, text in told.items() if WORDS.search(text)} == set()
    assert not [name for name in told if name.startswith("site/media/")]
    if deleted == "notice-only":
        assert {name for name, text in told.items() if WHO.search(text)} == set()
        assert "is redacted: who posted it" in told["card"]
    else:
        assert "is gone from X (Twitter). What it said and showed is not shown any more." in told["card"]
        assert "Ada Quill" in told["card"]


def test_the_archive_keeps_what_is_not_shown(archiver: Archiver, gone: Path, rows: Any) -> None:
    """No policy changes a row of it, and without one all is shown again, its picture too."""
    before = rows(gone / "archive.db", "posts", "embeds", "captures", "media", "articles", "sqlar")
    (gone / "archiver.toml").write_text('[policy]\ndeleted = "notice-only"\n', "utf-8")
    list(outputs(archiver))
    assert rows(gone / "archive.db", *before) == before
    (gone / "archiver.toml").unlink()
    archiver("render", "-q")
    html = "".join(path.read_text("utf-8") for path in sorted(Path("site", "articles").iterdir()))
    assert "Cerulean ropes unravelled." in html
    assert 'alt="Ropes of indigo"' in html
    assert "is gone from Mastodon. What stands here is what the archive holds." in html


def test_what_is_redacted_is_so_without_a_policy(archiver: Archiver, gone: Path) -> None:
    """What its platform answered about it, its picture and the words for that leave the archive by no way."""
    write("UPDATE posts SET status = 'redacted'")
    told = dict(outputs(archiver))
    assert {name for name, text in told.items() if WORDS.search(text)} == set()
    assert not [row for row in told["jsonl"].splitlines() if '"table":"captures"' in row or '"table":"media"' in row]


@pytest.mark.parametrize("deleted", ["redact-text", "notice-only"])
def test_an_export_of_what_is_shown_is_an_archive(archiver: Archiver, gone: Path, deleted: str) -> None:
    """It can be imported, as a snapshot can: its articles and embeds are there, without what is withheld."""
    (gone / "archiver.toml").write_text(f'[policy]\ndeleted = "{deleted}"\n', "utf-8")
    archiver("export", "-o", "all.jsonl")
    archiver("publish", "press.db", "-q")
    for file in ("all.jsonl", "press.db"):
        said = archiver("import", file, "--db", f"of-{file}.db")
        assert (said.returncode, said.stderr) == (0, "")
        assert not WORDS.search(dump(Path(f"of-{file}.db")))


def test_what_is_served_is_what_is_shown(archiver: Archiver, gone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where anything is withheld, a snapshot without it; else the archive, which shows what comes in."""
    served = list[tuple[bool, bool]]()

    def serve(db: Path, *_: object) -> None:
        served.append((db == Path("archive.db"), WORDS.search(dump(db)) is None))

    monkeypatch.setattr("archiver.browse.server.serve", serve)
    archiver("serve")
    (gone / "archiver.toml").write_text('[policy]\ndeleted = "redact-text"\n', "utf-8")
    assert "2 posts are redacted or withheld" in archiver("serve").stderr
    assert served == [(True, False), (False, True)]


def test_datasette_shows_no_evidence_of_what_is_redacted(gone: Path) -> None:
    """Captures and pictures of a redacted post are in no table, no file and no answer of it; other rows are reached."""
    with closing(sqlite3.connect("archive.db")) as connection:
        ((digest, name),) = connection.execute("SELECT thumb_sha256, thumb FROM media").fetchall()

    async def asked() -> list[tuple[int, str]]:
        datasette = Datasette(["archive.db"])
        await datasette.invoke_startup()
        paths = ("captures.json", "media.json", "sqlar.json", "posts/twitter~3A1311875000000000000.json")
        files = (f"files/{name.replace('/', '~2F').replace('.', '~2E')}", f"media/{digest}.webp")
        addresses = [*(f"/archive/{path}" for path in paths), *(f"/-/archiver/archive/{path}" for path in files)]
        answers = [await datasette.client.get(address) for address in addresses]
        return [(answer.status_code, answer.text) for answer in answers]

    before = waited(asked())
    assert [code for code, _ in before] == [200] * 6
    assert [bool(re.search("Cerulean|indigo", text)) for _, text in before[:2]] == [True, True]
    write("UPDATE posts SET status = 'redacted' WHERE platform = 'mastodon'")
    after = waited(asked())
    assert [code for code, _ in after] == [200, 200, 200, 200, 404, 404]
    assert not any(re.search("Cerulean|indigo", text) for _, text in after)


def test_a_run_follows_the_policy_and_finds_all_again(archiver: Archiver, gone: Path) -> None:
    """The site that it renders; what it reads, stores and indexes is whole."""
    (gone / "archiver.toml").write_text('[policy]\ndeleted = "redact-text"\n', "utf-8")
    Path("news", "c.txt").write_text("Vermilion is a colour.\n", "utf-8")
    write("UPDATE posts SET status = 'gone'")
    assert archiver("run", "news", "-q").returncode == 0
    html = "".join(path.read_text("utf-8") for path in sorted(Path("site", "posts").iterdir()))
    assert not WORDS.search(html)
    (gone / "archiver.toml").unlink()
    found = json.loads(archiver("search", "vermilion", "--json").stdout.splitlines()[0])
    assert found
    assert "post" in archiver("search", "vermilion", "--json").stdout


@pytest.mark.parametrize(
    ("platform", "author", "expected"),
    [
        ("twitter", "twitter:adaquill", "notice-only"),
        ("twitter", "twitter:premier", "keep"),
        ("twitter", None, "redact-text"),
        ("instagram", "instagram:ines", "notice-only"),
        ("instagram", "instagram:premier", "keep"),
        ("bluesky", None, "redact-text"),
    ],
)
def test_the_first_rule_that_fits_decides(platform: str, author: str | None, expected: str) -> None:
    """By account, by who is a public figure, by platform; else the policy’s own word."""
    policy = read_policy(
        {
            "deleted": "redact-text",
            "public-figures": ["twitter:Premier", "instagram:premier"],
            "rules": [
                {"authors": ["twitter:AdaQuill"], "deleted": "notice-only"},
                {"public-figure": True, "deleted": "keep"},
                {"platform": "instagram", "deleted": "notice-only"},
            ],
        }
    )
    assert policy.action(platform, author, "gone") == expected
    assert policy.action(platform, author, None) == "keep"


def test_without_a_policy_all_is_kept() -> None:
    """An empty table is the policy that nobody wrote."""
    assert read_policy({}) == Policy() == Policy(rules=tuple[Rule, ...]())


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("policy = 'keep'", "policy is a table"),
        ("[policy]\ndelete = 'keep'", "[policy] has no delete; it has deleted"),
        ("[policy]\ndeleted = 'hide'", "deleted in [policy] takes keep, redact-text, notice-only, not 'hide'"),
        ("[policy]\npublic-figures = 'twitter:a'", "public-figures in [policy] takes a list"),
        ("[policy]\npublic-figures = ['@ada']", "'@ada' is not written as the archive does"),
        ("[policy]\nrules = 'x'", "the rules of [policy] are tables"),
        ("[[policy.rules]]\ndeleted = 'keep'", "each of [[policy.rules]] needs deleted, and"),
        ("[[policy.rules]]\nplatform = 'myspace'\ndeleted = 'keep'", "platform in [[policy.rules]] is one"),
        ("[[policy.rules]]\nauthors = ['x:ada']\ndeleted = 'keep'", "'x:ada' is not written as"),
        ("[[policy.rules]]\npublic-figure = 'yes'\ndeleted = 'keep'", "takes true or false"),
        ("[[policy.rules]]\nhandle = 'ada'\ndeleted = 'keep'", "[[policy.rules]] has no handle"),
    ],
)
def test_what_is_wrong_with_a_policy_is_said(archiver: Archiver, tmp_path: Path, toml: str, sentence: str) -> None:
    """In one sentence that names the file, before anything is done."""
    (tmp_path / "archiver.toml").write_text(toml, "utf-8")
    said = archiver("platforms")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith("archiver: archiver.toml: ")
    assert sentence in said.stderr


def test_a_policy_error_is_none_of_the_system() -> None:
    """Whoever reads a policy from elsewhere can tell what is wrong with it."""
    with pytest.raises(PolicyError):
        read_policy(1)


MASTODON_POST = f"mastodon:{MASTODON}"


REDACT = f"UPDATE posts SET status = 'redacted' WHERE id = '{MASTODON_POST}'"  # noqa: S608  words of ours


def _leaving(archiver: Archiver) -> str:
    """All that leaves the archive for others."""
    leaving = {"jsonl", "wacz", "press.db", "press-warc", "activitystreams", "jsonld", "index"}
    return "".join(text for name, text in outputs(archiver) if name in leaving or name.startswith(("csv", "site")))


@pytest.mark.parametrize("deleted", ["redact-text", "notice-only"])
def test_what_no_article_embeds_any_more_is_withheld_too(archiver: Archiver, gone: Path, deleted: str) -> None:
    """Nobody can tell whether it is gone; its evidence stays here, and nothing of it leaves."""
    (gone / "archiver.toml").write_text(f'[policy]\ndeleted = "{deleted}"\n', "utf-8")
    for path in (gone / "news").iterdir():
        path.unlink()
    (gone / "news" / "c.txt").write_text("Fog.", "utf-8")
    archiver("run", "news", "--prune", "-q")
    assert not WORDS.search(_leaving(archiver))
    with closing(sqlite3.connect("archive.db")) as connection:
        assert connection.execute("SELECT count(*) FROM captures WHERE text LIKE '%Cerulean%'").fetchone() == (1,)


def _edit(archiver: Archiver, gone: Path) -> None:
    (gone / "news" / "a.txt").write_text(TEXT + "\nOne more word.\n", "utf-8")
    archiver("run", "news", "-q")


def _add(archiver: Archiver, gone: Path) -> None:
    (gone / "news" / "d.txt").write_text(TEXT, "utf-8")
    archiver("run", "news", "-q")


def _remove_and_bring_back(archiver: Archiver, gone: Path) -> None:
    (gone / "news" / "a.txt").rename(gone / "a.txt")
    archiver("run", "news", "--prune", "-q")
    (gone / "a.txt").rename(gone / "news" / "a.txt")
    archiver("run", "news", "-q")


def _import(archiver: Archiver, gone: Path) -> None:
    (gone / "more").mkdir()
    (gone / "more" / "e.txt").write_text(TEXT, "utf-8")
    archiver("run", "more", "-q", "--db", "more.db", "--site", "more-site")
    archiver("import", "more.db", "-q")


@pytest.mark.parametrize("change", [_edit, _add, _remove_and_bring_back, _import])
def test_what_is_redacted_stays_so(archiver: Archiver, gone: Path, change: Callable[[Archiver, Path], None]) -> None:
    """Whatever is read or imported then."""
    write(REDACT)
    change(archiver, gone)
    with closing(sqlite3.connect("archive.db")) as connection:
        (status_,) = connection.execute("SELECT status FROM posts WHERE id = ?", (MASTODON_POST,)).fetchone()
    assert status_ == "redacted"
    assert not re.search("Cerulean|unravelled|indigo", _leaving(archiver))


def test_what_is_redacted_is_so_where_it_is_imported(archiver: Archiver, gone: Path) -> None:
    """In an archive that had the post before, too."""
    (gone / "own").mkdir()
    (gone / "own" / "f.txt").write_text(TEXT, "utf-8")
    archiver("run", "own", "-q", "--db", "own.db", "--site", "own-site")
    write(REDACT)
    archiver("import", "archive.db", "--db", "own.db", "-q")
    with closing(sqlite3.connect("own.db")) as connection:
        found = connection.execute("SELECT status FROM posts WHERE id = ?", (MASTODON_POST,)).fetchall()
    assert found == [("redacted",)]


def test_a_redaction_can_be_taken_back(archiver: Archiver, gone: Path) -> None:
    """By the row that it has."""
    write(REDACT)
    write("DELETE FROM redactions")
    _edit(archiver, gone)
    assert "Cerulean" in archiver("show", MASTODON_POST).stdout
