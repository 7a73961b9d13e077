"""The archives among the databases of a Datasette: which they are, what is asked of them, and who may ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from archiver import store

T = TypeVar("T")

_known: "WeakKeyDictionary[Any, bool]" = WeakKeyDictionary()


async def is_archive(datasette: Any, database: str | None) -> bool:
    """Whether a database is an archive of this version; asked once of each."""
    if database is None or database not in datasette.databases:
        return False
    opened = datasette.databases[database]
    if opened not in _known:
        _known[opened] = await opened.execute_fn(lambda connection: store.archive_behind(connection) is not None)
    return _known[opened]


async def archives_of(datasette: Any) -> list[str]:
    """The names of all databases that are archives."""
    return [name for name in datasette.databases if await is_archive(datasette, name)]


class Unreadable(Exception):
    """An archive holds a value that Archiver does not write, such as a day of a thirteenth month."""


@contextmanager
def readable() -> Iterator[None]:
    """Turn what goes wrong with a value that Archiver does not write into Unreadable: a file may come from anybody."""
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("The archive holds a value here that Archiver does not write.") from error


async def ask(datasette: Any, database: str, question: Callable[[store.Database], T]) -> T | None:
    """What an archive answers, in Datasette's own thread for it; None where the database is none. Raises Unreadable."""

    def answer(connection: Any) -> T | None:
        archive = store.archive_behind(connection)
        with readable():
            return None if archive is None else question(archive)

    result: T | None = await datasette.databases[database].execute_fn(answer)
    return result


async def may_read(datasette: Any, request: Any, database: str, *tables: str) -> bool:
    """Whether whoever asks may see these tables; by the permissions of Datasette 1.0, or those before."""
    actor = request.actor if request else None
    if hasattr(datasette, "allowed"):
        from datasette.resources import TableResource

        for table in tables:
            resource = TableResource(database=database, table=table)
            if not await datasette.allowed(action="view-table", resource=resource, actor=actor):
                return False
        return True
    for table in tables:
        needed = [("view-table", (database, table)), ("view-database", database), "view-instance"]
        visible, _private = await datasette.check_visibility(actor, permissions=needed)
        if not visible:
            return False
    return True
