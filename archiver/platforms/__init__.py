"""The platforms Archiver knows, in the order in which their rules are tried."""

from archiver.platforms.base import Platform, Reference
from archiver.platforms.base import resolve as _resolve
from archiver.platforms.instagram import INSTAGRAM
from archiver.platforms.twitter import TWITTER

PLATFORMS: tuple[Platform, ...] = (INSTAGRAM, TWITTER)
BY_NAME: dict[str, Platform] = {platform.name: platform for platform in PLATFORMS}


def resolve(url: str) -> Reference | None:
    """The post that a URL names, or None.

    >>> resolve("https://mobile.twitter.com/northpilots/status/20?s=20").permalink
    'https://twitter.com/northpilots/status/20'
    """
    return _resolve(url, PLATFORMS)
