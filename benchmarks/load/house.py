"""The whole service as it is deployed: its database, an API, and a worker for each core."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.service.processor import children_of, name_of, seconds_of
from tests.processes import RunningProcess, fork_servers
from tests.running_service import RunningApi, ended

COMMON = {"SELAT_HEARTBEAT_SECONDS": "0", "SELAT_METRICS_PORT": "0"}
"""Without the plan that watches the whole, and without pages of workers that nobody scrapes here."""

PATIENCE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Shares:
    """Seconds of processor time so far, by who had them."""

    solvers: float
    workers: float
    api: float
    database: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of a plan; moments are when it was accepted, first started and ended, in seconds since 1970."""

    status: str
    accepted: float
    started: float | None
    finished: float | None


class House:
    """A running service."""

    def __init__(self, api: RunningApi, workers: Sequence[RunningProcess]) -> None:
        """Find the processes once: to look through all of the machine takes time from those that are measured."""
        self.api = api
        self._workers = [worker.pid for worker in workers]
        self._servers = [server for pid in self._workers for server in fork_servers(pid)]
        self._postmasters = [pid for pid in children_of(api.pid) if name_of(pid).startswith("postgres")]

    def shares(self) -> Shares:
        """Return who has had how much of the processor since the start."""
        solving = [pid for server in self._servers for pid in children_of(server)]
        beside = [pid for pid in children_of(self.api.pid) if pid not in self._postmasters]
        serving = [pid for postmaster in self._postmasters for pid in children_of(postmaster)]
        return Shares(
            solvers=seconds_of([*self._servers, *solving]),
            workers=seconds_of(self._workers),
            api=seconds_of([self.api.pid, *beside]),
            database=seconds_of([*self._postmasters, *serving]),
        )

    def solve(self, request: dict[str, Any]) -> float:
        """Have a request solved with nothing else to do, and return what its plan costs."""
        resource = self.api.plan_when(self.api.submit(request), ended, seconds=PATIENCE_SECONDS)
        assert resource["status"] == "succeeded", resource["error"]
        return float(resource["plan"]["cost"]["total"])

    def rows(self, plan_ids: Sequence[str]) -> dict[str, Row]:
        """Return what became of plans, by the database itself."""
        sql = "select id, status, created_at, started_at, finished_at from plan where id = any($1)"
        return {
            each["id"]: Row(
                status=each["status"],
                accepted=each["created_at"].timestamp(),
                started=_seconds(each["started_at"]),
                finished=_seconds(each["finished_at"]),
            )
            for each in self.api.query(sql, list(plan_ids))
        }


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


@contextmanager
def whole_service(workers: int) -> Iterator[House]:
    """Run it on a data directory of its own and a free port, until the end of the block."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        api = stack.enter_context(RunningApi(Path(folder), **COMMON))
        settings = {**COMMON, "DATABASE_URL": api.dsn, "SELAT_SOLVES_AT_ONCE": "1"}
        running = [stack.enter_context(RunningProcess(("work",), **settings)) for _ in range(workers)]
        for worker in running:
            worker.wait_for_event("worker_ready")
        yield House(api, running)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))
