"""`stats`: how much the archive holds, in tables."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from archiver import store
from archiver.cli.archive import counts_as_json
from archiver.cli.options import db_option, json_option, option
from archiver.cli.output import check_one_form, console, csv_option, print_csv, print_json, table_of
from archiver.cli.policy import shown
from archiver.platforms import BY_NAME
from archiver.render.words import KINDS

Rows = list[dict[str, Any]]

TITLES = {
    "platforms": "Posts by platform, and what is known of them",
    "years": "Posts by year, and what is kept of them",
    "accounts": "Accounts embedded most",
    "most_embedded": "Posts embedded in several articles",
    "flags": "What does not agree",
    "languages": "Languages that articles declare",
    "forms": "Embeds by platform and form",
}
"""The tables in the order in which they are printed."""

HEADINGS = {
    "native_id": "with id",
    "text": "with words",
    "author": "with author",
    "exact_time": "to the minute",
    "who": "who or when",
    "link": "link only",
    "harmless": "with harmless cause",
}

NAMES = {"platform", "form", "year", "language", "account", "post", "kind"}
"""The columns that say what is counted; all others are counts."""


@click.command("stats")
@db_option
@option("--top", type=click.IntRange(1), default=10, show_default=True, help="Accounts, and posts, to name.")
@json_option
@csv_option
def stats_command(db: Path, top: int, as_json: bool, as_csv: bool) -> None:
    """Print what the archive holds, and of how many posts it knows what.

    Posts are counted by platform and by year: those with their words, those of which only who or when is known, and
    those of which no more is left than the link. Then come the accounts and posts that are embedded most, what does not
    agree, languages, and the forms of embeds. Redacted posts count as known by their link.

    With --json it is an object with the counts and a list for each table. With --csv each row is one count: table, key,
    measure, count.

    \b
        archiver stats --csv | grep ^years
    """
    check_one_form(as_json=as_json, as_csv=as_csv)
    with shown(db) as archive:
        counts = counts_as_json(store.count_archive(archive))
        tables = {"forms": counts.pop("forms"), **_tables(archive, top)}
    if as_json:
        print_json({**counts, **tables})
    elif as_csv:
        print_csv(("table", "key", "measure", "count"), _tidy(counts, tables))
    else:
        for noun, count in counts.items():
            click.echo(f"{noun:10} {count:>10,}")
        for name, title in TITLES.items():
            _print(title, tables[name])


def _tables(archive: store.Database, top: int) -> dict[str, Rows]:
    return {
        "platforms": [
            {name: getattr(known, name) for name in ("platform", *_KNOWN)} for known in store.count_known(archive)
        ],
        "years": [
            {"year": year, "posts": kept.total, "words": kept.words, "who": kept.who, "link": kept.link}
            for year, kept in store.count_years(archive)
        ],
        "accounts": [_ranked("account", one) for one in store.rank_accounts(archive, top)],
        "most_embedded": [_ranked("post", one) for one in store.rank_posts(archive, top)],
        "flags": [
            {"kind": kind, "flags": count, "harmless": harmless}
            for kind, count, harmless in store.count_flag_kinds(archive)
        ],
        "languages": [{"language": language, "articles": count} for language, count in store.count_languages(archive)],
    }


_KNOWN = ("embeds", "posts", "accounts", "native_id", "text", "author", "exact_time")


def _ranked(noun: str, one: store.Ranked) -> dict[str, Any]:
    return {noun: one.id, "embeds": one.embeds, "articles": one.articles}


def _tidy(counts: Mapping[str, int], tables: Mapping[str, Rows]) -> Iterator[dict[str, Any]]:
    """Each count with where it stands: a form is part of the key of its row."""
    for noun, count in counts.items():
        yield {"table": "archive", "key": None, "measure": noun, "count": count}
    for name, rows in tables.items():
        for row in rows:
            named = [value for column, value in row.items() if column in NAMES]
            key = " ".join(named) if all(named) else None
            for measure in (column for column in row if column not in NAMES):
                yield {"table": name, "key": key, "measure": measure, "count": row[measure]}


def _print(title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    click.echo()
    headings = [HEADINGS.get(column, column) for column in rows[0]]
    shown = console()
    shown.print(Text(title, style="bold"))
    shown.print(table_of(headings, ([_shown(*cell) for cell in row.items()] for row in rows)))


def _shown(column: str, value: str | int | None) -> str | int:
    if value is None:
        return "not known" if column == "year" else "not declared"
    if column == "platform" and value in BY_NAME:
        return BY_NAME[str(value)].label
    return KINDS.get(str(value), value) if column == "kind" else value
