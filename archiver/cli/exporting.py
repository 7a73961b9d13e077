"""Commands that take an archive to other programs and to other archives: `export` and `import`."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import click

from archiver import store
from archiver.cli.options import UNREADABLE_INPUTS, db_option, option, quiet_option
from archiver.cli.output import standard_output
from archiver.cli.policy import shown
from archiver.errors import ArchiverError, ReadError, UsageError
from archiver.exports import EXPORTS, Export
from archiver.imports import import_file
from archiver.talk import printable, say_problem
from archiver.writing import named_errors, new_folder, new_stream


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
@option("--force", is_flag=True, help="Write over a file that is there, or into a folder that is not empty.")
def export_command(db: Path, form: str, output: Path | None, table: str | None, force: bool) -> None:
    """Write the archive in a format of other programs, the same bytes for the same archive.

    jsonl and parquet hold all of it: `archiver import` makes the same archive of them again. What is redacted is in
    none of activitystreams, jsonld and index. The file or folder appears when it is complete; a pipe that is there is
    written to.

    \b
        archiver export | jq -r 'select(.table == "posts").permalink'
        archiver export --format parquet -o parquet/
        archiver export --format index -o index.csv
    """
    export = EXPORTS[form]
    if output is not None and _is_same(output, db):
        raise UsageError(f"{output} is the archive itself")
    if table is not None and table not in export.tables:
        known = ", ".join(export.tables) or f"{form} has none to choose from"
        raise UsageError(f"--table {table}: {known}")
    with shown(db) as archive, nullcontext() if export.fresh else store.frozen(archive):
        if table is None and export.folder:
            with _folder(export, output, force=force) as folder:
                export.folder(archive, folder)
            return
        with nullcontext(standard_output()) if output is None else new_stream(output, force=force) as out:
            if table is not None and export.table:
                export.table(archive, table, out)
            elif export.file:
                export.file(archive, out)


def _is_same(one: Path, other: Path) -> bool:
    """Whether both are one file; what may not even be looked at is none."""
    return os.path.exists(one) and os.path.exists(other) and one.samefile(other)  # noqa: PTH110 (they raise)


def _folder(export: Export, output: Path | None, *, force: bool) -> AbstractContextManager[Path]:
    if output is None:
        raise UsageError(f"--format {export.name} makes a folder: name it with --output" + _or_table(export))
    with named_errors(output):
        if export.fresh and output.is_dir() and any(output.iterdir()):
            raise ArchiverError(f"{output} is not empty and stays; a {export.name} export needs a folder of its own.")
    return new_folder(output, force=force)


def _or_table(export: Export) -> str:
    return ", or choose one table with --table" if export.tables else ""


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
    with _target(db) as archive:
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


@contextmanager
def _target(db: Path) -> Iterator[store.Database]:
    """The archive to import into; a new one does not stay where no import into it began."""
    is_new = not os.path.exists(db)  # noqa: PTH110 (as above)
    is_empty = False
    try:
        with store.archive(db, create=True) as archive:
            try:
                yield archive
            finally:
                is_empty = store.last_run(archive) == 0
    finally:
        if is_new and is_empty:
            db.unlink(missing_ok=True)


def _told(merged: store.Merged) -> str:
    articles = f"{merged.added:,} new, {merged.there:,} already here, {len(merged.problems):,} here otherwise"
    return f"articles: {articles}; lines of an index: {merged.indexed:,} new"
