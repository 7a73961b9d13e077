"""The command that asks platforms for posts: `capture`."""

from functools import partial
from pathlib import Path

import click

from archiver import store
from archiver.cli.asking import (
    ASKED,
    SOURCES,
    Way,
    ask_all,
    asking,
    asks,
    print_captured,
    print_paused,
    print_plan,
    since_run,
)
from archiver.cli.options import Day, db_option, option
from archiver.platforms import PLATFORMS
from archiver.records import MediaKind


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
@asks
def capture_command(
    db: Path,
    platforms: tuple[str, ...],
    since: str | None,
    sources: tuple[str, ...],
    limit: int | None,
    only: str,
    media: bool,
    video: bool,
    way: Way,
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

    kinds: list[MediaKind] = [*(PICTURES if media else ()), *(("video",) if video else ())]
    with asking(db, way) as archive:
        posts = store.load_unasked(
            archive,
            _platforms(platforms, sources),
            sources or SOURCES,
            since=since,
            since_run=since_run(archive) if only == "all" else None,
        )
        plan = plan_capture(posts, sources, limit)
        if not way.quiet:
            print_plan(archive, plan, NOT_ASKED, verbose=way.verbose)
            _print_media(media=media, video=video)
        if way.dry_run or not plan.hosts:
            return
        job = ("Capturing", plan, partial(ask_sources, only=sources, kinds=kinds))
        (captured,) = ask_all(archive, [job], way, over_all=only == "all")
        print_paused(captured)
        if not way.quiet:
            print_captured(captured)


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
