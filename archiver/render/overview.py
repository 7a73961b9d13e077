"""The overview: what the archive holds, as charts and as the tables that say the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archiver.identity.lives import STRIKES
from archiver.render.charts import Chart, by_year, month_range, stacked_chart, strips_chart
from archiver.render.curves import rot_chart
from archiver.render.drafts import Draft
from archiver.render.lines import Line, called, called_post, platform_label
from archiver.render.names import page_name
from archiver.render.pages import page_of_platform
from archiver.render.words import count_words, percent, undated_words
from archiver.store import (
    Database,
    Kept,
    Lives,
    Ranked,
    Rot,
    count_archive,
    count_known,
    count_lives,
    count_months,
    count_strikes,
    load_authors_by_id,
    load_posts_by_id,
    rank_accounts,
    rank_posts,
)

MOST_STRIPS, MOST_RANKED = 8, 15
LONGEST = 25 * 12
"""Months in the chart by month: beyond, their columns would be thinner than a line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """How many of a whole, for a bar and its number."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        """The share in whole percent."""
        return percent(self.part, self.whole)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rank:
    """A line of a ranking."""

    line: Line
    share: Share
    articles: int


def overview_page(db: Database) -> Iterator[Draft]:
    """The charts: embeds by year, by month and platform, what is known of the posts, what is embedded most."""
    months = list(count_months(db))
    known = count_known(db)
    embeds = count_archive(db).embeds
    values = {
        "title": "Overview",
        "years": _years_chart(months, embeds),
        "months": _months_chart(months, embeds),
        **_rot(count_lives(db)),
        "doubted": _doubted(count_strikes(db)),
        "known": [
            {
                "href": page_of_platform(one.platform),
                "label": platform_label(one.platform),
                "posts": one.posts,
                "shares": tuple(
                    Share(part=part, whole=one.posts) for part in (one.native_id, one.text, one.author, one.exact_time)
                ),
            }
            for one in known
        ],
        "accounts": _ranked_accounts(db),
        "posts": _ranked_posts(db),
    }
    yield Draft(name="overview.html", template="overview.html", section="overview", values=values)


def _rot(counts: Sequence[Rot]) -> dict[str, object]:
    """The charts and the table on what still stands at the platforms, where anything is known of that."""
    platforms: dict[str, Lives] = defaultdict(Lives)
    ages: dict[int, Lives] = defaultdict(Lives)
    years: dict[str, Lives] = defaultdict(Lives)
    for one in counts:
        platforms[one.platform] += one.lives
        if one.age is not None:
            ages[one.age] += one.lives
        if one.year:
            years[one.year] += one.lives
    by_age = {str(age) if age else "< 1": ages[age] for age in sorted(ages)}
    charts = [
        rot_chart("rot-ages", "Share alive by age of the post when it was checked", by_age, unit="Age in years"),
        rot_chart("rot-years", "Share alive by year of the post", dict(sorted(years.items())), unit="Year"),
    ]
    most = sorted(platforms, key=lambda name: (-platforms[name].known, name))
    return {
        "rot": [chart for chart in charts if chart.rows],
        "standing": [
            {
                "href": page_of_platform(name),
                "label": platform_label(name),
                "lives": platforms[name],
                "alive": Share(part=platforms[name].alive, whole=platforms[name].known)
                if platforms[name].known
                else None,
            }
            for name in most
        ],
    }


def _doubted(counts: Mapping[int, int]) -> str:
    """A sentence on the posts that too few answers call gone yet, by how many; empty where there are none."""
    told = (f"{count_words(count, 'post', 'posts')} by {strikes} of {STRIKES}" for strikes, count in counts.items())
    return f"Not known, but gone by the first answers: {', '.join(told)}." if counts else ""


def _years_chart(counts: list[tuple[str, str, Kept]], embeds: int) -> Chart | None:
    """The embeds whose year is known, of so many in all."""
    years = by_year((month, kept) for month, _, kept in counts)
    note = undated_words(embeds - sum(kept.total for kept in years.values()), "embed", "embeds")
    return stacked_chart("years", "Embedded posts by year", years, unit="Year", note=note) if years else None


def _months_chart(counts: list[tuple[str, str, Kept]], embeds: int) -> Chart | None:
    """The embeds whose month is known, a strip for each of the platforms with most, and one for the others."""
    dated = [(month, platform, kept) for month, platform, kept in counts if len(month) == 7]
    if not dated:
        return None
    months = month_range(dated[0][0], dated[-1][0])[-LONGEST:]
    totals: dict[str, int] = {}
    for _, platform, kept in dated:
        totals[platform] = totals.get(platform, 0) + kept.total
    most = sorted(totals, key=lambda name: (-totals[name], name))
    shown = most if len(most) <= MOST_STRIPS else most[: MOST_STRIPS - 1]
    strips: dict[str, dict[str, Kept]] = {platform_label(name): {} for name in shown}
    for month, platform, kept in dated:
        strip = strips.setdefault(platform_label(platform) if platform in shown else "Others", {})
        strip[month] = strip.get(month, Kept()) + kept
    note = undated_words(embeds - sum(totals.values()), "embed", "embeds", "month")
    return strips_chart("months", "Embedded posts by month and platform", months, strips, note=note)


def _ranked_accounts(db: Database) -> list[Rank]:
    ranked = rank_accounts(db, MOST_RANKED)
    authors = load_authors_by_id(db, (one.id for one in ranked))
    return _ranks(
        ranked,
        {
            id_: Line(href=f"authors/{page_name(id_)}", name=called(author), note=platform_label(author.platform))
            for id_, author in authors.items()
        },
    )


def _ranked_posts(db: Database) -> list[Rank]:
    ranked = rank_posts(db, MOST_RANKED)
    posts = load_posts_by_id(db, (one.id for one in ranked))
    return _ranks(
        ranked,
        {
            id_: Line(
                href=f"posts/{page_name(id_)}",
                name=called_post(post.text, post.platform, None, post.permalink),
                note=platform_label(post.platform),
            )
            for id_, post in posts.items()
        },
    )


def _ranks(ranked: Sequence[Ranked], lines: Mapping[str, Line]) -> list[Rank]:
    """What is embedded most, each with its line; the first is the whole that the others are a share of."""
    return [
        Rank(line=lines[one.id], share=Share(part=one.embeds, whole=ranked[0].embeds), articles=one.articles)
        for one in ranked
        if one.id in lines
    ]
