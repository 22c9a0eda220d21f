"""A worker's host that is cut off from the network in the middle of a solve loses its plan to another."""

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.hosts import Host, host, why_not
from tests.own_postgres import OwnPostgres
from tests.processes import LOOK_SECONDS, RunningProcess
from tests.running_service import RunningApi, a_request
from tests.tenants import make_key

EVERYWHERE = "0.0.0.0"  # noqa: S104  (the hosts of the test find it there)

WHY_NOT = why_not()

pytestmark = [pytest.mark.mostly_waits, pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))]


def test_a_plan_on_a_host_that_was_cut_off_is_finished_elsewhere_and_the_late_answer_is_refused(
    tmp_path: Path,
) -> None:
    with ExitStack() as stack:
        hosts = [stack.enter_context(host(number)) for number in (1, 2, 3)]
        database = stack.enter_context(OwnPostgres(tmp_path / "postgres", host=EVERYWHERE, durable=False))
        with RunningApi(tmp_path / "first", DATABASE_URL=database.url_at("127.0.0.1")) as first:
            key = make_key(first, "acme")
        api = stack.enter_context(
            RunningApi(
                tmp_path / "api",
                prefix=hosts[0].prefix,
                SELAT_HOST=hosts[0].address,
                DATABASE_URL=database.url_at(hosts[0].gateway),
            )
        )
        workers = {each: stack.enter_context(_worker(each, database)) for each in hosts[1:]}
        for worker in workers.values():
            worker.wait_for_event("worker_ready")

        accepted = api.call("POST", "/v1/plans", a_request(stops=40, time_limit=20), key)
        assert accepted.status == 202
        plan_id = accepted.json["id"]
        standing = "select status, attempt, worker, plan, finished_at from plan where id = $1"
        while (row := api.query(standing, plan_id)[0])["plan"] is None:
            time.sleep(LOOK_SECONDS)
        at_work = int(row["worker"].rpartition("/")[2])
        [(cut_off, frozen_out)] = [(on, worker) for on, worker in workers.items() if worker.pid == at_work]

        cut_off.pull_cable()
        began = time.monotonic()
        while api.query(standing, plan_id)[0]["attempt"] == row["attempt"]:
            assert time.monotonic() - began < 15
            time.sleep(LOOK_SECONDS)
        while (done := api.query(standing, plan_id)[0])["finished_at"] is None:
            assert time.monotonic() - began < 90
            time.sleep(LOOK_SECONDS)
        assert done["status"] == "succeeded"
        assert not done["worker"].endswith(f"/{at_work}")

        cut_off.plug_in()
        frozen_out.wait_for_event("answer_not_kept")
        assert api.query(standing, plan_id)[0] == done
        again = api.call("POST", "/v1/plans", a_request(time_limit=1), {**key, "Prefer": "wait=30"})
        assert (again.status, again.json["status"]) == (200, "succeeded")


def _worker(on: Host, database: OwnPostgres) -> RunningProcess:
    url = database.url_at(on.gateway)
    return RunningProcess(["work"], prefix=on.prefix, DATABASE_URL=url, SELAT_SOLVES_AT_ONCE="1")
