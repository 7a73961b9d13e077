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


def post_page_name(post_id: str, status: str | None) -> str:
    """The file name of the page of a post; that of a redacted one does not hold its id.

    >>> post_page_name("twitter:20", None), post_page_name("twitter:20", "redacted")
    ('twitter-20-6975d43b.html', 'redacted-6975d43b.html')
    """
    name = page_name(post_id)
    return f"redacted-{name.rpartition('-')[2]}" if status == "redacted" else name


SOURCE_FILE = re.compile(r"(?:[a-z0-9]+-)*[0-9a-f]{8}-[0-9a-f]{64}\.txt")
"""A name that nobody else's file has."""


def source_name(page: str, sha256: str) -> str:
    """The path of the untouched source of the article that has this page: named by both, so that it says its hash.

    Always a `.txt`, which browsers show as it is: the scripts of a page that was called one would run.

    >>> source_name("news-kate-html-a289818b.html", "9f86d081")
    'sources/news-kate-html-a289818b-9f86d081.txt'
    """
    return f"sources/{page.removesuffix('.html')}-{sha256}.txt"


def list_name(file: str, number: int) -> str:
    """The name of a page of a list that goes on over several.

    >>> list_name("index.html", 1), list_name("index.html", 2)
    ('index.html', 'index-2.html')
    """
    return file if number == 1 else file.replace(".html", f"-{number}.html")


def page_of(name: str) -> str:
    """The page to which a file of the site belongs: the first one of a list that goes on, the article's of a source.

    What `page_name` ends in is no number of a page.

    >>> page_of("index-2.html"), page_of("index.html"), page_of("posts/a-12345678.html")
    ('index.html', 'index.html', 'posts/a-12345678.html')
    >>> page_of(f"sources/news-kate-html-a289818b-{'0' * 64}.txt")
    'articles/news-kate-html-a289818b.html'
    """
    folder, _, file = name.rpartition("/")
    if folder == "sources":
        return f"articles/{file.rpartition('-')[0]}.html"
    return re.sub(r"-\d{1,7}\.html$", ".html", name)
