"""Looks at the solver processes of this process: how many, how much processor time and how much memory.

Solver processes are forked by a fork server, which is one of our children. Linux tells in ``/proc`` what each process
uses, and of a parent what all of its ended children used. Other systems tell nothing, and nothing is reported.
"""

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from router.ports import Observer

SECONDS_BETWEEN_LOOKS = 0.25
"""Memory that a process takes in its last moments, after the last look, is not seen."""

KIB = 1024

FORK_SERVER = "multiprocessing.forkserver"
"""What the command line of a fork server says."""

USER, SYSTEM, USER_OF_ENDED, SYSTEM_OF_ENDED = 11, 12, 13, 14
"""Where ticks of the processor stand after the name of the command in ``/proc/PID/stat``; see proc_pid_stat(5)."""


@dataclass(slots=True)
class SolverWatch:
    """What was seen at the last look."""

    observer: Observer
    proc: Path = Path("/proc")
    _peaks: dict[int, int] = field(default_factory=dict)
    _ticks: int = 0

    def look(self) -> None:
        """Look, and report what has changed."""
        servers = [pid for pid in self._children(os.getpid()) if FORK_SERVER in self._read(f"{pid}/cmdline")]
        solvers = [child for server in servers for child in self._children(server)]
        ended = [self._peaks.pop(pid) for pid in tuple(self._peaks) if pid not in solvers]
        before = len(self._peaks) + len(ended)
        for pid in solvers:
            self._peaks[pid] = max(self._peaks.get(pid, 0), self._peak(pid))
        used = self._used(servers, solvers)
        ticks = max(used - self._ticks, 0)
        self._ticks += ticks
        if ticks or ended or len(solvers) != before:
            seconds = ticks / os.sysconf("SC_CLK_TCK")
            self.observer.solvers_seen(len(solvers), seconds, [peak for peak in ended if peak])

    def _used(self, servers: Iterable[int], solvers: Iterable[int]) -> int:
        """Return the processor time of all solvers there ever were, in ticks.

        Between two readings one of them may end and be missed by both: the next look makes up for it.
        """
        ended = sum(self._stat(pid, USER_OF_ENDED) + self._stat(pid, SYSTEM_OF_ENDED) for pid in servers)
        return ended + sum(self._stat(pid, USER) + self._stat(pid, SYSTEM) for pid in solvers)

    def _children(self, pid: int) -> list[int]:
        found: list[int] = []
        for thread in self._threads(pid):
            found.extend(map(int, self._read(f"{pid}/task/{thread}/children").split()))
        return found

    def _threads(self, pid: int) -> list[str]:
        try:
            return [thread.name for thread in (self.proc / str(pid) / "task").iterdir()]
        except OSError:
            return []

    def _stat(self, pid: int, place: int) -> int:
        fields = self._read(f"{pid}/stat").rpartition(")")[2].split()
        return int(fields[place]) if fields else 0

    def _peak(self, pid: int) -> int:
        for line in self._read(f"{pid}/status").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * KIB
        return 0

    def _read(self, name: str) -> str:
        try:
            return (self.proc / name).read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended
            return ""


async def watch_solvers(observer: Observer, shutdown: asyncio.Event) -> None:
    """Look again and again, until ``shutdown``."""
    watch = SolverWatch(observer)
    while not shutdown.is_set():
        watch.look()
        try:
            async with asyncio.timeout(SECONDS_BETWEEN_LOOKS):
                await shutdown.wait()
        except TimeoutError:
            continue
    watch.look()
