"""Plans over HTTP, against a really running service with its own database and worker."""

import re
import time
from collections.abc import Iterator

import pytest
from openapi_spec_validator import validate

from tests.running_service import Json, RunningService, a_request, ended, has_a_plan

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("selat")) as running:
        running.wait_for_event("worker_ready")
        yield running


def test_a_plan_is_accepted_solved_and_good_by_the_referee(service: RunningService) -> None:
    request = a_request()
    accepted = service.call("POST", "/v1/plans", request)
    assert accepted.status == 202
    assert accepted.headers["Location"] == f"/v1/plans/{accepted.json['id']}"
    assert accepted.headers["Retry-After"] == "1"
    assert (accepted.json["status"], accepted.json["plan"]) == ("queued", None)
    done = service.plan_when(accepted.json["id"], ended)
    assert (done["status"], done["plan"]["totals"]["served"], done["plan"]["totals"]["crossings"]) == (
        "succeeded", 6, 2,
    )  # fmt: skip
    checked = service.call("POST", "/v1/checks", {"request": request, "plan": done["plan"]})
    assert (checked.status, checked.json) == (200, {"violations": []})


def test_a_spoiled_plan_is_found_out(service: RunningService) -> None:
    request = a_request(time_limit=1)
    plan = service.plan_when(service.submit(request), ended)["plan"]
    plan["routes"][0]["steps"].pop(1)
    violations = service.call("POST", "/v1/checks", {"request": request, "plan": plan}).json["violations"]
    assert violations
    assert violations[0].keys() == {"rule", "vehicle_id", "step", "expected", "actual"}


def test_a_caller_who_prefers_to_wait_gets_the_finished_plan(service: RunningService) -> None:
    answer = service.call("POST", "/v1/plans", a_request(time_limit=1), {"Prefer": "respond-async, wait=20"})
    assert answer.status == 200
    assert answer.headers["Preference-Applied"] == "wait=20"
    assert "Retry-After" not in answer.headers
    assert (answer.json["status"], answer.json["plan"]["totals"]["served"]) == ("succeeded", 6)


def test_a_plan_is_there_within_its_time_limit_plus_one_second(service: RunningService) -> None:
    for limit in (1, 3):
        began = time.monotonic()
        answer = service.call("POST", "/v1/plans", a_request(time_limit=limit), {"Prefer": "wait=20"})
        assert answer.status == 200
        assert time.monotonic() - began < limit + 1


def test_a_wait_too_short_is_answered_as_if_nobody_had_waited(service: RunningService) -> None:
    began = time.monotonic()
    answer = service.call("POST", "/v1/plans", a_request(stops=80, time_limit=5), {"Prefer": "wait=1"})
    assert 1 <= time.monotonic() - began < 3
    assert (answer.status, answer.headers["Retry-After"]) == (202, "1")
    assert service.call("POST", f"/v1/plans/{answer.json['id']}/cancel").status in (200, 202)


def test_progress_is_shown_while_the_search_runs(service: RunningService) -> None:
    plan_id = service.submit(a_request(stops=80, time_limit=20))
    running = service.plan_when(plan_id, has_a_plan)
    assert (running["status"], running["finished_at"]) == ("running", None)
    assert running["plan"]["totals"]["served"] > 0
    assert service.call("GET", f"/v1/plans/{plan_id}").headers["Retry-After"] == "1"
    service.call("POST", f"/v1/plans/{plan_id}/cancel")
    service.plan_when(plan_id, ended)


def test_cancelling_stops_the_search_and_keeps_the_best(service: RunningService) -> None:
    plan_id = service.submit(a_request(stops=80, time_limit=60))
    service.plan_when(plan_id, has_a_plan)
    began = time.monotonic()
    asked = service.call("POST", f"/v1/plans/{plan_id}/cancel")
    assert asked.status == 202
    done = service.plan_when(plan_id, ended)
    assert time.monotonic() - began < 4
    assert (done["status"], done["plan"]["solver"]["stopped_by"]) == ("cancelled", "cancelled")
    assert done["plan"]["totals"]["served"] > 0


def test_cancelling_what_has_ended_changes_nothing(service: RunningService) -> None:
    plan_id = service.submit(a_request(time_limit=1))
    done = service.plan_when(plan_id, ended)
    answer = service.call("POST", f"/v1/plans/{plan_id}/cancel")
    assert (answer.status, answer.json) == (200, done)


def test_validating_says_what_is_odd_and_keeps_nothing(service: RunningService) -> None:
    before = service.query("select count(*) from plan")
    request = a_request()
    request["stops"][0]["location"] = {"lat": -8.7207, "lon": 115.166}  # in the surf off Kuta
    answer = service.call("POST", "/v1/plans?validate_only=true", request)
    assert (answer.status, answer.json["valid"]) == (200, True)
    assert [warning["code"] for warning in answer.json["warnings"]] == ["snapped_to_land"]
    assert service.query("select count(*) from plan") == before


def test_the_warnings_of_a_request_stay_with_its_plan(service: RunningService) -> None:
    request = a_request(time_limit=1)
    request["stops"][0]["location"] = {"lat": -8.7207, "lon": 115.166}
    plan_id = service.submit(request)
    done = service.plan_when(plan_id, ended)
    assert [warning["code"] for warning in done["warnings"]] == ["snapped_to_land"]


def test_a_request_without_stops_is_solved_by_an_empty_plan(service: RunningService) -> None:
    answer = service.call("POST", "/v1/plans", a_request(stops=0, time_limit=1), {"Prefer": "wait=10"})
    assert (answer.status, answer.json["status"], answer.json["plan"]["routes"]) == (200, "succeeded", [])


def test_what_is_not_there_is_a_problem_document(service: RunningService) -> None:
    for method, path, status in (
        ("GET", "/v1/plans/01J00000000000000000000000", 404),
        ("POST", "/v1/plans/01J00000000000000000000000/cancel", 404),
        ("GET", "/v1/nothing", 404),
        ("DELETE", "/v1/checks", 405),
    ):
        answer = service.call(method, path)
        assert (answer.status, answer.json["status"]) == (status, status)
        assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert service.call("DELETE", "/v1/checks").headers["Allow"] == "POST"


def test_every_answer_has_a_request_id_and_a_sane_one_is_taken_over(service: RunningService) -> None:
    assert service.call("GET", "/livez").headers["X-Request-Id"]
    assert (
        service.call("GET", "/livez", headers={"X-Request-Id": "order-7"}).headers["X-Request-Id"]
        == "order-7"
    )
    odd = service.call("GET", "/livez", headers={"X-Request-Id": 'a"b c'}).headers["X-Request-Id"]
    assert odd != 'a"b c'


def test_the_service_is_alive_ready_and_counts(service: RunningService) -> None:
    assert service.call("GET", "/livez").status == 200
    assert service.call("GET", "/readyz").status == 200
    metrics = service.call("GET", "/metrics")
    assert metrics.status == 200
    assert b"/v1/plans/{plan_id}" in metrics.body, "requests are counted by pattern"
    assert b"01J000" not in metrics.body, "ids are never labels"


def test_the_worker_reports_to_the_metrics_of_the_service(service: RunningService) -> None:
    plan_id = service.submit(a_request(time_limit=1))
    service.plan_when(plan_id, lambda _: b'engine="search"' in service.call("GET", "/metrics").body)


def test_the_description_is_valid_openapi_and_lists_only_what_exists(service: RunningService) -> None:
    description = service.call("GET", "/openapi.json").json
    validate(description)
    for path, operations in description["paths"].items():
        for method in operations:
            answer = service.call(method.upper(), re.sub(r"\{\w+\}", "nobody", path))
            assert answer.status != 405
            assert answer.status != 404 or "{" in path


def test_answers_have_the_shapes_of_the_description(service: RunningService) -> None:
    schemas: Json = service.call("GET", "/openapi.json").json["components"]["schemas"]
    done = service.plan_when(service.submit(a_request(time_limit=1)), ended)
    assert done.keys() <= schemas["PlanResource"]["properties"].keys()
    assert done["plan"].keys() == schemas["Plan"]["properties"].keys() - {"replan"}
    problem = service.call("POST", "/v1/plans", b"{").json
    assert problem.keys() <= schemas["ProblemDocument"]["properties"].keys()
