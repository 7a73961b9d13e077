"""The command line: one command per arrow of the design."""

import json
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from archiver import __version__
from archiver.errors import ArchiverError, UsageError
from archiver.platforms import PLATFORMS
from archiver.records import Embed, Problem
from archiver.run import scan

F = TypeVar("F", bound=Callable[..., Any])

UNREADABLE_INPUTS = 3
"""The exit status of a run that is done, but could not read everything."""

INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""

CONFIGURATION = Path("archiver.toml")


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """A click option that is also the environment variable `ARCHIVER_…`."""
    variable = names[-1].split("/")[0].lstrip("-").replace("-", "_").upper()
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
json_option = option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


class _Commands(click.Group):
    """Commands in the order a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(self.commands)


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
    except BrokenPipeError:
        # Whoever reads our output has had enough (`| head`); Python would complain at exit about the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


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
            _say_problem(outcome)
            continue
        for problem in outcome.problems:
            status = UNREADABLE_INPUTS
            _say_problem(problem)
        for embed in outcome.embeds:
            click.echo(json.dumps(scan_line(outcome.article.source, embed), ensure_ascii=False))
    return status


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
    rows = [
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
    click.echo(f"{'platform':14} {'forms':48} {'languages':12} time from id")
    for row in rows:
        forms, languages = ", ".join(row["forms"]), ", ".join(row["languages"]) or "any"
        click.echo(f"{row['label']:14} {forms:48} {languages:12} {'yes' if row['time_from_id'] else 'no'}")


def _say_problem(problem: Problem) -> None:
    click.echo(f"archiver: {problem.detail}", err=True)


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
                defaults.setdefault(command_name, {})[parameter.name] = names[written]
                used.add(written)
    if unknown := sorted(names.keys() - used):
        raise UsageError(f"{path}: no command has an option called {', '.join(unknown)}")
    return defaults
