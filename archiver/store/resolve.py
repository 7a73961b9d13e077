"""Resolving in the archive: the markers of every account that was touched, held against the posts that are known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from sqlite_utils import Database

from archiver.identity import Known, Marker, known_of, marker_of, resolve
from archiver.identity.windows import ahead_ms
from archiver.platforms import PLATFORMS
from archiver.records import Candidate, Embed
from archiver.store.database import query_ids
from archiver.store.rows import Row, columns_of, insert_sql, record_row, records_of, select_sql
from archiver.times import iso

CHUNK = 500
"""How many accounts are resolved at once."""

_SAVE = insert_sql("candidates", columns_of(Candidate), key="id")
_OF_MARKERS = select_sql(Candidate, "candidates", "JOIN wanted ON marker_id = wanted.id")
_TO_THE_MINUTE = [platform.name for platform in PLATFORMS if platform.id_time and platform.zone]
"""The platforms whose embeds print a clock, so that a post without an author can be told by its time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """What resolving changed: the posts that lost or gained embeds, and those that lost or gained a candidate."""

    posts: frozenset[str] = frozenset()
    candidates: frozenset[str] = frozenset()


def resolve_accounts(db: Database, observed: Iterable[str], authors: Iterable[str]) -> Moved:
    """Resolve again the markers of all accounts that these observed posts and authors bear on.

    The rows of `candidates` and the `post_id` of embeds become what follows from all embeds; the posts themselves are
    left to be derived. Must run inside a transaction.
    """
    touched = sorted(set(observed))
    accounts = set(authors) | _signed(db, touched) | _weighed(db, touched) | _near(db, touched)
    moved, changed = set[str](), _forget_unseen(db, touched)
    with_markers = _found(
        db,
        "SELECT DISTINCT author_id FROM embeds JOIN wanted ON author_id = wanted.id WHERE native_id IS NULL",
        accounts,
    )
    ordered = sorted(with_markers)
    for start in range(0, len(ordered), CHUNK):
        some = ordered[start : start + CHUNK]
        by_account = _markers(db, some)
        known = _known_by(db, some)
        for account in some:
            markers = by_account[account]
            posts = [*known.get(account, ()), *_unsigned(db, account.partition(":")[0], markers)]
            candidates = resolve([marker for marker, _ in markers], posts)
            changed |= _store(db, [marker.id for marker, _ in markers], candidates)
            moved |= _move(db, markers, candidates)
    return Moved(posts=frozenset(moved), candidates=frozenset(changed))


# Which accounts are concerned


def _signed(db: Database, observed: Sequence[str]) -> set[str]:
    """The authors of these posts now."""
    return _found(
        db,
        "SELECT DISTINCT author_id FROM embeds JOIN wanted ON observed_id = wanted.id WHERE author_id IS NOT NULL",
        observed,
    )


def _weighed(db: Database, observed: Sequence[str]) -> set[str]:
    """The accounts whose markers have one of these posts among their candidates."""
    return _found(
        db,
        "SELECT DISTINCT author_id FROM wanted JOIN candidates ON candidates.post_id = wanted.id "
        "JOIN embeds ON observed_id = marker_id WHERE author_id IS NOT NULL",
        observed,
    )


def _near(db: Database, observed: Sequence[str]) -> set[str]:
    """The accounts with a marker that prints the time of one of these posts, where nobody names the post's author."""
    rows = query_ids(
        db,
        "SELECT platform, decoded_at FROM wanted JOIN embeds ON observed_id = wanted.id WHERE decoded_at IS NOT NULL "
        "GROUP BY observed_id HAVING count(author_id) = 0",
        observed,
    )
    found: set[str] = set()
    for platform, decoded_at in rows:
        if platform not in _TO_THE_MINUTE:
            continue
        at = datetime.fromisoformat(decoded_at)
        first, last = iso(at, "minute"), iso(at + timedelta(milliseconds=ahead_ms(platform)[1]), "minute")
        days = [iso(at + timedelta(days=days), "day") for days in (-1, 0, 1)]
        found |= {
            author
            for (author,) in db.conn.execute(
                "SELECT author_id FROM embeds WHERE platform = ?1 AND native_id IS NULL AND author_id IS NOT NULL AND "
                "(posted_at BETWEEN ?2 AND ?3 || '~' OR (posted_at IN (?4, ?5, ?6) AND posted_at_options IS NOT NULL))",
                (platform, first[:-1], last[:-1], *days),
            )
        }
    return found


# What they are held against


def _markers(db: Database, accounts: Sequence[str]) -> dict[str, list[tuple[Marker, set[str]]]]:
    """The markers of each account, each with the posts that its embeds are taken to be of now."""
    found: dict[str, list[tuple[Marker, set[str]]]] = defaultdict(list)
    rest = (
        "JOIN wanted ON author_id = wanted.id WHERE native_id IS NULL AND observed_id IS NOT NULL "
        "ORDER BY observed_id, article_id, ordinal"
    )
    for embeds in _by_observed(db, rest, accounts):
        posts = {embed.post_id for embed in embeds if embed.post_id}
        found[embeds[0].author_id or ""].append((marker_of(embeds), posts))
    return found


def _known_by(db: Database, accounts: Sequence[str]) -> dict[str, list[Known]]:
    """The posts with an id of each account."""
    found: dict[str, list[Known]] = defaultdict(list)
    rest = (
        "WHERE observed_id IN (SELECT observed_id FROM embeds JOIN wanted ON author_id = wanted.id "
        "WHERE native_id IS NOT NULL) ORDER BY observed_id, article_id, ordinal"
    )
    wanted = set(accounts)
    for embeds in _by_observed(db, rest, accounts):
        for account in {embed.author_id for embed in embeds if embed.author_id} & wanted:
            found[account].append(known_of(embeds))
    return found


def _unsigned(db: Database, platform: str, markers: Sequence[tuple[Marker, set[str]]]) -> list[Known]:
    """The posts without an author that were posted when a marker says to the minute."""
    ids: set[str] = set()
    for window in {window for marker, _ in markers for window in marker.windows if not window.by_day}:
        bounds = (iso(datetime.fromtimestamp(ms / 1000, UTC), "millisecond")[:-1] for ms in (window.wide, window.end))
        rows = db.conn.execute(
            "SELECT observed_id FROM embeds WHERE platform = ? AND decoded_at >= ? AND decoded_at < ?",
            (platform, *bounds),
        )
        ids.update(row[0] for row in rows)
    rest = "JOIN wanted ON observed_id = wanted.id ORDER BY observed_id, article_id, ordinal"
    known = map(known_of, _by_observed(db, rest, sorted(ids)))
    return [post for post in known if not post.handles]


def _by_observed(db: Database, rest: str, ids: Sequence[str]) -> Iterator[list[Embed]]:
    embeds = records_of(Embed, query_ids(db, select_sql(Embed, "embeds", rest), ids))
    return (list(group) for _, group in groupby(embeds, lambda embed: embed.observed_id))


# What follows


def _store(db: Database, markers: Sequence[str], candidates: Sequence[Candidate]) -> set[str]:
    """Let the candidates of these markers be these; the posts that lost or gained one or are weighed otherwise."""
    old: dict[object, Row] = {row[0]: row for row in query_ids(db, _OF_MARKERS, markers)}
    new: dict[object, Row] = {row[0]: row for row in map(record_row, candidates)}
    if old == new:
        return set()
    gone = [row for id_, row in old.items() if id_ not in new]
    fresh = [row for id_, row in new.items() if old.get(id_) != row]
    db.conn.executemany("DELETE FROM candidates WHERE id = ?", ((row[0],) for row in gone))
    db.conn.executemany(_SAVE, fresh)
    return {str(row[index]) for row in (*gone, *fresh) for index in (1, 2)}


def _move(db: Database, markers: Sequence[tuple[Marker, set[str]]], candidates: Sequence[Candidate]) -> set[str]:
    """Let the embeds of each marker be of the post that was chosen for it, or of its own; the posts this concerns."""
    chosen = {candidate.marker_id: candidate.post_id for candidate in candidates if candidate.chosen}
    moved: set[str] = set()
    for marker, posts in markers:
        target = chosen.get(marker.id, marker.id)
        if posts != {target}:
            db.conn.execute("UPDATE embeds SET post_id = ? WHERE observed_id = ?", (target, marker.id))
            moved |= posts | {target}
    return moved


def _forget_unseen(db: Database, observed: Sequence[str]) -> set[str]:
    """Remove the candidates of markers that no embed is any more; the posts that lost one."""
    gone = query_ids(
        db,
        "SELECT candidates.id, marker_id, candidates.post_id FROM candidates JOIN wanted ON marker_id = wanted.id "
        "WHERE NOT EXISTS (SELECT 1 FROM embeds WHERE observed_id = marker_id)",
        observed,
    )
    db.conn.executemany("DELETE FROM candidates WHERE id = ?", ((row[0],) for row in gone))
    return {post for row in gone for post in row[1:]}


def _found(db: Database, sql: str, ids: Iterable[str]) -> set[str]:
    return {row[0] for row in query_ids(db, sql, ids)}
