"""WARC files as the archive knows them: which captures are in them, of which runs, and what manifests vouch for."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.records import Capture
from archiver.store.rows import columns_of, records_of, select_sql
from archiver.store.shown import withheld_posts

SEALED_COLUMNS = tuple(name for name in columns_of(Capture) if name != "run_id")
"""What of a capture a manifest vouches for: all but the number of its run, which another archive may have given."""

_CAPTURED_RUNS = """
    SELECT id, started_at, finished_at, version, (SELECT min(captures.id) FROM captures WHERE run_id = runs.id)
    FROM runs
    WHERE EXISTS (SELECT 1 FROM captures WHERE run_id = runs.id) ORDER BY id"""
_PERMALINK = "(SELECT permalink FROM posts WHERE posts.id = captures.post_id)"
_LATEST_CAPTURED = """
    WHERE outcome = 'captured' AND file IS NOT NULL
      AND post_id NOT IN (SELECT id FROM posts WHERE status IN ('redacted', 'withheld'))
      AND NOT EXISTS (SELECT 1 FROM captures later WHERE later.post_id = captures.post_id
        AND later.outcome = 'captured' AND later.file IS NOT NULL
        AND (later.fetched_at, captures.id) > (captures.fetched_at, later.id))
    ORDER BY post_id"""
_WITHHELD = "SELECT value FROM json_each(?1) UNION SELECT id FROM main.posts WHERE status = 'redacted'"
_SHOWN_OFFSETS = f"""
    SELECT byte_offset FROM main.captures WHERE file = ?2 AND byte_offset IS NOT NULL AND post_id NOT IN ({_WITHHELD})
      AND post_id NOT IN (SELECT marker_id FROM main.candidates WHERE chosen AND post_id IN ({_WITHHELD}))
"""  # noqa: S608  words of ours
_WITH_BODY = select_sql(
    Capture,
    "captures",
    "WHERE sha256 = ? AND file IS NOT NULL AND outcome NOT IN ('too-large', 'timeout', 'disconnected') "
    "ORDER BY fetched_at",
)


def load_captures_with_body(db: Database, sha256: str) -> Iterator[Capture]:
    """The captures whose answer had a body of this SHA-256, all of it, the earliest first."""
    return records_of(Capture, db.conn.execute(_WITH_BODY, (sha256,)))


@dataclass(frozen=True, kw_only=True, slots=True)
class CapturedRun:
    """A run that captured anything; `capture` is the first id among its captures, `finished_at` None where it was
    killed, stopped, or goes on."""

    id: int
    started_at: str
    finished_at: str | None
    version: str
    capture: str


def load_captured_runs(db: Database) -> list[CapturedRun]:
    """All runs that captured anything, the first one first."""
    return list(records_of(CapturedRun, db.conn.execute(_CAPTURED_RUNS)))


def load_files_of_run(db: Database, run_id: int) -> frozenset[str]:
    """The names of the WARC files that the captures of a run are in."""
    sql = "SELECT DISTINCT file FROM captures WHERE run_id = ? AND file IS NOT NULL"
    return frozenset(row[0] for row in db.conn.execute(sql, (run_id,)))


def is_of_ended_run(db: Database, file: str) -> bool:
    """Whether a WARC file has captures of a run that ended by itself."""
    sql = "SELECT 1 FROM captures JOIN runs ON runs.id = run_id WHERE file = ? AND finished_at IS NOT NULL LIMIT 1"
    return db.conn.execute(sql, (file,)).fetchone() is not None


def find_run(db: Database, capture: str) -> int | None:
    """The run that a capture is of; None where there is none of that id, or it is of no run."""
    row = db.conn.execute("SELECT run_id FROM captures WHERE id = ?", (capture,)).fetchone()
    return row[0] if row else None


def digest_captures(db: Database, run_id: int, columns: Sequence[str]) -> tuple[int, str]:
    """How many captures a run made, and the SHA-256 (hexadecimal) of these columns of them, in a canonical form.

    That is, ordered by id, a JSON array each (RFC 8785) with a line feed behind it. The columns must be such of the
    table: that they have other ones, too, in another version, changes nothing.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    digest, count = hashlib.sha256(), 0
    sql = f"SELECT {names} FROM captures WHERE run_id = ? ORDER BY id"  # noqa: S608  names of our schema
    for row in db.conn.execute(sql, (run_id,)):
        digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()


def load_captures_of_file(db: Database, file: str) -> Iterator[Capture]:
    """The captures whose evidence is in that file, in the order of its records."""
    rest = "WHERE file = ? ORDER BY byte_offset"
    return records_of(Capture, db.conn.execute(select_sql(Capture, "captures", rest), (file,)))


def load_captures_without_evidence(db: Database) -> Iterator[str]:
    """The ids of captures that tell of an answer, and not where it is."""
    sql = "SELECT id FROM captures WHERE status IS NOT NULL AND file IS NULL ORDER BY id"
    return (row[0] for row in db.conn.execute(sql))


def count_captures(db: Database) -> tuple[int, int]:
    """How many captures there are, and how many of them have evidence."""
    return db.conn.execute("SELECT count(*), count(file) FROM captures").fetchone()  # type: ignore[no-any-return]


def count_captures_by_file(db: Database) -> list[tuple[str, int]]:
    """The files that have evidence, with how many captures are in each, whether these are shown or not."""
    sql = "SELECT file, count(*) FROM main.captures WHERE file IS NOT NULL GROUP BY file ORDER BY file"
    return db.conn.execute(sql).fetchall()


def load_latest_captured(db: Database) -> Iterator[tuple[str | None, Capture]]:
    """Of each post but those that are redacted or withheld its permalink and the latest capture of it, by post."""
    sql = select_sql(Capture, "captures", _LATEST_CAPTURED).replace("SELECT", f"SELECT {_PERMALINK},", 1)
    for row in db.conn.execute(sql):
        yield row[0], next(records_of(Capture, [row[1:]]))


def shown_offsets(db: Database) -> Callable[[str], frozenset[int]] | None:
    """What gives, by the name of a WARC file, where the answers begin in it that may be shown: those about posts that
    are neither redacted nor withheld now, whatever they were known as before. None where no post is either."""
    withheld = json.dumps([id_ for id_, _ in withheld_posts(db)])
    if db.conn.execute(_WITHHELD, (withheld,)).fetchone() is None:
        return None

    def offsets(file: str) -> frozenset[int]:
        return frozenset(row[0] for row in db.conn.execute(_SHOWN_OFFSETS, (withheld, file)))

    return offsets
