"""Walls: the pages that platforms show to who is not logged in, and to programs, in place of a post."""

import re
from urllib.parse import urlsplit

from archiver.recover.pages.page import Page

_PATHS = re.compile(
    r"/(?:accounts/login|login(?:\.php)?|i/flow/(?:login|signup)|checkpoint|challenge|consent|authwall|oauth2?"
    r"|account/begin_login|privacy_mutation_token)(?:[/?]|$)|/(?:index\.php)?/?\?next="
)
"""Paths of the pages where one logs in or agrees to something: Instagram, Facebook, X, YouTube, LinkedIn."""

_HOSTS = frozenset({"consent.youtube.com", "consent.google.com", "accounts.google.com"})

_TITLES = re.compile(
    r"(?:"
    r"Instagram|Login • Instagram|Log ?in to Instagram|Instagram • Photos and videos|Sign up • Instagram"
    r"|Facebook|Log ?in(?:to)? (?:to )?Facebook(?: \| Facebook)?|Welcome to Facebook.*|Facebook [-–—] [Ll]og.?[Ii]n.*"
    r"|Facebook [-–—] \w.*[Ss]ign [Uu]p|Security Check Required|Error \| Facebook|Content Not Found \| Facebook"
    r"|X|Twitter|Log ?in (?:to|on) (?:X|Twitter)(?: / (?:X|Twitter))?|Twitter\. It's what's happening\.?"
    r"|X\. It’s what’s happening / X|Welcome to Twitter.*|Twitter / (?:Home|Error|\?|Log in|Account Suspended)"
    r"|TikTok|TikTok [-–—] Make Your Day|Log ?in \| TikTok|Security Check|tiktok-verify-page"
    r"|YouTube|Before you continue to YouTube|Sign in - Google Accounts"
    r"|Threads(?: • Log in)?|Bluesky|Mastodon|reddit\.com: Log in|Reddit - .{1,60}"
    r"|reddit: the front page of the internet"
    r"|Vimeo|Spotify|Spotify [-–—] Web Player.*|SoundCloud|Dailymotion|Flickr"
    r"|Just a moment\.\.\.|Attention Required! \| Cloudflare|Access [Dd]enied|Blocked"
    r")",
)
"""Titles of such pages, and those that say no more than the platform's name: no post has one of them alone."""


def is_wall_address(url: str) -> bool:
    """Whether an address is that of a page where one logs in.

    >>> is_wall_address("https://www.instagram.com/accounts/login/?next=/p/CF1tGabcdef/")
    True
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.hostname in _HOSTS or bool(_PATHS.search(f"{parts.path}?{parts.query}"))


def is_wall(page: Page) -> bool:
    """Whether a page is none of a post: it says no more than the platform's name, or asks to log in."""
    titles = [title for title in (page.title, page.meta("og:title")) if title]
    return bool(titles) and all(_TITLES.fullmatch(title) for title in titles)


def wants_password(page: Page) -> bool:
    """Whether the page has a field for a password, as old pages of posts had too."""
    return page.soup.find("input", attrs={"type": "password"}) is not None
