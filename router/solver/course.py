"""The course of a search: when a chain begins anew, when the pool is assembled, when plans are crossed."""

import random

from router.solver.offspring import offspring
from router.solver.search import Search

WARM = 0.1
"""Temperature at which a plan that is good already is taken up again."""

ASSEMBLIES = (0.45, 0.75, 0.92)
"""When, as shares of the budget, the pool of a single long chain is assembled."""

RIVALS_MOST, RIVALS_SHARE = 4, 0.5
"""Most chains over water that begin anew, and their share of the budget; the rest is for the best of them.

Who gets a place on deck is settled while a chain is hot: later on no move is wide enough to give it to another.
"""

RIVAL_HEAT = 2.0
"""How much hotter they begin than a chain that is alone."""

RIVAL_ITERATIONS, RIVAL_LEAST = 0.04, 5_000
"""Iterations, for each pair of stops, that such a chain has at the least, and in all."""

FIRST_SHARE, SPARING_SHARE = 0.1, 0.5
"""Where vehicles are dear: the shares of the budget after which there is a plan, and no fewer of them are tried."""

FRESH_SHARE = 0.6
"""Share of the budget for chains that begin anew; the rest is for their offspring."""

CHAIN_ITERATIONS, CHAINS_MOST = 0.8, 8
"""Iterations, for each pair of stops, in which a chain cools down well; most chains that begin anew."""

ASSEMBLED_A_SECOND = 30
"""Stops for each second of the limit up to which the pool of a single chain is worth assembling."""

CHILD_SHARE = 0.3
"""How long a child is searched on from, as a share of a fresh chain."""

ASSEMBLE_EVERY = 4
"""Children between two assemblies."""


def follow(search: Search) -> None:
    """Spend the whole budget."""
    if not search.chain.breeds:
        if search.chain.fleet_weighs():
            _with_few_vehicles(search)
        else:
            _over_water(search)
        return
    share = CHAIN_ITERATIONS * len(search.encoding.stops) ** 2 / max(search.iterations_in_all(), 1)
    chains = max(1, min(int(FRESH_SHARE / share), CHAINS_MOST))
    if chains == 1:
        _one_chain_then_its_best(search)
        return
    for k in range(chains):
        if k > 0:
            search.construct()
        search.anneal(FRESH_SHARE * (k + 1) / chains, search.chain.hot, search.chain.cold)
        search.commons.admit(search.standing())
    search.assemble()
    search.commons.admit(search.standing())
    _breed(search, CHILD_SHARE * FRESH_SHARE / chains)


def _with_few_vehicles(search: Search) -> None:
    search.anneal(FIRST_SHARE, search.chain.hot, search.chain.cold)
    search.spare_vehicles(SPARING_SHARE, WARM)
    search.anneal(0.85, search.chain.hot, search.chain.cold)
    search.assemble()
    search.load(search.best())
    search.anneal(1.0, WARM, search.chain.cold)


def _over_water(search: Search) -> None:
    iterations = RIVALS_SHARE * search.iterations_in_all()
    least = max(RIVAL_ITERATIONS * len(search.encoding.stops) ** 2, RIVAL_LEAST)
    rivals = min(int(iterations / least), RIVALS_MOST)
    if rivals < 2 or search.clock.budget.start_from is not None:
        _one_long_chain(search)
        return
    for k in range(rivals):
        if k > 0:
            search.construct()
        search.anneal(RIVALS_SHARE * (k + 1) / rivals, RIVAL_HEAT * search.chain.hot, search.chain.cold)
    for until in (0.75, 1.0):
        search.assemble()
        search.load(search.best())
        search.anneal(until, WARM, search.chain.cold)


def _one_long_chain(search: Search) -> None:
    hot, cold = search.chain.hot, search.chain.cold
    begun = 0.0
    for until in (*ASSEMBLIES, 1.0):
        search.anneal(until, hot * (cold / hot) ** begun, hot * (cold / hot) ** until)
        if until < 1.0:
            search.assemble()
        begun = until


def _one_chain_then_its_best(search: Search) -> None:
    if len(search.encoding.stops) > ASSEMBLED_A_SECOND * search.clock.budget.time_limit:
        search.anneal(1.0, search.chain.hot, search.chain.cold)
        return
    search.anneal(0.8, search.chain.hot, search.chain.cold)
    search.commons.admit(search.standing())
    search.assemble()
    search.anneal(1.0, WARM / 2, search.chain.cold)


def _breed(search: Search, child_share: float) -> None:
    chance = random.Random(search.seed)  # noqa: S311 - nothing secret hangs on it
    children = 0
    while (spent := search.spent()) < 1.0:
        parents = search.commons.elites
        if len(parents) > 1:
            first, second = chance.sample(parents, 2)
            search.load(offspring(first.routes, second.routes, search.encoding, chance))
            search.chain.fill()
        search.anneal(min(1.0, spent + child_share), WARM, search.chain.cold)
        search.commons.admit(search.standing())
        children += 1
        if children % ASSEMBLE_EVERY == 0:
            search.assemble()
            search.commons.admit(search.standing())
