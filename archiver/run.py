"""The main job: a folder of articles becomes an archive, one arrow after the other."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from archiver import __version__, store
from archiver.readers import list_sources
from archiver.reading import Loaded, Outcome, Unchanged, load, read_all
from archiver.records import Format, Problem, Reading, Source

BATCH_ARTICLES, BATCH_BYTES = 2_000, 8_000_000
"""What is saved in one transaction, and lost when the process is killed: a few seconds' reading. Posts and authors
that recur are derived once a batch. Where one ends depends on the input alone, and so do the bytes of the archive."""


@dataclass(kw_only=True)
class Summary:
    """What came of a run: counts of inputs, what they hold, and every problem met.

    `orphans` counts the places where a post's words stand without attribution, None if they were not looked for.
    """

    seen: int = 0
    saved: int = 0
    unchanged: int = 0
    embeds: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    forgotten: int = 0
    orphans: int | None = None
    touched: store.Touched = field(default_factory=store.Touched)

    @property
    def counts(self) -> store.RunCounts:
        """The same as the archive keeps it of the run."""
        return store.RunCounts(
            seen=self.seen,
            saved=self.saved,
            unchanged=self.unchanged,
            vanished=len(self.vanished),
            forgotten=self.forgotten,
            problems=len(self.problems),
        )


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to run: on how many processors, and with what said on the command line of the same name."""

    jobs: int = 1
    form: Format | None = None
    keep_sources: bool = True
    reread: bool = False
    prune: bool = False


Report = Callable[[Outcome], None]
"""Called with each outcome as it comes, in order."""


def scan(paths: Sequence[Path], *, jobs: int = 1, form: Format | None = None) -> Iterator[Reading | Problem]:
    """Read and find only: nothing is written. A problem comes where its input would have come."""
    for path in paths:
        root = path if _is_folder(path) else path.parent
        items = _listed(path, store.Place(folder=root.resolve().name), form)
        for outcome in read_all((_load(item, root, {}, form) for item in items), jobs):
            if not isinstance(outcome, Unchanged):
                yield outcome


def summarise(outcomes: Iterable[Reading | Problem], report: Report) -> Summary:
    """What a run over these outcomes would come to."""
    summary = Summary()
    for outcome in outcomes:
        report(outcome)
        batch = _Batch()
        batch.add(outcome)
        _count(summary, batch)
    return summary


def run(
    db: store.Database,
    paths: Sequence[Path],
    *,
    run_id: int,
    options: Options,
    report: Report = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Read what is under `paths` into the archive; what has not changed since this version read it is left alone.

    Inputs that cannot be read are reported, stored as problems, and keep what was stored of them. Articles whose file
    has vanished are reported, and removed with `prune`. Raises ArchiveError if the archive cannot be written; every
    batch saved before stays. Once `stop` says so, what has been read is saved, and KeyboardInterrupt raised.
    """
    summary = Summary()
    for path in paths:
        _run_path(db, path, summary, run_id, options, report, stop)
    return summary


def _run_path(
    db: store.Database,
    path: Path,
    summary: Summary,
    run_id: int,
    options: Options,
    report: Report,
    stop: Callable[[], bool],
) -> None:
    place = store.register_folder(db, path)
    lasting = _problems_by_source(db, place.folder)
    known = {} if options.reread else _known(db, place.folder, lasting)
    visit = _Visit(root=path if _is_folder(path) else path.parent)
    if not os.path.exists(path):  # noqa: PTH110 (it may be closed to us)
        visit.unreadable.add(place.source("."))
    items = visit.watch(_listed(path, place, options.form))
    loaded = (_load(item, visit.root, known, options.form) for item in items)
    with closing(read_all(loaded, options.jobs)) as outcomes:
        for batch in _batches(outcomes, report, stop):
            summary.touched |= store.save_readings(
                db, batch.readings, run_id=run_id, reader=READER, keep_sources=options.keep_sources
            )
            store.save_problems(db, batch.problems, run_id=run_id)
            _count(summary, batch)
            for problem in chain.from_iterable(lasting.get(source.name, ()) for source in batch.unchanged):
                summary.problems.append(problem)
                report(problem)
    if stop():
        raise KeyboardInterrupt
    _settle_missing(db, place, visit, summary, run_id, options.prune, report)


READER = f"archiver {__version__} (2)"
"""What reads articles: those that another has read are read again. The number in it is one more whenever the same
bytes give other records than before."""

WITH_ARTICLE = frozenset({"encoding"})
"""Kinds of problems that an article has which was read; with any other, its source was not there or not readable."""


def _known(db: store.Database, folder: str, problems: Mapping[str, list[Problem]]) -> dict[str, tuple[str, str]]:
    """What need not be read again unless it changes: a source that could not be read must be, to be sound again."""
    known = store.known_articles(db, folder)
    return {name: known[name] for name in known if all(one.kind in WITH_ARTICLE for one in problems.get(name, ()))}


def _problems_by_source(db: store.Database, folder: str) -> dict[str, list[Problem]]:
    """What is stored of each source that could be read only in part: it still holds while the source is unchanged."""
    problems: dict[str, list[Problem]] = {}
    for problem in store.load_problems(db, folder):
        problems.setdefault(problem.source, []).append(problem)
    return problems


def _listed(path: Path, place: store.Place, form: Format | None) -> Iterator[Source | Problem]:
    above = place.prefix if _is_folder(path) else place.prefix.rpartition("/")[0]
    prefix = f"{above}/" if above else ""
    if form is not None and os.path.isfile(path):  # noqa: PTH113 (it may be closed to us)
        return iter([Source(folder=place.folder, name=f"{prefix}{path.name}", path=path)])
    return list_sources(path, folder=place.folder, prefix=prefix)


def _is_folder(path: Path) -> bool:
    """Whether it is a folder; what may not even be looked at is none."""
    return os.path.isdir(path)  # noqa: PTH112 (Path.is_dir raises PermissionError)


def _load(
    item: Source | Problem, root: Path, known: dict[str, tuple[str, str]], form: Format | None
) -> Loaded | Problem | Unchanged:
    if isinstance(item, Problem):
        return item
    sha256, reader = known.get(item.name, (None, None))
    return load(item, root, sha256 if reader == READER else None, form)


@dataclass(kw_only=True)
class _Visit:
    """What was met below one PATH: the names of its sources, of what could not be read, and of what may not be."""

    root: Path
    seen: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    outside: dict[str, Problem] = field(default_factory=dict)

    def watch(self, items: Iterable[Source | Problem]) -> Iterator[Source | Problem]:
        for item in items:
            if isinstance(item, Source):
                self.seen.add(item.name)
            elif item.kind == "empty":  # a folder that was looked through: what was in it is gone
                self.seen.add(item.source)
            elif item.kind == "outside":  # an earlier version read it
                self.outside[item.source] = item
            else:
                self.unreadable.add(item.source)
            yield item

    def met(self, source: str) -> bool:
        """Whether the source is there, or may be."""
        return (
            source in self.seen or source in self.outside or any(store.is_below(source, top) for top in self.unreadable)
        )


@dataclass(kw_only=True)
class _Batch:
    """Outcomes that are stored together."""

    readings: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: list[Source] = field(default_factory=list)
    size: int = 0

    def add(self, outcome: Outcome) -> None:
        if isinstance(outcome, Reading):
            self.readings.append(outcome)
            self.size += len(outcome.article.data) + len(outcome.body or outcome.text or "")
        elif isinstance(outcome, Problem):
            self.problems.append(outcome)
        else:
            self.unchanged.append(outcome.source)


def _batches(outcomes: Iterable[Outcome], report: Report, stop: Callable[[], bool]) -> Iterator[_Batch]:
    batch = _Batch()
    for outcome in outcomes:
        report(outcome)
        batch.add(outcome)
        if stop():
            break
        if len(batch.readings) >= BATCH_ARTICLES or batch.size >= BATCH_BYTES:
            yield batch
            batch = _Batch()
    yield batch


def _count(summary: Summary, batch: _Batch) -> None:
    summary.seen += len(batch.readings) + len(batch.unchanged)
    summary.saved += len(batch.readings)
    summary.unchanged += len(batch.unchanged)
    for reading in batch.readings:
        summary.embeds.update((embed.platform, embed.form) for embed in reading.embeds)
        summary.problems.extend(reading.problems)
    summary.problems.extend(batch.problems)


def _settle_missing(
    db: store.Database, place: store.Place, visit: _Visit, summary: Summary, run_id: int, prune: bool, report: Report
) -> None:
    """Deal with what the archive has below a place and this run has not met there."""
    gone = [p for p in store.load_problems(db, place.folder) if place.holds(p.source) and not visit.met(p.source)]
    store.forget_problems(db, gone)
    missing = store.missing_articles(db, place, visit.seen, visit.unreadable)
    summary.vanished.extend(missing)
    if prune:
        summary.touched |= store.forget_articles(db, missing)
        summary.forgotten += len(missing)
        store.save_problems(db, visit.outside.values(), run_id=run_id)  # some were forgotten with their articles
    else:
        vanished = [
            _vanished(place.folder, article)
            for article in missing
            if article.removeprefix(f"{place.folder}/") not in visit.outside
        ]
        store.save_problems(db, vanished, run_id=run_id)
        for problem in vanished:
            report(problem)


def _vanished(folder: str, article: str) -> Problem:
    source = article.removeprefix(f"{folder}/")
    detail = f"{source} is no longer there; its article is kept until a run with --prune"
    return Problem(folder=folder, source=source, kind="vanished", detail=detail)
