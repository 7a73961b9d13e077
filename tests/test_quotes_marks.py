"""Quotation marks of all languages: what they enclose, and what only looks like one."""

import pytest

from archiver.quotes.marks import CLOSERS, find_quoted

# Each text with the words inside outermost marks between ⟦ and ⟧; paragraphs are parted by an empty line.
CASES = {
    "English": "She wrote: “⟦Not the players’ fault⟧”, and ‘⟦not ours⟧’.",
    "English, single and plural": "He wrote: ‘⟦The players’ tunnel isn't ours⟧’ and left.",
    "typewriter": 'She wrote: "⟦It\'s 6ft 2in, not 5ft 11 tall⟧" and left.',
    "typewriter, single": "She wrote: '⟦It's the players' fault, isn't it?⟧' and left.",
    "German": "Sie schrieb: „⟦Er sagte ‚nein‘ zu mir⟧“, sagt er.",
    "German, books": "Sie schrieb: »⟦Er sagte ›nein‹ zu mir⟧«, sagt er.",
    "German, typewriter's closer": 'Sie schrieb: „⟦Nein⟧", sagt er.',
    "French": "Elle écrit : « ⟦L'été “indien”⟧ ».",
    "Polish": "„⟦Tak⟧” – napisała.",
    "Swedish": "”⟦Vi är här⟧”, skriver hon, ”⟦och du?⟧”",
    "Swedish, books": "»⟦Vi är här⟧», skriver hon.",
    "Russian": "«⟦Мы здесь, а „они“ — там⟧», — написала она.",
    "Japanese": "彼女は「⟦犬が『ワン』と言った⟧」と書いた。",
    "Chinese": "她写道：“⟦我们很好⟧”。",
    "nested typewriter": "'⟦She said \"no\" twice⟧' was the answer.",
    "two on a line": "“⟦One,⟧” she wrote. “⟦Two.⟧”",
    "repeated opening marks": "“⟦One.\n\n“Two.\n\n“Three.⟧” That was all.",
    "repeated guillemets": "« ⟦Un.\n\n» Deux.⟧ » Fin.",
    "paragraphs without repetition": "„⟦Eins.\n\nZwei.⟧“ Ende.",
    "an open mark alone": "“One.\n\nTwo.\n\nThree.",
    "an open mark before another": "“One.\n\nTwo. “⟦Three.⟧”",
    "elided words": "'Tis the season, rock 'n' roll, the '90s weren't ours'.",
    "inches": "A 12\" record and a 7\" one.",
    "apostrophes": "The players' and the girls’ teams aren’t Rita's.",
    "nothing inside": "“” and \"\" and «»",
}  # fmt: skip


def read(text: str) -> list[str]:
    """The words inside outermost marks, paragraph by paragraph."""
    blocks, position = [], 0
    for block in text.split("\n\n"):
        blocks.append((position, position + len(block)))
        position += len(block) + 2
    return ["\n\n".join(text[start:end] for start, end in quoted.paragraphs) for quoted in find_quoted(text, blocks)]


@pytest.mark.parametrize("case", CASES)
def test_the_words_inside_outermost_marks_are_found(case: str) -> None:
    """In each language's marks, and in nothing that only looks like them; repeated marks are no words."""
    labelled = CASES[case]
    wanted = [piece.split("⟧")[0] for piece in labelled.split("⟦")[1:]]
    wanted = ["\n\n".join(part.lstrip("“» ") for part in piece.split("\n\n")) for piece in wanted]
    assert read(labelled.replace("⟦", "").replace("⟧", "")) == wanted


@pytest.mark.parametrize(("opener", "closer"), [(o, c) for o, closers in CLOSERS.items() for c in closers])
def test_every_pair_of_marks_has_effect(opener: str, closer: str) -> None:
    """Each closing mark of the table closes what its opening mark begins."""
    assert read(f"She wrote {opener}we are here{closer}, and left.") == ["we are here"]


def test_a_quotation_crosses_no_wall() -> None:
    """What an embed stands in is no quotation of several paragraphs."""
    text = "“One.\n\n“Two.”"
    assert [text[each.start : each.end] for each in find_quoted(text, [(0, 5), (7, 13)], [6])] == ["Two."]
