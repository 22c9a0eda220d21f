"""Every seam of the service on one page. Adapters implement these; ``bootstrap`` joins them."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.travel_choice import TravelChoice
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel


class MatrixSource(Protocol):
    """Gives road times between all places of a problem that one road network joins."""

    def travel_matrix(self, problem: Problem, choice: TravelChoice) -> TravelMatrix:
        """Return one block per profile and land mass.

        Raises:
            MatrixUnavailable: the road engine failed; there is no silent fallback.
        """
        ...


class Solver(Protocol):
    """Finds who visits what in which order."""

    def propose(
        self,
        problem: Problem,
        travel: Travel,
        budget: Budget,
        on_incumbent: Callable[[Incumbent], None],
        should_stop: Callable[[], bool],
    ) -> Outcome:
        """Search until the budget is spent, optimality is proven or ``should_stop`` says so.

        ``on_incumbent`` is called with every better plan, at most about once a second.

        Raises:
            SolverError: there is no proposal at all.
        """
        ...


class PlanStatus(StrEnum):
    """The life of a plan: queued, running, then one of the three ends."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self in (PlanStatus.SUCCEEDED, PlanStatus.FAILED, PlanStatus.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord:
    """A plan as it is kept: what was asked and what is known so far.

    Attributes:
        request: The request body, JSON, as accepted.
        warnings: What was odd about the request: the ``warnings`` member of the response, JSON.
        plan: The best plan so far or the final one: the ``plan`` member of the response, JSON.
        error: Why it failed, for the caller; no inner details.
        attempt: How often a worker has taken it up.
    """

    id: str
    name: str
    status: PlanStatus
    request: bytes
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    warnings: bytes | None = None
    plan: bytes | None = None
    error: str | None = None
    attempt: int = 0
    cancel_requested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A worker's right to a plan for one attempt; what is written under an older lease is refused."""

    plan_id: str
    token: str
    request: bytes
    attempt: int


class PlanStore(Protocol):
    """Keeps plans. A plan that was accepted survives the death of any process.

    Every method raises ``StoreUnavailable`` when the database cannot be reached.
    """

    async def add(self, record: PlanRecord) -> None:
        """Keep a new, queued plan; when this returns, it is safe.

        Raises:
            PlanConflict: there is a plan of this id already.
        """
        ...

    async def get(self, plan_id: str) -> PlanRecord:
        """Return the plan; raise ``PlanNotFound`` where there is none."""
        ...

    async def request_cancel(self, plan_id: str) -> PlanRecord:
        """Ask for the search to end and return the plan as it is then; raise ``PlanNotFound``.

        A queued plan is cancelled at once, a running one by its worker, an ended one stays as it is.
        """
        ...

    async def save_progress(self, lease: Lease, plan: bytes) -> bool:
        """Keep the best so far; return ``False`` where the lease is no longer good."""
        ...

    async def finish(self, lease: Lease, status: PlanStatus, plan: bytes | None, error: str | None) -> bool:
        """End the plan once and for all; return ``False`` where the lease is no longer good.

        Without a ``plan`` the best so far stays.
        """
        ...

    def changes(self, plan_id: str) -> AsyncGenerator[PlanStatus, None]:
        """Yield the status now and whenever the plan changes, a better plan included, until it has ended.

        Changes that follow each other closely may be told as one. Leave it through ``contextlib.aclosing``.

        Raises:
            PlanNotFound: there is no such plan, or no longer.
        """
        ...

    async def health(self) -> None:
        """Return when plans can be kept; raise ``StoreUnavailable`` when not, with the reason."""
        ...


class JobQueue(Protocol):
    """Hands queued plans to workers, each to one at a time.

    A plan whose worker gives no sign of life is handed out again; one that outlived too many workers fails.
    Every method raises ``StoreUnavailable`` when the database cannot be reached.
    """

    @property
    def heartbeat_seconds(self) -> float:
        """How often a worker should give a sign of life to keep its plan."""
        ...

    async def claim(self, worker: str) -> Lease | None:
        """Take the next plan, or one whose worker died; ``None`` where there is nothing to do."""
        ...

    async def heartbeat(self, lease: Lease) -> bool:
        """Say that the work goes on; return ``True`` where cancelling was asked for.

        Raises:
            PlanConflict: the lease is no longer good; the work is to be dropped.
        """
        ...

    async def release(self, lease: Lease, *, counts: bool) -> bool:
        """Hand a plan back, to be claimed again at once; return ``False`` where the lease is no longer good.

        ``counts`` says whether this attempt is one of those that a plan may take.
        """
        ...

    async def wait_for_work(self, seconds: float) -> None:
        """Return as soon as there may be something to claim, at the latest after ``seconds``."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return this moment, in UTC."""
        ...


class Observer(Protocol):
    """Is told what happens, to count it. Ids are never labels."""

    def request_answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """An HTTP request was answered; ``route`` is the pattern, not the path."""
        ...

    def plan_accepted(self, stops: int) -> None:
        """A plan was stored for solving."""
        ...

    def solve_ended(self, outcome: str, engine: str, seconds: float, iterations: int) -> None:
        """A solve ended as ``succeeded``, ``failed``, ``cancelled``, ``handed_back`` or ``lease_lost``."""
        ...

    def plan_finished(self, plan: Plan) -> None:
        """A checked plan leaves the system."""
        ...

    def check_failed(self, rules: Sequence[str]) -> None:
        """The referee found violations of these rules in a plan of ours."""
        ...
