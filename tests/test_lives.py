"""Lives: what has become of a post follows from the answers about it, and a post is not gone too soon."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.identity.lives import GONE, SAYS, Known, fold_life
from archiver.records import Answered, Outcome

Told = tuple[str, Outcome]


def answers(*told: Told, source: str = "youtube-oembed", text: str | None = None) -> list[Answered]:
    """One answer a run: on a day (`01-03`) or at a time of it (`01-03T12`) in 2026, an outcome."""
    return [
        Answered(source=source, fetched_at=at(day), outcome=outcome, run_id=run, text=text)
        for run, (day, outcome) in zip(count(1), told, strict=False)
    ]


def at(day: str) -> str:
    """The time of an answer, in full."""
    return f"2026-{day}:00:00.000Z" if "T" in day else f"2026-{day}T10:00:00.000Z"


GONE_TWICE: list[Told] = [("01-01", "gone"), ("01-02", "gone")]


@pytest.mark.parametrize(
    ("told", "life", "since", "number", "checked"),
    [
        ([("01-01", "captured")], "alive", "01-01", 1, "01-01"),
        ([("01-01", "captured"), ("02-01", "captured")], "alive", "01-01", 2, "02-01"),
        ([("01-01", "not-found")], "unknown", "01-01", 1, "01-01"),
        ([("01-01", "not-found"), ("01-02", "gone")], "unknown", "01-01", 2, "01-02"),
        ([*GONE_TWICE, ("01-03", "not-found")], "deleted", "01-01", 3, "01-03"),
        # The same day again is no further strike: one is a day apart from the last that counted.
        ([("01-01", "gone"), ("01-01T11", "gone"), ("01-02T09", "gone")], "unknown", "01-01", 1, "01-02T09"),
        ([("01-01", "gone"), ("01-02T11", "gone"), ("01-03", "gone")], "unknown", "01-01", 2, "01-03"),
        # Alive between them.
        ([*GONE_TWICE, ("01-03", "captured"), ("01-04", "gone")], "unknown", "01-04", 1, "01-04"),
        ([*GONE_TWICE, ("01-03", "private"), ("01-04", "gone")], "unknown", "01-04", 1, "01-04"),
        # What says nothing neither counts nor undoes.
        ([*GONE_TWICE, ("01-03", "rate-limited"), ("01-04", "server-error")], "unknown", "01-01", 2, "01-02"),
        ([*GONE_TWICE, ("01-03", "rate-limited"), ("01-04", "gone")], "deleted", "01-01", 3, "01-04"),
        ([("01-01", "captured"), ("01-02", "rate-limited")], "alive", "01-01", 1, "01-01"),
        ([("01-01", "rate-limited")], "rate-limited", None, 0, None),
        ([("01-01", "rate-limited"), ("01-02", "timeout")], "unknown", None, 0, None),
        ([("01-01", "forbidden")], "unknown", None, 0, None),
        ([("01-01", "unclear")] * 5, "unknown", None, 0, None),
        # It is the last answer that says how it is gone; and what is back is back.
        ([*GONE_TWICE, ("01-03", "account-gone")], "account-gone", "01-01", 3, "01-03"),
        ([*GONE_TWICE, ("01-03", "gone"), ("01-09", "captured")], "alive", "01-09", 1, "01-09"),
        ([("01-01", "captured"), ("01-02", "embedding-off")], "embedding-off", "01-02", 1, "01-02"),
        ([("01-01", "withheld")], "login-wall", "01-01", 1, "01-01"),
    ],
)
def test_a_life_follows_from_the_answers(
    told: list[Told], life: str, since: str | None, number: int, checked: str | None
) -> None:
    """Which it is, since when and from how many answers; and when one last said anything."""
    known = fold_life("youtube", answers(*told))
    assert known is not None
    assert (known.life, known.since, known.answers) == (life, since and at(since), number)
    assert known.checked_at == (checked and at(checked))


@given(st.lists(st.sampled_from([*SAYS, "server-error", "timeout", "forbidden"]), max_size=12))
def test_a_post_is_gone_only_after_three_strikes(outcomes: list[Outcome]) -> None:
    """Whatever else came: the last three answers that say anything say so, and as many do not say otherwise."""
    known = fold_life("youtube", answers(*[(f"01-{day:02}", outcome) for day, outcome in enumerate(outcomes, 1)]))
    clear = [SAYS[one] for one in outcomes if SAYS.get(one, "unknown") not in {"unknown", "rate-limited"}]
    is_gone = len(clear) >= 3 and set(clear[-3:]) <= GONE
    assert (known is not None and known.life in GONE) == is_gone


@pytest.mark.parametrize(
    ("first", "second", "life"),
    [
        (("x-syndication", "not-here"), ("x-oembed", "captured"), "alive"),
        (("x-syndication", "private"), ("x-oembed", "not-found"), "private"),
        (("x-syndication", "withheld"), ("x-oembed", "not-found"), "login-wall"),
        (("x-syndication", "account-gone"), ("x-oembed", "not-found"), "account-gone"),
        (("x-syndication", "not-here"), ("x-oembed", "not-found"), "deleted"),
        (("x-syndication", "not-here"), ("x-oembed", "rate-limited"), "rate-limited"),
    ],
)
def test_of_several_sources_the_one_that_knows_most_counts(
    first: tuple[str, Outcome], second: tuple[str, Outcome], life: str
) -> None:
    """In each of three runs both were asked, a second apart."""
    told = [
        Answered(source=source, fetched_at=f"2026-01-0{day}T10:00:0{number}.000Z", outcome=outcome, run_id=day)
        for day in (1, 2, 3)
        for number, (source, outcome) in enumerate((first, second))
    ]
    known = fold_life("twitter", told)
    assert known is not None
    assert known.life == life


def test_an_edit_is_told_with_both_dates() -> None:
    """The last answer of a source with the words before, and its first with those after."""
    told = [
        *answers(("01-01", "captured"), text="Low tide."),
        *answers(("01-05", "captured"), text="Low tide."),
        *answers(("02-01", "captured"), text="High tide."),
        *answers(("03-01", "captured"), text="High tide."),
    ]
    told = [Answered(source=one.source, fetched_at=one.fetched_at, outcome="captured", text=one.text) for one in told]
    assert fold_life("youtube", told) == Known(
        life="edited",
        since=at("01-01"),
        answers=4,
        checked_at=at("03-01"),
        edited_after=at("01-05"),
        edited_before=at("02-01"),
    )


def test_an_edit_is_none_where_two_sources_write_differently() -> None:
    """Links are short in X's oEmbed, and long in its syndication."""
    told = [
        *answers(("01-01", "captured"), source="x-oembed", text="https://t.co/AbCdEf1234"),
        *answers(("01-02", "captured"), source="x-syndication", text="https://tide.example.org/"),
    ]
    known = fold_life("twitter", told)
    assert known is not None
    assert known.life == "alive"


def test_an_edit_that_the_platform_tells_of_is_told_with_its_date() -> None:
    """As Mastodon does, which was asked only once."""
    edited = "2026-01-01T09:00:00.000Z"
    told = [Answered(source="mastodon", fetched_at=at("01-02"), outcome="captured", text="x", edited_at=edited)]
    known = fold_life("mastodon", told)
    assert known is not None
    assert (known.life, known.edited_after, known.edited_before) == ("edited", edited, edited)


def test_what_others_have_says_nothing_of_a_life() -> None:
    """A web archive keeps what is gone; a redirect and a robots.txt are no answers."""
    told = [*answers(("01-01", "captured"), source="wayback"), *answers(("01-01", "robots"), ("01-02", "redirected"))]
    assert fold_life("youtube", told) is None
