"""`serve`: the archive in a browser, with Datasette."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from archiver import store
from archiver.cli.options import db_option, option
from archiver.cli.policy import shown
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
    as soon as it answers, to this machine alone, and Ctrl-C ends it. Nothing is fetched. Where posts are redacted, or
    withheld by [policy] in archiver.toml, what is served is a snapshot without them.
    """
    if find_spec("datasette") is None:
        with store.reading(db):
            pass
        raise ArchiverError("Serving needs Datasette: install embed-archiver[browse], or datasette beside it.")
    from archiver.browse.server import serve

    with TemporaryDirectory(prefix="archiver-") as folder:
        serve(_what_is_shown(db, Path(folder)), port, _announce)


def _what_is_shown(db: Path, folder: Path) -> Path:
    """The archive, or in the folder a snapshot of it without what is withheld, if anything is."""
    with shown(db) as archive:
        if not (count := len(store.withheld_posts(archive))):
            return db
        snapshot = folder / db.name
        store.publish_archive(archive, snapshot, sources=True, force=False)
    what = f"{count:,} posts are" if count > 1 else "one post is"
    click.echo(f"archiver: {what} redacted or withheld: this is a snapshot without, as the archive is now", err=True)
    return snapshot


def _announce(address: str) -> None:
    click.echo(address)
    click.echo("archiver: Ctrl-C ends the server", err=True)
