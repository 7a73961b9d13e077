"""Records as rows and rows as records."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Protocol, TypeVar, get_args

from archiver.errors import ForeignValueError
from archiver.records import Article, Embed, Life, Origin, Problem

SURROGATE = re.compile("[\ud800-\udfff]")
"""Code points that are no characters and cannot be written in UTF-8, the encoding of the database."""

Value = str | int | float | bytes | None
Row = tuple[Value, ...]


class Record(Protocol):
    """Any of the frozen records."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredArticle:
    """An article as the archive has it: its readable `text` and, for HTML, the safe `body`, not its bytes.

    `size` counts the bytes of the source, `reader` is the version of the program that read it last, `run_id` the run
    that first read these bytes, None where an earlier version did.
    """

    id: str
    folder: str
    source: str
    title: str | None
    published_at: str | None
    byline: str | None
    language: str | None
    url: str | None
    format: str
    encoding: str
    size: int
    sha256: str
    reader: str
    run_id: int | None
    text: str | None
    body: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleEntry:
    """A line of an index: an article without its text, with the number of its embeds."""

    id: str
    folder: str
    source: str
    title: str | None
    published_at: str | None
    byline: str | None
    language: str | None
    format: str
    embeds: int


@cache
def columns_of(kind: type[Record]) -> tuple[str, ...]:
    """The field names of a record, which are its columns."""
    return tuple(field.name for field in fields(kind))


@cache
def _values_of(kind: type[Record]) -> Callable[[Record], tuple[Any, ...]]:
    return attrgetter(*columns_of(kind))


@cache
def _tuples_of(kind: type[Record]) -> tuple[int, ...]:
    """The places of the columns that are tuples in the record, and JSON in the row."""
    return tuple(place for place, field in enumerate(fields(kind)) if "tuple[" in str(field.type))


def storable(value: Any) -> Value:
    """The value as it can be stored: a lone surrogate becomes U+FFFD (so offsets hold), a tuple becomes JSON.

    >>> storable("a\\ud83d"), storable(("2016-05-04T07:09Z", "2016-05-04T19:09Z")), storable(None)
    ('a\ufffd', '["2016-05-04T07:09Z", "2016-05-04T19:09Z"]', None)
    """
    if isinstance(value, str):
        return value if value.isascii() else SURROGATE.sub("\ufffd", value)
    if isinstance(value, tuple):
        return json.dumps(value)
    return value  # type: ignore[no-any-return]


def storable_name(name: str) -> str:
    r"""The name of a file as it can be stored: undecodable bytes are escaped, so that two names stay two.

    Python reads such bytes as lone surrogates (PEP 383).

    >>> print(storable_name("caf\udce9.txt"))
    caf\udce9.txt
    """
    return name.encode("utf-8", "backslashreplace").decode()


def record_row(record: Record) -> Row:
    """The values of all fields in order."""
    return tuple(map(storable, _values_of(type(record))(record)))


def derived_row(record: Record) -> Row:
    """The same of a record that was derived from stored ones, of which every text can be stored."""
    values: Row = _values_of(type(record))(record)
    for place in _tuples_of(type(record)):
        if values[place] is not None:
            values = (*values[:place], json.dumps(values[place]), *values[place + 1 :])
    return values


def article_id(article: Article) -> str:
    """The id of the article as it is stored."""
    return storable_name(article.id)


def article_row(article: Article, reader: str, run_id: int, text: str | None, body: str | None) -> Row:
    """A row of `articles`, in the order of StoredArticle."""
    names = (article_id(article), storable_name(article.folder), storable_name(article.source))
    told = (article.title, article.published_at, article.byline, article.language, article.url)
    form = (article.format, article.encoding, len(article.data), article.sha256, reader, run_id)
    return (*names, *map(storable, (*told, *form, text, body)))


def embed_row(article: str, embed: Embed) -> Row:
    """A row of `embeds`: id, article_id, then the fields of Embed."""
    return (f"{article}#{embed.ordinal}", article, *record_row(embed))


def problem_id(problem: Problem) -> str:
    """The id of a problem: one source has one problem of a kind."""
    return storable_name(f"{problem.folder}/{problem.source}#{problem.kind}")


def records_of(kind: type[R], rows: Iterable[Sequence[Any]]) -> Iterator[R]:
    """Records from rows that have the record's columns in order. Raises ForeignValueError for what no record can be."""
    names = columns_of(kind)
    options = names.index("posted_at_options") if "posted_at_options" in names else None
    choices = _choices_of(kind)
    for row in rows:
        for place, known in choices:
            if row[place] not in known:
                raise _foreign(kind.__name__, names[place], row[place])
        values = dict(zip(names, row, strict=True))
        if options is not None and row[options] is not None:
            values["posted_at_options"] = read_options(row[options], kind.__name__)
        yield kind(**values)


def read_options(text: str, kind: str = "Embed") -> tuple[str, str]:
    """The two minutes in a value of `posted_at_options`; raises ForeignValueError if it is none."""
    try:
        first, second = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise _foreign(kind, "posted_at_options", text) from error
    if not (isinstance(first, str) and isinstance(second, str)):
        raise _foreign(kind, "posted_at_options", text)
    return first, second


def _foreign(kind: str, column: str, value: object) -> ForeignValueError:
    return ForeignValueError(f"{value!a:.60} in the column {column} of {_TABLES.get(kind, kind)}")


_TABLES = {"Embed": "embeds", "Post": "posts", "Author": "authors", "Flag": "flags", "Candidate": "candidates"}
_TABLES |= {"StoredArticle": "articles", "ArticleEntry": "articles", "ListedPost": "posts", "EmbedEntry": "embeds"}


_ORIGINS = frozenset((None, *get_args(Origin)))
_LIVES = frozenset((None, *get_args(Life)))


@cache
def _choices_of(kind: type[Record]) -> tuple[tuple[int, frozenset[object]], ...]:
    """The places of the columns that hold a word of a list, and that list: where a value comes from, which a page says
    of each, and what has become of a post."""
    names = columns_of(kind)
    origins = [(place, _ORIGINS) for place, name in enumerate(names) if name.endswith(("_source", "_origin"))]
    return (*origins, *((place, _LIVES) for place, name in enumerate(names) if name == "life"))


def insert_sql(table: str, columns: Sequence[str], *, key: str | None = None, **changes: str) -> str:
    """INSERT of one row; with a `key`, a row that has it is updated in place and keeps its rowid.

    `changes` are columns that are then updated to another expression than the new value.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    sql = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608  names of our schema
    if key is None:
        return sql
    updates = (f'"{column}" = {changes.get(column) or f"excluded.{column}"}' for column in columns if column != key)
    return f'{sql} ON CONFLICT ("{key}") DO UPDATE SET {", ".join(updates)}'


def select_sql(kind: type[Record], table: str, rest: str = "") -> str:
    """SELECT of the columns of a record from `table`, followed by `rest`."""
    names = ", ".join(f'"{table}"."{column}"' for column in columns_of(kind))
    return f'SELECT {names} FROM "{table}" {rest}'  # noqa: S608  names of our schema
