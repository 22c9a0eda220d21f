"""Roads are the matrix's: one-way streets, missing roads and slow vehicles as it has them."""

import numpy as np

from router.domain.ids import IslandId, Profile
from router.travel.matrix import Block, TravelMatrix
from tests.builders import dropoff, problem, road_matrix, van
from tests.solving import left_out, order, route_of, solve, used


def test_a_matrix_need_not_be_symmetric() -> None:
    """A ring road: one round costs 4, every other order more."""
    question = problem(stops=tuple(dropoff(name, km=n) for n, name in enumerate("abc")))
    ring = np.array([[0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1], [1, 2, 3, 0]], dtype=np.int32)
    block = Block(places=("dps", "a", "b", "c"), seconds=ring * 60, meters=ring * 1000)
    roads = TravelMatrix({(Profile("van"), IslandId("bali")): block}, "ring road")
    plan = solve(question, matrix=roads)
    assert order(plan) == ["a", "b", "c"]
    assert route_of(plan).distance == 4_000


def test_where_there_is_no_road_another_order_is_driven() -> None:
    """From the depot the only road leads to b; a is reached from there."""
    question = problem(stops=(dropoff("a", km=1), dropoff("b", km=2)))
    roads = road_matrix(question, closed=(("dps", "a"),))
    assert order(solve(question, matrix=roads)) == ["b", "a"]


def test_a_stop_without_any_road_is_left_out() -> None:
    question = problem(stops=(dropoff("a", km=1), dropoff("b", km=2)))
    roads = road_matrix(question, closed=(("dps", "a"), ("b", "a")))
    assert left_out(solve(question, matrix=roads)) == {"a"}


def test_each_profile_has_roads_of_its_own() -> None:
    """The alley is closed to vans, so that the motorbike goes though it is dearer."""
    question = problem(
        stops=(dropoff("alley", km=3),),
        vehicles=(van("van-1", per_km=1), van("bike-1", per_km=2, profile="motorbike")),
    )
    open_roads = road_matrix(question)
    closed = road_matrix(question, closed=(("dps", "alley"),))
    vans, bikes = (Profile("van"), IslandId("bali")), (Profile("motorbike"), IslandId("bali"))
    roads = TravelMatrix({vans: closed.blocks[vans], bikes: open_roads.blocks[bikes]}, "alleys")
    assert used(solve(question, matrix=roads)) == {"bike-1"}
