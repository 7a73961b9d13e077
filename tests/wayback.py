"""A web archive on loopback that answers as the Wayback Machine documents it: CDX server, playback, Save Page Now.

Its keys are in lower case, so that two addresses that differ in case have one; fields, filters, collapsing, limits and
resume keys are those of the Wayback CDX Server API (README of wayback-cdx-server); jobs those of Save Page Now 2.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from tests.faults import Handler, Reply, Site, serving

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


def key_of(url: str) -> str:
    """The key of an address: host turned round, without `www.`, path and sorted query in lower case (SURT)."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    host = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower())
    query = urlencode(sorted(parse_qsl(parts.query.lower(), keep_blank_values=True)), safe="/:,@")
    path = parts.path.lower().rstrip("/") or "/"
    return f"{','.join(reversed(host.split('.')))}){path}" + (f"?{query}" if query else "")


@dataclass(kw_only=True)
class Copy:
    """A capture in the archive."""

    stamp: str
    url: str
    body: bytes = b""
    code: int = 200
    mime: str = "text/html"
    location: str = ""

    @property
    def row(self) -> dict[str, str]:
        """The capture as its line in the index."""
        digest = base64.b32encode(hashlib.sha1(self.body).digest()).decode()  # noqa: S324  what CDX has
        values = (key_of(self.url), self.stamp, self.url, self.mime, str(self.code), digest, str(len(self.body)))
        return dict(zip(FIELDS, values, strict=True))


@dataclass(kw_only=True)
class Wayback:
    """The archive: what it has, how it was set, and what it was asked."""

    site: Site
    copies: list[Copy] = field(default_factory=list)
    strange: dict[str, Reply] = field(default_factory=dict)
    saves: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    user: dict[str, object] = field(
        default_factory=lambda: {"available": 3, "processing": 0, "daily_captures": 10, "daily_captures_limit": 4000}
    )
    posted: list[dict[str, str]] = field(default_factory=list)

    def keep(self, stamp: str, url: str, body: str = "", **more: object) -> None:
        """Have a copy."""
        self.copies.append(Copy(stamp=stamp, url=url, body=body.encode(), **more))  # type: ignore[arg-type]

    @property
    def options(self) -> list[str]:
        """What leads a recovery here."""
        return [
            "--contact=desk@example.org",
            "--allow-net=127.0.0.1/32",
            f"--host-map=web.archive.org={self.site.base}",
        ]

    def lists(self) -> list[dict[str, list[str]]]:
        """The questions that the CDX server was asked."""
        return [parse_qs(urlsplit(path).query) for path, _ in self.site.asked if path.startswith("/cdx/")]

    def pages(self) -> list[str]:
        """The copies that were asked for."""
        return [path for path, _ in self.site.asked if path.startswith("/web/")]

    def reply(self, handler: Handler) -> None:
        """Answer whatever is asked."""
        path = urlsplit(handler.path).path
        if strange := self.strange.get(handler.path) or self.strange.get(path):
            strange(handler)
        elif path == "/cdx/search/cdx":
            handler.reply(200, self._list(parse_qs(urlsplit(handler.path).query)), Content_Type="application/json")
        elif path == "/save/status/user":
            self._say(handler, self.user)
        elif path == "/save":
            form = dict(parse_qsl(handler.sent.decode()))
            self.posted.append(form)
            self._say(handler, self.saves[form["url"]].pop(0))
        elif path.startswith("/save/status/"):
            jobs = self.saves[path.rpartition("/")[2]]
            self._say(handler, jobs.pop(0) if len(jobs) > 1 else jobs[0])
        elif match := re.fullmatch(r"/web/(\d{14})id_/(.+)", handler.path):
            self._play(handler, match[1], unquote(match[2]))
        else:
            handler.reply(404)

    def _say(self, handler: Handler, told: dict[str, object]) -> None:
        handler.reply(200, json.dumps(told).encode(), Content_Type="application/json")

    def _play(self, handler: Handler, stamp: str, url: str) -> None:
        """The copy of that time; where there is none of that very time, the way to the nearest."""
        there = [copy for copy in self.copies if copy.row["urlkey"] == key_of(url)]
        if not there:
            handler.reply(404)
            return
        copy = min(there, key=lambda one: (abs(int(one.stamp) - int(stamp)), one.url != url))
        if copy.stamp != stamp:
            handler.reply(302, Location=f"{self.site.base}/web/{copy.stamp}id_/{copy.url}")
            return
        made = datetime.strptime(copy.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        headers = {
            "Content_Type": f"{copy.mime}; charset=utf-8",
            "Memento_Datetime": format_datetime(made, usegmt=True),
            "Link": f'<{copy.url}>; rel="original", <{self.site.base}/web/{copy.url}>; rel="timegate"',
        }
        if copy.location:
            headers["Location"] = f"{self.site.base}/web/{copy.stamp}id_/{copy.location}"
        handler.reply(copy.code, copy.body, **headers)

    def _list(self, asked: dict[str, list[str]]) -> bytes:
        rows = sorted((copy.row for copy in self.copies), key=lambda row: (row["urlkey"], row["timestamp"]))
        one = {name: values[-1] for name, values in asked.items()}
        rows = [row for row in rows if _matches(row, one)]
        for condition in asked.get("filter", ()):
            wanted = not condition.startswith("!")
            name, _, pattern = condition.lstrip("!").partition(":")
            rows = [row for row in rows if bool(re.fullmatch(pattern, row[name])) == wanted]
        for collapse in asked.get("collapse", ()):
            rows = list(_collapsed(rows, collapse))
        if "resumeKey" in one:
            rows = [row for row in rows if f"{row['urlkey']} {row['timestamp']}" > one["resumeKey"]]
        limit = int(one.get("limit", 150_000))
        rest, rows = (rows[limit:], rows[:limit]) if limit >= 0 else ([], rows[limit:])
        names = one["fl"].split(",") if "fl" in one else list(FIELDS)
        if not rows:
            return b"[]\n"
        lines = [names, *([row[name] for name in names] for row in rows)]
        if rest and one.get("showResumeKey") == "true":
            lines += [[], [f"{rows[-1]['urlkey']} {rows[-1]['timestamp']}"]]
        return json.dumps(lines).encode()


def _matches(row: dict[str, str], asked: dict[str, str]) -> bool:
    key, wanted = row["urlkey"], key_of(asked["url"])
    kind = asked.get("matchType", "exact")
    host = key.partition(")")[0]
    is_there = {
        "exact": key == wanted,
        "prefix": key.startswith(wanted),
        "host": host == wanted.partition(")")[0],
        "domain": f"{host},".startswith(f"{wanted.partition(')')[0]},"),
    }[kind]
    stamp = row["timestamp"]
    return is_there and asked.get("from", "0") <= stamp and stamp[: len(asked.get("to", ""))] <= asked.get("to", "9")


def _collapsed(rows: list[dict[str, str]], collapse: str) -> Iterator[dict[str, str]]:
    """The first of neighbours that have the same field, or the same beginning of it."""
    name, _, length = collapse.partition(":")
    before = None
    for row in rows:
        value = row[name][: int(length)] if length else row[name]
        if value != before:
            yield row
        before = value


@contextmanager
def wayback() -> Iterator[Wayback]:
    """An archive that answers while the block runs."""
    with serving() as site:
        archive = Wayback(site=site)
        site.otherwise = archive.reply
        yield archive
