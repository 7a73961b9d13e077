"""Output: records as lines of JSON or as CSV, in UTF-8 whatever the terminal's encoding, and tables for people."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from archiver.cli.options import option
from archiver.errors import ArchiverError, UsageError
from archiver.talk import printable, printable_text

WIDTH = 100
"""Columns of what people read, where the terminal has as many."""

csv_option = option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table.")


def check_one_form(*, as_json: bool, as_csv: bool) -> None:
    """Raise UsageError if both are asked for."""
    if as_json and as_csv:
        raise UsageError("give either --json or --csv")


def print_json(value: Any) -> None:
    """One JSON value, indented."""
    write_text(f"{json.dumps(value, ensure_ascii=False, indent=2)}\n")


def print_json_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """A JSON object a line."""
    for row in rows:
        write_text(f"{json.dumps(row, ensure_ascii=False)}\n")


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """CSV with a header, lines ended by `\\n`; None is empty, a list or an object is JSON."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
        write_text(line.getvalue())
        line.seek(0)
        line.truncate()
    write_text(line.getvalue())


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple | dict) else value


def write_text(text: str) -> None:
    """The text on standard output: as it is for another program, without what would steer a terminal on one."""
    out = standard_output()
    shown = printable_text(text) if out.isatty() else text
    out.write(shown.encode("utf-8", "replace"))
    out.flush()


def standard_output() -> BinaryIO:
    """Standard output for bytes. Raises ArchiverError where it is closed."""
    return sys.stdout.buffer


class ClosedOutput(io.TextIOBase):
    """Standard output where there is none (`>&-`), of which Python makes None, and click and rich nothing at all.

    Whatever is to be written raises ArchiverError; to write nothing is fine.
    """

    def write(self, _: str, /) -> int:
        raise ArchiverError("standard output is closed.")

    @property
    def buffer(self) -> BinaryIO:
        raise ArchiverError("standard output is closed.")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends quietly (`| head`); rich would call it a failure."""
        raise BrokenPipeError


def console() -> Console:
    """Standard output for people: as wide as the terminal but no wider than WIDTH, in colour where that is wanted."""
    shown = _Console(highlight=False, markup=False, emoji=False)
    if shown.width > WIDTH or not shown.is_terminal:
        shown.width = WIDTH
    return shown


def plain(value: str | None, style: str = "") -> Text:
    """The value on one line, without characters that would steer a terminal."""
    return Text(printable(" ".join((value or "").split())), style=style)


def print_indented(shown: Console, *lines: Text, indent: int = 2) -> None:
    """Lines, each wrapped, that begin so many columns from the left."""
    for line in lines:
        for part in line.wrap(shown, shown.width - indent):
            part.rstrip()
            shown.print(Text(" " * indent).append_text(part) if part else "", soft_wrap=True)


def table_of(columns: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> Table:
    """A table for people: numbers to the right, with separators of thousands."""
    shown = [list(row) for row in rows]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, column in enumerate(columns):
        is_number = all(isinstance(row[number], int) for row in shown)
        table.add_column(column, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    for row in shown:
        table.add_row(*(f"{cell:,}" if isinstance(cell, int) else plain(cell) for cell in row))
    return table
