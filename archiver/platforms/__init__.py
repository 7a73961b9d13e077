"""The platforms Archiver knows, in the order in which their rules are tried."""

from archiver.platforms.base import Platform
from archiver.platforms.bluesky import BLUESKY
from archiver.platforms.dailymotion import DAILYMOTION
from archiver.platforms.facebook import FACEBOOK
from archiver.platforms.flickr import FLICKR
from archiver.platforms.giphy import GIPHY
from archiver.platforms.imgur import IMGUR
from archiver.platforms.instagram import INSTAGRAM
from archiver.platforms.linkedin import LINKEDIN
from archiver.platforms.mastodon import MASTODON
from archiver.platforms.pinterest import PINTEREST
from archiver.platforms.reddit import REDDIT
from archiver.platforms.snapchat import SNAPCHAT
from archiver.platforms.soundcloud import SOUNDCLOUD
from archiver.platforms.spotify import SPOTIFY
from archiver.platforms.telegram import TELEGRAM
from archiver.platforms.threads import THREADS
from archiver.platforms.tiktok import TIKTOK
from archiver.platforms.truthsocial import TRUTHSOCIAL
from archiver.platforms.tumblr import TUMBLR
from archiver.platforms.twitch import TWITCH
from archiver.platforms.twitter import TWITTER
from archiver.platforms.vimeo import VIMEO
from archiver.platforms.vk import VK
from archiver.platforms.youtube import YOUTUBE

PLATFORMS: tuple[Platform, ...] = (
    INSTAGRAM,
    TWITTER,
    FACEBOOK,
    BLUESKY,
    DAILYMOTION,
    FLICKR,
    GIPHY,
    IMGUR,
    LINKEDIN,
    MASTODON,
    PINTEREST,
    REDDIT,
    SNAPCHAT,
    SOUNDCLOUD,
    SPOTIFY,
    TELEGRAM,
    THREADS,
    TIKTOK,
    TRUTHSOCIAL,
    TUMBLR,
    TWITCH,
    VIMEO,
    VK,
    YOUTUBE,
)
BY_NAME: dict[str, Platform] = {platform.name: platform for platform in PLATFORMS}
