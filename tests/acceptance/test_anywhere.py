"""A vehicle without a start depot begins at its first stop, one without an end depot ends at its last."""

from dataclasses import replace

import pytest

from router.domain.plan import EndStep, StartStep
from tests.builders import at, between, depot, dropoff, limits, line, port, problem, rest, shipment, van
from tests.solving import ENGINES, left_out, order, rests, route_of, sailings, solve, used, visit

both_engines = pytest.mark.parametrize("engine", ENGINES)


@both_engines
def test_nothing_is_driven_to_the_first_stop_and_from_the_last(engine: str) -> None:
    """In a row at 10, 20 and 30 km, far from the depot: twenty kilometres between the outer two are all."""
    stops = tuple(dropoff(f"s-{km}", km=km, service=600) for km in (20, 30, 10))
    route = route_of(solve(problem(stops=stops, vehicles=(van(start=None),)), engine=engine, iterations=300))
    assert route.distance == 20_000
    assert order(solve(problem(stops=stops, vehicles=(van(start=None),)))) in (
        ["s-10", "s-20", "s-30"],
        ["s-30", "s-20", "s-10"],
    )


def test_the_route_starts_and_ends_where_its_first_and_last_stops_are() -> None:
    """It leaves when service can begin at the first, and is over when the last is served."""
    stops = (
        dropoff("a", km=10, service=600, windows=(between("09:00", "10:00"),)),
        dropoff("b", km=40, service=900),
    )
    route = route_of(solve(problem(stops=stops, vehicles=(van(start=None, per_hour=60),))))
    start, first, last, end = route.steps
    assert isinstance(start, StartStep)
    assert isinstance(end, EndStep)
    assert (start.place, end.place) == ("b", "a")
    assert (start.departs_at, first.starts_at) == (at("08:15"), at("08:15"))  # type: ignore[union-attr]
    assert (last.starts_at, end.arrives_at) == (at("09:00"), at("09:10"))  # type: ignore[union-attr]
    assert (end.drive, end.distance) == (0, 0)


def test_only_the_way_home_counts_for_one_that_starts_anywhere() -> None:
    question = problem(stops=(dropoff("a", km=30),), vehicles=(van(start=None, end="dps"),))
    assert route_of(solve(question)).distance == 30_000


def test_only_the_way_out_counts_for_one_that_ends_anywhere() -> None:
    question = problem(stops=(dropoff("a", km=30),), vehicles=(replace(van(), end=None),))
    assert route_of(solve(question)).distance == 30_000


def test_the_shift_holds_for_service_at_both_ends() -> None:
    """Service begins at six at the earliest, and is over by eight in the evening at the latest."""

    def served(first: str, last: str) -> bool:
        stops = (
            dropoff("early", windows=(between(first, first),)),
            dropoff("late", service=3600, windows=(between(last, last),)),
        )
        return not left_out(solve(problem(stops=stops, vehicles=(van(start=None),))))

    assert served("06:00", "19:00")
    assert not served("05:59", "19:00")
    assert not served("06:00", "19:01")


def test_it_starts_on_whatever_island_needs_it() -> None:
    """No ferry leads to Penida, where the vehicle begins; to Bali it takes one, and none back."""
    question = problem(
        stops=(dropoff("a", island="penida", km=3), dropoff("b", km=2)),
        vehicles=(van(start=None),),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(line("over", "toya", "sanur", ("08:00",)),),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert order(plan) == ["a", "b"]
    assert sailings(plan) == ["over 08:00"]


@both_engines
def test_a_vehicle_that_begins_there_is_cheaper_than_a_crossing(engine: str) -> None:
    question = problem(
        depots=(depot("bali"),),
        stops=(dropoff("a", island="penida", km=1),),
        vehicles=(van("b", start="bali"), van("p", start=None, fixed=100)),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", ("08:00",), fares={"IVB": 200}),
            line("back", "toya", "sanur", ("12:00",), fares={"IVB": 200}),
        ),
    )
    assert used(solve(question, engine=engine, iterations=300)) == {"p"}


def test_loads_for_drop_offs_are_on_board_from_its_first_stop_on() -> None:
    """Of three drop-offs with room for two, one stays behind; a shipment needs no room at the beginning."""
    drops = tuple(dropoff(f"d-{n}", km=n, penalty=50) for n in range(3))
    shipped = shipment("s", km=9, to_km=10, load=(2,))
    plan = solve(problem(stops=(*drops, *shipped), vehicles=(van(start=None, capacity=(2,)),)))
    assert len(left_out(plan)) == 1
    assert order(plan)[-2:] == ["s/pickup", "s/dropoff"]


def test_nothing_is_served_before_its_load_is_ready() -> None:
    question = problem(stops=(dropoff("a", ready_at=at("10:00")),), vehicles=(van(start=None),))
    assert visit(solve(question), "a").starts_at == at("10:00")


def test_a_break_is_due_between_its_first_stop_and_its_last() -> None:
    """Out from eight to two, with lunch in between; who serves in the morning only has none."""
    lunch = rest("lunch", "11:00", "12:00")
    early = dropoff("early", windows=(between("08:00", "08:00"),))
    late = dropoff("late", km=5, windows=(between("14:00", "14:00"),))
    vehicle = van(start=None, breaks=(lunch,))
    assert len(rests(solve(problem(stops=(early, late), vehicles=(vehicle,))))) == 1
    assert rests(solve(problem(stops=(early,), vehicles=(vehicle,)))) == []


def test_limits_count_from_the_first_stop_to_the_last() -> None:
    """Twenty kilometres and twenty minutes apart, however far from the depot."""
    stops = tuple(dropoff(f"s-{km}", km=km) for km in (100, 120))

    def served(*, distance: int | None = None, duration: int | None = None) -> bool:
        vehicle = van(start=None, limits=limits(distance=distance, duration=duration))
        return not left_out(solve(problem(stops=stops, vehicles=(vehicle,))))

    assert served(distance=20_000, duration=1200)
    assert not served(distance=19_999)
    assert not served(duration=1199)
