"""The command that asks platforms what has become of posts: `check`."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from archiver import __version__, store
from archiver.cli.asking import (
    ASKED,
    NO_CONTACT,
    SOURCES,
    ask_all,
    counted,
    decisions_option,
    for_asking,
    print_plan,
    stamp,
)
from archiver.cli.network import allow_net_option, contact_option, host_map_option, timestamp_option
from archiver.cli.options import db_option, option, quiet_option
from archiver.errors import UsageError
from archiver.identity.lives import APART, STRIKES
from archiver.platforms import PLATFORMS
from archiver.records import Post
from archiver.render.lives import LIVES
from archiver.talk import Talk

NO_SOURCE = "nothing that may be asked is documented"

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


class _Age(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """A number of hours, days or weeks."""

    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        if not re.fullmatch(r"\d{1,4}[hdw]", value, re.ASCII):
            self.fail(f"{value!r} is no age such as 12h, 30d or 8w.", param, ctx)
        return timedelta(**{_UNITS[value[-1]]: int(value[:-1])})


@click.command("check")
@db_option
@option("--platform", "platforms", multiple=True, type=click.Choice(ASKED), help="Only posts of this one; repeatable.")
@option(
    "--stale",
    type=_Age(),
    default="1d",
    show_default=True,
    help="Posts that were not checked for so long: 12h, 30d, 8w. For those that may be gone a day is enough.",
)
@option("--limit", type=click.IntRange(1), default=None, help="At most so many posts: those that wait longest.")
@option("--dry-run", is_flag=True, help="Say what would be asked, and ask nothing.")
@contact_option
@allow_net_option
@host_map_option
@timestamp_option
@quiet_option
@decisions_option
def check_command(
    db: Path,
    platforms: tuple[str, ...],
    stale: timedelta,
    limit: int | None,
    dry_run: bool,
    contact: str | None,
    allow_net: tuple[Any, ...],
    host_map: tuple[tuple[str, str], ...],
    timestamp: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Ask the platforms what has become of the posts: alive, edited, deleted, account gone, private, behind a login
    wall, not to be embedded, or unknown.

    A post counts as gone only after three answers in a row, each at least a day after the one before, that say so;
    cards then say since when. A rate limit or a server that fails is unknown, never gone. Each answer is kept with its
    evidence, as `archiver capture` keeps it, and the words of posts that are alive, too. For a timetable:

    \b
        archiver check --stale 30d --limit 5000 -q && archiver render -q
    """
    from archiver.capture import ask_sources, plan_capture
    from archiver.capture.sources import NOT_ASKED
    from archiver.evidence import check_installed
    from archiver.fetch import Network
    from archiver.warc import evidence_folder

    if contact is None and not dry_run:
        raise UsageError(NO_CONTACT)
    if timestamp:
        check_installed()
    now = datetime.now(UTC)
    with store.reading(db) if dry_run else for_asking(db) as archive:
        before, struck_before = _iso(now - stale), _iso(now - APART)
        due = store.load_due(archive, platforms or ASKED, SOURCES, before=before, struck_before=struck_before)
        plan = plan_capture(due, limit=limit)
        if not quiet:
            print_plan(archive, plan, {**NOT_ASKED, **_sourceless(NOT_ASKED)}, verbose=verbose)
        if dry_run or not plan.hosts:
            return
        network = Network(contact=contact or "", allowed=allow_net, hosts=dict(host_map))
        run_id = store.start_run(archive, version=__version__, arguments=sys.argv[1:])
        talk = Talk(quiet=quiet)
        done = ask_all(
            archive, plan, network, ask=ask_sources, what="Checking", run_id=run_id, talk=talk, verbose=verbose
        )
        counts = store.RunCounts(seen=done.outcomes.total(), saved=done.outcomes["captured"])
        store.finish_run(archive, run_id, counts)
        if not quiet:
            for host in done.paused:
                click.echo(f"archiver: {host} cannot be asked any more now; another check goes on there", err=True)
            asked = [post.id for some in plan.hosts.values() for post in some]
            _print_lives(store.load_posts_by_id(archive, asked).values(), done.left)
    if timestamp:
        stamp(evidence_folder(db), network, timestamp, quiet=quiet)


def _sourceless(not_asked: Mapping[str, str]) -> dict[str, str]:
    """The platforms that cannot be asked at all."""
    return {one.name: NO_SOURCE for one in PLATFORMS if not one.sources and one.name not in not_asked}


def _print_lives(posts: Iterable[Post], left: int) -> None:
    click.echo()
    for words, count in Counter(map(_called, posts)).most_common():
        click.echo(f"{words:32} {counted(count, 'post')}")
    if left:
        click.echo(f"{'not asked for':32} {counted(left, 'post')}")
    click.echo("`archiver render` shows what is new.")


def _called(post: Post) -> str:
    if post.life == "unknown" and post.life_answers:
        return f"unknown, gone by {post.life_answers} of {STRIKES}"
    return LIVES[post.life or "unknown"]


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
