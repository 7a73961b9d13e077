"""Runs: when the archive was written, by which version, how it was called and what came of it."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from archiver.errors import UsageError
from archiver.store.database import transaction
from archiver.store.rows import storable_name


@dataclass(frozen=True, kw_only=True, slots=True)
class RunCounts:
    """What became of the sources of a run: all `seen`, those `saved` and `unchanged`, those with `problems`; and of
    stored articles those whose file has `vanished` and those `forgotten` for it."""

    seen: int = 0
    saved: int = 0
    unchanged: int = 0
    vanished: int = 0
    forgotten: int = 0
    problems: int = 0


def start_run(db: Database, *, version: str, arguments: Sequence[str]) -> int:
    """The id of a new run that starts now; until `finish_run` it has no `finished_at`."""
    call = storable_name(json.dumps(arguments, ensure_ascii=False))
    with transaction(db):
        cursor = db.conn.execute(
            "INSERT INTO runs (started_at, version, arguments) VALUES (?, ?, ?) RETURNING id", (now(), version, call)
        )
        return int(cursor.fetchone()[0])


def finish_run(db: Database, run_id: int, counts: RunCounts) -> None:
    """Note that the run has ended now, and what came of it."""
    values = (counts.seen, counts.saved, counts.unchanged, counts.vanished, counts.forgotten, counts.problems)
    with transaction(db):
        db.conn.execute(
            "UPDATE runs SET finished_at = ?, seen = ?, saved = ?, unchanged = ?, vanished = ?, forgotten = ?, "
            "problems = ? WHERE id = ?",
            (now(), *values, run_id),
        )


def unfinished_since(db: Database, arguments: Sequence[str]) -> int | None:
    """The first run that was called so since the last one that was and ended: what it began is to be gone on with.

    None where the last one ended, or none was called so.
    """
    call = storable_name(json.dumps(arguments, ensure_ascii=False))
    sql = """
        SELECT min(id) FROM runs WHERE arguments = ?1 AND id >
          (SELECT coalesce(max(id), 0) FROM runs WHERE arguments = ?1 AND finished_at IS NOT NULL)"""
    return db.conn.execute(sql, (call,)).fetchone()[0]  # type: ignore[no-any-return]


def start_import(db: Database, *, version: str, arguments: Sequence[str], file: str, form: str, after: int = 0) -> int:
    """The id of a new run that imports a file of that format, beyond `after`, so that the ids up to it stay free."""
    run_id = start_run(db, version=version, arguments=arguments)
    with transaction(db):
        db.conn.execute("UPDATE runs SET id = max(id, ? + 1) WHERE id = ?", (after, run_id))
        run_id = max(run_id, after + 1)
        db.conn.execute("INSERT INTO imports (id, file, format) VALUES (?, ?, ?)", (run_id, storable_name(file), form))
    return run_id


def forget_import(db: Database, run_id: int) -> None:
    """Remove an import that brought nothing, so that importing twice is importing once."""
    with transaction(db):
        db.conn.execute("DELETE FROM imports WHERE id = ?", (run_id,))
        db.conn.execute("DELETE FROM runs WHERE id = ?", (run_id,))


def now() -> str:
    """The time in UTC, to the second; the one that `SOURCE_DATE_EPOCH` says where that is set, so that what is made
    from the same files can be the same to the byte (https://reproducible-builds.org/specs/source-date-epoch/)."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = datetime.fromtimestamp(int(told), UTC) if told else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH is {told!r}, not a number of seconds since 1970.") from error
    return now.isoformat(timespec="seconds").replace("+00:00", "Z")
