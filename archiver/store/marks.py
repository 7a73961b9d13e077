"""Marks of runs: how a site knows that it shows the archive as the run before this one left it."""

from sqlite_utils import Database


def load_run_marks(db: Database) -> list[str]:
    """The id and start of the latest two runs, newest first; empty before the first run."""
    rows = db.conn.execute("SELECT id, started_at FROM runs ORDER BY id DESC LIMIT 2")
    return [f"{run_id} {started_at}" for run_id, started_at in rows]
