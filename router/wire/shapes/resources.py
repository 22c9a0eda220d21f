"""Everything else that goes over the wire: the plan resource, checks, warnings and problem documents."""

from typing import Annotated, Literal

from pydantic import Field

from router.wire.shapes.base import Shape, WireInstant
from router.wire.shapes.plan import Plan
from router.wire.shapes.plan_request import PlanRequest
from router.wire.shapes.timetables import Timetable


class FaultEntry(Shape):
    """One thing wrong with a request: where, what, and what to do about it."""

    pointer: str
    code: str
    detail: str
    action: str


class ProblemDocument(Shape):
    """RFC 9457: why a call failed. ``errors`` names every fault of the request.

    ``request_id`` is that of the ``X-Request-Id`` header: the log of the service knows the call by it.
    """

    type: str
    title: str
    status: int
    detail: str
    request_id: str | None = None
    errors: list[FaultEntry] = Field(default_factory=list)


class WarningEntry(Shape):
    """Something odd about a request that was accepted."""

    pointer: str
    code: str
    detail: str


class PlanError(Shape):
    """Why a plan failed."""

    title: str
    detail: str


Status = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class PlanSummary(Shape):
    """A plan as lists show it."""

    id: str
    name: str
    status: Status
    created_at: WireInstant
    started_at: WireInstant | None
    finished_at: WireInstant | None
    error: PlanError | None = None


class PlanList(Shape):
    """Some plans, newest first. ``next_page_token`` leads to the next ones; without it these are the last."""

    plans: list[PlanSummary]
    next_page_token: str | None


class TimetableUse(Shape):
    """Which version of which timetable; a built-in one has no ``version``. ``sha256`` is that of its document."""

    name: str
    version: int | None
    sha256: str


class TimetableSummary(TimetableUse):
    """A timetable as lists show it; ``ports`` and ``lines`` say how many it has."""

    title: str
    ports: int
    lines: int
    built_in: bool
    stored_at: WireInstant | None


class TimetableList(Shape):
    """The newest version of every timetable that a plan may name."""

    timetables: list[TimetableSummary]


class TimetableResource(TimetableSummary):
    """A version of a timetable, with what was odd about what was stored."""

    warnings: list[WarningEntry]
    timetable: Timetable


class StoredTimetable(TimetableSummary):
    """What was stored; of a feed, look at the warnings."""

    warnings: list[WarningEntry]


class PlanResource(Shape):
    """A plan and how far it is; ``plan`` is the best so far while it is running.

    ``timetables`` are those that the request named, as they were when it was accepted.
    """

    id: str
    name: str
    status: Status
    created_at: WireInstant
    started_at: WireInstant | None
    finished_at: WireInstant | None
    plan: Plan | None
    error: PlanError | None = None
    warnings: list[WarningEntry] = Field(default_factory=list)
    timetables: list[TimetableUse] = Field(default_factory=list)


class Validation(Shape):
    """The answer to ``validate_only``: the request would be accepted."""

    valid: Literal[True]
    warnings: list[WarningEntry] = Field(default_factory=list)


class EndedPlan(Shape):
    """Which plan ended how."""

    id: str
    status: Literal["succeeded", "failed", "cancelled"]


class WebhookMessage(Shape):
    """What the webhook of a request is told when its plan has ended."""

    type: Literal["plan.succeeded", "plan.failed", "plan.cancelled"]
    timestamp: WireInstant
    data: EndedPlan


class CheckRequest(Shape):
    """A request and a plan for it, from whatever program."""

    request: PlanRequest
    plan: Plan


class ViolationEntry(Shape):
    """One rule broken at one place: ``step`` is an index into the steps of the vehicle's route."""

    rule: str
    vehicle_id: str | None
    step: Annotated[int, Field(ge=0)] | None
    expected: str
    actual: str


class CheckResponse(Shape):
    """Everything that is wrong with a plan; nothing means that it is good."""

    violations: list[ViolationEntry]
