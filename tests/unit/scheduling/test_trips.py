"""Several trips of a vehicle: what is loaded when, and what comes back."""

from collections.abc import Sequence

import pytest

from router.checking import check
from router.domain.fleet import Vehicle
from router.domain.ids import SailingId, StopId
from router.domain.places import TimeWindow
from router.domain.plan import Plan, ReloadStep, StartStep, StopStep
from router.domain.problem import Problem, Stop
from router.domain.proposal import Action, Boarding, Proposal, Reload, RouteProposal, Visit
from router.domain.units import Money, Seconds
from router.errors import SchedulingError
from router.scheduling import schedule
from router.travel.travel import Travel
from tests.builders import (
    MINUTE,
    at,
    between,
    depot,
    dropoff,
    line,
    pickup,
    port,
    problem,
    road_matrix,
    shipment,
    van,
)


def timed(question: Problem, *names: str) -> Plan:
    """Return the plan of the only vehicle, which the referee has nothing against."""
    travel = Travel(question, road_matrix(question))
    actions = tuple(_action(name) for name in names)
    order = RouteProposal(vehicle_id=question.vehicles[0].id, actions=actions)
    plan = schedule(question, travel, Proposal(routes=(order,)))
    assert check(question, travel.matrix, plan) == ()
    return plan


def _action(name: str) -> Action:
    if name == "reload":
        return Reload()
    return Boarding(SailingId(name)) if ":" in name else Visit(StopId(name))


def two_trips(*stops: Stop, opening: Sequence[TimeWindow] = (), vehicle: Vehicle | None = None) -> Problem:
    courier = vehicle or van(max_trips=2, reload=15 * MINUTE, per_hour=60)
    return problem(depots=[depot(windows=opening)], stops=stops, vehicles=[courier])


def start_of(plan: Plan) -> StartStep:
    step = plan.routes[0].steps[0]
    assert isinstance(step, StartStep)
    return step


def reload_of(plan: Plan) -> ReloadStep:
    (step,) = (step for step in plan.routes[0].steps if isinstance(step, ReloadStep))
    return step


def stops_of(plan: Plan) -> list[StopStep]:
    return [step for step in plan.routes[0].steps if isinstance(step, StopStep)]


def test_the_vehicle_comes_back_to_load_and_leaves_as_soon_as_it_has() -> None:
    plan = timed(two_trips(dropoff("a", km=10), dropoff("b", km=20)), "a", "reload", "b")
    again = reload_of(plan)
    assert (again.place, again.drive, again.distance) == ("dps", Seconds(10 * MINUTE), 10_000)
    assert (again.arrives_at, again.starts_at, again.departs_at) == (at("06:20"), at("06:20"), at("06:35"))
    assert plan.totals.service == 15 * MINUTE, "loading is service"
    assert (plan.totals.waiting, plan.totals.distance) == (0, 60_000)


def test_each_trip_carries_its_own_drop_offs_and_leaves_its_pick_ups_at_the_depot() -> None:
    question = two_trips(
        dropoff("a", load=(2,)), pickup("u", load=(1,)), dropoff("b", load=(4,)), pickup("v", load=(5,))
    )
    plan = timed(question, "a", "u", "reload", "v", "b")
    assert start_of(plan).load == (2,)
    assert reload_of(plan).load == (4,)
    assert [stop.load for stop in stops_of(plan)] == [(0,), (1,), (9,), (5,)]


def test_a_shipment_stays_on_board_while_another_trip_is_loaded() -> None:
    question = two_trips(
        *shipment("s", km=5, to_km=7, load=(3,)), dropoff("a", load=(1,)), dropoff("b", load=(2,))
    )
    plan = timed(question, "a", "s/pickup", "reload", "s/dropoff", "b")
    assert start_of(plan).load == (1,)
    assert reload_of(plan).load == (5,)
    assert [stop.load for stop in stops_of(plan)] == [(0,), (3,), (2,), (0,)]


def test_cash_is_handed_in_at_the_depot() -> None:
    question = two_trips(dropoff("a", cash=100), dropoff("b", cash=50), dropoff("c", cash=7))
    plan = timed(question, "a", "b", "reload", "c")
    assert [stop.cash for stop in stops_of(plan)] == [Money(100), Money(150), Money(7)]


def test_no_trip_leaves_before_all_that_it_carries_is_ready() -> None:
    """The first trip is not held up by what only the second carries; the van loads, then waits for the last parcel."""
    question = two_trips(
        dropoff("a", km=10, windows=[between("07:00", "07:00")], ready_at=at("06:30")),
        dropoff("b", km=5, ready_at=at("09:00")),
        dropoff("c", km=5, ready_at=at("08:00")),
    )
    plan = timed(question, "a", "reload", "b", "c")
    assert start_of(plan).departs_at == at("06:50")
    again = reload_of(plan)
    assert (again.arrives_at, again.starts_at, again.departs_at) == (at("07:10"), at("07:10"), at("09:00"))
    assert plan.totals.service == 15 * MINUTE
    assert plan.totals.waiting == 95 * MINUTE, "from 07:25 to 09:00"


def test_the_first_trip_waits_for_its_load_too() -> None:
    plan = timed(problem(stops=[dropoff("a", ready_at=at("10:30"))]), "a")
    assert start_of(plan).departs_at == at("10:30")


def test_it_leaves_later_the_first_time_to_wait_less_for_the_second_load() -> None:
    question = two_trips(dropoff("a", km=10), dropoff("b", ready_at=at("12:00")))
    plan = timed(question, "a", "reload", "b")
    assert start_of(plan).departs_at == at("11:25"), "20 minutes of road, 15 of loading"
    assert plan.totals.waiting == 0


def test_loading_begins_while_the_depot_is_open() -> None:
    """The depot is shut from seven to nine; the van is back at half past seven."""
    question = two_trips(
        dropoff("a", km=20, windows=[between("07:10", "07:10")]),
        dropoff("b", km=1),
        opening=[between("06:00", "07:00"), between("09:00", "18:00")],
    )
    again = reload_of(timed(question, "a", "reload", "b"))
    assert (again.arrives_at, again.starts_at, again.departs_at) == (at("07:30"), at("09:00"), at("09:15"))


def test_it_may_leave_after_the_depot_has_shut() -> None:
    """Only the beginning of loading needs an open depot. It ends its day at another one."""
    question = problem(
        depots=[depot(windows=[between("06:00", "07:00")]), depot("night", km=3)],
        stops=[dropoff("a", km=20, windows=[between("06:40", "06:40")]), dropoff("b", km=1)],
        vehicles=[van(max_trips=2, reload=15 * MINUTE, end="night")],
    )
    assert reload_of(timed(question, "a", "reload", "b")).departs_at == at("07:15")


@pytest.mark.parametrize(
    "names", [("reload", "a"), ("a", "reload"), ("a", "reload", "reload", "b")], ids=" ".join
)
def test_a_trip_that_serves_nothing_is_an_error(names: tuple[str, ...]) -> None:
    question = two_trips(dropoff("a"), dropoff("b"), vehicle=van(max_trips=3))
    with pytest.raises(SchedulingError, match="serves no stop"):
        timed(question, *names)


def test_a_load_that_is_ready_too_late_is_an_error() -> None:
    shut = two_trips(dropoff("a", ready_at=at("12:00")), opening=[between("06:00", "10:00")])
    with pytest.raises(SchedulingError, match=r"dps is not open .* when its load is ready"):
        timed(shut, "a")
    late = two_trips(dropoff("a"), dropoff("b", ready_at=at("21:00")))
    with pytest.raises(SchedulingError, match="comes to b 3600 s after"):
        timed(late, "a", "reload", "b")


def test_a_sailing_that_the_tickets_bar_is_an_error() -> None:
    question = problem(
        stops=[dropoff("far", island="penida")],
        ports=[port("sanur", island="bali"), port("toyapakeh", island="penida")],
        lines=[
            line("out", "sanur", "toyapakeh", ["08:00", "09:00"]),
            line("back", "toyapakeh", "sanur", ["12:00"]),
        ],
        vehicles=[van(tickets=["out 09:00"])],
    )
    with pytest.raises(SchedulingError, match="out 08:00 does not carry"):
        timed(question, "out 08:00", "far", "back 12:00")
    assert timed(question, "out 09:00", "far", "back 12:00").totals.crossings == 2
