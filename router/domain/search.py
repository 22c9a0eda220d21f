"""The budget of a search, what it tells while it runs, and what it ends with."""

from dataclasses import dataclass

from router.domain.plan import Plan, StoppedBy
from router.domain.proposal import Proposal
from router.domain.units import Money
from router.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long a search may take. With an iteration limit and a seed the same plan is found every time.

    Attributes:
        time_limit: Wall-clock seconds, above 0, fractions allowed; a promise, kept within one second.
        iteration_limit: Ends the search earlier; ``None`` means no such limit.
        seed: Start of all random choices.
        threads: Cores that the search may use.
        memory_bytes: Cap on the solver process; ``None`` means none.
        start_from: A plan of this very problem that an interrupted search left; an engine may begin there.
    """

    time_limit: float
    iteration_limit: int | None = None
    seed: int = 1
    threads: int = 1
    memory_bytes: int | None = None
    start_from: Plan | None = None

    def __post_init__(self) -> None:
        if self.time_limit <= 0:
            raise DomainError("a search needs a time limit above zero")
        if self.iteration_limit is not None and self.iteration_limit < 0:
            raise DomainError("an iteration limit must not be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """The best found so far."""

    proposal: Proposal
    cost: Money
    served: int
    iterations: int
    elapsed_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a search ends with.

    ``lower_bound`` is a proven bound on the cost, ``cost`` what the engine makes of it itself, where there is one.
    """

    proposal: Proposal
    iterations: int
    stopped_by: StoppedBy
    engine: str
    lower_bound: Money | None = None
    cost: Money | None = None
