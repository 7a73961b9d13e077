"""Accounts in the archive: their names are counted on and off with each batch, however many embeds an account has."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from archiver.identity import fold_author
from archiver.records import AccountName, Author
from archiver.store.captures import load_captures_of_authors
from archiver.store.database import query_ids
from archiver.store.rows import Row, columns_of, derived_row, insert_sql, records_of, select_sql

Names = Counter[tuple[str, str, str, str | None]]
"""How many embeds name an account so: its id, `name` or `handle`, the value, and the day of the article."""

_Key = tuple[str, str, str]

_OF_ARTICLES = """
SELECT author_id, handle, author_name, substr(published_at, 1, 10), count(*)
FROM articles JOIN embeds ON article_id = articles.id
WHERE articles.id IN wanted AND author_id IS NOT NULL GROUP BY 1, 2, 3, 4
"""


def names_of(db: Database, articles: Iterable[str]) -> Names:
    """Under which names the embeds of these articles have their authors."""
    names: Names = Counter()
    for author, handle, name, day, count in query_ids(db, _OF_ARTICLES, articles):
        for kind, value in (("handle", handle), ("name", name)):
            if value:
                names[author, kind, value, day] += count
    return names


def derive_accounts(db: Database, before: Names, after: Names, told: frozenset[str]) -> frozenset[str]:
    """Bring the names of accounts and the accounts up to date, whose embeds were named as `before` and are as `after`,
    or which are `told` of by captures of posts that are, or were, embedded.

    Returns the ids of the accounts whose own row has changed. Must run inside a transaction, when embeds and articles
    are written.
    """
    more, fewer = _days(after - before), _days(before - after)
    ids = {author for author, _, _ in (*more, *fewer)} | told
    stored = query_ids(db, select_sql(AccountName, "account_names", "WHERE author_id IN wanted"), ids)
    names: dict[_Key, AccountName] = {
        (name.author_id, name.kind, name.value): name for name in records_of(AccountName, stored)
    }
    fresh = {key: _counted_again(db, *key) for key in fewer}
    fresh |= {key: _added(names.get(key), key, days) for key, days in more.items() if key not in fewer}
    _write(db, "account_names", columns_of(AccountName), (derived_row(name) for name in fresh.values() if name.embeds))
    gone = [names.pop(key).id for key, name in fresh.items() if not name.embeds and key in names]
    db.conn.executemany("DELETE FROM account_names WHERE id = ?", ((id_,) for id_ in gone))
    names |= {key: name for key, name in fresh.items() if name.embeds}
    return _derive_authors(db, ids, names.values())


def _days(names: Names) -> Mapping[_Key, Counter[str | None]]:
    days: dict[_Key, Counter[str | None]] = defaultdict(Counter)
    for (author, kind, value, day), count in names.items():
        days[author, kind, value][day] += count
    return days


def _added(known: AccountName | None, key: _Key, days: Counter[str | None]) -> AccountName:
    """A name with more sights of it."""
    seen = [day for day in (*days, *((known.first_seen, known.last_seen) if known else ())) if day]
    return _name(*key, (known.embeds if known else 0) + days.total(), min(seen, default=None), max(seen, default=None))


def _counted_again(db: Database, author: str, kind: str, value: str) -> AccountName:
    """A name as all embeds have it that are left; 0 embeds where none is."""
    column = {"handle": "handle", "name": "author_name"}[kind]
    sql = (
        "SELECT count(*), min(substr(published_at, 1, 10)), max(substr(published_at, 1, 10)) "  # noqa: S608
        f"FROM embeds JOIN articles ON articles.id = article_id WHERE author_id = ? AND {column} = ?"
    )
    return _name(author, kind, value, *db.conn.execute(sql, (author, value)).fetchone())


def _name(
    author: str, kind: str, value: str, embeds: int, first_seen: str | None, last_seen: str | None
) -> AccountName:
    return AccountName(
        id=f"{author} {kind} {value}",
        author_id=author,
        kind="name" if kind == "name" else "handle",
        value=value,
        embeds=embeds,
        first_seen=first_seen,
        last_seen=last_seen,
    )


def _derive_authors(db: Database, ids: Iterable[str], names: Iterable[AccountName]) -> frozenset[str]:
    """Let these accounts be what all their names and captures say."""
    by_author: dict[str, list[AccountName]] = {id_: [] for id_ in ids}
    for name in names:
        by_author[name.author_id].append(name)
    stored = query_ids(db, select_sql(Author, "authors", "WHERE id IN wanted"), by_author)
    old: dict[object, Row] = {row[0]: row for row in stored}
    captures = load_captures_of_authors(db, by_author)
    new = {
        id_: derived_row(fold_author(id_, found, captures.get(id_, ())))
        for id_, found in by_author.items()
        if found or id_ in captures
    }
    gone = old.keys() - new.keys()
    fresh = [row for id_, row in new.items() if old.get(id_) != row]
    db.conn.executemany("DELETE FROM authors WHERE id = ?", ((id_,) for id_ in gone))
    _write(db, "authors", columns_of(Author), fresh)
    return frozenset(map(str, (*gone, *(row[0] for row in fresh))))


def _write(db: Database, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    db.conn.executemany(insert_sql(table, columns, key="id"), rows)
