"""Readers: bytes become articles, one file a format."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from archiver.errors import ReadError
from archiver.readers.encoding import read_text
from archiver.readers.html import read_html_metadata
from archiver.readers.markdown import read_markdown_metadata
from archiver.readers.metadata import Metadata
from archiver.readers.pictures import read_pictures
from archiver.readers.sources import FORMATS, SITE_STATE, list_sources, read_source
from archiver.readers.text import read_text_metadata
from archiver.records import Article, Format, Problem, Source

__all__ = ["FORMATS", "SITE_STATE", "list_sources", "read_article", "read_pictures", "read_source"]

METADATA: dict[Format, Callable[[str], Metadata]] = {
    "text": read_text_metadata,
    "markdown": read_markdown_metadata,
    "html": read_html_metadata,
}


def read_article(
    source: Source, data: bytes, *, root: Path | None = None, mtime: int = 0, form: Format | None = None
) -> tuple[Article, tuple[Problem, ...]]:
    """The article in `data`, the bytes of `source`, and what could not be read of it (`encoding`).

    The format follows from the suffix of the file unless `form` is given. `root` bounds where a page's pictures may
    lie: the folder that was given, or else the page's own. `mtime` is passed on, in seconds since 1970.
    Raises ReadError (`binary`, `unsupported`).
    """
    form = form or FORMATS.get(source.path.suffix.lower())
    if form is None:
        raise ReadError(f"{source.name} is of no format that is read", kind="unsupported")
    try:
        decoded = read_text(data, form)
    except ReadError as error:
        raise ReadError(f"{source.name} {error}", kind=error.kind) from error
    metadata = METADATA[form](decoded.content)
    pictures = read_pictures(source, decoded.content, root or source.path.parent) if form == "html" else ()
    article = Article(
        folder=source.folder,
        source=source.name,
        format=form,
        encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        content=decoded.content,
        data=data,
        mtime=mtime,
        title=metadata.title,
        published_at=metadata.published_at,
        byline=metadata.byline,
        language=metadata.language,
        url=metadata.url,
        pictures=pictures,
    )
    return article, _encoding_problems(source, decoded.damage)


def _encoding_problems(source: Source, damage: str | None) -> tuple[Problem, ...]:
    return (
        (Problem(folder=source.folder, source=source.name, kind="encoding", detail=f"{source.name} is {damage}"),)
        if damage
        else ()
    )
