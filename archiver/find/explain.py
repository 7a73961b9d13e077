"""Explaining: every place in an article that looks like an embed, and why it was taken or refused."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from archiver.find.articles import find_embeds, find_refused
from archiver.find.code import code_spans
from archiver.find.leads import find_leads
from archiver.find.lexer import Opaque, Tag, lex
from archiver.find.mentions import is_sample
from archiver.find.spans import Spans
from archiver.platforms import BY_NAME, PLATFORMS
from archiver.records import Embed, Format
from archiver.urls import resolve

_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>()\[\]\\]{6,500}")
_PRINTED_HANDLE = re.compile(r"[(（]\s?@(?P<handle>[A-Za-z0-9._-]{1,80})\s?[)）]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One place that looks like an embed: its line (from 1), its text, and the rule that took or refused it.

    `embed` is what was read from it, None where it was refused.
    """

    line: int
    start: int
    end: int
    text: str
    rule: str
    embed: Embed | None = None


def explain_embeds(source: str, format: Format) -> list[Candidate]:  # noqa: A002 (the contract's word)
    """Every candidate of an article in document order: the embeds, and what was refused and why."""
    embeds = find_embeds(source, format)
    stated = [each for each in find_refused(source) if each.refused] if format == "html" else []
    known = Spans((embed.start, embed.end) for embed in (*embeds, *(each.embed for each in stated)))
    hidden = sorted(_hidden(source, format))
    told: list[tuple[int, int, str, Embed | None]] = [(e.start, e.end, e.rule or "", e) for e in embeds]
    told += [(each.embed.start, each.embed.end, each.refused or "", None) for each in stated]
    behind = 0
    for start, end, reason in sorted(_lookalikes(source, format)):
        if start < behind or known.overlaps(start, end):
            continue
        inside = _inside(hidden, start)
        told.append((start, end, f"inside {inside}" if inside else reason, None))
        behind = end
    breaks = [match.start() for match in re.finditer("\n", source)]
    return [
        Candidate(
            line=bisect_left(breaks, start) + 1, start=start, end=end, text=source[start:end], rule=rule, embed=embed
        )
        for start, end, rule, embed in sorted(told, key=itemgetter(0))
    ]


def _inside(hidden: list[tuple[int, int, str]], position: int) -> str | None:
    """What of the stretches, which are in order and apart, holds a position."""
    index = bisect_right(hidden, position, key=itemgetter(0)) - 1
    return hidden[index][2] if index >= 0 and position < hidden[index][1] else None


def _hidden(source: str, format: Format) -> Iterator[tuple[int, int, str]]:  # noqa: A002
    """The stretches where nothing is an embed: comments, scripts and sample code."""
    if format == "html":
        yield from ((t.start, t.end, _NAMES.get(t.name, t.name)) for t in lex(source) if isinstance(t, Opaque))
    else:
        yield from ((start, end, "sample code") for start, end in code_spans(source, format))


_NAMES = {"comment": "a comment", "script": "a script", "style": "a style sheet", "pre": "sample code"} | {
    "code": "sample code",
    "textarea": "a text field",
    "title": "the page's title",
}


def _lookalikes(source: str, format: Format) -> Iterator[tuple[int, int, str]]:  # noqa: A002
    """What looks like an embed, with the reason that holds where it was not taken."""
    for match in _PRINTED_HANDLE.finditer(source):
        if is_sample(None, match["handle"]):
            yield *match.span(), "what documentation has where a handle goes"
        else:
            yield (
                *match.span(),
                "a handle in a sentence or quotation marks, or without a platform's words, a dash or a date",
            )
    for lead in find_leads(source):
        yield lead.start, lead.end, f"a lead of {BY_NAME[lead.platform].label} that does not end its line"
    for match in _ADDRESS.finditer(source):
        if reference := resolve(match[0]):
            label = BY_NAME[reference.platform].label
            yield *match.span(), f"the address of a post on {label} in a link or a sentence, not by itself in its block"
    for platform in PLATFORMS:
        for phrase in platform.phrases:
            for match in re.finditer(re.escape(phrase.anchor), source):
                yield *match.span(), f"words of {platform.label} in quotation marks, or without what belongs to them"
    if format == "html":
        yield from _elements(source)


def _elements(source: str) -> Iterator[tuple[int, int, str]]:
    classes = {m.having[1:] for platform in PLATFORMS for m in platform.markup if m.having.startswith(".")}
    for token in lex(source):
        if isinstance(token, Opaque) or token.closes:
            continue
        if token.name in {"iframe", "embed", "object"}:
            yield token.start, token.end, f"{_shown(token)}: its address is no post's"
        elif classes & set(token.attributes.get("class", "").split()):
            yield token.start, token.end, "an element with an embed's class that names no post"


def _shown(tag: Tag) -> str:
    return next((value for value in tag.attributes.values() if "//" in value), tag.name)[:80]
