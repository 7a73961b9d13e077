"""Ids: which post and which account an embed names by itself."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from archiver.platforms import BY_NAME
from archiver.records import Embed
from archiver.times import Moment


def identify(embeds: Iterable[Embed], sha256: str) -> list[Embed]:
    """The embeds with what their ids tell: of the post, of when that was given out, and of the author.

    `sha256` is that of the article's bytes. The post is the one that an embed tells by itself (`observed_id`); that it
    is another's too is only known among all embeds of an archive.
    """
    return [_identified(embed, post_id(embed, sha256)) for embed in embeds]


def _identified(embed: Embed, observed_id: str | None) -> Embed:
    decoded = decoded_time(embed.platform, embed.native_id, embed.permalink)
    return replace(
        embed,
        decoded_at=decoded.at if decoded else None,
        observed_id=observed_id,
        post_id=observed_id,
        author_id=author_id(embed.platform, embed.handle),
    )


@lru_cache(maxsize=4096)  # of a post that is derived it is asked several times
def decoded_time(platform: str, native_id: str | None, permalink: str | None) -> Moment | None:
    """When a post's id was given out, in UTC; None where the platform's ids do not tell, or this one does not.

    >>> decoded_time("mastodon", "113237543551316025", "https://mast.example/@ines/113237543551316025").at
    '2024-10-02T11:16:31.005Z'
    >>> decoded_time("mastodon", "113237543551316025", "https://mast.example/@ines@other.example/113237543551316025")
    """
    known = BY_NAME[platform]
    if native_id is None or known.id_time is None or (permalink and known.arrived and known.arrived.search(permalink)):
        return None
    return known.id_time(native_id)


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
