"""Built embeds: what a page's script puts there, each a call that names the post and the element which it fills."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from archiver.find.lexer import Element, Opaque, Tag, find_elements
from archiver.find.needles import holds_any, utf8
from archiver.find.view import page_text
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform, Reference, Script
from archiver.urls import resolve

# How much markup may stand between a placeholder and its script: other scripts, no words.
_REACH = 3_000
# Calls in one page whose placeholders are looked for; feeds have dozens, articles one or two.
_MOST_CALLS = 200


class Built(NamedTuple):
    """One call: the span of what stands for the post in the source, and the post."""

    start: int
    end: int
    reference: Reference
    script: Script


class _Call(NamedTuple):
    place: str | None
    reference: Reference
    script: Script


def find_built(source: str, tokens: Sequence[Tag | Opaque]) -> list[Built]:
    """The posts that scripts among a page's tokens put there, in the order of the scripts.

    An embed is the script with its placeholder where the two stand together. A script with several calls fills its
    placeholders wherever they are; without one it stands for a post only where it has no other.
    """
    if not _holds_call()(utf8(source)):
        return []
    by_script: dict[Opaque, list[_Call]] = defaultdict(list)
    for token in tokens:
        if (
            isinstance(token, Opaque)
            and token.name == "script"
            and _holds_call()(utf8(code := source[token.start : token.end]))
        ):
            for call in _calls(code):
                by_script[token].append(call)
    if not by_script:
        return []
    wanted = {call.place for calls in by_script.values() for call in calls if call.place}
    places: dict[str, list[Element]] = defaultdict(list)
    for element in find_elements(
        source, tokens, lambda tag: "id" in tag.written and tag.attributes.get("id") in wanted
    ):
        places[element.tag.attributes["id"]].append(element)
    return [
        built
        for script, calls in by_script.items()
        for call in calls
        if (built := _built(source, script, call, _nearest(places[call.place or ""], script), alone=len(calls) == 1))
    ]


def _nearest(places: list[Element], script: Opaque) -> Element | None:
    """The last of the elements before a script, else the first behind it: pages repeat what should be unique."""
    index = bisect_left(places, script.start, key=lambda element: element.start)
    return places[index - 1] if index else places[0] if places else None


def _built(source: str, script: Opaque, call: _Call, place: Element | None, *, alone: bool) -> Built | None:
    if not alone:
        return Built(place.start, place.end, call.reference, call.script) if place else None
    start, end = script.start, script.end
    if place and place.end <= start <= place.end + _REACH and not page_text(source[place.end : start]):
        start = place.start
    elif place and end <= place.start <= end + _REACH and not page_text(source[end : place.start]):
        end = place.end
    return Built(start, end, call.reference, call.script)


def _calls(code: str) -> Iterator[_Call]:
    """The calls in a script's code, one a post."""
    seen = set()
    for platform, script in _declared():
        for number, match in enumerate(script.pattern.finditer(code)):
            groups = match.groupdict()
            reference = resolve(script.template.format_map(groups))
            if number >= _MOST_CALLS:
                break
            if reference and reference.platform == platform.name and reference not in seen:
                seen.add(reference)
                yield _Call(groups.get("place"), reference, script)


@cache
def _declared() -> tuple[tuple[Platform, Script], ...]:
    return tuple((platform, script) for platform in PLATFORMS for script in platform.scripts)


@cache
def _holds_call() -> Callable[[bytes], bool]:
    return holds_any(script.opening for _, script in _declared())
