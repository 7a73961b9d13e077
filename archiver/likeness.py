"""Likeness: how alike two texts are, letter by letter, and how well one stands in another.

The figures are rapidfuzz's: the share of letters that need not be inserted or deleted (normalised Indel similarity).
"""

from rapidfuzz import fuzz


def likeness(one: str, other: str, *, at_least: float = 0.0) -> float:
    """How alike two texts are, from 0 to 1; 0 where that is below `at_least`, which is known sooner.

    >>> likeness("low tide", "low tide"), round(likeness("low tide", "low time"), 2)
    (1.0, 0.88)
    """
    return fuzz.ratio(one, other, score_cutoff=100 * at_least) / 100


def best_likeness(piece: str, text: str) -> float:
    """How alike a text is to the place of a longer one that it is most like, from 0 to 1.

    >>> best_likeness("high spirits", "low tide, high spirits all round")
    1.0
    """
    return fuzz.partial_ratio(piece, text) / 100
