"""oEmbed (oembed.com): embed code and a few words on a post, each platform's as its own documentation has it.

Giphy's and Pinterest's are not asked: neither documents what they answer, and Giphy's was seen to answer about another
picture than the one that was asked for.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

from archiver.capture.sources.base import (
    Sign,
    Source,
    SourceError,
    Told,
    check_same,
    day_of,
    handle_in,
    json_reader,
    text_at,
)
from archiver.capture.sources.media import oembed_media
from archiver.find import find_embeds
from archiver.records import Observation, Post

SIGNS = (Sign(status=401, outcome="private", told_in="https://oembed.com/#section2.3"),)
"""What oEmbed itself says of an address with nothing public behind it; 404 is what HTTP says it is."""

YOUTUBE_SIGNS = (
    Sign(
        status=401,
        outcome="embedding-off",
        told_in="https://github.com/extractus/oembed-extractor/issues/168",
    ),
    Sign(status=403, outcome="private", told_in="https://github.com/ruby-oembed/ruby-oembed/issues/79"),
    Sign(
        status=200,
        says="Forbidden",
        outcome="private",
        told_in="https://github.com/ruby-oembed/ruby-oembed/issues/79",
    ),
)
VIMEO_SIGNS = (
    # A video that is shown on some sites only is not found either, unless one of them asks.
    Sign(status=404, outcome="unclear", told_in="https://developer.vimeo.com/api/oembed/videos"),
    Sign(status=403, outcome="embedding-off", told_in="https://developer.vimeo.com/api/oembed/videos"),
)
# Of a track by the number that its player has it is not documented that it is answered for.
SOUNDCLOUD_PLAYER_SIGNS = (
    Sign(status=404, outcome="unclear", told_in="https://developers.soundcloud.com/docs/oembed"),
)
X_SIGNS = (Sign(status=403, outcome="private", told_in="https://docs.x.com/x-for-websites/oembed-api"),)


def oembed_sources() -> Iterator[Source]:
    """Those of all platforms that have one whose answers may be kept."""
    yield Source(name="bluesky-oembed", url=_endpoint("https://embed.bsky.app/oembed?url="), read=json_reader(_code))
    yield Source(
        name="x-oembed",
        url=_endpoint("https://publish.x.com/oembed?omit_script=1&dnt=1&url="),
        read=json_reader(_code),
        signs=X_SIGNS,
        hosts=("publish.twitter.com",),
    )
    yield Source(
        name="tiktok-oembed",
        url=_endpoint("https://www.tiktok.com/oembed?url="),
        read=_titled("www.tiktok.com"),
        signs=SIGNS,
    )
    yield Source(
        name="youtube-oembed",
        url=_endpoint("https://www.youtube.com/oembed?format=json&url="),
        read=_titled("www.youtube.com"),
        signs=YOUTUBE_SIGNS,
    )
    yield Source(
        name="vimeo-oembed",
        url=_endpoint("https://vimeo.com/api/oembed.json?url="),
        read=_titled("vimeo.com"),
        signs=VIMEO_SIGNS,
    )
    yield Source(
        name="dailymotion-oembed",
        url=_endpoint("https://www.dailymotion.com/services/oembed?format=json&url=", r"www\.dailymotion\.com/video/"),
        read=_titled("www.dailymotion.com", "dailymotion.com"),
        signs=SIGNS,
    )
    yield Source(
        name="reddit-oembed",
        url=_endpoint("https://www.reddit.com/oembed?url="),
        read=json_reader(_code),
        signs=SIGNS,
    )
    yield Source(name="tumblr-oembed", url=_tumblr_url, read=json_reader(_tumblr), signs=SIGNS)
    yield Source(
        name="flickr-oembed",
        url=_endpoint(
            "https://www.flickr.com/services/oembed/?format=json&url=", r"www\.flickr\.com/photos/|flic\.kr/p/"
        ),
        read=_titled("www.flickr.com", below="photos/"),
        signs=SIGNS,
    )
    yield Source(
        name="spotify-oembed",
        url=_endpoint(
            "https://open.spotify.com/oembed?url=", r"open\.spotify\.com/(?:track|album|playlist|episode|show)/"
        ),
        read=_titled(),
        signs=SIGNS,
    )
    yield Source(
        name="soundcloud-oembed",
        url=_endpoint("https://soundcloud.com/oembed?format=json&url=", r"soundcloud\.com/"),
        read=json_reader(_soundcloud_page),
        signs=SIGNS,
    )
    yield Source(
        name="soundcloud-player-oembed",
        url=_endpoint("https://soundcloud.com/oembed?format=json&url=", r"api\.soundcloud\.com/"),
        read=_titled("soundcloud.com"),
        signs=SOUNDCLOUD_PLAYER_SIGNS,
    )


def _endpoint(endpoint: str, addresses: str = "") -> Callable[[Post], str | None]:
    """The address to ask for a post whose own is one of those that the endpoint answers for, if that is not all of
    them: of others it would say that nothing is there. Short links lead to ids that the answer could not be held to."""
    answered = re.compile(rf"https?://(?:{addresses})")

    def url(post: Post) -> str | None:
        is_answered = post.permalink and answered.match(post.permalink)
        return f"{endpoint}{quote(post.permalink, safe='')}" if is_answered and post.permalink else None

    return url


def _tumblr_url(post: Post) -> str | None:
    """Asked by the address that a post has at its blog, which is the one that Tumblr's endpoint is known to answer for
    (https://github.com/iamcal/oembed, providers/tumblr.yml)."""
    blog = _blog(post.permalink)
    address = f"https://{blog}.tumblr.com/post/{post.native_id}"
    return f"https://www.tumblr.com/oembed/1.0?url={quote(address, safe='')}" if blog else None


def _blog(url: str | None) -> str | None:
    """The blog that the address of a post names, which is the name of its account.

    >>> _blog("https://lakeside.tumblr.com/post/186400012345"), _blog("https://www.tumblr.com/lakeside/186400012345")
    ('lakeside', 'lakeside')
    """
    parts = urlsplit(url or "")
    path = parts.path.strip("/").split("/")
    if parts.hostname == "www.tumblr.com":
        return path[0] if len(path) > 1 else None
    blog = (parts.hostname or "").removesuffix(".tumblr.com")
    return blog if path[0] == "post" and "." not in blog else None


def _tumblr(told: Told, post: Post) -> Observation:
    """What the embed code says of the post; the other values of an answer may be the blog's."""
    found = _code(told, post)
    return replace(found, handle=found.handle or _blog(found.permalink))


def _code(told: Told, post: Post) -> Observation:
    """What the embed code in an answer says, read as in an article."""
    found = next(iter(find_embeds(text_at(told, "html") or "", "html")), None)
    if found is None:
        raise SourceError("it has no embed code")
    check_same(found.native_id, post)
    return Observation(
        permalink=found.permalink,
        handle=found.handle or handle_in(text_at(told, "author_url"), "twitter.com", "x.com"),
        author_name=found.author_name or (text_at(told, "author_name") if post.platform == "twitter" else None),
        posted_at=found.posted_at,
        precision=found.precision,
        text=found.text,
        media=tuple(oembed_media(told)),
    )


def _titled(*hosts: str, below: str = "") -> Callable[[bytes, Post], Observation]:
    """What an answer about a video, a picture or a recording says: its title are the words that are with it. Profiles
    are at these hosts, below that path."""

    def read(told: Told, post: Post) -> Observation:
        for found in find_embeds(text_at(told, "html") or "", "html"):
            check_same(found.native_id, post)
        day = day_of(text_at(told, "upload_date"))
        return Observation(
            handle=text_at(told, "author_unique_id") or handle_in(text_at(told, "author_url"), *hosts, below=below),
            author_name=text_at(told, "author_name"),
            posted_at=day,
            precision="day" if day else None,
            text=text_at(told, "title"),
            media=tuple(oembed_media(told)),
        )

    return json_reader(read)


def _soundcloud_page(told: Told, post: Post) -> Observation:
    """What an answer about the page of a track or a playlist says. The id of such a post is its path, which begins with
    the account; its player has another one."""
    handle = handle_in(text_at(told, "author_url"), "soundcloud.com")
    if handle and handle.lower() != (post.native_id or "").partition("/")[0].lower():
        raise SourceError("it is about another post", "another-post")
    return Observation(
        handle=handle,
        author_name=text_at(told, "author_name"),
        text=text_at(told, "title"),
        media=tuple(oembed_media(told)),
    )
