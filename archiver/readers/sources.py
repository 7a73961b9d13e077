"""The inputs: which files are read, and their bytes."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archiver.errors import ReadError
from archiver.records import Format, Problem, Source

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
"""What is read: the suffix in lower case, and the format it stands for."""

SITE_STATE = ".archiver-site.json"
"""Marks a folder of pages that we made ourselves: what is in it are no articles."""

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes. Decoding needs about five times as much memory; no article comes near it."""


def list_sources(path: Path, *, folder: str, prefix: str = "") -> Iterator[Source | Problem]:
    """Each input under `path` as soon as it is known, in the code-point order of the names.

    A file gives itself, named as the file; a folder its readable files at any depth, named relative to it with `/`
    and `prefix` before. Hidden files and folders are left out, and a site that we rendered. A link is followed where it
    leads to something of the folder that is not read under its own name anyway, so no file comes twice and a loop ends;
    `path` itself may be a link. Bytes of a name that are not UTF-8 are shown as `\\xe9`.

    What cannot be listed is a Problem, never an exception: `missing`, `permission`, `unreadable`, `empty` (a folder
    with nothing to read), `outside` (a link that leads out of the folder: whoever put it there may want others to read
    and publish what they never meant to) or `unsupported` (a file of a format that is not read).
    """
    name = prefix + _readable(path.name)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield _problem(folder, name, error)
        return
    if stat.S_ISDIR(mode):
        yield from _list_folder(path, folder, prefix)
    elif stat.S_ISREG(mode) and is_supported(path.name):
        yield Source(folder=folder, name=name, path=path)
    else:
        detail = f"{name} is not a file of a format that is read ({' '.join(FORMATS)})"
        yield Problem(folder=folder, source=name, kind="unsupported", detail=detail)


def read_source(source: Source) -> bytes:
    """The bytes of the file.

    Raises ReadError: `missing`, `permission`, `unreadable`, `empty` (nothing, or only ASCII white space), `too-large`
    (over `LARGEST_FILE`).
    """
    try:
        with source.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST_FILE:
                message = f"{source.name} has {size:,} bytes; files over {LARGEST_FILE:,} are not read"
                raise ReadError(message, kind="too-large")
            data = file.read()
    except OSError as error:
        raise ReadError(_sentence(source.name, error), kind=_kind(error)) from error
    if not data or data.isspace():
        raise ReadError(f"{source.name} is empty", kind="empty")
    return data


def is_supported(name: str) -> bool:
    """Whether a file of this name is read."""
    return Path(name).suffix.lower() in FORMATS


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A file or folder met on the way; `linked` if a link leads to it or to a folder above it."""

    name: str
    path: Path
    is_folder: bool
    linked: bool

    @property
    def order(self) -> str:
        """Sorts siblings as their joined names sort: `a-b/x` before `a/x`, since `-` comes before `/`."""
        return f"{self.name}/" if self.is_folder else self.name


@dataclass(frozen=True)
class _Tree:
    """The folder that is listed, and the real paths which links have led to so far."""

    root: Path
    reached: set[Path] = field(default_factory=set)

    def is_left(self, entry: _Entry) -> bool:
        """Whether a link leads out of the folder here."""
        return entry.linked and not Path(os.path.realpath(entry.path)).is_relative_to(self.root)

    def enters(self, entry: _Entry) -> bool:
        """Whether the entry is to be read under this name, and under no other."""
        if not entry.linked:
            return True
        real = Path(os.path.realpath(entry.path))
        if real in self.reached or self._has_own_name(real, is_folder=entry.is_folder):
            return False
        self.reached.add(real)
        return True

    def _has_own_name(self, real: Path, *, is_folder: bool) -> bool:
        hidden = any(part.startswith(".") for part in real.relative_to(self.root).parts)
        return not hidden and (is_folder or is_supported(real.name))


def _list_folder(path: Path, folder: str, prefix: str) -> Iterator[Source | Problem]:
    tree = _Tree(Path(os.path.realpath(path)))
    stack: list[_Entry | Problem] = [_Entry(name="", path=path, is_folder=True, linked=False)]
    is_empty = True
    while stack:
        entry = stack.pop()
        if isinstance(entry, Problem):
            is_empty = False
            yield entry
        elif tree.is_left(entry):
            is_empty = False
            yield _outside(folder, prefix + entry.name)
        elif tree.enters(entry):
            if entry.is_folder:
                stack.extend(reversed(_children(entry, folder, prefix)))
            else:
                is_empty = False
                yield Source(folder=folder, name=prefix + entry.name, path=entry.path)
    if is_empty:
        detail = f"{_readable(str(path))} has no file of a format that is read ({' '.join(FORMATS)})"
        yield Problem(folder=folder, source=prefix.removesuffix("/") or ".", kind="empty", detail=detail)


def _children(parent: _Entry, folder: str, prefix: str) -> list[_Entry | Problem]:
    """What lies directly in a folder, in order; of what cannot be read, a Problem in its place."""
    found: list[tuple[str, _Entry | Problem]] = []
    try:
        with os.scandir(parent.path) as children:
            for child in children:
                if child.name == SITE_STATE:
                    return []
                if not child.name.startswith("."):
                    found.extend((_key(entry), entry) for entry in _entries(child, parent, folder, prefix))
    except OSError as error:
        name = (prefix + parent.name).removesuffix("/")
        detail = _sentence(name or _readable(str(parent.path)), error)
        return [Problem(folder=folder, source=name or ".", kind=_kind(error), detail=detail)]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _key(entry: _Entry | Problem) -> str:
    return entry.source if isinstance(entry, Problem) else entry.order


def _entries(child: os.DirEntry[str], parent: _Entry, folder: str, prefix: str) -> Iterator[_Entry | Problem]:
    """The child as an entry, or nothing if it is not read: pipes, sockets, devices, other formats."""
    name = f"{parent.name}/{_readable(child.name)}".lstrip("/")
    linked = parent.linked or child.is_symlink()
    path = parent.path / child.name
    try:
        mode = child.stat().st_mode
    except OSError as error:
        if is_supported(child.name):
            yield _problem(folder, prefix + name, error)
        return
    if stat.S_ISDIR(mode):
        yield _Entry(name=name, path=path, is_folder=True, linked=linked)
    elif stat.S_ISREG(mode) and is_supported(child.name):
        yield _Entry(name=name, path=path, is_folder=False, linked=linked)


def _readable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _problem(folder: str, name: str, error: OSError) -> Problem:
    return Problem(folder=folder, source=name, kind=_kind(error), detail=_sentence(name, error))


def _outside(folder: str, name: str) -> Problem:
    detail = f"{name} is a link that leads out of the folder given, and is not read"
    return Problem(folder=folder, source=name, kind="outside", detail=detail)


def _kind(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "missing"
        case PermissionError():
            return "permission"
        case _:
            return "unreadable"


def _sentence(name: str, error: OSError) -> str:
    return f"{name} cannot be read: {(error.strerror or type(error).__name__).lower()}"
