"""A day that has begun is planned anew through the service; what is wrong with a replan is told all at once."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running_service import Json, RunningService, a_request, ended

NOON = "2026-11-25T12:00:00+08:00"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("selat")) as running:
        running.wait_for_event("worker_ready")
        yield running


@pytest.fixture(scope="module")
def old(service: RunningService) -> Json:
    """Return a plan of a van that crosses to another island and back."""
    plan_id = service.submit(a_request(stops=12, time_limit=2))
    resource = service.plan_when(plan_id, ended)
    assert resource["status"] == "succeeded"
    return resource


def _replanned(service: RunningService, plan_id: str, changes: Json) -> Json:
    answer = service.call("POST", f"/v1/plans/{plan_id}/replans", changes, headers={"Prefer": "wait=30"})
    assert answer.status == 200, answer.body
    assert answer.json["status"] == "succeeded", answer.json
    return answer.json


def _steps(resource: Json) -> list[Json]:
    return [step for route in resource["plan"]["routes"] for step in route["steps"]]


def _crossing(resource: Json, number: int = 0) -> Json:
    return [step for step in _steps(resource) if step["type"] == "ferry"][number]


def _begins(step: Json) -> str:
    return str(
        step.get("starts_at") if step["type"] == "stop" else step.get("departs_at", step.get("arrives_at"))
    )


def test_a_replan_is_a_plan_of_its_own_that_names_the_old_one(service: RunningService, old: Json) -> None:
    back = _crossing(old, 1)
    changes = {"at": _crossing(old)["docks_at"], "cancel_sailings": [back["sailing_id"]]}
    new = _replanned(service, old["id"], changes)
    assert new["id"] != old["id"]
    assert new["plan"]["replan"]["of"] == old["id"]
    assert service.plan(old["id"]) == old
    taken = {step["sailing_id"] for step in _steps(new) if step["type"] == "ferry"}
    assert back["sailing_id"] not in taken
    assert new["plan"]["replan"]["stranded"] == []


def test_what_began_before_is_as_it_was(service: RunningService, old: Json) -> None:
    at = _crossing(old)["docks_at"]
    new = _replanned(service, old["id"], {"at": at, "cancel_sailings": [_crossing(old, 1)["sailing_id"]]})
    past = [step for step in _steps(old) if _begins(step) < at]
    assert len(past) > 1
    assert [step for step in _steps(new) if _begins(step) < at] == past


def test_a_van_that_no_boat_brings_home_is_named(service: RunningService, old: Json) -> None:
    at = _crossing(old)["docks_at"]
    line = _crossing(old, 1)["line_id"]
    closed = [{"line_id": line, "start": at, "end": "2026-11-26T12:00:00+08:00"}]
    new = _replanned(service, old["id"], {"at": at, "cancel_lines": closed})
    (stranded,) = new["plan"]["replan"]["stranded"]
    assert stranded["vehicle_id"] == "van-0"
    assert _steps(new)[-1] == {**_steps(new)[-1], "type": "end", "place": stranded["place"]}
    reasons = {r["code"] for entry in new["plan"]["unserved"] for r in entry["reasons"]}
    assert all(entry["reasons"] for entry in new["plan"]["unserved"]), reasons


def test_replans_follow_each_other(service: RunningService, old: Json) -> None:
    """What a first replan has cancelled stays cancelled in the second, and its stops stay away."""
    at, back = _crossing(old)["docks_at"], _crossing(old, 1)
    last = _steps(old)[-2]
    first = _replanned(service, old["id"], {"at": at, "cancel_sailings": [back["sailing_id"]]})
    again = _crossing(first, 1)["sailing_id"]
    second = _replanned(service, first["id"], {"at": at, "cancel_sailings": [again]})
    taken = {step["sailing_id"] for step in _steps(second) if step["type"] == "ferry"}
    assert taken.isdisjoint({back["sailing_id"], again}), last


def test_stops_come_and_go(service: RunningService, old: Json) -> None:
    new_stop = {
        "id": "extra",
        "kind": "pickup",
        "location": {"lat": -8.66, "lon": 115.22, "island": "bali"},
        "load": {"parcels": 1},
    }
    served = [step["stop_id"] for step in _steps(old) if step["type"] == "stop"]
    changes = {"at": "2026-11-25T05:00:00+08:00", "add_stops": [new_stop], "remove_stops": served[:1]}
    new = _replanned(service, old["id"], changes)
    told = {change["stop_id"]: change["reason"] for change in new["plan"]["replan"]["changes"]}
    assert told == {"extra": "STOP_ADDED", served[0]: "STOP_REMOVED"}
    now = [step["stop_id"] for step in _steps(new) if step["type"] == "stop"]
    assert sorted(now) == sorted([*served[1:], "extra"])


def test_all_faults_are_told_at_once(service: RunningService, old: Json) -> None:
    served = [step["stop_id"] for step in _steps(old) if step["type"] == "stop"]
    changes: dict[str, Any] = {
        "at": "2026-11-25T21:59:00+08:00",
        "cancel_sailings": ["nobody", _crossing(old)["sailing_id"]],
        "cancel_lines": [{"line_id": "nowhere", "start": NOON, "end": "2026-11-25T10:00:00+08:00"}],
        "delay_sailings": [{"sailing_id": "nobody", "departs": NOON}],
        "add_stops": [{"id": served[0], "location": {"lat": 91.0, "lon": 115.0}, "penalties": 1}],
        "remove_stops": ["p-99", served[0]],
        "drop_vehicles": ["van-99"],
        "options": {"time_limit_seconds": 0},
    }
    answer = service.call("POST", f"/v1/plans/{old['id']}/replans", changes)
    assert answer.status == 422
    assert {(fault["pointer"], fault["code"]) for fault in answer.json["errors"]} == {
        ("/cancel_sailings/0", "unknown_sailing"),
        ("/cancel_sailings/1", "sailing_departed"),
        ("/cancel_lines/0/line_id", "unknown_line"),
        ("/cancel_lines/0", "window_ends_before_start"),
        ("/delay_sailings/0/sailing_id", "unknown_sailing"),
        ("/delay_sailings/0/sailing_id", "said_twice"),
        ("/delay_sailings/0/departs", "sailing_departed"),
        ("/add_stops/0/id", "duplicate_id"),
        ("/add_stops/0/location/lat", "out_of_range"),
        ("/add_stops/0/penalties", "unknown_field"),
        ("/remove_stops/0", "unknown_stop"),
        ("/remove_stops/1", "stop_done"),
        ("/drop_vehicles/0", "unknown_vehicle"),
        ("/options/time_limit_seconds", "out_of_range"),
    }


@pytest.mark.parametrize("at", ["2026-11-27T10:00:00+08:00"])
def test_the_instant_lies_in_the_day(service: RunningService, old: Json, at: str) -> None:
    answer = service.call("POST", f"/v1/plans/{old['id']}/replans", {"at": at})
    assert [(fault["pointer"], fault["code"]) for fault in answer.json["errors"]] == [
        ("/at", "at_outside_plan")
    ]


def test_a_plan_that_has_not_ended_cannot_be_changed(service: RunningService) -> None:
    plan_id = service.submit(a_request(stops=60, time_limit=20))
    answer = service.call("POST", f"/v1/plans/{plan_id}/replans", {"at": NOON})
    assert answer.status == 409
    assert answer.json["type"] == "urn:problem-type:selat:plan-conflict"
    service.call("POST", f"/v1/plans/{plan_id}/cancel")


def test_there_is_no_replan_of_no_plan(service: RunningService) -> None:
    assert service.call("POST", "/v1/plans/nobody/replans", {"at": NOON}).status == 404


def test_the_same_replan_under_the_same_key_is_kept_once(service: RunningService, old: Json) -> None:
    path, headers = f"/v1/plans/{old['id']}/replans", {"Idempotency-Key": "storm"}
    changes = {"at": "2026-11-25T05:00:00+08:00"}
    first, second = (service.call("POST", path, changes, headers=headers) for _ in range(2))
    assert first.json["id"] == second.json["id"]
    assert second.headers["Idempotent-Replayed"] == "true"
