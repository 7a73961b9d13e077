"""Agreement of a passage with a post's text, and what it decides."""

import pytest

from archiver.quotes import accept
from archiver.quotes.agree import THRESHOLD, agree
from archiver.records import Passage

POST = (
    "We lost the boat, not the crew 🚣 Thank you to everyone who searched all night. Nadia x https://example.com/boat"
)


def passage(text: str, score: float) -> Passage:
    """A passage with a local score."""
    return Passage(embed=1, start=0, end=len(text), text=text, score=score, reason="")


@pytest.mark.parametrize(
    ("text", "score", "post", "taken"),
    [
        ("We lost the boat, not the crew.", 0.05, POST, True),  # it stands there, whatever the article says
        ("We lost the boat … Thank you to everyone who searched", 0.05, POST, True),  # words left out
        ("Thank you to everyone who [searched] all night", 0.05, POST, True),  # a reporter's brackets
        ("We lost the boat, not the crw", 0.05, POST, True),  # a letter lost
        ("I will buy another boat in the spring", 0.95, POST, False),  # it does not
        ("crew", 0.1, POST, False),  # one word may stand anywhere
        ("the crew", 0.7, POST, True),
        ("our crew", 0.9, POST, False),
        (
            "We lost the boat, not the crew, and thank everyone who searched",
            0.95,
            "We lost the boat",
            True,
        ),  # cut short
        ("We lost the boat, not the crew, and thank everyone who searched", 0.1, "We lost the boat", False),
        ("Wir haben das Boot verloren, aber nicht die Crew und nicht den Mut", 0.9, POST, True),  # translated
        ("Wir haben das Boot verloren, aber nicht die Crew und nicht den Mut", 0.3, POST, False),
        ("船は失いましたが、仲間は無事です", 0.1, "船は失いましたが、仲間は無事です。ありがとう", True),
        ("I will buy another boat in the spring", 0.9, "We lost the boat but we have not lost the crew 1/7", True),
        ("I will buy another boat in the spring", 0.9, "We lost the boat but we have not lost the crew 7/7", False),
        ("We lost the boat", THRESHOLD, None, True),
        ("We lost the boat", THRESHOLD - 0.01, None, False),
        ("We lost the boat", 0.9, "", True),  # a post without words says nothing
    ],
)
def test_agreement_decides_where_the_text_is_known(text: str, score: float, post: str | None, taken: bool) -> None:
    """A passage that stands in the post is taken, one that does not is left; without a text the article decides."""
    assert (accept(passage(text, score), post) is not None) is taken


def test_the_score_and_the_agreement_are_told() -> None:
    """Both come back as they are; agreement is None where there is nothing to agree with."""
    assert accept(passage("We lost the boat", 0.75), POST) == (0.75, 1.0)
    assert accept(passage("We lost the boat", 0.75), None) == (0.75, None)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("we lost the BOAT — not the crew", 1.0, 1.0),
        ("It’s a post", 0.0, 0.7),
        ("We lost the boats, not the crew", 0.9, 0.99),
        ("", 0.0, 0.0),
    ],
)
def test_agreement_is_by_letters(text: str, least: float, most: float) -> None:
    """Case, marks and emoji do not count, letters do."""
    assert least <= agree(text, POST) <= most


@pytest.mark.parametrize(("text", "taken"), [("港の灯", False), ("港の灯が今夜もともる", True)])
def test_few_letters_of_a_script_without_spaces_prove_nothing(text: str, taken: bool) -> None:
    """A word of two or three signs stands in many posts by chance; ten of them do not."""
    passage = Passage(embed=1, start=0, end=len(text), text=text, score=0.1, reason="")
    assert bool(accept(passage, f"今日も{text}。また明日。")) is taken
