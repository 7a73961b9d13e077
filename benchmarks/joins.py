"""`python -m benchmarks.joins`: how many markers join the right post, among decoys; exit 1 where a bar is missed.

Each post stands in two articles: once as a flattened marker, once as the embed code that has its id. Around it are
decoys made from the same arithmetic of ids: more posts of the same author, minutes and hours away; posts of others in
the same second; and posts in the same minute whose author nobody names.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from archiver import store
from archiver.platforms import BY_NAME
from archiver.run import Options, run
from benchmarks.corpus import WORDS

SEED = 20261125
POSTS = 200
BAR_RIGHT, BAR_WRONG = 0.99, 0
PACIFIC = ZoneInfo("America/Los_Angeles")
SPAN = datetime(2016, 3, 1, tzinfo=UTC), datetime(2020, 9, 30, tzinfo=UTC)

AHEAD_SECONDS = (*[0.0] * 79, 11.7, 14.5, 16.7, 17.1, 31.6, 39.4, 57.9, 88, 121, 218, 313, 664)
"""By how much the ids of 91 real Instagram posts are older than their `datetime` (`facts.md` §1)."""

PEOPLE = [
    (f"{first.lower()}.{last.lower()}", f"{first} {last}")
    for first in "Ada Carmen Dilnoza Ewa Farid Gro Hana Ines Jakub Kofi Lale Mirko".split()  # noqa: SIM905  words
    for last in "Quill Haldane Otxoa Reyim Sliwka Mansoor Tveit Okafor Lind Orrin Vance Amsel".split()  # noqa: SIM905
]
PORTUGUESE = "Jan Fev Mar Abr Mai Jun Jul Ago Set Out Nov Dez".split()  # noqa: SIM905  words


@dataclass(frozen=True, kw_only=True)
class Made:
    """One made-up post: when its id was given out and when it appeared, and where its two embeds stand."""

    platform: str
    native_id: str
    handle: str
    name: str
    shown_at: datetime
    text: str


def make_post(rng: random.Random, platform: str, handle: str, name: str, at: datetime, *, ahead: float = 0) -> Made:
    """A post shown at a moment whose id is `ahead` seconds older."""
    clock = BY_NAME[platform].id_time
    if clock is None:
        raise ValueError(platform)
    ms = int((at - timedelta(seconds=ahead)).timestamp() * 1000)
    number = clock.first(ms) | rng.getrandbits(clock.shift)
    text = " ".join(rng.choices(WORDS, k=rng.randint(6, 18))).capitalize() + "."
    return Made(platform=platform, native_id=clock.text(number), handle=handle, name=name, shown_at=at, text=text)


def marker(rng: random.Random, post: Made) -> str:
    """What is left of the post's embed in text.

    On Instagram every third has its caption, and every fourth a clock of 12 hours that does not say which.
    """
    who = f"{post.name} (@{post.handle})"
    if post.platform == "twitter":
        return f"{post.text} — {who} {post.shown_at:%B} {post.shown_at.day}, {post.shown_at.year}"
    local = post.shown_at.astimezone(PACIFIC)
    clock, zone = f"{local.hour % 12 or 12}:{local.minute:02}", local.tzname()
    caption = f"{post.text} " if rng.random() < 1 / 3 else ""
    if rng.random() < 1 / 4:
        date = f"{PORTUGUESE[local.month - 1]} {local.day}, {local.year} às {clock} {zone}"
        return f"Ver essa foto no Instagram {caption}Uma publicação compartilhada por {who} em {date}"
    date = f"{local:%b} {local.day}, {local.year} at {clock}{'am' if local.hour < 12 else 'pm'} {zone}"
    return f"View this post on Instagram {caption}A post shared by {who} on {date}"


def code(post: Made, *, signed: bool = True) -> str:
    """The embed code of the post, which has its id; unsigned, it does not say whose it is."""
    if post.platform == "twitter":
        path = f"{post.handle if signed else 'i'}/status/{post.native_id}"
        url = f"https://twitter.com/{path}"
        if not signed:
            return f'<iframe src="https://platform.twitter.com/embed/Tweet.html?id={post.native_id}"></iframe>'
        date = f"{post.shown_at:%B} {post.shown_at.day}, {post.shown_at.year}"
        return (
            f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{post.text}</p>&mdash; {post.name} '
            f'(@{post.handle}) <a href="{url}">{date}</a></blockquote>'
        )
    url = f"https://www.instagram.com/p/{post.native_id}/"
    if not signed:
        return f'<iframe src="{url}embed/"></iframe>'
    return (
        f'<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="{url}"><p><a href="{url}">'
        f"{post.text}</a></p><p>A post shared by {post.name} (@{post.handle})</p></blockquote>"
    )


def decoys(rng: random.Random, post: Made) -> Iterator[str]:
    """Embed code of posts that are not this one and look as if they might be."""
    for minutes in (rng.choice((-1, 1)) * rng.uniform(2, 40), rng.choice((-1, 1)) * rng.uniform(60, 600)):
        at = post.shown_at + timedelta(minutes=minutes)
        yield code(make_post(rng, post.platform, post.handle, post.name, at))
    handle, name = rng.choice([other for other in PEOPLE if other[0] != post.handle])
    yield code(make_post(rng, post.platform, handle, name, post.shown_at + timedelta(seconds=rng.uniform(-0.4, 0.4))))
    at = post.shown_at.replace(second=0) + timedelta(seconds=rng.uniform(0, 59))
    yield code(make_post(rng, post.platform, "", "", at), signed=False)


def write_folder(folder: Path, rng: random.Random, count: int) -> dict[str, str]:
    """Write the articles; which post (its id in the archive) each marker's article is about."""
    truth: dict[str, str] = {}
    for number in range(count):
        platform = "instagram" if number % 3 else "twitter"
        handle, name = rng.choice(PEOPLE)
        handle = handle.replace(".", "_")[:15] if platform == "twitter" else handle
        at = SPAN[0] + (SPAN[1] - SPAN[0]) * rng.random()
        post = make_post(rng, platform, handle, name, at, ahead=rng.choice(AHEAD_SECONDS) if number % 3 else 0)
        (folder / f"{number:04}-marker.txt").write_text(f"The morning after.\n\n{marker(rng, post)}\n\nMore.\n")
        (folder / f"{number:04}-code.html").write_text(f"<h1>Page {number}</h1><p>Words.</p>{code(post)}<p>End.</p>")
        pages = "".join(f"<p>And.</p>{decoy}" for decoy in decoys(rng, post))
        (folder / f"{number:04}-decoys.html").write_text(f"<h1>Others {number}</h1>{pages}")
        truth[f"{folder.name}/{number:04}-marker.txt"] = f"{platform}:{post.native_id}"
    return truth


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How the markers came out; `missed` are the articles whose marker joined no post."""

    total: int
    right: int
    wrong: list[str]
    missed: list[str]


def measure(count: int = POSTS, seed: int = SEED) -> Figures:
    """Make the folder, run over it, and compare what the markers joined with what they were made from."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "press"
        folder.mkdir()
        truth = write_folder(folder, random.Random(seed), count)
        with store.archive(Path(scratch) / "archive.db", create=True) as db:
            run_id = store.start_run(db, version="benchmark", arguments=["joins"])
            run(db, [folder], run_id=run_id, options=Options())
            markers = "SELECT article_id, post_id FROM embeds WHERE native_id IS NULL AND post_id IS NOT NULL"
            joined = dict(db.conn.execute(markers))
            native = {row[0] for row in db.conn.execute("SELECT id FROM posts WHERE native_id IS NOT NULL")}
    right = [article for article, post in truth.items() if joined.get(article) == post]
    wrong = [article for article, post in truth.items() if joined.get(article) in native - {post}]
    missed = [article for article in truth if article not in right and article not in wrong]
    return Figures(total=count, right=len(right), wrong=wrong, missed=missed)


def main() -> int:
    """Print the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.joins", description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    figures = measure(options.posts, options.seed)
    print(
        f"{figures.right} of {figures.total} markers joined their post, {len(figures.wrong)} another, "
        f"{len(figures.missed)} none"
    )
    for article in (*figures.wrong, *figures.missed):
        print(f"  {article}")
    return int(figures.right / figures.total < BAR_RIGHT or len(figures.wrong) > BAR_WRONG)


if __name__ == "__main__":
    sys.exit(main())
