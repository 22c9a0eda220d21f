"""What the service answers, as far as a type checker can help with it; ``/docs`` of the service says all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

Json = Mapping[str, Any]

Status = Literal["queued", "running", "succeeded", "failed", "cancelled"]

ENDED = ("succeeded", "failed", "cancelled")
"""The statuses of a plan that changes no more."""


class Fault(TypedDict):
    """One fault of a request: where (a JSON Pointer), what kind, what is wrong, what to do about it."""

    pointer: str
    code: str
    detail: str
    action: str


class Warned(TypedDict):
    """Something about a request that its sender may not have meant."""

    pointer: str
    code: str
    detail: str


class Violation(TypedDict):
    """A rule that a plan breaks."""

    rule: str
    vehicle_id: str | None
    step: int | None
    expected: str
    actual: str


class PlanError(TypedDict):
    """Why there is no plan."""

    title: str
    detail: str


class PlanSummary(TypedDict):
    """A plan in a list."""

    id: str
    name: str
    status: Status
    created_at: str
    started_at: str | None
    finished_at: str | None
    error: NotRequired[PlanError | None]


class PlanResource(PlanSummary):
    """A plan and how far it is; ``plan`` is the best so far while it is running."""

    plan: dict[str, Any] | None
    warnings: NotRequired[list[Warned]]
    timetables: NotRequired[list[dict[str, Any]]]


class Validation(TypedDict):
    """A request without faults."""

    valid: bool
    warnings: NotRequired[list[Warned]]


class TimetableSummary(TypedDict):
    """A timetable in a list."""

    name: str
    version: int | None
    sha256: str
    title: str
    ports: int
    lines: int
    built_in: bool
    stored_at: str | None


class StoredTimetable(TimetableSummary):
    """A timetable that has been stored."""

    warnings: list[Warned]


class TimetableResource(StoredTimetable):
    """A timetable with its ports and lines."""

    timetable: dict[str, Any]


Booking = dict[str, Any]
"""A berth of one vehicle on one sailing."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened to a plan.

    Attributes:
        id: Its number; greater than that of every event before.
        kind: ``status`` (status, attempt), ``progress`` (cost, served, seconds) or, as the last one, ``done``.
        data: What there is to say about it.
    """

    id: str
    kind: str
    data: Mapping[str, Any]
