"""The folder of a site: pages written only when they change, and only our own ever removed."""

import json
import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from archiver.errors import ArchiverError
from archiver.readers import SITE_STATE
from archiver.render.pictures import PICTURE_FILE
from archiver.render.templates import GENERATOR

STATE_FILE = SITE_STATE
SHELVES = ("articles", "posts", "authors", "media")
_OURS = f'<meta name="generator" content="{GENERATOR}">'.encode()
_OUR_STYLES = b"/* Archiver:"

_HEAD = 2048
"""Bytes at the start of a page in which its generator stands."""


@dataclass(kw_only=True)
class SiteFolder:
    """The files of a site on disk; paths are relative to `root`, with `/`.

    `files` are those that belong to the site after this run; `pages` and `written` count what was rendered, and of
    that what was new or different; `known` are those that the last run noted. Raises ArchiverError where a file
    cannot be written.
    """

    root: Path
    files: set[str] = field(default_factory=set)
    pages: int = 0
    written: int = 0
    known: frozenset[str] = frozenset()

    def prepare(self) -> None:
        """Make the folder and its shelves."""
        try:
            for shelf in SHELVES:
                (self.root / shelf).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.root, error) from error
        state = self.load_state()
        self.known = frozenset(state.files) if state else frozenset()

    def present(self) -> set[str]:
        """All files that are there now, ours or not."""
        found = {entry.name for entry in os.scandir(self.root) if entry.is_file()}
        for shelf in SHELVES:
            found |= {f"{shelf}/{entry.name}" for entry in os.scandir(self.root / shelf)}
        return found

    def write(self, name: str, data: bytes) -> None:
        """Write the file unless it is there with the same bytes; a reader sees the old one or the new one whole."""
        self.files.add(name)
        self.pages += name.endswith(".html")
        path = self.root / name
        try:
            if path.is_file():
                if path.read_bytes() == data:
                    return
                if not self._may_replace(name, path):
                    message = f"{path} was not written by Archiver and stays as it is; give another folder with --site."
                    raise ArchiverError(message)
            fresh = path.with_name(f".{path.name}.new")
            fresh.write_bytes(data)
            fresh.replace(path)
        except OSError as error:
            raise _unwritable(path, error) from error
        self.written += 1

    def _may_replace(self, name: str, path: Path) -> bool:
        """Whether a file is ours: noted by the last run, or a page that says so itself."""
        return name in self.known or path.name == STATE_FILE or _is_ours(path)

    def remove(self, names: Collection[str]) -> int:
        """Remove those of the files that are ours; how many."""
        ours = [self.root / name for name in sorted(names) if _is_ours(self.root / name)]
        try:
            for path in ours:
                path.unlink()
        except OSError as error:
            raise _unwritable(self.root, error) from error
        return len(ours)

    def load_state(self) -> "SiteState | None":
        """What the last run noted; None if there was none or its note is not readable any more."""
        try:
            return SiteState(**json.loads((self.root / STATE_FILE).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def save_state(self, templates: str, mark: str | None) -> None:
        """Note from which archive and by which templates the site was made, and its files."""
        state = {"templates": templates, "mark": mark, "files": sorted(self.files)}
        pages, written = self.pages, self.written
        self.write(STATE_FILE, json.dumps(state).encode())
        self.files.discard(STATE_FILE)
        self.pages, self.written = pages, written


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteState:
    """A site as the last run left it: the digest of its templates, the mark of the run, all its files."""

    templates: str
    mark: str | None
    files: list[str]


def _is_ours(path: Path) -> bool:
    if path.parent.name == "media":
        return PICTURE_FILE.fullmatch(path.name) is not None and path.is_file()
    if path.suffix not in {".html", ".css"} or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return head.startswith(_OUR_STYLES) if path.suffix == ".css" else _OURS in head


def _unwritable(path: Path, error: OSError) -> ArchiverError:
    return ArchiverError(f"The site cannot be written: {path}: {error.strerror or error}.")
