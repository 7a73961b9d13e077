"""Mentions: an embed's words in quotation marks, in a sentence that goes on, or signed by nobody, as texts about embeds
have them."""

import re

_CLOSING = {'"': '"', "'": "'", "`": "`", "“": "”“", "„": "“”", "‘": "’", "«": "»", "»": "«", "「": "」", "『": "』"}
_QUOTED_REACH = 60
# What documentation and forms have where a name or a handle goes, in lower case.
_SAMPLE_NAMES = frozenset(
    {"example", "name", "your name", "user name", "username", "full name", "display name", "author name", "user"}
)
_SAMPLE_HANDLES = frozenset(
    {"example", "handle", "username", "user_name"}
    | {f"your{gap}{word}" for gap in ("", "_") for word in ("handle", "name", "username")}
)
_NEXT_WORD = re.compile(r"[ \t,]{1,3}([^\W\d_]{1,40})\W")


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text, or a line that begins with it, is put in quotation marks.

    >>> is_quoted('alt="via GIPHY"', 5, 14)
    True
    >>> is_quoted('"Six boats!"via GIPHY "', 12, 21)
    False
    """
    closing = _CLOSING.get(text[start - 1 : start])
    if closing is None or not (start < 2 or text[start - 2].isspace() or text[start - 2] in "([{=:,"):
        return False
    line = text[start : end + _QUOTED_REACH].partition("\n")[0]
    return any(mark in line for mark in closing)


def goes_on(text: str, end: int, joining: tuple[str, ...]) -> bool:
    """Whether a sentence goes on behind a stretch of text, in a small letter, with none of the words that join a date.

    >>> goes_on("A photo posted by Mara Lind (@maralind) shows six boats.", 39, ("on",))
    True
    """
    word = _NEXT_WORD.match(text, end)
    if word is None or not word[1].islower():
        return False
    return not any(text.startswith(joint, word.start(1)) or joint.startswith(word[1]) for joint in joining)


def is_sample(author_name: str | None, handle: str | None) -> bool:
    """Whether the author is nobody's name, but what documentation has in its place: all that is said of them.

    Where it needs two such accounts, it numbers them.

    >>> is_sample("Name", "handle"), is_sample("Example", "example_coffee"), is_sample("Example", None)
    (True, False, True)
    """
    if author_name and author_name.lower() not in _SAMPLE_NAMES:
        return False
    return handle.lower().rstrip("0123456789") in _SAMPLE_HANDLES if handle else bool(author_name)
