"""How much of a search's budget is spent."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from router.domain.plan import StoppedBy
from router.domain.search import Budget


@dataclass(slots=True)
class Clock:
    """Runs from its making on."""

    budget: Budget
    should_stop: Callable[[], bool]
    started: float = field(default_factory=time.monotonic)
    cancelled: bool = False

    def elapsed(self) -> float:
        """Return the seconds gone by."""
        return time.monotonic() - self.started

    def spent(self, iterations: int) -> float:
        """Return the share of the budget spent: 1 or more means that it is over.

        With a limit of iterations only they count, so that the same seed finds the same plan on any machine;
        the time limit still ends the search.
        """
        self.cancelled = self.cancelled or self.should_stop()
        by_time = self.elapsed() / self.budget.time_limit
        if self.cancelled or by_time >= 1.0:
            return 1.0
        if self.budget.iteration_limit is None:
            return by_time
        return iterations / max(self.budget.iteration_limit, 1)

    def stopped_by(self, iterations: int) -> StoppedBy:
        """Return what ended the search."""
        if self.cancelled:
            return StoppedBy.CANCELLED
        limit = self.budget.iteration_limit
        over = limit is not None and iterations >= limit
        return StoppedBy.ITERATION_LIMIT if over else StoppedBy.TIME_LIMIT
