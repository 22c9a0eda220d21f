"""What a worker observes, told to the process that supervises it: one metrics page for both.

A frame is four bytes of length and a pickled pair: the method of ``Observer`` and its arguments. Only a
process that we started ourselves is listened to.
"""

import asyncio
import os
import pickle
import struct
import threading
from collections.abc import Sequence

from router.domain.plan import Plan
from router.domain.records import PlanStatus, SolveSummary
from router.ports import Observer

HEADER = struct.Struct(">I")


class ReportingObserver:
    """An ``Observer`` that writes everything into a pipe. Nothing is lost but what nobody reads any more."""

    def __init__(self, descriptor: int) -> None:
        """Write to an open file descriptor."""
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def request_begun(self) -> None:
        """Pass it on."""
        self._tell("request_begun")

    def request_over(self) -> None:
        """Pass it on."""
        self._tell("request_over")

    def request_answered(
        self, method: str, route: str, status: int, seconds: float, plan_id: str | None = None
    ) -> None:
        """Pass it on."""
        self._tell("request_answered", method, route, status, seconds, plan_id)

    def plan_accepted(self, stops: int) -> None:
        """Pass it on."""
        self._tell("plan_accepted", stops)

    def plan_started(self, plan_id: str, waited_seconds: float) -> None:
        """Pass it on."""
        self._tell("plan_started", plan_id, waited_seconds)

    def solve_ended(self, solve: SolveSummary) -> None:
        """Pass it on."""
        self._tell("solve_ended", solve)

    def plan_ended(self, status: PlanStatus) -> None:
        """Pass it on."""
        self._tell("plan_ended", status)

    def plan_finished(self, plan: Plan, vehicles: int) -> None:
        """Pass it on."""
        self._tell("plan_finished", plan, vehicles)

    def check_failed(self, rules: Sequence[str]) -> None:
        """Pass it on."""
        self._tell("check_failed", tuple(rules))

    def matrix_asked(self, provider: str, outcome: str, seconds: float) -> None:
        """Pass it on."""
        self._tell("matrix_asked", provider, outcome, seconds)

    def matrix_cache_asked(self, hits: int, misses: int) -> None:
        """Pass it on."""
        self._tell("matrix_cache_asked", hits, misses)

    def database_waited(self, seconds: float) -> None:
        """Pass it on."""
        self._tell("database_waited", seconds)

    def webhook_attempted(self, reception: str) -> None:
        """Pass it on."""
        self._tell("webhook_attempted", reception)

    def solvers_seen(self, alive: int, cpu_seconds: float, peaks: Sequence[int]) -> None:
        """Pass it on."""
        self._tell("solvers_seen", alive, cpu_seconds, tuple(peaks))

    def heartbeat_ended(self, outcome: str, seconds: float) -> None:
        """Pass it on."""
        self._tell("heartbeat_ended", outcome, seconds)

    def heartbeat_seen(self) -> None:
        """Pass it on."""
        self._tell("heartbeat_seen")

    def _tell(self, method: str, *arguments: object) -> None:
        content = pickle.dumps((method, arguments))
        frame = memoryview(HEADER.pack(len(content)) + content)
        with self._lock:
            try:
                while frame:
                    frame = frame[os.write(self._descriptor, frame) :]
            except BrokenPipeError:
                return


def claim_standard_output() -> int:
    """Return a descriptor of standard output for this process alone; what others print goes to standard error.

    The fork server and what it forks would otherwise hold the pipe open after this process has died, and a
    library that prints would break its frames.
    """
    private = os.dup(1)  # closed on exec, unlike the original
    os.dup2(2, 1)
    return private


async def pass_on(reports: asyncio.StreamReader, observer: Observer) -> None:
    """Repeat what a worker reports to an observer here, until the pipe ends; then its solvers are gone, too."""
    while True:
        try:
            (length,) = HEADER.unpack(await reports.readexactly(HEADER.size))
            method, arguments = pickle.loads(await reports.readexactly(length))  # noqa: S301  (our own child)
        except asyncio.IncompleteReadError:
            observer.solvers_seen(0, 0.0, ())
            return
        getattr(observer, method)(*arguments)
