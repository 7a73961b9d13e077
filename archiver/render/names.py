"""File names of the site's pages: readable, stable, and different on every file system."""

import re
import unicodedata
from hashlib import sha256

LONGEST = 60


def page_name(key: str) -> str:
    """The file name of the page of an article, post or author: a slug of its id and 8 hex digits of the id's SHA-256.

    The digits keep apart what a slug, or a file system that folds letter case, would not.

    >>> page_name("news/2020/Kate – Ä.txt")
    'news-2020-kate-a-txt-a289818b.html'
    """
    folded = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:LONGEST].strip("-")
    digest = sha256(key.encode()).hexdigest()[:8]
    return f"{slug}-{digest}.html" if slug else f"{digest}.html"
