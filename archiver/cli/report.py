"""`report`: what in the archive does not agree, for whoever checks facts."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

import click

from archiver import store
from archiver.cli.options import db_option, json_option, option
from archiver.cli.policy import shown
from archiver.records import Candidate, FlagKind
from archiver.talk import printable

HEADINGS = {
    "time": "When a post was made: what is printed, and what its id says",
    "handle": "Who made a post: signatures and addresses",
    "text": "What a post says: different texts",
    "age": "Older or newer than it can be",
    "edited": "Embed code changed by hand",
}


@click.command("report")
@db_option
@option("--kind", type=click.Choice(get_args(FlagKind)), default=None, help="Only flags of this kind.")
@json_option
def report_command(db: Path, kind: str | None, as_json: bool) -> None:
    """Print what does not agree: sources that contradict each other about a post, and what cannot be.

    Each line names the article and says in a sentence what stands against what; where a harmless cause is known (a
    late upload, a 12-hour clock) it is named, and such lines come last. Then come embeds that may be of several known
    posts, accounts that seem to be one, words of posts that stand without attribution (where a run with --orphans
    looked for them), and the posts that several articles embed.
    """
    with shown(db) as archive:
        if as_json:
            click.echo(json.dumps(_as_json(archive, kind), ensure_ascii=False, indent=2))
            return
        lines = _flag_lines(archive, kind) if kind else _all_lines(archive)
        said = False
        for line in lines:
            said = True
            click.echo(printable(line) if line else "")
    if not said:
        click.echo("Nothing disagrees.")


def _as_json(archive: store.Database, kind: str | None) -> dict[str, Any]:
    flags = [asdict(flag) for flag in store.load_flags(archive, kind)]
    if kind:
        return {"flags": flags}
    undecided = groupby(store.load_undecided(archive), lambda candidate: candidate.marker_id)
    return {
        "flags": flags,
        "undecided": [{"marker": key, "candidates": [asdict(one) for one in group]} for key, group in undecided],
        "renames": [asdict(rename) for rename in store.load_renames(archive)],
        "unattributed": [asdict(orphan) for orphan in store.load_orphans(archive)],
        "corroborated": [asdict(one) for one in store.load_corroborations(archive)],
    }


def _all_lines(archive: store.Database) -> Iterator[str]:
    yield from _flag_lines(archive, None)
    yield from _section("Embeds that may be of several posts, or of one whose author nobody names", _undecided(archive))
    yield from _section("Handles that sign the same post", _renames(archive))
    yield from _section("Words of posts that stand in articles without attribution", _unattributed(archive))
    yield from _section("Posts in several articles", _corroborated(archive))


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and its lines; nothing where there are none."""
    empty = True
    for line in lines:
        if empty:
            yield heading
            empty = False
        yield line
    if not empty:
        yield ""


def _flag_lines(archive: store.Database, kind: str | None) -> Iterator[str]:
    for (has_cause, name), flags in groupby(
        store.load_flags(archive, kind), lambda flag: (flag.cause is not None, flag.kind)
    ):
        heading = HEADINGS[name] + (", with a harmless cause" if has_cause else "")
        yield from _section(heading, (line for flag in flags for line in _flag(flag)))


def _flag(flag: store.FlagEntry) -> Iterator[str]:
    yield f"  {flag.embed_id}  {flag.permalink or flag.post_id}"
    yield f"    {flag.detail}{f' Likely: {flag.cause}.' if flag.cause else ''}"


def _undecided(archive: store.Database) -> Iterator[str]:
    for marker, candidates in groupby(store.load_undecided(archive), lambda candidate: candidate.marker_id):
        yield f"  {marker}"
        yield from (f"    {_candidate(candidate)}" for candidate in candidates)


def _candidate(candidate: Candidate) -> str:
    return f"{candidate.score:.2f}  {candidate.post_id}  ({candidate.rule})"


def _renames(archive: store.Database) -> Iterator[str]:
    return (f"  {one.author_id} and {one.other_id}: {one.post_id}" for one in store.load_renames(archive))


def _unattributed(archive: store.Database) -> Iterator[str]:
    for orphan in store.load_orphans(archive):
        yield f"  {orphan.article_id}  {orphan.post_id}"
        yield f"    “{' '.join(orphan.text.split())}”"


def _corroborated(archive: store.Database) -> Iterator[str]:
    return (f"  {one.articles:>4}  {one.permalink or one.post_id}" for one in store.load_corroborations(archive))
