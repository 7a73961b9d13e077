"""Marks of runs: how a site knows that it shows the archive as a run left it."""

from sqlite_utils import Database


def load_run_marks(db: Database) -> list[str | None]:
    """The id, start and end of the latest two runs, newest first; empty before the first run.

    None for one that has not ended: while it runs the archive changes, and if it broke off nobody knows how far it got.
    """
    rows = db.conn.execute("SELECT id, started_at, finished_at FROM runs ORDER BY id DESC LIMIT 2")
    return [f"{run_id} {start} {end}" if end else None for run_id, start, end in rows]
