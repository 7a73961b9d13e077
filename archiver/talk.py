"""Talk: what is said on stderr while the work goes on."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from archiver.reading import Outcome
from archiver.records import Problem, Reading


def say_problem(problem: Problem, console: Console | None = None) -> None:
    """One line on stderr that names the input and the reason."""
    line = f"archiver: {problem.detail}"
    if console is None:
        print(printable(line), file=sys.stderr)  # noqa: T201 (stderr is where talk belongs)
    else:
        console.print(printable(line), markup=False, highlight=False, soft_wrap=True)


def say_backed_up(archive: Path, copy: Path) -> None:
    """One line on stderr about an archive that is brought up to date, and the copy of it as it was."""
    line = f"archiver: {archive} was made by an earlier Archiver and is brought up to date; as it was, it is {copy}"
    print(printable(line), file=sys.stderr)  # noqa: T201 (as above)


JOINERS = "\u200c\u200d"
"""What shapes Persian and Indic words and joins emoji into one: of all that is invisible, this steers nothing."""


def printable(line: str) -> str:
    """The line without characters that would steer a terminal: a file name may hold any."""
    return "".join(c if c.isprintable() or c in JOINERS else c.encode("unicode_escape").decode() for c in line)


def printable_text(text: str) -> str:
    """The same of a text of many lines: line feeds and tabs stay."""
    return re.sub(r"[^\n\t]+", lambda found: printable(found[0]), text)


class _RateColumn(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        """The rate of late; nothing where none is known yet."""
        return Text(f"{task.speed:,.1f}/s" if task.speed else "", style="progress.data.speed")


class Talk:
    """A progress bar on a terminal, none in a pipe; problems as they come; each article with `verbose`."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self._console = Console(stderr=True)
        self._quiet = quiet
        self._verbose = verbose
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    @property
    def is_shown(self) -> bool:
        """Whether somebody watches: a bar is only worth its counting then."""
        return self._console.is_terminal and not self._quiet

    @contextmanager
    def progress(self, what: str, *, total: int | None) -> Iterator[None]:
        """Show a bar while the block runs, if anybody watches; `advance` moves it."""
        if not self.is_shown:
            yield
            return
        counted = (MofNCompleteColumn(), _RateColumn(), TimeRemainingColumn())
        with Progress(
            TextColumn("{task.description}"), BarColumn(), *counted, console=self._console, transient=True
        ) as self._progress:
            self._task = self._progress.add_task(what, total=total)
            try:
                yield
            finally:
                self._progress = self._task = None

    def say(self, sentence: str) -> None:
        """A line about the work, unless nobody wants to hear."""
        if not self._quiet:
            self._console.print(printable(f"archiver: {sentence}"), markup=False, highlight=False, soft_wrap=True)

    def advance(self, count: int = 1) -> None:
        """Move the bar."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, count)

    def outcome(self, outcome: Outcome) -> None:
        """Say what came of one input."""
        if isinstance(outcome, Problem):
            say_problem(outcome, self._console)
            return
        self.advance()
        if isinstance(outcome, Reading):
            for problem in outcome.problems:
                say_problem(problem, self._console)
            if self._verbose:
                count = len(outcome.embeds)
                line = f"{outcome.article.id}: {count} {'embed' if count == 1 else 'embeds'}"
                self._console.print(printable(line), markup=False, highlight=False, soft_wrap=True)
