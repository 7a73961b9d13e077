"""The platforms Archiver knows, in the order in which their rules are tried."""

from archiver.platforms.base import Platform
from archiver.platforms.bluesky import BLUESKY
from archiver.platforms.facebook import FACEBOOK
from archiver.platforms.instagram import INSTAGRAM
from archiver.platforms.mastodon import MASTODON
from archiver.platforms.threads import THREADS
from archiver.platforms.tiktok import TIKTOK
from archiver.platforms.twitter import TWITTER

PLATFORMS: tuple[Platform, ...] = (
    INSTAGRAM,
    TWITTER,
    FACEBOOK,
    BLUESKY,
    MASTODON,
    THREADS,
    TIKTOK,
)
BY_NAME: dict[str, Platform] = {platform.name: platform for platform in PLATFORMS}
