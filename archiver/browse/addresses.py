"""The addresses of what the plugin serves, and of rows, in a Datasette."""

from typing import Any

from datasette.utils import tilde_encode

from archiver.render.served import styles_digest

ROOT = "/-/archiver"


def row_address(datasette: Any, database: str, table: str, key: str) -> str:
    """The page of a row."""
    return f"{datasette.urls.table(database, table)}/{tilde_encode(key)}"


def article_address(datasette: Any, database: str, article: str) -> str:
    """The page of an article as it reads, with its cards."""
    return _path(datasette, f"{ROOT}/{tilde_encode(database)}/articles/{tilde_encode(article)}")


def file_address(datasette: Any, database: str, name: str) -> str:
    """A file kept in the archive."""
    return _path(datasette, f"{ROOT}/{tilde_encode(database)}/files/{tilde_encode(name)}")


def media_address(datasette: Any, database: str) -> str:
    """The folder of the pictures and the media that pages of an archive show, with its slash."""
    return _path(datasette, f"{ROOT}/{tilde_encode(database)}/media/")


def styles_address(datasette: Any, name: str) -> str:
    """A style sheet, under another address whenever it is another."""
    return _path(datasette, f"{ROOT}/{name}?{styles_digest()}")


def _path(datasette: Any, path: str) -> str:
    return str(datasette.urls.path(path))
