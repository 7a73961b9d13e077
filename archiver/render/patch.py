"""Patching: an article in its own format with a card in each embed's place.

Everything outside the replaced spans stays byte for byte what it is, in any encoding. In HTML and Markdown, comments
hold what was replaced; plain text has none, so there the caller keeps it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from archiver.errors import ReadError
from archiver.find import find_embeds
from archiver.find.loaders import find_loaders
from archiver.find.patched import patched_spans
from archiver.find.spans import Span, Spans
from archiver.find.state import is_in_state
from archiver.identity import identify
from archiver.readers.encoding import declared_encoding
from archiver.readers.offsets import byte_offsets, plain_offset
from archiver.records import Article, Embed, Replaced
from archiver.render.card import Card
from archiver.render.edits import WRITERS, Edit, list_places
from archiver.render.restore import put_back
from archiver.render.spelling import spell_out

ROUNDS = 3
"""How often it is looked again: what passed for a part of an embed or a sentence may stand alone with a card there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patched:
    """A patched article: its bytes, and what was replaced in order; `cards` and `loaders` count that.

    `left` counts the embeds that stay as they are: in a page's state, where a card would break the page's program.
    """

    data: bytes
    cards: int = 0
    loaders: int = 0
    left: int = 0
    replaced: tuple[Replaced, ...] = ()


def patch_article(
    article: Article,
    make_cards: Callable[[Sequence[Embed]], Sequence[Card]],
    *,
    markdown: bool = False,
    keep_loaders: bool = False,
) -> Patched:
    """The article with a card in place of each embed, and without the scripts that would have filled embeds in.

    `make_cards` gives the cards of embeds in order; `markdown` makes them quotes in a Markdown article. What is
    patched already stays. Raises ReadError (`encoding`) where a span has no bytes of its own.
    """
    patched = _patch_once(article, make_cards, markdown=markdown, keep_loaders=keep_loaders)
    for _ in range(ROUNDS):
        content = patched.data.decode(article.encoding, "replace")
        before = replace(article, content=content, data=patched.data)
        further = _patch_once(before, make_cards, markdown=markdown, keep_loaders=keep_loaders)
        replaced = _composed(patched.replaced, further.replaced)
        if further.data == patched.data or put_back(further.data, replaced) != article.data:
            break
        cards, loaders = patched.cards + further.cards, patched.loaders + further.loaders
        patched = Patched(data=further.data, cards=cards, loaders=loaders, left=further.left, replaced=replaced)
    return patched


def _composed(first: Sequence[Replaced], further: Sequence[Replaced]) -> tuple[Replaced, ...]:
    """What both replaced, in the bytes that the further ones gave; none of these lies in what the first wrote."""
    waiting = list(further)
    composed: list[Replaced] = []
    shift = 0
    for each in first:
        while waiting and waiting[0].start - shift < each.start:
            composed.append(waiting.pop(0))
            shift += composed[-1].end - composed[-1].start - len(composed[-1].original)
        composed.append(replace(each, start=each.start + shift, end=each.end + shift))
    return (*composed, *waiting)


def _patch_once(
    article: Article, make_cards: Callable[[Sequence[Embed]], Sequence[Card]], *, markdown: bool, keep_loaders: bool
) -> Patched:
    found = find_embeds(article.content, article.format)
    embeds = _numbered(article, identify([e for e in found if not is_in_state(e)], article.sha256))
    left = len(found) - len(embeds)
    if not embeds:
        return Patched(data=article.data, left=left)
    spans = [(embed.start, embed.end) for embed in embeds]
    edits = _edits(article, spans, make_cards(embeds))
    patched = replace(_write(article, edits, markdown), left=left)
    # What is left still needs its loader.
    loaders = [] if keep_loaders or left else _loaders(article, embeds)
    if not loaders:
        return patched
    bare = _write(article, [*edits, *_edits(article, loaders, [])], markdown)
    # A page's declaration counts only near its beginning: no comment may push it out of there.
    is_declared = article.format != "html" or declared_encoding(bare.data) == declared_encoding(article.data)
    return bare if is_declared else patched


def _numbered(article: Article, embeds: Sequence[Embed]) -> list[Embed]:
    """The embeds with ordinals that go on behind those of cards that are there already: they become ids."""
    there = len(patched_spans(article.content, article.format))
    return [replace(embed, ordinal=embed.ordinal + there) for embed in embeds]


def _loaders(article: Article, embeds: Sequence[Embed]) -> list[Span]:
    hosts = {urlsplit(embed.permalink).hostname or "" for embed in embeds if embed.permalink}
    known = Spans((embed.start, embed.end) for embed in embeds)
    return [span for span in find_loaders(article.content, article.format, hosts) if not known.overlaps(*span)]


def _edits(article: Article, spans: Sequence[Span], cards: Sequence[Card]) -> list[Edit]:
    """An edit for each span, with the card that there is for it. Raises ReadError (`encoding`)."""
    places = _byte_places(article, chain.from_iterable(spans))
    return [
        Edit(start=start, end=end, first_byte=places[start], last_byte=places[end], card=card)
        for (start, end), card in zip_longest(spans, cards)
    ]


def _byte_places(article: Article, positions: Iterable[int]) -> dict[int, int]:
    offsets = byte_offsets(article.data, article.encoding, positions) or {}
    places = {at: plain_offset(article.data, article.encoding, offset) for at, offset in offsets.items()}
    exact = {at: place for at, place in places.items() if place is not None}
    if not exact or len(exact) < len(places):
        message = f"{article.source} has an embed whose place in {article.encoding} cannot be told exactly"
        raise ReadError(message, kind="encoding")
    return exact


def _write(article: Article, edits: Sequence[Edit], markdown: bool) -> Patched:
    """The article with the edits made. Raises ReadError (`encoding`) where the bytes would not read as that."""
    writer = WRITERS["quote" if markdown and article.format == "markdown" else article.format]
    pieces, texts = list[bytes](), list[str]()
    replaced: list[Replaced] = []
    character = byte = length = 0
    for place in list_places(article, sorted(edits, key=lambda edit: edit.start)):
        edit, text = place.edit, _fitting(article, writer(place))
        written = text.encode(article.encoding)
        texts += [article.content[character : edit.start], text]
        pieces += [article.data[byte : edit.first_byte], written]
        start = length + edit.first_byte - byte
        character, byte, length = edit.end, edit.last_byte, start + len(written)
        original = article.data[edit.first_byte : edit.last_byte]
        replaced.append(Replaced(start=start, end=length, original=original))
    data = b"".join([*pieces, article.data[byte:]])
    if data.decode(article.encoding, "replace") != "".join([*texts, article.content[character:]]):
        raise ReadError(f"{article.source} cannot be patched in {article.encoding}", kind="encoding")
    cards = sum(edit.card is not None for edit in edits)
    return Patched(data=data, cards=cards, loaders=len(edits) - cards, replaced=tuple(replaced))


def _fitting(article: Article, text: str) -> str:
    """The text in characters that the article's encoding has: HTML and Markdown have references for the others.

    In a legacy encoding they are used for all beyond ASCII, so that a detector still sees the article's own bytes.
    """
    if article.format == "text":
        return spell_out(text, article.encoding)
    encoding = article.encoding if article.encoding.startswith("utf-") else "ascii"
    return text.encode(encoding, "xmlcharrefreplace").decode(encoding)
