"""Merging: what one archive has, taken into another that may have some of it, by the same folding.

An article is known by its folder and its source, a folder by its path: so what comes in twice is there once. An article
that the archive has already stays as it is, whatever the other one says of it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlite_utils import Database

from archiver.identity import identify
from archiver.records import Embed, Problem
from archiver.store.captures import posts_opened_anew
from archiver.store.database import query_ids, transaction
from archiver.store.derive import Links, derive, links_of
from archiver.store.exchange import COLUMNS, load_rows
from archiver.store.folders import add_folder
from archiver.store.index import add_indexed, indexed_post
from archiver.store.rows import Row, columns_of, embed_row, insert_sql, problem_id, records_of
from archiver.store.save import SAVE_ARTICLE, SAVE_EMBED, SAVE_MEMBER, SAVE_PROBLEM

BATCH_ARTICLES, BATCH_LINES, BATCH_MEDIA, BATCH_BYTES = 1_000, 10_000, 100, 16_000_000
"""What is merged in one transaction: articles, or lines of an index, or media; an article's text, body and source
count."""

_NOTHING = Links(articles=frozenset(), observed=frozenset(), posts=frozenset(), names=Counter())
_EMBED = ("id", "article_id", *columns_of(Embed))
_TOLD = tuple(index for index, name in enumerate(_EMBED) if name != "post_id")
"""What an embed tells by itself; which post it turned out to be of is derived."""

_SIZES = """
    SELECT articles.id, coalesce(length(text), 0) + coalesce(length(body), 0) + coalesce(sz, 0)
    FROM articles LEFT JOIN sqlar ON sqlar.name = articles.id ORDER BY articles.id"""
_ORPHANS = "SELECT orphans.*, posts.text FROM orphans JOIN posts ON posts.id = orphans.post_id ORDER BY orphans.id"
_STANDS = """
    SELECT 1 FROM articles, posts WHERE articles.id = ? AND posts.id = ? AND posts.text = ?
      AND substr(articles.text, ? + 1, ?) = ?"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """What came of a merge: articles that were `added` and that were `there` already, new lines of an index; problems
    name the articles that are there with other values, and stayed as they are. `changed` says whether anything was
    written."""

    added: int
    there: int
    indexed: int
    problems: tuple[Problem, ...]
    changed: bool


def merge(db: Database, theirs: Database, *, file: str, run_id: int, clean: Callable[[str], str]) -> Merged:
    """Take what `theirs` has into the archive, batch by batch, as the import that `run_id` is; `theirs` is left alone.

    `file` is its name for a person, `clean` makes the body of a page safe. Its rows must have passed all checks. Raises
    ArchiveError if the archive cannot be written; every batch merged before stays, and merging again goes on.
    """
    work = _Merge(db=db, theirs=theirs, file=file, run_id=run_id, clean=clean)
    work.merge_places()
    work.merge_redactions()
    for ids in work.batches():
        work.merge_articles(ids)
    work.merge_index()
    work.merge_captures()
    work.merge_media()
    work.merge_rest()
    return Merged(
        added=work.added,
        there=work.there,
        indexed=work.indexed,
        problems=tuple(work.problems.values()),
        changed=work.changed,
    )


@dataclass(kw_only=True)
class _Merge:
    """A merge under way: what the folders and runs of the other archive are called here, and what came of it so far."""

    db: Database
    theirs: Database
    file: str
    run_id: int
    clean: Callable[[str], str]
    folders: dict[str, str] = field(default_factory=dict)
    runs: dict[int, int] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    added: int = 0
    there: int = 0
    indexed: int = 0
    changed: bool = False

    # What rows refer to

    def merge_places(self) -> None:
        """Find or make the folders and the runs that the other archive's rows refer to."""
        with transaction(self.db):
            here = {name for (name,) in self.db.conn.execute("SELECT id FROM folders")}
            for name, path in load_rows(self.theirs, "folders"):
                self.folders[name] = add_folder(self.db, name, path)
            new = sorted(set(self.folders.values()) - here)
            self._note(f"{name}/" for name in new)
            self._merge_runs()

    def merge_redactions(self) -> None:
        """Let be redacted here what is there, before anything of it is taken in."""
        with transaction(self.db):
            here = {row[0] for row in self.db.conn.execute("SELECT id FROM redactions")}
            new = frozenset(id_ for (id_,) in load_rows(self.theirs, "redactions")) - here
            self._write("redactions", ("id",), ((id_,) for id_ in sorted(new)))
            links = Links(articles=frozenset(), observed=frozenset(), posts=new, names=Counter())
            derive(self.db, links, links)

    def _merge_runs(self) -> None:
        names = tuple(COLUMNS["runs"])
        known = {run: number for number, run in _runs(self.db)}
        taken = {number for (number,) in self.db.conn.execute("SELECT id FROM runs")}
        for number, run in _runs(self.theirs):
            if run not in known:
                known[run] = number if number not in taken else max(taken) + 1
                taken.add(known[run])
                self._write("runs", names, [(known[run], *run[0])])
            self.runs[number] = known[run]

    def _moved(self, id_: str, folder: str) -> str:
        """The id here of what is in a folder of the other archive."""
        return self.folders.get(folder, folder) + id_[len(folder) :]

    # Articles

    def batches(self) -> Iterator[list[str]]:
        """The ids of the other archive's articles, as many at once as fit into one transaction."""
        batch: list[str] = []
        size = 0
        for id_, length in self.theirs.conn.execute(_SIZES):
            batch.append(id_)
            size += length
            if len(batch) >= BATCH_ARTICLES or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
        yield batch

    def merge_articles(self, ids: Sequence[str]) -> None:
        """Add those of these articles that are not here; see whether the others are as they are here."""
        found = {row["id"]: row for row in self._rows("articles", "id", ids)}
        names = {id_: self._moved(id_, row["folder"]) for id_, row in found.items()}
        articles = {names[id_]: self._article(row) for id_, row in found.items()}
        embeds = self._embeds(names, {id_: row["sha256"] for id_, row in found.items()})
        with transaction(self.db):
            columns = ", ".join(COLUMNS["articles"])
            stored = query_ids(self.db, f"SELECT {columns} FROM articles WHERE id IN wanted", articles)  # noqa: S608
            here = {row[0]: row for row in stored}
            new = {id_: name for id_, name in names.items() if name not in here}
            self._add(new, articles, embeds)
            self._keep(self._compare(here, articles, embeds))

    def _article(self, row: dict[str, Any]) -> Row:
        body = row["body"]
        told = {**row, "id": self._moved(row["id"], row["folder"]), "folder": self.folders[row["folder"]]}
        told["body"] = None if body is None else self.clean(body)
        told["run_id"] = self.runs.get(row["run_id"])
        return tuple(told[name] for name in COLUMNS["articles"])

    def _embeds(self, names: Mapping[str, str], digests: Mapping[str, str]) -> dict[str, list[Row]]:
        """The embeds of these articles, as they are when they have just been read, by the articles' ids here."""
        told: dict[str, list[Row]] = {}
        for row in self._rows("embeds", "article_id", names):
            told.setdefault(row["article_id"], []).append(tuple(row[name] for name in columns_of(Embed)))
        return {
            names[id_]: [embed_row(names[id_], embed) for embed in identify(records_of(Embed, rows), digests[id_])]
            for id_, rows in told.items()
        }

    def _add(self, new: Mapping[str, str], articles: Mapping[str, Row], embeds: Mapping[str, list[Row]]) -> None:
        """Insert articles with all that is theirs, and derive what follows."""
        if not new:
            return
        execute = self.db.conn.executemany
        execute(SAVE_ARTICLE, (articles[name] for name in new.values()))
        execute(SAVE_EMBED, (row for name in new.values() for row in embeds.get(name, ())))
        for table in ("passages", "pictures"):
            rows = self._rows(table, "article_id", new)
            self._write(table, tuple(COLUMNS[table]), (_renamed(row, new[row["article_id"]]) for row in rows))
        members = dict(new)
        for row in self._rows("pictures", "article_id", new):
            members[row["name"]] = new[row["article_id"]] + row["name"][len(row["article_id"]) :]
        self._add_members(members)
        self._note(new.values())
        self.added += len(new)
        derive(self.db, _NOTHING, links_of(self.db, new.values()))

    def _add_members(self, names: Mapping[str, str]) -> None:
        for row in self._rows("sqlar", "name", names):
            values = tuple(row[column] for column in COLUMNS["sqlar"])
            self.db.conn.execute(SAVE_MEMBER, (names[row["name"]], *values[1:]))

    def _compare(
        self, here: Mapping[str, Row], articles: Mapping[str, Row], embeds: Mapping[str, list[Row]]
    ) -> Iterator[Problem]:
        """Count the articles that are here as they are there, and name those that are not."""
        names = ", ".join(f'"{name}"' for name in _EMBED)
        sql = f"SELECT {names} FROM embeds WHERE article_id IN wanted ORDER BY id"  # noqa: S608
        ours: dict[str, set[Row]] = {}
        for row in query_ids(self.db, sql, here):
            ours.setdefault(row[1], set()).add(_told(row))
        for id_, article in here.items():
            other = _difference(article, articles[id_])
            if other is None and ours.get(id_, set()) != set(map(_told, embeds.get(id_, ()))):
                other = "other embeds"
            if other is None:
                self.there += 1
            else:
                detail = f"{id_} has {other} here than in {self.file}; it stays as it is"
                yield Problem(folder=str(article[1]), source=str(article[2]), kind="conflict", detail=detail)

    def _keep(self, problems: Iterable[Problem]) -> None:
        """Keep what does not fit, once."""
        for problem in problems:
            self.problems[f"{problem.folder}/{problem.source}"] = problem
            row = (problem_id(problem), problem.folder, problem.source, problem.kind, problem.detail)
            if self.db.conn.execute(_PROBLEM, (row[0],)).fetchone() != row:
                self.db.conn.execute(SAVE_PROBLEM, (*row, self.run_id))
                self.changed = True

    # The rest

    def merge_index(self) -> None:
        """Keep the lines of indexes that the other archive has, and let what is known of posts follow from them."""
        rows = load_rows(self.theirs, "indexed")
        names = tuple(COLUMNS["indexed"])[1:7]
        while some := [dict(zip(COLUMNS["indexed"], row, strict=True)) for row in islice(rows, BATCH_LINES)]:
            with transaction(self.db):
                fresh = add_indexed(self.db, [indexed_post(**{name: row[name] for name in names}) for row in some])
                self._note(line.id for line in fresh)
                self.indexed += len(fresh)
                posts = frozenset(line.post_id for line in fresh)
                derive(self.db, _NOTHING, Links(articles=frozenset(), observed=posts, posts=posts, names=Counter()))

    def merge_captures(self) -> None:
        """Add what platforms answered to the other archive, and let what is known of posts follow from it."""
        rows = load_rows(self.theirs, "captures")
        while some := [dict(zip(COLUMNS["captures"], row, strict=True)) for row in islice(rows, BATCH_LINES)]:
            with transaction(self.db):
                here = {row[0] for row in query_ids(self.db, _CAPTURED, (row["id"] for row in some))}
                fresh = [{**row, "run_id": self.runs.get(row["run_id"])} for row in some if row["id"] not in here]
                posts = posts_opened_anew(self.db, ((row["author_id"], row["author_since"]) for row in fresh))
                self._write("captures", tuple(COLUMNS["captures"]), (tuple(row.values()) for row in fresh))
                posts |= frozenset(row["post_id"] for row in fresh)
                links = Links(articles=frozenset(), observed=frozenset(), posts=posts, names=Counter())
                derive(self.db, links, links)

    def merge_media(self) -> None:
        """Add the media that those answers name, with their files in `sqlar`."""
        rows = load_rows(self.theirs, "media")
        while some := list(islice(rows, BATCH_MEDIA)):
            with transaction(self.db):
                told = [dict(zip(COLUMNS["media"], row, strict=True)) for row in some]
                names = {row[column] for row in told for column in ("name", "thumb") if row[column]}
                members = (tuple(row.values()) for row in self._rows("sqlar", "name", names))
                self._write("sqlar", tuple(COLUMNS["sqlar"]), members)
                self._write("media", tuple(COLUMNS["media"]), some)

    def merge_rest(self) -> None:
        """Add what refers to articles and posts: places without attribution, problems; and what can undo patches."""
        with transaction(self.db):
            self._write("patches", tuple(COLUMNS["patches"]), load_rows(self.theirs, "patches"))
            self._write("orphans", tuple(COLUMNS["orphans"]), self._orphans())
            self._write("problems", tuple(COLUMNS["problems"]), self._their_problems())

    def _orphans(self) -> Iterator[Row]:
        """Those places whose words stand in the article that is here, and are those of the post as it is here."""
        folders = dict(
            self.theirs.conn.execute(
                "SELECT id, folder FROM articles JOIN (SELECT DISTINCT article_id FROM orphans) ON article_id = id"
            )
        )
        for id_, post, article, start, end, score, text, words in self.theirs.conn.execute(_ORPHANS):
            name = self._moved(article, folders[article])
            if self.db.conn.execute(_STANDS, (name, post, words, start, end - start, text)).fetchone():
                yield (self._moved(id_, folders[article]), post, name, start, end, score, text)

    def _their_problems(self) -> Iterator[Row]:
        for id_, folder, source, kind, detail, run_id in load_rows(self.theirs, "problems"):
            name = self.folders.get(folder, folder)
            if f"{name}/{source}" not in self.problems:
                yield (self._moved(id_, folder), name, source, kind, detail, self.runs[run_id])

    def _rows(self, table: str, column: str, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The rows of the other archive whose `column` is one of `ids`, by their keys."""
        names = ", ".join(f'"{name}"' for name in COLUMNS[table])
        sql = f'SELECT {names} FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?)) ORDER BY 1'  # noqa: S608
        for row in self.theirs.conn.execute(sql, (json.dumps(list(ids)),)):
            yield dict(zip(COLUMNS[table], row, strict=True))

    def _write(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows, but those whose key is there."""
        sql = f"{insert_sql(table, columns)} ON CONFLICT DO NOTHING"
        self.changed |= self.db.conn.executemany(sql, rows).rowcount > 0

    def _note(self, ids: Iterable[str]) -> None:
        """Note of these rows that this import brought them."""
        rows = [(id_, self.run_id) for id_ in ids]
        self.db.conn.executemany(_NOTE, rows)
        self.changed |= bool(rows)


def _runs(db: Database) -> Iterator[tuple[int, tuple[Row, int]]]:
    """The id of each run, with its values and how many runs with the same came before it."""
    seen: Counter[Row] = Counter()
    for number, *values in load_rows(db, "runs"):
        yield number, (tuple(values), seen[tuple(values)])
        seen[tuple(values)] += 1


_PROBLEM = "SELECT id, folder, source, kind, detail FROM problems WHERE id = ?"
_CAPTURED = "SELECT id FROM captures WHERE id IN wanted"
_NOTE = insert_sql("imported", ("id", "import_id"), key="id")
_ONLY_HERE = frozenset({"id", "folder", "source", "reader", "run_id"})
"""What may differ of one article: what it is called here, and when and by which version it was read."""


_IDS = frozenset({"id", "article_id", "embed_id", "name"})
"""Columns of what belongs to an article that begin with its id."""


def _renamed(row: dict[str, Any], name: str) -> Row:
    """A row of an article that is called `name` here."""
    length = len(row["article_id"])
    return tuple(name + value[length:] if column in _IDS else value for column, value in row.items())


def _told(embed: Row) -> Row:
    return tuple(embed[index] for index in _TOLD)


def _difference(one: Row, other: Row) -> str | None:
    """In words, in what two rows of an article differ: the file as a whole, or the first value that was read of it."""
    columns = [name for name, a, b in zip(COLUMNS["articles"], one, other, strict=True) if a != b]
    told = [name for name in columns if name not in _ONLY_HERE]
    return "other bytes" if "sha256" in told else f"another {told[0]}" if told else None
