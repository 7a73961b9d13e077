"""The table `[policy]` of archiver.toml: what of deleted posts is shown by every command that shows anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from archiver import store
from archiver.errors import UsageError
from archiver.policy import Policy, PolicyError, read_policy


def policy_in(path: Path, table: Any) -> Policy:
    """The policy that the table `[policy]` of archiver.toml states. Raises UsageError where it is wrong."""
    try:
        return read_policy(table)
    except PolicyError as error:
        raise UsageError(f"{path}: {error}") from error


def chosen_policy() -> Policy:
    """The policy that the commands of this run follow."""
    chosen = click.get_current_context().find_root().obj
    return chosen if isinstance(chosen, Policy) else Policy()


@contextmanager
def shown(db: Path) -> Iterator[store.Database]:
    """The archive, open for reading while the block runs, as redactions and the policy let it be shown.

    Raises ArchiveError as `store.reading` does.
    """
    with store.reading(db) as archive:
        store.withhold(archive, chosen_policy().action)
        yield archive
