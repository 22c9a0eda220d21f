"""Sends a timetable, for Locust: ``SELAT_LOAD`` names the folder with ``timetable.json`` and ``bodies/``.

One user of Locust's keeps the timetable. Each call goes out at its own moment in a greenlet of its own, whether those
before it have been answered or not, and its latency counts from the moment at which it was to be sent: a service that
stalls cannot hold up the calls that would show it. Locust's own statistics, report and page get the same latencies.
Runs in an environment of its own, which has nothing of ours.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

import gevent  # type: ignore[import-untyped]
from gevent.pool import Group  # type: ignore[import-untyped]
from locust import FastHttpUser, task  # type: ignore[import-not-found]

FOLDER = Path(os.environ["SELAT_LOAD"])
CONNECTIONS = 1_000
RECENT = 20
"""Reads ask for one of so many plans that were accepted last: nobody watches older ones."""

GRACE_SECONDS = 30.0
"""How long the last answers are waited for."""


class Couriers(FastHttpUser):  # type: ignore[misc]
    """All callers together."""

    fixed_count = 1
    concurrency = CONNECTIONS
    network_timeout = GRACE_SECONDS
    connection_timeout = GRACE_SECONDS

    def on_start(self) -> None:
        """Read what is to be sent."""
        self._timetable = json.loads((FOLDER / "timetable.json").read_text())
        self._bodies = [file.read_bytes() for file in sorted((FOLDER / "bodies").glob("*.json"))]
        self._accepted: list[str] = []
        self._calls: list[dict[str, Any]] = []

    @task  # type: ignore[untyped-decorator]
    def keep_the_timetable(self) -> None:
        """Send everything, write down what came back, and end."""
        calls = Group()
        (FOLDER / "began").write_text(str(time.time()))
        began = time.perf_counter()
        for sending in self._timetable:
            gevent.sleep(max(began + sending["at"] - time.perf_counter(), 0.0))
            calls.spawn(self._send, sending, began + sending["at"])
        calls.join(timeout=GRACE_SECONDS)
        (FOLDER / "calls.json").write_text(json.dumps(self._calls))
        self.environment.runner.quit()

    def _send(self, sending: dict[str, Any], intended: float) -> None:
        sent = time.perf_counter()
        method, path, body = self._call_of(sending)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        with self.client.request(
            method, path, data=body, headers=headers, name=sending["route"], catch_response=True
        ) as answer:
            ended = time.perf_counter()
            answer.request_meta["response_time"] = 1_000 * (ended - intended)
            # An export of a plan that has no routes yet is answered 409, as described.
            if answer.status_code in (200, 202, 409):
                answer.success()
            plan_id = answer.json()["id"] if answer.status_code == 202 else None
        if plan_id is not None:
            self._accepted.append(plan_id)
        self._calls.append(
            {
                "route": sending["route"],
                "at": sending["at"],
                "late": sent - intended,
                "took": ended - intended,
                "status": answer.status_code,
                "plan_id": plan_id,
                "batch": sending["batch"],
            }
        )

    def _call_of(self, sending: dict[str, Any]) -> tuple[str, str, bytes | None]:
        method, path = sending["route"].split()
        if method == "POST":
            return method, path, self._bodies[sending["batch"]]
        if "{plan_id}" not in path:
            return method, path, None
        if not self._accepted:
            return method, "/v1/plans", None
        recent = self._accepted[-RECENT:]
        return method, path.replace("{plan_id}", recent[sending["draw"] % len(recent)]), None
