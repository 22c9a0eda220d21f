"""Whatever a kick does to the plan of a generated archipelago, the plan still holds and costs what the kernel says."""

import pytest

from benchmarks.reading import Instance
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
TRADES = 0.5


def begin(seed: int) -> tuple[Instance, FullChain]:
    """Return a generated archipelago and a chain that stands at a plan built greedily."""
    instance = archipelago(seed)
    chain = FullChain(encode(instance.problem, instance.travel), seed)
    chain.construct()
    return instance, chain


def assert_sound(seed: int, instance: Instance, chain: FullChain) -> None:
    """Assert that the plan costs what the kernel says, and that the referee has nothing to say."""
    problem, travel = instance.problem, instance.travel
    plan = schedule(problem, travel, decode(encode(problem, travel), chain.current()))
    assert plan.cost.total == pytest.approx(chain.cost, abs=0.01), f"archipelago {seed}"
    assert check(problem, travel.matrix, plan) == (), f"archipelago {seed}"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_the_referee_is_silent_after_kicks(kind: int) -> None:
    held = 0
    for seed in SEEDS:
        instance, chain = begin(seed)
        for _ in range(TIMES):
            chain.run(ROUNDS, 1.0, 1.0)
            held += chain.kick(kind) > 0
            assert_sound(seed, instance, chain)
            chain.look_everywhere()
    assert held > len(SEEDS) // 10, "else this shows little"


def test_the_referee_is_silent_while_vehicles_trade() -> None:
    for seed in SEEDS:
        instance, chain = begin(seed)
        chain.trade(TRADES)
        for _ in range(TIMES):
            chain.run(ROUNDS, 100.0, 1.0)
            assert_sound(seed, instance, chain)
