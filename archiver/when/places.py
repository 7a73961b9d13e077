"""Places of ids besides the addresses of posts: stories, pictures on servers, and sites without embeds of ours."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from archiver.times import (
    IdClock,
    discord_time,
    mastodon_fork_time,
    media_id_time,
    picture_name_time,
    shortcode_time,
    weibo_time,
)
from archiver.urls import split_address


@dataclass(frozen=True, kw_only=True, slots=True)
class IdPlace:
    """One shape of address that holds an id which knows its time, though it is not the address of an embeddable post.

    `hosts`, `path` and its group `id` are as in `UrlForm`, with `*` for any host; the parameter `query` holds the id
    where it is not in the path. `read` makes of what stands there the id that `clock` reads, or None. `bare` matches
    what may be such an id without its address. `note` says what the id is.
    """

    platform: str
    label: str
    kind: str
    clock: IdClock
    hosts: tuple[str, ...]
    path: re.Pattern[str] = re.compile("/")
    query: str | None = None
    read: Callable[[str], str | None] = str
    bare: re.Pattern[str] | None = None
    note: str = ""


def _media_id(key: str) -> str | None:
    """The media id in an `ig_cache_key`: base64 in front of the first dot.

    >>> _media_id("MjQxMTAzMTUyODMxNDM2MTc1OQ==.2-ccb7-5")
    '2411031528314361759'
    """
    try:
        media_id = base64.b64decode(f"{key.partition('.')[0].rstrip('=')}==", validate=True)
    except (binascii.Error, ValueError):
        return None
    return media_id.decode("ascii", "replace") if media_id.isdigit() else None


def _first_number(text: str) -> str:
    """The media id of `media_user`, as Instagram's API writes it."""
    return text.partition("_")[0]


PLACES = (
    IdPlace(
        platform="instagram",
        label="Instagram",
        kind="story",
        clock=media_id_time,
        hosts=("instagram.com",),
        path=re.compile(r"/stories/(?!highlights/)[\w.]{1,30}/(?P<id>\d{18,19})(?!\w)"),
    ),
    IdPlace(
        platform="instagram",
        label="Instagram",
        kind="picture",
        clock=media_id_time,
        hosts=("*",),
        query="ig_cache_key",
        read=_media_id,
        bare=re.compile(r"[A-Za-z0-9+/]{24,28}={0,2}(?:\.[\w-]+)?"),
        note="Where a post has several pictures each has an id of its own. Threads has the same ids.",
    ),
    IdPlace(
        platform="instagram",
        label="Instagram",
        kind="media",
        clock=media_id_time,
        hosts=(),
        read=_first_number,
        bare=re.compile(r"\d{18,19}(?:_\d{1,19})?"),
        note="Threads has the same ids.",
    ),
    IdPlace(
        platform="twitter",
        label="X (Twitter)",
        kind="picture",
        clock=picture_name_time,
        hosts=("pbs.twimg.com",),
        path=re.compile(r"/media/(?P<id>[\w-]{15})(?![\w-])"),
        bare=re.compile(r"[\w-]{15}"),
    ),
    IdPlace(
        platform="discord",
        label="Discord",
        kind="message",
        clock=discord_time,
        hosts=("discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com"),
        path=re.compile(r"/channels/(?:\d{15,20}|@me)/\d{15,20}/(?P<id>\d{15,20})(?!\w)"),
    ),
    IdPlace(
        platform="gab",
        label="Gab",
        kind="post",
        clock=mastodon_fork_time,
        hosts=("gab.com",),
        path=re.compile(r"/@?\w{1,60}/(?:posts/)?(?P<id>\d{15,19})(?!\w)"),
    ),
    IdPlace(
        platform="weibo",
        label="Weibo",
        kind="post",
        clock=weibo_time,
        hosts=("weibo.com", "weibo.cn"),
        path=re.compile(r"/(?:status|detail|\d{5,12})/(?P<id>\d{16})(?!\w)"),
    ),
)


def find_place(address: str) -> tuple[IdPlace, str] | None:
    """The place that an address is, and the id there as the place's clock reads it; None for any other address."""
    parts = split_address(address)
    if parts is None:
        return None
    host, path, query = parts
    for place in PLACES:
        match = place.path.match(path) if host in place.hosts or "*" in place.hosts else None
        if match is None:
            continue
        written = parse_qs(query).get(place.query, [""])[0] if place.query else match["id"]
        if written and (native_id := place.read(written)):
            return place, native_id
    return None


def shortcode_of(media_id: str) -> str:
    """The shortcode of the post whose media id this is: the same number in other digits.

    >>> shortcode_of("2411031528314361759")
    'CF1tGabcdef'
    """
    return shortcode_time.text(int(media_id))
