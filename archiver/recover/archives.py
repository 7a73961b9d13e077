"""Archives: the web archives that can be asked, and the questions that each takes."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode, urlsplit

from archiver.errors import UsageError
from archiver.fetch import Question

LISTS = ("application/json", "text/plain", "text/x-json")
"""Types in which CDX servers send JSON."""

PAGES = ("text/html", "application/xhtml+xml", "application/json")
"""Types of the copies that are read: pages, and X's answers to programs, which archives kept in their place."""

FIELDS = "timestamp,original,mimetype,statuscode,digest"
ROWS = 1000
"""Rows of a list that are asked for at once."""

WAYBACK_HOST = "web.archive.org"


@dataclass(frozen=True, kw_only=True, slots=True)
class Archive:
    """A web archive: `base` stands before an address to ask for a copy of it (a TimeGate, RFC 7089), and before the
    time of a copy; `cdx` is the address of its CDX server, where it has one that is known. `limit` names its pace."""

    name: str
    base: str
    cdx: str | None = None
    limit: str

    @property
    def host(self) -> str:
        """The host, with its port."""
        return urlsplit(self.base).netloc.lower()

    def list_question(self, address: str, pattern: str | None = None, key: str | None = None) -> Question:
        """The question for a list of copies of pages whose address begins so (without scheme), from `key` on.

        Only copies of whole pages are wanted; neighbours with the same bytes are one. `pattern` is what the original
        must match, letter case included: keys are in lower case. (Wayback CDX Server API, README.)
        """
        asked = [("url", address), ("matchType", "prefix"), ("output", "json"), ("fl", FIELDS)]
        asked += [("filter", "statuscode:200"), ("filter", "mimetype:(text/html|application/json)")]
        if pattern:
            asked.append(("filter", f"original:{pattern}"))
        asked += [("collapse", "digest"), ("limit", str(ROWS)), ("showResumeKey", "true")]
        if key:
            asked.append(("resumeKey", key))
        url = f"{self.cdx}?{urlencode(asked, safe='/:,*@')}"
        return Question(url=url, hosts=(self.host,), types=LISTS, limit=f"{self.host}/cdx")

    def gate_question(self, url: str, date: datetime | None) -> Question:
        """The question for the copy of an address nearest to a date; where the answer leads is not followed."""
        headers = (("Accept-Datetime", format_datetime(date, usegmt=True)),) if date else ()
        return Question(url=f"{self.base}{url}", hosts=(), types=PAGES, headers=headers, limit=self.limit)

    def map_question(self, url: str) -> Question:
        """The question for a TimeMap, at the address that an answer has named."""
        return Question(url=url, hosts=(self.host,), types=("application/link-format", "text/plain"), limit=self.limit)

    def page_question(self, url: str) -> Question:
        """The question for the bytes of a copy."""
        return Question(url=url, hosts=(self.host,), types=PAGES, limit=self.limit)


WAYBACK = Archive(
    name="wayback",
    base=f"https://{WAYBACK_HOST}/web/",
    cdx=f"https://{WAYBACK_HOST}/cdx/search/cdx",
    limit=f"{WAYBACK_HOST}/web",
)
"""The Wayback Machine of the Internet Archive."""


def archive_at(url: str) -> Archive:
    """The archive whose TimeGate is at that address, before the addresses that it is asked for.

    Raises UsageError where it cannot be one.
    """
    try:
        parts = urlsplit(url)
        is_base = parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        is_base = False
    if not is_base:
        raise UsageError(f"{url!r} is not the address of a TimeGate, such as https://arquivo.pt/wayback/")
    if parts.hostname == WAYBACK_HOST:
        return WAYBACK
    base = f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}/"
    return Archive(name=parts.netloc.lower(), base=base, limit=parts.netloc.lower())
