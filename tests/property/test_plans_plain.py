"""On generated plain days, one island and no clocks to pay, the faster kernel's plans stand up like all others."""

import random
from dataclasses import replace

import numpy as np
import pytest

from router.checking import check
from router.domain.plan import Plan
from router.domain.problem import Problem, StopKind
from router.domain.search import Budget, Outcome
from router.domain.units import Money, Seconds
from router.scheduling import schedule
from router.solver.encode import encode
from router.solver.full_chain import FullChain
from router.solver.plain.encode import encode_day
from router.solver.plain_chain import PlainChain
from router.solver.search import new_chain
from router.solver.solve import propose
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel
from tests import builders as b
from tests.solving import AMPLE

DAYS = range(120)
CHUNKS = [range(first, first + 20) for first in range(0, 120, 20)]
in_chunks = pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")

WINDOWS = (
    b.between("08:00", "18:00"),
    b.between("08:00", "11:00"),
    b.between("13:00", "13:30"),
    b.between("10:00", "16:00"),
)


def plain_day(seed: int) -> tuple[Problem, TravelMatrix]:
    """Return a day on one island: 2-40 stops, up to nine vehicles of three types, roads by another way back."""
    chance = random.Random(seed)  # noqa: S311
    kind = chance.choice([StopKind.DROPOFF, StopKind.PICKUP])
    stops = [
        b.dropoff(
            f"s{k}",
            km=chance.randrange(60),
            windows=[chance.choice(WINDOWS)],
            service=60 * chance.randrange(20),
            load=[chance.randint(1, 4)],
            penalty=chance.choice([None, None, 50.0, 5000.0]),
        )
        for k in range(chance.randint(2, 40))
    ]
    vehicles = [
        b.van(
            f"v{k}-{n}",
            capacity=[chance.choice([6, 15, None])],
            fixed=100.0 * k,
            per_km=1.0 + chance.randrange(3),
            limits=b.limits(distance=chance.choice([None, 90_000]), stops=chance.choice([None, 9])),
        )
        for k in range(chance.randint(1, 3))
        for n in range(chance.randint(1, 3))
    ]
    problem = b.problem(stops=[replace(stop, kind=kind) for stop in stops], vehicles=vehicles)
    matrix = b.road_matrix(problem)
    if chance.random() < 0.5:
        for block in matrix.blocks.values():
            block.seconds[:] += np.triu(np.full_like(block.seconds, 240), 1)
            block.meters[:] += np.triu(np.full_like(block.meters, 1700), 1)
    return problem, matrix


def solved(problem: Problem, matrix: TravelMatrix, seed: int, threads: int = 1) -> tuple[Outcome, Plan]:
    """Return what the search ends with, and its plan with times."""
    travel = Travel(problem, matrix)
    budget = Budget(time_limit=Seconds(AMPLE), iteration_limit=600, seed=seed, threads=threads)
    outcome = propose(problem, travel, budget, lambda _: None, lambda: False)
    return outcome, schedule(problem, travel, outcome.proposal)


@in_chunks
def test_the_referee_is_silent_and_the_costs_are_those_of_the_schedule(seeds: range) -> None:
    """Also where the roads there and back differ, capacities, limits and types are mixed, and stops are left out."""
    for seed in seeds:
        problem, matrix = plain_day(seed)
        outcome, plan = solved(problem, matrix, seed)
        assert check(problem, matrix, plan) == (), f"day {seed}"
        assert outcome.cost == pytest.approx(plan.cost.total), f"day {seed}"


def test_all_these_days_go_to_the_faster_kernel_and_clocks_to_pay_do_not() -> None:
    """Otherwise the other tests here would say nothing about it."""
    for seed in DAYS:
        problem, matrix = plain_day(seed)
        assert isinstance(new_chain(encode(problem, Travel(problem, matrix)), 1), PlainChain), f"day {seed}"
    problem, matrix = plain_day(0)
    van = problem.vehicles[0]
    paid = replace(problem, vehicles=(replace(van, costs=replace(van.costs, per_hour=Money(10.0))),))
    assert isinstance(new_chain(encode(paid, Travel(paid, matrix)), 1), FullChain)


def test_both_kernels_cost_the_same_routes_alike() -> None:
    """A plan of one, loaded into the other, costs the same, and holds."""
    for seed in DAYS:
        problem, matrix = plain_day(seed)
        encoding = encode(problem, Travel(problem, matrix))
        plain, full = PlainChain(encoding, seed), FullChain(encoding, seed)
        plain.construct()
        assert full.load(plain.current()), f"day {seed}"
        assert full.missing == plain.missing, f"day {seed}"
        assert full.cost == pytest.approx(plain.cost), f"day {seed}"
        full.construct()
        assert plain.load(full.current()), f"day {seed}"
        assert plain.cost == pytest.approx(full.cost), f"day {seed}"


def test_no_road_is_shorter_than_the_least_that_is_assumed_of_it() -> None:
    """Else a place would be passed over that is the cheapest; and no more is assumed, else none would be."""
    for seed in DAYS:
        problem, matrix = plain_day(seed)
        day, node = encode_day(encode(problem, Travel(problem, matrix)).model)
        for c in range(len(problem.stops)):
            others = np.delete(np.arange(len(node)), c)
            into = day.arc["long"][node["row"][others] + node["spot"][c]]
            out = day.arc["long"][node["row"][c] + node["spot"][others]]
            assert (day.least_in[c], day.least_out[c]) == (into.min(), out.min()), f"day {seed}, stop {c}"


def test_the_same_seed_finds_the_same_plan() -> None:
    """On one thread, whatever ran before."""
    for seed in DAYS[:10]:
        problem, matrix = plain_day(seed)
        first, _ = solved(problem, matrix, seed)
        again, _ = solved(problem, matrix, seed)
        assert first.proposal == again.proposal, f"day {seed}"


def test_two_threads_share_one_search() -> None:
    """Their plan holds too, and both count."""
    problem, matrix = plain_day(4)
    outcome, plan = solved(problem, matrix, 4, threads=2)
    assert check(problem, matrix, plan) == ()
    assert outcome.iterations >= 2 * 600


def test_a_route_that_does_not_hold_is_refused() -> None:
    """What does not fit stays out, and the chain says so."""
    problem = b.problem(
        stops=[b.dropoff("near", km=1), b.dropoff("heavy", km=2, load=[10])], vehicles=[b.van(capacity=[10])]
    )
    encoding = encode(problem, Travel(problem, b.road_matrix(problem)))
    chain = PlainChain(encoding, 1)
    chain.construct()
    (route,) = chain.current()
    assert chain.missing == 1
    assert chain.load([route])
    assert not chain.load([replace(route, stops=(0, 1), crossings=(-1, -1, -1))])
    assert chain.missing == 1
