"""Resolving in the archive: markers and posts that were touched, held against those that they may match."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from sqlite_utils import Database

from archiver.identity import Known, Marker, choose, is_claim, known_of, marker_of, weigh
from archiver.identity.windows import from_unix_ms, printed_days, printed_minutes
from archiver.records import Candidate, Precision
from archiver.store.database import query_ids, query_wanted, want
from archiver.store.rows import Row, columns_of, derived_row, insert_sql, read_options, records_of, select_sql
from archiver.times import iso

LAST = "\U0010ffff"
"""Sorts behind every character that an id has."""

_MARKER, _POST, _CHOSEN = (columns_of(Candidate).index(name) for name in ("marker_id", "post_id", "chosen"))
_SAVE = insert_sql("candidates", columns_of(Candidate), key="id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """What resolving changed: the posts that lost or gained embeds, and those that lost or gained a candidate."""

    posts: frozenset[str] = frozenset()
    candidates: frozenset[str] = frozenset()


class _Told(NamedTuple):
    """What resolution needs of an embed."""

    observed_id: str
    platform: str
    native_id: str | None
    handle: str | None
    posted_at: str | None
    precision: Precision | None
    posted_at_options: tuple[str, str] | None
    decoded_at: str | None
    text: str | None


def resolve_touched(db: Database, observed: Iterable[str]) -> Moved:
    """Resolve again what the embeds bear on that tell, or told, these posts.

    The rows of `candidates` and the `post_id` of embeds become what follows from all embeds; the posts themselves are
    left to be derived. A marker and a post are held against each other whenever either is touched, so that each pair
    is compared once and not with every batch. Must run inside a transaction.
    """
    touched = sorted(set(observed))
    markers, posts = _load(db, touched)
    weighed = {candidate.id: candidate for candidate in _weigh_markers(db, markers)}
    weighed |= {candidate.id: candidate for candidate in _weigh_posts(db, posts)}
    changed = _store(db, touched, weighed.values())
    chosen, flipped = _choose(db, touched, changed)
    return Moved(posts=frozenset(_move(db, chosen)), candidates=frozenset({*_ends(changed), *flipped}))


# What is held against what


def _load(db: Database, ids: Sequence[str]) -> tuple[list[Marker], list[Known]]:
    """Those of these observed posts that there are: the markers, and the posts with an id."""
    names = ", ".join(_Told._fields)
    sql = (
        f"SELECT {names} FROM embeds WHERE observed_id IN wanted UNION "  # noqa: S608  names of our schema
        "SELECT post_id, platform, native_id, handle, NULL, NULL, NULL, decoded_at, NULL FROM indexed "
        "WHERE post_id IN wanted UNION "
        "SELECT indexed.post_id, platform, native_id, captures.handle, NULL, NULL, NULL, decoded_at, captures.text "
        "FROM indexed JOIN captures ON captures.post_id = indexed.post_id "
        "WHERE indexed.post_id IN wanted AND outcome = 'captured' ORDER BY observed_id"
    )
    markers, posts = [], []
    for _, group in groupby(map(_told, query_ids(db, sql, ids)), lambda one: one.observed_id):
        told = list(group)
        if told[0].native_id:
            posts.append(known_of(told))
        else:
            markers.append(marker_of(told))
    return markers, posts


def _told(row: Sequence[str | None]) -> _Told:
    told = _Told(*row)  # type: ignore[arg-type]  # as the columns are
    options = told.posted_at_options
    return told._replace(posted_at_options=read_options(options)) if isinstance(options, str) else told


def _weigh_markers(db: Database, markers: Sequence[Marker]) -> Iterator[Candidate]:
    """All candidates of these markers."""
    ids = {marker.id: set(_posts_near(db, marker)) for marker in markers}
    _, posts = _load(db, sorted(set().union(*ids.values())))
    known = {post.id: post for post in posts}
    for marker in markers:
        yield from (found for id_ in ids[marker.id] if (found := weigh(marker, known[id_])))


def _weigh_posts(db: Database, posts: Sequence[Known]) -> Iterator[Candidate]:
    """All candidates that these posts are."""
    ids = {post.id: set(_markers_near(db, post)) for post in posts}
    markers, _ = _load(db, sorted(set().union(*ids.values())))
    by_id = {marker.id: marker for marker in markers}
    for post in posts:
        yield from (found for id_ in ids[post.id] if (found := weigh(by_id[id_], post)))


def _posts_near(db: Database, marker: Marker) -> Iterator[str]:
    """The posts with an id that may be a marker's: those of its times, and for its text those of its author."""
    platform = marker.id.partition(":")[0]
    account = f"{platform}:{marker.handle}"
    for window in marker.windows:
        column, value = ("author_id", account) if window.by_day else ("platform", platform)
        bounds = [iso(from_unix_ms(ms), "millisecond")[:-1] for ms in (window.wide, window.end)]
        sql = (
            f"SELECT observed_id FROM embeds WHERE {column} = ?1 AND decoded_at >= ?2 AND decoded_at < ?3 UNION ALL "  # noqa: S608
            "SELECT post_id FROM indexed WHERE author_id = ?4 AND decoded_at >= ?2 AND decoded_at < ?3"
        )
        yield from _column(db, sql, value, *bounds, account)
    if marker.texts:
        dated = "AND decoded_at IS NULL" if marker.windows else ""
        sql = f"SELECT observed_id FROM embeds WHERE author_id = ? {dated} AND native_id > ''"  # noqa: S608
        yield from _column(db, sql, account)


def _markers_near(db: Database, post: Known) -> Iterator[str]:
    """The markers that may be a post's: those of its authors that print its time, or none and have a text like its.

    Where nobody names an author, those of anybody that print its minute. The ids of markers begin with their author
    and what they print.
    """
    platform = post.id.partition(":")[0]
    days = printed_days(platform, post.at) if post.at is not None else ()
    for handle in post.handles:
        account = f"{platform}:@{handle}/"
        ranges = list(days)
        if post.texts:
            ranges.append(("undated", "undated") if post.at is not None else ("", ""))
        for first, last in ranges:
            sql = "SELECT observed_id FROM embeds WHERE observed_id BETWEEN ? AND ? AND native_id IS NULL"
            yield from _column(db, sql, account + first, account + last + LAST)
    if not post.handles and post.at is not None:
        for first, last in printed_minutes(platform, post.at):
            yield from _column(db, _PRINT_A_MINUTE, platform, first, f"{last}{LAST}", first[:10], last[:10])


_PRINT_A_MINUTE = """
SELECT observed_id FROM embeds WHERE platform = ?1 AND native_id IS NULL AND author_id IS NOT NULL AND
  posted_at BETWEEN ?2 AND ?3
UNION
SELECT observed_id FROM embeds, json_each(posted_at_options) WHERE platform = ?1 AND native_id IS NULL AND
  posted_at BETWEEN date(?4, '-1 day') AND date(?5, '+1 day') AND author_id IS NOT NULL AND value BETWEEN ?2 AND ?3
"""
"""Markers that print a clock time between two, in full or as one of two that a 12-hour clock leaves open."""


# What follows


def _store(db: Database, touched: Sequence[str], weighed: Iterable[Candidate]) -> list[Row]:
    """Let the candidates of touched markers, and those that touched posts are, be these; the rows that changed.

    Which are chosen is left as it was.
    """
    sql = select_sql(Candidate, "candidates", "WHERE {} IN wanted")
    want(db, touched)
    old: dict[object, Row] = {
        row[0]: row for column in ("marker_id", "post_id") for row in query_wanted(db, sql.format(column))
    }
    new: dict[object, Row] = {candidate.id: derived_row(candidate) for candidate in weighed}
    new |= {id_: (*new[id_][:_CHOSEN], old[id_][_CHOSEN], *new[id_][_CHOSEN + 1 :]) for id_ in new.keys() & old.keys()}
    gone = [row for id_, row in old.items() if id_ not in new]
    fresh = [row for id_, row in new.items() if old.get(id_) != row]
    db.conn.executemany("DELETE FROM candidates WHERE id = ?", ((row[0],) for row in gone))
    db.conn.executemany(_SAVE, fresh)
    return [*gone, *fresh]


def _choose(db: Database, touched: Iterable[str], changed: Sequence[Row]) -> tuple[dict[str, str | None], set[str]]:
    """Choose again for the touched markers and those whose candidates have changed.

    A claim (`is_claim`) is weighed against other markers, so those that share one are chosen for too. What comes back
    is the post of each of these markers, if it has one, and the ids of those for which that is new.
    """
    some = {*touched, *(str(row[_MARKER]) for row in changed)}
    some |= {claim.marker_id for claim in _claims(db, "post_id", {str(row[_POST]) for row in changed})}
    claimed = {claim.post_id for claim in _claims(db, "marker_id", some)}
    sharing = _ids(db, "SELECT marker_id FROM candidates WHERE post_id IN wanted", claimed)
    found = list(_candidates(db, "marker_id", some | sharing))
    flipped: set[str] = set()
    chosen: dict[str, str | None] = dict.fromkeys(some)
    for old, new in zip(found, choose(found), strict=True):
        if new.marker_id not in some:
            continue
        if new.chosen:
            chosen[new.marker_id] = new.post_id
        if new.chosen != bool(old.chosen):
            db.conn.execute("UPDATE candidates SET chosen = ? WHERE id = ?", (new.chosen, new.id))
            flipped |= {new.marker_id, new.post_id}
    return chosen, flipped


def _claims(db: Database, column: str, ids: Iterable[str]) -> Iterator[Candidate]:
    return filter(is_claim, _candidates(db, column, ids))


def _candidates(db: Database, column: str, ids: Iterable[str]) -> Iterator[Candidate]:
    return records_of(Candidate, query_ids(db, select_sql(Candidate, "candidates", f"WHERE {column} IN wanted"), ids))


def _move(db: Database, chosen: Mapping[str, str | None]) -> set[str]:
    """Let the embeds of each marker be of the post that was chosen for it, or of its own; the posts this concerns."""
    sql = "SELECT DISTINCT observed_id, post_id FROM embeds WHERE observed_id IN wanted AND native_id IS NULL"
    moved: set[str] = set()
    for marker, post in query_ids(db, sql, chosen):
        target = chosen[marker] or marker
        if post != target:
            db.conn.execute("UPDATE embeds SET post_id = ? WHERE observed_id = ?", (target, marker))
            moved |= {post, target}
    return moved


def _ends(rows: Iterable[Row]) -> set[str]:
    """The markers and the posts of candidates."""
    return {str(row[column]) for row in rows for column in (_MARKER, _POST)}


def _column(db: Database, sql: str, *values: object) -> Iterator[str]:
    return (row[0] for row in db.conn.execute(sql, values))


def _ids(db: Database, sql: str, ids: Iterable[str]) -> set[str]:
    return {row[0] for row in query_ids(db, sql, ids)}
