"""What runs inside a solver process: one problem, one search, then the end.

The process never outlives its purpose. Three things end it from outside, none of which needs the
interpreter lock, so that not even native code that never lets go of it can hold them up:

* the parent kills it (deadline passed, or cancelled and the grace is over);
* the parent dies: the kernel ends it (``leash.py``);
* both fail: SIGALRM goes off a little after the parent should have acted.
"""

import contextlib
import importlib
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn, cast

from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.search import Budget, Incumbent, Outcome
from router.errors import trace_without_values
from router.solver.leash import leave_with_parent
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel

OUT_OF_MEMORY_EXIT = 77
"""Exit code of a process whose interpreter met the memory cap (native code aborts instead)."""

SECONDS_BETWEEN_INCUMBENTS = 1.0

Propose = Callable[
    [Problem, Travel, Budget, Callable[[Incumbent], None], Callable[[], bool]],
    Outcome,
]
"""The one function an engine consists of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a solver process must know before it reads its problem.

    Attributes:
        engine: The engine's ``propose``, as ``package.module:function``.
        deadline: When to hand in, on the monotonic clock that all processes of a machine share.
        kill_at: When the parent gives up waiting, on the same clock.
        alarm_at: When the kernel ends the process, should the parent have failed to.
        memory_bytes: Cap on what it may allocate beyond what it starts with; ``None`` means no cap.
    """

    engine: str
    deadline: float
    kill_at: float
    alarm_at: float
    memory_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The problem, sent over the pipe; the travel engine is rebuilt from it."""

    problem: Problem
    matrix: TravelMatrix
    budget: Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The engine raised; ``trace`` is for the log, never for a caller."""

    trace: str


def run(orders: Orders, line: Connection) -> None:
    """Solve the job that comes over ``line`` and send incumbents and the outcome back over it."""
    leave_with_parent()
    _set_alarm(orders.alarm_at)
    _cap_memory(orders.memory_bytes)
    try:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.send(_answer(orders, line))
    except EOFError:
        return  # The parent left before it had sent the job.
    except MemoryError:
        _die_of_memory()


def rest() -> None:
    """Do nothing: a process is started with this to have the fork server warm."""


def load(engine: str) -> Propose:
    """Return the function that ``package.module:function`` names."""
    module, _, function = engine.partition(":")
    return cast("Propose", getattr(importlib.import_module(module), function))


def _answer(orders: Orders, line: Connection) -> Outcome | Failure:
    job = cast("Job", line.recv())
    reporter = _Reporter(line, orders.deadline)
    try:
        propose = load(orders.engine)
        budget = replace(job.budget, time_limit=reporter.seconds_left())
        travel = Travel(job.problem, job.matrix)
        outcome = propose(job.problem, travel, budget, reporter.tell, reporter.must_stop)
    except MemoryError:
        raise
    except Exception as error:  # Whatever it is: the parent logs it and fails the solve.
        return Failure(trace=trace_without_values(error))
    # To the engine a deadline that came early (the transfer took its share) looks like a cancelling.
    if outcome.stopped_by is StoppedBy.CANCELLED and not reporter.told_to_stop:
        return replace(outcome, stopped_by=StoppedBy.TIME_LIMIT)
    return outcome


class _Reporter:
    """The engine's side of the pipe: what it may tell, and whether it must stop."""

    def __init__(self, line: Connection, deadline: float) -> None:
        self._line = line
        self._deadline = deadline
        self._held: Incumbent | None = None
        self._next_report = 0.0
        self.told_to_stop = False

    def seconds_left(self) -> float:
        """Return what is left of the time limit; never zero, so that every engine gets to look once."""
        return max(self._deadline - time.monotonic(), 0.001)

    def tell(self, incumbent: Incumbent) -> None:
        """Pass an incumbent on, or hold it until the second is over; only the latest is held."""
        self._held = incumbent
        self._flush()

    def must_stop(self) -> bool:
        """Return whether the search must end: time is up, the parent said so, or there is no parent."""
        self._flush()
        # Whatever comes after the job means "stop", the end of the pipe included.
        self.told_to_stop = self.told_to_stop or self._line.poll()
        return self.told_to_stop or time.monotonic() >= self._deadline

    def _flush(self) -> None:
        now = time.monotonic()
        if self._held is None or now < self._next_report:
            return
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._line.send(self._held)
        self._held = None
        self._next_report = now + SECONDS_BETWEEN_INCUMBENTS


def _set_alarm(at: float) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, max(at - time.monotonic(), 0.001))


def _cap_memory(limit: int | None) -> None:
    """Cap private writable memory.

    RLIMIT_DATA and not RLIMIT_AS: the libraries map gigabytes of address space that they never touch.
    What the fork server had loaded before the fork is not counted against the job.
    """
    if limit is None or sys.platform != "linux":
        return
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    inherited = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (inherited + limit, hard))


def _die_of_memory() -> NoReturn:
    # No clean-up: it might want memory too.
    os._exit(OUT_OF_MEMORY_EXIT)
