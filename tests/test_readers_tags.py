"""The attributes of tags, read without Python's parser where they are simple."""

from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from archiver.readers.tags import read_attributes


class Parser(HTMLParser):
    """The reference: of each start tag its attributes, the first of two."""

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what was read."""
        self.read = {name: value or "" for name, value in reversed(attrs)}


PIECES = st.sampled_from(
    [*" \n\x0b/=", '"', "'", "a", "SRC", "b.c", "é", "&amp;", "&", "src=x", ' alt="a b"', " alt='>'", "<"]
)


@given(st.lists(PIECES, max_size=12))
@example([' alt="a b"', "src=x"])
@example([" ", "src=x", "/"])
@example([" ", "SRC", " ", "=", "a"])
def test_attributes_are_read_as_the_parser_reads_them(pieces: list[str]) -> None:
    """Whatever stands in a tag that ends at its `>`, its attributes are those that `html.parser` reads."""
    tag = f"<img{''.join(pieces)}>"
    parser = Parser()
    parser.read = {}
    parser.feed(tag)
    assert read_attributes(tag) == parser.read
