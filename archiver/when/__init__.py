"""What an id or an address says about the time of its post, in UTC, with precision, source and caveats."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from archiver.platforms import BY_NAME, PLATFORMS
from archiver.platforms.base import Platform
from archiver.times import IdClock, Moment, media_id_time, write_printed
from archiver.urls import resolve
from archiver.when.places import PLACES, IdPlace, find_place, shortcode_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Dating:
    """What one id of one platform says about its time.

    `moment` is when it was given out, None where it holds no time; `not_before` and `not_after` are then the days or
    months (ISO, inclusive) between which it was, as far as that is certain. `printed` is the moment as the platform
    prints it in embed code. `rule` says in words how the time is read or why it is not, `source` who says so.
    """

    platform: str
    label: str
    kind: str
    native_id: str
    permalink: str | None = None
    moment: Moment | None = None
    printed: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    rule: str
    source: str | None = None
    caveats: tuple[str, ...] = ()


def date_ids(asked: str, now: datetime) -> tuple[Dating, ...]:
    """What an address says, or what a bare id says on each platform whose ids it may be one of; () for neither.

    An id does not name its platform, so none is picked; what `now` (aware) is yet to come is no bare id's time.

    >>> from datetime import UTC
    >>> [(one.platform, one.moment) for one in date_ids("ab12cd", datetime(2026, 1, 1, tzinfo=UTC))]
    [('reddit', None)]
    """
    asked = asked.strip()
    if "/" in asked or ":" in asked or "." in asked.partition("==")[0]:
        return tuple(_with_future(one, now) for one in _date_address(asked))
    return tuple(one for one in _date_bare(asked) if not _is_future(one, now))


def _date_address(address: str) -> Iterator[Dating]:
    if place := find_place(address):
        yield _date_place(*place)
    elif reference := resolve(address):
        yield _date_post(BY_NAME[reference.platform], reference.native_id, reference.permalink)


def _date_bare(text: str) -> Iterator[Dating]:
    """Every platform with a clock that reads the id, then those whose ids look like it and hold no time."""
    for platform in PLATFORMS:
        clock, native_id = platform.id_time, platform.native_id(text)
        if clock and (clock(native_id) or (native_id.isdigit() and clock.is_sequential(native_id))):
            yield _date_post(platform, native_id)
    for place in PLACES:
        read = place.read(text) if place.bare and place.bare.fullmatch(text) else None
        if read and place.clock(read):
            yield _date_place(place, read)
    for platform in PLATFORMS:
        if platform.undated and platform.undated.shape and platform.undated.shape.fullmatch(text):
            yield _date_post(platform, text)


def _date_place(place: IdPlace, native_id: str) -> Dating:
    dating = _date_by(place.clock, place.platform, place.label, place.kind, native_id)
    if dating.moment is None:
        return dating
    notes = [place.note] if place.note else []
    if place.clock is media_id_time and place.kind != "story":
        notes.append(f"As a shortcode it is {shortcode_of(native_id)}.")
    return replace(dating, caveats=(*dating.caveats, *notes))


def _date_post(platform: Platform, native_id: str, permalink: str | None = None) -> Dating:
    clock = platform.id_time
    if clock is None:
        return _undated(platform, native_id, permalink)
    if permalink and platform.arrived and platform.arrived.search(permalink):
        return replace(
            _undated(platform, native_id, permalink),
            rule="this may be a copy of another server's post: its id says when the copy was made",
        )
    dating = _date_by(clock, platform.name, platform.label, platform.noun, native_id)
    printed = _as_printed(platform, dating.moment) if dating.moment else None
    return replace(dating, permalink=permalink, printed=printed)


def _date_by(clock: IdClock, platform: str, label: str, kind: str, native_id: str) -> Dating:
    moment = clock(native_id)
    is_sequential = moment is None and clock.is_sequential(native_id)
    rule = clock.formula
    if is_sequential:
        rule = "only in sequence: ids held no time then"
    elif moment is None:
        rule = "this is not one of the ids that hold a time: a short link, or of another kind"
    return Dating(
        platform=platform,
        label=label,
        kind=kind,
        native_id=native_id,
        moment=moment,
        not_after=clock.sequence_until if is_sequential else None,
        rule=rule,
        source=clock.source if moment else None,
        caveats=clock.caveats if moment else (),
    )


def _undated(platform: Platform, native_id: str, permalink: str | None) -> Dating:
    ids = platform.undated
    not_before: str | None = None
    not_after: str | None = None
    if ids and not (permalink and ids.apart and ids.apart.search(permalink)):
        not_before, not_after = ids.bounds(native_id)
    return Dating(
        platform=platform.name,
        label=platform.label,
        kind=platform.noun,
        native_id=native_id,
        permalink=permalink,
        not_before=not_before,
        not_after=not_after,
        rule=ids.why if ids else "no rule is known by which its ids hold a time",
    )


def _as_printed(platform: Platform, moment: Moment) -> str | None:
    """The moment as the platform's embed code prints it: Instagram's Pacific minute, X's UTC day."""
    if platform.day_zone is None:
        return None
    return write_printed(datetime.fromisoformat(moment.at).astimezone(platform.day_zone), clock=bool(platform.zone))


def _is_future(dating: Dating, now: datetime) -> bool:
    return dating.moment is not None and datetime.fromisoformat(dating.moment.at) > now


def _with_future(dating: Dating, now: datetime) -> Dating:
    if not _is_future(dating, now):
        return dating
    return replace(dating, caveats=("This time is yet to come: no such id can have been given out.", *dating.caveats))
