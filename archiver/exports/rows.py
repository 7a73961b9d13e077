"""Rows on their way into an archive: values by column, and where in a file each was."""

import json
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
"""Values by column, as the database stores them."""


def read_options(text: str) -> list[str]:
    """The times in a value of `posted_at_options`; what somebody wrote there that is no list stands in one."""
    try:
        options = json.loads(text)
    except ValueError:
        options = None
    return options if isinstance(options, list) and all(isinstance(one, str) for one in options) else [text]


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """A row of a table; `where` is its place in the file for a person (`line 12`)."""

    table: str
    where: str
    row: Row
