"""Leads: the words that open a flattened embed, such as `View this post on Instagram`."""

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from archiver.find.grammar import LEAD_WORDS, grammar
from archiver.platforms import PLATFORMS

LEAD_REACH = 4_000
"""How far before its tail a lead may stand, in characters."""

_LONGEST_LEAD = max(
    len(lead) for platform in PLATFORMS for wording in platform.wordings for lead in wording.leads
) + len(" […]")


class Lead(NamedTuple):
    """The words that open a flattened embed (`View this post on …`), and whose they are."""

    platform: str
    language: str
    start: int
    end: int


def find_leads(text: str) -> list[Lead]:
    """The leads in a text (`View this post on …`), in order; looked for only around what every lead holds."""
    found: list[Lead] = []
    for word in LEAD_WORDS:
        position = text.find(word)
        while position >= 0:
            if lead := _lead_at(text, position, word):
                found.append(lead)
            position = text.find(word, position + len(word))
    return sorted(found, key=lambda lead: lead.start) if len(found) > 1 else found


def lead_at(text: str, position: int) -> Lead | None:
    """The lead that holds one of `LEAD_WORDS` at a position, None where none stands there or it is only a mention."""
    for word in LEAD_WORDS:
        if text.startswith(word, position):
            return _lead_at(text, position, word)
    return None


def _lead_at(text: str, position: int, word: str) -> Lead | None:
    """The lead that holds a word at a position."""
    leads = _lead_table()[word]
    first = max(0, position - _LONGEST_LEAD)
    around = text[first : position + _LONGEST_LEAD].replace("\n", " ")  # pages wrap lines
    at = position - first
    for lead, offset in leads.get(around[max(0, at - 2) : at], leads.get("", ())):
        if at >= offset and around.startswith(lead, at - offset):
            platform, wording = grammar().lead_owners[lead]
            start = position - offset
            return Lead(platform.name, wording.language, start, start + len(lead))
    return None


@cache
def _lead_table() -> dict[str, dict[str, list[tuple[str, int]]]]:
    """For each word that is looked for, the leads that hold it and where, by the two characters before it."""
    return {
        word: {
            key: [(lead, offset) for lead, offset in known if lead[max(0, offset - 2) : offset] == key]
            for key in {lead[max(0, offset - 2) : offset] for lead, offset in known}
        }
        for word, known in grammar().leads.items()
    }


def lead_before(leads: list[Lead], position: int) -> Lead | None:
    """The last of the leads, which are in order, that ends at or before a position."""
    index = bisect_right(leads, position, key=_end_of)
    return leads[index - 1] if index else None


def _end_of(lead: Lead) -> int:
    return lead.end


def is_open(text: str, lead: Lead, end: int) -> bool:
    """Whether no attribution follows a lead before `end`: its tail may come later."""
    return not (grammar().before.search(text, lead.end, end) or grammar().after.search(text, lead.end, end))
