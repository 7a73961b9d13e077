"""The views of archive.db: its tables joined for reading, and what each shows, as data."""

from collections.abc import Iterable, Mapping

from archiver.identity.lives import NO_ANSWERS, SAYS
from archiver.platforms import PLATFORMS
from archiver.store.descriptions import TABLE_DESCRIPTIONS, Described


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_SAYS = " ".join(f"WHEN '{outcome}' THEN '{life}'" for outcome, life in SAYS.items())
_OWN_SOURCES = _quoted(source for platform in PLATFORMS for source in platform.sources)

VIEWS: Mapping[str, str] = {
    "article_embeds": """
        SELECT embeds.id, embeds.article_id, articles.title, articles.published_at, embeds.ordinal, embeds.platform,
          embeds.form, embeds.handle, embeds.author_name, embeds.posted_at, embeds.precision, embeds.marker,
          embeds.post_id
        FROM embeds JOIN articles ON articles.id = embeds.article_id""",
    "post_articles": """
        SELECT posts.id AS post_id, posts.platform, posts.permalink, posts.posted_at, posts.author_id,
          articles.id AS article_id, articles.title, articles.published_at, embeds.id AS embed_id, embeds.form
        FROM posts JOIN embeds ON embeds.post_id = posts.id JOIN articles ON articles.id = embeds.article_id""",
    "author_posts": """
        SELECT authors.id AS author_id, authors.platform, authors.handle, authors.name, posts.id AS post_id,
          posts.permalink, posts.posted_at, posts.precision, posts.text,
          (SELECT count(DISTINCT article_id) FROM embeds WHERE embeds.post_id = posts.id) AS articles
        FROM authors JOIN posts ON posts.author_id = authors.id""",
    "article_quotes": """
        SELECT quotes.text, quotes.score, quotes.agreement, quotes.reason, embeds.platform, embeds.handle,
          quotes.post_id, embeds.article_id, articles.title, articles.published_at, quotes.embed_id
        FROM quotes JOIN embeds ON embeds.id = quotes.embed_id JOIN articles ON articles.id = embeds.article_id""",
    "aliases": """
        SELECT marker_id AS id, post_id, rule, distance, text_match FROM candidates WHERE chosen""",
    "contradictions": """
        SELECT flags.kind, flags.cause, flags.detail, flags.post_id, posts.permalink, flags.article_id, articles.title,
          articles.published_at, flags.embed_id
        FROM flags JOIN posts ON posts.id = flags.post_id JOIN articles ON articles.id = flags.article_id
        UNION ALL
        SELECT 'unattributed', NULL, 'The post’s words stand in the article without attribution'
          || CASE WHEN orphans.score < 1 THEN ' (' || CAST(orphans.score * 100 AS INTEGER) || ' % alike)' ELSE '' END
          || ': “' || orphans.text || '”', orphans.post_id, posts.permalink, orphans.article_id, articles.title,
          articles.published_at, NULL
        FROM orphans JOIN posts ON posts.id = orphans.post_id JOIN articles ON articles.id = orphans.article_id""",
    "checks": f"""
        SELECT captures.id, captures.post_id, posts.platform, captures.fetched_at,
          CASE captures.outcome {_SAYS} ELSE 'unknown' END AS says, captures.outcome, captures.status AS http_status,
          captures.detail, captures.source, captures.url, captures.run_id
        FROM captures CROSS JOIN posts ON posts.id = captures.post_id  -- in this order: few posts are captured
        WHERE captures.source IN ({_OWN_SOURCES}) AND captures.outcome NOT IN ({_quoted(sorted(NO_ANSWERS))})""",  # noqa: S608  words of ours
    "source_problems": """
        SELECT problems.folder, problems.source, problems.kind, problems.detail, runs.started_at AS first_seen_at
        FROM problems JOIN runs ON runs.id = problems.run_id""",
}


def _of(table: str, *columns: str) -> dict[str, str]:
    """The descriptions of a table's columns, for a view that shows them under the same names."""
    return {column: TABLE_DESCRIPTIONS[table].columns[column] for column in columns}


_ARTICLE = _of("articles", "title", "published_at")
_POST_ID = {"post_id": "The post, a row of posts."}
_ARTICLE_ID = {"article_id": "The article, a row of articles."}
_EMBED_ID = {"embed_id": "The embed, a row of embeds."}

VIEW_DESCRIPTIONS: Mapping[str, Described] = {
    "article_embeds": Described(
        one_row="An embed with the title and the date of its article.",
        columns={
            **_of("embeds", "id"),
            **_ARTICLE_ID,
            **_ARTICLE,
            **_of("embeds", "ordinal", "platform", "form", "handle", "author_name", "posted_at", "precision"),
            **_of("embeds", "marker", "post_id"),
        },
    ),
    "post_articles": Described(
        one_row="A post and an article that embeds it: a row for each embed.",
        columns={
            **_POST_ID,
            **_of("posts", "platform", "permalink", "posted_at", "author_id"),
            **_ARTICLE_ID,
            **_ARTICLE,
            **_EMBED_ID,
            **_of("embeds", "form"),
        },
    ),
    "author_posts": Described(
        one_row="A post with the account that posted it.",
        columns={
            "author_id": "The account, a row of authors.",
            **_of("authors", "platform", "handle", "name"),
            **_POST_ID,
            **_of("posts", "permalink", "posted_at", "precision", "text"),
            "articles": "In how many articles it is embedded.",
        },
    ),
    "article_quotes": Described(
        one_row="A passage of an article that quotes a post, with the article and whose post it is.",
        columns={
            **_of("quotes", "text", "score", "agreement", "reason"),
            **_of("embeds", "platform", "handle"),
            **_of("quotes", "post_id"),
            **_ARTICLE_ID,
            **_ARTICLE,
            **_of("quotes", "embed_id"),
        },
    ),
    "aliases": Described(
        one_row="A provisional post id, and the post that it turned out to be.",
        columns={
            "id": "The provisional id: what the marker alone tells.",
            "post_id": "The post that it is.",
            **_of("candidates", "rule", "distance", "text_match"),
        },
    ),
    "contradictions": Described(
        one_row="What does not agree about a post: a flag, or its words without attribution, with post and article.",
        columns={
            "kind": "What it is about: time, handle, text, age, edited (embed code changed by hand) or unattributed.",
            **_of("flags", "cause", "detail"),
            **_POST_ID,
            **_of("posts", "permalink"),
            **_ARTICLE_ID,
            **_ARTICLE,
            "embed_id": "The embed that says otherwise than the rest; NULL where it is about words without one.",
        },
    ),
    "checks": Described(
        one_row="What a platform answered once about a post, and what that says of its life: the history of each.",
        columns={
            **_of("captures", "id"),
            **_POST_ID,
            **_of("posts", "platform"),
            **_of("captures", "fetched_at"),
            "says": "What this answer alone says: alive, deleted, account-gone, private, login-wall, embedding-off, "
            "rate-limited or unknown. What follows from all of them is the life of the post.",
            **_of("captures", "outcome"),
            "http_status": TABLE_DESCRIPTIONS["captures"].columns["status"],
            **_of("captures", "detail", "source", "url", "run_id"),
        },
    ),
    "source_problems": Described(
        one_row="An input that could not be read, or only in part, and since when.",
        columns={
            **_of("problems", "folder", "source", "kind", "detail"),
            "first_seen_at": "When the run started that met it first, UTC.",
        },
    ),
}
