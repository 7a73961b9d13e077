"""A post as JSON-LD."""

import json

from archiver.records import Author, Post
from archiver.render.jsonld import jsonld_text, post_jsonld

POST = Post(
    id="twitter:20",
    platform="twitter",
    permalink="https://twitter.com/i/status/20",
    posted_at="2020-10-02T03:45:52.114Z",
    text="</script><!-- Boats\u2028& more",
)
AUTHOR = Author(
    id="twitter:northpilots", platform="twitter", handle="NorthPilots", url="https://twitter.com/NorthPilots"
)


def test_what_is_known_is_told_in_the_words_of_schema_org() -> None:
    """The types and properties are schema.org's, in a fixed order."""
    assert list(post_jsonld(POST, AUTHOR).items()) == [
        ("@context", "https://schema.org"),
        ("@type", ["SocialMediaPosting", "ArchiveComponent"]),
        ("identifier", "twitter:20"),
        ("url", "https://twitter.com/i/status/20"),
        ("author", {"alternateName": "@NorthPilots", "url": "https://twitter.com/NorthPilots"}),
        ("datePublished", "2020-10-02T03:45:52.114Z"),
        ("articleBody", "</script><!-- Boats\u2028& more"),
        ("isPartOf", {"@type": "WebSite", "name": "X (Twitter)"}),
    ]


def test_what_is_not_known_is_left_out() -> None:
    """A post of which only the id is known has no empty values."""
    assert set(post_jsonld(Post(id="x:1", platform="x"), None)) == {"@context", "@type", "identifier"}


def test_it_can_stand_in_a_script_element() -> None:
    """Nothing in it ends the element or opens a comment, and it reads back as it was."""
    data = post_jsonld(POST, AUTHOR)
    text = jsonld_text(data)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == data
