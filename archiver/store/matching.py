"""What is searched for, from the words that a person types: a full-text query that cannot be wrong, and the rest."""

import re
import unicodedata
from dataclasses import dataclass

_PIECES = re.compile(r"""["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»](?P<open>\*?)|(?P<word>[^\s"“”„«»]+)""")

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # the Japanese syllabaries
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # Han
)
"""Scripts that put no spaces between words, where the index has whole sentences for words."""

_UNUSABLE = re.compile("[\0\ud800-\udfff]")
"""What ends a string in SQLite, and what cannot be written in UTF-8."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a text must hold: what `match`, in FTS5's language, says (None: nothing), and each of `parts` as it stands.

    The index knows words; `parts` is what it cannot find: a piece of a sentence in a script without spaces, an emoji.
    """

    match: str | None = None
    parts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.match or self.parts)


def wanted(query: str) -> Wanted:
    r"""What is searched for with the words of a query: all of them, in any order, whatever they are.

    Words in quotation marks must follow each other; `*` at the end stands for any further letters. Nothing else means
    anything (https://www.sqlite.org/fts5.html#full_text_query_syntax): each piece is given to FTS5 as a string.

    >>> wanted('low-tide "first light" AND lanter*').match
    '"low-tide" "first light" "AND" "lanter" *'
    >>> wanted('台風 2019 🎉 - "'), bool(wanted('- "'))
    (Wanted(match='"2019"', parts=('台風', '🎉')), False)
    """
    match, parts = [], []
    for piece in _PIECES.finditer(_UNUSABLE.sub(" ", query)):
        text = piece["word"].removesuffix("*") if piece["word"] else piece["phrase"].strip()
        is_open = bool(piece["open"]) or (piece["word"] or "").endswith("*")
        if _UNSPACED.search(text) or (not _has_word(text) and _has_symbol(text)):
            parts.append(text)
        elif _has_word(text):
            match.append(f'"{text}"{" *" if is_open else ""}')
    return Wanted(match=" ".join(match) or None, parts=tuple(parts))


def _has_word(text: str) -> bool:
    """Whether the index has anything of it: letters, digits and what belongs to no script (unicode61's default)."""
    return any(kind[0] in "LN" or kind == "Co" for kind in map(unicodedata.category, text))


def _has_symbol(text: str) -> bool:
    return any(unicodedata.category(character) == "So" for character in text)
