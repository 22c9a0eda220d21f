"""What one vehicle serves over the water can be split between two that cross for less, and hot plans trade often."""

from collections import Counter

import pytest

from router.domain.problem import Problem
from router.solver.decode import KernelRoute
from router.solver.encode import encode
from router.solver.full_chain import ANYTHING_GOES, FullChain
from router.solver.kernel.kick import SPLIT_WATER, TRADE_ROUTES, TRADE_WATER
from router.travel.travel import Travel
from tests import builders as b

PARCELS = 12
ROUNDS = 40


def fleet(scooter_fare: float, scooter_class: str | None, scooters: int) -> Problem:
    """Return twelve parcels over the water, a van and some scooters; each of them could carry all."""
    classes = {"van": "IVB", **{f"scooter-{k + 1}": scooter_class for k in range(scooters)}}
    fares = {"IVB": 100.0, "II": scooter_fare}
    return b.problem(
        stops=[b.dropoff(f"p{k}", island="lombok", km=1 + k / 10, penalty=1_000.0) for k in range(PARCELS)],
        vehicles=[b.van(name, capacity=(PARCELS,), ferry_class=which) for name, which in classes.items()],
        ports=[b.port("padang bai", island="bali"), b.port("lembar", island="lombok")],
        lines=[
            b.line("there", "padang bai", "lembar", ["08:00"], fares=fares),
            b.line("back", "lembar", "padang bai", ["16:00"], fares=fares),
        ],
    )


def with_the_van_away(scooter_fare: float, scooter_class: str | None = "II", scooters: int = 2) -> FullChain:
    """Return a chain that stands at the plan in which the van serves all."""
    problem = fleet(scooter_fare, scooter_class, scooters)
    encoding = encode(problem, Travel(problem, b.road_matrix(problem)))
    chain = FullChain(encoding, 1)
    van = next(v for v, vehicle in enumerate(encoding.vehicles) if vehicle.id == "van")
    assert chain.load([KernelRoute(van, tuple(range(PARCELS)), (0, *(-1,) * (PARCELS - 1), 1), 300.0)])
    assert crossing(chain) == {"van"}
    return chain


def crossing(chain: FullChain) -> set[str]:
    """Return the names of the vehicles that cross."""
    return {
        chain._encoding.vehicles[route.vehicle].id for route in chain.current() if max(route.crossings) >= 0
    }


def test_two_scooters_share_what_the_van_served() -> None:
    chain = with_the_van_away(scooter_fare=20.0)
    assert chain.kick(SPLIT_WATER) == PARCELS
    assert crossing(chain) == {"scooter-1", "scooter-2"}
    assert chain.absent == 0
    served = sorted(stop for route in chain.current() for stop in route.stops)
    assert served == list(range(PARCELS))


def test_nothing_is_split_between_vehicles_that_pay_as_much() -> None:
    chain = with_the_van_away(scooter_fare=100.0)
    plan = chain.current()
    assert [chain.kick(SPLIT_WATER) for _ in range(ROUNDS)] == [0] * ROUNDS
    assert chain.current() == plan


def test_nothing_is_split_between_vehicles_that_no_ferry_takes() -> None:
    """They pay nothing over the water only because they cannot cross it at all."""
    chain = with_the_van_away(scooter_fare=20.0, scooter_class=None)
    plan = chain.current()
    assert [chain.kick(SPLIT_WATER) for _ in range(ROUNDS)] == [0] * ROUNDS
    assert chain.current() == plan


def test_any_vehicle_that_crosses_for_less_may_get_a_share() -> None:
    chain, seen = with_the_van_away(scooter_fare=20.0, scooters=4), Counter[str]()
    kept = chain.current()
    splits = 0
    while splits < 10 * ROUNDS:
        if chain.kick(SPLIT_WATER) > 0:
            splits += 1
            seen.update(crossing(chain))
            assert chain.load(kept)
    # Two of four each time: a half for each, give or take four standard deviations.
    assert set(seen) == {f"scooter-{k}" for k in (1, 2, 3, 4)}
    assert all(160 < often < 240 for often in seen.values()), seen


@pytest.mark.parametrize("kind", [TRADE_WATER, TRADE_ROUTES])
def test_who_cannot_cross_takes_over_no_route_that_does(kind: int) -> None:
    chain = with_the_van_away(scooter_fare=20.0, scooter_class=None)
    plan = chain.current()
    assert [chain.kick(kind) for _ in range(ROUNDS)] == [0] * ROUNDS
    assert chain.current() == plan


def test_a_hot_chain_that_trades_sends_others_over_the_water() -> None:
    seen: dict[float, set[frozenset[str]]] = {}
    for share in (0.0, 1.0):
        chain = with_the_van_away(scooter_fare=20.0)
        chain.trade(share)
        seen[share] = set()
        for _ in range(ROUNDS):
            chain.run(1, ANYTHING_GOES if share else 1e-9, 1.0)
            seen[share].add(frozenset(crossing(chain)))
    both = frozenset({"scooter-1", "scooter-2"})
    assert both in seen[1.0]
    assert {frozenset({"van", "scooter-1"}), frozenset({"van", "scooter-2"})} <= seen[1.0]
    assert both not in seen[0.0], "one scooter alone is cheaper, and without trades nothing dearer is tried"


def test_on_land_nothing_is_traded() -> None:
    """There the rounds are the same whether trades are asked for or not."""
    problem = b.problem(
        stops=[b.dropoff(f"p{k}", km=1 + (7 * k) % 11) for k in range(10)],
        vehicles=[b.van("a", per_km=5), b.van("b", per_km=4)],
    )
    plans = []
    for share in (0.0, 1.0):
        chain = FullChain(encode(problem, Travel(problem, b.road_matrix(problem))), 1)
        chain.trade(share)
        chain.construct()
        chain.run(ROUNDS, 1.0, 1.0)
        plans.append(chain.current())
    assert plans[0] == plans[1]
