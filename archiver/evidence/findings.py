"""Findings: what a check of an archive met, and how much of it was looked at."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something that is not as it should be: `where` names a file or a row, `detail` says in words what.

    A `problem` is damage, a loss or a change. A `remark` may be quite in order: what a run left that goes on or was
    killed, or what could not be checked.
    """

    where: str
    detail: str
    level: Literal["problem", "remark"] = "problem"


def remark(where: str, detail: str) -> Finding:
    """A finding that may be quite in order."""
    return Finding(where=where, detail=detail, level="remark")


@dataclass(kw_only=True)
class Looked:
    """How much was looked at: WARC files, their bytes and records, rows of `captures` and those with evidence, the
    manifests and their timestamps, the files in the archive itself, and the media that are beside it."""

    files: int = 0
    bytes: int = 0
    records: int = 0
    captures: int = 0
    with_evidence: int = 0
    manifests: int = 0
    timestamps: int = 0
    members: int = 0
    large: int = 0
