"""The four measurements, each on a service of its own, as any caller would meet it."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.archipelagos import sized
from benchmarks.service.latencies import Latencies
from benchmarks.service.processor import seconds_of
from tests.processes import descendants, solver_processes
from tests.running_service import RunningApi, RunningService, a_request, has_a_plan

SEED = 1
LONG_STOPS = 1_000
LOAD_STOPS = 230
SECONDS_UNDER_LOAD = 600
CALLS_PER_SECOND = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderLoad:
    """What was seen while every core was solving.

    Attributes:
        answered: ``GET`` of one of the running plans.
        solvers: Of all processor time of the machine's cores, what the solver processes had, in percent.
        others: The same for all other processes of the service.
    """

    answered: Latencies
    solvers: float
    others: float


def accepted_to_started(plans: int) -> Latencies:
    """Return the time from before a plan is kept until its solver process is there, with nothing else to do."""
    with _service(SELAT_LOG_LEVEL="debug") as service:
        service.wait_for_event("worker_ready")
        waits = []
        for _ in range(plans):
            plan_id = service.submit(a_request(stops=6, time_limit=1))
            begun = datetime.fromisoformat(service.wait_for_event("solver_started")["timestamp"])
            [row] = service.query("select created_at from plan where id = $1", plan_id)
            waits.append((begun - row["created_at"]).total_seconds())
            service.call("POST", f"/v1/plans/{plan_id}/cancel")
            service.wait_for_event("plan_ended")
        return Latencies(waits)


def answered_under_load(seconds: float, cores: int) -> UnderLoad:
    """Let every core solve; first look at who gets the processor, then call as well."""
    with _service(SELAT_SOLVES_AT_ONCE=str(cores)) as service:
        service.wait_for_event("worker_ready")
        request = sized(LOAD_STOPS, seed=SEED) | {"options": {"time_limit_seconds": SECONDS_UNDER_LOAD}}
        plans = [service.submit(request) for _ in range(cores)]
        for plan_id in plans:
            service.plan_when(plan_id, has_a_plan, seconds=300)
        solvers, others = _shares(service, seconds, cores)
        answered = Latencies(list(_get(service, f"/v1/plans/{plans[0]}", seconds)))
    return UnderLoad(answered=answered, solvers=solvers, others=others)


def accepted(plans: int, stops: int = LONG_STOPS) -> Latencies:
    """Return how long ``POST /v1/plans`` takes for a long request: receive, parse, validate, keep, answer."""
    with tempfile.TemporaryDirectory() as folder, RunningApi(Path(folder)) as service:
        body = json.dumps(sized(stops, seed=SEED)).encode()
        return Latencies(list(_post(service, body, plans)))


@contextmanager
def _service(**settings: str) -> Iterator[RunningService]:
    with tempfile.TemporaryDirectory() as folder, RunningService(Path(folder), **settings) as service:
        yield service


def _shares(service: RunningService, seconds: float, cores: int) -> tuple[float, float]:
    everything = [service.pid, *descendants(service.pid)]
    solvers = solver_processes(service.worker_pid)
    others = [pid for pid in everything if pid not in solvers]
    before, began = (seconds_of(solvers), seconds_of(others)), time.monotonic()
    time.sleep(seconds)
    there_was = (time.monotonic() - began) * cores
    return (
        100 * (seconds_of(solvers) - before[0]) / there_was,
        100 * (seconds_of(others) - before[1]) / there_was,
    )


def _get(service: RunningService, path: str, seconds: float) -> Iterator[float]:
    """Call at a steady pace over one connection, and yield how long each answer took."""
    connection = HTTPConnection(urlsplit(service.url).netloc)
    deadline = time.monotonic() + seconds
    while (now := time.monotonic()) < deadline:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        took = time.monotonic() - now
        assert answer.status == 200
        yield took
        time.sleep(max(0.0, 1 / CALLS_PER_SECOND - took))


def _post(service: RunningService, body: bytes, times: int) -> Iterator[float]:
    connection = HTTPConnection(urlsplit(service.url).netloc)
    for attempt in range(times + 1):
        began = time.monotonic()
        connection.request("POST", "/v1/plans", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 202
        if attempt > 0:  # the first one opens connections to the database
            yield time.monotonic() - began
