"""The command `archiver` that all others belong to: its help, its defaults, and how it ends."""

import errno
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from archiver import __version__
from archiver.cli.network import network_defaults
from archiver.cli.options import INTERRUPTED
from archiver.cli.policy import policy_in
from archiver.errors import ArchiverError, UsageError
from archiver.policy import Policy

CONFIGURATION = Path("archiver.toml")


UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the system says of standard output that takes no more: write(2)."""


class _Commands(click.Group):
    """Commands in the order a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            status = super().invoke(ctx)
            _flush()
        except BrokenPipeError:
            # Whoever reads our output has had enough (`| head`), which click would call a failure.
            _drop_output()
            return 0
        return status


def _flush() -> None:
    if sys.stdout is not None:  # as with `>&-`
        sys.stdout.flush()


def _drop_output() -> None:
    """Let what is still to be written go nowhere: Python would try again at exit, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="archiver")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Find the social-media embeds of articles, or what is left of them, and keep them readable offline.

    Start with a folder of articles (.txt, .md, .markdown, .html, .htm, .xhtml):

    \b
        archiver run FOLDER

    Then open site/index.html, or point Datasette at archive.db. Nothing is fetched from the network but by capture
    and recover.

    Every option is also an environment variable (--db is ARCHIVER_DB), and archiver.toml in the working directory
    sets defaults. Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs could not be read, 130
    interrupted (the next run goes on from there).
    """
    ctx.default_map, ctx.obj = _read_configuration(CONFIGURATION)


def main() -> None:
    """Run the command line, and turn what is raised into one sentence on stderr and an exit status."""
    status = _ended(_run)
    sys.exit(_ended(_flush) or status)


def _run() -> int:
    status = cli.main(standalone_mode=False)
    return status if isinstance(status, int) else 0


def _ended(work: Callable[[], int | None]) -> int:
    """The exit status in which the work ends."""
    try:
        return work() or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("archiver: interrupted; run the same command again to go on", err=True)
        return INTERRUPTED
    except ArchiverError as error:
        click.echo(f"archiver: {error}", err=True)
        return error.exit_code
    except OSError as error:
        if error.errno not in UNWRITABLE or error.filename is not None:
            raise
        _drop_output()
        click.echo(f"archiver: standard output cannot be written: {error.strerror}.", err=True)
        return 1


def _read_configuration(path: Path) -> tuple[dict[str, dict[str, Any]], Policy]:
    """The defaults that archiver.toml sets for each command, its options by name, with `_` or `-`; and its policy."""
    if not path.is_file():
        return {}, Policy()
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from error
    network, policy = network_defaults(path, settings.pop("network", {})), policy_in(path, settings.pop("policy", {}))
    names = {name.replace("-", "_"): value for name, value in settings.items()}
    defaults: dict[str, dict[str, Any]] = {"capture": network, "recover": dict(network)}
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
    return defaults, policy


def _check_setting(path: Path, name: str, value: Any, parameter: click.Option) -> None:
    """Raise UsageError unless a setting has the type that its option has."""
    is_number = isinstance(parameter.type, click.types.IntParamType)
    wanted: type = bool if parameter.is_flag else list if parameter.multiple else int if is_number else str
    parts: list[Any] = value if isinstance(value, list) else []
    if type(value) is not wanted or not all(isinstance(one, str) for one in parts):
        kinds = {bool: "true or false", int: "a whole number", str: "text in quotes", list: "a list of texts in quotes"}
        raise UsageError(f"{path}: {name} takes {kinds[wanted]}, not {value!r}")
