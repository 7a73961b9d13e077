"""The command line: one command per arrow of the design."""

import json
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from archiver import __version__, store
from archiver.errors import ArchiverError, UsageError
from archiver.find import Candidate, explain_embeds
from archiver.identity import identify
from archiver.platforms import BY_NAME, PLATFORMS
from archiver.readers import list_sources, read_article, read_source
from archiver.records import Embed, Problem, Source
from archiver.render.site import render_site
from archiver.run import Options, Summary, run, scan, summarise
from archiver.talk import Talk, printable, say_problem

F = TypeVar("F", bound=Callable[..., Any])

UNREADABLE_INPUTS = 3
"""The exit status of a run that is done, but could not read everything."""

INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""

CONFIGURATION = Path("archiver.toml")


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """A click option that is also the environment variable `ARCHIVER_…`."""
    long = next(name for name in names if name.startswith("--"))
    variable = long.split("/")[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=f"ARCHIVER_{variable}", **settings)


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
db_option = option(
    "--db",
    default="archive.db",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The archive: one SQLite file.",
)
site_option = option(
    "--site",
    default="site",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of pages to open in a browser.",
)
jobs_option = option(
    "-j", "--jobs", type=click.IntRange(1), default=None, help="Processes that read; one per processor if not given."
)
format_option = option(
    "--format",
    "form",
    type=click.Choice(["auto", "text", "markdown", "html"]),
    default="auto",
    show_default=True,
    help="What the files are; auto goes by their names.",
)
quiet_option = option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
verbose_option = option("-v", "--verbose", is_flag=True, help="Name each article as it is read.")
json_option = option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


class _Commands(click.Group):
    """Commands in the order a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever reads our output has had enough (`| head`), which click would call a failure; and Python would
            # complain at exit about the closed pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="archiver")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Find the social-media embeds of articles, or what is left of them, and keep them readable offline.

    Start with a folder of articles (.txt, .md, .markdown, .html, .htm, .xhtml):

    \b
        archiver run FOLDER

    Then open site/index.html, or point Datasette at archive.db. Nothing is fetched from the network.

    Every option is also an environment variable (--db is ARCHIVER_DB), and archiver.toml in the working directory
    sets defaults. Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs could not be read, 130
    interrupted (the next run goes on from there).
    """
    ctx.default_map = _read_configuration(CONFIGURATION)


def main() -> None:
    """Run the command line, and turn what is raised into one sentence on stderr and an exit status."""
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("archiver: interrupted; run the same command again to go on", err=True)
        sys.exit(INTERRUPTED)
    except ArchiverError as error:
        click.echo(f"archiver: {error}", err=True)
        sys.exit(error.exit_code)
    sys.exit(status if isinstance(status, int) else 0)


@cli.command("run")
@paths_argument
@db_option
@site_option
@format_option
@jobs_option
@option("--sources/--no-sources", default=True, show_default=True, help="Keep the files themselves in the archive.")
@option("--prune", is_flag=True, help="Remove articles whose file is no longer there.")
@option("--reread", is_flag=True, help="Read unchanged files again.")
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
    options = Options(jobs=jobs or _processors(), form=_form(form), keep_sources=sources, reread=reread, prune=prune)
    talk = Talk(quiet=quiet, verbose=verbose)
    if dry_run:
        summary = summarise(scan(paths, jobs=options.jobs, form=options.form), talk.outcome)
        _print_summary(summary, None, db, site, as_json=as_json, quiet=quiet)
        return UNREADABLE_INPUTS if summary.problems else 0
    with store.archive(db, create=True) as archive:
        run_id = store.start_run(archive, version=__version__, arguments=sys.argv[1:])
        with talk.progress("Reading", total=_count_sources(paths) if talk.is_shown else None):
            summary = run(archive, paths, run_id=run_id, options=options, report=talk.outcome)
        with talk.progress("Rendering", total=len(summary.touched.articles)):
            rendered = render_site(archive, site, only=summary.touched, progress=talk.advance)
        counts = store.count_archive(archive)
        store.finish_run(archive, run_id, summary.counts)
    _print_summary(summary, counts, db, site, as_json=as_json, quiet=quiet)
    if verbose:
        click.echo(f"{rendered.written} files written, {rendered.removed} removed in {site}", err=True)
    return UNREADABLE_INPUTS if summary.problems else 0


@cli.command("scan")
@paths_argument
@format_option
@jobs_option
def scan_command(paths: tuple[Path, ...], form: str, jobs: int | None) -> int:
    """Print every embed found in articles, one JSON object a line; write nothing.

    \b
        archiver scan news/ | jq -r .handle | sort | uniq -c
    """
    status = 0
    for outcome in scan(paths, jobs=jobs or _processors(), form=_form(form)):
        if isinstance(outcome, Problem):
            status = UNREADABLE_INPUTS
            say_problem(outcome)
            continue
        for problem in outcome.problems:
            status = UNREADABLE_INPUTS
            say_problem(problem)
        for embed in outcome.embeds:
            click.echo(json.dumps(scan_line(outcome.article.source, embed), ensure_ascii=False))
    return status


@cli.command("explain")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@format_option
@json_option
def explain_command(path: Path, form: str, as_json: bool) -> int:
    """Print each place in one article that looks like an embed, with the rule that took or refused it.

    The tool for a page whose embeds are not found, or that has too many: its output belongs into a report.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; explain takes one file")
    source = Source(folder=path.resolve().parent.name, name=path.name, path=path)
    article, problems = read_article(source, read_source(source), form=_form(form))
    for problem in problems:
        say_problem(problem)
    candidates = explain_embeds(article.content, article.format)
    if not candidates:
        click.echo(f"archiver: nothing in {printable(str(path))} looks like an embed", err=True)
    for candidate in candidates:
        if as_json:
            embeds = [] if candidate.embed is None else identify([candidate.embed], article.sha256)
            fields = next((scan_line(article.source, embed) for embed in embeds), None)
            line = {"line": candidate.line, "rule": candidate.rule, "text": candidate.text, "embed": fields}
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            _print_candidate(candidate)
    return UNREADABLE_INPUTS if problems else 0


def _print_candidate(candidate: Candidate) -> None:
    text = " ".join(candidate.text.split())
    shown = text if len(text) <= 100 else f"{text[:70]} … {text[-25:]}"
    click.echo(f"line {candidate.line}: {'taken' if candidate.embed else 'refused'}: {candidate.rule}")
    click.echo(f"    {printable(shown)}")
    if candidate.embed:
        fields = scan_line("", candidate.embed)
        for name in (*EXPLAINED, "text"):
            if fields[name] is not None:
                click.echo(f"    {name:18} {printable(' '.join(str(fields[name]).split())[:100])}")


EXPLAINED = ("platform", "form", "native_id", "permalink", "handle", "author_name", "posted_at", "posted_at_options")


def scan_line(article: str, embed: Embed) -> dict[str, Any]:
    """What `scan` prints of an embed (design §3.2): all keys always there, in this order."""
    return {
        "article": article,
        "ordinal": embed.ordinal,
        "platform": embed.platform,
        "form": embed.form,
        "start": embed.start,
        "end": embed.end,
        "marker": embed.marker,
        "native_id": embed.native_id,
        "permalink": embed.permalink,
        "handle": embed.handle,
        "author_name": embed.author_name,
        "posted_at": embed.posted_at,
        "precision": embed.precision,
        "posted_text": embed.posted_text,
        "posted_at_options": embed.posted_at_options,
        "text": embed.text,
        "language": embed.language,
        "post": embed.post_id,
    }


@cli.command("platforms")
@json_option
def platforms_command(as_json: bool) -> None:
    """Print which platforms are known, and what of each."""
    rows: list[dict[str, Any]] = [
        {
            "platform": platform.name,
            "label": platform.label,
            "forms": list(platform.forms),
            "languages": list(platform.languages),
            "time_from_id": platform.id_time is not None,
        }
        for platform in PLATFORMS
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    click.echo(f"{'platform':13} {'time from id':13} {'forms':48} languages of text")
    for row in rows:
        forms, languages = ", ".join(row["forms"]), ", ".join(row["languages"]) or "any" * ("text" in row["forms"])
        click.echo(f"{row['label']:13} {'yes' if row['time_from_id'] else 'no':13} {forms:48} {languages}".rstrip())


@cli.command("render")
@db_option
@site_option
@quiet_option
def render_command(db: Path, site: Path, quiet: bool) -> None:
    """Make the site again, from the archive alone; files that are already right are left alone."""
    talk = Talk(quiet=quiet)
    with store.reading(db) as archive, talk.progress("Rendering", total=store.count_archive(archive).articles):
        rendered = render_site(archive, site, progress=talk.advance)
    if not quiet:
        click.echo(f"{rendered.pages} pages, {rendered.written} files written, {rendered.removed} removed")
        click.echo(f"Open {site / 'index.html'}")


@cli.command("stats")
@db_option
@json_option
def stats_command(db: Path, as_json: bool) -> None:
    """Print what the archive holds."""
    with store.reading(db) as archive:
        counts = store.count_archive(archive)
    if as_json:
        click.echo(json.dumps(_counts_as_json(counts), indent=2))
        return
    for noun in ("articles", "embeds", "posts", "authors", "problems"):
        click.echo(f"{noun:10} {getattr(counts, noun):>10,}")
    if counts.forms:
        click.echo()
        _print_forms({(platform, form): count for platform, form, count in counts.forms})


def _counts_as_json(counts: store.Counts) -> dict[str, Any]:
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
        "forms": forms,
        "archive": None if counts is None else _counts_as_json(counts),
        "db": None if counts is None else str(db),
        "site": None if counts is None else str(site / "index.html"),
    }


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _count_sources(paths: Sequence[Path]) -> int:
    return sum(isinstance(item, Source) for path in paths for item in list_sources(path, folder=""))


def _check_setting(path: Path, name: str, value: Any, parameter: click.Option) -> None:
    """Raise UsageError unless a setting has the type that its option has."""
    wanted: type = bool if parameter.is_flag else int if isinstance(parameter.type, click.types.IntParamType) else str
    if type(value) is not wanted:
        kinds = {bool: "true or false", int: "a whole number", str: "text in quotes"}
        raise UsageError(f"{path}: {name} takes {kinds[wanted]}, not {value!r}")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _form(choice: str) -> Any:
    return None if choice == "auto" else choice


def _read_configuration(path: Path) -> dict[str, dict[str, Any]]:
    """The defaults that archiver.toml sets for each command: its options by name, with `_` or `-`."""
    if not path.is_file():
        return {}
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from error
    names = {name.replace("-", "_"): value for name, value in settings.items()}
    defaults: dict[str, dict[str, Any]] = {}
    used: set[str] = set()
    for command_name, command in cli.commands.items():
        for parameter in command.params:
            written = parameter.opts[-1].lstrip("-").split("/")[0].replace("-", "_")
            if isinstance(parameter, click.Option) and written in names and parameter.name:
                _check_setting(path, written, names[written], parameter)
                defaults.setdefault(command_name, {})[parameter.name] = names[written]
                used.add(written)
    if unknown := sorted(names.keys() - used):
        raise UsageError(f"{path}: no command has an option called {', '.join(unknown)}")
    return defaults
