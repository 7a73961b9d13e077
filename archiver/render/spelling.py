"""Spelling out: a text card in an encoding that does not have all of its characters."""

import re
import unicodedata

from archiver.find.patched import FRAME_END

NOTE = "What stands in [brackets] above, or without its accents, is not in this file's encoding."

_NEWLINE = re.compile(r"\r\n|\n|\r")
_END = re.compile(rf"(?=-{{20,}}{FRAME_END})")
_PLAIN = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–−", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f", " "),
    "—": "--",
    "…": "...",
    "·": "-",
}
"""Typographic characters, and what a typewriter has for them."""


def spell_out(card: str, encoding: str) -> str:
    """The card in characters that `encoding` has; where any were replaced, it says so above the end of its frame.

    Typography becomes plain, a letter loses its accents, anything else is named: `[sparkles]`.
    """
    if _has(encoding, card):
        return card
    spelled = "".join(character if _has(encoding, character) else _spelled(character, encoding) for character in card)
    newline = _NEWLINE.search(card)
    return _END.sub(f"{NOTE}{newline[0] if newline else ' '}", spelled, count=1)


def _spelled(character: str, encoding: str) -> str:
    if plain := _PLAIN.get(character):
        return plain
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", character) if not unicodedata.combining(mark))
    if bare and _has(encoding, bare):
        return bare
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
