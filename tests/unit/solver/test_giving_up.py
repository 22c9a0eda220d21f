"""A round that can only end too dear is given up before all its stops had their turn, and leaves no trace."""

import pytest

from router.domain.problem import Problem
from router.solver.encode import encode
from router.solver.full_chain import FullChain
from router.solver.kernel import model as m
from router.travel.travel import Travel
from tests import builders as b

ROUNDS = 2_000
HOT, COLD = 1e9, 1e-6


def archipelago(room: int) -> Problem:
    """Return sixty parcels on two islands, for four vans with so much room each."""
    home = [b.dropoff(f"h{k}", km=1 + k * 7 % 40, penalty=1_000.0) for k in range(45)]
    away = [b.dropoff(f"a{k}", island="lombok", km=1 + k * 3 % 15, penalty=1_000.0) for k in range(15)]
    return b.problem(
        stops=[*home, *away],
        vehicles=[
            *(b.van(f"at home {k}", capacity=(room,), ferry_class=None) for k in range(3)),
            b.van("away", capacity=(room,)),
        ],
        ports=[b.port("padang bai", island="bali"), b.port("lembar", island="lombok")],
        lines=[
            b.line("there", "padang bai", "lembar", ["08:00"], fares={"IVB": 10}),
            b.line("back", "lembar", "padang bai", ["16:00"], fares={"IVB": 10}),
        ],
    )


def chain_of(problem: Problem) -> FullChain:
    """Return a chain that has cooled down on it."""
    encoding = encode(problem, Travel(problem, b.road_matrix(problem)))
    chain = FullChain(encoding, 1)
    chain.construct()
    chain.run(3_000, 0.1, 1.0)
    return chain


def given_up(chain: FullChain, temperature: float) -> int:
    """Return how many rounds end before all stops to insert had their turn."""
    counter, rounds = chain._state.counter, 0
    for _ in range(ROUNDS):
        before = counter[m.ATTEMPT]
        chain.run(1, temperature, 1.0)
        rounds += 0 < counter[m.ATTEMPT] - before < counter[m.WORK]
    return rounds


def test_a_hopeless_round_is_not_completed() -> None:
    """At great heat nothing is too dear and every round is completed; in the cold many are given up."""
    problem = archipelago(room=20)
    assert given_up(chain_of(problem), HOT) == 0
    assert given_up(chain_of(problem), COLD) > ROUNDS / 10


def test_what_was_given_up_leaves_no_trace() -> None:
    """After each round in the cold, the plan is no dearer than before, and its cost is that of its routes and gaps."""
    chain = chain_of(archipelago(room=14))
    state, penalty = chain._state, chain._encoding.model.penalty
    absent = int(state.counter[m.ABSENT])
    assert absent > 0
    cost = chain.cost
    for _ in range(ROUNDS):
        chain.run(1, COLD, 1.0)
        left_out = state.absent[: state.counter[m.ABSENT]]
        assert chain.cost <= cost + COLD * 100
        assert chain.cost == pytest.approx(float(state.cost.sum() + penalty[left_out].sum()))
        assert sorted(left_out) == sorted(c for c in range(len(penalty)) if state.at[c]["route"] == m.NONE)
        cost = chain.cost
