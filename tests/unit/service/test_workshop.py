"""Budgets: what a request asks for, what the house has, and what the command line says instead."""

from typing import cast

from router.domain.search import Budget
from router.ports import FeedReader, MatrixSource, Solver
from router.service.workshop import Overrides, Workshop
from router.wire.limits import Limits
from router.wire.siting import Land


def a_workshop(overrides: Overrides) -> Workshop:
    nothing = object()
    return Workshop(
        land=cast("Land", nothing),
        matrices=cast("MatrixSource", nothing),
        solver=cast("Solver", nothing),
        feeds=cast("FeedReader", nothing),
        limits=Limits(),
        threads=2,
        memory_bytes=1 << 30,
        overrides=overrides,
    )


ASKED = Budget(time_limit=20, iteration_limit=500, seed=7)


def test_a_request_decides_how_long_and_the_house_with_what() -> None:
    assert a_workshop(Overrides()).equipped(ASKED) == Budget(
        time_limit=20, iteration_limit=500, seed=7, threads=2, memory_bytes=1 << 30
    )


def test_the_command_line_wins_over_the_request_where_it_speaks() -> None:
    budget = a_workshop(Overrides(time_limit=3, seed=0)).equipped(ASKED)
    assert (budget.time_limit, budget.seed, budget.iteration_limit) == (3, 0, 500)
