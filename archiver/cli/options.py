"""Options that commands share, each also an environment variable, and the statuses in which a command ends."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

UNREADABLE_INPUTS = 3
"""The exit status of a run that is done, but could not read everything."""

INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """A click option that is also the environment variable `ARCHIVER_…`."""
    long = next(name for name in names if name.startswith("--"))
    variable = long.split("/")[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=f"ARCHIVER_{variable}", **settings)


class Day(click.ParamType[str]):
    """A year, month or day in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value, re.ASCII) or not _is_day(value):
            self.fail(f"{value!r} is no date such as 2020, 2020-10 or 2020-10-02", param, ctx)
        return str(value)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


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


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def chosen_format(choice: str) -> Any:
    """The format that `--format` names; None for `auto`."""
    return None if choice == "auto" else choice
