"""The command that asks platforms for posts: `capture`."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from archiver import __version__, store
from archiver.cli.asking import (
    ASKED,
    NO_CONTACT,
    SOURCES,
    ask_all,
    decisions_option,
    for_asking,
    print_captured,
    print_plan,
    stamp,
)
from archiver.cli.network import allow_net_option, contact_option, host_map_option, timestamp_option
from archiver.cli.options import Day, db_option, option, quiet_option
from archiver.errors import UsageError
from archiver.platforms import PLATFORMS
from archiver.talk import Talk


@click.command("capture")
@db_option
@option("--platform", "platforms", multiple=True, type=click.Choice(ASKED), help="Only posts of this one; repeatable.")
@option("--since", type=Day(), help="Only posts that an article published then or later embeds: 2020, 2020-10-02.")
@option("--source", "sources", multiple=True, type=click.Choice(SOURCES), help="Ask only this one; repeatable.")
@option("--limit", type=click.IntRange(1), default=None, help="At most so many posts.")
@option(
    "--only",
    type=click.Choice(["missing", "all"]),
    default="missing",
    show_default=True,
    help="Posts that were never answered for, or all, again.",
)
@option("--media/--no-media", default=True, show_default=True, help="Keep the pictures that the answers name, too.")
@option("--video", is_flag=True, help="Keep videos, too, where a platform gives the address of one.")
@option("--dry-run", is_flag=True, help="Say what would be asked, and ask nothing.")
@contact_option
@allow_net_option
@host_map_option
@timestamp_option
@quiet_option
@decisions_option
def capture_command(
    db: Path,
    platforms: tuple[str, ...],
    since: str | None,
    sources: tuple[str, ...],
    limit: int | None,
    only: str,
    media: bool,
    video: bool,
    dry_run: bool,
    contact: str | None,
    allow_net: tuple[Any, ...],
    host_map: tuple[tuple[str, str], ...],
    timestamp: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Ask the platforms for the posts that are embedded, and keep what they answer, with its evidence.

    Uses the network, as politely as each host wants, and says first how long that takes. Requests and answers go into
    WARC files in a folder beside the archive; what an answer says of a post goes before what articles say. Pictures
    that it names are kept, too. Instagram, Facebook and Threads are not asked: Meta's terms forbid to keep what its
    oEmbed returns.

    \b
        archiver capture --contact desk@example.org
        archiver render
    """
    from archiver.capture import PICTURES, ask_sources, plan_capture
    from archiver.capture.sources import NOT_ASKED
    from archiver.evidence import check_installed
    from archiver.fetch import Network
    from archiver.warc import evidence_folder

    if contact is None and not dry_run:
        raise UsageError(NO_CONTACT)
    if timestamp:
        check_installed()
    with store.reading(db) if dry_run else for_asking(db) as archive:
        posts = store.load_unasked(
            archive,
            _platforms(platforms, sources),
            sources or SOURCES,
            since=since,
            since_run=_since_run(archive) if only == "all" else None,
        )
        plan = plan_capture(posts, sources, limit)
        if not quiet:
            print_plan(archive, plan, NOT_ASKED, verbose=verbose)
            _print_media(media=media, video=video)
        if dry_run or not plan.hosts:
            return
        network = Network(contact=contact or "", allowed=allow_net, hosts=dict(host_map))
        run_id = store.start_run(archive, version=__version__, arguments=sys.argv[1:])
        captured = ask_all(
            archive,
            plan,
            network,
            ask=partial(
                ask_sources, only=sources, kinds=(PICTURES if media else frozenset()) | ({"video"} if video else set())
            ),
            what="Capturing",
            run_id=run_id,
            talk=Talk(quiet=quiet),
            verbose=verbose,
        )
        counts = store.RunCounts(seen=captured.outcomes.total(), saved=captured.outcomes["captured"])
        if only == "missing" or not captured.left:  # a run over all goes on with what was left
            store.finish_run(archive, run_id, counts)
    for host in captured.paused:
        click.echo(f"archiver: {host} cannot be asked any more now; the same command goes on another time", err=True)
    if not quiet:
        print_captured(captured)
    if timestamp:
        stamp(evidence_folder(db), network, timestamp, quiet=quiet)


def _print_media(*, media: bool, video: bool) -> None:
    """What of the answers is asked for besides them, and what cannot be done with it."""
    from archiver.capture import can_decode

    what = " and ".join([*(["pictures"] if media else []), *(["videos"] if video else [])])
    if what:
        click.echo(f"The {what} that the answers name are asked for besides, one a second from each host.")
    if media and not can_decode():
        click.echo("Pillow is not installed: pictures are kept as they come, undecoded, unmeasured and without small")
        click.echo("ones for the cards; install embed-archiver[media].")


def _platforms(platforms: tuple[str, ...], sources: tuple[str, ...]) -> tuple[str, ...]:
    """Of these platforms, or of all, those that have one of these sources, if any are named."""
    chosen = (one for one in PLATFORMS if one.name in (platforms or ASKED))
    return tuple(one.name for one in chosen if not sources or set(one.sources) & set(sources))


def _since_run(archive: store.Database) -> int:
    """The run from which on answers count in one over all: of one that was interrupted, what it was given counts."""
    return store.unfinished_since(archive, sys.argv[1:]) or store.last_run(archive) + 1
