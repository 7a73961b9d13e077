"""Dates in ids: what each kind of id says, how exactly, and which ids say nothing."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.records import Precision
from archiver.times import (
    FIRST_SNOWFLAKE,
    INSTAGRAM_EPOCH_MS,
    SNOWFLAKE_EPOCH_MS,
    IdClock,
    Moment,
    discord_time,
    linkedin_time,
    mastodon_fork_time,
    mastodon_time,
    media_id_time,
    picture_name_time,
    shortcode_time,
    snowflake_time,
    threads_time,
    tid_time,
    tiktok_time,
    tumblr_time,
    weibo_time,
)

ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def shortcode(ms: int, *, low_bits: int = 0) -> str:
    """The shortcode that Instagram gives out at a millisecond since 1970; `low_bits` are shard and sequence."""
    number, code = (ms - INSTAGRAM_EPOCH_MS) << 23 | low_bits, ""
    while number:
        code, number = ALPHABET[number & 63] + code, number >> 6
    return code


def written(ms: int) -> str:
    """A millisecond since 1970 as the contract writes it."""
    return f"{(EPOCH + timedelta(milliseconds=ms)).strftime('%Y-%m-%dT%H:%M:%S')}.{ms % 1000:03}Z"


def millisecond(ms: int) -> Moment:
    """A millisecond since 1970 as an id gives it."""
    return Moment(at=written(ms), precision="millisecond")


SHORTCODES = st.integers(
    min_value=int(datetime(2011, 9, 19, tzinfo=UTC).timestamp() * 1000),
    max_value=int(datetime(2040, 1, 1, tzinfo=UTC).timestamp() * 1000),
)


@given(ms=SHORTCODES, low_bits=st.integers(0, (1 << 23) - 1))
def test_a_shortcode_gives_back_its_millisecond(ms: int, low_bits: int) -> None:
    """Whatever shard and sequence, the time that went into a shortcode comes out."""
    assert shortcode_time(shortcode(ms, low_bits=low_bits)) == millisecond(ms)


@given(ms=SHORTCODES)
def test_a_private_suffix_changes_nothing(ms: int) -> None:
    """The 28 characters behind a private post's shortcode are not its time."""
    assert shortcode_time(shortcode(ms) + "x" * 28) == millisecond(ms)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("BAAAAAAA", None, id="eight characters are a sequential id"),
        pytest.param("BAAAAAAAA", written(INSTAGRAM_EPOCH_MS + (1 << 48 - 23)), id="nine are not"),
        pytest.param("BUG", None, id="one of the first"),
        pytest.param("", None, id="nothing"),
        pytest.param("CF1tGabc/ef", None, id="a character of another alphabet"),
        pytest.param("CF1tGabcdeé", None, id="a letter with an accent"),
        pytest.param("CF1tG abcde", None, id="a space"),
        pytest.param("ABAAAAAAAA", None, id="a zero before it"),
        pytest.param("H" + "_" * 10, written(INSTAGRAM_EPOCH_MS + (1 << 40) - 1), id="the last of 63 bits"),
        pytest.param("IAAAAAAAAAA", None, id="64 bits"),
        pytest.param("B" * 12, None, id="twelve characters"),
    ],
)
def test_the_bounds_of_shortcodes(code: str, expected: str | None) -> None:
    """A shortcode that cannot be one has no time."""
    assert shortcode_time(code) == (expected and Moment(expected, "millisecond"))


@given(ms=st.integers(SNOWFLAKE_EPOCH_MS + (FIRST_SNOWFLAKE >> 22), SNOWFLAKE_EPOCH_MS + (1 << 41) - 1))
def test_a_status_id_gives_back_its_millisecond(ms: int) -> None:
    """The time that went into a status id comes out, whatever machine and sequence."""
    for low_bits in (0, (1 << 22) - 1):
        assert snowflake_time(str((ms - SNOWFLAKE_EPOCH_MS) << 22 | low_bits)) == millisecond(ms)


@pytest.mark.parametrize(
    ("status_id", "expected"),
    [
        pytest.param(str(FIRST_SNOWFLAKE), written(SNOWFLAKE_EPOCH_MS + (FIRST_SNOWFLAKE >> 22)), id="the first"),
        pytest.param(str(FIRST_SNOWFLAKE - 1), None, id="the one before it"),
        pytest.param("29700859247", None, id="sequential"),
        pytest.param("20", None, id="one of the first statuses"),
        pytest.param(str((1 << 63) - 1), written(SNOWFLAKE_EPOCH_MS + (1 << 41) - 1), id="the last of 63 bits"),
        pytest.param(str(1 << 63), None, id="64 bits"),
        pytest.param("9" * 5_000, None, id="more digits than Python reads"),
        pytest.param("1311875027000000512x", None, id="a letter"),
        pytest.param("١٣١١٨٧٥٠٢٧٠٠٠٠٠٠٥١٢", None, id="digits of another script"),
        pytest.param("-1311875027000000512", None, id="a sign"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_bounds_of_status_ids(status_id: str, expected: str | None) -> None:
    """An id that is no snowflake has no time, and what is no number is no error."""
    assert snowflake_time(status_id) == (expected and Moment(expected, "millisecond"))


# Each kind of id

EXAMPLES: list[tuple[IdClock, str, str, Precision]] = [
    (shortcode_time, "CF1tGabcdef", "2020-10-02T11:16:17.295Z", "millisecond"),
    (threads_time, "DAnqgdfgBCS", "2024-10-02T11:16:31.000Z", "millisecond"),
    (media_id_time, "2411031528314361759", "2020-10-02T11:16:17.295Z", "millisecond"),
    (snowflake_time, "1311875027000000512", "2020-10-02T03:45:54.553Z", "millisecond"),
    (picture_name_time, "EjS3Yu4KgACq83v", "2020-10-02T03:45:54Z", "second"),
    (tiktok_time, "6878980214519221525", "2020-10-02T11:16:31Z", "second"),
    (linkedin_time, "7247202787283447865", "2024-10-02T11:16:31.005Z", "millisecond"),
    (mastodon_time, "113237543551316025", "2024-10-02T11:16:31.005Z", "millisecond"),
    (mastodon_fork_time, "113237543551316025", "2024-10-02T11:16:31.005Z", "millisecond"),
    (tid_time, "3l5jmcyhpi54h", "2024-10-02T11:16:31.005Z", "millisecond"),
    (tumblr_time, "765332564000012345", "2024-10-25T17:40:09.796Z", "millisecond"),
    (discord_time, "175928847299117063", "2016-04-30T11:18:25.796Z", "millisecond"),
    (weibo_time, "4555555555555555", "2020-10-02T04:22Z", "minute"),
]


@pytest.mark.parametrize(("clock", "native_id", "at", "precision"), EXAMPLES)
def test_an_id_says_when_and_how_exactly(clock: IdClock, native_id: str, at: str, precision: Precision) -> None:
    """Each kind of id gives its moment, as long as it is precise."""
    assert clock(native_id) == Moment(at=at, precision=precision)


CLOCKS = [pytest.param(clock, id=f"{number}-{native_id}") for number, (clock, native_id, _, _) in enumerate(EXAMPLES)]
SINCE_2025, UNTIL_2038 = 1_735_689_600_000, 2_145_916_800_000


@pytest.mark.parametrize("clock", CLOCKS)
@given(ms=st.integers(SINCE_2025, UNTIL_2038), low_bits=st.integers(min_value=0))
def test_the_first_id_of_a_moment_gives_it_back(clock: IdClock, ms: int, low_bits: int) -> None:
    """An id is of the moment that it was made for, whatever its lowest bits; the one before the first is earlier."""
    unit = 1000 // clock.per_second or 1
    first = clock.first(ms)
    assert ms <= (clock.milliseconds(padded(clock, first)) or 0) < ms + unit
    assert clock.milliseconds(padded(clock, first + low_bits % (1 << clock.shift))) == clock.milliseconds(
        padded(clock, first)
    )
    assert (clock.milliseconds(padded(clock, first - 1)) or 0) < ms


def padded(clock: IdClock, number: int) -> str:
    """An id of a kind whose texts all have the same length, if there is only one."""
    return clock.text(number).rjust(min(clock.lengths) if len(clock.lengths) == 1 else 0, clock.alphabet[0])


@given(number=st.integers(1 << 48, (1 << 63) - 1))
def test_an_id_is_written_as_it_is_read(number: int) -> None:
    """A number in each alphabet, written and read, is itself."""
    assert shortcode_time.number(shortcode_time.text(number)) == number
    assert snowflake_time.number(snowflake_time.text(number)) == number


@pytest.mark.parametrize(("clock", "text"), [(clock, text) for clock, _, _, _ in EXAMPLES for text in ("", "é", "0x1")])
def test_what_is_no_id_has_no_time(clock: IdClock, text: str) -> None:
    """Nothing, a letter with an accent and another notation are nobody's."""
    assert clock(text) is None


@pytest.mark.parametrize("clock", CLOCKS)
@given(text=st.text(max_size=45) | st.text(alphabet="0123456789ABCabc-_", max_size=45))
def test_reading_an_id_never_raises(clock: IdClock, text: str) -> None:
    """Whatever a page has in the place of an id, it is a moment between the platform's first and 2100, or nothing."""
    moment = clock(text)
    assert moment is None or "2009" < moment.at < "2100"


@pytest.mark.parametrize(
    ("clock", "native_id"),
    [
        pytest.param(threads_time, "CF1tGabcdef", id="a Threads post before Threads"),
        pytest.param(tiktok_time, "ZMabcdefg", id="a short link"),
        pytest.param(tiktok_time, "1311875027000000512", id="a number of 1979"),
        pytest.param(mastodon_time, "99000000000000000000", id="more than 63 bits"),
        pytest.param(mastodon_time, "1234567", id="the sequence before Mastodon 2.0"),
        pytest.param(tumblr_time, "182345678901", id="the sequence before 2019"),
        pytest.param(tid_time, "3jzfcijpj2z2A", id="a capital"),
        pytest.param(tid_time, "3a2222222222a", id="before Bluesky"),
        pytest.param(snowflake_time, "0311875027000000512", id="a zero before it"),
    ],
)
def test_an_id_outside_its_range_has_no_time(clock: IdClock, native_id: str) -> None:
    """What a platform cannot have given out that way is not dated."""
    assert clock(native_id) is None


@pytest.mark.parametrize(
    ("clock", "text", "expected"),
    [
        (snowflake_time, "20", True),
        (snowflake_time, "29700859247", True),
        (snowflake_time, "1311875027000000512", False),
        (shortcode_time, "BUG", True),
        (shortcode_time, "CF1tGabcdef", False),
        (tumblr_time, "182345678901", True),
        (tiktok_time, "20", False),
        (tiktok_time, "0", False),
        (snowflake_time, "0", False),
        (snowflake_time, "", False),
    ],
)
def test_the_ids_before_the_clock_are_told(clock: IdClock, text: str, expected: bool) -> None:
    """A platform that had a sequence first knows its ids, though not their time."""
    assert clock.is_sequential(text) is expected
