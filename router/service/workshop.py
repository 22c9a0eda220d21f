"""What the verbs work with."""

from dataclasses import dataclass

from router.domain.search import Budget
from router.ports import FeedReader, MatrixSource, Solver
from router.wire.limits import Limits
from router.wire.siting import Land


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the command line says instead of the request; ``None`` leaves it to the request."""

    time_limit: float | None = None
    seed: int | None = None
    iteration_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Everything that turns a request into a plan; ``bootstrap`` equips it.

    Attributes:
        land: Says which island a position is on.
        matrices: Gives road times.
        solver: Finds the order of visits.
        feeds: Reads timetables of other formats than our own.
        limits: Upper bounds of a request.
        threads: Cores that one search may use.
        memory_bytes: Cap on one search; ``None`` means none.
        overrides: What holds instead of a request's own options.
    """

    land: Land
    matrices: MatrixSource
    solver: Solver
    feeds: FeedReader
    limits: Limits
    threads: int = 1
    memory_bytes: int | None = None
    overrides: Overrides = Overrides()

    def equipped(self, asked: Budget) -> Budget:
        """Return the budget that a request asked for, with the means and the overrides of this house."""
        said = self.overrides
        return Budget(
            time_limit=asked.time_limit if said.time_limit is None else said.time_limit,
            iteration_limit=asked.iteration_limit if said.iteration_limit is None else said.iteration_limit,
            seed=asked.seed if said.seed is None else said.seed,
            threads=self.threads,
            memory_bytes=self.memory_bytes,
        )
