"""A slot on a narrow deck goes to whoever makes most of it."""

from router.solver.decode import KernelRoute
from router.solver.encode import encode
from router.solver.full_chain import FullChain
from router.solver.kernel import model as m
from router.travel.travel import Travel
from tests import builders as b

PARCELS = 12
PENALTY = 1_000.0
ROUNDS = 2_000


def test_a_vehicle_that_takes_the_deck_for_little_makes_way() -> None:
    """The only early boat has one slot, and a scooter for one parcel holds it: a van could take all of twelve."""
    across = [b.dropoff(f"p{k}", island="lombok", km=1 + k / 10, penalty=PENALTY) for k in range(PARCELS)]
    problem = b.problem(
        stops=across,
        vehicles=[b.van("scooter", capacity=(1,), per_km=0.1), b.van("van", capacity=(PARCELS,), fixed=100)],
        ports=[b.port("padang bai", island="bali"), b.port("lembar", island="lombok")],
        lines=[
            b.line("there", "padang bai", "lembar", ["08:00"], deck_slots=1, fares={"IVB": 10}),
            b.line("back", "lembar", "padang bai", ["16:00"], deck_slots=1, fares={"IVB": 10}),
        ],
    )
    encoding = encode(problem, Travel(problem, b.road_matrix(problem)))
    chain = FullChain(encoding, 1)
    scooter = next(v for v, vehicle in enumerate(encoding.vehicles) if vehicle.id == "scooter")
    assert chain.load([KernelRoute(scooter, (0,), (0, 1), 30.0)])
    assert chain.best_absent == PARCELS - 1
    chain.run(ROUNDS, 1.0, 1.0)
    assert chain.best_absent == 0
    assert [encoding.vehicles[route.vehicle].id for route in chain.best()] == ["van"]


def test_roads_beside_a_stop_are_those_of_the_matrix() -> None:
    stops = [b.dropoff(f"p{k}", km=k * k) for k in range(9)] + [b.dropoff("far", island="lombok", km=1)]
    problem = b.problem(stops=stops, vehicles=[b.van()])
    model = encode(problem, Travel(problem, b.road_matrix(problem))).model
    for c in range(len(stops)):
        for q, near in enumerate(model.near[c, : m.REACH]):
            between = model.near_road[0, c, q].item()
            if near == m.NONE:
                continue
            row, column = model.road["row"][0], model.road["column"][0]
            assert between == (
                *model.arc[row[near] + column[c]].item(),
                *model.arc[row[c] + column[near]].item(),
            )
            assert between[0] > 0
