"""Commands that make the archive and its site: `run` and `render`."""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from archiver import __version__, store
from archiver.cli.options import (
    UNREADABLE_INPUTS,
    chosen_format,
    db_option,
    format_option,
    jobs_option,
    json_option,
    option,
    paths_argument,
    processors,
    quiet_option,
    site_option,
    verbose_option,
)
from archiver.cli.policy import chosen_policy, shown
from archiver.errors import UsageError
from archiver.orphans import search_articles
from archiver.platforms import BY_NAME
from archiver.readers import list_sources
from archiver.records import Source
from archiver.render.site import render_site
from archiver.run import Options, Summary, run, scan, summarise
from archiver.talk import Talk, say_backed_up


@click.command("run")
@paths_argument
@db_option
@site_option
@format_option
@jobs_option
@option("--sources/--no-sources", default=True, show_default=True, help="Keep the files themselves in the archive.")
@option("--prune", is_flag=True, help="Remove articles whose file is no longer there.")
@option("--reread", is_flag=True, help="Read unchanged files again.")
@option(
    "--orphans/--no-orphans",
    default=False,
    show_default=True,
    help="Look in all articles for words of known posts that stand there without attribution (no dry run does).",
)
@option("--dry-run", is_flag=True, help="Read and find, say what is there, write nothing.")
@json_option
@quiet_option
@verbose_option
def run_command(
    paths: tuple[Path, ...],
    db: Path,
    site: Path,
    form: str,
    jobs: int | None,
    sources: bool,
    prune: bool,
    reread: bool,
    orphans: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Read articles, find their embeds, keep them in the archive and render the site.

    Each PATH is a file or a folder. Run it again whenever something has changed: files that have not are left alone,
    a changed file replaces exactly its own rows, and one that has vanished is reported and kept until --prune.

    \b
        archiver run news/ blog/ --db archive.db --site site
    """
    if site.resolve() in {path.resolve() for path in paths}:
        raise UsageError(f"{site} holds the articles; give the site a folder of its own with --site")
    options = Options(
        jobs=jobs or processors(), form=chosen_format(form), keep_sources=sources, reread=reread, prune=prune
    )
    talk = Talk(quiet=quiet, verbose=verbose)
    if dry_run:
        summary = summarise(scan(paths, jobs=options.jobs, form=options.form), talk.outcome)
        _print_summary(summary, None, db, site, as_json=as_json, quiet=quiet)
        return UNREADABLE_INPUTS if summary.problems else 0
    with store.archive(db, create=True, backed_up=partial(say_backed_up, db)) as archive:
        run_id = store.start_run(archive, version=__version__, arguments=sys.argv[1:])
        with talk.progress("Reading", total=_count_sources(paths) if talk.is_shown else None):
            summary = run(archive, paths, run_id=run_id, options=options, report=talk.outcome)
        if orphans:
            with talk.progress("Searching", total=store.count_archive(archive).articles):
                searched = search_articles(archive, talk.advance)
            summary.orphans, summary.touched = searched.orphans, summary.touched | searched.touched
        store.finish_run(archive, run_id, summary.counts)
        progress = talk.progress("Rendering", total=len(summary.touched.articles))
        with progress, store.as_shown(archive, chosen_policy().action):
            rendered = render_site(archive, site, only=summary.touched, progress=talk.advance)
        counts = store.count_archive(archive)
    _print_summary(summary, counts, db, site, as_json=as_json, quiet=quiet)
    if verbose:
        click.echo(f"{rendered.written} files written, {rendered.removed} removed in {site}", err=True)
    return UNREADABLE_INPUTS if summary.problems else 0


@click.command("render")
@db_option
@site_option
@quiet_option
def render_command(db: Path, site: Path, quiet: bool) -> None:
    """Make the site again, from the archive alone; files that are already right are left alone."""
    talk = Talk(quiet=quiet)
    with shown(db) as archive, talk.progress("Rendering", total=store.count_archive(archive).articles):
        rendered = render_site(archive, site, progress=talk.advance)
    if not quiet:
        click.echo(f"{rendered.pages} pages, {rendered.written} files written, {rendered.removed} removed")
        click.echo(f"Open {site / 'index.html'}")


def counts_as_json(counts: store.Counts) -> dict[str, Any]:
    """How much the archive holds, for JSON."""
    forms = [{"platform": platform, "form": form, "embeds": count} for platform, form, count in counts.forms]
    return {**{noun: getattr(counts, noun) for noun in _NOUNS}, "forms": forms}


_NOUNS = ("articles", "embeds", "posts", "authors", "problems")


def _print_forms(forms: Mapping[tuple[str, str], int]) -> None:
    """A line for each platform and form, the commonest platform first."""
    platforms = Counter[str]()
    for (platform, _), count in forms.items():
        platforms[platform] += count
    click.echo(f"{'platform':14} {'form':12} {'embeds':>10}")
    for (platform, form), count in sorted(
        forms.items(), key=lambda item: (-platforms[item[0][0]], item[0][0], -item[1])
    ):
        click.echo(f"{BY_NAME[platform].label:14} {form:12} {count:>10,}")


def _print_summary(
    summary: Summary, counts: store.Counts | None, db: Path, site: Path, *, as_json: bool, quiet: bool
) -> None:
    if as_json:
        click.echo(json.dumps(_summary_as_json(summary, counts, db, site), ensure_ascii=False, indent=2))
    elif not quiet:
        _print_summary_table(summary, counts, db, site)


def _print_summary_table(summary: Summary, counts: store.Counts | None, db: Path, site: Path) -> None:
    changed = "found" if counts is None else "new or changed"
    click.echo(
        f"Read {_many(summary.seen, 'article')}: {summary.saved:,} {changed}, {summary.unchanged:,} unchanged, "
        f"{_many(len(summary.problems), 'problem')}."
    )
    if summary.vanished:
        what = "removed" if summary.forgotten else "kept until a run with --prune"
        click.echo(f"Of {_many(len(summary.vanished), 'stored article')} the file is no longer there: {what}.")
    if summary.orphans is not None:
        click.echo(f"Words of known posts stand without attribution in {_many(summary.orphans, 'place')}.")
    if summary.embeds:
        click.echo()
        _print_forms(summary.embeds)
    click.echo()
    if counts is None:
        click.echo("Nothing was written.")
        return
    click.echo(
        f"The archive holds {_many(counts.articles, 'article')}, {_many(counts.embeds, 'embed')}, "
        f"{_many(counts.posts, 'post')}, {_many(counts.authors, 'author')}, {_many(counts.problems, 'problem')}."
    )
    click.echo(f"Open   {site / 'index.html'}")
    click.echo(f"Query  {db}")


def _summary_as_json(summary: Summary, counts: store.Counts | None, db: Path, site: Path) -> dict[str, Any]:
    forms = [{"platform": p, "form": f, "embeds": count} for (p, f), count in sorted(summary.embeds.items())]
    return {
        **asdict(summary.counts),
        "orphans": summary.orphans,
        "forms": forms,
        "archive": None if counts is None else counts_as_json(counts),
        "db": None if counts is None else str(db),
        "site": None if counts is None else str(site / "index.html"),
    }


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _count_sources(paths: Sequence[Path]) -> int:
    return sum(isinstance(item, Source) for path in paths for item in list_sources(path, folder=""))
