"""Another land mass is reached by ferry, by several in a row where it must be, and over bridges by road."""

import pytest

from router.domain.problem import Problem
from tests.builders import bridge, dropoff, line, pickup, port, problem, van
from tests.solving import left_out, order, route_of, sailings, solve, used

SEEDS = range(1, 21)


def penida(*, fare: float, penalty: float | None) -> Problem:
    """Eight stops on Bali and four on Penida, where one sailing goes in the morning and one returns."""
    return problem(
        stops=(
            *(dropoff(f"bali-{n}", km=3 * n + 2, service=120) for n in range(8)),
            *(
                dropoff(f"penida-{n}", island="penida", km=2 * n + 1, service=120, penalty=penalty)
                for n in range(4)
            ),
        ),
        vehicles=(van("van-1", capacity=(8,)), van("van-2", capacity=(8,))),
        ports=(port("sanur", island="bali", km=5), port("toya", island="penida")),
        lines=(
            line("out", "sanur", "toya", ("08:00",), fares={"IVB": fare}),
            line("back", "toya", "sanur", ("15:00",), fares={"IVB": fare}),
        ),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_an_island_of_one_sailing_out_and_one_back_is_served(seed: int) -> None:
    assert left_out(solve(penida(fare=210, penalty=None), seed=seed)) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_an_island_is_served_where_only_the_whole_tour_pays(seed: int) -> None:
    """The way over and back costs 420, a stop left out 200: one is not worth the trip, four are."""
    assert left_out(solve(penida(fare=210, penalty=200), seed=seed)) == set()


def test_an_island_is_left_alone_where_even_the_whole_tour_does_not_pay() -> None:
    plan = solve(penida(fare=210, penalty=100))
    assert left_out(plan) == {"penida-0", "penida-1", "penida-2", "penida-3"}
    assert plan.cost.unserved == pytest.approx(400)


def chain(*, second_leg: str) -> Problem:
    """Lembongan is reached over Penida only, from another port of Penida two kilometres down the road."""
    return problem(
        stops=(dropoff("a", island="lembongan", km=2),),
        ports=(
            port("sanur", island="bali", km=5),
            port("toya", island="penida"),
            port("sampalan", island="penida", km=2),
            port("jungut", island="lembongan"),
        ),
        lines=(
            line("s-t", "sanur", "toya", ("08:00",)),
            line("s-j", "sampalan", "jungut", (second_leg,)),
            line("j-s", "jungut", "sampalan", ("12:00",)),
            line("t-s", "toya", "sanur", ("14:00",)),
        ),
    )


def test_a_chain_of_two_lines_is_taken_with_the_road_between_their_ports() -> None:
    plan = solve(chain(second_leg="09:12"))
    assert sailings(plan) == ["s-t 08:00", "s-j 09:12", "j-s 12:00", "t-s 14:00"]
    assert plan.totals.crossings == 4
    assert route_of(plan).distance == (5 + 2 + 2 + 2 + 2 + 5) * 1000


def test_a_chain_whose_second_check_in_is_missed_is_no_way() -> None:
    """Rolled off at 08:50, two minutes down the road, and check-in closes twenty minutes before 09:11."""
    assert left_out(solve(chain(second_leg="09:11"))) == {"a"}


def test_two_islands_are_toured_from_one_to_the_next() -> None:
    """A triangle of lines: Bali to Penida, on to Lembongan, and home from there."""
    question = problem(
        stops=(dropoff("p", island="penida", km=1), pickup("l", island="lembongan", km=1)),
        ports=(
            port("sanur", island="bali"),
            port("toya", island="penida"),
            port("jungut", island="lembongan"),
        ),
        lines=(
            line("s-t", "sanur", "toya", ("08:00",)),
            line("t-j", "toya", "jungut", ("10:00",)),
            line("j-s", "jungut", "sanur", ("12:00",)),
        ),
    )
    plan = solve(question)
    assert order(plan) == ["p", "l"]
    assert sailings(plan) == ["s-t 08:00", "t-j 10:00", "j-s 12:00"]


def test_an_island_without_a_way_back_is_left_out() -> None:
    question = problem(
        stops=(dropoff("a", km=3), dropoff("b", island="penida")),
        ports=(port("sanur", island="bali"), port("toya", island="penida")),
        lines=(line("out", "sanur", "toya", ("08:00",)),),
    )
    assert left_out(solve(question)) == {"b"}


def test_a_bridge_makes_one_land_of_two_islands_for_those_it_carries() -> None:
    stops = (dropoff("a", island="ceningan", km=4),)
    vehicles = (van("van-1", per_km=1), van("bike-1", per_km=9, profile="motorbike"))
    for_all = bridge("bali", "ceningan")
    for_bikes = bridge("bali", "ceningan", profiles=("motorbike",))
    assert used(solve(problem(stops=stops, vehicles=vehicles, fixed_links=(for_all,)))) == {"van-1"}
    assert used(solve(problem(stops=stops, vehicles=vehicles, fixed_links=(for_bikes,)))) == {"bike-1"}
    assert left_out(solve(problem(stops=stops, vehicles=vehicles))) == {"a"}
