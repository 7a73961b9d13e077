"""Timestamps: an authority's word that a manifest was there at a time (RFC 3161), kept beside it.

The token is the authority's reply as it came, so that `openssl ts -verify` takes it. The only module that imports
rfc3161_client and the certificates of cryptography, and only when they are needed.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archiver.errors import ArchiverError, ReadError, UsageError
from archiver.evidence.manifests import is_manifest
from archiver.writing import named_errors, replacing

if TYPE_CHECKING:
    from archiver.fetch import Fetcher, Network

SUFFIX = ".tsr"
"""Behind the name of a manifest; what OpenSSL calls a reply to a query for a timestamp."""

_LONGEST_TOKEN = 1_000_000


def check_installed() -> None:
    """Raise ArchiverError where what timestamps need is not installed."""
    _client()


def token_path(manifest: Path) -> Path:
    """Where the timestamp of a manifest is."""
    return manifest.with_name(f"{manifest.name}{SUFFIX}")


def stamp_manifests(folder: Path, network: "Network", authority: str) -> Iterator[Path]:
    """Ask the authority at an address for a timestamp of each manifest in the folder that has none, and keep it.

    What comes back are the manifests, as they are stamped. Raises ArchiverError where the authority gives none, its
    reply is of something else, or rfc3161-client is not installed.
    """
    from archiver.fetch import Fetcher, Pace

    _client()
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    fetcher = Fetcher(network, Pace(Event()))
    try:
        for path in paths:
            if is_manifest(path.name) and not token_path(path).exists():
                _keep(token_path(path), _ask(fetcher, authority, path.read_bytes(), path.name))
                yield path
    finally:
        fetcher.close()


def _keep(path: Path, token: bytes) -> None:
    with named_errors(path), replacing(path) as fresh:
        fresh.write_bytes(token)


def _ask(fetcher: "Fetcher", authority: str, data: bytes, name: str) -> bytes:
    """The authority's reply about these bytes.

    Asked first for the certificates it is signed with; then without, since the library refuses several of them in the
    order in which OpenSSL writes them: whoever checks it needs them in a file then.
    """
    client, failure = _client(), ""
    for with_certificates in (True, False):
        algorithm = client.HashAlgorithm.SHA256
        request = client.TimestampRequestBuilder(data, algorithm, cert_req=with_certificates).build()
        reply = _post(fetcher, authority, request.as_bytes(), name)
        try:
            response = client.decode_timestamp_response(reply)
        except ValueError as error:
            failure = f"its reply cannot be read ({error})"
            continue
        if response.status != client.PKIStatus.GRANTED:
            raise ArchiverError(
                f"{authority} gives no timestamp of {name}: {' '.join(response.status_string) or 'refused'}."
            )
        if _imprint(response) != sha256(data).digest() or response.tst_info.nonce != request.nonce:
            raise ArchiverError(f"{authority} gave a timestamp of something else than {name}.")
        return reply
    raise ArchiverError(f"{authority} gives no timestamp of {name}: {failure}.")


def _post(fetcher: "Fetcher", authority: str, query: bytes, name: str) -> bytes:
    from archiver.fetch import HostPausedError, Question

    host = urlsplit(authority).netloc
    question = Question(
        url=authority,
        hosts=(host,),
        limit=host,
        types=("application/timestamp-reply",),
        method="POST",
        body=query,
        headers=(("Content-Type", "application/timestamp-query"),),
    )
    try:
        answer = fetcher.fetch(question)
    except HostPausedError as error:
        raise ArchiverError(f"{host} cannot be asked any more now for a timestamp of {name}.") from error
    if answer.content is None:
        raise ArchiverError(
            f"{authority} gives no timestamp of {name}: {answer.outcome}, {answer.detail or 'no more'}."
        )
    return answer.content


def check_timestamp(token: Path, data: bytes, certificates: "tuple[Any, ...]" = ()) -> str:
    """When the bytes were there, by the authority's clock (UTC).

    With certificates, some of which are roots, their chain is checked, too. Raises ReadError where it is no timestamp,
    or not of these bytes, or not of that chain; ArchiverError where rfc3161-client is not installed.
    """
    client = _client()
    if token.stat().st_size > _LONGEST_TOKEN:
        raise ReadError("it is too long for a timestamp", kind="malformed")
    try:
        response = client.decode_timestamp_response(token.read_bytes())
        if response.status != client.PKIStatus.GRANTED:
            raise ReadError("it says that there is no timestamp", kind="malformed")
        imprint, at = _imprint(response), response.tst_info.gen_time
    except ValueError as error:
        raise ReadError(f"it is no timestamp: {error}", kind="malformed") from error
    if imprint != sha256(data).digest():
        raise ReadError("it is a timestamp of something else", kind="damaged")
    if certificates:
        _check_chain(response, data, certificates)
    return _utc(at)


def load_certificates(path: Path) -> "tuple[Any, ...]":
    """The certificates in a file (PEM). Raises UsageError where it has none or cannot be read."""
    _client()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return tuple(load_pem_x509_certificates(path.read_bytes()))
    except OSError as error:
        raise UsageError(f"--ca-file {path} cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # in words of the library, which say where it stopped, not what is wrong
        raise UsageError(f"--ca-file {path} has no certificates (PEM) that can be read") from error


def _check_chain(response: Any, data: bytes, certificates: "tuple[Any, ...]") -> None:
    """Raise ReadError unless the token was signed by an authority that one of these certificates vouches for."""
    client = _client()
    roots = [one for one in certificates if one.issuer == one.subject]
    others = [one for one in certificates if one.issuer != one.subject]
    signers = [None] if response.signed_data.certificates else certificates
    failure = "no certificate of its authority is there"
    for signer in signers:
        builder = client.VerifierBuilder(roots=roots, intermediates=others)
        try:
            (builder.tsa_certificate(signer) if signer else builder).build().verify_message(response, data)
        except (client.VerificationError, ValueError) as error:
            failure = str(error)
            continue
        return
    raise ReadError(f"nobody vouches for its authority: {failure}", kind="damaged")


def _imprint(response: Any) -> bytes:
    return bytes(response.tst_info.message_imprint.message)


def _utc(at: datetime) -> str:
    moment = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise ArchiverError("Timestamps need rfc3161-client: install embed-archiver[timestamps].") from error
    return rfc3161_client
