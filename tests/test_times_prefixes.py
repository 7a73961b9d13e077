"""Prefixes of ids: that all ids of a span of time begin that way, and no others."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.times import IdClock, linkedin_time, shortcode_time, snowflake_time, threads_time, tid_time, tiktok_time
from archiver.times.clocks import BASE64URL, DECIMAL
from archiver.times.prefixes import IdSpan, id_span, pattern_of

CLOCKS = [shortcode_time, threads_time, snowflake_time, tiktok_time, linkedin_time, tid_time]
EACH = [pytest.param(clock, id=f"{clock.alphabet[:2]}-{clock.shift}") for clock in CLOCKS]
STARTS = st.datetimes(datetime(2023, 1, 2), datetime(2037, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
LENGTHS = st.integers(1_000, 86_400_000).map(lambda ms: timedelta(milliseconds=ms))
SECOND = timedelta(seconds=1)


def spanned(clock: IdClock, start: datetime, end: datetime) -> IdSpan:
    """The ids of a span in which there are some."""
    span = id_span(clock, start, end)
    assert span is not None
    return span


def moment_of(clock: IdClock, number: int) -> datetime:
    """When an id was given out."""
    ms = clock.milliseconds(clock.text(number))
    assert ms is not None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)


@pytest.mark.parametrize("clock", EACH)
@given(start=STARTS, length=LENGTHS)
def test_every_id_of_a_span_is_of_its_time(clock: IdClock, start: datetime, length: timedelta) -> None:
    """The first and the last id decode into the span, and their neighbours outside of it."""
    end = start + length
    span = spanned(clock, start, end)
    assert start <= moment_of(clock, span.first) <= moment_of(clock, span.last) < end
    assert moment_of(clock, span.first - 1) < start
    assert moment_of(clock, span.last + 1) >= end


@pytest.mark.parametrize("clock", EACH)
@given(start=STARTS, length=LENGTHS, share=st.floats(0, 1))
def test_every_id_of_a_span_has_one_of_its_prefixes(
    clock: IdClock, start: datetime, length: timedelta, share: float
) -> None:
    """Any id between begins as one of the prefixes does, and fits their pattern; the common one begins them all."""
    span = spanned(clock, start, start + length)
    text = clock.text(span.first + int((span.last - span.first) * share))
    size = span.length_of(most=16)
    prefixes = span.prefixes(size)
    assert sum(text.startswith(prefix) for prefix in prefixes) == 1
    assert re.match(pattern_of(prefixes, clock.alphabet), text)
    assert text.startswith(span.common)


@pytest.mark.parametrize("clock", EACH)
@given(start=STARTS, length=LENGTHS)
def test_the_prefixes_of_a_span_are_no_more_than_needed(clock: IdClock, start: datetime, length: timedelta) -> None:
    """They are as many as was allowed, in order, and only one where all ids begin alike."""
    span = spanned(clock, start, start + length)
    prefixes = span.prefixes(span.length_of(most=16))
    assert 1 <= len(prefixes) <= max(16, len(clock.alphabet) if not span.common else 1)
    assert sorted(prefixes, key=lambda prefix: [clock.alphabet.index(c) for c in prefix]) == prefixes
    assert span.prefixes(len(span.common)) == [span.common]


def test_a_minute_is_eight_or_nine_prefixes_of_five() -> None:
    """A prefix of five characters is 8.192 seconds, so a minute has eight in two thirds of cases, else nine."""
    first = datetime(2020, 10, 2, tzinfo=UTC)
    counts = [
        len(spanned(shortcode_time, minute, minute + timedelta(minutes=1)).prefixes(5))
        for minute in (first + timedelta(minutes=number) for number in range(1440))
    ]
    assert set(counts) == {8, 9}
    assert 0.64 < counts.count(8) / len(counts) < 0.72


def test_the_minute_of_the_readme() -> None:
    """2020-10-02T11:16Z is CF1tE to CF1tL."""
    minute = datetime(2020, 10, 2, 11, 16, tzinfo=UTC)
    assert spanned(shortcode_time, minute, minute + timedelta(minutes=1)).prefixes(5) == [
        f"CF1t{last}" for last in "EFGHIJKL"
    ]


def test_the_day_of_x() -> None:
    """The ids of a UTC day, from its first millisecond to its last."""
    day = datetime(2020, 10, 2, tzinfo=UTC)
    span = spanned(snowflake_time, day, day + timedelta(days=1))
    assert (span.first, span.last, span.common) == (1311818175083446272, 1312180562949046271, "131")


def test_ids_that_grow_by_a_character_have_prefixes_of_both_lengths() -> None:
    """On 1 January 2016 at 14:36:15 UTC the last shortcode of ten characters was followed by the first of eleven."""
    minute = datetime(2016, 1, 1, 14, 36, tzinfo=UTC)
    span = spanned(shortcode_time, minute, minute + timedelta(minutes=1))
    assert [len(text) for text in span.texts] == [10, 11]
    assert span.prefixes(4) == ["___-", "____", "BAAA"]
    assert span.common == ""


@pytest.mark.parametrize(
    ("clock", "end"),
    [(shortcode_time, "2011-08-24T00:00Z"), (snowflake_time, "2010-11-04T00:00Z"), (tid_time, "2022-11-17T00:00Z")],
)
def test_before_the_clock_there_are_no_ids(clock: IdClock, end: str) -> None:
    """A span that ends before the ids of a platform held time has none; one that reaches into it begins there."""
    until = datetime.fromisoformat(end)
    assert id_span(clock, until - SECOND, until) is None
    later = spanned(clock, until - SECOND, until + timedelta(days=3))
    assert clock.milliseconds(clock.text(later.first)) is not None


@pytest.mark.parametrize(
    ("prefixes", "alphabet", "pattern"),
    [
        (["CF1t"], BASE64URL, "CF1t"),
        ([f"A{c}" for c in BASE64URL], BASE64URL, "A"),
        (["AA", "AB"], BASE64URL, "A[AB]"),
        (["AA", "AB", "AC"], BASE64URL, "A[A-C]"),
        (["A9", "A-", "A_"], BASE64URL, "A[9_-]"),
        (["A8", "A9", "B0", "B1", "B2"], DECIMAL, "(?:A[89]|B[0-2])"),
        ([f"1{c}" for c in DECIMAL] + ["20"], DECIMAL, "(?:1|20)"),
    ],
)
def test_a_pattern_is_as_short_as_a_reader_needs(prefixes: list[str], alphabet: str, pattern: str) -> None:
    """Last characters are a class, three in a row a range, all of the alphabet nothing; a hyphen stands last."""
    assert pattern_of(prefixes, alphabet) == pattern
