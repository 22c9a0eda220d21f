"""Each vehicle goes from its own start depot to its own end depot, of which there may be several."""

from router.domain.plan import EndStep, StartStep
from tests.builders import depot, dropoff, line, port, problem, van
from tests.solving import left_out, order, route_of, solve, used


def test_each_depot_serves_its_own_neighbourhood() -> None:
    question = problem(
        depots=(depot("west", km=0), depot("east", km=100)),
        stops=tuple(dropoff(f"s-{km}", km=km) for km in (5, 10, 90, 95)),
        vehicles=(van("w", start="west"), van("e", start="east")),
    )
    plan = solve(question)
    assert set(order(plan, "w")) == {"s-5", "s-10"}
    assert set(order(plan, "e")) == {"s-90", "s-95"}


def test_a_vehicle_may_end_elsewhere_than_it_starts() -> None:
    question = problem(
        depots=(depot("west", km=0), depot("east", km=30)),
        stops=(dropoff("b", km=20), dropoff("a", km=10), dropoff("c", km=25)),
        vehicles=(van(start="west", end="east"),),
    )
    route = route_of(solve(question))
    assert order(solve(question)) == ["a", "b", "c"]
    assert route.distance == 30_000
    first, last = route.steps[0], route.steps[-1]
    assert isinstance(first, StartStep)
    assert isinstance(last, EndStep)
    assert (first.place, last.place) == ("west", "east")


def test_a_vehicle_that_is_not_needed_stays_at_home() -> None:
    question = problem(
        stops=tuple(dropoff(f"s-{n}", km=n) for n in range(1, 5)),
        vehicles=tuple(van(f"van-{n}", fixed=100) for n in range(1, 4)),
    )
    assert len(used(solve(question))) == 1


def test_a_depot_on_the_island_saves_the_crossing() -> None:
    question = problem(
        depots=(depot("bali"), depot("penida", island="penida", km=50)),
        stops=(dropoff("a", island="penida", km=1),),
        vehicles=(van("b", start="bali"), van("p", start="penida")),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", ("08:00",), fares={"IVB": 200}),
            line("back", "toya", "sanur", ("12:00",), fares={"IVB": 200}),
        ),
    )
    assert used(solve(question)) == {"p"}


def test_a_route_may_start_on_one_island_and_end_on_another() -> None:
    question = problem(
        depots=(depot("bali"), depot("penida", island="penida", km=5)),
        stops=(dropoff("a", km=3), dropoff("b", island="penida", km=2)),
        vehicles=(van(start="bali", end="penida"),),
        ports=(port("sanur", island="bali", km=4), port("toya", island="penida")),
        lines=(line("out", "sanur", "toya", ("08:00",)),),
    )
    plan = solve(question)
    assert left_out(plan) == set()
    assert order(plan) == ["a", "b"]
    assert plan.totals.crossings == 1
