"""The text of a post as HTML: paragraphs, lines, addresses, hashtags and mentions, and everything else as it is."""

import re
from collections.abc import Iterator
from functools import cache
from html import escape

from markupsafe import Markup

from archiver.platforms import BY_NAME
from archiver.render.plain import show
from archiver.render.templates import safe

_PICTURE = r"pic\.(?:twitter|x)\.com/\w+"
_LETTER = (
    r"(?:\w|[\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e"
    r"\u0eb1-\u0ecd\u0f71-\u0fbc\u102b-\u109d\u17b4-\u17d3\u200c])"
)
"""A letter, or a mark on one, which Python's `\\w` does not know: Indic vowels, Arabic and Hebrew points."""

_PARTS = (
    rf"(?P<address>https?://(?:(?!{_PICTURE})[^\s<>\"“”«»…])+)(?P<cut>…)?",
    rf"(?P<token>{_PICTURE}|(?<![\w./])t\.co/\w+|\[image or embed\])",  # the last is Bluesky's, in its embed code
    rf"(?P<tag>(?<![\w&/#])[#＃](?=[\d_]*[^\W\d_]){_LETTER}+)",
)
_ENDS = frozenset(".,;:!?'’")
_OPENED = {")": "(", "]": "[", "}": "{"}
_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def linkify(text: str, *, platform: str, language: str | None = None) -> Markup:
    """The text as paragraphs of safe HTML, a `<br>` for each line break, without a blank line in its source.

    An http(s) address is a plain link, unless the text has it cut short; shortened ones and the tokens that stand for
    a picture are muted. Hashtags are marked, mentions where the platform's handles are known; neither is a link.
    Each paragraph has its own direction.
    """
    opening = f'<p lang="{escape(language or "")}" dir="auto">'
    parts = _GAP.split(text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return safe("".join(f"{opening}{_paragraph(part, platform)}</p>" for part in parts))


def _paragraph(text: str, platform: str) -> str:
    return "".join(_pieces(text, _pattern(platform))).replace("\n", "<br>")


@cache
def _pattern(platform: str) -> re.Pattern[str]:
    known = BY_NAME.get(platform)
    handle = known.handle if known else None
    mention = (rf"(?P<mention>(?<![\w@/.])@(?:{handle.pattern})(?<!\.)(?![\w@]))",) if handle else ()
    return re.compile("|".join((*_PARTS, *mention)))


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    position = 0
    for found in pattern.finditer(text):
        yield show(text[position : found.start()])
        kind = found.lastgroup or ""
        if kind == "address":
            yield _link(found["address"])
        else:
            yield f'<span class="archiver-{_CLASSES[kind]}">{show(found[0])}</span>'
        position = found.end()
    yield show(text[position:])


_CLASSES = {"cut": "faint", "token": "faint", "tag": "tag", "mention": "tag"}


def _link(address: str) -> str:
    kept = _trimmed(address)
    faint = ' class="archiver-faint"' if re.match(r"https?://t\.co/", kept) else ""
    link = f'<a{faint} href="{escape(kept)}" rel="noopener noreferrer nofollow" dir="ltr">{show(kept)}</a>'
    return link + show(address[len(kept) :])


def _trimmed(address: str) -> str:
    """The address without the punctuation of the sentence around it; a bracket stays that was opened in it.

    >>> _trimmed("https://a.example/b_(c)."), _trimmed("https://a.example/b),")
    ('https://a.example/b_(c)', 'https://a.example/b')
    """
    surplus = {end: address.count(end) - address.count(start) for end, start in _OPENED.items()}
    length = len(address)
    while length and ((last := address[length - 1]) in _ENDS or surplus.get(last, 0) > 0):
        if last in surplus:
            surplus[last] -= 1
        length -= 1
    return address[:length]
