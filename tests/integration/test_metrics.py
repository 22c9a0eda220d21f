"""What a running service and a worker of its own tell Prometheus, read from their pages."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from router.domain.tenants import HEARTBEAT
from tests.own_postgres import OwnPostgres
from tests.processes import LOOK_SECONDS, RunningProcess
from tests.running_service import Json, RunningService, a_request, ended

ROOT = Path(__file__).parents[2]
OPENMETRICS = "application/openmetrics-text"
HEARTBEAT_SECONDS = 2.0
SUFFIXES = ("_total", "_bucket", "_count", "_sum", "_info", "_created")
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| (.*?) \|", re.MULTILINE)
STOPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of metrics: the type of each family, and every sample."""

    types: Mapping[str, str]
    samples: tuple[Sample, ...]

    def __getitem__(self, name: str) -> float:
        """Return the sum of the samples of this name; ``name{label=value}`` takes those with this label alone."""
        bare, _, label = name.rstrip("}").partition("{")
        key, _, value = label.partition("=")
        return sum(
            sample.value
            for sample in self.samples
            if sample.name == bare and (not key or sample.labels[key] == value)
        )

    def documented(self) -> dict[str, tuple[str, frozenset[str] | None]]:
        """Return type and labels by the names that people use; labels are ``None`` where nothing was counted yet."""
        labels: dict[str, frozenset[str]] = {}
        for sample in self.samples:
            family = sample.name if sample.name in self.types else re.sub("_[a-z]+$", "", sample.name)
            labels[family] = frozenset(sample.labels) - {"le"}
        suffix = {"counter": "_total", "info": "_info"}
        return {name + suffix.get(kind, ""): (kind, labels.get(name)) for name, kind in self.types.items()}


def read(url: str) -> Page:
    """Return the page at an address, as Prometheus asks for it."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("GET", parts.path, headers={"Accept": OPENMETRICS})
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith(OPENMETRICS)
        families = list(text_string_to_metric_families(answer.read().decode()))  # type: ignore[no-untyped-call]
    finally:
        connection.close()
    samples = tuple(sample for family in families for sample in family.samples)
    return Page(types={family.name: family.type for family in families}, samples=samples)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What runs, and the plan that it has made."""

    postgres: OwnPostgres
    service: RunningService
    before: Page
    after: Page
    plan_id: str
    plan: Json

    def now(self) -> Page:
        """Return the page as it is."""
        return read(f"{self.service.url}/metrics")

    def rise(self, name: str) -> float:
        """Return by how much a sample rose while the plan was made."""
        return self.after[name] - self.before[name]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A service on a database of its own that can be stopped, with a heartbeat, after one plan."""
    directory = tmp_path_factory.mktemp("house")
    settings = {"SELAT_HEARTBEAT_SECONDS": str(HEARTBEAT_SECONDS), "SELAT_SOLVES_AT_ONCE": "1"}
    with (
        OwnPostgres(directory / "postgres", durable=False) as postgres,
        RunningService(directory / "data", DATABASE_URL=postgres.url, **settings) as service,
    ):
        page = f"{service.url}/metrics"
        before = read(page)
        plan_id = service.submit(a_request(stops=STOPS, time_limit=1))
        plan = service.plan_when(plan_id, ended)["plan"]
        after = read_when(page, "selat_solver_peak_memory_bytes_count", 1)
        yield House(
            postgres=postgres, service=service, before=before, after=after, plan_id=plan_id, plan=plan
        )


def read_when(page: str, name: str, least: float) -> Page:
    """Read a page again and again until a sample is so high."""
    deadline = time.monotonic() + 60
    while (now := read(page))[name] < least:
        assert time.monotonic() < deadline, f"{name} is {now[name]}"
        time.sleep(LOOK_SECONDS)
    return now


def test_a_plan_moves_every_metric_of_plans_by_what_is_in_it(house: House) -> None:
    crossings = [step for route in house.plan["routes"] for step in route["steps"] if step["type"] == "ferry"]
    assert crossings
    risen = {
        "selat_plans_accepted_total": 1,
        "selat_accepted_plan_stops_sum": STOPS,
        "selat_queue_wait_seconds_count": 1,
        "selat_plans_finished_total{status=succeeded}": 1,
        "selat_plans_finished_total{status=failed}": 0,
        "selat_solves_total{outcome=succeeded}": 1,
        "selat_solve_duration_seconds_count": 1,
        "selat_solve_first_plan_seconds_count": 1,
        "selat_solve_iterations_total": house.plan["solver"]["iterations"],
        "selat_plan_stops_total{result=served}": STOPS,
        "selat_plan_stops_total{result=unserved}": 0,
        "selat_plan_vehicles_total{result=used}": 1,
        "selat_plan_vehicles_total{result=unused}": 0,
        "selat_ferry_crossings_total": len(crossings),
        "selat_ferry_crossings_total{line=sanur-toyapakeh}": len(crossings) / 2,
        "selat_ferry_wait_seconds_count": len(crossings),
        "selat_route_distance_meters_total": house.plan["totals"]["distance_meters"],
        "selat_check_failures_total": 0,
        "selat_http_request_duration_seconds_count{method=POST}": 1,
    }
    assert {name: house.rise(name) for name in risen} == risen


def test_a_plan_moves_what_it_needs_as_well(house: House) -> None:
    """By more than its own share: heartbeats need the same."""
    assert house.rise("selat_matrix_requests_total{provider=great_circle}") >= 1
    assert house.rise("selat_matrix_request_duration_seconds_count") >= 1
    assert house.rise("selat_database_pool_wait_seconds_count") >= 1
    assert 0.05 < house.rise("selat_solver_cpu_seconds_total") < 60
    assert house.after["selat_solver_peak_memory_bytes_sum"] > 50e6
    assert house.after["selat_queue_plans"] == house.after["selat_queue_oldest_age_seconds"] == 0
    assert house.after["selat_database_pool_connections"] >= 1
    assert house.after["selat_database_pool_limit"] == 10
    assert house.after["selat_http_requests_in_flight"] == 1


def test_exemplars_name_the_plan(house: House) -> None:
    named = {sample.name for sample in house.after.samples if sample.exemplar}
    ids = {sample.exemplar.labels["plan_id"] for sample in house.after.samples if sample.exemplar}
    assert ids == {house.plan_id}
    assert {
        "selat_http_request_duration_seconds_bucket",
        "selat_queue_wait_seconds_bucket",
        "selat_solve_duration_seconds_bucket",
        "selat_solve_first_plan_seconds_bucket",
    } <= named


def test_whoever_asks_for_nothing_special_gets_the_plain_text_without_exemplars(house: House) -> None:
    answer = house.service.call("GET", "/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert b"selat_queue_wait_seconds_bucket" in answer.body
    assert b"# {" not in answer.body


def test_heartbeats_are_counted_as_such_and_seen_nowhere_else(house: House) -> None:
    beats = read_when(f"{house.service.url}/metrics", "selat_heartbeat_plans_total{outcome=succeeded}", 1)
    assert beats["selat_heartbeat_duration_seconds_count"] >= 1
    assert time.time() - 60 < beats["selat_heartbeat_last_success_timestamp_seconds"] <= time.time()
    assert beats["selat_plans_accepted_total"] == beats["selat_plans_finished_total"] == 1
    assert beats["selat_solves_total"] == 1
    assert beats["selat_queue_plans"] == 0
    listed = house.service.call("GET", "/v1/plans").json["plans"]
    assert [plan["id"] for plan in listed] == [house.plan_id]
    left = house.service.query("select from plan where tenant = $1", HEARTBEAT)
    assert len(left) <= 1  # that of the beat that is under way


def test_the_page_on_metrics_names_what_the_pages_show_and_nothing_else(house: House) -> None:
    """A worker of its own has a page of its own, with the process itself on it."""
    described = {
        name: (kind, frozenset(re.findall(r"`(\w+)`", labels)))
        for name, kind, labels in ROW.findall((ROOT / "docs" / "metrics.md").read_text())
    }
    with RunningProcess(["work"], DATABASE_URL=house.postgres.url, SELAT_METRICS_HOST="localhost") as worker:
        worker_page = read(worker.wait_for_event("metrics_shown")["url"])
    for page in (house.now(), worker_page):
        for name, (kind, labels) in page.documented().items():
            assert name in described, f"{name} is not in docs/metrics.md"
            assert described[name][0] == kind, name
            assert labels in (None, described[name][1]), name
    assert described.keys() == house.now().documented().keys()
    assert worker_page["process_cpu_seconds_total"] > 0
    assert worker_page["selat_database_pool_limit"] == 10


def test_the_page_is_answered_at_once_while_the_database_is_away(house: House) -> None:
    """The last test of this file: it leaves the service without its database."""
    known = house.now()["selat_queue_plans"]
    house.postgres.stop()
    began = time.monotonic()
    without = house.now()
    assert time.monotonic() - began < 3
    assert without["selat_queue_plans"] == known
    assert without["selat_plans_finished_total"] == 1
    house.postgres.start()
