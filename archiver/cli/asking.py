"""What every command that asks other machines has: a contact, one at a time, a plan, an end that keeps what came."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import partial, wraps
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from archiver import __version__, store
from archiver.cli.network import allow_net_option, contact_option, host_map_option, timestamp_option
from archiver.cli.options import INTERRUPTED, option, quiet_option
from archiver.errors import UsageError
from archiver.platforms import BY_NAME, PLATFORMS
from archiver.talk import Talk, printable, say_backed_up

if TYPE_CHECKING:
    from archiver.capture import Ask, Asked, Captured, Plan
    from archiver.evidence import Manifest
    from archiver.fetch import Network

ASKED = tuple(platform.name for platform in PLATFORMS if platform.sources)
SOURCES = tuple(source for platform in PLATFORMS for source in platform.sources)
"""The platforms that can be asked, and the names of what they are asked by."""

NO_CONTACT = (
    "say whom a platform can write to about your requests: --contact desk@example.org, or contact in the table "
    "[network] of archiver.toml"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """How a command asks: what its options of the network say, and how much it says."""

    dry_run: bool
    contact: str | None
    allow_net: tuple[Any, ...]
    host_map: tuple[tuple[str, str], ...]
    timestamp: str | None
    quiet: bool
    verbose: bool

    @property
    def network(self) -> "Network":
        """Who asks, whom it may ask, and what stands for what."""
        from archiver.fetch import Network

        return Network(contact=self.contact or "", allowed=self.allow_net, hosts=dict(self.host_map))


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that all have that ask; it is given them as `way`."""

    @wraps(command)
    def asking_command(**told: Any) -> None:
        way = Way(**{field.name: told.pop(field.name) for field in fields(Way)})
        command(**told, way=way)

    for one in reversed(_OPTIONS):
        asking_command = one(asking_command)
    return asking_command


_OPTIONS = (
    option("--dry-run", is_flag=True, help="Say what would be asked, and ask nothing."),
    contact_option,
    allow_net_option,
    host_map_option,
    timestamp_option,
    quiet_option,
    option("-v", "--verbose", is_flag=True, help="Say of each post who was asked, and what came of it."),
)


@contextmanager
def asking(db: Path, way: Way) -> "Iterator[store.Database]":
    """The archive while a command asks, to be read only in a dry run; then a timestamp for what came, if it is wanted.

    Raises UsageError without a contact, and ArchiverError where the timestamp is not given, once all else is done.
    """
    from archiver.evidence import check_installed, stamp_manifests
    from archiver.warc import evidence_folder

    if way.contact is None and not way.dry_run:
        raise UsageError(NO_CONTACT)
    if way.timestamp:
        check_installed()
    with store.reading(db) if way.dry_run else _for_asking(db) as archive:
        yield archive
    if way.timestamp and not way.dry_run:
        for manifest in stamp_manifests(evidence_folder(db), way.network, way.timestamp):
            if not way.quiet:
                click.echo(f"{manifest.name} has a timestamp.")


@contextmanager
def _for_asking(db: Path) -> "Iterator[store.Database]":
    """The archive, open for writing, with the lock on its evidence: two captures would ask a host twice as often."""
    from archiver.warc import evidence_folder

    lock = evidence_folder(db) / "lock"
    with (
        store.archive(db, create=False, backed_up=partial(say_backed_up, db)) as archive,
        store.only_one(lock, f"A capture for {db}"),
    ):
        yield archive


@contextmanager
def stoppable() -> Iterator[Event]:
    """An event that the first interrupt sets, so that what came is still kept; the second one ends the program, without
    a word or a wait: what is not kept by then is asked again, as after a power cut."""
    stop = Event()

    def note(*_: object) -> None:
        if stop.is_set():
            Console(stderr=True).show_cursor()  # the bar hides it
            os._exit(INTERRUPTED)  # threads that wait for a server would hold up any other end
        stop.set()
        os.write(2, WAITING)  # at once, whatever is half written to the stream

    before = signal.signal(signal.SIGINT, note)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


WAITING = b"\narchiver: waiting for what is under way; once more ends at once\n"


Job = tuple[str, "Plan", "Ask"]
"""What is to be done: what its bar is called, its plan, and who asks."""


def ask_all(archive: store.Database, jobs: Sequence[Job], way: Way, *, over_all: bool = False) -> "list[Captured]":
    """Carry out plans as one run, one after the other, each with a bar; what came of those with anything to ask.

    A run `over_all` is not ended where something was left: the same command goes on with it (`since_run`). Raises
    click.Abort after an interrupt, when all is kept.
    """
    from archiver.capture import carry_out
    from archiver.evidence import keeping
    from archiver.warc import evidence_folder

    talk, done = Talk(quiet=way.quiet), list["Captured"]()
    run_id = store.start_run(archive, version=__version__, arguments=sys.argv[1:])
    folder = evidence_folder(store.archive_path(archive))
    with keeping(archive, folder, run_id, report=partial(_say_sealed, talk)) as warc, stoppable() as stop:
        for what, plan, ask in jobs:
            total = sum(map(len, plan.hosts.values()))
            if stop.is_set() or not total:
                continue
            with talk.progress(what, total=total):
                say = _reporter(talk, verbose=way.verbose)
                done.append(carry_out(archive, plan, way.network, warc, ask=ask, run_id=run_id, stop=stop, report=say))
    if stop.is_set():
        raise click.Abort
    if not over_all or not any(one.left for one in done):
        counts = (sum(one.outcomes.total() for one in done), sum(one.outcomes["captured"] for one in done))
        store.finish_run(archive, run_id, store.RunCounts(seen=counts[0], saved=counts[1]))
    return done


def since_run(archive: store.Database) -> int:
    """The run from which on answers count in one over all: of one that was interrupted, what it was given counts."""
    return store.unfinished_since(archive, sys.argv[1:]) or store.last_run(archive) + 1


def _say_sealed(talk: Talk, manifest: "Manifest") -> None:
    """A sentence on a run that was killed, whose evidence was sealed now."""
    cut = sum(manifest.cut_off.values())
    torn = f"; {cut:,} bytes of a record that it had not completed are cut off" if cut else ""
    talk.say(f"run {manifest.run} was killed, and what it captured is sealed now{torn}")


def _reporter(talk: Talk, *, verbose: bool) -> "Callable[[Asked], None]":
    """Says each answer, if that is wanted, and moves the bar with each post, for which several may be asked."""
    seen: set[str] = set()

    def report(asked: "Asked") -> None:
        if asked.post.id not in seen:
            seen.add(asked.post.id)
            talk.advance()
        if verbose:
            _say_asked(asked)

    return report


def _say_asked(asked: "Asked") -> None:
    """A line on what came of a question, and one on each file that was wanted of what the answer names."""
    why = f" ({asked.detail})" if asked.detail else ""
    click.echo(printable(f"{asked.post.id}: {asked.outcome} by {asked.source}{why}"), err=True)
    for one in (one for one in asked.media if one.outcome != "unasked"):
        why = f" ({one.detail})" if one.detail else ""
        click.echo(printable(f"{asked.post.id}: {one.outcome} {one.link.kind} {one.link.url}{why}"), err=True)


def print_plan(archive: store.Database, plan: "Plan", not_asked: Mapping[str, str], *, verbose: bool = False) -> None:
    """Say who is asked for how much, and why others are not, of which the archive has posts."""
    for host, posts in plan.hosts.items():
        click.echo(f"{host:32} {counted(len(posts), 'request'):17}  {duration(len(posts) * plan.pace[host])}")
    if verbose:
        for post in plan.without:
            click.echo(printable(f"{post.id}: not asked, since its address does not say enough"), err=True)
    if plan.without:
        click.echo(f"{'no full address is known':32} {counted(len(plan.without), 'post')}")
    held = {platform for platform, _, _ in store.count_archive(archive).forms}
    told = {name: why for name, why in not_asked.items() if name in held}
    for reason in dict.fromkeys(told.values()):
        labels = ", ".join(BY_NAME[name].label for name, why in told.items() if why == reason)
        click.echo(f"Not asked: {labels} ({reason}).")
    if not plan.hosts:
        click.echo("There is nothing to ask.")
        return
    click.echo(f"At the allowed rates that takes {duration(plan.seconds)}, if nothing is asked twice.")
    click.echo("What is tried again, or asked of a second source, comes on top.")


def print_paused(captured: "Captured") -> None:
    """Name the hosts that want to be left alone."""
    for host in captured.paused:
        click.echo(f"archiver: {host} cannot be asked any more now; the same command goes on another time", err=True)


def print_captured(captured: "Captured") -> None:
    """What came of the posts, and of the files that answers name."""
    click.echo()
    for outcome, count in captured.outcomes.most_common():
        click.echo(f"{outcome:32} {counted(count, 'post')}")
    if captured.left:
        click.echo(f"{'not asked for':32} {counted(captured.left, 'post')}")
    for what, count in captured.media.most_common():
        click.echo(f"{f'pictures, videos: {what}':32} {counted(count, 'file')}")
    click.echo("`archiver render` shows what is new.")


def counted(number: int, noun: str) -> str:
    """A number, in a column, with what it counts."""
    return f"{number:>8,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> duration(0.4), duration(61), duration(7322)
    ('1 s', '1 min 1 s', '2 h 2 min')
    """
    whole = max(1, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    parts = [
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
        f"{rest} s" if rest and not hours else "",
    ]
    return " ".join(filter(None, parts))
