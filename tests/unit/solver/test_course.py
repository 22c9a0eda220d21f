"""A long search starts more than once, and over large maps the rounds sweep."""

import numpy as np
import pytest

from benchmarks.archipelagos import Decks, sized
from benchmarks.reading import read
from router.domain.problem import Problem
from router.domain.search import Budget, Outcome
from router.scheduling import schedule
from router.solver import course
from router.solver.commons import Standing
from router.solver.encode import encode
from router.solver.full_chain import FullChain
from router.solver.kernel.choose import SWEPT_FROM
from router.solver.search import Search
from router.solver.solve import propose
from router.travel.travel import Travel

ENOUGH = course.ROUNDS_LEAST
"""Iterations that are enough for kicks."""

TWO_STARTS = round(course.STARTS_SHARE * ENOUGH) // 2
"""With so many rounds for each there are two."""


class Watched(Search):
    """A search that counts how often it begins anew and assembles, and keeps where its chains end."""

    begun = 0
    assembled = 0
    ends: tuple[Standing, ...] = ()

    def construct(self) -> None:
        """Begin anew, and count it."""
        self.begun += 1
        super().construct()

    def assemble(self) -> None:
        """Assemble, and count it."""
        self.assembled += 1
        super().assemble()

    def standing(self) -> Standing:
        """Say where the chain stands, and keep it."""
        end = super().standing()
        self.ends = (*self.ends, end)
        return end


def instance(stops: int, decks: Decks) -> tuple[Problem, Travel]:
    """Return an archipelago and its roads."""
    made = read(sized(stops, seed=2, decks=decks))
    return made.problem, made.travel


@pytest.fixture(scope="module")
def narrow() -> tuple[Problem, Travel]:
    """Sixty stops, decks of one or two slots."""
    return instance(60, Decks.TIGHT)


@pytest.fixture(scope="module")
def large() -> tuple[Problem, Travel]:
    """Two thousand stops on five islands."""
    return instance(2000, Decks.FREE)


def run(problem: Problem, travel: Travel, iterations: int) -> Outcome:
    """Search for so many iterations, however long they take."""
    budget = Budget(time_limit=600, iteration_limit=iterations, seed=1)
    return propose(problem, travel, budget, lambda _: None, lambda: False)


def test_a_plan_cools_for_longer_where_there_are_few_rounds_for_each_stop(
    narrow: tuple[Problem, Travel],
) -> None:
    """But less where much is left out: it is kicks that make way for that."""
    budget = Budget(time_limit=600, iteration_limit=ENOUGH, seed=1)
    chain = Search.begin(*narrow, budget, lambda _: None, lambda: False).chain
    assert isinstance(chain, FullChain)
    assert course._cooled(chain, 60, 1e6) == course.COOLED_LEAST
    assert course.COOLED_LEAST < course._cooled(chain, 60, 1e4) <= course.COOLED_MOST
    chain.load([])
    assert course._cooled(chain, 60, 1e4) == course.COOLED_LEAST


def test_a_search_with_kicks_is_repeatable(narrow: tuple[Problem, Travel]) -> None:
    first, second = (run(*narrow, ENOUGH) for _ in range(2))
    assert first.iterations == second.iterations == ENOUGH
    assert first.proposal == second.proposal


def test_a_long_search_starts_anew_and_goes_on_from_the_best(
    narrow: tuple[Problem, Travel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "START_LEAST", TWO_STARTS)
    monkeypatch.setattr(course, "START_ROUNDS", 1)
    budget = Budget(time_limit=600, iteration_limit=ENOUGH, seed=1)
    search = Watched.begin(*narrow, budget, lambda _: None, lambda: False)
    course.follow(search)
    assert search.begun == len(search.ends) == 2, (
        "two starts; where the last one ended, and the kicks after it"
    )
    assert search.commons.best is not None
    missing, cost = min(end.worth for end in search.ends)
    assert search.commons.best.missing <= missing
    assert search.commons.best.missing < missing or search.commons.best.cost <= cost * (1 + 1e-9)


@pytest.mark.parametrize(("time_limit", "times"), [(600.0, 2), (1.9, 0)], ids=["long", "short"])
def test_a_pool_is_assembled_where_there_is_time_to_go_through_it(
    narrow: tuple[Problem, Travel], monkeypatch: pytest.MonkeyPatch, time_limit: float, times: int
) -> None:
    monkeypatch.setattr(course, "START_LEAST", TWO_STARTS)
    monkeypatch.setattr(course, "START_ROUNDS", 1)
    budget = Budget(time_limit=time_limit, iteration_limit=ENOUGH, seed=1)
    search = Watched.begin(*narrow, budget, lambda _: None, lambda: False)
    course.follow(search)
    assert search.assembled == times


def test_a_sweep_passes_every_stop_once_land_by_land(large: tuple[Problem, Travel]) -> None:
    model = encode(*large).model
    assert sorted(model.sweep.tolist()) == list(range(len(model.penalty)))
    masses = model.road["mass"][0, model.sweep]
    assert np.count_nonzero(np.diff(masses)) == len(set(masses.tolist())) - 1


def test_a_large_plan_holds_and_gets_cheaper(large: tuple[Problem, Travel]) -> None:
    problem, travel = large
    assert len(problem.stops) > SWEPT_FROM
    costs = []
    for iterations in (1, 4_000):
        outcome = run(problem, travel, iterations)
        plan = schedule(problem, travel, outcome.proposal)
        assert outcome.cost == pytest.approx(plan.cost.total, abs=0.01)
        costs.append(plan.cost.total)
    assert costs[1] < costs[0]
