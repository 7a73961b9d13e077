"""Small archives that tests of several commands begin with."""

from pathlib import Path

from archiver import store
from archiver.run import Options, run

SHARED = "View this post on Instagram\n\nA post shared by Odile Brandt (@odile.brandt) on Oct 2, 2020 at 4:16am PDT\n"
"""What is left of an embed; its post has the id `SHARED_POST`."""

SHARED_POST = "instagram:@odile.brandt/2020-10-02T11:16Z"


def read_articles(folder: Path) -> Path:
    """An archive in the folder, of the articles in its folder `in`."""
    with store.archive(folder / "archive.db", create=True) as db:
        run_id = store.start_run(db, version="0", arguments=())
        run(db, [folder / "in"], run_id=run_id, options=Options(jobs=1), report=lambda _: None)
    return folder / "archive.db"


def read_ferries(folder: Path, count: int) -> Path:
    """An archive in the folder, of so many articles of some pages' length, each with the same embed."""
    (folder / "in").mkdir()
    for number in range(count):
        (folder / "in" / f"{number}.txt").write_text(f"Ferry {number}\n\n{'It rained. ' * 400}\n\n{SHARED}", "utf-8")
    return read_articles(folder)
