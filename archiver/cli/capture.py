"""The command that asks platforms for posts: `capture`."""

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from archiver import __version__, store
from archiver.cli.network import allow_net_option, contact_option, host_map_option
from archiver.cli.options import db_option, option, quiet_option, verbose_option
from archiver.errors import UsageError
from archiver.platforms import BY_NAME, PLATFORMS
from archiver.talk import Talk, printable, say_backed_up

if TYPE_CHECKING:
    from archiver.capture import Asked, Captured, Plan
    from archiver.records import Post

ASKED = tuple(platform.name for platform in PLATFORMS if platform.sources)

NO_CONTACT = (
    "say whom a platform can write to about your requests: --contact desk@example.org, or contact in the table "
    "[network] of archiver.toml"
)


@click.command("capture")
@db_option
@option("--platform", "platforms", multiple=True, type=click.Choice(ASKED), help="Only posts of this one; repeatable.")
@option("--limit", type=click.IntRange(1), default=None, help="At most so many posts.")
@option(
    "--only",
    type=click.Choice(["missing", "all"]),
    default="missing",
    show_default=True,
    help="Posts that were never answered for, or all, again.",
)
@option("--dry-run", is_flag=True, help="Say what would be asked, and ask nothing.")
@contact_option
@allow_net_option
@host_map_option
@quiet_option
@verbose_option
def capture_command(
    db: Path,
    platforms: tuple[str, ...],
    limit: int | None,
    only: str,
    dry_run: bool,
    contact: str | None,
    allow_net: tuple[Any, ...],
    host_map: tuple[tuple[str, str], ...],
    quiet: bool,
    verbose: bool,
) -> None:
    """Ask the platforms for the posts that are embedded, and keep what they answer, with its evidence.

    Uses the network, as politely as each host wants, and says first how long that takes. Requests and answers go into
    WARC files in a folder beside the archive; what an answer says of a post goes before what articles say. Instagram,
    Facebook and Threads are not asked: Meta's terms forbid to keep what its oEmbed returns.

    \b
        archiver capture --contact desk@example.org
        archiver render
    """
    from archiver.capture import capture, plan_capture
    from archiver.capture.sources import NOT_ASKED
    from archiver.fetch import Network
    from archiver.warc import Warc, evidence_folder

    if contact is None and not dry_run:
        raise UsageError(NO_CONTACT)
    talk = Talk(quiet=quiet)
    with store.reading(db) if dry_run else _for_capture(db) as archive:
        plan = plan_capture(_posts(archive, platforms or ASKED, only, limit))
        if not quiet:
            _print_plan(plan, NOT_ASKED)
        if dry_run or not plan.hosts:
            return
        network = Network(contact=contact or "", allowed=allow_net, hosts=dict(host_map))
        run_id = store.start_run(archive, version=__version__, arguments=sys.argv[1:])
        total = sum(map(len, plan.hosts.values()))
        with Warc(evidence_folder(db)) as warc, talk.progress("Capturing", total=total), _stoppable() as stop:
            captured = capture(
                archive, plan, network, warc, run_id=run_id, stop=stop, report=partial(_report, talk, verbose=verbose)
            )
        if stop.is_set():
            raise click.Abort
        counts = store.RunCounts(seen=captured.outcomes.total(), saved=captured.outcomes["captured"])
        if only == "missing" or not captured.left:  # a run over all goes on with what was left
            store.finish_run(archive, run_id, counts)
    for host in captured.paused:
        click.echo(f"archiver: {host} cannot be asked any more now; the same command goes on another time", err=True)
    if not quiet:
        _print_captured(captured)


@contextmanager
def _for_capture(db: Path) -> "Iterator[store.Database]":
    """The archive, open for writing, with the lock on its evidence: two captures would ask a host twice as often."""
    from archiver.warc import evidence_folder

    lock = evidence_folder(db) / "lock"
    with (
        store.archive(db, create=False, backed_up=partial(say_backed_up, db)) as archive,
        store.only_one(lock, f"A capture for {db}"),
    ):
        yield archive


@contextmanager
def _stoppable() -> Iterator[Event]:
    """An event that the first interrupt sets, so that what came is still kept; the second one ends the program."""
    stop = Event()

    def note(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _posts(archive: store.Database, platforms: tuple[str, ...], only: str, limit: int | None) -> "list[Post]":
    """The posts to ask for. Of a run over all that was interrupted, those that are left."""
    since = None
    if only == "all":
        since = store.unfinished_since(archive, sys.argv[1:]) or store.last_run(archive) + 1
    return store.load_unasked(archive, platforms, since_run=since, limit=limit)


def _report(talk: Talk, asked: "Asked", *, verbose: bool) -> None:
    talk.advance()
    if verbose:
        why = f" ({asked.detail})" if asked.detail else ""
        click.echo(printable(f"{asked.post.id}: {asked.outcome} by {asked.source.name}{why}"), err=True)


def _print_plan(plan: "Plan", not_asked: Mapping[str, str]) -> None:
    for host, posts in plan.hosts.items():
        click.echo(f"{host:32} {_counted(len(posts), 'request')}  {_duration(len(posts) * plan.pace[host])}")
    if plan.without:
        click.echo(f"{'no full address is known':32} {_counted(len(plan.without), 'post')}")
    for reason in dict.fromkeys(not_asked.values()):
        labels = ", ".join(BY_NAME[name].label for name, why in not_asked.items() if why == reason)
        click.echo(f"Not asked: {labels} ({reason}).")
    if not plan.hosts:
        click.echo("There is nothing to ask.")
        return
    click.echo(f"At the allowed rates that takes {_duration(plan.seconds)}.")


def _print_captured(captured: "Captured") -> None:
    click.echo()
    for outcome, count in captured.outcomes.most_common():
        click.echo(f"{outcome:32} {_counted(count, 'post')}")
    if captured.left:
        click.echo(f"{'not asked for':32} {_counted(captured.left, 'post')}")
    click.echo("`archiver render` shows what is new.")


def _counted(number: int, noun: str) -> str:
    return f"{number:>8,} {noun}{' ' if number == 1 else 's'}"


def _duration(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> _duration(0.4), _duration(61), _duration(7322)
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
