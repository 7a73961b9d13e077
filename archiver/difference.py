"""Differences: two versions of a text as a unified diff, as `diff -u` and `git apply` have it."""

import re
from collections.abc import Iterator
from difflib import unified_diff

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def diff_texts(before: str, after: str, name: str) -> Iterator[str]:
    """The lines of the diff, each with its line feed; none where the texts are the same.

    Only a line feed ends a line: a carriage return before it belongs to the line, as it does for `patch`.
    """
    lines = unified_diff(_LINE.findall(before), _LINE.findall(after), f"a/{name}", f"b/{name}")
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
