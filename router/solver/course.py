"""The course of a search: when a chain begins anew, when the pool is assembled, when plans are crossed."""

import random

from router.solver.commons import Standing
from router.solver.offspring import offspring
from router.solver.search import Search

WARM = 0.1
"""Temperature at which a plan that is good already is taken up again."""

ASSEMBLIES = (0.45, 0.75, 0.92)
"""When, as shares of the budget, the pool of a single long chain is assembled."""

RIVALS_MOST, RIVALS_SHARE = 8, 0.25
"""Most chains over water that begin anew, and their share of the budget.

Who gets a place on deck is settled while a chain is hot, and mostly by luck: many short chains, of which the best go
on, lead further than a few long ones.
"""

RIVAL_HEAT = 2.0
"""How much hotter they begin than a chain that is alone."""

RIVAL_ITERATIONS, RIVAL_LEAST = 0.007, 2_000
"""Iterations, for each pair of stops, that such a chain has at the least, and in all."""

FAVOURITES, FAVOURITES_SHARE, FAVOURITE_HEAT = 3, 0.2, 1.0
"""How many of the best rivals go on, with which share of the budget, and how hot."""

REHEATS = (1.0, 0.6, 0.6, 0.3, 0.1)
"""How hot the best plan is taken up again each time, in equal shares of what is left."""

ASSEMBLED_EVERY = 2
"""Of so many times one begins with what can be assembled from the pool."""

GATHERED_BELOW = 0.5
"""Routes that a chain only passes through are worth pooling when it was no hotter at its beginning."""

FIRST_SHARE, SPARING_SHARE = 0.1, 0.5
"""Where vehicles are dear: the shares of the budget after which there is a plan, and no fewer of them are tried."""

FRESH_SHARE = 0.6
"""Share of the budget for chains that begin anew; the rest is for their offspring."""

CHAIN_ITERATIONS, CHAINS_MOST = 0.8, 8
"""Iterations, for each pair of stops, in which a chain cools down well; most chains that begin anew."""

ASSEMBLED_A_SECOND = 30
"""Stops for each second of the limit up to which a pool is worth assembling where nothing is bred."""

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
    least = max(RIVAL_ITERATIONS * len(search.encoding.stops) ** 2, RIVAL_LEAST)
    rivals = min(int(RIVALS_SHARE * search.iterations_in_all() / least), RIVALS_MOST)
    if rivals < 2 or search.clock.budget.start_from is not None:
        _one_long_chain(search)
        return
    ends = []
    for k in range(rivals):
        if k > 0:
            search.construct()
        heat = RIVAL_HEAT * search.chain.hot
        ends.append(_heat_up(search, RIVALS_SHARE * (k + 1) / rivals, heat))
    favourites = sorted(ends, key=lambda plan: plan.worth)[:FAVOURITES]
    for k, plan in enumerate(favourites):
        search.load(list(plan.routes))
        until = RIVALS_SHARE + FAVOURITES_SHARE * (k + 1) / len(favourites)
        _heat_up(search, until, FAVOURITE_HEAT)
    begun = RIVALS_SHARE + FAVOURITES_SHARE
    pays = _assembly_pays(search)
    for k, heat in enumerate(REHEATS):
        if pays and k % ASSEMBLED_EVERY == 0:
            search.assemble()
        search.load(search.best())
        _heat_up(search, begun + (1.0 - begun) * (k + 1) / len(REHEATS), heat)


def _heat_up(search: Search, until: float, heat: float) -> Standing:
    """Let the chain cool down from ``heat`` until a share of the budget is spent; return where it ends."""
    search.gathers = heat < GATHERED_BELOW
    search.anneal(until, heat, search.chain.cold)
    search.gathers = True
    end = search.standing()
    search.commons.gather(end.routes)
    return end


def _one_long_chain(search: Search) -> None:
    hot, cold = search.chain.hot, search.chain.cold
    begun = 0.0
    for until in (*ASSEMBLIES, 1.0):
        search.anneal(until, hot * (cold / hot) ** begun, hot * (cold / hot) ** until)
        if until < 1.0:
            search.assemble()
        begun = until


def _one_chain_then_its_best(search: Search) -> None:
    if not _assembly_pays(search):
        search.anneal(1.0, search.chain.hot, search.chain.cold)
        return
    search.anneal(0.8, search.chain.hot, search.chain.cold)
    search.commons.admit(search.standing())
    search.assemble()
    search.anneal(1.0, WARM / 2, search.chain.cold)


def _assembly_pays(search: Search) -> bool:
    return len(search.encoding.stops) <= ASSEMBLED_A_SECOND * search.clock.budget.time_limit


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
