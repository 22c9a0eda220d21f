"""An accepted plan is finished, whatever dies: kill -9 of each process in turn, and of all at once."""

import os
import signal
import time
from pathlib import Path

from tests.processes import all_gone, descendants, solver_processes
from tests.running_service import RunningService, a_request, ended, has_a_plan

LEASE_AND_SOLVE = 60.0
"""A dead worker is noticed after its lease of some 12 s; then the plan is solved again."""


def solving(service: RunningService) -> str:
    """Return the id of a plan that a solver process is at work on."""
    service.last_event("worker_ready")
    plan_id = service.submit(a_request(stops=40, time_limit=6))
    service.plan_when(plan_id, has_a_plan)
    return plan_id


def test_killing_the_worker_costs_time_but_no_plan(tmp_path: Path) -> None:
    with RunningService(tmp_path) as service:
        plan_id = solving(service)
        solvers = solver_processes(service.worker_pid)
        assert solvers
        os.kill(service.worker_pid, signal.SIGKILL)
        done = service.plan_when(plan_id, ended, LEASE_AND_SOLVE)
        assert (done["status"], done["plan"]["totals"]["served"]) == ("succeeded", 40)
        [row] = service.query("select attempt from plan")
        assert row["attempt"] == 2
        assert all_gone(solvers), "an orphan goes on searching"


def test_killing_the_solver_process_costs_an_attempt_but_no_plan(tmp_path: Path) -> None:
    with RunningService(tmp_path) as service:
        plan_id = solving(service)
        [solver] = solver_processes(service.worker_pid)
        os.kill(solver, signal.SIGKILL)
        assert service.plan_when(plan_id, ended)["status"] == "succeeded"
        assert service.query("select attempt from plan")[0]["attempt"] == 2


def test_a_plan_whose_search_dies_every_time_fails_after_three_attempts_and_says_so(tmp_path: Path) -> None:
    with RunningService(tmp_path) as service:
        service.last_event("worker_ready")  # what it forks to warm up is no search
        plan_id = service.submit(a_request(stops=40, time_limit=30))
        killed: set[int] = set()
        while len(killed) < 3:
            for solver in set(solver_processes(service.worker_pid)) - killed:
                os.kill(solver, signal.SIGKILL)
                killed.add(solver)
        failed = service.plan_when(plan_id, ended)
        assert failed["status"] == "failed"
        assert failed["error"]["detail"] == "given up after 3 attempts: the search crashed"


def test_killing_everything_and_starting_again_finishes_the_plan(tmp_path: Path) -> None:
    service = RunningService(tmp_path)
    plan_id = solving(service)
    waiting = [service.submit(a_request(time_limit=1, name=f"waiting {i}")) for i in range(3)]
    service.kill_everything()
    with RunningService(tmp_path) as again:
        for each in (plan_id, *waiting):
            assert again.plan_when(each, ended, LEASE_AND_SOLVE)["status"] == "succeeded"


def test_killing_the_service_alone_takes_everything_it_started_along(tmp_path: Path) -> None:
    """Worker, solver, reader of long bodies and database go by themselves; the plan is finished later."""
    service = RunningService(tmp_path)
    plan_id = solving(service)
    below = descendants(service.pid)
    assert len(below) > 5
    service.kill()
    assert all_gone(below, 20)
    with RunningService(tmp_path) as again:
        assert again.plan_when(plan_id, ended, LEASE_AND_SOLVE)["status"] == "succeeded"


def test_stopping_politely_hands_the_plan_back_at_once(tmp_path: Path) -> None:
    """The next worker takes it up without waiting for a lease, and the interrupted attempt does not count."""
    service = RunningService(tmp_path)
    plan_id = solving(service)
    below = descendants(service.worker_pid)
    began = time.monotonic()
    assert service.terminate() == 0
    assert time.monotonic() - began < 8
    assert all_gone(below), "something was left behind"
    with RunningService(tmp_path) as again:
        [row] = again.query("select status, attempt from plan")
        assert row["attempt"] <= 1
        assert again.plan_when(plan_id, ended)["status"] == "succeeded"
        assert again.query("select attempt from plan")[0]["attempt"] == 1


def test_a_restarting_worker_is_no_news_to_callers(tmp_path: Path) -> None:
    with RunningService(tmp_path) as service:
        os.kill(service.worker_pid, signal.SIGKILL)
        answer = service.call("POST", "/v1/plans", a_request(time_limit=1), {"Prefer": "wait=50"})
        assert (answer.status, answer.json["status"]) == (200, "succeeded")
