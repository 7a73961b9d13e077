"""The command that asks platforms what has become of posts: `check`."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from archiver import store
from archiver.cli.asking import ASKED, SOURCES, Way, ask_all, asking, asks, counted, print_paused, print_plan
from archiver.cli.options import db_option, option
from archiver.identity.lives import APART, STRIKES
from archiver.platforms import PLATFORMS
from archiver.records import Post
from archiver.render.lives import LIVES

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
@asks
def check_command(
    db: Path,
    platforms: tuple[str, ...],
    stale: timedelta,
    limit: int | None,
    way: Way,
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

    now = datetime.now(UTC)
    with asking(db, way) as archive:
        before, struck_before = _iso(now - stale), _iso(now - APART)
        due = store.load_due(archive, platforms or ASKED, SOURCES, before=before, struck_before=struck_before)
        plan = plan_capture(due, limit=limit)
        if not way.quiet:
            print_plan(archive, plan, {**NOT_ASKED, **_sourceless(NOT_ASKED)}, verbose=way.verbose)
        if way.dry_run or not plan.hosts:
            return
        (done,) = ask_all(archive, [("Checking", plan, ask_sources)], way)
        if not way.quiet:
            print_paused(done)
            asked = [post.id for some in plan.hosts.values() for post in some]
            _print_lives(store.load_posts_by_id(archive, asked).values(), done.left)


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
