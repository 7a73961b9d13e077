"""ActivityStreams 2 and schema.org: every word of an export is one of the published vocabulary, in its place.

No public library validates either whole (`activitypubdantic` pins a pydantic without wheels for Python 3.13, `apmodel`
takes any text for a time, `msgspec-schemaorg` and `pydantic2-schemaorg` refuse what the vocabulary allows). So the
documents are expanded by PyLD with the context that the W3C publishes, and their terms looked up in the vocabularies
that `rdflib` and `activitypub-linked-data` carry: a word that is in neither would be dropped, or not be found.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from ap.linked_data import jsonld_local_document_loader
from pyld import jsonld
from rdflib import Literal, URIRef
from rdflib.namespace import SDO, XSD

from archiver.exports.activitystreams import post_object
from archiver.records import Author, Post

Archiver = Callable[..., CompletedProcess[str]]

AS = "https://www.w3.org/ns/activitystreams"
SCHEMA = "http://schema.org/"


def load_context(url: str, options: dict[str, Any]) -> dict[str, Any]:
    """The published context of ActivityStreams; that of schema.org has its vocabulary as the default for every word."""
    if url == "https://schema.org":
        context = {"@context": {"@vocab": SCHEMA, "citation": {"@type": "@id"}}}
        return {"contextUrl": None, "documentUrl": url, "document": context}
    return dict(jsonld_local_document_loader(url, options))


def expanded(document: Any) -> list[dict[str, Any]]:
    """The document with every word written out."""
    base = {"documentLoader": load_context, "base": "https://archive.example/"}
    return list(jsonld.expand(document, base))


def words(node: Any) -> Iterator[str]:
    """All properties and types in an expanded document."""
    if isinstance(node, list):
        for item in node:
            yield from words(item)
    elif isinstance(node, dict):
        yield from (kind for kind in node.get("@type", []) if isinstance(node["@type"], list))
        yield from (key for key in node if not key.startswith("@"))
        for key, value in node.items():
            if key != "@type":
                yield from words(value)


@pytest.fixture
def exported(archiver: Archiver, full_archive: Path) -> Callable[[str], dict[str, Any]]:
    """The archive in a format, parsed."""

    def export(form: str) -> dict[str, Any]:
        return dict(json.loads(archiver("export", "--db", full_archive, "--format", form).stdout))

    return export


def test_activitystreams_says_everything_in_published_words(exported: Callable[[str], dict[str, Any]]) -> None:
    """The published context has each: a word that it has not gets no address. Compacting gives the document back."""
    document = exported("activitystreams")
    options = {"documentLoader": load_context}
    full = jsonld.expand(document, options)
    assert [word for word in words(full) if not word.startswith((f"{AS}#", SCHEMA))] == []
    assert jsonld.compact(full, document["@context"], options) == document
    assert len(document["items"]) > 20


def test_activitystreams_tells_moments(exported: Callable[[str], dict[str, Any]]) -> None:
    """`published` is an xsd:dateTime wherever it stands; seconds may be left out of it (AS2 §2.3)."""
    published = f"{AS}#published"
    (collection,) = expanded(exported("activitystreams"))
    items = collection[f"{AS}#items"]
    times = [value for item in items for value in item.get(published, [])]
    assert {time["@type"] for time in times} == {str(XSD.dateTime)}
    full = [time["@value"] if time["@value"].count(":") > 1 else time["@value"][:-1] + ":00Z" for time in times]
    assert [time for time in full if Literal(time, datatype=XSD.dateTime).ill_typed] == []


def test_a_day_is_no_moment() -> None:
    """It is kept as schema.org's date; a text is plain, and said to be: AS2 takes content for HTML."""
    post = Post(id="x:1", platform="youtube", posted_at="2020-10-02", precision="day", text="<b>1 < 2</b>")
    author = Author(id="x:ada", platform="x", handle="Ada", url="https://x.example/Ada")
    told = post_object(post, author)
    assert (told["type"], told["datePublished"], told.get("published")) == ("Video", "2020-10-02", None)
    assert (told["content"], told["mediaType"]) == ("<b>1 < 2</b>", "text/plain")


def test_schema_org_has_every_word_of_json_ld(exported: Callable[[str], dict[str, Any]]) -> None:
    """Each type and each property is a term of the vocabulary as rdflib has it."""
    used = {word.replace(SCHEMA, str(SDO)) for word in words(expanded(exported("jsonld")))}
    assert {word for word in used if URIRef(word) not in SDO} == set()
    assert {"SocialMediaPosting", "ArchiveComponent", "Article", "citation"} <= {
        word.rpartition("/")[2] for word in used
    }


def test_articles_cite_posts_that_are_in_the_document(exported: Callable[[str], dict[str, Any]]) -> None:
    """Every reference leads to a node."""
    nodes = expanded(exported("jsonld"))
    ids = {node["@id"] for node in nodes}
    cited = {one["@id"] for node in nodes for one in node.get(f"{SCHEMA}citation", [])}
    assert cited and cited <= ids


def test_the_words_that_are_looked_up_are_told_from_others() -> None:
    """The vocabularies that the tests above look in do not take any word."""
    (node,) = expanded({"@context": "https://schema.org", "@type": "SocialMediaPosing", "headlien": "x"})
    assert [URIRef(word.replace(SCHEMA, str(SDO))) in SDO for word in words(node)] == [False, False]
    assert list(words(expanded({"@context": AS, "contnet": "x"}))) == ["_:contnet"]
