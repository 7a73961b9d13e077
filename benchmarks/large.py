"""A large archive, made row by row in seconds, without articles being read: for what is asked of one."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

from archiver import store
from archiver.records import AccountName, Author, Embed, Flag, FlagKind, Origin, Post, Quote
from archiver.store.rows import embed_row, insert_sql, record_row
from archiver.store.schema import TABLES
from benchmarks import corpus

SEED = 20261126
PER_ARTICLE = 5
"""Embeds of an article; four of five are of a post that no earlier one is of."""
PER_ACCOUNT = 8
PLATFORMS = ("twitter", "instagram", "youtube", "tiktok", "facebook", "bluesky")
SHARES = (50, 25, 12, 6, 4, 3)
ORIGINS: tuple[Origin, ...] = ("id", "marker", "markup")
KINDS = get_args(FlagKind)
LANGUAGES = ("en", "de", "pt", "ja", None)

Row = tuple[Any, ...]


def make_archive(path: Path, posts: int) -> None:
    """An archive of so many posts at `path`, with all tables in proportion; the same for the same number."""
    with store.archive(path, create=True):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("articles", "posts", "authors"):
            for name in (f"{table}_ai", f"{table}_ad", f"{table}_au"):
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")  # the index of its text is built anew below
            connection.execute(f"DROP TABLE {table}_fts")
        for table, rows in _tables(posts):
            columns = list(TABLES[table].columns)
            connection.executemany(insert_sql(table, columns), rows)
    with store.archive(path, create=False):
        pass


def _tables(posts: int) -> Iterator[tuple[str, Iterator[Row]]]:
    articles, accounts = posts // (PER_ARTICLE - 1), posts // PER_ACCOUNT
    yield "folders", iter([("news", "/srv/news")])
    yield "runs", iter([(1, "2026-01-01T00:00Z", "2026-01-01T00:10Z", "0", "[]", articles, articles, 0, 0, 0, 0)])
    yield "articles", (_article(random.Random(SEED + number), number) for number in range(articles))
    yield "authors", (record_row(_author(number)) for number in range(accounts))
    yield "account_names", (record_row(_name(number)) for number in range(accounts))
    yield "posts", (record_row(_post(number, accounts)) for number in range(posts))
    embeds = range(articles * PER_ARTICLE)
    yield "embeds", (embed_row(_article_id(number), _embed(number, posts, accounts)) for number in embeds)
    yield "quotes", (record_row(_quote(number, posts)) for number in embeds[::10])
    yield "flags", (record_row(_flag(number, posts)) for number in embeds[::40])


def _article_id(embed: int) -> str:
    return f"news/{embed // PER_ARTICLE}.html"


def _of(embed: int, posts: int) -> int:
    """The post of an embed: a new one, or, for the last one of an article, an earlier one, some far more often."""
    article, place = divmod(embed, PER_ARTICLE)
    if place < PER_ARTICLE - 1:
        return article * (PER_ARTICLE - 1) + place
    return int(posts * random.Random(SEED ^ article).random() ** 3)


def _article(rng: random.Random, number: int) -> Row:
    day = f"20{rng.randint(10, 24)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    title = " ".join(rng.choices(corpus.WORDS, k=8)).capitalize()
    text = " ".join(rng.choices(corpus.WORDS, k=150))
    told = (title, day, "Ada Quill", rng.choice(LANGUAGES), f"https://courier.example/{number}", "html", "utf-8")
    return (f"news/{number}.html", "news", f"{number}.html", *told, len(text), f"{number:064x}", "0", 1, text, None)


def _author(number: int) -> Author:
    (platform,) = random.Random(SEED + number).choices(PLATFORMS, SHARES)
    handle = f"{corpus.WORDS[number % len(corpus.WORDS)]}_{number}".lower()
    name = corpus.NAMES[number % 7] if number % 5 else None
    return Author(id=f"{platform}:{handle}", platform=platform, handle=handle, name=name, name_source=None, url=None)


def _name(number: int) -> AccountName:
    author = _author(number)
    return AccountName(id=f"{author.id} handle", author_id=author.id, kind="handle", value=author.handle, embeds=9)


def _post(number: int, accounts: int) -> Post:
    rng = random.Random(SEED * 3 + number)
    author = _author(int(accounts * rng.random() ** 2))
    known = rng.random()
    year, rest = rng.randint(2010, 2024), f"{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    words = " ".join(rng.choices(corpus.WORDS, k=rng.randint(6, 45))) if known < 0.6 else None
    flattened = known > 0.9
    return Post(
        id=f"{author.platform}:@{author.handle}/{year}-{rest}T11:16Z/{number}" if flattened else _id(author, number),
        platform=author.platform,
        native_id=None if flattened else str(10**18 + number),
        permalink=None if flattened else f"https://{author.platform}.example/{author.handle}/{10**18 + number}",
        author_id=author.id if known < 0.85 or flattened else None,
        author_source="marker",
        posted_at=f"{year}-{rest}T11:16Z" if known < 0.8 or flattened else None,
        precision="minute" if known < 0.8 or flattened else None,
        posted_at_source=rng.choice(ORIGINS) if known < 0.8 or flattened else None,
        text=words,
        text_source="marker" if words else None,
        language=rng.choice(LANGUAGES),
    )


def _id(author: Author, number: int) -> str:
    return f"{author.platform}:{10**18 + number}"


def _embed(number: int, posts: int, accounts: int) -> Embed:
    post = _post(_of(number, posts), accounts)
    bare = number % 4 == 0 and post.native_id is not None
    handle = post.author_id.partition(":")[2] if post.author_id and not bare else None
    return Embed(
        ordinal=number % PER_ARTICLE + 1,
        platform=post.platform,
        form="url" if bare else "blockquote" if post.native_id else "text",
        start=number % PER_ARTICLE * 100,
        end=number % PER_ARTICLE * 100 + 90,
        marker=post.text or post.id,
        native_id=post.native_id,
        permalink=post.permalink,
        handle=handle,
        posted_at=None if bare else post.posted_at,
        precision=None if bare else post.precision,
        text=None if bare else post.text,
        language=post.language,
        post_id=post.id,
        observed_id=post.id,
        author_id=None if bare else post.author_id,
    )


def _quote(embed: int, posts: int) -> Quote:
    post = _post(_of(embed, posts), posts // PER_ACCOUNT)
    owner = f"{_article_id(embed)}#{embed % PER_ARTICLE + 1}"
    text = (post.text or "no words")[:60]
    return Quote(
        id=f"{owner}/1",
        embed_id=owner,
        post_id=post.id,
        start=1,
        end=61,
        score=0.9,
        agreement=1.0,
        reason="near",
        text=text,
    )


def _flag(embed: int, posts: int) -> Flag:
    post = _post(_of(embed, posts), posts // PER_ACCOUNT)
    article, owner = _article_id(embed), f"{_article_id(embed)}#{embed % PER_ARTICLE + 1}"
    kind = KINDS[embed // 40 % len(KINDS)]
    return Flag(
        id=f"{owner} {kind}",
        kind=kind,
        cause=None,
        post_id=post.id,
        embed_id=owner,
        article_id=article,
        detail="Two sources disagree.",
    )
