"""Whatever a kick does to the plan of a generated archipelago, the plan still holds and costs what the kernel says."""

import pytest

from router.checking import check
from router.scheduling import schedule
from router.solver.decode import decode
from router.solver.encode import encode
from router.solver.full_chain import FullChain
from router.solver.kernel.kick import MAKE_WAY, RELIEVE, SPLIT_WATER, TRADE_ROUTES, TRADE_WATER
from tests.property.plans import archipelago

KINDS = {
    "water": TRADE_WATER,
    "routes": TRADE_ROUTES,
    "split": SPLIT_WATER,
    "way": MAKE_WAY,
    "relief": RELIEVE,
}
SEEDS = range(150)
ROUNDS, TIMES = 30, 4


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_the_referee_is_silent_after_kicks(kind: int) -> None:
    held = 0
    for seed in SEEDS:
        instance = archipelago(seed)
        problem, travel = instance.problem, instance.travel
        encoding = encode(problem, travel)
        chain = FullChain(encoding, seed)
        chain.construct()
        for _ in range(TIMES):
            chain.run(ROUNDS, 1.0, 1.0)
            held += chain.kick(kind) > 0
            plan = schedule(problem, travel, decode(encoding, chain.current()))
            assert plan.cost.total == pytest.approx(chain.cost, abs=0.01), f"archipelago {seed}"
            assert check(problem, travel.matrix, plan) == (), f"archipelago {seed}"
            chain.look_everywhere()
    assert held > len(SEEDS) // 10, "else this shows little"
