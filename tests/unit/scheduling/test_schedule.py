"""The times of given orders, one claim each."""

from collections.abc import Sequence

import pytest

from router.checking import check
from router.domain.ids import SailingId, StopId, VehicleId
from router.domain.plan import EndStep, FerryStep, Plan, PlanCost, PlanTotals, StartStep, StopStep
from router.domain.problem import Problem
from router.domain.proposal import Boarding, Proposal, RouteProposal, Visit
from router.domain.units import Meters, Money, Seconds
from router.errors import SchedulingError
from router.scheduling import schedule
from router.travel.travel import Travel
from tests.builders import (
    MINUTE,
    WIB,
    at,
    between,
    depot,
    dropoff,
    line,
    pickup,
    port,
    problem,
    road_matrix,
    van,
)

HOUR = 60 * MINUTE


def order(*actions: str, vehicle: str = "van-1") -> RouteProposal:
    """Return an order; a name with a clock in it is a sailing."""
    return RouteProposal(
        vehicle_id=VehicleId(vehicle),
        actions=tuple(Boarding(SailingId(a)) if ":" in a else Visit(StopId(a)) for a in actions),
    )


def timed(question: Problem, *orders: RouteProposal, closed: Sequence[tuple[str, str]] = ()) -> Plan:
    """Return the plan, which the referee has nothing against."""
    travel = Travel(question, road_matrix(question, closed=closed))
    plan = schedule(question, travel, Proposal(routes=orders))
    assert check(question, travel.matrix, plan) == ()
    return plan


def start_of(plan: Plan) -> StartStep:
    step = plan.routes[0].steps[0]
    assert isinstance(step, StartStep)
    return step


def end_of(plan: Plan) -> EndStep:
    step = plan.routes[0].steps[-1]
    assert isinstance(step, EndStep)
    return step


def stops_of(plan: Plan) -> list[StopStep]:
    return [step for step in plan.routes[0].steps if isinstance(step, StopStep)]


def test_without_windows_it_leaves_at_the_start_of_the_shift() -> None:
    """Every departure costs the same, so the earliest return decides."""
    plan = timed(problem(stops=[dropoff("p-1", km=30, service=300)]), order("p-1"))
    (stop,) = stops_of(plan)
    assert start_of(plan).departs_at == at("06:00")
    assert (stop.arrives_at, stop.starts_at, stop.departs_at) == (at("06:30"), at("06:30"), at("06:35"))
    assert end_of(plan).arrives_at == at("07:05")


def test_it_leaves_as_late_as_a_window_lets_it() -> None:
    plan = timed(problem(stops=[dropoff("p-1", km=30, windows=[between("09:00", "10:00")])]), order("p-1"))
    assert start_of(plan).departs_at == at("08:30")
    assert stops_of(plan)[0].starts_at == at("09:00")
    assert end_of(plan).arrives_at == at("09:30")


def test_waiting_that_no_departure_avoids_is_done_where_it_arises() -> None:
    """The first window closes before the second opens: it serves the first and waits at the second."""
    question = problem(
        stops=[
            dropoff("early", km=10, windows=[between("07:00", "07:30")]),
            dropoff("late", km=20, windows=[between("09:00", "09:30")]),
        ]
    )
    plan = timed(question, order("early", "late"))
    early, late = stops_of(plan)
    assert (early.arrives_at, early.starts_at) == (at("07:30"), at("07:30")), (
        "as late as the first window lets"
    )
    assert (late.arrives_at, late.starts_at) == (at("07:40"), at("09:00"))
    assert plan.totals.waiting == 80 * MINUTE


def test_of_several_windows_the_pair_that_fits_together_is_chosen() -> None:
    """Leaving for the first window of ``a`` waits two hours for ``b``; leaving for its second waits none."""
    question = problem(
        stops=[
            dropoff("a", km=10, windows=[between("07:00", "07:10"), between("09:00", "09:10")]),
            dropoff("b", km=20, windows=[between("09:10", "09:20")]),
        ]
    )
    plan = timed(question, order("a", "b"))
    assert [stop.starts_at for stop in stops_of(plan)] == [at("09:00"), at("09:10")]
    assert plan.totals.waiting == 0


def test_of_equally_short_days_the_earlier_is_chosen() -> None:
    windows = [between("08:00", "08:10"), between("11:00", "11:10")]
    plan = timed(problem(stops=[dropoff("a", km=10, windows=windows)]), order("a"))
    assert stops_of(plan)[0].starts_at == at("08:00")


def test_of_days_that_wait_alike_the_earlier_is_chosen() -> None:
    """Whether ``a`` is served at eight or at eleven, ``b`` opens fifty minutes after the van is there."""
    question = problem(
        stops=[
            dropoff("a", km=10, windows=[between("08:00", "08:00"), between("11:00", "11:00")]),
            dropoff("b", km=20, windows=[between("09:00", "09:10"), between("12:00", "12:10")]),
        ]
    )
    plan = timed(question, order("a", "b"))
    assert [stop.starts_at for stop in stops_of(plan)] == [at("08:00"), at("09:00")]


def test_a_window_may_be_hit_on_its_last_second() -> None:
    window = between("06:10", "06:10")
    plan = timed(problem(stops=[dropoff("a", km=10, windows=[window])]), order("a"))
    assert stops_of(plan)[0].starts_at == at("06:10")


def test_it_leaves_inside_a_window_of_the_depot_although_later_would_be_better() -> None:
    question = problem(
        depots=[depot(windows=[between("05:00", "07:00"), between("12:00", "20:00")])],
        stops=[dropoff("a", km=10, windows=[between("09:00", "10:00")])],
        vehicles=[van(per_hour=60)],
    )
    plan = timed(question, order("a"))
    assert start_of(plan).departs_at == at("07:00")
    assert stops_of(plan)[0].starts_at == at("09:00")
    assert end_of(plan).arrives_at == at("12:00"), "it waits outside until the depot opens"
    assert plan.cost.time == Money(5 * 60)


def ferries() -> Problem:
    """Return Sanur ten minutes from the depot, boats out and back, and a stop five minutes beyond."""
    return problem(
        stops=[dropoff("far", island="penida", km=5, service=600), dropoff("near", km=4)],
        ports=[port("sanur", island="bali", km=10), port("toyapakeh", island="penida", km=0)],
        lines=[
            line("out", "sanur", "toyapakeh", ["08:00", "10:00"], fares={"IVB": 200}),
            line("back", "toyapakeh", "sanur", ["09:40", "12:00"], fares={"IVB": 300}),
        ],
        vehicles=[van(per_hour=60, per_km=2, fixed=5)],
    )


def test_before_a_ferry_it_leaves_to_be_at_the_port_at_check_in() -> None:
    plan = timed(ferries(), order("out 08:00", "far", "back 09:40"))
    assert start_of(plan).departs_at == at("07:30")
    out, back = plan.crossings()
    assert (out.arrives_at, out.check_in_by, out.departs_at) == (at("07:40"), at("07:40"), at("08:00"))
    assert (out.docks_at, out.rolls_off_at) == (at("08:45"), at("08:50"))
    assert [s.starts_at for s in stops_of(plan)] == [at("08:55")]
    assert (back.arrives_at, back.check_in_by, back.rolls_off_at) == (at("09:10"), at("09:20"), at("10:30"))
    assert end_of(plan).arrives_at == at("10:40")


def test_costs_and_totals_add_up_by_their_parts() -> None:
    plan = timed(ferries(), order("out 08:00", "far", "back 09:40"))
    duration = 190 * MINUTE
    assert plan.totals == PlanTotals(
        served=1,
        unserved=1,
        vehicles_used=1,
        distance=Meters(30_000),
        driving=Seconds(30 * MINUTE),
        service=Seconds(600),
        ferry=Seconds(100 * MINUTE),
        waiting=Seconds(duration - 30 * MINUTE - 600 - 100 * MINUTE),
        duration=Seconds(duration),
        crossings=2,
    )
    assert plan.cost == PlanCost(
        fixed=Money(5), distance=Money(60), time=Money(190), fares=Money(500), unserved=Money(0)
    )
    assert plan.routes[0].cost == Money(5 + 60 + 190 + 500)


def test_a_chain_shows_the_road_between_its_ports() -> None:
    question = problem(
        stops=[dropoff("p-1", island="lombok", km=2)],
        ports=[
            port("sanur", island="bali", km=10),
            port("toyapakeh", island="penida", km=0),
            port("sampalan", island="penida", km=8),
            port("lembar", island="lombok", km=0),
        ],
        lines=[
            line("a", "sanur", "toyapakeh", ["08:00"]),
            line("b", "sampalan", "lembar", ["09:30"]),
            line("c", "lembar", "sampalan", ["12:00"]),
            line("d", "toyapakeh", "sanur", ["14:00"]),
        ],
    )
    plan = timed(question, order("a 08:00", "b 09:30", "p-1", "c 12:00", "d 14:00"))
    assert [(step.drive, step.distance) for step in plan.crossings()] == [
        (Seconds(10 * MINUTE), Meters(10_000)),
        (Seconds(8 * MINUTE), Meters(8_000)),
        (Seconds(2 * MINUTE), Meters(2_000)),
        (Seconds(8 * MINUTE), Meters(8_000)),
    ]


def test_a_crossing_into_another_zone_keeps_to_the_instants() -> None:
    """Nine in Ketapang (WIB) is ten in Gilimanuk (WITA); the stop there opens at eleven, an hour later."""
    question = problem(
        depots=[depot(island="java", zone=WIB)],
        stops=[dropoff("p-1", island="bali", windows=[between("11:00", "12:00")])],
        ports=[port("ketapang", island="java", zone=WIB), port("gilimanuk", island="bali")],
        lines=[
            line("out", "ketapang", "gilimanuk", ["08:00", "09:00"], zone=WIB),
            line("back", "gilimanuk", "ketapang", ["12:00"]),
        ],
        vehicles=[van(shift=between("06:00", "18:00", zone=WIB))],
    )
    plan = timed(question, order("out 09:00", "p-1", "back 12:00"))
    assert start_of(plan).departs_at == at("08:40", WIB) == at("09:40")
    assert stops_of(plan)[0].starts_at == at("11:00")
    assert end_of(plan).arrives_at == at("11:50", WIB)


def test_a_night_shift_runs_past_midnight() -> None:
    shift = between("20:00", "23:59")
    night = van(shift=type(shift)(shift.start, at("06:00", day=1)))
    window = between("00:30", "01:00", day=1)
    plan = timed(problem(stops=[dropoff("p-1", km=20, windows=[window])], vehicles=[night]), order("p-1"))
    assert start_of(plan).departs_at == at("00:10", day=1)
    assert end_of(plan).arrives_at == at("00:50", day=1)


def test_drop_offs_are_on_board_from_the_start_and_pick_ups_until_the_end() -> None:
    question = problem(
        dimensions=("parcels", "grams"),
        stops=[
            dropoff("d-1", load=(2, 500)),
            pickup("u-1", load=(1, 300)),
            dropoff("d-2", load=(3, 100)),
            dropoff("left-out", load=(9, 9)),
        ],
        vehicles=[van(capacity=(None, 1000))],
    )
    plan = timed(question, order("d-1", "u-1", "d-2"))
    assert start_of(plan).load == (5, 600)
    assert [stop.load for stop in stops_of(plan)] == [(3, 100), (4, 400), (1, 300)]


def test_what_is_left_out_is_listed_with_its_penalty() -> None:
    question = problem(
        stops=[dropoff("a"), dropoff("b", penalty=70), dropoff("c"), dropoff("d", penalty=5)],
    )
    plan = timed(question, order("c"))
    assert [(u.stop_id, u.penalty) for u in plan.unserved] == [
        (StopId("a"), None),
        (StopId("b"), Money(70)),
        (StopId("d"), Money(5)),
    ]
    assert plan.cost.unserved == Money(75)


def test_a_plan_without_routes_costs_its_penalties() -> None:
    plan = timed(problem(stops=[dropoff("a", penalty=3)]))
    assert plan.routes == ()
    assert plan.cost == PlanCost(unserved=Money(3))


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        pytest.param(["near", "out 08:00", "far"], "no road from far to dps", id="no way back"),
        pytest.param(["far"], "no road from dps to far", id="no way out"),
        pytest.param(["out 10:00", "far", "back 09:40"], "6600 s after", id="the boat back is gone"),
        pytest.param(["out 08:00", "back 09:40"], "serves no stop", id="nothing served"),
    ],
)
def test_an_order_without_times_is_an_error_that_says_why(actions: list[str], told: str) -> None:
    with pytest.raises(SchedulingError, match=told):
        timed(ferries(), order(*actions))


def test_a_sailing_that_does_not_carry_the_vehicle_is_an_error() -> None:
    question = problem(
        stops=[dropoff("far", island="penida")],
        ports=[port("sanur", island="bali"), port("toyapakeh", island="penida")],
        lines=[
            line("off", "sanur", "toyapakeh", ["08:00"], cancelled=["08:00"]),
            line("dear", "sanur", "toyapakeh", ["08:00"], fares={"II": 1}),
        ],
    )
    for sailing in ("off 08:00", "dear 08:00"):
        with pytest.raises(SchedulingError, match=sailing):
            timed(question, order(sailing, "far"))


def test_a_depot_that_never_opens_in_the_shift_is_an_error() -> None:
    shut = problem(depots=[depot(windows=[between("01:00", "02:00")])], stops=[dropoff("a")])
    with pytest.raises(SchedulingError, match="not open during the shift"):
        timed(shut, order("a"))


def test_a_shift_too_short_for_the_order_is_an_error() -> None:
    hurried = problem(stops=[dropoff("a", km=40)], vehicles=[van(shift=between("06:00", "07:00"))])
    with pytest.raises(SchedulingError, match="comes to dps 1200 s after"):
        timed(hurried, order("a"))


def test_ferry_steps_say_what_the_timetable_says() -> None:
    question = ferries()
    for step in timed(question, order("out 08:00", "far", "back 12:00")).crossings():
        assert isinstance(step, FerryStep)
        sailing = question.timetable.sailing(step.sailing_id)
        line_ = question.timetable.line(step.line_id)
        assert (step.from_port, step.to_port) == (line_.from_port, line_.to_port)
        assert (step.check_in_by, step.departs_at) == (sailing.check_in_by, sailing.departs)
        assert (step.docks_at, step.rolls_off_at) == (sailing.docks_at, sailing.rolls_off_at)
        assert step.arrives_at <= step.check_in_by
