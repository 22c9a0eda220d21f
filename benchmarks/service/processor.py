"""How much of the processor's time processes have had, from ``/proc``."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
CHILDREN_TOO = slice(11, 15)
"""Of the fields behind the name: user and system time of the process, and of its children that have ended."""


def seconds_of(pids: Iterable[int]) -> float:
    """Return the processor time that these processes and their ended children have had; ended ones had none."""
    return sum(map(_seconds_of, pids))


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started and that run, without a look at all others of the machine."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []


def name_of(pid: int) -> str:
    """Return the name of a process, or nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def busy_seconds() -> float:
    """Return how long the cores that this process may use have been busy, with whatever; other machines' time too."""
    mine = {f"cpu{core}" for core in os.sched_getaffinity(0)}
    lines = [line.split() for line in Path("/proc/stat").read_text().splitlines()]
    return sum(map(_busy, (fields for name, *fields in lines if name in mine)))


def _busy(fields: list[str]) -> float:
    user, nice, system, _idle, _io_wait, *interrupts = map(int, fields[:8])
    return (user + nice + system + sum(interrupts)) / TICKS_PER_SECOND


def _seconds_of(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    return sum(map(int, stat.rpartition(")")[2].split()[CHILDREN_TOO])) / TICKS_PER_SECOND
