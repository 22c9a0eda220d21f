"""A really running service for tests: its processes, its database, its log, and a caller."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

import asyncpg

from router.adapters.postgres.cluster import SUPERUSER
from router.adapters.postgres.database import ENTER_SCOPE, EVERY_TENANT
from router.adapters.postgres.sockets import PORT
from tests.processes import LOOK_SECONDS, RunningProcess

Json = Any


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


class RunningService(RunningProcess):
    """``router serve`` on a data directory of its own and a free port, without plans of its own."""

    arguments: ClassVar[tuple[str, ...]] = ("serve",)
    has_worker: ClassVar[bool] = True

    def __init__(self, data_directory: Path, prefix: Sequence[str] = (), **settings: str) -> None:
        """Start it and wait until it answers; ``prefix`` is a command that runs it."""
        ours = {"SELAT_DATA_DIR": str(data_directory), "SELAT_PORT": "0", "SELAT_HEARTBEAT_SECONDS": "0"}
        super().__init__(self.arguments, prefix, **{**ours, **settings})
        self._data_directory = data_directory
        self._database_url = settings.get("DATABASE_URL")
        self.url = self.wait_for_event("listening")["url"]
        self.worker_pid: int = self.last_event("worker_started")["pid"] if self.has_worker else 0

    @property
    def dsn(self) -> str:
        """Return the address of its database."""
        address = urlencode({"host": str(self._data_directory / "socket"), "port": PORT})
        return self._database_url or f"postgresql://{SUPERUSER}@/postgres?{address}"

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
