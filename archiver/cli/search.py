"""`search`: articles and posts by their words, by who and when."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click
from rich.text import Text

from archiver import store
from archiver.cli.options import db_option, json_option, option
from archiver.cli.output import check_one_form, console, csv_option, plain, print_csv, print_indented, print_json_lines
from archiver.cli.policy import shown
from archiver.errors import UsageError
from archiver.platforms import BY_NAME
from archiver.render.words import date_words, when_words
from archiver.store.listings import State
from archiver.store.rows import columns_of
from archiver.talk import printable

KEYS = columns_of(store.Hit)


class _Day(click.ParamType[str]):
    """A year, month or day in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value, re.ASCII) or not _is_day(value):
            self.fail(f"{value!r} is no date such as 2020, 2020-10 or 2020-10-02", param, ctx)
        return str(value)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


class _Search(click.Command):
    """Says what helps where a word of the query looks like an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            told = f"No such option {error.option_name!r}; put -- before words that begin with -"
            raise click.UsageError(told, ctx) from error


@click.command("search", cls=_Search)
@click.argument("query", nargs=-1)
@option(
    "--platform",
    metavar="NAME",
    type=click.Choice(sorted(BY_NAME)),
    help="Only posts of this platform, and articles with one, as `archiver platforms --json` names it.",
)
@option("--author", metavar="HANDLE", help="Only posts of this account, and articles with one; an account's id, too.")
@option("--since", type=_Day(), help="Only from then on: a year, a month or a day, as in 2020-10.")
@option("--until", type=_Day(), help="Only until then, which is included.")
@option(
    "--language",
    metavar="TAG",
    help="Only articles in this language, and posts whose embed is worded in it; en is en-GB, too.",
)
@option(
    "--state",
    type=click.Choice(get_args(State)),
    help="Only posts of which this is known, and articles with one: their words, else who or when, else the link.",
)
@option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Articles, and posts, to print.")
@db_option
@json_option
@csv_option
def search_command(
    query: tuple[str, ...],
    platform: str | None,
    author: str | None,
    since: str | None,
    until: str | None,
    language: str | None,
    state: State | None,
    limit: int,
    db: Path,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Find articles (title, byline, text) and posts (words, or their author's names), the best first.

    All words of QUERY must be there; case and accents do not matter. "Words in quotes" (quoted for the shell, too) must
    follow each other, and lantern* is also lanterns. Nothing else has a meaning: AND, - and ' are only characters.
    Put -- before a QUERY that begins with -, which would be an option.
    Without a QUERY, everything that the options ask for is printed, the newest first.

    Chinese, Japanese, Thai, Lao, Khmer and Burmese put no spaces between words, so the index does not know the words:
    what is written in them is looked for as it stands in all texts, which takes longer in a large archive. So is an
    emoji.

    With --json each line is an object, with --csv a row: kind (article or post), id, date, platform, handle, name
    (byline, or the account's), title, language, state, url and snippet.

    \b
        archiver search '"first light" lanter*' --since 2020-10
        archiver search --platform tiktok --state link --csv
    """
    check_one_form(as_json=as_json, as_csv=as_csv)
    wanted = store.wanted(" ".join(query))
    filters = store.Filters(
        platform=platform, author=_handle(author), since=since, until=until, language=language, state=state
    )
    if not wanted and (query or not filters):
        raise UsageError("nothing to search for: give a word, or an option that narrows")
    with shown(db) as archive:
        # One more of each than is shown tells whether there are more.
        articles = store.load_articles_found(archive, wanted, filters, limit + 1)
        posts = store.load_posts_found(archive, wanted, filters, limit + 1)
    hits = [*articles[:limit], *posts[:limit]]
    if as_json:
        print_json_lines(map(_row, hits))
    elif as_csv:
        print_csv(KEYS, map(_row, hits))
    else:
        _print("Articles", articles, limit)
        _print("Posts", posts, limit)
    if not hits:
        click.echo("Nothing found.", err=True)


def _handle(author: str | None) -> str | None:
    return author.strip().removeprefix("@") if author else None


def _row(hit: store.Hit) -> dict[str, Any]:
    return asdict(hit) | {"snippet": hit.snippet and hit.snippet.replace(store.MARK, "").replace(store.UNMARK, "")}


def _print(heading: str, hits: list[store.Hit], limit: int) -> None:
    if not hits:
        return
    shown = console()
    shown.print(Text(heading, style="bold underline"))
    for hit in hits[:limit]:
        print_indented(shown, *_lines(hit))
        shown.print()
    if len(hits) > limit:
        print_indented(shown, Text(f"… and more: --limit {2 * limit}", style="dim"), Text())


def _lines(hit: store.Hit) -> Iterator[Text]:
    """What it is called, when and whose it is, a piece of its words, and its id."""
    if hit.kind == "article":
        yield plain(hit.title, "bold")
        yield Text(" · ").join(part for part in (plain(date_words(hit.date)), plain(hit.name)) if part)
    else:
        handle = plain(f"@{hit.handle}") if hit.handle else Text()
        who = Text(" ").join(part for part in (plain(hit.name, "bold"), handle) if part)
        known = BY_NAME.get(hit.platform or "")
        place = plain(known.label if known else hit.platform)
        yield Text(" · ").join(part for part in (who, place, plain(when_words(hit.date))) if part)
    if hit.snippet:
        yield _marked(hit.snippet)
    elif hit.kind == "post":
        yield Text("Its words are not kept.", style="italic")
    yield plain(hit.id, "dim")


def _marked(snippet: str) -> Text:
    """A snippet with what was found set off."""
    before, *found = snippet.split(store.MARK)
    text = _piece(before)
    for piece in found:
        inside, _, after = piece.partition(store.UNMARK)
        text.append_text(_piece(inside, "bold yellow")).append_text(_piece(after))
    return text


def _piece(text: str, style: str = "") -> Text:
    return Text(printable(text.replace(store.UNMARK, "")), style=style)
