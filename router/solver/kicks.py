"""Kick a plan, mend it, and only then judge: for changes that pay only when much else has followed them.

Over water plans differ in who takes which boat. To give a slot on deck to another vehicle costs more than any heat at
which plans are good would accept, until the rounds after it have put the rest right. So the plan is kicked whatever it
costs, searched on from around what the kick touched, and kept if that ends well: large-step Markov chains
(Martin, Otto and Felten, Complex Systems 5, 1991). Most kicks lead nowhere, and soon show it: of trades and splits
only the best three of ten are mended at all, and one that is worse than the median of the last ones at the same point
is given up there (the median stopping rule of Golovin and others, Google Vizier, KDD 2017).
"""

import random
from collections import defaultdict, deque

from router.solver.decode import KernelRoute
from router.solver.full_chain import FullChain
from router.solver.kernel.kick import MAKE_WAY, RELIEVE, SPLIT_WATER, TRADE_ROUTES, TRADE_WATER
from router.solver.search import Search

LEFT_OUT_WEIGHS, LEFT_OUT_MOST = 10.0, 0.7
"""Kicks for a stop left out: so many times the share of stops that are, and the most of them.

Where few are left out, the best plans known leave out as many.
"""

RELIEVED = 0.2
"""Share of these that only relieve a route near it."""

SPLITS, WHOLE_ROUTES = 0.2, 0.32
"""Shares of the other kicks over water that split what a vehicle serves there, and that trade whole routes.

On land all of them trade whole routes.
"""

TRIES = 10
"""How often a kick is drawn until one holds, changes anything and promises enough."""

SAME = 1e-3
"""A plan that a kick makes no dearer or cheaper than this, in arcs, is the one that was kicked."""

TRADES = (TRADE_WATER, TRADE_ROUTES, SPLIT_WATER)
PROMISING, MEDIAN = 0.3, 0.5
"""Trades and splits are mended if they are among this share of the last ones of their kind before anything is mended.

Way made for a stop left out is always mended: chosen like that it did worse on narrow decks (ADR 28).
"""

MENDED, MENDED_LEAST = 20, 100
"""Rounds that mend a kick, for each stop that it touched, and the least of them."""

STEPS, LOOKED_AT = 8, (1, 2, 4)
"""In how many steps they cool down, and after which ones a kick may be given up."""

HEATS = (0.6, 0.06)
"""Between which heats they cool."""

REMEMBERED, FEW = 40, 4
"""How many kicks of a kind are compared with, and how many it takes to compare at all."""

TOLERANCE = 1.0
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
            self._kick(kept, worth, until)
            if chain.worth < worth + left * TOLERANCE * search.arc * self._chance.expovariate(1.0):
                kept, worth = chain.current(), chain.worth
            else:
                search.load(kept)

    def _kick(self, kept: list[KernelRoute], worth: float, until: float) -> None:
        """Kick the plan ``kept``, which is worth so much, and mend it, unless it is given up."""
        kind = self._kind()
        stops = self._drawn(kind, kept, worth)
        if stops is not None:
            self._mend(kind, stops, worth, until)
        self._chain.look_everywhere()

    def _drawn(self, kind: int, kept: list[KernelRoute], worth: float) -> int | None:
        """Kick until there is something to mend; return how many stops are there, or None where it is hopeless.

        Where no kick holds or changes anything the plan is there to be searched on from.
        """
        stops: int | None = 0
        for _ in range(TRIES):
            stops = self._chain.kick(kind)
            excess = self._chain.worth - worth
            if stops == 0 or abs(excess) < SAME * self._search.arc:
                continue
            if kind not in TRADES or self._is_among(kind, 0, excess, PROMISING):
                break
            self._search.load(kept)
            stops = None
        return stops

    def _mend(self, kind: int, stops: int, worth: float, until: float) -> None:
        """Search on around a kick that touched so many stops, until it is mended or lags behind its like."""
        rounds, (hot, cold) = max(MENDED_LEAST, MENDED * stops), HEATS
        for step in range(STEPS):
            heat = hot * (cold / hot) ** ((step + 0.5) / STEPS)
            self._search.rounds(rounds // STEPS, heat, until)
            looked_at = step + 1 in LOOKED_AT
            if looked_at and not self._is_among(kind, step + 1, self._chain.worth - worth, MEDIAN):
                break

    def _kind(self) -> int:
        """Draw a kind of kick that makes sense for the plan."""
        draw, chance = self._chance.random(), self._chance.random()
        share = self._chain.absent / max(len(self._search.encoding.stops), 1)
        if draw < min(LEFT_OUT_WEIGHS * share, LEFT_OUT_MOST):
            return RELIEVE if chance < RELIEVED else MAKE_WAY
        if self._chain.dry or chance < WHOLE_ROUTES:
            return TRADE_ROUTES
        return SPLIT_WATER if chance < WHOLE_ROUTES + SPLITS else TRADE_WATER

    def _is_among(self, kind: int, step: int, excess: float, share: float) -> bool:
        """Return whether a plan that costs so much more after so many steps is among the best share of its like."""
        past = self._past[kind, step]
        past.append(excess)
        return len(past) < FEW or sum(other < excess for other in past) <= share * len(past)
