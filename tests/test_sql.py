"""The functions for SQL: in a plain connection, in sqlite-utils, and on whatever stands in a column."""

import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from sqlite_utils.plugins import ensure_plugins_loaded, pm

from archiver import sql
from archiver.platforms import PLATFORMS


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    """A connection with the functions."""
    with closing(sqlite3.connect(":memory:")) as opened:
        sql.register(opened)
        yield opened


def ask(connection: sqlite3.Connection, expression: str, *parameters: object) -> object:
    """The value of an expression."""
    return connection.execute(f"SELECT {expression}", parameters).fetchone()[0]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("post_time('CF1tGabcdef', 'instagram')", "2020-10-02T11:16:17.295Z"),
        ("post_time('1196847767764815872', 'twitter')", "2019-11-19T17:48:38.848Z"),
        ("post_time(1196847767764815872, 'twitter')", "2019-11-19T17:48:38.848Z"),
        ("post_time('7107337212743830830', 'tiktok')", "2022-06-09T20:18:17Z"),
        ("post_time('20', 'twitter')", None),  # given out in sequence
        ("post_time('dQw4w9WgXcQ', 'youtube')", None),  # holds no time
        ("post_time('CF1tGabcdef', 'friendster')", None),
        ("post_time(NULL, 'instagram')", None),
        ("post_time('CF1tGabcdef', NULL)", None),
        ("post_time(1.5, 'twitter')", None),
        ("post_time(x'00ff', 'twitter')", None),
        ("permalink('//m.youtube.com/watch?v=dQw4w9WgXcQ&t=5')", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("permalink('https://example.org/')", None),
        ("permalink(7)", None),
        ("platform('https://x.com/northpilots/status/20?s=20')", "twitter"),
        ("platform('http://[')", None),
        ("platform('')", None),
        ("platform(x'ff')", None),
    ],
)
def test_a_function_says_what_is_known(connection: sqlite3.Connection, expression: str, value: str | None) -> None:
    """What an id or an address tells, in SQL; NULL for whatever tells nothing."""
    assert ask(connection, expression) == value


@given(
    st.one_of(st.text(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.binary(), st.none()),
    st.sampled_from([platform.name for platform in PLATFORMS]) | st.text(max_size=5),
)
@settings(deadline=None)
def test_no_value_makes_a_query_fail(value: object, platform: str) -> None:
    """Whatever stands in a column, the answer is a text or NULL."""
    answers = (sql.post_time(value, platform), sql.permalink(value), sql.platform(value))
    assert all(answer is None or isinstance(answer, str) for answer in answers)


def test_an_index_may_use_them(connection: sqlite3.Connection) -> None:
    """They are deterministic: SQLite takes no other function into an index."""
    connection.execute("CREATE TABLE links (url TEXT)")
    connection.execute("CREATE INDEX links_platform ON links (platform(url))")
    plan = connection.execute("EXPLAIN QUERY PLAN SELECT * FROM links WHERE platform(url) = 'reddit'").fetchall()
    assert "links_platform" in plan[0][-1]


def test_sqlite_utils_has_them() -> None:
    """The module that the package's entry point names is a plugin of sqlite-utils."""
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    (module,) = project["entry-points"]["sqlite_utils"].values()
    plugin = import_module(module)
    ensure_plugins_loaded()
    registered = pm.is_registered(plugin) or pm.register(plugin)
    db = Database(memory=True)
    rows = list(db.query("SELECT platform('https://www.tiktok.com/@northpilots/video/7107337212743830830') AS name"))
    db.close()
    if registered is not True:
        pm.unregister(plugin)
    assert rows == [{"name": "tiktok"}]
