"""Values in words: dates, counts, and where each value of a card comes from."""

from babel.dates import get_month_names

from archiver.identity import text_origin
from archiver.records import Candidate, Embed, Origin, Post

ELSEWHERE = "elsewhere"
"""Not in this article: another one that embeds the same post says it."""

ORIGINS: dict[str, str] = {
    "capture": "from a captured answer of the platform",
    "id": "decoded from the post’s id",
    "markup": "from the article’s embed code",
    "marker": "from the article’s text",
    "quote": "from a quotation in the article",
    ELSEWHERE: "from another article that embeds this post",
}
MONTHS = dict(get_month_names("wide", locale="en_GB"))
TWELVE_HOURS = "the article prints a 12-hour clock without am or pm"


def date_words(value: str | None) -> str:
    """A date as long as it is precise, without its clock.

    >>> date_words("2020-10-02T11:16Z"), date_words("2020-10"), date_words("2020"), date_words(None)
    ('2 October 2020', 'October 2020', '2020', '')
    """
    if value is None:
        return ""
    parts = value[:10].split("-")
    month = [MONTHS[int(number)] for number in parts[1:2]]
    return " ".join([*(str(int(day)) for day in parts[2:]), *month, parts[0]])


def clock_words(value: str | None) -> str:
    """The clock of an instant to the second, empty where only the day is known.

    >>> clock_words("2020-10-02T11:16Z"), clock_words("2020-10-02T11:16:31.214Z"), clock_words("2020-10-02")
    ('11:16 UTC', '11:16:31 UTC', '')
    """
    return f"{value[11:].rstrip('Z').partition('.')[0]} UTC" if value and "T" in value else ""


def options_words(options: tuple[str, str] | None) -> str:
    """The two minutes that a 12-hour clock without am or pm leaves open.

    >>> options_words(("2018-03-12T07:30Z", "2018-03-12T19:30Z"))
    '2018-03-12, 07:30 or 19:30 UTC: the article prints a 12-hour clock without am or pm'
    """
    if options is None:
        return ""
    (day, clock), (other_day, other_clock) = (option.rstrip("Z").split("T") for option in options)
    second = other_clock if day == other_day else f"{other_day}, {other_clock}"
    return f"{day}, {clock} or {second} UTC: {TWELVE_HOURS}"


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


def provenance_words(post: Post | None, embed: Embed | None) -> str:
    """One sentence that says of each known value of a card where it comes from; best evidence first named."""
    grouped: dict[str, list[str]] = {}
    for name, origin in _origins(post, embed):
        if origin:
            grouped.setdefault(origin, []).append(name)
    told = "; ".join(f"{_joined(names)} {ORIGINS[origin]}" for origin, names in grouped.items())
    return told[:1].upper() + told[1:] if told else "Only that a post stood here is known from the article"


def _origins(post: Post | None, embed: Embed | None) -> list[tuple[str, str | None]]:
    if embed is None:
        return _post_origins(post) if post else []
    if post is None:
        return [("author", embed.handle_origin), ("words", _text(embed)), ("time", embed.time_origin)]
    time = embed.time_origin if embed.posted_at else post.posted_at and ELSEWHERE
    return [
        ("author", embed.handle_origin if embed.handle else post.author_id and ELSEWHERE),
        ("words", _text(embed) or (post.text and ELSEWHERE)),
        ("time", "id" if post.posted_at_source == "id" else time),
        ("address", "markup" if embed.permalink else post.permalink and ELSEWHERE),
    ]


def _text(embed: Embed) -> Origin | None:
    return text_origin(embed) if embed.text else None


def _post_origins(post: Post) -> list[tuple[str, str | None]]:
    return [
        ("author", post.author_source),
        ("words", post.text_source),
        ("time", post.posted_at_source),
        ("address", post.permalink_source),
    ]


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
