"""A plan as it goes out, and as it comes in from any program to be checked.

What this service answers has every field. What comes in may leave out whatever follows from the rest (see
``wire/plans.py``); such fields are optional here. Numbers are not bounded by what is sensible: a plan may be
wrong, and saying so is the referee's work.
"""

from typing import Annotated, Literal

from pydantic import Field

from router.domain.changes import ChangeReason
from router.domain.plan import ReasonCode, StoppedBy
from router.wire.shapes.base import Id, Shape, WireInstant

MAX_EXACT = 2**53
"""Integers up to here survive every JSON reader."""

Whole = Annotated[int, Field(ge=-MAX_EXACT, le=MAX_EXACT)]
Load = dict[Id, Whole]


class StartStep(Shape):
    """The vehicle leaves its start depot with ``load`` on board.

    ``place`` of a vehicle without ``start`` is its first stop: it leaves from there to there, and drives nothing.
    """

    type: Literal["start"]
    place: Id
    departs_at: WireInstant
    load: Load | None = None


class FerryStep(Shape):
    """A sailing is taken; ``drive_*`` is the road to ``from_port``. The timetable may tell the rest."""

    type: Literal["ferry"]
    line_id: Id | None = None
    sailing_id: Id
    from_port: Id | None = None
    to_port: Id | None = None
    drive_seconds: Whole
    drive_meters: Whole
    arrives_at: WireInstant
    check_in_by: WireInstant | None = None
    departs_at: WireInstant | None = None
    docks_at: WireInstant | None = None
    rolls_off_at: WireInstant | None = None
    fare: float | None = None


class StopStep(Shape):
    """A stop is served; ``drive_*`` is the road to it, ``load`` and ``cash`` are on board afterwards.

    ``stop_id`` of a shipment's ends is ``<shipment id>/pickup`` and ``<shipment id>/dropoff``. Answers tell
    ``cash`` where the request has cash to collect or a limit of it.
    """

    type: Literal["stop"]
    place: Id | None = None
    stop_id: Id
    drive_seconds: Whole
    drive_meters: Whole
    arrives_at: WireInstant
    starts_at: WireInstant
    departs_at: WireInstant
    load: Load | None = None
    cash: float | None = None


class BreakStep(Shape):
    """The driver rests where the step before ended, before or after the drive to the next place.

    ``aboard`` is the sailing on which, if any: that of the ferry step before. Answers give its instants by the
    clocks of the place where the step before ended, aboard by those of the port of arrival.
    """

    type: Literal["break"]
    break_id: Id
    starts_at: WireInstant
    ends_at: WireInstant
    aboard: Id | None = None


class ReloadStep(Shape):
    """The vehicle is back at its start depot, hands in its cash and loads for another trip.

    Loading begins at ``starts_at``, while the depot is open; ``load`` is on board when it leaves.
    """

    type: Literal["reload"]
    place: Id
    drive_seconds: Whole
    drive_meters: Whole
    arrives_at: WireInstant
    starts_at: WireInstant | None = None
    departs_at: WireInstant
    load: Load | None = None


class EndStep(Shape):
    """The vehicle is back at its end depot; ``place`` of a vehicle without ``end`` is its last stop."""

    type: Literal["end"]
    place: Id
    drive_seconds: Whole
    drive_meters: Whole
    arrives_at: WireInstant


Step = Annotated[
    StartStep | FerryStep | StopStep | BreakStep | ReloadStep | EndStep, Field(discriminator="type")
]


class Route(Shape):
    """The day of one used vehicle; ``cost`` is fixed, distance, time and fares."""

    vehicle_id: Id
    cost: float | None = None
    distance_meters: Whole | None = None
    duration_seconds: Whole | None = None
    steps: list[Step] = Field(default_factory=list)


class Reason(Shape):
    """Why a stop is left out, for these vehicles, with the numbers that show it."""

    code: Literal[tuple(code.value for code in ReasonCode)]  # type: ignore[valid-type]
    vehicle_ids: list[Id] = Field(default_factory=list)
    detail: str = ""


class Unserved(Shape):
    """A stop left out; ``penalty`` is null for a required one."""

    stop_id: Id
    penalty: float | None = None
    reasons: list[Reason] = Field(default_factory=list)


class PlanCost(Shape):
    """The cost of a plan: the total is the sum of the parts, ``unserved`` the sum of penalties."""

    total: float | None = None
    fixed: float = 0.0
    distance: float = 0.0
    time: float = 0.0
    fares: float = 0.0
    unserved: float = 0.0


class PlanTotals(Shape):
    """Counts and sums over all routes; driving, service, waiting, ferry and breaks add up to the duration."""

    served: Whole = 0
    unserved: Whole = 0
    vehicles_used: Whole = 0
    distance_meters: Whole = 0
    driving_seconds: Whole = 0
    service_seconds: Whole = 0
    waiting_seconds: Whole = 0
    ferry_seconds: Whole = 0
    break_seconds: Whole = 0
    duration_seconds: Whole = 0
    crossings: Whole = 0


class SolverReport(Shape):
    """How the plan was found; with the same seed and iterations it is found again."""

    seed: Whole
    iterations: Whole
    stopped_by: Literal[tuple(why.value for why in StoppedBy)]  # type: ignore[valid-type]
    lower_bound: float | None = None
    engine: str
    version: str


class Change(Shape):
    """A stop that another vehicle serves than before; null where nobody did, or nobody does."""

    stop_id: Id
    from_vehicle: Id | None = None
    to_vehicle: Id | None = None
    reason: Literal[tuple(reason.value for reason in ChangeReason)]  # type: ignore[valid-type]
    detail: str = ""


class Stranded(Shape):
    """A vehicle that no open sailing brings back in time; its route ends at ``place``, where it is at ``since``."""

    vehicle_id: Id
    place: Id
    since: WireInstant
    detail: str = ""


class ReplanReport(Shape):
    """How a plan differs from the plan ``of`` that it was made from; what began before ``at`` is the same.

    ``moved`` stops are served by another vehicle than before; each was weighed as ``change_cost``, which is no part
    of the plan's cost.
    """

    of: Id
    at: WireInstant
    change_cost: float
    moved: Whole = 0
    changes: list[Change] = Field(default_factory=list)
    stranded: list[Stranded] = Field(default_factory=list)


class Plan(Shape):
    """Timed routes of the used vehicles, and what is left out and why; ``replan`` where it changes another plan."""

    cost: PlanCost | None = None
    totals: PlanTotals | None = None
    routes: list[Route] = Field(default_factory=list)
    unserved: list[Unserved] = Field(default_factory=list)
    solver: SolverReport | None = None
    replan: ReplanReport | None = None
