"""The command that asks platforms for posts: `capture`."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver import __version__, store
from archiver.cli.asking import NO_CONTACT, for_asking, print_captured, print_plan, report, stamp, stoppable
from archiver.cli.network import allow_net_option, contact_option, host_map_option, timestamp_option
from archiver.cli.options import db_option, option, quiet_option, verbose_option
from archiver.errors import UsageError
from archiver.platforms import PLATFORMS
from archiver.talk import Talk

if TYPE_CHECKING:
    from archiver.records import Post

ASKED = tuple(platform.name for platform in PLATFORMS if platform.sources)


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
@option("--media/--no-media", default=True, show_default=True, help="Keep the pictures that the answers name, too.")
@option("--video", is_flag=True, help="Keep videos, too, where a platform gives the address of one.")
@option("--dry-run", is_flag=True, help="Say what would be asked, and ask nothing.")
@contact_option
@allow_net_option
@host_map_option
@timestamp_option
@quiet_option
@verbose_option
def capture_command(
    db: Path,
    platforms: tuple[str, ...],
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
    from archiver.capture import PICTURES, ask_sources, carry_out, plan_capture
    from archiver.capture.sources import NOT_ASKED
    from archiver.evidence import check_installed, keeping
    from archiver.fetch import Network
    from archiver.warc import evidence_folder

    if contact is None and not dry_run:
        raise UsageError(NO_CONTACT)
    if timestamp:
        check_installed()
    talk = Talk(quiet=quiet)
    with store.reading(db) if dry_run else for_asking(db) as archive:
        plan = plan_capture(_posts(archive, platforms or ASKED, only, limit))
        if not quiet:
            print_plan(plan, NOT_ASKED)
            _print_media(media=media, video=video)
        if dry_run or not plan.hosts:
            return
        network = Network(contact=contact or "", allowed=allow_net, hosts=dict(host_map))
        run_id = store.start_run(archive, version=__version__, arguments=sys.argv[1:])
        total = sum(map(len, plan.hosts.values()))
        with (
            keeping(archive, evidence_folder(db), run_id) as warc,
            talk.progress("Capturing", total=total),
            stoppable() as stop,
        ):
            captured = carry_out(
                archive,
                plan,
                network,
                warc,
                ask=partial(ask_sources, kinds=(PICTURES if media else frozenset()) | ({"video"} if video else set())),
                run_id=run_id,
                stop=stop,
                report=partial(report, talk, verbose=verbose),
            )
        if stop.is_set():
            raise click.Abort
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


def _posts(archive: store.Database, platforms: tuple[str, ...], only: str, limit: int | None) -> "list[Post]":
    """The posts to ask for. Of a run over all that was interrupted, those that are left."""
    since = None
    if only == "all":
        since = store.unfinished_since(archive, sys.argv[1:]) or store.last_run(archive) + 1
    return store.load_unasked(archive, platforms, since_run=since, limit=limit)
