"""Reading in bulk: sources in, readings out, in order, on as many processors as asked for."""

import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from archiver.errors import ReadError
from archiver.find import find_embeds
from archiver.find.view import page_text
from archiver.identity import identify
from archiver.quotes import find_passages
from archiver.readers import read_article, read_source
from archiver.records import Format, Problem, Reading, Source
from archiver.render.body import render_body

CHUNK_SOURCES, CHUNK_BYTES = 32, 4_000_000
"""What goes to another process at once: enough to make the way there cheap, little enough to keep memory flat."""

ALONE = 4 * CHUNK_SOURCES
"""So many sources are read before other processes are started, which takes as long as reading a hundred."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """A source with its bytes, still to be read; `root` bounds where the pictures of a saved page may lie.

    `format` is what it is to be read as, whatever its name says.
    """

    source: Source
    root: Path
    data: bytes
    format: Format | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unchanged:
    """A source whose bytes were read before, by this version."""

    source: Source


Outcome = Reading | Problem | Unchanged


def load(source: Source, root: Path, known_sha256: str | None, form: Format | None) -> Loaded | Problem | Unchanged:
    """The bytes of a source, to be read as `form` or as its suffix says, unless they are those of `known_sha256`."""
    try:
        data = read_source(source)
    except ReadError as error:
        return _problem(source, error)
    if known_sha256 is not None and hashlib.sha256(data).hexdigest() == known_sha256:
        return Unchanged(source=source)
    return Loaded(source=source, root=root, data=data, format=form)


def read(loaded: Loaded) -> Reading | Problem:
    """The article in a source with its embeds and, of a page, its body; the same in any process."""
    source = loaded.source
    try:
        article, problems = read_article(
            source, loaded.data, root=loaded.root, mtime=_mtime(source), form=loaded.format
        )
    except ReadError as error:
        return _problem(source, error)
    embeds = tuple(identify(find_embeds(article.content, article.format), article.sha256))
    passages = tuple(find_passages(article.content, article.format, embeds))
    if article.format != "html":
        text = article.content
        return Reading(article=article, embeds=embeds, passages=passages, text=text, problems=problems)
    body = render_body(article, embeds)
    # The decoded page is needed no more, and is the largest part of what goes between processes.
    return Reading(
        article=replace(article, content=""),
        embeds=embeds,
        passages=passages,
        text=page_text(body),
        body=body,
        problems=problems,
    )


def read_all(loaded: Iterable[Loaded | Problem | Unchanged], jobs: int) -> Generator[Outcome]:
    """The outcome of each, in the same order; with `jobs` above one, other processes read while this one goes on."""
    items = iter(loaded)
    if jobs > 1:
        head = list(islice(items, ALONE))
        yield from map(_settle, head)
        rest = next(items, None)
        if rest is not None:
            yield from _read_in_pool(chain([rest], items), jobs)
    else:
        yield from map(_settle, items)


def _settle(item: Loaded | Problem | Unchanged) -> Outcome:
    return read(item) if isinstance(item, Loaded) else item


def _read_in_pool(items: Iterable[Loaded | Problem | Unchanged], jobs: int) -> Iterator[Outcome]:
    # Not forked: a progress bar's thread may be running, and a forked lock never opens.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Callable[[], list[Outcome]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_watch_parent) as pool:
        try:
            for chunk in _chunks(items):
                with _interrupts_held():
                    waiting.append(pool.submit(_settle_chunk, chunk).result)
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft()()
            while waiting:
                yield from waiting.popleft()()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait. A terminal sends it to all processes; those that are started in the block never see one."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _watch_parent() -> None:
    """End when the process is gone that started this one: killed, it could not say so."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _settle_chunk(items: list[Loaded | Problem | Unchanged]) -> list[Outcome]:
    return [_settle(item) for item in items]


def _chunks(items: Iterable[Loaded | Problem | Unchanged]) -> Iterator[list[Loaded | Problem | Unchanged]]:
    chunk: list[Loaded | Problem | Unchanged] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.data) if isinstance(item, Loaded) else 0
        if len(chunk) >= CHUNK_SOURCES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _mtime(source: Source) -> int:
    try:
        return int(source.path.stat().st_mtime)
    except OSError:
        return 0


def _problem(source: Source, error: ReadError) -> Problem:
    return Problem(folder=source.folder, source=source.name, kind=error.kind, detail=str(error))
