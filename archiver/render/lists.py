"""The lists of the site: of articles, posts, accounts, platforms, years, contradictions and problems."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from archiver.render.charts import Chart, by_year, stacked_chart
from archiver.render.drafts import Draft
from archiver.render.lines import (
    Line,
    Turn,
    author_line,
    called,
    flag_line,
    listed_article,
    listed_post,
    platform_label,
    turns,
)
from archiver.render.names import page_name
from archiver.render.overview import overview_page
from archiver.render.pages import page_of_platform
from archiver.render.search import search_choices, search_files
from archiver.render.words import MONTHS, count_words, percent, undated_words
from archiver.store import (
    Database,
    Kept,
    Known,
    count_archive,
    count_flags,
    count_kept,
    count_known,
    count_months,
    count_post_months,
    list_articles,
    list_posts,
    list_posts_of_platform,
    list_posts_of_year,
    load_authors,
    load_authors_by_id,
    load_flags,
    load_problems,
    rank_accounts,
)

MOST_RANKED = 12
"""Accounts on the page of a platform."""

Pages = Iterator[Draft | tuple[str, bytes]]


def article_pages(db: Database) -> Pages:
    """The index: all articles, newest first, with what the archive holds on its first page."""
    counts, kept = count_archive(db), count_kept(db)
    years = by_year((month, kept) for month, _, kept in count_months(db))
    first = {
        "counts": (
            (f"{counts.articles:,}", "article" if counts.articles == 1 else "articles"),
            (f"{counts.embeds:,}", "embed" if counts.embeds == 1 else "embeds"),
            (f"{counts.posts:,}", "post" if counts.posts == 1 else "posts"),
            (f"{counts.authors:,}", "accounts"),
            (f"{percent(kept.words, kept.total)} %" if kept.total else "–", "with their words"),
            (f"{count_flags(db):,}", "contradictions"),
            (f"{counts.problems:,}", "problem" if counts.problems == 1 else "problems"),
        ),
        "chart": _year_chart(years, "Embedded posts by year", (counts.embeds, "embed", "embeds")),
        "search": search_choices(db, "articles"),
    }
    lines = map(listed_article, list_articles(db))
    yield from _listing("articles", "The archive", "index.html", lines, counts.articles, first)


def post_list_pages(db: Database) -> Pages:
    """All posts, newest first."""
    total = count_archive(db).posts
    yield from _listing(
        "posts", "Posts", "posts.html", map(listed_post, list_posts(db)), total, {"search": search_choices(db, "posts")}
    )


def account_pages(db: Database) -> Pages:
    """All accounts."""
    yield from _listing(
        "authors", "Accounts", "accounts.html", map(author_line, load_authors(db)), count_archive(db).authors
    )


def _listing(
    section: str, title: str, file: str, lines: Iterator[Line], total: int, first: Mapping[str, Any] | None = None
) -> Iterator[Draft]:
    """The pages of a list; `first` is what its first page has besides."""
    for turn, some in turns(file, lines, total):
        extra = (first if turn.number == 1 else None) or {}
        values = {"title": title, "lines": some, "turn": turn, "counts": (), "chart": None, "search": None} | dict(
            extra
        )
        yield Draft(name=turn.name, template="listing.html", section=section, values=values)


def report_pages(db: Database) -> Pages:
    """All contradictions."""
    total = count_flags(db)
    for turn, lines in turns("report.html", map(flag_line, load_flags(db)), total):
        values = {"title": "Contradictions", "lines": lines, "turn": turn, "total": total}
        yield Draft(name=turn.name, template="report.html", section="report", values=values)


def problem_pages(db: Database) -> Iterator[Draft]:
    """The inputs that could not be read, or only in part."""
    problems = [(f"{one.folder}/{one.source}", one.kind, one.detail) for one in load_problems(db)]
    values = {"title": "Problems", "problems": problems}
    yield Draft(name="problems.html", template="problems.html", section="problems", values=values)


def platform_pages(db: Database) -> Pages:
    """The list of platforms, and of each: its posts, when they were made, and whose they are."""
    platforms = count_known(db)
    lines = [
        Line(href=page_of_platform(one.platform), name=platform_label(one.platform), note=_platform_note(one))
        for one in platforms
    ]
    turn = Turn(file="platforms.html", number=1, last=1)
    values = {"title": "Platforms", "lines": lines, "turn": turn, "counts": (), "chart": None, "search": None}
    yield Draft(name=turn.name, template="listing.html", section="platforms", values=values)
    for known in platforms:
        yield from _platform(db, known)


def _platform_note(known: Known) -> str:
    parts = [count_words(known.posts, "post", "posts"), count_words(known.embeds, "embed", "embeds")]
    if known.accounts:
        parts.append(count_words(known.accounts, "account", "accounts"))
    parts.append(f"words of {percent(known.text, known.posts)} % kept" if known.text else "no words kept")
    return " · ".join(parts)


def _platform(db: Database, known: Known) -> Iterator[Draft]:
    name, label = known.platform, platform_label(known.platform)
    ranked = rank_accounts(db, MOST_RANKED, name)
    authors = load_authors_by_id(db, (one.id for one in ranked))
    first = {
        "note": _platform_note(known),
        "chart": _year_chart(
            by_year(count_post_months(db, name).items()), f"Posts on {label} by year", (known.posts, "post", "posts")
        ),
        "accounts": [
            Line(
                href=f"../authors/{page_name(one.id)}",
                name=called(authors[one.id]),
                note=f"{count_words(one.embeds, 'embed', 'embeds')} in "
                f"{count_words(one.articles, 'article', 'articles')}",
            )
            for one in ranked
            if one.id in authors
        ],
    }
    lines = (listed_post(post, "../", platform=False) for post in list_posts_of_platform(db, name))
    for turn, some in turns(page_of_platform(name), lines, known.posts):
        extra = first if turn.number == 1 else {"note": "", "chart": None, "accounts": ()}
        values = {"title": label, "lines": some, "turn": turn, **extra}
        yield Draft(name=turn.name, template="platform.html", section="platforms", values=values)


def timeline_pages(db: Database) -> Pages:
    """The years in which posts were made, their months, and each year's posts."""
    months = count_post_months(db)
    years = by_year(months.items())
    present = [year for year, kept in years.items() if kept.total]
    firsts: dict[str, str] = {}
    for place, year in enumerate(present):
        beside = (present[place - 1] if place else None, present[place + 1] if place + 1 < len(present) else None)
        for draft in _year(db, year, years[year], beside):
            for month in draft.values["months"]:
                firsts.setdefault(month["key"], draft.name)
            yield draft
    values = {
        "title": "Timeline",
        "undated": count_kept(db).total - sum((kept.total for kept in months.values()), 0),
        "years": [
            {
                "year": year,
                "href": f"timeline/{year}.html",
                "kept": years[year],
                "most": max(kept.total for month, kept in months.items() if month.startswith(year)),
                "months": _months(months, year, firsts),
            }
            for year in reversed(present)
        ],
        "chart": _year_chart(years, "Posts by year"),
    }
    yield Draft(name="timeline.html", template="timeline.html", section="timeline", values=values)


def _months(months: Mapping[str, Kept], year: str, firsts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The twelve months of a year, and where the list of each begins."""
    found = []
    for number, name in MONTHS.items():
        key = f"{year}-{number:02}"
        href = f"{firsts[key]}#m{number:02}" if key in firsts else None
        found.append({"name": name[:3], "long": name, "kept": months.get(key, Kept()), "href": href})
    return found


def _year(db: Database, year: str, kept: Kept, beside: tuple[str | None, str | None]) -> Iterator[Draft]:
    posts = list_posts_of_year(db, year)
    for turn, some in turns(f"timeline/{year}.html", posts, kept.total):
        months = [
            {
                "key": month,
                "name": MONTHS[int(month[5:])] if len(month) > 4 else "At some time of the year",
                "lines": [listed_post(post, "../") for post in group],
            }
            for month, group in groupby(some, lambda post: (post.posted_at or "")[:7])
        ]
        values = {"title": year, "kept": kept, "months": months, "turn": turn, "before": beside[0], "after": beside[1]}
        yield Draft(name=turn.name, template="year.html", section="timeline", values=values)


def _year_chart(counts: Mapping[str, Kept], title: str, all_: tuple[int, str, str] | None = None) -> Chart | None:
    """A column for each year; `all_` is how many there are with those of no known time, which it says are left out."""
    if len(counts) < 2:
        return None
    dated = sum(kept.total for kept in counts.values())
    note = undated_words(all_[0] - dated, *all_[1:]) if all_ else ""
    return stacked_chart("years", title, counts, unit="Year", note=note)


LISTS: tuple[Callable[[Database], Pages], ...] = (
    article_pages,
    post_list_pages,
    account_pages,
    platform_pages,
    timeline_pages,
    overview_page,
    report_pages,
    problem_pages,
    search_files,
)
"""All pages that are not about one record, and the files that are searched."""
