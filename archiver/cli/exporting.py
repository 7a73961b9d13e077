"""Commands that take an archive to other programs and to other archives: `export` and `import`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

import click

from archiver import store
from archiver.cli.options import UNREADABLE_INPUTS, db_option, option, quiet_option
from archiver.errors import ArchiverError, ReadError, UsageError
from archiver.exports import EXPORTS, Export
from archiver.imports import import_file
from archiver.talk import printable, say_problem


@click.command("export")
@db_option
@option(
    "--format",
    "form",
    type=click.Choice(list(EXPORTS)),
    default="jsonl",
    show_default=True,
    help="; ".join(f"{export.name}: {export.about}" for export in EXPORTS.values()) + ".",
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file or folder to write; standard output if not given, where that is possible.",
)
@option("--table", help="Only this table of csv or parquet, to a file.")
def export_command(db: Path, form: str, output: Path | None, table: str | None) -> None:
    """Write the archive in a format of other programs, the same bytes for the same archive.

    jsonl and parquet hold all of it: `archiver import` makes the same archive of them again. What is redacted is in
    none of activitystreams, jsonld and index.

    \b
        archiver export | jq -r 'select(.table == "posts").permalink'
        archiver export --format parquet -o parquet/
        archiver export --format index -o index.csv
    """
    export = EXPORTS[form]
    if output is not None and output.exists() and db.exists() and output.samefile(db):
        raise UsageError(f"{output} is the archive itself")
    if table is not None and table not in export.tables:
        known = ", ".join(export.tables) or f"{form} has none to choose from"
        raise UsageError(f"--table {table}: {known}")
    with store.reading(db) as archive, nullcontext() if export.fresh else store.frozen(archive):
        if table is None and export.folder:
            _write_folder(archive, export, output)
            return
        with _written(output) as out:
            if table is not None and export.table:
                export.table(archive, table, out)
            elif export.file:
                export.file(archive, out)


def _write_folder(archive: store.Database, export: Export, output: Path | None) -> None:
    if output is None:
        raise UsageError(f"--format {export.name} makes a folder: name it with --output" + _or_table(export))
    if export.fresh and output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise UsageError(f"{output} is there already; a {export.name} export needs a folder of its own")
    if not export.folder:
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
        export.folder(archive, output)
    except OSError as error:
        raise ArchiverError(f"{output} cannot be written: {error.strerror or error}.") from error


def _or_table(export: Export) -> str:
    return ", or choose one table with --table" if export.tables else ""


@contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """A file to write to, which is there whole or not at all; standard output if none is named."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    fresh = output.with_name(f".{output.name}.new")
    try:
        with fresh.open("wb") as out:
            yield out
        os.replace(fresh, output)  # noqa: PTH105
    except OSError as error:
        raise ArchiverError(f"{output} cannot be written: {error.strerror or error}.") from error
    finally:
        fresh.unlink(missing_ok=True)


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@db_option
@quiet_option
def import_command(files: tuple[Path, ...], db: Path, quiet: bool) -> int:
    """Take other archives, exports (jsonl, parquet, bagit) or indexes into the archive; twice is once.

    What a FILE is, is told from what it holds; it is looked through before anything of it is stored. An article that
    the archive has already stays as it is. Posts and accounts follow anew from all that is there then: remains without
    an id become the posts that an index names.

    \b
        archiver import colleague.db shared-index.csv --db archive.db
    """
    left_out = False
    store.check_pages(db)
    with store.archive(db, create=True) as archive:
        for file in files:
            try:
                merged = import_file(archive, file, arguments=sys.argv[1:])
            except ReadError as error:
                click.echo(f"archiver: {printable(str(error))}", err=True)
                left_out = True
                continue
            for problem in merged.problems:
                say_problem(problem)
            left_out |= bool(merged.problems)
            if not quiet:
                click.echo(printable(f"{file}: {_told(merged)}"))
    return UNREADABLE_INPUTS if left_out else 0


def _told(merged: store.Merged) -> str:
    articles = f"{merged.added:,} new, {merged.there:,} already here, {len(merged.problems):,} here otherwise"
    return f"articles: {articles}; lines of an index: {merged.indexed:,} new"
