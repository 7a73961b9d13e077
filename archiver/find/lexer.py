"""The lexer: where the tags of a page begin and end, and what of a page is not page at all.

It follows the HTML standard's tokenizer (§13.2.5) where that decides offsets: comments, raw text elements, quoting of
attributes. Every step is possessive or a plain search, so that no input takes more than linear time.
"""

import html
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, zip_longest
from typing import NamedTuple

# An attribute's quotes count only behind its `=`: `<p title=it's>` is a whole tag. One that is never closed reaches to
# the end of the page (§13.2.5.36), so nothing behind it is a tag.
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)"""
_ATTRIBUTES = rf"(?:[\s/]++|[^\s/>=][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?+|=)*+"
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/><]*+)(?P<attributes>{_ATTRIBUTES})(?P<end>>?)")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)))?"""
)
# Pages that were counted have some dozens at most; a tag that is never closed may have a million.
_MOST_ATTRIBUTES = 10_000
_EXPRESSION = re.compile(r"\{[\"'`](?P<text>[^\"'`]*)[\"'`]\}/?")
_COMMENT_END = re.compile(r"--!?>")

# What stands inside these is text, code or data, not the page (`pre` and `code` by our own rule: sample code).
OPAQUE = frozenset({"script", "style", "textarea", "title", "xmp", "pre", "code", "noembed", "noframes"})
_CLOSERS = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE) for name in OPAQUE}


class Tag(NamedTuple):
    """One tag: its name in lower case, its offsets, and its attributes as written."""

    name: str
    start: int
    end: int
    closes: bool
    written: str

    @property
    def attributes(self) -> Mapping[str, str]:
        """Names in lower case and values with entities decoded; the first of two equal names counts.

        A text in braces, as JSX writes a value, is read as the text.
        """
        return _read_attributes(self.written)


@lru_cache(maxsize=4)  # the same tag is asked several times in a row
def _read_attributes(written: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for match in islice(_ATTRIBUTE.finditer(written), _MOST_ATTRIBUTES):
        name = match[1].lower()
        if name in found:
            continue
        value = match[2] or match[3] or match[4] or ""
        if value[:1] == "{" and (text := _EXPRESSION.fullmatch(value)):
            value = text["text"]
        found[name] = html.unescape(value)
    return found


class Opaque(NamedTuple):
    """A stretch that is not the page's text: a comment, or an element of `OPAQUE` whole."""

    name: str
    start: int
    end: int


def lex(source: str, start: int = 0, end: int | None = None) -> Iterator[Tag | Opaque]:
    """Yield the tags and opaque stretches of `source[start:end]`, in order; what lies between is text."""
    end = len(source) if end is None else end
    position = source.find("<", start, end)
    while position >= 0:
        token = _token(source, position)
        if isinstance(token, int):
            position = token
        else:
            yield token
            position = token.end
        position = source.find("<", position, end)


def _token(source: str, position: int) -> Tag | Opaque | int:
    """The token that begins with the `<` at `position`, or the offset from where to look for the next `<`."""
    match = _TAG.match(source, position)
    if match is None:
        return _declaration(source, position)
    close, name, attributes, closing = match.groups()
    end = match.end()
    # An unterminated tag is text up to where it broke off: starting again inside it would be quadratic.
    if not closing:
        return end
    name = name.lower()
    if close or name not in OPAQUE:
        return Tag(name, position, end, bool(close), attributes)
    closer = _CLOSERS[name].search(source, end)
    return Opaque(name, position, closer.end() if closer else len(source))


def _declaration(source: str, position: int) -> Opaque | int:
    if not source.startswith(("!", "?"), position + 1):
        return position + 1
    if source.startswith("<!--", position):
        if source.startswith((">", "->"), position + 4):
            return Opaque("comment", position, source.index(">", position) + 1)
        found = _COMMENT_END.search(source, position + 4)
        return Opaque("comment", position, found.end() if found else len(source))
    if source.startswith("<![CDATA[", position):
        closing = source.find("]]>", position)
        return Opaque("cdata", position, closing + 3 if closing >= 0 else len(source))
    closing = source.find(">", position)
    return Opaque("declaration", position, closing + 1 if closing >= 0 else len(source))


# Elements that have no end tag (HTML standard §13.1.2).
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
# Only the end tag of one of these, or its own, ends an element that is still open: a stray `</p>` or `</b>` does not.
_SCOPES = frozenset("article aside blockquote body div figure html li main section table tbody td tr".split())  # noqa: SIM905


class Element(NamedTuple):
    """One element: its start tag, and the offset behind its end tag, or where its parent ended without one."""

    tag: Tag
    end: int

    @property
    def start(self) -> int:
        """The offset of its start tag."""
        return self.tag.start


def find_elements(
    source: str, tokens: Iterable[Tag | Opaque], wanted: Callable[[Tag], bool], *, depth: int = 1
) -> list[Element]:
    """The elements whose start tag is `wanted`, in order of their start; of those within each other the `depth` outer.

    A blockquote without an end tag ends where its parent ends, where the next wanted element begins, or where the
    page breaks off; any other element without one is its start tag alone.
    """
    tree = _OpenElements()
    starts: list[Tag] = []
    ends: dict[int, tuple[int, bool]] = {}
    for token in tokens:
        if isinstance(token, Opaque):
            continue
        if token.closes:
            ends.update(tree.close(token))
            continue
        if is_wanted := wanted(token):
            starts.append(token)
        if not _is_empty(token):
            tree.open(token, watch=is_wanted)
    return _outer(starts, ends, len(source.rstrip()), depth)


def _outer(starts: list[Tag], ends: dict[int, tuple[int, bool]], last: int, depth: int) -> list[Element]:
    found: list[Element] = []
    around: list[int] = []
    for tag, following in zip_longest(starts, starts[1:]):
        while around and tag.start >= around[-1]:
            around.pop()
        if len(around) >= depth:
            continue
        end, proper = ends.get(tag.start, (last, False))
        if not proper:
            end = min(end, following.start if following else last) if tag.name == "blockquote" else tag.end
        end = max(end, tag.end)
        found.append(Element(tag, end))
        around.append(end)
    return found


def _is_empty(tag: Tag) -> bool:
    return tag.name in VOID or (tag.written.endswith("/") and ("-" in tag.name or tag.name == "iframe"))


class _OpenElements:
    """The stack of open elements, with a count of names for each scope so that a stray end tag costs nothing."""

    def __init__(self) -> None:
        self._stack: list[tuple[Tag, bool]] = []
        self._counts: list[defaultdict[str, int]] = [defaultdict(int)]
        self._scopes = defaultdict[str, int](int)

    def open(self, tag: Tag, *, watch: bool) -> None:
        """Push an element; the end of a watched one is told by the `close` that ends it."""
        self._stack.append((tag, watch))
        self._counts[-1][tag.name] += 1
        if tag.name in _SCOPES:
            self._counts.append(defaultdict(int))
            self._scopes[tag.name] += 1

    def close(self, end: Tag) -> list[tuple[int, tuple[int, bool]]]:
        """Close what the end tag closes: of each watched element its start, its end, and whether it had its own."""
        if not (self._scopes if end.name in _SCOPES else self._counts[-1]).get(end.name):
            return []
        told = []
        while self._stack:
            tag, watched = self._stack.pop()
            if tag.name in _SCOPES:
                self._counts.pop()
                self._scopes[tag.name] -= 1
            self._counts[-1][tag.name] -= 1
            own = tag.name == end.name
            if watched:
                told.append((tag.start, (end.end if own else end.start, own)))
            if own:
                break
        return told


BALANCE_REACH = 1_000
"""How many tokens around a span are looked at: what ends further away began a part of the page, not of an embed."""


def balance(tokens: Sequence[Tag | Opaque], start: int, end: int) -> tuple[int, int]:
    """The smallest span around `start`–`end` that holds the end of every element it begins, and the other way round.

    A start or an end that is not near is left where it is.
    """
    first, behind = bisect_left(tokens, start, key=_start), bisect_left(tokens, end, key=_start)
    ends, starts = _unpaired(tokens[first:behind])
    end = _reach(starts, tokens[behind : behind + BALANCE_REACH], end, closing=True)
    start = _reach(ends, tokens[max(0, first - BALANCE_REACH) : first][::-1], start, closing=False)
    return start, end


def _reach(missing: Counter[str], tokens: Sequence[Tag | Opaque], edge: int, *, closing: bool) -> int:
    """Where the last of the `missing` tags is paired on the way through `tokens`, outwards from an edge."""
    left = missing.total()
    for token in tokens:
        if not left:
            break
        if isinstance(token, Tag) and missing[token.name] > 0:
            step = -1 if token.closes is closing else 1
            missing[token.name] += step
            left += step
            if step < 0:
                edge = token.end if closing else token.start
    return edge


def _start(token: Tag | Opaque) -> int:
    return token.start


def _unpaired(tokens: Iterable[Tag | Opaque]) -> tuple[Counter[str], Counter[str]]:
    """How often each name has an end tag without its start, and a start tag without its end."""
    ends, starts = Counter[str](), Counter[str]()
    for token in tokens:
        if isinstance(token, Opaque) or _is_empty(token):
            continue
        if not token.closes:
            starts[token.name] += 1
        elif starts[token.name]:
            starts[token.name] -= 1
        else:
            ends[token.name] += 1
    return ends, starts
