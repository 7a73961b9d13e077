"""Media: what quoted words stand in, a post, an interview, a book, or nothing but a name's quotation marks."""

from collections.abc import Sequence
from typing import Literal

from archiver.quotes.marks import Quoted
from archiver.quotes.sentences import ACTS, Word, act_of
from archiver.quotes.speech import Cue

Medium = Literal["post", "say", "comment", "spoken", "elsewhere", "earlier", "none"]
"""What the words stand in: a post, speech or writing of no told kind, an answer, speech, other writing, an older post,
or nothing that is told."""


_NEAR_VERB = 7
_TITLE_WORDS, _NAME_WORDS, _DESCRIBED = 6, 3, 5


def strongest(words: Sequence[Word]) -> Cue | None:
    """The strongest act of saying among the words."""
    acts = {act_of(word) for word in words}
    return next((act for act in ACTS if act in acts), None)


def medium_of(words: Sequence[Word], act: Cue | None, verb: Word | None = None) -> Medium:
    """What the words stand in, by the act of saying and by all that its sentence tells.

    Another time and another piece of writing count where they stand near the `verb`: `wrote in her memoir`, but not
    `the author of a memoir wrote`.
    """
    told: set[Cue] = set().union(*(word.cues for word in words))
    near = told if verb is None else set[Cue]().union(*(word.cues for word in _around(words, verb)))
    if "earlier" in near:
        return "earlier"
    if "elsewhere" in near and "place" not in told:
        return "elsewhere"
    if act == "told":
        return "post" if "audience" in told else "spoken"
    if act == "comment" and "place" in told and "replies" not in told:
        return "post"
    if act == "comment" or "replies" in told or ("comment" in told and act != "post"):
        return "comment"
    if "place" not in told and ("spoken" in told or ("press" in told and act != "post")):
        return "spoken"
    if "spoken" in near and act != "post":
        return "spoken"
    if act == "post" or "place" in told:
        return "post"
    return "say" if act == "say" else "none"


def _around(words: Sequence[Word], verb: Word) -> Sequence[Word]:
    at = next((number for number, word in enumerate(words) if word.start == verb.start), 0)
    return words[max(0, at - _NEAR_VERB) : at + _NEAR_VERB]


def looks_like_title(quote: Quoted, text: str, before: Sequence[Word], lead: str) -> bool:
    """Whether the words look like a work's title or a name: behind a word for one, or each with a capital."""
    if lead.endswith((":", "：")) or len(quote.paragraphs) > 1:
        return False
    words = text[quote.start : quote.end].split()
    is_described = words[0][0].islower() and (
        len(words) >= _NAME_WORDS or any("say" in word.cues for word in before[-_DESCRIBED:])
    )
    if any("work" in word.cues for word in before[-3:]) and not is_described:
        return True
    if text[quote.end - 1] in ".,!?…，" or len(words) > _TITLE_WORDS:
        return False
    if before and before[-1].cues & {"the", "own", "a"} and len(words) <= _NAME_WORDS:
        return True
    capitals = [word for word in words if word[0].isupper() or word[0].isdigit()]
    return len(capitals) == len(words) and bool(before) and act_of(before[-1]) is None
