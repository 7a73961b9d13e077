"""Media: the pictures and videos that an answer names, asked for at their platform's own hosts and looked at."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from archiver.capture.images import FORMATS, ImageError, Looked, look_at
from archiver.fetch import ANY, Answer, Fetcher, HostPausedError, Question, StoppedError
from archiver.platforms import BY_NAME
from archiver.records import MediaKind, MediaLink, Post

PICTURES: frozenset[MediaKind] = frozenset({"image", "poster"})
"""What is asked for unless somebody wants less, or videos too."""

MOST = 20
"""Files of one post that are asked for: what the longest galleries have (Instagram's; Mastodon has 4, Bluesky 10)."""

LARGEST_PICTURE, LARGEST_VIDEO = 20_000_000, 64_000_000
"""Bytes. A file is in memory as a whole while it is on its way: a picture from each host, of videos one at a time."""

VIDEOS = (
    (re.compile(rb".{4}ftyp(?!avi[fs]|mif1|msf1|hei[cs])", re.DOTALL), "video/mp4"),
    (re.compile(rb"\x1a\x45\xdf\xa3"), "video/webm"),
)
"""Videos that browsers play, by their first bytes (https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern)."""

_one_video = Lock()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A file that an answer names and what came of it: `kept` with its bytes and what they show; else why there are
    none: `unasked`, `left`, or what came of asking. `answer` has the exchanges, if anything was asked."""

    link: MediaLink
    outcome: str
    detail: str | None = None
    answer: Answer | None = None
    data: bytes | None = field(default=None, repr=False)
    looked: Looked | None = None


def fetch_media(
    fetcher: Fetcher, post: Post, links: Sequence[MediaLink], kinds: Collection[MediaKind]
) -> Iterator[Fetched]:
    """Each of the files that an answer about a post names, once, in order; those of other kinds are not asked for.

    Nothing is raised: what goes wrong is told, and what a host or the run has no time for any more is `left`.
    """
    once = {link.url: link for link in links}
    for number, link in enumerate(once.values()):
        if link.kind not in kinds or number >= MOST:
            yield Fetched(link=link, outcome="unasked")
        elif not is_at_home(link.url, post):
            yield Fetched(link=link, outcome="elsewhere", detail="its host is not one of the platform’s for media")
        else:
            yield _fetch(fetcher, link, _Home(post))


def is_at_home(url: str, post: Post) -> bool:
    """Whether an address is one, encrypted and at the usual port, of the hosts that the post's platform has media at.

    >>> post = Post(id="mastodon:1", platform="mastodon", permalink="https://mast.example/@ines/1")
    >>> [is_at_home(f"https://{host}/a.png", post) for host in ("files.mast.example", "mast.example.net")]
    [True, False]
    """
    try:
        parts = urlsplit(url)
        host, own = parts.hostname or "", urlsplit(post.permalink or "").hostname or ""
    except ValueError:
        return False
    if parts.scheme != "https" or not host or parts.netloc.lower() != host:
        return False
    known = (pattern.format(host=own) for pattern in BY_NAME[post.platform].media_hosts)
    return any(host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern for pattern in known)


@dataclass(frozen=True, slots=True)
class _Home:
    """The hosts that a post's media may be at, and may be redirected to."""

    post: Post

    def __contains__(self, host: object) -> bool:
        return is_at_home(f"https://{host}/", self.post)


def _fetch(fetcher: Fetcher, link: MediaLink, home: _Home) -> Fetched:
    host = urlsplit(link.url).netloc
    if link.kind == "video":
        question = Question(url=link.url, hosts=home, types=_VIDEO, limit=host, largest=LARGEST_VIDEO)
        with _one_video:
            return _asked(fetcher, link, question)
    question = Question(url=link.url, hosts=home, types=_PICTURE, limit=host, largest=LARGEST_PICTURE)
    return _asked(fetcher, link, question)


_VIDEO, _PICTURE = ("video/mp4", "video/webm", ANY), (*FORMATS.values(), ANY)
"""What is preferred; any answer is taken, since what it is shows in its bytes."""


def _asked(fetcher: Fetcher, link: MediaLink, question: Question) -> Fetched:
    try:
        answer = fetcher.fetch(question)
    except (HostPausedError, StoppedError):
        return Fetched(link=link, outcome="left", detail="its turn did not come in this run")
    if answer.content is None:
        return Fetched(link=link, outcome=answer.outcome, detail=answer.detail, answer=answer)
    try:
        looked = _video(answer.content) if link.kind == "video" else look_at(answer.content)
    except ImageError as error:
        return Fetched(link=link, outcome="unreadable", detail=str(error), answer=answer)
    return Fetched(link=link, outcome="kept", answer=answer, data=answer.content, looked=looked)


def _video(data: bytes) -> Looked:
    for signature, type_ in VIDEOS:
        if signature.match(data):
            return Looked(type=type_)
    raise ImageError("it is no video in MP4 or WebM")
