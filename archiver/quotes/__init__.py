"""Quotations: from an article's source and its embeds to the passages that quote the posts."""

from archiver.quotes.agree import accept
from archiver.quotes.passages import find_passages

__all__ = ["accept", "find_passages"]
