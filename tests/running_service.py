"""A really running service for tests: its processes, its database, its log, and a caller."""

import asyncio
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import urlencode, urlsplit

import asyncpg

from router.adapters.postgres.cluster import SUPERUSER
from router.adapters.postgres.database import ENTER_SCOPE, EVERY_TENANT
from router.adapters.postgres.sockets import PORT

Json = Any
COMMAND = (sys.executable, "-m", "router")
CHECKOUT = Path(__file__).parents[1]

READY_SECONDS = 180.0
"""The first start on a machine may compile the kernel."""

LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the service said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Json:
        """Return the body, parsed."""
        return json.loads(self.body)


class RunningService:
    """``router serve`` on a data directory of its own and a free port."""

    arguments: ClassVar[tuple[str, ...]] = ("serve",)
    has_worker: ClassVar[bool] = True

    def __init__(self, data_directory: Path, **settings: str) -> None:
        """Start it and wait until it answers."""
        self._data_directory = data_directory
        self._database_url = settings.get("DATABASE_URL")
        inherited = {
            k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("SELAT_")
        }
        environment = {**inherited, "SELAT_DATA_DIR": str(data_directory), "SELAT_PORT": "0", **settings}
        self._process = subprocess.Popen(
            [*COMMAND, *self.arguments],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=environment,
            cwd=CHECKOUT,
        )
        self.log: list[Json] = []
        self._news: queue.Queue[Json] = queue.Queue()
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()
        self.url = self.wait_for_event("listening")["url"]
        self.worker_pid: int = self._last("worker_started")["pid"] if self.has_worker else 0

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it the polite way, and see that it went."""
        self.terminate()

    def ask_to_stop(self) -> None:
        """Send it SIGTERM and go on."""
        self._process.terminate()

    def terminate(self, seconds: float = 30.0) -> int:
        """Stop it with SIGTERM and return its exit code."""
        self._process.terminate()
        code = self._process.wait(seconds)
        self._reader.join(seconds)
        return code

    @property
    def dsn(self) -> str:
        """Return the address of its database."""
        address = urlencode({"host": str(self._data_directory / "socket"), "port": PORT})
        return self._database_url or f"postgresql://{SUPERUSER}@/postgres?{address}"

    @property
    def pid(self) -> int:
        """Return the id of the process that answers."""
        return self._process.pid

    def kill(self) -> None:
        """Kill the process that answers, and nothing else."""
        self._process.kill()
        self._process.wait()

    def kill_everything(self) -> None:
        """Kill every process of it at once, database and solver included."""
        doomed = [self._process.pid, *descendants(self._process.pid)]
        for pid in doomed:
            with contextlib.suppress(ProcessLookupError):  # it has gone with another one
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def wait_for_event(self, name: str) -> Json:
        """Return the next line of the log that tells of an event, from before or from now on."""
        deadline = time.monotonic() + READY_SECONDS
        while True:
            line = self._news.get(timeout=max(deadline - time.monotonic(), 0.001))
            if line["event"] == name:
                return line

    def errors(self) -> list[Json]:
        """Return everything that was logged as an error."""
        return [line for line in self.log if line["level"] in ("error", "critical")]

    def call(
        self, method: str, path: str, body: bytes | Json = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Call the service; a body that is not bytes is sent as JSON."""
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        told = {"Content-Type": "application/json"} if raw is not None else {}
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=120)
        try:
            connection.request(method, path, raw, {**told, **(headers or {})})
            answer = connection.getresponse()
            return Answer(status=answer.status, headers=dict(answer.getheaders()), body=answer.read())
        finally:
            connection.close()

    def submit(self, request: Json) -> str:
        """Hand a request in and return the id of its plan."""
        answer = self.call("POST", "/v1/plans", request)
        assert answer.status == 202, answer.body
        return str(answer.json["id"])

    def plan(self, plan_id: str) -> Json:
        """Return the plan resource."""
        return self.call("GET", f"/v1/plans/{plan_id}").json

    def plan_when(self, plan_id: str, holds: Callable[[Json], bool], seconds: float = 60.0) -> Json:
        """Ask until something holds of the plan resource, and return it."""
        deadline = time.monotonic() + seconds
        while not holds(resource := self.plan(plan_id)):
            assert time.monotonic() < deadline, f"in vain: {resource['status']} {resource.get('error')}"
            time.sleep(LOOK_SECONDS)
        return resource

    def query(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """Ask the service's database, about all tenants."""

        async def fetch() -> list[asyncpg.Record]:
            connection = await asyncpg.connect(self.dsn)
            try:
                await connection.execute(ENTER_SCOPE, EVERY_TENANT)
                return list(await connection.fetch(sql, *arguments))
            finally:
                await connection.close()

        return asyncio.run(fetch())

    def _last(self, event: str) -> Json:
        deadline = time.monotonic() + READY_SECONDS
        while True:
            found = [line for line in list(self.log) if line["event"] == event]
            if found:
                return found[-1]
            assert time.monotonic() < deadline
            time.sleep(LOOK_SECONDS)

    def _read_log(self) -> None:
        assert self._process.stderr is not None
        for raw in self._process.stderr:
            try:
                line = json.loads(raw)
            except ValueError:
                line = {"event": raw.decode(errors="replace"), "level": "error"}
            self.log.append(line)
            self._news.put(line)


class RunningApi(RunningService):
    """``router serve --api``: it answers, and others solve."""

    arguments = ("serve", "--api")
    has_worker = False


def ended(resource: Json) -> bool:
    """Return whether nothing will change any more."""
    return resource["status"] in ("succeeded", "failed", "cancelled")


def has_a_plan(resource: Json) -> bool:
    """Return whether there is a best so far."""
    return resource["plan"] is not None


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have started."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found = [pid]
    for each in found:
        found.extend(children.get(each, []))
    return found[1:]


def solver_processes(worker_pid: int) -> list[int]:
    """Return the processes that a worker's fork server has forked: one for each solve under way."""
    below = descendants(worker_pid)
    servers = [pid for pid in below if b"forkserver" in _command_line(pid)]
    return [pid for pid, parent in _parents() if parent in servers and pid in below]


def all_gone(pids: Sequence[int], seconds: float = 5.0) -> bool:
    """Return whether these processes all end within so many seconds; those not buried yet have ended."""
    deadline = time.monotonic() + seconds
    while any(_lives(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_SECONDS)
    return True


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _parents() -> Iterator[tuple[int, int]]:
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            stat = (directory / "stat").read_text()
        except OSError:
            continue
        yield int(directory.name), int(stat.rpartition(")")[2].split()[1])


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def a_request(*, stops: int = 6, time_limit: int = 2, name: str = "two islands") -> Json:
    """Return a plan request over two islands, a line between them, and a van; every other stop is across."""
    day = "2026-11-25T{:02}:{:02}:00+08:00"
    places = [
        {"lat": -8.65 - i * 0.001, "lon": 115.22, "island": "bali"} if i % 2
        else {"lat": -8.73 - i * 0.001, "lon": 115.54, "island": "nusa-penida"}
        for i in range(stops)
    ]  # fmt: skip

    def line(origin: str, destination: str) -> Json:
        sailings = [{"id": f"{origin}/{hour:02}", "departs": day.format(hour, 0)} for hour in range(7, 20)]
        return {
            "id": f"{origin}-{destination}", "from_port": origin, "to_port": destination,
            "crossing_seconds": 2700, "check_in_seconds": 1200, "unload_seconds": 300,
            "fares": {"IVB": 210000}, "sailings": sailings,
        }  # fmt: skip

    return {
        "name": name,
        "depots": [{"id": "dps", "location": {"lat": -8.65, "lon": 115.22, "island": "bali"}}],
        "stops": [
            {"id": f"p-{i}", "kind": "dropoff", "location": place, "load": {"parcels": 1}, "penalty": 300000}
            for i, place in enumerate(places)
        ],
        "vehicles": [
            {
                "id": f"van-{i}", "profile": "van", "start": "dps", "end": "dps", "ferry_class": "IVB",
                "shift": {"start": day.format(6, 0), "end": day.format(22, 0)},
                "capacity": {"parcels": 60}, "costs": {"fixed": 100000, "per_km": 2500, "per_hour": 30000},
            }
            for i in range(1 + stops // 40)
        ],
        "ferries": {
            "ports": [
                {"id": "sanur", "location": {"lat": -8.683, "lon": 115.263, "island": "bali"}},
                {"id": "toyapakeh", "location": {"lat": -8.682, "lon": 115.487, "island": "nusa-penida"}},
            ],
            "lines": [line("sanur", "toyapakeh"), line("toyapakeh", "sanur")],
        },
        "options": {"time_limit_seconds": time_limit, "seed": 1},
    }  # fmt: skip
