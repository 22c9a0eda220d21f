"""Kick a plan, mend it, and only then judge: for changes that pay only when much else has followed them.

Over water plans differ in who takes which boat. To give a slot on deck to another vehicle costs more than any heat at
which plans are good would accept, until the rounds after it have put the rest right. So the plan is kicked whatever it
costs, searched on from around what the kick touched, and kept if that ends well: large-step Markov chains
(Martin, Otto and Felten, Complex Systems 5, 1991). Most kicks lead nowhere, and soon show it: one that is worse than
the median of the last ones at the same point is given up there (the median stopping rule of Golovin and others,
Google Vizier, KDD 2017).
"""

import random
import statistics
from collections import defaultdict, deque

from router.solver.full_chain import FullChain
from router.solver.kernel.kick import MAKE_WAY, RELIEVE, SPLIT_WATER, TRADE_ROUTES, TRADE_WATER
from router.solver.search import Search

FOR_THE_LEFT_OUT, RELIEVED = 0.7, 0.2
"""Share of kicks for a stop left out, where there is one, and of those that only relieve a route near it."""

SPLITS, WHOLE_ROUTES = 0.2, 0.32
"""Shares of the other kicks over water that split what a vehicle serves there, and that trade whole routes.

On land all of them trade whole routes.
"""

TRIES = 10
"""How often a kick is drawn until one holds."""

MENDED, MENDED_LEAST = 20, 100
"""Rounds that mend a kick, for each stop that it touched, and the least of them."""

STEPS, LOOKED_AT = 8, (1, 2, 4)
"""In how many steps they cool down, and after which ones a kick may be given up."""

HEATS = (1.0, 0.1)
"""Between which heats they cool."""

REMEMBERED, FEW = 40, 4
"""How many kicks of a kind are compared with, and how many it takes to compare at all."""

TOLERANCE = 3.0
"""How many arcs worse than before a plan may be on average and still be kept, at the beginning; none at the end."""


class Kicks:
    """Kicks the plan that a chain stands at, and remembers how kicks went."""

    def __init__(self, search: Search, chain: FullChain) -> None:
        """Begin with nothing to compare with."""
        self._search = search
        self._chain = chain
        self._chance = random.Random(search.seed)  # noqa: S311 - nothing secret hangs on it
        self._past: dict[tuple[int, int], deque[float]] = defaultdict(lambda: deque(maxlen=REMEMBERED))

    def go_on(self, until: float) -> None:
        """Kick and mend until a share of the budget is spent."""
        search, chain = self._search, self._chain
        kept, worth, begun = chain.current(), chain.worth, search.spent()
        while (spent := search.spent()) < until:
            left = (until - spent) / (until - begun)
            self._kick(worth, until)
            if chain.worth < worth + left * TOLERANCE * search.arc * self._chance.expovariate(1.0):
                kept, worth = chain.current(), chain.worth
            else:
                search.load(kept)

    def _kick(self, worth: float, until: float) -> None:
        """Kick the plan, which is worth so much, and mend it, unless it is given up."""
        kind, stops = self._kind(), 0
        for _ in range(TRIES):
            stops = stops or self._chain.kick(kind)
        rounds, (hot, cold) = max(MENDED_LEAST, MENDED * stops), HEATS
        for step in range(STEPS):
            heat = hot * (cold / hot) ** ((step + 0.5) / STEPS)
            self._search.rounds(rounds // STEPS, heat, until)
            if step + 1 in LOOKED_AT and self._lags(kind, step, self._chain.worth - worth):
                break
        self._chain.look_everywhere()

    def _kind(self) -> int:
        """Draw a kind of kick that makes sense for the plan."""
        draw, chance = self._chance.random(), self._chance.random()
        if self._chain.absent > 0 and draw < FOR_THE_LEFT_OUT:
            return RELIEVE if chance < RELIEVED else MAKE_WAY
        if self._chain.dry or chance < WHOLE_ROUTES:
            return TRADE_ROUTES
        return SPLIT_WATER if chance < WHOLE_ROUTES + SPLITS else TRADE_WATER

    def _lags(self, kind: int, step: int, excess: float) -> bool:
        """Return whether a plan that costs so much more at this step is worse than the median of its like."""
        past = self._past[kind, step]
        past.append(excess)
        return len(past) >= FEW and excess > statistics.median_high(past)
