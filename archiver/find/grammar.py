"""The wordings of all platforms as patterns: what stands around a name and its handle, and whose it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from archiver.platforms import PLATFORMS
from archiver.platforms.base import Platform, Wording

LEAD_WORDS = tuple(
    dict.fromkeys(
        [platform.lead_word for platform in PLATFORMS if platform.lead_word]
        + [
            lead  # one that writes the platform's name in its own script
            for platform in PLATFORMS
            for wording in platform.wordings
            for lead in wording.leads
            if not platform.lead_word or platform.lead_word not in lead
        ]
    )
)
"""One of these stands in every lead."""

LETTER = r"[^\W\d_\u0e00-\u0e7f\u2e80-\uffff]"  # of a script that puts spaces between words
_SHORTEST_CUT = 5

Owner = tuple[Platform, Wording]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The wordings of all platforms as patterns, and whose each phrase is.

    `after` are the phrases of the languages that have the name first. `leads` are phrases with the offset of the word
    they are looked for by, longest first, and `bare` those of `before`, with their space, that need nothing behind;
    `bare_ends` are their last characters, of each `bare_length`.
    """

    leads: dict[str, tuple[tuple[str, int], ...]]
    before: re.Pattern[str]
    after: re.Pattern[str]
    bare: tuple[str, ...]
    bare_ends: frozenset[str]
    bare_length: int
    lead_owners: dict[str, Owner]
    before_owners: dict[str, tuple[Owner, ...]]
    after_owners: dict[str, Owner]


@cache
def grammar() -> Grammar:
    """What the platforms' wordings come to, made once."""
    leads: dict[str, list[tuple[str, int]]] = {}
    lead_owners: dict[str, Owner] = {}
    before_owners: dict[str, tuple[Owner, ...]] = {}
    after_owners: dict[str, Owner] = {}
    for platform in PLATFORMS:
        for wording in platform.wordings:
            owner = platform, wording
            for lead in (*wording.leads, *_cut_leads(platform.lead_word, wording)):
                word = platform.lead_word if platform.lead_word and platform.lead_word in lead else lead
                if lead not in lead_owners:
                    leads.setdefault(word, []).append((lead, lead.index(word)))
                lead_owners.setdefault(lead, owner)
            for phrase in wording.before:
                before_owners[phrase] = (*before_owners.get(phrase, ()), owner)
            for phrase in () if wording.before else wording.after:
                after_owners.setdefault(phrase, owner)
    bare = tuple(
        f"{phrase} " for phrase, owners in before_owners.items() if not all(wording.after for _, wording in owners)
    )
    bare_length = min(map(len, bare), default=0)
    return Grammar(
        leads={word: tuple(sorted(known, key=lambda lead: -len(lead[0]))) for word, known in leads.items()},
        before=any_of(before_owners),
        after=re.compile(rf"[ \n]?(?P<phrase>{any_of(after_owners).pattern})(?!{LETTER})"),
        bare=bare,
        bare_ends=frozenset(phrase[-bare_length:] for phrase in bare),
        bare_length=bare_length,
        lead_owners=lead_owners,
        before_owners=before_owners,
        after_owners=after_owners,
    )


def _cut_leads(word: str, wording: Wording) -> Iterator[str]:
    """The leads as an excerpt function cuts them behind the platform's name, where enough is left to know them by."""
    for lead in wording.leads:
        opening, found, rest = lead.partition(word) if word else (lead, "", "")
        if found and rest and len(opening.strip()) >= _SHORTEST_CUT:
            yield from (f"{opening}{word}{dots}" for dots in ("…", "...", " […]", " ..."))


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the longest of the phrases; `(?!)` matches nothing, where no platform has such phrases."""
    return re.compile(_branches(sorted(set(phrases))) or "(?!)")


def _branches(endings: Iterable[str]) -> str:
    """The endings as a tree of their letters, in which a pattern goes one way where a list of them goes hundreds."""
    by_letter: dict[str, list[str]] = {}
    for ending in endings:
        by_letter.setdefault(ending[:1], []).append(ending[1:])
    may_end = by_letter.pop("", None) is not None
    # A page may wrap its lines at any space.
    letters = {letter: r"[ \n]" if letter == " " else re.escape(letter) for letter in by_letter}
    branches = [letters[letter] + _branches(rest) for letter, rest in by_letter.items()]
    if len(branches) == 1 and not may_end:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if may_end else ''}" if branches else ""
