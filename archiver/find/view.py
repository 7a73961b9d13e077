"""The view: a stretch of an article as a person reads it, each character still knowing where it stands in the source.

Entities are decoded, invisible characters left out, odd spaces made plain; Markdown loses its links, quote marks and
escapes, HTML its tags. What was taken away that says something (a link's address, a `datetime`) is kept beside
the text.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from archiver.find.lexer import Opaque, Tag, lex

BARRIER = (
    "\ufffc"  # OBJECT REPLACEMENT CHARACTER: stands for an element that is already known, so nothing joins over it
)

# Characters without a width of their own that platforms and right-to-left pages wrap names in. Joiners are left alone:
# emoji are made with them.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_SPACES = "\u00a0\u202f\u2007\u3000"
_TEXT = re.compile(
    rf"(?P<entity>{_ENTITY})|(?P<invisible>[{_INVISIBLE}]|\r(?=\n))|(?P<return>\r)|(?P<space>[{_SPACES}\x0b\x0c])"
)
_SPECIAL = re.compile(rf"[&{_INVISIBLE}{_SPACES}\x0b\x0c\r]")
# None of those: what most texts are made of, and checked at twice the speed.
_PLAIN = re.compile("[ -%'-~\n\t\u2013-\u201d\u2026\u00a1-\u00ac\u00ae-\u1fff]*+")
_MARKDOWN = re.compile(
    # What a mark may begin with; most characters of a text are none of these, or a space before a word.
    rf"(?=[&<\\\[\]!> \t\r\x0b\x0c{_INVISIBLE}{_SPACES}])(?! [^ \t>])(?:"
    rf"(?P<entity>{_ENTITY})|(?P<invisible>[{_INVISIBLE}]|\r(?=\n))|(?P<return>\r)|(?P<space>[{_SPACES}\x0b\x0c])"
    r"|(?P<auto><(?P<address>https?://[^\s<>]{1,2000})>)"
    r"|(?P<quote>(?:^|(?<=\n))(?:[ \t]{0,12}>[ \t]?)+|(?<=\[)>[ \t])"
    r"|(?P<escape>\\(?=[\n!-/:-@\[-`{-~]))"
    r"|(?P<tag><(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,30})(?P<written>(?:[\s/][^<>]{0,3000})?)>)"
    r"|(?P<opening>!?\[)"
    r"|(?P<closing>\](?:\([ \n>]*<?(?P<url>[^()\s]{0,2000}(?:\n[> ]*[^()\s]{1,2000})?)>?"
    r"(?:\s+\"[^\"\n]{0,300}\")?\s*\)|\[(?P<label>[^\]\n]{0,80})\])?))"
)

# Tags that break a line when a browser lays out the page (HTML standard §15.3, `display: block`, and `br`).
_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer "  # noqa: SIM905
    "form h1 h2 h3 h4 h5 h6 head header hr html iframe li main menu nav ol option p section summary table tbody td "
    "tfoot th thead tr ul video".split()
)


class Link(NamedTuple):
    """What a link covers in the view, the address it leads to, and its whole extent in the source."""

    start: int
    end: int
    url: str
    source_start: int
    source_end: int


def overlapping(links: Sequence[Link], start: int, end: int) -> list[Link]:
    """Those of a view's links that share a character with `start`–`end`; a view notes them in the order they end."""
    found = []
    for index in range(bisect_right(links, start, key=_end_of), len(links)):
        if links[index].end > end + _LONGEST_LINK:
            break
        if links[index].start < end:
            found.append(links[index])
    return found


# A link that reaches further than this over what it covers is a whole block's, and says nothing of an embed in it.
_LONGEST_LINK = 4_000


def _end_of(link: Link) -> int:
    return link.end


@dataclass(slots=True)
class View:
    """Text as it is read. `links` and `times` (of `<time datetime>`) are stretches of the view."""

    text: str
    links: list[Link] = field(default_factory=list)
    times: list[Link] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _spans: list[tuple[int, int]] = field(default_factory=list)

    def shows(self, start: int, end: int) -> bool:
        """Whether it is that stretch of the source as it stands there."""
        return self._spans == [(start, end)] and len(self.text) == end - start

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of a stretch of the view."""
        if len(self._spans) == 1 and self._is_verbatim(0):
            before = self._spans[0][0]
            return before + start, before + end
        return self.source_start(start), self.source_end(end)

    def source_start(self, position: int) -> int:
        """The source offset of the character at a position of the view."""
        index = bisect_right(self._starts, position) - 1 if len(self._starts) > 1 else 0
        start, _ = self._spans[index]
        return start + (position - self._starts[index] if self._is_verbatim(index) else 0)

    def source_end(self, position: int) -> int:
        """The source offset behind the character that ends at a position of the view."""
        index = bisect_right(self._starts, position - 1) - 1 if len(self._starts) > 1 else 0
        start, end = self._spans[index]
        return start + (position - self._starts[index]) if self._is_verbatim(index) else end

    def _is_verbatim(self, index: int) -> bool:
        until = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        start, end = self._spans[index]
        return until - self._starts[index] == end - start


class _Builder:
    """Puts a view together, stretch by stretch."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.spans: list[tuple[int, int]] = []

    def add(self, text: str, start: int, end: int) -> None:
        if text:
            self.starts.append(self.length)
            self.spans.append((start, end))
            self.pieces.append(text)
            self.length += len(text)

    def view(self, links: list[Link], times: list[Link]) -> View:
        return View("".join(self.pieces), links, times, self.starts, self.spans)


def view_text(source: str, start: int, end: int) -> View:
    """The view of a stretch of plain text."""
    if start < end and _is_plain(source, start, end):
        return View(source[start:end], [], [], [0], [(start, end)])
    builder = _Builder()
    _add_text(builder, source, start, end)
    return builder.view([], [])


def _is_plain(source: str, start: int, end: int) -> bool:
    plain = _PLAIN.match(source, start, end)
    return plain is None or plain.end() == end or _SPECIAL.search(source, plain.end(), end) is None


def _add_text(builder: _Builder, source: str, start: int, end: int, *, wraps: bool = False) -> None:
    """Add a stretch without tags; where a page `wraps`, its line breaks are only white space."""
    position = start
    for match in _TEXT.finditer(source, start, end):
        _add_verbatim(builder, source, position, match.start(), wraps)
        builder.add(_plain(match), *match.span())
        position = match.end()
    _add_verbatim(builder, source, position, end, wraps)


def _add_verbatim(builder: _Builder, source: str, start: int, end: int, wraps: bool) -> None:
    text = source[start:end]
    builder.add(text.replace("\n", " ").replace("\r", " ").replace("\t", " ") if wraps else text, start, end)


def _plain(match: re.Match[str]) -> str:
    if match.lastgroup == "entity":
        return html.unescape(match[0]).replace("\u00a0", " ")
    return {"invisible": "", "return": "\n"}.get(match.lastgroup or "", " ")


_ESCAPE = re.compile(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u(?P<unit>[0-9a-fA-F]{4})|u\{(?P<point>[0-9a-fA-F]{1,6})\}|x(?P<byte>[0-9a-fA-F]{2})|(?P<one>.))",
    re.DOTALL,
)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": " ", "v": " ", "b": "", "0": "", "\n": "", "\r": ""}


def view_literal(source: str, start: int, end: int) -> View:
    """The view of what stands between the quotes of a string in JSON or JavaScript: what the string says."""
    builder = _Builder()
    position = start
    for match in _ESCAPE.finditer(source, start, end):
        builder.add(source[position : match.start()], position, match.start())
        builder.add(_said(match), *match.span())
        position = match.end()
    builder.add(source[position:end], position, end)
    return builder.view([], [])


def _said(escape: re.Match[str]) -> str:
    """The character of an escape (RFC 8259 §7, ECMA-262 §12.9.4); half of one that takes two is none."""
    if one := escape["one"]:
        return _CONTROLS.get(one, one)
    if high := escape["high"]:
        return chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(escape["low"], 16) & 0x3FF))
    number = int(escape["unit"] or escape["point"] or escape["byte"], 16)
    return chr(number) if number < 0xD800 or 0xDFFF < number <= 0x10FFFF else "\ufffd"


_BRACKETS = frozenset({"opening", "closing"})


def view_markdown(source: str, start: int, end: int) -> View:
    """The view of a stretch of Markdown, with its inline and reference links."""
    marks = list(_MARKDOWN.finditer(source, start, end))
    pairs = _pair_brackets(marks)
    builder, links, times = _Builder(), list[Link](), list[Link]()
    kept = {"a": links, "time": times}
    opened: dict[int, int] = {}
    anchors: list[tuple[Tag, int]] = []
    position = start
    for mark in marks:
        first, behind = mark.span()
        kind = mark.lastgroup
        if kind in _BRACKETS and first not in pairs:
            continue  # it says no more than any other character
        builder.add(source[position:first], position, first)
        position = behind
        if kind == "opening":
            opened[first] = builder.length
        elif kind == "closing":
            url, opening = _address(source, mark), pairs[first]
            links.append(Link(opened[opening], builder.length, url, opening, behind))
        elif kind == "tag":
            tag = Tag(mark["name"].lower(), first, behind, bool(mark["close"]), mark["written"])
            _add_tag(builder, tag, anchors, kept)
        elif kind == "auto":
            builder.add(mark["address"], first + 1, behind - 1)
        elif kind not in {"quote", "escape"}:
            builder.add(_plain(mark), first, behind)
    builder.add(source[position:end], position, end)
    return builder.view(links, times)


def _pair_brackets(marks: list[re.Match[str]]) -> dict[int, int]:
    """Which closing brackets end a link, and where each of these begins; both sides of a pair are keys."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for mark in marks:
        kind = mark.lastgroup
        if kind == "opening":
            stack.append(mark.start())
        elif kind == "closing" and stack:
            opening = stack.pop()
            if mark["url"] is not None or mark["label"] is not None:
                pairs[mark.start()] = opening
                pairs[opening] = mark.start()
    return pairs


def _address(source: str, mark: re.Match[str]) -> str:
    if mark["url"] is not None:
        return re.sub(r"[\s>]+", "", html.unescape(mark["url"]))
    label = mark["label"]
    return _definitions(source).get(_normalized(label), "") if label else ""


_DEFINITION = re.compile(
    r"^[ >]{0,6}\[(?P<label>[^\]\n]{1,80})\]:[ \t]*<?(?P<url>\S{1,2000}?)>?[ \t]*(?:$|[\"'(])", re.MULTILINE
)


@lru_cache(maxsize=1)
def _definitions(source: str) -> dict[str, str]:
    """The addresses of a text's reference links by their labels; of several with one label the first counts."""
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(source):
        found.setdefault(_normalized(match["label"]), html.unescape(match["url"]))
    return found


def _normalized(label: str) -> str:
    """A label as labels are compared (CommonMark §4.7): without regard to case and white space."""
    return " ".join(label.split()).casefold()


def view_page(
    source: str,
    tokens: Sequence[Tag | Opaque],
    known: Sequence[tuple[int, int]],
    start: int = 0,
    end: int | None = None,
) -> View:
    """The view of a page, or of a stretch of it: `tokens` are its lexer's, `known` the spans already taken."""
    end = len(source) if end is None else end
    builder, links, times = _Builder(), list[Link](), list[Link]()
    anchors: list[tuple[Tag, int]] = []
    position = start
    for token in _with_known(tokens, known):
        if token.start < position:
            continue
        _add_text(builder, source, position, token.start, wraps=True)
        position = token.end
        if isinstance(token, Opaque):
            builder.add(BARRIER if token.name in {"known", "pre", "code"} else "", token.start, token.end)
        else:
            _add_tag(builder, token, anchors, {"a": links, "time": times})
    _add_text(builder, source, position, end, wraps=True)
    return builder.view(links, times)


def _add_tag(builder: _Builder, tag: Tag, anchors: list[tuple[Tag, int]], kept: dict[str, list[Link]]) -> None:
    if tag.name in _BLOCKS:
        builder.add("\n", tag.start, tag.end)
    elif tag.name in kept:
        _note(tag, builder.length, anchors, kept)


def _with_known(tokens: Sequence[Tag | Opaque], known: Sequence[tuple[int, int]]) -> Iterator[Tag | Opaque]:
    spans = [Opaque("known", start, end) for start, end in known]
    yield from sorted([*tokens, *spans], key=lambda token: (token.start, -token.end))


def _note(tag: Tag, position: int, open_tags: list[tuple[Tag, int]], kept: dict[str, list[Link]]) -> None:
    if not tag.closes:
        open_tags.append((tag, position))
    elif open_tags and open_tags[-1][0].name == tag.name:
        opening, start = open_tags.pop()
        if value := opening.attributes.get("href" if tag.name == "a" else "datetime"):
            kept[tag.name].append(Link(start, position, value, opening.start, tag.end))


def page_text(page: str) -> str:
    """The words of a page or of a piece of one, a line for each of its blocks.

    >>> page_text("<h1>One</h1><p>T<b>w</b>o,\\nthree")
    'One\\nTwo, three'
    """
    lines = (" ".join(line.split()) for line in view_page(page, list(lex(page)), ()).text.split("\n"))
    return "\n".join(line for line in lines if line and line != BARRIER)
