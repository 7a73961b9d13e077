"""Lives in words: what has become of a post at its platform, as far as its answers say."""

from collections.abc import Mapping

from archiver.identity.lives import GONE, STRIKES, VAGUE
from archiver.records import Life, Post
from archiver.render.words import date_words

LIVES: Mapping[Life, str] = {
    "alive": "alive",
    "edited": "edited",
    "deleted": "deleted",
    "account-gone": "account gone",
    "private": "private",
    "login-wall": "behind a login wall",
    "embedding-off": "not to be embedded",
    "rate-limited": "rate limited",
    "unknown": "unknown",
}
"""What each life is called."""


def life_words(post: Post) -> str:
    """What is known of the life of a post, in a sentence or two; empty where it was never asked for.

    >>> life_words(Post(id="twitter:20", platform="twitter", life="alive", life_since="2026-01-03T10:00:00.000Z",
    ...     life_answers=2, checked_at="2026-02-03T10:00:00.000Z"))
    'Last asked for on 3 February 2026: alive (2 answers in a row, since 3 January 2026).'
    """
    if post.life is None:
        return ""
    if post.life in VAGUE:
        return _unknown(post)
    told = f"Last asked for on {date_words(post.checked_at)}: {LIVES[post.life]}"
    if (post.life_answers or 0) > 1:
        told += f" ({post.life_answers} answers in a row, since {date_words(post.life_since)})"
    return f"{told}. {_edit(post)}" if post.edited_after else f"{told}."


def gone_since(post: Post) -> str | None:
    """The day (ISO) since when a post is known to be gone; None where it is not."""
    return post.life_since if post.life in GONE else None


def _unknown(post: Post) -> str:
    if not post.life_answers:
        return "What has become of it is unknown: no answer says."
    said = f"{post.life_answers} said so, first on {date_words(post.life_since)}"
    return f"What has become of it is unknown: it takes {STRIKES} answers a day apart to call it gone, and {said}."


def _edit(post: Post) -> str:
    if post.edited_after == post.edited_before:
        return f"It was edited on {date_words(post.edited_after)}, its platform says."
    return f"Its words were changed between {date_words(post.edited_after)} and {date_words(post.edited_before)}."
