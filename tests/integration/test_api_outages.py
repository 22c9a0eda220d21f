"""What callers see while a part is away, and that everything goes on when it is back."""

import time
from pathlib import Path

import pytest

from tests.own_postgres import OwnPostgres
from tests.processes import LOOK_SECONDS, all_gone, solver_processes
from tests.running_service import RunningApi, RunningService, a_request, ended, has_a_plan

pytestmark = pytest.mark.mostly_waits

MIB = 1 << 20


def test_without_the_database_calls_are_told_to_come_back_and_nothing_is_lost(tmp_path: Path) -> None:
    """A search that is under way does not even notice; an ordinary role is enough for all of it."""
    with (
        OwnPostgres(tmp_path / "postgres", durable=False) as database,
        RunningService(tmp_path / "service", DATABASE_URL=database.url) as service,
    ):
        plan_id = service.submit(a_request(stops=40, time_limit=8))
        service.plan_when(plan_id, has_a_plan)
        database.kill()
        for method, path in (("GET", f"/v1/plans/{plan_id}"), ("GET", "/v1/plans"), ("GET", "/readyz")):
            answer = service.call(method, path)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
        assert service.call("POST", "/v1/plans", a_request()).status == 503
        assert service.call("GET", "/livez").status == 200
        database.start()
        assert when_ready(service) < 5
        assert service.plan_when(plan_id, ended)["status"] == "succeeded"
        assert service.query("select attempt from plan")[0]["attempt"] == 1
        again = service.call("POST", "/v1/plans", a_request(time_limit=1), {"Prefer": "wait=20"})
        assert (again.status, again.json["status"]) == (200, "succeeded")
        assert service.errors() == []


def test_a_plan_that_is_erased_while_it_is_solved_frees_its_worker_at_once(tmp_path: Path) -> None:
    with RunningService(tmp_path, SELAT_SOLVES_AT_ONCE="1") as service:
        plan_id = service.submit(a_request(stops=40, time_limit=60))
        service.plan_when(plan_id, has_a_plan)
        solvers = solver_processes(service.worker_pid)
        assert service.call("DELETE", f"/v1/plans/{plan_id}").status == 204
        assert all_gone(solvers)
        following = service.call("POST", "/v1/plans", a_request(time_limit=1), {"Prefer": "wait=20"})
        assert following.json["status"] == "succeeded"
        assert service.call("GET", f"/v1/plans/{plan_id}").status == 404
        assert service.query("select count(*) from plan")[0][0] == 1


def test_a_search_that_needs_too_much_memory_fails_alone_and_says_so(tmp_path: Path) -> None:
    """The cap is thrice what the small problem needs; the matrices of the big one alone take twice the cap."""
    cap = str(24 * MIB)
    with RunningService(tmp_path, SELAT_SOLVES_AT_ONCE="2", SELAT_SOLVER_MEMORY_BYTES=cap) as service:
        small = service.submit(a_request(stops=12, time_limit=4))
        service.plan_when(small, has_a_plan)
        big = service.plan_when(service.submit(a_request(stops=2500, time_limit=20)), ended)
        assert big["status"] == "failed"
        assert big["error"]["detail"] == "the search needs more memory than it may use"
        assert service.plan_when(small, ended)["status"] == "succeeded"
        assert service.query("select attempt from plan where status = 'failed'")[0]["attempt"] == 1


def test_an_interrupted_search_goes_on_from_what_it_had_found(tmp_path: Path) -> None:
    """What the stopped worker handed back is kept, and no plan that is shown from then on is worse."""
    request = a_request(stops=300, time_limit=12)
    with RunningService(tmp_path) as service:
        plan_id = service.submit(request)
        told = "select count(*) from plan_event where kind = 'progress'"
        service.plan_when(plan_id, lambda _: service.query(told)[0][0] >= 3)
        assert service.terminate() == 0
    with RunningApi(tmp_path) as service:
        [row] = service.query("select status, attempt, lease_expires_at < now() as free from plan")
        assert (row["status"], row["attempt"], row["free"]) == ("running", 0, True)
        kept = service.plan(plan_id)["plan"]
        last_seen = service.query("select max(seq) from plan_event")[0][0]
    with RunningService(tmp_path) as service:
        done = service.plan_when(plan_id, ended)
        assert done["status"] == "succeeded"
        shown = service.query(
            "select data->>'cost' as cost from plan_event where kind = 'progress' and seq > $1", last_seen
        )
        worst = max(float(row["cost"]) for row in shown)
        assert worst <= kept["cost"]["total"] + 0.01
        assert done["plan"]["totals"]["served"] >= kept["totals"]["served"]


def when_ready(service: RunningService) -> float:
    """Return how many seconds it takes until the service says that it is ready."""
    began = time.monotonic()
    while service.call("GET", "/readyz").status != 200:
        time.sleep(LOOK_SECONDS)
    return time.monotonic() - began
