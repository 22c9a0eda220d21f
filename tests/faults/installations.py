"""Two ways to run the service, each with parts that can be killed and that come back.

What a real installation has somebody for (systemd, Kubernetes), the installation here does itself: it starts a
killed API, worker or database server again. What the service sees to, it leaves alone.
"""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, Self

from tests.own_postgres import OwnPostgres
from tests.processes import LOOK_SECONDS, READY_SECONDS, RunningProcess, solver_processes
from tests.running_service import RunningApi, RunningService

SLOTS = {"SELAT_SOLVES_AT_ONCE": "2"}

SECONDS_FOR_A_SEARCH = 20.0
"""A search to be killed is waited for so long; the worker may just have been started."""


class Part(StrEnum):
    """What can be killed."""

    API = "api"
    WORKER = "worker"
    SOLVER = "solver"
    DATABASE = "database"


class Installation(Protocol):
    """A running service."""

    service: RunningService

    def kill(self, part: Part, chance: random.Random) -> bool:
        """Kill -9 a part, and have it come back; return ``False`` where there was none to kill."""
        ...

    def kill_worker(self, pid: int) -> None:
        """Kill -9 this worker, and have another one come."""
        ...

    def calm_down(self) -> None:
        """Return when every part is there and at work."""
        ...

    def log(self) -> Iterator[Any]:
        """Yield every line that every process has logged, those that were killed included."""
        ...

    def __enter__(self) -> Self:
        """Start it."""
        ...

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        ...


class Embedded:
    """``router serve`` alone: it brings worker and database along, and sees to them itself."""

    def __init__(self, directory: Path) -> None:
        """Start it."""
        self._directory = directory
        self._gone: list[RunningProcess] = []
        self.service = RunningService(directory, **SLOTS)

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.service.terminate()

    def kill(self, part: Part, chance: random.Random) -> bool:
        """Kill a part; only the service itself has to be started again."""
        match part:
            case Part.API:
                self._gone.append(self.service)
                chance.choice([self.service.kill, self.service.kill_everything])()
                self.service = RunningService(self._directory, **SLOTS)
                return True
            case Part.WORKER:
                self.kill_worker(self._worker())
                return True
            case Part.SOLVER:
                return _kill_a_solver(self._worker(), chance)
            case Part.DATABASE:
                pid_file = self._directory / "cluster" / "postmaster.pid"
                return pid_file.exists() and _killed(int(pid_file.read_text().split("\n", 1)[0]))

    def kill_worker(self, pid: int) -> None:
        """Kill it; the service notices, and starts another."""
        before = self._count("worker_died")
        _killed(pid)
        wait_until(lambda: self._count("worker_died") > before)

    def calm_down(self) -> None:
        """Wait until the service, its database and its last worker are ready."""
        wait_until(lambda: _ready(self.service))
        wait_until(lambda: self._count("worker_ready") > 0 and self._last_worker_event() == "worker_ready")

    def _count(self, event: str) -> int:
        return sum(line["event"] == event for line in list(self.service.log))

    def _last_worker_event(self) -> str:
        events = [line["event"] for line in list(self.service.log)]
        return next(str(event) for event in reversed(events) if event.startswith("worker_"))

    def log(self) -> Iterator[Any]:
        """Yield every line of the log."""
        for process in (*self._gone, self.service):
            yield from process.log

    def _worker(self) -> int:
        return int(self.service.last_event("worker_started")["pid"])


class Apart:
    """A database server of one's own, an API and two workers, each for itself."""

    def __init__(self, directory: Path) -> None:
        """Start everything."""
        self._directory = directory
        self._gone: list[RunningProcess] = []
        self._stack = ExitStack()
        self._database = self._stack.enter_context(OwnPostgres(directory / "postgres", durable=False))
        self.service: RunningService = self._new_api()
        self._workers = [self._new_worker() for _ in range(2)]

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything, the database last."""
        with self._stack:
            for process in (self.service, *self._workers):
                self._stack.callback(process.terminate)

    def kill(self, part: Part, chance: random.Random) -> bool:
        """Kill a part, and start another in its place."""
        which = chance.randrange(len(self._workers))
        match part:
            case Part.API:
                self._bury(self.service)
                self.service = self._new_api()
                return True
            case Part.WORKER:
                self.kill_worker(self._workers[which].pid)
                return True
            case Part.SOLVER:
                return _kill_a_solver(self._workers[which].pid, chance)
            case Part.DATABASE:
                self._database.kill()
                self._database.start()
                return True

    def kill_worker(self, pid: int) -> None:
        """Kill it, and start another in its place."""
        [dead] = [worker for worker in self._workers if worker.pid == pid]
        self._bury(dead)
        self._workers[self._workers.index(dead)] = self._new_worker()

    def calm_down(self) -> None:
        """Wait until the service, its database and its workers are ready."""
        wait_until(lambda: _ready(self.service))
        wait_until(self._workers_are_ready)

    def _workers_are_ready(self) -> bool:
        """Start another for each that ended by itself, as whatever runs them does, and return whether all are ready.

        One whose fork server is killed while it is still warming up cannot work, says so and ends.
        """
        for which, worker in enumerate(self._workers):
            if worker.ended:
                self._gone.append(worker)
                self._workers[which] = self._new_worker()
        ready = ("worker_ready" in {line["event"] for line in list(worker.log)} for worker in self._workers)
        return all(ready)

    def log(self) -> Iterator[Any]:
        """Yield every line of every log."""
        for process in (*self._gone, self.service, *self._workers):
            yield from process.log

    def _bury(self, process: RunningProcess) -> None:
        process.kill()
        self._gone.append(process)

    def _new_api(self) -> RunningService:
        return RunningApi(self._directory / "api", DATABASE_URL=self._database.url)

    def _new_worker(self) -> RunningProcess:
        return RunningProcess(["work"], DATABASE_URL=self._database.url, SELAT_SOLVES_AT_ONCE="1")


def wait_until(holds: Callable[[], bool]) -> None:
    """Look again and again until something holds."""
    deadline = time.monotonic() + READY_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(LOOK_SECONDS)


def _ready(service: RunningService) -> bool:
    try:
        return service.call("GET", "/readyz").status == 200
    except OSError:
        return False


def _killed(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def _kill_a_solver(worker: int, chance: random.Random) -> bool:
    """Wait for a search for some seconds, and kill it."""
    deadline = time.monotonic() + SECONDS_FOR_A_SEARCH
    while not (pids := solver_processes(worker)):
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_SECONDS)
    return _killed(chance.choice(pids))
