"""A kick changes who crosses whatever it costs, and is kept only if what follows makes it good."""

from dataclasses import replace

import pytest

from router.domain.problem import Problem
from router.domain.search import Budget
from router.solver.decode import KernelRoute
from router.solver.encode import encode
from router.solver.full_chain import FullChain
from router.solver.kernel import model as m
from router.solver.kernel.kick import MAKE_WAY, RELIEVE, TRADE_ROUTES, TRADE_WATER
from router.solver.kicks import FEW, Kicks
from router.solver.search import Search
from router.travel.travel import Travel
from tests import builders as b

PARCELS = 12
KICKS = 50


def two_vehicles(penalty: float) -> Problem:
    """Return twelve parcels over the water, one at home, a scooter for two of them and a van for all."""
    across = [b.dropoff(f"p{k}", island="lombok", km=1 + k / 10, penalty=penalty) for k in range(PARCELS)]
    return b.problem(
        stops=[*across, b.dropoff("home", km=1, penalty=penalty)],
        vehicles=[
            b.van("scooter", capacity=(2,), per_km=0.1),
            b.van("van", capacity=(PARCELS + 1,), fixed=100),
        ],
        ports=[b.port("padang bai", island="bali"), b.port("lembar", island="lombok")],
        lines=[
            b.line("there", "padang bai", "lembar", ["08:00"], deck_slots=1, fares={"IVB": 10}),
            b.line("back", "lembar", "padang bai", ["16:00"], deck_slots=1, fares={"IVB": 10}),
        ],
    )


def with_the_van_away(penalty: float) -> tuple[FullChain, int, int]:
    """Return a chain that stands at the cheap plan, the van over the water, the number of the scooter and the van."""
    problem = two_vehicles(penalty)
    encoding = encode(problem, Travel(problem, b.road_matrix(problem)))
    chain = FullChain(encoding, 1)
    scooter, van = (
        next(v for v, x in enumerate(encoding.vehicles) if x.id == name) for name in ("scooter", "van")
    )
    chain.construct()
    chain.run(2_000, 1.0, 1.0)
    assert chain.load(chain.best())
    assert crossing(chain) == {van}
    assert chain.absent == 0
    return chain, scooter, van


def crossing(chain: FullChain) -> set[int]:
    """Return the vehicles that cross."""
    return {route.vehicle for route in chain.current() if max(route.crossings) >= 0}


def kick_once(chain: FullChain, kind: int) -> int:
    """Kick until one holds; return how many stops it touched."""
    return next((stops for _ in range(KICKS) if (stops := chain.kick(kind)) > 0), 0)


@pytest.mark.parametrize("kind", [TRADE_WATER, TRADE_ROUTES])
def test_a_trade_puts_the_smaller_vehicle_on_the_boat_with_what_it_can_carry(kind: int) -> None:
    """However dear: ten parcels at a thousand each are left out, which no heat of a few arcs would accept."""
    chain, scooter, _ = with_the_van_away(penalty=1_000.0)
    before = chain.worth
    best = chain.best_cost
    touched = kick_once(chain, kind)
    assert crossing(chain) == {scooter}
    assert touched == PARCELS + 1, "the stops of both vehicles, and those left out"
    assert all(len(route.stops) <= 2 for route in chain.current() if route.vehicle == scooter)
    assert chain.worth > before + 5_000
    assert chain.best_cost == best, "the best plan is still known"


def test_way_is_made_and_routes_relieved_only_for_stops_left_out() -> None:
    chain, _, _ = with_the_van_away(penalty=1_000.0)
    assert kick_once(chain, MAKE_WAY) == kick_once(chain, RELIEVE) == 0


def test_way_is_made_for_a_stop_left_out() -> None:
    problem = two_vehicles(penalty=1_000.0)
    encoding = encode(problem, Travel(problem, b.road_matrix(problem)))
    chain = FullChain(encoding, 1)
    scooter = next(v for v, vehicle in enumerate(encoding.vehicles) if vehicle.id == "scooter")
    assert chain.load([KernelRoute(scooter, (0,), (0, 1), 30.0)])
    assert kick_once(chain, MAKE_WAY) > 0
    for _ in range(KICKS):
        if crossing(chain) != {scooter}:
            break
        chain.kick(MAKE_WAY)
    assert crossing(chain) != {scooter}


def test_a_kick_that_does_not_hold_changes_nothing() -> None:
    """With nobody over the water there is nothing to trade there."""
    problem = b.problem(
        stops=[b.dropoff(f"p{k}", km=k + 1) for k in range(3)], vehicles=[b.van("a"), b.van("b")]
    )
    chain = FullChain(encode(problem, Travel(problem, b.road_matrix(problem))), 1)
    chain.construct()
    plan, worth = chain.current(), chain.worth
    assert chain.kick(TRADE_WATER) == 0
    assert chain.current() == plan
    assert chain.worth == worth


def in_search(problem: Problem) -> tuple[Search, FullChain]:
    """Return a search with all the time it needs, and its chain, at the best plan of a few rounds."""
    travel = Travel(problem, b.road_matrix(problem))
    budget = Budget(time_limit=600, iteration_limit=20_000, seed=3)
    search = Search.begin(problem, travel, budget, lambda _: None, lambda: False)
    assert isinstance(search.chain, FullChain)
    search.anneal(0.2, 1.0, 0.01)
    assert search.load(search.best())
    return search, search.chain


@pytest.mark.parametrize("others", [-1e12, 1e12])
def test_a_trade_is_mended_only_if_it_promises_more_than_most_of_its_like(others: float) -> None:
    mended = others > 0
    search, chain = in_search(two_vehicles(penalty=1_000.0))
    kept, worth = chain.current(), chain.worth
    kicks = Kicks(search, chain)
    kicks._past[TRADE_WATER, 0].extend([others] * FEW * 4)
    stops = kicks._drawn(TRADE_WATER, kept, worth)
    assert (stops is not None) == mended
    assert (chain.worth > worth + 5_000) == mended, "the scooter is on the boat, or the van is again"
    if not mended:
        assert chain.current() == kept


def test_way_made_for_a_stop_left_out_is_mended_however_dear() -> None:
    search, chain = in_search(two_vehicles(penalty=1_000.0))
    scooter = next(v for v, vehicle in enumerate(search.encoding.vehicles) if vehicle.id == "scooter")
    assert chain.load([KernelRoute(scooter, (0,), (0, 1), 30.0)])
    kicks = Kicks(search, chain)
    kicks._past[MAKE_WAY, 0].extend([-1e12] * FEW * 4)
    assert kicks._drawn(MAKE_WAY, chain.current(), chain.worth)


@pytest.mark.parametrize(("left_out", "least", "most"), [(0, 0.0, 0.0), (1, 0.6, 0.8)])
def test_kicks_for_what_is_left_out_go_by_how_much_that_is(left_out: int, least: float, most: float) -> None:
    """One of thirteen is left out: ten times its share is capped at seven in ten."""
    search, chain = in_search(two_vehicles(penalty=1_000.0))
    if left_out:
        (home,) = [route for route in chain.current() if len(route.stops) == 1]
        (away,) = [route for route in chain.current() if len(route.stops) == PARCELS]
        crossings = (away.crossings[0], *away.crossings[2:])
        assert chain.load([home, replace(away, stops=away.stops[1:], crossings=crossings)])
    assert chain.absent == left_out
    kicks = Kicks(search, chain)
    kinds = [kicks._kind() for _ in range(400)]
    share = sum(kind in (MAKE_WAY, RELIEVE) for kind in kinds) / len(kinds)
    assert least <= share <= most


def test_where_nothing_can_be_kicked_the_search_goes_on() -> None:
    """One van alone trades with nobody: its plan is annealed, and ends no dearer."""
    both = two_vehicles(penalty=1_000.0)
    search, chain = in_search(replace(both, vehicles=both.vehicles[1:]))
    worth, accepted = chain.worth, int(chain._state.counter[m.ACCEPTED])
    Kicks(search, chain).go_on(1.0)
    assert search.spent() == 1.0
    assert chain._state.counter[m.ACCEPTED] > accepted + 1_000
    assert chain.best_cost <= worth


def test_kicks_end_at_a_plan_as_good_as_where_they_began() -> None:
    """Each kick here puts the scooter on the boat; the rounds after it send the van again, or it is taken back."""
    search, chain = in_search(two_vehicles(penalty=1_000.0))
    worth = chain.worth
    Kicks(search, chain).go_on(1.0)
    assert search.spent() == 1.0
    assert chain.worth == pytest.approx(worth)
