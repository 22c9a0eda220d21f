"""Every seam of the service on one page. Adapters implement these; ``bootstrap`` joins them.

The plain values that cross the seams are nouns of ``domain/records.py`` and ``domain/tenants.py``.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.records import (
    Accepted,
    Delivery,
    Lease,
    PlanEvent,
    PlanPage,
    PlanRecord,
    PlanStatus,
    Progress,
    QueueState,
    SolveSummary,
    Submission,
)
from router.domain.search import Budget, Incumbent, Outcome
from router.domain.stored_timetables import FeedDefaults, KeptTimetable, TimetableRecord, TimetableSummary
from router.domain.tenants import ApiKey, Caller, Tenant, TenantId, Usage
from router.domain.timetable import FerryNetwork
from router.domain.travel_choice import TravelChoice
from router.domain.webhooks import SendResult
from router.travel.matrix import TravelMatrix
from router.travel.travel import Travel
from router.wire.faults import RequestWarning


class MatrixSource(Protocol):
    """Gives road times between all places of a problem that one road network joins."""

    def travel_matrix(
        self, problem: Problem, choice: TravelChoice, should_stop: Callable[[], bool] = lambda: False
    ) -> TravelMatrix:
        """Return one block per profile and land mass; a road engine may take minutes.

        Raises:
            MatrixUnavailable: the road engine failed; there is no silent fallback.
            UnknownProfile: this source knows no such way of moving.
            RoadsNotAwaited: ``should_stop`` said so meanwhile.
        """
        ...


class RoadCache(Protocol):
    """Remembers what road engines said, for a while. It may forget anything at any time.

    Whoever asks runs an event loop of its own, maybe in another thread or process than whoever made the cache.
    Every method raises ``StoreUnavailable`` when the database cannot be reached.
    """

    async def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return what is remembered under those of the keys that anything is remembered under."""
        ...

    async def put(self, values: Mapping[bytes, bytes]) -> None:
        """Remember values under their keys, in place of what was there."""
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


class PlanStore(Protocol):
    """Keeps plans. A plan that was accepted survives the death of any process.

    Every method raises ``StoreUnavailable`` when the database cannot be reached, and every method that is given
    a plan raises ``PlanNotFound`` where the tenant has none of this id, whoever else has.
    """

    async def accept(self, submission: Submission) -> Accepted:
        """Keep a new, queued plan; when this returns, it is safe.

        Under an idempotency key that was used in the last 24 hours, with the same digest, nothing is kept and
        nothing charged: the plan of the first time is returned.

        Raises:
            IdempotencyMismatch: the key was used for another request.
            RequestInFlight: a request with this key is being accepted at this very moment.
            QuotaExceeded: the tenant has handed in too much; nothing was kept.
            PlanConflict: there is a plan of this id already.
        """
        ...

    async def get(self, tenant_id: TenantId, plan_id: str) -> PlanRecord:
        """Return the plan."""
        ...

    async def get_request(self, tenant_id: TenantId, plan_id: str) -> bytes:
        """Return the request body that the plan was made from, as accepted."""
        ...

    async def get_replan(self, tenant_id: TenantId, plan_id: str) -> bytes | None:
        """Return what is kept beside the request of a plan that changes another; ``None`` where it changes none."""
        ...

    async def list_plans(
        self, tenant_id: TenantId, *, status: PlanStatus | None, page_size: int, page_token: str | None
    ) -> PlanPage:
        """Return some of the tenant's plans, newest first, from where the token says.

        Going from page to page shows every plan that was there at the beginning once, whatever is added or
        deleted meanwhile.

        Raises:
            BadPageToken: it is none of ours.
        """
        ...

    async def usage(self, tenant_id: TenantId) -> Usage | None:
        """Return how much of its quota the tenant has left; ``None`` where it has none."""
        ...

    async def request_cancel(self, tenant_id: TenantId, plan_id: str) -> PlanRecord:
        """Ask for the search to end and return the plan as it is then.

        A queued plan is cancelled at once, a running one by its worker, an ended one stays as it is.
        """
        ...

    async def delete(self, tenant_id: TenantId, plan_id: str) -> None:
        """Erase the plan with all that is known of it; the search for a running one is stopped."""
        ...

    async def save_progress(self, lease: Lease, plan: bytes, progress: Progress) -> bool:
        """Keep the best so far; return ``False`` where the lease is no longer good."""
        ...

    async def finish(
        self,
        lease: Lease,
        status: PlanStatus,
        plan: bytes | None,
        error: str | None,
        *,
        warnings: bytes | None = None,
    ) -> bool:
        """End the plan once and for all; return ``False`` where the lease is no longer good.

        Without a ``plan`` the best so far stays. ``warnings``, a JSON array, are added to those of the submission.
        """
        ...

    def changes(self, tenant_id: TenantId, plan_id: str) -> AsyncGenerator[PlanStatus, None]:
        """Yield the status now and whenever the plan changes, a better plan included, until it has ended.

        Changes that follow each other closely may be told as one. Leave it through ``contextlib.aclosing``.
        """
        ...

    def events(self, tenant_id: TenantId, plan_id: str, *, after: int = 0) -> AsyncGenerator[PlanEvent, None]:
        """Yield what happened to the plan after the event ``after``, then what happens, until ``done``.

        Of the events of progress only the last two hundred are kept. Leave it through ``contextlib.aclosing``.
        """
        ...

    async def health(self) -> None:
        """Return when plans can be kept; raise ``StoreUnavailable`` when not, with the reason."""
        ...


class TimetableStore(Protocol):
    """Keeps the timetables of tenants, in versions. Every method raises ``StoreUnavailable`` when it cannot.

    The newest ten versions of each are kept, and those that a plan was made with as long as there is the plan.
    """

    async def put(self, tenant_id: TenantId, name: str, record: TimetableRecord) -> TimetableSummary:
        """Keep a new version under the name, and return what is known of it; ``record`` says an older version or none.

        Raises:
            InvalidRequest: the tenant has too many already.
        """
        ...

    async def get(self, tenant_id: TenantId, name: str, version: int | None) -> TimetableRecord:
        """Return a version, the newest one where ``None`` is asked for.

        Raises:
            TimetableNotFound: there is no such timetable, or no such version any more.
        """
        ...

    async def list_timetables(self, tenant_id: TenantId) -> tuple[TimetableSummary, ...]:
        """Return the newest version of every timetable, by name."""
        ...

    async def delete(self, tenant_id: TenantId, name: str) -> None:
        """Have no timetable of this name any more. Versions that plans were made with stay as long as those.

        Raises:
            TimetableNotFound: there is none.
        """
        ...

    async def newest(self, tenant_id: TenantId, names: Sequence[str]) -> tuple[KeptTimetable, ...]:
        """Return the newest version of those of the names that there are."""
        ...


class BuiltInTimetables(Protocol):
    """The timetables that come with the package."""

    def kept(self) -> tuple[KeptTimetable, ...]:
        """Return them all, by name."""
        ...


class FeedReader(Protocol):
    """Reads timetables in another format than our own."""

    def read(self, body: bytes, defaults: FeedDefaults) -> tuple[FerryNetwork, tuple[RequestWarning, ...]]:
        """Return the ferries of a feed, and what is odd about it; ``defaults`` say what feeds leave out.

        Raises:
            InvalidRequest: names every fault by file, row and column.
            RequestTooLarge: it is larger than any sound one; found out before much of it is read.
        """
        ...


class JobQueue(Protocol):
    """Hands queued plans to workers, each to one at a time.

    Tenants take turns: what each has had of the workers' time, over its weight, stays level while they compete,
    and none has more plans in work than its cap. A plan whose worker gives no sign of life is handed out again;
    one that outlived too many workers fails.
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

    async def sweep(self, keep: timedelta) -> int:
        """Erase plans that ended longer ago than ``keep``, and return how many."""
        ...


class Outbox(Protocol):
    """Hands out the news of ended plans that webhooks are to be told, each to one courier at a time.

    News stay until ``delivered`` or ``give_up``; a courier that dies loses its turn after some time, so that
    each is told at least once. Every method raises ``StoreUnavailable`` when the database cannot be reached.
    """

    async def claim(self) -> Delivery | None:
        """Take the next news that are due; ``None`` where there are none."""
        ...

    async def delivered(self, delivery: Delivery) -> bool:
        """Forget it, it was received; return ``False`` where another courier has it by now."""
        ...

    async def put_off(self, delivery: Delivery, seconds: float) -> bool:
        """Have it tried again after so many seconds; return ``False`` where another courier has it by now."""
        ...

    async def give_up(self, delivery: Delivery, reason: str) -> bool:
        """Try no more, and keep why; return ``False`` where another courier has it by now."""
        ...

    async def wait_for_news(self, seconds: float) -> None:
        """Return as soon as there may be something to claim, at the latest after ``seconds``."""
        ...


class WebhookSender(Protocol):
    """Calls the webhooks of tenants, and nothing that lies inside of our own network."""

    async def objection(self, url: str) -> str | None:
        """Return why this address will not be called; ``None`` where nothing is known against it by now."""
        ...

    async def send(self, delivery: Delivery) -> SendResult:
        """Make one attempt, within some seconds, and return what became of it."""
        ...


class KeyRing(Protocol):
    """Knows who may come in."""

    async def authenticate(self, key: str | None) -> Caller | None:
        """Return whose key this is, or ``None`` where nobody may come in with it.

        As long as no key has ever been made, and the service listens on loopback only, everybody is let in
        without one (``None``), as the tenant ``local``.

        Raises:
            StoreUnavailable: it is not known.
        """
        ...


class Registry(Protocol):
    """The tenants and their keys, for those who run the service.

    Every method raises ``StoreUnavailable`` when the database cannot be reached.
    """

    async def put_tenant(self, tenant: Tenant) -> None:
        """Add the tenant, or change the one of its name."""
        ...

    async def tenants(self) -> tuple[Tenant, ...]:
        """Return all tenants by name."""
        ...

    async def webhook_secret(self, tenant_id: TenantId, *, renew: bool) -> bytes:
        """Return what signs the tenant's webhooks, a new one where ``renew`` says so.

        Raises:
            UnknownTenant: there is no such tenant.
        """
        ...

    async def add_key(self, key: ApiKey, digest: bytes) -> None:
        """Let in whoever has the key of this SHA-256.

        Raises:
            UnknownTenant: there is no such tenant.
        """
        ...

    async def keys(self) -> tuple[ApiKey, ...]:
        """Return all keys ever made, oldest first."""
        ...

    async def revoke(self, key_id: str) -> bool:
        """Let nobody in with this key any more; return ``False`` where there is no such key."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return this moment, in UTC."""
        ...


class QueueGauge(Protocol):
    """Knows how much there is to do."""

    async def state(self) -> QueueState:
        """Return it as it is now, all tenants together; raise ``StoreUnavailable`` where nobody can say."""
        ...


class HeartbeatTenancy(Protocol):
    """Keeps house for the tenant of the service's own plans."""

    async def clear(self, older: timedelta) -> None:
        """Have the tenant, and none of its plans that are older; raise ``StoreUnavailable`` where that fails."""
        ...


class PlanObserver(Protocol):
    """Is told what becomes of plans, to count it. Ids go with single measurements; they are never labels."""

    def plan_started(self, plan_id: str, waited_seconds: float) -> None:
        """A worker took up a plan that none had had before."""
        ...

    def solve_ended(self, solve: SolveSummary) -> None:
        """A worker is done with a plan, for good or for now."""
        ...

    def plan_ended(self, status: PlanStatus) -> None:
        """A plan has ended for good."""
        ...

    def plan_finished(self, plan: Plan, vehicles: int) -> None:
        """A checked plan leaves the system; so many vehicles were there for it."""
        ...

    def check_failed(self, rules: Sequence[str]) -> None:
        """The referee found violations of these rules in a plan of ours."""
        ...


class Observer(PlanObserver, Protocol):
    """Is told what happens, to count it.

    What it is told of plans is about those of tenants; those of the service's own have ``heartbeat_ended``.
    """

    def request_begun(self) -> None:
        """An HTTP request has come in."""
        ...

    def request_over(self) -> None:
        """An HTTP request has left, be it answered or given up by its caller."""
        ...

    def request_answered(
        self, method: str, route: str, status: int, seconds: float, plan_id: str | None = None
    ) -> None:
        """An HTTP request was answered; ``route`` is the pattern, not the path, ``plan_id`` what it was about."""
        ...

    def plan_accepted(self, stops: int) -> None:
        """A plan was stored for solving."""
        ...

    def matrix_asked(self, provider: str, outcome: str, seconds: float) -> None:
        """Road times were asked for: ``succeeded``, ``abandoned``, or in which way it failed."""
        ...

    def matrix_cache_asked(self, hits: int, misses: int) -> None:
        """So many parts of a matrix were looked up in what road engines had said before."""
        ...

    def database_waited(self, seconds: float) -> None:
        """A statement waited so long for a connection."""
        ...

    def webhook_attempted(self, reception: str) -> None:
        """A webhook was called: ``received``, ``failed`` or ``refused``."""
        ...

    def solvers_seen(self, alive: int, cpu_seconds: float, peaks: Sequence[int]) -> None:
        """Solver processes were looked at.

        Args:
            alive: How many there are.
            cpu_seconds: What they, and those that have ended, used since the last look.
            peaks: For each that has ended since, the most memory that it had, in bytes.
        """
        ...

    def heartbeat_ended(self, outcome: str, seconds: float) -> None:
        """A plan of the service's own ended as ``succeeded`` or ``failed``, or was given up as ``late``."""
        ...

    def heartbeat_seen(self) -> None:
        """A plan of the service's own has just succeeded, whichever process handed it in."""
        ...
