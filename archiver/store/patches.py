"""Patches: what stood in plain texts where their cards stand now, kept so that it can be put back."""

import base64
import json

from sqlite_utils import Database

from archiver.records import Patch, Replaced
from archiver.store.database import transaction
from archiver.store.rows import columns_of, insert_sql, select_sql, storable_name

SAVE_PATCH = insert_sql("patches", columns_of(Patch), key="id")


def save_patch(db: Database, patch: Patch) -> None:
    """Keep what the patch replaced."""
    spans = [[one.start, one.end, base64.b64encode(one.original).decode()] for one in patch.replaced]
    with transaction(db):
        db.conn.execute(SAVE_PATCH, (patch.id, storable_name(patch.source), patch.original, json.dumps(spans)))


def load_patch(db: Database, sha256: str) -> Patch | None:
    """The patch that gave bytes of this SHA-256; None if it was made with another archive, or never."""
    if not db.table("patches").exists():  # an archive that was not written to since there are patches
        return None
    row = db.conn.execute(select_sql(Patch, "patches", "WHERE id = ?"), (sha256,)).fetchone()
    if row is None:
        return None
    id_, source, original, spans = row
    replaced = (Replaced(start=a, end=b, original=base64.b64decode(data)) for a, b, data in json.loads(spans))
    return Patch(id=id_, source=source, original=original, replaced=tuple(replaced))
