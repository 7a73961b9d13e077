"""States: how much of a post is kept, what a reader must know first, and the sentences for both."""

import re
from typing import Literal

from archiver.platforms import BY_NAME
from archiver.policy import GONE
from archiver.records import Form, MediaKind

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

NOTICES: dict[State, str] = {
    "gone": "This {noun} is gone from {label}. What stands here is what the archive holds.",
    "withheld": "This {noun} is gone from {label}. What it said and showed is not shown any more.",
    "redacted": "This {noun} is redacted: who posted it, when, and what it said is not told.",
}
ABSENT: dict[Holding, str] = {
    "attribution-only": "The article embeds this {noun} without its words{media}.",
    "link-only": "The article holds only the address of this {noun}, neither its author nor its words{media}.",
    "trace-only": "A {noun} stood here. The article holds neither its author nor its words.",
}
UNTOLD = "The article’s text says who posted, or when. Which of its words are the post’s own, if any, cannot be told."
ABSENT_EVERYWHERE = "The articles that embed this {noun} hold neither its words{media}."

_PICTURE_LEFT = re.compile(r"\bpic\.(?:twitter|x)\.com/\w|\[image or embed\]")
"""What X and Bluesky leave in a text in place of a picture."""


def holding_of(*, words: bool, signed: bool, dated: bool, address: bool, lacking: str) -> Holding:
    """How much of a post is kept; `lacking` names the picture that belongs to it and is not here."""
    if words:
        return "complete" if signed and dated and not lacking else "text-only"
    if signed or (dated and not address):
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
    platform: str, text: str | None, shown: frozenset[MediaKind] = frozenset(), *, named: bool = False
) -> str:
    """What belongs to such a post besides words, if media of these kinds are kept; empty if it may be words alone.

    `named` says that its platform names media of it. A still stands for no video.

    >>> lacking_media("instagram", None), lacking_media("youtube", None), lacking_media("twitter", "Low tide.")
    ('its picture or video', 'the video itself', '')
    >>> lacking_media("youtube", None, frozenset({"poster"})), lacking_media("mastodon", None, frozenset({"poster"}))
    ('the video itself', 'its video')
    """
    known = BY_NAME.get(platform)
    if shown & {"image", "video"}:
        return ""
    if known and known.medium and not (shown and known.medium != known.noun):
        return f"the {known.medium} itself" if known.medium == known.noun else f"its {known.medium}"
    if shown:
        return "its video"
    return "its picture" if named or (text and _PICTURE_LEFT.search(text)) else ""


def absence_words(holding: Holding, noun: str, lacking: str, form: Form | None) -> str:
    """What is said in place of words that nobody kept; `form` is None on a post's own page."""
    if form is None:
        return ABSENT_EVERYWHERE.format(noun=noun, media=f" nor {lacking}" if lacking else " nor its picture")
    if holding == "attribution-only" and form == "text":
        return UNTOLD
    joint = " and without" if holding == "attribution-only" else ", nor"
    return ABSENT.get(holding, "").format(noun=noun, media=f"{joint} {lacking}" if lacking else "")


def shortfall_words(*, signed: bool, dated: bool, lacking: str, still: bool = False) -> str:
    """What is said below words that are kept without something that belongs to them, perhaps with a `still` of it.

    >>> shortfall_words(signed=True, dated=False, lacking="its picture")
    'Only the words are kept, not its picture. When it was posted is not known.'
    """
    told = (
        f"Only the words{' and a still' if still else ''} are kept, not {lacking}." if lacking else "",
        "" if signed else "Who posted it is not known.",
        "" if dated else "When it was posted is not known.",
    )
    return " ".join(filter(None, told))
