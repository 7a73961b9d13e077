"""`serve`: the archive in a browser, with Datasette."""

from importlib.util import find_spec
from pathlib import Path

import click

from archiver import store
from archiver.cli.options import db_option, option
from archiver.errors import ArchiverError


@click.command("serve")
@db_option
@option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="The port on this machine; 8001, or a free one, if not given.",
)
def serve_command(db: Path, port: int | None) -> None:
    """Serve the archive to a browser on this machine: search, facets, questions, SQL, and articles with their cards.

    This is Datasette with what Archiver knows; it comes with the extra embed-archiver[browse]. Its address is printed
    as soon as it answers, to this machine alone, and Ctrl-C ends it. Nothing is written and nothing is fetched.
    """
    with store.reading(db):
        pass
    if find_spec("datasette") is None:
        raise ArchiverError("Serving needs Datasette: install embed-archiver[browse], or datasette beside it.")
    from archiver.browse.server import serve

    serve(db, port, _announce)


def _announce(address: str) -> None:
    click.echo(address)
    click.echo("archiver: Ctrl-C ends the server", err=True)
