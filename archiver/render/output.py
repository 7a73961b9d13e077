"""The folder that patched articles go to: nothing in it is written over that somebody else made or changed."""

import hashlib
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from archiver.errors import ArchiverError
from archiver.writing import named_errors, replacing

STATE_FILE = ".archiver-patched.json"
"""Notes the SHA-256 of each file as it was written, so that a later run knows it again."""


@dataclass(kw_only=True)
class OutputFolder:
    """What was written below `root` and when it is still ours; without a root, files are written over themselves."""

    root: Path | None
    force: bool = False
    known: dict[str, str] = field(default_factory=dict)

    def load(self) -> None:
        """Read what earlier runs noted; a note that is not readable any more counts as none."""
        if self.root:
            try:
                self.known = dict(json.loads((self.root / STATE_FILE).read_bytes()))
            except (OSError, ValueError, TypeError):
                self.known = {}

    def write(self, target: Path, data: bytes, like: Path) -> None:
        """Write a file with the permissions of `like`; a reader sees the old one or the new one whole.

        Raises ArchiverError where it cannot be written, or what is there is not as an earlier run left it.
        """
        with named_errors(target):
            if target.exists() and self.root and not self._may_replace(target, data):
                raise ArchiverError(f"{target} is not as Archiver wrote it and stays; --force writes over it")
            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target.resolve()) as fresh:  # a link stays one
                fresh.write_bytes(data)
                shutil.copymode(like, fresh)
        if self.root:
            self.known[target.relative_to(self.root).as_posix()] = hashlib.sha256(data).hexdigest()

    def save(self) -> None:
        """Note what is there now."""
        if self.root and self.root.is_dir() and self.known:
            path = self.root / STATE_FILE
            with named_errors(path), replacing(path) as fresh:
                fresh.write_text(json.dumps(self.known, sort_keys=True), "utf-8")

    def _may_replace(self, target: Path, data: bytes) -> bool:
        there = target.read_bytes()
        noted = self.known.get(target.relative_to(self.root or target).as_posix())
        return self.force or there == data or hashlib.sha256(there).hexdigest() == noted
