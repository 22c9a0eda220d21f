"""Protocol Buffers both ways on the plan and check calls: the same answers, in another form."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from router.wire.pb.selat.v1.plan_pb2 import CheckRequest, CheckResponse, PlanList, PlanResource
from router.wire.pb.selat.v1.plan_request_pb2 import PlanRequest
from router.wire.protobuf import fill, to_document
from tests.running_service import Answer, Json, RunningService, a_request, ended

MESSAGE = "application/x-protobuf"
SENT = {"Content-Type": MESSAGE}
WANTED = {"Accept": MESSAGE}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("selat")) as running:
        running.wait_for_event("worker_ready")
        yield running
        assert running.errors() == []


def packed(message: Any, document: Json) -> bytes:
    fill(message, document)
    return bytes(message.SerializeToString())


def read(message: Any, answer: Answer) -> Json:
    assert answer.headers["Content-Type"] == MESSAGE
    message.ParseFromString(answer.body)
    return to_document(message)


def test_a_plan_is_handed_in_and_answered_as_a_message(service: RunningService) -> None:
    body = packed(PlanRequest(), a_request(time_limit=1))
    answer = service.call("POST", "/v1/plans", body, {**SENT, **WANTED, "Prefer": "wait=20"})
    assert answer.status == 200
    told = read(PlanResource(), answer)
    same = service.plan(told["id"])
    assert (told["status"], told["plan"]["totals"]["served"]) == ("succeeded", 6)
    assert told["plan"]["routes"][0]["steps"] == same["plan"]["routes"][0]["steps"]


def test_each_direction_is_asked_for_by_itself(service: RunningService) -> None:
    request = a_request(time_limit=1)
    in_json = service.call("POST", "/v1/plans", packed(PlanRequest(), request), SENT)
    assert (in_json.status, in_json.headers["Content-Type"]) == (202, "application/json")
    as_message = service.call("POST", "/v1/plans", request, WANTED)
    assert read(PlanResource(), as_message)["status"] == "queued"
    for plan_id in (in_json.json["id"], read(PlanResource(), as_message)["id"]):
        service.plan_when(plan_id, ended)
        cancelled = service.call("POST", f"/v1/plans/{plan_id}/cancel", headers=WANTED)
        assert read(PlanResource(), cancelled)["status"] == "succeeded"
    listed = read(PlanList(), service.call("GET", "/v1/plans?page_size=1", headers=WANTED))
    assert [plan["status"] for plan in listed["plans"]] == ["succeeded"]


def test_a_tag_of_one_form_is_not_that_of_the_other(service: RunningService) -> None:
    plan_id = service.submit(a_request(time_limit=1))
    service.plan_when(plan_id, ended)
    tag = service.call("GET", f"/v1/plans/{plan_id}").headers["ETag"]
    answer = service.call("GET", f"/v1/plans/{plan_id}", headers={**WANTED, "If-None-Match": tag})
    assert answer.status == 200


def test_a_check_goes_both_ways_as_a_message(service: RunningService) -> None:
    request = a_request(time_limit=1)
    plan = service.plan_when(service.submit(request), ended)["plan"]
    good = packed(CheckRequest(), {"request": request, "plan": plan})
    assert read(CheckResponse(), service.call("POST", "/v1/checks", good, {**SENT, **WANTED})) == {}
    plan["routes"][0]["steps"].pop(1)
    spoilt = packed(CheckRequest(), {"request": request, "plan": plan})
    answer = service.call("POST", "/v1/checks", spoilt, {**SENT, **WANTED})
    rules = {violation["rule"] for violation in read(CheckResponse(), answer)["violations"]}
    in_json = service.call("POST", "/v1/checks", {"request": request, "plan": plan}).json
    assert rules == {violation["rule"] for violation in in_json["violations"]}


def test_faults_of_a_message_are_told_in_json_with_the_pointers_of_the_json_form(
    service: RunningService,
) -> None:
    message = PlanRequest()
    fill(message, a_request())
    message.stops[2].service_seconds = -5
    message.stops[3].location.lat = float("nan")
    answer = service.call("POST", "/v1/plans", message.SerializeToString(), {**SENT, **WANTED})
    assert (answer.status, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert [(fault["pointer"], fault["code"]) for fault in answer.json["errors"]] == [
        ("/stops/2/service_seconds", "out_of_range"),
        ("/stops/3/location/lat", "not_finite"),
    ]


def test_bytes_that_are_no_message_are_unreadable(service: RunningService) -> None:
    for path in ("/v1/plans", "/v1/checks"):
        answer = service.call("POST", path, b"\xff\xff\xff", SENT)
        assert (answer.status, answer.json["errors"][0]["code"]) == (400, "unreadable")


def test_a_long_message_is_read_beside_the_event_loop(service: RunningService) -> None:
    request = a_request(stops=6)
    request["stops"] = [{**request["stops"][i % 6], "id": f"p-{i}"} for i in range(4_000)]
    body = packed(PlanRequest(), request)
    assert len(body) > 256 * 1024
    answer = service.call("POST", "/v1/plans?validate_only=true", body, SENT)
    assert (answer.status, json.loads(answer.body)["valid"]) == (200, True)
