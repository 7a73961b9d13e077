"""Clocks in ids: where in the ids of one kind the time lies, and ids that hold none."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from archiver.records import Precision
from archiver.times.moments import Moment, iso

DECIMAL = "0123456789"
BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BASE32SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"  # atproto.com/specs/tid
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
UNIX = datetime(1970, 1, 1, tzinfo=UTC)
CENTURY_MS = 4_102_444_800_000  # 2100: no id that we may meet was given out then


@dataclass(frozen=True, kw_only=True, slots=True)
class IdClock:
    """How the ids of one kind hold the moment at which they were given out; called with an id it gives that moment.

    An id is a number of at most `bits` bits, written with the digits of `alphabet` in a text of one of `lengths`;
    `suffix` is how many characters follow it where the text is longer than those. Its bits from `shift` on count
    since `epoch_ms`, `per_second` to the second. Earlier than `since_ms` (both in milliseconds since 1970) nothing
    was given out that way: numbers up to `sequence_end` were then given out in sequence, the last of them on the day
    `sequence_until`.

    `ahead` are the seconds by which an id may be older than the time that is printed: mostly, and at most. `formula`,
    `source` and `caveats` say in words how the time is read, who says so, and what it is not.
    """

    alphabet: str
    shift: int
    per_second: int
    epoch_ms: int
    since_ms: int
    precision: Precision
    lengths: range = range(1, 20)
    bits: int = 63
    suffix: int = 0
    sequence_end: int = 0
    sequence_until: str | None = None
    ahead: tuple[int, int] = (0, 0)
    formula: str
    source: str
    caveats: tuple[str, ...] = ()

    def __call__(self, text: str) -> Moment | None:
        """The moment at which an id was given out, in UTC; None for what is no such id."""
        ms = self.milliseconds(text)
        return None if ms is None else Moment(iso(UNIX + timedelta(milliseconds=ms), self.precision), self.precision)

    def milliseconds(self, text: str) -> int | None:
        """The same in milliseconds since 1970."""
        number = self.number(text)
        if number is None:
            return None
        ms = self._counted(number)
        return ms if self.since_ms <= ms < CENTURY_MS else None

    def too_early(self, text: str) -> Moment | None:
        """The moment that an id holds from before any was given out that way; None for an id of the sequence before.

        >>> clock = IdClock(alphabet=DECIMAL, shift=0, per_second=1000, epoch_ms=0, since_ms=9000, precision="second",
        ...                 sequence_end=5000, formula="", source="")
        >>> [clock.too_early(text) for text in ("4000", "9001")], clock.too_early("8000").at
        ([None, None], '1970-01-01T00:00:08Z')
        """
        number = self.number(text)
        if number is None or number <= self.sequence_end or (ms := self._counted(number)) >= self.since_ms:
            return None
        return Moment(iso(UNIX + timedelta(milliseconds=ms), self.precision), self.precision)

    def _counted(self, number: int) -> int:
        """Milliseconds since 1970 that the bits of a number count."""
        return (number >> self.shift) * 1000 // self.per_second + self.epoch_ms

    def number(self, text: str) -> int | None:
        """The number that a text writes; None where it has another alphabet or length, or more bits."""
        digits = text[: -self.suffix] if self.suffix and len(text) > self.suffix else text
        has_zeros = digits[:1] == self.alphabet[0] and len(self.lengths) > 1
        if len(digits) not in self.lengths or has_zeros:
            return None
        number = read_number(digits, self.alphabet)
        return None if number is None or number >> self.bits else number

    def is_sequential(self, text: str) -> bool:
        """Whether a text may be an id of the sequence that came before those with a time."""
        number = read_number(text, self.alphabet)
        return number is not None and 0 < number <= self.sequence_end

    def text(self, number: int) -> str:
        """An id as its platform writes it, without leading zeros."""
        return write_number(number, self.alphabet)

    def first(self, ms: int) -> int:
        """The number of the first id that can be given out at a millisecond since 1970, or after it."""
        units = -((self.epoch_ms - ms) * self.per_second // 1000)
        return max(units, 0) << self.shift


@dataclass(frozen=True, kw_only=True, slots=True)
class UndatedIds:
    """Ids that hold no time: `shape` matches what may be one whole, where that tells anything; `why` says it in words.

    Where they are given out in sequence `points` are some whose month (ISO) is known, in order: an id between two of
    them is of no other time. They say nothing of an id whose permalink `apart` is found in: it has a sequence of its
    own.
    """

    why: str
    shape: re.Pattern[str] | None = None
    alphabet: str = DECIMAL
    points: tuple[tuple[str, str], ...] = ()
    apart: re.Pattern[str] | None = None

    def bounds(self, text: str) -> tuple[str | None, str | None]:
        """The months between which an id was given out, both inclusive; None where there is no known point.

        >>> ids = UndatedIds(why="", alphabet=BASE36, points=(("6r", "2017-08"), ("90", "2018-07")))
        >>> ids.bounds("7c"), ids.bounds("9a")
        (('2017-08', '2018-07'), ('2018-07', None))
        """
        number = read_number(text, self.alphabet)
        known = [(read_number(point, self.alphabet) or 0, month) for point, month in self.points]
        if number is None:
            return None, None
        return (
            max((month for point, month in known if point <= number), default=None),
            min((month for point, month in known if point >= number), default=None),
        )


def read_number(text: str, alphabet: str) -> int | None:
    """The number that the digits of an alphabet write; None for nothing and for other characters.

    >>> read_number("BA", BASE64URL), read_number("b4", DECIMAL)
    (64, None)
    """
    number = 0
    for character in text:
        digit = alphabet.find(character)
        if digit < 0:
            return None
        number = number * len(alphabet) + digit
    return number if text else None


def write_number(number: int, alphabet: str) -> str:
    """A number in the digits of an alphabet, without leading zeros.

    >>> write_number(64, BASE64URL)
    'BA'
    """
    text = ""
    while number:
        number, digit = divmod(number, len(alphabet))
        text = alphabet[digit] + text
    return text or alphabet[0]
