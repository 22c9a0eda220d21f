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
from router.ports import Observer

HEADER = struct.Struct(">I")


class ReportingObserver:
    """An ``Observer`` that writes everything into a pipe. Nothing is lost but what nobody reads any more."""

    def __init__(self, descriptor: int) -> None:
        """Write to an open file descriptor."""
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def request_answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Pass it on."""
        self._tell("request_answered", method, route, status, seconds)

    def plan_accepted(self, stops: int) -> None:
        """Pass it on."""
        self._tell("plan_accepted", stops)

    def solve_ended(self, outcome: str, engine: str, seconds: float, iterations: int) -> None:
        """Pass it on."""
        self._tell("solve_ended", outcome, engine, seconds, iterations)

    def plan_finished(self, plan: Plan) -> None:
        """Pass it on."""
        self._tell("plan_finished", plan)

    def check_failed(self, rules: Sequence[str]) -> None:
        """Pass it on."""
        self._tell("check_failed", tuple(rules))

    def webhook_attempted(self, reception: str) -> None:
        """Pass it on."""
        self._tell("webhook_attempted", reception)

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
    """Repeat what a worker reports to an observer here, until the pipe ends."""
    while True:
        try:
            (length,) = HEADER.unpack(await reports.readexactly(HEADER.size))
            method, arguments = pickle.loads(await reports.readexactly(length))  # noqa: S301  (our own child)
        except asyncio.IncompleteReadError:
            return
        getattr(observer, method)(*arguments)
