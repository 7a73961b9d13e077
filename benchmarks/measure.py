"""Stopwatch and scales: the best time of a function, and time and peak memory of a command."""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psutil

SAMPLE_EVERY = 0.05
"""Seconds between two looks at a command's memory: short beside its seconds, long beside a look's milliseconds."""


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a command took: wall-clock seconds, and the peak of its process tree's memory in bytes."""

    seconds: float
    peak: int


def best_seconds(function: Callable[[], object], repeat: int = 3) -> float:
    """The shortest of `repeat` runs, in seconds: other programs on the machine only ever make a run longer."""

    def once() -> float:
        start = time.perf_counter()
        function()
        return time.perf_counter() - start

    return min(once() for _ in range(repeat))


def process_memory(process: psutil.Process) -> int:
    """Bytes of one process: its proportional share of shared pages (Linux), elsewhere its resident set."""
    try:
        full = process.memory_full_info()
    except psutil.Error:  # it ended between being listed and being looked at
        return 0
    return int(getattr(full, "pss", full.rss))


def tree_memory(process: psutil.Process) -> int:
    """Bytes of a process and all its descendants."""
    try:
        members = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(map(process_memory, members))


def run_command(command: Sequence[str]) -> Usage:
    """Run a command to its end; raises `subprocess.CalledProcessError` unless it exits with 0."""
    start = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, tree_memory(process))
        time.sleep(SAMPLE_EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Usage(seconds=time.perf_counter() - start, peak=peak)
