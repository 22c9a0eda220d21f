"""Over water rounds begin the more often beside stops that are left out, the more of them there are."""

import pytest

from router.domain.problem import Problem
from router.solver.encode import encode
from router.solver.full_chain import FullChain
from router.solver.kernel import model as m
from router.travel.travel import Travel
from tests import builders as b

AT_HOME, AWAY = 40, 10
ROUNDS = 1_000


def archipelago(crossing: int) -> Problem:
    """Return forty parcels at home and ten over the water, where only so many can be brought."""
    home = [b.dropoff(f"h{k}", km=1 + k / 10, penalty=1_000.0) for k in range(AT_HOME)]
    away = [b.dropoff(f"a{k}", island="lombok", km=1 + k / 10, penalty=1_000.0) for k in range(AWAY)]
    return b.problem(
        stops=[*home, *away],
        vehicles=[
            b.van("at home", capacity=(AT_HOME,), ferry_class=None),
            b.van("away", capacity=(crossing,)),
        ],
        ports=[b.port("padang bai", island="bali"), b.port("lembar", island="lombok")],
        lines=[
            b.line("there", "padang bai", "lembar", ["08:00"], fares={"IVB": 10}),
            b.line("back", "lembar", "padang bai", ["16:00"], fares={"IVB": 10}),
        ],
    )


def begun_away(left_out: int) -> float:
    """Return which share of rounds begins over the water while so many stops there are left out."""
    problem = archipelago(AWAY - left_out)
    encoding = encode(problem, Travel(problem, b.road_matrix(problem)))
    chain = FullChain(encoding, 1)
    chain.construct()
    chain.run(500, 0.1, 1.0)
    begun = 0
    for _ in range(ROUNDS):
        assert chain.absent == left_out
        chain.run(1, 0.1, 1.0)
        begun += encoding.stops[chain._state.counter[m.SEED]].location.island == "lombok"
    return begun / ROUNDS


@pytest.mark.parametrize(("left_out", "least", "most"), [(0, 0.15, 0.25), (2, 0.25, 0.45), (8, 0.5, 0.7)])
def test_rounds_begin_where_stops_are_left_out(left_out: int, least: float, most: float) -> None:
    """A fifth of all stops is over the water: that is the share of rounds where nothing is left out."""
    assert least < begun_away(left_out) < most
