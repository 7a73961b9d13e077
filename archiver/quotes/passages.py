"""The finder: from an article and its embeds to the quoted passages beside them, each with what speaks for the post."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archiver.find.spans import Span
from archiver.quotes.agree import plain_words
from archiver.quotes.lexicon import lexicon, tell_language
from archiver.quotes.marks import Quoted, find_quoted
from archiver.quotes.names import Names
from archiver.quotes.prose import Prose, read_prose
from archiver.quotes.sentences import Sentence, read_sentences
from archiver.quotes.subjects import presumed_authors
from archiver.quotes.voices import Voice, hear_voices
from archiver.records import Embed, Format, Passage

_SCORES: dict[tuple[str, str], float] = {
    # (medium, who) → how likely the words are the post's
    ("post", "author"): 0.92,
    ("post", "who"): 0.82,
    ("post", "role"): 0.82,
    ("post", "text"): 0.82,
    ("post", "none"): 0.8,
    ("post", "named"): 0.35,
    ("post", "other"): 0.08,
    ("say", "author"): 0.45,
    ("say", "who"): 0.4,
    ("say", "role"): 0.3,
    ("say", "none"): 0.35,
    ("comment", "author"): 0.25,
    ("earlier", "author"): 0.25,
    ("spoken", "author"): 0.15,
    ("elsewhere", "author"): 0.12,
}
_LEAST = 0.08
_EMPHASIS = re.compile(r"(?<![\w*_])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*_])")
_TITLE, _COLON, _PARTIAL, _CHAIN, _INTRO, _AROUND = 0.15, 0.7, 0.92, 0.95, 0.85, 0.9
_FREE_PARAGRAPHS, _PER_PARAGRAPH = 4, 0.03
_NEAR, _OWN = 0.65, 0.3
_ABOUT = 2
_LONGEST_POST, _LONGEST_TWEET = 20_000, 500
_TWO_LETTERS = re.compile(r"[^\W_][\W_]*[^\W_]")


def find_passages(source: str, format: Format, embeds: Sequence[Embed]) -> list[Passage]:  # noqa: A002
    """The quoted passages within reach of an article's embeds, in order, each given to the one it most likely quotes.

    `source` is the decoded article and `embeds` are those found in it. Passages of low score are among them: a post's
    text known from elsewhere may still prove them (`accept`). None lies in an embed. Never raises; linear time.
    """
    embeds = sorted(embeds, key=lambda embed: embed.start)
    prose = read_prose(source, format, embeds) if embeds else None
    if prose is None:
        return []
    walls = [at for at, _ in prose.walls]
    quoted = [each for each in find_quoted(prose.text, prose.blocks, walls) if _says(prose.text, each)]
    if not quoted:
        return []
    language = tell_language(prose.text.lower().split())
    sentences = list(read_sentences(prose.text, prose.blocks, quoted, lexicon(language)))
    names = Names(embeds, prose.text, language)
    desk = _Desk(prose, embeds, names)
    _name_unnamed(sentences, names, desk)
    voices = hear_voices(prose.text, sentences, quoted, names)
    return list(desk.passages(format, quoted, voices))


def _says(text: str, quoted: Quoted) -> bool:
    return _TWO_LETTERS.search(text, quoted.start, quoted.end) is not None


def _name_unnamed(sentences: Sequence[Sentence], names: Names, desk: "_Desk") -> None:
    recognised = names.recognised(word.text for sentence in sentences for word in sentence.words)
    unnamed = set(range(names.count)) - recognised
    for author, words in presumed_authors(sentences, names, unnamed, desk.walls):
        names.rename(author, words)
    desk.unnamed = unnamed


@dataclass(frozen=True, slots=True)
class _Wall:
    """An embed among the paragraphs: how many stand before it, its index, its author.

    `is_glued` says that a short paragraph runs into it, which may be its post's own text.
    """

    block: int
    embed: int
    author: int
    is_glued: bool


class _Desk:
    """Gives each quotation to an embed."""

    def __init__(self, prose: Prose, embeds: Sequence[Embed], names: Names) -> None:
        self._prose = prose
        self._embeds = embeds
        self._starts = starts = [start for start, _ in prose.blocks]
        index = {id(embed): number for number, embed in enumerate(embeds)}
        self._walls = [
            _Wall(
                block=bisect_left(starts, at),
                embed=index[id(embed)],
                author=names.author_of_embed[index[id(embed)]],
                is_glued=embed.text is None and _is_glued(prose, at),
            )
            for at, embed in prose.walls
            if embed is not None
        ]
        self.unnamed: set[int] = set()
        self.walls = [(wall.block, wall.author) for wall in self._walls]
        self._blocks = [wall.block for wall in self._walls]
        self._by_author: dict[int, list[_Wall]] = {}
        for wall in self._walls:
            self._by_author.setdefault(wall.author, []).append(wall)
        self._texts = [f" {' '.join(plain_words((embed.text or '')[:_LONGEST_POST]))} " for embed in embeds]

    def passages(self, format_: Format, quoted: Sequence[Quoted], voices: Sequence[Voice]) -> Iterator[Passage]:
        chosen: dict[int, _Wall] = {}
        for number, (each, voice) in enumerate(zip(quoted, voices, strict=True)):
            text = self._text(each, format_)
            block = self._place(each)
            wall = self._holding(text, block) or (chosen.get(voice.head) if voice.head != number else None)
            wall = wall or self._nearest(voice, block)
            chosen[number] = wall
            start, end = self._prose.source_span(each.start, each.end)
            yield Passage(
                embed=self._embeds[wall.embed].ordinal,
                start=start,
                end=end,
                text=text,
                score=self._score(voice, wall, block),
                reason=_reason(voice, wall, block),
            )

    def _place(self, quoted: Quoted) -> Span:
        """The first and the last paragraph that a quotation stands in."""
        return bisect_right(self._starts, quoted.start) - 1, bisect_right(self._starts, quoted.end) - 1

    def _text(self, quoted: Quoted, format_: Format) -> str:
        pieces = (" ".join(self._prose.text[start:end].split()) for start, end in quoted.paragraphs)
        text = "\n\n".join(piece for piece in pieces if piece)
        return _EMPHASIS.sub("", text) if format_ == "markdown" else text

    def _holding(self, text: str, block: Span) -> _Wall | None:
        """The near embed whose own text has these words."""
        words = plain_words(text)
        if len(words) < 3:
            return None
        joined = f" {' '.join(words)} "
        return next((wall for wall in self._near(self._walls, block) if joined in self._texts[wall.embed]), None)

    def _near(self, walls: Sequence[_Wall], block: Span) -> list[_Wall]:
        """The three embeds before and the three behind, nearest first."""
        at = bisect_right(walls, block[0], key=_block_of)
        return sorted(walls[max(0, at - 3) : at + 3], key=partial(_distance, block))

    def _nearest(self, voice: Voice, block: Span) -> _Wall:
        author = voice.subject.author if voice.subject.author is not None else voice.about
        own = self._by_author.get(author, []) if author is not None else []
        near = self._near(own or self._walls, block)
        if voice.subject.author is None and own and _distance(block, near[0]) > _ABOUT:
            near = self._near(self._walls, block)
        leads = voice.place in {"before", "intro"}
        return min(near, key=lambda wall: _distance(block, wall) + (0.5 if leads and wall.block <= block[0] else 0))

    def _score(self, voice: Voice, wall: _Wall, block: Span) -> float:
        kind = voice.subject.kind
        if kind == "author" and voice.subject.author != wall.author:
            return _LEAST
        if wall.is_glued and wall.block == block[1] + 1 and not voice.posts:
            return _OWN
        if kind == "named" and wall.author in self.unnamed:
            kind = "role"
        score = _SCORES.get((voice.medium, kind), _LEAST)
        if voice.introduces and voice.medium == "say" and kind != "other" and wall.block == block[1] + 1:
            score = _COLON
        if voice.is_title:
            score = min(score, _TITLE)
        if voice.is_partial:
            score *= _PARTIAL
        if voice.place in {"near", "leads"}:
            return _NEAR if wall.block == block[1] + 1 and score >= _PARTIAL * _SCORES["post", "none"] else _LEAST
        score *= {"chain": _CHAIN, "intro": _INTRO, "around": _AROUND}.get(voice.place, 1)
        score -= max(0.0, _distance(block, wall) - _FREE_PARAGRAPHS) * _PER_PARAGRAPH
        return round(max(score, 0.01), 2)


def _is_glued(prose: Prose, at: int) -> bool:
    """Whether a paragraph no longer than a post goes on into the embed at an offset of the text."""
    number = bisect_left(prose.blocks, (at, at)) - 1
    if number < 0:
        return False
    start, end = prose.blocks[number]
    return at - start <= _LONGEST_TWEET and "\n" not in prose.text[end:at]


def _block_of(wall: _Wall) -> int:
    return wall.block


def _distance(block: Span, wall: _Wall) -> float:
    """How many paragraphs stand between those of a quotation and an embed."""
    return wall.block - block[1] - 1 if wall.block > block[0] else block[0] - wall.block


def _reason(voice: Voice, wall: _Wall, block: Span) -> str:
    distance = int(_distance(block, wall))
    where = "above" if wall.block > block[0] else "below"
    beside = f"right {where} the embed" if not distance else f"{distance} paragraphs {where} the embed"
    if distance == 1:
        beside = f"1 paragraph {where} the embed"
    told = f"“{voice.words}”" if voice.words else ""
    said = {
        "before": f"{told} before it",
        "behind": f"{told} behind it",
        "around": f"{told} around it",
        "chain": f"goes on from {told}",
        "intro": f"{told} leads to it",
        "leads": f"{told} before it",
        "near": f"{told} before it",
        "none": "nobody is named as saying it",
    }[voice.place]
    notes = {"post": "", "say": "", "none": "", "comment": ", an answer", "spoken": ", spoken", "earlier": ", earlier"}
    return (
        f"{said}{notes.get(voice.medium, ', not a post')}{', looks like a title' if voice.is_title else ''}, {beside}"
    )
