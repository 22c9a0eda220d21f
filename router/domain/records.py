"""A plan as it is kept: how far it is, what happened to it, and who is at work on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from router.domain.stored_timetables import TimetableUse
from router.domain.tenants import TenantId, Usage


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
class IdempotencyKey:
    """What a caller sends along to hand the same request in twice and have it kept once.

    Attributes:
        value: The caller's own word.
        digest: Of what was handed in with it, so that another request under the same word is noticed.
    """

    value: str
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A request that was found good and is to be kept.

    Attributes:
        plan_id: A new one.
        request: The request body, JSON, with the sailings of its timetables written into it.
        timetables: Which those were.
        replan: What makes it a replan, JSON; ``None`` for a plan that changes no other.
        warnings: What was odd about it: the ``warnings`` member of the response, JSON.
        work: Stops x seconds of its time limit: what it counts for among tenants and against a quota.
        webhook_url: Who is told when the plan ends.
    """

    tenant_id: TenantId
    plan_id: str
    name: str
    request: bytes
    warnings: bytes
    created_at: datetime
    work: int = 1
    idempotency: IdempotencyKey | None = None
    webhook_url: str | None = None
    timetables: tuple[TimetableUse, ...] = ()
    replan: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """A plan as lists show it.

    Attributes:
        error: Why it failed, for the caller; no inner details.
        attempt: How often a worker has taken it up.
        revision: Rises with every change that a caller can see; with the id it makes an ETag.
    """

    id: str
    name: str
    status: PlanStatus
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    error: str | None = None
    attempt: int = 0
    cancel_requested: bool = False
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord(PlanSummary):
    """A plan and what is known so far.

    Attributes:
        warnings: As in the submission.
        timetables: Likewise.
        plan: The best plan so far or the final one: the ``plan`` member of the response, JSON.
    """

    warnings: bytes = b"[]"
    plan: bytes | None = None
    timetables: tuple[TimetableUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What became of a submission.

    Attributes:
        record: The plan, as it is now.
        replayed: Whether it had been there before, under the same idempotency key; nothing new was kept.
        usage: The tenant's quota afterwards; ``None`` where it has none.
    """

    record: PlanRecord
    replayed: bool
    usage: Usage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """Some plans of a list, newest first. ``next_token`` leads to those after; ``None`` where there are none."""

    plans: tuple[PlanSummary, ...]
    next_token: str | None


class EventKind(StrEnum):
    """What can happen to a plan."""

    STATUS = "status"
    PROGRESS = "progress"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvent:
    """Something that happened to a plan.

    Attributes:
        seq: Rises from event to event of a plan, not always by one.
        data: A JSON object. ``status``: ``status`` and ``attempt``. ``progress``: ``cost``, ``served`` and
            ``seconds``. ``done``, after which nothing happens any more: ``status``, and ``error`` where there
            is one.
    """

    seq: int
    kind: EventKind
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How good the best plan so far is; ``seconds`` is how long this attempt has taken to find it."""

    cost: float
    served: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A worker's right to a plan for one attempt; what is written under an older lease is refused.

    Attributes:
        plan: The best plan that attempts before this one left, as in ``PlanRecord``.
        replan: As in the submission.
        waited_seconds: From when it was accepted until now; ``None`` where a worker had it before.
    """

    tenant_id: TenantId
    plan_id: str
    token: str
    request: bytes
    attempt: int
    plan: bytes | None = None
    replan: bytes | None = None
    waited_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """How much there is to do, for all tenants together.

    Attributes:
        oldest_seconds: How long the plan has waited that has waited longest; 0 where none waits.
        undelivered: News of ended plans that no webhook has received yet.
    """

    queued: int
    running: int
    oldest_seconds: float
    undelivered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """Connections to the database: open ones, and how many there may be."""

    idle: int
    used: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveSummary:
    """What became of one attempt at a plan.

    Attributes:
        outcome: ``succeeded``, ``failed``, ``cancelled``, ``handed_back`` or ``lease_lost``.
        engine: What solved it; ``none`` where nothing came to that.
        seconds: How long the attempt took.
        first_plan_seconds: How long until there was any plan; ``None`` where there never was.
        improvement: By which share of its cost the search bettered its first plan; ``None`` where that is not known.
    """

    plan_id: str
    outcome: str
    engine: str
    seconds: float
    iterations: int
    first_plan_seconds: float | None = None
    improvement: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The news of a plan's end, on its way to a webhook.

    Attributes:
        id: The same for every attempt, so that the receiver knows a repetition.
        token: The right of one courier to this attempt.
        secret: The tenant's; signs the message.
        attempt: Counts from 1.
    """

    id: str
    token: str
    tenant_id: TenantId
    plan_id: str
    status: PlanStatus
    finished_at: datetime
    url: str
    secret: bytes
    attempt: int
