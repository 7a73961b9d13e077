"""The tags of a page that say something about it, found in one pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)"""
"""To the end of a tag. A quote counts only behind `=`, and one that is not closed runs to the end of the page, as the
HTML standard has it; so whatever is looked at is consumed, and no page takes more than one pass."""


def _raw(name: str) -> str:
    """An element whose content is text: everything up to its own end tag."""
    return rf"{name}(?=[\s/>]){ATTRIBUTES}(?P<{name}>[^<]*+(?:<(?!/{name})[^<]*+)*+)"


TAG = re.compile(
    rf"<(?:!--(?:-?>|[^-]*+(?:-(?!->)[^-]*+)*+)"
    rf"|{_raw('script')}|{_raw('style')}|{_raw('textarea')}|{_raw('title')}"
    rf"|(?P<name>html|meta|link|time|img|body|blockquote|/blockquote|/head)(?=[\s/>]|\Z){ATTRIBUTES})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag as written; `text` is what a `script` or `title` holds."""

    name: str
    source: str
    text: str = ""


def find_tags(content: str) -> Iterator[Tag]:
    """The tags named in `TAG`, and each `script` and `title` with its text; none in a comment or another's text."""
    for match in TAG.finditer(content):
        if name := match["name"]:
            yield Tag(name.lower(), match[0])
        elif match["title"] is not None:
            yield Tag("title", match[0], match["title"])
        elif match["script"] is not None:
            yield Tag("script", match[0][: match.start("script") - match.start()], match["script"])


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.attributes = {name: value or "" for name, value in reversed(attrs)}


def read_attributes(tag: str) -> dict[str, str]:
    """The attributes of one start tag, names in lower case, references decoded; of two the first counts.

    >>> read_attributes('<meta NAME="author" content="Ana &amp; Bo">')
    {'content': 'Ana & Bo', 'name': 'author'}
    """
    if _SIMPLE.fullmatch(tag):
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(tag):
            found.setdefault(name.lower(), double or single or bare)
        return found
    parser = _Attributes()
    parser.feed(tag)
    return parser.attributes


# Most tags of most pages: nothing to decode, each attribute behind a blank. The parser reads them alike, in ten times
# the time.
_NAME = r"[\w:.-]++"
_VALUE = r"""=(?:"([^"&]*+)"|'([^'&]*+)'|([^\s"'=<>`&]++))"""
_BLANK = r"[ \t\n\r\f]"
_SIMPLE = re.compile(rf"<[a-zA-Z]\w*+(?:{_BLANK}++{_NAME}(?:{_VALUE})?+)*+{_BLANK}*+/?+>", re.ASCII)
_ATTRIBUTE = re.compile(rf"{_BLANK}({_NAME})(?:{_VALUE})?+", re.ASCII)
