"""A vehicle that may comes back to its start depot for more, when that pays, and never for nothing."""

import pytest

from router.domain.plan import EndStep
from tests.builders import MINUTE, at, between, depot, dropoff, line, pickup, port, problem, van
from tests.solving import left_out, reloads, route_of, solve, trips, used


@pytest.mark.parametrize(("max_trips", "forgotten"), [(1, 4), (2, 2), (3, 0), (9, 0)])
def test_each_trip_takes_another_load(max_trips: int, forgotten: int) -> None:
    """Six parcels, two at a time."""
    stops = tuple(dropoff(f"s-{km}", km=km) for km in range(1, 7))
    plan = solve(problem(stops=stops, vehicles=(van(capacity=(2,), max_trips=max_trips),)))
    assert len(left_out(plan)) == forgotten
    assert [len(trip) for trip in trips(plan)] == [2] * (3 - forgotten // 2)


def test_a_vehicle_that_holds_everything_does_not_come_back() -> None:
    stops = tuple(dropoff(f"s-{km}", km=km) for km in range(1, 7))
    assert reloads(solve(problem(stops=stops, vehicles=(van(max_trips=3),)))) == []


@pytest.mark.parametrize(("penalty", "expected"), [(19, {"optional"}), (21, set())])
def test_another_trip_is_made_where_it_costs_less_than_the_penalty(
    penalty: float, expected: set[str]
) -> None:
    """There is room for one parcel; ten kilometres out and ten back at 1 each."""
    stops = (dropoff("required", km=5), dropoff("optional", km=10, penalty=penalty))
    assert left_out(solve(problem(stops=stops, vehicles=(van(capacity=(1,), max_trips=2),)))) == expected


def test_another_trip_saves_another_vehicle() -> None:
    stops = (dropoff("a", km=5), dropoff("b", km=6))
    vehicles = tuple(van(name, capacity=(1,), fixed=100, max_trips=2) for name in ("v-1", "v-2"))
    assert len(used(solve(problem(stops=stops, vehicles=vehicles)))) == 1


def test_reloading_takes_its_time_and_counts_as_service() -> None:
    stops = (dropoff("a", km=5), dropoff("b", km=6))
    plan = solve(problem(stops=stops, vehicles=(van(capacity=(1,), max_trips=2, reload=15 * MINUTE),)))
    (reload,) = reloads(plan)
    assert reload.departs_at - reload.starts_at >= 15 * MINUTE
    assert plan.totals.service == 15 * MINUTE
    assert plan.totals.duration == (10 + 12 + 15) * MINUTE


def test_what_is_picked_up_is_unloaded_at_the_depot() -> None:
    stops = (pickup("a", km=5), pickup("b", km=6), pickup("c", km=7))
    plan = solve(problem(stops=stops, vehicles=(van(capacity=(2,), max_trips=2),)))
    assert left_out(plan) == set()
    assert sorted(len(trip) for trip in trips(plan)) == [1, 2]


def test_a_vehicle_reloads_where_it_started_not_where_it_ends() -> None:
    question = problem(
        depots=(depot("west"), depot("east", km=30)),
        stops=(dropoff("a", km=5), dropoff("b", km=25)),
        vehicles=(van(start="west", end="east", capacity=(1,), max_trips=2),),
    )
    plan = solve(question)
    assert trips(plan) == [["a"], ["b"]]
    assert [reload.place for reload in reloads(plan)] == ["west"]
    last = route_of(plan).steps[-1]
    assert isinstance(last, EndStep)
    assert (last.place, route_of(plan).distance) == ("east", 40_000)


def test_a_trip_may_cross_the_water_and_come_back_for_more() -> None:
    question = problem(
        stops=(dropoff("across", island="penida", km=1), dropoff("at home", km=5)),
        vehicles=(van(capacity=(1,), max_trips=2),),
        ports=(port("sanur", island="bali", km=2), port("toya", island="penida")),
        lines=(line("out", "sanur", "toya", ("08:00",)), line("back", "toya", "sanur", ("12:00",))),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert len(reloads(plan)) == 1


@pytest.mark.parametrize("max_trips", [1, 2, 3])
def test_one_crossing_serves_all_that_fit_whether_or_not_more_trips_are_allowed(max_trips: int) -> None:
    """There is one ferry out and one back: a trip for each stop is out of the question."""
    question = problem(
        stops=tuple(dropoff(f"s-{km}", island="penida", km=km) for km in (10, 11, 12)),
        vehicles=(van(max_trips=max_trips),),
        ports=(port("sanur", island="bali", km=4), port("toya", island="penida")),
        lines=(line("out", "sanur", "toya", ("08:00",)), line("back", "toya", "sanur", ("13:00",))),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert reloads(plan) == []


@pytest.mark.parametrize("max_trips", [1, 2])
def test_a_trip_of_its_own_is_not_made_for_what_is_ready_in_time(max_trips: int) -> None:
    """All of it is ready by nine, and lies on one road."""
    question = problem(
        stops=(
            dropoff("a", km=39, windows=(between("09:43", "10:09"),), ready_at=at("09:00")),
            dropoff("b", km=26, ready_at=at("08:39")),
            dropoff("c", km=57),
        ),
        vehicles=(van(max_trips=max_trips),),
    )
    assert route_of(solve(question)).distance == 2 * 57_000
