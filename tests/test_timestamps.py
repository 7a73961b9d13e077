"""Timestamps: an authority vouches for a manifest, and whoever asks it is not fooled by a wrong reply."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archiver.evidence import is_manifest
from archiver.fetch import pace
from tests.faults import Handler, Reply, Site, answer, serving, status

Archiver = Callable[..., CompletedProcess[str]]

TYPES = {"Content_Type": "application/timestamp-reply"}
CONFIGURATION = """
[tsa]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


def openssl(*arguments: str | Path) -> bytes:
    """What OpenSSL prints."""
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the certificates and keys of an authority, made by OpenSSL: `root.pem` vouches for `tsa.pem`."""
    folder = tmp_path_factory.mktemp("authority")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650")
    (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
    for name in ("root", "stranger"):
        files = ("-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem")
        openssl("req", "-x509", *curve, "-subj", f"/CN={name}", *files)
    openssl(
        *("req", "-x509", *curve, "-subj", "/CN=tsa", "-CA", folder / "root.pem", "-CAkey", folder / "root.key"),
        *("-addext", "extendedKeyUsage=critical,timeStamping", "-addext", "basicConstraints=critical,CA:FALSE"),
        *("-addext", "keyUsage=critical,digitalSignature"),
        *("-keyout", folder / "tsa.key", "-out", folder / "tsa.pem"),
    )
    return folder


def stamping(authority: Path, *more: str | Path) -> Reply:
    """What such an authority replies."""

    def reply(handler: Handler) -> None:
        assert handler.headers["Content-Type"] == "application/timestamp-query"
        (authority / "query.tsq").write_bytes(handler.sent)
        signed = ("-config", authority / "tsa.cnf", "-section", "tsa", "-inkey", authority / "tsa.key")
        token = openssl(
            "ts", "-reply", "-queryfile", authority / "query.tsq", *signed, "-signer", authority / "tsa.pem", *more
        )
        handler.reply(200, token, **TYPES)

    return reply


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that is both an authority and a platform."""
    with serving() as found, pytest.MonkeyPatch.context() as patched:
        patched.setattr(pace, "OTHERWISE", (1000, 1))
        found.on("/api/oembed.json", answer({"title": "At noon", "author_name": "Lakeside"}))
        yield found


@pytest.fixture
def capture(archiver: Archiver, tmp_path: Path, site: Site) -> Callable[..., CompletedProcess[str]]:
    """`archiver capture` of one post, with a timestamp of that authority."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Boats.\n\nhttps://vimeo.com/76979871\n")
    archiver("run", "news", "-q")
    network = ["--contact=desk@example.org", "--allow-net=127.0.0.1", f"--host-map=vimeo.com={site.base}"]

    def call(*arguments: str) -> CompletedProcess[str]:
        return archiver("capture", "--only=all", *network, f"--timestamp={site.base}/tsa", *arguments)

    return call


def manifest() -> Path:
    """The one manifest."""
    (path,) = (path for path in Path("archive-warc").iterdir() if is_manifest(path.name))
    return path


def token() -> Path:
    """Its timestamp."""
    return Path(f"{manifest()}.tsr")


def test_a_manifest_is_stamped_so_that_others_can_check_it(
    archiver: Archiver, capture: Archiver, site: Site, authority: Path
) -> None:
    """OpenSSL finds the token right, and so does `archiver verify`, with the certificate and without."""
    site.on("/tsa", stamping(authority))
    done = capture()
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{manifest().name} has a timestamp" in done.stdout
    checked = (
        "-in",
        token(),
        "-data",
        manifest(),
        "-CAfile",
        authority / "root.pem",
        "-untrusted",
        authority / "tsa.pem",
    )
    openssl("ts", "-verify", *checked)
    assert archiver("verify", "--strict", "--ca-file", authority / "root.pem").returncode == 0
    assert "1 of them with a timestamp" in archiver("verify").stdout


def test_an_authority_that_openssl_gives_a_chain_is_asked_without_it(
    archiver: Archiver, capture: Archiver, site: Site, authority: Path
) -> None:
    """Then whoever checks needs its certificate in the file, too."""
    site.on("/tsa", stamping(authority, "-chain", authority / "root.pem"))
    assert capture().returncode == 0
    (authority / "both.pem").write_bytes((authority / "root.pem").read_bytes() + (authority / "tsa.pem").read_bytes())
    assert archiver("verify", "--ca-file", authority / "both.pem").returncode == 0


def test_a_stranger_vouches_for_nothing(archiver: Archiver, capture: Archiver, site: Site, authority: Path) -> None:
    """A root that did not sign the authority's certificate is none."""
    site.on("/tsa", stamping(authority))
    capture()
    said = archiver("verify", "--ca-file", authority / "stranger.pem")
    assert said.returncode == 1
    assert "nobody vouches for its authority" in said.stdout


@pytest.mark.parametrize(
    ("damage", "detail"),
    [
        (lambda: manifest().write_text(manifest().read_text().replace("1.0", "1.1", 1) + "# x\n"), "of something else"),
        (lambda: manifest().unlink(), "the manifest that it is of is missing"),
        (lambda: token().write_bytes(token().read_bytes()[:-9]), "it is no timestamp"),
        (lambda: token().write_bytes(b""), "it is no timestamp"),
        (lambda: token().write_bytes(bytes(2_000_000)), "it is too long"),
        (lambda: token().write_bytes(token().read_bytes()[:-9] + bytes(9)), "nobody vouches"),
    ],
)
def test_what_does_not_fit_is_found(
    archiver: Archiver,
    capture: Archiver,
    site: Site,
    authority: Path,
    damage: Callable[[], object],
    detail: str,
) -> None:
    """A manifest that was changed or is lost, a token that is."""
    site.on("/tsa", stamping(authority))
    capture()
    damage()
    said = archiver("verify", "--ca-file", authority / "root.pem")
    assert said.returncode == 1
    assert detail in said.stdout


def _stale(authority: Path) -> Reply:
    """A reply of the authority to another query."""
    (authority / "other.txt").write_text("another file")
    openssl("ts", "-query", "-data", authority / "other.txt", "-sha256", "-cert", "-out", authority / "other.tsq")

    def reply(handler: Handler) -> None:
        handler.sent = (authority / "other.tsq").read_bytes()
        stamping(authority)(handler)

    return reply


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (lambda _: status(404), "not-found"),
        (lambda _: status(500), "server-error"),
        (lambda _: status(301, Location="https://127.0.0.1/tsa"), "elsewhere"),
        (lambda _: status(200, b"<p>Busy", Content_Type="text/html"), "wrong-type"),
        (lambda _: status(200, b"0", **TYPES), "its reply cannot be read"),
        (lambda _: status(200, bytes.fromhex("30053003020102"), **TYPES), "refused"),
        (_stale, "a timestamp of something else"),
    ],
)
def test_a_wrong_reply_is_not_kept(
    archiver: Archiver,
    capture: Archiver,
    site: Site,
    authority: Path,
    reply: Callable[[Path], Reply],
    sentence: str,
) -> None:
    """One sentence says what came; all that was captured is kept, and the next run asks again."""
    site.on("/tsa", reply(authority))
    done = capture("-q")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert sentence in done.stderr
    assert not token().exists()
    assert archiver("verify").returncode == 0
    assert [path for path, _ in site.asked].count("/tsa") == (2 if "read" in sentence else 1)
    site.on("/tsa", stamping(authority))
    assert capture("-q").returncode == 0
    assert len(list(Path("archive-warc").glob("*.tsr"))) == 2


def test_an_authority_inside_is_not_asked(archiver: Archiver, capture: Archiver, site: Site) -> None:
    """It is asked like any other host: at public addresses, unless they are allowed."""
    said = capture("-q", "--timestamp=http://169.254.169.254/tsa")
    assert said.returncode == 1
    assert "which is not a public address" in said.stderr


@pytest.mark.parametrize("address", ["tsa.example", "ftp://tsa.example/", "http://a b/"])
def test_what_is_no_address_is_said_before_anything_is_asked(capture: Archiver, site: Site, address: str) -> None:
    """In one sentence."""
    assert capture(f"--timestamp={address}").returncode == 2
    assert not site.asked


def test_a_library_that_is_not_installed_is_named_before_anything_is_asked(
    capture: Archiver, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the extra that brings it."""
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    assert "install embed-archiver[timestamps]" in capture().stderr
    assert not site.asked


def test_without_the_library_the_rest_is_verified(
    archiver: Archiver, capture: Archiver, site: Site, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was not is named."""
    site.on("/tsa", stamping(authority))
    capture()
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    said = archiver("verify")
    assert said.returncode == 0
    assert f"remark: {token().name}: Timestamps need rfc3161-client" in said.stdout


def test_a_file_without_certificates_is_said_to_be_one(archiver: Archiver, capture: Archiver, tmp_path: Path) -> None:
    """And one that is not there: nothing is verified with it."""
    (tmp_path / "empty.pem").touch()
    (tmp_path / "torn.pem").write_text("-----BEGIN CERTIFICATE-----\nnonsense\n", "utf-8")
    none = "has no certificates (PEM) that can be read"
    cases = (("empty.pem", none), ("torn.pem", none), ("missing.pem", "cannot be read: no such file or directory"))
    for name, sentence in cases:
        done = archiver("verify", "--ca-file", name)
        assert (done.returncode, f"--ca-file {name} {sentence}" in done.stderr) == (2, True), done.stderr
