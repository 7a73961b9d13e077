"""What every command that asks other machines has: a contact, one at a time, a plan, an end that keeps what came."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click
from rich.console import Console

from archiver import store
from archiver.cli.options import INTERRUPTED, option
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


decisions_option = option("-v", "--verbose", is_flag=True, help="Say of each post who was asked, and what came of it.")


@contextmanager
def for_asking(db: Path) -> "Iterator[store.Database]":
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


def ask_all(
    archive: store.Database,
    plan: "Plan",
    network: "Network",
    *,
    ask: "Ask",
    what: str,
    run_id: int,
    talk: Talk,
    verbose: bool,
) -> "Captured":
    """Carry out a plan while a bar called `what` is shown; raises click.Abort after an interrupt, when all is kept."""
    from archiver.capture import carry_out
    from archiver.evidence import keeping
    from archiver.warc import evidence_folder

    folder, total = evidence_folder(store.archive_path(archive)), sum(map(len, plan.hosts.values()))
    with (
        keeping(archive, folder, run_id, report=partial(say_sealed, talk)) as warc,
        talk.progress(what, total=total),
        stoppable() as stop,
    ):
        say = partial(report, talk, verbose=verbose)
        done = carry_out(archive, plan, network, warc, ask=ask, run_id=run_id, stop=stop, report=say)
    if stop.is_set():
        raise click.Abort
    return done


def say_sealed(talk: Talk, manifest: "Manifest") -> None:
    """A sentence on a run that was killed, whose evidence was sealed now."""
    cut = sum(manifest.cut_off.values())
    torn = f"; {cut:,} bytes of a record that it had not completed are cut off" if cut else ""
    talk.say(f"run {manifest.run} was killed, and what it captured is sealed now{torn}")


def report(talk: Talk, asked: "Asked", *, verbose: bool) -> None:
    """Move the bar, and say what came of a question if that is wanted."""
    talk.advance()
    if verbose:
        say_asked(asked)


def say_asked(asked: "Asked") -> None:
    """A line on what came of a question, and one on each file that was wanted of what the answer names."""
    why = f" ({asked.detail})" if asked.detail else ""
    click.echo(printable(f"{asked.post.id}: {asked.outcome} by {asked.source}{why}"), err=True)
    for one in (one for one in asked.media if one.outcome != "unasked"):
        why = f" ({one.detail})" if one.detail else ""
        click.echo(printable(f"{asked.post.id}: {one.outcome} {one.link.kind} {one.link.url}{why}"), err=True)


def stamp(folder: Path, network: "Network", authority: str, *, quiet: bool) -> None:
    """Have what was sealed stamped. Raises ArchiverError where that is not given, once all else is done."""
    from archiver.evidence import stamp_manifests

    for manifest in stamp_manifests(folder, network, authority):
        if not quiet:
            click.echo(f"{manifest.name} has a timestamp.")


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


def print_captured(captured: "Captured") -> None:
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
