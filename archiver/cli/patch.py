"""Commands that put cards into other documents: `patch` and `card`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from archiver import store
from archiver.cli.lookup import find_post
from archiver.cli.options import (
    UNREADABLE_INPUTS,
    chosen_format,
    db_option,
    format_option,
    option,
    paths_argument,
    quiet_option,
)
from archiver.cli.output import write_text
from archiver.cli.policy import chosen_policy, shown
from archiver.difference import diff_texts
from archiver.errors import ArchiveError, ArchiverError, ReadError, UsageError
from archiver.patching import Change, Options, card_of, patch_source, plan_jobs, restore_source
from archiver.records import Patch, Problem
from archiver.render.output import OutputFolder
from archiver.render.pasted import pasted_card
from archiver.talk import Talk, printable, say_backed_up, say_problem


@click.command("patch")
@paths_argument
@option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the new versions; each keeps its path below the given one.",
)
@option("--in-place", is_flag=True, help="Write over the articles themselves.")
@option(
    "--card",
    type=click.Choice(["html", "markdown"]),
    default="html",
    show_default=True,
    help="How the cards of Markdown articles are written.",
)
@option(
    "--keep-loaders",
    is_flag=True,
    help="Leave in what else calls the platforms: scripts, buttons, tracking pixels.",
)
@option("--undo", is_flag=True, help="Put back what was patched.")
@option("--dry-run", is_flag=True, help="Say what would be done, write nothing.")
@option("--diff", is_flag=True, help="Print the changes as a unified diff.")
@option("--force", is_flag=True, help="Write over files that were changed since, or that Archiver did not write.")
@db_option
@format_option
@quiet_option
def patch_command(
    paths: tuple[Path, ...],
    output: Path | None,
    in_place: bool,
    card: str,
    keep_loaders: bool,
    undo: bool,
    dry_run: bool,
    diff: bool,
    force: bool,
    db: Path,
    form: str,
    quiet: bool,
) -> int:
    """Write each article again in its own format, with a static card in place of each embed.

    Everything else stays as it is, byte for byte, but for what else calls the platforms, which a page that is kept
    needs no longer: loader scripts, like buttons and boxes, tracking pixels. What the archive knows of a post goes onto
    its card; without an archive, the cards show what the article says. Undoing takes what was replaced from the
    comments around the cards; for plain text, from the archive.

    \b
        archiver patch news/ -o patched/
        archiver patch news/ --dry-run --diff | less
        archiver patch patched/ --undo -o restored/
    """
    if not (output or in_place or dry_run) or (output and in_place):
        raise UsageError("give either a folder with -o, or --in-place")
    options = Options(form=chosen_format(form), markdown=card == "markdown", keep_loaders=keep_loaders)
    jobs, problems = plan_jobs(paths, None if in_place else output)
    folder, talk, tally = OutputFolder(root=output, force=force), Talk(quiet=quiet), _Tally()
    folder.load()
    for problem in problems:
        say_problem(problem)
    with _open(db) as keeper, talk.progress("Patching", total=len(jobs)), _saved(folder):
        for job in jobs:
            talk.advance()
            try:
                change = (restore_source if undo else patch_source)(job, options, keeper.db)
            except ReadError as error:
                problems.append(Problem(folder=job.source.folder, source=job.source.name, kind="", detail=str(error)))
                say_problem(problems[-1])
                continue
            if diff:
                _print_diff(change)
            elif dry_run and (change.before != change.after or change.left) and not quiet:
                click.echo(f"{printable(job.source.name)}: {_counted(change.cards, change.loaders, change.left)}")
            tally.add(change, kept=dry_run or _keep(change, keeper, folder))
    if not quiet:
        click.echo(tally.sentence(undo=undo, dry_run=dry_run), err=diff)
    return 1 if tally.refused else UNREADABLE_INPUTS if problems else 0


@dataclass(kw_only=True)
class _Tally:
    """How many articles there were, how many of them changed and by what, and how many could not be written."""

    articles: int = 0
    changed: int = 0
    cards: int = 0
    loaders: int = 0
    left: int = 0
    refused: int = 0

    def add(self, change: Change, *, kept: bool) -> None:
        self.articles += 1
        if not kept:
            self.refused += 1
            return
        self.changed += change.before != change.after
        self.cards += change.cards
        self.loaders += change.loaders
        self.left += change.left

    def sentence(self, *, undo: bool, dry_run: bool) -> str:
        what = "restored" if undo else "patched"
        of = f"{self.changed:,} of {self.articles:,} {'article' if self.articles == 1 else 'articles'}"
        counted = _counted(self.cards, self.loaders, self.left)
        if dry_run:
            return f"{of} would be {what}: {counted}. Nothing was written."
        return f"{what.capitalize()} {of}: {counted}."


def _counted(cards: int, loaders: int, left: int) -> str:
    told = [f"{cards:,} {'card' if cards == 1 else 'cards'}"]
    if loaders:
        told.append(f"{loaders:,} {'loader' if loaders == 1 else 'loaders'}")
    if left:
        told.append(f"{left:,} {'embed' if left == 1 else 'embeds'} left in page state")
    return ", ".join(told)


def _keep(change: Change, keeper: "_Keeper", folder: OutputFolder) -> bool:
    """Write the new version, and keep before that what undoing it needs; whether it could be written."""
    if folder.root is None and change.before == change.after:
        return True
    try:
        if change.patch:
            keeper.save(change.patch)
        folder.write(change.job.target, change.after, like=change.job.source.path)
    except ArchiveError as error:
        message = f"{change.job.source.name} is not written, as what undoing it needs cannot be kept: {error}"
        click.echo(f"archiver: {printable(message)}", err=True)
        return False
    except ArchiverError as error:
        click.echo(f"archiver: {printable(str(error))}", err=True)
        return False
    return True


def _print_diff(change: Change) -> None:
    before, after = (data.decode(change.encoding, "replace") for data in (change.before, change.after))
    for line in diff_texts(before, after, change.job.source.name):
        write_text(line)


@contextmanager
def _saved(folder: OutputFolder) -> Iterator[None]:
    """Note what is in the folder at the end, however that comes."""
    try:
        yield
    finally:
        folder.save()


class _Keeper:
    """The archive, if there is one: read until there is something to keep, which makes one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.db = _read(path)
        self._writes = False

    def save(self, patch: Patch) -> None:
        """Keep what a patch replaced. Raises ArchiveError where that cannot be; what is there can still be read."""
        if not self._writes:
            self.close()
            try:
                say = partial(say_backed_up, self._path)
                self.db, self._writes = _withheld(store.open_archive(self._path, create=True, backed_up=say)), True
            except ArchiveError:
                self.db = _read(self._path)
                raise
        if self.db is not None:
            store.save_patch(self.db, patch)

    def close(self) -> None:
        """Close the file."""
        if self.db is not None:
            db, self.db = self.db, None
            store.show_all(db)  # its indexes are completed from all that it holds
            (store.close_archive if self._writes else store.Database.close)(db)


def _read(path: Path) -> store.Database | None:
    return _withheld(store.load_archive(path)) if path.exists() else None


def _withheld(archive: store.Database) -> store.Database:
    """The archive as it may be shown, but for what undoes patches: that is of the user's own texts."""
    store.withhold(archive, chosen_policy().action, but={"patches"})
    return archive


@contextmanager
def _open(path: Path) -> Iterator[_Keeper]:
    with store.sqlite_errors(path):
        keeper = _Keeper(path)
        try:
            yield keeper
        finally:
            keeper.close()


@click.command("card")
@click.argument("post")
@option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown", "text"]),
    default="html",
    show_default=True,
    help="What to paste it into.",
)
@db_option
def card_command(post: str, form: str, db: Path) -> None:
    """Print the card of one post, to paste it into a publishing system.

    POST is its id in the archive (also a provisional one) or on its platform, or any form of its address. The HTML
    brings its styles, and needs no script and nothing from elsewhere.

    \b
        archiver card https://www.instagram.com/p/CF1tGabcdef/ --format markdown
    """
    with shown(db) as archive:
        found = find_post(post, archive)
        if found is None:
            raise ArchiverError(f"{db} knows no post {printable(post)}")
        write_text(f"{pasted_card(card_of(found, archive), form)}\n")
