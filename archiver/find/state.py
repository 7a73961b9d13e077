"""State: embed code in the data that a page's scripts keep, and whether the page itself vouches for it.

Frameworks leave in a page what it was made from (`__NEXT_DATA__`, `__PRELOADED_STATE__`, `Fusion.globalContent`, …):
the article, whose embeds may be nowhere else, and what else the site had at hand, with the embeds of other articles. So
embed code counts only beside words that the page says as its own. Addresses and ids alone say nothing there.
"""

import html
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import NamedTuple

from archiver.find.carriers import opening_tag
from archiver.find.embeds import from_marked
from archiver.find.lexer import Opaque, Tag, find_elements, lex
from archiver.find.literals import SHORTEST, Literal, find_literals
from archiver.find.markup import find_marked, is_traced
from archiver.find.needles import holds_any, utf8
from archiver.find.spans import Span, Spans
from archiver.find.view import BARRIER, View, overlapping, view_literal, view_page
from archiver.platforms import BY_NAME, PLATFORMS
from archiver.records import Embed

IN_STATE = " in page state"
"""How the rule of an embed ends that was found there: it stands in a script, where nothing can be put in its place."""

_ELEMENTS = ("blockquote", "iframe", "object", "embed", "amp-", "fb:")
_LESS = ("<", "\\u003c", "\\u003C", "\\x3c", "\\x3C")
# States are full of these elements: embed code that is one is known by its attributes.
_GENERIC = frozenset({"div", "a", "span", "script"})
_ESCAPED_FRAME = re.compile(r"<(?:iframe|embed|object|amp-)[^<>]{0,1000}?\\/")
# JSON in a string, which a script parses, or which a framework pushes piece by piece.
_WRITTEN_AGAIN = re.compile(r"=\\\"|\\u003[cC]")
_LEVELS = 2
# Strings with embed code in one page that are looked at, and characters of each: states with the posts of a whole site
# have some dozens, and a state that is one string itself is seldom a tenth as long.
_MOST, _LONGEST = 1_000, 2_000_000
_ARTICLE_BODY = re.compile(r'"articleBody"\s{0,9}:\s{0,9}"(?P<said>(?:[^"\\]++|\\.)*+)', re.DOTALL)
_DESCRIPTIONS = frozenset({"description", "og:description"})
# What stands there is about other articles, or about all of them.
_ASIDE = frozenset({"aside", "nav", "footer"})
_PARAGRAPH = re.compile(rf"[^\n{BARRIER}]+")
_NO_LETTERS = re.compile(r"[\W_]+")


class Stated(NamedTuple):
    """Embed code in a page's state as the embed that it is; `refused` says why it is none of the article."""

    embed: Embed
    refused: str | None = None


class _Code(NamedTuple):
    """Embed code in a state, and the letters beside it that its page says too."""

    embed: Embed
    beside: frozenset[str]


class _Paragraph(NamedTuple):
    """A paragraph that is long enough: where it begins, and its letters and digits."""

    start: int
    letters: str


def is_in_state(embed: Embed) -> bool:
    """Whether an embed stands in a page's state."""
    return (embed.rule or "").endswith(IN_STATE)


def may_hold_state(source: str, data: bytes) -> bool:
    """Whether a page, also given as its UTF-8, may have embed code that is written as JSON has it."""
    return _holds_escaped()(data) or _ESCAPED_FRAME.search(source) is not None


@cache
def _holds_escaped() -> Callable[[bytes], bool]:
    return holds_any(f"{less}{name}" for less in _LESS[1:] for name in _ELEMENTS)


@cache
def _holds_code() -> Callable[[bytes], bool]:
    declared = [(markup.tag, markup.having.lstrip(".")) for platform in PLATFORMS for markup in platform.markup]
    words = {having for tag, having in declared if tag in _GENERIC and "-" in having}
    calls = {script.opening for platform in PLATFORMS for script in platform.scripts}
    return holds_any({*words, *calls, *(f"{less}{name}" for less in _LESS for name in _ELEMENTS)})


def find_stated(
    source: str, tokens: Sequence[Tag | Opaque], shown: Sequence[Embed], patched: Sequence[Span] = ()
) -> list[Stated]:
    """The embed code in the states of a page, in order, each post taken once where the page vouches for it.

    `shown` are the embeds that the page's markup has, in order and apart; `patched` is where cards stand in place of
    such. None of these posts is taken again. The page vouches by 40 letters in a row, the last of the paragraph before
    or behind the code: they stand in its text, its description or its JSON-LD. That is longer than most titles, which
    teasers of other articles show too; and the text of a teaser is mostly cut off before.
    """
    codes = list(_codes(source, tokens, Spans((embed.start, embed.end) for embed in shown)))
    wanted = frozenset[str]().union(*(code.beside for code in codes))
    vouched = _held(_words(source, tokens, shown), wanted) if wanted else wanted
    known = _Known(shown, _carded(source, patched), [code.embed for code in codes])
    stated: list[Stated] = []
    for embed, beside in codes:
        if known.holds(embed):
            stated.append(Stated(embed, f"code{IN_STATE} of a post that is found elsewhere"))
        elif vouched.isdisjoint(beside):
            stated.append(Stated(embed, f"code{IN_STATE}, with no words beside it that the page says too"))
        else:
            known.add(embed)
            stated.append(Stated(embed))
    return stated


# Which post it is


class _Known:
    """The posts that a page shows, by their ids, or where it shows none by author and day.

    An author may have several posts of a day in the state: which of them is shown is known only where no more of them
    are there than are shown, and not with other words.
    """

    def __init__(self, shown: Iterable[Embed], carded: Iterable[str], codes: Iterable[Embed]) -> None:
        self._ids = {key for embed in shown if (key := _id(embed))} | set(carded)
        self._signed: dict[str, list[str | None]] = defaultdict(list)
        for embed in shown:
            if embed.handle and not embed.native_id:
                self._signed[_signed(embed, (embed.posted_at or "")[:10])].append(embed.text)
        for key in self._ids:
            if _PROVISIONAL.fullmatch(key):
                self._signed[key].append(None)
        self._codes: dict[str, set[str | None]] = defaultdict(set)
        for embed in codes:
            for key in _signatures(embed):
                self._codes[key].add(embed.native_id)

    def holds(self, embed: Embed) -> bool:
        """Whether the post of embed code is one of them."""
        return _id(embed) in self._ids or any(
            len(self._codes[key]) <= len(self._signed[key])
            and any(_agree(embed.text, text) for text in self._signed[key])
            for key in _signatures(embed)
            if key in self._signed
        )

    def add(self, embed: Embed) -> None:
        """Know the post of embed code from now on."""
        self._ids |= {key for key in [_id(embed)] if key}


def _id(embed: Embed) -> str | None:
    return f"{embed.platform}:{embed.native_id}" if embed.native_id else None


def _signatures(embed: Embed) -> set[str]:
    """By whom a post is and of which day, as it may be printed: not at all, as in its code, or as its id says."""
    if not embed.handle:
        return set()
    id_time = BY_NAME[embed.platform].id_time
    given_out = id_time(embed.native_id) if embed.native_id and id_time else None
    times = (embed.posted_at, given_out.at if given_out else None, "")
    return {_signed(embed, time[:10]) for time in times if time is not None}


def _signed(embed: Embed, day: str) -> str:
    return f"{embed.platform}:@{(embed.handle or '').lower()}/{day}"


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two texts begin alike, or one is not known."""
    if one is None or other is None:
        return True
    shortest = min(len(_letters(one)), len(_letters(other)), SHORTEST)
    return _letters(one)[:shortest] == _letters(other)[:shortest]


_CARD = re.compile(r'\sdata-post="(?P<id>[^"]{1,500})"')
_PROVISIONAL = re.compile(r"\w+:@[^/]+/(?:\d{4}-\d\d-\d\d)?")


def _carded(source: str, patched: Sequence[Span]) -> Iterator[str]:
    """The posts of the cards that stand in a page."""
    for start, end in patched:
        if card := _CARD.search(source, start, end):
            post = html.unescape(card["id"])
            yield signed[0] if (signed := _PROVISIONAL.match(post)) else post


# The code, and the words beside it


def _codes(source: str, tokens: Sequence[Tag | Opaque], known: Spans) -> Iterator[_Code]:
    left = iter(range(_MOST))
    for token in tokens:
        if not isinstance(token, Opaque) or token.name != "script" or known.overlaps(token.start, token.end):
            continue
        script = source[token.start : token.end]
        if not _holds_code()(utf8(script)) or not (tag := opening_tag(source, token)) or not _is_data(tag):
            continue
        for embed, beside in _codes_in(script, _LEVELS, left):
            yield _Code(_moved(embed, source, token.start + embed.start, token.start + embed.end), beside)


def _moved(embed: Embed, source: str, start: int, end: int) -> Embed:
    return replace(embed, start=start, end=end, marker=source[start:end])


def _is_data(tag: Tag) -> bool:
    """Whether a script is a program or JSON, and not a template or what describes the page for search engines."""
    kind = tag.attributes.get("type", "").lower()
    return not kind or kind == "module" or "javascript" in kind or ("json" in kind and "ld+json" not in kind)


def _codes_in(script: str, levels: int, left: Iterator[int]) -> Iterator[_Code]:
    """The embed code in the strings of a script, and in the scripts that are strings of it, as many as are `left`."""
    paragraphs = lru_cache(maxsize=64)(partial(_paragraphs_in, script))
    for literal in find_literals(script, lambda written: _holds_code()(utf8(written))):
        if next(left, None) is None:
            return
        if literal.end - literal.start > _LONGEST:
            continue
        said = view_literal(script, literal.start, literal.end)
        found = list(_codes_in(said.text, levels - 1, left)) if levels > 1 and _is_written_again(said.text) else []
        if not found and literal.is_value and is_traced(utf8(said.text)):
            found = list(_codes_of(said.text, literal, paragraphs))
        for embed, beside in found:
            yield _Code(_moved(embed, script, said.source_start(embed.start), said.source_end(embed.end)), beside)


def _is_written_again(text: str) -> bool:
    return text.lstrip().startswith(("{", "[")) or _WRITTEN_AGAIN.search(text) is not None


def _codes_of(text: str, literal: Literal, paragraphs: Callable[[Span], list[_Paragraph]]) -> Iterator[_Code]:
    """The embed code in what a string says, beside the paragraphs there, or if it has none, those beside the string."""
    tokens = list(lex(text))
    marked = find_marked(text, tokens)
    codes = [each for each in marked if each.official and each.reference]
    if not codes:
        return
    own = list(_paragraphs(view_page(text, tokens, [(each.start, each.end) for each in marked])))
    starts = [paragraph.start for paragraph in own]
    around = [paragraphs(span) if span and not own else [] for span in (literal.before, literal.behind)]
    for each in codes:
        index = bisect_left(starts, each.start)
        before, behind = (own[max(0, index - 1) : index], own[index : index + 1]) if own else around
        beside = {one.letters[-SHORTEST:] for one in (*before[-1:], *behind[:1])}
        yield _Code(replace(from_marked(text, each), rule=f"{each.rule}{IN_STATE}"), frozenset(beside))


def _paragraphs_in(script: str, span: Span) -> list[_Paragraph]:
    """The paragraphs of what a string of a script says."""
    text = view_literal(script, *span).text
    return list(_paragraphs(view_page(text, list(lex(text)), ())))


def _paragraphs(view: View) -> Iterator[_Paragraph]:
    for run in _PARAGRAPH.finditer(view.text):
        if len(letters := _letters(run[0])) >= SHORTEST:
            yield _Paragraph(view.source_start(run.start()), letters)


def _letters(text: str) -> str:
    """The letters and digits of a text: what stays the same when a page is laid out, and set with other quotes."""
    return _NO_LETTERS.sub("", text).casefold()


# What the page says


def _held(words: str, wanted: frozenset[str]) -> frozenset[str]:
    """Those of the wanted strings, each of 40 letters, that the words hold."""
    return wanted.intersection(words[start : start + SHORTEST] for start in range(len(words) - SHORTEST + 1))


def _words(source: str, tokens: Sequence[Tag | Opaque], shown: Sequence[Embed]) -> str:
    """The letters of what a page says as its own: its text but for links and asides, and how it describes itself."""
    # What is left of an embed without its code may have been joined with a paragraph above it.
    view = view_page(source, tokens, [(embed.start, embed.end) for embed in shown if embed.form != "text"])
    asides = Spans((each.start, each.end) for each in find_elements(source, tokens, lambda tag: tag.name in _ASIDE))
    runs = (run.span() for run in _PARAGRAPH.finditer(view.text) if not run[0].isspace())
    own = [view.text[start:end] for start, end in runs if not _is_elsewhere(view, start, end, asides)]
    return "".join(map(_letters, [*own, *_descriptions(source, tokens)]))


def _is_elsewhere(view: View, start: int, end: int, asides: Spans) -> bool:
    """Whether all of a line is a link, as titles and teasers of other articles are, or it stands in an aside."""
    text = view.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    place = view.source_start(start)
    return asides.overlaps(place, place + 1) or any(
        link.start <= start and end <= link.end for link in overlapping(view.links, start, end)
    )


def _descriptions(source: str, tokens: Sequence[Tag | Opaque]) -> Iterator[str]:
    for token in tokens:
        if isinstance(token, Tag):
            if token.name == "meta" and _DESCRIPTIONS & {token.attributes.get(key) for key in ("name", "property")}:
                yield token.attributes.get("content", "")
        elif token.name == "script" and (tag := opening_tag(source, token)) and "ld+json" in tag.written:
            for body in _ARTICLE_BODY.finditer(source, token.start, token.end):
                said = view_literal(source, *body.span("said")).text
                yield view_page(said, list(lex(said)), ()).text
