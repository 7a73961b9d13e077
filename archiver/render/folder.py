"""The folder of a site: pages written only when they change, and only our own ever removed."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archiver.errors import ArchiverError
from archiver.readers import SITE_STATE
from archiver.render.drafts import Draft
from archiver.render.names import SOURCE_FILE, list_name
from archiver.render.pictures import PICTURE_FILE
from archiver.render.templates import GENERATOR
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
    """A site as the last run left it: the digest of its templates and of what is withheld, the mark of the run, the
    size of each of its files (those that lead to each other in their order), and the digest of each draft that has
    one."""

    templates: str
    mark: str | None
    files: Mapping[str, int]
    drafts: Mapping[str, str]


@dataclass(kw_only=True)
class SiteFolder:
    """The files of a site on disk; paths are relative to `root`, with `/`.

    `files` are those that belong to the site after this run, with their sizes, `drafts` the digests of drafts; `pages`
    and `written` count what was rendered, and of that what was new or different. `state` is what the last run noted,
    None if there was none or its note is not readable any more; `whole` are the drafts whose pages still stand as it
    left them. Raises ArchiverError where a file cannot be written.
    """

    root: Path
    files: dict[str, int] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    written: int = 0
    state: SiteState | None = None
    whole: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        """Make the folder and its folders."""
        try:
            for folder in FOLDERS:
                (self.root / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.root, error) from error
        try:
            self.state = SiteState(**json.loads((self.root / STATE_FILE).read_bytes()))
            self.state.files.keys()
        except (OSError, ValueError, TypeError, AttributeError):
            self.state = None

    def keep(self, state: SiteState) -> set[str]:
        """Take over the files that the last run noted; the names of those that are missing or of another size."""
        present = dict(self._present())
        self.files, self.drafts = dict(state.files), dict(state.drafts)
        lost = {name for name, size in self.files.items() if present.get(name) != size}
        self.whole = {name: digest for name, digest in state.drafts.items() if name not in lost}
        return lost

    def drop(self, names: Iterable[str]) -> None:
        """Let files belong to the site no more, with the further pages of their lists."""
        for name in names:
            number = 2
            self.files.pop(name, None)
            while self.files.pop(list_name(name, number), None) is not None:
                number += 1

    def put(self, draft: Draft) -> None:
        """Write the page of a draft, unless the last run wrote it from the same."""
        digest = draft.digest()
        self.drafts[draft.name] = digest
        if self.state and self.whole.get(draft.name) == digest:
            self.files[draft.name] = self.state.files[draft.name]
        else:
            self.write(draft.name, draft.html().encode())

    def write(self, name: str, data: bytes) -> None:
        """Write the file unless it is there with the same bytes; a reader sees the old one or the new one whole."""
        self.files[name] = len(data)
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
        ours = [path for name, _ in self._present() if name not in self.files and _is_ours(path := self.root / name)]
        try:
            for path in ours:
                path.unlink()
        except OSError as error:
            raise _unwritable(self.root, error) from error
        return len(ours)

    def arrange(self, order: Iterable[str]) -> None:
        """Bring the files into order: these first, then the others by name."""
        files, self.files = self.files, {}
        for name in order:
            if name in files:
                self.files[name] = files.pop(name)
        self.files.update((name, files[name]) for name in sorted(files))

    def save_state(self, templates: str, mark: str | None) -> None:
        """Note from which archive and by which templates the site was made, and its files."""
        path = self.root / STATE_FILE
        try:
            with replacing(path) as fresh, fresh.open("w", encoding="utf-8") as file:
                file.writelines(self._state(templates, mark))
        except OSError as error:
            raise _unwritable(path, error) from error

    def _state(self, templates: str, mark: str | None) -> Iterator[str]:
        """A `SiteState` in JSON, piece by piece: as one text it would take more memory than all else."""
        yield json.dumps({"templates": templates, "mark": mark})[:-1]
        for field_, entries in (("files", self.files.items()), ("drafts", sorted(self.drafts.items()))):
            yield f', "{field_}": {{'
            yield from (
                f"{', ' if number else ''}{json.dumps(name)}: {json.dumps(value)}"
                for number, (name, value) in enumerate(entries)
            )
            yield "}"
        yield "}"

    def _present(self) -> Iterator[tuple[str, int]]:
        """All files that are there now, ours or not, with their sizes."""
        for folder in ("", *FOLDERS):
            prefix = f"{folder}/" if folder else ""
            with os.scandir(self.root / folder) as entries:
                yield from ((f"{prefix}{one.name}", one.stat().st_size) for one in entries if one.is_file())

    def _may_replace(self, name: str, path: Path) -> bool:
        """Whether a file is ours: noted by the last run, or a page that says so itself."""
        noted = self.state is not None and name in self.state.files
        return noted or path.name == STATE_FILE or _is_ours(path)


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
