"""States: how much of a post is kept, what a reader must know first, and the sentences for both."""

import re
from collections.abc import Sequence
from typing import Literal

from archiver.platforms import BY_NAME
from archiver.policy import GONE
from archiver.records import Form, MediaKind
from archiver.store.listings import State as Mark

Holding = Literal["complete", "text-only", "attribution-only", "link-only", "trace-only"]
"""How much is kept: all; words, but not their picture, author or time; who posted, or when; an address; nothing."""

State = Literal[
    "complete",
    "text-only",
    "attribution-only",
    "link-only",
    "trace-only",
    "gone",
    "withheld",
    "redacted",
    "contradictory",
]
"""What a reader must know first: how much is kept, unless the post is gone (and perhaps withheld), redacted or told in
two ways."""

MARKS: dict[Holding, Mark] = {
    "complete": "words",
    "text-only": "words",
    "attribution-only": "who",
    "link-only": "link",
    "trace-only": "link",
}
"""How lists and charts mark it, and what the column `state` says of it."""

NOTICES: dict[State, str] = {
    "gone": "This {noun} is gone from {label}{since}. What stands here is what the archive holds.",
    "withheld": "This {noun} is gone from {label}{since}. What it said and showed is not shown any more.",
    "redacted": "This {noun} is redacted: who posted it, when, and what it said is not told.",
}
ABSENT: dict[Holding, str] = {
    "attribution-only": "The article embeds this {noun} without its words{media}.",
    "link-only": "The article holds only the address of this {noun}, neither its author nor its words{media}.",
    "trace-only": "A {noun} stood here. The article holds neither its author nor its words.",
}
UNSIGNED = "The article holds neither the author of this {noun} nor its words{media}."
UNTOLD = "The article’s text says who posted, or when. Which of its words are the post’s own, if any, cannot be told."
ABSENT_EVERYWHERE = "The articles that embed this {noun} hold neither its words{media}."

_PICTURE_LEFT = re.compile(r"\bpic\.(?:twitter|x)\.com/\w|\[image or embed\]")
"""What X and Bluesky leave in a text in place of a picture."""


def holding_of(*, words: bool, signed: bool, dated: bool, address: bool, lacking: str) -> Holding:
    """How much of a post is kept, by the rule of `store.schema.STATE`; `lacking` names the picture that belongs to it
    and is not here."""
    if words:
        return "complete" if signed and dated and not lacking else "text-only"
    if signed or dated:
        return "attribution-only"
    return "link-only" if address else "trace-only"


def state_of(holding: Holding, status: str | None, *, disputed: bool) -> State:
    """What goes first: redacted, then withheld or gone (`status` of the post), then that sources disagree."""
    if status == "redacted":
        return "redacted"
    if status == "withheld":
        return "withheld"
    if status in GONE:
        return "gone"
    return "contradictory" if disputed else holding


def lacking_media(
    platform: str,
    text: str | None,
    shown: Sequence[MediaKind] = (),
    missing: Sequence[MediaKind] = (),
) -> str:
    """What belongs to such a post besides words and is not kept; empty if it may be words alone.

    `shown` are the kinds of the media that are kept, `missing` those of what its platform names and nobody kept. A
    still stands for no video, unless other media stand beside it.

    >>> lacking_media("instagram", None), lacking_media("youtube", None), lacking_media("twitter", "Low tide.")
    ('its picture or video', 'the video itself', '')
    >>> lacking_media("youtube", None, ["poster"]), lacking_media("mastodon", None, ["poster"])
    ('the video itself', 'its video')
    >>> lacking_media("mastodon", None, ["image"], ["image"] * 5)
    '5 of its 6 pictures'
    """
    if {"image", "video"} & set(shown):
        return _missing_words(shown, missing)
    known = BY_NAME.get(platform)
    if known and known.medium and not (shown and known.medium != known.noun):
        return f"the {known.medium} itself" if known.medium == known.noun else f"its {known.medium}"
    if shown or missing:
        return _missing_words((), (*shown, *missing))
    return "its picture" if text and _PICTURE_LEFT.search(text) else ""


def _missing_words(shown: Sequence[MediaKind], missing: Sequence[MediaKind]) -> str:
    """The pictures and the videos that are missing, of how many; a still is one of a video."""
    return " and ".join(
        _share_words(sum(kind in kinds for kind in missing), sum(kind in kinds for kind in shown), noun)
        for noun, kinds in (("picture", ("image",)), ("video", ("poster", "video")))
        if any(kind in kinds for kind in missing)
    )


def _share_words(missing: int, shown: int, noun: str) -> str:
    whole = missing + shown
    if missing < whole:
        return f"{missing} of its {whole} {noun}s"
    return f"its {noun}" if whole == 1 else f"its {whole} {noun}s"


def shown_words(shown: Sequence[MediaKind]) -> str:
    """The media that are kept, counted.

    >>> shown_words(["poster"]), shown_words(["image", "image", "video"])
    ('a still', '2 pictures and a video')
    """
    counts = ((sum(one == kind for one in shown), noun) for kind, noun in _NOUNS.items())
    return " and ".join(f"a {noun}" if count == 1 else f"{count} {noun}s" for count, noun in counts if count)


_NOUNS: dict[MediaKind, str] = {"image": "picture", "video": "video", "poster": "still"}


def absence_words(holding: Holding, noun: str, lacking: str, form: Form | None, *, signed: bool, printed: bool) -> str:
    """What is said in place of words that nobody kept; `form` is None on a post's own page.

    `signed` says whether it is known who posted, `printed` whether the article prints when.
    """
    if form is None:
        return ABSENT_EVERYWHERE.format(noun=noun, media=f" nor {lacking}" if lacking else " nor its picture")
    if holding == "attribution-only" and form == "text" and (signed or printed):
        return UNTOLD
    sentence = UNSIGNED if holding == "attribution-only" and not signed else ABSENT.get(holding, "")
    joint = " and without" if holding == "attribution-only" and signed else ", nor"
    return sentence.format(noun=noun, media=f"{joint} {lacking}" if lacking else "")


def shortfall_words(*, signed: bool, dated: bool, lacking: str, shown: Sequence[MediaKind] = ()) -> str:
    """What is said below words that are kept without something that belongs to them, perhaps with some media.

    >>> shortfall_words(signed=True, dated=False, lacking="its picture")
    'Only the words are kept, not its picture. When it was posted is not known.'
    >>> shortfall_words(signed=True, dated=True, lacking="5 of its 6 pictures", shown=["image"])
    'Only the words and a picture are kept, not 5 of its 6 pictures.'
    """
    kept = f" and {shown_words(shown)}" if shown else ""
    told = (
        f"Only the words{kept} are kept, not {lacking}." if lacking else "",
        "" if signed else "Who posted it is not known.",
        "" if dated else "When it was posted is not known.",
    )
    return " ".join(filter(None, told))
