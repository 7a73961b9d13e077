"""Archiver finds the social-media embeds of articles, or their remains, and keeps them readable offline."""

from importlib.metadata import version

__version__ = version("embed-archiver")
