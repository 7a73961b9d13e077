"""Statistics: how much of what the archive holds, by platform, time and account, for charts and their tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlite_utils import Database

from archiver.records import Life
from archiver.store.listings import EMBED_STATE, POSTED_AT, shown
from archiver.store.rows import records_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """How many there are of something, and how many of these with their words, or with no more than who or when."""

    words: int = 0
    who: int = 0
    link: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.words + self.who + self.link

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(words=self.words + other.words, who=self.who + other.who, link=self.link + other.link)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Of the posts of a platform: how many there are, and of how many the archive knows what."""

    platform: str
    posts: int
    embeds: int
    accounts: int
    native_id: int
    text: int
    author: int
    exact_time: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Lives:
    """How many posts of some are alive (edited ones, too), hidden (private, behind a login wall, not to be embedded) or
    gone, and of how many that were asked for that is not known."""

    alive: int = 0
    hidden: int = 0
    gone: int = 0
    unknown: int = 0

    @property
    def known(self) -> int:
        """All of which it is known."""
        return self.alive + self.hidden + self.gone

    @property
    def share(self) -> float | None:
        """How many of those are alive, in percent to a tenth; None where nothing is known."""
        return round(100 * self.alive / self.known, 1) if self.known else None

    def __add__(self, other: "Lives") -> "Lives":
        return Lives(
            alive=self.alive + other.alive,
            hidden=self.hidden + other.hidden,
            gone=self.gone + other.gone,
            unknown=self.unknown + other.unknown,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Rot:
    """The lives of posts of one platform, year (None where it is not known) and age."""

    platform: str
    year: str | None
    age: int | None
    lives: Lives


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """An account or a post, and how often and in how many articles it is embedded."""

    id: str
    embeds: int
    articles: int


def count_months(db: Database) -> Iterator[tuple[str, str, Kept]]:
    """Embeds by month of their post (`2020-10`; only the year, `2020`, where no more is known) and platform, in order.

    Embeds of posts whose time is not known are left out.
    """
    rows = db.conn.execute(
        f"SELECT substr({shown('coalesce(posts.posted_at, embeds.posted_at)')}, 1, 7) AS month, embeds.platform, "  # noqa: S608
        f"{EMBED_STATE} AS state, count(*) FROM embeds LEFT JOIN posts ON posts.id = embeds.post_id "
        "WHERE month IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    return _merged(rows)


def count_post_months(db: Database, platform: str | None = None) -> dict[str, Kept]:
    """Posts by month (or year, where no more is known), all or those of a platform, in order."""
    rows = db.conn.execute(
        f"SELECT substr({POSTED_AT}, 1, 7), '', posts.state, count(*) FROM posts "  # noqa: S608
        f"WHERE {POSTED_AT} IS NOT NULL AND (?1 IS NULL OR platform = ?1) GROUP BY 1, 3 ORDER BY 1, 3",
        (platform,),
    )
    return {month: kept for month, _, kept in _merged(rows)}


def count_years(db: Database) -> list[tuple[str | None, Kept]]:
    """All posts by the year they were posted in, in order; those of no known year last."""
    rows = db.conn.execute(
        f"SELECT coalesce(substr({POSTED_AT}, 1, 4), '~') AS year, '', posts.state, count(*) FROM posts "  # noqa: S608
        "GROUP BY 1, 3 ORDER BY 1, 3"
    )
    return [(None if year == "~" else year, kept) for year, _, kept in _merged(rows)]


def count_languages(db: Database) -> list[tuple[str | None, int]]:
    """Articles by the language they declare, None for those that declare none; the most frequent first."""
    return db.conn.execute("SELECT language, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()


def count_flag_kinds(db: Database) -> list[tuple[str, int, int]]:
    """What the flags of posts that are not redacted are about: kind, how many, how many with a known harmless cause."""
    return db.conn.execute(
        "SELECT kind, count(*), count(cause) FROM flags JOIN posts ON posts.id = post_id "
        "WHERE posts.status IS NOT 'redacted' GROUP BY 1 ORDER BY 1"
    ).fetchall()


def count_kept(db: Database) -> Kept:
    """All posts."""
    rows = db.conn.execute("SELECT '', '', posts.state, count(*) FROM posts GROUP BY 3")
    return sum((kept for _, _, kept in _merged(rows)), Kept())


def count_known(db: Database) -> list[Known]:
    """What is known of the posts of each platform that has any, the platform with most embeds first."""
    exact = "('minute', 'second', 'millisecond')"
    rows = db.conn.execute(
        "SELECT platform, count(*), (SELECT count(*) FROM embeds WHERE embeds.platform = posts.platform) AS embeds, "  # noqa: S608
        "count(DISTINCT author_id), count(native_id), count(text), count(author_id), "
        f"sum(coalesce(precision IN {exact}, 0)) FROM posts GROUP BY 1 ORDER BY embeds DESC, 1"
    )
    return list(records_of(Known, rows))


def count_lives(db: Database) -> list[Rot]:
    """What has become of the posts that were asked for, by platform, year and age; redacted ones are left out.

    The age is that of a post when it was last checked, in whole years; None where one of the two days is not known.
    """
    rows = db.conn.execute(_LIVES).fetchall()
    return [
        Rot(
            platform=platform,
            year=year,
            age=age,
            lives=sum((Lives(**{_KINDS[life]: count}) for *_, life, count in some), Lives()),
        )
        for (platform, year, age), some in groupby(rows, lambda row: row[:3])
    ]


def count_strikes(db: Database) -> dict[int, int]:
    """How many posts are not known to be gone though so many answers in a row say so, by that number, in order."""
    return dict(
        db.conn.execute(
            "SELECT life_answers, count(*) FROM posts WHERE life = 'unknown' AND life_answers > 0 "
            "AND status IS NOT 'redacted' GROUP BY 1 ORDER BY 1"
        )
    )


_KINDS: dict[Life, str] = {
    "alive": "alive",
    "edited": "alive",
    "private": "hidden",
    "login-wall": "hidden",
    "embedding-off": "hidden",
    "deleted": "gone",
    "account-gone": "gone",
    "rate-limited": "unknown",
    "unknown": "unknown",
}
_LIVES = """
    SELECT platform, substr(posted_at, 1, 4), iif(length(posted_at) >= 10 AND checked_at IS NOT NULL,
      max(0, CAST((julianday(substr(checked_at, 1, 10)) - julianday(substr(posted_at, 1, 10))) / 365.25 AS INTEGER)),
      NULL), life, count(*)
    FROM posts WHERE life IS NOT NULL AND status IS NOT 'redacted' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"""


def rank_accounts(db: Database, count: int, platform: str | None = None) -> list[Ranked]:
    """The `count` accounts that are embedded most, of all platforms or one."""
    rows = db.conn.execute(
        "SELECT coalesce(posts.author_id, embeds.author_id) AS owner, count(*) AS embeds, "
        "count(DISTINCT article_id) FROM embeds LEFT JOIN posts ON posts.id = embeds.post_id "
        "WHERE owner IS NOT NULL AND (?2 IS NULL OR embeds.platform = ?2) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?1",
        (count, platform),
    )
    return list(records_of(Ranked, rows))


def rank_posts(db: Database, count: int) -> list[Ranked]:
    """The `count` posts that are embedded most, of those in more than one article that are not redacted."""
    rows = db.conn.execute(
        "SELECT post_id, count(*), count(DISTINCT article_id) AS articles FROM embeds JOIN posts ON posts.id = post_id "
        "WHERE posts.status IS NOT 'redacted' GROUP BY 1 HAVING articles > 1 ORDER BY 2 DESC, 1 LIMIT ?",
        (count,),
    )
    return list(records_of(Ranked, rows))


def _merged(rows: Iterator[tuple[str, str, str, int]]) -> Iterator[tuple[str, str, Kept]]:
    """Counts by two keys, from rows that have one for each state, in order."""
    counts: dict[tuple[str, str], Kept] = {}
    for first, second, state, count in rows:
        counts[first, second] = counts.get((first, second), Kept()) + Kept(**{state: count})
    return ((first, second, kept) for (first, second), kept in counts.items())
