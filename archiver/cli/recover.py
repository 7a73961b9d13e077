"""The command that asks web archives for posts: `recover`."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver import __version__, store
from archiver.cli.asking import (
    NO_CONTACT,
    counted,
    decisions_option,
    duration,
    for_asking,
    print_captured,
    say_asked,
    say_sealed,
    stamp,
    stoppable,
)
from archiver.cli.network import allow_net_option, contact_option, host_map_option, timestamp_option
from archiver.cli.options import db_option, option, quiet_option
from archiver.errors import UsageError
from archiver.platforms import PLATFORMS
from archiver.talk import Talk

if TYPE_CHECKING:
    from archiver.capture import Asked, Captured, Plan
    from archiver.capture.work import Ask
    from archiver.fetch import Network
    from archiver.records import Capture
    from archiver.recover import Saver

NAMES = tuple(platform.name for platform in PLATFORMS)


@click.command("recover")
@db_option
@option(
    "--platform",
    "platforms",
    multiple=True,
    type=click.Choice(NAMES),
    metavar="NAME",
    help="Only posts of this one; repeatable.",
)
@option("--limit", type=click.IntRange(1), default=None, help="At most so many posts.")
@option(
    "--archive",
    "archives",
    multiple=True,
    metavar="URL",
    help="Ask the archive whose TimeGate is there (RFC 7089), in place of the Wayback Machine; repeatable.",
)
@option("--save", is_flag=True, help="Have the Wayback Machine make copies of the posts that are not known to be gone.")
@option(
    "--only",
    type=click.Choice(["missing", "all"]),
    default="missing",
    show_default=True,
    help="What was never answered, or all, again.",
)
@option("--dry-run", is_flag=True, help="Say what would be asked, and ask nothing.")
@contact_option
@allow_net_option
@host_map_option
@timestamp_option
@quiet_option
@decisions_option
def recover_command(
    db: Path,
    platforms: tuple[str, ...],
    limit: int | None,
    archives: tuple[str, ...],
    save: bool,
    only: str,
    dry_run: bool,
    contact: str | None,
    allow_net: tuple[Any, ...],
    host_map: tuple[tuple[str, str], ...],
    timestamp: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Look in web archives for the posts of which no words are known, or that are gone, and keep what is found.

    Of each post the copies nearest to the date of its article are read; where only the attribution of a post is left,
    the copies of all posts of that minute are looked through for one by its author. Requests and answers go into WARC
    files in a folder beside the archive. With --save, and keys of the Internet Archive in IA_ACCESS_KEY and
    IA_SECRET_KEY, the Wayback Machine is asked to make copies of the posts that may still be there.

    \b
        archiver recover --contact desk@example.org
        archiver render
    """
    from archiver.evidence import check_installed
    from archiver.fetch import Network
    from archiver.warc import evidence_folder

    if contact is None and not dry_run:
        raise UsageError(NO_CONTACT)
    if timestamp:
        check_installed()
    saver = _saver() if save and not dry_run else None
    network = Network(contact=contact or "", allowed=allow_net, hosts=dict(host_map))
    with store.reading(db) if dry_run else for_asking(db) as archive:
        since = None
        if only == "all":
            since = store.unfinished_since(archive, sys.argv[1:]) or store.last_run(archive) + 1
        work = _planned(archive, db, network, platforms or NAMES, archives, limit, since)
        if save:
            work.append(_saving(archive, saver, platforms or NAMES, limit, since))
        if not quiet:
            for what, plan, _ in work:
                _print_plan(what, plan)
        if dry_run or not any(plan.hosts for _, plan, _ in work):
            return
        _carry_out(archive, db, network, work, only=only, quiet=quiet, verbose=verbose)
    if timestamp:
        stamp(evidence_folder(db), network, timestamp, quiet=quiet)


Work = list[tuple[str, "Plan", "Ask"]]
"""What is to be done: in a few words, with its plan and who asks."""


def _planned(
    archive: store.Database,
    db: Path,
    network: "Network",
    platforms: tuple[str, ...],
    archives: tuple[str, ...],
    limit: int | None,
    since: int | None,
) -> Work:
    """The posts to look for."""
    from archiver.recover import WAYBACK, Recovery, archive_at

    subjects = store.load_subjects(archive, platforms)
    recovery = Recovery(
        archives=tuple(dict.fromkeys(map(archive_at, archives))) or (WAYBACK,),
        network=network,
        kept=store.load_kept(archive, (subject.post.id for subject in subjects), since_run=since),
        load=partial(_content, db),
    )
    plan, asking = recovery.plan(subjects, limit)
    return [("to look for", plan, asking.ask)]


def _content(db: Path, file: str, offset: int) -> bytes:
    """The content of an answer that is kept. Called in other threads than the one that has the archive open."""
    from archiver.warc import evidence_folder, read_content

    def find(sha256: str) -> "list[Capture]":
        with store.reading(db) as archive:
            return list(store.load_captures_with_body(archive, sha256))

    return read_content(evidence_folder(db), file, offset, find)


def _saving(
    archive: store.Database, saver: "Saver | None", platforms: tuple[str, ...], limit: int | None, since: int | None
) -> tuple[str, "Plan", "Ask"]:
    """The posts to have copies made of."""
    from archiver.recover import SOURCE, Saver, plan_saving

    posts = store.load_savable(archive, platforms, SOURCE, since_run=since, limit=limit)
    return "to save", plan_saving(posts), (saver or Saver(access_key="", secret_key="")).ask


def _saver() -> "Saver":
    """Who has copies made, with the keys of the environment. Raises UsageError where they are not there."""
    from archiver.recover import KEYS, Saver

    access, secret = (os.environ.get(name, "").strip() for name in KEYS)
    if not access or not secret:
        raise UsageError(f"--save takes the keys of an account in {' and '.join(KEYS)}: archive.org/account/s3.php")
    return Saver(access_key=access, secret_key=secret)


def _carry_out(
    archive: store.Database, db: Path, network: "Network", work: Work, *, only: str, quiet: bool, verbose: bool
) -> None:
    from archiver.capture import carry_out
    from archiver.evidence import keeping
    from archiver.warc import evidence_folder

    talk = Talk(quiet=quiet)
    run_id = store.start_run(archive, version=__version__, arguments=sys.argv[1:])
    done: list[Captured] = []
    sealed = partial(say_sealed, talk)
    with keeping(archive, evidence_folder(db), run_id, report=sealed) as warc, stoppable() as stop:
        for what, plan, ask in work:
            total = sum(map(len, plan.hosts.values()))
            if stop.is_set() or not total:
                continue
            with talk.progress(f"Posts {what}", total=total):
                report = partial(_report(talk), verbose=verbose)
                done.append(carry_out(archive, plan, network, warc, ask=ask, run_id=run_id, stop=stop, report=report))
    if stop.is_set():
        raise click.Abort
    seen = sum(one.outcomes.total() for one in done)
    counts = store.RunCounts(seen=seen, saved=sum(one.outcomes["captured"] for one in done))
    if only == "missing" or not any(one.left for one in done):
        store.finish_run(archive, run_id, counts)
    for one in done:
        for host in one.paused:
            click.echo(f"archiver: {host} cannot be asked any more now; the same command goes on later", err=True)
        if not quiet:
            print_captured(one)


def _report(talk: Talk) -> "Callable[..., None]":
    """Says each answer, and moves the bar with each post, for which several questions may be asked."""
    seen: set[str] = set()

    def report(asked: "Asked", *, verbose: bool) -> None:
        if asked.post.id not in seen:
            seen.add(asked.post.id)
            talk.advance()
        if verbose:
            say_asked(asked)

    return report


def _print_plan(what: str, plan: "Plan") -> None:
    for host, posts in plan.hosts.items():
        click.echo(f"{host:32} {counted(len(posts), 'post')} {what}, at least {duration(plan.seconds)}")
    if plan.without:
        click.echo(f"{'too little is known of':32} {counted(len(plan.without), 'post')}")
    if not plan.hosts:
        click.echo(f"There is nothing {what}.")
