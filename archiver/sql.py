"""Functions for SQL, in any SQLite connection: when a post was made, its address, its platform.

    SELECT platform(url), permalink(url), post_time(native_id, 'instagram') FROM links

sqlite-utils finds them by the entry point of this package and has them in every command; in Python, call `register`.
"""

from collections.abc import Callable
from typing import Any, Protocol

from pluggy import HookimplMarker

hookimpl = HookimplMarker("sqlite_utils")


class Connection(Protocol):
    """What is needed of a `sqlite3.Connection`."""

    def create_function(
        self, name: str, narg: int, func: Callable[..., str | None], /, *, deterministic: bool = False
    ) -> None:
        """Give SQL a function."""


@hookimpl
def prepare_connection(conn: Connection) -> None:
    """Give a connection of sqlite-utils the functions (https://sqlite-utils.datasette.io/en/stable/plugins.html)."""
    register(conn)


def register(connection: Connection) -> None:
    """Give a connection the functions; all are deterministic, so that an index may use them.

    Whatever stands in a column gives a text or NULL, but for text that is not UTF-8: Python's sqlite3 refuses that
    before it calls a function.
    """
    for function, arguments in ((post_time, 2), (permalink, 1), (platform, 1)):
        connection.create_function(function.__name__, arguments, function, deterministic=True)


# sqlite-utils loads its plugins for every command, and the platforms take a while: they are imported when needed.


def post_time(native_id: Any, platform: Any) -> str | None:
    """When a platform gave out the id of a post, as far as the id says: ISO 8601, UTC, as long as it is precise.

    `platform` is its name, as `archiver platforms --json` gives it; an id may be a number. NULL for ids that hold no
    time, and for anything that is no id.

    >>> post_time("CF1tGabcdef", "instagram"), post_time(1196847767764815872, "twitter"), post_time(20, "twitter")
    ('2020-10-02T11:16:17.295Z', '2019-11-19T17:48:38.848Z', None)
    """
    from archiver.platforms import BY_NAME

    known = BY_NAME.get(platform) if isinstance(platform, str) else None
    if known is None or known.id_time is None or not isinstance(native_id, str | int):
        return None
    moment = known.id_time(known.native_id(str(native_id).strip()))
    return moment.at if moment else None


def permalink(url: Any) -> str | None:
    """The canonical address of the post that an address names, in any of its forms; NULL if it names none.

    >>> permalink("https://mobile.twitter.com/northpilots/status/20?s=20")
    'https://twitter.com/northpilots/status/20'
    """
    from archiver.urls import resolve

    reference = resolve(url) if isinstance(url, str) else None
    return reference.permalink if reference else None


def platform(url: Any) -> str | None:
    """The name of the platform of the post that an address names; NULL if it names none.

    >>> platform("instagr.am/p/CF1tGabcdef"), platform("https://www.instagram.com/nadia_orrin_light/")
    ('instagram', None)
    """
    from archiver.urls import resolve

    reference = resolve(url) if isinstance(url, str) else None
    return reference.platform if reference else None
