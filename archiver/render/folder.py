"""The folder of a site: pages written only when they change, and only our own ever removed."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from archiver.errors import ArchiverError
from archiver.readers import SITE_STATE
from archiver.render.drafts import Draft
from archiver.render.names import SOURCE_FILE, list_name
from archiver.render.pictures import PICTURE_FILE
from archiver.render.templates import GENERATOR
from archiver.store.ledger import Entry, Ledger
from archiver.writing import replacing

STATE_FILE = SITE_STATE
FOLDERS = ("articles", "posts", "authors", "platforms", "timeline", "data", "media", "sources")
_OURS = f'<meta name="generator" content="{GENERATOR}">'.encode()
_OUR_MARK = b"/* Archiver:"
"""How our style sheet and our scripts begin."""

_HEAD = 2048
"""Bytes at the start of a page in which its generator stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteState:
    """A site as the last run left it: the digest of its templates and of what is withheld, and the mark of the run."""

    templates: str
    mark: str | None


@dataclass(kw_only=True)
class SiteFolder:
    """The files of a site on disk; paths are relative to `root`, with `/`.

    `files` are those that belong to the site after this run, those that the last run noted, with the digests of drafts,
    and those that are there; `pages` and `written` count what was rendered, and of that what was new or different.
    `state` is what the last run noted, None if there was none or its note is not readable any more; `lost` are the
    files that it noted and that are gone or of another size, None where its files are not taken over. Raises
    ArchiverError where a file cannot be written.
    """

    root: Path
    files: Ledger
    pages: int = 0
    written: int = 0
    state: SiteState | None = None
    lost: frozenset[str] | None = None

    def prepare(self) -> None:
        """Make the folder and its folders."""
        try:
            for folder in FOLDERS:
                (self.root / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.root, error) from error
        try:
            with (self.root / STATE_FILE).open(encoding="utf-8") as file:
                self.state = SiteState(**json.loads(next(file).lstrip("[").rstrip(",\n")))
                self.files.note_before(_entries(file))
        except (OSError, ValueError, TypeError, StopIteration):
            self.state = None

    def keep(self) -> frozenset[str]:
        """Take over the files that the last run noted; the names of those that are missing or of another size."""
        self.files.note_there(self._present())
        self.lost = frozenset(self.files.keep())
        return self.lost

    def drop(self, names: Iterable[str]) -> None:
        """Let files belong to the site no more, with the further pages of their lists."""
        for name in names:
            self.files.drop(name)
            for number in count(2):
                if not self.files.drop(list_name(name, number)):
                    break

    def put(self, draft: Draft) -> None:
        """Write the page of a draft, unless the last run wrote it from the same."""
        digest = draft.digest()
        known = self.files.known(draft.name) if self.lost is not None and draft.name not in self.lost else None
        if known and known.digest == digest:
            self.files.keep_one(draft.name)
        else:
            self.write(draft.name, draft.html().encode(), digest)

    def write(self, name: str, data: bytes, digest: str | None = None) -> None:
        """Write the file unless it is there with the same bytes; a reader sees the old one or the new one whole."""
        self.files.put(Entry(name, len(data), digest))
        self.pages += name.endswith(".html")
        path = self.root / name
        try:
            if path.is_file():
                if path.read_bytes() == data:
                    return
                if not self._may_replace(name, path):
                    message = f"{path} was not written by Archiver and stays as it is; give another folder with --site."
                    raise ArchiverError(message)
            with replacing(path) as fresh:
                fresh.write_bytes(data)
        except OSError as error:
            raise _unwritable(path, error) from error
        self.written += 1

    def remove_others(self) -> int:
        """Remove the files that do not belong to the site, if they are ours; how many."""
        if self.lost is None or self.written:  # else they were looked for, and are as they were
            self.files.note_there(self._present())
        ours = [path for name in self.files.others() if _is_ours(path := self.root / name)]
        try:
            for path in ours:
                path.unlink()
        except OSError as error:
            raise _unwritable(self.root, error) from error
        return len(ours)

    def save_state(self, templates: str, mark: str | None) -> None:
        """Note from which archive and by which templates the site was made, and its files."""
        path = self.root / STATE_FILE
        try:
            with replacing(path) as fresh, fresh.open("w", encoding="utf-8") as file:
                file.writelines(self._state(templates, mark))
        except OSError as error:
            raise _unwritable(path, error) from error

    def _state(self, templates: str, mark: str | None) -> Iterator[str]:
        """A JSON array of the state and an array for each file; one on each line, so that none reads it as a whole."""
        yield f"[{json.dumps({'templates': templates, 'mark': mark})}"
        for name, size, digest in self.files.now():
            yield f",\n{json.dumps((name, size) if digest is None else (name, size, digest))}"
        yield "\n]\n"

    def _present(self) -> Iterator[tuple[str, int]]:
        """The files that are there now and may be ours, whose names are ASCII, with their sizes."""
        for folder in ("", *FOLDERS):
            prefix = f"{folder}/" if folder else ""
            with os.scandir(self.root / folder) as entries:
                yield from (
                    (f"{prefix}{one.name}", one.stat().st_size)
                    for one in entries
                    if one.name.isascii() and one.is_file()
                )

    def _may_replace(self, name: str, path: Path) -> bool:
        """Whether a file is ours: noted by the last run, or a page that says so itself."""
        noted = self.state is not None and self.files.known(name) is not None
        return noted or path.name == STATE_FILE or _is_ours(path)


def _entries(lines: Iterable[str]) -> Iterator[Entry]:
    """The files that the lines of a state tell. Raises ValueError or TypeError where they are none."""
    for line in lines:
        text = line.rstrip(",\n")
        if text == "]":
            return
        entry = Entry(*json.loads(text))
        if not (isinstance(entry.name, str) and isinstance(entry.size, int)):
            raise TypeError(text)
        yield entry
    raise ValueError("the end is missing")


def _is_ours(path: Path) -> bool:
    if path.parent.name == "media":
        return PICTURE_FILE.fullmatch(path.name) is not None and path.is_file()
    if path.parent.name == "sources":
        return SOURCE_FILE.fullmatch(path.name) is not None and path.is_file()
    if path.suffix not in {".html", ".css", ".js"} or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return _OURS in head if path.suffix == ".html" else head.startswith(_OUR_MARK)


def _unwritable(path: Path, error: OSError) -> ArchiverError:
    return ArchiverError(f"The site cannot be written: {path}: {error.strerror or error}.")
