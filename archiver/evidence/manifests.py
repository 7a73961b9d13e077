"""Manifests: what a run captured, with SHA-256, in a file that `sha256sum -c` checks; its comments say the rest."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any

from archiver.errors import ReadError
from archiver.warc import NAME

FORMAT = "archiver-evidence-1"
LARGEST = 10_000_000
"""Bytes of a manifest: a hundred thousand files, of a gigabyte each."""

_NAME = re.compile(r"run-\d{6,}-([0-9a-f]{12})\.sha256")
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """A WARC file as a run left it: its name, its length in bytes and its SHA-256."""

    name: str
    length: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a run captured.

    `run` is its number in the archive that captured, `sealed_by` that of the run that wrote the manifest: a later one,
    where the run was killed. `count` rows of `captures`, ordered by id, each as a JSON array (RFC 8785) of their
    `columns` with a line feed behind it, have the SHA-256 `rows`; `capture` is the id of the first of them, by which
    they are found again where runs have other numbers. `cut_off` says by file how many bytes of a record were cut off
    that a killed run had not completed.
    """

    run: int
    started_at: str
    version: str
    sealed_by: int
    sealed_at: str
    count: int
    rows: str
    capture: str
    columns: tuple[str, ...]
    files: tuple[Sealed, ...]
    cut_off: Mapping[str, int] = field(default_factory=dict)


def manifest_name(run: int, capture: str) -> str:
    """The name of the manifest of a run: its number, and the last digits of the id of its first capture.

    >>> manifest_name(12, "01b8e2f0-5a3c-4f0e-9d53-5b7a2c1e9f04")
    'run-000012-5b7a2c1e9f04.sha256'
    """
    return f"run-{run:06}-{capture[-12:]}.sha256"


def is_manifest(name: str) -> bool:
    """Whether a file of that name is one."""
    return bool(_NAME.fullmatch(name))


def seals(names: Iterable[str], capture: str) -> bool:
    """Whether one of these files is the manifest of the run whose first capture has that id."""
    return any((found := _NAME.fullmatch(name)) and found[1] == capture[-12:] for name in names)


def seal_file(path: Path) -> Sealed:
    """The file as it is now. Raises OSError."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256")
        return Sealed(name=path.name, length=file.tell(), sha256=digest.hexdigest())


def format_manifest(manifest: Manifest) -> str:
    """The text of its file."""
    facts = {
        "format": FORMAT,
        "run": manifest.run,
        "started_at": manifest.started_at,
        "version": manifest.version,
        "sealed_by": manifest.sealed_by,
        "sealed_at": manifest.sealed_at,
        "captures": {
            "count": manifest.count,
            "sha256": manifest.rows,
            "first": manifest.capture,
            "columns": list(manifest.columns),
        },
        "bytes": {file.name: file.length for file in manifest.files},
        "cut_off": dict(manifest.cut_off),
    }
    comments = json.dumps(facts, indent=1).splitlines()
    lines = (f"{file.sha256}  {file.name}" for file in manifest.files)
    return "".join(f"{line}\n" for line in (*(f"# {comment}" for comment in comments), *lines))


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file. Raises ReadError where it is none."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST).decode("ascii")
        return _manifest(text)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}.", kind="missing") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError(f"{path} is no manifest of Archiver: {error}.", kind="malformed") from error


def _manifest(text: str) -> Manifest:
    lines = text.removesuffix("\n").split("\n")
    facts = json.loads("".join(line[1:] for line in lines if line.startswith("#")))
    if facts["format"] != FORMAT:
        raise ValueError("it is of another format")
    captures = facts["captures"]
    return Manifest(
        run=int(facts["run"]),
        started_at=str(facts["started_at"]),
        version=str(facts["version"]),
        sealed_by=int(facts["sealed_by"]),
        sealed_at=str(facts["sealed_at"]),
        count=int(captures["count"]),
        rows=str(captures["sha256"]),
        capture=str(captures["first"]),
        columns=tuple(map(str, captures["columns"])),
        files=tuple(_sealed(line, facts["bytes"]) for line in lines if not line.startswith("#")),
        cut_off={str(name): int(count) for name, count in facts["cut_off"].items()},
    )


def _sealed(line: str, lengths: Mapping[str, Any]) -> Sealed:
    found = _LINE.fullmatch(line)
    if not found or not NAME.fullmatch(found[2]):
        raise ValueError(f"it has the line {line[:100]!r}")
    return Sealed(name=found[2], length=int(lengths[found[2]]), sha256=found[1])
