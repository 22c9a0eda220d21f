"""A worker that is killed or frozen costs its plan some seconds, not the plan."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.own_postgres import OwnPostgres
from tests.processes import LOOK_SECONDS
from tests.running_service import RunningApi, RunningService, a_request, ended, has_a_plan

pytestmark = pytest.mark.alone


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_a_dead_worker_costs_at_most_fifteen_seconds(tmp_path: Path, blow: signal.Signals) -> None:
    """From its death to the next attempt by a worker on another machine; when it wakes, it changes nothing."""
    with OwnPostgres(tmp_path / "postgres", durable=False) as database:
        one = {"DATABASE_URL": database.url, "SELAT_SOLVES_AT_ONCE": "1"}
        with (
            RunningService(tmp_path / "first", **one) as first,
            RunningApi(tmp_path / "second", **one) as second,
        ):
            plan_id = first.submit(a_request(stops=40, time_limit=20))
            first.plan_when(plan_id, has_a_plan)
            os.kill(first.worker_pid, signal.SIGSTOP)
            with RunningService(tmp_path / "third", **one) as third:
                third.wait_for_event("worker_ready")
                os.kill(first.worker_pid, signal.SIGCONT)
                second.plan_when(plan_id, lambda plan: plan["status"] == "running")
                began = time.monotonic()
                os.kill(first.worker_pid, blow)
                attempt = second.query("select attempt from plan")[0][0]
                while second.query("select attempt from plan")[0][0] == attempt:
                    assert time.monotonic() - began < 15
                    time.sleep(LOOK_SECONDS)
                done = second.plan_when(plan_id, ended)
                if blow is signal.SIGSTOP:
                    os.kill(first.worker_pid, signal.SIGCONT)
                    first.wait_for_event("worker_ready")
                assert second.plan(plan_id) == done
                assert done["status"] == "succeeded"
