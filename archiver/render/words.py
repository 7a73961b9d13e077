"""Values in words: dates, clocks, counts, and how a post was known."""

from collections.abc import Sequence

from babel.dates import get_month_names

from archiver.errors import ForeignValueError
from archiver.records import Candidate

MONTHS = dict(get_month_names("wide", locale="en_GB"))
KINDS = {"time": "Time", "handle": "Author", "text": "Words", "age": "Age", "edited": "Embed code"}
"""What a flag is about, in a word for readers."""

MONTH_AS_DAY = "Instagram printed some days of 2010 to 2015 as the number of the month: the day is not known"
TWELVE_HOURS = "the article prints a 12-hour clock without am or pm"


def date_words(value: str | None) -> str:
    """A date as long as it is precise, without its clock. Raises ForeignValueError for what is none.

    >>> date_words("2020-10-02T11:16Z"), date_words("2020-10"), date_words("2020"), date_words(None)
    ('2 October 2020', 'October 2020', '2020', '')
    """
    if value is None:
        return ""
    parts = value[:10].split("-")
    try:
        month = [MONTHS[int(number)] for number in parts[1:2]]
        return " ".join([*(str(int(day)) for day in parts[2:]), *month, parts[0]])
    except (KeyError, ValueError) as error:
        raise ForeignValueError(f"{value!a:.60} for a time (posted_at, published_at)") from error


def clock_words(value: str | None) -> str:
    """The clock of an instant to the second, empty where only the day is known.

    >>> clock_words("2020-10-02T11:16Z"), clock_words("2020-10-02T11:16:31.214Z"), clock_words("2020-10-02")
    ('11:16 UTC', '11:16:31 UTC', '')
    """
    return f"{value[11:].rstrip('Z').partition('.')[0]} UTC" if value and "T" in value else ""


def when_words(value: str | None) -> str:
    """A date and its clock, as far as they are known.

    >>> when_words("2020-10-02T11:16:31.214Z"), when_words("2020-10-02")
    ('2 October 2020, 11:16:31 UTC', '2 October 2020')
    """
    return ", ".join(filter(None, (date_words(value), clock_words(value))))


def options_words(options: tuple[str, str] | None) -> str:
    """The two minutes that a 12-hour clock without am or pm leaves open.

    >>> options_words(("2018-03-12T07:30Z", "2018-03-12T19:30Z"))
    '12 March 2018, 07:30 or 19:30 UTC: the article prints a 12-hour clock without am or pm'
    """
    if options is None:
        return ""
    one, other = options
    second = clock_words(other) if one[:10] == other[:10] else when_words(other)
    return f"{when_words(one).removesuffix(' UTC')} or {second}: {TWELVE_HOURS}"


def join_words(choice: Candidate | None) -> str:
    """By what an embed that names no post was known as one of a post that is known; empty where it names it itself."""
    if choice is None:
        return ""
    return f"Which post it was follows from other articles: {choice.rule}{apart_words(choice.distance)}"


def apart_words(distance: float | None) -> str:
    """How far the time in a post's id is from the one that is printed, where it is not within it.

    >>> apart_words(-12.5), apart_words(-664.0), apart_words(0)
    (', 13 seconds before it', ', 11 minutes before it', '')
    """
    seconds = round(-(distance or 0) + 0.01)
    if not seconds:
        return ""
    told = count_words(seconds, "second", "seconds") if seconds < 100 else f"{round(seconds / 60)} minutes"
    return f", {told} before it"


def count_words(number: int, one: str, many: str) -> str:
    """A number and its noun.

    >>> count_words(1, "post", "posts"), count_words(1284, "post", "posts"), count_words(0, "post", "posts")
    ('1 post', '1,284 posts', 'no posts')
    """
    return f"{f'{number:,}' if number else 'no'} {one if number == 1 else many}"


def percent(part: int, whole: int) -> int:
    """A share in whole percent, rounded; all is 100, and only all, and nothing is 0, and only nothing.

    >>> percent(2, 12), percent(999, 1000), percent(1, 1000), percent(3, 3), percent(0, 0)
    (17, 99, 1, 100, 0)
    """
    if not part:
        return 0
    return 100 if part == whole else min(max(round(100 * part / whole), 1), 99)


def undated_words(number: int, one: str, many: str, unit: str = "time") -> str:
    """What a chart leaves out; empty if that is nothing.

    >>> undated_words(1, "post", "posts"), undated_words(0, "post", "posts")
    ('1 post whose time is not known is left out.', '')
    >>> undated_words(12, "embed", "embeds", "month")
    '12 embeds whose month is not known are left out.'
    """
    verb = "is" if number == 1 else "are"
    return f"{count_words(number, one, many)} whose {unit} is not known {verb} left out." if number else ""


def joined_words(names: Sequence[str]) -> str:
    """The names as one list.

    >>> joined_words(["author"]), joined_words(["author", "words", "time"])
    ('author', 'author, words and time')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
