"""The fold: what all embeds of one post, or of one account, together say.

Written precedence, the same rows whatever the order: better evidence wins, poorer never overwrites. What the platform
answered goes first, then what is decoded from the id, then markup, and then the text of a marker.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from archiver.identity.agreement import certain_moment, fits_in_time
from archiver.identity.ids import decoded_time
from archiver.identity.lives import GONE, fold_life
from archiver.platforms import BY_NAME
from archiver.records import AccountName, Answered, Author, Capture, Embed, IndexedPost, Origin, Post, Precision
from archiver.times import Moment

_ORIGINS: dict[Origin | None, int] = {"id": 1, "markup": 2, "marker": 3, "quote": 4, None: 5}
# A signature goes before an address, which may name anybody: X and Instagram lead from any name to the post.
_SIGNED: dict[Origin | None, int] = {"marker": 1, "markup": 2, None: 3}
_PRECISIONS = {"millisecond": 0, "second": 1, "minute": 2, "day": 3, "month": 4, "year": 5, None: 6}

V = TypeVar("V")


def fold_post(
    post_id: str,
    embeds: Sequence[Embed],
    indexed: Sequence[IndexedPost] = (),
    captures: Sequence[Capture] = (),
    answers: Sequence[Answered] = (),
) -> Post:
    """The post that all of `embeds` (in any order) are embeds of, those that name its id or not.

    Where they do not agree, those that print another time than the id's are not believed, and nobody's words or dates
    are given to an author whom somebody else signed, but for words that only one has who printed the time of the id.
    What `indexed` says of it, lines of indexes in order, counts where no embed says more; there must be an embed or a
    line. Who made it is left to the embeds and to the platform: of `captures`, its answers and web archives' copies of
    its page, the latest first, each value is that of the first one that has it. Of several copies one is believed, the
    latest with the post's words, so that what comes from it is of one day. `answers` are all that the platform gave
    about it, in order of time, also those that have nothing of it.
    """
    copy = _copy(captures)
    captures = [capture for capture in captures if capture.memento_at is None or capture is copy]
    told: tuple[Embed | IndexedPost, ...] = (*embeds, *indexed)
    native = next((one for one in told if one.native_id), told[0])
    decoded = decoded_time(native.platform, native.native_id, native.permalink)
    believed = _believed(embeds, decoded)
    author, author_source = _captured(captures, "author_id") or _best(
        (believed, embeds), lambda e: e.author_id, lambda e: e.handle_origin, _SIGNED
    )
    own = [embed for embed in believed if embed.author_id in {None, author}]
    permalink, permalink_source = _captured(captures, "permalink") or _best(
        (own, embeds), lambda e: e.permalink, lambda _: "markup"
    )
    text, text_source = _captured(captures, "text") or _best(
        (own, _dated_as(believed, decoded)), lambda e: e.text, text_origin
    )
    dated = _best_dated(own)
    if not permalink and (linked := next((line.permalink for line in indexed if line.permalink), None)):
        permalink, permalink_source = linked, "index"
    printed = certain_moment(dated) if dated else None
    posted_at, precision, posted_at_source = _time(decoded, dated, printed, indexed, captures)
    sources = {author_source, permalink_source, text_source, posted_at_source}
    known = fold_life(native.platform, answers) if answers else None
    return Post(
        id=post_id,
        platform=native.platform,
        native_id=native.native_id,
        permalink=permalink,
        permalink_source=permalink_source,
        author_id=author,
        author_source=author_source,
        posted_at=posted_at,
        precision=precision,
        posted_at_source=posted_at_source,
        posted_at_options=printed.options if dated and printed and dated.time_origin == posted_at_source else None,
        text=text,
        text_source=text_source,
        language=(_captured(captures, "language") or (_commonest([embed.language for embed in embeds]), None))[0],
        status="gone" if known and known.life in GONE else None,
        life=known.life if known else None,
        life_since=known.since if known else None,
        life_answers=known.answers if known else None,
        checked_at=known.checked_at if known else None,
        edited_after=known.edited_after if known else None,
        edited_before=known.edited_before if known else None,
        memento_at=copy.memento_at if copy and "memento" in sources else None,
    )


def _copy(captures: Sequence[Capture]) -> Capture | None:
    """The web archive's copy that is believed: the first with words, else the first."""
    copies = [capture for capture in captures if capture.memento_at]
    return next((copy for copy in copies if copy.text), copies[0] if copies else None)


def _captured(captures: Iterable[Capture], name: str) -> tuple[str, Origin] | None:
    """The value of the first capture that has it, and which kind it is of."""
    if not captures:  # as of most posts
        return None
    values = ((getattr(capture, name), _kind(capture)) for capture in captures)
    return next((told for told in values if told[0] is not None), None)


def _kind(capture: Capture) -> Origin:
    return "memento" if capture.memento_at else "capture"


def _believed(embeds: Sequence[Embed], decoded: Moment | None) -> Sequence[Embed]:
    """The embeds whose time is not another than the id's, where authors or texts differ and there are any such."""
    authors = {embed.author_id for embed in embeds if embed.author_id}
    texts = {embed.text for embed in embeds if embed.text}
    if len(authors) < 2 and len(texts) < 2:
        return embeds
    return [embed for embed in embeds if fits_in_time(embed, decoded) is not False] or embeds


def _dated_as(embeds: Iterable[Embed], decoded: Moment | None) -> Iterator[Embed]:
    """The embeds with the time of the id."""
    return (embed for embed in embeds if fits_in_time(embed, decoded))


def _time(
    decoded: Moment | None,
    dated: Embed | None,
    printed: Moment | None,
    indexed: Sequence[IndexedPost],
    captures: Sequence[Capture],
) -> tuple[str | None, Precision | None, Origin | None]:
    """When a post was made, how precisely that is known, and from where.

    `printed` is what of the time of `dated` is certain. A captured time goes before a decoded one that is no more
    exact: where X prints the day, its id has the second.
    """
    captured = next((capture for capture in captures if capture.posted_at), None)
    best = decoded or printed
    if captured and (best is None or _PRECISIONS[captured.precision] <= _PRECISIONS[best.precision]):
        return captured.posted_at, captured.precision, _kind(captured)
    if decoded:
        return decoded.at, decoded.precision, "id"
    if dated and printed:
        return printed.at, printed.precision, dated.time_origin
    line = min((line for line in indexed if line.posted_at), key=lambda line: _PRECISIONS[line.precision], default=None)
    return (line.posted_at, line.precision, "index") if line else (None, None, None)


def fold_author(author_id: str, names: Sequence[AccountName], captures: Sequence[Capture] = ()) -> Author:
    """The account that was seen under all these names (in any order): as the platform writes it in the first of
    `captures`, its answers, latest first, that does; else as it is written most often."""
    platform = BY_NAME[author_id.partition(":")[0]]
    captured = next((capture.handle for capture in captures if capture.handle), None)
    handle = captured or _most_seen(names, "handle") or author_id.partition(":")[2]
    name, name_source = _captured(captures, "author_name") or (_most_seen(names, "name"), "marker")
    return Author(
        id=author_id,
        platform=platform.name,
        handle=handle,
        name=name,
        name_source=name_source if name else None,
        url=platform.profile_url(handle),
    )


def _most_seen(names: Iterable[AccountName], kind: str) -> str | None:
    """The value seen most often; of several the one that sorts first."""
    of_kind = (name for name in names if name.kind == kind)
    return next((name.value for name in sorted(of_kind, key=lambda name: (-name.embeds, name.value))), None)


def text_origin(embed: Embed) -> Origin:
    """Where the text of an embed was read from."""
    return "marker" if embed.form in {"text", "url"} else "markup"


def _best(
    groups: Iterable[Iterable[Embed]],
    value: Callable[[Embed], V | None],
    origin: Callable[[Embed], Origin | None],
    order: Mapping[Origin | None, int] = _ORIGINS,
) -> tuple[V | None, Origin | None]:
    """The best value of the first group that has any: of the best origin, then the most, the longest, the first."""
    for embeds in groups:
        told = [(found, origin(embed)) for embed in embeds if (found := value(embed)) is not None]
        if len(told) == 1:  # of most posts there is one embed
            return told[0]
        if told:
            seen = Counter(told)
            return min(seen, key=lambda pair: (order[pair[1]], -seen[pair], -len(str(pair[0])), str(pair[0])))
    return None, None


def _best_dated(embeds: Sequence[Embed]) -> Embed | None:
    """The embed that dates the post best: by origin, then by what is certain, then by what most embeds say."""
    dated = [embed for embed in embeds if embed.posted_at]
    if len(dated) < 2:
        return dated[0] if dated else None
    votes = Counter(embed.posted_at for embed in dated)
    return min(
        dated,
        key=lambda embed: (
            _ORIGINS[embed.time_origin],
            _PRECISIONS[certain.precision if (certain := certain_moment(embed)) else None],
            -votes[embed.posted_at],
            embed.posted_at or "",
            embed.posted_at_options or (),
        ),
    )


def _commonest(values: Iterable[str | None]) -> str | None:
    """The value seen most often; of several the one that sorts first."""
    votes = Counter(value for value in values if value)
    return min(votes, key=lambda value: (-votes[value], value), default=None)
