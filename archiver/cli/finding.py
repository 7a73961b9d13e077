"""Commands about what is found: `scan`, `explain` and `platforms`."""

import json
from pathlib import Path
from typing import Any

import click

from archiver.cli.options import (
    UNREADABLE_INPUTS,
    chosen_format,
    format_option,
    jobs_option,
    json_option,
    paths_argument,
    processors,
)
from archiver.errors import UsageError
from archiver.find import Candidate, explain_embeds
from archiver.identity import certain_moment, identify, moment_of
from archiver.platforms import PLATFORMS
from archiver.readers import read_article, read_source
from archiver.records import Embed, Problem, Source
from archiver.render.words import MONTH_AS_DAY
from archiver.run import scan
from archiver.talk import printable, say_problem


@click.command("scan")
@paths_argument
@format_option
@jobs_option
def scan_command(paths: tuple[Path, ...], form: str, jobs: int | None) -> int:
    """Print every embed found in articles, one JSON object a line; write nothing.

    \b
        archiver scan news/ | jq -r .handle | sort | uniq -c
    """
    status = 0
    for outcome in scan(paths, jobs=jobs or processors(), form=chosen_format(form)):
        if isinstance(outcome, Problem):
            status = UNREADABLE_INPUTS
            say_problem(outcome)
            continue
        for problem in outcome.problems:
            status = UNREADABLE_INPUTS
            say_problem(problem)
        for embed in outcome.embeds:
            click.echo(json.dumps(scan_line(outcome.article.source, embed), ensure_ascii=False))
    return status


@click.command("explain")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@format_option
@json_option
def explain_command(path: Path, form: str, as_json: bool) -> int:
    """Print each place in one article that looks like an embed, with the rule that took or refused it.

    The tool for a page whose embeds are not found, or that has too many: its output belongs into a report.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; explain takes one file")
    source = Source(folder=path.resolve().parent.name, name=path.name, path=path)
    article, problems = read_article(source, read_source(source), form=chosen_format(form))
    for problem in problems:
        say_problem(problem)
    candidates = explain_embeds(article.content, article.format)
    if not candidates:
        click.echo(f"archiver: nothing in {printable(str(path))} looks like an embed", err=True)
    for candidate in candidates:
        if as_json:
            embeds = [] if candidate.embed is None else identify([candidate.embed], article.sha256)
            fields = next((scan_line(article.source, embed) for embed in embeds), None)
            line = {"line": candidate.line, "rule": candidate.rule, "text": candidate.text, "embed": fields}
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            _print_candidate(candidate)
    return UNREADABLE_INPUTS if problems else 0


def _print_candidate(candidate: Candidate) -> None:
    text = " ".join(candidate.text.split())
    shown = text if len(text) <= 100 else f"{text[:70]} … {text[-25:]}"
    click.echo(f"line {candidate.line}: {'taken' if candidate.embed else 'refused'}: {candidate.rule}")
    click.echo(f"    {printable(shown)}")
    if candidate.embed:
        fields = scan_line("", candidate.embed)
        for name in (*EXPLAINED, "text"):
            if fields[name] is not None:
                click.echo(f"    {name:18} {printable(' '.join(str(fields[name]).split())[:100])}")
        certain = certain_moment(candidate.embed)
        if certain and certain != moment_of(candidate.embed):
            click.echo(f"    {'certain':18} {certain.at}: {MONTH_AS_DAY}")


EXPLAINED = ("platform", "form", "native_id", "permalink", "handle", "author_name", "posted_at", "posted_at_options")


def scan_line(article: str, embed: Embed) -> dict[str, Any]:
    """What `scan` prints of an embed (design §3.2): all keys always there, in this order."""
    return {
        "article": article,
        "ordinal": embed.ordinal,
        "platform": embed.platform,
        "form": embed.form,
        "start": embed.start,
        "end": embed.end,
        "marker": embed.marker,
        "native_id": embed.native_id,
        "permalink": embed.permalink,
        "handle": embed.handle,
        "author_name": embed.author_name,
        "posted_at": embed.posted_at,
        "precision": embed.precision,
        "posted_text": embed.posted_text,
        "posted_at_options": embed.posted_at_options,
        "text": embed.text,
        "language": embed.language,
        "post": embed.post_id,
    }


@click.command("platforms")
@json_option
def platforms_command(as_json: bool) -> None:
    """Print which platforms are known, and what of each."""
    rows: list[dict[str, Any]] = [
        {
            "platform": platform.name,
            "label": platform.label,
            "forms": list(platform.forms),
            "languages": list(platform.languages),
            "time_from_id": platform.id_time is not None,
        }
        for platform in PLATFORMS
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    click.echo(f"{'platform':13} {'time from id':13} {'forms':48} languages of text")
    for row in rows:
        forms, languages = ", ".join(row["forms"]), ", ".join(row["languages"]) or "any" * ("text" in row["forms"])
        click.echo(f"{row['label']:13} {'yes' if row['time_from_id'] else 'no':13} {forms:48} {languages}".rstrip())
