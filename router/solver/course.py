"""The course of a search: when a chain begins anew, when the pool is assembled, when plans are kicked or crossed."""

import random

from router.solver.full_chain import FullChain
from router.solver.kicks import Kicks
from router.solver.offspring import offspring
from router.solver.search import Search

WARM = 0.1
"""Temperature at which a plan that is good already is taken up again."""

ASSEMBLIES = (0.45, 0.75, 0.92)
"""When, as shares of the budget, the pool of a single long chain is assembled."""

ROUNDS, ROUNDS_LEAST = 150, 10_000
"""Rounds for each stop, and in all, from which on it pays to kick a plan; with fewer there is one long chain."""

STARTS_MOST, STARTS_SHARE = 4, 0.8
"""In a long search so many plans are made anew and kicked, in which share; then the best of them is kicked again."""

START_ROUNDS, START_LEAST = 1_000, 250_000
"""Rounds for each stop, and in all, that each of them has, if there is to be more than one."""

COOLED_ROUNDS, COOLED_LEAST, COOLED_MOST = 200.0, 0.2, 0.4
"""Rounds for each stop in which such a plan cools down before it is kicked; the least and most of its time for that."""

LEFT_OUT_WEIGHS = 1.5
"""Of the most, so many times the share of stops that the first plan leaves out: what makes way for them are kicks."""

KICKED_UNTIL = 0.93
"""Share of the budget after which nothing is kicked any more."""

SLOW_SHARE = 0.8
"""Share of its time in which it cools slowly; in the rest it falls to ``QUENCHED``.

Over water a vehicle that changes places with another on a boat costs some ten arcs on the way: who crosses when is
settled between ten arcs and one, and time spent below that changes it no more.
"""

SLOW_HEATS, QUENCHED = (10.0, 1.0), 0.05
"""Between which heats it cools slowly, and how hot it ends."""

HOT_TRADES = 0.15
"""Share of rounds that let vehicles trade while it cools slowly: such heat bears what that costs at first."""

LAST_HEAT = 0.3
"""How hot the best plan is taken up for the last time."""

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
    if isinstance(search.chain, FullChain):
        if search.chain.fleet_weighs():
            _with_few_vehicles(search)
        else:
            _cool_then_kick(search, search.chain)
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


def _cool_then_kick(search: Search, chain: FullChain) -> None:
    """Let plans made anew cool down and be kicked, in a long search several."""
    stops, rounds = len(search.encoding.stops), search.iterations_in_all()
    if rounds < max(ROUNDS * stops, ROUNDS_LEAST) or search.clock.budget.start_from is not None:
        _one_long_chain(search)
        return
    # What a hot chain passes through is not worth pooling, only its best plans.
    search.gathers = False
    many = int(STARTS_SHARE * rounds / max(START_ROUNDS * stops, START_LEAST))
    starts = max(1, min(many, STARTS_MOST))
    each = (STARTS_SHARE if starts > 1 else KICKED_UNTIL) / starts
    kicks = Kicks(search, chain)
    for k in range(starts):
        if k > 0:
            search.construct()
        _cool(search, chain, each * k, each * (k + _cooled(chain, stops, each * rounds)))
        kicks.go_on(each * (k + 1))
    pays = _assembly_pays(search)
    if starts > 1:
        _from_the_best(search, assembled=pays)
        kicks.go_on(KICKED_UNTIL)
    _from_the_best(search, assembled=pays)
    search.anneal(1.0, LAST_HEAT, search.chain.cold)


def _cooled(chain: FullChain, stops: int, rounds: float) -> float:
    """Return in which share of its rounds the plan that a chain stands at is to cool down."""
    most = COOLED_MOST - LEFT_OUT_WEIGHS * chain.absent / max(stops, 1)
    return max(COOLED_LEAST, min(COOLED_ROUNDS * stops / rounds, most))


def _from_the_best(search: Search, *, assembled: bool) -> None:
    """Stand at the best plan, after a look at what the pool makes of it."""
    search.commons.gather(search.standing().routes)
    if assembled:
        search.assemble()
    search.load(search.best())


def _cool(search: Search, chain: FullChain, begun: float, until: float) -> None:
    """Let the chain cool down, slowly while it is hot."""
    hot, warm = SLOW_HEATS
    chain.trade(HOT_TRADES)
    search.anneal(begun + SLOW_SHARE * (until - begun), hot, warm)
    chain.trade(0.0)
    search.anneal(until, warm, QUENCHED)


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
