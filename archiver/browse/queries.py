"""Questions that an archive answers, as queries by name: what a researcher asks first."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A question, what its answer shows, and the SQL; what is written `:name` there, a reader fills in."""

    title: str
    description: str
    sql: str


QUERIES: Mapping[str, Query] = {
    "most_embedded_accounts": Query(
        title="Which accounts are embedded most?",
        description="The 50 accounts with most embeds, signed or not, and in how many articles these stand.",
        # Signed embeds are counted in an index; only for the others it has to be looked up whose post it is.
        sql="""
WITH counted AS (
  SELECT author_id, count(*) AS embeds FROM embeds WHERE author_id IS NOT NULL GROUP BY author_id
  UNION ALL
  SELECT posts.author_id, count(*) FROM embeds JOIN posts ON posts.id = embeds.post_id
  WHERE embeds.author_id IS NULL AND posts.author_id IS NOT NULL GROUP BY posts.author_id
), ranked AS (
  SELECT author_id, sum(embeds) AS embeds FROM counted GROUP BY author_id ORDER BY embeds DESC, author_id LIMIT 50
)
SELECT ranked.author_id, authors.name, authors.handle, authors.platform, ranked.embeds,
  (SELECT count(*) FROM (
    SELECT article_id FROM embeds WHERE embeds.author_id = ranked.author_id
    UNION SELECT article_id FROM embeds WHERE post_id IN (SELECT id FROM posts WHERE posts.author_id = ranked.author_id)
  )) AS articles
FROM ranked JOIN authors ON authors.id = ranked.author_id
ORDER BY ranked.embeds DESC, ranked.author_id""",
    ),
    "most_embedded_posts": Query(
        title="Which posts are embedded most?",
        description="The 200 posts with most embeds, of those that have several, and in how many articles they stand.",
        sql="""
WITH ranked AS (
  SELECT post_id, count(*) AS embeds FROM embeds WHERE post_id IS NOT NULL
  GROUP BY post_id HAVING embeds > 1 ORDER BY embeds DESC, post_id LIMIT 200
)
SELECT ranked.post_id, posts.author_id, posts.posted_at, ranked.embeds,
  (SELECT count(DISTINCT article_id) FROM embeds WHERE embeds.post_id = ranked.post_id) AS articles,
  posts.permalink, posts.text
FROM ranked JOIN posts ON posts.id = ranked.post_id WHERE posts.status IS NOT 'redacted'
ORDER BY ranked.embeds DESC, ranked.post_id""",
    ),
    "embeds_per_month": Query(
        title="How many posts were embedded, month by month?",
        description="Embeds and the articles that have any, by the month in which the article was published.",
        sql="""
WITH counted AS (SELECT article_id, count(*) AS embeds FROM embeds GROUP BY article_id)
SELECT substr(articles.published_at, 1, 7) AS month, count(*) AS articles, sum(counted.embeds) AS embeds
FROM counted JOIN articles ON articles.id = counted.article_id
GROUP BY month ORDER BY month""",
    ),
    "known_only_from_text": Query(
        title="Which posts are known only from the text of articles?",
        description="Posts without an id and an address: all that is left of them are words in an article. The latest "
        "1,000.",
        sql="""
SELECT posts.id AS post_id, posts.author_id, posts.posted_at, posts.precision, posts.text,
  (SELECT count(DISTINCT article_id) FROM embeds WHERE embeds.post_id = posts.id) AS articles
FROM posts WHERE posts.native_id IS NULL AND posts.permalink IS NULL AND posts.status IS NOT 'redacted'
ORDER BY posts.posted_at DESC LIMIT 1000""",
    ),
    "contradicted": Query(
        title="What does not agree?",
        description="Sources that contradict each other about a post, without a known harmless cause; those of the "
        "latest 1,000 articles first. All of them, with causes, are in the view contradictions.",
        sql="""
SELECT kind, detail, post_id, article_id, title, published_at, embed_id
FROM contradictions WHERE cause IS NULL AND post_id NOT IN (SELECT id FROM posts WHERE status = 'redacted')
ORDER BY published_at DESC, kind, article_id LIMIT 1000""",
    ),
    "articles_that_quote_a_post": Query(
        title="Which articles quote a post?",
        description="Passages in quotation marks that belong to a post; leave the field empty for all of the latest "
        "500.",
        # Two queries, since what is best for all (by date, until there are enough) is not for those of one post.
        sql="""
SELECT * FROM (
  SELECT articles.id AS article_id, articles.title, articles.published_at, quotes.text AS quoted, quotes.agreement,
    quotes.post_id, embeds.platform, embeds.handle, quotes.reason
  FROM articles CROSS JOIN embeds ON embeds.article_id = articles.id CROSS JOIN quotes ON quotes.embed_id = embeds.id
  WHERE coalesce(:post_id, '') = '' ORDER BY articles.published_at DESC LIMIT 500
) UNION ALL SELECT * FROM (
  SELECT articles.id, articles.title, articles.published_at, quotes.text, quotes.agreement,
    quotes.post_id, embeds.platform, embeds.handle, quotes.reason
  FROM quotes JOIN embeds ON embeds.id = quotes.embed_id JOIN articles ON articles.id = embeds.article_id
  WHERE quotes.post_id = :post_id LIMIT 500
) ORDER BY published_at DESC, article_id""",
    ),
    "lost_by_year": Query(
        title="What was lost, year by year?",
        description="Of the posts of each year: how many are kept with their words, with no more than who or when, "
        "with no more than a link, and how many are known to be gone from their platform.",
        sql="""
WITH counted AS (SELECT year, state, status, count(*) AS posts FROM posts GROUP BY year, state, status)
SELECT coalesce(year, 'not known') AS year, sum(posts) AS posts,
  sum(iif(state = 'words', posts, 0)) AS with_words,
  sum(iif(state = 'who', posts, 0)) AS who_or_when_only,
  sum(iif(state = 'link', posts, 0)) AS link_only,
  sum(iif(status = 'gone', posts, 0)) AS gone,
  round(100.0 * sum(iif(state = 'words', 0, posts)) / sum(posts), 1) AS percent_without_words
FROM counted GROUP BY year ORDER BY year""",
    ),
    "still_there": Query(
        title="What still stands at the platforms?",
        description="Of the posts that were asked for, by platform and year: how many are alive, hidden (private, "
        "behind a login wall, not to be embedded) or gone (three answers in a row, a day apart), and of how many that "
        "is not known. The share is of those of which it is known.",
        sql="""
WITH counted AS (
  SELECT year, platform, life, status, count(*) AS posts FROM posts GROUP BY year, platform, life, status
), summed AS (
  SELECT platform, coalesce(year, 'not known') AS year, sum(posts) AS asked,
    sum(iif(life IN ('alive', 'edited'), posts, 0)) AS alive,
    sum(iif(life IN ('private', 'login-wall', 'embedding-off'), posts, 0)) AS hidden,
    sum(iif(life IN ('deleted', 'account-gone'), posts, 0)) AS gone,
    sum(iif(life IN ('unknown', 'rate-limited'), posts, 0)) AS unknown
  FROM counted WHERE life IS NOT NULL AND status IS NOT 'redacted' GROUP BY 1, 2
)
SELECT platform, year, asked, alive, hidden, gone, unknown,
  round(100.0 * alive / nullif(alive + hidden + gone, 0), 1) AS percent_alive
FROM summed ORDER BY platform, year""",
    ),
}
