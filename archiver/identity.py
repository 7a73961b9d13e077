"""Identity: which post and which account an embed speaks of, and what all embeds of one together say.

Posts and authors are derived, never stored facts: a pure fold over the embeds, with written precedence, that gives
the same rows whatever the order. Better evidence wins, poorer never overwrites: decoded from the id, then markup, then
the text of a marker.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from archiver.platforms import BY_NAME
from archiver.records import Author, Embed, Origin, Post

_ORIGINS: dict[Origin | None, int] = {"capture": 0, "id": 1, "markup": 2, "marker": 3, "quote": 4, None: 5}
_PRECISIONS = {"millisecond": 0, "second": 1, "minute": 2, "day": 3, "month": 4, "year": 5, None: 6}

V = TypeVar("V")


def identify(embeds: Iterable[Embed], sha256: str) -> list[Embed]:
    """The embeds with their `post_id` and `author_id`; `sha256` is that of the article's bytes."""
    return [
        replace(embed, post_id=post_id(embed, sha256), author_id=author_id(embed.platform, embed.handle))
        for embed in embeds
    ]


def author_id(platform: str, handle: str | None) -> str | None:
    """The id of an account: its platform and its handle in lower case.

    >>> author_id("instagram", "KateB")
    'instagram:kateb'
    """
    return f"{platform}:{handle.lower()}" if handle else None


def post_id(embed: Embed, sha256: str) -> str | None:
    """The id of the post that an embed shows; None where nothing tells it from any other.

    With the platform's own id it is that. Without, it is provisional: the handle and the printed minute (or the two
    that a 12-hour clock leaves open) name a post; a day or nothing does not, so there the text of the post decides,
    and where that is missing too, each embed has a post of its own, known by its place in the article's content.

    >>> from archiver.find import find_embeds
    >>> source = "A post shared by Ines Okafor (@Ines.Okafor) on Oct 2, 2020 at 4:16am PDT"
    >>> post_id(find_embeds(source, "text")[0], "…")
    'instagram:@ines.okafor/2020-10-02T11:16Z'
    """
    if embed.native_id:
        return f"{embed.platform}:{embed.native_id}"
    if not embed.handle:
        return None
    account = f"{embed.platform}:@{embed.handle.lower()}"
    if embed.posted_at_options:
        return f"{account}/{'~'.join(embed.posted_at_options)}"
    if embed.posted_at and embed.precision in {"minute", "second", "millisecond"}:
        return f"{account}/{embed.posted_at[:16]}Z"
    told = f"text {' '.join(embed.text.split())}" if embed.text else f"place {sha256} {embed.ordinal}"
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{account}/{embed.posted_at or 'undated'}-{digest}"


def fold_post(post_id: str, embeds: Sequence[Embed]) -> Post:
    """The post that all of `embeds` (at least one, in any order) are embeds of."""
    first = min(embeds, key=lambda embed: (embed.platform, embed.native_id or ""))
    platform, native_id = BY_NAME[first.platform], first.native_id
    decoded = platform.id_time(native_id) if platform.id_time and native_id else None
    author, author_source = _best(embeds, lambda e: e.author_id, lambda e: e.handle_origin)
    permalink, permalink_source = _best(embeds, lambda e: e.permalink, lambda _: "markup")
    text, text_source = _best(embeds, lambda e: e.text, text_origin)
    dated = _best_dated(embeds)
    return Post(
        id=post_id,
        platform=first.platform,
        native_id=native_id,
        permalink=permalink,
        permalink_source=permalink_source,
        author_id=author,
        author_source=author_source,
        posted_at=decoded.at if decoded else (dated.posted_at if dated else None),
        precision=decoded.precision if decoded else (dated.precision if dated else None),
        posted_at_source="id" if decoded else (dated.time_origin if dated else None),
        posted_at_options=None if decoded or not dated else dated.posted_at_options,
        text=text,
        text_source=text_source,
        language=_commonest([embed.language for embed in embeds]),
    )


def fold_author(author_id: str, embeds: Sequence[Embed]) -> Author:
    """The account that all of `embeds` (at least one, in any order) name as their author."""
    platform = BY_NAME[author_id.partition(":")[0]]
    handle = _commonest([embed.handle for embed in embeds]) or author_id.partition(":")[2]
    name = _commonest([embed.author_name for embed in embeds])
    return Author(
        id=author_id,
        platform=platform.name,
        handle=handle,
        name=name,
        name_source="marker" if name else None,
        url=platform.profile_url(handle),
    )


def text_origin(embed: Embed) -> Origin:
    """Where the text of an embed was read from."""
    return "marker" if embed.form in {"text", "url"} else "markup"


def _best(
    embeds: Sequence[Embed], value: Callable[[Embed], V | None], origin: Callable[[Embed], Origin | None]
) -> tuple[V | None, Origin | None]:
    """The value of the best origin; among those the one seen most often, then the longest, then the first in order."""
    seen: Counter[tuple[V, Origin | None]] = Counter()
    for embed in embeds:
        if (found := value(embed)) is not None:
            seen[found, origin(embed)] += 1
    if not seen:
        return None, None
    return min(seen, key=lambda pair: (_ORIGINS[pair[1]], -seen[pair], -len(str(pair[0])), str(pair[0])))


def _best_dated(embeds: Sequence[Embed]) -> Embed | None:
    """The embed that dates the post best: by origin, then by precision, then by what most embeds say."""
    dated = [embed for embed in embeds if embed.posted_at]
    votes = Counter(embed.posted_at for embed in dated)
    return min(
        dated,
        key=lambda embed: (
            _ORIGINS[embed.time_origin],
            _PRECISIONS[embed.precision],
            -votes[embed.posted_at],
            embed.posted_at or "",
            embed.posted_at_options or (),
        ),
        default=None,
    )


def _commonest(values: Iterable[str | None]) -> str | None:
    """The value seen most often; of several the one that sorts first."""
    votes = Counter(value for value in values if value)
    return min(votes, key=lambda value: (-votes[value], value), default=None)
