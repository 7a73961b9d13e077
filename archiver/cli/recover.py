"""The command that asks web archives for posts: `recover`."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver import store
from archiver.cli.asking import (
    Job,
    Way,
    ask_all,
    asking,
    asks,
    counted,
    duration,
    print_captured,
    print_paused,
    since_run,
)
from archiver.cli.options import db_option, option
from archiver.errors import UsageError
from archiver.platforms import PLATFORMS

if TYPE_CHECKING:
    from archiver.capture import Plan
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
@asks
def recover_command(
    db: Path,
    platforms: tuple[str, ...],
    limit: int | None,
    archives: tuple[str, ...],
    save: bool,
    only: str,
    way: Way,
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
    saver = _saver() if save and not way.dry_run else None
    with asking(db, way) as archive:
        since = since_run(archive) if only == "all" else None
        jobs = _planned(archive, db, way, platforms or NAMES, archives, limit, since)
        if save:
            jobs.append(_saving(archive, saver, platforms or NAMES, limit, since))
        if not way.quiet:
            for what, plan, _ in jobs:
                _print_plan(what, plan)
        if way.dry_run or not any(plan.hosts for _, plan, _ in jobs):
            return
        named = [(f"Posts {what}", plan, ask) for what, plan, ask in jobs]
        for captured in ask_all(archive, named, way, over_all=only == "all"):
            print_paused(captured)
            if not way.quiet:
                print_captured(captured)


def _planned(
    archive: store.Database,
    db: Path,
    way: Way,
    platforms: tuple[str, ...],
    archives: tuple[str, ...],
    limit: int | None,
    since: int | None,
) -> list[Job]:
    """The posts to look for."""
    from archiver.recover import WAYBACK, Recovery, archive_at

    subjects = store.load_subjects(archive, platforms)
    recovery = Recovery(
        archives=tuple(dict.fromkeys(map(archive_at, archives))) or (WAYBACK,),
        network=way.network,
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
) -> Job:
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


def _print_plan(what: str, plan: "Plan") -> None:
    for host, posts in plan.hosts.items():
        click.echo(f"{host:32} {counted(len(posts), 'post')} {what}, at least {duration(plan.seconds)}")
    if plan.without:
        click.echo(f"{'too little is known of':32} {counted(len(plan.without), 'post')}")
    if not plan.hosts:
        click.echo(f"There is nothing {what}.")
