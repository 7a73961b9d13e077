"""Patching in bulk: what becomes of each article, and cards that say what the archive knows."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from archiver import store
from archiver.errors import ReadError, UsageError
from archiver.find.patched import patched_spans
from archiver.identity import fold_author, fold_post
from archiver.readers import list_sources, read_article, read_source
from archiver.records import AccountName, Article, Author, Embed, Format, Patch, Post, Problem, Source
from archiver.render.card import Card, make_card
from archiver.render.media import Media, media_inside
from archiver.render.patch import Patched, patch_article
from archiver.render.restore import Restored, put_back, restore_article


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A source and where its new version goes."""

    source: Source
    target: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What becomes of one source: its bytes before and after; `cards` and `loaders` count what makes the difference,
    `left` the embeds that stay as they are.

    `patch` is what undoing needs and the bytes do not hold: a plain text's. `encoding` is that of the text in both.
    """

    job: Job
    before: bytes
    after: bytes
    encoding: str
    cards: int = 0
    loaders: int = 0
    left: int = 0
    patch: Patch | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """How to patch: with what is said on the command line of the same name."""

    form: Format | None = None
    markdown: bool = False
    keep_loaders: bool = False


def plan_jobs(paths: Iterable[Path], folder: Path | None) -> tuple[list[Job], list[Problem]]:
    """The sources below each path, each to go to the same place below `folder`, or over itself without one.

    Raises UsageError where an article would be written over, by its own new version or by that of another, and where
    new versions would lie among what is read.
    """
    jobs: list[Job] = []
    problems: list[Problem] = []
    for path in paths:
        root = path if path.is_dir() else path.parent
        if folder and path.is_dir():
            _check_apart(path, folder)
        for item in list_sources(path, folder=root.resolve().name):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                target = folder / item.path.relative_to(root) if folder else item.path
                jobs.append(Job(source=item, target=target))
    _check_targets(jobs, in_place=folder is None)
    return jobs, problems


def _check_apart(path: Path, folder: Path) -> None:
    """Raise UsageError where the next run over one of these folders would read what is in the other."""
    given, made = path.resolve(), folder.resolve()
    if given == made:
        raise UsageError(f"{folder} has the articles themselves; give another folder, or --in-place to write over them")
    inside = made.relative_to(given).parts if made.is_relative_to(given) else (".",)
    if given.is_relative_to(made) or not any(part.startswith(".") for part in inside):
        raise UsageError(f"{folder} and {path} lie in each other, and what is written would be read as articles, too")


def _check_targets(jobs: Sequence[Job], *, in_place: bool) -> None:
    taken: dict[Path, Path] = {}
    sources = {job.source.path.resolve() for job in jobs}
    for job in jobs:
        target = job.target.resolve()
        if target in sources and not in_place:
            raise UsageError(f"{job.target} is an article itself; give another folder, or --in-place to write over it")
        if (other := taken.setdefault(target, job.source.path)) != job.source.path:
            raise UsageError(f"{other} and {job.source.path} would both become {job.target}; patch one after the other")


def patch_source(job: Job, options: Options, db: store.Database | None) -> Change:
    """What patching makes of a source. Raises ReadError."""
    article = _read(job.source, options.form)
    cards = partial(cards_of, db=db)
    patched = patch_article(article, cards, markdown=options.markdown, keep_loaders=options.keep_loaders)
    return Change(
        job=job,
        before=article.data,
        after=patched.data,
        encoding=article.encoding,
        cards=patched.cards,
        loaders=patched.loaders,
        left=patched.left,
        patch=_patch(article, patched) if article.format == "text" and patched.cards else None,
    )


def _patch(article: Article, patched: Patched) -> Patch:
    digest = hashlib.sha256(patched.data).hexdigest()
    return Patch(id=digest, source=article.source, original=article.sha256, replaced=patched.replaced)


def restore_source(job: Job, options: Options, db: store.Database | None) -> Change:
    """What undoing makes of a patched source. Raises ReadError, also (`changed`) where that cannot be told any more."""
    article = _read(job.source, options.form)
    found = _restored_text(article, db) if article.format == "text" else restore_article(article.data)
    if found.damaged:
        message = f"{article.source}: {found.damaged} of its comments are damaged; it is left as it is"
        raise ReadError(message, kind="changed")
    return Change(
        job=job,
        before=article.data,
        after=found.data,
        encoding=article.encoding,
        cards=found.cards,
        loaders=found.loaders,
    )


def _read(source: Source, form: Format | None) -> Article:
    # What could not be decoded stays as it is, in either direction: no problem here.
    article, _ = read_article(source, read_source(source), form=form)
    return article


def _restored_text(article: Article, db: store.Database | None) -> Restored:
    patch = store.load_patch(db, article.sha256) if db else None
    if patch is not None:
        return Restored(data=put_back(article.data, patch.replaced), cards=len(patch.replaced))
    if patched_spans(article.content, "text"):
        why = (
            "was changed since it was patched, or patched with another archive"
            if db
            else "needs the archive it was patched with"
        )
        raise ReadError(f"{article.source} {why}: it is left as it is", kind="changed")
    return Restored(data=article.data)


def cards_of(embeds: Sequence[Embed], db: store.Database | None) -> list[Card]:
    """The cards of an article's embeds, in order: by what the archive knows of their posts, or else the article."""
    posts = {key: fold_post(key, group) for key, group in _grouped(embeds, lambda embed: embed.post_id).items()}
    signed = _grouped(embeds, lambda embed: embed.author_id)
    authors = {key: fold_author(key, _names(key, group)) for key, group in signed.items()}
    choices = store.load_choices(db, (embed.observed_id for embed in embeds if embed.observed_id)) if db else {}
    cards = []
    for embed in embeds:
        choice = choices.get(embed.observed_id or "")
        post = _post(db, choice.post_id if choice else embed.post_id) or posts.get(embed.post_id or "")
        author_id = (post.author_id if post else None) or embed.author_id
        author = _author(db, author_id) or authors.get(author_id or "")
        flags = store.load_flags_of(db, post.id) if db and post else ()
        media = _media(db, post.id) if db and post else ()
        cards.append(make_card(post, author, embed, choice=choice, flags=flags, media=media))
    return cards


def card_of(post: Post, db: store.Database) -> Card:
    """The card of a post by itself."""
    flags = store.load_flags_of(db, post.id)
    return make_card(post, _author(db, post.author_id), None, flags=flags, media=_media(db, post.id))


def _media(db: store.Database, post_id: str) -> tuple[Media, ...]:
    """The pictures of a post as part of the card, which loads nothing from anywhere."""
    return media_inside(store.load_media(db, [post_id]).get(post_id, ()), partial(store.load_media_file, db))


def _grouped(embeds: Sequence[Embed], key: Callable[[Embed], str | None]) -> dict[str, list[Embed]]:
    groups: dict[str, list[Embed]] = {}
    for embed in embeds:
        if name := key(embed):
            groups.setdefault(name, []).append(embed)
    return groups


def _names(author_id: str, embeds: Sequence[Embed]) -> list[AccountName]:
    """The names and spellings under which these embeds show an account."""
    seen: Counter[tuple[Literal["name", "handle"], str]] = Counter()
    for embed in embeds:
        seen.update([("handle", embed.handle)] if embed.handle else [])
        seen.update([("name", embed.author_name)] if embed.author_name else [])
    return [
        AccountName(id=f"{author_id} {kind} {value}", author_id=author_id, kind=kind, value=value, embeds=count)
        for (kind, value), count in seen.items()
    ]


def _post(db: store.Database | None, post_id: str | None) -> Post | None:
    return store.load_post(db, post_id) if db and post_id else None


def _author(db: store.Database | None, author_id: str | None) -> Author | None:
    return store.load_author(db, author_id) if db and author_id else None
