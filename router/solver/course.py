"""The course of a search: when a chain begins anew, when the pool is assembled, when plans are crossed."""

import random

from router.solver.offspring import offspring
from router.solver.search import Search

WARM = 0.1
"""Temperature at which a plan that is good already is taken up again."""

ASSEMBLIES = (0.45, 0.75, 0.92)
"""When, as shares of the budget, the pool of a single long chain is assembled."""

RIVALS_MOST, RIVALS_SHARE = 6, 0.6
"""Most chains that begin anew where no plans are crossed, and their share of the budget."""

RIVAL_ITERATIONS, RIVAL_LEAST = 30, 2_000
"""Iterations, for each stop, that such a chain has at the least, and in all."""

SLOW_SHARE = 0.8
"""Share of its time in which a rival cools slowly; in the rest it falls to ``QUENCHED``.

Over water a vehicle that changes places with another on a boat costs some ten arcs on the way: who crosses when is
settled between ten arcs and one, and time spent below that changes it no more.
"""

SLOW_HEATS = (10.0, 1.0)
"""Between which heats it cools slowly."""

QUENCHED = 0.05
"""How hot a rival ends: cold enough to tell good plans from bad ones."""

REHEATS = ((2.0, 0.1), (1.0, 0.01))
"""Between which heats the best plan cools down each time it is taken up again, in equal shares of what is left."""

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
            _race(search)
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


def _race(search: Search) -> None:
    """Let chains that begin anew race, and take the best plan up again."""
    least = max(RIVAL_ITERATIONS * len(search.encoding.stops), RIVAL_LEAST)
    rivals = min(int(RIVALS_SHARE * search.iterations_in_all() / least), RIVALS_MOST)
    if rivals < 2 or search.clock.budget.start_from is not None:
        _one_long_chain(search)
        return
    # What a hot chain passes through is not worth pooling, only where it ends.
    search.gathers = False
    hot, warm = SLOW_HEATS
    for k in range(rivals):
        if k > 0:
            search.construct()
        _cool(search, RIVALS_SHARE * (k + SLOW_SHARE) / rivals, hot, warm)
        _cool(search, RIVALS_SHARE * (k + 1) / rivals, warm, QUENCHED)
    pays = _assembly_pays(search)
    for k, (hot, cold) in enumerate(REHEATS):
        if pays:
            search.assemble()
        search.load(search.best())
        _cool(search, RIVALS_SHARE + (1.0 - RIVALS_SHARE) * (k + 1) / len(REHEATS), hot, cold)


def _cool(search: Search, until: float, hot: float, cold: float) -> None:
    """Let the chain cool down until a share of the budget is spent; the routes where it ends go into the pool."""
    search.anneal(until, hot, cold)
    search.commons.gather(search.standing().routes)


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
