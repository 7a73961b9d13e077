"""A post as schema.org JSON-LD, for machines that read its page."""

import json
from collections.abc import Iterable, Mapping

from archiver.platforms import BY_NAME
from archiver.records import Author, Post, PostMedia
from archiver.sanitize import web_address

# A script element ends at the first `</script`, comments open in it with `<!--`; U+2028 and U+2029 end a line of
# JavaScript, and old readers evaluate (RFC 8259 §12).
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def post_jsonld(post: Post, author: Author | None, media: Iterable[PostMedia] = ()) -> dict[str, object]:
    """The post as a SocialMediaPosting and ArchiveComponent (https://schema.org/ArchiveComponent).

    Only what is known has a key, in a fixed order. Whether an account is a person or an organization is not known, so
    the author has no type. `media` are those whose files are kept.
    """
    known = BY_NAME.get(post.platform)
    told = {
        "@context": "https://schema.org",
        "@type": ["SocialMediaPosting", "ArchiveComponent"],
        "identifier": post.id,
        "url": post.permalink,
        "author": _author(author) if author else None,
        "datePublished": post.posted_at,
        "articleBody": post.text,
        "sharedContent": list(map(_shared, media)) or None,
        "isPartOf": {"@type": "WebSite", "name": known.label} if known else None,
    }
    return {key: value for key, value in told.items() if value is not None}


def _author(author: Author) -> dict[str, object]:
    told = {"name": author.name, "alternateName": f"@{author.handle}", "url": web_address(author.url)}
    return {key: value for key, value in told.items() if value is not None}


def _shared(one: PostMedia) -> dict[str, object]:
    """A file as https://schema.org/MediaObject; the digest says which one it is, wherever it lies."""
    told = {
        "@type": "VideoObject" if one.kind == "video" else "ImageObject",
        "contentUrl": web_address(one.url),
        "description": one.alt,
        "encodingFormat": one.type,
        "sha256": one.sha256,
    }
    return {key: value for key, value in told.items() if value is not None}


def jsonld_text(data: Mapping[str, object]) -> str:
    """The data as JSON that may stand in a `<script type="application/ld+json">`: it can end or open nothing.

    >>> jsonld_text({"articleBody": "</script><b>"})
    '{"articleBody": "\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    return json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
