"""Commands about times: `when` and `prefixes`."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

from archiver.cdx import SEARCHABLE, Plan, Query, Search, plan_searches
from archiver.cli.options import json_option, option
from archiver.errors import UsageError
from archiver.talk import printable
from archiver.times import iso
from archiver.times.prefixes import IdSpan, pattern_of
from archiver.when import Dating, date_ids

WIDTH = 100


@click.command("when")
@click.argument("asked", nargs=-1, required=True, metavar="ID_OR_URL...")
@json_option
def when_command(asked: tuple[str, ...], as_json: bool) -> None:
    """Print what the id of a post says about its time, how that is known, and what it is not.

    An address names its platform. A bare id does not: every platform is listed that may have given it out. With
    --json it is an object a line, one for each.

    \b
        archiver when https://www.instagram.com/p/CF1tGabcdef/ 1311875027000000512
    """
    now = datetime.now(UTC)
    nothing = []
    for each in asked:
        datings = date_ids(each, now)
        if not datings:
            nothing.append(each)
        for dating in datings:
            if as_json:
                click.echo(json.dumps(_dating_as_json(each, dating), ensure_ascii=False))
            else:
                _print_rows(each, _dating_rows(dating))
    if nothing:
        what = ", ".join(printable(repr(each)) for each in nothing)
        raise UsageError(f"{what}: neither the address of a post nor an id that a known platform gives out")


@click.command("prefixes")
@click.argument("handle")
@click.argument("printed", metavar="PRINTED_TIME")
@option(
    "--platform",
    type=click.Choice(list(SEARCHABLE)),
    default="instagram",
    show_default=True,
    help="Where the post was.",
)
@json_option
def prefixes_command(handle: str, printed: str, platform: str, as_json: bool) -> None:
    """Print how the ids begin that a post of HANDLE with this printed time can have, to search web archives for it.

    The time is as an article prints it, in any language. Core is where nearly all posts are, wide where all are. The
    queries are for a CDX server such as the Wayback Machine's; nothing is fetched:

    \b
        archiver prefixes ines.okafor "Oct 2, 2020 at 4:16am PDT"
        CDX=https://web.archive.org/cdx/search/cdx
        curl "$CDX?…"
    """
    plan = plan_searches(SEARCHABLE[platform], handle, printed)
    if as_json:
        click.echo(json.dumps(_plan_as_json(plan, printed), ensure_ascii=False, indent=2))
        return
    for search in plan.searches:
        at = iso(search.printed.start, "minute") if plan.moment.options else plan.moment.at
        _print_rows(f"{plan.platform.label}, @{plan.handle}, {at}", _search_rows(search))
    for caveat in plan.caveats:
        _print_wrapped("note", caveat)
    click.echo()
    for query in dict.fromkeys(query for search in plan.searches for query in search.queries):
        click.echo(f"{query.window}  $CDX?{query.parameters}")


def _dating_rows(dating: Dating) -> Iterator[tuple[str, str]]:
    yield "what", f"{dating.label} {dating.kind} {dating.native_id}"
    if dating.permalink:
        yield "permalink", dating.permalink
    if dating.moment:
        yield "time", f"{dating.moment.at} (to the {dating.moment.precision})"
    else:
        yield "time", "not in the id"
    if dating.printed:
        yield "printed as", dating.printed
    if dating.not_before:
        yield "not before", dating.not_before
    if dating.not_after:
        yield "not after", dating.not_after
    yield "rule", dating.rule
    if dating.source:
        yield "source", dating.source
    yield from (("note", caveat) for caveat in dating.caveats)


def _search_rows(search: Search) -> Iterator[tuple[str, str]]:
    spans = {"core": search.core, "wide": search.wide}
    if search.core == search.wide:
        del spans["wide"]
    for name, span in spans.items():
        yield name, f"{iso(span.start, 'second')} to {iso(span.end, 'second')}"
        yield "ids", " to ".join(span.texts)
        if span.clock.text(0) != "0":
            yield "in decimal", f"{span.first} to {span.last}"
        yield f"{search.short} characters", " ".join(span.prefixes(search.short))
        yield f"{search.long} characters", pattern_of(span.prefixes(search.long), span.clock.alphabet)


def _print_rows(title: str, rows: Iterator[tuple[str, str]]) -> None:
    click.echo(printable(title))
    for name, value in rows:
        _print_wrapped(name, value)


def _print_wrapped(name: str, value: str) -> None:
    width = min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDTH)
    label = f"    {name:13} "
    click.echo(click.wrap_text(printable(value), width, initial_indent=label, subsequent_indent=" " * len(label)))


def _dating_as_json(asked: str, dating: Dating) -> dict[str, Any]:
    return {
        "asked": asked,
        "platform": dating.platform,
        "kind": dating.kind,
        "native_id": dating.native_id,
        "permalink": dating.permalink,
        "time": dating.moment and dating.moment.at,
        "precision": dating.moment and dating.moment.precision,
        "printed_as": dating.printed,
        "not_before": dating.not_before,
        "not_after": dating.not_after,
        "rule": dating.rule,
        "source": dating.source,
        "caveats": list(dating.caveats),
    }


def _plan_as_json(plan: Plan, printed: str) -> dict[str, Any]:
    return {
        "platform": plan.platform.name,
        "handle": plan.handle,
        "printed": printed,
        "posted_at": plan.moment.at,
        "precision": plan.moment.precision,
        "posted_at_options": plan.moment.options,
        "searches": [_search_as_json(search) for search in plan.searches],
        "caveats": list(plan.caveats),
    }


def _search_as_json(search: Search) -> dict[str, Any]:
    return {
        "core": _span_as_json(search.core, search),
        "wide": _span_as_json(search.wide, search),
        "queries": [_query_as_json(query) for query in search.queries],
    }


def _span_as_json(span: IdSpan, search: Search) -> dict[str, Any]:
    first, last = span.texts
    return {
        "start": iso(span.start, "second"),
        "end": iso(span.end, "second"),
        "first": first,
        "last": last,
        "first_number": str(span.first),
        "last_number": str(span.last),
        "prefixes": {str(length): span.prefixes(length) for length in (search.short, search.long)},
    }


def _query_as_json(query: Query) -> dict[str, Any]:
    return {"window": query.window, "url": query.url, "pattern": query.pattern, "parameters": query.parameters}
