"""What a plan looks like when it is answered."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.domain.changes import Change, ChangeReason, ReplanReport, Stranded
from router.domain.ids import StopId, VehicleId
from router.domain.plan import Plan, PlanCost
from router.domain.records import PlanPage, PlanRecord, PlanStatus, PlanSummary
from router.domain.units import Money
from router.domain.violations import Violation
from router.wire import shapes
from router.wire.faults import RequestWarning
from router.wire.money import cents_that_add_up
from router.wire.replan_report import replan_report
from router.wire.resource import (
    plan_list_bytes,
    plan_resource_bytes,
    validation_bytes,
    violations_bytes,
    warnings_bytes,
)
from router.wire.response import plan_bytes
from tests.builders import at
from tests.unit.checking.example import good_plan, two_islands

CREATED = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def _answered(plan: Plan) -> Any:
    return orjson.loads(plan_bytes(plan, two_islands()))


def test_times_are_those_of_the_place() -> None:
    """From Ketapang (WIB) to Gilimanuk (WITA): it casts off by the one clock and docks by the other."""
    start, ferry, stop, *_, end = _answered(good_plan())["routes"][0]["steps"]
    assert start["departs_at"] == "2026-11-25T06:30:00+07:00"
    assert ferry["arrives_at"] == "2026-11-25T06:40:00+07:00"
    assert ferry["check_in_by"] == "2026-11-25T06:40:00+07:00"
    assert ferry["departs_at"] == "2026-11-25T07:00:00+07:00"
    assert ferry["docks_at"] == "2026-11-25T08:45:00+08:00"
    assert ferry["rolls_off_at"] == "2026-11-25T08:50:00+08:00"
    assert stop["starts_at"] == "2026-11-25T09:30:00+08:00"
    assert end["arrives_at"] == "2026-11-25T12:00:00+07:00"


def test_loads_are_told_by_dimension() -> None:
    steps = _answered(good_plan())["routes"][0]["steps"]
    assert steps[0]["load"] == {"parcels": 5, "grams": 1500}
    assert steps[2]["load"] == {"parcels": 3, "grams": 1000}


def test_an_answer_has_every_field_of_its_shape_in_order() -> None:
    """``cash`` is missing where there is none, ``replan`` where the plan changes no other."""
    answered = _answered(good_plan())
    assert list(answered) == [name for name in shapes.Plan.model_fields if name != "replan"]
    assert list(answered["cost"]) == list(shapes.PlanCost.model_fields)
    assert list(answered["totals"]) == list(shapes.PlanTotals.model_fields)
    assert list(answered["solver"]) == list(shapes.SolverReport.model_fields)
    assert list(answered["routes"][0]) == list(shapes.Route.model_fields)
    assert list(answered["unserved"][0]) == list(shapes.Unserved.model_fields)
    step_shapes: dict[str, Any] = {
        "start": shapes.StartStep, "stop": shapes.StopStep, "ferry": shapes.FerryStep, "end": shapes.EndStep,
    }  # fmt: skip
    for route in answered["routes"]:
        for step in route["steps"]:
            assert list(step) == [n for n in step_shapes[step["type"]].model_fields if n != "cash"]


def test_a_replan_tells_how_it_differs_and_is_read_back() -> None:
    change = Change(
        stop_id=StopId("p-1"),
        from_vehicle=VehicleId("van-1"),
        to_vehicle=None,
        reason=ChangeReason.SAILING_CANCELLED,
        detail="sailing over 07:00 is cancelled",
    )
    left = Stranded(vehicle_id=VehicleId("van-1"), place="ketapang", since=at("10:00"), detail="no boat")
    report = ReplanReport(
        of="01J", at=at("09:00"), change_cost=Money(12.5), moved=1, changes=(change,), stranded=(left,)
    )
    answered = _answered(replace(good_plan(), replan=report))
    assert list(answered["replan"]) == list(shapes.ReplanReport.model_fields)
    assert list(answered["replan"]["changes"][0]) == list(shapes.Change.model_fields)
    assert answered["replan"]["stranded"][0]["since"] == "2026-11-25T09:00:00+07:00"
    assert replan_report(shapes.ReplanReport.model_validate(answered["replan"])) == report


def test_an_answer_fits_its_schema() -> None:
    record = PlanRecord(
        id="01J",
        name="x",
        status=PlanStatus.SUCCEEDED,
        created_at=CREATED,
        plan=plan_bytes(good_plan(), two_islands()),
    )
    shapes.PlanResource.model_validate(orjson.loads(plan_resource_bytes(record)))


def test_a_plan_from_elsewhere_has_no_solver_report() -> None:
    assert _answered(replace(good_plan(), solver=None))["solver"] is None


@pytest.mark.parametrize("extra", [0.0, 0.004, 0.005, 1 / 3])
def test_the_total_is_the_sum_of_the_parts_and_of_the_routes(extra: float) -> None:
    plan = good_plan()
    routes = tuple(replace(route, cost=Money(route.cost + extra)) for route in plan.routes)
    cost = replace(plan.cost, distance=Money(plan.cost.distance + extra), time=Money(plan.cost.time + extra))
    answered = _answered(replace(plan, routes=routes, cost=cost))
    total = answered["cost"].pop("total")
    assert round(sum(answered["cost"].values()), 2) == total
    by_route = sum(route["cost"] for route in answered["routes"]) + answered["cost"]["unserved"]
    assert round(by_route, 2) == total


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=20))
def test_rounding_keeps_the_sum_and_moves_nothing_by_a_cent(amounts: list[float]) -> None:
    total = sum(amounts)
    rounded = cents_that_add_up(amounts, total)
    assert round(sum(rounded), 2) == round(total, 2) == pytest.approx(sum(rounded), abs=1e-5)
    assert all(abs(a - b) < 0.0100001 for a, b in zip(amounts, rounded, strict=True))


def test_amounts_that_do_not_add_up_are_not_made_to() -> None:
    assert cents_that_add_up([1.004, 2.006], 99.0) == [1.0, 2.01]


def test_a_resource_tells_its_moments_in_utc_and_its_error_only_where_there_is_one() -> None:
    record = PlanRecord(
        id="01J", name="x", status=PlanStatus.FAILED, created_at=CREATED, error="out of memory"
    )
    told = orjson.loads(plan_resource_bytes(record))
    assert told["created_at"] == "2026-11-25T06:00:00+00:00"
    assert (told["started_at"], told["plan"], told["warnings"]) == (None, None, [])
    assert told["error"] == {"title": "The plan failed", "detail": "out of memory"}
    assert "error" not in orjson.loads(plan_resource_bytes(replace(record, error=None)))


def test_a_list_shows_how_far_its_plans_are_and_where_it_goes_on() -> None:
    summary = PlanSummary(
        id="01J", name="x", status=PlanStatus.RUNNING, created_at=CREATED, started_at=CREATED
    )
    told = orjson.loads(plan_list_bytes(PlanPage(plans=(summary,), next_token="more")))  # noqa: S106
    assert (told["plans"][0]["status"], told["next_page_token"]) == ("running", "more")
    shapes.PlanList.model_validate(told)
    assert orjson.loads(plan_list_bytes(PlanPage(plans=(), next_token=None))) == {
        "plans": [],
        "next_page_token": None,
    }


def test_small_answers_fit_their_schemas() -> None:
    warnings = [RequestWarning(pointer="/stops/0/location", code="snapped_to_land", detail="30 m")]
    violation = Violation(rule="shift", vehicle_id=None, step=None, expected="x", actual="y")
    shapes.Validation.model_validate(orjson.loads(validation_bytes(warnings)))
    shapes.CheckResponse.model_validate(orjson.loads(violations_bytes([violation])))
    assert orjson.loads(warnings_bytes(warnings))[0]["pointer"] == "/stops/0/location"


def test_a_cost_of_nothing_is_nothing() -> None:
    plan = replace(good_plan(), cost=PlanCost(), routes=())
    assert _answered(plan)["cost"]["total"] == 0.0
