"""`publish`: a snapshot of the archive, to host it or to give it away."""

from pathlib import Path

import click

from archiver import store
from archiver.cli.options import db_option, option, quiet_option
from archiver.cli.policy import shown


@click.command("publish")
@click.argument("file", type=click.Path(path_type=Path))
@option("--sources/--no-sources", default=True, show_default=True, help="Keep the files of the articles in it.")
@option("--evidence", is_flag=True, help="Copy the WARC files of captures to a folder beside it.")
@option("--force", is_flag=True, help="Write over a file that is there.")
@db_option
@quiet_option
def publish_command(file: Path, sources: bool, evidence: bool, force: bool, db: Path, quiet: bool) -> None:
    """Write a snapshot of the archive to FILE: compact, with its full-text index, and without a journal.

    It is fit for `datasette -i`, for a read-only folder or a USB stick, and can be made while the archive is in use.
    FILE appears when it is complete, or stays as it was. The same archive gives the same bytes with the same version of
    SQLite.

    All that the archive holds is in it: also where the folders were (table folders), and how Archiver was called
    (table runs), but not what is redacted or what [policy] in archiver.toml withholds. Pictures and videos above 5 MB
    are beside it, as they are beside the archive; so is the evidence of captures with --evidence. The articles' own
    files can be left out with --no-sources; their texts and pictures stay.

    \b
        archiver publish press.db
        datasette -i press.db
    """
    from archiver.evidence import copy_evidence, evidence_to_copy, list_evidence
    from archiver.warc import evidence_folder

    kept, copy = evidence_folder(db), evidence_folder(file)
    paths = (list_evidence(kept) if force else evidence_to_copy(kept, copy)) if evidence else []
    with shown(db) as archive:
        size = store.publish_archive(archive, file, sources=sources, force=force)
        copied = copy_evidence(paths, copy, store.shown_offsets(archive))
    if quiet:
        return
    click.echo(f"{file}: {size:,} bytes, of {db.stat().st_size:,} in {db}")
    if evidence:
        click.echo(f"{copy}: {copied:,} bytes of evidence")
    elif list_evidence(kept):
        click.echo(f"The evidence of captures stays in {kept}; --evidence copies it to {copy}.")
