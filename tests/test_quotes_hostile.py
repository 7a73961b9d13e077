"""Sources made to break the finder of passages: each is searched, true to its spans, before an alarm rings."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.find import find_embeds
from archiver.find.spans import Spans
from archiver.quotes import accept, find_passages
from archiver.quotes.agree import agree
from archiver.records import Embed, Format, Passage
from tests.alarm import alarm

# Far above what a slow machine needs with its tests watched, far below what takes time squared.
ALARM = 120.0
SIZE = 2_000_000
TAIL = "A post shared by Ines Okafor (@ines.okafor) on Oct 2, 2020 at 4:16am PDT"


def embed(ordinal: int, start: int, end: int, source: str, **known: str) -> Embed:
    """An embed at a place of a source."""
    marker = source[start:end]
    return Embed(ordinal=ordinal, platform="instagram", form="text", start=start, end=end, marker=marker, **known)  # type: ignore[arg-type]


def is_sound(source: str, embeds: Sequence[Embed], passages: Sequence[Passage]) -> bool:
    """Whether passages are in order, within the source, outside every embed, and of embeds that are there."""
    ordinals = {each.ordinal for each in embeds}
    taken = Spans((each.start, each.end) for each in embeds)
    starts = [each.start for each in passages]
    return starts == sorted(starts) and all(
        0 <= each.start < each.end <= len(source)
        and each.embed in ordinals
        and 0 <= each.score <= 1
        and each.text.strip()
        and not taken.overlaps(each.start, each.end)
        for each in passages
    )


def every(source: str, step: int) -> list[Embed]:
    """Embeds of one character, spread over the whole source, each by an author of its own."""
    return [
        embed(n + 1, at, at + 1, source, handle=f"user{n}", author_name=f"Ana User{n}")
        for n, at in enumerate(range(step, len(source) - 1, step))
    ]


def first(source: str, _step: int) -> list[Embed]:
    """One embed in the middle."""
    middle = len(source) // 2
    return [embed(1, middle, middle + 1, source)]


STUFF: dict[str, str] = {
    "straight marks": '"',
    "opening marks": "“",
    "closing marks": "”",
    "guillemets": "«»",
    "guillemets parted": "« ",
    "quoted letters": '"a" ',
    "quoted sentences": "“We are here,” she wrote. ",
    "apostrophes": "players' ",
    "single marks": "'players' ",
    "openers of all kinds": "“ „a «b 'c 「d",
    "paragraphs left open": "“open\n\n",
    "questions": "“Why?” Mara ",
    "one long word": "a",
    "ideographs": "投稿「水城」",
    "line breaks": "\n ",
    "stops": "Mr. ",
    "verbs": "wrote ",
}


@pytest.mark.no_cover
@pytest.mark.parametrize("embedding", [first, every])
@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("stuff", STUFF)
def test_time_is_linear(stuff: str, form: Format, embedding: Callable[[str, int], list[Embed]]) -> None:
    """Megabytes of one thing around an embed, and less with embeds all over it, are searched in time."""
    size = SIZE if embedding is first else SIZE // 25
    source = STUFF[stuff] * (size // len(STUFF[stuff]))
    embeds = embedding(source, 9_000)
    with alarm(ALARM):
        assert is_sound(source, embeds, find_passages(source, form, embeds))


@pytest.mark.no_cover
def test_megabytes_of_marks_between_embeds_take_linear_time() -> None:
    """Also where every mark is within reach of some embed."""
    source = '" ' * (SIZE // 2)
    embeds = every(source, 11_000)
    with alarm(ALARM):
        assert is_sound(source, embeds, find_passages(source, "text", embeds))


PIECES = st.one_of(
    st.sampled_from("“”„‘’«»‹›「」\"'\n ?!。*_1"),
    st.sampled_from(
        ["&ldquo;", "&quot;", "\n\n", ", ", ". ", ": ", "\r\n", "\ud800", "\x00", "\ufffc", "\ue000", "\u202e"]
    ),
    st.sampled_from(["Kate", "she", "wrote", "told", "her brother", "schrieb", "a écrit", "投稿", "Instagram", "Mr."]),
    st.sampled_from(
        ["<p>", "</p>", "<b>", "<!--", "<script>", "> ", "[a](b)", TAIL, "word", "naïve", "Okafor", "Okafor's"]
    ),
)
SOURCES = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=60).map(" ".join))


@settings(max_examples=600)
@given(SOURCES, st.sampled_from(["text", "markdown", "html"]))
def test_finding_never_raises(source: str, form: Format) -> None:
    """Whatever the article, passages are sound, and so is what is made of them."""
    source = f"{source} {TAIL}\n{source}"
    embeds = find_embeds(source, form)
    passages = find_passages(source, form, embeds)
    assert is_sound(source, embeds, passages)
    for passage in passages:
        accepted = accept(passage, source)
        assert accepted is None or 0 <= (accepted[1] or 0) <= 1


@settings(max_examples=300)
@given(SOURCES, st.lists(st.tuples(st.integers(0, 300), st.integers(1, 30)), max_size=6))
def test_any_embeds_will_do(source: str, places: list[tuple[int, int]]) -> None:
    """Embeds wherever they are, next to each other, at an edge or in the middle of a word, are passed over."""
    embeds, position = list[Embed](), 0
    for ordinal, (gap, length) in enumerate(places, start=1):
        start = position + gap
        position = start + length
        if position <= len(source):
            embeds.append(embed(ordinal, start, position, source))
    assert is_sound(source, embeds, find_passages(source, "text", embeds))


@given(st.text(max_size=200), st.text(max_size=200))
def test_agreement_is_a_share(passage: str, post: str) -> None:
    """Agreement lies between 0 and 1, and a text that has words agrees with itself."""
    assert 0 <= agree(passage, post) <= 1
    assert agree(post, post) == 1 or not any(character.isalnum() for character in post)
