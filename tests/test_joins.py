"""Of made-up markers among decoys nearly all join their post, and none another."""

import pytest

from benchmarks import joins


@pytest.mark.parametrize(("seed", "bar"), [(joins.SEED, joins.BAR_RIGHT), (1, 0.98), (2, 0.98), (3, 0.98)])
def test_markers_join_their_post_and_never_another(seed: int, bar: float) -> None:
    """200 posts, each with a marker, its code and four decoys."""
    figures = joins.measure(joins.POSTS, seed)
    assert figures.wrong == []
    assert figures.right / figures.total >= bar, figures.missed
