"""Robots: what a host's robots.txt allows of its pages (RFC 9309), read by Protego."""

from dataclasses import dataclass

from protego import Protego

from archiver.records import Outcome

AGENT = "embed-archiver"
"""The product token of the User-Agent, which robots.txt calls it by."""

LARGEST = 512_000
"""Bytes of a robots.txt that are read (RFC 9309 §2.5: at least 500 KiB)."""

ABSENT = frozenset({"not-found", "gone", "forbidden", "rejected"})
"""Where there is none, all may be asked (§2.3.1.3: 400 to 499); where it cannot be read, nothing may (§2.3.1.4)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What a host says: `parser` has its rules, None where it has none; `unread` is why they are not known."""

    parser: Protego | None = None
    unread: Outcome | None = None

    def refusal(self, url: str) -> tuple[Outcome, str] | None:
        """Why a page is not to be asked for, as an outcome and in words; None where it may be."""
        if self.unread:
            return self.unread, "the host’s robots.txt cannot be read"
        if self.parser and not self.parser.can_fetch(url, AGENT):
            return "disallowed", "the host’s robots.txt forbids it"
        return None

    @property
    def delay(self) -> float:
        """The seconds that the host wants between two requests; 0 where it does not say."""
        return float((self.parser.crawl_delay(AGENT) if self.parser else None) or 0.0)


def read_rules(outcome: Outcome, content: bytes | None) -> Rules:
    """The rules of a host from what came of asking for its robots.txt."""
    if content is not None:
        return Rules(parser=Protego.parse(content[:LARGEST].decode("utf-8", "replace")))
    return Rules(unread=None if outcome in ABSENT else outcome)
