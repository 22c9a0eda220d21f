"""Plans of any program, as the referee gets to see them."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from router.domain.plan import FerryStep, Plan, StopStep
from router.errors import InvalidRequest
from router.wire.checks import read_check_request, read_plan
from router.wire.plans import GivenPlan, to_plan
from router.wire.response import plan_bytes
from tests.mutations import mutations
from tests.unit.checking.example import good_plan, two_islands
from tests.unit.wire.requests import body, ferry_request

BROKEN = mutations(two_islands(), good_plan())


def _document(plan: Plan | None = None) -> Any:
    return orjson.loads(plan_bytes(plan or good_plan(), two_islands()))


def _given(document: Any) -> GivenPlan:
    return to_plan(read_plan(body(document)), two_islands())


def _refused(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        _given(document)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def test_a_plan_survives_the_round_trip() -> None:
    given = _given(_document())
    assert given.plan == good_plan()
    assert given.contradictions == ()


@pytest.mark.parametrize(("rule", "plan"), BROKEN, ids=[rule for rule, _ in BROKEN])
def test_a_broken_plan_survives_it_as_broken_as_it_was(rule: str, plan: Plan) -> None:
    """The wire mends nothing: what the referee would find, it still finds."""
    assert _given(_document(plan)).plan == plan


def test_a_whole_resource_is_taken_by_its_plan() -> None:
    assert _given({"id": "01J", "status": "succeeded", "plan": _document()}).plan == good_plan()


def test_what_does_not_exist_keeps_its_name() -> None:
    document = _document()
    route = document["routes"][0]
    route["vehicle_id"] = "ghost"
    route["steps"][0]["place"] = "nowhere"
    route["steps"][1] |= {"sailing_id": "never", "line_id": "none", "from_port": "styx"}
    route["steps"][2] |= {"stop_id": "p-999", "place": "p-999"}
    plan = _given(document).plan
    ferry, stop = plan.routes[0].steps[1:3]
    assert plan.routes[0].vehicle_id == "ghost"
    assert isinstance(ferry, FerryStep)
    assert isinstance(stop, StopStep)
    assert (ferry.sailing_id, ferry.line_id, ferry.from_port, stop.stop_id) == (
        "never",
        "none",
        "styx",
        "p-999",
    )


def test_what_follows_from_the_rest_may_be_left_out() -> None:
    """Loads from the stops, ferries from the timetable, sums from the steps, penalties from the request."""
    document = _document()
    for name in ("cost", "totals", "solver"):
        del document[name]
    for route in document["routes"]:
        for name in ("cost", "distance_meters", "duration_seconds"):
            del route[name]
        for step in route["steps"]:
            step.pop("load", None)
            if step["type"] == "stop":
                del step["place"]
            if step["type"] == "ferry":
                for name in ("line_id", "from_port", "to_port", "fare"):
                    del step[name]
                for name in ("check_in_by", "departs_at", "docks_at", "rolls_off_at"):
                    del step[name]
    for entry in document["unserved"]:
        del entry["penalty"]
    assert _given(document).plan == replace(good_plan(), solver=None)


def test_an_unknown_sailing_must_tell_its_own_times() -> None:
    document = _document()
    step = document["routes"][0]["steps"][1]
    step["sailing_id"] = "never"
    del step["docks_at"]
    assert _refused(document) == [("/plan/routes/0/steps/1/docks_at", "missing_field")]


def test_a_penalty_of_null_says_that_the_stop_is_required() -> None:
    document = _document()
    document["unserved"][0]["penalty"] = None
    assert _given(document).plan.unserved[0].penalty is None


def test_what_is_said_twice_in_two_ways_is_a_finding() -> None:
    document = _document()
    document["cost"]["total"] += 5
    document["routes"][1]["steps"][1]["place"] = "p-1"
    found = [(v.rule, v.vehicle_id, v.step) for v in _given(document).contradictions]
    assert found == [("costs", None, None), ("route_shape", "van-2", 1)]


def test_loads_use_the_dimensions_of_the_request() -> None:
    document = _document()
    document["routes"][0]["steps"][0]["load"] = {"boxes": 3}
    assert _refused(document) == [("/plan/routes/0/steps/0/load/boxes", "unknown_dimension")]


def test_faults_of_request_and_plan_come_together() -> None:
    """Pointers lead through the unions of steps as the JSON does, without names of pydantic's own."""
    plan = _document()
    del plan["routes"][0]["steps"][2]["arrives_at"]
    plan["routes"][0]["steps"][3] = {"type": "swim"}
    plan["routes"][0]["steps"][4] = {"place": "dps"}
    plan["unserved"][0]["reasons"][0]["code"] = "BAD_MOOD"
    request = ferry_request() | {"currency": "Rp"}
    with pytest.raises(InvalidRequest) as refused:
        read_check_request(body({"request": request, "plan": plan, "note": 1}))
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/note", "unknown_field"),
        ("/request/currency", "bad_currency"),
        ("/plan/routes/0/steps/2/arrives_at", "missing_field"),
        ("/plan/routes/0/steps/3/type", "unknown_value"),
        ("/plan/routes/0/steps/4/type", "missing_field"),
        ("/plan/unserved/0/reasons/0/code", "unknown_value"),
    ]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, [("/request", "missing_field"), ("/plan", "missing_field")]),
        ({"request": [], "plan": 5}, [("/request", "wrong_type"), ("/plan", "wrong_type")]),
    ],
)
def test_a_check_has_a_request_and_a_plan(document: Any, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_check_request(body(document))
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == expected
