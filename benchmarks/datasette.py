"""`python -m benchmarks.datasette`: what a Datasette asks of an archive of 200,000 posts; exit 1 where a bar is missed.

Milliseconds of each canned query, and of each facet of a table, in SQLite: of the processor, which an answer has to
itself on a quiet machine, and of five times the best.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from archiver.browse.metadata import FACETS
from archiver.browse.queries import QUERIES
from benchmarks.__main__ import Row, row_line
from benchmarks.large import make_archive

POSTS, BAR = 200_000, 200
FACET = """
    select {column} as value, count(*) as count from (select * from {table}) where {column} is not null
    group by {column} order by count desc, value limit 31
"""
"""As Datasette asks it (datasette/facets.py, ColumnFacet)."""


def questions() -> Iterator[tuple[str, str, dict[str, str]]]:
    """What is asked: its name, its SQL, and the values of its parameters."""
    for name, query in QUERIES.items():
        yield name, query.sql, {"post_id": ""} if ":post_id" in query.sql else {}
    for table, columns in FACETS.items():
        for column in columns:
            yield f"facet {table}.{column}", FACET.format(table=table, column=column), {}


def answered(connection: sqlite3.Connection, name: str, sql: str, values: dict[str, str]) -> Row:
    """How long an answer takes."""
    rows = connection.execute(sql, values).fetchall()
    taken = min(_processor_seconds(lambda: connection.execute(sql, values).fetchall()) for _ in range(5)) * 1000
    return Row(what=name, figure=f"{taken:.0f} ms", beside=f"{len(rows):,} rows", bar=f"< {BAR} ms", met=taken < BAR)


def _processor_seconds(function: Callable[[], object]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start


def main() -> int:
    """Print a row for each question; 0 when all are answered in time, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.datasette", description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS)
    posts, missed = parser.parse_args().posts, 0
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as scratch:
        path = Path(scratch) / "archive.db"
        make_archive(path, posts)
        with closing(sqlite3.connect(path)) as connection:
            for question in questions():
                row = answered(connection, *question)
                print(row_line(row), flush=True)
                missed += not row.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
