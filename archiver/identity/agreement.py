"""Agreement: whether an embed tells of its post what the post's id and the other embeds of it tell."""

from collections.abc import Iterator
from datetime import UTC, datetime

from archiver.identity.ids import decoded_time
from archiver.identity.texts import ALIKE, EQUAL, text_match
from archiver.identity.windows import unix_ms, windows
from archiver.platforms import BY_NAME
from archiver.records import Embed, Post
from archiver.times import Comparison, Moment, certain_of, compare, read_printed


def moment_of(dated: Embed | Post) -> Moment | None:
    """When an embed says that the post was made, or when that was as far as is known."""
    if dated.posted_at is None or dated.precision is None:
        return None
    return Moment(dated.posted_at, dated.precision, dated.posted_at_options)


def certain_moment(embed: Embed) -> Moment | None:
    """When an embed says that the post was made, as far as that can be believed: Instagram printed some days of 2010 to
    2015 as the number of the month, and there the day is not known (`facts.md` §0.2)."""
    moment, platform = moment_of(embed), BY_NAME.get(embed.platform)
    if moment and platform and platform.zone and embed.time_origin == "marker":
        return certain_of(moment, platform.zone)
    return moment


def printed_moment(embed: Embed) -> Moment | None:
    """The moment that is printed, which the markup's `datetime` goes before where both are there."""
    if embed.time_origin != "markup":
        return moment_of(embed)
    if embed.posted_text is None:
        return None
    printed = read_printed(embed.posted_text, 0, language=embed.language, zone=BY_NAME[embed.platform].zone)
    return printed.moment if printed else None


def marked_moment(embed: Embed) -> Moment | None:
    """The moment that the markup's `datetime` says."""
    return moment_of(embed) if embed.time_origin == "markup" else None


def compare_times(embed: Embed, one: Moment, other: Moment, *, ahead: tuple[int, int] = (0, 0)) -> Comparison | None:
    """How a time of an embed lies to another one; None where a day of an unknown zone may be either's."""
    platform = BY_NAME[embed.platform]
    if other.precision == "day" or _is_any_places_day(embed, one, other):
        return None
    return compare(one, other, ahead=ahead, zone=platform.day_zone or platform.zone or UTC, text=embed.posted_text)


def id_ahead(platform: str) -> tuple[int, int]:
    """The seconds by which an id of a platform may be older than the time that is printed: mostly, and at most."""
    clock = BY_NAME[platform].id_time
    return clock.ahead if clock else (0, 0)


def _is_any_places_day(embed: Embed, printed: Moment, at: Moment) -> bool:
    """Whether a day was printed in an unknown zone, and the moment was on that day somewhere."""
    platform = BY_NAME[embed.platform]
    if printed.precision != "day" or printed.options or platform.day_zone or platform.zone:
        return False
    return any(window.reaches(unix_ms(datetime.fromisoformat(at.at))) for window in windows(embed.platform, printed))


def fits_in_time(embed: Embed, decoded: Moment | None) -> bool | None:
    """Whether all that an embed says of the time fits the moment in the post's id; None where either is unknown.

    What is off by a known harmless cause fits.
    """
    if decoded is None:
        return None
    return all(fits) if (fits := list(_fits(embed, decoded))) else None


def _fits(embed: Embed, decoded: Moment) -> Iterator[bool]:
    for moment in (printed_moment(embed), marked_moment(embed)):
        if moment is not None:
            told = compare_times(embed, moment, decoded, ahead=id_ahead(embed.platform))
            yield told is None or told.cause != "unexplained"


def is_contradicted(embed: Embed, post: Post) -> bool:
    """Whether the time or the words of an embed are not those of the post whose address it has."""
    text = text_match(embed.text, post.text)
    return fits_in_time(embed, _decoded(post)) is False or (text is not None and text < ALIKE)


def is_vouched(embed: Embed, post: Post) -> bool:
    """Whether more than the address of an embed says that it is of this post: the time, the words, or both."""
    text = text_match(embed.text, post.text)
    fits = fits_in_time(embed, _decoded(post)) or (text is not None and text >= EQUAL)
    return fits and not is_contradicted(embed, post)


def _decoded(post: Post) -> Moment | None:
    return decoded_time(post.platform, post.native_id, post.permalink)
