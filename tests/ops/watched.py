"""A service in parts (a database, an API, two workers), and everything that callers and misfortune do to it."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.ops.monitoring import wait_until
from tests.own_postgres import OwnPostgres
from tests.processes import RunningProcess, solver_processes
from tests.receiving import Receiver
from tests.running_service import RunningApi, a_request, ended

HEARTBEAT_SECONDS = "10"
"""More often than it need be, so that it is seen soon."""

NOBODY = "http://127.0.0.1:9"
"""An address where no road engine listens."""


LONG_STOPS = 60
"""Enough for a search to take all of its time: longer than from one scrape to the next."""


class Watched:
    """The service; use it as ``with``."""

    def __init__(self, folder: Path) -> None:
        """Start nothing yet; its files go into a folder."""
        self._folder = folder
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Start everything, and return when the workers are ready."""
        with self._stack:
            self.database = self._stack.enter_context(OwnPostgres(self._folder / "postgres", durable=False))
            self.receiver = self._stack.enter_context(Receiver().listening())
            self.alertmanager = self._stack.enter_context(Receiver(200).listening())
            self._settings = {
                "DATABASE_URL": self.database.url,
                "SELAT_HEARTBEAT_SECONDS": HEARTBEAT_SECONDS,
                "SELAT_OSRM_URL": f'{{"*": "{NOBODY}"}}',
                "SELAT_ROAD_ATTEMPTS": "1",
                "SELAT_WEBHOOK_HTTP": "true",
                "SELAT_WEBHOOK_PRIVATE_ADDRESSES": "true",
            }
            self.api = self._stack.enter_context(RunningApi(self._folder / "api", **self._settings))
            self.workers = [self._worker() for _ in range(2)]
            self.pages = [worker.wait_for_event("metrics_shown")["url"] for worker in self.workers]
            for worker in self.workers:
                worker.last_event("worker_ready")
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what still runs, the database last."""
        self._stack.close()

    def kill_workers(self) -> None:
        """Kill both, with their searches, all at once."""
        for worker in self.workers:
            worker.kill_everything()

    def serve_callers(self) -> None:
        """Do everything once that callers do when all is well."""
        plan_id = self._finished(webhook={"url": self.receiver.url})
        self.receiver.calls.get(timeout=60)
        self._finished(stops=[*a_request()["stops"], _stop_for_a_crane()])
        for path in ("", "?page_size=1", f"/{plan_id}", f"/{plan_id}/stops.csv"):
            assert self.api.call("GET", f"/v1/plans{path}").status == 200
        assert self.api.call("GET", "/v1/plans/none").status == 404
        answer = self.api.plan(plan_id)["plan"]
        assert self.api.call("POST", "/v1/checks", {"request": a_request(), "plan": answer}).status == 200
        cancelled = self.api.submit(a_request(stops=LONG_STOPS, time_limit=30))
        assert self.api.call("POST", f"/v1/plans/{cancelled}/cancel").status < 300
        self.api.plan_when(cancelled, ended)
        assert self.api.call("DELETE", f"/v1/plans/{cancelled}").status < 300

    def suffer(self) -> None:
        """Let happen once what should not: no road engine, a search that is killed, no database."""
        for _ in range(2):
            failed = self.api.submit({**a_request(time_limit=1), "travel": {"provider": "osrm"}})
            assert self.api.plan_when(failed, ended)["status"] == "failed"
        long = self.api.submit(a_request(stops=LONG_STOPS, time_limit=20))
        wait_until(self._kill_a_search, "there is a search to be killed")
        assert self.api.plan_when(long, ended, seconds=90)["status"] == "succeeded"
        self.database.kill()
        assert self.api.call("GET", f"/v1/plans/{long}").status == 503
        self.database.start()
        wait_until(lambda: self.api.call("GET", "/readyz").status == 200, "the database is back")

    def _finished(self, **change: Any) -> str:
        plan_id = self.api.submit({**a_request(time_limit=1), **change})
        assert self.api.plan_when(plan_id, ended)["status"] == "succeeded"
        return plan_id

    def _kill_a_search(self) -> bool:
        pids = [pid for worker in self.workers for pid in solver_processes(worker.pid)]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return bool(pids)

    def _worker(self) -> RunningProcess:
        # 0 would mean none; the port of the first is taken when the second comes, which then takes a free one
        worker = RunningProcess(["work"], SELAT_SOLVES_AT_ONCE="1", **self._settings)
        self._stack.callback(lambda: None if worker.ended else worker.terminate())
        return worker


def _stop_for_a_crane() -> dict[str, Any]:
    """Return a stop that no vehicle can serve."""
    return {**a_request()["stops"][0], "id": "crane", "requires": ["crane"]}
