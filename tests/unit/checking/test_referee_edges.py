"""Where a rule ends: what is just allowed, and what the referee leaves to the planner."""

from dataclasses import replace

import pytest

from router.checking import check
from router.checking.tolerance import same_money
from router.domain.ids import DepotId, LineId, PortId, SailingId, StopId, VehicleId
from router.domain.plan import (
    EndStep,
    FerryStep,
    Plan,
    PlanCost,
    PlanTotals,
    Route,
    StartStep,
    Step,
    StopStep,
    Unserved,
)
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Money, Seconds
from tests.builders import (
    MINUTE,
    at,
    between,
    bridge,
    depot,
    dropoff,
    line,
    pickup,
    port,
    problem,
    road_matrix,
    van,
)
from tests.mutators.editing import with_route
from tests.unit.checking.example import good_plan, two_islands


def broken_rules(question: Problem, plan: Plan, *, closed: tuple[tuple[str, str], ...] = ()) -> set[str]:
    return {violation.rule for violation in check(question, road_matrix(question, closed=closed), plan)}


def serve(name: str, *, km: int, arrives: str, starts: str | None = None, load: int = 0) -> StopStep:
    """A stop without service time."""
    begins = at(starts or arrives)
    return StopStep(
        stop_id=StopId(name),
        drive=Seconds(km * MINUTE),
        distance=Meters(km * 1000),
        arrives_at=at(arrives),
        starts_at=begins,
        departs_at=begins,
        load=(load,),
    )


def one_van(*stops: StopStep | FerryStep, leaves: str, load: int, km_home: int, home: str) -> Plan:
    """The plan of a single van that costs 1 a kilometre, with its sums told right."""
    steps: tuple[Step, ...] = (
        StartStep(place=DepotId("dps"), departs_at=at(leaves), load=(load,)),
        *stops,
        EndStep(
            place=DepotId("dps"),
            drive=Seconds(km_home * MINUTE),
            distance=Meters(km_home * 1000),
            arrives_at=at(home),
        ),
    )
    ferries = [s for s in stops if isinstance(s, FerryStep)]
    meters = sum(s.distance for s in stops) + km_home * 1000
    aboard = sum(s.rolls_off_at - s.departs_at for s in ferries)
    driving = sum(s.drive for s in stops) + km_home * MINUTE
    duration = at(home) - at(leaves)
    fares = Money(sum(s.fare for s in ferries))
    return Plan(
        routes=(
            Route(
                vehicle_id=VehicleId("van-1"),
                steps=steps,
                cost=Money(meters / 1000 + fares),
                distance=Meters(meters),
                duration=Seconds(duration),
            ),
        ),
        unserved=(),
        cost=PlanCost(distance=Money(meters / 1000), fares=fares),
        totals=PlanTotals(
            served=len(stops) - len(ferries),
            vehicles_used=1,
            distance=Meters(meters),
            driving=Seconds(driving),
            waiting=Seconds(duration - driving - aboard),
            ferry=Seconds(aboard),
            duration=Seconds(duration),
            crossings=len(ferries),
        ),
    )


@pytest.mark.parametrize(
    "window", [between("08:00", "09:00"), between("09:00", "10:00"), between("09:00", "09:00")]
)
def test_both_ends_of_a_window_are_inside(window: object) -> None:
    question = problem(stops=(dropoff("a", km=10, windows=(window,)),))  # type: ignore[arg-type]
    plan = one_van(serve("a", km=10, arrives="09:00"), leaves="08:50", load=1, km_home=10, home="09:10")
    assert broken_rules(question, plan) == set()


def test_both_ends_of_a_shift_are_inside() -> None:
    question = problem(stops=(dropoff("a", km=10),), vehicles=(van(shift=between("08:50", "09:10")),))
    plan = one_van(serve("a", km=10, arrives="09:00"), leaves="08:50", load=1, km_home=10, home="09:10")
    assert broken_rules(question, plan) == set()


def test_a_full_vehicle_is_not_overloaded_and_none_means_unlimited() -> None:
    stops = (dropoff("a", km=10, load=(7,)),)
    plan = one_van(serve("a", km=10, arrives="09:00"), leaves="08:50", load=7, km_home=10, home="09:10")
    assert broken_rules(problem(stops=stops, vehicles=(van(capacity=(7,)),)), plan) == set()
    assert broken_rules(problem(stops=stops, vehicles=(van(capacity=(None,)),)), plan) == set()
    assert broken_rules(problem(stops=stops, vehicles=(van(capacity=(6,)),)), plan) == {"capacity"}


def test_a_pick_up_before_a_drop_off_needs_room_for_both() -> None:
    """Three on board from the start, and two more before any is gone: five at once, three at either end."""
    stops = (pickup("in", km=5, load=(2,)), dropoff("out", km=10, load=(3,)))
    plan = one_van(
        serve("in", km=5, arrives="08:55", load=5),
        serve("out", km=5, arrives="09:00", load=2),
        leaves="08:50",
        load=3,
        km_home=10,
        home="09:10",
    )
    assert broken_rules(problem(stops=stops, vehicles=(van(capacity=(5,)),)), plan) == set()
    assert broken_rules(problem(stops=stops, vehicles=(van(capacity=(4,)),)), plan) == {"capacity"}


def test_a_vehicle_is_let_in_when_its_depot_opens_and_not_later() -> None:
    hours = (between("07:00", "09:00"), between("09:30", "12:00"))
    question = problem(depots=(depot(windows=hours),), stops=(dropoff("a", km=10),))
    stop = serve("a", km=10, arrives="09:00")
    assert broken_rules(question, one_van(stop, leaves="08:50", load=1, km_home=10, home="09:30")) == set()
    late = one_van(stop, leaves="08:50", load=1, km_home=10, home="09:31")
    assert broken_rules(question, late) == {"time_continuity"}
    closed = one_van(stop, leaves="08:50", load=1, km_home=10, home="09:10")
    assert broken_rules(question, closed) == {"depot_windows"}


def test_a_bridge_joins_islands_for_the_profiles_that_it_carries() -> None:
    question = problem(
        stops=(dropoff("a", island="ceningan", km=10),), fixed_links=(bridge("ceningan", "bali"),)
    )
    plan = one_van(serve("a", km=10, arrives="09:00"), leaves="08:50", load=1, km_home=10, home="09:10")
    assert broken_rules(question, plan) == set()
    for_bikes = replace(question, fixed_links=(bridge("bali", "ceningan", profiles=("motorbike",)),))
    assert broken_rules(for_bikes, plan) == {"land"}


def test_bridges_in_a_row_join_islands_even_where_nobody_lives_in_between() -> None:
    links = (bridge("rempang", "galang"), bridge("bali", "rempang"))
    question = problem(stops=(dropoff("a", island="galang", km=10),), fixed_links=links)
    plan = one_van(serve("a", km=10, arrives="09:00"), leaves="08:50", load=1, km_home=10, home="09:10")
    assert "land" not in broken_rules(question, plan)


def test_where_the_matrix_has_no_road_nobody_drives() -> None:
    question = problem(stops=(dropoff("a", km=10),))
    plan = one_van(serve("a", km=10, arrives="09:00"), leaves="08:50", load=1, km_home=10, home="09:10")
    assert broken_rules(question, plan, closed=(("a", "dps"),)) == {"driving"}


def ferry(
    name: str, sails: str, ports: tuple[str, str], *, km: int, arrives: str, fare: float = 0
) -> FerryStep:
    """A crossing of the builders' usual 45 minutes, 20 of check-in and 5 of unloading."""
    departs = at(sails)
    return FerryStep(
        line_id=LineId(name),
        sailing_id=SailingId(f"{name} {sails}"),
        from_port=PortId(ports[0]),
        to_port=PortId(ports[1]),
        drive=Seconds(km * MINUTE),
        distance=Meters(km * 1000),
        arrives_at=at(arrives),
        check_in_by=Instant(departs - 20 * MINUTE),
        departs_at=departs,
        docks_at=Instant(departs + 45 * MINUTE),
        rolls_off_at=Instant(departs + 50 * MINUTE),
        fare=Money(fare),
    )


def chain() -> tuple[Problem, Plan]:
    """Bali to Penida to Lembongan and back: two lines in a row through the same port, without a drive."""
    question = problem(
        stops=(dropoff("a", island="lembongan", km=2),),
        ports=(
            port("sanur", island="bali"),
            port("toya", island="penida"),
            port("jungut", island="lembongan"),
        ),
        lines=(
            line("s-t", "sanur", "toya", ("08:00",), fares={"IVB": 100}),
            line("t-j", "toya", "jungut", ("09:10",)),
            line("j-t", "jungut", "toya", ("12:00",)),
            line("t-s", "toya", "sanur", ("14:00",)),
        ),
    )
    plan = one_van(
        ferry("s-t", "08:00", ("sanur", "toya"), km=0, arrives="07:40", fare=100),
        ferry("t-j", "09:10", ("toya", "jungut"), km=0, arrives="08:50"),
        serve("a", km=2, arrives="10:02"),
        ferry("j-t", "12:00", ("jungut", "toya"), km=2, arrives="10:04"),
        ferry("t-s", "14:00", ("toya", "sanur"), km=0, arrives="12:50"),
        leaves="07:40",
        load=1,
        km_home=0,
        home="14:50",
    )
    return question, plan


def test_a_chain_of_lines_through_one_port_is_good() -> None:
    assert broken_rules(*chain()) == set()


def test_a_line_without_fares_carries_even_a_vehicle_without_a_class() -> None:
    question, plan = chain()
    nameless = replace(question, vehicles=(van(ferry_class=None),))
    (violation,) = check(nameless, road_matrix(nameless), plan)
    assert (violation.rule, violation.step) == ("ferry_class", 1)


def test_plans_from_elsewhere_owe_no_reasons_and_ours_do() -> None:
    plan = replace(good_plan(), unserved=tuple(replace(u, reasons=()) for u in good_plan().unserved))
    assert broken_rules(two_islands(), plan) == {"unserved"}
    assert broken_rules(two_islands(), replace(plan, solver=None)) == set()


def test_a_required_stop_left_out_adds_nothing_and_is_no_violation() -> None:
    question = problem(stops=(dropoff("a", km=10), dropoff("b", km=3)))
    plan = one_van(serve("a", km=10, arrives="09:00"), leaves="08:50", load=1, km_home=10, home="09:10")
    left_out = replace(
        plan,
        unserved=(Unserved(stop_id=StopId("b"), penalty=None),),
        totals=replace(plan.totals, unserved=1),
    )
    assert broken_rules(question, left_out) == set()


def test_a_vehicle_that_takes_no_deck_fits_on_a_full_one() -> None:
    question, plan = chain()
    full = tuple(
        replace(one, sailings=tuple(replace(s, deck_slots=0) for s in one.sailings))
        for one in question.timetable.lines
    )
    crowded = replace(question, timetable=replace(question.timetable, lines=full))
    assert broken_rules(crowded, plan) == {"deck_slots"}
    assert broken_rules(replace(crowded, vehicles=(van(deck_slots=0),)), plan) == set()


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (100.0, 100.01, True),
        (100.0, 100.02, False),
        (1e9, 1e9 + 1, True),
        (1e9, 1e9 + 2, False),
        (0.0, -0.01, True),
        (0.0, float("nan"), False),
        (5.0, float("inf"), False),
    ],
)
def test_money_may_differ_by_a_hundredth_and_a_billionth(expected: float, actual: float, same: bool) -> None:  # noqa: FBT001
    assert same_money(expected, actual) is same


def test_a_route_may_cost_a_hundredth_more_but_not_two() -> None:
    plan = good_plan()
    cost = plan.routes[0].cost
    assert broken_rules(two_islands(), with_route(plan, 0, cost=Money(cost + 0.01))) == set()
    assert broken_rules(two_islands(), with_route(plan, 0, cost=Money(cost + 0.02))) == {"costs"}
