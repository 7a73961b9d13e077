"""The database: archive.db opened, filled and read; no other package speaks SQL."""

from sqlite_utils import Database

from archiver.store.database import archive, close_archive, load_archive, open_archive, reading
from archiver.store.derive import Touched
from archiver.store.folders import Place, is_below, known_articles, missing_articles, register_folder
from archiver.store.load import (
    Counts,
    count_archive,
    load_article,
    load_articles,
    load_author,
    load_authors,
    load_embeds,
    load_entries,
    load_entries_of_author,
    load_entries_of_post,
    load_entries_with_words_of_post,
    load_pictures,
    load_post,
    load_posts,
    load_posts_of_author,
    load_problems,
    load_source,
)
from archiver.store.orphans import (
    load_article_texts,
    load_orphans_of_post,
    load_post_texts,
    save_orphans,
)
from archiver.store.rows import ArticleEntry, StoredArticle
from archiver.store.runs import RunCounts, finish_run, start_run
from archiver.store.save import (
    forget_articles,
    forget_problems,
    save_problems,
    save_readings,
)

__all__ = [
    "ArticleEntry",
    "Counts",
    "Database",
    "Place",
    "RunCounts",
    "StoredArticle",
    "Touched",
    "archive",
    "close_archive",
    "count_archive",
    "finish_run",
    "forget_articles",
    "forget_problems",
    "is_below",
    "known_articles",
    "load_archive",
    "load_article",
    "load_article_texts",
    "load_articles",
    "load_author",
    "load_authors",
    "load_embeds",
    "load_entries",
    "load_entries_of_author",
    "load_entries_of_post",
    "load_entries_with_words_of_post",
    "load_orphans_of_post",
    "load_pictures",
    "load_post",
    "load_post_texts",
    "load_posts",
    "load_posts_of_author",
    "load_problems",
    "load_source",
    "missing_articles",
    "open_archive",
    "reading",
    "register_folder",
    "save_orphans",
    "save_problems",
    "save_readings",
    "start_run",
]
