"""A search in a process of its own, with a deadline, a memory cap, a stop flag and a hard kill.

The promise of this room: the answer is there within the time limit plus one second, whatever the engine does.
"""

import contextlib
import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import MappingProxyType
from typing import ClassVar

from router.domain.plan import StoppedBy
from router.domain.problem import Problem
from router.domain.search import Budget, Incumbent, Outcome
from router.errors import SolverCrashed, SolverError, SolverOutOfMemory, SolverOverran
from router.solver.child import OUT_OF_MEMORY_EXIT, Failure, Job, Orders, rest, run
from router.travel.travel import Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A way of solving.

    Attributes:
        name: What people call it.
        function: Its ``propose``, as ``package.module:function``.
        preload: Modules that the fork server imports before it forks, beside that of the function.
    """

    name: str
    function: str
    preload: tuple[str, ...] = ()


SEARCH = Engine(name="search", function="router.solver.portfolio:propose", preload=("router.solver.preload",))
ROUTING = Engine(name="routing", function="router.solver.routing:propose")
ENGINES = MappingProxyType({engine.name: engine for engine in (SEARCH, ROUTING)})
"""The engines by their names."""

SECONDS_PAST_LIMIT = 0.5
"""How long after the time limit the process is killed: half of the promise; the rest is for what follows."""

SECONDS_OF_GRACE = 1.5
"""How long a cancelled search may take to hand in its best."""

SECONDS_TO_ALARM = 1.0
"""How much later than our own kill the kernel's alarm goes off, should we be gone."""

SECONDS_BETWEEN_LOOKS = 0.05


class ChildProcessSolver:
    """Implements the ``Solver`` port by running an engine's ``propose`` in one child process per solve.

    Safe to use from several threads at once; each call has its own process.
    """

    # multiprocessing keeps one list of children per process and polls all of it whenever it starts
    # another: without this lock two threads read one exit code, and one of them gets nothing.
    _bookkeeping: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, engine: Engine) -> None:
        """Choose an engine; nothing is started before ``warm`` or the first solve."""
        self._engine = engine
        self._context = multiprocessing.get_context("forkserver")
        module = engine.function.partition(":")[0]
        self._context.set_forkserver_preload(["router.solver.child", module, *engine.preload])

    def warm(self) -> None:
        """Start the fork server and wait until it has forked once, so that no solve has to wait for it.

        Raises:
            SolverCrashed: it cannot fork; no solve would work either.
        """
        process = self._context.Process(target=rest, daemon=True)
        with self._bookkeeping:
            process.start()
            process.join()
            exit_code = process.exitcode
            process.close()
        if exit_code != 0:
            raise _death(exit_code, None)

    def propose(
        self,
        problem: Problem,
        travel: Travel,
        budget: Budget,
        on_incumbent: Callable[[Incumbent], None],
        should_stop: Callable[[], bool],
    ) -> Outcome:
        """Search in a child process; see ``ports.Solver``.

        Where the process has to be killed, its best incumbent is the outcome.

        Raises:
            SolverCrashed: the process died or its engine raised.
            SolverOutOfMemory: it passed ``budget.memory_bytes``.
            SolverOverran: it had to be killed before it had told of any plan.
        """
        orders = self._orders(budget)
        with self._child(orders) as (process, line):
            watch = _Watch(line, self._engine.name, orders.kill_at, should_stop)
            try:
                line.send(Job(problem=problem, matrix=travel.matrix, budget=budget))
                return watch.outcome(on_incumbent)
            except (EOFError, ConnectionResetError, BrokenPipeError):
                exit_code = self._exit_code(process)
            if exit_code == -signal.SIGALRM:
                return watch.best_so_far()
            raise _death(exit_code, budget.memory_bytes)

    def _orders(self, budget: Budget) -> Orders:
        deadline = time.monotonic() + budget.time_limit
        return Orders(
            engine=self._engine.function,
            deadline=deadline,
            kill_at=deadline + SECONDS_PAST_LIMIT,
            alarm_at=deadline + SECONDS_PAST_LIMIT + SECONDS_TO_ALARM,
            memory_bytes=budget.memory_bytes,
        )

    @contextlib.contextmanager
    def _child(self, orders: Orders) -> Iterator[tuple[BaseProcess, Connection]]:
        """Give a running process and our end of its line; nothing of it is left afterwards."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=run, args=(orders, theirs), daemon=True)
        with ours:
            try:
                with theirs, self._bookkeeping:
                    process.start()
                logging.getLogger(__name__).debug("solver_started")
            except (OSError, EOFError) as error:
                raise SolverCrashed(f"no solver process could be started: {error!r}") from error
            try:
                yield process, ours
            finally:
                self._bury(process)

    def _exit_code(self, process: BaseProcess) -> int | None:
        """Return how a process ended whose line is dead; kill it where it has not."""
        with self._bookkeeping:
            process.join(timeout=SECONDS_BETWEEN_LOOKS * 4)
            return process.exitcode

    def _bury(self, process: BaseProcess) -> None:
        with self._bookkeeping:
            process.kill()
            process.join()
            process.close()


class _Watch:
    """Our side of the pipe: listens, passes the stop flag on, and knows when to stop waiting."""

    def __init__(
        self, line: Connection, engine: str, kill_at: float, should_stop: Callable[[], bool]
    ) -> None:
        self._line = line
        self._engine = engine
        self._kill_at = kill_at
        self._should_stop = should_stop
        self._told_to_stop = False
        self._best: Incumbent | None = None

    def outcome(self, on_incumbent: Callable[[Incumbent], None]) -> Outcome:
        """Wait for the outcome, or return the best so far when the time to wait is over.

        Raises:
            EOFError: the process is gone.
        """
        while time.monotonic() < self._kill_at:
            self._pass_the_stop_flag_on()
            if not self._line.poll(SECONDS_BETWEEN_LOOKS):
                continue
            match self._line.recv():
                case Incumbent() as incumbent:
                    self._best = incumbent
                    on_incumbent(incumbent)
                case Outcome() as outcome:
                    return outcome
                case Failure(trace=trace):
                    raise SolverCrashed(f"the engine raised:\n{trace}")
        return self.best_so_far()

    def best_so_far(self) -> Outcome:
        """Return the best incumbent as the outcome of a search that did not hand in.

        Raises:
            SolverOverran: there is none.
        """
        if self._best is None:
            raise SolverOverran("the solver process passed its deadline before it had found any plan")
        return Outcome(
            proposal=self._best.proposal,
            iterations=self._best.iterations,
            stopped_by=StoppedBy.CANCELLED if self._told_to_stop else StoppedBy.TIME_LIMIT,
            engine=self._engine,
        )

    def _pass_the_stop_flag_on(self) -> None:
        if self._told_to_stop or not self._should_stop():
            return
        self._told_to_stop = True
        self._kill_at = min(self._kill_at, time.monotonic() + SECONDS_OF_GRACE)
        self._line.send(None)


def _death(exit_code: int | None, memory_bytes: int | None) -> SolverError:
    """Return the error that an exit code stands for."""
    if exit_code == OUT_OF_MEMORY_EXIT or (exit_code == -signal.SIGABRT and memory_bytes is not None):
        # Native code aborts when an allocation fails; with a cap in place that is the likely cause.
        return SolverOutOfMemory(f"the solver process passed its memory cap of {memory_bytes} bytes")
    if exit_code is not None and exit_code < 0:
        return SolverCrashed(f"the solver process was ended by {signal.Signals(-exit_code).name}")
    return SolverCrashed(f"the solver process ended with exit code {exit_code} and no answer")
