"""One fault at a time, in the plan or in what was asked, and exactly the rules that it breaks."""

from dataclasses import replace

import pytest

from router.checking import check
from router.domain.ids import (
    DepotId,
    FerryClass,
    LineId,
    PortId,
    SailingId,
    StopId,
    VehicleId,
)
from router.domain.plan import Reason, ReasonCode, Unserved
from router.domain.units import Money, Seconds
from tests.builders import WIB, at, between, road_matrix
from tests.unit.checking.example import good_plan, two_islands
from tests.unit.checking.faults import (
    Fault,
    conveyance,
    depot,
    entry,
    later,
    lines,
    plan,
    route,
    sailings,
    step,
    steps,
    stop,
    vehicle,
)

PLAN = good_plan()
ASKED = two_islands()

FAULTS: dict[str, tuple[Fault, set[str]]] = {
    # what is named exists
    "a vehicle that nobody has": (route(0, vehicle_id=VehicleId("van-9")), {"references", "costs", "totals"}),
    "a stop that nobody asked for": (
        step(1, 3, stop_id=StopId("p-99")),
        {"references", "served_once", "loads", "totals"},
    ),
    "a line that does not exist": (step(0, 1, line_id=LineId("x")), {"references", "sailings"}),
    "a sailing that does not exist": (step(0, 1, sailing_id=SailingId("x")), {"references"}),
    "a port of arrival that does not exist": (step(0, 1, to_port=PortId("x")), {"references", "sailings"}),
    "a start at no depot": (step(0, 0, place=DepotId("x")), {"references", "route_shape"}),
    "a stranger among the stops left out": (
        plan(
            unserved=(
                *PLAN.unserved,
                Unserved(stop_id=StopId("x"), penalty=None, reasons=PLAN.unserved[0].reasons),
            )
        ),
        {"references"},
    ),
    "a reason that holds for a stranger": (
        entry(0, reasons=(Reason(code=ReasonCode.SKILL, vehicle_ids=(VehicleId("x"),), detail=""),)),
        {"references"},
    ),
    # the shape of a route
    "no start": (steps(0, 1, 2, 3, 4, 5, 6), {"route_shape", "costs", "totals"}),
    "no end": (steps(0, 0, 1, 2, 3, 4, 5), {"route_shape", "costs", "totals"}),
    "no steps at all": (route(1, steps=()), {"route_shape", "served_once", "costs", "totals"}),
    "a second start on the way": (steps(1, 0, 0, 1, 2, 3, 4, 5), {"route_shape"}),
    "an end before the end": (
        steps(1, 0, 1, 2, 3, 4, 5, 5),
        {"route_shape", "driving"},
    ),
    "a start at another depot": (
        step(0, 0, place=DepotId("gil")),
        {"route_shape", "land"},
    ),
    "a vehicle twice": (
        route(1, vehicle_id=VehicleId("van-1")),
        {"route_shape", "costs"},
    ),
    # every stop once
    "a stop served and left out": (
        plan(
            unserved=(
                *PLAN.unserved,
                Unserved(stop_id=StopId("p-3"), penalty=None, reasons=PLAN.unserved[0].reasons),
            )
        ),
        {"served_once"},
    ),
    "a stop left out twice": (plan(unserved=(*PLAN.unserved, PLAN.unserved[0])), {"served_once"}),
    "a stop forgotten": (plan(unserved=PLAN.unserved[:1]), {"served_once"}),
    "a stop added to the request": (
        lambda problem, plan: (
            replace(problem, stops=(*problem.stops, replace(problem.stops[0], id=StopId("p-7")))),
            plan,
        ),
        {"served_once", "totals"},
    ),
    # what is left out
    "a penalty of its own making": (entry(0, penalty=Money(49_999.0)), {"unserved"}),
    "no penalty for an optional stop": (entry(0, penalty=None), {"unserved"}),
    "a penalty for a required stop": (entry(1, penalty=Money(0.0)), {"unserved"}),
    "no reason from our own solver": (entry(1, reasons=()), {"unserved"}),
    "a penalty that was raised": (stop("p-5", penalty=Money(60_000)), {"unserved", "costs"}),
    # roads and water
    "the way out swum": (steps(0, 0, 2, 3, 4, 5, 6), {"land", "time_continuity", "costs", "totals"}),
    "the way back swum": (steps(1, 0, 1, 2, 3, 5), {"land", "time_continuity", "costs", "totals"}),
    "a second saved on the road": (later(0, 3, "drive", -1), {"driving"}),
    "a metre saved on the road": (later(0, 5, "distance", -1), {"driving"}),
    "a negative drive": (step(1, 1, drive=Seconds(-300)), {"driving"}),
    # time
    "an arrival a second early": (later(0, 2, "arrives_at", -1), {"time_continuity"}),
    "an arrival a second late": (later(0, 5, "arrives_at", 1), {"time_continuity"}),
    "service before arrival": (step(0, 2, arrives_at=at("09:31")), {"time_continuity"}),
    "service a second short": (later(0, 4, "departs_at", -1), {"time_continuity"}),
    "service that takes longer than planned": (
        stop("p-4", service=Seconds(300)),
        {"time_continuity", "totals"},
    ),
    "home through a closed gate": (
        step(1, 5, arrives_at=at("16:00", WIB)),
        {"depot_windows", "totals"},
    ),
    "loitering before the gate": (step(1, 5, arrives_at=at("16:31", WIB)), {"time_continuity", "totals"}),
    "service after the last window": (
        stop("p-1", windows=(between("07:00", "09:29"),)),
        {"time_windows"},
    ),
    "service between two windows": (
        stop("p-1", windows=(between("07:00", "09:29"), between("09:31", "12:00"))),
        {"time_windows"},
    ),
    "a depot that opens later": (
        depot("bwi", windows=(between("06:21", "12:00", WIB), between("16:30", "21:00", WIB))),
        {"depot_windows"},
    ),
    "a depot that closes before noon": (
        depot("bwi", windows=(between("05:30", "11:59", WIB), between("16:30", "21:00", WIB))),
        {"depot_windows"},
    ),
    "a shift that begins later": (vehicle("van-1", shift=between("06:31", "20:00", WIB)), {"shift"}),
    "a shift that ends earlier": (vehicle("van-2", shift=between("05:00", "16:29", WIB)), {"shift"}),
    # loads
    "a smaller van": (vehicle("van-1", capacity=(4, None)), {"capacity"}),
    "a van that holds few grams": (vehicle("van-2", capacity=(5, 399)), {"capacity"}),
    "a pick-up too much": (stop("c-1", load=(7, 2000)), {"capacity", "loads"}),
    "a load told wrong": (step(0, 4, load=(4, 1999)), {"loads"}),
    "a load told in too few dimensions": (step(0, 0, load=(5,)), {"loads"}),
    "a first load told wrong": (step(1, 0, load=(0, 0)), {"loads"}),
    # who may serve whom
    "a skill that is missing": (stop("p-4", requires=frozenset({"cold", "fragile"})), {"skills"}),
    "a skill that the vehicle has lost": (vehicle("van-1", provides=frozenset()), {"skills"}),
    "a stop for another vehicle": (
        stop("p-2", allowed_vehicles=frozenset({VehicleId("van-2")})),
        {"allowed_vehicles"},
    ),
    "a stop for nobody": (stop("p-4", allowed_vehicles=frozenset()), {"allowed_vehicles"}),
    # ferries
    "the line of another sailing": (step(0, 1, line_id=LineId("boat")), {"sailings"}),
    "a cancelled sailing": (step(0, 1, sailing_id=SailingId("over 08:00")), {"sailings"}),
    "every sailing cancelled": (sailings(cancelled=True), {"sailings"}),
    "a departure of its own making": (later(1, 4, "departs_at", 60), {"sailings"}),
    "an early docking": (later(1, 4, "docks_at", -60), {"sailings"}),
    "a check-in of its own making": (later(1, 4, "check_in_by", 60), {"sailings"}),
    "rolling off at once": (later(0, 1, "rolls_off_at", -300), {"sailings", "time_continuity"}),
    "the wrong port of arrival": (step(0, 1, to_port=PortId("ketapang")), {"sailings", "land"}),
    "a check-in that closes earlier": (
        sailings(check_in=Seconds(1201)),
        {"sailings", "check_in"},
    ),
    "an arrival after check-in": (
        step(1, 2, arrives_at=at("06:41", WIB)),
        {"check_in", "time_continuity"},
    ),
    "a class that is not carried": (conveyance("van-2", ferry_class=FerryClass("VB")), {"ferry_class"}),
    "no class on a line with fares": (conveyance("van-2", ferry_class=None), {"ferry_class"}),
    "a fare too low": (step(0, 1, fare=Money(199_999.0)), {"fares"}),
    "a fare that has risen": (
        lines(lambda line: replace(line, fares={FerryClass("IVB"): Money(250_000)})),
        {"fares", "costs"},
    ),
    "a deck with one slot less": (
        lines(lambda line: replace(line, sailings=tuple(replace(s, deck_slots=1) for s in line.sailings))),
        {"deck_slots"},
    ),
    "a longer vehicle": (conveyance("van-2", deck_slots=2), {"deck_slots"}),
    # money and sums
    "a route told cheaper": (route(0, cost=Money(PLAN.routes[0].cost - 0.02)), {"costs"}),
    "a kilometre that costs more": (
        vehicle("van-2", costs=replace(ASKED.vehicles[1].costs, per_km=Money(1_001))),
        {"costs"},
    ),
    "penalties that are not counted": (plan(cost=replace(PLAN.cost, unserved=Money(0.0))), {"costs"}),
    "a cost that is no number": (plan(cost=replace(PLAN.cost, fixed=Money(float("nan")))), {"costs"}),
    "a cost without end": (plan(cost=replace(PLAN.cost, time=Money(float("inf")))), {"costs"}),
    "a distance told shorter": (route(1, distance=0), {"totals"}),
    "a duration told shorter": (route(1, duration=Seconds(1)), {"totals"}),
    "a stop counted twice": (plan(totals=replace(PLAN.totals, served=6)), {"totals"}),
    "waiting that is not told": (plan(totals=replace(PLAN.totals, waiting=Seconds(0))), {"totals"}),
    "breaks that nobody takes": (plan(totals=replace(PLAN.totals, breaks=Seconds(1))), {"totals"}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_breaks_exactly_these_rules(name: str) -> None:
    fault, rules = FAULTS[name]
    problem, broken = fault(ASKED, PLAN)
    assert {violation.rule for violation in check(problem, road_matrix(problem), broken)} == rules
