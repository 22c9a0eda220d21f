"""What happens to those who are out when a day is planned anew, and to what they carry."""

from dataclasses import replace

import pytest

from router.checking import check
from router.domain.changes import Stranded
from router.domain.ids import VehicleId
from router.domain.plan import EndStep, FerryStep, Plan, ReasonCode, StopStep
from router.domain.problem import Problem, Stop
from router.domain.units import Instant
from router.service.replanning.recipe import Question
from tests.builders import at, between, depot, dropoff, line, pickup, port, problem, road_matrix, van
from tests.mutators.editing import steps_of, with_step, with_steps
from tests.replanning import anew, question, served_by, stranded
from tests.solving import order, route_of, sailings, solve, trips, visit


def road_day() -> Problem:
    """Three drop-offs along one road, half an hour apart, each at its own time."""
    hours = {"first": "08:00", "second": "09:00", "third": "10:00"}
    return problem(
        stops=[
            dropoff(name, km=30 * (n + 1), windows=[between(opens, opens)])
            for n, (name, opens) in enumerate(hours.items())
        ]
    )


def island_day() -> Problem:
    """A van that delivers on Penida in the morning and has boats home at eleven, two and five."""
    return problem(
        stops=[dropoff("early", island="penida", km=2), dropoff("late", island="penida", km=4)],
        vehicles=[van(shift=between("06:00", "20:00"), per_hour=10)],
        ports=[port("sanur", island="bali", km=5), port("toya", island="penida")],
        lines=[
            line("out", "sanur", "toya", ["08:00"]),
            line("back", "toya", "sanur", ["11:00", "14:00", "17:00"]),
        ],
    )


# On the road.


def test_a_van_on_the_road_to_a_stop_that_is_removed_drives_there_and_on() -> None:
    """Nobody turns on the spot: the road to where it was driving is driven, and counts."""
    day = road_day()
    before = solve(day)
    plan = anew(question(day, before, at("08:40"), remove=["second"]))
    assert order(plan) == ["first", "third"]
    assert (visit(plan, "third").drive, visit(plan, "third").distance) == (60 * 60, 60_000)
    assert plan.totals.distance == before.totals.distance


def test_a_van_that_has_not_left_is_free_of_everything() -> None:
    day = road_day()
    plan = anew(question(day, solve(day), at("06:00"), remove=["third"]))
    assert order(plan) == ["first", "second"]
    assert plan.totals.distance == 2 * 60_000


def test_a_stop_added_behind_a_van_needs_a_load_that_is_not_on_board() -> None:
    """A drop-off is left out with a reason, a pick-up is on the way."""
    day = road_day()
    new = [dropoff("forgotten", km=95), pickup("call", km=95)]
    plan = anew(question(day, solve(day), at("08:40"), add=new))
    assert "call" in order(plan)
    (left_out,) = plan.unserved
    assert (left_out.stop_id, left_out.reasons[0].code) == ("forgotten", ReasonCode.NOT_READY)


def test_what_is_not_on_board_is_loaded_when_the_van_comes_back() -> None:
    day = replace(road_day(), vehicles=(van(max_trips=2, reload=600),))
    plan = anew(question(day, solve(day), at("08:40"), add=[dropoff("forgotten", km=5)]))
    assert trips(plan) == [["first", "second", "third"], ["forgotten"]]


# On the water.


def test_a_cancelled_boat_home_is_replaced_by_the_next() -> None:
    day = island_day()
    before = solve(day)
    assert sailings(before) == ["out 08:00", "back 11:00"]
    plan = anew(question(day, before, at("09:30"), cancel=["back 11:00"]))
    assert sailings(plan) == ["out 08:00", "back 14:00"]
    assert stranded(plan) == {}


def test_a_delayed_boat_is_waited_for() -> None:
    day = island_day()
    plan = anew(question(day, solve(day), at("09:30"), delay={"back 11:00": at("11:40")}))
    crossing = [step for step in route_of(plan).steps if isinstance(step, FerryStep)][-1]
    assert (crossing.sailing_id, crossing.departs_at) == ("back 11:00", at("11:40"))


def test_who_is_on_board_rolls_off_and_goes_on_from_there() -> None:
    """No boat comes back, so that it delivers what it has, and is named where it stays."""
    day = island_day()
    home = ["back 11:00", "back 14:00", "back 17:00"]
    plan = anew(question(day, solve(day), at("08:10"), cancel=home))
    assert sorted(order(plan)) == ["early", "late"]
    assert stranded(plan) == {"van-1": order(plan)[-1]}
    end = route_of(plan).steps[-1]
    assert isinstance(end, EndStep)
    assert end.place == order(plan)[-1]


def test_who_can_come_home_does_even_where_stops_are_left_out_for_it() -> None:
    """The last boat leaves before the window of the last stop opens."""
    late = dropoff("late", island="penida", km=4, windows=[between("12:00", "13:00")])
    day = replace(island_day(), stops=(dropoff("early", island="penida", km=2), late))
    before = solve(day)
    assert sailings(before)[-1] == "back 14:00"
    plan = anew(question(day, before, at("09:30"), cancel=["back 14:00", "back 17:00"]))
    assert sailings(plan) == ["out 08:00", "back 11:00"]
    assert [entry.stop_id for entry in plan.unserved] == ["late"]
    assert stranded(plan) == {}


def test_who_stands_in_line_sails_where_the_sailing_goes_as_planned() -> None:
    """Its check-in has closed; to leave the line would be to lose the crossing."""
    day = island_day()
    plan = anew(question(day, solve(day), at("07:50"), add=[pickup("call", km=6)]))
    assert sailings(plan)[0] == "out 08:00"


def test_who_stands_in_line_sails_even_where_no_boat_comes_back() -> None:
    """The referee, too, lets it take that sailing first, and believes that it cannot come home from there."""
    day = island_day()
    home = ["back 11:00", "back 14:00", "back 17:00"]
    plan = anew(question(day, solve(day), at("07:50"), cancel=home))
    assert sailings(plan) == ["out 08:00"]
    assert stranded(plan) == {"van-1": order(plan)[-1]}


# Vehicles lost.


def lost_van_day() -> Problem:
    """Two vans, each with a drop-off and a pick-up far apart."""
    stops = [
        dropoff("drop-1", km=40, windows=[between("09:00", "09:00")], allowed=["van-1"]),
        pickup("pick-1", km=50, windows=[between("10:00", "18:00")]),
        dropoff("drop-2", km=45, windows=[between("09:00", "09:00")], allowed=["van-2"]),
    ]
    return problem(stops=stops, vehicles=[van("van-1"), van("van-2")])


def test_what_a_lost_van_has_on_board_is_left_out_and_what_it_has_not_goes_to_others() -> None:
    day = lost_van_day()
    before = solve(day)
    lost = served_by(before)["pick-1"]
    other = "van-2" if lost == "van-1" else "van-1"
    plan = anew(question(day, before, at("08:50"), drop=[lost]))
    assert served_by(plan) == {f"drop-{other[-1]}": other, "pick-1": other}
    (left_out,) = plan.unserved
    assert left_out.stop_id == f"drop-{lost[-1]}"
    assert left_out.reasons
    assert plan.replan is not None
    assert {change.reason for change in plan.replan.changes} == {"VEHICLE_DROPPED"}
    assert plan.replan.moved == 1


def test_a_lost_van_that_has_not_left_leaves_everything_to_others() -> None:
    stops = [dropoff(f"p-{n}", km=10 * n + 10) for n in range(4)]
    day = problem(stops=stops, vehicles=[van("van-1", capacity=(2,)), van("van-2"), van("van-3")])
    before = solve(day)
    first = next(iter(served_by(before).values()))
    plan = anew(question(day, before, at("05:00"), drop=[first]))
    assert plan.unserved == ()
    assert first not in served_by(plan).values()


# Little changes.


def wrong_way_round(*more: Stop) -> tuple[Problem, Plan]:
    """Return a day of two vans from two depots, and a plan in which each has the stop beside the other's."""
    day = problem(
        depots=[depot("dps"), depot("far", km=100)],
        stops=[dropoff("near-dps", km=5), dropoff("near-far", km=95), *more],
        vehicles=[van("van-1", start="dps"), van("van-2", start="far")],
    )
    bound = {"near-dps": "van-2", "near-far": "van-1"}
    locked = replace(
        day,
        stops=tuple(
            replace(stop, allowed_vehicles=frozenset({VehicleId(bound[stop.id])}))
            if stop.id in bound
            else stop
            for stop in day.stops
        ),
    )
    before = solve(locked)
    assert served_by(before).items() >= bound.items()
    return day, before


def test_undisturbed_vans_keep_their_stops_where_a_change_costs_more_than_it_saves() -> None:
    """Only a change that costs nothing lets them swap."""
    swapped, before = wrong_way_round()
    kept = anew(question(swapped, before, at("05:00"), change_cost=1_000))
    free = anew(question(swapped, before, at("05:00"), change_cost=0))
    assert served_by(kept) == served_by(before)
    assert served_by(free) == {"near-dps": "van-1", "near-far": "van-2"}


def test_undisturbed_vans_keep_their_stops_whatever_a_change_saves_where_nobody_says_what_it_costs() -> None:
    """Many stops make the usual cost of a change small: the swap would be worth it twice."""
    swapped, before = wrong_way_round(*(dropoff(f"p-{km}", km=km) for km in (1, 2, 3, 4)))
    usual = anew(question(swapped, before, at("05:00")))
    moved = anew(question(swapped, before, at("05:00"), change_cost=change_cost_of(usual)))
    assert served_by(usual) == served_by(before)
    assert served_by(moved) != served_by(before)


def change_cost_of(plan: Plan) -> float:
    """Return what a replan has weighed a change with."""
    assert plan.replan is not None
    return plan.replan.change_cost


# The referee.


@pytest.fixture(scope="module")
def example() -> tuple[Question, Plan]:
    day = island_day()
    asked = question(day, solve(day), at("09:30"), cancel=["back 11:00"])
    return asked, anew(asked)


def _rules(asked: Question, plan: Plan) -> set[str]:
    roads = road_matrix(asked.problem)
    return {found.rule for found in check(asked.problem, roads, plan, asked.history)}


def test_a_changed_past_is_noticed(example: tuple[Question, Plan]) -> None:
    asked, plan = example
    assert _rules(asked, plan) == set()
    assert "past" in _rules(asked, with_step(plan, 0, 0, departs_at=Instant(at("06:30"))))


def test_a_parcel_that_changes_vans_under_way_is_noticed() -> None:
    """The vans swap what they deliver, at places and times that nobody could tell from honest ones."""
    day = lost_van_day()
    free = replace(day, stops=tuple(replace(stop, allowed_vehicles=None) for stop in day.stops))
    asked = question(free, solve(day), at("08:30"))
    plan = anew(asked)
    (r, i, one), (q, j, other) = (
        (r, i, step) for r, i, step in steps_of(plan, StopStep) if step.stop_id.startswith("drop")
    )
    broken = with_steps(with_steps(plan, r, i, [other]), q, j, [one])
    assert "loaded" in _rules(asked, broken)


def test_a_van_left_behind_with_a_boat_to_take_is_noticed(example: tuple[Question, Plan]) -> None:
    asked, plan = example
    assert plan.replan is not None
    false = Stranded(vehicle_id=VehicleId("van-1"), place="late", since=at("10:00"), detail="")
    broken = replace(plan, replan=replace(plan.replan, stranded=(false,)))
    assert "homecoming" in _rules(asked, broken)
