"""X's syndication: what its own embed code asks, which nobody documents and several open programs use.

It is asked before X's oEmbed, since it holds more: links as they lead, the time, the language, and why a post is not
shown. It may end any day, so that oEmbed, which is documented, has the last word where nothing is there; a notice in
place of the post is an answer.
"""

import html
import math
import re
from collections.abc import Iterator

from archiver.capture.sources.base import (
    Sign,
    Source,
    SourceError,
    Told,
    check_same,
    json_reader,
    moment_of,
    objects_at,
    text_at,
)
from archiver.capture.sources.media import syndication_media
from archiver.records import Observation, Outcome, Post
from archiver.times import iso

ENDPOINT = "https://cdn.syndication.twimg.com/tweet-result"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

TOMBSTONES: tuple[tuple[str, Outcome], ...] = (
    ("was deleted by", "not-found"),
    ("violated the", "not-found"),
    ("account that no longer exists", "account-gone"),
    ("suspended account", "account-gone"),
    ("limits who can view", "private"),
    ("age-restricted", "login-wall"),
)
"""What X shows in place of a post, by words of it in lower case, and what that means
(https://help.x.com/rules-and-policies/notices-on-x)."""

# Since nobody documents it, an answer without a post says no more than that another source is to be asked.
SIGNS = tuple(
    Sign(status=status, outcome="not-here", told_in="https://github.com/vercel/react-tweet")
    for status in (400, 401, 403, 404, 410)
)

_SHORT = re.compile(r"https?://t\.co/\w+")
_NO_LANGUAGE = re.compile(r"und|zxx|q[a-t][a-z]")
"""No language, or one of X's own: BCP 47 leaves qaa to qtz to private use."""


def syndication_sources() -> Iterator[Source]:
    """X's."""
    yield Source(name="x-syndication", url=_url, read=json_reader(_read), signs=SIGNS)


def _url(post: Post) -> str | None:
    id_ = post.native_id or ""
    return f"{ENDPOINT}?id={id_}&lang=en&token={token_of(int(id_))}" if id_.isdecimal() else None


def token_of(id_: int) -> str:
    """The token that goes with an id: id / 1e15 * π to the base of 36, as JavaScript writes it, without `0` and `.`
    (the rule that react-tweet and yt-dlp have found).

    >>> token_of(20), token_of(1311875027000000512)
    ('6dq1a2xwd93', '36hdkiumttr')
    """
    return re.sub(r"0+|\.", "", _to_base_36(id_ / 1e15 * math.pi))


def _to_base_36(number: float) -> str:
    """A positive number as JavaScript's `toString(36)` writes it: the fewest digits that tell it from its neighbours.

    ECMA-262 leaves the digits to the engine; these are V8's: one after the other, until what is left is less than half
    of the distance to the next number, and the last one rounded.
    """
    whole, rest = int(number), number - int(number)
    distance = max(0.5 * (math.nextafter(number, math.inf) - number), math.nextafter(0.0, 1.0))
    digits: list[int] = []
    while rest >= distance:
        rest, distance = rest * 36, distance * 36
        digit = int(rest)
        digits.append(digit)
        rest -= digit
        is_upper = rest > 0.5 or (rest == 0.5 and digit % 2 == 1)
        if is_upper and rest + distance > 1:
            while digits and digits[-1] == 35:
                digits.pop()
            if digits:
                digits[-1] += 1
            else:
                whole += 1
            break
    fraction = "".join(DIGITS[digit] for digit in digits)
    return f"{_whole_to_base_36(whole)}.{fraction}" if fraction else _whole_to_base_36(whole)


def _whole_to_base_36(number: int) -> str:
    head, last = divmod(number, 36)
    return (_whole_to_base_36(head) if head else "") + DIGITS[last]


def _read(told: Told, post: Post) -> Observation:
    if not told:
        raise SourceError("it has no such post", "not-here")
    if text_at(told, "__typename") == "TweetTombstone":
        raise _tombstone(text_at(told, "tombstone", "text", "text") or "")
    check_same(text_at(told, "id_str"), post)
    handle, at = text_at(told, "user", "screen_name"), moment_of(text_at(told, "created_at"))
    language = text_at(told, "lang")
    return Observation(
        permalink=f"https://twitter.com/{handle}/status/{post.native_id}" if handle else None,
        handle=handle,
        author_name=text_at(told, "user", "name"),
        posted_at=iso(at, "second") if at else None,
        precision="second" if at else None,
        text=_words(told),
        language=None if language and _NO_LANGUAGE.fullmatch(language) else language,
        media=tuple(syndication_media(told)),
    )


def _tombstone(notice: str) -> SourceError:
    """What a notice in place of the post says; one without a known word says no more than that it is not shown."""
    said = notice.lower()
    outcome: Outcome = next((outcome for words, outcome in TOMBSTONES if words in said), "withheld")
    return SourceError(notice[:200] or "a notice without words stands in its place", outcome)


def _words(told: Told) -> str | None:
    """The words of a post: short links as they lead, those of pictures as embed code has them."""
    links = {text_at(one, "url"): text_at(one, "expanded_url") for one in objects_at(told, "entities", "urls")}
    links |= {text_at(one, "url"): text_at(one, "display_url") for one in objects_at(told, "entities", "media")}
    return html.unescape(_SHORT.sub(lambda found: links.get(found[0]) or found[0], text_at(told, "text") or "")) or None
