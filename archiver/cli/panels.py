"""Panels: cards as a terminal shows them, and what stands below them."""

from collections.abc import Iterable, Iterator

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from archiver.cli.output import plain, print_indented
from archiver.records import Flag, Quote
from archiver.render.card import Card
from archiver.render.provenance import Fact
from archiver.render.words import KINDS, when_words
from archiver.talk import printable


def card_panel(card: Card, title: str = "") -> Panel:
    """The card in a frame that says what it is of and how much of it is kept."""
    heading = " ".join(part for part in (title, card.label, card.noun) if part)
    blocks = [list(block) for block in (_head(card), _body(card), _foot(card))]
    lines = [line for block in blocks if block for line in (Text(), *block)][1:]
    return Panel(
        Group(*lines), title=plain(heading), title_align="left", subtitle=plain(card.state), subtitle_align="right"
    )


def _head(card: Card) -> Iterator[Text]:
    handle = f"@{card.handle}" if card.handle else None
    if card.name:
        yield Text(" ").join(part for part in (plain(card.name, "bold"), plain(handle and f"({handle})")) if part)
    elif handle:
        yield plain(handle, "bold")
    if when := when_words(card.posted_at):
        printed = plain(card.printed and f"(printed: {card.printed})", "dim")
        yield Text(" ").join(part for part in (plain(when), printed) if part)
    if card.left_open:
        yield plain(card.left_open, "dim")
    if card.notice:
        yield plain(card.notice, "italic")


def _body(card: Card) -> Iterator[Text]:
    for line in (card.text or "").splitlines():
        yield Text(printable(line))


def _foot(card: Card) -> Iterator[Text]:
    if card.missing:
        yield plain(card.missing, "italic")
    if card.disagreement:
        yield plain(card.disagreement, "bold")
    if card.permalink:
        yield plain(card.permalink, "blue")
    if card.facts and card.form:
        yield plain(card.provenance, "dim")


def fact_table(facts: Iterable[Fact]) -> Table:
    """Each known value and where it comes from."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in ("name", "value", "source"):
        table.add_column(overflow="fold")  # else the end of an address would be cut off
    for fact in facts:
        table.add_row(Text(f"  {fact.name}"), plain(fact.value), plain(fact.source, "dim"))
    return table


def print_section(shown: Console, heading: str, lines: Iterable[tuple[str, str]]) -> None:
    """A heading and what stands below it, each with a remark; nothing where there is nothing."""
    found = list(lines)
    if not found:
        return
    shown.print()
    shown.print(Text(heading, style="bold"))
    for line, remark in found:
        print_indented(shown, plain(line))
        print_indented(shown, *([plain(remark, "dim")] if remark else []), indent=4)


def quote_lines(quotes: Iterable[Quote]) -> Iterator[tuple[str, str]]:
    """Each quoted passage, with the embed it stands by and what speaks for it."""
    for quote in quotes:
        agreement = "" if quote.agreement is None else f", {quote.agreement:.0%} of it in the post’s text"
        yield f"“{quote.text}”", f"{quote.embed_id} · {quote.reason}{agreement}"


def flag_lines(flags: Iterable[Flag]) -> Iterator[tuple[str, str]]:
    """What does not agree, with what it is about, where, and the harmless cause that is likely."""
    for flag in flags:
        yield flag.detail, f"{KINDS[flag.kind]} · {flag.embed_id}{f' · likely {flag.cause}' if flag.cause else ''}"
