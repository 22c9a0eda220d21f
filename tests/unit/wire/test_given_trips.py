"""Plans of two trips, with breaks, cash and a shipment, as they go out and come in."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from router.domain.fleet import Break, VehicleLimits
from router.domain.ids import BreakId, DepotId, LineId, PortId, SailingId, ShipmentId, StopId, VehicleId
from router.domain.plan import (
    BreakStep,
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    ReloadStep,
    Route,
    StartStep,
    Step,
    StopStep,
)
from router.domain.problem import Problem, Shipment
from router.domain.units import Meters, Money, Seconds
from router.wire import shapes
from router.wire.checks import read_plan
from router.wire.plans import to_plan
from router.wire.response import plan_bytes
from tests.builders import WIB, at, between, depot, dropoff, line, pickup, port, problem, van

DRIVE, ROAD = Seconds(600), Meters(10_000)
SHIPMENT = ShipmentId("s-1")


def _two_trips() -> Problem:
    """Java and Bali: one van, two trips; the depot loads from nine on."""
    ends = (pickup("s-1/pickup", load=(4,)), dropoff("s-1/dropoff", load=(4,)))
    cash = Money(150_000.5)
    without_shipment = problem(
        depots=[depot(windows=[between("05:00", "07:00"), between("09:00", "22:00")])],
        stops=[
            replace(dropoff("a", load=(1,), service=300), cash=cash),
            pickup("b", load=(2,)),
            replace(dropoff("c", load=(3,), service=300), cash=cash),
            dropoff("far", island="java", zone=WIB),
            *(replace(end, shipment=SHIPMENT) for end in ends),
        ],
        vehicles=[
            replace(
                van(fixed=100, per_hour=60),
                limits=VehicleLimits(cash=Money(200_000)),
                max_trips=2,
                reload=Seconds(900),
                breaks=(
                    Break(id=BreakId("tea"), window=between("08:00", "08:40"), duration=Seconds(600)),
                    Break(id=BreakId("lunch"), window=between("11:00", "13:00"), duration=Seconds(1800)),
                ),
            )
        ],
        ports=[port("gilimanuk", island="bali"), port("ketapang", island="java", zone=WIB)],
        lines=[line("west", "gilimanuk", "ketapang", ["12:00"])],
        dimensions=["boxes"],
    )
    pair = Shipment(id=SHIPMENT, pickup=StopId("s-1/pickup"), dropoff=StopId("s-1/dropoff"))
    return replace(without_shipment, shipments=(pair,))


def _steps() -> Iterator[Step]:
    """Yield a day that nobody would plan: it is about the steps, and not about the referee."""
    yield StartStep(place=DepotId("dps"), departs_at=at("07:00"), load=(1,))
    yield _stop("a", "07:10", "07:15", 0, 150_000.5)
    yield _stop("b", "07:25", "07:25", 2, 150_000.5)
    yield _stop("s-1/pickup", "07:35", "07:35", 6, 150_000.5)
    yield BreakStep(break_id=BreakId("tea"), starts_at=at("08:40"), ends_at=at("08:50"))
    yield ReloadStep(
        place=DepotId("dps"),
        arrives_at=at("08:45"),
        starts_at=at("09:00"),
        departs_at=at("09:40"),
        load=(8,),
        drive=DRIVE,
        distance=ROAD,
    )
    yield _stop("s-1/dropoff", "09:50", "09:50", 4, 0)
    yield _stop("c", "10:00", "10:05", 1, 150_000.5)
    yield FerryStep(
        line_id=LineId("west"), sailing_id=SailingId("west 12:00"),
        from_port=PortId("gilimanuk"), to_port=PortId("ketapang"),
        arrives_at=at("10:15"), check_in_by=at("11:40"), departs_at=at("12:00"), docks_at=at("12:45"),
        rolls_off_at=at("12:50"), fare=Money(0.0), drive=DRIVE, distance=ROAD,
    )  # fmt: skip
    yield BreakStep(
        break_id=BreakId("lunch"), starts_at=at("12:10"), ends_at=at("12:40"), aboard=SailingId("west 12:00")
    )
    yield _stop("far", "13:00", "13:00", 0, 150_000.5)
    yield EndStep(place=DepotId("dps"), arrives_at=at("13:10"), drive=DRIVE, distance=ROAD)


def _stop(name: str, starts: str, departs: str, load: int, cash: float) -> StopStep:
    return StopStep(
        stop_id=StopId(name), arrives_at=at(starts), starts_at=at(starts), departs_at=at(departs),
        load=(load,), cash=Money(cash), drive=DRIVE, distance=ROAD,
    )  # fmt: skip


def _plan() -> Plan:
    route = Route(
        vehicle_id=VehicleId("van-1"),
        steps=tuple(_steps()),
        cost=Money(560.0),
        distance=Meters(90_000),
        duration=Seconds(22_200),
    )
    return Plan(
        routes=(route,),
        unserved=(),
        cost=PlanCost(fixed=Money(100.0), distance=Money(90.0), time=Money(370.0)),
        totals=PlanTotals(
            served=6, vehicles_used=1, distance=Meters(90_000), driving=Seconds(5_400), service=Seconds(1_500),
            waiting=Seconds(11_700), ferry=Seconds(1_200), breaks=Seconds(2_400), duration=Seconds(22_200),
            crossings=1,
        ),
    )  # fmt: skip


def _printed(plan: Plan, question: Problem) -> Any:
    return orjson.loads(plan_bytes(plan, question))


def _given(document: Any) -> Plan:
    return to_plan(read_plan(orjson.dumps(document)), _two_trips()).plan


def test_a_day_of_two_trips_survives_the_round_trip() -> None:
    assert _given(_printed(_plan(), _two_trips())) == _plan()


def test_what_follows_from_the_rest_may_be_left_out() -> None:
    """Loads by trip, cash by stop, loading as soon as rested and open, and sums with breaks and reloading.

    Loading counts as service for as long as it takes; a break aboard is rest and not crossing.
    """
    document = _printed(_plan(), _two_trips())
    for name in ("cost", "totals", "solver"):
        del document[name]
    for name in ("cost", "distance_meters", "duration_seconds"):
        del document["routes"][0][name]
    for step in document["routes"][0]["steps"]:
        step.pop("load", None)
        step.pop("cash", None)
        if step["type"] == "reload":
            del step["starts_at"]
    assert _given(document) == _plan()


@pytest.mark.parametrize(
    ("rested_until", "expected"),
    [("08:50", "09:00"), ("09:10", "09:10"), ("23:00", "23:00")],
    ids=["closed", "open", "closed for good"],
)
def test_loading_begins_as_soon_as_the_driver_has_rested_and_the_depot_is_open(
    rested_until: str, expected: str
) -> None:
    document = _printed(_plan(), _two_trips())
    steps = document["routes"][0]["steps"]
    steps[4]["ends_at"] = f"2026-11-25T{rested_until}:00+08:00"
    del steps[5]["starts_at"]
    reload = _given(document).routes[0].steps[5]
    assert isinstance(reload, ReloadStep)
    assert reload.starts_at == at(expected)


def test_breaks_and_reloads_are_told_by_the_clocks_of_the_place() -> None:
    """A break happens where the step before it ends; aboard, that is the port of arrival."""
    steps = _printed(_plan(), _two_trips())["routes"][0]["steps"]
    assert steps[4] == {
        "type": "break",
        "break_id": "tea",
        "starts_at": "2026-11-25T08:40:00+08:00",
        "ends_at": "2026-11-25T08:50:00+08:00",
        "aboard": None,
    }
    assert (steps[9]["starts_at"], steps[9]["aboard"]) == ("2026-11-25T11:10:00+07:00", "west 12:00")
    assert (steps[5]["starts_at"], steps[5]["departs_at"], steps[5]["load"]) == (
        "2026-11-25T09:00:00+08:00",
        "2026-11-25T09:40:00+08:00",
        {"boxes": 8},
    )


def test_every_step_has_every_field_of_its_shape_in_order() -> None:
    steps = _printed(_plan(), _two_trips())["routes"][0]["steps"]
    for name, shape in (
        ("stop", shapes.StopStep),
        ("break", shapes.BreakStep),
        ("reload", shapes.ReloadStep),
    ):
        assert {tuple(step) for step in steps if step["type"] == name} == {tuple(shape.model_fields)}


def test_cash_is_told_where_the_request_has_any() -> None:
    """Where it has none, it is left out; but a plan that says otherwise is printed as it is."""
    no_limit = replace(_two_trips().vehicles[0], limits=VehicleLimits())
    for vehicles, stops, told in (
        (_two_trips().vehicles, _free(), 6),
        ((no_limit,), _two_trips().stops, 6),
        ((no_limit,), _free(), 5),
    ):
        question = replace(_two_trips(), vehicles=vehicles, stops=stops)
        steps = _printed(_plan(), question)["routes"][0]["steps"]
        assert sum("cash" in step for step in steps) == told


def _free() -> Any:
    return tuple(replace(stop, cash=Money(0.0)) for stop in _two_trips().stops)
