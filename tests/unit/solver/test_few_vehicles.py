"""Where vehicles are dear, the search looks for plans that need fewer of them."""

import pytest

from router.domain.search import Budget
from router.solver.decode import KernelRoute
from router.solver.encode import Encoding, encode
from router.solver.full_chain import FullChain
from router.solver.kernel import model as m
from router.solver.solve import propose
from router.travel.travel import Travel
from tests import builders as b

SHIPMENTS = 6
DEAR, ROUNDS = 1_000_000, 500


def a_chain(fixed: float = DEAR) -> tuple[Encoding, FullChain]:
    """Return a chain that stands at a plan with a vehicle for each of six shipments, of which one could take all."""
    ends = [b.shipment(f"s{k}", km=2 + k, to_km=12 + k) for k in range(SHIPMENTS)]
    problem = b.problem(
        stops=[end for pair in ends for end in pair],
        vehicles=[b.van(f"van-{k}", fixed=fixed) for k in range(SHIPMENTS)],
    )
    encoding = encode(problem, Travel(problem, b.road_matrix(problem)))
    chain = FullChain(encoding, 1)
    nowhere = (m.NONE,) * 3
    assert chain.load([KernelRoute(k, (2 * k, 2 * k + 1), nowhere, fixed + 40.0) for k in range(SHIPMENTS)])
    return encoding, chain


def test_the_fleet_weighs_where_vehicles_cost_more_than_their_roads() -> None:
    assert a_chain()[1].fleet_weighs()
    assert not a_chain(fixed=10)[1].fleet_weighs()


def test_a_spared_route_leaves_its_vehicle_at_home() -> None:
    _, chain = a_chain()
    for left in range(SHIPMENTS - 1, 0, -1):
        assert chain.spare()
        assert chain.missing == 2, "both ends of the shipment whose route is gone"
        assert chain.place_all(ROUNDS, 1.0), "the others have room for it"
        assert len(chain.current()) <= left
        assert len(chain.best()) == len(chain.current()), "fewer vehicles are the better plan"
        if len(chain.current()) == 1:
            break
    assert not chain.spare(), "the last route stays"


def test_what_was_closed_is_open_again() -> None:
    encoding, chain = a_chain()
    assert chain.spare()
    assert chain._state.closed.any()
    chain.open()
    assert not chain._state.closed.any()
    chain.load([])
    chain.fill()
    assert chain.missing == 0
    assert len(encoding.stops) == sum(len(route.stops) for route in chain.current())


@pytest.mark.parametrize("rounds", [1, 20])
def test_too_few_rounds_say_so(rounds: int) -> None:
    """A single vehicle that may carry but one parcel has to say no, however long it tries."""
    ends = [b.shipment(f"s{k}", km=2, to_km=12, windows=[b.between("08:00", "08:01")]) for k in range(2)]
    problem = b.problem(
        stops=[end for pair in ends for end in pair],
        vehicles=[b.van(f"van-{k}", fixed=DEAR, capacity=(1,)) for k in range(2)],
    )
    chain = FullChain(encode(problem, Travel(problem, b.road_matrix(problem))), 1)
    assert chain.load([KernelRoute(k, (2 * k, 2 * k + 1), (m.NONE,) * 3, DEAR + 24.0) for k in range(2)])
    assert chain.spare()
    assert not chain.place_all(rounds, 1.0)
    assert len(chain.best()) == 2, "the best plan is the old one"


def test_routes_of_optional_stops_alone_are_not_spared() -> None:
    """Nothing would have to be placed: the search would spare the same route for ever."""
    ends = [b.shipment(f"s{k}", km=2 + k, to_km=12, penalty=9 * DEAR) for k in range(SHIPMENTS)]
    problem = b.problem(
        stops=[end for pair in ends for end in pair],
        vehicles=[b.van(f"van-{k}", fixed=DEAR, capacity=(1,)) for k in range(SHIPMENTS)],
    )
    travel = Travel(problem, b.road_matrix(problem))
    outcome = propose(
        problem, travel, Budget(time_limit=600, iteration_limit=400), lambda _: None, lambda: False
    )
    assert outcome.iterations == 400
    assert len(outcome.proposal.served()) == 2 * SHIPMENTS
